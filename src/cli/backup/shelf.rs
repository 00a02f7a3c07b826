//! The folder of backups: named after the moments at which they were made, the oldest going first.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::archive::{self, Made};
use crate::config::BackupSettings;

const NAME: &str = "vesti-";
const FORM: &str = "%Y-%m-%dT%H%M%SZ";
const ENDING: &str = ".zip";
/// Beginning of what a backup that was killed leaves behind.
const LEFT_OVER: &str = ".vesti-backup-";

/// Where backups are kept.
pub(in crate::cli) fn folder(settings: &BackupSettings, data: &Path) -> PathBuf {
    settings.dir.clone().unwrap_or_else(|| data.join("backups"))
}

/// Makes a backup in a folder.
pub(in crate::cli) fn make(
    folder: &Path,
    data: &Path,
    config: &Path,
    now: Timestamp,
) -> anyhow::Result<Made> {
    archive::make_folder(folder)?;
    let name = format!("{NAME}{}{ENDING}", now.strftime(FORM));
    archive::make(data, config, &folder.join(name), now)
}

/// The backups of a folder, oldest first, with when they were made.
pub(in crate::cli) fn list(folder: &Path) -> Vec<(Timestamp, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let stamp = name.strip_prefix(NAME)?.strip_suffix(ENDING)?;
            let made = jiff::civil::DateTime::strptime(FORM, stamp).ok()?;
            let made = made.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
            Some((made, entry.path()))
        })
        .collect();
    found.sort();
    found
}

/// Removes all but the latest backups of a folder, and what killed ones left; says which backups went. Other files stay.
pub(in crate::cli) fn keep(folder: &Path, most: usize) -> std::io::Result<Vec<PathBuf>> {
    for entry in fs::read_dir(folder)?.flatten() {
        let left_over = entry.file_name().to_string_lossy().starts_with(LEFT_OVER);
        // One that is being written right now is young.
        let old = entry
            .metadata()
            .and_then(|meta| meta.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age.as_secs() > 3_600));
        if left_over && old {
            fs::remove_file(entry.path())?;
        }
    }
    let mut all = list(folder);
    all.truncate(all.len().saturating_sub(most));
    for (_, path) in &all {
        fs::remove_file(path)?;
    }
    Ok(all.into_iter().map(|(_, path)| path).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_what_is_no_backup_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let names = [
            "vesti-2026-11-20T030000Z.zip",
            "vesti-2026-11-21T030000Z.zip",
            "vesti-2026-11-22T030000Z.zip",
            "vesti-old.zip",
            "notes.txt",
        ];
        for name in names {
            fs::write(path(name), "").unwrap();
        }
        let made = |(at, _): &(Timestamp, PathBuf)| at.to_string();
        assert_eq!(
            list(folder.path()).iter().map(made).collect::<Vec<_>>(),
            [
                "2026-11-20T03:00:00Z",
                "2026-11-21T03:00:00Z",
                "2026-11-22T03:00:00Z"
            ]
        );
        assert_eq!(keep(folder.path(), 2).unwrap(), [path(names[0])]);
        assert!(keep(folder.path(), 2).unwrap().is_empty());
        assert!(names[1..].iter().all(|name| path(name).exists()));
    }
}
