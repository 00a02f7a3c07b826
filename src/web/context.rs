//! What every handler knows of its request, and how its work is done: off the reactor, bounded in number and time.

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::App;
use super::access::{self, Visitor};
use super::cookie;
use super::locale::{self, Ui};
use super::pages;
use super::params::{Pairs, query_string};
use super::recent::Moment;
use super::reply::Reply;
use super::trouble::Trouble;
use crate::config::Config;
use crate::domain::{Language, SourceId, TopicId};

/// Longest time that a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most requests that wait at the same time; more are sent away at once.
const QUEUE: usize = 256;

/// Lets in as many at a time as the machine can serve, so that a flood cannot take all memory.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    queue: Arc<Semaphore>,
    seats: Arc<Semaphore>,
}

impl Gate {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            queue: Arc::new(Semaphore::new(QUEUE)),
            // One more than can be at work, for when one waits for the disk: more would only take turns, and all be late.
            seats: Arc::new(Semaphore::new(cores + 1)),
        }
    }

    async fn enter(&self) -> Result<OwnedSemaphorePermit, Trouble> {
        let _queued = self.queue.try_acquire().map_err(|_| Trouble::Busy)?;
        tokio::time::timeout(PATIENCE, self.seats.clone().acquire_owned())
            .await
            .ok()
            .and_then(Result::ok)
            .ok_or(Trouble::Busy)
    }
}

/// Who asks: a person or a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// Errors are pages.
    Page,
    /// Errors are problem documents.
    Data,
    /// Errors are a line of text, as readers' apps expect them.
    Plain,
}

/// A request as the pages see it: plain values, so that rendering can be tested with no service behind it.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) config: Arc<Config>,
    /// The service's own address.
    pub(crate) base: Url,
    pub(crate) ui: Ui,
    /// Whether the language was asked for in the address.
    pub(crate) ui_given: bool,
    /// Whether the browser remembers that very language; links need not keep it then.
    pub(crate) ui_remembered: bool,
    pub(crate) pairs: Pairs,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) now: Timestamp,
    /// Who asks.
    pub(crate) visitor: Visitor,
}

/// A request with what answers it.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) app: App,
    context: Context,
}

impl Deref for Ask {
    type Target = Context;
    fn deref(&self) -> &Context {
        &self.context
    }
}

impl FromRequestParts<App> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let mut ask = Self::new(app, &parts.uri, parts.headers.clone());
        match access::visitor(app, &ask.context.headers, &ask.context.pairs).await {
            Ok(visitor) => ask.context.visitor = visitor,
            // Whoever cannot be known is nobody: what is for staff stays shut.
            Err(error) => tracing::error!(%error, "nobody can be known"),
        }
        Ok(ask)
    }
}

impl Ask {
    pub(crate) fn new(app: &App, uri: &Uri, headers: HeaderMap) -> Self {
        let config = app.config.borrow().clone();
        let pairs = Pairs::parse(uri.query());
        Self {
            context: Context::new(
                config,
                app.base.clone(),
                uri.path(),
                pairs,
                headers,
                app.clock.now(),
            ),
            app: app.clone(),
        }
    }

    /// Does blocking work for the request and makes the answer, errors included.
    pub(crate) async fn serve<F>(self, face: Face, work: F) -> Response
    where
        F: FnOnce(&Self) -> Result<Reply, Trouble> + Send + 'static,
    {
        match self.aside(work).await {
            Ok(reply) => self.finish(reply),
            Err(trouble) => self.fail(face, &trouble),
        }
    }

    /// Does blocking work for the request that is not all of its answer.
    pub(crate) async fn aside<T, F>(&self, work: F) -> Result<T, Trouble>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, Trouble> + Send + 'static,
    {
        let seat = self.app.gate.enter().await?;
        let own = self.clone();
        tokio::task::spawn_blocking(move || {
            let result = work(&own);
            drop(seat);
            result
        })
        .await
        .unwrap_or_else(|error| Err(Trouble::Internal(error.to_string())))
    }
}

impl Ask {
    /// Like [`Ask::serve`], for what depends on nothing but the question and what is recorded: the answer of a moment ago
    /// is given again.
    pub(crate) async fn serve_again<F>(self, face: Face, work: F) -> Response
    where
        F: FnOnce(&Self) -> Result<Reply, Trouble> + Send + 'static,
    {
        let moment = self.moment();
        let question = self.question();
        if let Some(reply) = self.app.recent.find(&moment, &question) {
            return self.finish(reply);
        }
        self.serve(face, move |context| {
            let reply = work(context)?.sealed();
            context.app.recent.keep(&moment, question, &reply);
            Ok(reply)
        })
        .await
    }
}

impl Ask {
    /// All that its answer depends on beside the question.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            index: self.app.index.revision(),
            store: self.app.store.seq(),
            config: self.config.clone(),
            minute: self.now.as_second().div_euclid(60),
        }
    }
}

impl Context {
    /// All of a request that its answer depends on.
    pub(super) fn question(&self) -> String {
        let remembered = if self.ui_remembered { " kept" } else { "" };
        let visitor = self.visitor.mark();
        let mut question = format!("{}{remembered}{visitor} {}", self.ui.code(), self.path);
        self.pairs.write(&mut question);
        question
    }

    pub(crate) fn new(
        config: Arc<Config>,
        base: Url,
        path: &str,
        pairs: Pairs,
        headers: HeaderMap,
        now: Timestamp,
    ) -> Self {
        let offered = &config.settings.server.languages;
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let asked = locale::choose(pairs.last("ui"), None, offered);
        let face = Self::face(path);
        let remembered = cookie::read(&headers).filter(|_| face == Face::Page);
        let remembered = locale::choose(remembered, None, offered);
        let first = if is_api(path) {
            Some(&Language::EN)
        } else {
            offered.first()
        };
        let language = asked
            .or(remembered)
            .or_else(|| locale::choose(None, accepted, offered))
            .or(first.copied())
            .unwrap_or(Language::EN);
        Self {
            base,
            ui: Ui::new(language),
            ui_given: asked.is_some(),
            ui_remembered: remembered == Some(language),
            path: path.to_owned(),
            pairs,
            headers,
            now,
            visitor: Visitor::default(),
            config,
        }
    }

    /// The answer to a request that cannot be served.
    pub(crate) fn fail(&self, face: Face, trouble: &Trouble) -> Response {
        if let Trouble::Internal(why) = trouble {
            tracing::error!(path = ?without_secrets(&self.path), why = ?why, "request failed");
        }
        if face == Face::Page && *trouble == Trouble::SignIn && self.staff().is_none() {
            return self.finish(self.to_sign_in());
        }
        let reply = match face {
            Face::Data => trouble.problem(self),
            Face::Plain => trouble.line(self),
            // A page about an error that cannot be written would be no better.
            Face::Page => pages::error(self, trouble).unwrap_or_else(|_| trouble.problem(self)),
        };
        self.finish(reply)
    }

    /// Leads to the page where one signs in, and back here afterwards.
    fn to_sign_in(&self) -> Reply {
        let pairs: Vec<(&str, &str)> = self.pairs.every().collect();
        let here = format!("{}{}", self.path, query_string(&pairs));
        pages::sign_in::see_other(&self.link("/login", &[("next", here)]))
    }

    /// Looks at the request's conditions and marks what the answer depends on.
    pub(crate) fn finish(&self, reply: Reply) -> Response {
        let mut response = reply.answer(&self.headers, self.now);
        let headers = response.headers_mut();
        headers.append(header::VARY, HeaderValue::from_static("accept-language"));
        if Self::face(&self.path) == Face::Page {
            headers.append(header::VARY, HeaderValue::from_static("cookie"));
            self.remember(headers);
        }
        // Whoever comes by an address with a key goes on without it.
        if let Some(key) = self.visitor.key.as_deref()
            && self.pairs.last("key") == Some(key)
            && Self::face(&self.path) == Face::Page
            && let Ok(cookie) = HeaderValue::from_str(&access::member_cookie(key, &self.base))
        {
            headers.append(header::SET_COOKIE, cookie);
        }
        if self.visitor.is_known() {
            keep_private(headers);
        }
        if let Ok(code) = HeaderValue::from_str(&self.ui.code()) {
            headers.insert(header::CONTENT_LANGUAGE, code);
        }
        response
    }

    /// Has the browser remember a language that was just chosen.
    fn remember(&self, headers: &mut HeaderMap) {
        if !self.ui_given || self.ui_remembered {
            return;
        }
        if let Ok(cookie) = HeaderValue::from_str(&cookie::write(self.ui.language(), &self.base)) {
            headers.insert(header::SET_COOKIE, cookie);
            let never = headers
                .get(header::CACHE_CONTROL)
                .is_some_and(|value| value.as_bytes().starts_with(b"no-store"));
            if !never {
                headers.insert(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("private, no-cache"),
                );
            }
        }
    }

    /// Which face a path shows when something goes wrong.
    pub(crate) fn face(path: &str) -> Face {
        if is_for_apps(path) {
            return Face::Plain;
        }
        let machine = matches!(path, "/healthz" | "/readyz" | "/metrics" | "/robots.txt");
        let data = is_api(path)
            || is_feed(path)
            || machine
            || path.starts_with("/assets/")
            || path.starts_with("/.well-known/");
        if data { Face::Data } else { Face::Page }
    }

    /// The zone that dates are shown in.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.config.settings.server.time_zone
    }

    /// What the service is called.
    pub(crate) fn site(&self) -> &str {
        &self.config.settings.server.title
    }

    /// The path before ours, where a proxy puts the service under one; without a slash at its end.
    fn prefix(&self) -> &str {
        self.base.path().trim_end_matches('/')
    }

    /// A link to a path of ours; keeps the language that was chosen, where nothing else does.
    pub(crate) fn link<N: AsRef<str>, V: AsRef<str>>(
        &self,
        path: &str,
        pairs: &[(N, V)],
    ) -> String {
        let language = self.ui.code();
        let mut all: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
            .collect();
        let remembered = self.ui_remembered && Self::face(path) == Face::Page;
        if (self.ui_given || self.ui_remembered) && !remembered {
            all.push(("ui", &language));
        }
        if let Some(key) = self.visitor.key.as_deref().filter(|_| is_feed(path)) {
            all.push(("key", key));
        }
        format!("{}{path}{}", self.prefix(), query_string(&all))
    }

    /// A path of ours for a form, which brings its own parameters.
    pub(crate) fn action(&self, path: &str) -> String {
        format!("{}{path}", self.prefix())
    }

    /// A link without parameters.
    pub(crate) fn to(&self, path: &str) -> String {
        self.link::<&str, &str>(path, &[])
    }

    /// The whole address of a path of ours (with its query), for feeds and the like.
    pub(crate) fn absolute(&self, path: &str) -> String {
        let base = self.base.as_str().trim_end_matches('/');
        format!("{base}{path}")
    }

    /// Whether a source's items are for whoever asks: those of private sources are for staff alone.
    pub(crate) fn is_public(&self, id: &SourceId) -> bool {
        self.staff().is_some()
            || !self
                .config
                .sources
                .iter()
                .any(|source| source.private && source.id == *id)
    }

    /// What a topic is called; its id where the thesaurus has it no more.
    pub(crate) fn topic_name(&self, id: &TopicId) -> String {
        self.config
            .thesaurus
            .iter()
            .find(|concept| concept.id == *id)
            .map_or(id.as_str(), |concept| concept.label(self.ui.language()))
            .to_owned()
    }

    /// What a source is called; its id where it is gone from the catalogue.
    pub(crate) fn source_name(&self, id: &str) -> String {
        self.config
            .sources
            .iter()
            .find(|source| source.id.as_str() == id)
            .map_or(id, |source| source.name.as_str())
            .to_owned()
    }

    /// The source that another one was merged into.
    pub(crate) fn merged_into(&self, id: &str) -> Option<&SourceId> {
        let moved = &self.config.overlay.moved;
        moved.get(&id.parse::<SourceId>().ok()?)
    }

    /// The first moment of today: what says “3 days left” changes then.
    pub(crate) fn today(&self) -> Option<Timestamp> {
        let today = self.now.to_zoned(self.zone().clone());
        Some(today.start_of_day().ok()?.timestamp())
    }
}

/// A path as it may be logged: some end in what only one reader, or one hub, knows.
fn without_secrets(path: &str) -> &str {
    [
        "/mail/confirm/",
        "/mail/unsubscribe/",
        "/mail/",
        "/websub/",
        "/login/",
        "/watches/",
    ]
    .into_iter()
    .find(|beginning| path.starts_with(beginning))
    .unwrap_or(path)
}

/// An answer that is for one visitor is kept by nobody else on the way.
pub(super) fn keep_private(headers: &mut HeaderMap) {
    if let Some(value) = headers.get_mut(header::CACHE_CONTROL)
        && let Some(rest) = value
            .to_str()
            .ok()
            .and_then(|text| text.strip_prefix("public"))
        && let Ok(own) = HeaderValue::from_str(&format!("private{rest}"))
    {
        *value = own;
    }
    headers.append(header::VARY, HeaderValue::from_static("authorization"));
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Whether a path is one that readers' apps ask.
pub(crate) fn is_for_apps(path: &str) -> bool {
    ["/accounts/", "/reader/", "/api/greader.php"]
        .iter()
        .any(|beginning| path.starts_with(beginning))
}

/// Whether a path is that of a feed, calendar or another document for programs.
pub(crate) fn is_feed(path: &str) -> bool {
    [".rss", ".atom", ".json", ".ics", ".opml", ".xml"]
        .iter()
        .any(|ending| path.ends_with(ending))
}
