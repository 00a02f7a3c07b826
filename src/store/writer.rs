//! The one thread that writes. What waits for it is committed together: one flush of the disk serves all.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use crate::domain::Seq;

use super::StoreError;
use super::pulse::Pulse;

/// Most jobs in one transaction: enough to spread the cost of a flush, few enough that nobody waits long.
const TOGETHER: usize = 64;

/// From so many jobs in a transaction on, much is being recorded.
const MUCH: usize = 3;

/// While much is being recorded, for how long a transaction waits for more from when it began: keys and numbers are
/// scattered, so that each transaction writes the same pages of their indexes anew.
const GATHER: Duration = Duration::from_millis(50);

/// Why one job was not done, while the others were.
pub(super) enum Refusal {
    /// SQLite said no.
    Sqlite(rusqlite::Error),
    /// We did.
    Store(StoreError),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Tells whoever asked, once the fate of the whole transaction is known.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Does the work and keeps its result until then; only tells why, where no transaction could begin.
type Job = Box<dyn FnOnce(Result<(&Connection, &Path), StoreError>) -> Answer + Send>;

pub(super) struct Writer {
    pub(super) pulse: Pulse,
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        path: &Path,
        changed: watch::Sender<Seq>,
    ) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let path = path.to_owned();
        let pulse = Pulse::default();
        let counting = pulse.clone();
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || work(connection, path, &waiting, &changed, &counting))
            .map_err(|error| StoreError::Other(format!("no thread for writing: {error}")))?;
        Ok(Self {
            pulse,
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Does `work` in a transaction; returns when it is on the disk.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |begun| {
            let done = begun.and_then(|(connection, path)| {
                in_savepoint(connection, work).map_err(|refusal| match refusal {
                    Refusal::Sqlite(error) => StoreError::from_sqlite(error, path),
                    Refusal::Store(error) => error,
                })
            });
            Box::new(move |committed| {
                // Nobody waits any more where the caller was dropped: the work is done all the same.
                let _ = reply.send(committed.and(done));
            })
        });
        let stopped = || StoreError::Other("the writing thread has ended".into());
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        self.pulse.waiting.inc();
        jobs.send(job).map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Closing the queue ends the thread after what is in it; the lock must outlive that.
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    connection.execute_batch("SAVEPOINT job")?;
    let done = work(connection);
    if connection.is_autocommit() {
        // SQLite has rolled back everything by itself (a full disk does that).
        return done;
    }
    if done.is_err() {
        connection.execute_batch("ROLLBACK TO job")?;
    }
    connection.execute_batch("RELEASE job")?;
    done
}

fn work(
    connection: Connection,
    path: PathBuf,
    waiting: &mpsc::Receiver<Job>,
    changed: &watch::Sender<Seq>,
    pulse: &Pulse,
) {
    let mut much = false;
    while let Ok(first) = waiting.recv() {
        pulse.waiting.dec();
        let begun_at = Instant::now();
        let mut answers: Vec<Answer> = Vec::new();
        let begun = connection.execute_batch("BEGIN IMMEDIATE");
        if let Err(error) = begun {
            tracing::error!(%error, "no transaction could begin; nothing was written");
            let why = || StoreError::of_sqlite(&error, &path);
            first(Err(why()))(Err(why()));
            continue;
        }
        let fate = (|| {
            let more = std::iter::from_fn(|| {
                let left = if much {
                    GATHER.saturating_sub(begun_at.elapsed())
                } else {
                    Duration::ZERO
                };
                let next = waiting.recv_timeout(left).ok()?;
                pulse.waiting.dec();
                Some(next)
            });
            for job in std::iter::once(first).chain(more).take(TOGETHER) {
                answers.push(job(Ok((&connection, &path))));
                if connection.is_autocommit() {
                    break;
                }
            }
            if connection.is_autocommit() {
                // The first failure took the others with it.
                return Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
                    None,
                ));
            }
            let head = super::head(&connection)?;
            connection.execute_batch("COMMIT")?;
            Ok(head.seq)
        })();
        much = answers.len() >= MUCH;
        match fate {
            Ok(seq) => {
                pulse.commits.observe(begun_at.elapsed().as_secs_f64());
                changed.send_if_modified(|last| {
                    let new = *last != seq;
                    *last = seq;
                    new
                });
                for answer in answers {
                    answer(Ok(()));
                }
            }
            Err(error) => {
                if !connection.is_autocommit() {
                    // If even this fails, the next BEGIN does, and says so.
                    let _ = connection.execute_batch("ROLLBACK");
                }
                tracing::error!(%error, "a transaction failed; nothing of it was written");
                for answer in answers {
                    answer(Err(StoreError::of_sqlite(&error, &path)));
                }
            }
        }
    }
    if let Err(error) =
        connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")
    {
        tracing::debug!(%error, "no last checkpoint");
    }
}
