//! Pages that stand for a part of all searches, and the one cookie.

use super::*;
use vesti::domain::Event;

/// A service with a coming event and one that is over beside its other items.
async fn house() -> House {
    let house = House::new().await;
    let event = |number: i64, start: &str| {
        let mut item = item("deschis", number);
        item.draft.title = format!("Eveniment {number}");
        item.event = Some(Event {
            start: start.parse().unwrap(),
            end: start.replace("08:00", "10:30").parse().ok(),
            place: Some("Sala mare".to_owned()),
        });
        item
    };
    let events = vec![
        event(50, "2026-11-25T08:00:00Z"),
        event(51, "2026-11-01T08:00:00Z"),
    ];
    record(&house.store, "deschis", events).await;
    let (index, store) = (house.index.clone(), house.store.clone());
    tokio::task::spawn_blocking(move || index.catch_up(&store).unwrap())
        .await
        .unwrap();
    house
}

#[tokio::test]
async fn open_calls_and_coming_events_have_pages_and_nothing_else_is_on_them() {
    let house = house().await;
    let calls = house.get("/calls?ui=ro").await;
    assert_eq!(calls.status, StatusCode::OK);
    assert!(calls.body.contains("Locuințe protejate &lt;3&gt;"));
    assert_eq!(calls.body.matches("<article").count(), 1);
    assert!(
        calls
            .body
            .contains("/calendar.ics?kind=call&#38;deadline=open"),
        "it can be subscribed to"
    );
    let events = house.get("/events?ui=ro").await;
    assert_eq!(events.body.matches("<article").count(), 1);
    assert!(events.body.contains("Eveniment 50"));
    assert!(events.body.contains("ora 10:00–12:30, Sala mare"));
    let none = house.get("/events?country=LV&ui=ro").await;
    assert_eq!(none.status, StatusCode::OK);
    assert_eq!(none.body.matches("<article").count(), 0);
    assert!(
        none.body.contains("href=\"/events?ui=ro\""),
        "there is a way back"
    );
    let bad = house.get("/calls?from=nonsense").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert!(bad.body.contains("<html"), "people are told on a page");
}

#[tokio::test]
async fn a_country_has_a_page_and_one_that_has_nothing_has_none() {
    let house = house().await;
    let list = house.get("/countries?ui=en").await;
    assert!(list.body.contains("href=\"/countries/MD?ui=en\""));
    assert!(list.body.contains("1 open call"));
    let moldova = house.get("/countries/MD?ui=en").await;
    assert_eq!(moldova.status, StatusCode::OK);
    for words in ["Open calls", "Eveniment 50", "/calls?country=MD"] {
        assert!(moldova.body.contains(words), "{words}");
    }
    for path in ["/countries/XX", "/countries/LV", "/countries/x%00"] {
        assert_eq!(
            house.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn weeks_lead_to_what_they_have() {
    let house = house().await;
    let page = house
        .get("/?q=apel&from=2026-11-16&to=2026-11-22&ui=en")
        .await;
    assert!(
        page.body
            .contains("class=\"on\"><title>16–22 November 2026: "),
        "the chosen week is marked"
    );
    assert!(!page.body.contains(" style="), "the policy would ignore it");
}

#[tokio::test]
async fn a_language_is_remembered_once_it_is_chosen_and_not_before() {
    let house = house().await;
    let cookies = |answer: &Answer| answer.headers.get_all(header::SET_COOKIE).iter().count();
    for path in PATHS {
        assert_eq!(cookies(&house.get(path).await), 0, "{path}");
    }
    for path in ["/feed.rss?ui=lv", "/api/v1/search?ui=lv", "/?ui=nonsense"] {
        assert_eq!(cookies(&house.get(path).await), 0, "{path}");
    }
    let chosen = house.get("/?ui=lv").await;
    let cookie = chosen.header(header::SET_COOKIE).to_owned();
    assert!(cookie.starts_with("ui=lv; Path=/;") && cookie.contains("HttpOnly"));
    assert!(cookie.contains("Secure"), "the service is reached by https");
    assert!(chosen.header(header::CACHE_CONTROL).contains("private"));
    assert!(chosen.body.contains("href=\"/topics?ui=lv\""));

    let with = [(header::COOKIE, "ui=lv"), (header::ACCEPT_LANGUAGE, "ru")];
    let later = house.ask(Method::GET, "/?q=apel", &with).await;
    assert!(later.body.contains("<html lang=\"lv\""));
    assert!(later.body.contains("href=\"/topics\""), "links are plain");
    assert!(
        later.body.contains("/feed.rss?q=apel&#38;ui=lv"),
        "readers of feeds have no cookies"
    );
    assert_eq!(cookies(&later), 0);
    let vary: Vec<&str> = later
        .headers
        .get_all(header::VARY)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    assert!(vary.contains(&"cookie"), "{vary:?}");
    let other = house.ask(Method::GET, "/?q=apel&ui=ru", &with).await;
    assert!(other.body.contains("<html lang=\"ru\""));
    assert!(other.header(header::SET_COOKIE).starts_with("ui=ru"));
}

#[tokio::test]
async fn a_value_that_is_refused_is_named_with_a_way_on() {
    let house = house().await;
    let page = house.get("/?q=apel&kind=nonsense&lang=ro&ui=en").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(
        page.body.contains("<strong>Kind of announcement</strong>"),
        "{}",
        page.body
    );
    assert!(
        page.body
            .contains("href=\"/?q=apel&#38;lang=ro&#38;ui=en\"")
    );
}
