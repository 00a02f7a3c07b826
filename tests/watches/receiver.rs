//! A service on loopback that checks the signature of what it is sent, and takes it, or does not.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a service does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Take,
    Fail(u16),
    /// 429 with `Retry-After` of so many seconds.
    Later(u64),
    /// Never answers.
    Hang,
}

/// A message as it came.
#[derive(Debug, Clone)]
pub struct Message {
    pub path: String,
    pub id: String,
    pub body: Value,
    pub taken: bool,
}

#[derive(Default)]
struct Inner {
    messages: Vec<Message>,
    /// What is answered next, by path; taken where there is nothing.
    script: HashMap<String, Vec<Answer>>,
    /// Fails so many of a hundred by chance.
    moody: u8,
}

#[derive(Clone)]
pub struct Receiver {
    pub address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            address: listener.local_addr().unwrap(),
            inner: Arc::default(),
        };
        let router = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    /// Its address under a name of its own, which leads to loopback as well.
    pub fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}.localhost:{}/{path}", self.address.port())
    }

    pub fn answers(&self, path: &str, answers: &[Answer]) {
        let mut inner = self.inner.lock().unwrap();
        inner.script.insert(format!("/{path}"), answers.to_vec());
    }

    pub fn be_moody(&self, percent: u8) {
        self.inner.lock().unwrap().moody = percent;
    }

    pub fn messages(&self) -> Vec<Message> {
        self.inner.lock().unwrap().messages.clone()
    }

    pub fn taken(&self, path: &str) -> Vec<Message> {
        let path = format!("/{path}");
        let mut messages = self.messages();
        messages.retain(|message| message.taken && message.path == path);
        messages
    }
}

async fn take(
    State(receiver): State<Receiver>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let (id, second) = (text("webhook-id"), text("webhook-timestamp"));
    let key = STANDARD
        .decode(super::SECRET.strip_prefix("whsec_").unwrap())
        .unwrap();
    let signed = [id.as_bytes(), b".", second.as_bytes(), b".", &body].concat();
    let expected = format!("v1,{}", STANDARD.encode(hmac(&key, &signed)));
    assert_eq!(text("webhook-signature"), expected);
    assert_eq!(text("idempotency-key"), format!("\"{id}\""));
    assert_eq!(text("content-type"), "application/json");
    let body: Value = serde_json::from_slice(&body).unwrap();
    let path = uri.path().to_owned();
    let (answer, pause) = {
        let mut inner = receiver.inner.lock().unwrap();
        let mood = fastrand::u8(..100) < inner.moody;
        let scripted = inner
            .script
            .get_mut(&path)
            .filter(|script| !script.is_empty())
            .map(|script| script.remove(0));
        let answer = scripted.unwrap_or(if mood {
            [Answer::Fail(500), Answer::Fail(503), Answer::Later(1)][fastrand::usize(..3)]
        } else {
            Answer::Take
        });
        let taken = answer == Answer::Take;
        inner.messages.push(Message {
            path,
            id,
            body,
            taken,
        });
        (answer, inner.moody > 0)
    };
    if pause {
        tokio::time::sleep(Duration::from_millis(fastrand::u64(..40))).await;
    }
    match answer {
        Answer::Take => StatusCode::NO_CONTENT.into_response(),
        Answer::Fail(status) => (StatusCode::from_u16(status).unwrap(), "not now").into_response(),
        Answer::Later(seconds) => (
            StatusCode::TOO_MANY_REQUESTS,
            [("retry-after", seconds.to_string())],
        )
            .into_response(),
        Answer::Hang => {
            tokio::time::sleep(Duration::from_mins(10)).await;
            StatusCode::OK.into_response()
        }
    }
}

/// RFC 2104, by hand: another implementation than that of the service.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}
