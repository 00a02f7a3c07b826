//! What a document brings: compared with what is known, and set aside where it is not the source’s own.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::crawling::decide::Manner;
use crate::crawling::fetch::Request;
use crate::crawling::health;
use crate::crawling::health::{Anew, Evidence, Heard, Lists};
use crate::crawling::lifecycle::{Outcome, ReadWell};
use crate::crawling::shared::Shared;
use crate::crawling::weigh::weigh;
use crate::domain::{FaultKind, Phase, Remark, Symptom, Validators, Way};
use crate::reading::hub;
use crate::reading::signs::strangers;
use crate::store::{Intent, Lease, StoreError};

use super::Document;

/// How sure a language must be to count as one that the source writes in.
const CLEAR: f32 = 0.6;
/// Most vanished entries whose pages are asked about in one visit.
const ASKED: usize = 5;

/// What a document came to.
pub(super) struct Weighed {
    pub(super) outcome: Outcome,
    pub(super) intents: Vec<Intent>,
    /// What staff should know of it.
    pub(super) note: Option<Remark>,
}

/// Compares a document with what is known and decides what to record.
pub(super) async fn read(
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
        note = Some(Remark::AsideFewer {
            count: u64::from(entries),
            before: old.memory.lists.round() as u64,
            known: listed.len() as u64,
        });
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
pub(super) fn newer(intents: &[Intent], last: Option<Timestamp>) -> u32 {
    let dates = intents.iter().filter_map(|intent| match intent {
        Intent::Insert(item) => item.draft.published,
        _ => None,
    });
    dates.filter(|at| Some(*at) > last).count() as u32
}

/// What is new, as it sounds, the oldest first.
pub(super) fn heard(intents: &[Intent]) -> Vec<Heard> {
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
pub(super) fn aside(symptom: &Symptom, count: usize) -> Remark {
    let count = count as u64;
    match symptom {
        Symptom::OtherSubject { sign } => Remark::AsideStrange {
            count,
            said: sign.clone(),
        },
        Symptom::OtherLanguage { now, .. } => Remark::AsideForeign {
            count,
            language: *now,
        },
        _ => Remark::AsideUnlike { count },
    }
}

/// Entries that older and newer ones outlive in the feed are probably taken back; their pages know.
pub(super) async fn vanished(
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
