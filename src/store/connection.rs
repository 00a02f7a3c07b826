//! Connections: one that writes, as many as needed that read.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::StoreError;

/// Reading connections kept open when nobody uses them.
const KEPT: usize = 8;

pub(super) fn open_writing(path: &Path) -> Result<Connection, StoreError> {
    let wrap = |error| StoreError::from_sqlite(error, path);
    let connection = Connection::open(path).map_err(wrap)?;
    connection
        .busy_timeout(Duration::from_secs(10))
        .map_err(wrap)?;
    // FULL: in WAL mode, each commit is on the disk before it is acknowledged (https://sqlite.org/pragma.html#pragma_synchronous).
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;
             PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 64000000; PRAGMA temp_store = MEMORY;",
        )
        .map_err(wrap)?;
    settle(&connection).map_err(wrap)?;
    Ok(connection)
}

/// Statements are planned once. Without the planner's stability guarantee SQLite plans a statement anew whenever other
/// values are bound to it (https://sqlite.org/queryplanner-ng.html#qpstab), which takes ten times as long as running ours.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// A pool of reading connections; each sees the last commit before it began to read.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Does `work` in one read transaction, so that all its questions are answered from one moment.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let wrap = |error| StoreError::from_sqlite(error, &self.path);
        connection.execute_batch("BEGIN").map_err(wrap)?;
        let result = work(&connection);
        connection.execute_batch("COMMIT").map_err(wrap)?;
        let mut idle = self.idle();
        if idle.len() < KEPT {
            idle.push(connection);
        }
        result.map_err(wrap)
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let wrap = |error| StoreError::from_sqlite(error, &self.path);
        // A reader may have to make the WAL's index, so it needs the right to write, not the will.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(wrap)?;
        connection
            .busy_timeout(Duration::from_secs(10))
            .map_err(wrap)?;
        connection
            .execute_batch(
                "PRAGMA query_only = ON; PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY;",
            )
            .map_err(wrap)?;
        settle(&connection).map_err(wrap)?;
        Ok(connection)
    }

    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
