//! Decisions about sources, and one source becoming part of another.

use super::*;
use crate::domain::{Fate, Language, Managed, SourceId};

fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

fn decision(source: &Source) -> Managed {
    Managed {
        source: source.clone(),
        base: None,
        fate: Fate::Kept,
        by: "ana".into(),
        at: now(),
    }
}

async fn visited(store: &Store, source: &str, guids: &[&str]) {
    let lease = store
        .lease_source(id(source), now(), LEASE)
        .await
        .unwrap()
        .unwrap();
    let intents = guids
        .iter()
        .map(|guid| insert(guid, &format!("Anunțul {guid}")))
        .collect();
    store.record(&lease, visit(&lease, intents)).await.unwrap();
}

fn unread(store: &Store, reader: &Reader, stream: &str) -> u64 {
    let found = store.unread(reader, &[stream.to_owned()]).unwrap();
    found[0].count
}

#[tokio::test]
async fn decisions_are_there_after_opening_again_and_can_be_forgotten() {
    let (dir, store) = store_with_a().await;
    let decided = Decided {
        keep: vec![decision(&source("b"))],
        sources: vec![source("a"), source("b")],
        ..Decided::default()
    };
    store.decide(decided, now()).await.unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.managed().unwrap(), [decision(&source("b"))]);
    assert_eq!(store.sources().unwrap().len(), 2);
    let decided = Decided {
        forget: vec![id("b")],
        sources: vec![source("a")],
        ..Decided::default()
    };
    store.decide(decided, now()).await.unwrap();
    assert_eq!(store.managed().unwrap(), []);
    assert_eq!(store.sources().unwrap().len(), 1);
}

#[tokio::test]
async fn a_source_can_be_made_due_unless_it_is_paused() {
    let (_dir, store) = store_with_a().await;
    visited(&store, "a", &["1"]).await;
    assert!(store.lease_due(now(), LEASE, 9).await.unwrap().is_empty());
    let mut told = store.watch_sources();
    told.mark_unchanged();
    assert!(store.make_due(&id("a"), "ana", now()).await.unwrap());
    assert!(told.has_changed().unwrap());
    assert_eq!(store.lease_due(now(), LEASE, 9).await.unwrap().len(), 1);
    let paused = Source {
        paused: true,
        ..source("a")
    };
    store.set_sources(vec![paused], now()).await.unwrap();
    assert!(!store.make_due(&id("a"), "ana", now()).await.unwrap());
    assert!(!store.make_due(&id("nimeni"), "ana", now()).await.unwrap());
}

#[tokio::test]
async fn merged_items_belong_to_the_other_source_and_are_known_there() {
    let (_dir, store) = store_with_a().await;
    let both = vec![source("a"), source("b")];
    store.set_sources(both, now()).await.unwrap();
    visited(&store, "a", &["1", "2", "3"]).await;
    visited(&store, "b", &["4"]).await;
    let proof = vec![7; 32];
    assert!(
        store
            .add_reader("ana".into(), proof, Language::RO, now())
            .await
            .unwrap()
    );
    let ana = store.reader("ana").unwrap().unwrap();
    // All of the one is read, nothing of the other.
    store
        .mark_through(ana.id, vec!["a".into()], i64::MAX)
        .await
        .unwrap();
    assert_eq!(unread(&store, &ana, "b"), 1);
    let before = store.seq();

    let decided = Decided {
        merge: Some((id("a"), id("b"))),
        keep: vec![Managed {
            fate: Fate::Merged(id("b")),
            ..decision(&source("a"))
        }],
        sources: vec![source("b")],
        ..Decided::default()
    };
    store.decide(decided, now()).await.unwrap();

    let record = store.source(&id("b")).unwrap().unwrap();
    assert_eq!(record.items, 4);
    assert_eq!(store.source(&id("a")).unwrap().unwrap().items, 0);
    let changes = store.changes_after(before, 100).unwrap();
    assert_eq!(changes.len(), 3, "the index hears of each");
    for change in changes {
        let Change::Item(item) = change else {
            panic!("nothing is removed");
        };
        assert_eq!(
            (item.source.as_str(), item.source_name.as_str()),
            ("b", "B")
        );
    }
    // What was read stays read, and what was not is the one that was not before.
    assert_eq!(unread(&store, &ana, "b"), 1);
    assert_eq!(unread(&store, &ana, "a"), 0);

    // The other source lists one of them too: it is the same item, and no news.
    visited(&store, "b", &["2", "5"]).await;
    assert_eq!(store.source(&id("b")).unwrap().unwrap().items, 5);
}
