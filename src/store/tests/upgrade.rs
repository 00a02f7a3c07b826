//! Stores of every earlier format, brought to the current one.

use super::*;
use crate::store::schema::{self, FORMAT};
use rusqlite::Connection;

/// A store of an earlier format, as that version left it: one source, one item with a version, and what else the format has.
fn of_format(format: u32) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let connection = Connection::open(dir.path().join("vesti.db")).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL;")
        .unwrap();
    let mut fill = vec![(
        1,
        "INSERT INTO source (id, listed, name, country, role, private, spec, state, phase, visited, items)
         VALUES ('a', 1, 'A', 'RO', 'member', 0, '{}', '{}', 'healthy', 1, 2);
         INSERT INTO item (row, id, seq, born, version, source, url, canonical, guid, title, excerpt, lang, confidence, published, precision, sort_at,
             first_seen, kind, topics, deadline, attachments, story, archive, content_hash)
         VALUES (1, 11, 1, 1, 2, 'a', 'https://a.ro/1', 'https://a.ro/1', 'g1', 'Unu', 'e', 'ro', 0.9, 1000, 'second', 1000, 2000, 'call', '[\"housing\"]',
             '{\"at\":\"2026-12-01T00:00:00Z\",\"precision\":\"day\",\"evidence\":\"până la 1 decembrie\"}', '[]', 11, 0, 'h'),
            (2, 12, 2, 2, 1, 'a', 'https://a.ro/2', 'https://a.ro/2', 'g2', 'Doi', 'e', NULL, NULL, NULL, 'none', 3000, 3000, 'news', '[]', NULL, '[]', 12, 1, 'h');
         INSERT INTO body VALUES (1, 'Textul unu', NULL), (2, 'Textul doi', '<p>Textul doi</p>');
         INSERT INTO version VALUES (11, 1, 1500, 'Unu, înainte', 'Textul de înainte');
         INSERT INTO edition VALUES ('zilnic', 5000, 4000, 5001, 2, '{}', '[11]');
         INSERT INTO delivered VALUES ('zilnic', 11);
         UPDATE head SET seq = 2, generation = 'first';",
    )];
    fill.push((
        schema::place_of("CREATE TABLE file"),
        "INSERT INTO file (item, url, state, text) VALUES (11, 'https://a.ro/ghid.pdf', 'read', 'Ghidul');",
    ));
    fill.push((
        schema::place_of("CREATE TABLE outbox"),
        "INSERT INTO outbox (channel, key, body, posted, due, tries) VALUES ('mail', 'k', '{}', 1, 1, 0);",
    ));
    fill.push((
        schema::place_of("CREATE TABLE subscription"),
        "INSERT INTO subscription (token, address, digest, title, lang, origin, state, asked, mailed, since, refusals)
         VALUES ('t', 'ana@example.org', 'zilnic', 'Zilnic', 'ro', '\"form\"', 'active', 1, 1, 5, 0);",
    ));
    fill.push((
        schema::place_of("CREATE TABLE reader ("),
        "INSERT INTO reader (name, proof, lang, floor, created) VALUES ('r', x'00', 'ro', 0, 1);",
    ));
    for step in 1..=format {
        schema::step_to(&connection, step).unwrap();
        for (_, sql) in fill.iter().filter(|(at, _)| *at == step) {
            connection.execute_batch(sql).unwrap();
        }
    }
    dir
}

fn format_of(dir: &Path) -> u32 {
    schema::format_of(&Connection::open(dir.join("vesti.db")).unwrap()).unwrap()
}

fn count(store: &Store, sql: &'static str) -> i64 {
    store
        .read(|connection| connection.query_row(sql, [], |row| row.get(0)))
        .unwrap()
}

fn assert_whole(store: &Store, format: u32) {
    let one = store.item(crate::domain::ItemId::new(11)).unwrap().unwrap();
    assert_eq!(
        (one.title.as_str(), one.text.as_str()),
        ("Unu", "Textul unu"),
        "{format}"
    );
    assert_eq!(one.deadline.unwrap().evidence, "până la 1 decembrie");
    let versions = store.versions(one.id).unwrap();
    assert_eq!(versions[0].text, "Textul de înainte", "{format}");
    assert_eq!(
        store
            .items(&[crate::domain::ItemId::new(12)])
            .unwrap()
            .len(),
        1
    );
    assert_eq!(store.changes_after(Seq(0), 10).unwrap().len(), 2);
    assert_eq!(store.head().unwrap().generation, "first");
    assert_eq!(count(store, "SELECT count(*) FROM delivered"), 1);
    // What a later step derives of what was there.
    assert_eq!(
        count(
            store,
            "SELECT count(*) FROM calendar WHERE item = 11 AND what = 'deadline'"
        ),
        1
    );
    assert_eq!(
        count(store, "SELECT count(*) FROM entry WHERE id IN (11, 12)"),
        2
    );
    for (table, since) in [
        ("subscription", "CREATE TABLE subscription"),
        ("outbox", "CREATE TABLE outbox"),
        ("file", "CREATE TABLE file"),
        ("reader", "CREATE TABLE reader ("),
    ] {
        let wanted = i64::from(schema::place_of(since) <= format);
        let found: i64 = store
            .read(|connection| {
                connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                    row.get(0)
                })
            })
            .unwrap();
        assert_eq!(wanted, found, "{table} of format {format}");
    }
}

#[tokio::test]
async fn a_store_of_every_earlier_format_keeps_all_that_it_had() {
    for format in 1..FORMAT {
        let dir = of_format(format);
        assert!(matches!(
            Store::open_for_reading(dir.path()),
            Err(StoreError::TooOld { .. })
        ));
        let store = Store::open(dir.path()).unwrap();
        assert_whole(&store, format);
        drop(store);
        assert_eq!(format_of(dir.path()), FORMAT);
        // As it was, it lies beside, for whoever wants to go back.
        let copy = dir.path().join(format!("vesti.db.before-format-{FORMAT}"));
        let old = Connection::open(&copy).unwrap();
        assert_eq!(schema::format_of(&old).unwrap(), format);
        let items: i64 = old
            .query_row("SELECT count(*) FROM item", [], |row| row.get(0))
            .unwrap();
        assert_eq!(items, 2);
        drop(old);
        let made = std::fs::metadata(&copy).unwrap().modified().unwrap();
        let made = Timestamp::try_from(made).unwrap();
        let within = made + SignedDuration::from_hours(6 * 24);
        assert!(forget_copies(dir.path(), within).is_empty());
        let after = made + SignedDuration::from_hours(8 * 24);
        assert_eq!(
            forget_copies(dir.path(), after),
            std::slice::from_ref(&copy)
        );
        assert!(!copy.exists());
        assert_whole(&Store::open(dir.path()).unwrap(), format);
    }
}

#[tokio::test]
async fn an_upgrade_that_was_killed_after_any_step_goes_on() {
    let dir = of_format(1);
    for step in 2..FORMAT {
        // As a kill leaves it: so many steps are done, each whole.
        let connection = Connection::open(dir.path().join("vesti.db")).unwrap();
        schema::step_to(&connection, step).unwrap();
    }
    assert_eq!(format_of(dir.path()), FORMAT - 1);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(
        store
            .versions(crate::domain::ItemId::new(11))
            .unwrap()
            .len(),
        1
    );
    assert_eq!(count(&store, "SELECT count(*) FROM entry"), 3);
}

#[tokio::test]
async fn a_store_from_the_future_is_left_alone() {
    let (dir, store) = store_with_a().await;
    drop(store);
    let path = dir.path().join("vesti.db");
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", FORMAT + 3)
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    for opened in [Store::open(dir.path()), Store::open_for_reading(dir.path())] {
        let Err(error) = opened else {
            panic!("it was opened")
        };
        assert!(error.to_string().contains("use the newer vesti"), "{error}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_new_store_leaves_no_copy() {
    let (dir, _store) = store_with_a().await;
    let copies = std::fs::read_dir(dir.path()).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains("before-format")
    });
    assert_eq!(copies.count(), 0);
}
