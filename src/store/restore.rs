//! Putting another store in force in a data directory: the old one, or the new one, at every instant.
//!
//! The new store is made ready in `restore.part`. Renaming that to `restore.ready` is the moment from which it counts; whoever
//! opens the directory next, after however many kills, moves the old store aside and the new one into place.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, params};

use super::brink::Brink;
use super::lock::Lock;
use super::rows::millis;
use super::{StoreError, connection, outbox, schema, snapshot};

const PART: &str = "restore.part";
const READY: &str = "restore.ready";
/// In `restore.ready`: the folder that the old store goes to.
const ASIDE: &str = "ASIDE";
/// What makes a store, beside the index, which is made anew for another store.
const STORE: [&str; 4] = ["vesti.db-wal", "vesti.db-shm", "outbox.brink", "vesti.db"];

/// What does not go back in time: who gets what and was told what, who may do what, and who did what.
const TAKEN_OVER: [&str; 12] = [
    "subscription",
    "search_digest",
    "staff",
    "pass",
    "member_key",
    "deed",
    "watch",
    "watch_found",
    "watch_calm",
    "bulletin",
    "matter",
    "happening",
];

/// A data directory that nobody else may write while this lives.
pub struct Hold {
    dir: PathBuf,
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

impl Hold {
    /// Holds a data directory, which is made if need be, and ends a restore that was broken off.
    ///
    /// # Errors
    /// [`StoreError::Held`] where another process has it.
    pub fn take(dir: &Path) -> Result<Self, StoreError> {
        let lock = Lock::take(dir)?;
        finish(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            _lock: lock,
        })
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
        let made = remove(&stage).and_then(|()| fs::create_dir(&stage));
        made.map_err(|error| StoreError::from_io(&error, &stage))?;
        Ok(stage)
    }

    /// Makes what was staged the store of the directory. The old one goes to the folder `aside` in it. The new store gets a new
    /// generation, so that whatever was derived from another is made anew; and nothing is sent that had left already.
    ///
    /// # Errors
    /// Where what was staged is no store; the old one stays in force then.
    pub fn put_in_force(&self, aside: &str, now: Timestamp) -> Result<Outgoing, StoreError> {
        let stage = self.dir.join(PART);
        let old = self.has_store().then_some(self.dir.as_path());
        let outgoing = renew(&stage.join("vesti.db"), old, now)?;
        let io = |error: io::Error| StoreError::from_io(&error, &stage);
        for left in ["vesti.db-wal", "vesti.db-shm"] {
            remove(&stage.join(left)).map_err(io)?;
        }
        let mut file = fs::File::create(stage.join(ASIDE)).map_err(io)?;
        file.write_all(aside.as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)?;
        for entry in fs::read_dir(&stage).map_err(io)? {
            let file = entry.and_then(|entry| fs::File::open(entry.path()));
            file.and_then(|file| file.sync_all()).map_err(io)?;
        }
        sync(&stage).map_err(io)?;
        fs::rename(&stage, self.dir.join(READY)).map_err(io)?;
        sync(&self.dir).map_err(io)?;
        finish(&self.dir)?;
        Ok(outgoing)
    }
}

/// Ends a restore that was decided on, and clears away one that was not.
pub(super) fn finish(dir: &Path) -> Result<(), StoreError> {
    let moved = finish_moving(dir);
    moved.map_err(|error| StoreError::from_io(&error, &dir.join(READY)))
}

/// Whether a restore was decided on and not ended.
pub(super) fn is_under_way(dir: &Path) -> bool {
    dir.join(READY).exists()
}

fn finish_moving(dir: &Path) -> io::Result<()> {
    remove(&dir.join(PART))?;
    let ready = dir.join(READY);
    if !ready.exists() {
        return Ok(());
    }
    let aside = fs::read_to_string(ready.join(ASIDE)).unwrap_or_default();
    // A folder of ours, whatever a damaged file says.
    let aside = aside.trim().rsplit(['/', '\\']).next().unwrap_or_default();
    let aside = dir.join(if aside.is_empty() || aside.starts_with('.') {
        "before-restore"
    } else {
        aside
    });
    // While the new store has not been moved, what lies in the directory is the old one.
    if ready.join("vesti.db").exists() {
        for name in STORE {
            keep(dir, &aside, name)?;
        }
        for entry in fs::read_dir(&ready)? {
            let name = entry?.file_name();
            let name = name.to_string_lossy();
            if name != ASIDE && name != "vesti.db" {
                keep(dir, &aside, &name)?;
                fs::rename(ready.join(&*name), dir.join(&*name))?;
            }
        }
        sync(dir)?;
        fs::rename(ready.join("vesti.db"), dir.join("vesti.db"))?;
        sync(dir)?;
    }
    remove(&ready)?;
    sync(dir)
}

/// Moves a file aside, if it is there. One that lies there already is of an attempt that was broken off, and stays.
fn keep(dir: &Path, aside: &Path, name: &str) -> io::Result<()> {
    let (from, to) = (dir.join(name), aside.join(name));
    if from.exists() && !to.exists() {
        fs::create_dir_all(aside)?;
        fs::rename(from, to)?;
        sync(aside)?;
    }
    Ok(())
}

/// Brings a copy of a store to the current format and makes it one of its own.
fn renew(path: &Path, old: Option<&Path>, now: Timestamp) -> Result<Outgoing, StoreError> {
    let mut connection = connection::open_writing(path)?;
    schema::migrate(&mut connection, path)?;
    let wrap = |error| StoreError::from_sqlite(error, path);
    let taken_over = match old {
        Some(dir) => match take_over(&connection, dir, now) {
            Ok(()) => true,
            Err(error) => {
                tracing::info!(%error, "the store that is replaced does not say what has left since");
                false
            }
        },
        None => false,
    };
    if !taken_over {
        presume(&connection, now).map_err(wrap)?;
    }
    connection
        .execute_batch(
            "UPDATE head SET generation = lower(hex(randomblob(8)));
             PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;",
        )
        .map_err(wrap)?;
    Ok(if taken_over {
        Outgoing::Known
    } else {
        Outgoing::Presumed
    })
}

/// Without the store that is replaced there is no telling what has left since the copy was taken. Nothing is delivered twice:
/// all that waited is taken for sent, and editions that ended before this moment are nobody's mail any more.
fn presume(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute(
        "UPDATE outbox SET due = NULL, done = ?, state = 'sent', body = 'null', note = 'presumed' WHERE due IS NOT NULL",
        [millis(now)],
    )?;
    transaction.execute(
        "UPDATE subscription SET since = max(coalesce(since, 0), ?) WHERE state = 'active'",
        [millis(now)],
    )?;
    // Whoever signed out since then must not be signed in again.
    if has_table(&transaction, "pass")? {
        transaction.execute("DELETE FROM pass WHERE kind <> 'token'", [])?;
    }
    transaction.commit()
}

/// What has left, who gets what and who may do what is as the store that is replaced says: that does not go back in time.
/// Who unsubscribed after the copy was taken stays unsubscribed, and a token that was revoked stays so.
fn take_over(connection: &Connection, dir: &Path, now: Timestamp) -> Result<(), StoreError> {
    let path = dir.join("vesti.db");
    let wrap = |error| StoreError::from_sqlite(error, &path);
    {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let old = Connection::open_with_flags(&path, flags).map_err(wrap)?;
        if schema::format_of(&old).map_err(wrap)? != schema::FORMAT {
            return Err(StoreError::Other("it is of another format".into()));
        }
        if let Some(reason) = snapshot::damage(&old, false)
            .map_err(wrap)?
            .into_iter()
            .next()
        {
            return Err(StoreError::Damaged {
                path: path.display().to_string(),
                reason,
            });
        }
        let brink = Brink::open(dir).map_err(|error| StoreError::from_io(&error, dir))?;
        outbox::resolve(&old, &brink).map_err(wrap)?;
    }
    let named = path
        .to_str()
        .ok_or_else(|| StoreError::Other(format!("{} is not UTF-8", path.display())))?;
    connection
        .execute("ATTACH ? AS old", params![named])
        .map_err(wrap)?;
    let taken = take_over_attached(connection, now);
    let detached = connection.execute_batch("DETACH old");
    taken.and(detached).map_err(wrap)
}

fn take_over_attached(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(
        "UPDATE main.outbox SET due = NULL, done = posted, state = 'sent', body = 'null', note = 'left after the backup'
         WHERE due IS NOT NULL AND key NOT IN (SELECT key FROM old.outbox WHERE due IS NOT NULL);
         INSERT OR IGNORE INTO main.outbox (channel, key, body, posted, due, tries, done, state, note)
         SELECT channel, key, 'null', posted, NULL, tries, done, state, note FROM old.outbox WHERE due IS NULL;
         INSERT OR IGNORE INTO main.edition SELECT * FROM old.edition;
         INSERT OR IGNORE INTO main.delivered SELECT * FROM old.delivered;",
    )?;
    // Editions and watches say up to which change they have looked: what is read anew has to come after that. The stone is
    // there for whoever follows the store, who looks for its last change.
    transaction.execute(
        "UPDATE main.head SET seq = max(seq, (SELECT seq FROM old.head)) + 1",
        [],
    )?;
    transaction.execute(
        "INSERT INTO main.stone (seq, item, at) SELECT seq, 0, ? FROM main.head",
        [millis(now)],
    )?;
    for table in TAKEN_OVER {
        if has_table(&transaction, table)? {
            transaction.execute_batch(&format!(
                "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM old.{table};"
            ))?;
        }
    }
    transaction.commit()
}

fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    connection
        .prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?")?
        .exists([name])
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(dir: &Path) -> io::Result<()> {
    fs::File::open(dir)?.sync_all()
}
