//! iCalendar (RFC 5545, with the properties of RFC 7986).

mod alarm;
mod lines;
mod when;
mod zones;

pub use alarm::Alarm;

use jiff::Timestamp;

use super::FeedInfo;
use super::entry::{plain, safe_link, sane, under};
use crate::domain::{CalendarDate, Dated, Item};

use lines::Lines;
use when::When;
use zones::Zones;

/// What a calendar is asked to be beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarOptions {
    /// When to remind.
    pub alarm: Alarm,
    /// The name of the zone that its readers live in (`X-WR-TIMEZONE`).
    pub zone: Option<String>,
}

/// Deadlines and events as iCalendar, those called off as cancelled. The same dates give the same document at any
/// time, so that it can be recognised as unchanged; `now` only keeps sources that live in the future from dating it
/// ahead.
///
/// Hours are written in the local time of the country that they are meant in, with that zone's rules for the years
/// concerned; days as days.
#[must_use]
pub fn calendar(
    info: &FeedInfo,
    options: &CalendarOptions,
    dates: &[(Item, Dated)],
    now: Timestamp,
) -> String {
    let mut lines = Lines::with_capacity(1024 + dates.len() * 1024);
    lines.raw("BEGIN:VCALENDAR");
    head(&mut lines, info, options, now);
    let placed: Vec<(&Item, &Dated, When)> = dates
        .iter()
        .map(|(item, dated)| {
            let when = When::of(&dated.date, &item.country.time_zone());
            (item, dated, when)
        })
        .collect();
    let mut zones = Zones::default();
    for (item, _, when) in &placed {
        zones.need(&item.country.time_zone(), when.moments());
    }
    zones.write(&mut lines);
    for (item, dated, when) in &placed {
        entry(&mut lines, info, options, (item, dated, when), now);
    }
    lines.raw("END:VCALENDAR");
    lines.finish()
}

fn head(lines: &mut Lines, info: &FeedInfo, options: &CalendarOptions, now: Timestamp) {
    let title = plain(&info.title, "vesti");
    lines.raw("VERSION:2.0");
    lines.raw(concat!(
        "PRODID:-//vesti//vesti ",
        env!("CARGO_PKG_VERSION"),
        "//EN"
    ));
    lines.raw("CALSCALE:GREGORIAN");
    let lang = info
        .labels
        .lang
        .map_or(String::new(), |lang| format!(";LANGUAGE={lang}"));
    lines.text(&format!("NAME{lang}"), &title);
    lines.text("X-WR-CALNAME", &title);
    let description = plain(&info.description, "");
    if !description.is_empty() {
        lines.text(&format!("DESCRIPTION{lang}"), &description);
        lines.text("X-WR-CALDESC", &description);
    }
    if let Some(zone) = &options.zone {
        lines.text("X-WR-TIMEZONE", zone);
    }
    lines.raw(&format!("LAST-MODIFIED:{}", utc(info.updated.min(now))));
    lines.raw(&format!("URL:{}", info.home));
    lines.raw(&format!("SOURCE;VALUE=URI:{}", info.this));
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    lines.raw("X-PUBLISHED-TTL:PT1H");
}

fn entry(
    lines: &mut Lines,
    info: &FeedInfo,
    options: &CalendarOptions,
    (item, dated, when): (&Item, &Dated, &When),
    now: Timestamp,
) {
    let cancelled = dated.cancelled.is_some();
    let what = match &dated.date {
        CalendarDate::Deadline(_) => "deadline",
        CalendarDate::Event(_) => "event",
    };
    let host = info.public.host_str().unwrap_or("localhost");
    let host = host.trim_matches(['[', ']']);
    let title = plain(&dated.title, "…");
    let lang = item.lang.map_or(String::new(), |detected| {
        format!(";LANGUAGE={}", detected.lang)
    });
    lines.raw("BEGIN:VEVENT");
    lines.raw(&format!("UID:{}-{what}@{host}", item.id));
    let changed = dated.changed.max(item.first_seen).min(now);
    // Without a METHOD, the stamp is the time of the last change (RFC 5545, 3.8.7.2).
    lines.raw(&format!("DTSTAMP:{}", utc(changed)));
    lines.raw(&format!("LAST-MODIFIED:{}", utc(changed)));
    lines.raw(&format!("CREATED:{}", utc(item.first_seen.min(now))));
    lines.raw(&format!("SEQUENCE:{}", dated.sequence));
    lines.raw(if cancelled {
        "STATUS:CANCELLED"
    } else {
        "STATUS:CONFIRMED"
    });
    when.write(lines, &item.country.time_zone());
    lines.text(&format!("SUMMARY{lang}"), &title);
    let mut evidence = String::new();
    match &dated.date {
        CalendarDate::Deadline(deadline) => evidence = plain(&deadline.evidence, ""),
        CalendarDate::Event(event) => {
            let place = event.place.as_deref().map(|place| plain(place, ""));
            if let Some(place) = place.filter(|place| !place.is_empty()) {
                lines.text(&format!("LOCATION{lang}"), &place);
            }
        }
    }
    let page = under(&info.public, &format!("items/{}", item.id));
    let excerpt = plain(&item.excerpt, "");
    let parts = [
        plain(&item.source_name, item.source.as_str()),
        evidence,
        excerpt,
        page.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    lines.text(&format!("DESCRIPTION{lang}"), &parts.join("\n\n"));
    lines.raw(&format!("URL:{}", safe_link(&item.url).unwrap_or(&page)));
    if let Some(image) = item.image.as_ref().and_then(safe_link) {
        lines.raw(&format!("IMAGE;VALUE=URI;DISPLAY=BADGE:{image}"));
    }
    let labels = std::iter::once(info.labels.kind(item.kind))
        .chain(item.topics.iter().map(|topic| info.labels.topic(topic)));
    let own = info
        .labels
        .lang
        .map_or(String::new(), |lang| format!(";LANGUAGE={lang}"));
    lines.texts(&format!("CATEGORIES{own}"), labels);
    let asks_for_time = matches!(dated.date, CalendarDate::Event(_)) && when.is_of_hours();
    if cancelled || !asks_for_time {
        // A deadline takes none of the day away, nor does what will not be.
        lines.raw("TRANSP:TRANSPARENT");
    }
    if !cancelled && let Some(trigger) = options.alarm.trigger(&dated.date, when.is_of_hours()) {
        lines.raw("BEGIN:VALARM");
        lines.raw("ACTION:DISPLAY");
        lines.raw(&format!("TRIGGER:{trigger}"));
        lines.text(&format!("DESCRIPTION{lang}"), &title);
        lines.raw("END:VALARM");
    }
    lines.raw("END:VEVENT");
}

fn utc(at: Timestamp) -> String {
    sane(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}
