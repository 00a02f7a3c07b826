//! The folder of indexes: `search/CURRENT` names the one in force, `search/7/` is an index. A new one is built beside it
//! and put in force by renaming one small file, so that there is a whole index at every moment.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tantivy::IndexSettings;
use tantivy::schema::Schema;
use tantivy::store::Compressor;

use super::directory::Listed;

/// Largest index of which every byte is checked before it is used.
const CHECKED_AT_ONCE: u64 = 512 << 20;

/// `dir/search`.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn new(data: &Path) -> Self {
        Self(data.join("search"))
    }

    /// Where an index is.
    pub fn path(&self, number: u64) -> PathBuf {
        self.0.join(number.to_string())
    }

    /// The index in force.
    pub fn current(&self) -> Option<u64> {
        fs::read_to_string(self.0.join("CURRENT"))
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    /// Makes room for a new index.
    pub fn make_next(&self) -> io::Result<u64> {
        fs::create_dir_all(&self.0)?;
        let taken = self.numbers()?.into_iter().max().unwrap_or(0);
        let next = taken.max(self.current().unwrap_or(0)) + 1;
        fs::create_dir(self.path(next))?;
        Ok(next)
    }

    /// Makes an index where there is room for one.
    pub fn create(&self, number: u64, schema: Schema) -> tantivy::Result<tantivy::Index> {
        // No text is stored, so there is nothing to compress, and no thread is needed to do it.
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let index = tantivy::Index::create(Listed::open(&self.path(number))?, schema, settings)?;
        super::schema::register(&index);
        Ok(index)
    }

    /// Puts an index in force, durably.
    pub fn set_current(&self, number: u64) -> io::Result<()> {
        let new = self.0.join("CURRENT.new");
        let mut file = fs::File::create(&new)?;
        writeln!(file, "{number}")?;
        file.sync_all()?;
        fs::rename(&new, self.0.join("CURRENT"))?;
        fs::File::open(&self.0)?.sync_all()
    }

    /// Removes all indexes but those to keep.
    pub fn sweep(&self, keep: &[u64]) -> io::Result<()> {
        for number in self.numbers()? {
            if !keep.contains(&number) {
                fs::remove_dir_all(self.path(number)).or_else(missing_is_fine)?;
            }
        }
        Ok(())
    }

    /// Removes what killed commits left in an index.
    pub fn sweep_temporary(&self, number: u64) -> io::Result<()> {
        for entry in fs::read_dir(self.path(number))? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(".tmp") {
                fs::remove_file(entry.path()).or_else(missing_is_fine)?;
            }
        }
        Ok(())
    }

    fn numbers(&self) -> io::Result<Vec<u64>> {
        let mut numbers = Vec::new();
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(numbers),
            entries => entries?,
        };
        for entry in entries {
            if let Some(number) = entry?.file_name().to_str().and_then(|n| n.parse().ok()) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// Opens an index, and says what is wrong where something is.
    pub fn open(&self, number: u64) -> Result<tantivy::Index, String> {
        let path = self.path(number);
        let open = || -> tantivy::Result<(tantivy::Index, Vec<PathBuf>)> {
            let index = tantivy::Index::open(Listed::open(&path)?)?;
            super::schema::register(&index);
            let damaged = if size(&path) <= CHECKED_AT_ONCE {
                damaged(&index)?
            } else {
                Vec::new()
            };
            // Missing files show only when segments are opened.
            let reader = index
                .reader_builder()
                .reload_policy(tantivy::ReloadPolicy::Manual)
                .try_into()?;
            drop(reader);
            Ok((index, damaged))
        };
        // A damaged file can make tantivy panic where it trusts lengths that it reads.
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)) {
            Ok(Ok((index, damaged))) if damaged.is_empty() => Ok(index),
            Ok(Ok((_, damaged))) => Err(format!("{} is damaged", damaged[0].display())),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("it is damaged".to_owned()),
        }
    }
}

/// The files of the last commit that are not as they were written.
fn damaged(index: &tantivy::Index) -> tantivy::Result<Vec<PathBuf>> {
    use tantivy::directory::error::OpenReadError;
    let mut damaged = Vec::new();
    for file in index.load_metas()?.list_segment_files() {
        match index.directory().validate_checksum(&file) {
            Ok(true) => {}
            // Listed for every segment, whether it has them or not.
            Err(OpenReadError::FileDoesNotExist(_))
                if file
                    .extension()
                    .is_some_and(|kind| kind == "del" || kind == "temp") => {}
            Ok(false) => damaged.push(file),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(damaged)
}

/// What another one removed first need not be removed.
fn missing_is_fine(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}

fn size(path: &Path) -> u64 {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .map(|meta| meta.len())
        .sum()
}
