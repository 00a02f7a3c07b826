//! A service with its crawler at work, a site to read, and an editor and a viewer who manage what is read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tower::ServiceExt;
use url::form_urlencoded;
use vesti::clock::{Clock as _, SharedClock, SystemClock};
use vesti::config::{Config, SearchSettings};
use vesti::crawling::Crawler;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::managing::Managing;
use vesti::delivery::secrets;
use vesti::domain::{Source, StaffRole};
use vesti::search::Index;
use vesti::store::{NewPass, PassKind, Store};
use vesti::web::{App, router};

/// Longest wait for anything that should come soon, on a busy machine.
const SOON: Duration = Duration::from_mins(1);

pub const EDITOR: &str = "editor-secret-000000000000";
pub const VIEWER: &str = "viewer-secret-000000000000";
pub const TOKEN: &str = "vesti_token-secret-0000000000";

type Pages = Arc<Mutex<HashMap<String, String>>>;

pub struct Rig {
    pub router: Router,
    pub managing: Managing,
    pub store: Store,
    /// `http://127.0.0.1:PORT`
    pub site: String,
    pub pages: Pages,
    stop: watch::Sender<bool>,
    _dir: tempfile::TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }

    pub fn place(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }
}

async fn answer(State(pages): State<Pages>, uri: Uri) -> Response {
    let found = pages.lock().unwrap().get(uri.path()).cloned();
    match found {
        Some(body) if body == "stuck" => std::future::pending().await,
        Some(body) if body.starts_with('<') && body.contains("<rss") => {
            ([(header::CONTENT_TYPE, "application/rss+xml")], body).into_response()
        }
        Some(body) => ([(header::CONTENT_TYPE, "text/html")], body).into_response(),
        None => (StatusCode::NOT_FOUND, "<h1>404</h1>").into_response(),
    }
}

/// A feed of some announcements, whose guids and titles begin with a word.
pub fn feed(word: &str, count: i64) -> String {
    let items: Vec<String> = (1..=count)
        .map(|number| {
            let at = SystemClock.now() - jiff::SignedDuration::from_hours(number);
            let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
            let text = format!("Asociația {word} oferă consiliere gratuită familiilor și caută voluntari pentru atelierul {number} din comunitate. ").repeat(6) + &own_words(word, number);
            format!("<item><guid>{word}-{number}</guid><link>http://ong.example/{word}/{number}</link><title>Anunț {word} {number}</title><pubDate>{date}</pubDate><description>{text}</description></item>")
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Sursa {word}</title>{}</channel></rss>",
        items.concat()
    )
}

/// Words that no other announcement has: each is to be a story of its own.
fn own_words(word: &str, number: i64) -> String {
    let seed = word.bytes().fold(number.cast_unsigned(), |seed, byte| {
        seed * 31 + u64::from(byte)
    });
    let mut random = fastrand::Rng::with_seed(seed);
    let mut word = || -> String { (0..8).map(|_| random.lowercase()).collect() };
    (0..60).map(|_| word()).collect::<Vec<_>>().join(" ")
}

pub fn source(id: &str, url: &str) -> Source {
    let text = format!(
        "[[source]]\nid = \"{id}\"\nname = \"Sursa {id}\"\nurl = \"{url}\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]\n"
    );
    let (mut sources, problems) = vesti::config::read_sources("x", text, &[]);
    assert!(problems.is_empty(), "{problems:?}");
    sources.remove(0)
}

impl Rig {
    /// With sources `a` and `b` of three announcements each, on pages `/a` and `/b` of the site.
    pub async fn new() -> Self {
        Self::with(true).await
    }

    /// The same, where the site may be crawled or is as private as any other of its network.
    pub async fn with(open: bool) -> Self {
        let pages: Pages = Arc::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        let sites = Router::new().fallback(answer).with_state(pages.clone());
        tokio::spawn(async move { axum::serve(listener, sites).await });
        for word in ["a", "b"] {
            pages
                .lock()
                .unwrap()
                .insert(format!("/{word}"), feed(word, 3));
        }
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let clock: SharedClock = Arc::new(SystemClock);
        let mut config = Config::default();
        config.settings.server.rate_limit = None;
        config.settings.crawler.host_delay = Duration::ZERO;
        config.settings.crawler.robots = false;
        if open {
            config.settings.crawler.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
        }
        config.sources = ["a", "b"]
            .map(|id| source(id, &format!("{site}/{id}")))
            .to_vec();
        let settings = SearchSettings {
            commit_interval: Duration::from_millis(20),
            dictionaries: Vec::new(),
            ..SearchSettings::default()
        };
        let index = Index::open(dir.path(), &store, &settings, &[]).unwrap();
        let fetcher =
            Fetcher::new(&config.settings.crawler, clock.clone(), Names::default()).unwrap();
        let crawler = Crawler::new(store.clone(), fetcher, clock.clone(), &config);
        let managing = Managing::open(store.clone(), config, clock.now())
            .await
            .unwrap();
        let stop = watch::Sender::new(false);
        let (reports, _) = mpsc::unbounded_channel();
        let stopping = stop.subscribe();
        tokio::spawn(async move { crawler.run(stopping, reports).await });
        tokio::spawn({
            let (index, store, stop) = (index.clone(), store.clone(), stop.subscribe());
            async move { index.follow(store, stop).await }
        });
        let now = clock.now();
        for (name, role, passes) in [
            (
                "ana",
                StaffRole::Editor,
                &[(PassKind::Session, EDITOR), (PassKind::Token, TOKEN)][..],
            ),
            ("ion", StaffRole::Viewer, &[(PassKind::Session, VIEWER)]),
        ] {
            let name = name.parse().unwrap();
            let added = store.add_staff(name, role, None, None, "test".into(), now);
            let staff = added.await.unwrap().unwrap();
            for (kind, secret) in passes {
                let pass = NewPass {
                    staff,
                    kind: *kind,
                    hash: secrets::hash(secret),
                    label: String::new(),
                    role,
                    ends: None,
                };
                store.add_pass(pass, None, now).await.unwrap();
            }
        }
        let app = App::new(
            store.clone(),
            index,
            clock,
            managing.watch(),
            "https://vesti.example/".parse().unwrap(),
        )
        .with_managing(managing.clone());
        Self {
            router: router(app),
            managing,
            store,
            site,
            pages,
            stop,
            _dir: dir,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 50_000_000).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A page, for whoever has the session; for anybody with none.
    pub async fn page(&self, session: &str, path: &str) -> Answer {
        let path = path.strip_prefix("https://vesti.example").unwrap_or(path);
        let request = Request::builder()
            .uri(path)
            .header(header::COOKIE, format!("vesti_session={session}"))
            .body(Body::empty());
        self.send(request.unwrap()).await
    }

    /// What goes with every form of a session.
    pub async fn csrf(&self, session: &str) -> String {
        let page = self.page(session, "/monitor/catalogue?ui=en").await;
        let (_, rest) = page.body.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// A form of a page.
    pub async fn form(&self, session: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf(session).await;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &csrf).extend_pairs(pairs);
        self.post(
            session,
            path,
            "application/x-www-form-urlencoded",
            form.finish(),
        )
        .await
    }

    pub async fn post(&self, session: &str, path: &str, kind: &str, body: String) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::COOKIE, format!("vesti_session={session}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Asks the API with the editor's token.
    pub async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.api_as(Some(TOKEN), method, path, body).await
    }

    pub async fn api_as(
        &self,
        token: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    /// How many announcements a search finds.
    pub async fn total(&self, query: &str) -> u64 {
        let path = format!("/api/v1/search?{query}");
        let answer = self.api_as(None, Method::GET, &path, None).await;
        answer.json()["total"].as_u64().expect(&answer.body)
    }

    /// Waits until a search finds so many.
    pub async fn until(&self, query: &str, total: u64) {
        let began = Instant::now();
        loop {
            let found = self.total(query).await;
            if found == total {
                return;
            }
            assert!(began.elapsed() < SOON, "{query}: {found}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Asks for a page until it says something.
    pub async fn until_page(&self, path: &str, words: &str) -> Answer {
        let began = Instant::now();
        loop {
            let page = self.page(EDITOR, path).await;
            if page.body.contains(words) {
                return page;
            }
            assert!(began.elapsed() < SOON, "{words}: {}", page.body);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn ids(&self) -> Vec<String> {
        let config = self.managing.config();
        config
            .sources
            .iter()
            .map(|one| one.id.to_string())
            .collect()
    }

    pub fn set(&self, path: &str, body: impl Into<String>) {
        self.pages.lock().unwrap().insert(path.into(), body.into());
    }

    /// The words for what was done, the latest first.
    pub fn deeds(&self) -> Vec<(String, String, String)> {
        let deeds = self.store.deeds(None, 100).unwrap();
        deeds
            .into_iter()
            .map(|deed| (deed.who, deed.what, deed.about))
            .collect()
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}
