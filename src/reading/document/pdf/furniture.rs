//! What stands on every page: headers, footers, page numbers. Said once, or not at all.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{Line, PageLines};

/// Lines looked at from the top and from the bottom of a page.
const LOOKED_AT: usize = 4;

/// Takes repeated headers and footers out, but for their first appearance, and page numbers altogether. The first footer goes
/// to the end of the document, so that it does not stand in the middle of a sentence.
pub(super) fn remove(pages: &mut [PageLines]) {
    let edges: Vec<Vec<(usize, String)>> = pages.iter().map(edges).collect();
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    for page in &edges {
        let keys: FxHashSet<&str> = page.iter().map(|(_, key)| key.as_str()).collect();
        for key in keys {
            *count.entry(key).or_default() += 1;
        }
    }
    // On left and right pages they may differ.
    let enough = (pages.len() * 2 / 5).max(if pages.len() < 4 { 2 } else { 3 });
    let mut said: FxHashSet<String> = FxHashSet::default();
    let mut last: Vec<Line> = Vec::new();
    let alone = pages.len() == 1;
    for (page, edges) in pages.iter_mut().zip(&edges) {
        let repeated: FxHashSet<usize> = edges
            .iter()
            .filter(|(_, key)| !alone && count.get(key.as_str()).is_some_and(|n| *n >= enough))
            .map(|(at, _)| *at)
            .collect();
        let middle = page.height / 2.0;
        let mut at = 0;
        page.lines.retain(|line| {
            let mine = at;
            at += 1;
            if !line.furniture && !repeated.contains(&mine) {
                return true;
            }
            let key = without_numbers(&line.text);
            if numbers_only(&key) || !said.insert(key) {
                return false;
            }
            if line.y > middle {
                last.push(line.clone());
                return false;
            }
            true
        });
        page.upright = page.upright.min(page.lines.len());
    }
    if let Some(page) = pages.last_mut() {
        page.lines.extend(last);
    }
}

/// The outermost lines of a page: their places in the list, and what is compared: text without numbers, and roughly where.
fn edges(page: &PageLines) -> Vec<(usize, String)> {
    let mut by_height: Vec<usize> = (0..page.upright).collect();
    by_height.sort_by(|a, b| page.lines[*a].y.total_cmp(&page.lines[*b].y));
    let top = by_height.iter().take(LOOKED_AT);
    let bottom = by_height.iter().skip(LOOKED_AT).rev().take(LOOKED_AT);
    top.chain(bottom)
        .filter(|at| {
            let y = page.lines[**at].y / page.height;
            !(0.2..=0.8).contains(&y)
        })
        .map(|&at| {
            let line = &page.lines[at];
            let place = (line.y / page.height * 50.0).round();
            (at, format!("{place} {}", without_numbers(&line.text)))
        })
        .collect()
}

fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else if !c.is_whitespace() {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Whether this says nothing but which page it is.
fn numbers_only(key: &str) -> bool {
    let bare = key.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    if bare.chars().all(|c| c == '#' || !c.is_alphanumeric()) {
        return true;
    }
    let words: String = bare.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(
        words.as_str(),
        "pag"
            | "pagina"
            | "pg"
            | "p"
            | "page"
            | "lpp"
            | "lapa"
            | "стр"
            | "страница"
            | "с"
            | "paginadin"
            | "pagdin"
            | "pageof"
            | "pof"
            | "lappuse"
            | "lpppno"
            | "lappuseno"
            | "страницаиз"
            | "стриз"
            | "nolpp"
            | "of"
            | "din"
            | "no"
            | "из"
    ) || bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'))
}

#[cfg(test)]
mod tests {
    use super::super::lines::{Line, PageLines};
    use super::remove;

    fn page(lines: &[(&str, f64)]) -> PageLines {
        PageLines {
            lines: lines
                .iter()
                .map(|(text, y)| Line {
                    text: (*text).to_owned(),
                    left: 50.0,
                    right: 300.0,
                    y: *y,
                    size: 10.0,
                    furniture: false,
                    cells: false,
                })
                .collect(),
            upright: lines.len(),
            height: 842.0,
        }
    }

    fn texts(pages: &[PageLines]) -> Vec<&str> {
        pages
            .iter()
            .flat_map(|page| &page.lines)
            .map(|line| line.text.as_str())
            .collect()
    }

    #[test]
    fn headers_are_said_once_and_page_numbers_never() {
        let mut pages: Vec<_> = (1..=4)
            .map(|n| {
                let (body, number) = (
                    format!("Words of page {}", ["one", "two", "three", "four"][n - 1]),
                    format!("Pagina {n} din 4"),
                );
                page(&[
                    ("Asociația Împreună", 40.0),
                    (&body, 400.0),
                    (&number, 810.0),
                ])
            })
            .collect();
        remove(&mut pages);
        assert_eq!(
            texts(&pages),
            [
                "Asociația Împreună",
                "Words of page one",
                "Words of page two",
                "Words of page three",
                "Words of page four"
            ]
        );
    }

    #[test]
    fn a_line_that_only_happens_to_come_twice_stays() {
        let mut pages = vec![
            page(&[("Intro", 40.0), ("a", 400.0)]),
            page(&[("b", 300.0), ("c", 400.0)]),
            page(&[("d", 300.0), ("Intro", 400.0)]),
        ];
        remove(&mut pages);
        assert_eq!(texts(&pages), ["Intro", "a", "b", "c", "d", "Intro"]);
    }
}
