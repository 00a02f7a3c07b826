//! One writer a data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use super::StoreError;

/// The lock of whoever writes the store.
const STORE: &str = "lock";

/// Held as long as this value lives; the system lets go of it when the process dies, however it dies.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// The lock of whoever writes the store in a directory, which is made if need be.
    pub(super) fn take(dir: &Path) -> Result<Self, StoreError> {
        Self::take_named(dir, STORE)
    }

    /// Another lock in the same directory.
    pub(super) fn take_named(dir: &Path, name: &str) -> Result<Self, StoreError> {
        // Only its owner may look into it: there are addresses of subscribers in the store.
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(dir)
            .map_err(|error| StoreError::from_io(&error, dir))?;
        let path = dir.join(name);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::from_io(&error, &path))?;
        let mut tries = 0;
        let locked = loop {
            match file.try_lock() {
                // Whoever only asks whether somebody holds it does so for an instant.
                Err(TryLockError::WouldBlock) if tries < 5 => {
                    tries += 1;
                    std::thread::sleep(Duration::from_millis(10));
                }
                locked => break locked,
            }
        };
        match locked {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = written_by(&mut file);
                return Err(StoreError::Held {
                    dir: dir.display().to_string(),
                    holder: if holder.is_empty() {
                        "unknown".to_owned()
                    } else {
                        holder
                    },
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
    holder_of(dir, STORE)
}

/// The process that holds another lock of a directory.
pub(super) fn holder_of(dir: &Path, name: &str) -> Option<String> {
    let mut file = File::open(dir.join(name)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(written_by(&mut file)),
        _ => None,
    }
}

fn written_by(file: &mut File) -> String {
    let mut holder = String::new();
    let _ = file.take(32).read_to_string(&mut holder);
    holder.trim().to_owned()
}
