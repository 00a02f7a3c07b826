//! What leaves on its own: feed writers, digests, calendar, OPML, and the JSON of an item.
//!
//! Everything here writes values that it is given; only [`digest::publish_due`] and [`hub::tell_hub`] ask the
//! store and the index.

mod adopt;
mod atom;
pub mod bundles;
mod calendar;
mod content;
pub mod digest;
mod entry;
pub mod findings;
pub mod hook;
pub mod hub;
mod item_json;
mod json_feed;
mod labels;
mod links;
pub mod mail;
mod marked;
mod matters;
mod opml;
mod read_opml;
mod reader_item;
pub mod reasons;
mod rss;
pub mod secrets;
pub mod watch;
mod words;
mod xml;

pub use adopt::{Usual, adopted, entry_name};
pub use atom::atom;
pub use calendar::{Alarm, CalendarOptions, calendar};
pub use json_feed::json_feed;
pub use labels::Labels;
pub use links::FeedLinks;
pub use opml::{Feedless, OpmlFeed, opml, opml_folders};
pub use read_opml::{OpmlEntry, OpmlError, read_opml};
pub use reader_item::{ItemPlace, long_id, reader_edition, reader_item};
pub use rss::rss;

pub use item_json::{
    AttachmentJson, EventJson, Highlights, ItemJson, SourceRef, StoryRef, instant, passage,
};
pub use marked::{escape, marked};
pub use matters::{MatterJson, matter_sentence};
pub use watch::{EditJson, NoticeJson, WatchRef};

use jiff::Timestamp;
use url::Url;

use crate::config::Content;
use crate::domain::Language;

/// What a feed or a calendar says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedInfo {
    /// What it is called, plain text.
    pub title: String,
    /// What it holds, plain text.
    pub description: String,
    /// The page that shows the same to people.
    pub home: Url,
    /// The address of this very document.
    pub this: Url,
    /// The next page of older entries (RFC 5005, section 3).
    pub next: Option<Url>,
    /// The language that title and description are written in, and most entries where that is known.
    pub lang: Option<Language>,
    /// When its content last changed.
    pub updated: Timestamp,
    /// The base address of the service, ending in a slash.
    pub public: Url,
    /// Its other documents.
    pub links: FeedLinks,
    /// How much of each announcement it has.
    pub content: Content,
    /// What kinds and topics are called.
    pub labels: Labels,
    /// The hub that tells of its changes (WebSub).
    pub hub: Option<Url>,
}
