//! The order in which pieces are read.
//!
//! Most programs draw a page in the order in which it is read, and know more of its columns and cells than can be seen. So the
//! order of drawing stands, mended where it jumps back; where it jumps about, the pieces are taken row by row, and columns
//! are told from tables by how full their lines are.

use super::pieces::Piece;

/// Most pieces of a page that are put in order; beyond that it is a drawing or an attack.
const MAX_PIECES: usize = 20_000;
/// Fewest rows in which two columns stand side by side.
const COLUMN_ROWS: usize = 5;
/// Most columns side by side.
const MAX_COLUMNS: usize = 8;
/// Gaps of a row that are looked at.
const MAX_GAPS: usize = 12;

/// Puts the pieces of a page into reading order.
pub(super) fn order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.truncate(MAX_PIECES);
    let pieces = match mended(pieces) {
        Ok(mended) => mended,
        Err(wild) => by_rows(wild),
    };
    columns(pieces, MAX_COLUMNS)
}

fn same_row(a: &Piece, b: &Piece) -> bool {
    (a.y - b.y).abs() <= 0.5 * a.size.max(b.size)
}

/// Whether `next` may be read after `before`: to the right, below, or above and to the right in the next column.
fn follows(before: &Piece, next: &Piece) -> bool {
    if same_row(before, next) {
        next.left >= before.left
    } else {
        next.y > before.y || next.left >= before.right - 0.3 * before.size
    }
}

/// The order of drawing, the few stretches that are out of place put before what they stand above.
fn mended(pieces: Vec<Piece>) -> Result<Vec<Piece>, Vec<Piece>> {
    let breaks: Vec<usize> = (1..pieces.len())
        .filter(|&at| !follows(&pieces[at - 1], &pieces[at]))
        .collect();
    if breaks.is_empty() {
        return Ok(pieces);
    }
    if breaks.len() > 3 + pieces.len() / 25 || breaks.len() > 200 {
        return Err(pieces);
    }
    let mut stretches: Vec<Vec<Piece>> = Vec::with_capacity(breaks.len() + 1);
    let mut rest = pieces;
    for &at in breaks.iter().rev() {
        stretches.push(rest.split_off(at));
    }
    stretches.push(rest);
    let mut placed: Vec<(f64, f64, Vec<Piece>)> = Vec::new();
    for stretch in stretches.into_iter().rev() {
        let top = stretch.iter().map(|piece| piece.y).fold(f64::MAX, f64::min);
        let bottom = stretch.iter().map(|piece| piece.y).fold(f64::MIN, f64::max);
        let mut place = placed.len();
        while place > 0 && bottom < placed[place - 1].0 - 1.0 {
            place -= 1;
        }
        placed.insert(place, (top, bottom, stretch));
    }
    Ok(placed
        .into_iter()
        .flat_map(|(.., stretch)| stretch)
        .collect())
}

/// From top to bottom, each row from left to right.
fn by_rows(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut start = 0;
    for at in 1..=pieces.len() {
        if at == pieces.len() || !same_row(&pieces[start], &pieces[at]) {
            pieces[start..at].sort_by(|a, b| a.left.total_cmp(&b.left));
            start = at;
        }
    }
    pieces
}

/// Where columns of running text were drawn line by line across, reads them one after the other.
fn columns(pieces: Vec<Piece>, most: usize) -> Vec<Piece> {
    if most == 0 {
        return pieces;
    }
    let mut rows: Vec<std::ops::Range<usize>> = Vec::new();
    for at in 0..pieces.len() {
        match rows.last_mut() {
            Some(row)
                if same_row(&pieces[row.start], &pieces[at])
                    && pieces[at].left >= pieces[at - 1].left =>
            {
                row.end = at + 1;
            }
            _ => rows.push(at..at + 1),
        }
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut row = 0;
    while row < rows.len() {
        let Some((count, at)) = gutter(&pieces, &rows[row..]) else {
            out.extend(pieces[rows[row].clone()].iter().cloned());
            row += 1;
            continue;
        };
        let inside = rows[row].start..rows[row + count - 1].end;
        let (left, right): (Vec<Piece>, Vec<Piece>) = pieces[inside]
            .iter()
            .cloned()
            .partition(|piece| piece.right <= at);
        out.extend(left);
        // There may be a third.
        out.extend(columns(right, most - 1));
        row += count;
    }
    out
}

/// Whether running text in two columns begins at the first row: how many rows of it, and where the gutter is.
fn gutter(pieces: &[Piece], rows: &[std::ops::Range<usize>]) -> Option<(usize, f64)> {
    /// Rows looked at, so that the whole stays linear.
    const AHEAD: usize = 200;
    let first = &pieces[rows.first()?.clone()];
    if first.len() < 2 {
        return None;
    }
    first.windows(2).take(MAX_GAPS).find_map(|pair| {
        let (mut from, mut to) = (pair[0].right, pair[1].left);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let (mut both, mut count) = (0, 0);
        for row in rows.iter().take(AHEAD) {
            let row = &pieces[row.clone()];
            let middle = f64::midpoint(from, to);
            let before = row.iter().filter(|piece| piece.left < middle);
            let ends = before.clone().map(|piece| piece.right).fold(from, f64::max);
            let begins = row
                .iter()
                .filter(|piece| piece.left >= middle)
                .map(|piece| piece.left)
                .fold(to, f64::min);
            if begins - ends < 0.8 * row[0].size {
                break;
            }
            (from, to) = (ends, begins);
            let sides = before.count();
            both += usize::from(sides > 0 && sides < row.len());
            left.extend(row[..sides.min(row.len())].iter());
            right.extend(row[sides.min(row.len())..].iter());
            count += 1;
        }
        let running = both >= COLUMN_ROWS && 2 * both >= count && full(&left) && full(&right);
        running.then(|| (count, f64::midpoint(from, to)))
    })
}

/// Whether these are lines of running text: long, and nearly as long as the longest of them. Cells of a table are not.
fn full(lines: &[&Piece]) -> bool {
    let widest = lines
        .iter()
        .map(|line| line.right - line.left)
        .fold(0.0, f64::max);
    let sum: f64 = lines.iter().map(|line| line.right - line.left).sum();
    let letters: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    !lines.is_empty() && letters >= 18 * lines.len() && sum >= 0.65 * widest * lines.len() as f64
}

#[cfg(test)]
mod tests {
    use super::super::pieces::Piece;
    use super::order;

    fn piece(text: &str, left: f64, y: f64) -> Piece {
        Piece {
            text: text.to_owned(),
            left,
            right: left + 5.0 * text.chars().count() as f64,
            y,
            size: 10.0,
            furniture: false,
        }
    }

    fn texts(pieces: Vec<Piece>) -> Vec<String> {
        order(pieces).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn columns_drawn_across_are_read_one_after_the_other() {
        let mut pieces = vec![piece(
            "A title over both of the columns of this page, long enough",
            40.0,
            20.0,
        )];
        for row in 0..6 {
            pieces.push(piece(
                &format!("left line number {row} of text"),
                40.0,
                50.0 + 12.0 * f64::from(row),
            ));
            pieces.push(piece(
                &format!("right line number {row} of text"),
                250.0,
                50.0 + 12.0 * f64::from(row),
            ));
        }
        let texts = texts(pieces);
        assert!(
            texts[1..7].iter().all(|text| text.starts_with("left")),
            "{texts:?}"
        );
        assert!(
            texts[7..].iter().all(|text| text.starts_with("right")),
            "{texts:?}"
        );
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let mut pieces = Vec::new();
        for row in 0..8 {
            pieces.push(piece(
                &format!("Cell {row}"),
                40.0,
                50.0 + 12.0 * f64::from(row),
            ));
            pieces.push(piece(
                &format!("{row} lei"),
                250.0,
                50.0 + 12.0 * f64::from(row),
            ));
        }
        assert_eq!(texts(pieces)[..4], ["Cell 0", "0 lei", "Cell 1", "1 lei"]);
    }

    #[test]
    fn a_heading_drawn_last_comes_first() {
        let mut pieces: Vec<_> = (0..5)
            .map(|row| piece("Some text of the page", 40.0, 100.0 + 12.0 * f64::from(row)))
            .collect();
        pieces.push(piece("Heading", 40.0, 40.0));
        assert_eq!(texts(pieces)[0], "Heading");
    }

    #[test]
    fn what_is_drawn_at_random_is_read_from_top_to_bottom() {
        let mut pieces: Vec<_> = (0..40_i32)
            .map(|row| piece(&row.to_string(), 40.0, 12.0 * f64::from(row * 17 % 40)))
            .collect();
        let mut expected = pieces.clone();
        expected.sort_by(|a, b| a.y.total_cmp(&b.y));
        pieces.swap(0, 1);
        assert_eq!(
            texts(pieces),
            expected
                .into_iter()
                .map(|piece| piece.text)
                .collect::<Vec<_>>()
        );
    }
}
