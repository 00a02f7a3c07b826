//! What watches find and tell.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{ItemId, Seq, SourceId, WatchId};
use crate::store::outbox::{Channel, Letter};

/// How far a watch has looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items that were recorded later are new to it.
    pub began: Seq,
    /// Matters up to this number were looked at.
    pub matter: u64,
    /// Happenings up to this number were looked at.
    pub happening: u64,
}

/// What a watch tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A new announcement.
    Item(ItemId),
    /// An edit that matters, by number.
    Matter(u64),
    /// What happened to a source, by number.
    Happening(u64),
}

impl Thing {
    pub(super) fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Item(id) => ("item", id.get().cast_signed()),
            Self::Matter(number) => ("matter", number.cast_signed()),
            Self::Happening(number) => ("happening", number.cast_signed()),
        }
    }
}

/// What a watch has found by one look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collected {
    /// New announcements; those that it had already are left out.
    pub items: Vec<ItemId>,
    /// Edits that matter.
    pub matters: Vec<u64>,
    /// What happened to sources.
    pub happenings: Vec<(u64, SourceId)>,
    /// Up to which numbers of both it was looked.
    pub through: (u64, u64),
}

/// Something that was found and is still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its number: grows.
    pub number: i64,
    /// What.
    pub thing: Thing,
    /// When it was found.
    pub at: Timestamp,
    /// Not to be told before.
    pub due: Timestamp,
}

/// What a watch told.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub watch: WatchId,
    /// When.
    pub at: Timestamp,
    /// The content, as `delivery` wrote it.
    pub body: Value,
}

/// Something in the outbox that a service is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HookJob {
    /// A bulletin.
    Bulletin {
        /// Whose.
        watch: WatchId,
        /// Which.
        bulletin: i64,
    },
    /// A test that somebody asked for.
    Test {
        /// Of which watch.
        watch: WatchId,
    },
}

impl HookJob {
    /// The watch that it is of.
    #[must_use]
    pub fn watch(&self) -> WatchId {
        match self {
            Self::Bulletin { watch, .. } | Self::Test { watch } => *watch,
        }
    }

    pub(super) fn letter(&self, key: String, due: Timestamp) -> rusqlite::Result<Letter> {
        Letter::new(Channel::Hook, key, self, due)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}
