//! A hub, as the standard has it, with the manners of those that there are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use reqwest::Client;
use ring::hmac;

/// How a hub treats a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Takes it, and asks back a little later.
    VerifyLater,
    /// Asks back before it answers.
    VerifyFirst,
    /// Takes it, and never asks back.
    Silent,
    /// Takes it, and says no a little later.
    Deny,
    /// Answers with this.
    Status(u16),
    /// Never answers.
    Hang,
    /// Is somewhere else now, and works there.
    Moved,
    /// Is somewhere else, which is here.
    Circle,
    /// Only counts what it is told.
    Count,
}

/// A request that it got.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) mode: String,
    pub(crate) callback: String,
    pub(crate) topic: String,
    pub(crate) secret: Option<String>,
    pub(crate) lease: Option<u64>,
}

/// A feed that has changed, as its publisher says.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) feed: String,
    /// The name of the message.
    pub(crate) key: String,
    /// The feed, fetched at once.
    pub(crate) body: String,
}

struct Inner {
    manner: Manner,
    lease: u64,
    asked: Vec<Asked>,
    /// Requests that we confirmed.
    verified: usize,
    /// What it was told of, and what it found there.
    told: Vec<Told>,
    secrets: HashMap<String, String>,
}

#[derive(Clone)]
pub(crate) struct Hub {
    inner: Arc<Mutex<Inner>>,
    http: Client,
    pub(crate) address: String,
}

/// A publisher says that a feed has changed.
async fn hear(hub: &Hub, feed: String, headers: &HeaderMap) -> Response {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let manner = hub.inner.lock().unwrap().manner;
    if let Manner::Status(status) = manner {
        return StatusCode::from_u16(status).unwrap().into_response();
    }
    let body = if manner == Manner::Count {
        String::new()
    } else {
        let fetched = hub.http.get(&feed).send().await.unwrap();
        fetched.text().await.unwrap()
    };
    let told = Told { feed, key, body };
    hub.inner.lock().unwrap().told.push(told);
    if manner == Manner::Hang {
        std::future::pending::<()>().await;
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn take(State(hub): State<Hub>, uri: Uri, headers: HeaderMap, body: String) -> Response {
    let field = |name: &str| {
        url::form_urlencoded::parse(body.as_bytes())
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.into_owned())
    };
    if field("hub.mode").as_deref() == Some("publish") {
        return hear(&hub, field("hub.url").unwrap(), &headers).await;
    }
    let asked = Asked {
        mode: field("hub.mode").unwrap(),
        callback: field("hub.callback").unwrap(),
        topic: field("hub.topic").unwrap(),
        secret: field("hub.secret"),
        lease: field("hub.lease_seconds").map(|lease| lease.parse().unwrap()),
    };
    let (manner, lease) = {
        let mut inner = hub.inner.lock().unwrap();
        inner.asked.push(asked.clone());
        if let Some(secret) = &asked.secret {
            inner.secrets.insert(asked.callback.clone(), secret.clone());
        }
        (inner.manner, inner.lease)
    };
    let lease = (asked.mode == "subscribe").then_some(lease);
    let verify = {
        let hub = hub.clone();
        async move {
            let (status, body) = hub
                .verify(&asked.callback, &asked.mode, &asked.topic, lease)
                .await;
            if (status, body.as_str()) == (StatusCode::OK, "challenge") {
                hub.inner.lock().unwrap().verified += 1;
            }
        }
    };
    match manner {
        Manner::VerifyFirst => verify.await,
        Manner::Moved if uri.path() == "/hub" => {
            return (StatusCode::TEMPORARY_REDIRECT, [("location", "/elsewhere")]).into_response();
        }
        Manner::VerifyLater | Manner::Moved | Manner::Count => {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(30)).await;
                verify.await;
            });
        }
        Manner::Silent => {}
        Manner::Deny => {
            let hub = hub.clone();
            let asked = hub.inner.lock().unwrap().asked.last().unwrap().clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(30)).await;
                hub.deny(&asked.callback, &asked.topic, "not here").await;
            });
        }
        Manner::Status(status) => {
            let status = StatusCode::from_u16(status).unwrap();
            return (status, [("location", "/elsewhere")]).into_response();
        }
        Manner::Hang => std::future::pending().await,
        Manner::Circle => {
            return (StatusCode::PERMANENT_REDIRECT, [("location", "/hub")]).into_response();
        }
    }
    StatusCode::ACCEPTED.into_response()
}

impl Hub {
    pub(crate) async fn new() -> Self {
        // The client asks for one although nothing here is encrypted; another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hub = Self {
            inner: Arc::new(Mutex::new(Inner {
                manner: Manner::VerifyLater,
                lease: 10 * 86_400,
                asked: Vec::new(),
                verified: 0,
                told: Vec::new(),
                secrets: HashMap::new(),
            })),
            // A kept connection would keep the service that was killed.
            http: Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .build()
                .unwrap(),
            address: format!("http://{}/hub", listener.local_addr().unwrap()),
        };
        let router = Router::new()
            .route("/hub", post(take))
            .route("/elsewhere", post(take))
            .with_state(hub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        hub
    }

    pub(crate) fn be(&self, manner: Manner) {
        self.inner.lock().unwrap().manner = manner;
    }

    pub(crate) fn lease(&self, seconds: u64) {
        self.inner.lock().unwrap().lease = seconds;
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.inner.lock().unwrap().asked.clone()
    }

    pub(crate) fn told(&self) -> Vec<Told> {
        self.inner.lock().unwrap().told.clone()
    }

    /// Waits until so many requests were confirmed, and all that follows from that is done.
    pub(crate) async fn verified(&self, times: usize) {
        for _ in 0..3_000 {
            if self.inner.lock().unwrap().verified >= times {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not confirmed {times} times: {:?}", self.asked());
    }

    /// Asks back; gives status and body of the answer.
    pub(crate) async fn verify(
        &self,
        callback: &str,
        mode: &str,
        topic: &str,
        lease: Option<u64>,
    ) -> (StatusCode, String) {
        let lease = lease.map(|lease| lease.to_string());
        let mut pairs = vec![
            ("hub.mode", mode),
            ("hub.topic", topic),
            ("hub.challenge", "challenge"),
        ];
        pairs.extend(lease.as_deref().map(|lease| ("hub.lease_seconds", lease)));
        self.get(callback, &pairs).await
    }

    pub(crate) async fn deny(
        &self,
        callback: &str,
        topic: &str,
        reason: &str,
    ) -> (StatusCode, String) {
        let pairs = [
            ("hub.mode", "denied"),
            ("hub.topic", topic),
            ("hub.reason", reason),
        ];
        self.get(callback, &pairs).await
    }

    async fn get(&self, callback: &str, pairs: &[(&str, &str)]) -> (StatusCode, String) {
        let url = url::Url::parse_with_params(callback, pairs).unwrap();
        let answer = self.http.get(url).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    pub(crate) fn signature(&self, callback: &str, method: &str, body: &[u8]) -> String {
        let algorithm = match method {
            "sha1" => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            "sha256" => hmac::HMAC_SHA256,
            "sha384" => hmac::HMAC_SHA384,
            _ => hmac::HMAC_SHA512,
        };
        let secret = self.inner.lock().unwrap().secrets[callback].clone();
        let tag = hmac::sign(&hmac::Key::new(algorithm, secret.as_bytes()), body);
        let hex: Vec<String> = tag
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{method}={}", hex.concat())
    }

    /// Pushes; gives the answer's status.
    pub(crate) async fn post(
        &self,
        callback: &str,
        body: &str,
        signature: Option<&str>,
    ) -> StatusCode {
        self.try_post(callback, body, signature).await.unwrap()
    }

    /// The same; `None` where the connection was closed before all was sent.
    pub(crate) async fn try_post(
        &self,
        callback: &str,
        body: &str,
        signature: Option<&str>,
    ) -> Option<StatusCode> {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/rss+xml".parse().unwrap());
        if let Some(signature) = signature {
            headers.insert("x-hub-signature", signature.parse().unwrap());
        }
        let request = self
            .http
            .post(callback)
            .headers(headers)
            .body(body.to_owned());
        Some(request.send().await.ok()?.status())
    }
}
