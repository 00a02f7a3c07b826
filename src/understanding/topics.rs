//! What an announcement is about, in the words of the thesaurus.
//!
//! Labels are found as sequences of words in any inflection: each word is cut to what its endings leave of it, and matches a
//! word of the text that is this and one of the language's endings. All labels are in one trie, so the time does not
//! grow with the thesaurus.

mod endings;

use std::hash::BuildHasherDefault;

use super::fnv::Fnv;
use super::words::{Word, first_bytes, words};
use crate::config::Concept;
use crate::domain::{Language, TopicId};
use endings::{LONGEST_ENDING, ending_fits, stem};

/// Most topics of an item.
const MOST: usize = 8;
/// Words of a text that are looked at.
const MOST_WORDS: usize = 3000;
/// Words of a text that count as its beginning.
const BEGINNING: usize = 60;
/// What a concept must weigh to be what the text is about, not something mentioned in passing.
const ENOUGH: f32 = 2.0;
/// Longest label, in words.
const LONGEST: usize = 12;

type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Fnv>>;
type WordId = u32;
type Node = u32;

/// The thesaurus, made ready for tagging.
#[derive(Debug, Clone, Default)]
pub struct Thesaurus {
    ids: Vec<TopicId>,
    broader: Vec<Option<usize>>,
    /// By what is left of a word without endings: the ways in which it can be meant.
    stems: HashMap<String, Vec<(LabelWord, WordId)>>,
    /// From the root (0) by words.
    steps: HashMap<(Node, WordId), Node>,
    /// What the labels that end at a node mean.
    ends: HashMap<Node, Vec<usize>>,
}

/// How a word of a label may stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct LabelWord {
    lang: Language,
    /// An acronym: in capitals, without endings.
    capitals: bool,
}

impl Thesaurus {
    /// Makes concepts ready.
    #[must_use]
    pub fn compile(concepts: &[Concept]) -> Self {
        let mut thesaurus = Self {
            ids: concepts.iter().map(|concept| concept.id.clone()).collect(),
            ..Self::default()
        };
        let place: HashMap<&TopicId, usize> = concepts
            .iter()
            .enumerate()
            .map(|(place, concept)| (&concept.id, place))
            .collect();
        thesaurus.broader = concepts
            .iter()
            .map(|concept| {
                concept
                    .broader
                    .as_ref()
                    .and_then(|id| place.get(id).copied())
            })
            .collect();
        let mut word_ids: HashMap<(String, LabelWord), WordId> = HashMap::default();
        let mut nodes: Node = 0;
        for (concept, labels) in concepts.iter().enumerate() {
            for (lang, labels) in &labels.labels {
                for label in labels {
                    thesaurus.add(concept, *lang, &label.text, &mut word_ids, &mut nodes);
                }
            }
        }
        thesaurus
    }

    fn add(
        &mut self,
        concept: usize,
        lang: Language,
        label: &str,
        word_ids: &mut HashMap<(String, LabelWord), WordId>,
        nodes: &mut Node,
    ) {
        let words = words(label, LONGEST + 1);
        if words.is_empty() || words.len() > LONGEST {
            return;
        }
        let mut node = 0;
        for word in words {
            let capitals = is_acronym(&label[word.at.clone()]);
            let stem = if capitals {
                word.folded.clone()
            } else {
                stem(&word.folded, lang).to_owned()
            };
            let how = LabelWord { lang, capitals };
            let next = word_ids.len() as WordId;
            let id = *word_ids.entry((stem.clone(), how)).or_insert(next);
            if id == next {
                self.stems.entry(stem).or_default().push((how, id));
            }
            node = *self.steps.entry((node, id)).or_insert_with(|| {
                *nodes += 1;
                *nodes
            });
        }
        let ends = self.ends.entry(node).or_default();
        if !ends.contains(&concept) {
            ends.push(concept);
        }
    }

    /// The concepts that a text is about, the most fitting first, wider concepts after those that imply them; at most 8.
    /// Labels in the text's language are looked for, in all languages where that is unknown.
    #[must_use]
    pub fn tag(&self, title: &str, text: &str, lang: Option<Language>) -> Vec<TopicId> {
        let mut weights: HashMap<usize, Weight> = HashMap::default();
        for (_, length, concepts) in self.found(title, lang, usize::MAX) {
            for concept in concepts {
                weights.entry(*concept).or_default().title(length);
            }
        }
        for (place, length, concepts) in self.found(first_bytes(text, 64 * 1024), lang, MOST_WORDS)
        {
            for concept in concepts {
                weights.entry(*concept).or_default().text(place, length);
            }
        }
        let mut weighed: Vec<(usize, f32)> = weights
            .iter()
            .map(|(concept, weight)| (*concept, weight.sum()))
            .collect();
        let best = weighed
            .iter()
            .map(|(_, weight)| *weight)
            .fold(0.0, f32::max);
        weighed.retain(|(_, weight)| *weight >= ENOUGH && *weight >= best * 0.2);
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut chosen: Vec<usize> = Vec::with_capacity(MOST);
        for (concept, _) in &weighed {
            // The concept, then what it implies; a thesaurus with a circle in it must not hold us up.
            let mut next = Some(*concept);
            for _ in 0..MOST {
                let Some(concept) = next else { break };
                if chosen.len() < MOST && !chosen.contains(&concept) {
                    chosen.push(concept);
                }
                next = self.broader[concept];
            }
        }
        chosen
            .into_iter()
            .map(|concept| self.ids[concept].clone())
            .collect()
    }

    /// Labels in a text: index of the first word, number of words, concepts. The longest at each place only.
    fn found(
        &self,
        text: &str,
        lang: Option<Language>,
        most: usize,
    ) -> Vec<(usize, usize, &[usize])> {
        let ours = lang.filter(|lang| Language::OURS.contains(lang));
        let words = words(text, most.min(MOST_WORDS));
        let meanings: Vec<Vec<WordId>> = words
            .iter()
            .map(|word| self.meanings(text, word, ours))
            .collect();
        let mut found = Vec::new();
        let mut place = 0;
        while place < words.len() {
            match self.longest(&meanings[place..]) {
                Some((length, concepts))
                    if ours.is_some() || length > 1 || words[place].folded.chars().count() >= 6 =>
                {
                    found.push((place, length, concepts));
                    place += length;
                }
                _ => place += 1,
            }
        }
        found
    }

    /// The words of labels that a word of a text can be.
    fn meanings(&self, text: &str, word: &Word, lang: Option<Language>) -> Vec<WordId> {
        let folded = word.folded.as_str();
        let mut meanings = Vec::new();
        // No ending is longer than six letters, no label's word shorter than two.
        let letters = folded.chars().count();
        let ends = folded
            .char_indices()
            .map(|(at, _)| at)
            .chain([folded.len()])
            .skip(letters.saturating_sub(LONGEST_ENDING).max(2));
        for end in ends {
            let Some(ways) = self.stems.get(&folded[..end]) else {
                continue;
            };
            for (how, id) in ways {
                let fits = if how.capitals {
                    end == folded.len() && is_acronym(&text[word.at.clone()])
                } else {
                    ending_fits(&folded[..end], &folded[end..], how.lang)
                };
                if fits && lang.is_none_or(|lang| lang == how.lang) {
                    meanings.push(*id);
                }
            }
        }
        meanings
    }

    /// The longest label that the words begin with.
    fn longest(&self, meanings: &[Vec<WordId>]) -> Option<(usize, &[usize])> {
        let mut best = None;
        let mut nodes: Vec<Node> = vec![0];
        for (length, ids) in meanings.iter().enumerate().take(LONGEST) {
            let mut next = Vec::new();
            for node in &nodes {
                for id in ids {
                    if let Some(step) = self.steps.get(&(*node, *id)) {
                        next.push(*step);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            if let Some(ends) = next.iter().find_map(|node| self.ends.get(node)) {
                best = Some((length + 1, ends.as_slice()));
            }
            nodes = next;
        }
        best
    }
}

/// What speaks for a concept.
#[derive(Debug, Default)]
struct Weight {
    title: f32,
    beginning: f32,
    count: f32,
}

impl Weight {
    /// Longer labels are hardly ever meant otherwise.
    fn of_label(length: usize) -> f32 {
        match length {
            1 => 1.0,
            2 => 1.5,
            _ => 1.8,
        }
    }

    fn title(&mut self, length: usize) {
        self.title = self.title.max(4.0 * Self::of_label(length));
    }

    fn text(&mut self, place: usize, length: usize) {
        self.count += Self::of_label(length);
        if place < BEGINNING {
            self.beginning = self.beginning.max(Self::of_label(length));
        }
    }

    fn sum(&self) -> f32 {
        self.title + self.beginning + 1.5 * self.count.ln_1p()
    }
}

/// Two to six letters, all capital.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().count();
    (2..=6).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
        && word.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests;
