//! The part of a text that tells its language: the first words without addresses, numbers and codes.

use whatlang::Script;

use crate::understanding::words::{is_invisible, unmarked};

/// Letters looked at.
const MOST_LETTERS: usize = 320;
/// Bytes looked at at most, in a text of other things than words.
const MOST_BYTES: usize = 4096;

/// A word, twice.
pub(super) struct Token {
    /// In small letters.
    pub low: String,
    /// Without diacritics too.
    pub folded: String,
}

/// What is looked at.
pub(super) struct Sample {
    /// The words, in small letters, parted by spaces.
    pub text: String,
    /// The words.
    pub words: Vec<Token>,
    /// Letters in them.
    pub letters: usize,
    latin: usize,
    cyrillic: usize,
}

impl Sample {
    pub(super) fn of(text: &str) -> Self {
        let mut sample = Self {
            text: String::with_capacity(512),
            words: Vec::with_capacity(64),
            letters: 0,
            latin: 0,
            cyrillic: 0,
        };
        let end = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= MOST_BYTES)
            .last()
            .unwrap_or(0);
        let text = if text.len() <= MOST_BYTES {
            text
        } else {
            &text[..end]
        };
        for chunk in text.split_whitespace() {
            if chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.") {
                continue;
            }
            for word in chunk.split(|c: char| !(c.is_alphanumeric() || is_invisible(c))) {
                sample.take(word);
            }
            if sample.letters >= MOST_LETTERS {
                break;
            }
        }
        sample
    }

    fn take(&mut self, word: &str) {
        if word.is_empty() || word.chars().any(char::is_numeric) {
            return;
        }
        let start = self.text.len();
        if start > 0 {
            self.text.push(' ');
        }
        let mut low = String::with_capacity(word.len());
        for c in word
            .chars()
            .filter(|c| !is_invisible(*c) || ('\u{300}'..='\u{36f}').contains(c))
        {
            for small in c.to_lowercase() {
                match compose(low.chars().next_back(), small) {
                    Some(whole) => {
                        low.pop();
                        low.push(whole);
                    }
                    None if ('\u{300}'..='\u{36f}').contains(&small) => {}
                    None => low.push(small),
                }
            }
        }
        for c in low.chars() {
            self.letters += 1;
            if c < '\u{250}' {
                self.latin += 1;
            } else if ('\u{400}'..='\u{52f}').contains(&c) {
                self.cyrillic += 1;
            }
        }
        self.text.push_str(&low);
        let folded = low.chars().map(unmarked).collect();
        self.words.push(Token { low, folded });
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
