//! What kinds and topics are called, for people who read lists of them.

use std::collections::HashMap;

use crate::domain::{Kind, Language, TopicId};

/// The names of kinds and topics in the reader's language. Without any, their own words stand for them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labels {
    /// That language.
    pub lang: Option<Language>,
    /// Kinds.
    pub kinds: HashMap<Kind, String>,
    /// Topics.
    pub topics: HashMap<TopicId, String>,
}

impl Labels {
    /// What a kind is called.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> &str {
        self.kinds.get(&kind).map_or(kind.as_str(), String::as_str)
    }

    /// What a topic is called.
    #[must_use]
    pub fn topic<'a>(&'a self, topic: &'a TopicId) -> &'a str {
        self.topics
            .get(topic)
            .map_or(topic.as_str(), String::as_str)
    }
}
