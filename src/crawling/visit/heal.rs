//! Another way to read a source whose way stands still or shrank, and the look at its own page that shows it.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::crawling::fetch::Request;
use crate::crawling::health::Evidence;
use crate::crawling::shared::Shared;
use crate::crawling::{health, ways};
use crate::domain::{Fault, Remark, SourceState, Symptom};
use crate::store::Lease;

use super::look::found_from;
use super::{Document, Seen};

/// Looks at the site's page beside a feed that was read, when it is time; and where the feed stands still while the site goes on,
/// or a page lists far less than it did, reads the source another way.
pub(super) async fn healed(
    shared: &Shared,
    lease: &Lease,
    seen: Result<Seen, Fault>,
    evidence: &mut Evidence,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let seen = seen?;
    let old = &lease.state;
    let source = Arc::new(lease.source.clone());
    let (Some(home), Some(address)) = (&source.url, &old.address) else {
        return Ok(seen);
    };
    let patience = shared.policy(lease).patience;
    let changed = match &seen {
        Seen::Document(document) => document.way != old.way || document.address != *address,
        Seen::NotModified(_) => false,
    };
    if changed {
        return Ok(seen);
    }
    let why = if old.way.is_bare() {
        shrunk(old, &seen)
    } else if home != address && health::look_due(old, now, &patience) {
        let Some(site) = beside(shared, lease, home, &seen, now).await else {
            return Ok(seen);
        };
        let mut after = old.clone();
        after.memory.site = Some(site.clone());
        let spoke =
            matches!(&seen, Seen::Document(document) if newest(document, now) > old.last_new);
        evidence.site = Some(site);
        health::frozen(now, &after, &patience).filter(|_| !spoke)
    } else {
        None
    };
    let Some(why) = why else {
        return Ok(seen);
    };
    let mut avoid = old.memory.refused.clone();
    avoid.push((old.way, address.clone()));
    let found = found_from(shared, &source, home, &avoid, now).await;
    match found {
        Some(Seen::Document(mut document)) if better(&document, &why) => {
            document.note = Some(Remark::NoLongerTells {
                old_way: old.way,
                old_url: address.to_string(),
                way: document.way,
                url: document.address.to_string(),
            });
            document.why = Some(why);
            // What was seen beside the feed is now what is read.
            evidence.site = None;
            Ok(Seen::Document(document))
        }
        _ => Ok(seen),
    }
}

/// Whether another way mends what is wrong with the one in use.
pub(super) fn better(found: &Document, why: &Symptom) -> bool {
    let entries = found.feed.as_ref().map_or(0, |feed| feed.items.len());
    match why {
        Symptom::Redesigned { before, now } => {
            entries as u32 > *now && entries as u32 * 2 >= *before
        }
        _ => entries > 0,
    }
}

pub(super) fn newest(document: &Document, now: Timestamp) -> Option<Timestamp> {
    let feed = document.feed.as_ref()?;
    let published = feed.items.iter().filter_map(|item| item.published);
    published.filter(|at| *at <= now).max()
}

/// A page that listed far less on the visit before, and does so still.
pub(super) fn shrunk(old: &SourceState, seen: &Seen) -> Option<Symptom> {
    let Seen::Document(document) = seen else {
        return None;
    };
    let listed = document.feed.as_ref()?.items.len() as u32;
    let again = old.memory.fewer.is_some();
    (again && document.way.is_bare()).then(|| Symptom::Redesigned {
        before: old.memory.lists.round() as u32,
        now: listed,
    })
}

/// What the site's own page lists, beside the feed.
pub(super) async fn beside(
    shared: &Shared,
    lease: &Lease,
    home: &Url,
    seen: &Seen,
    now: Timestamp,
) -> Option<crate::domain::SiteSeen> {
    let Ok(fetched) = shared.fetcher.fetch(&Request::page(home.clone())).await else {
        // A page that cannot be read now is looked at again when it is time.
        let mut site = lease.state.memory.site.clone()?;
        site.at = now;
        return Some(site);
    };
    let in_feed: Vec<crate::domain::Draft> = match seen {
        Seen::Document(document) => document
            .feed
            .as_ref()
            .map(|feed| feed.items.clone())
            .unwrap_or_default(),
        Seen::NotModified(_) => Vec::new(),
    };
    let (source, state, store) = (
        lease.source.clone(),
        lease.state.clone(),
        shared.store.clone(),
    );
    shared
        .compute(move || {
            let html = ways::decoded(&fetched);
            let (listing, _) = ways::listed(&html, &fetched.url, &source, now);
            let drafts: Vec<_> = listing
                .items
                .into_iter()
                .map(crate::reading::listing::Listed::into_draft)
                .filter(|draft| draft.url.is_some())
                .collect();
            let found = crate::crawling::decide::candidates(&source, drafts);
            let keys: Vec<_> = found
                .iter()
                .map(|candidate| candidate.keys.clone())
                .collect();
            let known = store.known(&source.id, &keys).ok()?;
            let titles: HashSet<String> = in_feed
                .iter()
                .map(|draft| crate::crawling::decide::letters(&draft.title))
                .collect();
            let urls: HashSet<_> = in_feed
                .iter()
                .filter_map(|draft| draft.url.as_ref())
                .map(crate::domain::CanonicalUrl::of)
                .collect();
            let page: Vec<health::Looked> = found
                .into_iter()
                .zip(known)
                .filter_map(|(candidate, known)| {
                    let url = candidate.draft.url?;
                    let in_feed = urls.contains(&crate::domain::CanonicalUrl::of(&url))
                        || titles
                            .contains(&crate::crawling::decide::letters(&candidate.draft.title));
                    Some(health::Looked {
                        published: candidate.draft.published,
                        known: known.is_some() || in_feed,
                        url,
                    })
                })
                .collect();
            Some(health::looked(&state, &page, now))
        })
        .await
}
