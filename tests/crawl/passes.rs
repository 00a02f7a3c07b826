//! Passes over many sites: those of the demo, and more than are visited at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{StatusCode, Uri};
use jiff::{SignedDuration, Timestamp};

use vesti::clock::{ManualClock, SharedClock, SystemClock};
use vesti::crawling::Pass;

use super::{Rig, source};

/// Sites of the demo that have no feed.
const WITHOUT_FEED: [&str; 6] = [
    "luncile",
    "vidusdaugava",
    "nadejda-soroca",
    "valea-alba",
    "pascupas",
    "jaunatnesmaja",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sites_of_the_demo_without_a_feed_are_read() {
    let clock: SharedClock = Arc::new(SystemClock);
    let demo = Arc::new(vesti::demo::Demo::load().unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut sources = demo.sources(listener.local_addr().unwrap().port());
    sources.retain(|source| WITHOUT_FEED.contains(&source.id.as_str()));
    assert_eq!(sources.len(), WITHOUT_FEED.len());
    let router = demo.clone().router(clock.now(), clock.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let rig = Rig::new(sources, clock).await;
    for (id, report) in rig.pass().await {
        assert!(report.log.fault.is_none(), "{id}: {:?}", report.log.fault);
        assert!(report.log.new >= 5, "{id}: {} items", report.log.new);
    }
    assert!(rig.items().iter().all(|item| !item.title.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pass_over_more_sources_than_are_visited_at_once_visits_each_once() {
    let asked = Arc::new(Mutex::new(BTreeMap::<String, u32>::new()));
    let counted = asked.clone();
    let router = Router::new().fallback(async move |uri: Uri| {
        if uri.path() == "/robots.txt" {
            return (StatusCode::NOT_FOUND, String::new());
        }
        *counted.lock().unwrap().entry(uri.to_string()).or_default() += 1;
        let feed = "<rss version='2.0'><channel><item><title>Anunț</title></item></channel></rss>";
        (StatusCode::OK, feed.to_owned())
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let sources = (0..100).map(|number| {
        let url = format!("http://s{number}.localhost:{port}/feed/{number}");
        let mut source = source(&format!("s{number}"), &url);
        // Whole portions of what is visited at once cannot be taken.
        source.paused = (30..70).contains(&number);
        source
    });
    let now = Timestamp::now();
    let clock = Arc::new(ManualClock::new(now));
    let rig = Rig::new(sources.collect(), clock.clone()).await;
    let every = |times| -> BTreeMap<String, u32> {
        (0..30)
            .chain(70..100)
            .map(|number| (format!("/feed/{number}"), times))
            .collect()
    };
    assert_eq!(rig.pass().await.len(), 60);
    assert_eq!(*asked.lock().unwrap(), every(1));

    let due = async || {
        let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
        rig.crawler.pass(Pass::Due, reports).await.unwrap();
        let mut visited = 0;
        while heard.recv().await.is_some() {
            visited += 1;
        }
        visited
    };
    assert_eq!(due().await, 0, "nothing is due yet");
    clock.set(now + SignedDuration::from_hours(24 * 30));
    assert_eq!(due().await, 60);
    assert_eq!(*asked.lock().unwrap(), every(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_site_of_the_demo_is_read() {
    let clock: SharedClock = Arc::new(SystemClock);
    let demo = Arc::new(vesti::demo::Demo::load().unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let sources = demo.sources(listener.local_addr().unwrap().port());
    let router = demo.clone().router(clock.now(), clock.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let rig = Rig::new(sources, clock).await;
    let said = rig.pass().await;

    let failed: Vec<String> = said
        .iter()
        .filter_map(|(id, report)| {
            report
                .log
                .fault
                .as_ref()
                .map(|fault| format!("{id}: {fault}"))
        })
        .collect();
    assert_eq!(failed.len(), 1, "one site is down on purpose: {failed:?}");
    let items = rig.items();
    assert!(items.len() >= 150, "{} items", items.len());
    let langs: BTreeMap<&str, usize> =
        items
            .iter()
            .filter_map(|item| item.lang)
            .fold(BTreeMap::new(), |mut counts, found| {
                *counts
                    .entry(match found.lang.as_str() {
                        "ro" => "ro",
                        "lv" => "lv",
                        "ru" => "ru",
                        "en" => "en",
                        _ => "other",
                    })
                    .or_default() += 1;
                counts
            });
    for lang in ["ro", "lv", "ru", "en"] {
        assert!(langs[lang] >= 20, "{langs:?}");
    }
    let garbled: Vec<&str> = items
        .iter()
        .filter(|item| item.text.contains('\u{fffd}'))
        .map(|item| item.title.as_str())
        .collect();
    assert!(garbled.is_empty(), "{garbled:?}");
    for words in [
        "Platforma Socială",
        "Sociālās drošības interešu pārstāvības tīkls",
        "Locuința protejată",
        "Fonds PLECS",
    ] {
        assert!(
            items.iter().any(|item| item.text.contains(words)),
            "{words}"
        );
    }

    let before: BTreeSet<_> = items.iter().map(|item| item.id).collect();
    rig.pass().await;
    let again: BTreeSet<_> = rig.items().iter().map(|item| item.id).collect();
    assert!(
        before.is_subset(&again),
        "the same items under the same ids"
    );
    assert!(
        again.len() <= before.len() + 20,
        "{} became {}",
        before.len(),
        again.len()
    );
}
