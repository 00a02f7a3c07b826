//! Finding a source's feed from its home or news page.

use jiff::Timestamp;
use url::Url;

use crate::domain::{Fault, FaultKind, Source};
use crate::reading::charset::{self, Markup};
use crate::reading::discovery;
use crate::reading::feed::{self, Feed, FeedFault};

use super::fetch::{Fetched, Request};
use super::shared::Shared;

/// Most addresses tried in one search for a feed.
const TRIES: usize = 10;

/// A feed and where it was found.
pub(super) struct Found {
    pub(super) fetched: Fetched,
    pub(super) feed: Feed,
    /// The address that led there: what is remembered.
    pub(super) address: Url,
}

/// Reads a document as a feed.
pub(super) fn read(fetched: &Fetched, source: &Source, now: Timestamp) -> Result<Feed, Fault> {
    let zone = source.country.time_zone();
    let read = feed::parse(
        &fetched.body,
        fetched.content_type.as_deref(),
        &fetched.url,
        now,
        &zone,
    );
    let why = match read {
        // Damaged and without entries: more likely a wreck than a feed with nothing to say.
        Ok(feed) if feed.items.is_empty() && feed.repaired => FeedFault::Truncated,
        Ok(feed) => return Ok(feed),
        Err(fault) => fault,
    };
    Err(Fault::new(
        FaultKind::Unreadable,
        format!(
            "what it serves at {} is no readable feed: {why}",
            fetched.url
        ),
    ))
}

/// Looks for a feed: those that the page names, then the usual addresses. The page was fetched already.
pub(super) async fn search(
    shared: &Shared,
    page: Fetched,
    source: &Source,
    now: Timestamp,
) -> Result<Found, Fault> {
    let (page, mut addresses) = shared
        .compute(move || {
            let html = charset::decode_from(
                &page.body,
                page.content_type.as_deref(),
                Markup::Html,
                Some(&page.url),
            )
            .text;
            let named: Vec<Url> = discovery::feeds_in(&html, &page.url)
                .into_iter()
                .map(|link| link.url)
                .collect();
            (page.url, named)
        })
        .await;
    for usual in discovery::well_known(&page) {
        if !addresses.contains(&usual) {
            addresses.push(usual);
        }
    }
    addresses.retain(|address| *address != page);
    addresses.truncate(TRIES);
    let mut empty = None;
    let mut busy = None;
    for address in addresses {
        match shared.fetcher.fetch(&Request::feed(address.clone())).await {
            Ok(fetched)
                if feed::looks_like_feed(&fetched.body, fetched.content_type.as_deref()) =>
            {
                let source = source.clone();
                let work = move || (read(&fetched, &source, now), fetched);
                let (Ok(feed), fetched) = shared.compute(work).await else {
                    continue;
                };
                let found = Found {
                    fetched,
                    feed,
                    address,
                };
                if !found.feed.items.is_empty() {
                    return Ok(found);
                }
                empty.get_or_insert(found);
            }
            Err(fault)
                if matches!(
                    fault.kind,
                    FaultKind::Busy
                        | FaultKind::Dns
                        | FaultKind::Connect
                        | FaultKind::Tls
                        | FaultKind::Timeout
                ) =>
            {
                // The server is in trouble, not the address: more questions would not help.
                busy = Some(fault);
                break;
            }
            _ => {}
        }
    }
    match (empty, busy) {
        (Some(found), _) => Ok(found),
        (None, Some(fault)) => Err(fault),
        (None, None) => Err(Fault::new(
            FaultKind::NoFeed,
            format!("no feed was found on {page} or at the usual addresses"),
        )),
    }
}
