//! How many results each week has: the time line of a search. A search's own dates do not narrow it, so that one can step
//! from week to week.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::domain::{DateBound, SearchRequest};

/// Weeks that a time line shows: a year, and the week that it began in.
pub const WEEKS: usize = 53;

/// The results of a search by week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The weeks, oldest first; none where it was not asked for.
    pub weeks: Vec<Week>,
    /// Results before all of them.
    pub earlier: u64,
    /// Results after all of them.
    pub later: u64,
}

/// A week's results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Its results; a story counts once, however many tell it.
    pub count: u64,
}

/// Where weeks begin and end, while results are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weeks {
    mondays: Vec<Date>,
    /// The first moment of each, in milliseconds, and the first after the last.
    starts: Vec<i64>,
}

impl Weeks {
    /// The weeks that a request is about: those up to now, or as many before, or before those, so that its last day is
    /// among them. Choosing a week among those shown therefore shows the same ones again.
    pub fn of(request: &SearchRequest, now: Timestamp, zone: &TimeZone) -> Self {
        let today = now.to_zoned(zone.clone()).date();
        let last = monday_of(today);
        let back = match request.to {
            Some(to) => weeks_between(monday_of(to.day(now, zone)), last).max(0) / WEEKS as i64,
            None => 0,
        };
        let last = last.saturating_sub(Span::new().weeks(back * WEEKS as i64));
        let first = last.saturating_sub(Span::new().weeks(WEEKS as i64 - 1));
        let mondays: Vec<Date> = (0..WEEKS as i64)
            .map(|week| first.saturating_add(Span::new().weeks(week)))
            .collect();
        let mut starts: Vec<i64> = mondays
            .iter()
            .map(|monday| moment(*monday, now, zone))
            .collect();
        starts.push(moment(last.saturating_add(Span::new().weeks(1)), now, zone));
        Self { mondays, starts }
    }

    /// A count for each week, for what is before all, and for what is after.
    pub fn counts(&self) -> Vec<u32> {
        vec![0; self.mondays.len() + 2]
    }

    /// Where among the counts a moment belongs.
    #[inline]
    pub fn place(&self, at: i64) -> usize {
        const WEEK: i64 = 7 * 86_400_000;
        let (first, end) = (self.starts[0], self.starts[self.mondays.len()]);
        if at < first {
            return 0;
        }
        if at >= end {
            return self.mondays.len() + 1;
        }
        // The clocks change by an hour or so within a year: the neighbour at most.
        let guess = ((at - first) / WEEK) as usize;
        let guess = guess.min(self.mondays.len() - 1);
        if at < self.starts[guess] {
            guess
        } else if at >= self.starts[guess + 1] {
            guess + 2
        } else {
            guess + 1
        }
    }

    /// What was counted.
    pub fn timeline(&self, counts: &[u32]) -> Timeline {
        let count = |place: usize| u64::from(counts.get(place).copied().unwrap_or(0));
        Timeline {
            weeks: self
                .mondays
                .iter()
                .enumerate()
                .map(|(week, monday)| Week {
                    monday: *monday,
                    count: count(week + 1),
                })
                .collect(),
            earlier: count(0),
            later: count(self.mondays.len() + 1),
        }
    }
}

fn monday_of(day: Date) -> Date {
    let since = day.weekday().since(Weekday::Monday);
    day.saturating_sub(Span::new().days(i64::from(since)))
}

fn weeks_between(earlier: Date, later: Date) -> i64 {
    let days = earlier.until(later).map_or(0, |span| span.get_days());
    i64::from(days / 7)
}

fn moment(day: Date, now: Timestamp, zone: &TimeZone) -> i64 {
    DateBound::Day(day).start(now, zone).as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn weeks(to: Option<&str>) -> Weeks {
        let request = SearchRequest {
            to: to.map(|to| to.parse().unwrap()),
            ..SearchRequest::default()
        };
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        Weeks::of(&request, now, &zone())
    }

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Bucharest").unwrap()
    }

    #[test]
    fn weeks_begin_on_monday_and_end_with_this_one() {
        let weeks = weeks(None);
        assert_eq!(weeks.mondays.len(), WEEKS);
        assert_eq!(weeks.mondays[0], date(2025, 11, 17));
        assert_eq!(weeks.mondays[WEEKS - 1], date(2026, 11, 16));
    }

    #[test]
    fn choosing_a_week_shows_the_same_ones_and_an_older_one_those_around_it() {
        assert_eq!(weeks(Some("2026-01-11")), weeks(None));
        assert_eq!(weeks(Some("2025-11-17")), weeks(None));
        assert_eq!(weeks(Some("2027-05-01")), weeks(None));
        let before = weeks(Some("2025-11-16"));
        assert_eq!(before.mondays[WEEKS - 1], date(2025, 11, 10));
        assert_eq!(weeks(Some("2025-01-01")), before);
        assert!(weeks(Some("0001-01-01")).mondays.len() == WEEKS);
    }

    proptest! {
        #[test]
        fn a_moment_is_counted_in_the_week_of_its_day(second in 1_600_000_000i64..1_900_000_000) {
            let weeks = weeks(None);
            let at = Timestamp::from_second(second).unwrap();
            let day = at.to_zoned(zone()).date();
            let place = weeks.place(at.as_millisecond());
            let monday = monday_of(day);
            let known = weeks.mondays.iter().position(|known| *known == monday);
            match known {
                Some(week) => prop_assert_eq!(place, week + 1),
                None if day < weeks.mondays[0] => prop_assert_eq!(place, 0),
                None => prop_assert_eq!(place, WEEKS + 1),
            }
        }
    }
}
