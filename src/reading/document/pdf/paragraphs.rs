//! Lines to paragraphs.

use rustc_hash::FxHashMap;

use super::lines::{Line, PageLines};
use crate::reading::document::tidy::is_list_item;

/// The text of a document: paragraphs parted by a blank line; list items, rows of tables and broken lines on their own.
pub(super) fn text(pages: &[PageLines]) -> String {
    let words = Words::of(pages);
    let mut out = String::new();
    let mut before: Option<&Line> = None;
    for page in pages {
        let leading = leading(&page.lines);
        for (at, line) in page.lines.iter().enumerate() {
            let text = line.text.trim();
            if text.is_empty() || matches!(text, "•" | "▪" | "●" | "○" | "◦" | "·") {
                continue;
            }
            match before {
                None => out.push_str(text),
                Some(last) => {
                    let gap = if at == 0 {
                        over_the_page(last, line, text)
                    } else {
                        gap(last, line, &page.lines, at, leading)
                    };
                    match gap {
                        Gap::None => words.join(&mut out, text),
                        Gap::Line => {
                            out.push('\n');
                            out.push_str(text);
                        }
                        Gap::Paragraph => {
                            out.push_str("\n\n");
                            out.push_str(text);
                        }
                    }
                }
            }
            before = Some(line);
        }
    }
    out
}

#[derive(Debug, PartialEq, Eq)]
enum Gap {
    None,
    Line,
    Paragraph,
}

/// The usual distance of two lines, in ems.
fn leading(lines: &[Line]) -> f64 {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .map(|pair| (pair[1].y - pair[0].y) / pair[1].size)
        .filter(|step| (0.9..2.6).contains(step))
        .collect();
    steps.sort_by(f64::total_cmp);
    // Below the middle: within paragraphs lines are closest.
    steps.get(steps.len() * 2 / 5).copied().unwrap_or(1.2)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', '’', ')', ']'])
        .ends_with(['.', '!', '?', ':', ';', '…'])
}

fn starts_small(text: &str) -> bool {
    text.trim_start_matches(['"', '„', '«', '(', '“'])
        .starts_with(|c: char| c.is_lowercase())
}

/// A row of dots leads to a page's number: tables of contents.
fn has_leader(text: &str) -> bool {
    text.contains("....") || text.contains(". . . .")
}

fn over_the_page(last: &Line, line: &Line, text: &str) -> Gap {
    let same = (last.size - line.size).abs() < 0.12 * line.size;
    let open = !last.text.trim_end().ends_with(['.', '!', '?', ':', '…']);
    if same && open && !last.cells && !line.cells && !is_list_item(text) && starts_small(text) {
        Gap::None
    } else {
        Gap::Paragraph
    }
}

fn gap(last: &Line, line: &Line, lines: &[Line], at: usize, leading: f64) -> Gap {
    let text = line.text.trim();
    let em = last.size.max(line.size);
    let step = (line.y - last.y) / em;
    if step < 0.4 {
        // The next column, or something out of the row.
        return over_the_page(last, line, text);
    }
    if (last.size - line.size).abs() > 0.12 * em || last.furniture != line.furniture {
        return Gap::Paragraph;
    }
    if last.text.trim_end().ends_with(['-', '\u{ad}', '\u{2010}'])
        && starts_small(text)
        && !(last.cells || line.cells)
        && step < 2.0 * leading.max(1.2)
    {
        // A word goes on.
        return Gap::None;
    }
    if step > (leading * 1.3).max(1.35) {
        return Gap::Paragraph;
    }
    if is_list_item(text) || last.cells || line.cells || has_leader(&last.text) {
        return Gap::Line;
    }
    let apart = line.left > last.right || line.right < last.left;
    if apart {
        return Gap::Line;
    }
    // Where the next word would have had room, the line was broken on purpose.
    let first = text.split_whitespace().next().unwrap_or_default();
    let letters = text.chars().count().max(1);
    let width = (line.right - line.left) / letters as f64;
    let needed = width * (first.chars().count() + 1) as f64;
    let right = edge(lines, at, em, leading);
    let centred = {
        let (a, b) = (
            f64::midpoint(last.left, last.right),
            f64::midpoint(line.left, line.right),
        );
        (a - b).abs() < em && (last.left - line.left).abs() > em
    };
    let broken = last.right + needed < right - 0.5 * em;
    if broken && centred && starts_small(text) && !ends_sentence(last.text.trim()) {
        return Gap::None;
    }
    if broken {
        return if ends_sentence(last.text.trim()) && !starts_small(text) {
            Gap::Paragraph
        } else {
            Gap::Line
        };
    }
    // A first line that is set in.
    let set_in = line.left - last.left;
    if set_in > 0.8 * em && ends_sentence(last.text.trim()) && !starts_small(text) {
        return Gap::Paragraph;
    }
    Gap::None
}

/// Where lines around this one end at the right.
fn edge(lines: &[Line], at: usize, em: f64, leading: f64) -> f64 {
    let near = 12;
    let beside = |line: &&Line| {
        let own = &lines[at];
        line.left < own.right && line.right > own.left && !line.furniture
    };
    let mut right = lines[at].right.max(lines[at - 1].right);
    let mut y = lines[at].y;
    for line in lines[at + 1..].iter().take(near).take_while(beside) {
        if line.y - y > 2.0 * leading.max(1.2) * em {
            break;
        }
        y = line.y;
        right = right.max(line.right);
    }
    y = lines[at].y;
    for line in lines[..at].iter().rev().take(near).take_while(beside) {
        if y - line.y > 2.0 * leading.max(1.2) * em {
            break;
        }
        y = line.y;
        right = right.max(line.right);
    }
    right
}

/// The words of the document, by which a hyphen at the end of a line is judged.
struct Words<'a> {
    count: FxHashMap<&'a str, u32>,
}

impl<'a> Words<'a> {
    fn of(pages: &'a [PageLines]) -> Self {
        let mut count: FxHashMap<&str, u32> = FxHashMap::default();
        let hyphened = pages
            .iter()
            .flat_map(|page| &page.lines)
            .any(|line| line.text.trim_end().ends_with(['-', '\u{2010}']));
        if hyphened {
            for line in pages.iter().flat_map(|page| &page.lines) {
                for word in line.text.split_whitespace() {
                    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                    if !word.is_empty() {
                        *count.entry(word).or_default() += 1;
                    }
                }
            }
        }
        Self { count }
    }

    /// Writes the next line of a paragraph, putting a word that was parted together.
    fn join(&self, out: &mut String, next: &str) {
        if out.ends_with('\u{ad}') {
            out.pop();
            out.push_str(next);
            return;
        }
        let hyphen = out
            .chars()
            .next_back()
            .filter(|c| matches!(c, '-' | '\u{2010}'));
        let Some(hyphen) = hyphen else {
            out.push(' ');
            out.push_str(next);
            return;
        };
        let before = &out[..out.len() - hyphen.len_utf8()];
        let start = before
            .rfind(|c: char| !c.is_alphanumeric() && c != '-')
            .map_or(0, |at| {
                at + before[at..].chars().next().map_or(1, char::len_utf8)
            });
        let left = &before[start..];
        let end = next
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(next.len());
        let right = &next[..end];
        if left.is_empty() || right.is_empty() {
            // A dash.
            out.push(' ');
        } else if self.parted(left, right) {
            out.truncate(out.len() - hyphen.len_utf8());
        }
        out.push_str(next);
    }

    /// Whether the hyphen stands only because the line ended.
    fn parted(&self, left: &str, right: &str) -> bool {
        let seen = |word: &str| self.count.get(word).copied().unwrap_or(0);
        let (whole, hyphened) = (
            seen(&format!("{left}{right}")),
            seen(&format!("{left}-{right}")),
        );
        if whole != hyphened {
            return whole > hyphened;
        }
        let letters = |text: &str| text.chars().all(char::is_alphabetic);
        if !letters(left.rsplit('-').next().unwrap_or(left)) || !letters(right) {
            return false;
        }
        if right.starts_with(char::is_uppercase) && !left.chars().all(char::is_uppercase) {
            return false;
        }
        // Hyphenation leaves two letters on either side at least; Romanian binds its short words with a real one.
        let short = |text: &str| text.chars().count() < 2;
        let bound = |text: &str| {
            matches!(
                text.to_lowercase().as_str(),
                "într"
                    | "dintr"
                    | "printr"
                    | "intr"
                    | "ne"
                    | "să"
                    | "le"
                    | "și"
                    | "nu"
                    | "ce"
                    | "de"
                    | "cât"
                    | "mi"
                    | "ți"
                    | "vi"
                    | "li"
                    | "i"
                    | "по"
                    | "кое"
                    | "из"
                    | "во"
            ) && !left.contains('-')
        };
        let tail = |text: &str| {
            matches!(
                text.to_lowercase().as_str(),
                "un" | "le"
                    | "ul"
                    | "urile"
                    | "ului"
                    | "și"
                    | "mi"
                    | "ți"
                    | "se"
                    | "lea"
                    | "uri"
                    | "то"
                    | "либо"
                    | "нибудь"
                    | "ka"
                    | "am"
                    | "au"
                    | "ar"
                    | "ai"
                    | "ați"
            ) && left.chars().count() <= 2
        };
        let acronym = left.chars().count() > 1
            && left.chars().all(char::is_uppercase)
            && right.starts_with(char::is_lowercase);
        !(short(left) || short(right) || bound(left) || tail(right) || acronym)
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{Line, PageLines};
    use super::text;

    fn line(text: &str, y: f64) -> Line {
        Line {
            text: text.to_owned(),
            left: 50.0,
            right: 50.0 + 5.0 * text.chars().count() as f64,
            y,
            size: 10.0,
            furniture: false,
            cells: false,
        }
    }

    fn of(lines: &[(&str, f64)]) -> String {
        let lines: Vec<_> = lines.iter().map(|(text, y)| line(text, *y)).collect();
        text(&[PageLines {
            upright: lines.len(),
            lines,
            height: 842.0,
        }])
    }

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        assert_eq!(
            of(&[
                ("Asociația anunță deschiderea apelului de pro-", 50.0),
                ("iecte pentru tinerii din mediul rural, într-o", 62.0),
                ("sesiune unică.", 74.0),
                ("Termenul este 15 martie.", 100.0),
            ]),
            "Asociația anunță deschiderea apelului de proiecte pentru tinerii din mediul rural, într-o sesiune unică.\n\nTermenul este 15 martie."
        );
    }

    #[test]
    fn real_hyphens_stay() {
        let joined = of(&[
            (
                "Consultarea publică privind proiectul se va desfășura într-",
                50.0,
            ),
            (
                "un termen de zece zile de la publicare, iar cei interesați de-",
                62.0,
            ),
            ("pun propuneri.", 74.0),
        ]);
        assert!(joined.contains("într-un termen"), "{joined}");
    }

    #[test]
    fn list_items_stand_on_lines_of_their_own() {
        assert_eq!(
            of(&[
                ("Documente necesare:", 50.0),
                ("• cererea de finanțare;", 62.0),
                ("• bugetul proiectului.", 74.0)
            ]),
            "Documente necesare:\n• cererea de finanțare;\n• bugetul proiectului."
        );
    }
}
