//! Searches for organisations: what they publish seldom says their own name.

use vesti::domain::Item;

use super::log::{MemoryLog, item};
use super::{ask, find, open, query};

fn by(id: u64, source: &str, name: &str, title: &str, text: &str) -> Item {
    let mut item = item(id, "ro", title, text);
    item.source = source.parse().unwrap();
    item.source_name = name.into();
    item
}

fn named() -> MemoryLog {
    let log = MemoryLog::default();
    let acoperis = ("acoperis", "Fundația Acoperiș");
    let copiii = ("copiii", "Grija pentru Copiii Satelor");
    for (id, (source, name), title, text) in [
        (1, acoperis, "Adăpost de noapte", "Patruzeci de paturi."),
        (2, acoperis, "Raport anual", "Venituri și cheltuieli."),
        (3, copiii, "Tabără de vară", "O săptămână la munte."),
        (
            4,
            ("ziar", "Ziarul"),
            "Un premiu",
            "L-a primit Fundația Acoperiș.",
        ),
        (
            5,
            ("ziar", "Ziarul"),
            "Furtună",
            "Școala a rămas fără acoperiș.",
        ),
    ] {
        log.put(by(id, source, name, title, text));
    }
    for id in 10..30 {
        log.put(by(id, "ziar", "Ziarul", "Școală", "Copiii învață la sat."));
    }
    log
}

#[test]
fn a_name_finds_what_its_bearer_publishes_and_what_is_written_about_it() {
    let (dir, log) = (tempfile::tempdir().unwrap(), named());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    for q in [
        "Fundația Acoperiș",
        "fundatia acoperis",
        "FUNDATIEI ACOPERIS",
        "\"Fundația Acoperiș\"",
        "„Acoperiș”",
    ] {
        let found = find(&index, q);
        for wanted in [1, 2, 4] {
            assert!(found.contains(&wanted), "{q}: {found:?}");
        }
    }
    let mut found = find(&index, "acoperiș");
    found.sort_unstable();
    assert_eq!(found, [1, 2, 4, 5]);
    // With other words of the item.
    assert_eq!(find(&index, "acoperiș raport").first(), Some(&2));
    assert_eq!(find(&index, "\"Acoperiș\" raport").first(), Some(&2));
    // Digests select the same.
    let selected = index
        .select(
            &query("fundația acoperiș"),
            super::now(),
            &jiff::tz::TimeZone::UTC,
            None,
        )
        .unwrap();
    assert_eq!(selected.len(), 3);
}

#[test]
fn an_ordinary_word_in_a_name_finds_only_what_says_it() {
    let (dir, log) = (tempfile::tempdir().unwrap(), named());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    assert_eq!(ask(&index, &query("copiii")).total, 20);
    assert!(!find(&index, "title:acoperiș").contains(&1));
    // The name as a whole is another matter.
    assert!(find(&index, "grija pentru copiii satelor").contains(&3));
}

#[test]
fn what_is_excluded_is_the_word_alone() {
    let (dir, log) = (tempfile::tempdir().unwrap(), named());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let mut found = find(&index, "-acoperiș -copiii");
    found.sort_unstable();
    assert_eq!(found, [1, 2, 3]);
}

#[test]
fn a_name_that_no_text_says_is_no_misspelling() {
    let log = named();
    log.put(by(50, "furtuma", "Furtuma", "Ședință", "Despre statut."));
    let dir = tempfile::tempdir().unwrap();
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let hits = ask(&index, &query("furtuma"));
    assert_eq!(hits.ids.first().map(|id| id.get()), Some(50));
    assert_eq!(hits.interpreted.did_you_mean, None);
}

#[test]
fn a_name_finds_what_its_bearer_publishes_in_ukrainian() {
    let log = named();
    let mut ukrainian = item(40, "uk", "Безкоштовні ліки", "Приходьте у вівторок.");
    ukrainian.source = "nadija".parse().unwrap();
    ukrainian.source_name = "Фонд Надія".into();
    log.put(ukrainian);
    let dir = tempfile::tempdir().unwrap();
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    assert_eq!(find(&index, "фонд надія"), [40]);
}
