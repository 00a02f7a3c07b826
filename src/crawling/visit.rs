//! One visit to one source: fetch, read, compare, decide, record.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::domain::{Fault, FaultKind, Phase, Source, SourceState, Validators, Way};
use crate::reading::feed::Feed;
use crate::reading::hub;
use crate::store::{Intent, Lease, Recorded, StoreError, Visit, VisitLog};

use super::decide::Manner;
use super::fetch::{Fetched, Request};
use super::lifecycle::{self, Outcome, ReadWell};
use super::shared::Shared;
use super::ways::{self, Failed, Found, Look, Looked, Plainly};
use super::weigh::weigh;

/// Most vanished entries whose pages are asked about in one visit.
const ASKED: usize = 5;
/// Failures in a row after which a server in trouble is taken for one that will not come back as it was.
const TROUBLED: u32 = 5;

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
    way: Way,
    /// The address to come back to.
    address: Url,
    hash: String,
    note: Option<String>,
    /// The ways of reading the source were compared.
    compared: bool,
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
            FaultKind::NothingListed,
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
    let policy = shared.policy(lease);
    let state = lifecycle::next(now, &lease.state, &outcome, &policy, fastrand::f64());
    if let (Some(to), Some((_, _))) = (&state.address, &lease.state.moving)
        && state.moving.is_none()
        && log.note.is_none()
        && lease.state.address.as_ref() != Some(to)
    {
        log.note = Some(format!(
            "moved for good to {to}, which is followed from now on"
        ));
    }
    if let Some(told) = lifecycle::fallen_back(&lease.state, &state, &policy, now) {
        log.note = Some(match log.note.take() {
            Some(note) => format!("{note}; {told}"),
            None => told,
        });
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

/// Where to look: the address that was found, else what the configuration says.
fn target(lease: &Lease) -> Option<Url> {
    let source = &lease.source;
    lease
        .state
        .address
        .clone()
        .or_else(|| source.feed.clone())
        .or_else(|| source.url.clone())
}

async fn look(shared: &Shared, lease: &Lease, url: &Url, now: Timestamp) -> Result<Seen, Fault> {
    let source = Arc::new(lease.source.clone());
    if lease.state.address.is_none() {
        return first(shared, &source, url, now).await;
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
            })))
        }
        Err(failed) => elsewhere(shared, lease, &source, url, failed, now).await,
    }
}

/// A source that nobody has read yet: its address may be a feed, a sitemap or a page, and vesti finds out which.
async fn first(
    shared: &Shared,
    source: &Arc<Source>,
    url: &Url,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let fetched = match shared.fetcher.fetch(&Request::feed(url.clone())).await {
        Ok(fetched) => fetched,
        Err(fault) => {
            // A feed's address that staff gave is wrong, or no longer right: perhaps the page knows the right one.
            return match &source.url {
                Some(home) if home != url && is_lost(&fault) => {
                    found_from(shared, source, home, now).await.ok_or(fault)
                }
                _ => Err(fault),
            };
        }
    };
    let source = source.clone();
    found_in(shared, &source, url, fetched, now).await
}

/// The best way to read a source whose address led to this document.
async fn found_in(
    shared: &Shared,
    source: &Arc<Source>,
    url: &Url,
    fetched: Fetched,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let tools = (&shared.fetcher, &shared.processors);
    let page = match ways::plainly(tools, source, url, fetched, now).await {
        Plainly::Read(found) => return Ok(document(*found, None)),
        Plainly::Fault(fault) => return Err(fault),
        Plainly::Page(page) => page,
    };
    let compared = ways::compare(&shared.fetcher, &shared.processors, source, *page, now).await;
    compared.found.map(|found| {
        let note = format!(
            "found its {} at {}: {}",
            found.way, found.address, found.why
        );
        document(found, Some(note))
    })
}

/// The same, from an address that is still to be fetched; `None` where that leads nowhere.
async fn found_from(
    shared: &Shared,
    source: &Arc<Source>,
    url: &Url,
    now: Timestamp,
) -> Option<Seen> {
    let page = shared
        .fetcher
        .fetch(&Request::feed(url.clone()))
        .await
        .ok()?;
    found_in(shared, source, url, page, now).await.ok()
}

fn document(found: Found, note: Option<String>) -> Seen {
    Seen::Document(Box::new(Document {
        fetched: found.fetched,
        feed: Some(found.feed),
        way: found.way,
        address: found.address,
        hash: found.body_hash,
        note,
        compared: true,
    }))
}

/// Looks whether there is a better way than the one in use; `None` where there is none, or none could be found out now.
async fn compared_again(
    shared: &Shared,
    lease: &Lease,
    source: &Arc<Source>,
    now: Timestamp,
) -> Option<Seen> {
    let url = source.url.as_ref().or(source.feed.as_ref())?;
    let seen = found_from(shared, source, url, now).await?;
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
fn is_lost(fault: &Fault) -> bool {
    match fault.kind {
        FaultKind::Gone | FaultKind::Unreadable | FaultKind::NothingListed => true,
        // An answer of 500 and more is trouble of the server's, not of the address.
        FaultKind::Status => fault.status.is_none_or(|status| status < 500),
        _ => false,
    }
}

/// The way in use failed: looks for another one from the source's own page before giving up on this visit. While the
/// server itself is in trouble, only after some time: it will probably come back as it was.
async fn elsewhere(
    shared: &Shared,
    lease: &Lease,
    source: &Arc<Source>,
    url: &Url,
    Failed { fault, page }: Failed,
    now: Timestamp,
) -> Result<Seen, Fault> {
    let in_vain = matches!(lease.state.phase, Phase::Failing { tries, .. } if tries >= TROUBLED);
    let lost = is_lost(&fault) || (fault.kind == FaultKind::Status && in_vain);
    let Some(home) = source.url.as_ref().filter(|_| lost) else {
        return Err(told(lease, fault));
    };
    let found = match page {
        // What came is the page that would be asked.
        page if home == url => match page {
            Some(page) => found_in(shared, source, url, *page, now).await.ok(),
            None => None,
        },
        _ => found_from(shared, source, home, now).await,
    };
    match found {
        Some(Seen::Document(mut document))
            if document.address != *url || document.way != lease.state.way =>
        {
            document.note = Some(format!(
                "its {} at {url} failed ({fault}), so it is read from its {} at {} from now on",
                lease.state.way, document.way, document.address
            ));
            Ok(Seen::Document(document))
        }
        _ => Err(told(lease, fault)),
    }
}

/// A list that became empty is told as what it is: a fault, with what was there before.
fn told(lease: &Lease, mut fault: Fault) -> Fault {
    let before = lease.state.listed;
    if fault.kind == FaultKind::NothingListed && before > 0 {
        fault.message = format!(
            "{}, where it listed {before} before: was the site redesigned?",
            fault.message
        );
    }
    fault
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
        listed: document
            .feed
            .as_ref()
            .map_or(lease.state.listed, |feed| feed.items.len() as u32),
        address: document.address,
        way: document.way,
        compared: document.compared,
        validators: document.fetched.validators,
        body_hash: document.hash,
        wait: document.fetched.max_age,
        published: Vec::new(),
        new: 0,
        permanent: document.fetched.permanent,
        links: match &document.feed {
            Some(feed) if document.way == Way::Feed => {
                hub::links(&document.fetched.links, feed, &document.fetched.url)
            }
            Some(_) => None,
            // What is byte for byte what it was says what it said.
            None => lease.state.pushes.links.clone(),
        },
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
    let manner = Manner {
        bare: well.way.is_bare(),
        another: lease.state.address.is_some()
            && (lease.state.way, lease.state.address.as_ref()) != (well.way, Some(&well.address)),
    };
    let (mut intents, listed) = weigh(shared, source, feed.items, manner, now).await?;
    well.new = intents
        .iter()
        .filter(|intent| matches!(intent, Intent::Insert(_)))
        .count();
    let first_visit = matches!(lease.state.phase, Phase::New);
    // What a sitemap leaves out is not taken back.
    if complete && !first_visit && well.way != Way::Sitemap {
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
