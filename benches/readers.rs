//! What readers' apps ask of the store: what is unread, pages of it, marking one page and all of it.
//!
//! `cargo bench --bench readers [-- ENTRIES]` (default 1,000,000 entries of 113 sources, of which one reader has read 100,000 one by
//! one, and another none).

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench may")]

use std::time::Instant;

use rusqlite::Connection;
use vesti::domain::{ItemId, Language};
use vesti::store::{Base, Marks, Reader, Scan, Store};

const SOURCES: usize = 113;
const READ: usize = 100_000;

fn main() {
    let entries = std::env::args()
        .filter(|argument| argument != "--bench")
        .nth(1)
        .and_then(|count| count.parse().ok())
        .unwrap_or(1_000_000);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run(entries));
}

async fn run(entries: usize) {
    let dir = tempfile::tempdir().expect("a folder");
    let now: jiff::Timestamp = "2026-11-21T12:00:00Z".parse().expect("a time");
    let store = Store::open(dir.path()).expect("a store");
    for name in ["diligent", "new"] {
        let added = store.add_reader(name.into(), vec![0], Language::RO, now);
        assert!(added.await.expect("a reader"));
    }
    drop(store);
    fill(dir.path(), now.as_microsecond(), entries);
    let store = Store::open(dir.path()).expect("a store");
    let streams: Vec<String> = (0..SOURCES).map(|number| format!("s{number}")).collect();
    println!("{entries} entries of {SOURCES} sources");
    for name in ["diligent", "new"] {
        let reader = store.reader(name).expect("a store").expect("a reader");
        measure(&store, &reader, &streams).await;
    }
}

/// Writes the tables themselves: recording so many items takes minutes, and is measured elsewhere.
fn fill(dir: &std::path::Path, begin: i64, entries: usize) {
    let read_from = entries.saturating_sub(2 * READ);
    Connection::open(dir.join("vesti.db"))
        .and_then(|connection| {
            connection.execute_batch(&format!(
                "BEGIN;
                 WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {entries} - 1)
                 INSERT INTO entry (pos, id, stream, nth, ends, old, gone)
                 SELECT {begin} + i, i * 7919 + 1, 's' || (i % {SOURCES}), i / {SOURCES} + 1, NULL, i % 50 = 0, 0 FROM n;
                 INSERT INTO reader_mark (reader, stream, pos, read)
                 SELECT 1, stream, pos, 1 FROM entry WHERE pos - {begin} >= {read_from} AND (pos - {begin}) % 2 = 1;
                 COMMIT;"
            ))
        })
        .expect("a filled store");
}

async fn measure(store: &Store, reader: &Reader, streams: &[String]) {
    let told = |what: &str, begun: Instant, count: u64| {
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        println!("{:<9} {what:<28} {took:>8.1} ms  {count}", reader.name);
    };
    let begun = Instant::now();
    let unread = store.unread(reader, streams).expect("counts");
    told(
        "unread-count",
        begun,
        unread.iter().map(|one| one.count).sum(),
    );
    let mut newest = Vec::new();
    for (what, read, most) in [
        ("20 newest", None, 20),
        ("1,000 unread ids", Some(false), 1_000),
        ("10,000 unread ids", Some(false), 10_000),
    ] {
        let scan = Scan {
            base: Base::Streams,
            streams,
            read,
            starred: None,
            after: 0,
            before: i64::MAX,
            oldest_first: false,
            most,
        };
        let begun = Instant::now();
        let page = store.scan(reader, &scan).expect("a page");
        told(what, begun, page.entries.len() as u64);
        newest = page.entries;
    }
    let ids: Vec<ItemId> = newest.iter().take(1_000).map(|entry| entry.id).collect();
    let marks = Marks {
        read: Some(true),
        starred: None,
    };
    let begun = Instant::now();
    let marked = store.mark(reader, streams.to_vec(), ids, marks);
    marked.await.expect("marks");
    told("1,000 marked read", begun, 1_000);
    let begun = Instant::now();
    let marked = store.mark_through(reader.id, streams.to_vec(), i64::MAX);
    marked.await.expect("marks");
    let left = store.unread(reader, streams).expect("counts");
    told(
        "all marked read, and counted",
        begun,
        left.iter().map(|one| one.count).sum(),
    );
}
