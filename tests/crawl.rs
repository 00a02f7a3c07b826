//! The crawler over real HTTP: the demo's sites, and servers that behave in ways worth a test.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use vesti::clock::{ManualClock, SharedClock, SystemClock};
use vesti::config::Config;
use vesti::crawling::documents::Documents;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass, Report};
use vesti::domain::{Country, FaultKind, ItemState, Phase, Role, Seq, Source};
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

/// A site whose answers a test sets: path to (status, headers, body).
#[derive(Clone, Default)]
struct Site(Arc<Mutex<Answers>>);

type Answers = BTreeMap<String, (u16, Vec<(&'static str, String)>, String)>;

impl Site {
    async fn start() -> (Self, SocketAddr) {
        let site = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (site, address)
    }

    fn set(&self, path: &str, status: u16, headers: &[(&'static str, &str)], body: &str) {
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        self.0
            .lock()
            .unwrap()
            .insert(path.into(), (status, headers, body.into()));
    }
}

async fn answer(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Response {
    let answers = site.0.lock().unwrap();
    let Some((status, sent, body)) = answers.get(uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = sent
        .iter()
        .find(|(name, _)| *name == "etag")
        .map(|(_, value)| value.as_str());
    let asked = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let mut response = if etag.is_some() && etag == asked {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (StatusCode::from_u16(*status).unwrap(), body.clone()).into_response()
    };
    for (name, value) in sent {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

fn entry(guid: &str, link: &str, title: &str, text: &str, hours_ago: i64) -> String {
    let at = now() - SignedDuration::from_hours(hours_ago);
    let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
    format!(
        "<item><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link><title>{title}</title><pubDate>{date}</pubDate><description>{text}</description></item>"
    )
}

fn rss(entries: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Sursă</title>{}</channel></rss>",
        entries.concat()
    )
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

const LONG: &str = "Federația invită organizațiile membre la o consultare publică despre standardele minime de calitate ale serviciilor sociale pentru persoanele cu dizabilități. \
Întâlnirea are loc la sediul federației, iar participanții vor primi materialele cu o săptămână înainte. Sunt binevenite propunerile scrise ale furnizorilor de servicii. \
Propunerile vor fi publicate pe pagina federației, împreună cu răspunsul autorității, după încheierea perioadei de consultare. Detalii se pot obține de la secretariatul federației, în zilele lucrătoare, \
între orele nouă și șaptesprezece. Vă rugăm să confirmați participarea din timp, pentru ca sala să fie pe măsură și traducerea să poată fi asigurată pentru toți cei care au nevoie de ea.";

#[tokio::test]
async fn an_edit_is_a_version_a_304_is_nothing_and_a_vanished_page_is_a_withdrawal() {
    let (site, address) = Site::start().await;
    let clock = ManualClock::new(now());
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(vec![source("a", &page("/feed"))], Arc::new(clock.clone())).await;
    let one = entry("1", &page("/1"), "Consultare publică", LONG, 1);
    let two = entry("2", &page("/2"), "Apel de proiecte", LONG, 2);
    let three = entry("3", &page("/3"), "Raport anual", LONG, 3);
    site.set(
        "/feed",
        200,
        &[("etag", "\"1\"")],
        &rss(&[one.clone(), two.clone(), three.clone()]),
    );
    assert_eq!(rig.pass().await["a"].log.new, 3);
    assert_eq!(rig.pass().await["a"].log.status, Some(304));

    let edited = entry("2", &page("/2"), "Apel de proiecte: termen extins", LONG, 2);
    site.set(
        "/feed",
        200,
        &[("etag", "\"2\"")],
        &rss(&[one.clone(), edited, three.clone()]),
    );
    clock.set(now() + SignedDuration::from_mins(30));
    let report = &rig.pass().await["a"];
    assert_eq!((report.log.new, report.log.changed), (0, 1));
    let item = rig
        .items()
        .into_iter()
        .find(|item| item.title.contains("extins"))
        .unwrap();
    assert_eq!(item.version, 2);
    assert_eq!(
        rig.store.versions(item.id).unwrap()[0].title,
        "Apel de proiecte"
    );

    // Gone from the middle of the feed, and its page is gone too.
    site.set("/1", 200, &[], "<html>");
    site.set("/feed", 200, &[("etag", "\"3\"")], &rss(&[one, three]));
    clock.set(now() + SignedDuration::from_mins(60));
    rig.pass().await;
    let item = rig.store.item(item.id).unwrap().unwrap();
    assert!(matches!(item.state, ItemState::Withdrawn(_)));
    assert_eq!(rig.items().len(), 2);
}

#[tokio::test]
async fn one_guid_for_everything_does_not_overwrite() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(
        vec![source("a", &page("/feed"))],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    site.set(
        "/feed",
        200,
        &[],
        &rss(&[entry(
            "latest",
            &page("/1"),
            "Consultare publică la Iași",
            LONG,
            3,
        )]),
    );
    rig.pass().await;
    let other = LONG.replace("consultare", "dezbatere");
    site.set(
        "/feed",
        200,
        &[],
        &rss(&[entry(
            "latest",
            &page("/2"),
            "Concert caritabil de Crăciun",
            &other,
            1,
        )]),
    );
    rig.pass().await;
    let mut titles: Vec<String> = rig.items().into_iter().map(|item| item.title).collect();
    titles.sort();
    assert_eq!(
        titles,
        ["Concert caritabil de Crăciun", "Consultare publică la Iași"]
    );
    rig.pass().await;
    assert_eq!(rig.items().len(), 2);
}

#[tokio::test]
async fn absurd_dates_are_unknown_and_sort_by_when_they_were_seen() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(
        vec![source("a", &page("/feed"))],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    let far = entry("1", &page("/1"), "Din viitor", LONG, -24 * 365 * 10);
    let year_one = entry(
        "2",
        &page("/2"),
        "Din anul unu",
        &LONG.replace("invită", "cheamă"),
        1,
    )
    .replace("2026", "0001");
    site.set("/feed", 200, &[], &rss(&[far, year_one]));
    rig.pass().await;
    let items = rig.items();
    assert_eq!(items.len(), 2);
    for item in items {
        assert_eq!(
            (item.published, item.sort_at),
            (None, now()),
            "{}",
            item.title
        );
    }
}

#[tokio::test]
async fn a_feed_that_vanishes_is_found_again_from_the_home_page() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let clock = ManualClock::new(now());
    let rig = Rig::new(vec![source("a", &page("/"))], Arc::new(clock.clone())).await;
    let home = |feed: &str| {
        format!(
            "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"{feed}\"></head><body>Acasă</body></html>"
        )
    };
    site.set(
        "/",
        200,
        &[("content-type", "text/html")],
        &home("/vechi.xml"),
    );
    site.set(
        "/vechi.xml",
        200,
        &[],
        &rss(&[entry("1", &page("/1"), "Primul anunț", LONG, 3)]),
    );
    let report = &rig.pass().await["a"];
    assert_eq!(report.state.address.as_ref().unwrap().path(), "/vechi.xml");
    site.0.lock().unwrap().remove("/vechi.xml");
    site.set(
        "/",
        200,
        &[("content-type", "text/html")],
        &home("/nou.xml"),
    );
    site.set(
        "/nou.xml",
        200,
        &[],
        &rss(&[
            entry("1", &page("/1"), "Primul anunț", LONG, 3),
            entry(
                "2",
                &page("/2"),
                "Al doilea",
                &LONG.replace("invită", "cheamă"),
                1,
            ),
        ]),
    );
    clock.set(now() + SignedDuration::from_hours(1));
    let report = &rig.pass().await["a"];
    assert!(report.log.fault.is_none(), "{:?}", report.log);
    assert_eq!(report.state.address.as_ref().unwrap().path(), "/nou.xml");
    assert_eq!((report.log.new, rig.items().len()), (1, 2));
}

#[tokio::test]
async fn gone_retires_and_faults_are_plain_words() {
    let (site, address) = Site::start().await;
    let at = |host: &str| {
        source(
            host,
            &format!("http://{host}.localhost:{}/feed", address.port()),
        )
    };
    let mut nowhere = at("nicaieri");
    nowhere.url = Some("http://nu-exista.invalid/feed".parse().unwrap());
    let mut private = at("privat");
    private.url = Some("http://10.0.0.1/feed".parse().unwrap());
    let rig = Rig::new(
        vec![at("a"), nowhere, private],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    site.set("/feed", 410, &[], "");
    let said = rig.pass().await;
    assert!(
        matches!(said["a"].state.phase, Phase::Gone { .. }),
        "{:?}",
        said["a"]
    );
    for id in ["nicaieri", "privat"] {
        let Phase::Failing {
            fault, tries: 1, ..
        } = &said[id].state.phase
        else {
            panic!("{id}")
        };
        assert!(
            fault.message.len() > 10 && !fault.message.contains('\n'),
            "{fault}"
        );
    }
    assert_eq!(
        said["privat"].log.fault.as_ref().unwrap().kind,
        FaultKind::Forbidden
    );
}

#[tokio::test]
async fn a_summary_is_completed_from_its_page_without_becoming_an_edit() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(
        vec![source("a", &page("/feed"))],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    site.set(
        "/feed",
        200,
        &[],
        &rss(&[entry(
            "1",
            &page("/1"),
            "Consultare publică",
            "Federația invită… Citește mai mult",
            1,
        )]),
    );
    let body = format!(
        "<html><body><nav><a href=/>Acasă</a></nav><article><h1>Consultare publică</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>"
    );
    site.set(
        "/1",
        200,
        &[("content-type", "text/html; charset=utf-8")],
        &body,
    );
    rig.pass().await;
    let item = rig.items().pop().unwrap();
    assert!(
        item.text.contains("secretariatul federației"),
        "{}",
        item.text
    );
    assert_eq!(item.version, 1);
    let seq = item.seq;
    rig.pass().await;
    let again = rig.items().pop().unwrap();
    assert_eq!(again.seq, seq, "nothing changed, nothing was written");
}
