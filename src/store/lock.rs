//! One writer a data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::StoreError;

/// Held as long as this value lives; the system lets go of it when the process dies, however it dies.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn take(dir: &Path) -> Result<Self, StoreError> {
        // Only its owner may look into it: there are addresses of subscribers in the store.
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(dir)
            .map_err(|error| StoreError::from_io(&error, dir))?;
        let path = dir.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::from_io(&error, &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let known = file.take(32).read_to_string(&mut holder).is_ok();
                let holder = holder.trim();
                return Err(StoreError::Held {
                    dir: dir.display().to_string(),
                    holder: if known && !holder.is_empty() {
                        holder
                    } else {
                        "unknown"
                    }
                    .to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(StoreError::from_io(&error, &path)),
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(std::process::id().to_string().as_bytes())
        };
        write(&mut file).map_err(|error| StoreError::from_io(&error, &path))?;
        Ok(Self { _file: file })
    }
}

/// The process that holds a data directory, as it calls itself; `None` where nobody does. Nothing is written.
#[must_use]
pub fn holder(dir: &Path) -> Option<String> {
    let mut file = File::open(dir.join("lock")).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = (&mut file).take(32).read_to_string(&mut holder);
            Some(holder.trim().to_owned())
        }
        _ => None,
    }
}
