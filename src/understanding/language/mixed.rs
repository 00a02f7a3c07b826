//! Texts in several languages.

use super::detect;
use crate::domain::Language;

/// A language of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which.
    pub lang: Language,
    /// Its share of the text that could be told, 0 to 1.
    pub share: f32,
}

/// Letters that a piece has at least before it is judged on its own.
const PIECE: usize = 60;
/// Bytes looked at.
const MOST_BYTES: usize = 12_000;
/// A language with less is a name or a quotation.
const LEAST: f32 = 0.1;

/// The languages of a text, the dominant one first: pages of Moldova give the same announcement in two or three.
/// Looks at the first 12,000 bytes, piece by piece, a piece ending with a line or a sentence.
///
/// `priors` are what the source usually writes in, as for [`detect`].
#[must_use]
pub fn parts(text: &str, priors: &[Language]) -> Vec<Part> {
    let text = crate::understanding::words::first_bytes(text, MOST_BYTES);
    let mut found: Vec<(Language, usize)> = Vec::new();
    for piece in pieces(text) {
        let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
        if let Some(told) = detect(piece, priors, None) {
            match found.iter_mut().find(|(lang, _)| *lang == told.lang) {
                Some((_, sum)) => *sum += letters,
                None => found.push((told.lang, letters)),
            }
        }
    }
    let total: usize = found.iter().map(|(_, letters)| letters).sum();
    let mut parts: Vec<Part> = found
        .into_iter()
        .map(|(lang, letters)| Part {
            lang,
            share: letters as f32 / total.max(1) as f32,
        })
        .filter(|part| part.share >= LEAST)
        .collect();
    parts.sort_by(|a, b| b.share.total_cmp(&a.share));
    parts
}

/// Lines and sentences, short ones joined to what follows them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut letters = 0;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            letters += usize::from(c.is_alphabetic());
            let ends = c == '\n' || (letters >= PIECE && matches!(c, '.' | '!' | '?' | '/' | '|'));
            if ends && letters >= PIECE / 3 {
                end = at + c.len_utf8();
                break;
            }
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}
