//! What announcements that may tell the same have in common: they are looked up by it, and only then compared.

use super::letters::mix;
use super::sketch::{is_year, weight};
use crate::domain::Sketch;

/// Runs of words that a text is looked up by: the least of all, which are the same in both of two texts as likely as
/// any run is (MinHash: Broder 1997).
const TEXT: usize = 4;
/// Of its beginning: what is cut short has that.
const LEAD: usize = 2;
/// Numbers that a translation is looked up by.
const FIGURES: usize = 3;
/// So many numbers, all the same, are a key together.
const MANY: usize = 6;
/// Addresses likewise.
const LINKS: usize = 4;

/// The keys of a sketch, each for [`Told`](super::Told) of any source; no doubles. At most 17.
#[must_use]
pub fn keys(sketch: &Sketch) -> Vec<i64> {
    let mut keys: Vec<i64> = Vec::with_capacity(16);
    let mut add = |sort: u64, value: u32| {
        let number = sort << 32 | u64::from(value);
        // Forty-seven bits: the store keeps them in six bytes.
        let high = u64::from(mix(number ^ 0x5bd1_e995) & 0x7fff);
        keys.push((high << 32 | u64::from(mix(number))).cast_signed());
    };
    for run in sketch.shingles.iter().take(TEXT) {
        add(1, *run);
    }
    for run in sketch.lead.iter().take(LEAD) {
        add(1, *run);
    }
    if sketch.headline != 0 {
        add(2, sketch.headline);
    }
    let mut telling: Vec<u32> = sketch
        .figures
        .iter()
        .copied()
        .filter(|figure| weight(*figure) >= 1.5 && !is_year(*figure))
        .collect();
    telling.sort_unstable_by_key(|figure| mix(u64::from(*figure)));
    for figure in telling.into_iter().take(FIGURES) {
        add(3, figure);
    }
    if sketch.figures.len() >= MANY {
        let all = sketch.figures.iter().fold(0_u64, |all, figure| {
            (all ^ u64::from(*figure)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        add(6, mix(all));
    }
    if let Some(day) = sketch.deadline {
        add(4, day.cast_unsigned());
    }
    for link in sketch.links.iter().take(LINKS) {
        add(5, *link);
    }
    if sketch.own != 0 {
        // For those that link here.
        add(5, sketch.own);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
