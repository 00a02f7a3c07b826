//! What watches find and tell, as the store keeps it.

use super::*;
use crate::domain::{ItemId, Language, Rhythm, StaffId, WatchId, WatchSpec};

fn spec(name: &str) -> WatchSpec {
    WatchSpec {
        name: name.into(),
        lang: Language::RO,
        search: Vec::new(),
        items: true,
        edits: true,
        notices: None,
        rhythm: Rhythm::AtOnce,
        quiet: None,
        feed: true,
        hook: Some(crate::domain::Hook {
            url: "https://hooks.example/".parse().unwrap(),
            format: crate::domain::HookFormat::Json,
            room: None,
            access: None,
        }),
        paused: false,
    }
}

async fn watch(store: &Store, name: &str) -> WatchId {
    let secrets = (format!("token-{name}"), "whsec_AAAA".into());
    store
        .add_watch((StaffId(1), "ana".into()), spec(name), secrets, now())
        .await
        .unwrap()
}

fn progress(store: &Store, id: WatchId) -> Progress {
    let all = store.watches().unwrap();
    all.into_iter().find(|(watch, _)| watch.id == id).unwrap().1
}

fn found(items: &[u64], matters: &[u64], through: (u64, u64)) -> Collected {
    Collected {
        items: items.iter().map(|id| ItemId::new(*id)).collect(),
        matters: matters.to_vec(),
        happenings: Vec::new(),
        through,
    }
}

async fn tell(store: &Store, id: WatchId) -> Option<i64> {
    let numbers = store
        .watch_waiting(id)
        .unwrap()
        .iter()
        .map(|found| found.number)
        .collect();
    let body = Some(serde_json::json!({"id": "watch-1-1"}));
    store
        .tell_watch(id, numbers, Vec::new(), body, now())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_found_is_told_once_whatever_happens_in_between() {
    let (dir, store) = store_with_a().await;
    let id = watch(&store, "a").await;
    let from = progress(&store, id);
    assert_eq!(
        store
            .watch_found(id, from, found(&[1, 2], &[7], (7, 0)), now())
            .await
            .unwrap(),
        3
    );
    assert_eq!(
        store
            .watch_found(id, from, found(&[1, 2], &[7], (7, 0)), now())
            .await
            .unwrap(),
        0,
        "it was looked at already"
    );
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    let from = progress(&store, id);
    assert_eq!(
        store
            .watch_found(id, from, found(&[2, 3], &[], (7, 0)), now())
            .await
            .unwrap(),
        1,
        "one is known"
    );
    let waiting = store.watch_waiting(id).unwrap();
    let things: Vec<Thing> = waiting.iter().map(|found| found.thing).collect();
    let item = |id| Thing::Item(ItemId::new(id));
    assert_eq!(things, [item(1), item(2), Thing::Matter(7), item(3)]);
    let bulletin = tell(&store, id).await.unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert!(store.watch_waiting(id).unwrap().is_empty());
    assert_eq!(store.bulletins(id, 10).unwrap()[0].id, bulletin);
    let letters = store.outbox_by_group(Channel::Hook, now()).unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(
        letters[0].read(),
        Some(HookJob::Bulletin {
            watch: id,
            bulletin
        })
    );
    let again = store
        .tell_watch(id, vec![waiting[0].number], Vec::new(), None, now())
        .await;
    assert!(again.is_err(), "told already");
}

#[tokio::test]
async fn a_watch_that_goes_on_after_a_pause_begins_anew() {
    let (_dir, store) = store_with_a().await;
    let id = watch(&store, "a").await;
    let before = progress(&store, id);
    let paused = WatchSpec {
        paused: true,
        ..spec("a")
    };
    assert!(
        store
            .set_watch(id, paused, "ana".into(), now())
            .await
            .unwrap()
    );
    let held = lease(&store).await;
    store
        .record(&held, visit(&held, vec![insert("1", "Unu")]))
        .await
        .unwrap();
    assert_eq!(progress(&store, id).began, before.began);
    assert!(
        store
            .set_watch(id, spec("a"), "ana".into(), now())
            .await
            .unwrap()
    );
    assert!(progress(&store, id).began > before.began);
    assert_eq!(
        store
            .watch_found(id, before, found(&[1], &[], (0, 0)), now())
            .await
            .unwrap(),
        0,
        "looked for before it began anew"
    );
}

#[tokio::test]
async fn a_watch_that_looks_for_something_else_begins_anew() {
    let (_dir, store) = store_with_a().await;
    let id = watch(&store, "a").await;
    let before = progress(&store, id);
    let held = lease(&store).await;
    store
        .record(&held, visit(&held, vec![insert("1", "Unu")]))
        .await
        .unwrap();
    let set = async |spec| {
        store
            .set_watch(id, spec, "ana".into(), now())
            .await
            .unwrap()
    };
    let renamed = WatchSpec {
        name: "altfel".into(),
        ..spec("a")
    };
    assert!(set(renamed).await);
    assert_eq!(progress(&store, id), before, "a name finds nothing");
    let other = WatchSpec {
        search: vec![("kind".into(), "call".into())],
        ..spec("a")
    };
    assert!(set(other).await);
    assert!(progress(&store, id).began > before.began);
}

#[tokio::test]
async fn each_watch_has_its_own_turn_and_one_that_is_deleted_leaves_nothing() {
    let (_dir, store) = store_with_a().await;
    let (one, two) = (watch(&store, "a").await, watch(&store, "b").await);
    for id in [one, two] {
        for item in [1, 2] {
            store
                .watch_found(id, progress(&store, id), found(&[item], &[], (0, 0)), now())
                .await
                .unwrap();
            tell(&store, id).await.unwrap();
        }
    }
    let due = store.outbox_by_group(Channel::Hook, now()).unwrap();
    let watches: Vec<WatchId> = due
        .iter()
        .map(|parcel| parcel.read::<HookJob>().unwrap().watch())
        .collect();
    assert_eq!(watches, [one, two], "the longest due of each");
    store.settle(due[0].id, Fate::Sent, now()).await.unwrap();
    store
        .settle(due[1].id, Fate::Again(later(60), "500".into()), now())
        .await
        .unwrap();
    let log = store.posted_under(&format!("hook/{two}/"), 10).unwrap();
    assert_eq!(log.len(), 2);
    assert_eq!(log[1].note.as_deref(), Some("500"));
    assert!(log[0].due.is_some() && !log[0].sent);
    store.set_hook_off(two, Some("410".into())).await.unwrap();
    assert_eq!(
        store.watch_of(two).unwrap().unwrap().off.as_deref(),
        Some("410")
    );
    assert!(
        store
            .posted_under(&format!("hook/{two}/"), 10)
            .unwrap()
            .iter()
            .all(|letter| letter.due.is_none())
    );
    assert!(store.delete_watch(one, "ana".into(), now()).await.unwrap());
    assert!(
        store
            .posted_under(&format!("hook/{one}/"), 10)
            .unwrap()
            .is_empty()
    );
    assert!(store.bulletins(one, 10).unwrap().is_empty());
    assert!(store.watch_by_token("token-a").unwrap().is_none());
    assert!(!store.delete_watch(one, "ana".into(), now()).await.unwrap());
}

#[tokio::test]
async fn a_message_that_was_taken_is_not_sent_again_after_a_kill() {
    let (dir, store) = store_with_a().await;
    let id = watch(&store, "a").await;
    store
        .watch_found(id, progress(&store, id), found(&[1], &[], (0, 0)), now())
        .await
        .unwrap();
    tell(&store, id).await.unwrap();
    let parcel = store
        .outbox_by_group(Channel::Hook, now())
        .unwrap()
        .remove(0);
    store
        .brink()
        .unwrap()
        .step_in(Channel::Hook, 5, parcel.id, parcel.tries)
        .unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert!(
        store
            .outbox_by_group(Channel::Hook, now())
            .unwrap()
            .is_empty()
    );
    assert_eq!(store.waiting(Channel::Hook).unwrap(), 0);
}
