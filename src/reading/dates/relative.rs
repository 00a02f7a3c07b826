//! “acum 3 zile”, “pirms 2 dienām”, “вчера”, “an hour ago”.

use jiff::Span;

use super::names::{Unit, count, unit};
use super::tokens::Token;
use super::{Context, Found, calendar};
use crate::domain::Precision;

/// Longer texts are no bylines: “ieri” in them is part of a story.
const LONGEST: usize = 14;

pub(super) fn find(tokens: &[Token], context: &Context) -> Option<Found> {
    if tokens.len() > LONGEST {
        return None;
    }
    ago(tokens, context).or_else(|| near(tokens, context))
}

/// Today, yesterday, the day before, perhaps with the hour.
fn near(tokens: &[Token], context: &Context) -> Option<Found> {
    let (at, days) = tokens.iter().enumerate().find_map(|(at, token)| {
        let days = match token.word()? {
            "azi" | "astazi" | "sodien" | "сегодня" | "today" => 0,
            "ieri" | "vakar" | "вчера" | "yesterday" => 1,
            "alaltaieri" | "aizvakar" | "позавчера" => 2,
            _ => return None,
        };
        Some((at, days))
    })?;
    let date = context.today().checked_sub(Span::new().days(days)).ok()?;
    let clock = calendar::time_after(tokens, at + 1).map(|(clock, _)| clock);
    context.found(date, clock)
}

fn ago(tokens: &[Token], context: &Context) -> Option<Found> {
    let words: Vec<Option<&str>> = tokens.iter().map(Token::word).collect();
    for (at, word) in words.iter().enumerate() {
        let Some(word) = word else { continue };
        let after = match *word {
            "acum" | "pirms" => Some(at + 1),
            "urma" if words.get(at + 1) == Some(&Some("cu")) => Some(at + 2),
            _ => None,
        };
        if let Some(from) = after
            && let Some((number, unit, _)) = span_at(tokens, from)
        {
            return back(number, unit, context);
        }
        if matches!(*word, "назад" | "ago") {
            // The span ends just before.
            for from in at.saturating_sub(3)..at {
                if let Some((number, unit, end)) = span_at(tokens, from)
                    && end == at
                {
                    return back(number, unit, context);
                }
            }
            if at > 0 && words[at - 1] == Some("полчаса") {
                return back(30, Unit::Minute, context);
            }
        }
    }
    None
}

/// `3 zile`, `o oră`, `20 de minute`, `nedēļas`: the number, the unit and where that ends.
fn span_at(tokens: &[Token], from: usize) -> Option<(u32, Unit, usize)> {
    let token = tokens.get(from)?;
    let (number, mut next) = if let Some((value, digits)) = token.number() {
        if digits > 3 {
            return None;
        }
        (value, from + 1)
    } else if let Some(one) = count(token.word()?) {
        (one, from + 1)
    } else {
        (1, from)
    };
    if tokens.get(next).and_then(Token::word) == Some("de") {
        next += 1;
    }
    let unit = unit(tokens.get(next)?.word()?)?;
    Some((number, unit, next + 1))
}

fn back(number: u32, unit: Unit, context: &Context) -> Option<Found> {
    let number = i64::from(number);
    let now = context.now.to_zoned(context.zone.clone());
    let (span, precision) = match unit {
        Unit::Second => (Span::new().seconds(number), Precision::Second),
        Unit::Minute => (Span::new().minutes(number), Precision::Second),
        Unit::Hour => (Span::new().hours(number), Precision::Second),
        Unit::Day => (Span::new().days(number), Precision::Day),
        Unit::Week => (Span::new().weeks(number), Precision::Day),
        Unit::Month => (Span::new().months(number), Precision::Day),
        Unit::Year => (Span::new().years(number), Precision::Day),
    };
    let then = now.checked_sub(span).ok()?;
    if precision == Precision::Second {
        return Some(context.moment(then.timestamp()));
    }
    context
        .plausible(then.year())
        .then(|| context.found(then.date(), None))?
}
