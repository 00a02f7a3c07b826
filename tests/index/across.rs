//! Searches that reach further than what was typed: other languages, other spellings.

use std::sync::Arc;

use vesti::config::{Concept, Config, SearchSettings};
use vesti::domain::{ItemId, Language, SearchRequest};
use vesti::search::{Index, Interpreted, Nearest};

use super::log::{MemoryLog, item};
use super::{ask, find, query, small};

fn thesaurus() -> Vec<Concept> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/vesti.toml");
    let config = Config::load(&path, std::iter::empty::<(String, String)>());
    config
        .unwrap_or_else(|problems| panic!("{problems}"))
        .thesaurus
}

fn rig(log: &MemoryLog) -> (tempfile::TempDir, Index) {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path(), log, &SearchSettings::default(), &thesaurus()).unwrap();
    index.catch_up(log).unwrap();
    (dir, index)
}

fn interpreted(index: &Index, q: &str) -> Interpreted {
    ask(index, &query(q)).interpreted
}

#[test]
fn a_phrase_finds_its_kin_in_every_language_and_the_own_words_come_first() {
    let (_dir, index) = rig(&small());
    for (typed, first) in [
        ("locuinte protejate", 1),
        ("grupu dzīvokļiem", 2),
        ("sheltered housing", 4),
    ] {
        let hits = ask(&index, &query(typed));
        let ids: Vec<u64> = hits.ids.iter().map(|id| id.get()).collect();
        assert_eq!(ids[0], first, "{typed}");
        for other in [1, 2, 4] {
            assert!(ids.contains(&other), "{typed} misses {other}: {ids:?}");
        }
        let added = hits.interpreted.expanded.values().flatten();
        assert!(added.count() > 2, "{typed}");
    }
}

#[test]
fn the_search_across_languages_can_be_turned_off() {
    let (_dir, index) = rig(&small());
    let request = SearchRequest {
        cross: false,
        ..query("grupu dzīvokļi")
    };
    let hits = ask(&index, &request);
    assert_eq!(hits.total, 1);
    assert!(hits.interpreted.expanded.is_empty());
    assert_eq!(find(&index, "\"grupu dzīvokļi\""), [2]);
}

#[test]
fn what_was_added_is_marked_in_the_results() {
    let (_dir, index) = rig(&small());
    let hits = ask(&index, &query("locuinte protejate"));
    let title = "Grupu dzīvokļi Rīgā";
    let marks = hits.marks.find(title, Some(Language::LV));
    let marked: Vec<&str> = marks.into_iter().map(|range| &title[range]).collect();
    assert_eq!(marked.join(" "), "Grupu dzīvokļi");
}

#[test]
fn an_unknown_word_one_letter_away_is_offered_and_searched_when_nothing_matches() {
    let (_dir, index) = rig(&small());
    for (typed, better, first) in [
        ("locuimte protejate", "locuințe protejate", 1),
        ("granturri", "granturi", 1),
        ("biedribba", "biedrība", 2),
        ("услгуи", "услуги", 3),
        ("\"sheltered huosing\"", "\"sheltered housing\"", 4),
    ] {
        let hits = ask(&index, &query(typed));
        let said = &hits.interpreted;
        assert_eq!(said.did_you_mean.as_deref(), Some(better), "{typed}");
        assert_eq!(said.query, better, "{typed}");
        assert_eq!(hits.ids.first().map(|id| id.get()), Some(first), "{typed}");
        assert!(
            said.notes.iter().any(|note| note.contains(typed)),
            "{typed}"
        );
    }
}

#[test]
fn a_spelling_is_only_offered_where_something_matches_as_typed() {
    let (_dir, index) = rig(&small());
    let said = interpreted(&index, "raport OR granturri");
    assert_eq!(said.did_you_mean.as_deref(), Some("raport OR granturi"));
    assert_eq!(said.query, "raport OR granturri");
    for known in [
        "granturile",
        "LOCUINTEI",
        "xyzzyx",
        "apl",
        "2o24",
        "-granturri apel",
    ] {
        assert_eq!(interpreted(&index, known).did_you_mean, None, "{known}");
    }
}

#[test]
fn pages_of_a_corrected_search_go_on_where_the_first_ended() {
    let log = MemoryLog::default();
    for id in 1..=30 {
        log.put(item(
            id,
            "ro",
            &format!("Granturi {id}"),
            "Un apel pentru voluntari.",
        ));
    }
    let (_dir, index) = rig(&log);
    let mut request = SearchRequest {
        limit: 7,
        ..query("granturri voluntari")
    };
    let mut seen = Vec::new();
    loop {
        let hits = ask(&index, &request);
        assert_eq!(hits.interpreted.query, "granturi voluntari");
        assert_eq!(hits.total, 30);
        seen.extend(hits.ids);
        let Some(next) = hits.next_cursor else { break };
        request.cursor = Some(next);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 30);
}

#[test]
fn digests_reach_across_languages_too() {
    let (_dir, index) = rig(&small());
    let request = query("locuințe protejate");
    let found = index
        .select(&request, super::now(), &jiff::tz::TimeZone::UTC, None)
        .unwrap();
    assert_eq!(found.len(), 3);
}

/// Knows which items mean what is asked.
struct Meanings(Vec<u64>);

impl Nearest for Meanings {
    fn nearest(&self, _query: &str, most: usize) -> Vec<ItemId> {
        self.0
            .iter()
            .take(most)
            .map(|id| ItemId::new(*id))
            .collect()
    }
}

#[test]
fn what_is_near_in_meaning_joins_what_has_the_words() {
    let (_dir, index) = rig(&small());
    assert_eq!(find(&index, "raport"), [5]);
    let index = index.with_nearest(Arc::new(Meanings(vec![3, 77, 4])));
    let mut found = find(&index, "raport");
    found.sort_unstable();
    assert_eq!(found, [3, 4, 5]);
    let russian = SearchRequest {
        lang: vec![Language::RU],
        ..query("raport")
    };
    assert_eq!(ask(&index, &russian).ids, [ItemId::new(3)]);
    // Where two have the word, the one that means it comes first.
    let index = index.with_nearest(Arc::new(Meanings(vec![5])));
    assert_eq!(find(&index, "locuințe OR raport OR apel")[0], 5);
}
