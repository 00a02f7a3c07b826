//! Fetching what a source has now: in the way that worked before, or in another one.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::crawling::fetch::{Fetched, Request};
use crate::crawling::shared::Shared;
use crate::crawling::ways::{Failed, Found, Look, Looked, Plainly};
use crate::crawling::{health, lifecycle, ways};
use crate::domain::{Fault, FaultKind, Phase, Reason, Remark, SignKind, Source, Way};
use crate::reading::signs::sign_of;
use crate::store::Lease;

use super::{Document, Seen};

/// Failures in a row after which a server in trouble is taken for one that will not come back as it was.
const TROUBLED: u32 = 5;

pub(super) async fn look(
    shared: &Shared,
    lease: &Lease,
    url: &Url,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let source = Arc::new(lease.source.clone());
    if lease.state.address.is_none() {
        return first(shared, &source, url, &lease.state.memory.refused, now).await;
    }
    if lifecycle::compare_again(&lease.state, now)
        && let Some(seen) = compared_again(shared, lease, &source, now).await
    {
        return Ok(seen);
    }
    let way = lease.state.way;
    let tools = (&shared.fetcher, &shared.processors);
    let last = (
        lifecycle::condition(&lease.state, now).cloned(),
        lease.state.body_hash.clone(),
    );
    match ways::look(tools, &source, (way, url), last, now).await {
        Ok(Look::NotModified(fetched)) => Ok(Seen::NotModified(fetched)),
        Ok(Look::Document(looked)) => {
            let Looked {
                fetched,
                reading,
                body_hash,
            } = *looked;
            let (feed, note) = reading.map_or((None, None), |read| (Some(read.feed), read.note));
            Ok(Seen::Document(Box::new(Document {
                fetched,
                feed,
                way,
                address: url.clone(),
                hash: body_hash,
                note,
                compared: false,
                why: None,
            })))
        }
        Err(failed) => elsewhere(shared, lease, &source, url, failed, now).await,
    }
}

/// A source that nobody has read yet: its address may be a feed, a sitemap or a page, and vesti finds out which.
pub(super) async fn first(
    shared: &Shared,
    source: &Arc<Source>,
    url: &Url,
    avoid: &[(Way, Url)],
    now: Timestamp,
) -> Result<Seen, Fault> {
    let fetched = match shared.fetcher.fetch(&Request::feed(url.clone())).await {
        Ok(fetched) => fetched,
        Err(fault) => {
            // A feed's address that staff gave is wrong, or no longer right: perhaps the page knows the right one.
            return match &source.url {
                Some(home) if home != url && is_lost(&fault) => {
                    found_from(shared, source, home, avoid, now)
                        .await
                        .ok_or(fault)
                }
                _ => Err(fault),
            };
        }
    };
    let source = source.clone();
    found_in(shared, &source, url, fetched, avoid, now).await
}

/// The best way to read a source whose address led to this document.
pub(super) async fn found_in(
    shared: &Shared,
    source: &Arc<Source>,
    url: &Url,
    fetched: Fetched,
    avoid: &[(Way, Url)],
    now: Timestamp,
) -> Result<Seen, Fault> {
    let tools = (&shared.fetcher, &shared.processors);
    let page = match ways::plainly(tools, source, url, fetched, now).await {
        Plainly::Read(found) => return Ok(document(*found, None)),
        Plainly::Fault(fault) => return Err(fault),
        Plainly::Page(page) => page,
    };
    let (sign, page) = shared
        .compute(move || {
            let html = ways::decoded(&page);
            (ways::shows(&html, &page.url).ok_or(sign_of(&html)), page)
        })
        .await;
    // What it leads to would be a stranger's, or nothing.
    let sign = match sign {
        Ok(fault) => return Err(fault),
        Err(sign) => sign,
    };
    let compared = ways::compare_without(tools, source, *page, avoid, now).await;
    let found = compared.found.map_err(|mut fault| {
        fault.sign = sign.map(Box::new);
        fault
    });
    found.map(|found| {
        let note = Remark::Found {
            way: found.way,
            url: found.address.to_string(),
            because: Box::new(found.why.clone()),
        };
        document(found, Some(note))
    })
}

/// The same, from an address that is still to be fetched; `None` where that leads nowhere.
pub(super) async fn found_from(
    shared: &Shared,
    source: &Arc<Source>,
    url: &Url,
    avoid: &[(Way, Url)],
    now: Timestamp,
) -> Option<Seen> {
    let page = shared
        .fetcher
        .fetch(&Request::feed(url.clone()))
        .await
        .ok()?;
    found_in(shared, source, url, page, avoid, now).await.ok()
}

pub(super) fn document(found: Found, note: Option<Remark>) -> Seen {
    Seen::Document(Box::new(Document {
        fetched: found.fetched,
        feed: Some(found.feed),
        way: found.way,
        address: found.address,
        hash: found.body_hash,
        note,
        compared: true,
        why: None,
    }))
}

/// Looks whether there is a better way than the one in use; `None` where there is none, or none could be found out now.
pub(super) async fn compared_again(
    shared: &Shared,
    lease: &Lease,
    source: &Arc<Source>,
    now: Timestamp,
) -> Option<Seen> {
    let url = source.url.as_ref().or(source.feed.as_ref())?;
    let seen = found_from(shared, source, url, &lease.state.memory.refused, now).await?;
    let Seen::Document(mut document) = seen else {
        return None;
    };
    let (way, address) = (lease.state.way, lease.state.address.as_ref());
    if document.way == way && Some(&document.address) == address {
        document.note = None;
    }
    Some(Seen::Document(document))
}

/// What a search from the source's own page may mend: the address in use leads nowhere, or to something else.
pub(super) fn is_lost(fault: &Fault) -> bool {
    match fault.kind {
        FaultKind::Gone | FaultKind::Unreadable | FaultKind::NothingListed => true,
        // An answer of 500 and more is trouble of the server's, not of the address.
        FaultKind::Status => fault.status.is_none_or(|status| status < 500),
        _ => false,
    }
}

/// The way in use failed: looks for another one from the source's own page before giving up on this visit. While the
/// server itself is in trouble, only after some time: it will probably come back as it was.
pub(super) async fn elsewhere(
    shared: &Shared,
    lease: &Lease,
    source: &Arc<Source>,
    url: &Url,
    Failed { fault, page }: Failed,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let in_vain = matches!(lease.state.phase, Phase::Failing { tries, .. } if tries >= TROUBLED);
    let lost = is_lost(&fault) || (fault.kind == FaultKind::Status && in_vain);
    // Whatever the way, it would lead to whoever has the domain now.
    let parked = fault
        .sign
        .as_ref()
        .is_some_and(|sign| sign.what == SignKind::Parked);
    let lost = lost && !parked;
    let avoid = &lease.state.memory.refused;
    let Some(home) = source.url.as_ref().filter(|_| lost) else {
        return Err(told(lease, fault));
    };
    let found = match page {
        // What came is the page that would be asked.
        page if home == url => match page {
            Some(page) => found_in(shared, source, url, *page, avoid, now).await.ok(),
            None => None,
        },
        _ => found_from(shared, source, home, avoid, now).await,
    };
    match found {
        Some(Seen::Document(mut document))
            if document.address != *url || document.way != lease.state.way =>
        {
            document.note = Some(Remark::WayFailed {
                old_way: lease.state.way,
                old_url: url.to_string(),
                why: Reason::clone(&fault.reason),
                way: document.way,
                url: document.address.to_string(),
            });
            document.why = Some(health::symptom(&fault, 1, &lease.state));
            Ok(Seen::Document(document))
        }
        _ => Err(told(lease, fault)),
    }
}

/// A list that became empty is told as what it is: a fault, with what was there before.
pub(super) fn told(lease: &Lease, fault: Fault) -> Fault {
    let count = u64::from(lease.state.listed);
    if fault.kind == FaultKind::NothingListed && count > 0 {
        return fault.with(|why| Reason::Emptied { why, count });
    }
    fault
}
