//! What every answer goes through: a time limit, protection headers, sharing across origins, figures.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use super::App;
use super::context::{Ask, Context, is_feed};
use super::trouble::Trouble;

/// Longest time for one answer.
const LIMIT: Duration = Duration::from_secs(25);

/// Nothing but our own stylesheet, script and icon is loaded: no frames, and no pictures of other sites, which would
/// learn who reads what.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Goes around everything else.
pub(super) async fn shield(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = app.clock.now();
    let method = request.method().clone();
    let uri = request.uri().clone();
    let path = uri.path().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let asked = request.headers().clone();

    let mut response = if method == Method::OPTIONS {
        options(&path)
    } else {
        let work = AssertUnwindSafe(next.run(request)).catch_unwind();
        let trouble = match tokio::time::timeout(LIMIT, work).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(_)) => Err(Trouble::Internal("a handler panicked".into())),
            Err(_) => Err(Trouble::Busy),
        };
        trouble.unwrap_or_else(|trouble| {
            Ask::new(&app, &uri, asked).fail(Context::face(&path), &trouble)
        })
    };
    protect(response.headers_mut(), &path);

    let seconds = app.clock.now().duration_since(begun).as_secs_f64();
    let status = response.status().as_u16();
    app.metrics
        .answered(known(&method), &route, status, seconds);
    response
}

/// Methods are the client's to invent; figures have few labels.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "POST" => "POST",
        _ => "other",
    }
}

/// Whether pages of other sites may read it: everything that is made for programs.
fn shared(path: &str) -> bool {
    path.starts_with("/api/") || is_feed(path)
}

fn options(path: &str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    let allowed = HeaderValue::from_static("GET, HEAD, OPTIONS");
    headers.insert(header::ALLOW, allowed.clone());
    if shared(path) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allowed);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("If-None-Match, If-Modified-Since, Accept-Language"),
        );
        headers.insert(
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("86400"),
        );
    }
    response
}

fn protect(headers: &mut HeaderMap, path: &str) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if shared(path) {
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("ETag, Last-Modified, Retry-After"),
        );
    }
}
