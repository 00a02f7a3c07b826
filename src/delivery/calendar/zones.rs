//! The rules of time zones (RFC 5545, 3.6.5), for the years that are written in their local time.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, Weekday};
use jiff::tz::{Dst, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::lines::Lines;

/// Years whose local times are written: any that a calendar can reasonably hold.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2100;
/// Years beyond the last date for which a yearly rule must hold before it is written as one.
const AHEAD: i64 = 3;
/// Most changes of a zone's clocks that are looked at: two a year.
const MOST: usize = 300;

/// The name of a zone under which a moment is written, or none where it is to be written in UTC.
pub(super) fn name(zone: &TimeZone, at: Timestamp) -> Option<&str> {
    let year = at.to_zoned(TimeZone::UTC).year();
    zone.iana_name()
        .filter(|name| *name != "UTC" && YEARS.contains(&year))
}

/// The zones that a calendar needs, and for which time.
#[derive(Default)]
pub(super) struct Zones(BTreeMap<String, (TimeZone, Timestamp, Timestamp)>);

impl Zones {
    /// Notes the moments that are written in a zone's local time.
    pub fn need(&mut self, zone: &TimeZone, moments: impl Iterator<Item = Timestamp>) {
        for at in moments {
            if let Some(name) = name(zone, at) {
                let known = self.0.entry(name.to_owned());
                let (_, first, last) = known.or_insert_with(|| (zone.clone(), at, at));
                (*first, *last) = ((*first).min(at), (*last).max(at));
            }
        }
    }

    /// Their rules.
    pub fn write(&self, lines: &mut Lines) {
        for (name, (zone, first, last)) in &self.0 {
            lines.raw("BEGIN:VTIMEZONE");
            lines.raw(&format!("TZID:{name}"));
            for part in parts(zone, *first, *last) {
                part.write(lines);
            }
            lines.raw("END:VTIMEZONE");
        }
    }
}

/// A way in which the clocks are set, and when that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    summer: bool,
    from: Offset,
    to: Offset,
    abbreviation: String,
    /// Local times by the old setting; never none.
    onsets: Vec<DateTime>,
    /// The month whose last such weekday it is, every year.
    yearly: Option<(i8, Weekday)>,
}

impl Part {
    fn write(&self, lines: &mut Lines) {
        let name = if self.summer { "DAYLIGHT" } else { "STANDARD" };
        let written = |at: &DateTime| at.strftime("%Y%m%dT%H%M%S").to_string();
        let Some((first, rest)) = self.onsets.split_first() else {
            return;
        };
        lines.raw(&format!("BEGIN:{name}"));
        lines.raw(&format!("DTSTART:{}", written(first)));
        match self.yearly {
            Some((month, weekday)) => lines.raw(&format!(
                "RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY=-1{}",
                &format!("{weekday:?}")[..2].to_uppercase()
            )),
            None if !rest.is_empty() => {
                let rest: Vec<String> = rest.iter().map(written).collect();
                lines.raw(&format!("RDATE:{}", rest.join(",")));
            }
            None => {}
        }
        lines.raw(&format!("TZOFFSETFROM:{}", offset(self.from)));
        lines.raw(&format!("TZOFFSETTO:{}", offset(self.to)));
        lines.text("TZNAME", &self.abbreviation);
        lines.raw(&format!("END:{name}"));
    }

    /// Finds the rule that the onsets follow, where there is one.
    fn find_rule(&mut self) {
        let Some(first) = self.onsets.first().copied() else {
            return;
        };
        let like_the_first = |(years, onset): (i16, &DateTime)| {
            let last_of_its_sort = onset.date().saturating_add(1.week()).month() != onset.month();
            onset.year() == first.year() + years
                && onset.month() == first.month()
                && onset.weekday() == first.weekday()
                && onset.time() == first.time()
                && last_of_its_sort
        };
        let steady = (0..).zip(&self.onsets).all(like_the_first);
        if steady && self.onsets.len() > 1 {
            self.yearly = Some((first.month(), first.weekday()));
        }
    }
}

/// How a zone's clocks are set from one moment to another.
fn parts(zone: &TimeZone, first: Timestamp, last: Timestamp) -> Vec<Part> {
    let second = SignedDuration::from_secs(1);
    let after_first = first.saturating_add(second).unwrap_or(first);
    let until = last
        .to_zoned(zone.clone())
        .saturating_add((AHEAD * 12).months())
        .timestamp();
    let mut parts: Vec<Part> = Vec::new();
    let earlier = zone.preceding(after_first).next();
    if earlier.is_none() {
        // It was never otherwise.
        let info = zone.to_offset_info(first);
        parts.push(Part {
            summer: info.dst() == Dst::Yes,
            from: info.offset(),
            to: info.offset(),
            abbreviation: info.abbreviation().to_owned(),
            onsets: vec![DateTime::constant(1970, 1, 1, 0, 0, 0, 0)],
            yearly: None,
        });
    }
    let later = zone.following(first).take(MOST);
    let changes = earlier
        .into_iter()
        .chain(later.take_while(|change| change.timestamp() <= until));
    let mut seen = Timestamp::MIN;
    for change in changes {
        let at = change.timestamp();
        if at <= seen {
            continue;
        }
        seen = at;
        let before = at.saturating_sub(second).unwrap_or(at);
        let from = zone.to_offset_info(before).offset();
        let part = Part {
            summer: change.dst() == Dst::Yes,
            from,
            to: change.offset(),
            abbreviation: change.abbreviation().to_owned(),
            onsets: vec![from.to_datetime(at)],
            yearly: None,
        };
        let same = |known: &&mut Part| {
            known.summer == part.summer
                && known.from == part.from
                && known.to == part.to
                && known.abbreviation == part.abbreviation
        };
        match parts.iter_mut().find(same) {
            Some(known) => known.onsets.extend(part.onsets),
            None => parts.push(part),
        }
    }
    for part in &mut parts {
        part.find_rule();
    }
    parts
}

/// `+0200`, with seconds where there are any.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: &str, first: &str, last: &str) -> String {
        let mut zones = Zones::default();
        let moments = [first, last].map(|text| text.parse().unwrap());
        zones.need(&TimeZone::get(zone).unwrap(), moments.into_iter());
        let mut lines = Lines::with_capacity(0);
        zones.write(&mut lines);
        lines.finish().replace("\r\n", "\n")
    }

    #[test]
    fn the_rules_of_the_union_are_written_as_rules() {
        assert_eq!(
            written(
                "Europe/Bucharest",
                "2026-11-21T10:00:00Z",
                "2026-12-21T10:00:00Z"
            ),
            "BEGIN:VTIMEZONE\nTZID:Europe/Bucharest\n\
             BEGIN:STANDARD\nDTSTART:20261025T040000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n\
             TZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nTZNAME:EET\nEND:STANDARD\n\
             BEGIN:DAYLIGHT\nDTSTART:20270328T030000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n\
             TZOFFSETFROM:+0200\nTZOFFSETTO:+0300\nTZNAME:EEST\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
        );
    }

    #[test]
    fn clocks_that_follow_no_rule_are_written_one_by_one() {
        // Morocco's change with Ramadan.
        let text = written(
            "Africa/Casablanca",
            "2026-01-21T10:00:00Z",
            "2026-12-21T10:00:00Z",
        );
        assert!(text.contains("RDATE:") && !text.contains("RRULE"), "{text}");
        let text = written(
            "Asia/Kolkata",
            "2026-01-21T10:00:00Z",
            "2026-12-21T10:00:00Z",
        );
        assert!(text.contains("TZOFFSETTO:+0530") && !text.contains("DAYLIGHT"));
    }

    #[test]
    fn what_is_in_utc_or_far_away_needs_no_rules() {
        assert_eq!(
            written("UTC", "2026-01-21T10:00:00Z", "2026-12-21T10:00:00Z"),
            ""
        );
        assert_eq!(
            written(
                "Europe/Riga",
                "2200-01-21T10:00:00Z",
                "2300-12-21T10:00:00Z"
            ),
            ""
        );
    }

    #[test]
    fn every_written_change_is_one_of_the_zone() {
        for zone in [
            "Europe/Bucharest",
            "Europe/Riga",
            "Europe/Chisinau",
            "Europe/Brussels",
            "Europe/Kyiv",
        ] {
            let zone = TimeZone::get(zone).unwrap();
            let first: Timestamp = "1996-05-01T00:00:00Z".parse().unwrap();
            let last: Timestamp = "2031-05-01T00:00:00Z".parse().unwrap();
            let parts = parts(&zone, first, last);
            let onsets: usize = parts.iter().map(|part| part.onsets.len()).sum();
            assert!((70..=80).contains(&onsets), "{onsets}");
            for part in &parts {
                for onset in &part.onsets {
                    let at = part.from.to_timestamp(*onset).unwrap();
                    let before = zone.to_offset_info(at - SignedDuration::from_secs(1));
                    let after = zone.to_offset_info(at);
                    assert_eq!(before.offset(), part.from);
                    assert_eq!(after.offset(), part.to);
                    assert_eq!(after.dst() == Dst::Yes, part.summer);
                }
            }
        }
    }
}
