//! The whole of HTTP over a real store and a real index, in which announcements come, change and go.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, Request, StatusCode};
use jiff::Timestamp;
use tokio::sync::watch;
use tower::ServiceExt;
use url::Url;
use vesti::clock::ManualClock;
use vesti::config::{Config, SearchSettings};
use vesti::domain::{
    Country, Deadline, Detected, Draft, Event, ItemId, ItemKey, Kind, Language, Precision, Role,
    Sketch, Source, Understood,
};
use vesti::search::Index;
use vesti::store::{Intent, Store, Visit, VisitLog};
use vesti::web::{App, router};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub struct House {
    router: Router,
    pub clock: Arc<ManualClock>,
    pub store: Store,
    pub index: Index,
    _config: watch::Sender<Arc<Config>>,
    _dir: tempfile::TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl House {
    /// With a source in each of three countries, and a private one.
    pub async fn new(now: &str) -> Self {
        Self::with(now, Config::default()).await
    }

    pub async fn with(now: &str, config: Config) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut sources = vec![
            source("fonss", Country::RO),
            source("plecs", Country::LV),
            source("apscf", Country::MD),
            source("secret", Country::RO),
        ];
        sources[3].private = true;
        let store = Store::open(dir.path()).unwrap();
        store.set_sources(sources.clone(), at(now)).await.unwrap();
        let index = Index::open(dir.path(), &store, &SearchSettings::default(), &[]).unwrap();
        let (config, receiver) = watch::channel(Arc::new(Config { sources, ..config }));
        let clock = Arc::new(ManualClock::new(at(now)));
        let app = App::new(
            store.clone(),
            index.clone(),
            clock.clone(),
            receiver,
            "https://vesti.example/".parse().unwrap(),
        );
        let house = Self {
            router: router(app),
            clock,
            store,
            index,
            _config: config,
            _dir: dir,
        };
        house.index().await;
        house
    }

    async fn index(&self) {
        let (index, store) = (self.index.clone(), self.store.clone());
        tokio::task::spawn_blocking(move || index.catch_up(&store))
            .await
            .unwrap()
            .unwrap();
    }

    /// Records what a visit to a source came to, now.
    pub async fn decide(&self, source: &str, intents: Vec<Intent>) {
        let now = vesti::clock::Clock::now(&*self.clock);
        let lease = self
            .store
            .lease_source(source.parse().unwrap(), now, Duration::from_mins(1))
            .await
            .unwrap()
            .expect("the lease");
        let visit = Visit {
            at: now,
            state: lease.state.clone(),
            intents,
            log: VisitLog {
                at: now,
                url: "https://a.example/feed".into(),
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
        self.store.record(&lease, visit).await.unwrap();
        self.index().await;
    }

    pub async fn insert(&self, source: &str, item: Understood) {
        self.decide(source, vec![Intent::Insert(Box::new(item))])
            .await;
    }

    /// Writes what an item is now; `edit` where its source changed it.
    pub async fn update(&self, source: &str, item: Understood, edit: bool) {
        let id = id_of(source, &item);
        let now = Box::new(item);
        self.decide(source, vec![Intent::Update { id, now, edit }])
            .await;
    }

    pub async fn withdraw(&self, source: &str, item: &Understood) {
        let id = id_of(source, item);
        self.decide(source, vec![Intent::Withdraw { id }]).await;
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(path, &[]).await
    }

    pub async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(name.parse::<HeaderName>().unwrap(), *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 50_000_000).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub fn set(&self, now: &str) {
        self.clock.set(at(now));
    }
}

pub fn id_of(source: &str, item: &Understood) -> ItemId {
    item.keys[0].item_id(&source.parse().unwrap())
}

pub fn source(id: &str, country: Country) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: format!("Fundația {id}"),
        url: Some(Url::parse(&format!("https://{id}.example/")).unwrap()),
        country,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

pub fn understood(name: &str, published: &str) -> Understood {
    let url = Url::parse(&format!("https://a.example/{name}")).unwrap();
    Understood {
        draft: Draft {
            guid: Some(name.into()),
            url: Some(url.clone()),
            title: format!("Titlul {name}"),
            author: None,
            html: None,
            text: format!("Textul {name} despre servicii sociale pentru copii."),
            summary: None,
            published: Some(at(published)),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(name.into())],
        url,
        content_hash: name.into(),
        excerpt: format!("Textul {name}."),
        lang: Some(Detected {
            lang: Language::RO,
            confidence: 0.98,
        }),
        kind: Kind::News,
        topics: Vec::new(),
        deadline: None,
        event: None,
        sketch: Sketch::default(),
    }
}

/// A call with the end of a day as its deadline.
pub fn call(name: &str, published: &str, deadline: &str) -> Understood {
    Understood {
        kind: Kind::Call,
        deadline: Some(Deadline {
            at: at(deadline),
            precision: Precision::Day,
            evidence: format!("Termen: {deadline}."),
        }),
        ..understood(name, published)
    }
}

pub fn event(name: &str, published: &str, start: &str, end: Option<&str>) -> Understood {
    Understood {
        kind: Kind::Event,
        event: Some(Event {
            start: at(start),
            end: end.map(at),
            place: Some("Rīga, Brīvības iela 1".into()),
        }),
        ..understood(name, published)
    }
}
