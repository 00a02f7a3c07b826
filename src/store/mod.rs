//! The truth: what was fetched, when, and what became of it.
//!
//! SQLite in WAL mode with `synchronous=FULL`: a value that was acknowledged survives the loss of power. One thread writes;
//! whatever waits for it is committed together, so that many visits share one flush of the disk. Readers never wait for it.
//! Changes of items are numbered by [`Seq`](crate::domain::Seq) in commit order.

mod announced;
mod arrivals;
mod audit;
mod backfills;
mod blocking;
mod brink;
mod calendar;
mod catalogue;
mod changes;
mod connection;
mod editions;
mod entries;
mod error;
mod files;
mod happenings;
mod health;
mod items;
mod lock;
mod lookup;
mod matters;
mod outbox;
mod pages;
mod passes;
mod pulse;
mod pushes;
mod read_states;
mod readers;
mod record;
mod restore;
mod retags;
mod retention;
mod rhythms;
mod rows;
mod schema;
mod snapshot;
mod sources;
mod staff;
mod stories;
mod subscriptions;
mod tally;
#[cfg(test)]
mod tests;
mod types;
mod upgrade;
mod watches;
mod writer;

pub use announced::{Announcement, Changed};
pub use arrivals::Arrived;
pub use audit::{Deed, Did, Noted};
pub use blocking::blocking;
pub use brink::Brink;
pub use catalogue::Decided;
pub use entries::{Base, Listed, Listing, Scan};
pub use error::StoreError;
pub use health::{Backlog, Health};
pub use lock::holder;
pub use outbox::{Channel, Fate, Letter, Parcel, ParcelId, Posted};
pub use passes::{MemberKey, NewPass, Pass, PassHash, PassKind};
pub use pulse::Pulse;
pub use pushes::{Pushed, Waiting};
pub use read_states::{Marks, Unread};
pub use readers::{FeedEdit, Reader};
pub use restore::{Hold, Outgoing, Restoring, restore_goes_on, restore_is_asked};
pub use retags::{Tagging, Untagged};
pub use retention::Swept;
pub use rhythms::Week;
pub use snapshot::{Examined, Look, Snapshot, examine, inspect, snapshot};
pub use staff::{StaffChange, StaffChanged, StaffMember};
pub use subscriptions::{
    Granted, MailJob, Origin, Remembered, SearchDigest, Standing, Subscriber, SubscriberId, Took,
    Wish,
};
pub use types::{
    Backfill, Change, Counts, Edition, FileOf, Head, Intent, Known, Lease, PageJob, PageOutcome,
    ReadFile, Recorded, SourceRecord, Visit, VisitLog, Wanted,
};
pub use upgrade::{forget_copies, free_space};
pub use watches::{Collected, Found, HookJob, Progress, Published, Thing};

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::watch;

use crate::domain::Seq;

use connection::Readers;
use lock::Lock;
use writer::Writer;

/// The store. Cheap to clone; reads are blocking and short (call them where blocking is allowed), writes are awaited
/// until they are on the disk.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    readers: Readers,
    /// `None` in a store that was opened for reading only. Before the lock, so that the last write ends before the lock does.
    writer: Option<Writer>,
    changed: watch::Sender<Seq>,
    posted: watch::Sender<()>,
    brink: Option<Arc<Brink>>,
    /// Counts what may be of interest to those who deal with hubs.
    pushes: watch::Sender<u64>,
    /// Counts what may have made a source due before its time.
    sources: watch::Sender<u64>,
    _lock: Option<Lock>,
}

impl Store {
    /// Opens the store in a data directory, which is made if need be, and holds it until the last clone is gone.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let lock = Lock::take(dir)?;
        restore::finish(dir)?;
        let path = dir.join("vesti.db");
        let mut connection = connection::open_writing(&path)?;
        upgrade::keep_copy(&connection, &path)?;
        schema::migrate(&mut connection, &path)?;
        connection
            .execute_batch("UPDATE source SET lease_until = 0; UPDATE page SET lease_until = 0; UPDATE file SET lease_until = 0 WHERE due IS NOT NULL;")
            .map_err(|error| StoreError::from_sqlite(error, &path))?;
        let brink = Brink::open(dir).map_err(|error| {
            StoreError::Other(format!("outbox.brink cannot be opened: {error}"))
        })?;
        outbox::resolve(&connection, &brink)
            .map_err(|error| StoreError::from_sqlite(error, &path))?;
        let readers = Readers::new(&path);
        let seq = readers.with(head)?.seq;
        let changed = watch::Sender::new(seq);
        Ok(Self {
            inner: Arc::new(Inner {
                readers,
                writer: Some(Writer::start(connection, &path, changed.clone())?),
                changed,
                posted: watch::Sender::new(()),
                brink: Some(Arc::new(brink)),
                pushes: watch::Sender::new(0),
                sources: watch::Sender::new(0),
                _lock: Some(lock),
            }),
        })
    }

    /// Opens the store beside a service that may be running, for the few things that a command changes while it does: staff and
    /// what opens doors. SQLite keeps the two apart; items, sources and what follows them are the service's alone.
    pub fn open_beside(dir: &Path) -> Result<Self, StoreError> {
        match Self::open(dir) {
            // Whoever has it may be about to put another store in its place.
            Err(held @ StoreError::Held { .. }) if restore_goes_on(dir) => return Err(held),
            Err(StoreError::Held { .. }) => {}
            opened => return opened,
        }
        let path = dir.join("vesti.db");
        let readers = Readers::new(&path);
        schema::check(readers.with(schema::format_of)?)?;
        let seq = readers.with(head)?.seq;
        let changed = watch::Sender::new(seq);
        let connection = connection::open_writing(&path)?;
        Ok(Self {
            inner: Arc::new(Inner {
                readers,
                writer: Some(Writer::start(connection, &path, changed.clone())?),
                changed,
                posted: watch::Sender::new(()),
                brink: None,
                pushes: watch::Sender::new(0),
                sources: watch::Sender::new(0),
                _lock: None,
            }),
        })
    }

    /// Opens the store that another process may be writing, for reading only: every write is refused.
    pub fn open_for_reading(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join("vesti.db");
        if !path.exists() {
            return Err(StoreError::Missing {
                dir: dir.display().to_string(),
            });
        }
        if restore::is_under_way(dir) {
            return Err(StoreError::Other(
                "a restore was broken off; `vesti serve` or another `vesti restore` ends it".into(),
            ));
        }
        let readers = Readers::new(&path);
        let format = readers.with(schema::format_of)?;
        schema::check(format)?;
        let seq = readers.with(head)?.seq;
        Ok(Self {
            inner: Arc::new(Inner {
                readers,
                writer: None,
                changed: watch::Sender::new(seq),
                posted: watch::Sender::new(()),
                brink: None,
                pushes: watch::Sender::new(0),
                sources: watch::Sender::new(0),
                _lock: None,
            }),
        })
    }

    /// Generation and last change.
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(head)
    }

    /// The last change that was recorded through this store.
    #[must_use]
    pub fn seq(&self) -> Seq {
        *self.inner.changed.borrow()
    }

    /// Tells of every change, so that followers need not ask.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seq> {
        self.inner.changed.subscribe()
    }

    /// How the thread that writes is doing; zeros in a store that was opened for reading.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        let writer = self.inner.writer.as_ref();
        writer
            .map(|writer| writer.pulse.clone())
            .unwrap_or_default()
    }

    /// The data directory.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.inner.readers.folder()
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.inner.readers.with(work)
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, writer::Refusal> + Send + 'static,
    ) -> Result<T, StoreError> {
        match &self.inner.writer {
            Some(writer) => writer.run(work).await,
            None => Err(StoreError::ForReading),
        }
    }
}

fn head(connection: &Connection) -> rusqlite::Result<Head> {
    connection
        .prepare_cached("SELECT generation, seq, purged_through FROM head")?
        .query_row([], |row| {
            Ok(Head {
                generation: row.get(0)?,
                seq: Seq(rows::unsigned(row, 1)?),
                purged_through: Seq(rows::unsigned(row, 2)?),
            })
        })
}
