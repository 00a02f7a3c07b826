//! Spelling dictionaries that are installed on the system, compiled once and kept in the data directory.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::config::SearchSettings;
use crate::domain::Language;
use crate::understanding::analysis::Dictionaries;
use crate::understanding::analysis::dictionary::{self, Dictionary};

/// The languages that gain by a dictionary. English does not: measured, its stemmer alone conflates better.
const LANGUAGES: [Language; 3] = [Language::RO, Language::LV, Language::RU];

/// Largest file of a dictionary, in bytes; the largest known one has 4 MB.
const MOST_BYTES: u64 = 30_000_000;

/// A dictionary that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its language.
    pub lang: Language,
    /// Its file of rules; the words are beside it.
    pub aff: PathBuf,
    dic: PathBuf,
    /// Changes when either file does.
    fingerprint: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.lang, self.aff.display())
    }
}

/// The dictionaries in the folders that the settings name, at most one a language: the first folder's, and in it the
/// first by name.
#[must_use]
pub fn find(settings: &SearchSettings) -> Vec<Found> {
    LANGUAGES
        .into_iter()
        .filter_map(|lang| {
            settings
                .dictionaries
                .iter()
                .find_map(|folder| find_in(folder, lang))
        })
        .collect()
}

fn find_in(folder: &Path, lang: Language) -> Option<Found> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".aff").map(str::to_owned))
        .filter(|name| {
            name.strip_prefix(lang.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-']))
        })
        .collect();
    names.sort_unstable();
    names.into_iter().find_map(|name| {
        let aff = folder.join(format!("{name}.aff"));
        let dic = folder.join(format!("{name}.dic"));
        let fingerprint = format!("{lang}-{}-{}", stamp(&aff)?, stamp(&dic)?);
        Some(Found {
            lang,
            aff,
            dic,
            fingerprint,
        })
    })
}

/// Size and time of a file.
fn stamp(file: &Path) -> Option<String> {
    let known = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    let changed = known.modified().ok()?;
    let changed = changed
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    Some(format!("{:x}.{changed:x}", known.len()))
}

/// Reads the dictionaries of these languages, compiling those that are new or have changed. One that cannot be used costs
/// a warning; where the data directory cannot be written, they are compiled for this process alone.
#[must_use]
pub fn prepare(settings: &SearchSettings, data: &Path, wanted: &[Language]) -> Dictionaries {
    let folder = data.join("dictionaries");
    let mut used = Vec::new();
    let mut fingerprint = String::new();
    for found in find(settings) {
        if !wanted.contains(&found.lang) {
            continue;
        }
        match ready(&found, &folder) {
            Ok(dictionary) => {
                if !fingerprint.is_empty() {
                    fingerprint.push(' ');
                }
                fingerprint.push_str(&name(&found));
                used.push((found.lang, dictionary));
            }
            Err(reason) => {
                tracing::warn!(dictionary = %found.aff.display(), reason, "the dictionary is not used");
            }
        }
    }
    Dictionaries::new(used, fingerprint)
}

fn name(found: &Found) -> String {
    format!("{}-{}", found.fingerprint, dictionary::VERSION)
}

fn ready(found: &Found, folder: &Path) -> Result<Dictionary, String> {
    let kept = folder.join(name(found));
    if let Ok(bytes) = fs::read(&kept)
        && let Ok(dictionary) = Dictionary::read(&bytes, found.lang)
    {
        return Ok(dictionary);
    }
    tracing::info!(dictionary = %found.aff.display(), "compiling a dictionary: this is done once");
    let aff = bounded(&found.aff)?;
    let dic = bounded(&found.dic)?;
    let bytes = dictionary::compile(&aff, &dic, found.lang).map_err(|error| error.to_string())?;
    let dictionary = Dictionary::read(&bytes, found.lang).map_err(|error| error.to_string())?;
    if let Err(error) = keep(&kept, folder, found.lang, &bytes) {
        tracing::debug!(%error, "the compiled dictionary is not kept");
    }
    Ok(dictionary)
}

fn bounded(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    fs::File::open(file)
        .and_then(|open| open.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("it is too large".to_owned());
    }
    Ok(bytes)
}

/// Keeps a compiled dictionary in place of earlier ones of its language. Under another name first: a reader never sees half.
fn keep(kept: &Path, folder: &Path, lang: Language, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let new = folder.join(format!(".new-{lang}-{}", std::process::id()));
    fs::write(&new, bytes)?;
    fs::rename(&new, kept)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let own = path.file_name().and_then(|name| name.to_str());
        if own.is_some_and(|name| name.starts_with(&format!("{lang}-"))) && path != kept {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
