//! Feeds that stopped while their sites go on: the commonest fault, and the least noticed.
//!
//! The page of the site is looked at now and then beside the feed, more often while the feed is quiet. What it lists that was not
//! there at the look before, and that the feed does not have after some time either, says that the feed stands still.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault};

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHasher;
use url::Url;

use super::{Patience, rhythm};
use crate::domain::{CanonicalUrl, SiteSeen, SourceState, Symptom, Way};

/// Most addresses of a page that are remembered.
const MOST: usize = 60;

/// Pages of another kind that are reckoned with, at most.
const MOST_OTHERS: u32 = 3;
/// Visits after which a source is known well enough for a look beside its feed.
const SETTLED: u64 = 3;

/// An announcement that a site's page lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// Where it is.
    pub url: Url,
    /// When it was published, where the page says so.
    pub published: Option<Timestamp>,
    /// Whether the feed has had it.
    pub known: bool,
}

/// Whether it is time to look at the site's page beside its feed.
#[must_use]
pub fn look_due(state: &SourceState, now: Timestamp, patience: &Patience) -> bool {
    if !matches!(state.way, Way::Feed | Way::Wordpress) || state.address.is_none() {
        return false;
    }
    let Some(site) = &state.memory.site else {
        return state.visits >= SETTLED;
    };
    let usual = rhythm::usual(state);
    let quiet = state
        .last_new
        .is_none_or(|last| rhythm::worked(last, now) > usual * 0.8);
    let every = if site.ahead.is_some() {
        patience.look.min(patience.settle)
    } else if quiet {
        let half = SignedDuration::try_from_secs_f64(usual * 0.4).unwrap_or(patience.rare_look);
        half.max(patience.look).min(patience.rare_look)
    } else {
        patience.rare_look
    };
    now.duration_since(site.at) >= every
}

/// What a look at the page adds to the look before.
#[must_use]
pub fn looked(state: &SourceState, page: &[Looked], now: Timestamp) -> SiteSeen {
    let before = state.memory.site.as_ref();
    let old: HashSet<u32> = before
        .into_iter()
        .flat_map(|site| site.listed.iter().copied())
        .collect();
    // Where the feed has spoken since, what it left out is none of what it tells.
    let spoke = before
        .and_then(|site| site.ahead)
        .is_some_and(|ahead| state.last_new > Some(ahead));
    let still: HashSet<u32> = before
        .filter(|_| !spoke)
        .into_iter()
        .flat_map(|site| site.fresh.iter().copied())
        .collect();
    let dated = |looked: &Looked| looked.published.filter(|at| *at <= now);
    let feed = state.last_new;
    let mut seen = SiteSeen {
        at: now,
        newest: page.iter().filter_map(dated).max(),
        listed: Vec::new(),
        fresh: Vec::new(),
        ahead: before.filter(|_| !spoke).and_then(|site| site.ahead),
        others: before.map_or(0, |site| site.others),
    };
    // Where most tell their dates, what has none is of another kind.
    let tells = page
        .iter()
        .filter(|looked| looked.published.is_some())
        .count()
        * 2
        > page.len();
    for looked in page.iter().take(MOST) {
        let mark = mark(&looked.url);
        // By its date it is newer than all that the feed has; or it was not there before, and says nothing of its age.
        let newer = match (looked.published, feed) {
            (Some(at), Some(feed)) => Some(at > feed && at <= now),
            (None, _) if tells => Some(false),
            _ => None,
        };
        let came = before.is_some() && !old.contains(&mark);
        let fresh =
            still.contains(&mark) || (newer.unwrap_or(came) && !(spoke && old.contains(&mark)));
        if !looked.known && fresh && !seen.fresh.contains(&mark) {
            seen.fresh.push(mark);
        }
        seen.listed.push(mark);
    }
    if spoke && let Some(before) = before {
        let left_out = page
            .iter()
            .filter(|looked| !looked.known && before.fresh.contains(&mark(&looked.url)))
            .count() as u32;
        seen.others = (seen.others + left_out).min(MOST_OTHERS);
    }
    if seen.fresh.is_empty() {
        seen.ahead = None;
    } else if seen.ahead.is_none() {
        seen.ahead = Some(now);
    }
    seen
}

/// Whether the feed stands still while its site goes on.
#[must_use]
pub fn frozen(now: Timestamp, state: &SourceState, patience: &Patience) -> Option<Symptom> {
    found(now, state, patience).map(|(symptom, _)| symptom)
}

pub(super) fn found(
    now: Timestamp,
    state: &SourceState,
    patience: &Patience,
) -> Option<(Symptom, Timestamp)> {
    let site = state.memory.site.as_ref()?;
    if !matches!(state.way, Way::Feed | Way::Wordpress) {
        return None;
    }
    let ahead = site.ahead?;
    // Seen once more after a while: the feed had time, and has said nothing since.
    let settled = site.at.duration_since(ahead) >= patience.settle;
    let spoke = state.last_new.is_some_and(|last| last > ahead);
    // One page may be of a kind that the feed never has; two, or one and a long silence, are no chance.
    let quiet = match (state.last_new, rhythm::long(&state.memory)) {
        (Some(last), Some(gaps)) => rhythm::worked(last, now) > gaps.long * 1.3,
        _ => false,
    };
    let needed = if quiet { 1 } else { 2 } + site.others as usize;
    let stuck = settled && !spoke && site.fresh.len() >= needed;
    stuck.then_some((
        Symptom::Frozen {
            feed: state.last_new,
            site: site.newest,
        },
        state.last_new.unwrap_or(ahead),
    ))
}

/// What an address is remembered by.
fn mark(url: &Url) -> u32 {
    let hash = BuildHasherDefault::<FxHasher>::default().hash_one(CanonicalUrl::of(url).as_str());
    (hash >> 32) as u32
}
