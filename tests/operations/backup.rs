//! Backups of a running service, and what becomes of them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;

use crate::place::{Place, Vesti, command, text};

/// A place whose service has read all of its items, and has mail waiting.
async fn filled() -> (Place, Vesti) {
    let place = Place::new(&["a", "b"]).await;
    let vesti = place.serve().await;
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 6)
        .await;
    (place, vesti)
}

fn backup(place: &Place, to: &Path) -> PathBuf {
    let made = place.run(&["backup", to.to_str().unwrap()]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let said = text(&made.stdout);
    assert!(said.contains("6 items up to change"), "{said}");
    PathBuf::from(said.split(": ").next().unwrap())
}

fn open(data: &Path) -> Connection {
    Connection::open(data.join("vesti.db")).unwrap()
}

fn generation(data: &Path) -> String {
    open(data)
        .query_row("SELECT generation FROM head", [], |row| row.get(0))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_service_restores_everything_elsewhere() {
    let (place, vesti) = filled().await;
    let shelf = place.folder.path().join("shelf");
    let file = backup(&place, &shelf);
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        fs::read_dir(&shelf).unwrap().count(),
        1,
        "nothing is left behind"
    );
    let items = vesti.get("/api/v1/search?q=voluntari&sort=date").await;
    vesti.stop().await;

    // Another machine: neither data nor configuration.
    let other = tempfile::tempdir().unwrap();
    let restored = command(other.path(), &["restore", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert_eq!(
        fs::read(other.path().join("sources.toml")).unwrap(),
        fs::read(place.folder.path().join("sources.toml")).unwrap()
    );
    let data = place.folder.path().join("data");
    assert_ne!(generation(&data), generation(&other.path().join("data")));
    let vesti = Vesti::start(command(other.path(), &["serve"]), other.path()).await;
    let again = vesti
        .until("/api/v1/search?q=voluntari&sort=date", |value| {
            value["total"] == 6
        })
        .await;
    let ids = |value: &Value| {
        let items = value["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| (item["id"].clone(), item["first_seen"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&again), ids(&items));
    vesti.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_refuses_what_would_do_harm() {
    let (place, vesti) = filled().await;
    let file = backup(&place, &place.folder.path().join("one.zip"));
    let file = file.to_str().unwrap();
    let refused = |args: &[&str], words: &str| {
        let output = place.run(args);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(words), "{said}");
    };
    vesti.stop().await;
    // Over what is there.
    refused(&["restore", file], "--replace");
    // What is damaged, cut off, or something else. The store does not change.
    let before = fs::read(place.folder.path().join("data/vesti.db")).unwrap();
    let bytes = fs::read(file).unwrap();
    let bad = place.folder.path().join("bad.zip");
    for (at, what) in [(bytes.len() / 2, "damaged"), (bytes.len() / 4, "damaged")] {
        let mut bytes = bytes.clone();
        for byte in &mut bytes[at..at + 64] {
            *byte ^= 0x55;
        }
        fs::write(&bad, &bytes).unwrap();
        refused(&["restore", bad.to_str().unwrap(), "--replace"], what);
    }
    fs::write(&bad, &bytes[..bytes.len() / 2]).unwrap();
    refused(&["restore", bad.to_str().unwrap(), "--replace"], "cut off");
    fs::write(&bad, "notes").unwrap();
    refused(
        &["restore", bad.to_str().unwrap(), "--replace"],
        "no whole backup",
    );
    assert_eq!(
        fs::read(place.folder.path().join("data/vesti.db")).unwrap(),
        before
    );
    // A second backup of the same name.
    refused(&["backup", file], "is there already");
    // Where there is nothing to save.
    let empty = tempfile::tempdir().unwrap();
    let output = command(empty.path(), &["backup"])
        .args(["--config", "config/vesti.toml"])
        .output();
    assert!(!output.unwrap().status.success());
}

/// The waiting mail of one subscription, as the service would have it.
fn waiting(data: &Path, key: &str) {
    let store = open(data);
    store
        .execute(
            "INSERT INTO outbox (channel, key, body, posted, due, tries) VALUES ('mail', ?, '{}', 1, 1, 0)",
            [key],
        )
        .unwrap();
}

fn still_waiting(data: &Path) -> Vec<String> {
    open(data)
        .prepare("SELECT key FROM outbox WHERE due IS NOT NULL AND channel = 'mail' ORDER BY key")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn subscribe(data: &Path, address: &str) {
    open(data)
        .execute(
            "INSERT INTO subscription (token, address, digest, title, lang, origin, state, asked, mailed, since, refusals) \
             VALUES (?1, ?1, 'd', 'D', 'ro', '\"form\"', 'active', 1, 1, 5, 0)",
            [address],
        )
        .unwrap();
}

fn subscribers(data: &Path) -> Vec<(String, i64)> {
    open(data)
        .prepare("SELECT address, since FROM subscription ORDER BY address")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_left_after_the_backup_is_not_sent_again() {
    let (place, vesti) = filled().await;
    vesti.stop().await;
    let data = place.folder.path().join("data");
    for key in ["sent-later", "waits-still"] {
        waiting(&data, key);
    }
    subscribe(&data, "stays@example.org");
    subscribe(&data, "leaves@example.org");
    let file = backup(&place, &place.folder.path().join("one.zip"));
    let store = open(&data);
    store
        .execute_batch(
            "UPDATE outbox SET due = NULL, done = 2, state = 'sent' WHERE key = 'sent-later';
             INSERT INTO outbox (channel, key, body, posted, due, tries, done, state) VALUES ('mail', 'all-later', 'null', 2, NULL, 0, 2, 'sent');
             DELETE FROM subscription WHERE address = 'leaves@example.org';
             UPDATE subscription SET since = 9;
             INSERT INTO delivered VALUES ('d', 77);
             INSERT INTO edition VALUES ('d', 9, 8, 9, 1000, '{}', '[77]');
             UPDATE head SET seq = 1000;",
        )
        .unwrap();
    drop(store);
    subscribe(&data, "joins@example.org");

    let restored = place.run(&["restore", file.to_str().unwrap(), "--replace"]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert_eq!(still_waiting(&data), ["waits-still"]);
    let known: bool = open(&data)
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE key = 'all-later')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(known, "it must not be put in again");
    assert_eq!(
        subscribers(&data),
        [
            ("joins@example.org".to_owned(), 5),
            ("stays@example.org".to_owned(), 9)
        ]
    );
    // What editions and watches had is not new to them, though it is read anew: that comes after all that they have seen.
    let (delivered, editions, seq): (i64, i64, i64) = open(&data)
        .query_row(
            "SELECT (SELECT count(*) FROM delivered), (SELECT count(*) FROM edition), (SELECT seq FROM head)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!((delivered, editions, seq), (1, 1, 1001));
    let vesti = place.serve().await;
    vesti
        .until("/readyz", |value| {
            value["recorded"].as_u64() >= Some(1001) && value["recorded"] == value["searchable"]
        })
        .await;
    vesti.stop().await;
    // What was there before is kept, whole.
    let aside = fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("before-restore-")
        })
        .unwrap();
    assert_eq!(still_waiting(&aside), ["waits-still"]);

    // A store that cannot say what has left: nothing that waited leaves again, and no edition that is over.
    let mut bytes = fs::read(data.join("vesti.db")).unwrap();
    let half = bytes.len() / 2;
    bytes[4_096..half].fill(0xA5);
    fs::write(data.join("vesti.db"), bytes).unwrap();
    let restored = place.run(&["restore", file.to_str().unwrap(), "--replace"]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert!(text(&restored.stdout).contains("taken for sent"));
    assert!(still_waiting(&data).is_empty());
    assert!(
        subscribers(&data)
            .iter()
            .all(|(_, since)| *since > 1_000_000)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_is_killed_leaves_the_old_or_the_new() {
    let (place, vesti) = filled().await;
    vesti.stop().await;
    let data = place.folder.path().join("data");
    let file = backup(&place, &place.folder.path().join("one.zip"));
    open(&data)
        .execute("UPDATE head SET generation = 'old'", [])
        .unwrap();
    let (mut old, mut new) = (0, 0);
    for round in 0..40 {
        let before = generation(&data);
        let mut child = place
            .command(&["restore", file.to_str().unwrap(), "--replace"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 6));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whoever comes next finds a whole store.
        let exported = place.run(&[
            "backup",
            place
                .folder
                .path()
                .join(format!("{round}.zip"))
                .to_str()
                .unwrap(),
        ]);
        if !exported.status.success() {
            let crawled = place.run(&["reindex"]);
            let ended = place.run(&["restore", file.to_str().unwrap()]);
            assert!(
                text(&ended.stderr).contains("--replace"),
                "{} {}",
                text(&crawled.stderr),
                text(&ended.stderr)
            );
        }
        let store = open(&data);
        let items: i64 = store
            .query_row("SELECT count(*) FROM item", [], |row| row.get(0))
            .unwrap();
        assert_eq!(items, 6);
        drop(store);
        if generation(&data) == before {
            old += 1;
        } else {
            new += 1;
        }
        for entry in fs::read_dir(&data).unwrap() {
            let path = entry.unwrap().path();
            if path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("before-restore-")
            {
                fs::remove_dir_all(path).unwrap();
            }
        }
    }
    eprintln!("killed 40 times: {old} old, {new} new");
    assert!(old > 0);
}

/// What somebody gets who asks again and again: all statuses, and how often nobody was there.
async fn ask_on(base: String, done: Arc<AtomicBool>) -> (Vec<u16>, usize) {
    let (mut statuses, mut refused) = (Vec::new(), 0);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    while !done.load(Ordering::SeqCst) {
        match client.get(format!("{base}/healthz")).send().await {
            Ok(answer) => statuses.push(answer.status().as_u16()),
            Err(error) if error.is_connect() => refused += 1,
            // A kept connection that was closed while it was taken up again.
            Err(_) => {}
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    (statuses, refused)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_makes_a_running_service_go_on_with_what_was_restored() {
    let (place, vesti) = filled().await;
    let data = place.folder.path().join("data");
    let file = backup(&place, &place.folder.path().join("one.zip"));
    let file = file.to_str().unwrap();
    // After the backup comes a source more; then none is to be read any more, so that what was restored stays as it is.
    place.set_sources(&["a", "b", "c"]);
    vesti.signal("-HUP");
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 9)
        .await;
    place.write("sources.toml", "");
    let before = generation(&data);
    let done = Arc::new(AtomicBool::new(false));
    let asking = tokio::spawn(ask_on(vesti.base.clone(), done.clone()));

    let restored = place.run(&["restore", file, "--replace"]);
    let said = text(&restored.stdout);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert!(said.contains("The service goes on with it"), "{said}");
    assert_ne!(generation(&data), before);
    vesti.until_said("answering again").await;
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 6)
        .await;
    // It writes what comes from now on, and can be backed up and stopped like any other.
    place.set_sources(&["c"]);
    vesti.signal("-HUP");
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 9)
        .await;
    done.store(true, Ordering::SeqCst);
    let (statuses, refused) = asking.await.unwrap();
    assert_eq!(refused, 0, "somebody is there all the time");
    assert!(
        statuses.iter().all(|status| [200, 503].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(statuses.first(), Some(&200));
    assert_eq!(statuses.last(), Some(&200));
    let again = place.run(&[
        "backup",
        place.folder.path().join("two.zip").to_str().unwrap(),
    ]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    vesti.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_dies_leaves_a_running_service_at_work() {
    let (place, vesti) = filled().await;
    let file = backup(&place, &place.folder.path().join("one.zip"));
    for round in 0..12 {
        let mut child = place
            .command(&["restore", file.to_str().unwrap(), "--replace"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(round * 40)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        vesti
            .until("/api/v1/search?q=voluntari", |value| value["total"] == 6)
            .await;
    }
    // Another one that died before it was answered, long ago.
    let asked = place.folder.path().join("data/restore.asked");
    fs::write(&asked, "1").unwrap();
    let began = std::time::Instant::now();
    while asked.exists() {
        assert!(began.elapsed() < crate::place::SOON, "{}", vesti.said());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(vesti.status("/healthz").await, Some(200));
    vesti.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_backups_are_kept() {
    let (place, vesti) = filled().await;
    let shelf = place.folder.path().join("data/backups");
    fs::create_dir_all(&shelf).unwrap();
    for day in 10..14 {
        fs::write(shelf.join(format!("vesti-2026-01-{day}T030000Z.zip")), "").unwrap();
    }
    let made = place.run(&["backup", "--keep", "2"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let mut names: Vec<String> = fs::read_dir(&shelf)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(names[0], "vesti-2026-01-13T030000Z.zip");
    // The service went on meanwhile.
    assert_eq!(vesti.status("/readyz").await, Some(200));
    let bad = place.run(&["backup", "--keep", "0"]);
    assert_eq!(bad.status.code(), Some(2));
    vesti.stop().await;
}
