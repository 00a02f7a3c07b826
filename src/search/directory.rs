//! Where an index lies on the disk.
//!
//! tantivy keeps a list of the files that it made, and flushes it to the disk before each new one: eight times for a commit
//! of one item. Nothing else is ever written there, so the folder itself is that list, and never out of date.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// tantivy's name for its list.
const LIST: &str = ".managed.json";
/// Names what was committed.
const META: &str = "meta.json";
/// Digits of the number by which files of a segment begin.
const DIGITS: usize = 32;

/// tantivy's own directory, that lists its files by looking.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    inner: MmapDirectory,
    path: PathBuf,
}

impl Listed {
    pub fn open(path: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            inner: MmapDirectory::open(path)?,
            path: path.to_owned(),
        })
    }

    /// The files of segments, and what names them.
    fn files(&self) -> io::Result<Vec<String>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            if let Some(name) = name.to_str().filter(|name| is_ours(name)) {
                files.push(name.to_owned());
            }
        }
        Ok(files)
    }
}

fn is_ours(name: &str) -> bool {
    let of_a_segment = name.split_once('.').is_some_and(|(number, _)| {
        number.len() == DIGITS && number.bytes().all(|digit| digit.is_ascii_hexdigit())
    });
    of_a_segment || name == META
}

impl Directory for Listed {
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path != Path::new(LIST) {
            return self.inner.atomic_read(path);
        }
        self.files()
            .and_then(|files| serde_json::to_vec(&files).map_err(io::Error::from))
            .map_err(|io_error| OpenReadError::IoError {
                io_error: Arc::new(io_error),
                filepath: path.to_owned(),
            })
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path == Path::new(LIST) {
            return Ok(());
        }
        self.inner.atomic_write(path, data)
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_and_what_names_them_are_listed_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let segment = "0123456789abcdef0123456789abcdef";
        let ours = [
            format!("{segment}.term"),
            format!("{segment}.42.del"),
            META.to_owned(),
        ];
        for name in ours.iter().map(String::as_str).chain([
            ".tantivy-writer.lock",
            "notes.txt",
            segment,
            "0123.term",
        ]) {
            std::fs::write(dir.path().join(name), "x").unwrap();
        }
        // What an older vesti, or a damaged disk, left under that name is not believed.
        std::fs::write(dir.path().join(LIST), "damaged").unwrap();
        let listed = Listed::open(dir.path()).unwrap();
        let said = listed.atomic_read(Path::new(LIST)).unwrap();
        let mut said: Vec<String> = serde_json::from_slice(&said).unwrap();
        said.sort();
        let mut ours = ours.to_vec();
        ours.sort();
        assert_eq!(said, ours);
    }
}
