//! Sources that answer and say nothing any more, against their own rhythm.

use jiff::Timestamp;

use super::{Patience, rhythm};
use crate::domain::SourceState;

/// Fewer gaps are no rhythm.
const FEW: usize = 4;

/// Since when a source is silent, if it is: when it last published something.
pub(in crate::crawling) fn since(
    state: &SourceState,
    now: Timestamp,
    patience: &Patience,
) -> Option<Timestamp> {
    let last = state.last_new?;
    let quiet = rhythm::worked(last, now);
    let known = rhythm::long(&state.memory).filter(|(_, count)| *count >= FEW);
    let most = match known {
        Some((long, _)) => (long * patience.long_gaps).max(patience.silence.as_secs_f64()),
        None => patience.unknown.as_secs_f64(),
    };
    (quiet > most).then_some(last)
}
