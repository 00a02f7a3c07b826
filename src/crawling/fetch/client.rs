//! The fetcher: a request in, a document or one plain fault out.

mod deliver;
mod post;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK, LOCATION,
};
use reqwest::{Client, Response, StatusCode, redirect};
use url::Url;

use super::body::{self, Cap};
use super::certificate::Certificates;
use super::fault::{fault, from_client, is_broken_off, millis};
use super::freshness;
use super::guard::{Guard, Names};
use super::hosts::{Hosts, Turn};
use super::redirect::{Trail, is_redirect};
use super::robots::{self, Asked};
use super::{Accept, FetchError, Fetched, Request, tls};
use crate::clock::SharedClock;
use crate::config::Crawler;
use crate::domain::{Fault, FaultKind, Reason, Sign, SignKind, Validators, plain};
use crate::reading::signs::sign_of;

/// For how many polite delays a connection is kept for the next request, within what bounds, and how many for one host.
/// A visit's next request comes after one delay, the next visit after many minutes; each that is kept takes 50 kB.
const KEEP_DELAYS: u32 = 2;
const KEEP_LEAST: Duration = Duration::from_secs(1);
const KEEP_MOST: Duration = Duration::from_secs(90);
const KEEP_PER_HOST: usize = 2;

/// Largest header list over HTTP/2, in bytes; HTTP/1 is held to 100 headers and 400 kB by hyper.
const MAX_HEADERS: u32 = 64 * 1024;

/// How much is read of a page that comes with an error, in bytes, and for how long.
const ERROR_PAGE: usize = 48 * 1024;
const ERROR_WAIT: Duration = Duration::from_secs(5);

/// Longest validator that is kept, in bytes.
const MAX_VALIDATOR: usize = 1024;

/// Most `Link` headers that are kept, and their length in bytes.
const MAX_LINKS: usize = 20;
const MAX_LINK: usize = 8 * 1024;

/// Fetches documents politely and safely. Clones share their connections, pauses and robots.txt.
#[derive(Clone)]
pub struct Fetcher(Arc<Inner>);

struct Inner {
    http: Client,
    guard: Guard,
    hosts: Hosts,
    /// `None` when robots.txt is not obeyed.
    robots: Option<robots::Cache>,
    clock: SharedClock,
    limits: Limits,
    certificates: Certificates,
}

/// Bounds of one fetch.
#[derive(Debug, Clone, Copy)]
struct Limits {
    whole: Duration,
    connect: Duration,
    first_byte: Duration,
    idle: Duration,
    keep: Duration,
    body: usize,
    redirects: usize,
}

/// An answer to one request, before anyone asks what it means.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl std::fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetcher")
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}

impl Fetcher {
    /// A fetcher by the settings. `names` are answered without DNS; usually there are none.
    pub fn new(settings: &Crawler, clock: SharedClock, names: Names) -> Result<Self, FetchError> {
        Self::trusting(settings, clock, names, &[])
    }

    /// The same, with roots of trust beside the usual ones.
    pub(super) fn trusting(
        settings: &Crawler,
        clock: SharedClock,
        names: Names,
        roots: &[rustls::pki_types::CertificateDer<'static>],
    ) -> Result<Self, FetchError> {
        let guard = Guard::new(&settings.allow_networks, names);
        let keep = settings.host_delay.saturating_mul(KEEP_DELAYS);
        let keep = keep.clamp(KEEP_LEAST, KEEP_MOST);
        let certificates = Certificates::default();
        let builder = Client::builder()
            .user_agent(user_agent(settings)?)
            .tls_backend_preconfigured(tls::config(roots, certificates.clone())?)
            .dns_resolver(guard.clone())
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(keep)
            .pool_max_idle_per_host(KEEP_PER_HOST)
            .http2_max_header_list_size(MAX_HEADERS);
        // Whoever takes nothing that is sent, and never says goodbye, is hung up on.
        #[cfg(target_os = "linux")]
        let builder = builder.tcp_user_timeout(settings.timeout.max(Duration::from_secs(1)));
        let http = builder.build()?;
        Ok(Self(Arc::new(Inner {
            http,
            guard,
            hosts: Hosts::new(settings.host_delay, Arc::clone(&clock)),
            robots: settings
                .robots
                .then(|| robots::Cache::new(&settings.user_agent)),
            clock,
            limits: Limits {
                whole: settings.timeout,
                connect: settings.connect_timeout,
                first_byte: settings.first_byte_timeout,
                idle: (settings.timeout / 3).max(Duration::from_millis(1)),
                keep,
                // One more than the body is reckoned with, and nobody reads that much.
                body: usize::try_from(settings.max_body)
                    .unwrap_or(usize::MAX)
                    .min(usize::MAX / 4),
                redirects: settings.max_redirects,
            },
            certificates,
        })))
    }

    /// From when to when the certificate is valid that the host of this address showed last; `None` where it has not shown one
    /// of its own.
    #[must_use]
    pub fn certificate(&self, url: &Url) -> Option<(Timestamp, Timestamp)> {
        (url.scheme() == "https")
            .then(|| url.host_str())
            .flatten()
            .and_then(|host| self.0.certificates.of(host))
    }

    /// Fetches a document. Waits for the host's turn first: that may take as long as others keep it busy,
    /// and the pauses between; from then on everything is bounded by `crawler.timeout`.
    pub async fn fetch(&self, request: &Request) -> Result<Fetched, Fault> {
        let this = &*self.0;
        let headers = request_headers(request);
        let conditional =
            headers.contains_key(IF_NONE_MATCH) || headers.contains_key(IF_MODIFIED_SINCE);
        let cap = Cap {
            bytes: this.limits.body,
            cut: false,
        };
        let mut trail = Trail::new(&request.url, this.limits.redirects);
        let mut spent = Duration::ZERO;
        loop {
            let url = trail.current().clone();
            this.guard.check(&url)?;
            let crawl_delay = this.obey_robots(&url).await?;
            let mut turn = this.hosts.enter(&url).await;
            turn.wait(crawl_delay).await;
            let left = this.limits.whole.saturating_sub(spent);
            let started = this.clock.now();
            let answer = this.exchange(&url, headers.clone(), cap, left, &turn).await;
            drop(turn);
            let now = this.clock.now();
            spent += Duration::try_from(now.duration_since(started)).unwrap_or_default();
            let answer = answer?;
            if is_redirect(answer.status) {
                trail.follow(answer.status, answer.headers.get(LOCATION))?;
                continue;
            }
            let not_modified = answer.status == StatusCode::NOT_MODIFIED && conditional;
            if !not_modified && (!answer.status.is_success() || answer.status.as_u16() == 206) {
                return Err(status_fault(&answer, &url, now));
            }
            let mut validators = Validators {
                etag: validator(&answer.headers, &ETAG),
                last_modified: validator(&answer.headers, &LAST_MODIFIED),
            };
            if not_modified && validators == Validators::default() {
                validators = request.validators.clone().unwrap_or_default();
            }
            return Ok(Fetched {
                url,
                status: answer.status.as_u16(),
                not_modified,
                validators,
                content_type: answer
                    .headers
                    .get(CONTENT_TYPE)
                    .map(|value| plain(&String::from_utf8_lossy(value.as_bytes()), 256)),
                max_age: freshness::max_age(&answer.headers, now),
                links: link_headers(&answer.headers),
                body: answer.body,
                permanent: trail.permanent(),
                millis: u64::try_from(spent.as_millis()).unwrap_or(u64::MAX),
            });
        }
    }
}

/// The User-Agent as a header.
pub(super) fn user_agent(settings: &Crawler) -> Result<HeaderValue, FetchError> {
    HeaderValue::from_str(settings.user_agent.trim())
        .map_err(|_| FetchError::UserAgent(plain(&settings.user_agent, 100)))
}

impl Inner {
    /// One request and its answer, within `left`. The body is read only where the status says that it is the document.
    async fn exchange(
        &self,
        url: &Url,
        headers: HeaderMap,
        cap: Cap,
        left: Duration,
        turn: &Turn,
    ) -> Result<Answer, Fault> {
        let host = url.host_str().unwrap_or_default();
        let late = |reason: fn(String, u64) -> Reason, limit: Duration| {
            let reason = reason(host.to_owned(), millis(limit));
            fault(FaultKind::Timeout, reason)
        };
        let whole = async {
            let send = || self.http.get(url.clone()).headers(headers.clone()).send();
            let kept = turn.is_within(self.limits.keep);
            let sent = async {
                match send().await {
                    // A server may close a kept connection at the very moment that it is used again.
                    Err(error) if kept && is_broken_off(&error) => send().await,
                    done => done,
                }
            };
            let response: Response = tokio::time::timeout(self.limits.first_byte, sent)
                .await
                .map_err(|_| {
                    late(
                        |host, millis| Reason::NoAnswer { host, millis },
                        self.limits.first_byte,
                    )
                })?
                .map_err(|error| from_client(&error, host, self.limits.connect, false))?;
            let status = response.status();
            let headers = response.headers().clone();
            let body = if status.is_success() {
                body::read(response, cap, self.limits.idle, host).await?
            } else if status.is_client_error() || status.is_server_error() {
                // The beginning tells what stands there. It is no matter if it cannot be read.
                let cap = Cap {
                    bytes: ERROR_PAGE,
                    cut: true,
                };
                let read = body::read(response, cap, self.limits.idle, host);
                let read = tokio::time::timeout(ERROR_WAIT, read).await;
                read.ok().and_then(Result::ok).unwrap_or_default()
            } else {
                Vec::new()
            };
            Ok(Answer {
                status,
                headers,
                body,
            })
        };
        tokio::time::timeout(left, whole).await.map_err(|_| {
            late(
                |host, millis| Reason::NoWholeAnswer { host, millis },
                self.limits.whole,
            )
        })?
    }

    /// Asks robots.txt whether a URL may be fetched; gives the pause that it wants between requests.
    async fn obey_robots(&self, url: &Url) -> Result<Duration, Fault> {
        let Some(robots) = &self.robots else {
            return Ok(Duration::ZERO);
        };
        if let Some(verdict) = robots.judge(url, self.clock.now()) {
            return verdict;
        }
        let turn = self.hosts.enter(url).await;
        // Somebody else may have asked while this one queued.
        if let Some(verdict) = robots.judge(url, self.clock.now()) {
            return verdict;
        }
        let (asked, end) = self.ask_robots(robots::address(url), turn).await;
        let now = self.clock.now();
        // Moved to the robots.txt of another origin (https, www), it is that one's too, and need not be fetched again.
        if end == robots::address(&end) {
            robots.learn(&end, &asked, now);
        }
        robots.learn(url, &asked, now);
        robots.judge(url, now).unwrap_or(Ok(Duration::ZERO))
    }

    /// Fetches a robots.txt, following redirects to wherever they lead; says where that was. Holds one host's turn at a
    /// time, so that two of these never wait for each other.
    async fn ask_robots(&self, address: Url, turn: Turn) -> (Asked, Url) {
        let cap = Cap {
            bytes: robots::MAX_SIZE + 1,
            cut: true,
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("text/plain, */*;q=0.5"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ENCODINGS));
        let mut trail = Trail::new(&address, robots::MAX_REDIRECTS);
        let mut turn = Some(turn);
        let mut spent = Duration::ZERO;
        loop {
            let url = trail.current().clone();
            if let Err(forbidden) = self.guard.check(&url) {
                return (Asked::Unreachable(forbidden), address);
            }
            let mut held = match turn.take() {
                Some(first) => first,
                None => self.hosts.enter(&url).await,
            };
            held.wait(Duration::ZERO).await;
            let left = self.limits.whole.saturating_sub(spent);
            let started = self.clock.now();
            let answer = self.exchange(&url, headers.clone(), cap, left, &held).await;
            drop(held);
            let now = self.clock.now();
            spent += Duration::try_from(now.duration_since(started)).unwrap_or_default();
            let answer = match answer {
                Ok(answer) => answer,
                Err(why) => return (Asked::failed(why), address),
            };
            if !is_redirect(answer.status) {
                return (asked(answer, &url, now), url);
            }
            // Too many, in a circle, or to nowhere: as good as none (RFC 9309, 2.3.1.2).
            if trail
                .follow(answer.status, answer.headers.get(LOCATION))
                .is_err()
            {
                return (Asked::None, address);
            }
        }
    }
}

/// What the answer to a request for robots.txt means (RFC 9309, 2.3.1).
fn asked(answer: Answer, url: &Url, now: Timestamp) -> Asked {
    let status = answer.status;
    if status.is_success() {
        return Asked::Text(answer.body, freshness::max_age(&answer.headers, now));
    }
    if !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS {
        return Asked::None;
    }
    let reason = Reason::RobotsStatus {
        host: url.host_str().unwrap_or_default().to_owned(),
        status: status.as_u16(),
    };
    let mut why = fault(FaultKind::Robots, reason);
    why.retry_after = freshness::retry_after(&answer.headers, now);
    Asked::Unreachable(why)
}

const ENCODINGS: &str = "gzip, br, zstd, deflate";

fn request_headers(request: &Request) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let accept = match request.accept {
        Accept::Feed => {
            "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
        }
        Accept::Page => {
            "text/html, application/xhtml+xml, application/pdf;q=0.9, application/xml;q=0.8, */*;q=0.5"
        }
        Accept::Any => "*/*",
    };
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ENCODINGS));
    if let Some(validators) = &request.validators {
        for (name, value) in [
            (IF_NONE_MATCH, &validators.etag),
            (IF_MODIFIED_SINCE, &validators.last_modified),
        ] {
            // What cannot be a header is not sent: the answer is then a full one.
            let value = value
                .as_deref()
                .filter(|value| !value.is_empty() && value.len() <= MAX_VALIDATOR)
                .and_then(|value| HeaderValue::from_str(value).ok());
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
    }
    headers
}

/// A validator as sent, unless it is too long or not text: sent back, it has to be the same byte for byte.
fn validator(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty() && value.len() <= MAX_VALIDATOR).then(|| value.to_owned())
}

fn link_headers(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(LINK).iter();
    all.filter_map(|value| value.to_str().ok())
        .filter(|value| value.len() <= MAX_LINK)
        .take(MAX_LINKS)
        .map(str::to_owned)
        .collect()
}

fn status_fault(answer: &Answer, url: &Url, now: Timestamp) -> Fault {
    let host = url.host_str().unwrap_or_default().to_owned();
    let status = answer.status.as_u16();
    let retry_after = freshness::retry_after(&answer.headers, now);
    let (kind, reason) = match status {
        410 => (FaultKind::Gone, Reason::GoneForGood { host }),
        304 => (FaultKind::Status, Reason::NeverFetched { host }),
        429 => (FaultKind::Busy, Reason::AsksForLess { host, status }),
        503 if retry_after.is_some() => (FaultKind::Busy, Reason::Busy { host, status }),
        _ => (FaultKind::Status, Reason::Status { host, status }),
    };
    let mut found = fault(kind, reason);
    found.status = Some(status);
    found.sign = sign(answer);
    if matches!(status, 429 | 503) {
        found.retry_after = retry_after;
    }
    found
}

/// What the page that came with an error shows itself to be, where that is more than the error says: a wall, a parked domain.
fn sign(answer: &Answer) -> Option<Box<Sign>> {
    if answer.headers.contains_key("cf-mitigated") {
        return Some(Box::new(Sign::new(SignKind::BotWall, "Cloudflare")));
    }
    let found = sign_of(&String::from_utf8_lossy(&answer.body))?;
    matches!(found.what, SignKind::BotWall | SignKind::Parked).then(|| Box::new(found))
}
