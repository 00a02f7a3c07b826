//! A site of which a test says what it answers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

/// A site whose answers a test sets: path to (status, headers, body).
#[derive(Clone, Default)]
pub struct Site(Arc<Mutex<Answers>>);

type Answers = BTreeMap<String, (u16, Vec<(&'static str, String)>, String)>;

impl Site {
    pub async fn start() -> (Self, SocketAddr) {
        let site = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (site, address)
    }

    pub fn set(&self, path: &str, status: u16, headers: &[(&'static str, &str)], body: &str) {
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        self.0
            .lock()
            .unwrap()
            .insert(path.into(), (status, headers, body.into()));
    }

    pub fn remove(&self, path: &str) {
        self.0.lock().unwrap().remove(path);
    }
}

async fn answer(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Response {
    let answers = site.0.lock().unwrap();
    let Some((status, sent, body)) = answers.get(uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = sent
        .iter()
        .find(|(name, _)| *name == "etag")
        .map(|(_, value)| value.as_str());
    let asked = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let mut response = if etag.is_some() && etag == asked {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (StatusCode::from_u16(*status).unwrap(), body.clone()).into_response()
    };
    for (name, value) in sent {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

pub fn entry(guid: &str, link: &str, title: &str, text: &str, hours_ago: i64) -> String {
    let at = now() - SignedDuration::from_hours(hours_ago);
    let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
    format!(
        "<item><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link><title>{title}</title><pubDate>{date}</pubDate><description>{text}</description></item>"
    )
}

pub fn rss(entries: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Sursă</title>{}</channel></rss>",
        entries.concat()
    )
}

pub fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}
