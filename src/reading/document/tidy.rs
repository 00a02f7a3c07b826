//! What is done to the text of every document, whatever it was read from.

use crate::reading::text::clean_text;

/// Clean text: ligatures taken apart, no soft hyphens or control characters, and Romanian with one kind of comma.
pub(super) fn text(text: &str) -> String {
    let apart = if text.chars().any(|c| ligature(c).is_some()) {
        let mut apart = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            match ligature(c) {
                Some(letters) => apart.push_str(letters),
                None => apart.push(c),
            }
        }
        apart
    } else {
        text.to_owned()
    };
    let clean = clean_text(&apart);
    // The old list of glyph names calls ț by the code of ţ but ș by its own; only mixed text shows that.
    let mixed = clean.contains(['ș', 'Ș']) && clean.contains(['ţ', 'Ţ']);
    if mixed {
        clean.replace('ţ', "ț").replace('Ţ', "Ț")
    } else {
        clean
    }
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// Whether a line begins as an item of a list does: with a bullet, a dash, or a number or letter and a mark after it.
pub(super) fn is_list_item(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let bullet = matches!(
        first,
        '•' | '▪'
            | '■'
            | '□'
            | '●'
            | '○'
            | '◦'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '➢'
            | '➤'
            | '►'
            | '▶'
            | '✓'
            | '✔'
            | '❖'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
            | '–'
            | '—'
            | '-'
            | '*'
            | '☐'
            | '☑'
            | '✗'
    );
    if bullet {
        // A hyphen may also begin a negative number or a word's rest.
        return !matches!(first, '-' | '*') || chars.next().is_some_and(char::is_whitespace);
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    let Some(marker) = word.strip_suffix([')', '.']) else {
        return false;
    };
    let marker = marker.trim_start_matches('(');
    let roman = marker
        .chars()
        .all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    let number = marker.chars().all(|c| c.is_ascii_digit() || c == '.') && marker.len() <= 6;
    let letter = marker.chars().count() == 1 && word.ends_with(')');
    // “1998. gada” is how Latvian writes a year, not an item.
    let year = word.ends_with('.') && marker.len() == 4;
    !marker.is_empty()
        && text.len() > word.len()
        && (roman && marker.len() <= 5 || number && !year || letter)
}

#[cfg(test)]
mod tests {
    use super::{is_list_item, text};

    #[test]
    fn ligatures_come_apart_and_commas_agree() {
        assert_eq!(
            text("o\u{fb01}cial, \u{fb01}nan\u{163}are \u{219}i"),
            "oficial, finanțare și"
        );
        assert_eq!(text("numai \u{15f}i \u{163}"), "numai \u{15f}i \u{163}");
    }

    #[test]
    fn items_are_known_by_their_marks() {
        for item in [
            "• unu",
            "- doi",
            "3. trei",
            "a) patru",
            "(b) cinci",
            "IV. șase",
            "1.2. șapte",
            "– opt",
        ] {
            assert!(is_list_item(item), "{item}");
        }
        for none in [
            "Unu. Doi",
            "-5 grade",
            "2024. gada 5. maijā",
            "vineri",
            "A. Popescu",
        ] {
            assert!(!is_list_item(none), "{none}");
        }
    }
}
