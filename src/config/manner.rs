//! How the stories of a digest are put together.

use std::collections::HashMap;
use std::sync::Arc;

use super::Concept;
use crate::domain::{Language, TopicId};

/// Stories of one source that are told with their first sentences where a digest does not say.
pub const PER_SOURCE: usize = 3;

/// How an edition is put together, beside its query and its rhythm.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    /// What its stories are grouped by.
    pub group: Grouping,
    /// Stories of one source that are told with their first sentences; further ones are only named.
    pub per_source: usize,
    /// The topics, where they group.
    pub topics: Arc<Topics>,
    /// The query of the address `/digest`, for a digest of any search; `None` for a named one.
    pub address: Option<Vec<(String, String)>>,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            group: Grouping::Kind,
            per_source: PER_SOURCE,
            topics: Arc::default(),
            address: None,
        }
    }
}

/// What stories are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Kinds, what asks for an answer first.
    #[default]
    Kind,
    /// Topics, each under the widest one above it.
    Topic,
    /// Countries.
    Country,
}

impl Grouping {
    /// All of them, with the words that stand for them.
    pub const ALL: [(&'static str, Self); 3] = [
        ("kind", Self::Kind),
        ("topic", Self::Topic),
        ("country", Self::Country),
    ];

    /// The word that stands for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, own)| *own == self)
            .map_or("kind", |(word, _)| word)
    }
}

/// The widest topic above each, and what those are called.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Topics {
    widest: HashMap<TopicId, TopicId>,
    names: HashMap<TopicId, Vec<(Language, String)>>,
}

impl Topics {
    /// The topics of a thesaurus.
    #[must_use]
    pub fn of(thesaurus: &[Concept]) -> Self {
        let broader: HashMap<&TopicId, &TopicId> = thesaurus
            .iter()
            .filter_map(|concept| Some((&concept.id, concept.broader.as_ref()?)))
            .collect();
        let mut topics = Self::default();
        for concept in thesaurus {
            let mut widest = &concept.id;
            // No longer than the list, should it go in a circle.
            for _ in thesaurus {
                match broader.get(widest) {
                    Some(wider) => widest = wider,
                    None => break,
                }
            }
            topics.widest.insert(concept.id.clone(), widest.clone());
            let names = Language::OURS
                .into_iter()
                .map(|language| (language, concept.label(language).to_owned()));
            topics.names.insert(concept.id.clone(), names.collect());
        }
        topics
    }

    /// The widest topic above one; itself where there is none, or where the thesaurus has it no more.
    #[must_use]
    pub fn widest<'a>(&'a self, topic: &'a TopicId) -> &'a TopicId {
        self.widest.get(topic).unwrap_or(topic)
    }

    /// What a topic is called.
    #[must_use]
    pub fn names(&self, topic: &TopicId) -> Vec<(Language, String)> {
        self.names.get(topic).cloned().unwrap_or_default()
    }
}
