//! Keeps the index level with the store.

use std::time::{Duration, Instant};

use tantivy::IndexReader;
use tokio::sync::watch;

use super::folder::Folder;
use super::pace::{End, Pace, Patience, settled, steady};
use super::schema::{self, Fields};
use super::snapshot::reader;
use super::thread::Thread;
use super::writer::{Payload, Writer};
use super::{SearchError, Shared};
use crate::domain::Seq;
use crate::store::{Change, Head, Store, StoreError};

/// What an index follows: numbered changes, oldest first.
pub trait Log: Clone + Send + Sync + 'static {
    /// Generation and last change.
    fn head(&self) -> Result<Head, StoreError>;
    /// What changed after `at`, oldest first, at most `most`.
    fn changes_after(&self, at: Seq, most: usize) -> Result<Vec<Change>, StoreError>;
    /// Tells of every change.
    fn watch(&self) -> watch::Receiver<Seq>;
}

impl Log for Store {
    fn head(&self) -> Result<Head, StoreError> {
        Store::head(self)
    }
    fn changes_after(&self, at: Seq, most: usize) -> Result<Vec<Change>, StoreError> {
        Store::changes_after(self, at, most)
    }
    fn watch(&self) -> watch::Receiver<Seq> {
        Store::watch(self)
    }
}

/// Changes read at a time: items come with their texts, so this bounds memory.
const BATCH: usize = 200;

/// While a new index is built, how long until what it has so far is committed.
const BUILD_COMMIT: Duration = Duration::from_secs(5);

/// Longest time for what is left to take in when told to stop; the rest waits for the next start.
const LAST_DRAIN: Duration = Duration::from_secs(1);

/// Waits after failures, the last one for all further ones.
const BACK_OFF: [Duration; 5] = [
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(15),
    Duration::from_secs(30),
];

/// Failures in a row after which an index is taken to be beyond repair, if the disk is not to blame.
const HOPELESS: usize = 3;

/// An index that is being written.
struct Active {
    number: u64,
    fields: Fields,
    reader: IndexReader,
    writer: Writer,
    /// Not in force yet: made anew, and not level with the store.
    building: bool,
}

/// The writing side of an index; there is one, and its users take turns.
pub(super) struct Engine {
    folder: Folder,
    memory: u64,
    interval: Duration,
    active: Option<Active>,
    /// The index in force cannot be followed further: the next writer makes a new one.
    renew: bool,
    failures: usize,
    pace: Pace,
}

impl Engine {
    pub fn new(folder: Folder, memory: u64, interval: Duration, renew: bool) -> Self {
        Self {
            folder,
            memory,
            interval,
            active: None,
            renew,
            failures: 0,
            pace: Pace::Calm,
        }
    }

    /// Takes in everything there is, commits and shows it; stops between batches when told to.
    pub fn drain(
        &mut self,
        log: &impl Log,
        shared: &Shared,
        stopped: &dyn Fn() -> bool,
    ) -> Result<(), SearchError> {
        let result = self.try_drain(log, shared, stopped);
        match &result {
            Ok(()) => self.failures = 0,
            Err(error) => self.give_up(error),
        }
        result
    }

    /// After a failure the writer is dropped: the next one begins at what was committed.
    fn give_up(&mut self, error: &SearchError) {
        let building = self.active.take().is_some_and(|active| active.building);
        if let SearchError::Store(_) = error {
            return;
        }
        self.failures += 1;
        let blameless = matches!(error, SearchError::Disk(_));
        if building || (self.failures >= HOPELESS && !blameless) {
            self.renew = true;
        }
    }

    /// How long what comes may gather before it is committed.
    pub fn patience(&self) -> Patience {
        self.pace.patience(self.interval)
    }

    /// Lets go of the writer and of its lock.
    pub fn close(&mut self) {
        self.active = None;
    }

    /// From now on a new index is built, to be put in force when it is level with the store.
    pub fn start_anew(&mut self) {
        self.active = None;
        self.renew = true;
    }

    fn try_drain(
        &mut self,
        log: &impl Log,
        shared: &Shared,
        stopped: &dyn Fn() -> bool,
    ) -> Result<(), SearchError> {
        self.activate(log, shared)?;
        let interval = self.patience().most;
        let Some(active) = &mut self.active else {
            return Ok(());
        };
        let interval = if active.building {
            BUILD_COMMIT.max(interval)
        } else {
            interval
        };
        let mut since = Instant::now();
        let begun = active.writer.seq();
        loop {
            let changes = log.changes_after(active.writer.seq(), BATCH)?;
            if changes.is_empty() {
                break;
            }
            for change in &changes {
                active.writer.apply(change)?;
            }
            if stopped() {
                break;
            }
            if since.elapsed() >= interval {
                active.commit(shared)?;
                since = Instant::now();
            }
        }
        self.pace = Pace::of(active.writer.seq().0 - begun.0);
        let level = !stopped();
        if level || !active.building {
            active.commit(shared)?;
        }
        if level && active.building {
            active.building = false;
            let number = active.number;
            self.folder.set_current(number)?;
            self.renew = false;
            active.show(shared)?;
            self.folder.sweep(&[number])?;
        }
        Ok(())
    }

    /// Makes sure that there is a writer.
    fn activate(&mut self, log: &impl Log, shared: &Shared) -> Result<(), SearchError> {
        if self.active.is_some() {
            return Ok(());
        }
        let head = log.head()?;
        let current = self.folder.current().filter(|_| !self.renew);
        if let Some(number) = current {
            self.folder.sweep_temporary(number)?;
            let reason = match standing(&self.folder, number, &head) {
                Ok(Standing {
                    index,
                    payload,
                    stale: None,
                }) => {
                    let active = Active::open(&index, number, self.memory, payload, false)?;
                    active.show(shared)?;
                    self.active = Some(active);
                    return Ok(());
                }
                Ok(Standing {
                    stale: Some(reason),
                    ..
                }) => reason.to_owned(),
                Err(reason) => reason,
            };
            tracing::warn!(reason, "the search index is made anew");
        }
        // Nothing of an unfinished one is of use.
        let keep: Vec<u64> = self.folder.current().into_iter().collect();
        if !keep.is_empty() || self.renew {
            self.folder.sweep(&keep)?;
        }
        let number = self.folder.make_next()?;
        let (schema, _) = schema::schema();
        let index = self.folder.create(number, schema)?;
        let payload = Payload {
            generation: head.generation,
            seq: Seq(0),
            fingerprint: schema::fingerprint(),
        };
        self.active = Some(Active::open(&index, number, self.memory, payload, true)?);
        Ok(())
    }
}

/// An index that can answer.
pub(super) struct Standing {
    pub index: tantivy::Index,
    pub payload: Payload,
    /// Why it cannot be followed further, and has to be replaced.
    pub stale: Option<&'static str>,
}

/// Looks at an index and judges it against the store; `Err` says why it cannot even answer.
pub(super) fn standing(folder: &Folder, number: u64, head: &Head) -> Result<Standing, String> {
    let index = folder.open(number)?;
    let payload = Payload::of(&index).map_err(|error| error.to_string())?;
    let payload = payload.ok_or("it does not say how far it has come")?;
    if index.schema() != schema::schema().0 {
        return Err("it was made by another version of vesti".to_owned());
    }
    if payload.generation != head.generation {
        return Err("it was made from another store".to_owned());
    }
    if payload.seq > head.seq {
        return Err("it is ahead of the store".to_owned());
    }
    let stale = if payload.fingerprint != schema::fingerprint() {
        Some("it was made by another version of vesti")
    } else if payload.seq < head.purged_through {
        Some("the store has forgotten changes that it did not see")
    } else {
        None
    };
    Ok(Standing {
        index,
        payload,
        stale,
    })
}

impl Active {
    fn open(
        index: &tantivy::Index,
        number: u64,
        memory: u64,
        payload: Payload,
        building: bool,
    ) -> Result<Self, SearchError> {
        let (_, fields) = schema::schema();
        let writer = Writer::open(index, fields, memory, payload)?;
        Ok(Self {
            number,
            fields,
            reader: reader(index)?,
            writer,
            building,
        })
    }

    /// Commits if there is something to commit, and shows it.
    fn commit(&mut self, shared: &Shared) -> Result<(), SearchError> {
        if self.writer.seq() == self.writer.committed() {
            return Ok(());
        }
        self.writer.commit()?;
        self.show(shared)
    }

    /// Lets searches see what is committed. An index under construction stands back while another one answers.
    fn show(&self, shared: &Shared) -> Result<(), SearchError> {
        if self.building && shared.answers() {
            return Ok(());
        }
        self.reader.reload()?;
        shared.publish(
            &self.reader,
            self.fields,
            self.writer.committed(),
            self.building,
        )
    }
}

/// Follows a log until told to stop. Failures are reported and tried again; nothing is lost by them, as every writer
/// begins where the last commit ended.
pub(super) async fn follow(
    shared: std::sync::Arc<Shared>,
    log: impl Log,
    mut stop: watch::Receiver<bool>,
) -> Result<(), SearchError> {
    let mut changes = log.watch();
    let mut failed: Option<String> = None;
    let mut failures = 0;
    let mut thread = Thread::default();
    let mut unsettled = 0;
    let panicked = || Err(SearchError::Index("the indexer panicked".to_owned()));
    loop {
        changes.borrow_and_update();
        let done = {
            let (shared, log, stop) = (shared.clone(), log.clone(), stop.clone());
            thread
                .run(move || shared.drain(&log, &|| *stop.borrow()))
                .await
        };
        let wait = match done.unwrap_or_else(panicked) {
            Ok(()) => {
                if failed.take().is_some() {
                    tracing::info!("the search index is being written again");
                }
                failures = 0;
                None
            }
            Err(error) => {
                let message = error.to_string();
                if failed.as_ref() != Some(&message) {
                    tracing::warn!(
                        error = message,
                        "the search index could not be brought up to date; it is tried again"
                    );
                    failed = Some(message);
                }
                failures += 1;
                Some(BACK_OFF[(failures - 1).min(BACK_OFF.len() - 1)])
            }
        };
        if *stop.borrow() {
            break;
        }
        if let Some(wait) = wait {
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        } else {
            let mut patience = shared.patience();
            patience.most = steady(patience.most, unsettled);
            let end = tokio::select! {
                end = settled(&mut changes, patience) => end,
                _ = stop.wait_for(|stop| *stop) => End::NoMore,
            };
            match end {
                End::Quiet => unsettled = 0,
                End::StillComing => unsettled += 1,
                End::NoMore => break,
            }
        }
    }
    // Whatever came since the last drain, as far as there is time for it, and nothing left open.
    let last = thread.run(move || {
        let begun = Instant::now();
        let done = shared.drain(&log, &|| begun.elapsed() > LAST_DRAIN);
        shared.close();
        done
    });
    last.await.unwrap_or_else(panicked)
}
