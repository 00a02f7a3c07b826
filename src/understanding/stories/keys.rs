//! What announcements that may tell the same have in common: they are looked up by it, and only then compared.

use super::figures::{is_year, weight};
use super::letters::mix;
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

/// The keys of a sketch; no doubles, at most 17.
#[must_use]
pub fn keys(sketch: &Sketch) -> Vec<u32> {
    let mut keys: Vec<u32> = Vec::with_capacity(17);
    let mut add = |sort: u64, value: u32| keys.push(mix((sort << 32) | u64::from(value)));
    for run in sketch.shingles.iter().take(TEXT) {
        add(1, *run);
    }
    for run in sketch.lead.iter().take(LEAD) {
        add(1, *run);
    }
    if sketch.headline != 0 {
        add(2, sketch.headline);
    }
    for figure in telling_figures(sketch).into_iter().take(FIGURES) {
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

/// The days and amounts of an announcement as scattered numbers, the least first: what two have in common is as likely
/// as anything to be among the first.
#[must_use]
pub fn telling_figures(sketch: &Sketch) -> Vec<u32> {
    let mut telling: Vec<u32> = sketch
        .figures
        .iter()
        .filter(|figure| weight(**figure) >= 1.5 && !is_year(**figure))
        .map(|figure| mix(u64::from(*figure)))
        .collect();
    telling.sort_unstable();
    telling
}
