//! A site with one source, and pages that the tests put there and take away.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use vesti::clock::{Clock as _, ManualClock, SharedClock};
use vesti::config::Config;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{BackfillError, Crawler, Pass, Report};
use vesti::domain::{Country, Item, Role, Seq, Source};
use vesti::store::{Backfill, Change, Store};

/// What a site has: path with query → (type, body). What is not there is 404, a body of digits that status.
type Pages = Arc<Mutex<HashMap<String, (&'static str, String)>>>;

pub(crate) struct Site {
    pub(crate) pages: Pages,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    pub(crate) store: Store,
    pub(crate) crawler: Crawler,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) base: String,
    _data: tempfile::TempDir,
}

async fn answer(
    State((pages, asked)): State<(Pages, Arc<Mutex<Vec<String>>>)>,
    uri: Uri,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    asked.lock().unwrap().push(path.to_owned());
    match pages.lock().unwrap().get(path) {
        Some((_, status)) if status.len() == 3 && status.parse::<u16>().is_ok() => {
            StatusCode::from_u16(status.parse().unwrap())
                .unwrap()
                .into_response()
        }
        Some((kind, body)) => ([(header::CONTENT_TYPE, *kind)], body.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "<h1>404</h1>").into_response(),
    }
}

fn now() -> Timestamp {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Source)) -> Self {
        let (pages, asked) = (Pages::default(), Arc::<Mutex<Vec<String>>>::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .fallback(answer)
            .with_state((pages.clone(), asked.clone()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut source = Source {
            id: "ong".parse().unwrap(),
            name: "ONG".into(),
            url: Some(format!("{base}/").parse().unwrap()),
            country: Country::RO,
            role: Role::Member,
            languages: vec!["ro".parse().unwrap()],
            feed: None,
            listing: None,
            interval: None,
            topics: Vec::new(),
            paused: false,
            private: false,
        };
        change(&mut source);
        let mut config = Config::default();
        let settings = &mut config.settings.crawler;
        settings.host_delay = Duration::ZERO;
        settings.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path()).unwrap();
        let clock = Arc::new(ManualClock::new(now()));
        store.set_sources(vec![source], now()).await.unwrap();
        let shared: SharedClock = clock.clone();
        let fetcher = Fetcher::new(settings, shared.clone(), Names::default()).unwrap();
        let crawler = Crawler::new(store.clone(), fetcher, shared, &config);
        Self {
            pages,
            asked,
            store,
            crawler,
            clock,
            base,
            _data: data,
        }
    }

    pub(crate) fn on(&self, path: &str, kind: &'static str, body: impl Into<String>) {
        let body = body.into().replace("BASE", &self.base);
        self.pages.lock().unwrap().insert(path.into(), (kind, body));
    }

    pub(crate) fn off(&self, path: &str) {
        self.pages.lock().unwrap().remove(path);
    }

    pub(crate) async fn pass(&self) -> Report {
        let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let ids = vec!["ong".parse().unwrap()];
        self.crawler
            .pass(Pass::Sources(ids), reports)
            .await
            .unwrap();
        heard.recv().await.unwrap()
    }

    pub(crate) async fn backfill(&self, since: Option<&str>) -> Result<Backfill, BackfillError> {
        let since = since.map(|since| since.parse().unwrap());
        let id = "ong".parse().unwrap();
        self.crawler.backfill(&id, since, |_, _| {}).await
    }

    pub(crate) fn wait(&self, hours: i64) {
        let later = self.clock.now() + SignedDuration::from_hours(hours);
        self.clock.set(later);
    }

    pub(crate) fn items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = self
            .store
            .changes_after(Seq(0), 1_000)
            .unwrap()
            .into_iter()
            .filter_map(|change| match change {
                Change::Item(item) => Some(item),
                Change::Removed { .. } => None,
            })
            .collect();
        items.sort_by(|one, other| one.title.cmp(&other.title));
        items
    }
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";

pub(crate) const NAMES: [&str; 6] = [
    "Apel de proiecte pentru servicii sociale",
    "Concurs de granturi pentru tineri",
    "Dezbatere publică despre locuire",
    "Evaluarea centrelor de zi din județ",
    "Formare pentru asistenți maternali",
    "Ghidul solicitantului a fost publicat",
];

pub(crate) fn slug(index: usize) -> String {
    NAMES[index]
        .to_lowercase()
        .replace(' ', "-")
        .replace(['ă', 'ț', 'â'], "a")
}

/// A page that lists announcements under each other, as small sites do.
pub(crate) fn listing(from: usize, to: usize) -> String {
    let entries: String = (from..to)
        .map(|index| {
            format!(
                "<div class='stire'><h3><a href='/stiri/{}'>{}</a></h3><span class='data'>{:02}.03.2026</span>\
                 <p>Câteva cuvinte despre ce se întâmplă la noi în această perioadă.</p></div>",
                slug(index),
                NAMES[index],
                9 - index
            )
        })
        .collect();
    format!(
        "<html lang=ro><head><title>ONG</title></head><body><ul id=meniu><li><a href='/'>Acasă</a></li><li><a href='/despre'>Despre noi</a></li>\
         <li><a href='/contact'>Contact</a></li></ul><div id=content><h1>Noutăți</h1>{entries}</div><div id=footer><a href='/gdpr'>GDPR</a></div></body></html>"
    )
}

pub(crate) fn article(index: usize) -> String {
    let text = "Asociația anunță lansarea unei noi etape a programului, la care sunt așteptate organizațiile din toate județele. \
        Detaliile despre înscriere se găsesc în ghidul alăturat, iar echipa noastră răspunde la întrebări în fiecare zi lucrătoare. ";
    format!(
        "<html lang=ro><head><title>{0} | ONG</title></head><body><ul id=meniu><li><a href='/'>Acasă</a></li></ul>\
         <div id=content><h1>{0}</h1><p>{text}</p><p>{text}</p><p>Numărul {index}.</p></div></body></html>",
        NAMES[index]
    )
}

pub(crate) fn feed(from: usize, to: usize) -> String {
    let entries: String = (from..to)
        .map(|index| {
            format!(
                "<item><title>{}</title><link>BASE/stiri/{}</link><pubDate>0{} Mar 2026 10:00:00 +0200</pubDate>\
                 <content:encoded>{}</content:encoded></item>",
                NAMES[index],
                slug(index),
                9 - index,
                "Textul întreg al anunțului, destul de lung ca să fie de ajuns. ".repeat(30),
            )
        })
        .collect();
    format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>ONG</title>{entries}</channel></rss>"
    )
}

impl Site {
    pub(crate) fn serve_listing(&self, path: &str, from: usize, to: usize) {
        self.on(path, HTML, listing(from, to));
        for index in from..to {
            self.on(&format!("/stiri/{}", slug(index)), HTML, article(index));
        }
    }
}
