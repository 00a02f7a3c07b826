//! Where a result stands in each order, as a number: the greatest comes first.

use super::columns::{Happens, NO_DEADLINE};

/// Added to the score of what has all words, so that it comes before what has only some.
pub(super) const ALL_WORDS: f32 = 16_384.0;

/// How much newer items are lifted at most, as a part of their score.
const RECENCY: f32 = 0.3;

/// After how many days half of that is gone.
const HALF_LIFE_DAYS: f32 = 90.0;

/// Above every time that is past.
const AHEAD: i64 = 1 << 60;

/// What goes on or lies ahead first, in the order in which it begins; then what is over, latest first; then the rest.
pub(super) fn nearness(event: Option<Happens>, now: i64) -> i64 {
    match event {
        None => i64::MIN,
        Some(event) if event.over > now => AHEAD - event.from,
        Some(event) => event.from,
    }
}

/// Deadlines ahead first, soonest first; then those past, latest first; then none.
pub(super) fn urgency(deadline: i64, now: i64) -> i64 {
    if deadline == NO_DEADLINE {
        i64::MIN
    } else if deadline > now {
        AHEAD - deadline
    } else {
        deadline
    }
}

/// A score lifted a little for recency, as a number that sorts alike.
pub(super) fn rank(score: f32, at: i64, now: i64) -> i64 {
    const DAY: f32 = 86_400_000.0;
    let days = now.saturating_sub(at).max(0) as f32 / DAY;
    lifted(
        score,
        1.0 + RECENCY * HALF_LIFE_DAYS / (HALF_LIFE_DAYS + days),
    )
}

/// A score below which no item can reach a rank, however new it is. Telling by the score is far cheaper than by the rank,
/// and few results have to know more.
pub(super) fn least_score(rank: i64) -> f32 {
    if rank <= 0 {
        return f32::MIN;
    }
    let (tier, rest) = (rank >> 40, rank & ((1 << 40) - 1));
    // A little less, so that no rounding can make it more.
    let least = rest as f32 / 1_000_000.0 / (1.0002 + RECENCY);
    if tier == 0 {
        least
    } else {
        ALL_WORDS + least - 0.01
    }
}

#[inline]
fn lifted(score: f32, lift: f32) -> i64 {
    let (tier, score) = if score >= ALL_WORDS {
        (1, score - ALL_WORDS)
    } else {
        (0, score)
    };
    (tier << 40) + (score.clamp(0.0, ALL_WORDS) * lift * 1_000_000.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Reverse;

    #[test]
    fn the_soonest_deadline_ahead_is_the_most_urgent() {
        let now = 1_000;
        let mut deadlines = [NO_DEADLINE, 10, 5_000, 999, 1_001];
        deadlines.sort_by_key(|deadline| Reverse(urgency(*deadline, now)));
        assert_eq!(deadlines, [1_001, 5_000, 999, 10, NO_DEADLINE]);
    }

    #[test]
    fn what_goes_on_comes_before_what_is_to_come_and_that_before_what_is_over() {
        let event = |from, over| Some(Happens { from, over });
        let mut events = [
            (4, event(10, 20)),
            (2, event(2_000, 2_100)),
            (5, None),
            (1, event(1_500, 1_600)),
            (0, event(500, 5_000)),
            (3, event(900, 1_000)),
        ];
        events.sort_by_key(|(_, event)| Reverse(nearness(*event, 1_000)));
        assert_eq!(events.map(|(place, _)| place), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_is_passed_over_for_its_score_could_not_have_had_the_rank() {
        let mut random = fastrand::Rng::with_seed(4);
        for _ in 0..20_000 {
            let words = [0.0, ALL_WORDS][random.usize(..2)];
            let score = words + random.f32() * [0.01, 1.0, 30.0, 900.0][random.usize(..4)];
            let (now, age) = (1_i64 << 41, random.i64(0..1 << 40));
            let rank = rank(score, now - age * i64::from(random.bool()), now);
            assert!(least_score(rank) <= score, "{score} {rank}");
        }
        assert!(least_score(i64::MIN) < 0.0);
        assert!(least_score(rank(5.0, 0, 0)) > 3.8);
    }

    #[test]
    fn newer_items_are_lifted_a_little_and_all_words_a_lot() {
        let day = 86_400_000;
        let now = 1_000 * day;
        assert!(rank(5.0, now, now) > rank(5.0, now - 30 * day, now));
        assert!(rank(5.0, now - 900 * day, now) > rank(3.5, now, now));
        assert!(rank(ALL_WORDS + 0.1, 0, now) > rank(3_000.0, now, now));
        // A date in the future is no better than today.
        assert_eq!(rank(5.0, now, now), rank(5.0, now + 50 * day, now));
    }
}
