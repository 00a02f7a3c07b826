//! When a digest's periods begin and end.
//!
//! The ends of the periods form one increasing sequence of moments, fixed by the digest's configuration alone; each
//! period is what lies between two neighbours. So periods tile time, whatever a zone's clocks do.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::config::{DigestSpec, Period};

/// A stretch of time: from its start, up to but without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub start: Timestamp,
    /// The first moment after it.
    pub end: Timestamp,
}

/// The latest period that has ended at `now`.
#[must_use]
pub fn ended(spec: &DigestSpec, now: Timestamp) -> Span {
    let end = last_end(spec, now, true);
    Span {
        start: last_end(spec, end, false),
        end,
    }
}

/// The period before one that starts at `start`.
#[must_use]
pub fn before(spec: &DigestSpec, start: Timestamp) -> Span {
    Span {
        start: last_end(spec, start, false),
        end: start,
    }
}

/// When the period that `now` lies in will end.
#[must_use]
pub fn next_end(spec: &DigestSpec, now: Timestamp) -> Timestamp {
    if let Some(seconds) = fixed(spec.period) {
        let next = now.as_second().div_euclid(seconds) + 1;
        return Timestamp::from_second(next * seconds).unwrap_or(Timestamp::MAX);
    }
    let mut day = grid_day(spec, local_day(spec, now, -2));
    for _ in 0..MOST_STEPS {
        let end = closing(spec, day);
        if end > now {
            return end;
        }
        day = next_day(spec, day);
    }
    Timestamp::MAX
}

/// The length in seconds of periods that no calendar moves. Hours of universal time: zones differ from it by whole hours
/// where vesti is at home, and no clock change can make such an hour longer or shorter.
fn fixed(period: Period) -> Option<i64> {
    match period {
        Period::AtOnce => Some(60),
        Period::Hourly => Some(3_600),
        Period::Daily | Period::Weekly | Period::Monthly => None,
    }
}

/// More steps than any calendar needs to get past a moment from two days beside it.
const MOST_STEPS: usize = 8;

/// The last end before `at`, or at it where that is wanted.
fn last_end(spec: &DigestSpec, at: Timestamp, inclusive: bool) -> Timestamp {
    let fits = |end: Timestamp| end < at || (inclusive && end == at);
    if let Some(seconds) = fixed(spec.period) {
        let number = at.as_second().div_euclid(seconds);
        let end = Timestamp::from_second(number * seconds).unwrap_or(Timestamp::MIN);
        return if fits(end) {
            end
        } else {
            Timestamp::from_second((number - 1) * seconds).unwrap_or(Timestamp::MIN)
        };
    }
    let mut day = grid_day(spec, local_day(spec, at, 2));
    for _ in 0..MOST_STEPS {
        let end = closing(spec, day);
        if fits(end) {
            return end;
        }
        day = grid_day(spec, day.yesterday().unwrap_or(Date::MIN));
    }
    Timestamp::MIN
}

/// The local day of a moment, some days off.
fn local_day(spec: &DigestSpec, at: Timestamp, days: i64) -> Date {
    at.to_zoned(spec.time_zone.clone())
        .date()
        .saturating_add(days.days())
}

/// The last day on which a period closes, up to `day`.
fn grid_day(spec: &DigestSpec, day: Date) -> Date {
    match spec.period {
        Period::AtOnce | Period::Hourly | Period::Daily => day,
        Period::Weekly => {
            let since = day.weekday().since(spec.weekday);
            day.saturating_sub(i64::from(since).days())
        }
        Period::Monthly => day.first_of_month(),
    }
}

/// The next day on which a period closes, after such a day.
fn next_day(spec: &DigestSpec, day: Date) -> Date {
    match spec.period {
        Period::AtOnce | Period::Hourly | Period::Daily => day.saturating_add(1.days()),
        Period::Weekly => day.saturating_add(1.weeks()),
        Period::Monthly => day.saturating_add(1.months()),
    }
}

/// The moment at which a period closes on a day: an hour that the clocks skip is taken as much later as they jump,
/// the first of two where they repeat it (RFC 5545's rule).
fn closing(spec: &DigestSpec, day: Date) -> Timestamp {
    let local = day.at(spec.hour.clamp(0, 23), 0, 0, 0);
    spec.time_zone
        .to_ambiguous_timestamp(local)
        .compatible()
        .unwrap_or(if day < Date::ZERO {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::digest::testing::spec;
    use jiff::civil::Weekday;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    const ZONES: &[&str] = &[
        "Europe/Bucharest",
        "Europe/Riga",
        "Europe/Chisinau",
        "Europe/Brussels",
        "UTC",
        "America/Sao_Paulo",
        "Pacific/Apia",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/St_Johns",
    ];

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn weekdays() -> [Weekday; 7] {
        [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ]
    }

    #[test]
    fn a_daily_digest_closes_at_the_local_hour_on_both_sides_of_a_clock_change() {
        let spec = spec(Period::Daily, 7, "Europe/Bucharest");
        // The night of 28 to 29 March 2026 lost an hour, that of 24 to 25 October gained one.
        for (now, start, end) in [
            (
                "2026-03-29T03:59:59Z",
                "2026-03-27T05:00:00Z",
                "2026-03-28T05:00:00Z",
            ),
            (
                "2026-03-29T04:00:00Z",
                "2026-03-28T05:00:00Z",
                "2026-03-29T04:00:00Z",
            ),
            (
                "2026-10-25T12:00:00Z",
                "2026-10-24T04:00:00Z",
                "2026-10-25T05:00:00Z",
            ),
        ] {
            let span = Span {
                start: at(start),
                end: at(end),
            };
            assert_eq!(ended(&spec, at(now)), span);
        }
        assert_eq!(
            next_end(&spec, at("2026-03-28T05:00:00Z")),
            at("2026-03-29T04:00:00Z")
        );
    }

    #[test]
    fn an_hour_that_does_not_exist_or_exists_twice_closes_once() {
        // At 03:00 the clocks went to 04:00.
        let skipped = spec(Period::Daily, 3, "Europe/Bucharest");
        assert_eq!(
            ended(&skipped, at("2026-03-29T12:00:00Z")).end,
            at("2026-03-29T01:00:00Z")
        );
        // 03:00 came twice: at 00:00 and at 01:00 of universal time.
        let span = ended(&skipped, at("2026-10-25T12:00:00Z"));
        assert_eq!(span.end, at("2026-10-25T00:00:00Z"));
        assert_eq!(next_end(&skipped, span.end), at("2026-10-26T01:00:00Z"));
    }

    #[test]
    fn a_day_that_never_was_makes_no_empty_period() {
        // Samoa went from 29 to 31 December 2011.
        let spec = spec(Period::Daily, 7, "Pacific/Apia");
        let last = ended(&spec, at("2011-12-31T00:00:00Z"));
        assert!(last.start < last.end);
        assert_eq!(last.end.duration_since(last.start).as_hours(), 24);
    }

    #[test]
    fn weeks_and_months_close_on_their_days() {
        let mut weekly = spec(Period::Weekly, 8, "Europe/Riga");
        weekly.weekday = Weekday::Monday;
        let span = ended(&weekly, at("2026-11-21T12:00:00Z"));
        assert_eq!(
            (span.start, span.end),
            (at("2026-11-09T06:00:00Z"), at("2026-11-16T06:00:00Z"))
        );
        let monthly = spec(Period::Monthly, 0, "Europe/Chisinau");
        let span = ended(&monthly, at("2026-11-21T12:00:00Z"));
        assert_eq!(
            (span.start, span.end),
            (at("2026-09-30T21:00:00Z"), at("2026-10-31T22:00:00Z"))
        );
        assert_eq!(next_end(&monthly, span.end), at("2026-11-30T22:00:00Z"));
        let hourly = spec(Period::Hourly, 0, "Europe/Riga");
        let span = ended(&hourly, at("2026-11-21T12:00:00Z"));
        assert_eq!(
            (span.start, span.end),
            (at("2026-11-21T11:00:00Z"), at("2026-11-21T12:00:00Z"))
        );
    }

    proptest! {
        #[test]
        fn periods_tile_time(
            second in -2_000_000_000_i64..4_000_000_000,
            zone in proptest::sample::select(ZONES),
            period in proptest::sample::select(&[Period::Hourly, Period::Daily, Period::Weekly, Period::Monthly][..]),
            hour in 0_i8..24,
            weekday in 0_usize..7,
        ) {
            let mut spec = spec(period, hour, zone);
            spec.weekday = weekdays()[weekday];
            spec.time_zone = TimeZone::get(zone).unwrap();
            let now = Timestamp::from_second(second).unwrap();
            let last = ended(&spec, now);
            prop_assert!(last.start < last.end && last.end <= now);
            // The period that is running begins where the last one ended.
            let next = next_end(&spec, now);
            prop_assert!(next > now);
            prop_assert_eq!(ended(&spec, next), Span { start: last.end, end: next });
            prop_assert_eq!(next_end(&spec, last.end), next);
            // And backwards: neighbours share their ends, and walking forth leads back.
            let mut span = last;
            for _ in 0..5 {
                let previous = before(&spec, span.start);
                prop_assert!(previous.start < previous.end);
                prop_assert_eq!(previous.end, span.start);
                prop_assert_eq!(next_end(&spec, previous.start), previous.end);
                span = previous;
            }
        }

        #[test]
        fn any_time_has_an_answer(second in -377_705_023_201_i64..=253_402_207_200, hour in 0_i8..24) {
            let now = Timestamp::from_second(second).unwrap();
            for period in [Period::Hourly, Period::Daily, Period::Weekly, Period::Monthly] {
                let spec = spec(period, hour, "Europe/Bucharest");
                let _ = (ended(&spec, now), next_end(&spec, now));
            }
        }
    }
}
