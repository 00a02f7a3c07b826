//! The words of a text, folded, all in one piece of memory.

use crate::understanding::words::each_word;

/// A text and its words.
pub(super) struct Scan<'a> {
    text: &'a str,
    folded: String,
    /// Where each word ends in the folded text, and where it stands in the original.
    places: Vec<Place>,
}

struct Place {
    end: usize,
    from: usize,
    to: usize,
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
        each_word(text, most, |at, word| {
            folded.push_str(word);
            places.push(Place {
                end: folded.len(),
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

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// The word at a place, folded; empty beyond the end.
    pub fn folded(&self, place: usize) -> &str {
        let Some(found) = self.places.get(place) else {
            return "";
        };
        let before = place
            .checked_sub(1)
            .and_then(|place| self.places.get(place));
        &self.folded[before.map_or(0, |before| before.end)..found.end]
    }

    /// What stands after the word at a place, up to the next; an end of line after the last.
    pub fn gap(&self, place: usize) -> &'a str {
        match (self.places.get(place), self.places.get(place + 1)) {
            (Some(one), Some(next)) => &self.text[one.to..next.from],
            _ => "\n",
        }
    }

    /// All of them in order.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
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
