//! Hours as they are written in prose, and the zone they are meant in.

use std::ops::Range;

use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

use super::tokens::Token;

/// An hour, or a span of hours.
#[derive(Debug, Clone)]
pub(in crate::understanding) struct Hours {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The hour.
    pub start: Time,
    /// The second one of “10:00 – 14:00”.
    pub end: Option<Time>,
    /// The zone that the text names.
    pub zone: Option<TimeZone>,
}

/// The hours that begin at a token. `after_date`: a date ends here, so that “12.00” alone is an hour.
pub(super) fn hours_at(tokens: &[Token], place: usize, after_date: bool) -> Option<Hours> {
    let mut at = place;
    let announced = announces(tokens.get(at)?.word());
    if announced {
        at += 1;
        while tokens
            .get(at)
            .is_some_and(|token| token.is_mark(&['.', ':']))
        {
            at += 1;
        }
        if matches!(
            tokens.get(at).map(Token::word),
            Some("limita" | "de" | "no")
        ) {
            at += 1;
        }
    }
    if let Some(time) = named(tokens.get(at)?.word()) {
        return Some(with_zone(tokens, place, at + 1, time, None));
    }
    // “до 12 часов” is an hour of the day, “в течение 24 часов” is none.
    let before = place
        .checked_sub(1)
        .map_or("", |before| tokens[before].word());
    let told = announced
        || (matches!(before, "до" | "в" | "к" | "с" | "pana" | "la" | "pina")
            && tokens
                .get(at + 1)
                .is_some_and(|next| matches!(next.word(), "часов" | "часа" | "час" | "ч" | "h")));
    let start = clock(tokens, &mut at, announced || after_date, told)?;
    let mut end_at = at;
    let between = matches!(before, "intre" | "starp" | "между" | "between");
    let joined = tokens.get(end_at).is_some_and(|token| {
        token.is_mark(&['-'])
            || matches!(token.word(), "pana" | "lidz" | "до" | "to" | "until")
            || (between && matches!(token.word(), "si" | "un" | "и" | "and"))
    });
    let mut end = None;
    if joined {
        end_at += 1;
        while tokens
            .get(end_at)
            .is_some_and(|token| announces(token.word()) || token.word() == "la")
        {
            end_at += 1;
        }
        end = clock(tokens, &mut end_at, true, false);
        if end.is_some() {
            at = end_at;
        }
    }
    Some(with_zone(
        tokens,
        place,
        at,
        start,
        end.filter(|end| *end > start),
    ))
}

fn with_zone(
    tokens: &[Token],
    place: usize,
    mut at: usize,
    start: Time,
    end: Option<Time>,
) -> Hours {
    let mut zone = None;
    for skipped in 0..3 {
        match zone_at(tokens, at + skipped) {
            Some((found, after)) => {
                zone = Some(found);
                at = after;
                break;
            }
            None if tokens.get(at + skipped).is_some_and(|token| {
                token.is_mark(&['(', ',']) || matches!(token.word(), "по" | "pec")
            }) => {}
            None => break,
        }
    }
    Hours {
        tokens: place..at,
        start,
        end,
        zone,
    }
}

/// Words after which a number is an hour.
fn announces(word: &str) -> bool {
    matches!(
        word,
        "ora" | "orele" | "orei" | "plkst" | "pulksten" | "pl" | "час"
    )
}

/// Hours that have names. Midnight is the end of the day that it is said of.
fn named(word: &str) -> Option<Time> {
    match word {
        "midnight" | "полночь" | "полуночи" | "pusnaktij" | "pusnakts" => {
            Some(Time::constant(23, 59, 59, 0))
        }
        "noon" | "midday" => Some(Time::constant(12, 0, 0, 0)),
        _ => None,
    }
}

/// `16:00`, `16.00` where an hour is expected, `16` after “ora”, `5 pm`, `16h30`, `16oo`.
fn clock(tokens: &[Token], at: &mut usize, expected: bool, announced: bool) -> Option<Time> {
    let (hour, digits) = tokens.get(*at)?.number()?;
    if digits > 2 || hour > 24 {
        return None;
    }
    let separator = tokens.get(*at + 1);
    let minutes = tokens
        .get(*at + 2)
        .and_then(Token::number)
        .filter(|(minute, digits)| *digits == 2 && *minute < 60)
        .map(|(minute, _)| minute);
    let colon = separator.is_some_and(|token| token.is_mark(&[':']) || (token.word() == "h"));
    let point =
        separator.is_some_and(|token| token.is_mark(&['.', ',']) && (expected || announced));
    // “12.05.2024” is a date, “1.000.000” an amount.
    let goes_on = point
        && tokens
            .get(*at + 3)
            .is_some_and(|token| token.is_mark(&['.', '/']))
        && tokens
            .get(*at + 4)
            .is_some_and(|token| token.number().is_some());
    let mut end = *at;
    let mut minute = 0;
    if let Some(minutes) = minutes.filter(|_| (colon || point) && !goes_on) {
        minute = minutes;
        end += 3;
        // Seconds are never meant.
        if tokens.get(end).is_some_and(|token| token.is_mark(&[':']))
            && tokens
                .get(end + 1)
                .is_some_and(|token| matches!(token.number(), Some((0..=59, 2))))
        {
            end += 2;
        }
    } else if separator.is_some_and(|token| token.word() == "oo") {
        end += 2;
    } else {
        end += 1;
    }
    let wrote_minutes = end > *at + 1;
    if matches!(
        tokens.get(end).map(Token::word),
        Some("часов" | "часа" | "час" | "ч")
    ) {
        end += 1;
    }
    let half = half_of_day(tokens, &mut end);
    if !(wrote_minutes || announced || half.is_some()) {
        return None;
    }
    let hour = match half {
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    *at = end;
    if hour == 24 {
        return (minute == 0).then_some(Time::constant(23, 59, 59, 0));
    }
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

enum Half {
    Morning,
    Afternoon,
}

/// `am`, `p.m.`
fn half_of_day(tokens: &[Token], at: &mut usize) -> Option<Half> {
    let word = |offset: usize| tokens.get(*at + offset).map_or("", Token::word);
    let (half, length) = match (word(0), word(2)) {
        ("am", _) => (Half::Morning, 1),
        ("pm", _) => (Half::Afternoon, 1),
        ("a", "m") => (Half::Morning, 3),
        ("p", "m") => (Half::Afternoon, 3),
        _ => return None,
    };
    *at += length;
    Some(half)
}

/// The zone named at a place, and the place after it.
fn zone_at(tokens: &[Token], place: usize) -> Option<(TimeZone, usize)> {
    let word = |offset: usize| tokens.get(place + offset).map_or("", Token::word);
    let named =
        |name: &str, length: usize| TimeZone::get(name).ok().map(|zone| (zone, place + length));
    match (word(0), word(1)) {
        // People write CET in summer too and mean the time in Brussels.
        ("cet" | "cest", _) => named("Europe/Brussels", 1),
        ("eet" | "eest", _) => named("Europe/Bucharest", 1),
        ("ora", city) if city.starts_with("chisinau") => named("Europe/Chisinau", 2),
        ("ora", city) if city.starts_with("bucurest") || city.starts_with("romaniei") => {
            named("Europe/Bucharest", 2)
        }
        ("ora", city) if city.starts_with("bruxelles") => named("Europe/Brussels", 2),
        ("chisinau", "time") | ("кишиневскому", "времени") => {
            named("Europe/Chisinau", 2)
        }
        ("bucharest", "time") => named("Europe/Bucharest", 2),
        ("riga", "time") | ("rigas", "laika" | "laiks") | ("рижскому", "времени") => {
            named("Europe/Riga", 2)
        }
        ("brussels", "time") | ("briseles", "laika" | "laiks") | ("брюссельскому", "времени") => {
            named("Europe/Brussels", 2)
        }
        ("московскому", "времени") => named("Europe/Moscow", 2),
        ("киевскому", "времени") => named("Europe/Kyiv", 2),
        ("gmt" | "utc", _) => {
            let sign = match tokens.get(place + 1) {
                Some(token) if token.is_mark(&['+']) => 1,
                Some(token) if token.is_mark(&['-']) => -1,
                _ => return Some((TimeZone::UTC, place + 1)),
            };
            let (hours, _) = tokens
                .get(place + 2)?
                .number()
                .filter(|(hours, _)| *hours <= 14)?;
            let mut end = place + 3;
            let mut minutes = 0;
            if tokens.get(end).is_some_and(|token| token.is_mark(&[':']))
                && let Some((value @ (0 | 30 | 45), 2)) =
                    tokens.get(end + 1).and_then(Token::number)
            {
                minutes = value;
                end += 2;
            }
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            Some((
                TimeZone::fixed(Offset::from_seconds(sign * seconds).ok()?),
                end,
            ))
        }
        _ => None,
    }
}
