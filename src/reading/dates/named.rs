//! Dates whose month has a name, or is a Roman numeral.

use super::Context;
use super::calendar::{Match, continues_after, continues_before, finish, year_at};
use super::clock::clock_at;
use super::names::{is_doubtful_month, is_filler, joins, month, roman};
use super::tokens::Token;
use crate::domain::Language;

pub(super) fn read(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    year_first(tokens, at, context)
        .or_else(|| day_month(tokens, at, context))
        .or_else(|| month_first(tokens, at, context))
}

/// A day of the month at this place: a number of one or two digits that belongs to nothing else.
fn day_at(tokens: &[Token], at: usize) -> Option<u32> {
    let (day, digits) = tokens.get(at)?.number()?;
    (digits <= 2).then_some(day)
}

/// `2024. gada 18. jūlijā`, `2022. g. 9. maijs`, `2024 July 4`, `2024-iul-04`, `2024. gada jūlijs`.
fn year_first(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let year = year_at(tokens, at)?;
    if continues_before(tokens, at) {
        return None;
    }
    let mut next = skip_fillers(tokens, at + 1);
    if tokens
        .get(next)
        .is_some_and(|token| token.sign() == Some('-') && !token.gap)
    {
        next += 1;
    }
    let mut day = day_at(tokens, next);
    if day.is_some() {
        next = range_end(tokens, next).unwrap_or(next);
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
    let mut end = next + 1;
    if day.is_none() {
        // `2024 July 4`, but not the hour of `2024. gada jūlijs 10:00`, nor the day of `iulie 2024 5 august`.
        let behind = end
            + usize::from(
                tokens
                    .get(end)
                    .is_some_and(|token| token.sign() == Some('-')),
            );
        let is_day = clock_at(tokens, behind).is_none()
            && tokens
                .get(behind + 1)
                .is_none_or(|token| token.word().is_none());
        if let Some(found) = day_at(tokens, behind).filter(|_| is_day) {
            day = Some(found);
            end = behind + 1;
        }
    }
    Some(match day {
        Some(day) => finish(tokens, at, end, (year, month, day as i8), context),
        None => context
            .month(year, month)
            .map_or(Match::Not(end), |found| Match::Date(found, end)),
    })
}

/// `15 martie 2024`, `4-го июля 2024 г.`, `03 Jul 24 10:30`, `4/VII/2024`, `5-7 iunie 2024`, `3 decembrie`.
fn day_month(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let day = day_at(tokens, at)?;
    // The minutes of `10:03 - 5 iunie`.
    let is_minute = at > 0
        && !tokens[at].gap
        && tokens[at - 1].sign() == Some(':')
        && at > 1
        && tokens[at - 2].number().is_some();
    let last = if is_minute {
        None
    } else {
        range_end(tokens, at)
    };
    let next = before_month(tokens, last.unwrap_or(at));
    let name = tokens.get(next)?.word()?;
    let Some(month) = month(name) else {
        return roman_month(tokens, at, next, day, context);
    };
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
        let ymd = (year, month, day as i8);
        return Some(finish(tokens, at, behind + 1, ymd, context));
    }
    if let Some((year, end)) = short_year(tokens, end, behind) {
        let ymd = (context.century(year), month, day as i8);
        return Some(finish(tokens, at, end, ymd, context));
    }
    if tokens
        .get(behind)
        .is_some_and(|token| token.number().is_some_and(|(_, digits)| digits > 2))
    {
        return Some(Match::Not(behind + 1));
    }
    if let Some((year, end)) = year_of_last_day(tokens, end, month) {
        return Some(finish(tokens, at, end, (year, month, day as i8), context));
    }
    let alone = tokens.get(end).is_none_or(|token| token.sign().is_some())
        || clock_at(tokens, end).is_some();
    if is_doubtful_month(name) && !alone {
        return Some(Match::Not(end));
    }
    Some(yearless(tokens, at, end, month, day, context))
}

/// From a day on to the name of its month: over `-го`, `th`, full stops, quotation marks, `ale lunii`.
fn before_month(tokens: &[Token], day: usize) -> usize {
    let mut next = day + 1;
    let glued = |at: usize| tokens.get(at).filter(|token| !token.gap);
    let suffix = |at: usize, of: &[&str]| {
        glued(at)
            .and_then(Token::word)
            .is_some_and(|word| of.contains(&word))
    };
    if glued(next).and_then(Token::sign) == Some('-')
        && suffix(next + 1, &["го", "е", "ое", "ие", "ul", "lea", "ais"])
    {
        next += 2;
    } else if suffix(next, &["st", "nd", "rd", "th"]) {
        next += 1;
    }
    while tokens.get(next).is_some_and(|token| {
        matches!(
            token.sign(),
            Some('.' | '-' | '/' | '»' | '"' | '”' | '“' | '\'' | '_')
        ) || token
            .word()
            .is_some_and(|word| matches!(word, "de" | "of" | "al" | "ale" | "a" | "luna" | "lunii"))
    }) {
        next += 1;
    }
    next
}

/// The last day of a range that begins at `day` and has one month: `5-7 iunie`, `4.–6. jūlijs`, `с 4 по 6 июля`.
fn range_end(tokens: &[Token], day: usize) -> Option<usize> {
    let first = day_at(tokens, day)?;
    let mut next = day + 1;
    if tokens.get(next)?.sign() == Some('.') {
        next += 1;
    }
    let joined = match tokens.get(next)?.word() {
        Some(word) => joins(word),
        None => matches!(tokens[next].sign(), Some('-' | '&')),
    };
    // `până la 7`
    let last = next + 1 + usize::from(tokens.get(next + 1).and_then(Token::word) == Some("la"));
    let rising = day_at(tokens, last).is_some_and(|value| value > first && value <= 31);
    let clock = clock_at(tokens, last).is_some();
    (joined && rising && !clock).then_some(last)
}

/// The year of `30 iunie – 2 iulie 2024`, where the first day has none of its own; and where that ends.
fn year_of_last_day(tokens: &[Token], end: usize, first: i8) -> Option<(i16, usize)> {
    let mut at = end;
    if tokens.get(at)?.sign() == Some('.') {
        at += 1;
    }
    let joined = match tokens.get(at)?.word() {
        Some(word) => joins(word),
        None => tokens[at].sign() == Some('-'),
    };
    if !joined {
        return None;
    }
    let (name, behind) = if day_at(tokens, at + 1).is_some() {
        let name = before_month(tokens, at + 1);
        (name, name + 1)
    } else {
        // `July 30 - Aug. 2, 2023`
        let stop = tokens.get(at + 2).and_then(Token::sign) == Some('.');
        let day = at + 2 + usize::from(stop);
        day_at(tokens, day)?;
        (at + 1, day + 1)
    };
    let last = month(tokens.get(name)?.word()?)?;
    let behind = skip_fillers(tokens, behind);
    let year = year_at(tokens, behind)?;
    Some((year - i16::from(last < first), behind + 1))
}

/// `'24`, `-24`, and in RFC 822 any two digits with a time behind them: the year, and where it ends.
fn short_year(tokens: &[Token], end: usize, at: usize) -> Option<(i16, usize)> {
    let two = |at: usize| match tokens.get(at)?.number()? {
        (year, 2) => Some(year as i16),
        _ => None,
    };
    if matches!(tokens.get(at)?.sign(), Some('\'' | '’' | '‘')) {
        return two(at + 1)
            .filter(|_| !tokens[at + 1].gap)
            .map(|year| (year, at + 2));
    }
    let year = two(at)?;
    if clock_at(tokens, at).is_some() {
        return None;
    }
    // `4 июля 22 г.`
    let said = tokens
        .get(at + 1)
        .is_some_and(|token| matches!(token.word(), Some("г" | "g" | "р")));
    let timed = said || clock_at(tokens, at + 1).is_some();
    let hyphened = at == end + 1
        && !tokens[end].gap
        && !tokens[at].gap
        && matches!(tokens[end].sign(), Some('-' | '/'))
        && tokens.get(at + 1).is_none_or(|token| token.gap);
    // `5 mai-10 iunie` is no year.
    let is_day = tokens
        .get(before_month(tokens, at))
        .is_some_and(|token| token.word().is_some_and(|word| month(word).is_some()));
    (timed || (hyphened && !is_day)).then_some((year, at + 1))
}

/// `4/VII/2024`, `4 VII 2024`; a single letter only between signs.
fn roman_month(
    tokens: &[Token],
    at: usize,
    next: usize,
    day: u32,
    context: &Context,
) -> Option<Match> {
    let name = tokens.get(next)?.word()?;
    let month = roman(name)?;
    let signed = |at: usize| matches!(tokens.get(at).and_then(Token::sign), Some('.' | '/' | '-'));
    let before = next == at + 2 && signed(at + 1);
    let behind = next + 1 + usize::from(signed(next + 1));
    let loose = name.len() > 1 && next == at + 1 && behind == next + 1;
    if !(before && behind == next + 2 || loose) || continues_before(tokens, at) {
        return None;
    }
    let year = year_at(tokens, behind)?;
    if continues_after(tokens, behind + 1) {
        return Some(Match::Not(behind + 1));
    }
    Some(finish(
        tokens,
        at,
        behind + 1,
        (year, month, day as i8),
        context,
    ))
}

/// `July 4, 2024`, `Thu Jan 01 00:00:00 GMT 2024`, `martie 2024`.
fn month_first(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let name = tokens.get(at)?.word()?;
    let month = month(name)?;
    let mut next = skip_fillers(tokens, at + 1);
    if let Some(year) = year_at(tokens, next) {
        let end = next + 1;
        if continues_after(tokens, end) {
            return Some(Match::Not(end));
        }
        return Some(
            context
                .month(year, month)
                .map_or(Match::Not(end), |found| Match::Date(found, end)),
        );
    }
    // `Jul-04-2024`
    let hyphen = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.sign() == Some('-') && !token.gap)
    };
    let hyphened = next == at + 1 && hyphen(next) && hyphen(next + 2);
    next += usize::from(hyphened);
    let day = day_at(tokens, next)?;
    if next > at + 2 {
        return None;
    }
    let mut behind = range_end(tokens, next).unwrap_or(next) + 1;
    if tokens
        .get(behind)
        .is_some_and(|token| matches!(token.word(), Some("st" | "nd" | "rd" | "th")))
    {
        behind += 1;
    }
    if tokens
        .get(behind)
        .is_some_and(|token| token.sign() == Some(',') || (hyphened && token.sign() == Some('-')))
    {
        behind += 1;
    }
    if let Some(year) = year_at(tokens, behind) {
        let ymd = (year, month, day as i8);
        return Some(finish(tokens, at, behind + 1, ymd, context));
    }
    if matches!(
        tokens.get(behind).and_then(Token::sign),
        Some('\'' | '’' | '‘')
    ) && let Some((year, end)) = short_year(tokens, behind, behind)
    {
        let ymd = (context.century(year), month, day as i8);
        return Some(finish(tokens, at, end, ymd, context));
    }
    // The form of Unix's `date` and C's `asctime`.
    if let Some((clock, end)) = clock_at(tokens, behind)
        && let Some(year) = year_at(tokens, end)
    {
        let date = context.day(year, month, day as i8);
        let found = date.and_then(|date| context.found(date, Some(clock)));
        return Some(found.map_or(Match::Not(end + 1), |found| Match::Date(found, end + 1)));
    }
    if let Some((year, end)) = year_of_last_day(tokens, behind, month) {
        return Some(finish(tokens, at, end, (year, month, day as i8), context));
    }
    let english = context.lang == Some(Language::EN);
    if is_doubtful_month(name)
        && !(english && behind >= tokens.len() && (at == 0 || tokens[at - 1].word().is_none()))
    {
        return None;
    }
    // Only English puts the month first.
    (english || context.lang.is_none()).then(|| yearless(tokens, at, behind, month, day, context))
}

/// A day without a year: the last such day that is not in the future.
pub(super) fn yearless(
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

fn skip_fillers(tokens: &[Token], mut at: usize) -> usize {
    while tokens.get(at).is_some_and(|token| {
        token.word().is_some_and(is_filler) || matches!(token.sign(), Some('.' | ','))
    }) {
        at += 1;
    }
    at
}
