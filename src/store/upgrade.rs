//! What is kept of a store before it is brought to a newer format.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use rusqlite::Connection;

use super::{StoreError, schema, snapshot};

/// How long such a copy is kept.
const KEPT: Duration = Duration::from_hours(7 * 24);
const NAME: &str = "vesti.db.before-format-";

/// Keeps a copy of a store that is of an older format, as `vesti.db.before-format-N` beside it, where there is room for it and
/// as much again. It is there for whoever wants to go back to the older vesti.
pub(super) fn keep_copy(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let format = schema::known(connection, path)?;
    if format == 0 || format == schema::FORMAT {
        return Ok(());
    }
    let dir = path.parent().unwrap_or(Path::new("."));
    let copy = dir.join(format!("{NAME}{}", schema::FORMAT));
    if copy.exists() {
        // The upgrade was broken off after it.
        return Ok(());
    }
    let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
    if free_space(dir).is_some_and(|free| free < size.saturating_mul(2)) {
        tracing::warn!("there is no room to keep the store as it was before the upgrade");
        return Ok(());
    }
    let part = dir.join(format!("{NAME}part"));
    let _ = std::fs::remove_file(&part);
    let kept = snapshot::copy(path, &part).and_then(|()| {
        std::fs::rename(&part, &copy).map_err(|error| StoreError::from_io(&error, &copy))
    });
    match kept {
        Ok(()) => tracing::info!(
            from = format,
            to = schema::FORMAT,
            kept = %copy.display(),
            "the store is brought to a newer format; as it was it is kept for a week"
        ),
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            tracing::warn!(%error, "the store could not be kept as it was before the upgrade");
        }
    }
    Ok(())
}

/// Removes copies whose week is over; says which.
pub fn forget_copies(dir: &Path, now: Timestamp) -> Vec<PathBuf> {
    let now = SystemTime::from(now);
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(NAME))
        .filter(|entry| {
            let made = entry.metadata().and_then(|meta| meta.modified());
            made.is_ok_and(|made| now.duration_since(made).is_ok_and(|age| age > KEPT))
        })
        .map(|entry| entry.path())
        .filter(|path| std::fs::remove_file(path).is_ok())
        .collect()
}

/// Bytes that the file system of a folder has left for us; `None` where it does not say.
#[must_use]
pub fn free_space(dir: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let said = rustix::fs::statvfs(dir).ok()?;
        Some(said.f_bavail.saturating_mul(said.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = dir;
        None
    }
}
