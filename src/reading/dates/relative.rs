//! “acum 3 zile”, “pirms 2 dienām”, “вчера”, “an hour ago”.

use jiff::Span;

use super::tokens::Token;
use super::units::{Unit, count, unit};
use super::{Context, Found, clock};
use crate::domain::Precision;

/// Longer texts are no bylines: “ieri” in them is part of a story.
const LONGEST: usize = 14;
/// Phrases that name a moment without counting are the whole of a text, or nearly.
const PHRASE: usize = 4;

pub(super) fn find(tokens: &[Token], context: &Context) -> Option<Found> {
    if tokens.len() > LONGEST {
        return None;
    }
    ago(tokens, context)
        .or_else(|| near(tokens, context))
        .or_else(|| phrase(tokens, context))
        .or_else(|| short(tokens, context))
}

/// Today, yesterday, the day before, perhaps with the hour.
fn near(tokens: &[Token], context: &Context) -> Option<Found> {
    let (at, days) = tokens.iter().enumerate().find_map(|(at, token)| {
        let days = match token.word()? {
            "azi" | "astazi" | "sodien" | "сегодня" | "today" => 0,
            "yesterday" if at > 1 && tokens[at - 1].word() == Some("before") => 2,
            "ieri" | "aseara" | "vakar" | "вчера" | "yesterday" => 1,
            "alaltaieri" | "aizvakar" | "позавчера" => 2,
            _ => return None,
        };
        Some((at, days))
    })?;
    let date = context.today().checked_sub(Span::new().days(days)).ok()?;
    let clock = clock::time_after(tokens, at + 1).map(|(clock, _)| clock);
    context.found(date, clock)
}

/// “just now”, “săptămâna trecută”: no more exact than the day.
fn phrase(tokens: &[Token], context: &Context) -> Option<Found> {
    if tokens.len() > PHRASE {
        return None;
    }
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let has = |phrase: &[&str]| words.windows(phrase.len()).any(|window| window == phrase);
    let span = if [
        &["chiar", "acum"][..],
        &["tocmai", "acum"],
        &["tikko"],
        &["только", "что"],
        &["just", "now"],
        &["moments", "ago"],
    ]
    .iter()
    .any(|phrase| has(phrase))
    {
        Span::new()
    } else if has(&["saptamana", "trecuta"])
        || has(&["last", "week"])
        || has(&["pagajusaja", "nedela"])
        || has(&["прошлой", "неделе"])
    {
        Span::new().weeks(1)
    } else if has(&["luna", "trecuta"])
        || has(&["last", "month"])
        || has(&["pagajusaja", "menesi"])
        || has(&["прошлом", "месяце"])
    {
        Span::new().months(1)
    } else {
        return None;
    };
    context.found(context.today().checked_sub(span).ok()?, None)
}

/// `3d`, `2h`, the whole of a text.
fn short(tokens: &[Token], context: &Context) -> Option<Found> {
    let [number, name] = tokens else { return None };
    let (value, _) = number.number()?;
    let (unit, most) = match name.word().filter(|_| !name.gap)? {
        "h" => (Unit::Hour, 23),
        "d" => (Unit::Day, 30),
        "w" => (Unit::Week, 52),
        _ => return None,
    };
    (1..=most)
        .contains(&value)
        .then(|| back(&[(value, unit)], context))?
}

fn ago(tokens: &[Token], context: &Context) -> Option<Found> {
    for (at, token) in tokens.iter().enumerate() {
        let word = |offset: usize| tokens.get(at + offset).and_then(Token::word);
        let Some(here) = token.word() else { continue };
        let about = |mut from: usize| {
            while tokens
                .get(from)
                .and_then(Token::word)
                .is_some_and(approximates)
            {
                from += 1;
            }
            from
        };
        let after = match here {
            "acum" | "pirms" => Some(at + 1),
            "urma" if word(1) == Some("cu") => Some(at + 2),
            _ => None,
        };
        if let Some((spans, _)) = after.and_then(|from| spans_at(tokens, about(from))) {
            return back(&spans, context);
        }
        if matches!(here, "назад" | "ago" | "urma" | "atpakal") {
            let end =
                at - usize::from(here == "urma" && at > 0 && tokens[at - 1].word() == Some("in"));
            // The longest row of spans that ends just before.
            for from in end.saturating_sub(8)..end {
                let cut = from > 0 && tokens[from - 1].word().is_some_and(is_vague);
                if !cut
                    && let Some((spans, behind)) = spans_at(tokens, from)
                    && behind == end
                {
                    return back(&spans, context);
                }
            }
        }
    }
    None
}

/// `2 часа 15 минут`, `2 days, 3 hours`: the spans in a row, and where they end.
fn spans_at(tokens: &[Token], from: usize) -> Option<(Vec<(u32, Unit)>, usize)> {
    let (first, mut end) = span_at(tokens, from)?;
    let mut spans = vec![first];
    while spans.len() < 4 {
        let mut next = end;
        if tokens.get(next).is_some_and(|token| {
            token.sign() == Some(',') || matches!(token.word(), Some("si" | "un" | "и" | "and"))
        }) {
            next += 1;
        }
        // Only with a number: `3 zile, ora 10` is no hour more.
        if tokens
            .get(next)
            .is_none_or(|token| token.number().is_none())
        {
            break;
        }
        let Some((span, behind)) = span_at(tokens, next) else {
            break;
        };
        spans.push(span);
        end = behind;
    }
    Some((spans, end))
}

/// `3 zile`, `o oră`, `20 de minute`, `nedēļas`, `2 ч.`, `полчаса`, `câteva minute`: the span and where that ends.
fn span_at(tokens: &[Token], from: usize) -> Option<((u32, Unit), usize)> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    match word(from) {
        Some("полчаса" | "pusstundas" | "pusstunda") => {
            return Some(((30, Unit::Minute), from + 1));
        }
        Some("полгода" | "pusgada") => return Some(((6, Unit::Month), from + 1)),
        _ => {}
    }
    let mut next = from;
    let mut vague = false;
    let number = if let Some((value, digits)) = tokens.get(from)?.number() {
        if digits > 3 {
            return None;
        }
        next += 1;
        value
    } else {
        if matches!(word(next), Some("a" | "un"))
            && matches!(word(next + 1), Some("few" | "couple"))
        {
            next += 1;
        }
        let here = word(next)?;
        vague = is_vague(here);
        if vague {
            next += 1;
            0
        } else if let Some(value) = count(here) {
            next += 1;
            value
        } else {
            1
        }
    };
    let half = matches!(word(next), Some("jumatate" | "half"));
    next += usize::from(half);
    if matches!(word(next), Some("de" | "of")) || (half && matches!(word(next), Some("an"))) {
        next += 1;
    }
    let unit = unit(word(next)?)?;
    next += 1;
    // A full stop that abbreviates.
    if word(next - 1).is_some_and(|word| word.chars().count() <= 4)
        && tokens
            .get(next)
            .is_some_and(|token| token.sign() == Some('.') && !token.gap)
    {
        next += 1;
    }
    if half {
        return (unit == Unit::Hour).then_some(((30, Unit::Minute), next));
    }
    // “A few days” may be any; a few hours are today or nearly.
    if vague && !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return None;
    }
    Some(((number, if vague { Unit::Day } else { unit }), next))
}

fn approximates(word: &str) -> bool {
    matches!(
        word,
        "aproximativ"
            | "circa"
            | "cam"
            | "aproape"
            | "mai"
            | "mult"
            | "bine"
            | "putin"
            | "peste"
            | "de"
            | "apmeram"
            | "aptuveni"
            | "gandriz"
            | "vairak"
            | "neka"
    )
}

fn is_vague(word: &str) -> bool {
    matches!(word, "cateva" | "few" | "несколько" | "dazam" | "several")
}

fn back(spans: &[(u32, Unit)], context: &Context) -> Option<Found> {
    let mut then = context.now.to_zoned(context.zone.clone());
    let mut precision = Precision::Second;
    for (number, unit) in spans {
        let number = i64::from(*number);
        let (span, exact) = match unit {
            Unit::Second => (Span::new().seconds(number), true),
            Unit::Minute => (Span::new().minutes(number), true),
            Unit::Hour => (Span::new().hours(number), true),
            Unit::Day => (Span::new().days(number), false),
            Unit::Week => (Span::new().weeks(number), false),
            Unit::Month => (Span::new().months(number), false),
            Unit::Year => (Span::new().years(number), false),
        };
        if !exact {
            precision = Precision::Day;
        }
        then = then.checked_sub(span).ok()?;
    }
    if precision == Precision::Second {
        return Some(context.moment(then.timestamp()));
    }
    context
        .plausible(then.year())
        .then(|| context.found(then.date(), None))?
}
