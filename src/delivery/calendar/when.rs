//! When something is: on days, or at moments.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::lines::Lines;
use super::{utc, zones};
use crate::domain::{CalendarDate, Deadline, Event, Precision};

/// When something is.
#[derive(Debug, PartialEq)]
pub(super) enum When {
    /// The first day, and the first day after.
    Days(Date, Date),
    /// From, and to where that is known.
    Moments(Timestamp, Option<Timestamp>),
}

impl When {
    /// When a date is, for those who live by `zone`.
    pub fn of(date: &CalendarDate, zone: &TimeZone) -> Self {
        match date {
            CalendarDate::Deadline(deadline) => Self::of_deadline(deadline, zone),
            CalendarDate::Event(event) => Self::of_event(event, zone),
        }
    }

    /// Whether it has hours.
    pub fn is_of_hours(&self) -> bool {
        matches!(self, Self::Moments(..))
    }

    /// The moments that are written as local time.
    pub fn moments(&self) -> impl Iterator<Item = Timestamp> {
        let (start, end) = match self {
            Self::Days(..) => (None, None),
            Self::Moments(start, end) => (Some(*start), *end),
        };
        start.into_iter().chain(end)
    }

    /// Start, and end where there is one.
    pub fn write(&self, lines: &mut Lines, zone: &TimeZone) {
        match self {
            Self::Days(first, after) => {
                lines.raw(&format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")));
                lines.raw(&format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")));
            }
            Self::Moments(start, end) => {
                lines.raw(&moment("DTSTART", *start, zone));
                if let Some(end) = end {
                    lines.raw(&moment("DTEND", *end, zone));
                }
            }
        }
    }

    fn of_deadline(deadline: &Deadline, zone: &TimeZone) -> Self {
        if deadline.precision == Precision::Second {
            return Self::Moments(deadline.at, None);
        }
        // The end of a day may be written as its last second or as the next midnight.
        let last = Timestamp::from_second(deadline.at.as_second() - 1).unwrap_or(deadline.at);
        let day = last.to_zoned(zone.clone()).date();
        Self::Days(day, day.tomorrow().unwrap_or(day))
    }

    /// An event from midnight to midnight, or from midnight with no end, is one of whole days.
    fn of_event(event: &Event, zone: &TimeZone) -> Self {
        let start = event.start.to_zoned(zone.clone());
        let end = event.end.filter(|end| *end > event.start);
        if start.time() != Time::midnight() {
            return Self::Moments(event.start, end);
        }
        let Some(end) = end else {
            return Self::Days(
                start.date(),
                start.date().tomorrow().unwrap_or(start.date()),
            );
        };
        let close = end.to_zoned(zone.clone());
        if close.time() == Time::midnight() {
            Self::Days(start.date(), close.date())
        } else if close.hour() == 23 && close.minute() == 59 {
            Self::Days(
                start.date(),
                close.date().tomorrow().unwrap_or(close.date()),
            )
        } else {
            Self::Moments(event.start, Some(end))
        }
    }
}

/// A moment in local time, where the zone's rules are written and the clocks show that time once; else in UTC.
fn moment(name: &str, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone()).datetime();
    let first = zone.to_ambiguous_timestamp(local).compatible();
    match zones::name(zone, at) {
        // Of an hour that comes twice, local time means the first (RFC 5545, 3.3.5).
        Some(zone) if first.is_ok_and(|first| first.as_second() == at.as_second()) => {
            format!("{name};TZID={zone}:{}", local.strftime("%Y%m%dT%H%M%S"))
        }
        _ => format!("{name}:{}", utc(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn riga() -> TimeZone {
        TimeZone::get("Europe/Riga").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_end_of_a_day_belongs_to_that_day() {
        for end in ["2026-12-15T21:59:59Z", "2026-12-15T22:00:00Z"] {
            let deadline = Deadline {
                at: at(end),
                precision: Precision::Day,
                evidence: String::new(),
            };
            assert_eq!(
                When::of_deadline(&deadline, &riga()),
                When::Days(day("2026-12-15"), day("2026-12-16"))
            );
        }
    }

    #[test]
    fn events_are_of_days_or_of_hours() {
        let event = |start: &str, end: Option<&str>| Event {
            start: at(start),
            end: end.map(at),
            place: None,
        };
        for (event, when) in [
            (
                event("2026-07-01T21:00:00Z", None),
                When::Days(day("2026-07-02"), day("2026-07-03")),
            ),
            (
                event("2026-07-01T21:00:00Z", Some("2026-07-04T20:59:59Z")),
                When::Days(day("2026-07-02"), day("2026-07-05")),
            ),
            (
                event("2026-07-02T07:00:00Z", Some("2026-07-02T09:30:00Z")),
                When::Moments(at("2026-07-02T07:00:00Z"), Some(at("2026-07-02T09:30:00Z"))),
            ),
            // An end before the start is no end.
            (
                event("2026-07-02T07:00:00Z", Some("2026-07-01T09:30:00Z")),
                When::Moments(at("2026-07-02T07:00:00Z"), None),
            ),
        ] {
            assert_eq!(When::of_event(&event, &riga()), when);
        }
    }

    #[test]
    fn hours_are_local_unless_that_would_be_doubtful() {
        for (moment_of, written) in [
            (
                "2026-07-02T07:00:00Z",
                "DTSTART;TZID=Europe/Riga:20260702T100000",
            ),
            (
                "2026-12-02T07:00:00Z",
                "DTSTART;TZID=Europe/Riga:20261202T090000",
            ),
            // Half past three came twice on 25 October 2026.
            (
                "2026-10-25T00:30:00Z",
                "DTSTART;TZID=Europe/Riga:20261025T033000",
            ),
            ("2026-10-25T01:30:00Z", "DTSTART:20261025T013000Z"),
            // No rules are written for so far a future.
            ("2500-07-02T07:00:00Z", "DTSTART:25000702T070000Z"),
        ] {
            assert_eq!(moment("DTSTART", at(moment_of), &riga()), written);
        }
        assert_eq!(
            moment("DTEND", at("2026-07-02T07:00:00Z"), &TimeZone::UTC),
            "DTEND:20260702T070000Z"
        );
    }
}
