//! What an announcement is about, in the words of the thesaurus.
//!
//! Labels are found as sequences of words in any inflection: label and text are cut to the stems that the search index
//! knows them by. All labels are in one trie, so the time does not grow with the thesaurus.

mod labels;
mod weight;

use std::hash::BuildHasherDefault;
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use super::analysis;
use super::fnv::Fnv;
use super::normalise::is_cyrillic;
use super::scan::{self, Scan, Words};
use super::words::{Word, first_bytes, words};
use crate::config::{Concept, Label};
use crate::domain::{Country, Language, TopicId};
use labels::{LabelWord, Meaning, is_acronym, meant, small, stem};
use weight::{Strength, Weight};

/// Changes whenever any text gets other topics than before with the same thesaurus: what is stored is then tagged anew.
pub const VERSION: u32 = 2;

/// Most topics of an item.
const MOST: usize = 8;
/// Words of a text that are looked at.
const MOST_WORDS: usize = 3000;
/// Bytes of a text that are looked at.
const MOST_BYTES: usize = 64 * 1024;
/// Longest label, in words.
const LONGEST: usize = 12;
/// Fewest letters of a one-word label where the language is unknown: shorter words mean something else in another.
const CLEAR_IN_ANY_LANGUAGE: usize = 6;

type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Fnv>>;
type WordId = u32;
type Node = u32;

/// The thesaurus, made ready for tagging.
#[derive(Debug, Default)]
pub struct Thesaurus {
    fingerprint: String,
    ids: Vec<TopicId>,
    broader: Vec<Option<usize>>,
    /// By stem (of an acronym: by the whole word): the ways in which it can be meant.
    stems: HashMap<String, Vec<(LabelWord, WordId)>>,
    /// From the root (0) by words.
    steps: HashMap<(Node, WordId), Node>,
    /// What the labels that end at a node mean.
    ends: HashMap<Node, Vec<Meaning>>,
    /// Stemming is most of the work, and most words have been seen before.
    remembered: Mutex<Remembered>,
}

/// By language, in the order of [`Language::OURS`], then folded word: the word of labels that it is a form of, if any.
type Remembered = [HashMap<Box<str>, Option<WordId>>; Language::OURS.len()];

/// Most words remembered of a language; then all are forgotten.
const MOST_REMEMBERED: usize = 50_000;
/// Longest word remembered, in bytes.
const LONGEST_REMEMBERED: usize = 40;

/// What stands where in a text.
struct Place<'t> {
    /// Index of the first word.
    at: usize,
    meaning: &'t Meaning,
}

impl Thesaurus {
    /// Makes concepts ready.
    #[must_use]
    pub fn compile(concepts: &[Concept]) -> Self {
        let mut thesaurus = Self {
            fingerprint: fingerprint(concepts),
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
                for (rank, label) in labels.iter().enumerate() {
                    let rank = rank as f32 / labels.len() as f32;
                    thesaurus.add(concept, *lang, rank, label, &mut word_ids, &mut nodes);
                }
            }
        }
        thesaurus
    }

    /// Changes whenever any text could get other topics than before.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn add(
        &mut self,
        concept: usize,
        lang: Language,
        rank: f32,
        label: &Label,
        word_ids: &mut HashMap<(String, LabelWord), WordId>,
        nodes: &mut Node,
    ) {
        let words = words(&label.text, LONGEST + 1);
        // A number alone says nothing.
        let says = |word: &Word| word.folded.chars().any(char::is_alphabetic);
        if words.len() > LONGEST || !words.iter().any(says) {
            return;
        }
        let acronym = |word: &Word| is_acronym(&label.text[word.at.clone()]);
        let meaning = Meaning {
            concept,
            spelt: small(&label.text),
            country: label.country,
            strength: Strength::of_label(words.len(), words.iter().any(acronym), rank),
        };
        let mut node = 0;
        for word in words {
            let capitals = acronym(&word);
            let stem = if capitals {
                word.folded
            } else {
                stem(&word.folded, lang)
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
        self.ends.entry(node).or_default().push(meaning);
    }

    /// The concepts that a text is about, the most fitting first, wider concepts after those that imply them; at most 8.
    /// Labels in the text's language are looked for, in all languages where that is unknown; those of other countries
    /// than the text's are not.
    #[must_use]
    pub fn tag(
        &self,
        title: &str,
        text: &str,
        lang: Option<Language>,
        country: Option<Country>,
    ) -> Vec<TopicId> {
        if lang.is_some_and(|lang| !Language::OURS.contains(&lang)) {
            return Vec::new();
        }
        let title = Scan::of(first_bytes(title, MOST_BYTES), MOST_WORDS);
        let text = Scan::of(first_bytes(text, MOST_BYTES), MOST_WORDS);
        self.tag_scanned(&title, &text, lang, country)
    }

    /// The same, of title and text that are split into words already.
    pub(super) fn tag_scanned(
        &self,
        title: &Scan<'_>,
        text: &Scan<'_>,
        lang: Option<Language>,
        country: Option<Country>,
    ) -> Vec<TopicId> {
        if lang.is_some_and(|lang| !Language::OURS.contains(&lang)) {
            return Vec::new();
        }
        let mut weights: HashMap<usize, Weight> = HashMap::default();
        // Whoever finds the memory in use does without.
        let mut nothing = Remembered::default();
        let mut guard = self.remembered.try_lock();
        let known = guard.as_deref_mut().unwrap_or(&mut nothing);
        let places = title.beginning(MOST_BYTES, MOST_WORDS, |words| {
            self.found(words, lang, country, known)
        });
        for Place { meaning, .. } in places {
            let weight = weights.entry(meaning.concept).or_default();
            weight.title(meaning.strength);
        }
        let (places, length) = text.beginning(MOST_BYTES, MOST_WORDS, |words| {
            (self.found(words, lang, country, known), words.count())
        });
        for Place { at, meaning } in places {
            let weight = weights.entry(meaning.concept).or_default();
            weight.text(at, meaning.strength);
        }
        self.chosen(weight::about(&weights, length))
    }

    /// The ids of concepts with what they imply.
    fn chosen(&self, concepts: Vec<usize>) -> Vec<TopicId> {
        let mut chosen: Vec<usize> = Vec::with_capacity(MOST);
        for concept in concepts {
            // The concept, then what it implies; a thesaurus with a circle in it must not hold us up.
            let mut next = Some(concept);
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

    /// Labels in a text, the longest at each place only.
    fn found(
        &self,
        words: Words<'_>,
        lang: Option<Language>,
        country: Option<Country>,
        known: &mut Remembered,
    ) -> Vec<Place<'_>> {
        // What each word can be, one behind the other, and where it ends.
        let mut ids: Vec<WordId> = Vec::new();
        let mut ends = Vec::with_capacity(words.count());
        for word in words.iter() {
            self.meanings(word, lang, known, &mut ids);
            ends.push(ids.len());
        }
        let of = |place: usize| {
            let from = place.checked_sub(1).map_or(0, |before| ends[before]);
            &ids[from..ends[place]]
        };
        let mut found = Vec::new();
        let mut at = 0;
        while at < ends.len() {
            if of(at).is_empty() {
                at += 1;
                continue;
            }
            let clear = |length: usize| {
                lang.is_some()
                    || length > 1
                    || words.folded(at).chars().count() >= CLEAR_IN_ANY_LANGUAGE
            };
            match self.longest((at..ends.len()).map(of), country) {
                Some((length, meanings)) if clear(length) => {
                    let meant = meant(meanings, words.written(at, at + length - 1), country);
                    found.extend(meant.into_iter().map(|meaning| Place { at, meaning }));
                    at += length;
                }
                _ => at += 1,
            }
        }
        found
    }

    /// Adds the words of labels that a word of a text can be.
    fn meanings(
        &self,
        word: scan::Word<'_>,
        lang: Option<Language>,
        known: &mut Remembered,
        meanings: &mut Vec<WordId>,
    ) {
        let cyrillic = word.folded.starts_with(is_cyrillic);
        if is_acronym(word.written)
            && let Some(ways) = self.stems.get(word.folded)
        {
            let fits = |how: &LabelWord| how.capitals && lang.is_none_or(|lang| lang == how.lang);
            meanings.extend(ways.iter().filter(|(how, _)| fits(how)).map(|(_, id)| *id));
        }
        for (own, known) in Language::OURS.into_iter().zip(known) {
            let possible = match lang {
                Some(lang) => lang == own,
                None => cyrillic == (own == Language::RU),
            };
            if !possible {
                continue;
            }
            let id = known.get(word.folded).copied();
            let id = id.unwrap_or_else(|| {
                let id = self.word(word.written, word.folded, own);
                if known.len() >= MOST_REMEMBERED {
                    known.clear();
                }
                // Numbers hardly ever come again, and would take the place of what does.
                let number = word.folded.starts_with(|c: char| c.is_ascii_digit());
                if word.folded.len() <= LONGEST_REMEMBERED && !number {
                    known.insert(word.folded.into(), id);
                }
                id
            });
            meanings.extend(id);
        }
    }

    /// The word of labels in a language that a word is a form of.
    fn word(&self, written: &str, folded: &str, lang: Language) -> Option<WordId> {
        let stem = if lang == Language::RO && folded.starts_with(is_cyrillic) {
            // Written in the old alphabet.
            analysis::forms(written, Some(lang)).stem.into()
        } else {
            stem(folded, lang)
        };
        let ways = self.stems.get(&stem)?;
        let plain = |how: &LabelWord| !how.capitals && how.lang == lang;
        ways.iter().find(|(how, _)| plain(how)).map(|(_, id)| *id)
    }

    /// The longest label that the words begin with.
    fn longest<'w>(
        &self,
        words: impl Iterator<Item = &'w [WordId]>,
        country: Option<Country>,
    ) -> Option<(usize, &[Meaning])> {
        let mut best = None;
        let mut nodes: Vec<Node> = vec![0];
        for (length, ids) in words.enumerate().take(LONGEST) {
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
            let end = next.iter().find_map(|node| {
                self.ends
                    .get(node)
                    .filter(|ends| ends.iter().any(|end| end.holds_in(country)))
            });
            if let Some(ends) = end {
                best = Some((length + 1, ends.as_slice()));
            }
            nodes = next;
        }
        best
    }
}

/// SHA-256 over the versions of what tags and all that it tags with.
fn fingerprint(concepts: &[Concept]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(format!("{VERSION} {}", analysis::fingerprint()));
    for concept in concepts {
        // A name holds no control character, so that nothing can be taken for something else.
        hasher.update(format!("\n{}\t{:?}", concept.id, concept.broader));
        for (language, labels) in &concept.labels {
            hasher.update(format!("\t{language}"));
            for label in labels {
                hasher.update(format!("\u{1}{}\u{2}{:?}", label.text, label.country));
            }
        }
    }
    crate::domain::hex(&hasher.finalize()[..16])
}

#[cfg(test)]
mod tests;
