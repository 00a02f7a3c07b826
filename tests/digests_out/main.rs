//! Digests over the real store: nothing twice, nothing missed, whatever happens between two looks.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod house;

use std::sync::atomic::Ordering;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;
use vesti::config::{Content, Grouping, Period};
use vesti::delivery::digest::{self, Body, publish_due, recent};
use vesti::delivery::{FeedInfo, FeedLinks, Labels};
use vesti::domain::{Kind, Language};
use vesti::store::Intent;
use vesti::understanding::stories::{self, Facts};

use house::*;

#[tokio::test]
async fn a_digest_opens_with_what_there_is_and_only_when_it_is_ready() {
    let house = House::new(&["a"]).await;
    let now = at("2026-11-21T12:00:00Z");
    for day in 0..10 {
        let published = now - hours(24 * day + 8);
        house
            .record("a", &format!("day-{day}"), now, published, None)
            .await;
    }
    let spec = spec("daily", Period::Daily);
    let specs = [spec.clone()];
    let early = publish_due(
        &house.store,
        &house.index,
        &specs,
        now,
        &TimeZone::UTC,
        false,
    )
    .await;
    assert_eq!(early.unwrap(), []);
    assert_eq!(house.publish(&specs, now).await, 7);
    assert_eq!(
        house.publish(&specs, now).await,
        0,
        "asked again, nothing is new"
    );
    let told = house.told(&spec);
    assert_eq!(told.len(), 7);
    assert!(told.values().all(|count| *count == 1));
    let shown = recent(&house.store, &spec.id, 30).unwrap();
    assert_eq!(shown.len(), 7);
    assert_eq!(shown[0].end, at("2026-11-21T05:00:00Z"));
    assert!(shown.windows(2).all(|pair| pair[0].start == pair[1].end));
}

#[tokio::test]
async fn a_digest_with_nothing_to_open_with_waits() {
    let house = House::new(&["a"]).await;
    let spec = spec("daily", Period::Daily);
    let now = at("2026-11-21T12:00:00Z");
    assert_eq!(house.publish(std::slice::from_ref(&spec), now).await, 0);
    house.record("a", "first", now, now - hours(1), None).await;
    assert_eq!(
        house.publish(std::slice::from_ref(&spec), now).await,
        0,
        "its period has not ended"
    );
    assert_eq!(
        house
            .publish(std::slice::from_ref(&spec), now + hours(24))
            .await,
        1
    );
    assert_eq!(house.told(&spec)["first"], 1);
}

#[tokio::test]
async fn late_and_early_items_are_told_once_each() {
    let house = House::new(&["a"]).await;
    let spec = spec("daily", Period::Daily);
    let specs = [spec.clone()];
    let close = at("2026-11-21T05:00:00Z");
    house
        .record("a", "opening", close, close - hours(3), None)
        .await;
    // Already of the next period when the edition of this one is made.
    house
        .record("a", "early", close + hours(1), close + hours(1), None)
        .await;
    assert_eq!(house.publish(&specs, close + hours(2)).await, 1);
    assert!(!house.told(&spec).contains_key("early"));
    house
        .record("a", "late", close + hours(3), close - hours(30), None)
        .await;
    assert_eq!(house.publish(&specs, close + hours(4)).await, 0);
    let house = house.again();
    assert_eq!(house.publish(&specs, close + hours(25)).await, 1);
    let told = house.told(&spec);
    assert_eq!(told.len(), 3);
    assert!(told.values().all(|count| *count == 1), "{told:?}");
}

#[tokio::test]
async fn an_item_that_becomes_what_the_digest_asks_for_is_told_then() {
    let house = House::new(&["a"]).await;
    let mut spec = spec("calls", Period::Daily);
    spec.query.kind = vec![Kind::Call];
    let specs = [spec.clone()];
    let close = at("2026-11-21T05:00:00Z");
    let become_call = |guid: &str, now: Timestamp| {
        let mut now = understood("a", guid, now, None);
        now.kind = Kind::Call;
        now.content_hash = "completed".into();
        let id = now.keys[0].item_id(&"a".parse().unwrap());
        Intent::Update {
            id,
            now: Box::new(now),
            edit: false,
        }
    };
    for guid in ["one", "two"] {
        house
            .record("a", guid, close - hours(2), close - hours(3), None)
            .await;
    }
    house
        .decide("a", close - hours(1), become_call("one", close - hours(3)))
        .await;
    assert_eq!(house.publish(&specs, close).await, 1);
    for day in 1..5 {
        assert_eq!(house.publish(&specs, close + hours(24 * day)).await, 1);
        if day == 1 {
            house
                .decide("a", close + hours(25), become_call("two", close - hours(3)))
                .await;
        }
    }
    let told = house.told(&spec);
    assert_eq!(told.len(), 2, "{told:?}");
}

#[tokio::test]
async fn quiet_periods_are_kept_but_not_shown_and_a_long_sleep_makes_one_edition() {
    let house = House::new(&["a"]).await;
    let spec = spec("hourly", Period::Hourly);
    let specs = [spec.clone()];
    let start = at("2026-11-21T05:00:00Z");
    house
        .record("a", "one", start, start - hours(1), None)
        .await;
    assert_eq!(house.publish(&specs, start).await, 1);
    for hour in 1..=20 {
        assert_eq!(house.publish(&specs, start + hours(hour)).await, 1);
    }
    assert_eq!(house.editions(&spec).len(), 21);
    assert_eq!(recent(&house.store, &spec.id, 10).unwrap().len(), 1);
    for day in 1..=30 {
        let when = start + hours(24 * day);
        house
            .record("a", &format!("asleep-{day}"), when, when, None)
            .await;
    }
    let house = house.again();
    assert_eq!(house.publish(&specs, start + hours(24 * 31)).await, 1);
    assert_eq!(house.told(&spec).len(), 31);
}

#[tokio::test]
async fn a_story_comes_once_with_all_its_sources() {
    let house = House::new(&["a", "b", "c"]).await;
    let spec = spec("daily", Period::Daily);
    let specs = [spec.clone()];
    let close = at("2026-11-21T05:00:00Z");
    let text = "Fundația sprijină cu până la 50.000 de lei asociațiile care deschid centre de zi pentru copii și vârstnici în satele \
        din județele Iași și Vaslui; cererile se depun la sediu sau prin poștă, împreună cu statutul și bugetul proiectului.";
    let story = stories::sketch(&Facts {
        title: "Sprijin pentru centre de zi la sate",
        text,
        ..Facts::default()
    });
    let story = Some(&story);
    house
        .record("a", "told-a", close, close - hours(3), story)
        .await;
    house
        .record("b", "told-b", close, close - hours(2), story)
        .await;
    assert_eq!(house.publish(&specs, close).await, 1);
    house
        .record("c", "told-c", close + hours(2), close + hours(1), story)
        .await;
    assert_eq!(house.publish(&specs, close + hours(24)).await, 1);
    let told = house.told(&spec);
    assert_eq!(told.keys().collect::<Vec<_>>(), ["told-a"]);
    let first = recent(&house.store, &spec.id, 1).unwrap().remove(0);
    let body = Body::of(&first).unwrap();
    let sources: Vec<&str> = body.groups[0].stories[0]
        .sources
        .iter()
        .map(|carrier| carrier.id.as_str())
        .collect();
    assert_eq!(sources, ["a", "b"]);
}

#[tokio::test]
async fn a_digest_reads_as_a_feed_with_an_entry_for_each_period() {
    let house = House::new(&["a"]).await;
    let spec = spec("daily", Period::Daily);
    let now = at("2026-11-21T12:00:00Z");
    for day in 0..3 {
        let published = now - hours(24 * day + 8);
        house
            .record("a", &format!("știre-{day}"), now, published, None)
            .await;
    }
    house.publish(std::slice::from_ref(&spec), now).await;
    let editions = recent(&house.store, &spec.id, 30).unwrap();
    let url = |path: &str| Url::parse(&format!("https://vesti.example/{path}")).unwrap();
    let info = FeedInfo {
        title: "daily".into(),
        description: "Știrile zilei".into(),
        home: url("digests/daily"),
        this: url("digests/daily.rss"),
        next: None,
        lang: Some(Language::RO),
        updated: editions[0].published,
        public: url(""),
        links: FeedLinks::default(),
        content: Content::Full,
        labels: Labels::default(),
        hub: None,
    };
    for (name, text) in [
        ("rss", digest::rss(&info, &spec, &editions, Language::RO)),
        ("atom", digest::atom(&info, &spec, &editions, Language::RO)),
        (
            "json",
            digest::json_feed(&info, &spec, &editions, Language::RO),
        ),
    ] {
        let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
        assert_eq!(feed.entries.len(), 3, "{name}");
        let first = &feed.entries[0];
        assert_eq!(
            first.id, "tag:vesti.example,2026:digests/daily/2026-11-21T0500Z",
            "{name}"
        );
        assert_eq!(
            first.links[0].href, "https://vesti.example/digests/daily/2026-11-21T0500Z",
            "{name}"
        );
        assert_eq!(
            first.title.as_ref().unwrap().content,
            "daily: 21 noiembrie 2026",
            "{name}"
        );
        for (number, entry) in feed.entries.iter().enumerate() {
            let html = entry.content.as_ref().unwrap().body.as_ref().unwrap();
            assert!(html.contains(&format!("știre-{number}")), "{name}: {html}");
            assert!(html.contains("<h2>Știri</h2>"), "{name}: {html}");
        }
    }
}

#[tokio::test]
async fn nothing_is_published_while_the_index_is_behind() {
    let house = House::new(&["a"]).await;
    let spec = spec("daily", Period::Daily);
    let specs = [spec.clone()];
    let now = at("2026-11-21T05:00:00Z");
    house.record("a", "one", now, now - hours(1), None).await;
    house.index.behind.store(1, Ordering::SeqCst);
    assert_eq!(house.publish(&specs, now).await, 0);
    house.index.behind.store(0, Ordering::SeqCst);
    assert_eq!(house.publish(&specs, now).await, 1);
}

/// A made-up year of life: items come on time, late or early, the service sleeps, crashes, loses its clock for a while
/// and has its digest reconfigured.
#[tokio::test]
async fn over_a_long_life_every_item_is_told_exactly_once() {
    let mut house = House::new(&["a", "b"]).await;
    let mut dice = fastrand::Rng::with_seed(20_261_121);
    let mut spec = spec("life", Period::Daily);
    spec.limit = 10_000;
    let mut now = at("2026-03-20T12:00:00Z");
    house.record("a", "first", now, now - hours(6), None).await;
    now += hours(24);
    assert!(house.publish(std::slice::from_ref(&spec), now).await > 0);
    let mut recorded = 1;
    for step in 0..150 {
        now += SignedDuration::from_mins(dice.i64(1..3000));
        for number in 0..dice.usize(0..4) {
            let published = now - SignedDuration::from_mins(dice.i64(-30..4000));
            let source = if dice.bool() { "a" } else { "b" };
            house
                .record(
                    source,
                    &format!("item-{step}-{number}"),
                    now,
                    published,
                    None,
                )
                .await;
            recorded += 1;
        }
        match dice.u8(0..16) {
            0 => house = house.again(),
            1 => now += hours(24 * dice.i64(1..20)),
            2 => spec.hour = dice.i8(0..24),
            3 => {
                let periods = [
                    Period::Hourly,
                    Period::Daily,
                    Period::Weekly,
                    Period::Monthly,
                ];
                spec.period = periods[dice.usize(0..4)];
            }
            4 => {
                house
                    .publish(std::slice::from_ref(&spec), now - hours(dice.i64(1..40)))
                    .await;
            }
            // The clock is ahead for a while.
            5 => {
                house
                    .publish(std::slice::from_ref(&spec), now + hours(dice.i64(1..100)))
                    .await;
            }
            6 => {
                let zones = ["Europe/Riga", "Europe/Brussels", "America/St_Johns"];
                spec.time_zone = TimeZone::get(zones[dice.usize(0..3)]).unwrap();
            }
            7 => {
                spec.weekday =
                    [Weekday::Monday, Weekday::Friday, Weekday::Sunday][dice.usize(0..3)];
            }
            8 => {
                spec.manner.group = Grouping::ALL[dice.usize(0..3)].1;
                spec.manner.per_source = dice.usize(1..5);
            }
            _ => {}
        }
        house.publish(std::slice::from_ref(&spec), now).await;
    }
    // Two more closings, so that what was early or late has its turn.
    for _ in 0..2 {
        now += hours(24 * 32);
        house.publish(std::slice::from_ref(&spec), now).await;
    }
    let told = house.told(&spec);
    assert!(told.values().all(|count| *count == 1));
    assert_eq!(told.len(), recorded);
}
