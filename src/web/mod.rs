//! HTTP: pages for people, an API and feeds for programs.
//!
//! A request becomes a [`context::Context`]; its handler does all reading of store and index in one blocking piece of work
//! and returns a [`reply::Reply`], which knows how to answer conditional requests. Nothing here sees SQL or an index type.

mod access;
mod api;
mod archive;
mod assets;
mod calendar;
mod client;
mod collate;
mod content;
mod context;
mod conventions;
mod cookie;
mod digest;
mod feeds;
mod find;
mod form;
mod health;
mod limits;
mod locale;
mod metrics;
mod opml;
mod pages;
mod params;
mod probing;
mod reader;
mod recent;
mod reply;
mod shield;
mod since;
mod strict;
mod taken;
mod trouble;
mod watch_feed;
mod watching;
mod websub;
mod wording;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use tokio::sync::{Semaphore, watch};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use url::Url;

use crate::clock::SharedClock;
use crate::config::Config;
use crate::crawling::managing::Managing;
use crate::search::Index;
use crate::store::Store;

pub use access::password;
pub use metrics::Metrics;

use access::Attempts;
use context::{Ask, Context, Gate};
use limits::Limits;
use probing::Probing;
use reader::Doors;
use recent::Recent;
use since::Since;
use taken::Taken;
use trouble::Trouble;

/// Most pushes that are taken in at the same time: each may be as large as a document.
const PUSHES: usize = 8;

/// What handlers work with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The truth.
    pub store: Store,
    /// What answers searches.
    pub index: Index,
    /// The time.
    pub clock: SharedClock,
    /// The configuration in force.
    pub config: watch::Receiver<Arc<Config>>,
    /// Figures for Prometheus.
    pub metrics: Metrics,
    /// The address that people type, for links that leave the service: `server.public_url`, or the address listened on.
    pub base: Url,
    gate: Gate,
    recent: Recent,
    since: Since,
    limits: Limits,
    /// How many mails that ask for confirmation an address of the network had sent.
    wishes: Limits,
    taken: Taken,
    /// Room for what hubs push at the same time.
    pushes: Arc<Semaphore>,
    doors: Doors,
    /// Attempts to sign in that failed.
    attempts: Attempts,
    /// Changes the catalogue, where that is possible.
    managing: Option<Managing>,
    /// Looks at addresses.
    probing: Probing,
}

impl App {
    /// Puts the parts together, with figures at zero.
    pub fn new(
        store: Store,
        index: Index,
        clock: SharedClock,
        config: watch::Receiver<Arc<Config>>,
        base: Url,
    ) -> Self {
        let metrics = Metrics::default();
        metrics.begin(&store.pulse(), clock.now());
        Self {
            store,
            index,
            clock,
            config,
            metrics,
            base,
            gate: Gate::new(),
            recent: Recent::default(),
            since: Since::default(),
            limits: Limits::default(),
            wishes: Limits::default(),
            taken: Taken::default(),
            pushes: Arc::new(Semaphore::new(PUSHES)),
            doors: Doors::default(),
            attempts: Attempts::default(),
            managing: None,
            probing: Probing::default(),
        }
    }

    /// With a catalogue that can be changed; the configuration must be the one that it tells of.
    #[must_use]
    pub fn with_managing(mut self, managing: Managing) -> Self {
        self.managing = Some(managing);
        self
    }
}

/// Everything that the service answers.
pub fn router(app: App) -> Router {
    let (api, description) = api::router();
    // It is made of what is compiled in, and tests read it.
    let description = Arc::new(api::described(&description).unwrap_or_default());
    Router::new()
        .route("/", get(pages::search::page))
        .route("/items/{id}", get(pages::item::page))
        .route("/calls", get(pages::agenda::calls))
        .route("/events", get(pages::agenda::events))
        .route("/countries", get(pages::countries::list))
        .route("/countries/{code}", get(pages::countries::page))
        .route("/sources", get(pages::directory::list))
        .route("/sources/{id}", get(pages::sources::page))
        .route("/topics", get(pages::topics::list))
        .route("/topics/{id}", get(pages::topics::page))
        .route("/digests", get(pages::digests::list))
        .route("/digests/{id}", get(pages::digests::page_or_feed))
        .route("/digests/{id}/{end}", get(pages::digests::edition))
        .route("/subscribe", get(pages::mail::form).post(pages::mail::wish))
        .route("/mail/bounces", post(pages::mail::bounced))
        .route(
            "/mail/confirm/{token}",
            get(pages::mail::confirm_page).post(pages::mail::confirm),
        )
        .route(
            "/mail/unsubscribe/{token}",
            get(pages::mail::unsubscribe_page).post(pages::mail::unsubscribe),
        )
        .route(
            "/mail/{token}",
            get(pages::mail::manage_page).post(pages::mail::manage),
        )
        .route("/digest", get(pages::search_digest::page))
        .route("/digest.rss", get(digest::rss))
        .route("/digest.atom", get(digest::atom))
        .route("/digest.json", get(digest::json))
        .route("/apps", get(pages::apps::page).post(pages::apps::change))
        .route(
            "/login",
            get(pages::sign_in::page).post(pages::sign_in::sign_in),
        )
        .route(
            "/login/{token}",
            get(pages::sign_in::once_page).post(pages::sign_in::once),
        )
        .route("/logout", post(pages::sign_in::sign_out))
        .route("/api", get(pages::about::api))
        .route("/privacy", get(pages::statements::privacy))
        .route("/accessibility", get(pages::statements::accessibility))
        .route("/feed.rss", get(feeds::rss))
        .route("/feed.atom", get(feeds::atom))
        .route("/feed.json", get(feeds::json))
        .route("/calendar.ics", get(calendar::calendar))
        .route("/sources.opml", get(opml::sources))
        .route(
            "/openapi.json",
            get(move |context: Ask| api::description(context, description)),
        )
        .route("/opensearch.xml", get(conventions::opensearch))
        .route("/sitemap.xml", get(conventions::sitemap))
        .route("/robots.txt", get(conventions::robots))
        .route("/.well-known/security.txt", get(conventions::security))
        .route("/healthz", get(conventions::alive))
        .route("/readyz", get(conventions::ready))
        .route("/metrics", get(conventions::metrics))
        .route("/watches/{name}", get(watch_feed::feed))
        .route("/websub/{token}", get(websub::verify).post(websub::receive))
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::favicon))
        .merge(api)
        .merge(reader::router())
        .merge(pages::monitor::router())
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(axum::middleware::from_fn_with_state(
            app.clone(),
            shield::shield,
        ))
        .with_state(app)
}

async fn not_found(context: Ask) -> Response {
    context.fail(Context::face(&context.path), &Trouble::NotFound)
}

async fn not_allowed(context: Ask) -> Response {
    let response = context.fail(Context::face(&context.path), &Trouble::Method);
    debug_assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    response
}
