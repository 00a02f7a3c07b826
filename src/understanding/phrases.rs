//! Lists of phrases in several languages, found in running text in any inflection.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::fnv::Fnv;

/// A phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match<T> {
    /// Index of its first word.
    pub start: usize,
    /// Index after its last word.
    pub end: usize,
    /// What it stands for.
    pub means: T,
}

/// Phrases made ready. A phrase is folded words with a space between; a word that ends in `*` matches every word that
/// begins so.
pub(super) struct Phrases<T> {
    /// By the first bytes of the first word.
    by_start: Table<T>,
}

type Start = [u8; 4];
type Table<T> = HashMap<Start, Vec<(Vec<&'static str>, T)>, BuildHasherDefault<Fnv>>;

/// Cyrillic letters are two bytes, so this is two of them; shorter words are filled with zeros.
fn start(word: &str) -> Start {
    let mut start = [0; 4];
    for (to, from) in start.iter_mut().zip(word.bytes()) {
        *to = from;
    }
    start
}

impl<T: Copy> Phrases<T> {
    /// Makes lists ready: phrases parted by `|`, with what all of a list stand for.
    pub(super) fn new(lists: &[(&'static str, T)]) -> Self {
        let mut by_start: Table<T> = HashMap::default();
        for (list, means) in lists {
            for phrase in list.split('|') {
                let words: Vec<&'static str> = phrase.split_whitespace().collect();
                let Some(first) = words.first() else {
                    continue;
                };
                // A stem must have the bytes by which it is found.
                debug_assert!(!first.ends_with('*') || first.len() > 4, "{phrase}");
                by_start
                    .entry(start(first.trim_end_matches('*')))
                    .or_default()
                    .push((words, *means));
            }
        }
        for phrases in by_start.values_mut() {
            // The longest first, so that it is the one found.
            phrases.sort_by_key(|(words, _)| {
                let letters: usize = words.iter().map(|word| word.len()).sum();
                std::cmp::Reverse((words.len(), letters))
            });
        }
        Self { by_start }
    }

    /// The longest phrase that begins at a word.
    pub(super) fn at<W: AsRef<str>>(&self, words: &[W], place: usize) -> Option<Match<T>> {
        let first = words.get(place)?.as_ref();
        self.by_start
            .get(&start(first))?
            .iter()
            .find_map(|(phrase, means)| {
                let here = words.get(place..place + phrase.len())?;
                here.iter()
                    .zip(phrase)
                    .all(|(word, wanted)| fits(word.as_ref(), wanted))
                    .then_some(Match {
                        start: place,
                        end: place + phrase.len(),
                        means: *means,
                    })
            })
    }

    /// All phrases in a text, in order; none within another.
    pub(super) fn all<W: AsRef<str>>(&self, words: &[W]) -> Vec<Match<T>> {
        let mut found = Vec::new();
        let mut place = 0;
        while place < words.len() {
            if let Some(here) = self.at(words, place) {
                place = here.end;
                found.push(here);
            } else {
                place += 1;
            }
        }
        found
    }
}

fn fits(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found_in_any_inflection() {
        let phrases = Phrases::new(&[
            ("termen*|termen* limita|data limita", 1),
            ("до", 2),
            ("прием* заяв*", 3),
        ]);
        let found = |text: &str| -> Vec<(usize, usize, i32)> {
            let words: Vec<&str> = text.split(' ').collect();
            phrases
                .all(&words)
                .into_iter()
                .map(|m| (m.start, m.end, m.means))
                .collect()
        };
        assert_eq!(found("este termenul limita"), [(1, 3, 1)]);
        assert_eq!(found("termenului de"), [(0, 1, 1)]);
        assert_eq!(found("до дома приема заявок"), [(0, 1, 2), (2, 4, 3)]);
        assert_eq!(found("data"), []);
    }
}
