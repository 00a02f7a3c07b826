//! When an entry of a listing was published, as it is shown beside it or stands in its address.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::page::Page;
use super::record::Record;
use super::words::{DATED, EVENT, folded, has_word, speaks_of};
use crate::domain::{Language, Precision};
use crate::reading::dates::{self, Found};

/// What dates are read by.
pub(super) struct Around<'a> {
    pub now: Timestamp,
    pub zone: &'a TimeZone,
    pub lang: Option<Language>,
}

/// A text that is a date and little else has no more characters.
const LONGEST: usize = 48;

/// Words beside a date that is no publication's, folded.
const OTHERS: &[&str] = &[
    "termen",
    "pana la",
    "pina la",
    "deadline",
    "until",
    "by ",
    "lidz",
    "pieteikt",
    "срок",
    "до ",
    "perioada",
    "actualizat",
    "modificat",
    "atjaunots",
    "atjauninats",
    "обновлен",
    "updated",
    "modified",
    "copyright",
    "eveniment",
    "norises",
    "notiks",
    "norisinas",
    "incepe",
    "event",
    "expira",
    "closing",
    "closes",
    "due",
    "valabil",
    "inscrieri",
    "начало",
    "состоится",
    "по ",
];

impl Around<'_> {
    /// The first date in a text, unless it lies ahead.
    pub fn parse(&self, text: &str) -> Option<Found> {
        dates::parse(text, self.lang, self.now, self.zone)
            // What lies ahead is an event or a deadline; a day of grace for wrong zones.
            .filter(|found| found.at <= self.now + SignedDuration::from_hours(36))
    }

    /// A date that a text consists of.
    pub fn alone(&self, text: &str) -> Option<Found> {
        // Bytes bound characters, and most texts are too long.
        if text.len() > LONGEST * 4 {
            return None;
        }
        let length = text.chars().count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        if !(4..=LONGEST).contains(&length) || letters > 30 || !has_digit && length > 20 {
            return None;
        }
        self.parse(text).filter(|_| !is_other(text))
    }
}

/// A date in numbers that a title begins with, and the rest of the title.
pub(super) fn leading<'a>(title: &'a str, around: &Around) -> Option<(Found, &'a str)> {
    let (first, rest) = title.split_once(char::is_whitespace)?;
    let first = first.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ':' | ',' | '|'));
    let signs = first.bytes().filter(|byte| !byte.is_ascii_digit()).count();
    let numeric = first
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/' | b'-'));
    if !numeric || !(2..=3).contains(&signs) || !(8..=11).contains(&first.len()) {
        return None;
    }
    let rest = rest
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '„' | '«' | '“' | '"'));
    around.parse(first).map(|found| (found, rest))
}

/// Whether a text speaks of a deadline, an event or a change.
fn is_other(text: &str) -> bool {
    let small = text.to_lowercase();
    let folded = folded(&small);
    OTHERS.iter().any(|word| {
        folded.match_indices(word).any(|(at, _)| {
            folded[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric())
        })
    }) || text.contains('©')
}

/// The date that the entry shows; `before` says that dates stand before the titles of this list.
pub(super) fn shown(
    page: &Page,
    record: &Record,
    title: &str,
    before: bool,
    around: &Around,
) -> Option<Found> {
    let (from, to) = if !record.flat {
        (record.from, record.to)
    } else if before {
        (record.from, page.nodes[record.top].end)
    } else {
        (record.top, record.to)
    };
    if of_event(page, record.top) {
        return None;
    }
    let title_folded = folded(title);
    let mut best: Option<(u8, Found)> = None;
    // The nearest before the title is the last of them.
    let last_wins = before && record.flat;
    // What stands before a text on its own line tells what its date means: “Deadline: <b>4 July</b>”.
    let mut said = String::new();
    let mut skip = 0;
    for at in from..to {
        let node = &page.nodes[at];
        if at < skip {
            continue;
        }
        if node.is_text() {
            let text = node.text.trim();
            if text.is_empty() {
                continue;
            }
            if text.len() <= LONGEST * 4 {
                let found = around.alone(&super::super::text::clean_line(text));
                offer(&mut best, last_wins, 3, found.filter(|_| !is_other(&said)));
            }
            said.clear();
            // Only labels: titles and sentences speak of many things.
            if text.chars().count() <= 40 && !title_folded.contains(&folded(text)) {
                said.push_str(text);
            }
            continue;
        }
        let class = node.attr("class").unwrap_or_default();
        let deadline = speaks_of(class, &EVENT) && !speaks_of(class, &DATED);
        if deadline
            || has_word(
                class,
                &[
                    "deadline", "event", "updated", "modified", "termen", "expires",
                ],
            ) && !has_word(class, &["published", "posted", "entry"])
        {
            skip = node.end;
            continue;
        }
        let property = node.attr("itemprop").unwrap_or_default();
        if node.name() == "time" || property == "datePublished" || property == "dateCreated" {
            if !is_other(&said) {
                let given = ["datetime", "content"]
                    .iter()
                    .find_map(|name| node.attr(name))
                    .filter(|text| text.len() > 5)
                    .and_then(|text| around.parse(text))
                    .or_else(|| around.alone(&page.text_of(at)));
                offer(
                    &mut best,
                    last_wins,
                    u8::from(!property.starts_with("date")),
                    given,
                );
            }
            skip = node.end;
            continue;
        }
        if matches!(node.name(), "a" | "br" | "img") {
            continue;
        }
        if node.end - at < 30 && node.chars <= 60 && node.chars >= 4 {
            let text = page.text_of(at);
            let named = speaks_of(class, &DATED)
                || node
                    .attr("id")
                    .is_some_and(|id| has_word(id, &["date", "data"]));
            let rank = if named { 2 } else { 3 };
            let found = around
                .alone(&text)
                .filter(|_| folded(&text) != title_folded && node.heading().is_none())
                .filter(|_| !is_other(&said));
            offer(&mut best, last_wins, rank, found);
        }
    }
    // Dates in lines with more to them: “Published on 4 July by the office | Category”.
    if best.is_none() {
        for line in super::record::lines(page, from, to) {
            if line.chars().count() <= 120 && tells_publication(&line) && !is_other(&line) {
                offer(&mut best, last_wins, 4, around.parse(&line));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Keeps the better of two dates: that with the lower rank, else the first or the last.
fn offer(best: &mut Option<(u8, Found)>, last_wins: bool, rank: u8, found: Option<Found>) {
    if let Some(found) = found
        && best.is_none_or(|(known, _)| rank < known || last_wins && rank == known)
    {
        *best = Some((rank, found));
    }
}

/// Whether the list is one of events: its dates are theirs.
fn of_event(page: &Page, top: usize) -> bool {
    std::iter::once(top)
        .chain(page.above(top).take(3))
        .any(|at| {
            page.nodes[at].attr("class").is_some_and(|class| {
                has_word(
                    class,
                    &[
                        "event",
                        "events",
                        "tribe",
                        "evenimente",
                        "eveniment",
                        "pasakumi",
                        "afisha",
                        "agenda",
                    ],
                )
            })
        })
}

fn tells_publication(text: &str) -> bool {
    let folded = folded(text);
    [
        "publicat",
        "postat",
        "adaugat",
        "data public",
        "data:",
        "scris",
        "publicets",
        "pievienots",
        "ievietots",
        "datums",
        "опубликован",
        "дата",
        "размещен",
        "published",
        "posted",
        "submitted",
        "trimis de",
        "on ",
        "by ",
        "de ",
    ]
    .iter()
    .any(|word| folded.starts_with(word))
}

/// `/2024/07/04/`, `/2024-07-04-title`, `/20240704`; a month only where there is no day.
pub(super) fn in_address(url: &Url, around: &Around) -> Option<Found> {
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    for (at, pair) in parts.windows(2).enumerate() {
        if pair[0].len() == 4 && number(pair[0], 4) && number(pair[1], 2) {
            let day = parts
                .get(at + 2)
                .map(|part| part.split(['-', '.', '_']).next().unwrap_or_default())
                .filter(|day| number(day, 2));
            if let Some(day) = day
                && let Some(found) = around.parse(&format!("{}-{:0>2}-{day:0>2}", pair[0], pair[1]))
            {
                return Some(found);
            }
            // `/2026/3/` may be the third newsletter.
            if pair[1].len() < 2 {
                return None;
            }
            return around
                .parse(&format!("{}-{:0>2}-01", pair[0], pair[1]))
                .map(|found| Found {
                    precision: Precision::Month,
                    ..found
                });
        }
    }
    let last = parts.iter().rev().take(2);
    for part in last {
        if let Some(head) = part.get(..10)
            && head.bytes().enumerate().all(|(at, byte)| {
                if at == 4 || at == 7 {
                    matches!(byte, b'-' | b'_')
                } else {
                    byte.is_ascii_digit()
                }
            })
        {
            return around.parse(&head.replace('_', "-"));
        }
    }
    None
}
