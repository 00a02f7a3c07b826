//! What is known of a source's health and rhythm between visits.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Finding, Memory, Pushes, Reason, Sign};

/// Where a source stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum Phase {
    /// Never visited yet.
    New,
    /// The last visit succeeded.
    Healthy,
    /// Visits fail; it is tried again, ever less often, and never given up.
    Failing {
        /// Since when.
        since: Timestamp,
        /// Failures in a row.
        tries: u32,
        /// The latest.
        fault: Fault,
    },
    /// Answers, but has said nothing for much longer than it used to.
    Silent {
        /// When it last said something.
        since: Timestamp,
    },
    /// Said by its server to be gone for good (410). Looked at again once a month.
    Gone {
        /// Since when.
        since: Timestamp,
    },
    /// Not visited, because the configuration says so.
    Paused,
}

impl Phase {
    /// The word that stands for it in the store, in JSON and in style sheets.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Healthy => "healthy",
            Self::Failing { .. } => "failing",
            Self::Silent { .. } => "silent",
            Self::Gone { .. } => "gone",
            Self::Paused => "paused",
        }
    }

    /// What went wrong on the last visit.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Failing { fault, .. } => Some(fault),
            _ => None,
        }
    }
}

/// Why a visit or a page failed: the kind for programs, the reason for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
#[serde(from = "Kept", into = "Kept")]
pub struct Fault {
    /// The kind.
    pub kind: FaultKind,
    /// One plain line in English: what happened, no secrets, no control characters.
    pub message: String,
    /// The same as a word with its figures, from which each language makes its own sentence.
    pub reason: Box<Reason>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The server's own wish not to be asked before (Retry-After), in seconds from the visit.
    pub retry_after: Option<u64>,
    /// What the page that came shows itself to be.
    pub sign: Option<Box<Sign>>,
}

/// A fault as it is kept: either with its reason, or, by older versions, with a sentence alone.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: FaultKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(default)]
    status: Option<u16>,
    retry_after: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sign: Option<Box<Sign>>,
}

impl From<Kept> for Fault {
    fn from(kept: Kept) -> Self {
        let (message, reason) = match (kept.reason, kept.message) {
            (Some(reason), _) => (reason.line(), reason),
            (None, message) => {
                let message = message.unwrap_or_default();
                (message.clone(), Reason::words(message))
            }
        };
        Self {
            kind: kept.kind,
            message,
            reason: Box::new(reason),
            status: kept.status,
            retry_after: kept.retry_after,
            sign: kept.sign,
        }
    }
}

impl From<Fault> for Kept {
    fn from(fault: Fault) -> Self {
        let (message, reason) = match *fault.reason {
            Reason::Words { .. } => (Some(fault.message), None),
            reason => (None, Some(reason)),
        };
        Self {
            kind: fault.kind,
            message,
            reason,
            status: fault.status,
            retry_after: fault.retry_after,
            sign: fault.sign,
        }
    }
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The name does not resolve.
    Dns,
    /// No connection.
    Connect,
    /// The certificate or the handshake.
    Tls,
    /// Too slow: connecting, first byte, or the whole.
    Timeout,
    /// An address that must not be visited (private network, bad scheme).
    Forbidden,
    /// robots.txt says no, or cannot be had.
    Robots,
    /// An HTTP status of 400 or more.
    Status,
    /// 410 Gone.
    Gone,
    /// 429, or 503 with Retry-After.
    Busy,
    /// Too many redirects, or a redirect to nowhere.
    Redirect,
    /// Larger than allowed.
    TooLarge,
    /// The body broke off or could not be decompressed.
    Body,
    /// Fetched, but not a readable feed.
    Unreadable,
    /// A page in which no feed was found and that lists no announcements, or lists none any more.
    #[serde(alias = "no_feed")]
    NothingListed,
}

impl Fault {
    /// A fault without a wish for later.
    #[must_use]
    pub fn because(kind: FaultKind, reason: Reason) -> Self {
        let reason = reason.clean();
        Self {
            message: reason.line(),
            reason: Box::new(reason),
            ..Self::new(kind, "")
        }
    }

    /// A fault of which only the log tells, with a sentence that no language but English has.
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            kind,
            reason: Box::new(Reason::words(message.clone())),
            message,
            status: None,
            retry_after: None,
            sign: None,
        }
    }

    /// The same fault with more of a reason.
    #[must_use]
    pub fn with(self, reason: impl FnOnce(Box<Reason>) -> Reason) -> Self {
        let why = Self::because(self.kind, reason(self.reason));
        Self {
            status: self.status,
            retry_after: self.retry_after,
            sign: self.sign,
            ..why
        }
    }
}

/// How a source's announcements are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From a feed: RSS, Atom, JSON Feed.
    #[default]
    Feed,
    /// From the REST interface of WordPress.
    Wordpress,
    /// From a sitemap, and the pages that it names.
    Sitemap,
    /// From the page that lists them, and the pages that it leads to.
    Listing,
}

impl Way {
    /// The word that stands for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Wordpress => "wordpress",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
        }
    }

    /// Whether it gives little more than addresses and titles: the rest is on the announcements' own pages.
    #[must_use]
    pub fn is_bare(self) -> bool {
        matches!(self, Self::Sitemap | Self::Listing)
    }
}

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Feed => "feed",
            Self::Wordpress => "WordPress interface",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
        })
    }
}

/// What a server gave to recognise an unchanged document by (RFC 9110, 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// ETag, byte for byte.
    pub etag: Option<String>,
    /// Last-Modified, as sent.
    pub last_modified: Option<String>,
}

/// Everything that is remembered of a source from visit to visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceState {
    /// Where it stands.
    #[serde(flatten)]
    pub phase: Phase,
    /// Where its announcements are read from, found or given: a feed, or whatever `way` says; `None` until it was found.
    #[serde(alias = "feed")]
    pub address: Option<Url>,
    /// How they are read there.
    #[serde(default)]
    pub way: Way,
    /// How many the document listed when it was last read well.
    #[serde(default)]
    pub listed: u32,
    /// When the ways of reading this source were last compared.
    #[serde(default)]
    pub compared: Option<Timestamp>,
    /// Validators of the last document that was read well.
    #[serde(default)]
    pub validators: Validators,
    /// SHA-256 of that document's body, in hexadecimal.
    pub body_hash: Option<String>,
    /// When the last full document was fetched: a 304 is not believed for longer than a day.
    pub last_full: Option<Timestamp>,
    /// When it was last visited.
    pub last_visit: Option<Timestamp>,
    /// When a visit last succeeded.
    pub last_success: Option<Timestamp>,
    /// When it last had something new.
    pub last_new: Option<Timestamp>,
    /// When to visit it next.
    pub next_visit: Timestamp,
    /// Smoothed gap between its publications, in seconds; `None` until two are known.
    pub rhythm: Option<f64>,
    /// The interval in use, in seconds.
    pub interval: u64,
    /// Where permanent redirects have led, and on how many visits in a row.
    pub moving: Option<(Url, u32)>,
    /// Successful visits so far.
    pub visits: u64,
    /// What comes without being asked for.
    #[serde(default)]
    pub pushes: Pushes,
    /// What is the matter with it, as far as visits tell.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// What they are judged by.
    #[serde(default)]
    pub memory: Memory,
}

impl SourceState {
    /// The feed in use; `None` where it is read another way, or was not found yet.
    #[must_use]
    pub fn feed(&self) -> Option<&Url> {
        self.address.as_ref().filter(|_| self.way == Way::Feed)
    }

    /// A source that nobody has visited yet, due at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            phase: Phase::New,
            address: None,
            way: Way::Feed,
            listed: 0,
            compared: None,
            validators: Validators::default(),
            body_hash: None,
            last_full: None,
            last_visit: None,
            last_success: None,
            last_new: None,
            next_visit: now,
            rhythm: None,
            interval: 0,
            moving: None,
            visits: 0,
            pushes: Pushes::default(),
            findings: Vec::new(),
            memory: Memory::default(),
        }
    }
}
