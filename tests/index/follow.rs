//! Following: soon, for ever, and through failures.

use std::fs;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::log::{MemoryLog, item};
use super::{everything, find, open, small};
use vesti::search::Index;

/// Waits until a condition holds; generous, so that a busy machine fails no test.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

struct Following {
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<Result<(), vesti::search::SearchError>>,
}

fn follow(index: &Index, log: &MemoryLog) -> Following {
    let (stop, stopped) = watch::channel(false);
    let (index, log) = (index.clone(), log.clone());
    Following {
        stop,
        task: tokio::spawn(async move { index.follow(log, stopped).await }),
    }
}

impl Following {
    async fn stop(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_is_searchable_soon_and_all_of_it_at_the_end() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    let following = follow(&index, &log);
    until("the first items", || everything(&index).len() == 5).await;
    log.put(item(6, "ro", "Proaspăt", "tocmai sosit"));
    until("the new item", || find(&index, "proaspat") == [6]).await;
    for id in 7..200 {
        log.put(item(id, "ro", "Potop", "mult"));
    }
    following.stop().await;
    assert_eq!(everything(&index), log.ids());
    // The writer is let go of: another process could follow now.
    let other = open(dir.path(), &log);
    log.remove(7);
    other.catch_up(&log).unwrap();
    assert_eq!(everything(&other), log.ids());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_log_or_disk_loses_nothing() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    // Where the index should go there is a file.
    fs::write(dir.path().join("search"), "in the way").unwrap();
    let index = open(dir.path(), &log);
    let following = follow(&index, &log);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(everything(&index).is_empty());
    fs::remove_file(dir.path().join("search")).unwrap();
    until("recovery of the disk", || everything(&index).len() == 5).await;
    log.set_broken(true);
    log.put(item(6, "ro", "Proaspăt", "tocmai sosit"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(everything(&index).len(), 5);
    log.set_broken(false);
    until("recovery of the log", || everything(&index) == log.ids()).await;
    following.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_go_on_while_an_index_is_rebuilt_under_load() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let following = follow(&index, &log);
    let rebuilding = {
        let (index, log) = (index.clone(), log.clone());
        tokio::task::spawn_blocking(move || {
            for _ in 0..3 {
                index.rebuild(&log).unwrap();
            }
        })
    };
    let mut id = 10;
    while !rebuilding.is_finished() {
        log.put(item(id, "ro", "Nou", "nou"));
        id += 1;
        assert_eq!(find(&index, "granturi"), [1]);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    rebuilding.await.unwrap();
    following.stop().await;
    assert_eq!(everything(&index), log.ids());
}
