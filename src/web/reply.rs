//! Answers with validators, and conditional requests (RFC 9110, 13).

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::hex;

/// How long an answer may be used without asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Ask every time; the validators make that cheap.
    Ask,
    /// A minute: feeds, which readers fetch far too often.
    Minute,
    /// An hour: what changes with the configuration only.
    Hour,
    /// For ever: the address holds a hash of the content.
    Forever,
    /// Not at all.
    Never,
}

impl Keep {
    fn header(self) -> &'static str {
        match self {
            Self::Ask => "public, no-cache",
            Self::Minute => "public, max-age=60",
            Self::Hour => "public, max-age=3600",
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        }
    }
}

/// Where an ETag comes from.
#[derive(Debug, Clone)]
enum Etag {
    /// The body.
    Body,
    /// The body but for something in it that does not matter.
    Seed(Vec<u8>),
    /// It is made.
    Made(String),
}

/// An answer before the request's conditions are looked at.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: StatusCode,
    media_type: &'static str,
    body: Bytes,
    etag: Etag,
    modified: Option<Timestamp>,
    keep: Keep,
    headers: Vec<(header::HeaderName, HeaderValue)>,
}

impl Reply {
    /// An answer with status 200.
    pub(crate) fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            media_type,
            body: body.into(),
            etag: Etag::Body,
            modified: None,
            keep: Keep::Ask,
            headers: Vec::new(),
        }
    }

    /// A page.
    pub(crate) fn html(body: String) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    /// JSON. The error is one of serde's and cannot happen with maps keyed by text.
    pub(crate) fn json(value: &impl serde::Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self::new("application/json", serde_json::to_vec(value)?))
    }

    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// When what it shows was last changed.
    pub(crate) fn modified(mut self, at: Option<Timestamp>) -> Self {
        self.modified = at;
        self
    }

    /// Makes the ETag of this rather than of the body: for bodies that hold something that does not matter.
    pub(crate) fn seed(mut self, seed: Vec<u8>) -> Self {
        self.etag = Etag::Seed(seed);
        self
    }

    /// Leaves a cursor out of the ETag: it holds the time, and leads to the same page whenever it was given.
    pub(crate) fn ignoring(mut self, cursor: Option<&str>) -> Self {
        let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else {
            return self;
        };
        let seed = match &self.etag {
            Etag::Seed(seed) => seed,
            _ => &self.body[..],
        };
        if let Ok(text) = std::str::from_utf8(seed) {
            self.etag = Etag::Seed(text.replace(cursor, "").into_bytes());
        }
        self
    }

    /// Bytes of the body.
    pub(crate) fn size(&self) -> usize {
        self.body.len()
    }

    /// Whether it says what was asked for.
    pub(crate) fn is_ok(&self) -> bool {
        self.status == StatusCode::OK
    }

    /// Makes its ETag, once for all who ask.
    pub(crate) fn sealed(mut self) -> Self {
        let seed = match &self.etag {
            Etag::Body => &self.body[..],
            Etag::Seed(seed) => seed,
            Etag::Made(_) => return self,
        };
        // Weak, because the body may leave compressed.
        let etag = format!("W/\"{}\"", hex(&Sha256::digest(seed)[..12]));
        self.etag = Etag::Made(etag);
        self
    }

    /// Its ETag, once that is made.
    pub(crate) fn etag(&self) -> Option<&str> {
        match &self.etag {
            Etag::Made(etag) => Some(etag),
            _ => None,
        }
    }

    pub(crate) fn header(mut self, name: header::HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// The answer to a request with these headers: itself, or 304 where the reader has it already.
    pub(crate) fn answer(self, request: &HeaderMap, now: Timestamp) -> Response {
        let sealed = self.sealed();
        let etag = match sealed.etag {
            Etag::Made(etag) => etag,
            _ => String::new(),
        };
        // A date in the future would be believed until then (RFC 9110, 8.8.2.1).
        let modified = sealed.modified.map(|at| seconds(at.min(now)));
        let fresh = sealed.status == StatusCode::OK && fresh(request, &etag, modified);

        let mut response = Response::new(if fresh {
            Body::empty()
        } else {
            Body::from(sealed.body)
        });
        *response.status_mut() = if fresh {
            StatusCode::NOT_MODIFIED
        } else {
            sealed.status
        };
        let headers = response.headers_mut();
        let mut set = |name, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(header::CACHE_CONTROL, sealed.keep.header());
        if !fresh {
            set(header::CONTENT_TYPE, sealed.media_type);
        }
        if sealed.status == StatusCode::OK {
            set(header::ETAG, &etag);
            if let Some(at) = modified {
                set(header::LAST_MODIFIED, &http_date(at));
            }
        }
        for (name, value) in sealed.headers {
            headers.append(name, value);
        }
        response
    }
}

fn seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
pub(crate) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn read_http_date(text: &str) -> Option<Timestamp> {
    let civil = jiff::civil::DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", text.trim()).ok()?;
    Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

/// RFC 9110, 13.2.2: `If-None-Match` decides alone where it is given, by weak comparison; `If-Modified-Since` otherwise.
fn fresh(request: &HeaderMap, etag: &str, modified: Option<Timestamp>) -> bool {
    let mut given = request.get_all(header::IF_NONE_MATCH).iter().peekable();
    if given.peek().is_some() {
        let opaque = etag.trim_start_matches("W/");
        return given.filter_map(|value| value.to_str().ok()).any(|list| {
            list.trim() == "*"
                || list
                    .split(',')
                    .any(|one| one.trim().trim_start_matches("W/") == opaque)
        });
    }
    let since = request
        .get(header::IF_MODIFIED_SINCE)
        .and_then(|value| value.to_str().ok())
        .and_then(read_http_date);
    matches!((since, modified), (Some(since), Some(modified)) if modified <= since)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn ask(pairs: &[(header::HeaderName, &str)]) -> Response {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, value.parse().unwrap());
        }
        Reply::html("<p>ok".into())
            .modified(Some("2026-11-20T10:00:00.7Z".parse().unwrap()))
            .answer(&headers, now())
    }

    fn etag() -> String {
        ask(&[]).headers()[header::ETAG]
            .to_str()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn an_etag_that_is_known_gives_304_without_a_body() {
        let etag = etag();
        let strong = etag.trim_start_matches("W/").to_owned();
        for value in [etag.clone(), strong, format!("\"x\", {etag}"), "*".into()] {
            let response = ask(&[(header::IF_NONE_MATCH, &value)]);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{value}");
            assert_eq!(response.headers()[header::ETAG], etag.as_str());
            assert!(!response.headers().contains_key(header::CONTENT_TYPE));
        }
    }

    #[test]
    fn an_unknown_etag_outweighs_the_date() {
        let late = (header::IF_MODIFIED_SINCE, "Sat, 21 Nov 2026 09:00:00 GMT");
        assert_eq!(
            ask(std::slice::from_ref(&late)).status(),
            StatusCode::NOT_MODIFIED
        );
        let response = ask(&[(header::IF_NONE_MATCH, "\"other\""), late]);
        assert_eq!(response.status(), StatusCode::OK);
    }

    #[test]
    fn dates_are_compared_to_the_second_and_nonsense_is_ignored() {
        for (since, status) in [
            ("Fri, 20 Nov 2026 10:00:00 GMT", StatusCode::NOT_MODIFIED),
            ("Fri, 20 Nov 2026 09:59:59 GMT", StatusCode::OK),
            ("yesterday", StatusCode::OK),
        ] {
            let response = ask(&[(header::IF_MODIFIED_SINCE, since)]);
            assert_eq!(response.status(), status, "{since}");
        }
        assert_eq!(
            ask(&[]).headers()[header::LAST_MODIFIED],
            "Fri, 20 Nov 2026 10:00:00 GMT"
        );
    }

    #[test]
    fn the_cursor_alone_makes_no_other_answer() {
        let etag = |body: &str, cursor: &str| {
            let reply = Reply::html(body.into()).ignoring(Some(cursor));
            let response = reply.answer(&HeaderMap::new(), now());
            response.headers()[header::ETAG].clone()
        };
        assert_eq!(etag("a c1 b", "c1"), etag("a c2 b", "c2"));
        assert_ne!(etag("a c1 b", "c1"), etag("a c2 x", "c2"));
    }

    #[test]
    fn errors_have_no_validators() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "*".parse().unwrap());
        let response = Reply::html(String::new())
            .status(StatusCode::BAD_REQUEST)
            .answer(&headers, now());
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(!response.headers().contains_key(header::ETAG));
    }

    #[test]
    fn content_is_never_dated_in_the_future() {
        let response = Reply::html(String::new())
            .modified(Some(Timestamp::MAX))
            .answer(&HeaderMap::new(), now());
        assert_eq!(
            response.headers()[header::LAST_MODIFIED],
            "Sat, 21 Nov 2026 10:00:00 GMT"
        );
    }
}
