//! A story is one result, however many tell it.

use std::collections::HashSet;

use super::*;
use vesti::domain::{Item, StoryId};

/// Twenty-four items of eight numbered titles; each title is told by up to three sources in the same words.
fn told() -> (MemoryLog, Vec<Item>) {
    let log = MemoryLog::default();
    let mut items = Vec::new();
    for number in 1..=24_u64 {
        let lang = if number % 5 == 0 { "en" } else { "ro" };
        let title = format!("Apel numărul {}", number % 8);
        let mut item = item(number, lang, &title, "Un apel pentru granturi.");
        item.source = format!("sursa-{}", number % 6).parse().unwrap();
        // Stories 5, 6 and 7 are told by one item each.
        if number % 8 < 5 {
            item.story = StoryId::new(1_000 + number % 8);
        }
        items.push(item.clone());
        log.put(item);
    }
    (log, items)
}

/// The stories of a request's results, over all pages.
fn pages(index: &Index, request: &SearchRequest, items: &[Item]) -> Vec<StoryId> {
    let mut request = request.clone();
    let mut stories = Vec::new();
    loop {
        let hits = ask(index, &request);
        for id in &hits.ids {
            let item = items.iter().find(|item| item.id == *id).unwrap();
            stories.push(item.story);
        }
        match hits.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => return stories,
        }
    }
}

#[test]
fn pages_show_each_story_once_and_skip_none() {
    let (dir, (log, items)) = (tempfile::tempdir().unwrap(), told());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let all: HashSet<StoryId> = items.iter().map(|item| item.story).collect();
    for (q, sort) in [
        ("", Sort::Date),
        ("", Sort::Deadline),
        ("apel granturi", Sort::Relevance),
        ("apel", Sort::Date),
        ("apel", Sort::Deadline),
    ] {
        for limit in [1, 2, 3, 5, 100] {
            let request = SearchRequest {
                q: q.into(),
                sort: Some(sort),
                limit,
                ..SearchRequest::default()
            };
            let stories = pages(&index, &request, &items);
            let different: HashSet<StoryId> = stories.iter().copied().collect();
            assert_eq!(
                stories.len(),
                different.len(),
                "twice: {q} {sort:?} {limit}"
            );
            assert_eq!(ask(&index, &request).total, stories.len() as u64);
            if q.is_empty() {
                assert_eq!(different, all, "{sort:?} {limit}");
            }
        }
    }
    assert_eq!(
        everything(&index).len(),
        24,
        "digests group stories themselves"
    );
}

#[test]
fn what_a_facet_counts_is_what_choosing_it_gives() {
    let (dir, (log, _)) = (tempfile::tempdir().unwrap(), told());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let base = [
        SearchRequest::default(),
        query("granturi"),
        SearchRequest {
            kind: vec![vesti::domain::Kind::Call],
            ..SearchRequest::default()
        },
        SearchRequest {
            lang: vec![Language::EN],
            source: vec!["sursa-1".parse().unwrap(), "sursa-5".parse().unwrap()],
            ..SearchRequest::default()
        },
    ];
    for request in base {
        let facets = ask(&index, &request).facets;
        for (value, count) in &facets.source {
            let mut chosen = request.clone();
            chosen.source = vec![value.parse().unwrap()];
            assert_eq!(ask(&index, &chosen).total, *count, "{value} of {request:?}");
        }
        for (value, count) in &facets.lang {
            let mut chosen = request.clone();
            chosen.lang = vec![value.parse().unwrap()];
            assert_eq!(ask(&index, &chosen).total, *count, "{value} of {request:?}");
        }
        for (value, count) in &facets.topic {
            let mut chosen = request.clone();
            chosen.topic = vec![value.parse().unwrap()];
            assert_eq!(ask(&index, &chosen).total, *count, "{value} of {request:?}");
        }
    }
}

#[test]
fn a_story_is_shown_by_one_that_matches_the_first_where_dates_decide() {
    let (dir, (log, mut items)) = (tempfile::tempdir().unwrap(), told());
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    // Items are older the greater their number: 17 told before 9 and 1.
    let shown = |request: &SearchRequest| -> Vec<u64> {
        let hits = ask(&index, request);
        hits.ids.iter().map(|id| id.get()).collect()
    };
    let all = SearchRequest {
        limit: 100,
        ..SearchRequest::default()
    };
    assert!(shown(&all).contains(&17) && !shown(&all).contains(&1));
    let of_a_source = SearchRequest {
        source: vec!["sursa-1".parse().unwrap()],
        ..all.clone()
    };
    assert!(shown(&of_a_source).contains(&1), "its own copy is shown");

    // What a source replaced gives way to what replaced it.
    let mut replaced = items.swap_remove(16);
    assert_eq!(replaced.id, ItemId::new(17));
    replaced.newer = Some(ItemId::new(9));
    log.put(replaced);
    index.catch_up(&log).unwrap();
    assert!(shown(&all).contains(&9) && !shown(&all).contains(&17));
}
