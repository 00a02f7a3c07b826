//! A copy of the store as it was at one moment, taken beside whoever writes it.

use std::fs::{File, OpenOptions};
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, params};
use serde::{Deserialize, Serialize};

use super::rows::{maybe_at, unsigned};
use super::{StoreError, schema};
use crate::domain::Seq;

/// What a store is, in figures that a copy must share with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The format of its tables.
    pub format: u32,
    /// Changes when a store is made anew or restored.
    pub generation: String,
    /// The last change in it.
    pub seq: Seq,
    /// Items in it, withdrawn ones included.
    pub items: u64,
}

/// Copies the store of a data directory into a new file, as it is at this moment, while others write on: a reader of a
/// write-ahead log stops nobody (<https://sqlite.org/lang_vacuum.html#vacuuminto>). The copy has no free pages and is on the disk
/// when this returns; only its owner may read it.
///
/// # Errors
/// Where the store cannot be read, or `target` exists or cannot be written.
pub fn snapshot(dir: &Path, target: &Path) -> Result<Snapshot, StoreError> {
    let path = dir.join("vesti.db");
    if !path.exists() {
        return Err(StoreError::Missing {
            dir: dir.display().to_string(),
        });
    }
    copy(&path, target)?;
    inspect(target)
}

/// The copying alone.
pub(super) fn copy(path: &Path, target: &Path) -> Result<(), StoreError> {
    let io = |error: std::io::Error| StoreError::from_io(&error, target);
    private(target).map_err(io)?;
    let wrap = |error| StoreError::from_sqlite(error, path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(wrap)?;
    connection
        .busy_timeout(std::time::Duration::from_secs(30))
        .map_err(wrap)?;
    let named = target
        .to_str()
        .ok_or_else(|| StoreError::Other(format!("{} is not UTF-8", target.display())))?;
    connection
        .execute("VACUUM INTO ?", params![named])
        .map_err(|error| StoreError::from_sqlite(error, target))?;
    File::open(target)
        .and_then(|file| file.sync_all())
        .map_err(io)
}

/// Looks at a store that nobody writes: reads every page of it (`PRAGMA quick_check`) and says what it holds.
///
/// # Errors
/// Where it is damaged, or of a newer format than this vesti knows.
pub fn inspect(path: &Path) -> Result<Snapshot, StoreError> {
    let wrap = |error| StoreError::from_sqlite(error, path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(wrap)?;
    let format = schema::known(&connection, path)?;
    if let Some(reason) = damage(&connection, false).map_err(wrap)?.into_iter().next() {
        return Err(StoreError::Damaged {
            path: path.display().to_string(),
            reason,
        });
    }
    let head = super::head(&connection).map_err(wrap)?;
    let items = connection
        .query_row("SELECT count(*) FROM item", [], |row| unsigned(row, 0))
        .map_err(wrap)?;
    Ok(Snapshot {
        format,
        generation: head.generation,
        seq: head.seq,
        items,
    })
}

/// What SQLite finds wrong with its file, at most ten lines; `deep` compares the indexes with their tables as well.
pub(super) fn damage(connection: &Connection, deep: bool) -> rusqlite::Result<Vec<String>> {
    let check = if deep {
        "PRAGMA integrity_check(10)"
    } else {
        "PRAGMA quick_check(10)"
    };
    let found: Vec<String> = connection
        .prepare(check)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// An empty file that only its owner may read.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A store as a doctor sees it: opened for reading, beside whoever writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Its format, and the one that this vesti writes.
    pub format: u32,
    /// The newest format that this vesti knows.
    pub known: u32,
    /// What is damaged, in SQLite's words.
    pub damage: Vec<String>,
    /// Bytes of the file, and of them how many are free to be used again.
    pub bytes: u64,
    /// See `bytes`.
    pub free: u64,
    /// When the first and the last item were recorded.
    pub first: Option<Timestamp>,
    /// See `first`.
    pub last: Option<Timestamp>,
}

/// How closely a store is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// At nothing that grows with it.
    Surface,
    /// At every page.
    Whole,
    /// At every page, and whether the indexes agree with the tables, which takes a second for each 100 MB or so.
    Deep,
}

/// Examines the store of a data directory.
///
/// # Errors
/// Where there is none, or it cannot be opened at all.
pub fn examine(dir: &Path, look: Look) -> Result<Examined, StoreError> {
    let path = dir.join("vesti.db");
    if !path.exists() {
        return Err(StoreError::Missing {
            dir: dir.display().to_string(),
        });
    }
    let wrap = |error| StoreError::from_sqlite(error, &path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags).map_err(wrap)?;
    connection
        .busy_timeout(std::time::Duration::from_secs(5))
        .map_err(wrap)?;
    let format = schema::format_of(&connection).map_err(wrap)?;
    let damage = match look {
        Look::Surface => Vec::new(),
        look => damage(&connection, look == Look::Deep).map_err(wrap)?,
    };
    let pragma = |name: &str| -> Result<u64, StoreError> {
        connection
            .pragma_query_value(None, name, |row| unsigned(row, 0))
            .map_err(wrap)
    };
    let page = pragma("page_size")?;
    // A store that is damaged, or from the future, may not have what is asked for here.
    let (first, last) = connection
        .query_row(
            "SELECT (SELECT first_seen FROM item ORDER BY row LIMIT 1), (SELECT first_seen FROM item ORDER BY row DESC LIMIT 1)",
            [],
            |row| Ok((maybe_at(row, 0)?, maybe_at(row, 1)?)),
        )
        .unwrap_or_default();
    Ok(Examined {
        format,
        known: schema::FORMAT,
        damage,
        bytes: pragma("page_count")? * page,
        free: pragma("freelist_count")? * page,
        first,
        last,
    })
}
