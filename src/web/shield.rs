//! What every answer goes through: limits of time, length and number, protection headers, sharing across origins, figures.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use super::App;
use super::access;
use super::client::Client;
use super::context::{Ask, Context, is_feed, is_for_apps, keep_private};
use super::limits::Allowance;
use super::trouble::Trouble;
use super::websub;

/// Longest time for one answer.
const LIMIT: Duration = Duration::from_secs(25);
/// Longest path and query, in bytes: enough for 10 kB of anything that somebody pastes, with every letter written as `%D0%B0`.
/// Beyond 64 KiB nothing of a request can be read that could tell why.
const LONGEST: usize = 60 << 10;
/// What pages of other sites may read of an answer beside its content.
const EXPOSED: &str = "ETag, Last-Modified, Link, Retry-After, RateLimit, RateLimit-Policy, \
    X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";

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
    // A hub pushes for many sources from one address; what it sends is bounded in its own ways.
    let allowance = if websub::is_known(&app, &path).await {
        None
    } else {
        allowance(&app, &request)
    };

    let mut response = if method == Method::OPTIONS {
        options(&path)
    } else if let Some(trouble) = refused(&request, allowance.as_ref()) {
        Ask::new(&app, &uri, asked).fail(Context::face(&path), &trouble)
    } else if let Err(trouble) = access::admit(&app, &uri, &asked).await {
        Ask::new(&app, &uri, asked).fail(Context::face(&path), &trouble)
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
    if app.config.borrow().settings.access.is_closed() && !access::is_open(&path) {
        keep_private(response.headers_mut());
    }
    if let Some(allowance) = allowance {
        allowance.tell(response.headers_mut());
    }

    let seconds = app.clock.now().duration_since(begun).as_secs_f64();
    let status = response.status().as_u16();
    app.metrics
        .answered(known(&method), &route, status, seconds);
    response
}

/// Counts a request that costs something, and says what its client may still ask.
fn allowance(app: &App, request: &Request) -> Option<Allowance> {
    let path = request.uri().path();
    let free = matches!(
        path,
        "/healthz" | "/readyz" | "/favicon.ico" | "/robots.txt"
    ) || path.starts_with("/assets/")
        || request.method() == Method::OPTIONS;
    if free {
        return None;
    }
    let config = app.config.borrow().clone();
    let server = &config.settings.server;
    let limit = server.rate_limit?;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let client = Client::of(peer.map(|peer| peer.0), request.headers(), &server.proxies);
    Some(app.limits.count(client, limit, app.clock.now()))
}

/// Why a request is not even looked at.
fn refused(request: &Request, allowance: Option<&Allowance>) -> Option<Trouble> {
    let uri = request.uri();
    let length = uri.path_and_query().map_or(0, |both| both.as_str().len());
    if let Some(wait) = allowance.and_then(|allowance| allowance.wait) {
        Some(Trouble::TooMany(wait))
    } else if length > LONGEST {
        Some(Trouble::TooLong)
    } else if !is_text(uri.path()) {
        Some(Trouble::NotFound)
    } else {
        None
    }
}

/// Whether a path is UTF-8 when it is decoded, as all of ours are.
fn is_text(path: &str) -> bool {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (high, low) = (hex(bytes.get(at + 1)), hex(bytes.get(at + 2)));
        if let (b'%', Some(high), Some(low)) = (byte, high, low) {
            decoded.push((high * 16 + low) as u8);
            at += 3;
        } else {
            decoded.push(*byte);
            at += 1;
        }
    }
    std::str::from_utf8(&decoded).is_ok()
}

/// Methods are the client's to invent; figures have few labels.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "POST" => "POST",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

/// Whether pages of other sites may read it: everything that is made for programs.
fn shared(path: &str) -> bool {
    path.starts_with("/api/") || is_feed(path) || is_for_apps(path)
}

/// Whether something can be sent there.
fn takes_forms(path: &str) -> bool {
    is_for_apps(path)
        || matches!(path, "/apps" | "/subscribe" | "/login" | "/logout")
        || path.starts_with("/login/")
        || path.starts_with("/monitor")
        || path.starts_with("/api/v1/monitor")
        || path.starts_with("/mail/")
        || path.starts_with("/websub/")
}

/// What may be asked there.
fn methods(path: &str) -> &'static str {
    if let Some(rest) = path.strip_prefix("/api/v1/monitor") {
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        return match parts[..] {
            ["sources" | "watches"] => "GET, HEAD, OPTIONS, POST",
            ["sources", _] => "DELETE, GET, HEAD, OPTIONS, PATCH",
            ["watches", _] => "DELETE, GET, HEAD, OPTIONS, PUT",
            ["probe"] | ["sources" | "watches", _, _] => "OPTIONS, POST",
            _ => "GET, HEAD, OPTIONS",
        };
    }
    if takes_forms(path) {
        "GET, HEAD, OPTIONS, POST"
    } else {
        "GET, HEAD, OPTIONS"
    }
}

fn options(path: &str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    let allowed = HeaderValue::from_static(methods(path));
    headers.insert(header::ALLOW, allowed.clone());
    if shared(path) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allowed);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static(
                if is_for_apps(path) {
                    // Nothing is read there but by whoever knows the secret of a reader: a browser adds nothing of its own.
                    "Accept-Language, Authorization, Cache-Control, Content-Type, Pragma, X-Requested-With"
                } else {
                    "Accept-Language, Cache-Control, If-Modified-Since, If-None-Match, Pragma, X-Requested-With"
                },
            ),
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
            HeaderValue::from_static(EXPOSED),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::api;

    #[test]
    fn what_may_be_asked_of_the_api_is_what_is_described() {
        let description = api::described(&api::router().1).unwrap();
        let paths = description["paths"].as_object().unwrap();
        for (path, operations) in paths.iter().filter(|(path, _)| path.starts_with("/api/")) {
            let mut described: Vec<String> = operations
                .as_object()
                .unwrap()
                .keys()
                .map(|method| method.to_uppercase())
                .filter(|method| {
                    Method::from_bytes(method.as_bytes()).is_ok_and(|one| {
                        [
                            Method::GET,
                            Method::POST,
                            Method::PUT,
                            Method::PATCH,
                            Method::DELETE,
                        ]
                        .contains(&one)
                    })
                })
                .collect();
            described.sort();
            let told: Vec<&str> = methods(path)
                .split(", ")
                .filter(|method| !["HEAD", "OPTIONS"].contains(method))
                .collect();
            assert_eq!(told, described, "{path}");
        }
    }
}
