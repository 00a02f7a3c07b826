//! iCalendar (RFC 5545, with the properties of RFC 7986).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::FeedInfo;
use super::entry::{plain, safe_link, sane, under};
use crate::domain::{Deadline, Event, Item, ItemState, Precision};

/// Longest line in octets, without its line break (RFC 5545, 3.1).
const LINE: usize = 75;

/// Deadlines and events of items as iCalendar. The same items give the same document at any time, so that it can be
/// recognised as unchanged; `now` only keeps sources that live in the future from dating it ahead.
#[must_use]
pub fn calendar(info: &FeedInfo, items: &[Item], now: Timestamp) -> String {
    let mut ics = Ics(String::with_capacity(512 + items.len() * 1024));
    let title = plain(&info.title, "vesti");
    ics.raw("BEGIN:VCALENDAR");
    ics.raw("VERSION:2.0");
    ics.raw(concat!(
        "PRODID:-//vesti//vesti ",
        env!("CARGO_PKG_VERSION"),
        "//EN"
    ));
    ics.raw("CALSCALE:GREGORIAN");
    ics.text("NAME", &title);
    ics.text("X-WR-CALNAME", &title);
    let description = plain(&info.description, "");
    if !description.is_empty() {
        ics.text("DESCRIPTION", &description);
    }
    ics.raw(&format!("URL:{}", info.home));
    ics.raw(&format!("SOURCE;VALUE=URI:{}", info.this));
    ics.raw("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    ics.raw("X-PUBLISHED-TTL:PT1H");
    for item in items {
        if let Some(deadline) = &item.deadline {
            ics.deadline(info, item, deadline, now);
        }
        if let Some(event) = &item.event {
            ics.event(info, item, event, now);
        }
    }
    ics.raw("END:VCALENDAR");
    ics.0
}

/// When something is: on days, or at moments.
#[derive(Debug, PartialEq)]
enum When {
    /// The first day, and the first day after.
    Days(Date, Date),
    /// From, and to where that is known.
    Moments(Timestamp, Option<Timestamp>),
}

impl When {
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

/// A calendar in the making.
struct Ics(String);

impl Ics {
    fn deadline(&mut self, info: &FeedInfo, item: &Item, deadline: &Deadline, now: Timestamp) {
        self.raw("BEGIN:VEVENT");
        self.common(info, item, "deadline", now);
        self.when(&When::of_deadline(deadline, &item.country.time_zone()));
        let evidence = plain(&deadline.evidence, "");
        self.description(info, item, &evidence);
        self.raw("TRANSP:TRANSPARENT");
        self.raw("BEGIN:VALARM");
        self.raw("ACTION:DISPLAY");
        self.raw("TRIGGER:-P1D");
        self.text("DESCRIPTION", &plain(&item.title, "…"));
        self.raw("END:VALARM");
        self.raw("END:VEVENT");
    }

    fn event(&mut self, info: &FeedInfo, item: &Item, event: &Event, now: Timestamp) {
        self.raw("BEGIN:VEVENT");
        self.common(info, item, "event", now);
        self.when(&When::of_event(event, &item.country.time_zone()));
        if let Some(place) = &event.place {
            self.text("LOCATION", &plain(place, ""));
        }
        self.description(info, item, "");
        self.raw("END:VEVENT");
    }

    fn common(&mut self, info: &FeedInfo, item: &Item, what: &str, now: Timestamp) {
        let host = info.public.host_str().unwrap_or("localhost");
        let host = host.trim_matches(['[', ']']);
        self.raw(&format!("UID:{}-{what}@{host}", item.id));
        let withdrawn = match item.state {
            ItemState::Live => None,
            ItemState::Withdrawn(at) => Some(at),
        };
        let changed = withdrawn
            .or(item.updated)
            .unwrap_or(item.first_seen)
            .max(item.first_seen)
            .min(now);
        // Without a METHOD, the stamp is the time of the last change (RFC 5545, 3.8.7.2).
        self.raw(&format!("DTSTAMP:{}", utc(changed)));
        self.raw(&format!("LAST-MODIFIED:{}", utc(changed)));
        self.raw(&format!("CREATED:{}", utc(item.first_seen.min(now))));
        let sequence = item.version.saturating_sub(1) + u32::from(withdrawn.is_some());
        self.raw(&format!("SEQUENCE:{sequence}"));
        if withdrawn.is_some() {
            self.raw("STATUS:CANCELLED");
        }
        let lang = item.lang.map_or(String::new(), |detected| {
            format!(";LANGUAGE={}", detected.lang)
        });
        self.text(&format!("SUMMARY{lang}"), &plain(&item.title, "…"));
        let page = under(&info.public, &format!("items/{}", item.id));
        self.raw(&format!("URL:{}", safe_link(&item.url).unwrap_or(&page)));
        let categories: Vec<String> = std::iter::once(item.kind.to_string())
            .chain(item.topics.iter().map(ToString::to_string))
            .collect();
        self.raw(&format!("CATEGORIES:{}", categories.join(",")));
    }

    /// Source, the proving sentence or the excerpt, and the service's page.
    fn description(&mut self, info: &FeedInfo, item: &Item, evidence: &str) {
        let excerpt = plain(&item.excerpt, "");
        let mut parts = vec![plain(&item.source_name, item.source.as_str())];
        parts.extend(
            [evidence.to_owned(), excerpt]
                .into_iter()
                .filter(|part| !part.is_empty()),
        );
        parts.push(under(&info.public, &format!("items/{}", item.id)));
        self.text("DESCRIPTION", &parts.join("\n\n"));
    }

    fn when(&mut self, when: &When) {
        match when {
            When::Days(first, after) => {
                self.raw(&format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")));
                self.raw(&format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")));
            }
            When::Moments(start, end) => {
                self.raw(&format!("DTSTART:{}", utc(*start)));
                if let Some(end) = end {
                    self.raw(&format!("DTEND:{}", utc(*end)));
                }
            }
        }
    }

    /// A property whose value is text: escaped as 3.3.11 says.
    fn text(&mut self, name: &str, text: &str) {
        let mut line = String::with_capacity(name.len() + text.len() + 8);
        line.push_str(name);
        line.push(':');
        for c in super::xml::legal(text).chars() {
            match c {
                '\\' => line.push_str("\\\\"),
                ';' => line.push_str("\\;"),
                ',' => line.push_str("\\,"),
                '\n' => line.push_str("\\n"),
                c => line.push(c),
            }
        }
        self.raw(&line);
    }

    /// A whole line, folded between characters so that no piece is longer than 75 octets.
    fn raw(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars().filter(|c| *c == '\t' || !c.is_control()) {
            if width + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn utc(at: Timestamp) -> String {
    sane(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn folding_and_escaping_can_be_undone(text: String) {
            let mut ics = Ics(String::new());
            ics.text("SUMMARY", &text);
            prop_assert!(ics.0.ends_with("\r\n"));
            for line in ics.0.split("\r\n") {
                prop_assert!(line.len() <= LINE);
                prop_assert!(!line.contains(['\n', '\r']));
            }
            let unfolded = ics.0.replace("\r\n ", "");
            let value = unfolded.strip_prefix("SUMMARY:").unwrap().strip_suffix("\r\n").unwrap();
            let mut read = String::new();
            let mut chars = value.chars();
            while let Some(c) = chars.next() {
                read.push(match c {
                    '\\' => match chars.next().unwrap() { 'n' => '\n', other => other },
                    c => c,
                });
            }
            prop_assert_eq!(read, super::super::xml::legal(&text).into_owned());
        }
    }
}
