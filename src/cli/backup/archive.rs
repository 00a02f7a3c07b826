//! The file of a backup: a zip with the store, the configuration, and a manifest that says what each has to be.
//!
//! `manifest.json`, `vesti.db`, `config/…` (the files of the configuration's folder), `data/…` (small files beside the store). It
//! is written under another name, read back and compared, and only then put where it belongs.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use jiff::Timestamp;
use ring::digest::{Context as Hash, SHA256};
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::store::{self, Snapshot};

/// The form of the file; a vesti that does not know it refuses it.
pub(in crate::cli) const FORM: u32 = 1;
/// Largest file that is taken along beside the store.
const SMALL: u64 = 20_000_000;
/// Most of them.
const MOST: usize = 200;
/// Fast rather than small: text shrinks to a third all the same.
const LEVEL: i64 = 3;
const MANIFEST: &str = "manifest.json";
const STORE: &str = "vesti.db";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Manifest {
    /// The form of the file: [`FORM`].
    pub form: u32,
    /// The version of vesti that made it.
    pub vesti: String,
    /// When.
    pub made: Timestamp,
    /// The store in it.
    pub store: Snapshot,
    /// All files but this one.
    pub files: Vec<Part>,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Part {
    /// Its name, with a folder for all but the store.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A backup that was made.
#[derive(Debug)]
pub(in crate::cli) struct Made {
    pub path: PathBuf,
    pub bytes: u64,
    pub manifest: Manifest,
}

/// Makes a backup of a data directory and of the configuration that `config` is the main file of, while others write.
pub(in crate::cli) fn make(
    data: &Path,
    config: &Path,
    target: &Path,
    now: Timestamp,
) -> anyhow::Result<Made> {
    ensure!(
        !target.exists(),
        "{} is there already: name another file, or remove it",
        target.display()
    );
    let folder = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    make_folder(folder)?;
    let size = fs::metadata(data.join(STORE)).map_or(0, |meta| meta.len());
    // The copy, and at most as much again for the file made of it.
    if let Some(free) = store::free_space(folder)
        && free < size.saturating_mul(2)
    {
        bail!(
            "a backup of {} needs {} free in {}, where there are {}: make room, or name another folder",
            data.display(),
            super::size(size.saturating_mul(2)),
            folder.display(),
            super::size(free)
        );
    }
    let temporary = |what: &str| {
        Temporary(folder.join(format!(".vesti-backup-{:016x}.{what}", fastrand::u64(..))))
    };
    let (copy, part) = (temporary("db"), temporary("part"));
    let snapshot = store::snapshot(data, &copy.0)?;
    let mut writing = Writing {
        zip: ZipWriter::new(private(&part.0)?),
        parts: Vec::new(),
    };
    writing.add(STORE, &mut File::open(&copy.0)?)?;
    for (folder, path) in small_files(data, config)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut file =
            File::open(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        writing.add(&format!("{folder}/{name}"), &mut file)?;
    }
    let manifest = Manifest {
        form: FORM,
        vesti: env!("CARGO_PKG_VERSION").into(),
        made: now,
        store: snapshot,
        files: writing.parts,
    };
    writing.zip.start_file(MANIFEST, options())?;
    writing
        .zip
        .write_all(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    let file = writing.zip.finish()?;
    file.sync_all()?;
    let bytes = file.metadata()?.len();
    drop(file);
    drop(copy);

    let read_back = Backup::open(&part.0)?.verify();
    read_back.context("the backup that was just written cannot be read back")?;
    fs::rename(&part.0, target)
        .with_context(|| format!("{} cannot be written", target.display()))?;
    File::open(folder)?.sync_all()?;
    Ok(Made {
        path: target.to_owned(),
        bytes,
        manifest,
    })
}

/// Makes a folder that only its owner may look into, where there is none yet.
pub(in crate::cli) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// The files to take along: those of the configuration, and those that lie in the data directory and can not be made anew.
fn small_files(data: &Path, config: &Path) -> anyhow::Result<Vec<(&'static str, PathBuf)>> {
    let mut found = Vec::new();
    let folder = match config.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let main = config.file_name().unwrap_or_default();
    let has_ending = |path: &Path, endings: &[&str]| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.contains(&ending))
    };
    let ours = |path: &Path| {
        has_ending(path, &["toml", "tsv"]) || path.file_name().is_some_and(|name| name == main)
    };
    let derived = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name == "lock"
            || name == "outbox.brink"
            || name.starts_with(STORE)
            || name.starts_with('.')
            || has_ending(path, &["zip"])
    };
    for (kind, folder) in [("config", folder), ("data", data)] {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.with_context(|| format!("{} cannot be read", folder.display()))?,
        };
        for entry in entries {
            let path = entry?.path();
            let wanted = match kind {
                "config" => ours(&path),
                _ => !derived(&path),
            };
            let meta = fs::metadata(&path);
            if wanted && meta.is_ok_and(|meta| meta.is_file() && meta.len() <= SMALL) {
                found.push((kind, path));
            }
        }
    }
    found.sort();
    found.truncate(MOST);
    Ok(found)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .large_file(true)
        .unix_permissions(0o600)
}

struct Writing {
    zip: ZipWriter<File>,
    parts: Vec<Part>,
}

impl Writing {
    fn add(&mut self, name: &str, from: &mut File) -> anyhow::Result<()> {
        self.zip.start_file(name, options())?;
        let (bytes, sha256) = pour(from, &mut self.zip)?;
        self.parts.push(Part {
            name: name.to_owned(),
            bytes,
            sha256,
        });
        Ok(())
    }
}

/// Copies everything, and says how much it was and what its SHA-256 is.
fn pour(from: &mut impl Read, to: &mut impl Write) -> io::Result<(u64, String)> {
    let mut hash = Hash::new(&SHA256);
    let mut buffer = vec![0; 128 << 10];
    let mut bytes = 0;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        bytes += read as u64;
    }
    let digits = hash.finish();
    let mut text = String::with_capacity(64);
    for byte in digits.as_ref() {
        use std::fmt::Write as _;
        let _ = write!(text, "{byte:02x}");
    }
    Ok((bytes, text))
}

/// A backup that is read.
pub(in crate::cli) struct Backup {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
}

impl Backup {
    /// Opens a backup and reads its manifest.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let file =
            File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let no_backup = || format!("{} is no backup of vesti", path.display());
        let mut zip = ZipArchive::new(BufReader::new(file)).with_context(|| {
            format!(
                "{} is no whole backup: it was cut off or damaged, or is something else",
                path.display()
            )
        })?;
        let mut text = String::new();
        zip.by_name(MANIFEST)
            .with_context(no_backup)?
            .take(SMALL)
            .read_to_string(&mut text)
            .with_context(no_backup)?;
        let form: Form = serde_json::from_str(&text).with_context(no_backup)?;
        ensure!(
            form.form <= FORM,
            "{} was made by a newer vesti ({}): restore it with that one",
            path.display(),
            form.vesti
        );
        let manifest: Manifest = serde_json::from_str(&text).with_context(no_backup)?;
        ensure!(
            manifest.files.iter().any(|part| part.name == STORE),
            no_backup()
        );
        Ok(Self { zip, manifest })
    }

    /// Reads all of it and compares it with the manifest.
    pub fn verify(&mut self) -> anyhow::Result<()> {
        for part in self.manifest.files.clone() {
            self.read(&part, &mut io::sink())?;
        }
        Ok(())
    }

    /// Writes the store to a new file.
    pub fn take_store(&mut self, target: &Path) -> anyhow::Result<()> {
        let part = self.manifest.files.iter().find(|part| part.name == STORE);
        let part = part.context("there is no store in the backup")?.clone();
        self.read(&part, &mut private(target)?)
    }

    /// The files of one of its folders, with their names in it.
    pub fn files(&mut self, folder: &str) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let mut found = Vec::new();
        for part in self.manifest.files.clone() {
            let Some(name) = part
                .name
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
            else {
                continue;
            };
            // Whoever made the file: nothing is written outside of the folder that it belongs in.
            ensure!(
                !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']),
                "the backup names a file that no backup has: {:?}",
                part.name
            );
            ensure!(part.bytes <= SMALL, "{} is too large", part.name);
            let mut bytes = Vec::new();
            self.read(&part, &mut bytes)?;
            found.push((name.to_owned(), bytes));
        }
        Ok(found)
    }

    fn read(&mut self, part: &Part, to: &mut impl Write) -> anyhow::Result<()> {
        let damaged = || format!("{} in the backup is damaged", part.name);
        let file = self.zip.by_name(&part.name).with_context(damaged)?;
        let (bytes, sha256) = pour(&mut file.take(part.bytes + 1), to).with_context(damaged)?;
        ensure!(bytes == part.bytes && sha256 == part.sha256, damaged());
        Ok(())
    }
}

/// What every manifest has, of whatever form.
#[derive(Deserialize)]
struct Form {
    form: u32,
    vesti: String,
}

/// A new file that only its owner may read: passwords are in the configuration, addresses in the store.
fn private(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// A file that goes when this does.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
