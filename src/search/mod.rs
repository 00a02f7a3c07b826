//! The projection of the store that answers searches: schema, analyzers, writer and follower, query language, searcher, facets, snippets.

mod agrees;
mod collect;
mod columns;
mod cursor;
pub mod dictionaries;
mod directory;
mod folder;
mod follower;
mod labels;
mod lift;
mod lists;
mod marks;
mod nearest;
mod pace;
mod pins;
mod query;
mod rank;
mod schema;
mod searcher;
mod snapshot;
mod spelling;
mod thread;
mod timeline;
mod told;
mod top;
mod ways;
mod writer;

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::config::{Concept, SearchSettings};
use crate::domain::{ItemId, SearchRequest, Seq};
use crate::store::StoreError;

pub use follower::Log;
pub use marks::Marks;
pub use nearest::Nearest;
pub use timeline::{Timeline, WEEKS, Week};

use columns::Values;
use folder::Folder;
use follower::Engine;
use pace::Patience;
use pins::Pins;
use query::Expander;
use schema::Fields;
use searcher::Answering;
use snapshot::Snapshot;

/// Why a search could not be answered. A query never is the reason: any text is a query.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The cursor is not one that this service gave.
    #[error("the cursor is not one of ours; start again without it")]
    Cursor,
    /// The index cannot be opened, read or written.
    #[error("the search index failed: {0}")]
    Index(String),
    /// The disk does not take what the index writes.
    #[error(
        "the search index cannot be written ({0}): free some space or give vesti's user the right to write there; nothing recorded is lost, and vesti goes on by itself"
    )]
    Disk(String),
    /// The store, while it was followed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{
            FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        match error.kind() {
            StorageFull | QuotaExceeded | ReadOnlyFilesystem | PermissionDenied | FileTooLarge => {
                Self::Disk(error.to_string())
            }
            _ => Self::Index(error.to_string()),
        }
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError as E;
        use tantivy::directory::error::{LockError, OpenWriteError};
        let io = match &error {
            E::IoError(io)
            | E::OpenWriteError(OpenWriteError::IoError { io_error: io, .. })
            | E::LockFailure(LockError::IoError(io), _) => Some(io),
            E::LockFailure(LockError::LockBusy, _) => {
                return Self::Disk("another process is writing it".to_owned());
            }
            _ => None,
        };
        let text = match io {
            Some(io) => match Self::from(std::io::Error::new(io.kind(), io.to_string())) {
                Self::Disk(text) => return Self::Disk(text),
                _ => error.to_string(),
            },
            None => error.to_string(),
        };
        // A thread of tantivy's writer passes on its reason as text only.
        if ["No space left", "Read-only file system", "quota exceeded"]
            .iter()
            .any(|sign| text.contains(sign))
        {
            return Self::Disk(text);
        }
        Self::Index(text)
    }
}

/// A page of results.
#[derive(Debug, Clone)]
pub struct Hits {
    /// How many there are in all.
    pub total: u64,
    /// This page, in order.
    pub ids: Vec<ItemId>,
    /// How many there are of each value.
    pub facets: Facets,
    /// How many there are in each week; without any, unless it was asked for.
    pub timeline: Timeline,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
    /// What was understood.
    pub interpreted: Interpreted,
    /// What to mark in the texts of this page's items.
    pub marks: Marks,
}

/// Counts by value, most frequent first. A facet's own filter does not narrow its own counts.
#[derive(Debug, Clone, Default, Serialize)]
#[allow(missing_docs, reason = "named after the parameters that they count")]
pub struct Facets {
    pub lang: Vec<(String, u64)>,
    pub country: Vec<(String, u64)>,
    pub source: Vec<(String, u64)>,
    pub role: Vec<(String, u64)>,
    pub topic: Vec<(String, u64)>,
    pub kind: Vec<(String, u64)>,
}

/// What vesti understood of a query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Interpreted {
    /// The query as it was searched, written in the query language.
    pub query: String,
    /// Words searched, as typed.
    pub words: Vec<String>,
    /// Phrases searched, as typed.
    pub phrases: Vec<String>,
    /// Words and phrases excluded.
    pub excluded: Vec<String>,
    /// Words added in other languages, by what they were added for.
    pub expanded: HashMap<String, Vec<String>>,
    /// The query with known words in place of those that nothing has. It is what was searched (see `query`) where
    /// nothing matches as typed.
    pub did_you_mean: Option<String>,
    /// Not all words are in every result: too few have all.
    pub partial: bool,
    /// What could not be taken as meant, each a plain sentence in English.
    pub notes: Vec<String>,
}

impl Interpreted {
    /// Whether another spelling was searched than what was typed.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.did_you_mean.as_ref() == Some(&self.query)
    }
}

/// The index: opened once, cheap to clone, follows the store.
#[derive(Clone)]
pub struct Index(Arc<Shared>);

/// What the clones of an index share.
struct Shared {
    /// What searches see; `None` until there is anything.
    published: RwLock<Option<Arc<Snapshot>>>,
    engine: Mutex<Engine>,
    pins: Pins,
    values: Values,
    expander: RwLock<Arc<Expander>>,
    nearest: RwLock<Option<Arc<dyn Nearest>>>,
    next_snapshot: AtomicU64,
    process: u64,
}

impl Shared {
    fn snapshot(&self) -> Option<Arc<Snapshot>> {
        let published = self.published.read();
        published.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn answers(&self) -> bool {
        self.snapshot().is_some_and(|snapshot| !snapshot.unfinished)
    }

    fn publish(
        &self,
        reader: &tantivy::IndexReader,
        fields: Fields,
        seq: Seq,
        unfinished: bool,
    ) -> Result<(), SearchError> {
        let number = self.next_snapshot.fetch_add(1, Ordering::Relaxed);
        let earlier = self.snapshot();
        let mut snapshot = Snapshot::take(
            number,
            seq,
            reader,
            fields,
            &self.values,
            earlier.as_deref(),
        )?;
        snapshot.unfinished = unfinished;
        *self
            .published
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(snapshot));
        self.pins.expire();
        Ok(())
    }

    fn engine(&self) -> std::sync::MutexGuard<'_, Engine> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn drain(&self, log: &impl Log, stopped: &dyn Fn() -> bool) -> Result<(), SearchError> {
        self.engine().drain(log, self, stopped)
    }

    fn patience(&self) -> Patience {
        self.engine().patience()
    }

    fn close(&self) {
        self.engine().close();
    }

    fn answering(&self) -> Answering<'_> {
        Answering {
            snapshot: self.snapshot(),
            pins: &self.pins,
            values: &self.values,
            expander: self
                .expander
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            nearest: self
                .nearest
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            process: self.process,
        }
    }
}

impl Index {
    /// Opens the index in `dir/search`. One that is damaged, or was made from another store or by another vesti, is left
    /// aside; a new one is built as soon as the index follows the store. Opening alone writes nothing, so that a
    /// second process can search while the first one writes.
    pub fn open(
        dir: &Path,
        store: &impl Log,
        settings: &SearchSettings,
        thesaurus: &[Concept],
    ) -> Result<Self, SearchError> {
        let folder = Folder::new(dir);
        let head = store.head()?;
        let mut renew = false;
        let mut opened = None;
        if let Some(number) = folder.current() {
            match follower::standing(&folder, number, &head) {
                Ok(standing) => {
                    renew = standing.stale.is_some();
                    opened = Some(standing);
                }
                Err(reason) => {
                    tracing::warn!(reason, "the search index cannot be used and is made anew");
                    renew = true;
                }
            }
        }
        let engine = Engine::new(
            folder,
            settings.writer_memory,
            settings.commit_interval,
            renew,
        );
        let shared = Shared {
            published: RwLock::default(),
            engine: Mutex::new(engine),
            pins: Pins::default(),
            values: Values::default(),
            expander: RwLock::new(Arc::new(Expander::new(thesaurus))),
            nearest: RwLock::default(),
            next_snapshot: AtomicU64::new(1),
            process: fastrand::u64(..),
        };
        if let Some(standing) = opened {
            let (_, fields) = schema::schema();
            let reader = snapshot::reader(&standing.index)?;
            shared.publish(&reader, fields, standing.payload.seq, false)?;
        }
        Ok(Self(Arc::new(shared)))
    }

    /// Expands queries by another thesaurus from now on.
    pub fn use_thesaurus(&self, thesaurus: &[Concept]) {
        let expander = Arc::new(Expander::new(thesaurus));
        *self
            .0
            .expander
            .write()
            .unwrap_or_else(PoisonError::into_inner) = expander;
    }

    /// Finds items by meaning as well, from now on.
    #[must_use]
    pub fn with_nearest(self, nearest: Arc<dyn Nearest>) -> Self {
        *self
            .0
            .nearest
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(nearest);
        self
    }

    /// Follows the store until `stop` says so: what is recorded becomes searchable within the commit interval.
    pub async fn follow(
        &self,
        store: impl Log,
        stop: tokio::sync::watch::Receiver<bool>,
    ) -> Result<(), SearchError> {
        follower::follow(self.0.clone(), store, stop).await
    }

    /// Takes in everything that is recorded now (blocking). For commands and tests.
    pub fn catch_up(&self, store: &impl Log) -> Result<(), SearchError> {
        self.0.drain(store, &|| false)
    }

    /// Builds a new index from the store beside the one that answers, and swaps it in (blocking).
    pub fn rebuild(&self, store: &impl Log) -> Result<(), SearchError> {
        let mut engine = self.0.engine();
        engine.start_anew();
        engine.drain(store, &self.0, &|| false)
    }

    /// The last change that can be searched.
    #[must_use]
    pub fn searchable(&self) -> Seq {
        self.0.snapshot().map_or(Seq(0), |snapshot| snapshot.seq)
    }

    /// Changes whenever a search may be answered differently.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.0.snapshot().map_or(0, |snapshot| snapshot.number)
    }

    /// Answers a search (blocking).
    pub fn search(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Hits, SearchError> {
        self.0.answering().search(request, now, zone, false)
    }

    /// Answers a search with its time line (blocking).
    pub fn search_by_week(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Hits, SearchError> {
        self.0.answering().search(request, now, zone, true)
    }

    /// The ids of all items that a request selects and that were recorded after `after`, unordered and unlimited: for digests and watches.
    pub fn select(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
        after: Option<Seq>,
    ) -> Result<Vec<ItemId>, SearchError> {
        self.0.answering().select(request, now, zone, after)
    }
}
