//! Times of day, and the offsets from UTC that follow them.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::Clock;
use super::names::{announces_time, zone};
use super::tokens::Token;

/// Words behind which a bare hour stands: `ora 10`.
fn announces_hour(word: &str) -> bool {
    matches!(word, "ora" | "orele" | "plkst" | "pl")
}

/// A time that follows a date at a small distance.
pub(super) fn time_after(tokens: &[Token], from: usize) -> Option<(Clock, usize)> {
    let (mut announced, mut hour_alone, mut parted) = (false, false, false);
    for at in from..(from + 6).min(tokens.len()) {
        if let Some(found) = clock_at(tokens, at) {
            return Some(found);
        }
        let token = &tokens[at];
        if let Some(word) = token.word() {
            if !announces_time(word) {
                return None;
            }
            announced |= matches!(word, "в" | "at" | "la" | "kl");
            hour_alone |= announces_hour(word);
        } else if let Some((hour, digits)) = token.number() {
            if digits > 2 {
                return None;
            }
            let separators: &[char] = if announced || hour_alone {
                &['.', '-']
            } else if parted {
                &[]
            } else {
                &['.']
            };
            if let Some((minute, end)) = minute_after(tokens, at, separators) {
                return clock(tokens, hour, minute, end);
            }
            return if hour_alone {
                clock(tokens, hour, 0, at + 1)
            } else {
                half_day(tokens, at + 1).and_then(|(afternoon, end)| {
                    (1..=12).contains(&hour).then(|| {
                        clock(tokens, hour % 12 + if afternoon { 12 } else { 0 }, 0, end)
                    })?
                })
            };
        } else if !matches!(
            token.sign(),
            Some(',' | '|' | '-' | '.' | '(' | ')' | '·' | '•' | '@' | '/' | ';' | ':')
        ) {
            return None;
        }
        // `05.06.2024 - 07.06` goes on with another day.
        parted |= matches!(token.sign(), Some('-' | '/'));
    }
    None
}

fn clock(tokens: &[Token], hour: u32, minute: u32, end: usize) -> Option<(Clock, usize)> {
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    let (offset, end) = offset_at(tokens, end);
    Some((Clock { time, offset }, end))
}

/// The minutes of `14.30`, `15h30`, and where they end; nothing where more numbers follow, as in a date.
fn minute_after(tokens: &[Token], at: usize, separators: &[char]) -> Option<(u32, usize)> {
    let between = tokens.get(at + 1).filter(|token| !token.gap)?;
    let fits = between
        .sign()
        .is_some_and(|sign| separators.contains(&sign))
        || between.word() == Some("h");
    let (minute, 2) = tokens
        .get(at + 2)
        .filter(|token| fits && !token.gap)?
        .number()?
    else {
        return None;
    };
    let goes_on = tokens
        .get(at + 3)
        .is_some_and(|token| !token.gap && matches!(token.sign(), Some('.' | '-' | '/')))
        && tokens
            .get(at + 4)
            .is_some_and(|token| !token.gap && token.number().is_some());
    (!goes_on).then_some((minute, at + 3))
}

/// `am`, `p.m.`: whether it is the afternoon, and where it ends.
fn half_day(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let stop = |at: usize| tokens.get(at).and_then(Token::sign) == Some('.');
    match word(at)? {
        "am" => Some((false, at + 1)),
        "pm" => Some((true, at + 1)),
        half @ ("a" | "p") if stop(at + 1) && word(at + 2) == Some("m") => {
            Some((half == "p", at + 3 + usize::from(stop(at + 3))))
        }
        _ => None,
    }
}

/// A time just before a date: `10:30, 4 iulie`.
pub(super) fn time_before(tokens: &[Token], start: usize) -> Option<Clock> {
    (start.saturating_sub(9)..start).find_map(|at| {
        let (clock, end) = clock_at(tokens, at)?;
        // What looks like an offset may be the date's own beginning.
        let parted = tokens.get(end..start)?.iter().all(|token| {
            matches!(token.sign(), Some(',' | '|' | '-' | '/' | '·' | '•'))
                || matches!(token.word(), Some("din" | "pe" | "on"))
        });
        parted.then_some(clock)
    })
}

/// `10:30`, `10:30:05.123`, `3:05 pm`, with a zone, at this very place: the time and where it ends.
pub(super) fn clock_at(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
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
    if let Some((afternoon, behind)) = half_day(tokens, end) {
        hour = match hour {
            12 if !afternoon => 0,
            1..12 if afternoon => hour + 12,
            _ => hour,
        };
        end = behind;
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
pub(super) fn offset_at(tokens: &[Token], at: usize) -> (Option<Offset>, usize) {
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
