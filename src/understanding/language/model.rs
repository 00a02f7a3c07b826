//! Which language the letters of a text are likely to be of, by a model small enough to be part of the program.
//!
//! A linear classifier over the mean of what each group of one to four letters says ("fastText": Joulin and others, "Bag of
//! Tricks for Efficient Text Classification", 2016). `docs/language-model.md` says what it learned from, and
//! `tests/language-model` made it.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

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

/// What the letters of a word say together, before it is weighed.
#[derive(Clone, Copy)]
struct Said {
    sums: [i32; DIMENSIONS],
    count: u32,
}

/// Most words remembered of an alphabet, then all are forgotten; and the longest of them, in bytes.
const MOST_REMEMBERED: usize = 6_000;
const LONGEST_REMEMBERED: usize = 32;

thread_local! {
    /// Words repeat, and looking one up is quicker than looking up its groups of letters.
    static REMEMBERED: RefCell<[FxHashMap<Box<str>, Said>; 2]> = RefCell::default();
}

fn said(word: &str, rows: &[[u8; DIMENSIONS]]) -> Said {
    let mut said = Said {
        sums: [0; DIMENSIONS],
        count: 0,
    };
    grams(word, |hash| {
        for (sum, byte) in said.sums.iter_mut().zip(&rows[hash as usize % ROWS]) {
            *sum += i32::from(byte.cast_signed());
        }
        said.count += 1;
    });
    said
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
    let rows = &rows[first_row..first_row + ROWS];
    REMEMBERED.with_borrow_mut(|remembered| {
        let known = &mut remembered[usize::from(alphabet == Alphabet::Cyrillic)];
        for word in words {
            let said = known.get(word).copied().unwrap_or_else(|| {
                let said = said(word, rows);
                if known.len() >= MOST_REMEMBERED {
                    known.clear();
                }
                if word.len() <= LONGEST_REMEMBERED {
                    known.insert(word.into(), said);
                }
                said
            });
            for (sum, own) in sums.iter_mut().zip(said.sums) {
                *sum += own;
            }
            count += said.count;
        }
    });
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
