//! One visit to one source: fetch, read, compare, decide, record.

use std::collections::HashSet;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use crate::domain::{Fault, FaultKind, Phase, SourceState, Validators};
use crate::reading::feed::{self, Feed};
use crate::store::{Intent, Lease, Recorded, StoreError, Visit, VisitLog};
use crate::understanding::understand;

use super::decide::{self, Candidate};
use super::discover::{self, Found};
use super::fetch::{Fetched, Request};
use super::lifecycle::{self, Outcome, Policy, ReadWell};
use super::shared::Shared;

/// Most vanished entries whose pages are asked about in one visit.
const ASKED: usize = 5;

/// What came of a visit, for the log and the terminal.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which source.
    pub source: crate::domain::SourceId,
    /// How it went.
    pub log: VisitLog,
    /// The state after it.
    pub state: SourceState,
}

/// A document that was read.
struct Document {
    fetched: Fetched,
    /// `None` where it is byte for byte what it was last time.
    feed: Option<Feed>,
    /// The address to come back to.
    address: Url,
    hash: String,
    note: Option<String>,
}

enum Seen {
    NotModified(Box<Fetched>),
    Document(Box<Document>),
}

/// Visits a source and records what came of it.
pub(super) async fn visit(shared: &Shared, lease: &Lease) -> Result<Report, StoreError> {
    let started = shared.clock.now();
    let target = target(lease);
    let seen = match &target {
        Some(url) => look(shared, lease, url, started).await,
        None => Err(Fault::new(
            FaultKind::NoFeed,
            "it has no address in sources.toml: give it a url, or pause it",
        )),
    };
    let now = shared.clock.now();
    let mut log = VisitLog {
        at: started,
        url: target.map(String::from).unwrap_or_default(),
        status: None,
        millis: u64::try_from(now.duration_since(started).as_millis()).unwrap_or_default(),
        bytes: 0,
        listed: 0,
        new: 0,
        changed: 0,
        fault: None,
        note: None,
    };
    let (outcome, intents) = match seen {
        Err(fault) => {
            log.status = fault.status;
            log.fault = Some(fault.clone());
            (Outcome::Failed(fault), Vec::new())
        }
        Ok(Seen::NotModified(fetched)) => {
            log.status = Some(fetched.status);
            log.millis = fetched.millis;
            let max_age = fetched.max_age;
            (Outcome::NotModified { max_age }, Vec::new())
        }
        Ok(Seen::Document(document)) => {
            log.status = Some(document.fetched.status);
            log.millis = document.fetched.millis;
            log.bytes = document.fetched.body.len() as u64;
            log.listed = document.feed.as_ref().map_or(0, |feed| feed.items.len()) as u32;
            log.note.clone_from(&document.note);
            log.url = document.address.to_string();
            read(shared, lease, *document, now).await?
        }
    };
    let count =
        |wanted: fn(&Intent) -> bool| intents.iter().filter(|intent| wanted(intent)).count() as u32;
    log.new = count(|intent| matches!(intent, Intent::Insert(_)));
    log.changed = count(|intent| !matches!(intent, Intent::Insert(_)));
    let policy = Policy {
        min_interval: shared.settings.min_interval,
        max_interval: shared.settings.max_interval,
        fixed: lease.source.interval,
    };
    let state = lifecycle::next(now, &lease.state, &outcome, &policy, fastrand::f64());
    if let (Some(to), Some((_, _))) = (&state.feed, &lease.state.moving)
        && state.moving.is_none()
        && lease.state.feed.as_ref() != Some(to)
    {
        log.note = Some(format!(
            "moved for good to {to}, which is followed from now on"
        ));
    }
    let visit = Visit {
        at: now,
        state: state.clone(),
        intents,
        log: log.clone(),
    };
    let Recorded { inserted, .. } = shared.record(lease, visit).await?;
    log.new = inserted.len() as u32;
    Ok(Report {
        source: lease.source.id.clone(),
        log,
        state,
    })
}

/// Where to look: the feed that was found, else what the configuration says.
fn target(lease: &Lease) -> Option<Url> {
    let source = &lease.source;
    lease
        .state
        .feed
        .clone()
        .or_else(|| source.feed.clone())
        .or_else(|| source.url.clone())
}

async fn look(shared: &Shared, lease: &Lease, url: &Url, now: Timestamp) -> Result<Seen, Fault> {
    let mut request = Request::feed(url.clone());
    if lease.state.feed.is_some() {
        request.validators = lifecycle::condition(&lease.state, now).cloned();
    }
    let fetched = match shared.fetcher.fetch(&request).await {
        Ok(fetched) => fetched,
        Err(fault) => return elsewhere(shared, lease, url, fault, now).await,
    };
    if fetched.not_modified {
        return Ok(Seen::NotModified(Box::new(fetched)));
    }
    if !feed::looks_like_feed(&fetched.body, fetched.content_type.as_deref()) {
        let found = match lease.state.feed {
            // The feed of old shows a page now: perhaps that page, else the home page, knows the new one.
            Some(_) => match discover::search(shared, fetched, &lease.source, now).await {
                Ok(found) => Ok(found),
                Err(fault) => return elsewhere(shared, lease, url, fault, now).await,
            },
            None => discover::search(shared, fetched, &lease.source, now).await,
        }?;
        return Ok(found_anew(found));
    }
    document(shared, lease, url, fetched, now).await
}

/// The feed in use failed: looks for another one from the source's own page before giving up on this visit.
async fn elsewhere(
    shared: &Shared,
    lease: &Lease,
    url: &Url,
    fault: Fault,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let lost = matches!(
        fault.kind,
        FaultKind::Status | FaultKind::Gone | FaultKind::Unreadable | FaultKind::NoFeed
    );
    let Some(home) = lease
        .source
        .url
        .as_ref()
        .filter(|home| lost && *home != url)
    else {
        return Err(fault);
    };
    let Ok(page) = shared.fetcher.fetch(&Request::feed(home.clone())).await else {
        return Err(fault);
    };
    if feed::looks_like_feed(&page.body, page.content_type.as_deref()) {
        return match document(shared, lease, home, page, now).await {
            Ok(seen) => Ok(seen),
            Err(_) => Err(fault),
        };
    }
    match discover::search(shared, page, &lease.source, now).await {
        Ok(found) if found.address != *url => Ok(found_anew(found)),
        _ => Err(fault),
    }
}

fn found_anew(found: Found) -> Seen {
    let hash = hash(&found.fetched.body);
    Seen::Document(Box::new(Document {
        note: Some(format!("found its feed at {}", found.address)),
        fetched: found.fetched,
        feed: Some(found.feed),
        address: found.address,
        hash,
    }))
}

async fn document(
    shared: &Shared,
    lease: &Lease,
    url: &Url,
    fetched: Fetched,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let source = lease.source.clone();
    let before = lease.state.body_hash.clone();
    let address = url.clone();
    shared
        .compute(move || {
            let hash = hash(&fetched.body);
            let feed = if before.as_ref() == Some(&hash) {
                None
            } else {
                Some(discover::read(&fetched, &source, now)?)
            };
            Ok(Seen::Document(Box::new(Document {
                fetched,
                feed,
                address,
                hash,
                note: None,
            })))
        })
        .await
}

/// Compares a document with what is known and decides what to record.
async fn read(
    shared: &Shared,
    lease: &Lease,
    document: Document,
    now: Timestamp,
) -> Result<(Outcome, Vec<Intent>), StoreError> {
    let source = lease.source.clone();
    let mut well = ReadWell {
        feed: document.address,
        validators: document.fetched.validators,
        body_hash: document.hash,
        wait: document.fetched.max_age,
        published: Vec::new(),
        new: 0,
        permanent: document.fetched.permanent,
    };
    let Some(feed) = document.feed else {
        return Ok((Outcome::Read(Box::new(well)), Vec::new()));
    };
    let complete = !feed.cut && !feed.repaired;
    if feed.repaired {
        // Perhaps it only broke off on the way: a 304 to its validators would hide the rest. Met once more byte for
        // byte, it is what the server has, and they are kept.
        well.validators = Validators::default();
    }
    let ttl = feed
        .ttl
        .and_then(|ttl| std::time::Duration::try_from(ttl).ok());
    well.wait = well.wait.max(ttl);
    well.published = feed
        .items
        .iter()
        .filter_map(|item| item.published)
        .collect();
    let store = shared.store.clone();
    let thesaurus = shared.thesaurus.clone();
    let drafts = feed.items;
    let (mut intents, listed) = shared
        .compute(move || {
            let mut found = decide::candidates(&source, drafts);
            let keys: Vec<_> = found
                .iter()
                .map(|candidate| candidate.keys.clone())
                .collect();
            let mut known = store.known(&source.id, &keys)?;
            for (candidate, known) in found.iter_mut().zip(&mut known) {
                // Guid and address may both be somebody else's.
                for _ in 0..2 {
                    match known {
                        Some(wrong) if decide::disown(candidate, wrong) => {
                            let keys = [candidate.keys.clone()];
                            *known = store.known(&source.id, &keys)?.pop().flatten();
                        }
                        _ => break,
                    }
                }
            }
            let listed: HashSet<_> = known.iter().flatten().map(|known| known.id).collect();
            let found: Vec<(Candidate, _)> = found.into_iter().zip(known).collect();
            let intents = decide::decide(found, |draft, keys, content_hash| {
                understand(draft, &source, &thesaurus, keys, content_hash, now)
            });
            Ok::<_, StoreError>((intents, listed))
        })
        .await?;
    well.new = intents
        .iter()
        .filter(|intent| matches!(intent, Intent::Insert(_)))
        .count();
    let first_visit = matches!(lease.state.phase, Phase::New);
    if complete && !first_visit {
        intents.extend(vanished(shared, lease, &well.published, &listed).await?);
    }
    Ok((Outcome::Read(Box::new(well)), intents))
}

/// Entries that older and newer ones outlive in the feed are probably taken back; their pages know.
async fn vanished(
    shared: &Shared,
    lease: &Lease,
    published: &[Timestamp],
    listed: &HashSet<crate::domain::ItemId>,
) -> Result<Vec<Intent>, StoreError> {
    let (Some(oldest), Some(newest)) = (published.iter().min(), published.iter().max()) else {
        return Ok(Vec::new());
    };
    let missing =
        shared
            .store
            .items_between(&lease.source.id, *oldest, *newest, listed.len() + 50)?;
    let missing = missing.into_iter().filter(|(id, _)| !listed.contains(id));
    let mut withdrawn = Vec::new();
    for (id, url) in missing.take(ASKED) {
        match shared.fetcher.fetch(&Request::page(url)).await {
            Err(fault) if fault.kind == FaultKind::Gone || fault.status == Some(404) => {
                withdrawn.push(Intent::Withdraw { id });
            }
            _ => {}
        }
    }
    Ok(withdrawn)
}

fn hash(body: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(body)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
