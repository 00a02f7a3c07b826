//! The words of a text, folded, all in one piece of memory: split once for all that look at them.

use super::words::{each_word, first_bytes};

/// A text, split into words.
pub(super) struct Scan<'a> {
    text: &'a str,
    folded: String,
    places: Vec<Place>,
}

/// Where a word ends in the folded text, and where it stands in the original.
struct Place {
    end: usize,
    from: usize,
    to: usize,
}

/// The words of a text, or of its beginning.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a str,
    folded: &'a str,
    places: &'a [Place],
}

/// A word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// As it is written.
    pub written: &'a str,
    /// In small letters, without marks.
    pub folded: &'a str,
}

impl Word<'_> {
    /// Whether it begins with a capital letter.
    pub fn is_capital(self) -> bool {
        match self.written.as_bytes().first() {
            Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
            _ => self.written.chars().next().is_some_and(char::is_uppercase),
        }
    }
}

impl<'a> Scan<'a> {
    /// The first `most` words of a text.
    pub fn of(text: &'a str, most: usize) -> Self {
        let mut folded = String::with_capacity(text.len().min(most.saturating_mul(8)));
        let mut places = Vec::with_capacity((text.len() / 6).min(most));
        each_word(text, most, &mut folded, |at, folded| {
            places.push(Place {
                end: folded.end,
                from: at.start,
                to: at.end,
            });
        });
        Self {
            text,
            folded,
            places,
        }
    }

    /// All of them.
    pub fn words(&self) -> Words<'_> {
        Words {
            text: self.text,
            folded: &self.folded,
            places: &self.places,
        }
    }

    /// Shows the words of the first `bytes` of the text, at most `most`, as if it ended there; no more than were split.
    pub fn beginning<T>(&self, bytes: usize, most: usize, see: impl FnOnce(Words<'_>) -> T) -> T {
        let text = first_bytes(self.text, bytes);
        let begun = self.places.partition_point(|place| place.from < text.len());
        let places = &self.places[..begun.min(most)];
        if places.last().is_some_and(|last| last.to > text.len()) {
            // A word is cut in two.
            return see(Scan::of(text, most).words());
        }
        see(Words {
            text,
            folded: &self.folded,
            places,
        })
    }
}

impl<'a> Words<'a> {
    /// How many words there are.
    pub fn count(self) -> usize {
        self.places.len()
    }

    /// The word at a place, folded; empty beyond the end.
    pub fn folded(self, place: usize) -> &'a str {
        let Some(found) = self.places.get(place) else {
            return "";
        };
        let before = place
            .checked_sub(1)
            .and_then(|place| self.places.get(place));
        &self.folded[before.map_or(0, |before| before.end)..found.end]
    }

    /// What is written from one word to another, both included.
    pub fn written(self, first: usize, last: usize) -> &'a str {
        match (self.places.get(first), self.places.get(last)) {
            (Some(first), Some(last)) => &self.text[first.from..last.to],
            _ => "",
        }
    }

    /// What stands after the word at a place, up to the next; an end of line after the last.
    pub fn gap(self, place: usize) -> &'a str {
        match (self.places.get(place), self.places.get(place + 1)) {
            (Some(one), Some(next)) => &self.text[one.to..next.from],
            _ => "\n",
        }
    }

    /// All of them in order.
    pub fn iter(self) -> impl Iterator<Item = Word<'a>> {
        let mut start = 0;
        self.places.iter().map(move |place| {
            let folded = &self.folded[start..place.end];
            start = place.end;
            Word {
                written: &self.text[place.from..place.to],
                folded,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(words: Words<'_>) -> Vec<(String, String, String)> {
        words
            .iter()
            .enumerate()
            .map(|(place, word)| {
                assert_eq!(word.folded, words.folded(place));
                assert_eq!(word.written, words.written(place, place));
                (
                    word.written.to_owned(),
                    word.folded.to_owned(),
                    words.gap(place).to_owned(),
                )
            })
            .collect()
    }

    proptest! {
        #[test]
        fn the_beginning_is_as_if_the_text_ended_there(
            text in "[a-zA-Zăș\u{301}\u{ad}жЩ ,.\n0-9]{0,40}|\\PC{0,20}",
            bytes in 0usize..60,
            most in 1usize..8,
        ) {
            let whole = Scan::of(&text, 100);
            let alone = Scan::of(first_bytes(&text, bytes), most);
            let beginning = whole.beginning(bytes, most, said);
            prop_assert_eq!(beginning, said(alone.words()));
        }
    }
}
