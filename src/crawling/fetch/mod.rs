//! HTTP with guards: addresses, robots.txt, politeness, limits of time and size, redirects by hand.
//!
//! Everything that comes from outside is taken to be hostile. Whatever a server does, [`Fetcher::fetch`] answers
//! within bounded time and memory, with a document or with one plain [`Fault`](crate::domain::Fault).

mod body;
mod certificate;
mod client;
mod fault;
mod freshness;
mod guard;
mod hosts;
mod messenger;
mod redirect;
mod robots;
mod tls;

pub use client::Fetcher;
pub use guard::Names;
pub use messenger::{Messenger, Told};

use std::time::Duration;

use url::Url;

use crate::domain::Validators;

/// What to fetch.
#[derive(Debug, Clone)]
pub struct Request {
    /// From where. A user name and password in it are dropped.
    pub url: Url,
    /// What the last copy was recognised by: the server may then answer that nothing has changed.
    pub validators: Option<Validators>,
    /// What is hoped for.
    pub accept: Accept,
}

impl Request {
    /// A request for a feed, unconditional.
    #[must_use]
    pub fn feed(url: Url) -> Self {
        Self {
            url,
            validators: None,
            accept: Accept::Feed,
        }
    }

    /// A request for a page, unconditional.
    #[must_use]
    pub fn page(url: Url) -> Self {
        Self {
            url,
            validators: None,
            accept: Accept::Page,
        }
    }

    /// The same, conditional on what the last copy was recognised by.
    #[must_use]
    pub fn unless(mut self, validators: Validators) -> Self {
        self.validators = Some(validators);
        self
    }
}

/// What kind of document is hoped for: the Accept header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accept {
    /// A feed, or the page that leads to one.
    Feed,
    /// A page, or a document that stands for one (PDF, DOCX).
    Page,
    /// Anything.
    #[default]
    Any,
}

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Where the document came from in the end, after redirects.
    pub url: Url,
    /// The HTTP status: 200 to 299, or 304.
    pub status: u16,
    /// The copy that the validators stood for is still good; the body is empty.
    pub not_modified: bool,
    /// What this copy is recognised by; after a 304 without any, those that were sent.
    pub validators: Validators,
    /// Content-Type as sent, at most 256 characters.
    pub content_type: Option<String>,
    /// The document, decompressed, never larger than `crawler.max_body`.
    pub body: Vec<u8>,
    /// Where an unbroken chain of 301 and 308 from the requested address leads; `None` when a temporary
    /// redirect (or one from https down to http) came first, or none at all.
    pub permanent: Option<Url>,
    /// How long the server wants the document to be taken for fresh (Cache-Control max-age or Expires), at most a week.
    pub max_age: Option<Duration>,
    /// `Link` headers as sent, the first few.
    pub links: Vec<String>,
    /// How long it took, in milliseconds, without waiting for the host's turn.
    pub millis: u64,
}

/// A form that is sent to a service, such as a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where to.
    pub url: Url,
    /// Names and values.
    pub fields: Vec<(&'static str, String)>,
}

/// JSON that is sent to a service.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where to. It may be a secret in itself, and is not logged.
    pub url: Url,
    /// With PUT; else with POST.
    pub put: bool,
    /// Names in small letters, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON.
    pub body: String,
}

/// Why there is no fetcher.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The User-Agent cannot be sent.
    #[error("crawler.user_agent “{0}” holds characters that HTTP does not allow; use plain ASCII")]
    UserAgent(String),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(#[from] reqwest::Error),
}
