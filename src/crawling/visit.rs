//! One visit to one source: fetch, read, compare, decide, record.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::domain::{
    Fault, FaultKind, Phase, SignKind, Source, SourceState, Symptom, Validators, Way,
};
use crate::reading::feed::Feed;
use crate::reading::hub;
use crate::reading::signs::{sign_of, strangers};
use crate::store::{Intent, Lease, Recorded, StoreError, Visit, VisitLog};

use super::decide::Manner;
use super::fetch::{Fetched, Request};
use super::health::{self, Anew, Evidence, Heard, Lists};
use super::lifecycle::{self, Outcome, ReadWell};
use super::shared::Shared;
use super::ways::{self, Failed, Found, Look, Looked, Plainly};
use super::weigh::weigh;

/// How sure a language must be to count as one that the source writes in.
const CLEAR: f32 = 0.6;
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
    /// What was wrong with the way before, where this is another.
    why: Option<Symptom>,
}

enum Seen {
    NotModified(Box<Fetched>),
    Document(Box<Document>),
}

/// Visits a source and records what came of it.
pub(super) async fn visit(shared: &Shared, lease: &Lease) -> Result<Report, StoreError> {
    let started = shared.clock.now();
    let target = target(lease);
    let mut evidence = Evidence {
        languages: lease.source.languages.clone(),
        ..Evidence::default()
    };
    let seen = match &target {
        Some(url) => {
            let seen = look(shared, lease, url, started).await;
            healed(shared, lease, seen, &mut evidence, started).await
        }
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
            evidence.not_modified = true;
            (Outcome::NotModified { max_age }, Vec::new())
        }
        Ok(Seen::Document(document)) => {
            log.status = Some(document.fetched.status);
            log.millis = document.fetched.millis;
            log.bytes = document.fetched.body.len() as u64;
            log.listed = document.feed.as_ref().map_or(0, |feed| feed.items.len()) as u32;
            log.note.clone_from(&document.note);
            log.url = document.address.to_string();
            let aside = read(shared, lease, *document, &mut evidence, now).await?;
            if let Some(told) = aside.note {
                log.note = Some(told);
            }
            (aside.outcome, aside.intents)
        }
    };
    let count =
        |wanted: fn(&Intent) -> bool| intents.iter().filter(|intent| wanted(intent)).count() as u32;
    log.new = count(|intent| matches!(intent, Intent::Insert(_)));
    log.changed = count(|intent| !matches!(intent, Intent::Insert(_)));
    let policy = shared.policy(lease);
    let mut state = lifecycle::next(now, &lease.state, &outcome, &policy, fastrand::f64());
    evidence.certificate = log
        .url
        .parse()
        .ok()
        .and_then(|url: Url| shared.fetcher.certificate(&url));
    if evidence.anew.is_none()
        && lease.state.way == state.way
        && let (Some(from), Some(to)) = (&lease.state.address, &state.address)
        && from != to
        && lease
            .state
            .moving
            .as_ref()
            .is_some_and(|(moving, _)| moving == to)
    {
        evidence.moved = Some((from.clone(), to.clone()));
    }
    health::diagnose(now, &lease.state, &evidence, &mut state, &policy.patience);
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

/// Looks at the site's page beside a feed that was read, when it is time; and where the feed stands still while the site goes on,
/// or a page lists far less than it did, reads the source another way.
async fn healed(
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
            document.note = Some(format!(
                "its {} at {address} no longer tells what is new, so it is read from its {} at {} from now on",
                old.way, document.way, document.address
            ));
            document.why = Some(why);
            // What was seen beside the feed is now what is read.
            evidence.site = None;
            Ok(Seen::Document(document))
        }
        _ => Ok(seen),
    }
}

/// Whether another way mends what is wrong with the one in use.
fn better(found: &Document, why: &Symptom) -> bool {
    let entries = found.feed.as_ref().map_or(0, |feed| feed.items.len());
    match why {
        Symptom::Redesigned { before, now } => {
            entries as u32 > *now && entries as u32 * 2 >= *before
        }
        _ => entries > 0,
    }
}

fn newest(document: &Document, now: Timestamp) -> Option<Timestamp> {
    let feed = document.feed.as_ref()?;
    let published = feed.items.iter().filter_map(|item| item.published);
    published.filter(|at| *at <= now).max()
}

/// A page that listed far less on the visit before, and does so still.
fn shrunk(old: &SourceState, seen: &Seen) -> Option<Symptom> {
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
async fn beside(
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
            let found = super::decide::candidates(&source, drafts);
            let keys: Vec<_> = found
                .iter()
                .map(|candidate| candidate.keys.clone())
                .collect();
            let known = store.known(&source.id, &keys).ok()?;
            let titles: HashSet<String> = in_feed
                .iter()
                .map(|draft| super::decide::letters(&draft.title))
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
                        || titles.contains(&super::decide::letters(&candidate.draft.title));
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
async fn first(
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
async fn found_in(
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

fn document(found: Found, note: Option<String>) -> Seen {
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
async fn compared_again(
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
            document.note = Some(format!(
                "its {} at {url} failed ({fault}), so it is read from its {} at {} from now on",
                lease.state.way, document.way, document.address
            ));
            document.why = Some(health::symptom(&fault, 1, &lease.state));
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

/// What a document came to.
struct Weighed {
    outcome: Outcome,
    intents: Vec<Intent>,
    /// What staff should know of it.
    note: Option<String>,
}

/// Compares a document with what is known and decides what to record.
async fn read(
    shared: &Shared,
    lease: &Lease,
    document: Document,
    evidence: &mut Evidence,
    now: Timestamp,
) -> Result<Weighed, StoreError> {
    let source = lease.source.clone();
    let old = &lease.state;
    let same_validators = document.fetched.validators == old.validators
        && document.fetched.validators != Validators::default();
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
        return Ok(Weighed {
            outcome: Outcome::Read(Box::new(well)),
            intents: Vec::new(),
            note: None,
        });
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
    let another =
        old.address.is_some() && (old.way, old.address.as_ref()) != (well.way, Some(&well.address));
    let manner = Manner {
        bare: well.way.is_bare(),
        another,
    };
    let entries = feed.items.len() as u32;
    let (mut intents, listed) = weigh(shared, source, feed.items, manner, now).await?;
    well.new = intents
        .iter()
        .filter(|intent| matches!(intent, Intent::Insert(_)))
        .count();
    let first_visit = matches!(old.phase, Phase::New);
    let lists = Lists {
        listed: entries,
        known: listed.len() as u32,
        new: well.new as u32,
        newer: newer(&intents, old.last_new),
        guessed: well.way.is_bare(),
        same_validators: same_validators && !another,
    };
    let (heard, returned) = shared.compute(move || (heard(&intents), intents)).await;
    intents = returned;
    if let Some(symptom) = health::judge(now, &old.memory, &evidence.languages, &heard) {
        // What a stranger writes is not recorded, nor does it teach anything of the source.
        evidence.heard = heard;
        evidence.lists = None;
        let note = Some(aside(&symptom, well.new));
        well.published.clear();
        well.new = 0;
        if let (true, Some(address)) = (another, &old.address) {
            well.address.clone_from(address);
            well.way = old.way;
        }
        well.listed = old.listed;
        well.permanent = None;
        return Ok(Weighed {
            outcome: Outcome::Read(Box::new(well)),
            intents: Vec::new(),
            note,
        });
    }
    evidence.lists = Some(lists);
    let mut note = None;
    if !another && !first_visit && health::suspects(&old.memory, &lists) {
        // Its menu, perhaps, or nothing but what an error left: not recorded until it was seen several times.
        note = Some(format!(
            "it lists {entries} where it listed {:.0}, {} of them known: they are kept aside until the next visits",
            old.memory.lists,
            listed.len()
        ));
        well.new = 0;
        well.published.clear();
        return Ok(Weighed {
            outcome: Outcome::Read(Box::new(well)),
            intents: Vec::new(),
            note,
        });
    }
    if let (true, Some(address)) = (another, &old.address)
        && let Some(why) = document.why
    {
        evidence.anew = Some(Anew {
            from: (old.way, address.clone()),
            to: (well.way, well.address.clone()),
            why,
        });
    }
    // A first visit is heard as well: it says what is usual.
    evidence.heard = heard;
    // What a sitemap leaves out is not taken back.
    if complete && !first_visit && well.way != Way::Sitemap {
        intents.extend(vanished(shared, lease, &well.published, &listed).await?);
    }
    Ok(Weighed {
        outcome: Outcome::Read(Box::new(well)),
        intents,
        note: note.take(),
    })
}

/// How many of the new announcements are newer by their own dates than all that was known.
fn newer(intents: &[Intent], last: Option<Timestamp>) -> u32 {
    let dates = intents.iter().filter_map(|intent| match intent {
        Intent::Insert(item) => item.draft.published,
        _ => None,
    });
    dates.filter(|at| Some(*at) > last).count() as u32
}

/// What is new, as it sounds, the oldest first.
fn heard(intents: &[Intent]) -> Vec<Heard> {
    let inserts = intents.iter().filter_map(|intent| match intent {
        Intent::Insert(item) => Some(item),
        _ => None,
    });
    inserts
        .map(|item| {
            let text = if item.draft.text.is_empty() {
                &item.excerpt
            } else {
                &item.draft.text
            };
            Heard {
                language: item
                    .lang
                    .filter(|found| found.confidence >= CLEAR)
                    .map(|found| found.lang),
                strange: strangers(&item.draft.title, text).map(str::to_owned),
            }
        })
        .collect()
}

/// What staff is told of announcements that are not recorded.
fn aside(symptom: &Symptom, count: usize) -> String {
    let why = match symptom {
        Symptom::OtherSubject { sign } => format!("they are a stranger's (“{sign}”)"),
        Symptom::OtherLanguage { now, .. } => format!("they are in another language ({now})"),
        _ => "they are not like it".to_owned(),
    };
    format!("{count} new announcements are kept aside: {why}; does the domain have another owner?")
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
