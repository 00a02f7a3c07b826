//! Dates of numbers alone: `04.07.2024`, `4/7/24`, `2024-07-04`, `05-07.06.2024`.

use super::Context;
use super::calendar::{Match, continues_after, continues_before, finish};
use super::clock::clock_at;
use super::labels;
use super::tokens::Token;
use crate::domain::Language;

/// A two-digit year without leading zeros beside it (`4.7.24`) is one of the last so many; else it is a version or a chapter.
const RECENT: i16 = 5;

pub(super) fn read(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let matched = range(tokens, at, context)
        .or_else(|| three(tokens, at, context))
        .or_else(|| spaced(tokens, at, context))
        .or_else(|| day_and_hour(tokens, at, context))?;
    Some(match matched {
        Match::Date(_, end)
            if labels::is_other_number(tokens, at) || labels::is_amount(tokens, end) =>
        {
            Match::Not(end)
        }
        other => other,
    })
}

/// Three numbers with the same sign between them.
fn three(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let (a, a_digits) = tokens.get(at)?.number()?;
    let sign = tokens.get(at + 1)?;
    let separator = sign.sign().filter(|sign| matches!(sign, '.' | '/' | '-'))?;
    let (b, b_digits) = tokens.get(at + 2)?.number()?;
    let second = tokens.get(at + 3)?;
    let (c, c_digits) = tokens.get(at + 4)?.number()?;
    if second.sign() != Some(separator) {
        return None;
    }
    let gaps = [1, 2, 3, 4].map(|offset| tokens[at + offset].gap);
    // Spaces only after full stops (`4. 7. 2024`), or around every sign (`04 / 07 / 2024`).
    let tight = !gaps[0] && !gaps[2] && (separator == '.' || (!gaps[1] && !gaps[3]));
    let wide = gaps == [true; 4] && (a_digits, b_digits, c_digits) == (2, 2, 4);
    if !tight && !wide {
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
            let year = context.century(c as i16);
            if a_digits == 1 && separator == '.' && context.today().year() - year > RECENT {
                return Some(Match::Not(end));
            }
            day_first(a, b, year, separator, context)
        }
        _ => return Some(Match::Not(end)),
    };
    Some(finish(tokens, at, end, ymd, context))
}

/// The first day of `05-07.06.2024`, `4.-6.07.2024`, `30.06.-02.07.2024`.
fn range(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let small = |at: usize| {
        tokens
            .get(at)?
            .number()
            .filter(|(_, digits)| *digits <= 2)
            .map(|(value, _)| value)
    };
    let is = |at: usize, sign: char| tokens.get(at).and_then(Token::sign) == Some(sign);
    let first = small(at)?;
    let mut next = at + 1;
    let mut first_month = None;
    if is(next, '.') || is(next, '/') {
        let sign = tokens[next].sign()?;
        if let Some(month) = small(next + 1).filter(|_| !tokens[next + 1].gap) {
            first_month = Some(month);
            next += 2;
            next += usize::from(is(next, sign));
        } else {
            next += 1;
        }
    }
    if !is(next, '-') {
        return None;
    }
    next += 1;
    let last = small(next)?;
    let sign = tokens
        .get(next + 1)?
        .sign()
        .filter(|sign| matches!(sign, '.' | '/'))?;
    let month = small(next + 2)?;
    if !is(next + 3, sign)
        || [1, 2, 3, 4]
            .iter()
            .any(|more| tokens.get(next + more).is_none_or(|token| token.gap))
    {
        return None;
    }
    let (year, 4) = tokens[next + 4].number()? else {
        return None;
    };
    let end = next + 5;
    let rising = match first_month {
        None => first < last,
        Some(first_month) => (first_month, first) < (month, last),
    };
    if !rising || continues_before(tokens, at) || continues_after(tokens, end) {
        return None;
    }
    let ymd = (year as i16, first_month.unwrap_or(month) as i8, first as i8);
    // The hour behind it belongs to the whole.
    Some(finish(tokens, at, end, ymd, context))
}

/// `05 06 2024`, where nothing else stands before it: amid a text it may be a telephone number.
fn spaced(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let (a, 2) = tokens.get(at)?.number()? else {
        return None;
    };
    let (b, 2) = tokens.get(at + 1)?.number()? else {
        return None;
    };
    let (c, 4) = tokens.get(at + 2)?.number()? else {
        return None;
    };
    let end = at + 3;
    let alone = at == 0 && (tokens.len() == end || clock_at(tokens, end).is_some());
    alone.then(|| finish(tokens, at, end, (c as i16, b as i8, a as i8), context))
}

/// `04.07, 12:30`: without a year only where a time of day shows that it is a date.
fn day_and_hour(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    let (day, 2) = tokens.get(at)?.number()? else {
        return None;
    };
    if tokens.get(at + 1)?.sign() != Some('.') || tokens[at + 1].gap {
        return None;
    }
    let (month, 2) = tokens.get(at + 2).filter(|token| !token.gap)?.number()? else {
        return None;
    };
    let mut end = at + 3;
    while tokens
        .get(end)
        .is_some_and(|token| matches!(token.sign(), Some('.' | ',')))
    {
        end += 1;
    }
    if continues_before(tokens, at) || clock_at(tokens, end).is_none() || !tokens[end].gap {
        return None;
    }
    Some(super::named::yearless(
        tokens,
        at,
        end,
        i8::try_from(month).ok()?,
        day,
        context,
    ))
}

/// The day comes first. Behind a slash the month does in English, and where it cannot be otherwise.
fn day_first(a: u32, b: u32, year: i16, separator: char, context: &Context) -> (i16, i8, i8) {
    let american = separator == '/'
        && match context.lang {
            Some(lang) if lang == Language::EN => a <= 12,
            Some(_) => false,
            None => a <= 12 && b > 12,
        };
    if american {
        (year, a as i8, b as i8)
    } else {
        (year, b as i8, a as i8)
    }
}
