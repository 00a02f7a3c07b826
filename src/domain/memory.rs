//! What a source's health is judged by: a few figures that every visit adds to, so that what is found follows from the visits alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Language, Way};

/// What visits have taught about a source. Bounded, however long it is visited.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// When it published, in seconds since 1970, oldest first: the latest occasions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<i64>,
    /// The longest pause that ended in each month of the last fourteen or so: from when to when, in seconds since 1970.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<(i64, i64)>,
    /// The languages of what it published last, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// Languages that it has been seen to write in often enough to be its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usual: Vec<Language>,
    /// How many announcements it lists, smoothed; 0 until it was seen twice.
    pub lists: f32,
    /// Visits in a row, and since when, that listed far fewer than that, or nothing known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fewer: Option<(Timestamp, u32)>,
    /// What a look at the page of a site that has a feed last showed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteSeen>,
    /// When it last said “not modified”, since a whole document was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unchanged: Option<Timestamp>,
    /// Its “not modified” was found to be false then: it is not asked for a while.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub false_unchanged: Option<Timestamp>,
    /// From when to when its certificate is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<(Timestamp, Timestamp)>,
    /// Since when visits show a page in the place of another, or strangers' words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspect: Option<Timestamp>,
    /// When an announcement was last heard that may be a stranger's, alone among others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strange: Option<Timestamp>,
    /// Staff said then that what it writes is its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted: Option<Timestamp>,
    /// Ways that staff undid: not to be chosen again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<(Way, Url)>,
}

/// A site's page, as it was when it was last looked at beside its feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteSeen {
    /// When.
    pub at: Timestamp,
    /// The date of the newest that it lists.
    pub newest: Option<Timestamp>,
    /// Hashes of the addresses that it lists.
    pub listed: Vec<u32>,
    /// Of these, ones that came since an earlier look, and that the feed did not have.
    pub fresh: Vec<u32>,
    /// Since when the page has had what the feed has not.
    pub ahead: Option<Timestamp>,
    /// How many came up so far that the feed never had, while it went on.
    #[serde(default)]
    pub others: u32,
}

impl Memory {
    /// Most ways that are remembered as refused.
    pub const REFUSED: usize = 8;

    /// Notes that a way is not to be chosen again.
    pub fn refuse(&mut self, way: Way, at: Url) {
        self.refused.retain(|known| *known != (way, at.clone()));
        self.refused.push((way, at));
        let over = self.refused.len().saturating_sub(Self::REFUSED);
        self.refused.drain(..over);
    }
}
