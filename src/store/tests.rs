mod calendar;
mod catalogue;
mod full_disk;
mod matters;
mod readers;
mod retention;
mod stories;
mod upgrade;
mod watches;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::*;
use crate::domain::{
    Country, Draft, ItemKey, ItemState, Kind, Phase, Precision, Role, Seq, Source, SourceState,
    Understood,
};

const LEASE: Duration = Duration::from_mins(1);

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn source(id: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: id.to_uppercase(),
        url: Some(Url::parse(&format!("https://{id}.ro/")).unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

fn understood(guid: &str, title: &str) -> Understood {
    let url = Url::parse(&format!("https://a.ro/{guid}")).unwrap();
    Understood {
        draft: Draft {
            guid: Some(guid.into()),
            url: Some(url.clone()),
            title: title.into(),
            author: None,
            html: None,
            text: format!("Textul despre {title}"),
            summary: None,
            published: Some(later(-3600)),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(guid.into()), ItemKey::Url(url.to_string())],
        url,
        content_hash: title.into(),
        excerpt: title.into(),
        lang: None,
        kind: Kind::News,
        topics: Vec::new(),
        deadline: None,
        event: None,
        sketch: crate::domain::Sketch::default(),
    }
}

fn visit(lease: &Lease, intents: Vec<Intent>) -> Visit {
    let mut state = lease.state.clone();
    state.phase = Phase::Healthy;
    state.next_visit = later(3600);
    state.visits += 1;
    Visit {
        at: now(),
        state,
        intents,
        log: VisitLog {
            at: now(),
            url: "https://a.ro/feed".into(),
            status: Some(200),
            millis: 5,
            bytes: 100,
            listed: 1,
            new: 1,
            changed: 0,
            fault: None,
            note: None,
        },
    }
}

fn insert(guid: &str, title: &str) -> Intent {
    Intent::Insert(Box::new(understood(guid, title)))
}

async fn store_with_a() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store.set_sources(vec![source("a")], now()).await.unwrap();
    (dir, store)
}

async fn lease(store: &Store) -> Lease {
    store
        .lease_source("a".parse().unwrap(), now(), LEASE)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn what_was_recorded_is_there_after_opening_again() {
    let (dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let recorded = store
        .record(
            &held,
            visit(&held, vec![insert("1", "Unu"), insert("2", "Doi")]),
        )
        .await
        .unwrap();
    assert_eq!(recorded.seq, Some(Seq(2)));
    let id = recorded.inserted[0];
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.item(id).unwrap().unwrap().title, "Unu");
    assert_eq!(store.changes_after(Seq(0), 10).unwrap().len(), 2);
    assert_eq!(store.counts(now()).unwrap().items, 2);
    assert_eq!(store.sources().unwrap()[0].newest, Some(later(-3600)));
}

#[tokio::test]
async fn a_lost_lease_writes_nothing() {
    let (_dir, store) = store_with_a().await;
    let old = lease(&store).await;
    assert!(
        store
            .lease_source("a".parse().unwrap(), now(), LEASE)
            .await
            .unwrap()
            .is_none(),
        "leased"
    );
    let id = "a".parse().unwrap();
    let new = store
        .lease_source(id, later(61), LEASE)
        .await
        .unwrap()
        .unwrap();
    let refused = store
        .record(&old, visit(&old, vec![insert("1", "Unu")]))
        .await;
    assert!(matches!(refused, Err(StoreError::LeaseLost)), "{refused:?}");
    assert_eq!(store.head().unwrap().seq, Seq(0));
    store
        .record(&new, visit(&new, vec![insert("1", "Unu")]))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_edit_keeps_the_old_version_and_the_first_date() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let id = store
        .record(&held, visit(&held, vec![insert("1", "Unu")]))
        .await
        .unwrap()
        .inserted[0];
    let held = lease(&store).await;
    let mut now_said = understood("1", "Unu, corectat");
    now_said.draft.published = Some(later(-10));
    let edit = Intent::Update {
        id,
        now: Box::new(now_said),
        edit: true,
    };
    store.record(&held, visit(&held, vec![edit])).await.unwrap();
    let item = store.item(id).unwrap().unwrap();
    assert_eq!(
        (item.version, item.title.as_str(), item.published),
        (2, "Unu, corectat", Some(later(-3600)))
    );
    assert_eq!(item.updated, Some(now()));
    assert_eq!(store.versions(id).unwrap()[0].title, "Unu");
    assert_eq!((item.born, item.seq), (Seq(1), Seq(2)));
}

#[tokio::test]
async fn one_entry_twice_in_a_document_is_one_item() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let recorded = store
        .record(
            &held,
            visit(&held, vec![insert("1", "Unu"), insert("1", "Unu")]),
        )
        .await
        .unwrap();
    assert_eq!(recorded.inserted.len(), 1);
    let known = store
        .known(
            &held.source.id,
            &[
                vec![ItemKey::Url("https://a.ro/1".into())],
                vec![ItemKey::Guid("9".into())],
            ],
        )
        .unwrap();
    assert_eq!(known[0].as_ref().unwrap().id, recorded.inserted[0]);
    assert!(known[1].is_none());
}

#[tokio::test]
async fn nobody_touches_another_sources_item() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let id = store
        .record(&held, visit(&held, vec![insert("1", "Unu")]))
        .await
        .unwrap()
        .inserted[0];
    store
        .set_sources(vec![source("a"), source("b")], now())
        .await
        .unwrap();
    let other = store
        .lease_source("b".parse().unwrap(), now(), LEASE)
        .await
        .unwrap()
        .unwrap();
    let grab = Intent::Update {
        id,
        now: Box::new(understood("1", "Furat")),
        edit: true,
    };
    let recorded = store
        .record(
            &other,
            visit(
                &other,
                vec![grab, Intent::Withdraw { id }, insert("1", "Al meu")],
            ),
        )
        .await
        .unwrap();
    assert_eq!(store.item(id).unwrap().unwrap().title, "Unu");
    assert_eq!(
        recorded.inserted.len(),
        1,
        "the same guid elsewhere is another item"
    );
}

#[tokio::test]
async fn a_withdrawal_is_a_change_and_stays_known() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let id = store
        .record(&held, visit(&held, vec![insert("1", "Unu")]))
        .await
        .unwrap()
        .inserted[0];
    let held = lease(&store).await;
    store
        .record(&held, visit(&held, vec![Intent::Withdraw { id }]))
        .await
        .unwrap();
    assert_eq!(
        store.changes_after(Seq(1), 9).unwrap(),
        [Change::Removed { id, seq: Seq(2) }]
    );
    assert!(matches!(
        store.item(id).unwrap().unwrap().state,
        ItemState::Withdrawn(_)
    ));
    assert!(store.items(&[id]).unwrap().is_empty());
    assert_eq!(store.counts(now()).unwrap().items, 0);
}

#[tokio::test]
async fn a_renamed_or_hidden_source_renumbers_its_items() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let id = store
        .record(&held, visit(&held, vec![insert("1", "Unu")]))
        .await
        .unwrap()
        .inserted[0];
    let mut renamed = source("a");
    renamed.name = "Alt nume".into();
    store
        .set_sources(vec![renamed.clone()], now())
        .await
        .unwrap();
    let changes = store.changes_after(Seq(1), 9).unwrap();
    assert!(matches!(&changes[..], [Change::Item(item)] if item.source_name == "Alt nume"));
    renamed.private = true;
    store.set_sources(vec![renamed], now()).await.unwrap();
    assert!(matches!(
        store.changes_after(Seq(2), 9).unwrap()[..],
        [Change::Removed { .. }]
    ));
    assert!(store.item(id).unwrap().is_none());
}

#[tokio::test]
async fn summaries_leave_pages_to_fetch() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let mut part = understood("1", "Unu");
    part.draft.partial = true;
    let id = store
        .record(&held, visit(&held, vec![Intent::Insert(Box::new(part))]))
        .await
        .unwrap()
        .inserted[0];
    let jobs = store.lease_pages(now(), LEASE, 9).await.unwrap();
    assert_eq!(jobs.len(), 1);
    assert!(
        store.lease_pages(now(), LEASE, 9).await.unwrap().is_empty(),
        "leased"
    );
    let mut whole = understood("1", "Unu");
    whole.draft.text = "Tot textul".into();
    store
        .record_page(&jobs[0], PageOutcome::Read(Box::new(whole)), now())
        .await
        .unwrap();
    let item = store.item(id).unwrap().unwrap();
    assert_eq!(
        (item.text.as_str(), item.version),
        ("Tot textul", 1),
        "completing is no edit"
    );
    assert!(
        store
            .lease_pages(later(999), LEASE, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn sources_come_and_go_with_the_configuration() {
    let (_dir, store) = store_with_a().await;
    assert_eq!(store.lease_due(now(), LEASE, 9).await.unwrap().len(), 1);
    assert!(store.lease_due(now(), LEASE, 9).await.unwrap().is_empty());
    store.set_sources(vec![source("b")], now()).await.unwrap();
    let ids: Vec<_> = store
        .sources()
        .unwrap()
        .into_iter()
        .map(|record| record.source.id)
        .collect();
    assert_eq!(ids, ["b".parse().unwrap()]);
    let mut paused = source("b");
    paused.paused = true;
    store.set_sources(vec![paused], now()).await.unwrap();
    assert!(
        store
            .lease_due(later(9_999), LEASE, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(store.next_due(now()).unwrap(), None);
    store.set_sources(vec![source("b")], now()).await.unwrap();
    assert_eq!(store.lease_due(now(), LEASE, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_edition_is_published_once() {
    let (_dir, store) = store_with_a().await;
    let edition = Edition {
        digest: "all".parse().unwrap(),
        start: later(-86_400),
        end: now(),
        published: now(),
        through: Seq(0),
        body: serde_json::json!({"stories": []}),
        items: vec![crate::domain::ItemId::new(7)],
    };
    assert!(store.publish(edition.clone()).await.unwrap());
    let mut other = edition.clone();
    other.items = vec![crate::domain::ItemId::new(8)];
    assert!(!store.publish(other).await.unwrap());
    let published = store.editions(&edition.digest, 9).unwrap();
    assert_eq!(published, std::slice::from_ref(&edition));
    let asked = [crate::domain::ItemId::new(7), crate::domain::ItemId::new(8)];
    assert_eq!(store.delivered(&edition.digest, &asked).unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_writer_is_told_who_has_the_directory_and_a_reader_is_not_stopped() {
    let (dir, store) = store_with_a().await;
    let refused = Store::open(dir.path()).err().unwrap().to_string();
    assert!(
        refused.contains(&std::process::id().to_string()),
        "{refused}"
    );
    let reader = Store::open_for_reading(dir.path()).unwrap();
    assert_eq!(reader.sources().unwrap().len(), 1);
    assert!(matches!(
        reader.set_sources(Vec::new(), now()).await,
        Err(StoreError::ForReading)
    ));
    drop(store);
    Store::open(dir.path()).unwrap();
}

#[test]
fn a_damaged_store_is_said_to_be_damaged() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join("vesti.db"),
        "this is no database, whatever it is called".repeat(100),
    )
    .unwrap();
    let error = Store::open(dir.path()).err().unwrap();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

#[tokio::test]
async fn many_writers_share_flushes_and_numbers_stay_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sources: Vec<Source> = (0..40).map(|n| source(&format!("s{n}"))).collect();
    store.set_sources(sources, now()).await.unwrap();
    let leases = store.lease_due(now(), LEASE, 100).await.unwrap();
    let work = leases.iter().map(|lease| {
        store.record(
            lease,
            visit(
                lease,
                (0..5).map(|n| insert(&n.to_string(), "Titlu")).collect(),
            ),
        )
    });
    let seqs: Vec<Recorded> = futures::future::try_join_all(work).await.unwrap();
    assert_eq!(
        seqs.iter()
            .map(|recorded| recorded.inserted.len())
            .sum::<usize>(),
        200
    );
    let changes = store.changes_after(Seq(0), 1_000).unwrap();
    assert_eq!(changes.len(), 200);
    assert_eq!(*store.watch().borrow(), Seq(200));
    let state: SourceState = store.sources().unwrap()[0].state.clone();
    assert_eq!(state.phase, Phase::Healthy);
}
