//! The search index against a log of changes: what is recorded is found, once, whatever happens in between.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may")]

#[path = "index/across.rs"]
mod across;
#[path = "index/crash.rs"]
mod crash;
#[path = "index/follow.rs"]
mod follow;
#[path = "index/log.rs"]
mod log;
#[path = "index/names.rs"]
mod names;
#[path = "index/stories.rs"]
mod stories;
#[path = "index/time.rs"]
mod time;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use log::{MemoryLog, item};
use vesti::config::SearchSettings;
use vesti::domain::{ItemId, Language, SearchRequest, Seq, Sort};
use vesti::search::{Hits, Index, SearchError};

fn open(dir: &std::path::Path, log: &MemoryLog) -> Index {
    Index::open(dir, log, &SearchSettings::default(), &[]).expect("an index")
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn ask(index: &Index, request: &SearchRequest) -> Hits {
    index
        .search(request, now(), &TimeZone::UTC)
        .expect("an answer")
}

fn query(q: &str) -> SearchRequest {
    SearchRequest {
        q: q.into(),
        limit: 100,
        ..SearchRequest::default()
    }
}

fn find(index: &Index, q: &str) -> Vec<u64> {
    let hits = ask(index, &query(q));
    hits.ids.iter().map(|id| id.get()).collect()
}

/// All ids there are, sorted: doubled ones would stand twice.
fn everything(index: &Index) -> Vec<u64> {
    let mut ids: Vec<u64> = index
        .select(&SearchRequest::default(), now(), &TimeZone::UTC, None)
        .unwrap()
        .iter()
        .map(|id| id.get())
        .collect();
    ids.sort_unstable();
    ids
}

fn small() -> MemoryLog {
    let log = MemoryLog::default();
    log.put(item(
        1,
        "ro",
        "Locuințe protejate la Iași",
        "Fundația deschide un apel pentru granturi.",
    ));
    log.put(item(
        2,
        "lv",
        "Grupu dzīvokļi Rīgā",
        "Biedrība aicina pieteikties. Sociālie pakalpojumi bēgļiem.",
    ));
    log.put(item(
        3,
        "ru",
        "Социальные услуги",
        "Гранты для молодёжи и общественных организаций.",
    ));
    log.put(item(
        4,
        "en",
        "Sheltered housing",
        "Grants for organisations that help children.",
    ));
    log.put(item(
        5,
        "ro",
        "Raport anual",
        "Despre locuințe, fără altceva. Apărarea mediului.",
    ));
    log
}

#[test]
fn what_is_recorded_is_found_with_and_without_diacritics() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    assert_eq!(index.searchable(), Seq(0));
    assert!(find(&index, "granturi").is_empty());
    index.catch_up(&log).unwrap();
    assert_eq!(index.searchable(), Seq(5));
    for (q, first) in [
        ("locuințe protejate", 1),
        ("locuinte protejate", 1),
        ("LOCUINȚĂ iași", 1),
        ("beglis", 2),
        ("biedrības", 2),
        ("услуга", 3),
        ("молодежь", 3),
        ("organisation children", 4),
        ("title:raport", 5),
        ("\"locuințe protejate\"", 1),
        ("dzīvok*", 2),
        ("dzivok*", 2),
        ("raport OR услуги -услуги", 5),
    ] {
        assert_eq!(find(&index, q).first(), Some(&first), "{q}");
    }
    assert_eq!(find(&index, "locuințe -raport"), [1]);
    assert_eq!(find(&index, "\"protejate locuințe\""), [0; 0]);
    assert_eq!(find(&index, "title:granturi"), [0; 0]);
    assert_eq!(find(&index, "source:sursa-1"), [1]);
    assert_eq!(find(&index, "🎉 ))) -"), [0; 0]);
    assert_eq!(find(&index, "").len(), 5);
}

#[test]
fn a_question_in_plain_words_finds_its_answer_and_partial_matches_follow_whole_ones() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let hits = ask(
        &index,
        &query("Cine a deschis un apel pentru granturi în această toamnă?"),
    );
    assert_eq!(hits.ids.first(), Some(&ItemId::new(1)));
    assert!(hits.interpreted.partial);
    let hits = ask(&index, &query("locuințe protejate"));
    assert_eq!(hits.ids[0], ItemId::new(1));
    assert!(hits.interpreted.partial && hits.ids.contains(&ItemId::new(5)));
    assert!(!ask(&index, &query("locuințe")).interpreted.partial);
    // A list by date must not be flooded by what only half fits.
    let by_date = SearchRequest {
        sort: Some(Sort::Date),
        ..query("locuințe iași")
    };
    assert_eq!(ask(&index, &by_date).ids, [ItemId::new(1)]);
}

#[test]
fn filters_narrow_and_facets_count_what_another_choice_would_give() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let request = SearchRequest {
        lang: vec![Language::RO],
        ..query("")
    };
    let hits = ask(&index, &request);
    assert_eq!(hits.total, 2);
    let lang: Vec<(&str, u64)> = hits
        .facets
        .lang
        .iter()
        .map(|(v, c)| (v.as_str(), *c))
        .collect();
    assert_eq!(lang, [("ro", 2), ("en", 1), ("lv", 1), ("ru", 1)]);
    assert_eq!(hits.facets.source.len(), 2);
    assert_eq!(hits.facets.topic, [("granturi".to_owned(), 2)]);
    // Two filters: each facet is narrowed by the other one only.
    let request = SearchRequest {
        lang: vec![Language::RO],
        source: vec!["sursa-2".parse().unwrap()],
        ..query("")
    };
    let hits = ask(&index, &request);
    assert_eq!(hits.total, 0);
    assert_eq!(hits.facets.lang, [("lv".to_owned(), 1)]);
    assert_eq!(hits.facets.source.len(), 2);
    assert!(hits.facets.kind.is_empty());
    // With words as well, in whatever language and inflection.
    let request = SearchRequest {
        lang: vec![Language::RO],
        ..query("grant OR granturi OR apel")
    };
    let hits = ask(&index, &request);
    assert_eq!(hits.total, 1);
    assert_eq!(
        hits.facets.lang,
        [("en".to_owned(), 1), ("ro".to_owned(), 1)]
    );
    // A value that no item has.
    let request = SearchRequest {
        lang: vec!["fi".parse().unwrap()],
        ..query("")
    };
    assert_eq!(ask(&index, &request).total, 0);
}

#[test]
fn an_edit_replaces_and_a_withdrawal_removes() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    log.put(item(1, "ro", "Titlu nou", "Text nou."));
    log.remove(2);
    index.catch_up(&log).unwrap();
    assert_eq!(everything(&index), [1, 3, 4, 5]);
    assert_eq!(find(&index, "titlu"), [1]);
    assert!(find(&index, "iași").is_empty());
    assert_eq!(index.searchable(), Seq(7));
}

#[test]
fn pages_skip_nothing_and_show_nothing_twice_while_new_items_arrive() {
    for (sort, q) in [
        (Sort::Date, ""),
        (Sort::Relevance, "apel"),
        (Sort::Deadline, "apel"),
    ] {
        let (dir, log) = (tempfile::tempdir().unwrap(), MemoryLog::default());
        for id in 1..=50 {
            log.put(item(
                id,
                "ro",
                "Apel",
                &format!("Un apel {}", "nou ".repeat(id as usize % 7)),
            ));
        }
        let index = open(dir.path(), &log);
        index.catch_up(&log).unwrap();
        let mut request = SearchRequest {
            limit: 7,
            sort: Some(sort),
            ..query(q)
        };
        let mut seen = Vec::new();
        for fresh in 51.. {
            let hits = ask(&index, &request);
            seen.extend(hits.ids.iter().map(|id| id.get()));
            let Some(cursor) = hits.next_cursor else {
                break;
            };
            request.cursor = Some(cursor);
            let mut new = item(fresh, "ro", "Apel", "Un apel apel apel");
            new.sort_at = now();
            log.put(new);
            index.catch_up(&log).unwrap();
        }
        let mut old: Vec<u64> = seen.iter().copied().filter(|id| *id <= 50).collect();
        old.sort_unstable();
        assert_eq!(old, (1..=50).collect::<Vec<_>>(), "{sort:?}");
        seen.sort_unstable();
        let count = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), count, "{sort:?} shows something twice");
    }
}

#[test]
fn a_cursor_of_another_search_is_refused() {
    let (dir, log) = (tempfile::tempdir().unwrap(), small());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let first = ask(
        &index,
        &SearchRequest {
            limit: 2,
            ..SearchRequest::default()
        },
    );
    for (q, cursor) in [
        ("apel", first.next_cursor.as_deref()),
        ("", Some("AAAA")),
        ("", Some("ț")),
    ] {
        let request = SearchRequest {
            cursor: cursor.map(str::to_owned),
            ..query(q)
        };
        let refused = index.search(&request, now(), &TimeZone::UTC);
        assert!(matches!(refused, Err(SearchError::Cursor)), "{cursor:?}");
    }
}
