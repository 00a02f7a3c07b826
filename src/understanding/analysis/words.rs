//! Where words begin and end.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::domain::{is_letter, is_letter_or_digit};
use crate::understanding::normalise::{is_apostrophe, is_cyrillic, is_ignorable};

/// A word as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written, with whatever invisible characters are in it.
    pub text: &'a str,
    /// Where.
    pub range: Range<usize>,
    /// Counts words, from 0.
    pub position: usize,
}

/// The words of a text: runs of letters and digits. Hyphens part words (`într-un`), apostrophes part Latin words and
/// join Cyrillic ones (`п'ять`), an English `'s` is dropped, letters with dots between them are one word (`O.N.G.`).
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(is_letter_or_digit)?;
            let end = word_end(text, start);
            at = end;
            let after_apostrophe = text[..start].chars().next_back().is_some_and(is_apostrophe);
            if after_apostrophe
                && position > 0
                && text[start..end].eq_ignore_ascii_case("s")
                && ends_in_letter_before_last(&text[..start])
            {
                continue;
            }
            let word = Word {
                text: &text[start..end],
                range: start..end,
                position,
            };
            position += 1;
            return Some(word);
        }
    })
}

/// Whether a letter stands before the last character.
fn ends_in_letter_before_last(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next();
    back.next().is_some_and(is_letter)
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let end = run_end(text, start);
    if single_letter(&text[start..end]) {
        // An abbreviation: one letter at a time, a dot after each, at least two.
        let mut last = end;
        let mut letters = 1;
        while let Some(rest) = text[last..].strip_prefix('.') {
            let begin = text.len() - rest.len();
            if !rest.starts_with(is_letter) {
                break;
            }
            let stop = run_end(text, begin);
            if !single_letter(&text[begin..stop]) {
                break;
            }
            last = stop;
            letters += 1;
        }
        if letters > 1 {
            return last;
        }
    }
    end
}

fn single_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_letter) && chars.all(is_combining_mark)
}

/// Where the run of word characters that begins at `start` ends.
fn run_end(text: &str, start: usize) -> usize {
    let ascii = text.as_bytes()[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let mut end = start + ascii;
    let mut last = '\0';
    let mut chars = text[end..].chars().peekable();
    let mut at = end;
    while let Some(c) = chars.next() {
        at += c.len_utf8();
        if is_letter_or_digit(c) || (c >= FIRST_MARK && is_combining_mark(c)) {
            end = at;
            last = c;
            continue;
        }
        // Invisible ones and Cyrillic apostrophes belong to the word only where it goes on behind them.
        let joins = is_ignorable(c)
            || (is_apostrophe(c)
                && is_cyrillic(last)
                && chars.peek().is_some_and(|next| is_cyrillic(*next)));
        if !joins {
            break;
        }
    }
    end
}

/// The first combining mark of Unicode.
const FIRST_MARK: char = '\u{300}';

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn no_mark_stands_before_the_first() {
        for c in '\0'..=char::MAX {
            assert!(c >= FIRST_MARK || !is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn words_are_parted_where_readers_part_them() {
        assert_eq!(
            split("s-a lansat într-un apel"),
            ["s", "a", "lansat", "într", "un", "apel"]
        );
        assert_eq!(split("Strategia 2024–2027"), ["Strategia", "2024", "2027"]);
        assert_eq!(split("children's rights"), ["children", "rights"]);
        assert_eq!(split("об'єднання"), ["об'єднання"]);
        assert_eq!(
            split("Federația O.N.G.-urilor."),
            ["Federația", "O.N.G", "urilor"]
        );
        assert_eq!(split("A. Popescu, b.c"), ["A", "Popescu", "b.c"]);
        assert_eq!(
            split("orga\u{ad}nizația\u{200b} x"),
            ["orga\u{ad}nizația", "x"]
        );
        assert_eq!(split("🎉 ... --"), [""; 0]);
    }
}
