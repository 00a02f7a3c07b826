//! Sources that answer and say nothing any more, against their own rhythm.

use jiff::Timestamp;

use super::rhythm::Gaps;
use super::{Patience, rhythm};
use crate::domain::SourceState;

const MONTH: f64 = 30.0 * 86_400.0;
/// More long gaps than this are never waited for.
const MOST_LONG_GAPS: f64 = 2.75;
/// Fewer gaps are no rhythm.
const FEW: usize = 4;

/// How many long gaps make a silence. By chance a pause of `t` mean gaps comes after one occasion in e^t; whoever has many occasions a
/// month has many chances, so that `t` grows with their logarithm. A long gap is three mean ones then.
fn multiple(gaps: &Gaps, patience: &Patience) -> f64 {
    let a_month = (MONTH / gaps.mean.max(1.0)).max(1.0);
    ((a_month.ln() + patience.odds) / 3.0).min(MOST_LONG_GAPS)
}

/// Since when a source is silent, if it is: when it last published something.
pub(in crate::crawling) fn since(
    state: &SourceState,
    now: Timestamp,
    patience: &Patience,
) -> Option<Timestamp> {
    let last = state.last_new?;
    let quiet = rhythm::worked_by_habit(&state.memory, last, now);
    let known = rhythm::long(&state.memory).filter(|gaps| gaps.count >= FEW);
    let most = match known {
        Some(gaps) => (gaps.long * multiple(&gaps, patience))
            .max(rhythm::fourth_pause(&state.memory) * patience.pauses)
            .max(patience.silence.as_secs_f64()),
        None => patience.unknown.as_secs_f64(),
    };
    // Who was away at this time last year may be so again.
    let away = || rhythm::rested_a_year_ago(&state.memory, now);
    (quiet > most && !away()).then_some(last)
}
