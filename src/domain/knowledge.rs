//! What understanding makes of a draft, and how an item is recognised.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use super::{Deadline, Detected, Draft, Event, ItemId, Kind, Sketch, SourceId, TopicId};

/// What identifies an item within its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ItemKey {
    /// The feed's id.
    Guid(String),
    /// The canonical address.
    Url(String),
    /// The hash of title and text.
    Text(String),
}

impl ItemKey {
    /// SHA-256 over source, sort of key and key: what the store finds items by.
    #[must_use]
    pub fn digest(&self, source: &SourceId) -> [u8; 32] {
        let (sort, key) = match self {
            Self::Guid(key) => (b'g', key),
            Self::Url(key) => (b'u', key),
            Self::Text(key) => (b't', key),
        };
        let mut hasher = Sha256::new();
        hasher.update(source.as_str().as_bytes());
        hasher.update([0, sort]);
        hasher.update(key.as_bytes());
        hasher.finalize().into()
    }

    /// The id of an item that this key is the first to identify.
    #[must_use]
    pub fn item_id(&self, source: &SourceId) -> ItemId {
        let digest = self.digest(source);
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        ItemId::new(u64::from_be_bytes(first))
    }
}

/// What understanding made of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// What was read; `published` and `precision` already judged for absurdity.
    pub draft: Draft,
    /// Its address for people: the draft's, or the source's own where it has none.
    pub url: Url,
    /// Keys by which it will be found again; the first is the one that makes its id.
    pub keys: Vec<ItemKey>,
    /// Hash of what makes it what it is (title, text, address, attachments): unchanged, nothing is written.
    pub content_hash: String,
    /// First sentences.
    pub excerpt: String,
    /// Language.
    pub lang: Option<Detected>,
    /// Kind.
    pub kind: Kind,
    /// Topics.
    pub topics: Vec<TopicId>,
    /// Deadline.
    pub deadline: Option<Deadline>,
    /// Event.
    pub event: Option<Event>,
    /// What it is compared by, to see which others tell the same.
    pub sketch: Sketch,
}
