//! The sites over HTTP: `Host` dispatch, conditional requests.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use sha2::{Digest, Sha256};

use super::{Answer, Demo};
use crate::clock::SharedClock;

#[derive(Clone)]
struct Server {
    demo: Arc<Demo>,
    started: Timestamp,
    clock: SharedClock,
}

pub(super) fn router(demo: Arc<Demo>, started: Timestamp, clock: SharedClock) -> Router {
    Router::new().fallback(handle).with_state(Server {
        demo,
        started,
        clock,
    })
}

async fn handle(
    State(server): State<Server>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
        )
            .into_response();
    }
    let (host, port) = authority(&headers, &uri);
    let path = uri.path_and_query().map_or("/", |target| target.as_str());
    let now = server.clock.now();
    match server.demo.answer(&host, port, path, server.started, now) {
        None => unknown_host(&server.demo, port),
        Some(Ok(answer)) => respond(answer, &headers),
        Some(Err(error)) => {
            tracing::error!(%error, host, "a bundled site does not render");
            (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
        }
    }
}

/// The host in small letters and its port.
fn authority(headers: &HeaderMap, uri: &Uri) -> (String, Option<u16>) {
    let named = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let authority = named
        .or_else(|| uri.authority().map(axum::http::uri::Authority::as_str))
        .unwrap_or_default()
        .to_ascii_lowercase();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host.to_owned(), port.parse().ok()),
        _ => (authority, None),
    }
}

fn unknown_host(demo: &Demo, port: Option<u16>) -> Response {
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let mut list = String::new();
    for host in demo.hosts() {
        let _ = writeln!(
            list,
            "<li><a href=\"http://{host}.localhost{port}/\">{host}.localhost</a></li>"
        );
    }
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<title>No such site</title>\n<h1>No such site</h1>\n<p>The demo serves these:</p>\n<ul>\n{list}</ul>\n"
    );
    (StatusCode::NOT_FOUND, axum::response::Html(page)).into_response()
}

fn respond(answer: Answer, asked: &HeaderMap) -> Response {
    let mut headers = HeaderMap::new();
    let mut set = |name, value: Option<String>| {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    };
    for (name, value) in answer.headers {
        set(header::HeaderName::from_static(name), Some(value));
    }
    let mut status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut body = answer.body;
    if status == StatusCode::OK {
        let digest = Sha256::digest(&body);
        let tag = format!("\"{}\"", crate::domain::hex(&digest[..12]));
        if is_known(asked, &tag, answer.modified) {
            status = StatusCode::NOT_MODIFIED;
            body = Vec::new();
        }
        set(header::ETAG, Some(tag));
        set(header::LAST_MODIFIED, answer.modified.and_then(http_date));
    }
    if status != StatusCode::NOT_MODIFIED {
        set(header::CONTENT_TYPE, Some(answer.content_type));
    }
    set(header::LOCATION, answer.location);
    set(
        header::RETRY_AFTER,
        answer.retry_after.map(|seconds| seconds.to_string()),
    );
    (status, headers, Body::from(body)).into_response()
}

fn http_date(at: Timestamp) -> Option<String> {
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&at)
        .ok()
}

/// RFC 9110, section 13.2.2: If-None-Match counts where it is there, If-Modified-Since only without it.
fn is_known(asked: &HeaderMap, tag: &str, modified: Option<Timestamp>) -> bool {
    let text = |name| {
        asked
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    if let Some(tags) = text(header::IF_NONE_MATCH) {
        return tags
            .split(',')
            .map(|other| other.trim().trim_start_matches("W/"))
            .any(|other| other == tag || other == "*");
    }
    let since = text(header::IF_MODIFIED_SINCE)
        .and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
    match (since, modified) {
        (Some(since), Some(modified)) => modified.as_second() <= since.as_second(),
        _ => false,
    }
}
