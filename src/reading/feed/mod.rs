//! Feeds: RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0, JSON Feed, as they really are.
//!
//! A first pass ([`outline`]) finds where entries begin and end and keeps at most [`MAX_ENTRIES`]. A document in which every
//! entry is made of what feed-rs can hold goes to feed-rs ([`strict`]); the others, and those at which it fails, to a second
//! reader ([`entry`]), which is ours and forgiving: it builds no tree and never gives up on a document because of one wrong
//! byte, but reads past undeclared prefixes and entities, bare ampersands, odd versions and a cut-off end. Both end in the
//! same [`draft`], which bounds and cleans.

mod draft;
mod entry;
mod json;
mod mend;
mod outline;
mod shape;
mod strict;
mod value;
pub mod wordpress;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

pub(in crate::reading) use draft::link as web_link;

use super::charset::{self, Markup};
use crate::domain::{Draft, Language};

/// Most entries read of one feed.
pub const MAX_ENTRIES: usize = 500;

/// Most hubs read of one feed.
pub const MAX_HUBS: usize = 3;

/// What a feed says.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Its title, plain text; empty where it gives none.
    pub title: String,
    /// The site it belongs to.
    pub home: Option<Url>,
    /// The language it claims.
    pub lang: Option<Language>,
    /// How long it asks to be left alone.
    pub ttl: Option<SignedDuration>,
    /// The WebSub hubs that announce its changes, at most [`MAX_HUBS`].
    pub hubs: Vec<Url>,
    /// The address it gives as its own.
    pub self_url: Option<Url>,
    /// Its entries, in its order.
    pub items: Vec<Draft>,
    /// The document was damaged, so that the second reader was needed: something was read past or left out.
    pub repaired: bool,
    /// There were more than [`MAX_ENTRIES`]; the newest are here.
    pub cut: bool,
}

/// Why a document is no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedFault {
    /// Nothing in it.
    #[error("the document is empty; a feed was expected")]
    Empty,
    /// A page for people.
    #[error("this is a web page, not a feed; look for the address of its feed")]
    Html,
    /// Something else.
    #[error("this is {0}, not a feed (RSS, Atom or JSON Feed)")]
    NotAFeed(String),
    /// A feed that ends before its first entry does.
    #[error("the feed breaks off before the end of its first entry")]
    Truncated,
}

/// What relative things are relative to.
pub(in crate::reading) struct Around<'a> {
    pub url: &'a Url,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

/// Reads a feed. `content_type` is the HTTP header, `url` where it came from, `zone` what dates without one are in.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &Url,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Feed, FeedFault> {
    let decoded = charset::decode_from(bytes, content_type, Markup::Xml, Some(url));
    let text = decoded
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    if text
        .trim_end_matches(|c: char| c.is_whitespace() || c == '\0')
        .is_empty()
    {
        return Err(FeedFault::Empty);
    }
    let around = Around { url, now, zone };
    if text.starts_with(['{', '[']) {
        json::read(text, &around)
    } else if let Some(start) = json::start(text) {
        json::read(&text[start..], &around)
    } else {
        outline::read(text, &around)
    }
}

/// Whether a document is worth giving to [`parse`]: a glance at its type and its first bytes.
#[must_use]
pub fn looks_like_feed(bytes: &[u8], content_type: Option<&str>) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    // UTF-16 is looked at as if its zeros were not there.
    let head: Vec<u8> = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let has = |what: &str| memchr::memmem::find(&head, what.as_bytes()).is_some();
    let first = head
        .iter()
        .position(|byte| !byte.is_ascii_whitespace() && *byte < 0x80);
    let page = has("<!doctype html") || has("<html");
    if has("<rss") || has("<rdf:rdf") || has("<feed") || has("<channel") || has(":feed") {
        return !page
            || memchr::memmem::find(&head, b"<rss") < memchr::memmem::find(&head, b"<html");
    }
    let media = content_type.unwrap_or_default().to_ascii_lowercase();
    if first.is_some_and(|at| head[at] == b'{') {
        // The words may stand far behind long entries; the type then says it.
        return media.contains("feed+json")
            || has("jsonfeed.org")
            || (has("\"items\"") && has("\"version\""));
    }
    !page
        && ["rss", "atom", "rdf", "feed+json"]
            .iter()
            .any(|kind| media.contains(kind))
}

#[cfg(test)]
mod differential;
#[cfg(test)]
mod tests;
