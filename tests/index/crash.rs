//! What kills, damage and foreign stores leave behind, and the known hazards of tantivy 0.27.0.

use std::fs;
use std::path::{Path, PathBuf};

use super::log::{MemoryLog, item};
use super::{everything, find, open, small};

fn current(dir: &Path) -> PathBuf {
    let number = fs::read_to_string(dir.join("search/CURRENT")).expect("an index in force");
    dir.join("search").join(number.trim())
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Hazard 1: the first delete after a writer is re-opened can be lost, and the item is found twice.
#[test]
fn the_first_edit_after_opening_doubles_nothing() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let expected = log.ids();
    for round in 0..24 {
        let index = open(dir.path(), &log);
        log.put(item(
            1 + round % 5,
            "ro",
            "Titlu",
            &format!("runda {round}"),
        ));
        index.catch_up(&log).unwrap();
        assert_eq!(everything(&index), expected, "round {round}");
    }
}

/// Hazard 2: a kill between the writing of a delete file and of meta.json; the replay wants the same file name.
#[test]
fn a_kill_before_the_commit_was_sealed_is_replayed() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    drop(index);
    for round in 0..5 {
        let index = open(dir.path(), &log);
        // Opening the writer commits; what is killed is the commit after that.
        index.catch_up(&log).unwrap();
        let meta = current(dir.path()).join("meta.json");
        let before = fs::read(&meta).unwrap();
        log.put(item(1, "ro", "Titlu", &format!("runda {round}")));
        log.remove(2 + round);
        index.catch_up(&log).unwrap();
        drop(index);
        fs::write(&meta, before).unwrap();
        let index = open(dir.path(), &log);
        index.catch_up(&log).unwrap();
        assert_eq!(everything(&index), log.ids(), "round {round}");
        assert_eq!(find(&index, &format!("\"runda {round}\"")), [1]);
    }
}

/// Hazard 3: a plain commit erases the cursor. Ours never does, so that a restart replays nothing.
#[test]
fn every_commit_says_how_far_it_came() {
    let (dir, log) = (tempfile::tempdir().unwrap(), MemoryLog::default());
    for round in 1..=30 {
        let index = open(dir.path(), &log);
        assert_eq!(
            index.searchable().0,
            round - 1,
            "known without asking the log"
        );
        log.put(item(round, "ro", "Titlu", "text"));
        index.catch_up(&log).unwrap();
        index.catch_up(&log).unwrap();
    }
    assert!(current(dir.path()).ends_with("1"), "nothing was rebuilt");
}

/// Hazard 5: killed commits leave temporary files.
#[test]
fn left_overs_of_killed_commits_are_swept() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    drop(index);
    let path = current(dir.path());
    fs::write(path.join(".tmpAbC123"), "half").unwrap();
    // And an index that was never finished.
    fs::create_dir_all(dir.path().join("search/7")).unwrap();
    let index = open(dir.path(), &log);
    log.remove(1);
    index.catch_up(&log).unwrap();
    assert!(!path.join(".tmpAbC123").exists());
    index.rebuild(&log).unwrap();
    let folders: Vec<PathBuf> = files(&dir.path().join("search"))
        .into_iter()
        .filter(|p| p.is_dir())
        .collect();
    assert_eq!(folders, [current(dir.path())]);
    assert_eq!(everything(&index), log.ids());
}

#[test]
fn whatever_is_damaged_the_index_is_whole_again_after_catching_up() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("removed", |file| fs::remove_file(file).unwrap()),
        ("emptied", |file| fs::write(file, "").unwrap()),
        ("cut", |file| {
            let bytes = fs::read(file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("flipped", |file| {
            let mut bytes = fs::read(file).unwrap();
            let middle = bytes.len() / 3;
            bytes[middle] ^= 0x55;
            fs::write(file, bytes).unwrap();
        }),
        ("overwritten", |file| {
            fs::write(file, vec![0xff; 300]).unwrap();
        }),
    ];
    let log = small();
    for (name, damage) in damages {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path(), &log).catch_up(&log).unwrap();
        let count = files(&current(dir.path())).len();
        for place in 0..count {
            let file = files(&current(dir.path())).into_iter().nth(place);
            let Some(file) = file.filter(|file| !file.to_string_lossy().ends_with(".lock")) else {
                continue;
            };
            damage(&file);
            let index = open(dir.path(), &log);
            index
                .catch_up(&log)
                .unwrap_or_else(|error| panic!("{} {name}: {error}", file.display()));
            assert_eq!(everything(&index), log.ids(), "{} {name}", file.display());
            assert_eq!(find(&index, "granturi"), [1], "{} {name}", file.display());
        }
    }
}

/// A kill in the middle of a commit or a merge leaves files that nothing names; a new writer removes them, and nothing else.
#[test]
fn files_that_belong_to_nothing_are_swept() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    open(dir.path(), &log).catch_up(&log).unwrap();
    let index = current(dir.path());
    let living = files(&index);
    let orphan = index.join("0123456789abcdef0123456789abcdef.term");
    let theirs = index.join("notes.txt");
    for path in [&orphan, &theirs] {
        fs::write(path, "left behind").unwrap();
    }
    let again = open(dir.path(), &log);
    assert!(orphan.exists(), "opening alone writes nothing");
    again.catch_up(&log).unwrap();
    assert_eq!(current(dir.path()), index);
    assert!(!orphan.exists());
    assert!(theirs.exists());
    assert!(living.iter().all(|file| file.exists()));
    assert_eq!(everything(&again), log.ids());
}

/// tantivy's own check sees only the files that its list names.
#[test]
fn damage_is_found_in_files_that_nothing_lists() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    open(dir.path(), &log).catch_up(&log).unwrap();
    let damaged = current(dir.path());
    fs::write(damaged.join(".managed.json"), "[]").unwrap();
    let columns = files(&damaged)
        .into_iter()
        .find(|file| file.extension().is_some_and(|name| name == "fast"))
        .expect("fast fields");
    let mut bytes = fs::read(&columns).unwrap();
    for byte in bytes.iter_mut().take(400).skip(20) {
        *byte ^= 0x55;
    }
    fs::write(&columns, bytes).unwrap();
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    assert_ne!(current(dir.path()), damaged);
    assert_eq!(everything(&index), log.ids());
}

#[test]
fn an_index_of_another_store_is_not_believed() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    open(dir.path(), &log).catch_up(&log).unwrap();
    let other = MemoryLog::default();
    other.set_generation("g2");
    other.put(item(9, "ro", "Alt magazin", "altceva"));
    let index = open(dir.path(), &other);
    assert!(everything(&index).is_empty());
    index.catch_up(&other).unwrap();
    assert_eq!(everything(&index), [9]);
}

#[test]
fn an_index_ahead_of_a_restored_store_is_made_anew() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    open(dir.path(), &log).catch_up(&log).unwrap();
    log.forget_after(3);
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    assert_eq!(everything(&index), [1, 2, 3]);
    assert_eq!(index.searchable().0, 3);
}

#[test]
fn removals_that_the_store_forgot_are_not_missed() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    open(dir.path(), &log).catch_up(&log).unwrap();
    log.remove(2);
    log.purge();
    let index = open(dir.path(), &log);
    assert_eq!(
        everything(&index).len(),
        5,
        "the old one answers until the new one is there"
    );
    index.catch_up(&log).unwrap();
    assert_eq!(everything(&index), [1, 3, 4, 5]);
}

#[test]
fn an_index_of_another_analysis_answers_until_the_new_one_is_whole() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    open(dir.path(), &log).catch_up(&log).unwrap();
    let old = current(dir.path());
    let meta = fs::read_to_string(old.join("meta.json")).unwrap();
    let foreign = meta.replace("analysis ", "analysis 9");
    assert_ne!(meta, foreign);
    fs::write(old.join("meta.json"), foreign).unwrap();
    let index = open(dir.path(), &log);
    assert_eq!(find(&index, "granturi"), [1]);
    index.catch_up(&log).unwrap();
    assert_ne!(current(dir.path()), old);
    assert!(!old.exists());
    assert_eq!(everything(&index), log.ids());
}

#[test]
fn a_rebuild_that_fails_leaves_the_old_index_in_force() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let before = current(dir.path());
    log.set_broken(true);
    assert!(index.rebuild(&log).is_err());
    assert_eq!(current(dir.path()), before);
    assert_eq!(everything(&index), log.ids());
    log.set_broken(false);
    index.rebuild(&log).unwrap();
    assert_ne!(current(dir.path()), before);
    assert_eq!(everything(&index), log.ids());
}
