//! Why the store could not do what it was asked.

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process writes this data directory.
    #[error(
        "the data directory {dir} is in use by process {holder}: stop that one first, or choose another with --data"
    )]
    Held {
        /// Which directory.
        dir: String,
        /// Who holds it.
        holder: String,
    },
    /// No space left.
    #[error(
        "the disk that holds {0} is full: free some space; nothing recorded is lost, and vesti goes on by itself"
    )]
    DiskFull(String),
    /// Not writable.
    #[error(
        "{path} cannot be written ({reason}): give vesti's user the right to write there, or choose another directory with --data"
    )]
    ReadOnly {
        /// Which file or directory.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Damaged.
    #[error(
        "the store {path} is damaged ({reason}): restore it from a backup, or move it away and vesti starts anew"
    )]
    Damaged {
        /// Which file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// Written by a newer vesti.
    #[error(
        "the store is of format {found}, this vesti knows up to {known}: use the newer vesti that wrote it"
    )]
    TooNew {
        /// The store's format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// Written by an older vesti, and opened for reading only.
    #[error(
        "the store is of format {found}, an older one than this vesti's {known}: `vesti serve` brings it up to date when it starts"
    )]
    TooOld {
        /// The store's format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// The lease that this belongs to was taken over by another worker; nothing was written.
    #[error("somebody else took over this work; nothing was written")]
    LeaseLost,
    /// There is none.
    #[error(
        "there is no store in {dir}: start `vesti serve` or `vesti crawl` first, or name another directory with --data"
    )]
    Missing {
        /// Which directory.
        dir: String,
    },
    /// Opened beside the process that writes it.
    #[error("the store was opened for reading only")]
    ForReading,
    /// Anything else.
    #[error("the store failed: {0}")]
    Other(String),
}

impl StoreError {
    /// What an error of SQLite means for people.
    pub(super) fn from_sqlite(error: rusqlite::Error, path: &std::path::Path) -> Self {
        Self::of_sqlite(&error, path)
    }

    /// The same, for those who have to tell several people.
    pub(super) fn of_sqlite(error: &rusqlite::Error, path: &std::path::Path) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.display().to_string();
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull(path),
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
                Self::ReadOnly { path, reason }
            }
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged { path, reason },
            _ => Self::Other(reason),
        }
    }

    /// What an error of the file system means for people.
    pub(super) fn from_io(error: &std::io::Error, path: &std::path::Path) -> Self {
        use std::io::ErrorKind as Kind;
        let path = path.display().to_string();
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::DiskFull(path),
            _ => Self::ReadOnly {
                path,
                reason: error.to_string(),
            },
        }
    }
}
