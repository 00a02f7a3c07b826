//! The crawler over real HTTP: the demo's sites, and servers that behave in ways worth a test.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[path = "crawl/connections.rs"]
mod connections;
#[path = "crawl/entries.rs"]
mod entries;
#[path = "crawl/passes.rs"]
mod passes;
#[path = "crawl/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::time::Duration;

use vesti::clock::SharedClock;
use vesti::config::Config;
use vesti::crawling::documents::Documents;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass, Report};
use vesti::domain::{Country, Role, Seq, Source};
use vesti::store::{Change, Store};

struct Rig {
    store: Store,
    crawler: Crawler,
    sources: Vec<Source>,
    _data: tempfile::TempDir,
}

impl Rig {
    async fn new(sources: Vec<Source>, clock: SharedClock) -> Self {
        let mut config = Config::default();
        let crawler = &mut config.settings.crawler;
        crawler.host_delay = Duration::ZERO;
        crawler.timeout = Duration::from_secs(5);
        crawler.allow_networks = vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path()).unwrap();
        store
            .set_sources(sources.clone(), clock.now())
            .await
            .unwrap();
        let fetcher =
            Fetcher::new(&config.settings.crawler, clock.clone(), Names::default()).unwrap();
        let crawler = Crawler::new(store.clone(), fetcher, clock, &config)
            .with_documents(Documents::new(env!("CARGO_BIN_EXE_vesti")));
        Self {
            store,
            crawler,
            sources,
            _data: data,
        }
    }

    /// Visits every source once, due or not.
    async fn pass(&self) -> BTreeMap<String, Report> {
        let ids = self
            .sources
            .iter()
            .map(|source| source.id.clone())
            .collect();
        let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
        self.crawler
            .pass(Pass::Sources(ids), reports)
            .await
            .unwrap();
        let mut said = BTreeMap::new();
        while let Some(report) = heard.recv().await {
            said.insert(report.source.to_string(), report);
        }
        said
    }

    fn items(&self) -> Vec<vesti::domain::Item> {
        let changes = self.store.changes_after(Seq(0), 100_000).unwrap();
        changes
            .into_iter()
            .filter_map(|change| match change {
                Change::Item(item) => Some(item),
                Change::Removed { .. } => None,
            })
            .collect()
    }
}

fn source(id: &str, url: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: id.to_owned(),
        url: Some(url.parse().unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: vec!["ro".parse().unwrap()],
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}
