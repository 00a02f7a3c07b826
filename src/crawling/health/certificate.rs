//! Certificates that end soon, or have ended.

use jiff::Timestamp;

use super::Patience;
use crate::domain::{Phase, SourceState, Symptom};

pub(super) fn found(
    now: Timestamp,
    state: &SourceState,
    patience: &Patience,
) -> Option<(Symptom, Timestamp)> {
    let (from, ends) = state.memory.certificate?;
    // Those that live for days are renewed in their last ones.
    let soon = (ends.duration_since(from) / 4).min(patience.certificate);
    let told = ends.checked_sub(soon).ok()?;
    // An old one says nothing of a server that nobody has reached since; a visit that fails for another reason neither.
    let met = state.last_visit == Some(now) && !matches!(state.phase, Phase::Gone { .. });
    (met && now >= told).then_some((Symptom::Certificate { ends }, told))
}
