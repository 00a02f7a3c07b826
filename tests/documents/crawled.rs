//! Announcements that are files, and announcements that have some, over real HTTP.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use vesti::clock::{Clock, ManualClock};
use vesti::config::Config;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass};
use vesti::domain::{Country, FileState, Item, Role, SearchRequest, Seq, Source};
use vesti::search::Index;
use vesti::store::{Change, Store};

use super::{documents, fixture, sentences};

const LONG: &str = "Organizația noastră lucrează de zece ani cu familiile din sat. În această lună începe o etapă nouă a programului, \
    la care pot lua parte toți cei care au fost alături de noi până acum și cei care vor să afle mai mult despre ceea ce facem. \
    Detaliile sunt în fișierul de mai jos, pe care îl puteți citi și tipări. Vă așteptăm cu drag la sediu.";

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// Answers by path: type and body; other paths are not found.
type Files = Arc<Mutex<BTreeMap<String, (&'static str, Vec<u8>)>>>;

async fn answer(State(files): State<Files>, uri: Uri) -> Response {
    match files.lock().unwrap().get(uri.path()) {
        Some((kind, body)) => ([(header::CONTENT_TYPE, *kind)], body.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

struct Site {
    files: Files,
    port: u16,
    clock: ManualClock,
    config: Config,
    store: Store,
    crawler: Crawler,
    data: tempfile::TempDir,
}

impl Site {
    async fn start() -> Self {
        let files = Files::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = Router::new().fallback(answer).with_state(files.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut config = Config::default();
        config.settings.crawler.host_delay = Duration::ZERO;
        config.settings.crawler.allow_networks =
            vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path()).unwrap();
        let clock = ManualClock::new(now());
        let source = Source {
            id: "ong".parse().unwrap(),
            name: "ONG".to_owned(),
            url: Some(format!("http://ong.localhost:{port}/feed").parse().unwrap()),
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
        store.set_sources(vec![source], clock.now()).await.unwrap();
        let shared = Arc::new(clock.clone());
        let fetcher =
            Fetcher::new(&config.settings.crawler, shared.clone(), Names::default()).unwrap();
        let crawler =
            Crawler::new(store.clone(), fetcher, shared, &config).with_documents(documents());
        Self {
            files,
            port,
            clock,
            config,
            store,
            crawler,
            data,
        }
    }

    fn set(&self, path: &str, kind: &'static str, body: Vec<u8>) {
        self.files
            .lock()
            .unwrap()
            .insert(path.to_owned(), (kind, body));
    }

    fn url(&self, path: &str) -> String {
        format!("http://ong.localhost:{}{path}", self.port)
    }

    fn feed(&self, entries: &str) {
        let feed =
            format!("<rss version=\"2.0\"><channel><title>ONG</title>{entries}</channel></rss>");
        self.set("/feed", "application/rss+xml", feed.into_bytes());
    }

    fn entry(&self, path: &str, title: &str, text: &str, file: Option<&str>) -> String {
        let enclosure = file.map_or_else(String::new, |file| {
            format!(
                "<enclosure url=\"{}\" type=\"application/pdf\" length=\"1\"/>",
                self.url(file)
            )
        });
        format!(
            "<item><title>{title}</title><link>{}</link><pubDate>Thu, 19 Nov 2026 09:00:00 GMT</pubDate>\
             <description>{text}</description>{enclosure}</item>",
            self.url(path)
        )
    }

    async fn pass(&self) {
        let (reports, _heard) = tokio::sync::mpsc::unbounded_channel();
        let which = Pass::Sources(vec!["ong".parse().unwrap()]);
        self.crawler.pass(which, reports).await.unwrap();
    }

    fn items(&self) -> Vec<Item> {
        let changes = self.store.changes_after(Seq(0), 100).unwrap();
        changes
            .into_iter()
            .filter_map(|change| match change {
                Change::Item(item) => Some(item),
                Change::Removed { .. } => None,
            })
            .collect()
    }

    fn titled(&self, title: &str) -> Item {
        self.items()
            .into_iter()
            .find(|item| item.title == title)
            .unwrap()
    }

    fn found(&self, query: &str) -> Vec<String> {
        let index = Index::open(
            self.data.path(),
            &self.store,
            &self.config.settings.search,
            &self.config.thesaurus,
        )
        .unwrap();
        index.catch_up(&self.store).unwrap();
        let request = SearchRequest {
            q: query.to_owned(),
            ..SearchRequest::default()
        };
        let hits = index.search(&request, now(), &TimeZone::UTC).unwrap();
        self.store
            .items(&hits.ids)
            .unwrap()
            .into_iter()
            .map(|item| item.title)
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_attachment_says_is_found_under_its_item() {
    let site = Site::start().await;
    site.feed(&site.entry("/apel", "Începe o etapă nouă", LONG, Some("/apel.pdf")));
    site.set(
        "/apel",
        "text/html",
        format!("<article><h1>Începe o etapă nouă</h1><p>{LONG}</p></article>").into_bytes(),
    );
    site.set("/apel.pdf", "application/pdf", fixture("ro-writer.pdf"));
    site.pass().await;
    let item = site.titled("Începe o etapă nouă");
    let file = &item.files[0];
    assert_eq!((file.state, file.pages), (FileState::Read, Some(1)));
    assert_eq!(
        file.lang.map(|lang| lang.to_string()).as_deref(),
        Some("ro")
    );
    assert!(file.text.contains(&sentences("ro")));
    assert!(
        !item.text.contains("nerambursabilă"),
        "the item keeps its own text"
    );
    let deadline = item.deadline.clone().expect("the file names one");
    assert_eq!(deadline.at.to_string(), "2027-03-15T14:00:00Z");
    assert_eq!(
        (item.version, item.updated),
        (1, None),
        "reading a file is no edit"
    );
    assert_eq!(
        site.found("nerambursabila eligibilitate"),
        ["Începe o etapă nouă"]
    );

    // Fetched once: a second visit changes nothing.
    let seq = site.store.seq();
    site.clock.set(now() + SignedDuration::from_hours(2));
    site.pass().await;
    assert_eq!(site.store.seq(), seq);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_announcement_that_is_a_file_has_the_file_s_text() {
    let site = Site::start().await;
    let entries = [
        // Neither the name nor the type tells: the bytes do.
        site.entry("/descarca?id=7", "Apel de proiecte", "Vezi fișierul.", None),
        site.entry("/raport.docx", "Raport", "Vezi fișierul.", None),
    ];
    site.feed(&entries.concat());
    site.set(
        "/descarca",
        "application/octet-stream",
        fixture("ro-chromium.pdf"),
    );
    site.set(
        "/raport.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        fixture("ro.docx"),
    );
    site.pass().await;
    for title in ["Apel de proiecte", "Raport"] {
        let item = site.titled(title);
        assert!(
            item.text.contains(&sentences("ro")),
            "{title}: {}",
            item.text
        );
        assert_eq!(item.version, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_cannot_be_read_costs_only_itself() {
    let site = Site::start().await;
    let entries = [
        site.entry("/1", "Primul", LONG, Some("/scan.pdf")),
        site.entry(
            "/2",
            "Al doilea",
            &LONG.replace("sat", "oraș"),
            Some("/locked.pdf"),
        ),
        site.entry(
            "/3",
            "Al treilea",
            &LONG.replace("sat", "raion"),
            Some("/gone.pdf"),
        ),
        site.entry("/4.pdf", "Al patrulea", "Vezi fișierul.", None),
    ];
    site.feed(&entries.concat());
    for path in ["/1", "/2", "/3"] {
        site.set(path, "text/html", b"<p>Nimic.".to_vec());
    }
    site.set("/scan.pdf", "application/pdf", fixture("scan.pdf"));
    site.set("/locked.pdf", "application/pdf", fixture("ro-locked.pdf"));
    site.set("/4.pdf", "application/pdf", fixture("scan.pdf"));
    site.pass().await;
    for (title, state) in [
        ("Primul", FileState::Scanned),
        ("Al doilea", FileState::Unreadable),
        // The server may find it yet.
        ("Al treilea", FileState::Pending),
        // An announcement that is a scan has it as a file, so that the page can say so.
        ("Al patrulea", FileState::Scanned),
    ] {
        let item = site.titled(title);
        assert_eq!(item.files.len(), 1, "{title}");
        assert_eq!(item.files[0].state, state, "{title}");
        assert_eq!(item.files[0].text, "");
    }
    site.set("/gone.pdf", "application/pdf", fixture("ro-writer.pdf"));
    site.clock.set(now() + SignedDuration::from_hours(1));
    site.pass().await;
    assert_eq!(site.titled("Al treilea").files[0].state, FileState::Read);
}
