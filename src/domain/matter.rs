//! What in an edit of an announcement matters to those who rely on it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ItemId, Precision};

/// A moment, and how exactly it is stated: a day ends with its last second, local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The moment.
    pub at: Timestamp,
    /// [`Precision::Second`] where the hour is stated, [`Precision::Day`] otherwise.
    pub precision: Precision,
}

/// Something that matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "matter")]
pub enum Matter {
    /// It will not take place, or goes on no more.
    Cancelled {
        /// The sentence that says so.
        evidence: String,
    },
    /// It was put off, and no new date is given.
    Postponed {
        /// The sentence that says so.
        evidence: String,
    },
    /// What was over or called off is open once more.
    Reopened {
        /// The sentence that says so; empty where only the dates do.
        evidence: String,
    },
    /// The deadline is another one.
    DeadlineMoved {
        /// What it was.
        from: Stated,
        /// What it is.
        to: Stated,
    },
    /// There was no deadline, and there is one.
    DeadlineSet {
        /// What it is.
        to: Stated,
    },
    /// There is no deadline any more.
    DeadlineRemoved {
        /// What it was.
        from: Stated,
    },
    /// It takes place at another time.
    EventMoved {
        /// When it was to begin.
        from: Timestamp,
        /// When it begins.
        to: Timestamp,
    },
    /// It takes place elsewhere.
    PlaceChanged {
        /// Where it was to be.
        from: String,
        /// Where it is.
        to: String,
    },
    /// An amount of money is another one.
    AmountChanged {
        /// As it was written.
        from: String,
        /// As it is written.
        to: String,
    },
    /// Its source shows it no more.
    Withdrawn,
    /// Its source shows it again.
    Returned,
}

impl Matter {
    /// The word that stands for it in the store, in JSON and in messages.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Cancelled { .. } => "cancelled",
            Self::Postponed { .. } => "postponed",
            Self::Reopened { .. } => "reopened",
            Self::DeadlineMoved { .. } => "deadline_moved",
            Self::DeadlineSet { .. } => "deadline_set",
            Self::DeadlineRemoved { .. } => "deadline_removed",
            Self::EventMoved { .. } => "event_moved",
            Self::PlaceChanged { .. } => "place_changed",
            Self::AmountChanged { .. } => "amount_changed",
            Self::Withdrawn => "withdrawn",
            Self::Returned => "returned",
        }
    }
}

/// What mattered in one edit of an announcement, in the order in which edits were recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// Its number: grows, and names it for ever.
    pub number: u64,
    /// When it was noticed.
    pub at: Timestamp,
    /// The announcement.
    pub item: ItemId,
    /// The version that was replaced; the present one where it was withdrawn or came back as it was.
    pub version: u32,
    /// What matters; never empty.
    pub what: Vec<Matter>,
}
