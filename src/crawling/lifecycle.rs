//! What becomes of a source after a visit: one pure function.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::health::{self, Patience, rhythm, silence};
use crate::domain::{Fault, FaultKind, HubLinks, Phase, SourceState, Validators, Way};

mod pushes;

pub use pushes::fallen_back;

/// The bounds that the configuration sets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Shortest time between two visits.
    pub min_interval: Duration,
    /// Longest time between two visits to a source that answers.
    pub max_interval: Duration,
    /// A fixed interval for this source.
    pub fixed: Option<Duration>,
    /// Until when a hub has agreed to push it.
    pub pushed_until: Option<Timestamp>,
    /// How long to wait before something is called a fault.
    pub patience: Patience,
}

/// What a visit came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The server said that nothing changed (304).
    NotModified {
        /// How long it says that will stay so.
        max_age: Option<Duration>,
    },
    /// A document came and was read.
    Read(Box<ReadWell>),
    /// It failed.
    Failed(Fault),
    /// A hub pushed a document, which was read.
    Pushed(PushedWell),
    /// A hub pushed something that cannot be read: there may be news.
    Nudged,
}

/// A document that was read without fault.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadWell {
    /// Where it was found.
    pub address: Url,
    /// How it was read.
    pub way: Way,
    /// How many announcements it lists.
    pub listed: u32,
    /// Whether the ways of reading the source were compared for it.
    pub compared: bool,
    /// What to recognise it by.
    pub validators: Validators,
    /// SHA-256 of its body, in hexadecimal.
    pub body_hash: String,
    /// How long the server or the feed asks to wait (the larger of Cache-Control and ttl).
    pub wait: Option<Duration>,
    /// When its entries were published, as far as they say, in any order.
    pub published: Vec<Timestamp>,
    /// How many of them were new to us.
    pub new: usize,
    /// Where permanent redirects led.
    pub permanent: Option<Url>,
    /// What it says of hubs.
    pub links: Option<HubLinks>,
}

/// A document that was pushed and read: not the whole feed, perhaps.
#[derive(Debug, Clone, PartialEq)]
pub struct PushedWell {
    /// When its entries were published, as far as they say, in any order.
    pub published: Vec<Timestamp>,
    /// How many of them were new to us.
    pub new: usize,
}

/// Where to look again when nothing is known of a source's rhythm.
const FIRST_INTERVAL: Duration = Duration::from_hours(6);
/// A 304 is not believed for longer: some servers say it for ever.
const BELIEVE_304: SignedDuration = SignedDuration::from_hours(20);
/// …nor for less than this.
const LEAST_BELIEVED: SignedDuration = SignedDuration::from_hours(6);
/// Visits in a row that must see the same permanent redirect before it is taken over.
const MOVES: u32 = 3;
/// First wait after a failure; doubled with each further one.
const FIRST_BACK_OFF: Duration = Duration::from_mins(5);
/// Longest wait between attempts in the first month of failures…
const BACK_OFF: Duration = Duration::from_hours(24);
/// …and after it: a surprising number of dead feeds come back.
const LONG_BACK_OFF: Duration = Duration::from_hours(24 * 7);
/// When a source that says that it is gone for good is asked again whether it is.
const SECOND_LOOK: Duration = Duration::from_hours(6);
/// How often a source that is gone for good is looked at all the same.
const GONE: Duration = Duration::from_hours(24 * 30);
/// No server may ask us to stay away for longer.
const LONGEST_WISH: Duration = Duration::from_hours(24 * 7);
/// How often the ways of reading a source are compared while there is doubt about the one in use.
const COMPARE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The state after a visit at `now`. `jitter` between 0 and 1 spreads visits, so that sources that failed together
/// do not come back together.
#[must_use]
pub fn next(
    now: Timestamp,
    old: &SourceState,
    saw: &Outcome,
    policy: &Policy,
    jitter: f64,
) -> SourceState {
    let mut state = old.clone();
    if !matches!(saw, Outcome::Pushed(_) | Outcome::Nudged) {
        state.last_visit = Some(now);
    }
    match saw {
        Outcome::Pushed(pushed) => pushes::came(&mut state, now, pushed, policy, jitter),
        Outcome::Nudged => pushes::nudge(&mut state, now, policy),
        Outcome::Failed(fault) => fail(&mut state, now, fault, policy, jitter),
        Outcome::NotModified { max_age } => {
            // Of redirects it says nothing: what was seen of them stands.
            succeed(&mut state, now);
            hear(&mut state, now, policy);
            pushes::polled(&mut state, now, 0, policy);
            schedule(&mut state, now, *max_age, policy, jitter);
        }
        Outcome::Read(read) => {
            succeed(&mut state, now);
            if read.new > 0 {
                state.last_new = Some(now);
            }
            let newest = read.published.iter().copied().filter(|at| *at <= now).max();
            state.last_new = state.last_new.max(newest);
            if let Some(gap) = usual_gap(&read.published, now) {
                state.rhythm = Some(gap);
            }
            rhythm::learn(&mut state.memory, &read.published, read.new, now);
            move_on(&mut state, read);
            state.way = read.way;
            state.listed = read.listed;
            if read.compared {
                state.compared = Some(now);
            }
            state.validators = read.validators.clone();
            state.body_hash = Some(read.body_hash.clone());
            state.last_full = Some(now);
            hear(&mut state, now, policy);
            state.pushes.links.clone_from(&read.links);
            pushes::polled(&mut state, now, read.new, policy);
            schedule(&mut state, now, read.wait, policy, jitter);
        }
    }
    state
}

/// What to send so that the server may answer 304; `None` when it is time for the whole document.
#[must_use]
pub fn condition(state: &SourceState, now: Timestamp) -> Option<&Validators> {
    // A source that publishes often is to be caught out soon when it says so falsely.
    let usual = seconds(rhythm::usual(state) * 1.5);
    let believe = SignedDuration::try_from(usual)
        .unwrap_or(BELIEVE_304)
        .clamp(LEAST_BELIEVED, BELIEVE_304);
    let fresh = state
        .last_full
        .is_some_and(|full| now.duration_since(full) < believe);
    let any = state.validators.etag.is_some() || state.validators.last_modified.is_some();
    (fresh && any && health::believed(state, now)).then_some(&state.validators)
}

/// Whether it is time to compare the ways of reading a source again: a page may have got a feed, and a feed that stopped
/// may be the only thing about its site that did.
#[must_use]
pub fn compare_again(state: &SourceState, now: Timestamp) -> bool {
    let doubtful = state.way != Way::Feed || matches!(state.phase, Phase::Silent { .. });
    let long_ago = state
        .compared
        .is_none_or(|at| now.duration_since(at) >= COMPARE);
    state.address.is_some() && doubtful && long_ago
}

fn succeed(state: &mut SourceState, now: Timestamp) {
    state.phase = Phase::Healthy;
    state.last_success = Some(now);
    state.visits += 1;
}

/// Tells a source that answers from one that also says something.
fn hear(state: &mut SourceState, now: Timestamp, policy: &Policy) {
    if let Some(since) = silence::since(state, now, &policy.patience) {
        state.phase = Phase::Silent { since };
    }
}

fn fail(state: &mut SourceState, now: Timestamp, fault: &Fault, policy: &Policy, jitter: f64) {
    if fault.kind == FaultKind::Gone {
        let (since, wait) = match state.phase {
            Phase::Gone { since } => (since, GONE),
            // A second look today: a site that is being moved may say 410 for an hour.
            _ => (now, SECOND_LOOK),
        };
        state.phase = Phase::Gone { since };
        state.next_visit = after(now, wait, jitter);
        return;
    }
    let (since, tries) = match &state.phase {
        Phase::Failing { since, tries, .. } => (*since, tries.saturating_add(1)),
        _ => (now, 1),
    };
    let most = if now.duration_since(since) > SignedDuration::from_hours(24 * 30) {
        LONG_BACK_OFF
    } else {
        BACK_OFF
    };
    // Whoever wants a source visited every minute wants to know within minutes whether it is back.
    let first = policy
        .fixed
        .map_or(FIRST_BACK_OFF, |fixed| fixed.min(FIRST_BACK_OFF))
        .max(policy.min_interval)
        .min(BACK_OFF);
    let wait = first.saturating_mul(1 << (tries - 1).min(16)).min(most);
    let wish = fault
        .retry_after
        .map_or(Duration::ZERO, Duration::from_secs)
        .min(LONGEST_WISH);
    state.phase = Phase::Failing {
        since,
        tries,
        fault: fault.clone(),
    };
    state.next_visit = after(now, wait.max(wish), jitter);
}

/// Follows a permanent redirect for good once it was seen often enough.
fn move_on(state: &mut SourceState, read: &ReadWell) {
    state.moving = match (&read.permanent, &state.moving) {
        (Some(to), Some((before, seen))) if to == before => Some((to.clone(), seen + 1)),
        (Some(to), _) => Some((to.clone(), 1)),
        (None, _) => None,
    };
    state.address = match &state.moving {
        Some((to, seen)) if *seen >= MOVES => Some(to.clone()),
        _ => Some(read.address.clone()),
    };
    if state
        .moving
        .as_ref()
        .is_some_and(|(_, seen)| *seen >= MOVES)
    {
        state.moving = None;
    }
}

/// The usual gap between publications in seconds: the median over the latest thirty.
fn usual_gap(published: &[Timestamp], now: Timestamp) -> Option<f64> {
    let mut times: Vec<i64> = published
        .iter()
        .filter(|at| **at <= now)
        .map(|at| at.as_second())
        .collect();
    times.sort_unstable_by(|a, b| b.cmp(a));
    times.truncate(30);
    let mut gaps: Vec<i64> = times.windows(2).map(|pair| pair[0] - pair[1]).collect();
    gaps.sort_unstable();
    // Several at once are one occasion, but not a gap of nothing.
    gaps.get(gaps.len() / 2).map(|gap| (*gap).max(60) as f64)
}

/// Three looks a usual gap; the longer nothing came, the rarer.
fn schedule(
    state: &mut SourceState,
    now: Timestamp,
    wish: Option<Duration>,
    policy: &Policy,
    jitter: f64,
) {
    let own = policy.fixed.unwrap_or_else(|| {
        let quiet = state
            .last_new
            .map_or(0.0, |last| now.duration_since(last).as_secs_f64().max(0.0));
        let own = state
            .rhythm
            .map_or(FIRST_INTERVAL, |gap| seconds((gap / 3.0).max(quiet / 8.0)));
        own.clamp(
            policy.min_interval,
            policy.max_interval.max(policy.min_interval),
        )
    });
    let interval = if state.pushes.relied {
        own.max(pushes::RARE.min(policy.max_interval))
    } else {
        own
    };
    let wish = wish.unwrap_or_default().min(policy.max_interval);
    let wait = interval.max(wish);
    state.interval = wait.as_secs();
    state.next_visit = after(now, wait, jitter);
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(GONE)
}

/// `wait` and up to a tenth more from now.
fn after(now: Timestamp, wait: Duration, jitter: f64) -> Timestamp {
    let wait = wait.min(GONE).mul_f64(1.0 + jitter.clamp(0.0, 1.0) / 10.0);
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
