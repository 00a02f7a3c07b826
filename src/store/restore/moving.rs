//! Moving the old store aside and the new one into place, however often that is broken off.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::{ALONE, PART};
use crate::store::{StoreError, lock};

const READY: &str = "restore.ready";
/// In `restore.ready`: the folder that the old store goes to.
const ASIDE: &str = "ASIDE";
/// What makes a store, beside the index, which is made anew for another store.
const STORE: [&str; 4] = ["vesti.db-wal", "vesti.db-shm", "outbox.brink", "vesti.db"];

/// Decides for what was staged, and moves it into place.
pub(super) fn decide(dir: &Path, aside: &str) -> io::Result<()> {
    let stage = dir.join(PART);
    for left in ["vesti.db-wal", "vesti.db-shm"] {
        remove(&stage.join(left))?;
    }
    let mut file = fs::File::create(stage.join(ASIDE))?;
    file.write_all(aside.as_bytes())?;
    file.sync_all()?;
    for entry in fs::read_dir(&stage)? {
        fs::File::open(entry?.path())?.sync_all()?;
    }
    sync(&stage)?;
    fs::rename(&stage, dir.join(READY))?;
    sync(dir)?;
    finish_moving(dir)
}

/// Ends a restore that was decided on, and clears away one that was not.
pub(in crate::store) fn finish(dir: &Path) -> Result<(), StoreError> {
    let moved = finish_moving(dir);
    moved.map_err(|error| StoreError::from_io(&error, &dir.join(READY)))
}

/// Whether a restore was decided on and not ended.
pub(in crate::store) fn is_under_way(dir: &Path) -> bool {
    dir.join(READY).exists()
}

fn finish_moving(dir: &Path) -> io::Result<()> {
    // Somebody may be staging another one at this moment.
    if lock::holder_of(dir, ALONE).is_none() {
        remove(&dir.join(PART))?;
    }
    let ready = dir.join(READY);
    if !ready.exists() {
        return Ok(());
    }
    let aside = fs::read_to_string(ready.join(ASIDE)).unwrap_or_default();
    // A folder of ours, whatever a damaged file says.
    let aside = aside.trim().rsplit(['/', '\\']).next().unwrap_or_default();
    let aside = dir.join(if aside.is_empty() || aside.starts_with('.') {
        "before-restore"
    } else {
        aside
    });
    // While the new store has not been moved, what lies in the directory is the old one.
    if ready.join("vesti.db").exists() {
        for name in STORE {
            keep(dir, &aside, name)?;
        }
        for entry in fs::read_dir(&ready)? {
            let name = entry?.file_name();
            let name = name.to_string_lossy();
            if name != ASIDE && name != "vesti.db" {
                keep(dir, &aside, &name)?;
                fs::rename(ready.join(&*name), dir.join(&*name))?;
            }
        }
        sync(dir)?;
        fs::rename(ready.join("vesti.db"), dir.join("vesti.db"))?;
        sync(dir)?;
    }
    remove(&ready)?;
    sync(dir)
}

/// Moves a file aside, if it is there. One that lies there already is of an attempt that was broken off, and stays.
fn keep(dir: &Path, aside: &Path, name: &str) -> io::Result<()> {
    let (from, to) = (dir.join(name), aside.join(name));
    if from.exists() && !to.exists() {
        fs::create_dir_all(aside)?;
        fs::rename(from, to)?;
        sync(aside)?;
    }
    Ok(())
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(dir: &Path) -> io::Result<()> {
    fs::File::open(dir)?.sync_all()
}
