//! A small tally: how much speaks for each language.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::domain::Language;
use crate::understanding::fnv::Fnv;

/// Evidence for each of a fixed list of languages, and for whatever else whatlang names.
pub(super) struct Scores {
    languages: &'static [Language],
    known: Vec<f32>,
    other: Option<(Language, f32)>,
}

impl Scores {
    pub(super) fn new(languages: &'static [Language]) -> Self {
        Self {
            languages,
            known: vec![0.0; languages.len()],
            other: None,
        }
    }

    /// More for one language.
    pub(super) fn add(&mut self, lang: Language, weight: f32) {
        if let Some(place) = self.languages.iter().position(|known| *known == lang) {
            self.known[place] += weight;
        } else if let Some((other, score)) = &mut self.other
            && *other == lang
        {
            *score += weight;
        }
    }

    /// A language that is on no list of ours.
    pub(super) fn stranger(&mut self, lang: Language, weight: f32) {
        if self.languages.contains(&lang) {
            self.add(lang, weight);
        } else {
            self.other = Some((lang, weight));
        }
    }

    /// More for all of a set.
    pub(super) fn add_set(&mut self, set: u32, weight: f32) {
        for (place, score) in self.known.iter_mut().enumerate() {
            if set & (1 << place) != 0 {
                *score += weight;
            }
        }
    }

    pub(super) fn best(&self) -> Option<(Language, f32)> {
        self.all().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// So much for one and so little for all others that nobody else needs to be asked.
    pub(super) fn is_clear(&self) -> bool {
        self.best()
            .is_some_and(|(_, best)| best >= 6.0 && best - self.second() >= 4.0)
    }

    pub(super) fn second(&self) -> f32 {
        let Some((best, _)) = self.best() else {
            return 0.0;
        };
        self.all()
            .filter(|(lang, _)| *lang != best)
            .map(|(_, score)| score)
            .fold(f32::MIN, f32::max)
    }

    fn all(&self) -> impl Iterator<Item = (Language, f32)> + '_ {
        self.languages
            .iter()
            .copied()
            .zip(self.known.iter().copied())
            .chain(self.other)
    }
}

/// Words or endings, each with the set of languages that have it, as bits in the order of a list of languages.
pub(super) type Table = HashMap<&'static str, u32, BuildHasherDefault<Fnv>>;

/// A table from one list of words a language, in the order of the languages.
pub(super) fn table(lists: &[&'static str]) -> Table {
    let mut table = Table::default();
    for (place, list) in lists.iter().enumerate() {
        for word in list.split_whitespace() {
            *table.entry(word).or_default() |= 1 << place;
        }
    }
    table
}
