//! Dates of the calendar among tokens.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::names::{announces_time, is_doubtful_month, is_filler, month, zone};
use super::tokens::{Kind, Token};
use super::{Clock, Context, Found};

/// What a place in the text turned out to be.
enum Match {
    /// A date, which ends before the token of this number.
    Date(Found),
    /// Written like a date but none: go on behind it.
    Not(usize),
}

/// The first date.
pub(super) fn find(tokens: &[Token], context: &Context) -> Option<Found> {
    let mut at = 0;
    while at < tokens.len() {
        match read(tokens, at, context) {
            Some(Match::Date(found)) => return Some(found),
            Some(Match::Not(end)) => at = end.max(at + 1),
            None => at += 1,
        }
    }
    None
}

fn read(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    numeric(tokens, at, context)
        .or_else(|| year_first(tokens, at, context))
        .or_else(|| day_month(tokens, at, context))
        .or_else(|| month_first(tokens, at, context))
}

/// A date made of numbers, with what follows it.
fn finish(
    tokens: &[Token],
    start: usize,
    end: usize,
    ymd: (i16, i8, i8),
    context: &Context,
) -> Match {
    let Some(date) = context.day(ymd.0, ymd.1, ymd.2) else {
        return Match::Not(end);
    };
    let clock = time_after(tokens, end)
        .map(|(clock, _)| clock)
        .or_else(|| time_before(tokens, start));
    context
        .found(date, clock)
        .map_or(Match::Not(end), Match::Date)
}

/// Whether a number that begins at `at` is the tail of something longer: `021.310.2024`, `+373-22-04-07-24`, `A12`.
fn continues_before(tokens: &[Token], at: usize) -> bool {
    if tokens[at].gap || at == 0 {
        return false;
    }
    match &tokens[at - 1].kind {
        Kind::Number { .. } => true,
        Kind::Word(word) => word != "t",
        Kind::Sign('.' | '-' | '/' | '+') => {
            at < 2 || (!tokens[at - 1].gap && tokens[at - 2].number().is_some())
        }
        Kind::Sign(_) => false,
    }
}

/// Whether a number goes on behind: `12.2024-1`.
fn continues_after(tokens: &[Token], end: usize) -> bool {
    let (Some(sign), Some(next)) = (tokens.get(end), tokens.get(end + 1)) else {
        return false;
    };
    !sign.gap && matches!(sign.sign(), Some('.' | '-' | '/')) && !next.gap && next.number().is_some()
        // `2024-07-04-12:00` and `04.07.2024.14:20` go on with a time.
        && clock_at(tokens, end + 1).is_none()
}

/// `04.07.2024`, `4/7/24`, `2024-07-04`.
fn numeric(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let (a, a_digits) = tokens.get(at)?.number()?;
    let sign = tokens.get(at + 1)?;
    let separator = sign.sign().filter(|sign| matches!(sign, '.' | '/' | '-'))?;
    let (b, b_digits) = tokens.get(at + 2)?.number()?;
    let second = tokens.get(at + 3)?;
    let (c, c_digits) = tokens.get(at + 4)?.number()?;
    // Spaces only after full stops: `4. 7. 2024`.
    let spaced = [sign.gap, second.gap].contains(&true)
        || (separator != '.' && (tokens[at + 2].gap || tokens[at + 4].gap));
    if second.sign() != Some(separator) || spaced {
        return None;
    }
    let end = at + 5;
    if continues_before(tokens, at) || continues_after(tokens, end) {
        return Some(Match::Not(end));
    }
    let ymd = match (a_digits, b_digits, c_digits) {
        (4, 1 | 2, 1 | 2) => (a as i16, b as i8, c as i8),
        (1 | 2, 1 | 2, 4) => day_first(a, b, c.min(9999) as i16, separator, context),
        (1 | 2, 1 | 2, 2) if a_digits == b_digits || separator != '.' => {
            day_first(a, b, context.century(c as i16), separator, context)
        }
        _ => return Some(Match::Not(end)),
    };
    Some(finish(tokens, at, end, ymd, context))
}

/// The day comes first; the month only where a slash parts them and it cannot be otherwise.
fn day_first(a: u32, b: u32, year: i16, separator: char, context: &Context) -> (i16, i8, i8) {
    let american = separator == '/' && a <= 12 && b > 12;
    let foreign = context
        .lang
        .is_none_or(|lang| lang == crate::domain::Language::EN);
    if american && foreign {
        (year, a as i8, b as i8)
    } else {
        (year, b as i8, a as i8)
    }
}

/// `2024. gada 18. jūlijā`, `2022. g. 9. maijs`, `2024 July 4`, `2024. gada jūlijs`.
fn year_first(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let year = year_at(tokens, at)?;
    if continues_before(tokens, at) {
        return None;
    }
    let mut next = skip_fillers(tokens, at + 1);
    let day = tokens
        .get(next)?
        .number()
        .filter(|(_, digits)| *digits <= 2);
    if day.is_some() {
        next = skip_fillers(tokens, next + 1);
    }
    let month = month(tokens.get(next)?.word()?)?;
    // `2023. 5 martie 2024`: the year belongs to what follows.
    if tokens
        .get(next + 1)
        .is_some_and(|token| token.number().is_some_and(|(_, digits)| digits == 4))
    {
        return None;
    }
    let end = next + 1;
    Some(match day {
        Some((day, _)) => finish(tokens, at, end, (year, month, day as i8), context),
        None => context
            .month(year, month)
            .map_or(Match::Not(end), Match::Date),
    })
}

/// `15 martie 2024`, `4-го июля 2024 г.`, `03 Jul 24 10:30`, `3 decembrie`.
fn day_month(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let (day, digits) = tokens.get(at)?.number()?;
    if digits > 2 {
        return None;
    }
    let mut next = at + 1;
    // Ordinals: `4th`, `4-го`, `4.`
    if tokens.get(next)?.sign() == Some('-')
        && !tokens[next].gap
        && tokens
            .get(next + 1)?
            .word()
            .is_some_and(|word| matches!(word, "го" | "е" | "ое"))
    {
        next += 2;
    } else if tokens[next]
        .word()
        .is_some_and(|word| !tokens[next].gap && matches!(word, "st" | "nd" | "rd" | "th"))
    {
        next += 1;
    }
    while tokens.get(next).is_some_and(|token| {
        matches!(token.sign(), Some('.' | '-' | '/')) || matches!(token.word(), Some("de" | "of"))
    }) {
        next += 1;
    }
    let name = tokens.get(next)?.word()?;
    let month = month(name)?;
    let end = next + 1;
    let mut behind = end;
    while tokens.get(behind).is_some_and(|token| {
        matches!(token.sign(), Some('.' | ',' | '-' | '/')) || token.word().is_some_and(is_filler)
    }) {
        behind += 1;
    }
    if let Some(year) = year_at(tokens, behind) {
        if continues_after(tokens, behind + 1) {
            return Some(Match::Not(behind + 1));
        }
        return Some(finish(
            tokens,
            at,
            behind + 1,
            (year, month, day as i8),
            context,
        ));
    }
    // A year of two digits only with a time behind it, as in RFC 822.
    if let Some((year, 2)) = tokens.get(behind).and_then(Token::number)
        && clock_at(tokens, behind + 1).is_some()
        && clock_at(tokens, behind).is_none()
    {
        let year = context.century(year as i16);
        return Some(finish(
            tokens,
            at,
            behind + 1,
            (year, month, day as i8),
            context,
        ));
    }
    if tokens
        .get(behind)
        .is_some_and(|token| token.number().is_some_and(|(_, digits)| digits > 2))
    {
        return Some(Match::Not(behind + 1));
    }
    let alone = tokens.get(end).is_none_or(|token| token.sign().is_some())
        || clock_at(tokens, end).is_some();
    if is_doubtful_month(name) && !alone {
        return Some(Match::Not(end));
    }
    Some(yearless(tokens, at, end, month, day, context))
}

/// `July 4, 2024`, `Thu Jan 01 00:00:00 GMT 2024`, `martie 2024`.
fn month_first(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let name = tokens.get(at)?.word()?;
    let month = month(name)?;
    let mut next = at + 1;
    while tokens.get(next).is_some_and(|token| {
        matches!(token.sign(), Some('.' | ',')) || token.word().is_some_and(is_filler)
    }) {
        next += 1;
    }
    if let Some(year) = year_at(tokens, next) {
        let end = next + 1;
        if continues_after(tokens, end) {
            return Some(Match::Not(end));
        }
        return Some(
            context
                .month(year, month)
                .map_or(Match::Not(end), Match::Date),
        );
    }
    let (day, digits) = tokens.get(next)?.number()?;
    if digits > 2 || next > at + 2 {
        return None;
    }
    let mut behind = next + 1;
    if tokens
        .get(behind)
        .is_some_and(|token| matches!(token.word(), Some("st" | "nd" | "rd" | "th")))
    {
        behind += 1;
    }
    if tokens
        .get(behind)
        .is_some_and(|token| token.sign() == Some(','))
    {
        behind += 1;
    }
    if let Some(year) = year_at(tokens, behind) {
        return Some(finish(
            tokens,
            at,
            behind + 1,
            (year, month, day as i8),
            context,
        ));
    }
    // The form of Unix's `date` and C's `asctime`.
    if let Some((clock, end)) = clock_at(tokens, behind)
        && let Some(year) = year_at(tokens, end)
    {
        let date = context.day(year, month, day as i8);
        let found = date.and_then(|date| context.found(date, Some(clock)));
        return Some(found.map_or(Match::Not(end + 1), Match::Date));
    }
    if is_doubtful_month(name)
        && !(context.lang == Some(crate::domain::Language::EN) && behind >= tokens.len())
    {
        return None;
    }
    // Only English puts the month first.
    matches!(context.lang, None | Some(crate::domain::Language::EN))
        .then(|| yearless(tokens, at, behind, month, day, context))
}

/// A day without a year: the last such day that is not in the future.
fn yearless(
    tokens: &[Token],
    at: usize,
    end: usize,
    month: i8,
    day: u32,
    context: &Context,
) -> Match {
    let today = context.today();
    let Ok(day) = i8::try_from(day) else {
        return Match::Not(end);
    };
    // Eight years hold a 29 February.
    let year = (0..=8).map(|back| today.year() - back).find(|year| {
        context
            .day(*year, month, day)
            .is_some_and(|date| date <= today)
    });
    match year {
        Some(year) if today.year() - year <= 1 || (month, day) == (2, 29) => {
            finish(tokens, at, end, (year, month, day), context)
        }
        _ => Match::Not(end),
    }
}

fn year_at(tokens: &[Token], at: usize) -> Option<i16> {
    tokens
        .get(at)?
        .number()
        .filter(|(_, digits)| *digits == 4)
        .map(|(year, _)| year as i16)
}

fn skip_fillers(tokens: &[Token], mut at: usize) -> usize {
    while tokens.get(at).is_some_and(|token| {
        token.word().is_some_and(is_filler) || matches!(token.sign(), Some('.' | ','))
    }) {
        at += 1;
    }
    at
}

/// A time that follows a date at a small distance.
pub(super) fn time_after(tokens: &[Token], from: usize) -> Option<(Clock, usize)> {
    let mut announced = false;
    for at in from..(from + 6).min(tokens.len()) {
        if let Some(found) = clock_at(tokens, at) {
            return Some(found);
        }
        let token = &tokens[at];
        if let Some(word) = token.word() {
            if !announces_time(word) {
                return None;
            }
            announced = matches!(word, "ora" | "orele" | "plkst" | "pl");
        } else if let Some((hour, digits)) = token.number() {
            // `ora 10`, `plkst. 14.30`
            if !announced || digits > 2 {
                return None;
            }
            let stop = tokens
                .get(at + 1)
                .is_some_and(|token| token.sign() == Some('.'));
            let minute = tokens
                .get(at + 2)
                .filter(|_| stop)
                .and_then(Token::number)
                .filter(|(_, digits)| *digits == 2)
                .map_or(0, |(minute, _)| minute);
            let time =
                Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
            return Some((Clock { time, offset: None }, at + 1));
        } else if !matches!(
            token.sign(),
            Some(',' | '|' | '-' | '.' | '(' | ')' | '·' | '•' | '@' | '/' | ';' | ':')
        ) {
            return None;
        }
    }
    // `ora 10` at the very end is met above; nothing else is a time.
    None
}

/// A time just before a date: `10:30, 4 iulie`.
fn time_before(tokens: &[Token], start: usize) -> Option<Clock> {
    (start.saturating_sub(9)..start).find_map(|at| {
        let (clock, end) = clock_at(tokens, at)?;
        let parted = tokens[end..start].iter().all(|token| {
            matches!(token.sign(), Some(',' | '|' | '-' | '/' | '·' | '•'))
                || matches!(token.word(), Some("din" | "pe" | "on"))
        });
        parted.then_some(clock)
    })
}

/// `10:30`, `10:30:05.123`, `3:05 pm`, with a zone, at this very place: the time and where it ends.
fn clock_at(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let (hour, digits) = tokens.get(at)?.number()?;
    if digits > 2 || tokens.get(at + 1)?.sign() != Some(':') {
        return None;
    }
    let (minute, 2) = tokens.get(at + 2)?.number()? else {
        return None;
    };
    let mut end = at + 3;
    let mut second = 0;
    if tokens
        .get(end)
        .is_some_and(|token| token.sign() == Some(':'))
        && let Some((value, 2)) = tokens.get(end + 1).and_then(Token::number)
    {
        // A leap second is the one before.
        second = value.min(59);
        end += 2;
        if tokens
            .get(end)
            .is_some_and(|token| matches!(token.sign(), Some('.' | ',')) && !token.gap)
            && tokens
                .get(end + 1)
                .is_some_and(|token| token.number().is_some() && !token.gap)
        {
            end += 2;
        }
    }
    let mut hour = hour;
    match tokens.get(end).and_then(Token::word) {
        Some("pm") if hour < 12 => {
            hour += 12;
            end += 1;
        }
        Some("am") if hour == 12 => {
            hour = 0;
            end += 1;
        }
        Some("am" | "pm") => end += 1,
        _ => {}
    }
    let time = Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    )
    .ok()?;
    let (offset, end) = offset_at(tokens, end);
    Some((Clock { time, offset }, end))
}

/// `Z`, `GMT`, `+0300`, `+03:00`, `GMT+0200`.
fn offset_at(tokens: &[Token], at: usize) -> (Option<Offset>, usize) {
    let named = tokens.get(at).and_then(Token::word).and_then(zone);
    let sign_at = at + usize::from(named.is_some());
    let unnamed = (named, sign_at);
    let Some(sign) = tokens
        .get(sign_at)
        .and_then(Token::sign)
        .filter(|sign| matches!(sign, '+' | '-'))
    else {
        return unnamed;
    };
    let Some(hours) = tokens
        .get(sign_at + 1)
        .filter(|token| !token.gap)
        .and_then(Token::number)
    else {
        return unnamed;
    };
    let (minutes, end) = match hours {
        (value, 4) => ((value / 100) * 60 + value % 100, sign_at + 2),
        (value, 1 | 2) => {
            let colon = tokens
                .get(sign_at + 2)
                .is_some_and(|token| token.sign() == Some(':') && !token.gap);
            match tokens.get(sign_at + 3).and_then(Token::number) {
                Some((minute, 2)) if colon => (value * 60 + minute, sign_at + 4),
                _ => (value * 60, sign_at + 2),
            }
        }
        _ => return unnamed,
    };
    if minutes > 14 * 60 {
        return unnamed;
    }
    let seconds = i32::try_from(minutes).unwrap_or(0) * if sign == '-' { -60 } else { 60 };
    (Offset::from_seconds(seconds).ok(), end)
}
