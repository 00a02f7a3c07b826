//! Coming events, and results by week.

use super::*;
use vesti::domain::{DateBound, Event, Item, Language, StoryId};

fn dated(number: u64, day: &str) -> Item {
    let mut item = item(number, "ro", "Întâlnire", "Despre întâlnirea numărul unu.");
    item.sort_at = format!("{day}T10:00:00Z").parse().unwrap();
    item.published = Some(item.sort_at);
    item
}

fn by_week(index: &Index, request: &SearchRequest) -> Hits {
    index
        .search_by_week(request, now(), &TimeZone::UTC)
        .expect("an answer")
}

/// The weeks that have any results, by their Monday.
fn weeks(hits: &Hits) -> Vec<(String, u64)> {
    let some = hits.timeline.weeks.iter().filter(|week| week.count > 0);
    some.map(|week| (week.monday.to_string(), week.count))
        .collect()
}

#[test]
fn events_that_are_not_over_are_found_in_the_order_in_which_they_begin() {
    let (dir, log) = (tempfile::tempdir().unwrap(), MemoryLog::default());
    let event = |number: u64, start: &str, end: Option<&str>| {
        let mut item = dated(number, "2026-11-01");
        item.event = Some(Event {
            start: start.parse().unwrap(),
            end: end.map(|end| end.parse().unwrap()),
            place: None,
        });
        item
    };
    log.put(event(1, "2026-12-10T09:00:00Z", None));
    log.put(event(2, "2026-11-20T22:00:00Z", None));
    log.put(event(
        3,
        "2026-11-19T08:00:00Z",
        Some("2026-11-21T11:00:00Z"),
    ));
    log.put(event(
        4,
        "2026-11-19T08:00:00Z",
        Some("2026-11-21T13:00:00Z"),
    ));
    log.put(event(5, "2026-11-30T09:00:00Z", None));
    log.put(dated(6, "2026-11-20"));
    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    let ids = |request: &SearchRequest| -> Vec<u64> {
        let mut ids = Vec::new();
        let mut request = request.clone();
        loop {
            let hits = ask(&index, &request);
            ids.extend(hits.ids.iter().map(|id| id.get()));
            match hits.next_cursor {
                Some(cursor) => request.cursor = Some(cursor),
                None => return ids,
            }
        }
    };
    let coming = SearchRequest {
        event_coming: true,
        sort: Some(Sort::Event),
        limit: 2,
        ..SearchRequest::default()
    };
    // It is noon of the 21st; the second began at midnight in Romania and lasts all day.
    assert_eq!(ids(&coming), [4, 2, 5, 1]);
    let all = SearchRequest {
        event_coming: false,
        ..coming
    };
    assert_eq!(ids(&all), [4, 2, 5, 1, 3, 6]);
}

#[test]
fn every_week_says_what_choosing_it_would_show() {
    let (dir, log) = (tempfile::tempdir().unwrap(), MemoryLog::default());
    let days = [
        "2026-11-16",
        "2026-11-21",
        "2026-11-15",
        "2026-06-03",
        "2025-11-17",
        "2025-11-16",
        "2019-02-01",
        "2026-11-23",
    ];
    for (number, day) in (1..).zip(days) {
        log.put(dated(number, day));
    }
    // One story, told in the same week, in another, and by an item that the filter leaves out.
    for (number, day) in [(20, "2026-11-17"), (21, "2026-11-18"), (22, "2026-06-04")] {
        let mut item = dated(number, day);
        item.story = StoryId::new(1_000);
        log.put(item);
    }
    let mut other = dated(23, "2026-03-03");
    other.story = StoryId::new(1_000);
    other.lang.as_mut().unwrap().lang = Language::LV;
    log.put(other);

    let index = open(dir.path(), &log);
    index.catch_up(&log).unwrap();
    for q in ["", "întâlnire"] {
        let request = SearchRequest {
            q: q.into(),
            lang: vec![Language::RO],
            ..SearchRequest::default()
        };
        let hits = by_week(&index, &request);
        let expected = [
            ("2025-11-17", 1),
            ("2026-06-01", 2),
            ("2026-11-09", 1),
            ("2026-11-16", 3),
        ];
        let expected = expected.map(|(monday, count)| (monday.to_owned(), count));
        assert_eq!(weeks(&hits), expected, "{q}");
        assert_eq!((hits.timeline.earlier, hits.timeline.later), (2, 1));
        for week in &hits.timeline.weeks {
            let sunday = week.monday.saturating_add(jiff::Span::new().days(6));
            let chosen = SearchRequest {
                from: Some(DateBound::Day(week.monday)),
                to: Some(DateBound::Day(sunday)),
                ..request.clone()
            };
            let found = by_week(&index, &chosen);
            assert_eq!(found.total, week.count, "{}", week.monday);
            assert_eq!(
                found.timeline, hits.timeline,
                "its own dates do not narrow it"
            );
        }
        let before = SearchRequest {
            to: Some("2025-11-16".parse().unwrap()),
            ..request.clone()
        };
        let found = by_week(&index, &before);
        assert_eq!(found.total, hits.timeline.earlier);
        assert_eq!(weeks(&found), [("2025-11-10".to_owned(), 1)]);
        assert!(ask(&index, &request).timeline.weeks.is_empty());
    }
}
