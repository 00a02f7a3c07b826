//! Spelling dictionaries as a source of better terms.
//!
//! A hunspell dictionary lists words with the rules that make their forms. [`compile`] makes all forms, folds them, and
//! keeps what the stemmer alone would not know: for each form the term of its word. Where the dictionary's words are
//! what a reader calls dictionary forms ([`Headwords::Lemmas`]), this is the word itself, and a second list brings the
//! stems of unknown words to the word that most often has them; where they are not (the Romanian one lists participles,
//! articles and both genders by themselves), it is the word's stem, so that what belongs together meets there.

mod affixes;
mod compile;
mod expand;

use std::fmt;

use sha2::{Digest, Sha256};
use tantivy_fst::Map;

pub use compile::compile;

use crate::domain::Language;

/// Changes whenever the same dictionary is compiled to something else than before.
pub const VERSION: u32 = 1;

/// Begins a compiled dictionary.
const MAGIC: &[u8; 8] = b"vestilex";

/// Why a dictionary cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DictionaryError {
    /// More rules, words or forms than any dictionary has.
    #[error("it is too large")]
    TooLarge,
    /// Nothing in it makes forms.
    #[error("it has no rules")]
    NoRules,
    /// It uses what vesti does not know.
    #[error("its {0} is unknown")]
    Unknown(&'static str),
    /// Not what [`compile`] wrote, or not whole.
    #[error("it is damaged")]
    Damaged,
}

/// What the words of a dictionary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Headwords {
    /// One for all forms of a word.
    Lemmas,
    /// Several for one word.
    Parts,
}

impl Headwords {
    fn of(lang: Language) -> Self {
        if lang == Language::LV {
            Self::Lemmas
        } else {
            Self::Parts
        }
    }
}

/// A compiled dictionary.
pub struct Dictionary {
    /// Folded forms, and stems behind [`STEM`], to places in `terms`.
    map: Map<Vec<u8>>,
    terms: Vec<Box<str>>,
    headwords: Headwords,
}

/// Begins the key of a stem.
const STEM: u8 = b'=';

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary")
            .field("forms", &self.map.len())
            .field("terms", &self.terms.len())
            .finish_non_exhaustive()
    }
}

impl Dictionary {
    /// Reads what [`compile`] wrote.
    pub fn read(bytes: &[u8], lang: Language) -> Result<Self, DictionaryError> {
        let damaged = || DictionaryError::Damaged;
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
        let (sum, rest) = rest.split_at_checked(32).ok_or_else(damaged)?;
        // What is whole was written by us: the map is not made to read anything else.
        if Sha256::digest(rest).as_slice() != sum {
            return Err(damaged());
        }
        let (length, rest) = rest.split_at_checked(8).ok_or_else(damaged)?;
        let length = u64::from_le_bytes(length.try_into().map_err(|_| damaged())?);
        let length = usize::try_from(length).map_err(|_| damaged())?;
        let (terms, map) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let terms = std::str::from_utf8(terms).map_err(|_| damaged())?;
        Ok(Self {
            map: Map::from_bytes(map.to_vec()).map_err(|_| damaged())?,
            terms: terms.lines().map(Into::into).collect(),
            headwords: Headwords::of(lang),
        })
    }

    /// The term of a word; `stem` is what the stemmer makes of it folded.
    #[must_use]
    pub(super) fn term(&self, exact: &str, folded: &str, stem: &str) -> Option<&str> {
        let with_diacritics = (exact != folded).then(|| self.map.get(exact)).flatten();
        let mut found = with_diacritics.or_else(|| self.map.get(folded));
        if self.headwords == Headwords::Lemmas {
            found = found
                .or_else(|| {
                    // What is denied or must be done: the stemmer takes this off as well.
                    let signs = ["ne", "ja", "vis"];
                    let rest = signs.iter().find_map(|sign| folded.strip_prefix(sign));
                    rest.and_then(|rest| self.map.get(rest))
                })
                .or_else(|| {
                    let mut key = Vec::with_capacity(stem.len() + 1);
                    key.push(STEM);
                    key.extend_from_slice(stem.as_bytes());
                    self.map.get(key)
                });
        }
        let found = found?;
        self.terms
            .get(usize::try_from(found).ok()?)
            .map(AsRef::as_ref)
    }
}

/// The bytes of a compiled dictionary.
fn write(terms: &[String], map: &[u8]) -> Vec<u8> {
    let terms = terms.join("\n");
    let mut body = Vec::with_capacity(terms.len() + map.len() + 8);
    body.extend_from_slice(&(terms.len() as u64).to_le_bytes());
    body.extend_from_slice(terms.as_bytes());
    body.extend_from_slice(map);
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(Sha256::digest(&body).as_slice());
    bytes.append(&mut body);
    bytes
}

#[cfg(test)]
mod tests;
