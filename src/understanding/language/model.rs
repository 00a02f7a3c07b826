//! Which language the letters of a text are likely to be of, by a model small enough to be part of the program.
//!
//! A linear classifier over the mean of what each group of one to four letters says ("fastText": Joulin and others, "Bag of
//! Tricks for Efficient Text Classification", 2016). `docs/language-model.md` says what it learned from, and
//! `tests/language-model` made it.

use super::classes::{CLASSES, CYRILLIC, DIMENSIONS, LATIN, NONE, ROWS};
use super::grams::grams;
use crate::domain::Language;

/// A byte for each number of the tables, then weights and bias of each class as little-endian floats.
static MODEL: &[u8; 2 * ROWS * DIMENSIONS + CLASSES * (DIMENSIONS + 1) * 4] =
    include_bytes!("model.bin");

/// Something that a text can be in: a language, or what has no class of its own.
pub(super) struct Class {
    /// The code of the language; `None` for one without a class of its own, and for what is none.
    pub code: Option<&'static str>,
    /// The natural logarithm of how likely it is, and a number that is the same for all.
    pub score: f32,
}

impl Class {
    pub(super) fn lang(&self) -> Option<Language> {
        self.code?.parse().ok()
    }
}

/// The alphabets that the model knows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    Latin,
    Cyrillic,
}

/// Every class of an alphabet for these words, which are in small letters; `None` where there are none.
pub(super) fn classes<'a>(
    words: impl Iterator<Item = &'a str>,
    alphabet: Alphabet,
) -> Option<Vec<Class>> {
    let (tables, weights) = MODEL.split_at(2 * ROWS * DIMENSIONS);
    let (rows, _) = tables.as_chunks::<DIMENSIONS>();
    let (codes, first_class, first_row): (&[&str], usize, usize) = match alphabet {
        Alphabet::Latin => (&LATIN, 0, 0),
        Alphabet::Cyrillic => (&CYRILLIC, LATIN.len(), ROWS),
    };
    let mut sums = [0_i32; DIMENSIONS];
    let mut count = 0_u32;
    for word in words {
        grams(word, |hash| {
            for (sum, byte) in sums.iter_mut().zip(&rows[first_row + hash as usize % ROWS]) {
                *sum += i32::from(byte.cast_signed());
            }
            count += 1;
        });
    }
    if count == 0 {
        return None;
    }
    let means = sums.map(|sum| sum as f32 / count as f32);
    let (floats, _) = weights.as_chunks::<4>();
    let classes = codes
        .iter()
        .zip(floats.chunks_exact(DIMENSIONS + 1).skip(first_class))
        .map(|(code, of_class)| {
            let mut of_class = of_class.iter().map(|bytes| f32::from_le_bytes(*bytes));
            let product: f32 = means
                .iter()
                .zip(of_class.by_ref())
                .map(|(mean, weight)| mean * weight)
                .sum();
            Class {
                code: Some(*code).filter(|code| *code != NONE),
                score: product + of_class.next().unwrap_or_default(),
            }
        })
        .collect();
    Some(classes)
}
