//! Announcements.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    CanonicalUrl, Country, Detected, ItemId, Kind, Precision, Role, Seq, SourceId, StoryId, TopicId,
};

/// Longest title kept, in characters; longer ones are cut at a word.
pub const MAX_TITLE: usize = 500;
/// Longest author line kept, in characters.
pub const MAX_AUTHOR: usize = 200;
/// Longest excerpt, in characters.
pub const MAX_EXCERPT: usize = 300;
/// Longest text kept, in bytes of UTF-8.
pub const MAX_TEXT: usize = 1 << 20;

/// What a source says in one announcement, read but not yet recorded: no id, no history.
/// Every string is already bounded, free of control and bidirectional-override characters, and trimmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The feed's own id of the entry, where it gives one.
    pub guid: Option<String>,
    /// Where a person reads it. `http` or `https` only.
    pub url: Option<Url>,
    /// Never empty: the first words of the text where the source gives none.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The content as HTML, **not** sanitised: whoever shows it does that.
    pub html: Option<String>,
    /// The content as plain text; paragraphs are parted by a blank line.
    pub text: String,
    /// The source's own summary as plain text, at most [`MAX_EXCERPT`].
    pub summary: Option<String>,
    /// When it was published, as the source says; not yet judged for absurdity.
    pub published: Option<Timestamp>,
    /// How exactly `published` is known.
    pub precision: Precision,
    /// When the source says it was last changed.
    pub updated: Option<Timestamp>,
    /// The language that the markup claims.
    pub lang_hint: Option<super::Language>,
    /// A picture.
    pub image: Option<Url>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// The source's own categories, as written there.
    pub categories: Vec<String>,
    /// The source gives only a summary: the whole text is on the page at `url`.
    pub partial: bool,
}

/// A file that goes with an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Where it is.
    pub url: Url,
    /// Its media type, as declared.
    pub r#type: Option<String>,
    /// What the source calls it.
    pub title: Option<String>,
}

/// How far the reading of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is still to be fetched and read.
    Pending,
    /// It was read.
    Read,
    /// Its pages are pictures without text.
    Scanned,
    /// It cannot be had, or not be read.
    Unreadable,
}

impl FileState {
    /// The word that stands for it in the store and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Read => "read",
            Self::Scanned => "scanned",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What one of an item's attachments says, or why it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileText {
    /// Which attachment.
    pub url: Url,
    /// How far the reading has come.
    pub state: FileState,
    /// The document's own title.
    pub title: Option<String>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// Its language, where there is telling.
    pub lang: Option<super::Language>,
    /// Its text; empty unless it was read. Paragraphs are parted by a blank line.
    pub text: String,
}

/// The last moment to answer an announcement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    /// The moment; the end of the day, local time, where only a day is given.
    pub at: Timestamp,
    /// [`Precision::Second`] where the hour was stated, [`Precision::Day`] otherwise.
    pub precision: Precision,
    /// The sentence that proves it.
    pub evidence: String,
}

/// Something that one can attend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Where.
    pub place: Option<String>,
}

impl Event {
    /// The first moment after it. One whose end is not known lasts until its day in `zone` is over.
    #[must_use]
    pub fn over(&self, zone: &TimeZone) -> Timestamp {
        let next = || {
            let start = self.start.to_zoned(zone.clone());
            start.tomorrow().and_then(|next| next.start_of_day()).ok()
        };
        self.end
            .filter(|end| *end > self.start)
            .or_else(|| next().map(|next| next.timestamp()))
            .unwrap_or(self.start)
    }
}

/// Whether the source still shows an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It does, as far as is known.
    Live,
    /// It took it back at this time. Kept, out of search and feeds.
    Withdrawn(Timestamp),
}

/// How an item came to us: what was no news then is searchable, but told to nobody as if it were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// As news.
    News,
    /// Already old when its source was first read: in no digest.
    Old,
    /// From the source's archive, read backwards: in no digest and no feed.
    Backfill,
}

/// One announcement as it stands in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its address within vesti.
    pub id: ItemId,
    /// The number of its latest change.
    pub seq: Seq,
    /// The number under which it was first recorded.
    pub born: Seq,
    /// 1, and one more for every edit.
    pub version: u32,
    /// Whose it is.
    pub source: SourceId,
    /// The source's country, name and role when it was last recorded or the catalogue last changed.
    pub country: Country,
    /// See `country`.
    pub source_name: String,
    /// See `country`.
    pub role: Role,
    /// Where a person reads it.
    pub url: Url,
    /// The address without what does not matter, for comparing.
    pub canonical_url: CanonicalUrl,
    /// The feed's id of it.
    pub guid: Option<String>,
    /// Title, plain text.
    pub title: String,
    /// Author, plain text.
    pub author: Option<String>,
    /// The first sentences, plain text, at most [`MAX_EXCERPT`] characters.
    pub excerpt: String,
    /// The whole text, plain.
    pub text: String,
    /// The content as HTML, **not** sanitised.
    pub html: Option<String>,
    /// The language, where there is telling.
    pub lang: Option<Detected>,
    /// When it was published; `None` where unknown or absurd.
    pub published: Option<Timestamp>,
    /// How exactly.
    pub precision: Precision,
    /// What lists are sorted by: `published`, or `first_seen` where that is unknown.
    pub sort_at: Timestamp,
    /// When vesti first saw it.
    pub first_seen: Timestamp,
    /// When it was last edited, as seen or as the source says.
    pub updated: Option<Timestamp>,
    /// What it is.
    pub kind: Kind,
    /// What it is about.
    pub topics: Vec<TopicId>,
    /// By when to answer.
    pub deadline: Option<Deadline>,
    /// What to attend.
    pub event: Option<Event>,
    /// A picture.
    pub image: Option<Url>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// What those of them say that can be read, or are to be.
    #[serde(default)]
    pub files: Vec<FileText>,
    /// The story it tells; numbered like the item itself where nobody else tells it.
    pub story: StoryId,
    /// The item by which its source replaced it.
    #[serde(default)]
    pub newer: Option<ItemId>,
    /// Whether the source still shows it.
    pub state: ItemState,
    /// How it came to us.
    pub arrival: Arrival,
}

impl Item {
    /// Whether other items tell its story too.
    #[must_use]
    pub fn is_told_by_others(&self) -> bool {
        self.story.get() != self.id.get()
    }
}

/// An earlier text of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub version: u32,
    /// When vesti saw that it had been replaced.
    pub replaced_at: Timestamp,
    /// The title it had.
    pub title: String,
    /// The text it had.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_an_end_lasts_as_long_as_its_day() {
        let zone = TimeZone::get("Europe/Riga").unwrap();
        let event = |start: &str, end: Option<&str>| Event {
            start: start.parse().unwrap(),
            end: end.map(|end| end.parse().unwrap()),
            place: None,
        };
        let over = |event: Event| event.over(&zone).to_string();
        let start = "2026-11-21T08:00:00Z";
        assert_eq!(over(event(start, None)), "2026-11-21T22:00:00Z");
        let end = "2026-11-23T15:00:00Z";
        assert_eq!(over(event(start, Some(end))), end);
        assert_eq!(
            over(event(start, Some("2026-11-20T15:00:00Z"))),
            "2026-11-21T22:00:00Z",
            "an end before the start is none"
        );
    }
}
