//! When a source publishes, and how long its pauses are.

use jiff::Timestamp;

use crate::domain::{Memory, SourceState};

/// Occasions that are remembered.
const OCCASIONS: usize = 80;
/// What comes within this time (seconds) is one occasion.
const OCCASION: i64 = 3600;
const DAY: f64 = 86_400.0;
/// The usual gap where nothing is known.
const UNKNOWN: f64 = 30.0 * DAY;
/// The mean length of a Gregorian year.
const YEAR: f64 = 365.2425 * DAY;

/// The yearly pauses: first day and last of them, counted from 1 January, and how much of their time counts. From before the
/// western Christmas until after the Julian one; and the summer, when half of everybody is away.
const PAUSES: [(f64, f64, f64); 3] = [
    (0.0, 8.5, 0.1),
    (190.0, 243.0, 0.45),
    (353.0, 365.2425, 0.1),
];

/// Notes when a source published: by the dates of what it lists, or now, where what is new has none.
pub(in crate::crawling) fn learn(
    memory: &mut Memory,
    published: &[Timestamp],
    new: usize,
    now: Timestamp,
) {
    let before = memory.occasions.last().copied();
    let mut times: Vec<i64> = published
        .iter()
        .filter(|at| **at <= now)
        .map(|at| at.as_second())
        .collect();
    let told = times.iter().any(|at| before.is_none_or(|last| *at > last));
    // The first visit finds everything new.
    if new > 0 && !told && before.is_some() {
        times.push(now.as_second());
    }
    times.extend(&memory.occasions);
    times.sort_unstable();
    times.dedup_by(|later, earlier| *later - *earlier < OCCASION);
    let over = times.len().saturating_sub(OCCASIONS);
    times.drain(..over);
    // A date alone may make a source known before it has a second one: undated ones begin with the first visit.
    if times.is_empty() && new > 0 {
        times.push(now.as_second());
    }
    memory.occasions = times;
}

/// Seconds between two moments on a clock that goes slower in the yearly pauses.
pub(in crate::crawling) fn worked(from: Timestamp, to: Timestamp) -> f64 {
    let seconds = |at: Timestamp| at.as_millisecond() as f64 / 1000.0;
    (slow(seconds(to)) - slow(seconds(from))).max(0.0)
}

/// The slow clock at a moment, from 1970 on.
fn slow(seconds: f64) -> f64 {
    let (years, rest) = (seconds.div_euclid(YEAR), seconds.rem_euclid(YEAR));
    let lost = |until: f64| -> f64 {
        PAUSES
            .iter()
            .map(|(first, last, weight)| {
                let within = (until.min(last * DAY) - first * DAY).max(0.0);
                within * (1.0 - weight)
            })
            .sum()
    };
    years * (YEAR - lost(YEAR)) + rest - lost(rest)
}

/// Gaps between occasions on the slow clock, the shortest first.
fn gaps(memory: &Memory) -> Vec<f64> {
    let at = |second: i64| Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut gaps: Vec<f64> = memory
        .occasions
        .windows(2)
        .map(|pair| worked(at(pair[0]), at(pair[1])))
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps
}

/// The usual gap between two occasions, in seconds: the mean without the longest tenth, which a year's pause would spoil.
#[must_use]
pub(in crate::crawling) fn usual(state: &SourceState) -> f64 {
    let gaps = gaps(&state.memory);
    let keep = gaps.len() - gaps.len() / 10;
    if keep == 0 {
        return state.rhythm.unwrap_or(UNKNOWN);
    }
    gaps[..keep].iter().sum::<f64>() / keep as f64
}

/// The long gap that a source makes now and then (one in twenty), in seconds, and how many gaps are known. Few gaps say little of
/// the longest ones: it is then taken to be what it would be if occasions fell by chance (a Poisson process, whose gap of one in
/// twenty is three mean ones).
pub(in crate::crawling) fn long(memory: &Memory) -> Option<(f64, usize)> {
    let gaps = gaps(memory);
    let count = gaps.len();
    let longest = *gaps.last()?;
    // A single gap beyond all others is a pause, not a rhythm.
    let trimmed = &gaps[..count - count / 20];
    let mean = trimmed.iter().sum::<f64>() / trimmed.len() as f64;
    let place = (count as f64 * 0.95).ceil() as usize;
    let twentieth = gaps
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or(longest);
    let by_chance = 3.0 * mean;
    let trust = (count as f64 / 40.0).min(1.0) * 0.6;
    Some((twentieth * trust + by_chance * (1.0 - trust), count))
}
