//! A service with two public sources, a private one, a digest and a thesaurus, and an app that speaks to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt;
use url::form_urlencoded;
use vesti::clock::ManualClock;
use vesti::config::{Concept, Config, DigestSpec, Period, SearchSettings};
use vesti::domain::{
    Attachment, Country, Draft, ItemKey, Kind, Language, Precision, Role, SearchRequest, Seq,
    Source, Understood,
};
use vesti::search::Index;
use vesti::store::{Edition, Intent, Store, Visit, VisitLog};
use vesti::web::{App, router};

pub const READING_LIST: &str = "user/-/state/com.google/reading-list";
pub const READ: &str = "user/-/state/com.google/read";
pub const STARRED: &str = "user/-/state/com.google/starred";
pub const KEPT: &str = "user/-/state/com.google/kept-unread";
pub const LONG: &str = "tag:google.com,2005:reader/item/";

pub struct House {
    pub router: Router,
    pub store: Store,
    pub clock: Arc<ManualClock>,
    _config: watch::Sender<Arc<Config>>,
    _dir: tempfile::TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        serde_json::from_str(&self.body).expect(&self.body)
    }
}

pub fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn source(id: &str, country: Country, private: bool) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: format!("Fundația <{id}>"),
        url: Some(format!("https://{id}.example/").parse().unwrap()),
        country,
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

pub fn item(source: &str, number: i64) -> Understood {
    let url: url::Url = format!("https://{source}.example/{number}")
        .parse()
        .unwrap();
    Understood {
        draft: Draft {
            guid: Some(number.to_string()),
            url: Some(url.clone()),
            title: format!("Anunț {source} {number}"),
            author: Some("Redacția".into()),
            html: Some("<p>Un <em>apel</em>.<script>alert(1)</script></p>".into()),
            text: "Un apel.".into(),
            summary: None,
            published: Some(now() - SignedDuration::from_hours(1)),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: vec![Attachment {
                url: format!("https://{source}.example/{number}.pdf")
                    .parse()
                    .unwrap(),
                r#type: Some("application/pdf".into()),
                title: None,
            }],
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(number.to_string())],
        url,
        content_hash: number.to_string(),
        excerpt: "Un apel.".into(),
        lang: None,
        kind: Kind::News,
        topics: if number % 2 == 0 {
            vec![
                "day-centre".parse().unwrap(),
                "social-services".parse().unwrap(),
            ]
        } else {
            Vec::new()
        },
        deadline: None,
        event: None,
        sketch: vesti::domain::Sketch::default(),
    }
}

fn concept(id: &str, broader: Option<&str>, ro: &str, en: &str) -> Concept {
    Concept {
        id: id.parse().unwrap(),
        broader: broader.map(|id| id.parse().unwrap()),
        labels: [
            (Language::RO, vec![ro.into()]),
            (Language::EN, vec![en.into()]),
        ]
        .into(),
    }
}

impl House {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sources = vec![
            source("a", Country::MD, false),
            source("b", Country::RO, false),
            source("ascuns", Country::RO, true),
        ];
        let digest = DigestSpec {
            id: "zilnic".parse().unwrap(),
            title: vec![(Language::RO, "Buletin zilnic".into())],
            query: SearchRequest::default(),
            period: Period::Daily,
            hour: 7,
            weekday: jiff::civil::Weekday::Monday,
            time_zone: jiff::tz::TimeZone::UTC,
            limit: 20,
            recipients: Vec::new(),
            manner: vesti::config::Manner::default(),
        };
        let config = Config {
            sources: sources.clone(),
            digests: vec![digest],
            thesaurus: vec![
                concept(
                    "social-services",
                    None,
                    "servicii sociale",
                    "social services",
                ),
                concept(
                    "day-centre",
                    Some("social-services"),
                    "centru de zi",
                    "day centre",
                ),
                concept("housing", None, "locuire", "housing"),
            ],
            ..Config::default()
        };
        let store = Store::open(dir.path()).unwrap();
        store.set_sources(sources, now()).await.unwrap();
        let index = {
            let (dir, store) = (dir.path().to_owned(), store.clone());
            tokio::task::spawn_blocking(move || {
                Index::open(&dir, &store, &SearchSettings::default(), &[]).unwrap()
            })
            .await
            .unwrap()
        };
        let (config, receiver) = watch::channel(Arc::new(config));
        let clock = Arc::new(ManualClock::new(now()));
        let app = App::new(
            store.clone(),
            index,
            clock.clone(),
            receiver,
            "https://vesti.example/".parse().unwrap(),
        );
        Self {
            router: router(app),
            store,
            clock,
            _config: config,
            _dir: dir,
        }
    }

    /// With items 0 to 9 of `a`, 10 to 14 of `b` and one of the private source.
    pub async fn full() -> Self {
        let house = Self::new().await;
        house
            .record("a", later(0), (0..10).map(|n| item("a", n)).collect())
            .await;
        house
            .record("b", later(60), (10..15).map(|n| item("b", n)).collect())
            .await;
        house
            .record("ascuns", later(90), vec![item("ascuns", 99)])
            .await;
        house.clock.set(later(120));
        house
    }

    pub async fn record(&self, source: &str, at: Timestamp, items: Vec<Understood>) {
        let intents = items
            .into_iter()
            .map(|item| Intent::Insert(Box::new(item)))
            .collect();
        self.visit(source, at, intents).await;
    }

    pub async fn visit(&self, source: &str, at: Timestamp, intents: Vec<Intent>) {
        let lease = self
            .store
            .lease_source(source.parse().unwrap(), at, Duration::from_mins(1))
            .await
            .unwrap()
            .expect("the lease");
        let visit = Visit {
            at,
            state: lease.state.clone(),
            intents,
            log: VisitLog {
                at,
                url: format!("https://{source}.example/feed"),
                status: Some(200),
                millis: 0,
                bytes: 1,
                listed: 1,
                new: 1,
                changed: 0,
                fault: None,
                note: None,
            },
        };
        self.store.record(&lease, visit).await.unwrap();
    }

    /// Publishes an edition of the digest with one item.
    pub async fn edition(&self, end: Timestamp) {
        let item = self.store.changes_after(Seq(0), 1).unwrap();
        let vesti::store::Change::Item(item) = &item[0] else {
            panic!("an item");
        };
        let body = json!({"groups": [{"heading": {"kind": "news"}, "stories": [{
            "id": item.story, "title": "Titlul din buletin", "lang": "ro", "excerpt": "", "day": null, "closes": null,
            "sources": [{"id": "a", "name": "A", "country": "MD", "item": item.id, "url": "https://a.example/0"}],
        }]}]});
        let edition = Edition {
            digest: "zilnic".parse().unwrap(),
            start: end - SignedDuration::from_hours(24),
            end,
            published: end,
            through: Seq(1),
            body,
            items: vec![item.id],
        };
        assert!(self.store.publish(edition).await.unwrap());
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 50_000_000).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// A form, as from a browser at another address.
    pub async fn form(&self, path: &str, site: &str, body: &str) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", site)
            .body(Body::from(body.to_owned()))
            .unwrap();
        let peer: SocketAddr = "203.0.113.9:4711".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        self.send(request).await
    }

    /// Makes a sign-in as a person does: name and password.
    pub async fn sign_up(&self) -> (String, String) {
        let page = self.form("/apps?ui=ro", "same-origin", "do=make").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        let mut codes = page
            .body
            .split("<dd><code>")
            .skip(1)
            .map(|rest| rest.split("</code>").next().unwrap().to_owned());
        (codes.next().unwrap(), codes.next().unwrap())
    }

    /// An app that has signed in as a new reader.
    pub async fn app(&self, prefix: &'static str) -> Reader<'_> {
        let (name, password) = self.sign_up().await;
        self.app_of(prefix, &name, &password).await
    }

    pub async fn app_of(&self, prefix: &'static str, name: &str, password: &str) -> Reader<'_> {
        let body = encoded(&[("Email", name), ("Passwd", password)]);
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{prefix}/accounts/ClientLogin"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = self.send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let auth = answer
            .body
            .lines()
            .find_map(|line| line.strip_prefix("Auth="))
            .expect("Auth")
            .to_owned();
        Reader {
            house: self,
            prefix,
            auth,
        }
    }
}

pub fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// An app that has signed in.
pub struct Reader<'a> {
    house: &'a House,
    prefix: &'static str,
    pub auth: String,
}

impl Reader<'_> {
    fn request(&self, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .uri(format!("{}/reader/api/0/{path}", self.prefix))
            .header(
                header::AUTHORIZATION,
                format!("GoogleLogin auth={}", self.auth),
            )
    }

    pub async fn ask(&self, path: &str) -> Answer {
        self.house
            .send(self.request(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn get(&self, path: &str, pairs: &[(&str, &str)]) -> Value {
        let query = encoded(pairs);
        self.ask(&format!("{path}?{query}")).await.json()
    }

    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let request = self
            .request(path)
            .method(Method::POST)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded(pairs)))
            .unwrap();
        self.house.send(request).await
    }

    /// Sends a change and expects that it is made.
    pub async fn change(&self, path: &str, pairs: &[(&str, &str)]) {
        let token = self.ask("token").await;
        assert_eq!(token.status, StatusCode::OK);
        let mut all = vec![("T", token.body.trim())];
        all.extend(pairs);
        let answer = self.post(path, &all).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (StatusCode::OK, "OK")
        );
    }

    /// Ids of a stream, all pages.
    pub async fn ids(&self, stream: &str, more: &[(&str, &str)]) -> Vec<String> {
        let mut ids = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let mut pairs = vec![("s", stream), ("output", "json")];
            if !more.iter().any(|(name, _)| *name == "n") {
                pairs.push(("n", "1000"));
            }
            pairs.extend(more);
            if let Some(next) = &next {
                pairs.push(("c", next));
            }
            let page = self.get("stream/items/ids", &pairs).await;
            for one in page["itemRefs"].as_array().unwrap() {
                ids.push(one["id"].as_str().unwrap().to_owned());
            }
            match page["continuation"].as_str() {
                Some(token) => next = Some(token.to_owned()),
                None => return ids,
            }
        }
    }

    pub async fn unread(&self) -> Vec<String> {
        self.ids(READING_LIST, &[("xt", READ)]).await
    }

    /// How many are unread of a stream, as `unread-count` has it.
    pub async fn unread_of(&self, stream: &str) -> u64 {
        let counts = self.get("unread-count", &[("output", "json")]).await;
        counts["unreadcounts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|count| count["id"] == stream)
            .map_or(0, |count| count["count"].as_u64().unwrap())
    }
}

/// The long form of an id.
pub fn long(decimal: &str) -> String {
    format!("{LONG}{:016x}", decimal.parse::<u64>().unwrap())
}
