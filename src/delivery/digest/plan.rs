//! Which editions are due, and what belongs to each. Pure: values in, values out.

use std::collections::HashSet;

use jiff::Timestamp;

use super::body::Body;
use super::periods::{self, Span};
use crate::config::{DigestSpec, Period};
use crate::domain::{Arrival, Item, ItemId, Seq};
use crate::store::Edition;

/// Where a digest stands: its last edition, in what matters for the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Last {
    /// When that edition's period ended.
    pub end: Timestamp,
    /// Changes up to here were considered.
    pub through: Seq,
    /// Whatever was recorded up to here can be told no more; `None` where there is no telling.
    pub settled: Option<Seq>,
    /// Items seen already that belong to a later period.
    pub waiting: HashSet<ItemId>,
    /// Whether it is one of the opening editions, and not the last of them.
    pub opening: bool,
}

impl Last {
    /// From a digest's editions, newest first. One that ends after the period which is running now was published
    /// when the clock was wrong: it stands, but does not keep the digest from going on.
    #[must_use]
    pub fn of(spec: &DigestSpec, editions: &[Edition], now: Timestamp) -> Option<Self> {
        let horizon = periods::next_end(spec, now);
        let last = editions.iter().find(|edition| edition.end <= horizon);
        let Some(last) = last else {
            // All of them are from a wrong future: go on from here.
            let through = editions.iter().map(|edition| edition.through).max()?;
            return Some(Self {
                end: periods::ended(spec, now).end,
                through,
                settled: None,
                waiting: HashSet::new(),
                opening: false,
            });
        };
        let body = Body::of(last).unwrap_or_default();
        // What is first seen later than an edition was made gets a number above that edition's.
        let settled = editions
            .iter()
            .filter(|edition| edition.published <= recently(last.end))
            .map(|edition| edition.through)
            .max();
        Some(Self {
            end: last.end,
            through: last.through,
            settled,
            waiting: body.waiting.into_iter().collect(),
            opening: body.opening,
        })
    }
}

/// Editions that are due, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// Their periods, which tile the time that they cover.
    pub spans: Vec<Span>,
    /// Whether these are the digest's first.
    pub opening: bool,
}

/// Which editions are due at `now`.
///
/// A digest without any opens with its last few periods. Afterwards it is always one: the time since the last edition,
/// however long that was, so that a service which slept for a month does not send thirty, and so that a digest whose
/// hour or period was changed goes on where it stood.
#[must_use]
pub fn due(spec: &DigestSpec, last: Option<&Last>, now: Timestamp) -> Due {
    let latest = periods::ended(spec, now);
    let most = opening_editions(spec.period);
    let (since, opening) = match last {
        None => (Timestamp::MIN, true),
        Some(last) if latest.end <= last.end => {
            return Due {
                spans: Vec::new(),
                opening: false,
            };
        }
        Some(last) if last.opening => (last.end, true),
        Some(last) => {
            return Due {
                spans: vec![Span {
                    start: last.end,
                    end: latest.end,
                }],
                opening: false,
            };
        }
    };
    let mut spans = vec![latest];
    while spans.len() < most && spans[spans.len() - 1].start > since {
        spans.push(periods::before(spec, spans[spans.len() - 1].start));
    }
    spans.reverse();
    if let Some(last) = last {
        // Nothing between the editions that are there and the first of these is left out or taken twice.
        spans[0].start = last.end;
    }
    Due { spans, opening }
}

/// How many periods a digest opens with.
pub(super) fn opening_editions(period: Period) -> usize {
    match period {
        Period::AtOnce => 1,
        Period::Hourly => 24,
        Period::Daily => 7,
        Period::Weekly => 4,
        Period::Monthly => 2,
    }
}

/// What becomes of an item that the query selects and no edition has had yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It goes into the edition of this number among those due.
    Edition(usize),
    /// It belongs to a period that has not ended.
    Waiting,
    /// It is older than the digest, or too old to be news.
    Nowhere,
}

/// Where an item belongs.
#[must_use]
pub fn place(due: &Due, last: Option<&Last>, item: &Item) -> Place {
    let Some(first) = due.spans.first() else {
        return Place::Nowhere;
    };
    if item.arrival != Arrival::News {
        return Place::Nowhere;
    }
    if let Some(number) = due
        .spans
        .iter()
        .position(|span| span.start <= item.sort_at && item.sort_at < span.end)
    {
        return Place::Edition(number);
    }
    if item.sort_at >= first.start {
        return Place::Waiting;
    }
    let Some(last) = last else {
        return Place::Nowhere;
    };
    // Late: published in a period that an edition was made of already, but recorded, completed or edited into the
    // digest's query only after that.
    let late = item.born > last.through
        || last.waiting.contains(&item.id)
        || (item.seq > last.through && item.first_seen >= recently(last.end));
    if late {
        Place::Edition(0)
    } else {
        Place::Nowhere
    }
}

/// How long after it was first seen an item may still change into one that a digest asks for: pages are completed and
/// corrected within a day or two, and an old announcement that is edited later is not news.
pub(super) fn recently(end: Timestamp) -> Timestamp {
    end.saturating_sub(jiff::SignedDuration::from_hours(48))
        .unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::digest::testing::{at, edition, item, spec};
    use proptest::prelude::*;

    fn last(end: &str, through: u64) -> Last {
        Last {
            end: at(end),
            through: Seq(through),
            settled: None,
            waiting: HashSet::new(),
            opening: false,
        }
    }

    #[test]
    fn a_digest_opens_with_its_last_periods() {
        let now = at("2026-11-21T12:00:00Z");
        for (period, count) in [
            (Period::Hourly, 24),
            (Period::Daily, 7),
            (Period::Weekly, 4),
            (Period::Monthly, 2),
        ] {
            let due = due(&spec(period, 7, "Europe/Riga"), None, now);
            assert!(due.opening);
            assert_eq!(due.spans.len(), count);
            for pair in due.spans.windows(2) {
                assert_eq!(pair[0].end, pair[1].start);
            }
        }
    }

    #[test]
    fn after_a_long_sleep_one_edition_covers_the_gap() {
        let spec = spec(Period::Daily, 7, "Europe/Bucharest");
        let last = last("2026-10-01T04:00:00Z", 9);
        let due = due(&spec, Some(&last), at("2026-11-21T12:00:00Z"));
        assert_eq!(
            due.spans,
            [Span {
                start: at("2026-10-01T04:00:00Z"),
                end: at("2026-11-21T05:00:00Z")
            }]
        );
    }

    #[test]
    fn an_interrupted_opening_goes_on_period_by_period() {
        let spec = spec(Period::Daily, 7, "UTC");
        let mut last = last("2026-11-18T07:00:00Z", 9);
        last.opening = true;
        let due = due(&spec, Some(&last), at("2026-11-21T12:00:00Z"));
        assert_eq!(due.spans.len(), 3);
        assert_eq!(due.spans[0].start, last.end);
    }

    #[test]
    fn a_clock_that_went_back_publishes_nothing_and_one_that_was_far_ahead_is_got_over() {
        let spec = spec(Period::Daily, 7, "UTC");
        let editions = [edition("2026-11-21T07:00:00Z", 5)];
        let now = at("2026-11-21T06:50:00Z");
        let last = Last::of(&spec, &editions, now).unwrap();
        assert_eq!(due(&spec, Some(&last), now).spans, []);
        let editions = [
            edition("2031-01-01T07:00:00Z", 8),
            edition("2026-11-20T07:00:00Z", 5),
        ];
        let now = at("2026-11-21T08:00:00Z");
        let last = Last::of(&spec, &editions, now).unwrap();
        assert_eq!(due(&spec, Some(&last), now).spans.len(), 1);
        let last = Last::of(&spec, &editions[..1], now).unwrap();
        assert_eq!(last.through, Seq(8));
        assert_eq!(
            due(&spec, Some(&last), at("2026-11-22T08:00:00Z"))
                .spans
                .len(),
            1
        );
    }

    #[test]
    fn late_items_are_counted_in_the_next_edition_and_old_ones_in_none() {
        let spec = spec(Period::Daily, 7, "UTC");
        let mut last = last("2026-11-20T07:00:00Z", 100);
        let due = due(&spec, Some(&last), at("2026-11-21T12:00:00Z"));
        let case = |sort_at: &str, born: u64, seq: u64| {
            let mut item = item(1, "a", sort_at);
            (item.born, item.seq) = (Seq(born), Seq(seq));
            item
        };
        let within = case("2026-11-20T08:00:00Z", 50, 50);
        assert_eq!(place(&due, Some(&last), &within), Place::Edition(0));
        let late = case("2026-11-10T08:00:00Z", 101, 101);
        assert_eq!(place(&due, Some(&last), &late), Place::Edition(0));
        let ahead = case("2026-11-21T08:00:00Z", 101, 101);
        assert_eq!(place(&due, Some(&last), &ahead), Place::Waiting);
        let edited = case("2026-11-01T08:00:00Z", 50, 120);
        assert_eq!(place(&due, Some(&last), &edited), Place::Nowhere);
        let completed = case("2026-11-20T06:00:00Z", 99, 120);
        assert_eq!(place(&due, Some(&last), &completed), Place::Edition(0));
        let known = case("2026-11-20T06:00:00Z", 99, 99);
        assert_eq!(place(&due, Some(&last), &known), Place::Nowhere);
        last.waiting.insert(known.id);
        assert_eq!(place(&due, Some(&last), &known), Place::Edition(0));
        let mut old = case("2026-11-20T08:00:00Z", 101, 101);
        old.arrival = Arrival::Old;
        assert_eq!(place(&due, Some(&last), &old), Place::Nowhere);
    }

    proptest! {
        /// However often the service looks, sleeps, or has its digest reconfigured: spans follow one another without gap.
        #[test]
        fn editions_tile_time(steps in proptest::collection::vec((1_i64..400, 0_i8..24, 0_usize..4), 1..40)) {
            let mut now = at("2026-01-01T00:00:00Z");
            let mut last: Option<Last> = None;
            let mut end = None;
            for (hours, hour, period) in steps {
                let period = [Period::Hourly, Period::Daily, Period::Weekly, Period::Monthly][period];
                let spec = spec(period, hour, "Europe/Bucharest");
                for span in due(&spec, last.as_ref(), now).spans {
                    prop_assert!(span.start < span.end && span.end <= now);
                    if let Some(end) = end {
                        prop_assert_eq!(span.start, end);
                    }
                    end = Some(span.end);
                    last = Some(Last { end: span.end, through: Seq(0), settled: None, waiting: HashSet::new(), opening: false });
                }
                now += jiff::SignedDuration::from_hours(hours);
            }
        }
    }
}
