//! The part of a text that tells its language: the first words without addresses, numbers and codes.

use whatlang::Script;

use super::model::Alphabet;
use crate::domain::{is_digit, is_letter_or_digit};
use crate::understanding::normalise::{exact, is_cyrillic};
use crate::understanding::words::is_invisible;

/// Letters looked at.
const MOST_LETTERS: usize = 320;
/// Bytes looked at at most, in a text of other things than words.
const MOST_BYTES: usize = 4096;

/// What is looked at.
pub(super) struct Sample {
    /// The words, in small letters, parted by spaces.
    pub text: String,
    /// Letters in them.
    pub letters: usize,
    latin: usize,
    cyrillic: usize,
}

impl Sample {
    pub(super) fn of(text: &str) -> Self {
        let mut sample = Self {
            text: String::with_capacity(512),
            letters: 0,
            latin: 0,
            cyrillic: 0,
        };
        let text = &text[..text.floor_char_boundary(MOST_BYTES)];
        for chunk in text.split_whitespace() {
            if chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.") {
                continue;
            }
            for word in chunk.split(|c: char| !(is_letter_or_digit(c) || is_invisible(c))) {
                sample.take(word);
            }
            if sample.letters >= MOST_LETTERS {
                break;
            }
        }
        sample
    }

    fn take(&mut self, word: &str) {
        if word.is_empty() || word.chars().any(is_digit) || is_code(word) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        if word.is_ascii() {
            self.text.push_str(word);
            self.text[start..].make_ascii_lowercase();
            self.letters += word.len();
            self.latin += word.len();
            return;
        }
        for c in word
            .chars()
            .filter(|c| !is_invisible(*c) || ('\u{300}'..='\u{36f}').contains(c))
        {
            // The small letters of our languages: nothing is to be composed with those before them.
            if matches!(c, 'a'..='z' | '\u{430}'..='\u{45f}') {
                self.text.push(c);
                continue;
            }
            for small in c.to_lowercase() {
                match compose(self.text[start..].chars().next_back(), small) {
                    Some(whole) => {
                        self.text.pop();
                        self.text.push(whole);
                    }
                    None if ('\u{300}'..='\u{36f}').contains(&small) => {}
                    None => self.text.push(small),
                }
            }
        }
        let (mut latin, mut cyrillic) = (0, 0);
        for c in self.text[start..].chars() {
            self.letters += 1;
            if c < '\u{250}' {
                latin += 1;
            } else if is_cyrillic(c) {
                cyrillic += 1;
            }
        }
        if latin > 0 && cyrillic > 0 {
            // A Cyrillic letter in a Latin word looks right and says wrong.
            let repaired = exact(&self.text[start..]);
            self.text.truncate(start);
            self.text.push_str(&repaired);
        }
        self.latin += latin;
        self.cyrillic += cyrillic;
    }

    /// The words in letters of one alphabet.
    pub(super) fn words_in(&self, alphabet: Alphabet) -> impl Iterator<Item = &str> {
        self.text.split(' ').filter(move |word| {
            !word.is_empty() && (alphabet == Alphabet::Cyrillic) == word.contains(is_cyrillic)
        })
    }

    /// The first 160 letters or so, at a word: what whatlang looks at, whose time grows with the text.
    pub(super) fn start(&self) -> &str {
        match self.text.char_indices().nth(160) {
            Some((end, _)) => self.text[..end]
                .rsplit_once(' ')
                .map_or(&self.text, |(start, _)| start),
            None => &self.text,
        }
    }

    /// The script that most letters are of.
    pub(super) fn script(&self) -> Option<Script> {
        let other = self.letters - self.latin - self.cyrillic;
        // Latin words in a Cyrillic text are names; the other way round nobody writes.
        if self.latin >= 3 * self.cyrillic && self.latin >= other {
            Some(Script::Latin)
        } else if self.cyrillic >= other {
            Some(Script::Cyrillic)
        } else {
            whatlang::detect_script(&self.text)
        }
    }
}

/// What is of no language: Roman numbers (those with L, C, D and M are words as well), and Latin letters without a vowel.
fn is_code(word: &str) -> bool {
    word.len() > 1
        && (word.bytes().all(|byte| b"ivxIVX".contains(&byte))
            || (word.is_ascii() && !word.bytes().any(|byte| b"aeiouyAEIOUY".contains(&byte))))
}

/// A letter and a combining mark as one letter, for those that tell languages apart.
fn compose(letter: Option<char>, mark: char) -> Option<char> {
    Some(match (letter?, mark) {
        ('a', '\u{306}') => 'ă',
        ('a', '\u{302}') => 'â',
        ('i', '\u{302}') => 'î',
        ('s', '\u{326}' | '\u{327}') => 'ș',
        ('t', '\u{326}' | '\u{327}') => 'ț',
        ('a', '\u{304}') => 'ā',
        ('e', '\u{304}') => 'ē',
        ('i', '\u{304}') => 'ī',
        ('u', '\u{304}') => 'ū',
        ('c', '\u{30c}') => 'č',
        ('s', '\u{30c}') => 'š',
        ('z', '\u{30c}') => 'ž',
        ('и', '\u{306}') => 'й',
        ('і', '\u{308}') => 'ї',
        ('е', '\u{308}') => 'ё',
        _ => return None,
    })
}
