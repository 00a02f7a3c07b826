//! How much speaks for a concept, and how much is enough.

use std::hash::BuildHasher;

/// Words of a text that count as its beginning: a lead.
const BEGINNING: usize = 60;
/// What a concept must weigh to be what the text is about, not something mentioned in passing.
const ENOUGH: f32 = 2.0;
/// What it must weigh of the heaviest one.
const SHARE: f32 = 0.22;
/// Words up to which a text is an announcement; in a longer one, more is mentioned in passing.
const SHORT: usize = 250;

/// How sure a label is to mean its concept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Strength(pub(super) f32);

impl Strength {
    /// Longer labels are hardly ever meant otherwise, acronyms seldom; of one-word labels the later ones of a row are the
    /// more general. `rank` is the place in the row, from 0 to 1.
    pub(super) fn of_label(words: usize, acronym: bool, rank: f32) -> Self {
        Self(match (words, acronym) {
            (1, true) => 1.3,
            (1, false) => 1.0 - 0.4 * rank,
            (2, _) => 1.5,
            _ => 1.8,
        })
    }
}

/// What speaks for a concept.
#[derive(Debug, Default)]
pub(super) struct Weight {
    title: f32,
    beginning: f32,
    count: f32,
}

impl Weight {
    pub(super) fn title(&mut self, strength: Strength) {
        self.title = self.title.max(4.0 * strength.0);
    }

    pub(super) fn text(&mut self, place: usize, strength: Strength) {
        self.count += strength.0;
        if place < BEGINNING {
            self.beginning = self.beginning.max(strength.0);
        }
    }

    fn sum(&self) -> f32 {
        self.title + self.beginning + 1.5 * self.count.ln_1p()
    }
}

/// The concepts that a text of so many words is about, the weightiest first.
pub(super) fn about<S: BuildHasher>(
    weights: &std::collections::HashMap<usize, Weight, S>,
    words: usize,
) -> Vec<usize> {
    let mut weighed: Vec<(usize, f32)> = weights
        .iter()
        .map(|(concept, weight)| (*concept, weight.sum()))
        .collect();
    let best = weighed
        .iter()
        .map(|(_, weight)| *weight)
        .fold(0.0, f32::max);
    let longer = (words as f32 / SHORT as f32).max(1.0).log2();
    let enough = (ENOUGH + 0.4 * longer).max(best * SHARE);
    weighed.retain(|(_, weight)| *weight >= enough);
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weighed.into_iter().map(|(concept, _)| concept).collect()
}
