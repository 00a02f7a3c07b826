//! Digests of any search, by their address alone.

use jiff::tz::TimeZone;
use serde_json::Value;
use vesti::config::{Config, DigestSpec, Manner, Period, Settings};
use vesti::delivery::digest::publish_due;
use vesti::domain::{Kind, Language, SearchRequest};

use crate::house::*;

async fn json(house: &House, path: &str) -> Value {
    let answer = house.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The ends of the editions, and how many items each has.
fn editions(feed: &Value) -> Vec<(String, usize)> {
    feed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let own = &entry["_vesti"];
            let end = own["end"].as_str().unwrap().to_owned();
            (end, own["items"].as_array().unwrap().len())
        })
        .collect()
}

fn of(ends: &[(&str, usize)]) -> Vec<(String, usize)> {
    ends.iter()
        .map(|(end, count)| ((*end).to_owned(), *count))
        .collect()
}

#[tokio::test]
async fn what_was_there_at_the_beginning_is_placed_by_its_date_and_all_else_by_when_it_came() {
    let house = House::new("2026-11-21T12:00:00Z").await;
    house
        .insert("fonss", understood("a", "2026-11-20T10:00:00Z"))
        .await;
    house
        .insert("fonss", understood("b", "2026-11-18T10:00:00Z"))
        .await;
    house
        .store
        .note_opened(at("2026-11-21T12:00:00Z"))
        .await
        .unwrap();
    let path = "/digest.json?period=daily&hour=7&tz=Europe/Bucharest";
    let first = json(&house, path).await;
    assert_eq!(
        editions(&first),
        of(&[("2026-11-21T05:00:00Z", 1), ("2026-11-19T05:00:00Z", 1)])
    );
    // One that comes late changes nothing that is closed.
    house.set("2026-11-21T12:10:00Z");
    house
        .insert("fonss", understood("late", "2026-11-19T10:00:00Z"))
        .await;
    assert_eq!(json(&house, path).await["items"], first["items"]);
    house.set("2026-11-22T06:00:00Z");
    let next = json(&house, path).await;
    assert_eq!(
        editions(&next),
        of(&[
            ("2026-11-22T05:00:00Z", 1),
            ("2026-11-21T05:00:00Z", 1),
            ("2026-11-19T05:00:00Z", 1)
        ])
    );
    assert!(
        next["items"][0]["content_html"]
            .as_str()
            .unwrap()
            .contains("Titlul late")
    );
    assert_eq!(next["items"][1], first["items"][0], "what is closed stays");
}

#[tokio::test]
async fn nothing_is_told_twice_or_missed_while_periods_pass() {
    let house = House::new("2026-10-23T12:00:00Z").await;
    house
        .store
        .note_opened(at("2026-10-23T00:00:00Z"))
        .await
        .unwrap();
    // Three days around the night in which clocks went back; an item every three hours, some of them published long before.
    let start = at("2026-10-23T12:00:00Z");
    let mut told = std::collections::HashMap::new();
    let mut seen: std::collections::HashMap<String, Value> = std::collections::HashMap::new();
    for step in 0..40_i64 {
        let now = start + jiff::SignedDuration::from_hours(3 * step);
        house.set(&now.to_string());
        let published = now - jiff::SignedDuration::from_hours(7 * (step % 5));
        let item = understood(&format!("n{step}"), &published.to_string());
        house.insert("plecs", item).await;
        let feed = json(&house, "/digest.json?period=daily&hour=3&tz=Europe/Riga").await;
        for entry in feed["items"].as_array().unwrap() {
            let id = entry["id"].as_str().unwrap().to_owned();
            let known = seen.entry(id.clone()).or_insert_with(|| entry.clone());
            assert_eq!(known, entry, "{id}");
            for item in entry["_vesti"]["items"].as_array().unwrap() {
                let edition = told.entry(item.to_string()).or_insert_with(|| id.clone());
                assert_eq!(*edition, id, "told once");
            }
        }
    }
    // The last edition closed at 01:00 of universal time: 36 items and a half day had come.
    let last = at("2026-10-28T01:00:00Z");
    let expected = (0..40).filter(|step| start + jiff::SignedDuration::from_hours(3 * step) < last);
    assert_eq!(told.len(), expected.count());
}

#[tokio::test]
async fn a_digest_keeps_to_its_search_as_that_was_at_the_end_of_its_period() {
    let house = House::new("2026-11-20T12:00:00Z").await;
    house
        .store
        .note_opened(at("2026-11-20T00:00:00Z"))
        .await
        .unwrap();
    house
        .insert(
            "fonss",
            call("a", "2026-11-20T10:00:00Z", "2026-11-21T21:59:59Z"),
        )
        .await;
    house
        .insert("fonss", understood("b", "2026-11-20T10:00:00Z"))
        .await;
    house
        .insert(
            "plecs",
            call("c", "2026-11-20T10:00:00Z", "2026-12-21T21:59:59Z"),
        )
        .await;
    house
        .insert(
            "secret",
            call("d", "2026-11-20T10:00:00Z", "2026-12-21T21:59:59Z"),
        )
        .await;
    house.set("2026-11-24T12:00:00Z");
    for (query, count) in [
        ("", 3),
        ("&kind=call", 2),
        ("&kind=call&country=LV", 1),
        ("&q=servicii", 3),
        ("&q=fotbal", 0),
        // It was open when the edition closed, and new within a day.
        ("&deadline=open", 2),
        ("&from=1d", 3),
        ("&to=2026-11-19", 0),
    ] {
        let feed = json(&house, &format!("/digest.json?period=daily{query}")).await;
        let count_of: usize = editions(&feed).iter().map(|(_, count)| count).sum();
        assert_eq!(count_of, count, "{query}");
        assert!(!feed.to_string().contains("Titlul d"), "private");
    }
    let feed = json(&house, "/digest.json?period=daily&group=country&ui=lv").await;
    let html = feed["items"][0]["content_html"].as_str().unwrap();
    assert!(
        html.contains("<h2>Termiņš beidzas 7 dienu laikā</h2>"),
        "{html}"
    );
    assert!(html.contains("<h2>Rumānija</h2>") && html.contains("<h2>Latvija</h2>"));
}

#[tokio::test]
async fn an_edition_waits_for_pages_that_are_still_being_read() {
    let house = House::new("2026-11-20T12:00:00Z").await;
    house
        .store
        .note_opened(at("2026-11-20T00:00:00Z"))
        .await
        .unwrap();
    house.set("2026-11-21T04:59:50Z");
    let mut item = understood("a", "2026-11-21T04:00:00Z");
    house.insert("fonss", item.clone()).await;
    let path = "/digest.json?kind=call";
    house.set("2026-11-21T05:01:00Z");
    assert_eq!(editions(&json(&house, path).await), of(&[]));
    item.kind = Kind::Call;
    house.update("fonss", item, false).await;
    house.set("2026-11-21T05:04:59Z");
    assert_eq!(editions(&json(&house, path).await), of(&[]));
    house.set("2026-11-21T05:05:00Z");
    let told = editions(&json(&house, path).await);
    assert_eq!(told, of(&[("2026-11-21T05:00:00Z", 1)]));
}

#[tokio::test]
async fn the_same_digest_has_the_same_names_in_every_format_and_language() {
    let house = House::new("2026-11-21T12:00:00Z").await;
    house
        .insert("fonss", understood("a", "2026-11-20T10:00:00Z"))
        .await;
    let feed = json(&house, "/digest.json").await;
    let entry = &feed["items"][0];
    let id = entry["id"].as_str().unwrap();
    assert!(
        id.starts_with("tag:vesti.example,2026:digests/search-"),
        "{id}"
    );
    for path in [
        "/digest.rss",
        "/digest.atom?ui=ru",
        "/digest.json?period=daily&weekday=friday",
        "/digest.json?hour=07&limit=50&sort=date",
    ] {
        let answer = house.get(path).await;
        assert!(answer.body.contains(id), "{path}: {}", answer.body);
        let etag = answer.headers["etag"].clone();
        assert_eq!(
            house.ask(path, &[("if-none-match", &etag)]).await.status,
            304
        );
    }
    for path in [
        "/digest.json?hour=8",
        "/digest.json?kind=news",
        "/digest.json?period=hourly",
    ] {
        assert!(!house.get(path).await.body.contains(id), "{path}");
    }
    // Its link leads to the page of that edition, which stays.
    let link = entry["url"].as_str().unwrap();
    let path = link.strip_prefix("https://vesti.example").unwrap();
    let page = house.get(path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Titlul a"));
    house.set("2027-06-01T12:00:00Z");
    let page = house.get(path).await;
    assert!(page.body.contains("Titlul a"), "{}", page.body);
    let page = house.get("/digest?ui=en").await;
    assert!(page.body.contains("Lately this search has") && page.body.contains("Earlier editions"));
    // Going back page by page, everything is found once.
    let mut path = "/digest.json".to_owned();
    let mut found = 0;
    for _ in 0..60 {
        let feed = json(&house, &path).await;
        found += feed["items"].as_array().unwrap().len();
        match feed["next_url"].as_str() {
            Some(next) => {
                path = next
                    .strip_prefix("https://vesti.example")
                    .unwrap()
                    .to_owned();
            }
            None => break,
        }
    }
    assert_eq!(found, 1);
}

#[tokio::test]
async fn a_story_that_was_told_is_not_told_again_from_elsewhere() {
    let house = House::new("2026-11-20T10:00:00Z").await;
    house
        .store
        .note_opened(at("2026-11-19T00:00:00Z"))
        .await
        .unwrap();
    let text = "Fundația sprijină cu până la 50.000 de lei asociațiile care deschid centre de zi pentru copii și vârstnici în \
        satele din județele Iași și Vaslui; cererile se depun la sediu sau prin poștă, împreună cu statutul și bugetul.";
    let sketch = vesti::understanding::stories::sketch(&vesti::understanding::stories::Facts {
        title: "Sprijin pentru centre de zi la sate",
        text,
        ..Default::default()
    });
    let told = |name: &str, published: &str| {
        let mut item = understood(name, published);
        item.sketch = sketch.clone();
        item
    };
    house
        .insert("fonss", told("first", "2026-11-20T09:00:00Z"))
        .await;
    house.set("2026-11-21T10:00:00Z");
    house
        .insert("apscf", told("second", "2026-11-21T09:00:00Z"))
        .await;
    house
        .insert("apscf", understood("other", "2026-11-21T09:00:00Z"))
        .await;
    house.set("2026-11-22T10:00:00Z");
    let feed = json(&house, "/digest.json").await;
    let html: Vec<&str> = feed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["content_html"].as_str().unwrap())
        .collect();
    assert_eq!(html.len(), 2);
    assert!(html[1].contains("Titlul first"));
    assert!(html[0].contains("Titlul other") && !html[0].contains("Titlul second"));
}

#[tokio::test]
async fn bad_values_are_named() {
    let house = House::with("2026-11-21T12:00:00Z", Config::default()).await;
    for (query, parameter) in [
        ("period=yearly", "period"),
        ("period=daily&period=weekly", "period"),
        ("hour=24", "hour"),
        ("hour=-1", "hour"),
        ("hour=%2B7", "hour"),
        ("weekday=someday", "weekday"),
        ("weekday=ăăă", "weekday"),
        ("tz=Mars/Olympus", "tz"),
        ("tz=/etc/localtime", "tz"),
        ("tz=%3Ax", "tz"),
        ("group=source", "group"),
        ("before=yesterday", "before"),
        ("edition=2026-11-21", "edition"),
        ("from=nonsense", "from"),
        ("limit=0", "limit"),
    ] {
        let answer = house.get(&format!("/digest.rss?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["parameter"], parameter, "{query}");
        let page = house.get(&format!("/digest?{query}&ui=ro")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(
            page.headers["content-type"].starts_with("text/html"),
            "{query}"
        );
    }
    for path in [
        // No period ends then, or it has not ended.
        "/digest.rss?edition=2026-11-21T0600Z",
        "/digest?edition=2030-11-21T0500Z",
    ] {
        assert_eq!(house.get(path).await.status, 404, "{path}");
    }
    for query in [
        "weekday=fri&period=weekly",
        "period=&hour=&tz=&group=&weekday=",
    ] {
        assert_eq!(
            house.get(&format!("/digest.rss?{query}")).await.status,
            200,
            "{query}"
        );
    }
}

#[tokio::test]
async fn every_search_offers_its_digest() {
    let house = House::new("2026-11-21T12:00:00Z").await;
    let mut item = understood("a", "2026-11-20T10:00:00Z");
    item.kind = Kind::Call;
    house.insert("fonss", item).await;
    for path in [
        "/?kind=call",
        "/calls",
        "/events",
        "/countries/RO",
        "/sources/fonss",
    ] {
        let page = house
            .get(&format!(
                "{path}{}ui=en",
                if path.contains('?') { '&' } else { '?' }
            ))
            .await;
        assert!(
            page.body.contains("href=\"/digest?"),
            "{path}: {}",
            page.body
        );
    }
    let page = house
        .get("/digest?kind=call&ui=en&period=weekly&weekday=friday&group=topic&tz=Europe/Riga")
        .await;
    for part in [
        "<h1>Digest: Call for proposals</h1>",
        "<option value=\"weekly\" selected>",
        "<option value=\"friday\" selected>",
        "<option value=\"topic\" selected>",
        "<input type=\"hidden\" name=\"kind\" value=\"call\">",
        "<input type=\"hidden\" name=\"tz\" value=\"Europe/Riga\">",
        "/digest.rss?kind=call&#38;period=weekly&#38;weekday=friday",
        "name=\"robots\" content=\"noindex, follow\"",
    ] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
}

#[tokio::test]
async fn the_feed_of_a_named_digest_leads_to_its_earlier_editions() {
    let spec = DigestSpec {
        id: "news".parse().unwrap(),
        title: vec![(Language::RO, "Știri".into())],
        query: SearchRequest::from_pairs([("kind", "news")]).unwrap(),
        period: Period::Daily,
        hour: 7,
        weekday: jiff::civil::Weekday::Monday,
        time_zone: TimeZone::UTC,
        limit: 50,
        manner: Manner::default(),
        recipients: Vec::new(),
    };
    let mut settings = Settings::default();
    settings.digests.feed_entries = 2;
    let config = Config {
        settings,
        digests: vec![spec.clone()],
        ..Config::default()
    };
    let house = House::with("2026-11-21T12:00:00Z", config).await;
    for day in 16..21 {
        let item = understood(&format!("n{day}"), &format!("2026-11-{day}T12:00:00Z"));
        house.insert("fonss", item).await;
    }
    let now = at("2026-11-21T12:00:00Z");
    let published = publish_due(
        &house.store,
        &house.index,
        &[spec],
        now,
        &TimeZone::UTC,
        true,
    )
    .await
    .unwrap();
    assert!(published.len() >= 5);
    for ending in ["json", "rss", "atom"] {
        let mut path = format!("/digests/news.{ending}");
        let mut found = Vec::new();
        for page in 0..3 {
            let answer = house.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            let own = format!("https://vesti.example{path}");
            assert!(answer.body.contains(&own), "it names itself {own}");
            let feed = feed_rs::parser::parse(answer.body.as_bytes()).unwrap();
            found.extend(feed.entries.into_iter().map(|entry| entry.id));
            let next = answer.body.split('"').find(|part| {
                part.contains("/digests/news.")
                    && part.contains("before=")
                    && !part.ends_with(&path)
            });
            match next.filter(|_| page < 2) {
                Some(next) => {
                    path = next
                        .strip_prefix("https://vesti.example")
                        .unwrap()
                        .to_owned();
                }
                None => break,
            }
        }
        let count = found.len();
        found.sort();
        found.dedup();
        assert_eq!((count, found.len()), (5, 5), "{ending}");
        let bad = house.get(&format!("/digests/news.{ending}?before=x")).await;
        assert_eq!(bad.status, 400);
    }
}
