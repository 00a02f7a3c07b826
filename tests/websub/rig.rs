//! A site, a hub and the parts of the service that deal with them, with a clock that the test sets.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use url::Url;

use vesti::clock::{Clock as _, ManualClock, SharedClock};
use vesti::config::Config;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass, Report};
use vesti::delivery::hub::tell_hub;
use vesti::domain::{Country, Role, Source, Subscription};
use vesti::search::Index;
use vesti::store::{Lease, SourceRecord, Store, StoreError};
use vesti::web;

use super::hub::Hub;

/// A site that has nothing but a feed.
#[derive(Clone)]
pub(crate) struct Site {
    base: String,
    body: Arc<Mutex<String>>,
    asked: Arc<Mutex<Vec<String>>>,
}

async fn answer(State(site): State<Site>, uri: Uri) -> Response {
    if uri.path() == "/robots.txt" {
        return StatusCode::NOT_FOUND.into_response();
    }
    site.asked.lock().unwrap().push(uri.path().to_owned());
    if uri.path() != "/feed" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let body = site.body.lock().unwrap().clone();
    let headers = [
        (header::CONTENT_TYPE, "application/rss+xml"),
        (header::ETAG, "\"1\""),
    ];
    (headers, body).into_response()
}

impl Site {
    pub(crate) async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            body: Arc::default(),
            asked: Arc::default(),
        };
        let router = Router::new().fallback(answer).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        site
    }

    pub(crate) fn feed(&self) -> String {
        format!("{}/feed", self.base)
    }

    pub(crate) fn serve(&self, body: &str) {
        body.clone_into(&mut self.body.lock().unwrap());
    }

    /// How often its feed was asked for.
    pub(crate) fn polls(&self) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|path| *path == "/feed").count()
    }

    /// How often anything was asked for.
    pub(crate) fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

/// An announcement.
pub(crate) fn entry(number: usize) -> String {
    format!(
        "<item><title>Anunțul cu numărul {number} al asociației</title><link>https://ong.example/{number}</link>\
         <guid isPermaLink='false'>nr-{number}</guid><pubDate>0{} Mar 2026 {:02}:00:00 +0000</pubDate>\
         <content:encoded>{}</content:encoded></item>",
        1 + number % 9,
        number % 24,
        format!("Textul anunțului {number}, destul de lung ca să fie de ajuns. ").repeat(30),
    )
}

/// A feed of these announcements that names a hub.
pub(crate) fn feed(numbers: &[usize], hub: &str) -> String {
    let entries: String = numbers.iter().rev().map(|number| entry(*number)).collect();
    format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:atom='http://www.w3.org/2005/Atom'>\
         <channel><title>ONG</title><atom:link rel='hub' href='{hub}'/>{entries}</channel></rss>"
    )
}

/// What runs until it is killed.
struct Running {
    store: Store,
    crawler: Crawler,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

pub(crate) struct Rig {
    pub(crate) site: Site,
    pub(crate) hub: Hub,
    pub(crate) base: Url,
    address: SocketAddr,
    clock: Arc<ManualClock>,
    config: Config,
    running: Option<Running>,
    data: tempfile::TempDir,
}

impl Rig {
    pub(crate) async fn new() -> Self {
        Self::with(|_, _| {}).await
    }

    /// With another configuration; the hub's address comes with it.
    pub(crate) async fn with(change: impl FnOnce(&mut Config, &str)) -> Self {
        let (site, hub) = (Site::new().await, Hub::new().await);
        let mut config = Config::default();
        let crawler = &mut config.settings.crawler;
        crawler.host_delay = Duration::ZERO;
        crawler.first_byte_timeout = Duration::from_millis(400);
        crawler.max_body = 1_000_000;
        crawler.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
        config.settings.search.dictionaries.clear();
        config.sources = vec![source(&site.feed())];
        change(&mut config, &hub.address);
        // A port of our own, which stays ours across restarts.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let start = "2026-03-20T12:00:00Z".parse().unwrap();
        let mut rig = Self {
            site,
            hub,
            base: Url::parse(&format!("http://{address}/")).unwrap(),
            address,
            clock: Arc::new(ManualClock::new(start)),
            config,
            running: None,
            data: tempfile::tempdir().unwrap(),
        };
        rig.start(listener, true).await;
        rig
    }

    async fn start(&mut self, listener: std::net::TcpListener, hears: bool) {
        let clock: SharedClock = self.clock.clone();
        let store = self.open().await;
        store
            .set_sources(self.config.sources.clone(), clock.now())
            .await
            .unwrap();
        let settings = &self.config.settings;
        let index = Index::open(
            self.data.path(),
            &store,
            &settings.search,
            &self.config.thesaurus,
        )
        .unwrap();
        let fetcher = Fetcher::new(&settings.crawler, clock.clone(), Names::default()).unwrap();
        let crawler = Crawler::new(store.clone(), fetcher, clock.clone(), &self.config);
        let (sender, receiver) = watch::channel(Arc::new(self.config.clone()));
        let stop = watch::Sender::new(false);
        let following = {
            let (index, store, stop) = (index.clone(), store.clone(), stop.subscribe());
            tokio::spawn(async move { index.follow(store, stop).await.unwrap() })
        };
        let telling = tokio::spawn(tell_hub(
            store.clone(),
            index.clone(),
            clock.clone(),
            receiver.clone(),
            self.base.clone(),
            stop.subscribe(),
        ));
        let app = web::App::new(store.clone(), index, clock, receiver, self.base.clone());
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let server = tokio::spawn(async move {
            let _config = sender;
            let router = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
            let _ = axum::serve(listener, router).await;
        });
        let callback = hears.then(|| self.base.join("websub/").unwrap());
        let keeping = {
            let (crawler, stop) = (crawler.clone(), stop.subscribe());
            let (reports, _) = mpsc::unbounded_channel();
            tokio::spawn(async move { crawler.keep_subscribed(callback, stop, reports).await })
        };
        self.running = Some(Running {
            store,
            crawler,
            stop,
            tasks: vec![server, keeping, following, telling],
        });
    }

    /// Ends everything where it stands, and opens what is on the disk.
    pub(crate) async fn crash(&mut self) {
        self.kill().await;
        let listener = self.listen().await;
        self.start(listener, true).await;
    }

    /// Begins anew without an address that hubs could push to.
    pub(crate) async fn restart_deaf(&mut self) {
        self.kill().await;
        let listener = self.listen().await;
        self.start(listener, false).await;
    }

    async fn kill(&mut self) {
        let running = self.running.take().unwrap();
        for task in running.tasks {
            task.abort();
            let _ = task.await;
        }
        drop((running.store, running.crawler, running.stop));
    }

    /// The same port again, once the last connection of before is gone.
    async fn listen(&self) -> std::net::TcpListener {
        for _ in 0..500 {
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            socket.set_reuseaddr(true).unwrap();
            if socket.bind(self.address).is_ok()
                && let Ok(listener) = socket.listen(128)
            {
                return listener.into_std().unwrap();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} stays taken", self.address);
    }

    /// The store, once nothing of before holds it any more.
    async fn open(&self) -> Store {
        for _ in 0..500 {
            match Store::open(self.data.path()) {
                Err(StoreError::Held { .. }) => tokio::time::sleep(Duration::from_millis(10)).await,
                done => return done.unwrap(),
            }
        }
        panic!("the store stays held");
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.running().store
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.clock
            .set(self.now() + SignedDuration::from_secs(seconds));
    }

    /// Visits the source, due or not.
    pub(crate) async fn poll(&self) -> Report {
        let (reports, mut heard) = mpsc::unbounded_channel();
        let ids = vec!["ong".parse().unwrap()];
        self.running()
            .crawler
            .pass(Pass::Sources(ids), reports)
            .await
            .unwrap();
        heard.recv().await.unwrap()
    }

    /// Gets a document of the service, with its headers.
    pub(crate) async fn get(&self, path: &str) -> (axum::http::HeaderMap, String) {
        let answer = reqwest::get(self.base.join(path).unwrap()).await.unwrap();
        (answer.headers().clone(), answer.text().await.unwrap())
    }

    /// The hub pushes, signed; gives the answer's status.
    pub(crate) async fn push(&self, body: &str) -> StatusCode {
        self.push_signed(body, "sha256").await
    }

    pub(crate) async fn push_signed(&self, body: &str, method: &str) -> StatusCode {
        let subscribed = self
            .hub
            .asked()
            .into_iter()
            .rfind(|asked| asked.mode == "subscribe");
        let to = subscribed.unwrap().callback;
        let signature = self.hub.signature(&to, method, body.as_bytes());
        self.hub.post(&to, body, Some(&signature)).await
    }

    /// Waits until that is so.
    pub(crate) async fn until(&self, done: impl Fn(&Self) -> bool) {
        for _ in 0..3_000 {
            if done(self) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!(
            "it never came to that: {:?} {:?} {:?}",
            self.notes(),
            self.store().subscriptions(),
            self.hub
                .told()
                .into_iter()
                .map(|told| told.key)
                .collect::<Vec<_>>()
        );
    }

    /// Waits until there are so many announcements, and makes sure that there are no more.
    pub(crate) async fn titles(&self, count: usize) {
        self.until(|rig| rig.count() >= count && rig.store().waiting_pushes().unwrap().is_empty())
            .await;
        assert_eq!(self.count(), count);
    }

    /// Live announcements of the source.
    pub(crate) fn count(&self) -> usize {
        self.source().items as usize
    }

    pub(crate) fn source(&self) -> SourceRecord {
        self.store()
            .source(&"ong".parse().unwrap())
            .unwrap()
            .unwrap()
    }

    /// The subscription that is wanted.
    pub(crate) fn subscription(&self) -> Subscription {
        let mut all = self.store().subscriptions().unwrap();
        all.retain(|subscription| !subscription.is_ending());
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    /// The notes of its history, newest first.
    pub(crate) fn notes(&self) -> Vec<String> {
        let visits = self.store().visits(&"ong".parse().unwrap(), 100).unwrap();
        visits
            .into_iter()
            .map(|visit| visit.note.map(|note| note.to_string()).unwrap_or_default())
            .collect()
    }

    /// The source, as somebody has it who visits it for a long time.
    pub(crate) async fn lease(&self) -> Lease {
        let lease = Duration::from_hours(1);
        let id = "ong".parse().unwrap();
        self.store()
            .lease_source(id, self.now(), lease)
            .await
            .unwrap()
            .unwrap()
    }

    pub(crate) async fn set_paused(&self, paused: bool) {
        let mut sources = self.config.sources.clone();
        sources[0].paused = paused;
        self.store().set_sources(sources, self.now()).await.unwrap();
    }
}

fn source(feed: &str) -> Source {
    Source {
        id: "ong".parse().unwrap(),
        name: "ONG".into(),
        url: Some(feed.parse().unwrap()),
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
