//! Whole passes of the crawler over hostile servers, each a source of its own under a host name of its own, with a healthy
//! source among them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;
use vesti::clock::{Clock, ManualClock};
use vesti::config::{self, Config};
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass, Report};
use vesti::domain::{Country, Item, ItemState, Phase, Role, Source};
use vesti::store::Store;

use crate::server::{Server, document};

/// The source that must never notice what the others do.
pub const HEALTHY: &str = "sanatos";
/// Longest time for one pass over hostile servers, on a busy machine.
const PASS: Duration = Duration::from_mins(2);

pub struct Rig {
    pub store: Store,
    pub clock: ManualClock,
    pub config: Config,
    pub data: tempfile::TempDir,
    servers: BTreeMap<String, Server>,
    crawler: Crawler,
}

impl Rig {
    /// A hostile server for each id, and a healthy one.
    pub async fn new(ids: &[&str]) -> Self {
        Self::with(ids, |_| {}).await
    }

    /// The same under other rules.
    pub async fn with(ids: &[&str], rules: impl FnOnce(&mut config::Crawler)) -> Self {
        let mut config = Config::default();
        let crawler = &mut config.settings.crawler;
        crawler.host_delay = Duration::ZERO;
        crawler.timeout = Duration::from_secs(4);
        crawler.connect_timeout = Duration::from_secs(2);
        crawler.first_byte_timeout = Duration::from_secs(2);
        crawler.concurrency = 64;
        crawler.allow_networks = vec!["127.0.0.1/32".parse().unwrap(), "::1/128".parse().unwrap()];
        rules(crawler);
        let clock = ManualClock::new(start());
        let mut servers = BTreeMap::new();
        for id in ids.iter().chain([&HEALTHY]) {
            let server = Server::start().await;
            servers.insert((*id).to_owned(), server);
        }
        for (id, server) in &servers {
            config.sources.push(source(id, server));
        }
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path()).unwrap();
        let sources = config.sources.clone();
        store.set_sources(sources, clock.now()).await.unwrap();
        let shared = Arc::new(clock.clone());
        let fetcher =
            Fetcher::new(&config.settings.crawler, shared.clone(), Names::default()).unwrap();
        let crawler = Crawler::new(store.clone(), fetcher, shared, &config);
        let rig = Self {
            store,
            clock,
            config,
            data,
            servers,
            crawler,
        };
        let good: Vec<String> = (1..=3)
            .map(|hours| entry(&format!("bun-{hours}"), "Anunț bun", hours))
            .collect();
        rig.server(HEALTHY)
            .on("/feed", document("application/rss+xml", rss(&good)));
        rig
    }

    pub fn server(&self, id: &str) -> &Server {
        &self.servers[id]
    }

    /// The address of a path on a source's server, under the source's own name.
    pub fn url(&self, id: &str, path: &str) -> Url {
        named(id, &self.servers[id], path)
    }

    /// Visits every source once, due or not. The answer is bounded, the healthy source is read whatever the others do,
    /// and everything that is said of anyone is one plain line.
    pub async fn pass(&self) -> BTreeMap<String, Report> {
        let (said, order) = self.pass_in_order().await;
        assert_eq!(order.len(), self.servers.len(), "each source is told of");
        said
    }

    /// The same, with the ids in the order in which their visits ended.
    pub async fn pass_in_order(&self) -> (BTreeMap<String, Report>, Vec<String>) {
        let sources = &self.config.sources;
        let ids = sources.iter().map(|source| source.id.clone()).collect();
        let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
        tokio::time::timeout(PASS, self.crawler.pass(Pass::Sources(ids), reports))
            .await
            .expect("a pass ends")
            .unwrap();
        let (mut said, mut order) = (BTreeMap::new(), Vec::new());
        while let Some(report) = heard.recv().await {
            let id = report.source.to_string();
            assert_sane(&report, self.clock.now());
            order.push(id.clone());
            said.insert(id, report);
        }
        let healthy = &said[HEALTHY];
        assert_eq!(healthy.log.fault, None);
        assert_eq!(self.items(HEALTHY).len(), 3, "the healthy source is read");
        for item in self.all() {
            assert_clean(&item);
        }
        (said, order)
    }

    /// The items of a source that it still shows.
    pub fn items(&self, id: &str) -> Vec<Item> {
        let mut all = self.all();
        all.retain(|item| item.source.as_str() == id);
        all
    }

    pub fn all(&self) -> Vec<Item> {
        let (mut all, mut at) = (Vec::new(), vesti::domain::Seq(0));
        loop {
            let changes = self.store.changes_after(at, 500).unwrap();
            if changes.is_empty() {
                return all;
            }
            for change in changes {
                match change {
                    vesti::store::Change::Item(item) => {
                        at = item.seq;
                        assert_eq!(item.state, ItemState::Live);
                        all.push(item);
                    }
                    vesti::store::Change::Removed { seq, .. } => at = seq,
                }
            }
        }
    }

    pub fn wait(&self, hours: i64) {
        self.clock
            .set(self.clock.now() + SignedDuration::from_hours(hours));
    }
}

pub fn start() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn named(id: &str, server: &Server, path: &str) -> Url {
    let port = server.address().port();
    Url::parse(&format!("http://{id}.localhost:{port}{path}")).unwrap()
}

fn source(id: &str, server: &Server) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: format!("Sursa {id}"),
        url: Some(named(id, server, "/feed")),
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

/// Long enough to be a whole article.
pub const LONG: &str = "Federația invită organizațiile membre la o consultare publică despre standardele minime de calitate ale serviciilor sociale pentru persoanele cu dizabilități. \
Întâlnirea are loc la sediul federației, iar participanții vor primi materialele cu o săptămână înainte. Sunt binevenite propunerile scrise ale furnizorilor de servicii. \
Propunerile vor fi publicate pe pagina federației, împreună cu răspunsul autorității, după încheierea perioadei de consultare. Detalii se pot obține de la secretariatul federației, în zilele lucrătoare, \
între orele nouă și șaptesprezece. Vă rugăm să confirmați participarea din timp, pentru ca sala să fie pe măsură și traducerea să poată fi asigurată pentru toți cei care au nevoie de ea.";

/// The time of so many hours before the start, as RSS writes it.
pub fn date(hours_ago: i64) -> String {
    let at = start() - SignedDuration::from_hours(hours_ago);
    jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap()
}

/// A harmless entry; `name` is its guid and its path.
pub fn entry(name: &str, title: &str, hours_ago: i64) -> String {
    let date = date(hours_ago);
    format!(
        "<item><guid isPermaLink=\"false\">{name}</guid><link>/{name}</link><title>{title} {name}</title><pubDate>{date}</pubDate><description>{name}: {LONG}</description></item>"
    )
}

pub fn rss(entries: &[String]) -> String {
    rss_with("", "", &entries.concat())
}

/// An RSS document with something before its root and something in its channel.
pub fn rss_with(prologue: &str, channel: &str, entries: &str) -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>{prologue}<rss version=\"2.0\"><channel><title>Sursă</title><link>/</link>{channel}{entries}</channel></rss>"
    );
    text
}

/// Characters that move the cursor, turn the text round or end a line of a log.
pub fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

fn assert_line(what: &str, line: &str, most: usize) {
    assert!(!line.contains(is_odd), "{what}: {line:?}");
    let count = line.chars().count();
    assert!(count <= most, "{what}: {count} characters");
}

fn assert_sane(report: &Report, now: Timestamp) {
    let id = report.source.as_str();
    assert_line("address", &report.log.url, 5_000);
    if let Some(note) = &report.log.note {
        assert_line("note", &note.to_string(), 1_000);
    }
    if let Some(fault) = &report.log.fault {
        assert!(fault.message.len() > 10, "{id}: {}", fault.message);
        assert_line("fault", &fault.message, 600);
    }
    if let Phase::Failing { fault, .. } = &report.state.phase {
        assert_line("fault", &fault.message, 600);
    }
    // Never given up, never hammered.
    let next = report.state.next_visit.duration_since(now);
    assert!(
        next > SignedDuration::from_secs(60) && next < SignedDuration::from_hours(24 * 40),
        "{id}: again in {next:?}"
    );
    let validators = &report.state.validators;
    for value in [&validators.etag, &validators.last_modified]
        .into_iter()
        .flatten()
    {
        assert_line("validator", value, 5_000);
    }
}

fn assert_clean(item: &Item) {
    let id = item.source.as_str();
    assert!(!item.title.trim().is_empty(), "{id}: no title");
    assert_line(id, &item.title, 1_000);
    assert_line(id, item.author.as_deref().unwrap_or_default(), 1_000);
    assert_line(id, &item.excerpt.replace('\n', " "), 2_000);
    let odd = |c: char| is_odd(c) && c != '\n' && c != '\t';
    assert!(!item.text.contains(odd), "{id}: {:?}", item.title);
    assert!(item.text.len() < 4_000_000, "{id}: {}", item.text.len());
    let html = item.html.as_ref().map_or(0, String::len);
    assert!(html < 8_000_000, "{id}: {html}");
    let files = item.attachments.iter().map(|file| &file.url);
    for url in [&item.url].into_iter().chain(&item.image).chain(files) {
        assert!(
            matches!(url.scheme(), "http" | "https") && url.as_str().len() <= 5_000,
            "{id}: {}",
            &url.as_str()[..url.as_str().len().min(100)]
        );
    }
    assert!(item.attachments.len() <= 200, "{id}");
    assert!(item.sort_at <= start() + SignedDuration::from_hours(24 * 30));
}
