//! The demo's sites that break while it runs: each is noticed within two minutes of its hurried time.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use vesti::clock::{ManualClock, SharedClock};
use vesti::config::Config;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass};
use vesti::demo::Demo;
use vesti::domain::{Seq, SourceId, Symptom, Turn, Way};
use vesti::store::{Change, Store};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sites_of_the_demo_break_on_cue_and_are_noticed() {
    let started: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
    let clock = ManualClock::new(started);
    let shared: SharedClock = Arc::new(clock.clone());
    let demo = Arc::new(Demo::load_breaking().unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut sources = demo.sources(listener.local_addr().unwrap().port());
    sources.retain(|source| {
        ["lumina", "puntea", "speranta", "stela", "opora"].contains(&source.id.as_str())
    });
    assert_eq!(sources.len(), 5);
    let router = demo.router(started, shared.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let mut config = Config::default();
    let crawler = &mut config.settings.crawler;
    crawler.host_delay = Duration::ZERO;
    crawler.allow_networks = vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
    crawler.patience = 3.0 / 86_400.0;
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path()).unwrap();
    store.set_sources(sources.clone(), started).await.unwrap();
    let fetcher = Fetcher::new(&config.settings.crawler, shared.clone(), Names::default()).unwrap();
    let crawler = Crawler::new(store.clone(), fetcher, shared, &config);
    let ids: Vec<SourceId> = sources.iter().map(|source| source.id.clone()).collect();
    for seconds in (0..=120).step_by(5) {
        clock.set(started + SignedDuration::from_secs(seconds));
        let (reports, _) = tokio::sync::mpsc::unbounded_channel();
        crawler
            .pass(Pass::Sources(ids.clone()), reports)
            .await
            .unwrap();
    }

    let state = |id: &str| store.source(&id.parse().unwrap()).unwrap().unwrap().state;
    let words = |id: &str| -> Vec<&'static str> {
        let state = state(id);
        let findings = state.findings.iter();
        findings.map(|finding| finding.symptom.word()).collect()
    };
    let why = |id: &str| {
        let all = store
            .happenings(Some(&id.parse().unwrap()), None, 10)
            .unwrap();
        all.into_iter()
            .find_map(|happening| match happening.finding.symptom {
                Symptom::ReadAnew { why, .. } if happening.turn == Turn::Began => Some(why.word()),
                _ => None,
            })
    };
    let titles: Vec<String> = store
        .changes_after(Seq(0), 10_000)
        .unwrap()
        .into_iter()
        .filter_map(|change| match change {
            Change::Item(item) => Some(item.title),
            Change::Removed { .. } => None,
        })
        .collect();

    // A feed stands still: the page is read in its place, and nothing is missed.
    assert_eq!(why("lumina"), Some("frozen"), "{:?}", words("lumina"));
    assert_eq!(state("lumina").way, Way::Listing);
    assert!(
        titles
            .iter()
            .any(|title| title.contains("linie telefonică")),
        "{titles:?}"
    );

    // A redesign: what it published is found in its sitemap.
    assert_eq!(why("puntea"), Some("redesigned"), "{:?}", words("puntea"));
    assert_eq!(state("puntea").way, Way::Sitemap);

    // Another owner: flagged, and nothing of theirs is among the announcements.
    assert_eq!(words("speranta"), ["other_subject"]);
    assert!(
        !titles
            .iter()
            .any(|title| title.to_lowercase().contains("slot")),
        "{titles:?}"
    );

    // A wall.
    assert_eq!(words("stela"), ["bot_wall"]);

    // Nothing is said of a site that is well.
    assert_eq!(words("opora"), Vec::<&str>::new());
}
