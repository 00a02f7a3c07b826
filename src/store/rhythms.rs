//! How much a source published, and how often visits to it failed, week by week.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

use crate::domain::SourceId;

use super::rows::{millis, unsigned};
use super::{Store, StoreError};

/// A week in milliseconds, and the first Monday after 1970 began.
const WEEK: i64 = 7 * 24 * 3_600_000;
const FIRST_MONDAY: i64 = 4 * 24 * 3_600_000;

/// A week of a source, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Items that were published.
    pub items: u64,
    /// Visits that were made, as far as they are remembered.
    pub visits: u64,
    /// Of these, how many failed.
    pub failures: u64,
}

impl Store {
    /// The latest weeks of a source, the oldest first, the one of `now` last; quiet ones too.
    pub fn weeks(
        &self,
        source: &SourceId,
        most: u32,
        now: Timestamp,
    ) -> Result<Vec<Week>, StoreError> {
        let last = week_of(millis(now));
        let first = last - i64::from(most.max(1)) + 1;
        let begin = first * WEEK + FIRST_MONDAY;
        let (items, visits) = self.read(|connection| {
            let items: BTreeMap<i64, u64> = connection
                .prepare_cached(
                    "SELECT (sort_at - ?3) / ?4 AS week, count(*) FROM item \
                     WHERE source = ?1 AND withdrawn IS NULL AND sort_at >= ?2 GROUP BY week",
                )?
                .query_map(
                    params![source.as_str(), begin, FIRST_MONDAY, WEEK],
                    |row| Ok((row.get(0)?, unsigned(row, 1)?)),
                )?
                .collect::<rusqlite::Result<_>>()?;
            let visits: BTreeMap<i64, (u64, u64)> = connection
                .prepare_cached(
                    "SELECT (at - ?3) / ?4 AS week, count(*), sum(json_extract(log, '$.fault') IS NOT NULL) FROM visit \
                     WHERE source = ?1 AND at >= ?2 GROUP BY week",
                )?
                .query_map(
                    params![source.as_str(), begin, FIRST_MONDAY, WEEK],
                    |row| Ok((row.get(0)?, (unsigned(row, 1)?, unsigned(row, 2)?))),
                )?
                .collect::<rusqlite::Result<_>>()?;
            Ok((items, visits))
        })?;
        Ok((first..=last)
            .filter_map(|week| {
                let (seen, failures) = visits.get(&week).copied().unwrap_or_default();
                Some(Week {
                    monday: monday(week)?,
                    items: items.get(&week).copied().unwrap_or(0),
                    visits: seen,
                    failures,
                })
            })
            .collect())
    }
}

fn week_of(millis: i64) -> i64 {
    (millis - FIRST_MONDAY).div_euclid(WEEK)
}

fn monday(week: i64) -> Option<Date> {
    let at = Timestamp::from_millisecond(week * WEEK + FIRST_MONDAY).ok()?;
    Some(at.to_zoned(jiff::tz::TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let week = |text: &str| {
            let at: Timestamp = text.parse().unwrap();
            monday(week_of(millis(at))).unwrap().to_string()
        };
        assert_eq!(week("2026-11-22T23:59:59Z"), "2026-11-16");
        assert_eq!(week("2026-11-23T00:00:00Z"), "2026-11-23");
        assert_eq!(week("1970-01-05T00:00:00Z"), "1970-01-05");
    }
}
