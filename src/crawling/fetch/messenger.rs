//! Messages to a service that the configuration names, such as our own hub: sent once, as far as anybody can tell.
//!
//! Unlike what sources name, it is trusted: it may stand in a private network.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use reqwest::header::{CONTENT_TYPE, HeaderName};
use reqwest::{Client, redirect};
use url::form_urlencoded;

use super::client::user_agent;
use super::fault::{fault, from_client, millis};
use super::{FetchError, Form, tls};
use crate::config::Crawler;
use crate::domain::{Fault, FaultKind, Reason};

/// A name for a message by which a receiver that gets it twice can tell
/// (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>).
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Sends messages. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Messenger {
    http: Client,
    connect: Duration,
    patience: Duration,
}

/// How a message was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The receiver has it.
    Taken,
    /// It never left.
    Unsent(Fault),
    /// The receiver says that it did not take it.
    Refused(Fault),
    /// It left, and nothing came back.
    Unclear(Fault),
}

impl Messenger {
    /// By the crawler's name and with its patience.
    pub fn new(settings: &Crawler) -> Result<Self, FetchError> {
        let http = Client::builder()
            .user_agent(user_agent(settings)?)
            .tls_backend_preconfigured(tls::config(
                &[],
                super::certificate::Certificates::default(),
            )?)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(settings.connect_timeout)
            // A connection that the other side is just closing would make it unclear what was taken.
            .pool_max_idle_per_host(0)
            .http1_only()
            .build()?;
        Ok(Self {
            http,
            connect: settings.connect_timeout,
            patience: settings.first_byte_timeout,
        })
    }

    /// Sends a form. `last` is called immediately before the bytes leave that make it whole; where it fails they do not.
    pub async fn send(
        &self,
        form: &Form,
        key: &str,
        last: impl FnOnce() -> io::Result<()> + Send + Sync + 'static,
    ) -> Told {
        let host = form.url.host_str().unwrap_or_default();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form.fields)
            .finish();
        let left = Arc::new(AtomicBool::new(false));
        let body = Whole {
            bytes: Some(body.into()),
            last: Some(Box::new(last)),
            left: left.clone(),
        };
        let request = self
            .http
            .post(form.url.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(KEY, format!("\"{}\"", key.escape_default()))
            .body(reqwest::Body::wrap(body));
        let broken = |fault| {
            if left.load(Ordering::SeqCst) {
                Told::Unclear(fault)
            } else {
                Told::Unsent(fault)
            }
        };
        match tokio::time::timeout(self.patience, request.send()).await {
            Ok(Ok(response)) if response.status().is_success() => Told::Taken,
            Ok(Ok(response)) => {
                let (host, status) = (host.to_owned(), response.status().as_u16());
                let mut refused = fault(FaultKind::Status, Reason::Status { host, status });
                refused.status = Some(status);
                Told::Refused(refused)
            }
            Ok(Err(error)) => broken(from_client(&error, host, self.connect, false)),
            Err(_) => {
                let (host, millis) = (host.to_owned(), millis(self.patience));
                broken(fault(FaultKind::Timeout, Reason::NoAnswer { host, millis }))
            }
        }
    }
}

type Last = Box<dyn FnOnce() -> io::Result<()> + Send + Sync>;

/// A body of one piece, before which something is done.
struct Whole {
    bytes: Option<Bytes>,
    last: Option<Last>,
    left: Arc<AtomicBool>,
}

impl Body for Whole {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        let Some(bytes) = this.bytes.take() else {
            return Poll::Ready(None);
        };
        if let Some(last) = this.last.take()
            && let Err(error) = last()
        {
            return Poll::Ready(Some(Err(error)));
        }
        this.left.store(true, Ordering::SeqCst);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
