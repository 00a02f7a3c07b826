//! One visit to one source: fetch, read, compare, decide, record.

use url::Url;

use crate::crawling::fetch::Fetched;
use crate::crawling::health::Evidence;
use crate::crawling::lifecycle::Outcome;
use crate::crawling::shared::Shared;
use crate::crawling::{health, lifecycle};
use crate::domain::{Fault, FaultKind, Reason, Remark, SourceState, Symptom, Way};
use crate::reading::feed::Feed;
use crate::store::{Intent, Lease, Recorded, StoreError, Visit, VisitLog};

mod heal;
mod look;
mod weighed;

use heal::healed;
use look::look;
use weighed::read;

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
    note: Option<Remark>,
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
        None => Err(Fault::because(FaultKind::NothingListed, Reason::NoAddress)),
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
        log.note = Some(Remark::MovedForGood {
            url: to.to_string(),
        });
    }
    if let Some(told) = lifecycle::fallen_back(&lease.state, &state, &policy, now) {
        log.note = Some(match log.note.take() {
            Some(note) => note.and(told),
            None => told,
        });
    }
    log.note = log.note.take().map(Remark::clean);
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
