//! Our own feeds: named with their hub, which is told when they change.

use std::time::Duration;

use jiff::SignedDuration;
use vesti::config::{Config, DigestSpec};
use vesti::domain::Seq;
use vesti::store::{Channel, Edition};

use super::hub::Manner;
use super::rig::{Rig, feed};

const FORMATS: [&str; 3] = ["atom", "json", "rss"];

/// A service with a hub of its own, and a source that has none.
async fn rig() -> Rig {
    let rig = Rig::with(|config, hub| {
        config.settings.feeds.hub = Some(hub.parse().unwrap());
        // The hub fetches before it answers.
        config.settings.crawler.first_byte_timeout = Duration::from_secs(20);
        config.digests = vec![digest()];
    })
    .await;
    rig.site.serve(&plain(&[1, 2]));
    rig.poll().await;
    while rig.hub.told().len() < 3 {
        go_on(&rig, 5).await;
    }
    rig
}

fn plain(numbers: &[usize]) -> String {
    feed(numbers, "").replace("<atom:link rel='hub' href=''/>", "")
}

fn digest() -> DigestSpec {
    let folder = tempfile::tempdir().unwrap();
    let text = "[[digest]]\nid = 'all'\ntitle = 'All'\nperiod = 'daily'\n";
    std::fs::write(folder.path().join("digests.toml"), text).unwrap();
    let path = folder.path().join("vesti.toml");
    std::fs::write(&path, "").unwrap();
    let config = Config::load(&path, std::iter::empty()).unwrap();
    config.digests.into_iter().next().unwrap()
}

/// The feeds that the hub was told of, in the order of their names, how often each.
fn counts(rig: &Rig) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for told in rig.hub.told() {
        *counts
            .entry(told.feed.replace(rig.base.as_str(), "/"))
            .or_default() += 1;
    }
    counts.into_iter().collect()
}

fn each(feed: &str, times: usize) -> Vec<(String, usize)> {
    FORMATS
        .map(|format| (format!("/{feed}.{format}"), times))
        .to_vec()
}

/// Lets the time go on in small steps, as loops that look every few seconds need it.
async fn go_on(rig: &Rig, seconds: i64) {
    let step = if seconds > 60 { 10 } else { 5 };
    for _ in 0..seconds / step {
        rig.wait(step);
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
}

/// Waits until that is so, while the time goes on.
async fn reach(rig: &Rig, done: impl Fn(&Rig) -> bool) {
    for _ in 0..600 {
        if done(rig) {
            return;
        }
        rig.wait(1);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to that: {:?}", counts(rig));
}

async fn announce_edition(rig: &Rig) {
    let changes = rig.store().changes_after(Seq(0), 10).unwrap();
    let items = changes.iter().filter_map(|change| match change {
        vesti::store::Change::Item(item) => Some(item.id),
        vesti::store::Change::Removed { .. } => None,
    });
    let edition = Edition {
        digest: "all".parse().unwrap(),
        start: rig.now() - SignedDuration::from_hours(24),
        end: rig.now(),
        published: rig.now(),
        through: rig.store().seq(),
        body: serde_json::json!({}),
        items: items.collect(),
    };
    assert!(rig.store().publish(edition).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_format_names_the_hub_in_the_document_and_in_the_headers() {
    let rig = rig().await;
    let hub = rig.hub.address.clone();
    for (path, link) in [
        (
            "feed.rss",
            format!("<atom:link rel=\"hub\" href=\"{hub}\"/>"),
        ),
        ("feed.atom", format!("<link rel=\"hub\" href=\"{hub}\"/>")),
        (
            "feed.json",
            format!("\"hubs\":[{{\"type\":\"WebSub\",\"url\":\"{hub}\"}}]"),
        ),
        (
            "digests/all.rss",
            format!("<atom:link rel=\"hub\" href=\"{hub}\"/>"),
        ),
        (
            "digests/all.atom",
            format!("<link rel=\"hub\" href=\"{hub}\"/>"),
        ),
        (
            "digests/all.json",
            format!("\"hubs\":[{{\"type\":\"WebSub\",\"url\":\"{hub}\"}}]"),
        ),
    ] {
        let (headers, body) = rig.get(path).await;
        assert!(body.contains(&link), "{path}: {body}");
        let expected = format!("<{hub}>; rel=\"hub\", <{}{path}>; rel=\"self\"", rig.base);
        assert_eq!(headers["link"], expected.as_str(), "{path}");
    }
    let plain = Rig::new().await;
    let (headers, body) = plain.get("feed.rss").await;
    assert!(!headers.contains_key("link") && !body.contains("rel=\"hub\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hub_is_told_of_news_when_they_can_be_fetched_and_not_too_often() {
    let rig = rig().await;
    reach(&rig, |rig| rig.store().waiting(Channel::Push).unwrap() == 0).await;
    let first = counts(&rig);
    assert_eq!(first.len(), 3);
    go_on(&rig, 90).await;
    let settled = counts(&rig);
    // What came while the first ones left may have been told once more, and then no more.
    go_on(&rig, 120).await;
    assert_eq!(counts(&rig), settled);
    let before = settled[0].1;

    rig.site.serve(&plain(&[1, 2, 3]));
    rig.poll().await;
    go_on(&rig, 20).await;
    reach(&rig, |rig| counts(rig) == each("feed", before + 1)).await;
    for told in rig.hub.told().iter().rev().take(3) {
        assert!(told.body.contains("Anunțul cu numărul 3"), "{}", told.feed);
    }
    rig.site.serve(&plain(&[1, 2, 3, 4]));
    rig.poll().await;
    rig.site.serve(&plain(&[1, 2, 3, 4, 5]));
    rig.poll().await;
    while !rig.get("feed.rss").await.1.contains("Anunțul cu numărul 5") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    go_on(&rig, 20).await;
    assert_eq!(counts(&rig), each("feed", before + 1), "within the minute");
    go_on(&rig, 60).await;
    reach(&rig, |rig| counts(rig) == each("feed", before + 2)).await;
    for told in rig.hub.told().iter().rev().take(3) {
        assert!(told.body.contains("Anunțul cu numărul 5"), "{}", told.feed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hub_is_told_of_editions_once_each_whatever_happens_to_it_and_to_us() {
    let mut rig = rig().await;
    go_on(&rig, 120).await;
    reach(&rig, |rig| rig.store().waiting(Channel::Push).unwrap() == 0).await;
    let editions = |rig: &Rig| -> Vec<(String, usize)> {
        counts(rig)
            .into_iter()
            .filter(|(feed, _)| feed.contains("digests"))
            .collect()
    };
    announce_edition(&rig).await;
    go_on(&rig, 10).await;
    reach(&rig, |rig| editions(rig) == each("digests/all", 1)).await;

    // The hub is down, and then we are.
    rig.hub.be(Manner::Status(503));
    go_on(&rig, 100).await;
    announce_edition(&rig).await;
    go_on(&rig, 20).await;
    rig.crash().await;
    go_on(&rig, 20).await;
    assert_eq!(editions(&rig), each("digests/all", 1));
    rig.hub.be(Manner::VerifyLater);
    go_on(&rig, 300).await;
    reach(&rig, |rig| editions(rig) == each("digests/all", 2)).await;

    // It heard, and we were killed before it said so.
    rig.hub.be(Manner::Hang);
    announce_edition(&rig).await;
    let heard = rig.hub.told().len();
    go_on(&rig, 5).await;
    reach(&rig, |rig| rig.hub.told().len() > heard).await;
    rig.crash().await;
    rig.hub.be(Manner::VerifyLater);
    go_on(&rig, 300).await;
    reach(&rig, |rig| editions(rig) == each("digests/all", 3)).await;
    let mut keys: Vec<_> = rig.hub.told().into_iter().map(|told| told.key).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all, "nothing under one name twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn feeds_of_searches_that_somebody_fetches_are_announced_when_they_change() {
    let mut rig = rig().await;
    announce_edition(&rig).await;
    let russian = "digests/all.json?ui=ru";
    let (matching, other) = ("feed.atom?q=%22num%C4%83rul+3%22", "feed.rss?lang=lv");
    for path in [matching, other, russian] {
        let (headers, body) = rig.get(path).await;
        assert!(body.contains(&rig.hub.address), "{path}");
        let link = headers["link"].to_str().unwrap();
        assert!(
            link.ends_with(&format!("<{}{path}>; rel=\"self\"", rig.base)),
            "{link}"
        );
    }
    let (_, older) = rig.get("feed.rss?limit=1").await;
    let cursor = older.split_once("cursor=").unwrap().1;
    let cursor = cursor.split(['"', '&']).next().unwrap();
    let (headers, _) = rig.get(&format!("feed.rss?limit=1&cursor={cursor}")).await;
    assert!(!headers.contains_key("link"), "older pages do not change");

    let times = |rig: &Rig, path: &str| {
        let address = rig.base.join(path).unwrap();
        let told = rig.hub.told();
        told.iter()
            .filter(|told| told.feed == address.as_str())
            .count()
    };
    go_on(&rig, 150).await;
    let before = (times(&rig, matching), times(&rig, other));
    assert!(before.0 >= 1 && before.1 >= 1, "{before:?}");
    rig.crash().await;
    rig.site.serve(&plain(&[1, 2, 3]));
    rig.poll().await;
    go_on(&rig, 100).await;
    reach(&rig, |rig| times(rig, matching) == before.0 + 1).await;
    let told = rig.hub.told();
    let last = told
        .iter()
        .rfind(|told| told.feed.ends_with(matching))
        .unwrap();
    assert!(last.body.contains("Anunțul cu numărul 3"));
    assert_eq!(times(&rig, other), before.1, "nothing came that it selects");
    assert_eq!(times(&rig, russian), 1);
    announce_edition(&rig).await;
    go_on(&rig, 60).await;
    reach(&rig, |rig| times(rig, russian) == 2).await;
}
