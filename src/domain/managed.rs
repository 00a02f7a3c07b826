//! What people decided about sources in the browser, over what `sources.toml` says.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Source, SourceId};

/// One source as somebody wants it, whatever the file says. Kept apart from the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Managed {
    /// The source as it is to be.
    pub source: Source,
    /// The file's block that this was made over; `None` where the file had none: it was added in the browser.
    pub base: Option<Source>,
    /// Whether it is read.
    pub fate: Fate,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Whether a source is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is.
    Kept,
    /// No more; its items stay.
    Retired,
    /// No more; its items are those of another source now.
    Merged(SourceId),
}

impl Managed {
    /// Whether it is out of the catalogue.
    #[must_use]
    pub fn is_out(&self) -> bool {
        self.fate != Fate::Kept
    }
}

/// What can be said of a source beside its id, as `sources.toml` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `name`
    Name,
    /// `url`
    Url,
    /// `country`
    Country,
    /// `role`
    Role,
    /// `languages`
    Languages,
    /// `feed`
    Feed,
    /// `listing`
    Listing,
    /// `interval`
    Interval,
    /// `topics`
    Topics,
    /// `paused`
    Paused,
    /// `private`
    Private,
}

impl Field {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Url,
        Self::Country,
        Self::Role,
        Self::Languages,
        Self::Feed,
        Self::Listing,
        Self::Interval,
        Self::Topics,
        Self::Paused,
        Self::Private,
    ];

    /// Its key in the file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Url => "url",
            Self::Country => "country",
            Self::Role => "role",
            Self::Languages => "languages",
            Self::Feed => "feed",
            Self::Listing => "listing",
            Self::Interval => "interval",
            Self::Topics => "topics",
            Self::Paused => "paused",
            Self::Private => "private",
        }
    }

    /// Whether two sources say the same here.
    #[must_use]
    pub fn agrees(self, one: &Source, other: &Source) -> bool {
        match self {
            Self::Name => one.name == other.name,
            Self::Url => one.url == other.url,
            Self::Country => one.country == other.country,
            Self::Role => one.role == other.role,
            Self::Languages => one.languages == other.languages,
            Self::Feed => one.feed == other.feed,
            Self::Listing => one.listing == other.listing,
            Self::Interval => one.interval == other.interval,
            Self::Topics => one.topics == other.topics,
            Self::Paused => one.paused == other.paused,
            Self::Private => one.private == other.private,
        }
    }

    /// Makes one source say here what another says.
    pub fn copy(self, from: &Source, to: &mut Source) {
        match self {
            Self::Name => to.name.clone_from(&from.name),
            Self::Url => to.url.clone_from(&from.url),
            Self::Country => to.country = from.country,
            Self::Role => to.role = from.role,
            Self::Languages => to.languages.clone_from(&from.languages),
            Self::Feed => to.feed.clone_from(&from.feed),
            Self::Listing => to.listing.clone_from(&from.listing),
            Self::Interval => to.interval = from.interval,
            Self::Topics => to.topics.clone_from(&from.topics),
            Self::Paused => to.paused = from.paused,
            Self::Private => to.private = from.private,
        }
    }

    /// Where two sources differ.
    #[must_use]
    pub fn differing(one: &Source, other: &Source) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|field| !field.agrees(one, other))
            .collect()
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}
