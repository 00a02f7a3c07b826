//! Items that tell the same become a story as they are recorded.

use super::super::stories::sketch_of;
use super::*;
use crate::domain::{Item, ItemId, StoryId};

const CALL: &str = "Fundația lansează apelul de proiecte pentru serviciile sociale din mediul rural. \
    Organizațiile neguvernamentale din județele Iași și Vaslui pot cere finanțare de până la 50.000 de lei. \
    Cererile se trimit până pe 15 martie la adresa de corespondență a fundației, iar rezultatele se anunță în aprilie.";
const OTHER: &str = "Concertul caritabil de sâmbătă a strâns bani pentru o rampă la școala din cartier. Elevii au cântat colinde, \
    iar părinții au vândut prăjituri. Directorul le-a mulțumit tuturor și i-a invitat la deschiderea rampei, la primăvară.";

async fn house() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let mut hidden = source("hidden");
    hidden.private = true;
    let sources = vec![source("a"), source("b"), source("c"), hidden];
    store.set_sources(sources, now()).await.unwrap();
    (dir, store)
}

fn telling(guid: &str, title: &str, text: &str, hours: i64) -> Understood {
    let mut item = understood(guid, title);
    item.draft.text = text.into();
    item.draft.published = Some(later(hours * 3600 - 400_000));
    item.sketch = crate::understanding::stories::sketch(&crate::understanding::stories::Facts {
        title,
        text,
        url: Some(&item.url),
        ..Default::default()
    });
    item
}

async fn record(store: &Store, source: &str, intents: Vec<Intent>) -> Recorded {
    let held = store.lease_source(source.parse().unwrap(), now(), LEASE);
    let held = held.await.unwrap().unwrap();
    store.record(&held, visit(&held, intents)).await.unwrap()
}

async fn tell(store: &Store, source: &str, title: &str, text: &str, hours: i64) -> ItemId {
    let item = telling(&format!("{source}{hours}"), title, text, hours);
    let intents = vec![Intent::Insert(Box::new(item))];
    record(store, source, intents).await.inserted[0]
}

fn item(store: &Store, id: ItemId) -> Item {
    store.item(id).unwrap().unwrap()
}

fn alone(item: &Item) -> bool {
    item.story == StoryId::new(item.id.get())
}

fn size(store: &Store, id: ItemId) -> u32 {
    let story = item(store, id).story;
    store.story_sizes(&[story]).unwrap()[&story]
}

#[tokio::test]
async fn copies_become_a_story_and_who_follows_hears_of_it() {
    let (_dir, store) = house().await;
    let first = tell(&store, "a", "Apel de proiecte rurale", CALL, 1).await;
    let other = tell(&store, "b", "Concert caritabil", OTHER, 1).await;
    assert!(alone(&item(&store, first)));
    let seq = store.seq();
    let copy = tell(&store, "b", "Apel de proiecte pentru sate", CALL, 5).await;
    assert_eq!(item(&store, first).story, item(&store, copy).story);
    assert!(!alone(&item(&store, first)) && alone(&item(&store, other)));
    assert_eq!(size(&store, copy), 2);
    let changed = store.changes_after(seq, 10).unwrap();
    assert_eq!(changed.len(), 2, "the first has a story of two now");
    assert_eq!(
        store.head().unwrap().seq,
        item(&store, first).seq.max(item(&store, copy).seq)
    );
}

#[tokio::test]
async fn stories_are_the_same_whatever_came_first() {
    let items = [
        ("a", "Apel de proiecte rurale", CALL, 1),
        ("b", "Apel de proiecte pentru sate", CALL, 5),
        ("c", "Concert caritabil", OTHER, 2),
        ("b", "Concert pentru o rampă", OTHER, 9),
        ("c", "Apel de proiecte", CALL, 7),
    ];
    let mut told = Vec::new();
    for turn in 0..items.len() {
        let (_dir, store) = house().await;
        let mut turned = items;
        turned.rotate_left(turn);
        for (source, title, text, hours) in turned {
            tell(&store, source, title, text, hours).await;
        }
        let mut stories: Vec<(ItemId, StoryId)> = store
            .changes_after(Seq(0), 99)
            .unwrap()
            .into_iter()
            .filter_map(|change| match change {
                Change::Item(item) => Some((item.id, item.story)),
                Change::Removed { .. } => None,
            })
            .collect();
        stories.sort_unstable();
        told.push(stories);
    }
    assert!(told.iter().all(|stories| *stories == told[0]), "{told:?}");
    let mut stories: Vec<StoryId> = told[0].iter().map(|(_, story)| *story).collect();
    stories.sort_unstable();
    stories.dedup();
    assert_eq!(stories.len(), 2);
}

#[tokio::test]
async fn what_is_taken_back_or_rewritten_leaves_its_story() {
    let (_dir, store) = house().await;
    let first = tell(&store, "a", "Apel de proiecte rurale", CALL, 1).await;
    let copy = tell(&store, "b", "Apel de proiecte pentru sate", CALL, 5).await;
    record(&store, "b", vec![Intent::Withdraw { id: copy }]).await;
    assert!(alone(&item(&store, first)));
    let back = Intent::Update {
        id: copy,
        now: Box::new(telling("b5", "Apel de proiecte pentru sate", CALL, 5)),
        edit: false,
    };
    record(&store, "b", vec![back]).await;
    assert_eq!(size(&store, first), 2);
    let edit = Intent::Update {
        id: copy,
        now: Box::new(telling("b5", "Concert caritabil", OTHER, 5)),
        edit: true,
    };
    record(&store, "b", vec![edit]).await;
    assert!(alone(&item(&store, first)) && alone(&item(&store, copy)));
}

#[tokio::test]
async fn what_a_source_tells_again_replaces_what_it_told() {
    let (_dir, store) = house().await;
    let newer = tell(&store, "a", "Apel de proiecte rurale", CALL, 30).await;
    let older = tell(&store, "a", "Apel de proiecte rurale", CALL, 1).await;
    let latest = tell(&store, "a", "Apel de proiecte rurale", CALL, 50).await;
    assert_eq!(item(&store, older).newer, Some(latest));
    assert_eq!(item(&store, newer).newer, Some(latest));
    assert_eq!(item(&store, latest).newer, None);
    assert_eq!(size(&store, older), 3);
    record(&store, "a", vec![Intent::Withdraw { id: latest }]).await;
    assert_eq!(item(&store, older).newer, Some(newer));
}

#[tokio::test]
async fn items_of_private_sources_are_not_counted() {
    let (_dir, store) = house().await;
    let first = tell(&store, "a", "Apel de proiecte rurale", CALL, 1).await;
    tell(&store, "hidden", "Apel de proiecte pentru sate", CALL, 5).await;
    assert_eq!(size(&store, first), 1);
}

#[tokio::test]
async fn a_version_in_easy_language_is_linked_and_no_part_of_the_story() {
    let (_dir, store) = house().await;
    let title = "Apel de proiecte pentru servicii rurale";
    let plain = tell(&store, "a", title, CALL, 1).await;
    let easy_text =
        "Fundația dă bani. Banii sunt pentru organizații. Organizațiile ajută oameni de la sat.";
    let easy = tell(
        &store,
        "a",
        &format!("{title} – ușor de citit"),
        easy_text,
        3,
    )
    .await;
    assert!(alone(&item(&store, plain)) && alone(&item(&store, easy)));
    let versions = |id| -> Vec<ItemId> {
        let versions = store.easy_versions(id).unwrap().into_iter();
        versions.map(|item| item.id).collect()
    };
    assert_eq!(versions(plain), [easy]);
    assert_eq!(versions(easy), [plain]);
}

#[tokio::test]
async fn a_source_that_floods_hides_no_story() {
    let (_dir, store) = house().await;
    let first = tell(&store, "a", "Apel de proiecte rurale", CALL, 1).await;
    let flood = (0..200).map(|number| {
        let title = format!("Apel de proiecte rurale {}", number % 7);
        Intent::Insert(Box::new(telling(
            &format!("flood{number}"),
            &title,
            CALL,
            2,
        )))
    });
    record(&store, "c", flood.collect()).await;
    let copy = tell(&store, "b", "Apel de proiecte pentru sate", CALL, 5).await;
    assert_eq!(item(&store, first).story, item(&store, copy).story);
    let other = tell(&store, "b", "Concert caritabil", OTHER, 6).await;
    assert!(alone(&item(&store, other)));
}

#[tokio::test]
async fn what_was_recorded_before_there_were_stories_is_put_into_them() {
    let (_dir, store) = house().await;
    let first = tell(&store, "a", "Apel de proiecte rurale", CALL, 1).await;
    let copy = tell(&store, "b", "Apel de proiecte pentru sate", CALL, 5).await;
    let other = tell(&store, "c", "Concert caritabil", OTHER, 5).await;
    let story = item(&store, first).story;
    store
        .write(|connection| {
            connection.execute_batch(
                "DELETE FROM sketch; DELETE FROM story_link; UPDATE item SET story = id; \
                 UPDATE unsettled SET row = (SELECT max(row) FROM item)",
            )?;
            Ok(())
        })
        .await
        .unwrap();
    assert!(alone(&item(&store, copy)));
    let mut rounds = 0;
    while store.settle_stories(2).await.unwrap() {
        rounds += 1;
    }
    assert_eq!(rounds, 1);
    assert_eq!(item(&store, first).story, story);
    assert_eq!(item(&store, copy).story, story);
    assert!(alone(&item(&store, other)));
    assert_ne!(
        sketch_of(&item(&store, other)),
        sketch_of(&item(&store, copy))
    );
}
