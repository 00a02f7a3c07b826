//! What calendars are told, across documents that are read and older stores.

use super::super::rows::to_json;
use super::*;
use crate::domain::{Attachment, CalendarDate, Dated, Deadline, FileState, ItemKey, Precision};

fn deadline(at: &str) -> Deadline {
    Deadline {
        at: at.parse().unwrap(),
        precision: Precision::Day,
        evidence: "Termen".into(),
    }
}

fn of(store: &Store, guid: &str) -> Vec<Dated> {
    let id = ItemKey::Guid(guid.into()).item_id(&"a".parse().unwrap());
    store.dates(&[id]).unwrap().remove(&id).unwrap()
}

#[tokio::test]
async fn a_deadline_that_only_a_document_names_is_told_and_moves() {
    let (_dir, store) = store_with_a().await;
    let mut item = understood("1", "Ghid");
    let file = Url::parse("https://a.ro/ghid.pdf").unwrap();
    item.draft.attachments = vec![Attachment {
        url: file,
        r#type: None,
        title: None,
    }];
    let held = lease(&store).await;
    let intents = vec![Intent::Insert(Box::new(item.clone()))];
    store.record(&held, visit(&held, intents)).await.unwrap();
    assert_eq!(of(&store, "1"), []);
    let jobs = store
        .lease_pages(later(60), Duration::from_mins(1), 5)
        .await
        .unwrap();
    assert_eq!(jobs.len(), 1);
    let read = ReadFile {
        state: FileState::Read,
        deadline: Some(deadline("2026-12-15T21:59:59Z")),
        ..ReadFile::silent(FileState::Read)
    };
    let outcome = PageOutcome::File(Box::new(read));
    store
        .record_page(&jobs[0], outcome, later(90))
        .await
        .unwrap();
    let told = of(&store, "1");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].sequence, told[0].changed), (0, later(90)));
    // The page comes to name another one, which counts more.
    item.deadline = Some(deadline("2026-12-20T21:59:59Z"));
    let id = told[0].item;
    let held = store
        .lease_source("a".parse().unwrap(), later(7200), Duration::from_mins(1))
        .await
        .unwrap()
        .unwrap();
    let update = Intent::Update {
        id,
        now: Box::new(item),
        edit: false,
    };
    let mut later_visit = visit(&held, vec![update]);
    later_visit.at = later(7200);
    store.record(&held, later_visit).await.unwrap();
    let told = of(&store, "1");
    assert_eq!((told[0].sequence, told[0].changed), (1, later(7200)));
    let CalendarDate::Deadline(own) = &told[0].date else {
        panic!("{told:?}")
    };
    assert_eq!(own.at.to_string(), "2026-12-20T21:59:59Z");
}

#[tokio::test]
async fn an_older_store_goes_on_counting_where_it_stood() {
    let (dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let mut dated = understood("1", "Apel");
    dated.deadline = Some(deadline("2026-12-15T21:59:59Z"));
    let intents = vec![Intent::Insert(Box::new(dated)), insert("2", "Fără termen")];
    store.record(&held, visit(&held, intents)).await.unwrap();
    drop(store);
    // As it was before calendars were noted, after two edits and a withdrawal.
    let connection = Connection::open(dir.path().join("vesti.db")).unwrap();
    let step = schema::step_of("CREATE TABLE calendar");
    connection
        .execute_batch("DROP TABLE calendar; DROP INDEX item_first_seen;")
        .unwrap();
    connection
        .execute(
            "UPDATE item SET version = 3, withdrawn = ?1, updated = ?1",
            [later(60).as_millisecond()],
        )
        .unwrap();
    connection.execute_batch(step).unwrap();
    drop(connection);
    let store = Store::open(dir.path()).unwrap();
    let told = of(&store, "1");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].sequence, told[0].cancelled), (3, Some(later(60))));
    assert!(to_json(&told[0].date).unwrap().contains("2026-12-15"));
    assert_eq!(of(&store, "2"), []);
    let called_off = store.called_off(now(), 10).unwrap();
    assert_eq!(called_off.len(), 1);
}
