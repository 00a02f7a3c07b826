//! The whole of HTTP over a real store and a real index.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::watch;
use tower::ServiceExt;
use url::Url;
use vesti::clock::ManualClock;
use vesti::config::{Config, DigestSpec, Period, SearchSettings};
use vesti::domain::{
    Country, Deadline, Detected, Draft, ItemKey, Kind, Language, Precision, Role, SearchRequest,
    Source, Understood,
};
use vesti::search::Index;
use vesti::store::{Intent, Store, Visit, VisitLog};
use vesti::web::{App, router};

#[path = "web/api.rs"]
mod api;
#[path = "web/conventions.rs"]
mod conventions;
#[path = "web/limits.rs"]
mod limits;
#[path = "web/mail.rs"]
mod mail;
#[path = "web/pages.rs"]
mod pages;
#[path = "web/shape.rs"]
mod shape;
#[path = "web/staff.rs"]
mod staff;
#[path = "web/watches.rs"]
mod watches;
#[path = "web/words.rs"]
mod words;

/// A service with 25 open items of one source and one item of a private source.
struct House {
    router: Router,
    clock: Arc<ManualClock>,
    store: Store,
    index: Index,
    _config: watch::Sender<Arc<Config>>,
    dir: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn source(id: &str, private: bool) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: format!("Fundația {id}"),
        url: Some(Url::parse(&format!("https://{id}.example/")).unwrap()),
        country: Country::MD,
        role: Role::Member,
        languages: vec![Language::RO],
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private,
    }
}

fn item(source: &str, number: i64) -> Understood {
    let url = Url::parse(&format!("https://{source}.example/{number}")).unwrap();
    let title = format!("Locuințe protejate <{number}>");
    Understood {
        draft: Draft {
            guid: Some(number.to_string()),
            url: Some(url.clone()),
            title: title.clone(),
            author: None,
            html: Some("<p>Un <em>apel</em>.<script>alert(1)</script><img src=\"https://spy.example/x\"></p>".into()),
            text: format!("Un apel pentru servicii sociale, numărul {number}."),
            summary: None,
            published: Some(now() - jiff::SignedDuration::from_hours(number + 1)),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(number.to_string())],
        url,
        content_hash: number.to_string(),
        excerpt: format!("Un apel, numărul {number}."),
        lang: Some(Detected {
            lang: Language::RO,
            confidence: 0.98,
        }),
        kind: if number == 3 { Kind::Call } else { Kind::News },
        topics: Vec::new(),
        deadline: (number == 3).then(|| Deadline {
            at: "2026-12-01T21:59:59Z".parse().unwrap(),
            precision: Precision::Day,
            evidence: "Termen: 1 decembrie 2026.".into(),
        }),
        event: None,
        sketch: vesti::domain::Sketch::default(),
    }
}

async fn record(store: &Store, source: &str, items: Vec<Understood>) {
    let lease = store
        .lease_source(source.parse().unwrap(), now(), Duration::from_mins(1))
        .await
        .unwrap()
        .expect("the lease");
    let visit = Visit {
        at: now(),
        state: lease.state.clone(),
        intents: items
            .into_iter()
            .map(|item| Intent::Insert(Box::new(item)))
            .collect(),
        log: VisitLog {
            at: now(),
            url: format!("https://{source}.example/feed"),
            status: Some(200),
            millis: 1,
            bytes: 1,
            listed: 1,
            new: 1,
            changed: 0,
            fault: None,
            note: None,
        },
    };
    store.record(&lease, visit).await.unwrap();
}

impl House {
    async fn new() -> Self {
        Self::with(Config::default()).await
    }

    async fn with(config: Config) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sources = vec![source("deschis", false), source("tainita", true)];
        let digest = DigestSpec {
            id: "zilnic".parse().unwrap(),
            title: vec![(Language::RO, "Buletin zilnic".into())],
            query: SearchRequest::default(),
            period: Period::Daily,
            hour: 7,
            weekday: jiff::civil::Weekday::Monday,
            time_zone: jiff::tz::TimeZone::UTC,
            limit: 20,
            manner: vesti::config::Manner::default(),
            recipients: Vec::new(),
        };
        let config = Config {
            sources: sources.clone(),
            digests: vec![digest],
            ..config
        };
        let store = Store::open(dir.path()).unwrap();
        store.set_sources(sources, now()).await.unwrap();
        record(
            &store,
            "deschis",
            (0..25).map(|n| item("deschis", n)).collect(),
        )
        .await;
        record(&store, "tainita", vec![item("secret", 99)]).await;
        let index = {
            let (dir, store) = (dir.path().to_owned(), store.clone());
            tokio::task::spawn_blocking(move || {
                let index = Index::open(&dir, &store, &SearchSettings::default(), &[]).unwrap();
                index.catch_up(&store).unwrap();
                index
            })
            .await
            .unwrap()
        };
        let (config, receiver) = watch::channel(Arc::new(config));
        let clock = Arc::new(ManualClock::new(now()));
        let app = App::new(
            store.clone(),
            index.clone(),
            clock.clone(),
            receiver,
            "https://vesti.example/".parse().unwrap(),
        );
        Self {
            router: router(app),
            clock,
            store,
            index,
            _config: config,
            dir,
        }
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(header::HeaderName, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 10_000_000).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[]).await
    }
}

const PATHS: [&str; 26] = [
    "/",
    "/?q=apel",
    "/calls",
    "/events",
    "/countries",
    "/sources",
    "/sources/deschis",
    "/topics",
    "/digests",
    "/digests/zilnic",
    "/digests/zilnic.rss",
    "/digests/zilnic.atom",
    "/digests/zilnic.json",
    "/apps",
    "/api",
    "/privacy",
    "/accessibility",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/calendar.ics",
    "/sources.opml",
    "/opensearch.xml",
    "/sitemap.xml",
    "/openapi.json",
    "/api/v1/search?q=apel",
];

#[tokio::test]
async fn every_page_and_feed_answers_and_recognises_its_etag() {
    let house = House::new().await;
    for path in PATHS {
        let first = house.get(path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}: {}", first.body);
        let etag = first.header(header::ETAG).to_owned();
        assert!(etag.starts_with("W/\""), "{path}");
        let again = house
            .ask(Method::GET, path, &[(header::IF_NONE_MATCH, &etag)])
            .await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.body.is_empty(), "{path}");
        let head = house.ask(Method::HEAD, path, &[]).await;
        assert_eq!(head.status, StatusCode::OK, "{path}");
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(head.header(header::ETAG), etag, "{path}");
    }
}

#[tokio::test]
async fn every_answer_is_protected() {
    let house = House::new().await;
    for path in PATHS.iter().chain(&[
        "/nope",
        "/?from=x",
        "/api/v1/nope",
        "/metrics",
        "/healthz",
        "/readyz",
    ]) {
        let answer = house.get(path).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(
            answer.header(header::X_CONTENT_TYPE_OPTIONS),
            "nosniff",
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_private_is_shown_nowhere() {
    let house = House::new().await;
    for path in PATHS {
        let answer = house.get(path).await;
        assert!(!answer.body.contains("tainita"), "{path}");
    }
    assert_eq!(
        house.get("/sources/tainita").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        house.get("/api/v1/sources/tainita").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn pages_of_results_neither_skip_nor_repeat() {
    let house = House::new().await;
    let mut seen = Vec::new();
    let mut path = "/api/v1/search?limit=10".to_owned();
    loop {
        let page = house.get(&path).await.json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/search?limit=10&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 25);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 25);
}

#[tokio::test]
async fn a_search_has_marks_facets_with_labels_and_says_what_it_understood() {
    let house = House::new().await;
    let json = house
        .get("/api/v1/search?q=locuinte&kind=call&ui=ro")
        .await
        .json();
    assert_eq!(json["total"], 1);
    let item = &json["items"][0];
    assert_eq!(
        item["highlights"]["title"],
        "<mark>Locuințe</mark> protejate &lt;3&gt;"
    );
    assert_eq!(item["deadline"], "2026-12-01T21:59:59Z");
    assert_eq!(item["source"]["name"], "Fundația deschis");
    assert_eq!(json["facets"]["country"][0]["label"], "Republica Moldova");
    assert_eq!(json["facets"]["lang"][0]["label"], "română");
    assert!(json["interpreted"]["words"].is_array());
}

#[tokio::test]
async fn an_item_page_shows_harmless_html() {
    let house = House::new().await;
    let json = house.get("/api/v1/search?kind=call").await.json();
    let id = json["items"][0]["id"].as_str().unwrap();
    let whole = house.get(&format!("/api/v1/items/{id}")).await.json();
    assert_eq!(whole["text"], "Un apel pentru servicii sociale, numărul 3.");
    let page = house.get(&format!("/items/{id}?ui=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<em>apel</em>"));
    assert!(page.body.contains("Termen: 1 decembrie 2026."));
    for bad in ["<script", "alert(1)", "spy.example", "<img", "style="] {
        assert!(!page.body.contains(bad), "{bad}");
    }
    for missing in ["/items/0000000000000", "/items/x", "/items/%ff"] {
        let status = house.get(missing).await.status;
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::BAD_REQUEST,
            "{missing}: {status}"
        );
    }
}

#[tokio::test]
async fn a_bad_value_is_a_problem_for_programs_and_a_sentence_for_people() {
    let house = House::new().await;
    for path in [
        "/api/v1/search?from=nonsense",
        "/feed.rss?from=nonsense",
        "/calendar.ics?from=nonsense",
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(
            answer.header(header::CONTENT_TYPE),
            "application/problem+json"
        );
        let problem = answer.json();
        assert_eq!(problem["parameter"], "from", "{path}");
        assert_eq!(problem["status"], 400, "{path}");
    }
    for (path, parameter) in [
        ("/api/v1/search?cursor=nonsense", "cursor"),
        ("/api/v1/search?ui=xx", "ui"),
        ("/api/v1/sources?limit=0", "limit"),
        ("/api/v1/sources?cursor=nonsense", "cursor"),
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.json()["parameter"], parameter, "{path}");
    }
    let page = house.get("/?q=locuin%C8%9Be&from=nonsense&ui=lv").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.body.contains("value=\"locuințe\"") && page.body.contains("value=\"nonsense\""));
    assert!(page.body.contains("nav ne datums"));
}

#[tokio::test]
async fn anything_a_person_types_gets_an_answer() {
    let house = House::new().await;
    let long = format!("/api/v1/search?q={}", "x".repeat(10_000));
    // The same in Cyrillic, as browsers write it.
    let longer = format!("/?q={}", "%D0%B0".repeat(10_000));
    for path in [
        "/?q=%ff%zz%",
        "/?q=%22",
        "/?q=((",
        "/?q=a+OR",
        "/?q=-",
        "/?q=title:",
        "/?q=*",
        "/?q=%F0%9F%99%82",
        "/?%=&&=&",
        &long,
        &longer,
    ] {
        assert_eq!(house.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_does_not_exist_or_may_not_be_done_is_said_in_the_right_form() {
    let house = House::new().await;
    let lost = house
        .ask(Method::GET, "/nope", &[(header::ACCEPT_LANGUAGE, "ru")])
        .await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.body.contains("<html lang=\"ru\""));
    let lost = house.get("/api/v1/nope").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert_eq!(
        lost.header(header::CONTENT_TYPE),
        "application/problem+json"
    );
    let denied = house.ask(Method::POST, "/api/v1/search", &[]).await;
    assert_eq!(denied.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(denied.header(header::ALLOW).contains("GET"));
    assert_eq!(denied.json()["status"], 405);
    let denied = house.ask(Method::POST, "/", &[]).await;
    assert_eq!(denied.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(denied.body.contains("<html"));
}

#[tokio::test]
async fn other_origins_may_read_what_is_made_for_programs_only() {
    let house = House::new().await;
    for (path, shared) in [
        ("/api/v1/search", "*"),
        ("/feed.atom", "*"),
        ("/", ""),
        ("/metrics", ""),
    ] {
        let answer = house.get(path).await;
        assert_eq!(
            answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN),
            shared,
            "{path}"
        );
    }
    let asked = house.ask(Method::OPTIONS, "/api/v1/search", &[]).await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT);
    assert!(
        asked
            .header(header::ACCESS_CONTROL_ALLOW_METHODS)
            .contains("GET")
    );
}

#[tokio::test]
async fn a_page_is_small_and_its_stylesheet_is_kept_for_ever() {
    let house = House::new().await;
    let page = house
        .ask(Method::GET, "/", &[(header::ACCEPT_ENCODING, "gzip")])
        .await;
    assert_eq!(page.header(header::CONTENT_ENCODING), "gzip");
    assert!(page.body.len() < 60_000);
    let plain = house.get("/").await.body;
    let at = plain.find("/assets/vesti-").expect("a stylesheet");
    let href = &plain[at..at + plain[at..].find('"').unwrap()];
    let css = house.get(href).await;
    assert_eq!(css.status, StatusCode::OK);
    assert!(css.header(header::CACHE_CONTROL).contains("immutable"));
    assert_eq!(
        house.get("/assets/vesti-0.css").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn lists_of_the_api_have_items_and_a_cursor() {
    let house = House::new().await;
    for path in ["/api/v1/sources", "/api/v1/topics", "/api/v1/digests"] {
        let json = house.get(path).await.json();
        assert!(
            json["items"].is_array() && json["next_cursor"].is_null(),
            "{path}"
        );
    }
    let digest = &house.get("/api/v1/digests").await.json()["items"][0];
    assert_eq!(
        digest["feeds"]["rss"],
        "https://vesti.example/digests/zilnic.rss"
    );
}

#[tokio::test]
async fn figures_count_requests_by_route() {
    let house = House::new().await;
    house.get("/sources/deschis").await;
    let text = house.get("/metrics").await.body;
    assert!(
        text.contains("route=\"/sources/{id}\",status=\"200\"} 1"),
        "{text}"
    );
    assert!(text.contains("vesti_index_lag 0"), "{text}");
}
