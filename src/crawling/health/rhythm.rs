//! When a source publishes, and how long its pauses are.

use jiff::Timestamp;

use crate::domain::{Memory, SourceState};

/// Occasions that are remembered.
const OCCASIONS: usize = 80;
/// What comes within this time (seconds) is one occasion.
const OCCASION: i64 = 3600;
const DAY: f64 = 86_400.0;
/// A month of pauses, in seconds, and how many are remembered.
const MONTH: i64 = 30 * 86_400;
const MONTHS: usize = 15;
/// How far a yearly pause may lie from where it lay a year ago, in seconds.
const SHIFT: i64 = 7 * 86_400;
/// A pause that may be a yearly one, in seconds.
const LONG_PAUSE: i64 = 9 * 86_400;
/// The usual gap where nothing is known.
const UNKNOWN: f64 = 30.0 * DAY;
/// The mean length of a Gregorian year.
const YEAR: f64 = 365.2425 * DAY;

/// The yearly pauses: first day and last of them, counted from 1 January, and how much of their time counts. From before the
/// western Christmas until after the Julian one; and the summer, when half of everybody is away, for some weeks each.
const PAUSES: [(f64, f64, f64); 3] = [
    (0.0, 10.5, 0.1),
    (179.0, 243.0, 0.4),
    (352.0, 365.2425, 0.1),
];

const SUMMER: usize = 1;

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
    note_pauses(&mut memory.pauses, &times);
    let over = times.len().saturating_sub(OCCASIONS);
    times.drain(..over);
    // A date alone may make a source known before it has a second one: undated ones begin with the first visit.
    if times.is_empty() && new > 0 {
        times.push(now.as_second());
    }
    memory.occasions = times;
}

/// Notes the longest pause that ended in each month.
fn note_pauses(pauses: &mut Vec<(i64, i64)>, times: &[i64]) {
    for pair in times.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        match pauses
            .iter_mut()
            .find(|(_, end)| *end / MONTH == to / MONTH)
        {
            Some(known) if known.1 - known.0 < to - from => *known = (from, to),
            Some(_) => {}
            None => pauses.push((from, to)),
        }
    }
    pauses.sort_unstable();
    let over = pauses.len().saturating_sub(MONTHS);
    pauses.drain(..over);
}

/// The fourth longest of the longest pauses of the last fourteen months, in seconds of the slow clock: the longest may have been
/// holidays or faults.
pub(in crate::crawling) fn fourth_pause(memory: &Memory) -> f64 {
    let at = |second: i64| Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut lengths: Vec<f64> = memory
        .pauses
        .iter()
        .map(|(from, to)| worked(at(*from), at(*to)))
        .collect();
    lengths.sort_by(f64::total_cmp);
    let place = lengths.len().checked_sub(4);
    place
        .and_then(|place| lengths.get(place).copied())
        .unwrap_or(0.0)
}

/// Whether the source made a long pause at this time of the last year.
pub(in crate::crawling) fn rested_a_year_ago(memory: &Memory, now: Timestamp) -> bool {
    let then = now.as_second() - YEAR as i64;
    memory.pauses.iter().any(|(began, ended)| {
        ended - began > LONG_PAUSE && (began - SHIFT..=ended + SHIFT).contains(&then)
    })
}

/// Whether it is known how the source spends a year.
fn knows_a_year(memory: &Memory, now: Timestamp) -> bool {
    memory
        .pauses
        .first()
        .is_some_and(|(from, _)| now.as_second() - from > YEAR as i64)
}

/// Seconds between two moments on a clock that goes slower in the yearly pauses.
pub(in crate::crawling) fn worked(from: Timestamp, to: Timestamp) -> f64 {
    worked_by(&PAUSES, from, to)
}

/// The same for a source of which it is not known yet how it spends the summer: who is on holiday then is away for weeks. Where it
/// is known, [`rested_a_year_ago`] says so.
pub(in crate::crawling) fn worked_by_habit(memory: &Memory, from: Timestamp, to: Timestamp) -> f64 {
    let mut pauses = PAUSES;
    pauses[SUMMER].2 = if knows_a_year(memory, to) { 0.7 } else { 0.25 };
    worked_by(&pauses, from, to)
}

fn worked_by(pauses: &[(f64, f64, f64)], from: Timestamp, to: Timestamp) -> f64 {
    let seconds = |at: Timestamp| at.as_millisecond() as f64 / 1000.0;
    (slow(pauses, seconds(to)) - slow(pauses, seconds(from))).max(0.0)
}

/// The slow clock at a moment, from 1970 on.
fn slow(pauses: &[(f64, f64, f64)], seconds: f64) -> f64 {
    let (years, rest) = (seconds.div_euclid(YEAR), seconds.rem_euclid(YEAR));
    let lost = |until: f64| -> f64 {
        pauses
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
    let mut gaps: Vec<i64> = state
        .memory
        .occasions
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .collect();
    gaps.sort_unstable();
    let keep = gaps.len() - gaps.len() / 10;
    if keep == 0 {
        return state.rhythm.unwrap_or(UNKNOWN);
    }
    gaps[..keep].iter().sum::<i64>() as f64 / keep as f64
}

/// What is known of the gaps between occasions, on the slow clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::crawling) struct Gaps {
    /// How many are known.
    pub(in crate::crawling) count: usize,
    /// The mean, in seconds.
    pub(in crate::crawling) mean: f64,
    /// The long one that comes now and then (one in twenty), in seconds.
    pub(in crate::crawling) long: f64,
}

/// The gaps of a source. The longest tenth is left out, since faults and holidays are among it; from the mean and the spread of the
/// others follows the long gap, as it is where occasions fall by chance (an exponential distribution without its longest tenth has the
/// mean 0.74 and the standard deviation 0.6, and 3.0 is what one in twenty exceeds) and, nearly, where they are more
/// regular than that (Erlang distributions). Where many are known, it is taken together with the one that was seen.
pub(in crate::crawling) fn long(memory: &Memory) -> Option<Gaps> {
    let gaps = gaps(memory);
    let count = gaps.len();
    let kept = match count {
        0 => return None,
        1..5 => count,
        _ => count - count.div_ceil(10),
    };
    let trimmed = &gaps[..kept];
    let mean = trimmed.iter().sum::<f64>() / kept as f64;
    let spread = trimmed.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / kept as f64;
    let by_chance = mean + 3.75 * spread.sqrt();
    let place = (count as f64 * 0.95).ceil() as usize;
    let seen = gaps[place.clamp(1, count) - 1];
    let trust = (count as f64 / 60.0).min(1.0) * 0.5;
    // However regular it was so far.
    let least = 2.0 * mean;
    Some(Gaps {
        count,
        mean: mean / 0.8,
        long: (seen * trust + by_chance * (1.0 - trust)).max(least),
    })
}
