//! What is thrown away, and what is not.

use super::*;
use crate::config::Retention;
use crate::domain::{Attachment, Deadline, FileState, Item, ItemId};

fn day(number: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * number)
}

fn rules() -> Retention {
    Retention {
        items_days: Some(30),
        ..Retention::default()
    }
}

/// An item that is dated and seen on a day.
fn of_day(number: i64, guid: &str) -> Understood {
    let mut item = understood(guid, guid);
    item.draft.published = Some(day(number));
    item.draft.text = format!("Anunțul {guid}. ").repeat(40);
    item
}

async fn record(store: &Store, number: i64, intents: Vec<Intent>) -> Recorded {
    let held = store
        .lease_source("a".parse().unwrap(), day(number), LEASE)
        .await
        .unwrap()
        .unwrap();
    let mut visit = visit(&held, intents);
    visit.at = day(number);
    visit.log.at = day(number);
    store.record(&held, visit).await.unwrap()
}

async fn insert_on(store: &Store, number: i64, item: Understood) -> ItemId {
    record(store, number, vec![Intent::Insert(Box::new(item))])
        .await
        .inserted[0]
}

/// All rounds of one look.
async fn sweep(store: &Store, rules: &Retention, number: i64) -> Swept {
    let mut all = Swept::default();
    loop {
        let swept = store.sweep(rules, day(number)).await.unwrap();
        if swept.total() == 0 {
            return all;
        }
        all.add(swept);
    }
}

fn item(store: &Store, id: ItemId) -> Option<Item> {
    store.item(id).unwrap()
}

#[tokio::test]
async fn an_old_item_goes_whoever_follows_hears_of_it_and_it_never_comes_back() {
    let (_dir, store) = store_with_a().await;
    let old = insert_on(&store, 0, of_day(0, "vechi")).await;
    let new = insert_on(&store, 20, of_day(20, "nou")).await;
    let before = store.head().unwrap().seq;
    assert_eq!(
        sweep(&store, &Retention::default(), 5_000).await.items,
        0,
        "for ever is the default"
    );
    assert_eq!(sweep(&store, &rules(), 31).await.items, 1);
    assert!(item(&store, old).is_none());
    assert!(item(&store, new).is_some());
    assert_eq!(store.counts(now()).unwrap().items, 1);
    let changes = store.changes_after(before, 10).unwrap();
    assert!(
        matches!(&changes[..], [Change::Removed { id, seq }] if *id == old && *seq == store.head().unwrap().seq),
        "{changes:?}"
    );
    // Its source still lists it, and has edited it.
    let again = record(
        &store,
        32,
        vec![Intent::Insert(Box::new(of_day(0, "vechi")))],
    )
    .await;
    assert!(again.inserted.is_empty());
    assert_eq!(store.counts(now()).unwrap().items, 1);
    assert_eq!(sweep(&store, &rules(), 32).await.items, 0);
}

#[tokio::test]
async fn changes_come_in_order_and_whole_in_whatever_portions_they_are_asked_for() {
    let (_dir, store) = store_with_a().await;
    for number in 0..8 {
        insert_on(
            &store,
            number * 10,
            of_day(number * 10, &number.to_string()),
        )
        .await;
    }
    sweep(&store, &rules(), 75).await;
    insert_on(&store, 76, of_day(76, "ultimul")).await;
    let all: Vec<Seq> = numbers(&store.changes_after(Seq(0), 100).unwrap());
    assert!(all.is_sorted() && all.len() == 9, "{all:?}");
    for most in 1..5 {
        let mut seen = Vec::new();
        let mut at = Seq(0);
        loop {
            let some = numbers(&store.changes_after(at, most).unwrap());
            let Some(last) = some.last() else { break };
            at = *last;
            seen.extend(some);
        }
        assert_eq!(seen, all, "{most}");
    }
}

fn numbers(changes: &[Change]) -> Vec<Seq> {
    changes
        .iter()
        .map(|change| match change {
            Change::Item(item) => item.seq,
            Change::Removed { seq, .. } => *seq,
        })
        .collect()
}

#[tokio::test]
async fn what_somebody_may_still_need_stays() {
    let (_dir, store) = store_with_a().await;
    let mut open = of_day(0, "deschis");
    open.deadline = Some(Deadline {
        at: day(200),
        precision: Precision::Day,
        evidence: "până la".into(),
    });
    let open = insert_on(&store, 0, open).await;
    let starred = insert_on(&store, 1, of_day(1, "stea")).await;
    let plain = insert_on(&store, 2, of_day(2, "simplu")).await;
    store
        .write(move |connection| {
            connection.execute(
                "INSERT INTO reader_star SELECT 1, pos FROM entry WHERE id = ?",
                [starred.get().cast_signed()],
            )?;
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(sweep(&store, &rules(), 100).await.items, 1);
    assert!(item(&store, open).is_some() && item(&store, starred).is_some());
    assert!(item(&store, plain).is_none());
    // Once the deadline is past for as long, it goes as well.
    assert_eq!(sweep(&store, &rules(), 231).await.items, 1);
    assert!(item(&store, open).is_none());
}

#[tokio::test]
async fn an_index_that_slept_for_longer_than_stones_lie_must_begin_anew() {
    let (_dir, store) = store_with_a().await;
    insert_on(&store, 0, of_day(0, "vechi")).await;
    sweep(&store, &rules(), 40).await;
    let forgotten = store.head().unwrap().seq;
    assert_eq!(store.head().unwrap().purged_through, Seq(0));
    // The last change of all stays: followers look for it.
    assert_eq!(sweep(&store, &rules(), 72).await.stones, 0);
    insert_on(&store, 72, of_day(72, "nou")).await;
    assert_eq!(sweep(&store, &rules(), 73).await.stones, 1);
    assert_eq!(store.head().unwrap().purged_through, forgotten);
    assert_eq!(store.changes_after(Seq(0), 10).unwrap().len(), 1);
}

#[tokio::test]
async fn texts_of_what_was_taken_back_and_of_documents_go_and_the_rest_stays() {
    let (_dir, store) = store_with_a().await;
    let mut with_file = of_day(0, "fișier");
    with_file.draft.attachments = vec![Attachment {
        url: Url::parse("https://a.ro/ghid.pdf").unwrap(),
        r#type: Some("application/pdf".into()),
        title: None,
    }];
    let with_file = insert_on(&store, 0, with_file).await;
    let back = insert_on(&store, 1, of_day(1, "retras")).await;
    let jobs = store.lease_pages(day(1), LEASE, 10).await.unwrap();
    let mut read = ReadFile::silent(FileState::Read);
    read.text = "Ghidul solicitantului".into();
    store
        .record_page(&jobs[0], PageOutcome::File(Box::new(read)), day(1))
        .await
        .unwrap();
    record(&store, 2, vec![Intent::Withdraw { id: back }]).await;
    let rules = Retention {
        withdrawn_days: Some(10),
        files_days: Some(20),
        ..Retention::default()
    };
    let before = store.head().unwrap().seq;
    sweep(&store, &rules, 11).await;
    assert!(!item(&store, back).unwrap().text.is_empty());
    sweep(&store, &rules, 13).await;
    let kept = item(&store, back).unwrap();
    assert!(kept.text.is_empty() && kept.excerpt.is_empty());
    assert_eq!(kept.title, "retras");
    assert_eq!(
        item(&store, with_file).unwrap().files[0].text,
        "Ghidul solicitantului"
    );
    sweep(&store, &rules, 21).await;
    let kept = item(&store, with_file).unwrap();
    assert!(kept.files[0].text.is_empty() && !kept.text.is_empty());
    // The index has the words of the document: it has to hear.
    assert_eq!(
        numbers(&store.changes_after(before, 10).unwrap()),
        [kept.seq]
    );
    assert_eq!(sweep(&store, &rules, 21).await.total(), 0);
}

#[tokio::test]
async fn as_many_versions_are_kept_as_the_rules_say() {
    let (_dir, store) = store_with_a().await;
    let id = insert_on(&store, 0, of_day(0, "text")).await;
    let edit = |number: i64| {
        let mut item = of_day(0, "text");
        item.draft.text = format!("Ediția {number}");
        Intent::Update {
            id,
            now: Box::new(item),
            edit: true,
        }
    };
    let versions = |store: &Store| {
        let all = store.versions(id).unwrap();
        all.iter()
            .map(|version| version.version)
            .collect::<Vec<_>>()
    };
    for number in 1..6 {
        record(&store, number, vec![edit(number)]).await;
    }
    assert_eq!(versions(&store), [5, 4, 3, 2, 1]);
    let few = Retention {
        versions: 2,
        ..Retention::default()
    };
    assert_eq!(sweep(&store, &few, 6).await.versions, 3);
    assert_eq!(versions(&store), [5, 4]);
    record(&store, 7, vec![edit(7)]).await;
    assert_eq!(versions(&store), [6, 5]);
    // More are wanted again: from now on.
    sweep(&store, &Retention::default(), 8).await;
    record(&store, 8, vec![edit(8)]).await;
    assert_eq!(versions(&store), [7, 6, 5]);
}

#[tokio::test]
async fn a_store_that_forgets_stops_growing() {
    let (dir, store) = store_with_a().await;
    let rules = Retention {
        items_days: Some(30),
        visits_days: 30,
        ..Retention::default()
    };
    let mut sizes = Vec::new();
    for number in 0..360 {
        let mut intents: Vec<Intent> = (0..3)
            .map(|nth| Intent::Insert(Box::new(of_day(number, &format!("{number}-{nth}")))))
            .collect();
        for intent in &mut intents {
            if let Intent::Insert(item) = intent {
                item.draft.text = item.draft.text.repeat(8);
            }
        }
        record(&store, number, intents).await;
        if number % 5 == 4 {
            sweep(&store, &rules, number).await;
        }
        if number % 60 == 59 {
            sizes.push(store.health(day(number)).unwrap().bytes);
        }
    }
    drop(store);
    let file = std::fs::metadata(dir.path().join("vesti.db"))
        .unwrap()
        .len();
    eprintln!("bytes after each 60 of 360 days, items kept for 30: {sizes:?}, in the end {file}");
    // What grows are the keys by which forgotten items are known.
    let (settled, end) = (sizes[1], sizes[5]);
    assert!(end < settled + settled / 4, "{sizes:?}");
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(
        store.counts(day(360)).unwrap().items,
        93,
        "three for each of the last 31 days"
    );
    assert!(store.visits(&"a".parse().unwrap(), 1_000).unwrap().len() <= 36);
}
