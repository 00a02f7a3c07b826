//! How far pushes stand in for polls, and when they no longer do.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Policy, PushedWell, after, rhythm};
use crate::domain::{Phase, Remark, SourceState};

/// Time between two polls of a source that is pushed: with the spread that is added, at least one a day.
pub(super) const RARE: Duration = Duration::from_hours(21);
/// A push that comes so soon after the poll that found its news was only the slower of the two.
const SLOW: SignedDuration = SignedDuration::from_mins(10);
/// Pushes that are asked for, at most, before they are relied on again: one more than polls had to make up for.
const MOST_PROOF: u32 = 5;
/// So many usual gaps may pass without a push, and at least and at most this time, while they are relied on.
const QUIET_GAPS: f64 = 6.0;
const LEAST_QUIET: f64 = 24.0 * 3600.0;
const MOST_QUIET: f64 = 60.0 * 24.0 * 3600.0;
/// The same where the usual gap is not known.
const QUIET: f64 = 7.0 * 24.0 * 3600.0;

/// A push was read.
pub(super) fn came(
    state: &mut SourceState,
    now: Timestamp,
    pushed: &PushedWell,
    policy: &Policy,
    jitter: f64,
) {
    state.visits += 1;
    let newest = pushed
        .published
        .iter()
        .copied()
        .filter(|at| *at <= now)
        .max();
    state.last_new = state.last_new.max(newest);
    if pushed.new > 0 {
        state.last_new = Some(now);
    }
    rhythm::learn(&mut state.memory, &pushed.published, pushed.new, now);
    let own = &mut state.pushes;
    own.last = Some(now);
    if let Some((_, before)) = own
        .missed
        .take_if(|(at, _)| now.duration_since(*at) <= SLOW)
    {
        own.misses = own.misses.saturating_sub(1);
        own.proof = own.proof.max(before);
    }
    own.proof = own.proof.saturating_add(1);
    // Polls go on as they were while they fail: only they can tell when that is over.
    if !matches!(state.phase, Phase::Healthy | Phase::Silent { .. }) {
        return;
    }
    if pushed.new > 0 {
        state.phase = Phase::Healthy;
    }
    state.pushes.relied = relies(state, now, policy);
    if state.pushes.relied {
        // Counted from the last poll: pushes, however many, never put off the next one for longer.
        let polled = state.last_visit.unwrap_or(now);
        let wait = RARE.min(policy.max_interval).max(policy.min_interval);
        state.interval = wait.as_secs();
        state.next_visit = after(polled, wait, jitter).max(now);
    }
}

/// Something was pushed that says nothing: a look may, if the last one is not too recent.
pub(super) fn nudge(state: &mut SourceState, now: Timestamp, policy: &Policy) {
    if matches!(state.phase, Phase::Healthy | Phase::Silent { .. }) {
        let soonest = state
            .last_visit
            .map_or(now, |last| after(last, policy.min_interval, 0.0));
        state.next_visit = state.next_visit.min(soonest.max(now));
    }
}

/// A poll succeeded and found `new` announcements that nobody had pushed.
pub(super) fn polled(state: &mut SourceState, now: Timestamp, new: usize, policy: &Policy) {
    let own = &mut state.pushes;
    if own.relied && agreed(policy, now) {
        if new > 0 {
            own.misses = own.misses.saturating_add(1);
            own.missed = Some((now, own.proof));
            own.proof = 0;
        } else {
            own.misses = own.misses.saturating_sub(1);
        }
    }
    state.pushes.relied = relies(state, now, policy);
}

/// Why a source is polled at its own rhythm again, where it was not before; for its history.
#[must_use]
pub fn fallen_back(
    old: &SourceState,
    new: &SourceState,
    policy: &Policy,
    now: Timestamp,
) -> Option<Remark> {
    if !old.pushes.relied || new.pushes.relied {
        return None;
    }
    Some(if new.pushes.missed.is_some_and(|(at, _)| at == now) {
        Remark::PushMissed
    } else if !agreed(policy, now) {
        Remark::PushEnded
    } else {
        Remark::PushSilent
    })
}

fn agreed(policy: &Policy, now: Timestamp) -> bool {
    policy.pushed_until.is_some_and(|until| until > now)
}

/// Whether pushes are agreed on, and come: as often as polls have given reason to doubt, and as the source's rhythm lets expect.
fn relies(state: &SourceState, now: Timestamp, policy: &Policy) -> bool {
    let own = &state.pushes;
    let proven = own.proof > own.misses.min(MOST_PROOF);
    let quiet = state.rhythm.map_or(QUIET, |gap| {
        (gap * QUIET_GAPS).clamp(LEAST_QUIET, MOST_QUIET)
    });
    let lately = own
        .last
        .is_some_and(|last| now.duration_since(last).as_secs_f64() <= quiet);
    // Who sets an interval by hand wants that one.
    policy.fixed.is_none() && agreed(policy, now) && proven && lately
}

#[cfg(test)]
mod tests;
