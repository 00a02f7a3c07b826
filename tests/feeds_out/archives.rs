//! Pages and archives of feeds (RFC 5005), and how much of each announcement they have.

use std::collections::BTreeSet;

use vesti::config::{Config, Content, Settings};

use crate::house::*;

/// The addresses of a feed's links by relation, and the ids of its entries.
fn read(body: &str) -> (Vec<(String, String)>, Vec<String>) {
    let feed = feed_rs::parser::parse(body.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let links = feed.links.iter().filter_map(|link| {
        let href = link.href.strip_prefix("https://vesti.example")?;
        Some((link.rel.clone()?, href.to_owned()))
    });
    (
        links.collect(),
        feed.entries.into_iter().map(|entry| entry.id).collect(),
    )
}

fn link<'a>(links: &'a [(String, String)], rel: &str) -> Option<&'a str> {
    links
        .iter()
        .find(|(own, _)| own == rel)
        .map(|(_, href)| href.as_str())
}

/// Five months of announcements, some days with many and others with none.
async fn house() -> (House, usize) {
    let house = House::new("2026-11-21T12:00:00Z").await;
    let now = at("2026-11-21T12:00:00Z");
    let mut intents = Vec::new();
    for number in 0..120_i64 {
        let days = number * number / 100;
        let published = now - jiff::SignedDuration::from_hours(24 * days + number % 3);
        let item = understood(&format!("n{number}"), &published.to_string());
        intents.push(vesti::store::Intent::Insert(Box::new(item)));
    }
    let count = intents.len();
    house.decide("fonss", intents).await;
    (house, count)
}

#[tokio::test]
async fn pages_and_archives_together_have_everything() {
    let (house, count) = house().await;
    for ending in ["rss", "atom"] {
        // Page by page.
        let mut path = format!("/feed.{ending}?limit=50");
        let mut paged = Vec::new();
        let mut first = None;
        loop {
            let (links, ids) = read(&house.get(&path).await.body);
            assert_eq!(link(&links, "self"), Some(path.as_str()));
            assert_eq!(link(&links, "first"), first.as_deref());
            paged.extend(ids);
            first = Some(format!("/feed.{ending}?limit=50"));
            match link(&links, "next") {
                Some(next) => path = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(paged.len(), count, "{ending}");
        assert_eq!(paged.iter().collect::<BTreeSet<_>>().len(), count);

        // By the archives.
        let feed = format!("/feed.{ending}");
        let (links, ids) = read(&house.get(&feed).await.body);
        assert!(link(&links, "current").is_none());
        let mut all: BTreeSet<String> = ids.into_iter().collect();
        let mut archive = link(&links, "prev-archive").map(str::to_owned);
        let mut places = Vec::new();
        let mut later: Option<String> = None;
        while let Some(path) = archive {
            let answer = house.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.contains("<fh:archive/>"), "{path}");
            let (links, ids) = read(&answer.body);
            assert!(!ids.is_empty(), "{path}");
            assert_eq!(link(&links, "self"), Some(path.as_str()));
            assert_eq!(link(&links, "current"), Some(feed.as_str()));
            all.extend(ids);
            if let Some(later) = later.filter(|_| !path.contains("-11-")) {
                // Days without anything lie between, but nothing is jumped over.
                let next = link(&links, "next-archive").unwrap();
                assert!(next <= later.as_str(), "{next} {later}");
            }
            places.push(path.rsplit('=').next().unwrap().to_owned());
            later = Some(path);
            archive = link(&links, "prev-archive").map(str::to_owned);
            assert!(places.len() < 60);
        }
        assert_eq!(all.len(), count, "{ending}");
        assert!(places.iter().rev().is_sorted(), "{places:?}");
        assert!(places[0].starts_with("2026-11-") && places.contains(&"2026-09".to_owned()));
    }
}

#[tokio::test]
async fn an_archive_stays_as_it_is_while_new_things_come() {
    let (house, _) = house().await;
    let path = "/feed.atom?archive=2026-10&lang=ro";
    let before = house.get(path).await;
    let etag = before.headers["etag"].clone();
    house.set("2026-11-25T12:00:00Z");
    house
        .insert("plecs", understood("new", "2026-11-25T10:00:00Z"))
        .await;
    let again = house.ask(path, &[("if-none-match", &etag)]).await;
    assert_eq!(again.status, 304);
    // All documents of a feed have one id.
    let id = |body: &str| feed_rs::parser::parse(body.as_bytes()).unwrap().id;
    assert_eq!(
        id(&before.body),
        id(&house.get("/feed.atom?lang=ro").await.body)
    );
    // An empty one is a feed like any other.
    let empty = house.get("/feed.rss?archive=2020-01").await;
    assert_eq!(empty.status, 200);
    assert!(read(&empty.body).1.is_empty());
    for query in [
        "archive=2026-11",
        "archive=2026-11-25",
        "archive=2030-01",
        "archive=latest",
        "archive=2026-10&archive=2026-09",
    ] {
        for ending in ["rss", "json"] {
            let answer = house.get(&format!("/feed.{ending}?{query}")).await;
            assert_eq!(answer.status, 400, "{query}");
            assert!(
                answer.body.contains("\"parameter\":\"archive\""),
                "{}",
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn json_feeds_lead_to_what_is_older_as_well() {
    let (house, count) = house().await;
    let mut seen = BTreeSet::new();
    let mut path = "/feed.json?archive=2026-10&content=excerpt".to_owned();
    loop {
        let feed: serde_json::Value = serde_json::from_str(&house.get(&path).await.body).unwrap();
        for item in feed["items"].as_array().unwrap() {
            assert!(seen.insert(item["id"].as_str().unwrap().to_owned()));
        }
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
    let october = (0..120)
        .filter(|number| number * number / 100 >= 21)
        .count();
    assert_eq!(seen.len(), october);
    assert!(october < count);
}

#[tokio::test]
async fn feeds_have_the_whole_text_or_an_excerpt() {
    let mut settings = Settings::default();
    let item = || understood("a", "2026-11-20T10:00:00Z");
    for configured in [Content::Full, Content::Excerpt] {
        settings.feeds.content = configured;
        let config = Config {
            settings: settings.clone(),
            ..Config::default()
        };
        let house = House::with("2026-11-21T12:00:00Z", config).await;
        house.insert("fonss", item()).await;
        for ending in ["rss", "atom", "json"] {
            for (query, full) in [
                ("", configured == Content::Full),
                ("?content=full", true),
                ("?content=excerpt", false),
            ] {
                let path = format!("/feed.{ending}{query}");
                let body = house.get(&path).await.body;
                let text = "despre servicii sociale";
                assert_eq!(body.contains(text), full, "{path}: {body}");
                assert!(body.contains("Textul a."), "{path}");
                let own = path.replace('&', "&amp;");
                assert!(
                    body.contains(&format!("https://vesti.example{own}\"")),
                    "{path}: {body}"
                );
            }
            let bad = house.get(&format!("/feed.{ending}?content=some")).await;
            assert_eq!(bad.status, 400);
        }
    }
}
