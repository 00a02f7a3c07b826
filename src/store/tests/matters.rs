//! What mattered in edits, as the store notes it.

use super::*;
use crate::domain::{Deadline, ItemId, Matter};

fn due(day: &str) -> Deadline {
    Deadline {
        at: format!("{day}T21:59:59Z").parse().unwrap(),
        precision: Precision::Day,
        evidence: format!("Termen: {day}"),
    }
}

fn says(text: &str, deadline: Option<&str>) -> Understood {
    let mut item = understood("1", "Apel de proiecte");
    item.draft.text = text.into();
    item.deadline = deadline.map(due);
    item
}

async fn put(store: &Store, intent: Intent) -> Recorded {
    let held = lease(store).await;
    store
        .record(&held, visit(&held, vec![intent]))
        .await
        .unwrap()
}

async fn edited(store: &Store, id: ItemId, item: Understood) {
    let intent = Intent::Update {
        id,
        now: Box::new(item),
        edit: true,
    };
    put(store, intent).await;
}

fn words(store: &Store, id: ItemId) -> Vec<&'static str> {
    let edits = store.matters_of(id).unwrap();
    edits
        .iter()
        .rev()
        .flat_map(|edit| edit.what.iter().map(Matter::word))
        .collect()
}

#[tokio::test]
async fn an_edit_and_what_mattered_in_it_are_recorded_together() {
    let (dir, store) = store_with_a().await;
    let new = says("Termen: 25 noiembrie.", Some("2026-11-25"));
    let id = put(&store, Intent::Insert(Box::new(new))).await.inserted[0];
    assert!(words(&store, id).is_empty());
    edited(
        &store,
        id,
        says("Termen: 10 decembrie.", Some("2026-12-10")),
    )
    .await;
    edited(
        &store,
        id,
        says("Termen: 10 decembrie. Succes!", Some("2026-12-10")),
    )
    .await;
    put(&store, Intent::Withdraw { id }).await;
    edited(
        &store,
        id,
        says(
            "Termen: 10 decembrie. Apelul a fost anulat.",
            Some("2026-12-10"),
        ),
    )
    .await;
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(
        words(&store, id),
        ["deadline_moved", "withdrawn", "returned", "cancelled"]
    );
    let all = store.matters_after(0, 10).unwrap();
    assert_eq!(
        all.iter().map(|edit| edit.version).collect::<Vec<_>>(),
        [1, 3, 3, 3]
    );
    let after: Vec<u64> = store
        .matters_after(all[1].number, 10)
        .unwrap()
        .iter()
        .map(|edit| edit.number)
        .collect();
    assert_eq!(after, [all[2].number, all[3].number]);
    let latest = store.matters(Some(all[3].number), 2).unwrap();
    assert_eq!(latest[0].0.number, all[2].number, "newest first");
    assert_eq!(latest[0].1.id, id);
    assert_eq!(
        store.edited(None, 10).unwrap().len(),
        3,
        "edits that matter to nobody are edits too"
    );
}

#[tokio::test]
async fn an_edit_of_which_only_the_beginning_is_known_waits_for_its_page() {
    let (_dir, store) = store_with_a().await;
    let whole = "Buget total: 50.000 lei.";
    let id = put(
        &store,
        Intent::Insert(Box::new(says(whole, Some("2026-11-25")))),
    )
    .await
    .inserted[0];
    let mut begins = says("Apel nou…", None);
    begins.draft.partial = true;
    edited(&store, id, begins.clone()).await;
    edited(&store, id, begins).await;
    assert!(words(&store, id).is_empty(), "a part leaves things out");
    let job = store.lease_pages(now(), LEASE, 1).await.unwrap().remove(0);
    let read = says(
        "Buget total: 80.000 lei. Termen: 1 decembrie.",
        Some("2026-12-01"),
    );
    store
        .record_page(&job, PageOutcome::Read(Box::new(read)), now())
        .await
        .unwrap();
    assert_eq!(words(&store, id), ["deadline_moved", "amount_changed"]);
    assert_eq!(
        store.matters_of(id).unwrap()[0].version,
        1,
        "what was known before both edits"
    );
}

#[tokio::test]
async fn reading_better_is_no_edit() {
    let (_dir, store) = store_with_a().await;
    let mut begins = says("Apel nou…", None);
    begins.draft.partial = true;
    let id = put(&store, Intent::Insert(Box::new(begins.clone())))
        .await
        .inserted[0];
    begins.draft.text = "Apel nou, cu detalii…".into();
    edited(&store, id, begins).await;
    let job = store.lease_pages(now(), LEASE, 1).await.unwrap().remove(0);
    let read = says(
        "Apelul este suspendat. Termen: 1 decembrie.",
        Some("2026-12-01"),
    );
    store
        .record_page(&job, PageOutcome::Read(Box::new(read)), now())
        .await
        .unwrap();
    assert!(words(&store, id).is_empty(), "{:?}", words(&store, id));
}
