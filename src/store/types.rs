//! What goes into the store and what comes out of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::{
    Deadline, DigestId, Draft, Fault, FileState, Item, ItemId, Language, Remark, Seq, Source,
    SourceState, Understood, Way, remark_or_words,
};

/// What the store has to say about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Changes when the store was made anew or restored: whatever was derived from another generation is void.
    pub generation: String,
    /// The last change.
    pub seq: Seq,
    /// Changes up to here may have been forgotten.
    pub purged_through: Seq,
}

/// The right, for a while, to visit a source and record what was seen.
#[derive(Debug, Clone)]
pub struct Lease {
    /// The source.
    pub source: Source,
    /// Its state before the visit.
    pub state: SourceState,
    /// Fences: a lease that was given to another has a greater one.
    pub token: u64,
    /// Until when a hub has agreed to push what is new.
    pub pushed_until: Option<Timestamp>,
}

/// What is known of an item that a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which item.
    pub id: ItemId,
    /// Hash of the content as the source last gave it.
    pub content_hash: String,
    /// Its canonical address.
    pub canonical_url: String,
    /// The feed's id of it.
    pub guid: Option<String>,
    /// Its title.
    pub title: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Whether its page is still to be fetched.
    pub page_pending: bool,
}

/// One decision of a visit about one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Not seen before.
    Insert(Box<Understood>),
    /// Seen before, said differently now. `edit` is false where only vesti's own reading got better (the whole
    /// page was fetched): then no version is made.
    Update {
        /// Which item.
        id: ItemId,
        /// What it is now.
        now: Box<Understood>,
        /// Whether the source changed it.
        edit: bool,
    },
    /// Taken back by the source.
    Withdraw {
        /// Which item.
        id: ItemId,
    },
}

/// Everything that came of a visit, recorded at once or not at all.
#[derive(Debug, Clone)]
pub struct Visit {
    /// When.
    pub at: Timestamp,
    /// The state after it.
    pub state: SourceState,
    /// The items, in the order in which they shall get their numbers (oldest first).
    pub intents: Vec<Intent>,
    /// For the history.
    pub log: VisitLog,
}

/// A line of a source's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitLog {
    /// When.
    pub at: Timestamp,
    /// What was fetched.
    pub url: String,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// How long it took.
    pub millis: u64,
    /// Size after decompression.
    pub bytes: u64,
    /// Entries that the document lists.
    pub listed: u32,
    /// Of these, new.
    pub new: u32,
    /// Of these, edited.
    pub changed: u32,
    /// What went wrong.
    pub fault: Option<Fault>,
    /// Anything that staff should know: a redirect that was followed for good, a feed that was found.
    #[serde(default, deserialize_with = "remark_or_words")]
    pub note: Option<Remark>,
}

/// What recording did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Items inserted.
    pub inserted: Vec<ItemId>,
    /// Items updated or withdrawn.
    pub changed: Vec<ItemId>,
    /// The last change number used; `None` if nothing changed.
    pub seq: Option<Seq>,
}

/// A change, for those who follow.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "nearly all are items, and they are handled in batches"
)]
pub enum Change {
    /// The item as it is now.
    Item(Item),
    /// Withdrawn or forgotten: out of the index.
    Removed {
        /// Which item.
        id: ItemId,
        /// The number of the change.
        seq: Seq,
    },
}

/// Something to fetch that completes an item.
#[derive(Debug, Clone)]
pub struct PageJob {
    /// The item to complete.
    pub id: ItemId,
    /// Whose it is.
    pub source: Source,
    /// What to fetch.
    pub url: Url,
    /// What it is.
    pub wanted: Wanted,
    /// Attempts before this one.
    pub tries: u32,
    /// Fences.
    pub token: u64,
}

/// What is fetched to complete an item.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// Its page, because the feed gave only a summary: this.
    Page(Box<Draft>),
    /// A file that goes with it.
    File(FileOf),
}

/// A file to read, and what it is read by.
#[derive(Debug, Clone)]
pub struct FileOf {
    /// Its place in the store.
    pub(super) row: i64,
    /// The item's title.
    pub title: String,
    /// The item's language.
    pub lang: Option<Language>,
    /// The item's date.
    pub at: Timestamp,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFile {
    /// How the reading ended.
    pub state: FileState,
    /// The document's own title.
    pub title: Option<String>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// Its language.
    pub lang: Option<Language>,
    /// Its text.
    pub text: String,
    /// A deadline that it names: the item's, if that has none of its own.
    pub deadline: Option<Deadline>,
}

impl ReadFile {
    /// A file that says nothing.
    #[must_use]
    pub fn silent(state: FileState) -> Self {
        Self {
            state,
            title: None,
            pages: None,
            lang: None,
            text: String::new(),
            deadline: None,
        }
    }
}

/// What came of fetching a page or a file.
#[derive(Debug, Clone)]
pub enum PageOutcome {
    /// The item, completed.
    Read(Box<Understood>),
    /// What the file says.
    File(Box<ReadFile>),
    /// Not now; again at this time.
    Later(Timestamp, Fault),
    /// Never: the summary stays as it is, the file unread.
    Never(Fault),
}

/// A published edition of a digest: never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Which digest.
    pub digest: DigestId,
    /// The period's first moment.
    pub start: Timestamp,
    /// The first moment after it; with the digest's id it names the edition.
    pub end: Timestamp,
    /// When it was put together.
    pub published: Timestamp,
    /// Changes up to here were considered.
    pub through: Seq,
    /// Its content, as the delivery module wrote it (JSON).
    pub body: serde_json::Value,
    /// The items in it.
    pub items: Vec<ItemId>,
}

/// How far back the archive of a source was read: kept with what was read of it, so that a kill loses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backfill {
    /// How the archive is read.
    pub way: Way,
    /// What is to be read next, in this order; empty when all was read.
    pub next: Vec<Url>,
    /// The number of the first of them, where they are numbered.
    pub page: u32,
    /// Nothing older is wanted.
    pub since: Option<Timestamp>,
    /// Documents read.
    pub read: u32,
    /// Items that were not known before.
    pub added: u32,
}

/// How many of what there are, for metrics and the page of sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Live items.
    pub items: u64,
    /// Sources in the catalogue.
    pub sources: u64,
    /// Sources due now.
    pub due: u64,
    /// Sources whose last visit failed.
    pub failing: u64,
    /// Sources never visited yet.
    pub unvisited: u64,
    /// Pages waiting to be fetched.
    pub pages: u64,
}

/// A source with what is known of it.
#[derive(Debug, Clone)]
pub struct SourceRecord {
    /// From the catalogue.
    pub source: Source,
    /// Health and rhythm.
    pub state: SourceState,
    /// Its live items.
    pub items: u64,
    /// When its newest item was published.
    pub newest: Option<Timestamp>,
}
