//! Servers that say “not modified” whatever there is.

use jiff::{SignedDuration, Timestamp};

use super::{Evidence, Patience};
use crate::domain::{SourceState, Symptom};

/// After this time it is tried again whether “not modified” can be believed.
const TRY_AGAIN: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Whether a 304 of this server is to be believed.
#[must_use]
pub fn believed(state: &SourceState, now: Timestamp) -> bool {
    state
        .memory
        .false_unchanged
        .is_none_or(|found| now.duration_since(found) > TRY_AGAIN)
}

pub(super) fn learn(now: Timestamp, old: &SourceState, evidence: &Evidence, new: &mut SourceState) {
    if evidence.not_modified {
        new.memory.unchanged = Some(now);
    }
    let Some(lists) = &evidence.lists else {
        return;
    };
    // The same validators, and something else behind them: it would have been hidden for ever.
    let lied = old.memory.unchanged.is_some() && lists.same_validators && lists.new > 0;
    if lied {
        new.memory.false_unchanged = Some(now);
    }
    new.memory.unchanged = None;
}

pub(super) fn found(
    now: Timestamp,
    state: &SourceState,
    patience: &Patience,
) -> Option<(Symptom, Timestamp)> {
    let at = state.memory.false_unchanged?;
    (now.duration_since(at) < patience.notes).then_some((Symptom::FalseUnchanged, at))
}
