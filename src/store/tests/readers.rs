//! What readers of apps have read.

use super::*;
use crate::domain::{DigestId, Item, ItemId, Language};

const ALL: Marks = Marks {
    read: Some(true),
    starred: Some(true),
};
const UNREAD: Marks = Marks {
    read: Some(false),
    starred: None,
};

async fn reader(store: &Store, name: &str) -> Reader {
    let proof = vec![7; 32];
    let added = store.add_reader(name.into(), proof, Language::RO, now());
    assert!(added.await.unwrap());
    store.reader(name).unwrap().unwrap()
}

fn streams() -> Vec<String> {
    vec!["a".into()]
}

fn scan(streams: &[String], read: Option<bool>) -> Scan<'_> {
    Scan {
        base: Base::Streams,
        streams,
        read,
        starred: None,
        after: 0,
        before: i64::MAX,
        oldest_first: true,
        most: 1000,
    }
}

fn listed(store: &Store, reader: &Reader, read: Option<bool>) -> Vec<ItemId> {
    let streams = streams();
    let listing = store.scan(reader, &scan(&streams, read)).unwrap();
    listing.entries.iter().map(|entry| entry.id).collect()
}

/// How many rows of a table are kept of all readers.
fn rows(store: &Store, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    store
        .read(|connection| connection.query_row(&sql, [], |row| row.get(0)))
        .unwrap()
}

async fn with_items(count: usize) -> (tempfile::TempDir, Store) {
    let (dir, store) = store_with_a().await;
    let intents = (0..count)
        .map(|n| insert(&n.to_string(), &format!("titlul {n}")))
        .collect();
    let lease = lease(&store).await;
    store.record(&lease, visit(&lease, intents)).await.unwrap();
    (dir, store)
}

async fn mark(store: &Store, reader: &Reader, ids: &[ItemId], marks: Marks) {
    let done = store.mark(reader, streams(), ids.to_vec(), marks);
    done.await.unwrap();
}

#[tokio::test]
async fn marks_go_where_reading_has_caught_up() {
    let (dir, store) = with_items(10).await;
    let anna = reader(&store, "anna").await;
    let all = listed(&store, &anna, None);
    assert_eq!(all.len(), 10);
    // Not in order, with a gap at the third.
    for place in [4, 0, 3, 1] {
        mark(&store, &anna, &[all[place]], ALL).await;
    }
    assert_eq!(listed(&store, &anna, Some(true)).len(), 4);
    assert_eq!(rows(&store, "reader_mark"), 2, "those after the gap");
    mark(&store, &anna, &[all[2]], ALL).await;
    assert_eq!(rows(&store, "reader_mark"), 0);
    assert_eq!(listed(&store, &anna, Some(false)), all[5..]);
    assert_eq!(store.unread(&anna, &streams()).unwrap()[0].count, 5);
    // What is taken back lies before that place, and is unread all the same.
    mark(&store, &anna, &[all[1]], UNREAD).await;
    let unread = [&all[1..2], &all[5..]].concat();
    assert_eq!(listed(&store, &anna, Some(false)), unread);
    assert_eq!(store.unread(&anna, &streams()).unwrap()[0].count, 6);
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(listed(&store, &anna, Some(false)), unread);
}

#[tokio::test]
async fn all_that_is_there_is_read_at_once_and_nothing_that_comes() {
    let (_dir, store) = with_items(10).await;
    let (anna, other) = (reader(&store, "anna").await, reader(&store, "other").await);
    let all = listed(&store, &anna, None);
    mark(&store, &anna, &all[7..8], UNREAD).await;
    store
        .mark_through(anna.id, streams(), i64::MAX)
        .await
        .unwrap();
    assert!(listed(&store, &anna, Some(false)).is_empty());
    assert_eq!(rows(&store, "reader_mark"), 0);
    assert_eq!(
        rows(&store, "reader_through"),
        1,
        "one row, however much there is"
    );
    let lease = lease(&store).await;
    let intents = vec![insert("x", "altul")];
    store.record(&lease, visit(&lease, intents)).await.unwrap();
    assert_eq!(listed(&store, &anna, Some(false)).len(), 1);
    assert_eq!(listed(&store, &other, Some(false)).len(), 11);
}

#[tokio::test]
async fn marks_and_stars_of_a_reader_are_bounded() {
    let (_dir, store) = with_items(120).await;
    let anna = reader(&store, "anna").await;
    let all = listed(&store, &anna, None);
    let every_other: Vec<ItemId> = all.iter().skip(1).step_by(2).copied().collect();
    assert_eq!(every_other.len(), 60);
    mark(&store, &anna, &every_other, ALL).await;
    assert_eq!(rows(&store, "reader_star"), 40);
    let marks = rows(&store, "reader_mark");
    assert!(marks <= 40, "{marks}");
    // The newer ones are as the reader left them.
    let unread = listed(&store, &anna, Some(false));
    let newest: Vec<ItemId> = all[100..].iter().step_by(2).copied().collect();
    assert!(unread.ends_with(&newest));
    assert!(!unread.iter().any(|id| every_other.contains(id)));
}

#[tokio::test]
async fn whoever_comes_new_begins_with_what_is_fresh() {
    let (_dir, store) = with_items(3).await;
    let early = reader(&store, "early").await;
    let month = later(30 * 24 * 3600);
    let added = store.add_reader("late".into(), vec![1], Language::LV, month);
    assert!(added.await.unwrap());
    let late = store.reader("late").unwrap().unwrap();
    assert_eq!(late.lang, Language::LV);
    assert_eq!(store.unread(&early, &streams()).unwrap()[0].count, 3);
    assert_eq!(store.unread(&late, &streams()).unwrap()[0].count, 0);
    assert_eq!(listed(&store, &late, None).len(), 3);
}

#[tokio::test]
async fn nothing_is_left_of_a_reader_that_is_deleted() {
    let (_dir, store) = with_items(5).await;
    let (anna, other) = (reader(&store, "anna").await, reader(&store, "other").await);
    let all = listed(&store, &anna, None);
    for reader in [&anna, &other] {
        mark(&store, reader, &all[3..4], ALL).await;
        store.mark_through(reader.id, streams(), 5).await.unwrap();
        let edit = FeedEdit {
            hidden: true,
            ..FeedEdit::default()
        };
        let edits = vec![("a".to_owned(), edit)];
        store.edit_feeds(reader.id, edits).await.unwrap();
    }
    let tables = [
        "reader",
        "reader_mark",
        "reader_star",
        "reader_through",
        "reader_feed",
    ];
    for table in tables {
        assert_eq!(rows(&store, table), 2, "{table}");
    }
    store.remove_reader(anna.id).await.unwrap();
    for table in tables {
        assert_eq!(rows(&store, table), 1, "{table}");
    }
    assert!(store.reader("anna").unwrap().is_none());
}

#[tokio::test]
async fn readers_that_nobody_is_any_more_are_forgotten() {
    let (_dir, store) = store_with_a().await;
    let day = 24 * 3600;
    let (used, unused) = (reader(&store, "used").await, reader(&store, "unused").await);
    assert!(used.is_new_today(now()));
    store.saw_reader(used.id, now()).await.unwrap();
    assert!(
        !store
            .reader("used")
            .unwrap()
            .unwrap()
            .is_new_today(later(3600))
    );
    assert_eq!(store.forget_readers(later(29 * day)).await.unwrap(), 0);
    assert_eq!(store.forget_readers(later(32 * day)).await.unwrap(), 1);
    assert!(store.reader(&unused.name).unwrap().is_none());
    assert_eq!(store.forget_readers(later(364 * day)).await.unwrap(), 0);
    assert_eq!(store.forget_readers(later(367 * day)).await.unwrap(), 1);
}

#[tokio::test]
async fn a_name_is_given_once() {
    let (_dir, store) = store_with_a().await;
    reader(&store, "anna").await;
    let again = store.add_reader("anna".into(), vec![1], Language::EN, now());
    assert!(!again.await.unwrap());
}

#[tokio::test]
async fn an_older_store_gets_the_order_of_what_it_has() {
    let (dir, store) = with_items(20).await;
    let digest: DigestId = "toate".parse().unwrap();
    let items: Vec<Item> = store
        .changes_after(Seq(0), 100)
        .unwrap()
        .into_iter()
        .filter_map(|change| match change {
            Change::Item(item) => Some(item),
            Change::Removed { .. } => None,
        })
        .collect();
    let edition = Edition {
        digest,
        start: now(),
        end: later(60),
        published: later(60),
        through: Seq(20),
        body: serde_json::json!({}),
        items: vec![items[0].id],
    };
    assert!(store.publish(edition).await.unwrap());
    let both = vec!["a".to_owned(), "digest/toate".to_owned()];
    let order = |store: &Store, reader: &Reader| {
        let listing = store.scan(reader, &scan(&both, None)).unwrap();
        let entries = listing.entries.into_iter();
        entries.map(|e| (e.id, e.edition)).collect::<Vec<_>>()
    };
    let anna = reader(&store, "anna").await;
    let before = order(&store, &anna);
    assert_eq!(before.len(), 21);
    assert_eq!(before[20].1, Some(later(60)));
    drop(store);
    // As it was before there were readers of apps.
    let path = dir.path().join("vesti.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER entry_state; DROP TRIGGER entry_topics; DROP TRIGGER entry_edition; DROP TABLE entry; DROP TABLE entry_topic; \
             DROP TABLE reader; DROP TABLE reader_through; DROP TABLE reader_mark; DROP TABLE reader_star; DROP TABLE reader_feed;",
        )
        .unwrap();
    let step = schema::step_with("CREATE TABLE reader_mark").unwrap();
    connection.execute_batch(step).unwrap();
    drop(connection);
    let store = Store::open(dir.path()).unwrap();
    let anna = reader(&store, "anna").await;
    let after = order(&store, &anna);
    assert_eq!(after.len(), 21);
    for (old, new) in before.iter().zip(&after) {
        assert!(old.0 == new.0 || old.1.is_some() && old.1 == new.1);
    }
}
