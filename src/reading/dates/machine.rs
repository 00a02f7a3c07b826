//! Forms that only programs write: one number, weeks, the dates of PDF and EXIF.

use jiff::Timestamp;
use jiff::civil::{ISOWeekDate, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::{Clock, Context, Found, clock, tokens};

/// Seconds or milliseconds since 1970, `20240315`, `20240315T103000Z`, `/Date(…)/`, `D:20240315103000+02'00'`, `2024-W11-5`,
/// `2024-03`, `2024:03:15 10:30:00`.
pub(super) fn read(text: &str, context: &Context) -> Option<Found> {
    epoch(text, context)
        .or_else(|| week_or_month(text, context))
        .or_else(|| exif(text, context))
        .or_else(|| compact(text, context))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Ten digits of seconds or thirteen of milliseconds.
fn epoch(text: &str, context: &Context) -> Option<Found> {
    let inner = text
        .trim_matches('\\')
        .strip_prefix("/Date(")
        .and_then(|rest| {
            rest.strip_suffix(")/")
                .or_else(|| rest.strip_suffix(")\\/"))
        })
        // The offset says in which zone to show it, not when it was.
        .map_or(text, |inner| {
            inner.split(['+', '-']).next().unwrap_or(inner)
        });
    let inner = inner.strip_prefix('@').unwrap_or(inner);
    let digits = match inner.split_once('.') {
        Some((seconds, rest)) if seconds.len() == 10 && is_digits(rest) => seconds,
        Some(_) => return None,
        None => inner,
    };
    if !is_digits(digits) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let at = match digits.len() {
        10 => Timestamp::from_second(number),
        13 => Timestamp::from_millisecond(number),
        _ => return None,
    }
    .ok()?;
    let year = at.to_zoned(TimeZone::UTC).year();
    context.plausible(year).then(|| context.moment(at))
}

/// The week dates of ISO 8601, and its months.
fn week_or_month(text: &str, context: &Context) -> Option<Found> {
    let year = text.get(..4).filter(|year| is_digits(year))?;
    let year: i16 = year.parse().ok()?;
    let rest = text.get(4..)?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if let Some(week) = rest.strip_prefix(['W', 'w']) {
        let number = week.get(..2).filter(|number| is_digits(number))?;
        let day = match week.get(2..)?.trim_start_matches('-') {
            "" => 1,
            day if day.len() == 1 && is_digits(day) => day.parse().ok()?,
            _ => return None,
        };
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        let date = ISOWeekDate::new(year, number.parse().ok()?, weekday)
            .ok()?
            .date();
        return context
            .plausible(date.year())
            .then(|| context.found(date, None))?;
    }
    let is_month = text.len() == 7 && text.as_bytes()[4] == b'-' && is_digits(rest);
    is_month
        .then(|| context.month(year, rest.parse().ok()?))
        .flatten()
}

/// `2024:03:15 10:30:00`
fn exif(text: &str, context: &Context) -> Option<Found> {
    let (day, time) = text.split_once(' ')?;
    let bytes = day.as_bytes();
    if bytes.len() != 10 || bytes[4] != b':' || bytes[7] != b':' {
        return None;
    }
    eight(&day.replace(':', ""), Some(time), context)
}

/// `20240315`, `20240315103000`, `20240315T103000+0200`, `20240315 10:30`.
fn compact(text: &str, context: &Context) -> Option<Found> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let head = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(head);
    match head {
        8 => {
            let rest = rest
                .strip_prefix(['T', 't', ' ', '-'])
                .filter(|rest| !rest.is_empty());
            if rest.is_none() && text.len() > 8 {
                return None;
            }
            eight(digits, rest, context)
        }
        12 | 14 => {
            let (day, time) = digits.split_at(8);
            eight(day, Some(&format!("{time}{rest}")), context)
        }
        _ => None,
    }
}

/// A day of eight digits with what follows it.
fn eight(day: &str, time: Option<&str>, context: &Context) -> Option<Found> {
    if !is_digits(day) {
        return None;
    }
    let date = context.day(
        day[..4].parse().ok()?,
        day[4..6].parse().ok()?,
        day[6..8].parse().ok()?,
    )?;
    let Some(time) = time else {
        return context.found(date, None);
    };
    context.found(date, Some(time_of(time)?))
}

/// `1030`, `103000.5`, `10:30`, with an offset.
fn time_of(text: &str) -> Option<Clock> {
    // PDF writes its offsets as +02'00'.
    let text = text.replace('\'', "");
    let head = text.bytes().take_while(u8::is_ascii_digit).count();
    if head < 4 {
        let tokens = tokens::tokens(&text);
        let (found, end) = clock::clock_at(&tokens, 0)?;
        return (end == tokens.len()).then_some(found);
    }
    if !matches!(head, 4 | 6) {
        return None;
    }
    let part = |from: usize| text.get(from..from + 2).and_then(|part| part.parse().ok());
    let second: i8 = if head == 6 { part(4)? } else { 0 };
    let time = Time::new(part(0)?, part(2)?, second.min(59), 0).ok()?;
    let mut rest = &text[head..];
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    if rest.is_empty() {
        return Some(Clock { time, offset: None });
    }
    let tokens = tokens::tokens(rest);
    let (offset, end): (Option<Offset>, usize) = clock::offset_at(&tokens, 0);
    (offset.is_some() && end == tokens.len()).then_some(Clock { time, offset })
}
