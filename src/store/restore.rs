//! Putting another store in force in a data directory: the old one, or the new one, at every instant.
//!
//! The new store is made ready in `restore.part`. Renaming that to `restore.ready` is the moment from which it counts; whoever
//! opens the directory next, after however many kills, moves the old store aside and the new one into place.
//!
//! A service may run meanwhile. It is asked, by a file, to let go of its store; it looks for that file, does so, and waits until
//! whoever restores lets go of `restore.lock`, by ending or by dying. Then it opens what is there.

mod moving;
mod taking_over;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::lock::{self, Lock};
use super::{StoreError, snapshot};
pub(super) use moving::{finish, is_under_way};

const PART: &str = "restore.part";
/// Held by whoever restores.
const ALONE: &str = "restore.lock";
/// There while whoever restores waits for the store.
const ASKED: &str = "restore.asked";
/// How long it is between two attempts to get the store.
const PAUSE: Duration = Duration::from_millis(50);

/// A restore in the making; there is one at a time in a data directory.
pub struct Restoring {
    dir: PathBuf,
    /// The store that is there can be read, and so asked what has left.
    old_is_sound: bool,
    _alone: Lock,
}

/// The same, in a data directory that nobody else may write while this lives.
pub struct Hold<'a> {
    restoring: &'a Restoring,
    _lock: Lock,
}

/// What was not sent again, and what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outgoing {
    /// The store that was replaced could tell what had left since the copy was taken: exactly that is not sent again.
    Known,
    /// It could not: all that waited when the copy was taken is taken for sent.
    Presumed,
}

impl Restoring {
    /// Begins in a data directory, which is made if need be, and ends a restore that was broken off. Whoever uses the store
    /// there goes on.
    ///
    /// # Errors
    /// [`StoreError::Held`] where somebody else restores there.
    pub fn begin(dir: &Path) -> Result<Self, StoreError> {
        let alone = Lock::take_named(dir, ALONE)?;
        // What another one asked, who died before it was answered.
        let _ = fs::remove_file(dir.join(ASKED));
        if is_under_way(dir) {
            let _lock = Lock::take(dir)?;
            finish(dir)?;
        }
        Ok(Self {
            dir: dir.to_owned(),
            old_is_sound: false,
            _alone: alone,
        })
    }

    /// The file that keeps others out: the service must be able to read it.
    #[must_use]
    pub fn lock_file(&self) -> PathBuf {
        self.dir.join(ALONE)
    }

    /// Whether there is a store in it, damaged or not.
    #[must_use]
    pub fn has_store(&self) -> bool {
        self.dir.join("vesti.db").exists()
    }

    /// An empty folder in which the new store is to be put, as `vesti.db`, with other files that belong beside it.
    ///
    /// # Errors
    /// Where the directory cannot be written.
    pub fn stage(&self) -> Result<PathBuf, StoreError> {
        let stage = self.dir.join(PART);
        let made = moving::remove(&stage).and_then(|()| fs::create_dir(&stage));
        made.map_err(|error| StoreError::from_io(&error, &stage))?;
        Ok(stage)
    }

    /// Takes the store: from nobody, or from a service, which is asked to let go of it and given so much time.
    /// The new store has to be ready by now, so that the pause is short.
    ///
    /// # Errors
    /// [`StoreError::Held`] where whoever has it does not let go: it is no service, or one of an older vesti.
    pub fn hold(&mut self, patience: Duration) -> Result<Hold<'_>, StoreError> {
        // This reads the whole store, so it is done while the service goes on.
        self.old_is_sound = sound(&self.dir.join("vesti.db"));
        let asked = self.dir.join(ASKED);
        let began = Instant::now();
        let lock = loop {
            match Lock::take(&self.dir) {
                Err(StoreError::Held { .. }) if began.elapsed() < patience => {
                    if !asked.exists() {
                        fs::write(&asked, std::process::id().to_string())
                            .map_err(|error| StoreError::from_io(&error, &asked))?;
                    }
                    sleep(PAUSE);
                }
                taken => break taken,
            }
        };
        let _ = fs::remove_file(&asked);
        let lock = lock?;
        finish(&self.dir)?;
        Ok(Hold {
            restoring: self,
            _lock: lock,
        })
    }
}

impl Hold<'_> {
    /// Makes what was staged the store of the directory. The old one goes to the folder `aside` in it. The new store gets a new
    /// generation, so that whatever was derived from another is made anew; and nothing is sent that had left already.
    ///
    /// # Errors
    /// Where what was staged is no store; the old one stays in force then.
    pub fn put_in_force(&self, aside: &str, now: Timestamp) -> Result<Outgoing, StoreError> {
        let dir = &self.restoring.dir;
        let stage = dir.join(PART);
        let old = self.restoring.old_is_sound.then_some(dir.as_path());
        let outgoing = taking_over::renew(&stage.join("vesti.db"), old, now)?;
        moving::decide(dir, aside).map_err(|error| StoreError::from_io(&error, &stage))?;
        Ok(outgoing)
    }
}

/// Whether somebody waits for the store of a data directory, to put another in its place. What a dead one asked is forgotten.
#[must_use]
pub fn restore_is_asked(dir: &Path) -> bool {
    let asked = dir.join(ASKED);
    if !asked.exists() {
        return false;
    }
    let alive = restore_goes_on(dir);
    if !alive {
        let _ = fs::remove_file(asked);
    }
    alive
}

/// Whether somebody restores in a data directory.
#[must_use]
pub fn restore_goes_on(dir: &Path) -> bool {
    lock::holder_of(dir, ALONE).is_some()
}

/// Whether a store, which others may be writing, can be read from one end to the other.
fn sound(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let looked = Connection::open_with_flags(path, flags)
        .and_then(|connection| snapshot::damage(&connection, false));
    match looked.map(|found| found.into_iter().next()) {
        Ok(None) => true,
        Ok(Some(reason)) => {
            tracing::warn!(reason, "the store that is replaced is damaged");
            false
        }
        Err(error) => {
            tracing::debug!(%error, "there is no store to be replaced, or none that can be read");
            false
        }
    }
}
