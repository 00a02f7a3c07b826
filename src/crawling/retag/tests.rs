use jiff::Timestamp;
use url::Url;

use super::*;
use crate::clock::ManualClock;
use crate::config::{Concept, Config};
use crate::crawling::fetch::{Fetcher, Names};
use crate::domain::{
    Country, Detected, Draft, ItemKey, Kind, Language, Phase, Precision, Role, Seq, Source,
    Understood,
};
use crate::store::{Change, Intent, Store, Visit, VisitLog};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn source(topics: &[&str]) -> Source {
    Source {
        id: "fonss".parse().unwrap(),
        name: "FONSS".into(),
        url: Some(Url::parse("https://fonss.ro/").unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: topics.iter().map(|topic| topic.parse().unwrap()).collect(),
        paused: false,
        private: false,
    }
}

fn item(number: usize, title: &str) -> Understood {
    let url = Url::parse(&format!("https://fonss.ro/{number}")).unwrap();
    Understood {
        draft: Draft {
            guid: None,
            url: Some(url.clone()),
            title: title.into(),
            author: None,
            html: None,
            text: String::new(),
            summary: None,
            published: None,
            precision: Precision::None,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Url(url.to_string())],
        url,
        content_hash: title.into(),
        excerpt: String::new(),
        lang: Some(Detected {
            lang: Language::RO,
            confidence: 1.0,
        }),
        kind: Kind::News,
        topics: Vec::new(),
        deadline: None,
        event: None,
        sketch: crate::domain::Sketch::default(),
    }
}

async fn add(store: &Store, items: Vec<Understood>) {
    let lease = store
        .lease_source("fonss".parse().unwrap(), now(), Duration::from_mins(1))
        .await
        .unwrap()
        .unwrap();
    let mut state = lease.state.clone();
    state.phase = Phase::Healthy;
    let visit = Visit {
        at: now(),
        state,
        intents: items
            .into_iter()
            .map(|item| Intent::Insert(Box::new(item)))
            .collect(),
        log: VisitLog {
            at: now(),
            url: "https://fonss.ro/feed".into(),
            status: Some(200),
            millis: 5,
            bytes: 100,
            listed: 1,
            new: 1,
            changed: 0,
            fault: None,
            note: None,
        },
    };
    store.record(&lease, visit).await.unwrap();
}

fn crawler(store: &Store, labels: &[(&str, &str)]) -> Crawler {
    let config = Config {
        thesaurus: labels
            .iter()
            .map(|(id, label)| Concept {
                id: id.parse().unwrap(),
                broader: None,
                labels: [(Language::RO, vec![(*label).into()])].into(),
            })
            .collect(),
        ..Config::default()
    };
    let clock: crate::clock::SharedClock = Arc::new(ManualClock::new(now()));
    let fetcher = Fetcher::new(&config.settings.crawler, clock.clone(), Names::default()).unwrap();
    Crawler::new(store.clone(), fetcher, clock, &config)
}

fn topics(store: &Store) -> Vec<Vec<String>> {
    let mut items: Vec<_> = store
        .changes_after(Seq(0), 10_000)
        .unwrap()
        .into_iter()
        .filter_map(|change| match change {
            Change::Item(item) => Some(item),
            Change::Removed { .. } => None,
        })
        .collect();
    items.sort_by_key(|item| item.born);
    items
        .into_iter()
        .map(|item| item.topics.into_iter().map(String::from).collect())
        .collect()
}

#[tokio::test]
async fn a_changed_thesaurus_reaches_stored_items_and_only_what_changes_is_a_change() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store.set_sources(vec![source(&[])], now()).await.unwrap();
    add(
        &store,
        vec![item(1, "Sărăcia în sate"), item(2, "Un concert")],
    )
    .await;
    let (_go, stop) = watch::channel(false);

    let before = store.head().unwrap().seq;
    let first = crawler(&store, &[("poverty", "sărăcie")]);
    let tagging = first.retag(stop.clone()).await.unwrap().unwrap();
    assert_eq!((tagging.items, tagging.changed), (2, 1));
    assert_eq!(topics(&store), [vec!["poverty".to_owned()], vec![]]);
    assert_eq!(store.head().unwrap().seq, Seq(before.0 + 1));
    assert_eq!(first.retag(stop.clone()).await.unwrap(), None);

    let second = crawler(&store, &[("need", "sărăcie"), ("music", "concert")]);
    let tagging = second.retag(stop).await.unwrap().unwrap();
    assert_eq!(tagging.changed, 2);
    assert_eq!(topics(&store), [["need"], ["music"]]);
}

#[tokio::test]
async fn the_topics_of_the_source_itself_stay() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let labels = [("poverty", "sărăcie"), ("own", "ceva")];
    let (_go, stop) = watch::channel(false);
    store
        .set_sources(vec![source(&["own"])], now())
        .await
        .unwrap();
    add(&store, vec![item(1, "Sărăcia în sate")]).await;
    let crawler = crawler(&store, &labels);
    crawler.retag(stop.clone()).await.unwrap();
    assert_eq!(topics(&store), [["own", "poverty"]]);

    // The source's topics changed, the thesaurus did not.
    store.set_sources(vec![source(&[])], now()).await.unwrap();
    crawler.retag(stop).await.unwrap();
    assert_eq!(topics(&store), [["poverty"]]);
}

#[tokio::test]
async fn a_run_that_was_broken_off_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store.set_sources(vec![source(&[])], now()).await.unwrap();
    let many = BATCH + BATCH / 2;
    let items = (0..many).map(|number| item(number, "Sărăcia în sate"));
    add(&store, items.collect()).await;
    let crawler = crawler(&store, &[("poverty", "sărăcie")]);
    let begun = Tagging {
        by: fingerprint(crawler.shared().thesaurus.fingerprint(), &[]),
        ..Tagging::default()
    };
    crawler.batch(begun, Arc::default()).await.unwrap();
    let tagged = |wanted: usize| {
        let found = topics(&store).iter().filter(|own| !own.is_empty()).count();
        assert_eq!(found, wanted);
    };
    tagged(BATCH);

    let (_go, stop) = watch::channel(false);
    let seq = store.head().unwrap().seq;
    let tagging = crawler.retag(stop).await.unwrap().unwrap();
    tagged(many);
    assert_eq!(tagging.items, many as u64);
    assert_eq!(store.head().unwrap().seq, Seq(seq.0 + (BATCH / 2) as u64));
}

#[tokio::test]
async fn an_item_that_changed_meanwhile_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store.set_sources(vec![source(&[])], now()).await.unwrap();
    add(&store, vec![item(1, "Sărăcia în sate")]).await;
    let seen = store.untagged(0, 10).unwrap().remove(0);
    let tags = |topic: &str| vec![topic.parse().unwrap()];
    store
        .record_tagging(
            vec![(seen.row, seen.seq, tags("newer"))],
            Tagging::default(),
        )
        .await
        .unwrap();
    let head = store.head().unwrap().seq;
    store
        .record_tagging(
            vec![(seen.row, seen.seq, tags("older"))],
            Tagging::default(),
        )
        .await
        .unwrap();
    assert_eq!(topics(&store), [["newer"]]);
    assert_eq!(store.head().unwrap().seq, head);
}
