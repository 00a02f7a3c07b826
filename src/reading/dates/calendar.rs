//! Dates of the calendar among tokens.

use super::clock::{clock_at, time_after, time_before};
use super::labels::{self, Role};
use super::tokens::{Kind, Token};
use super::{Context, Found, named, numeric};

/// Of so many dates in one text the best is taken.
const LOOKED_AT: usize = 8;

/// What a place in the text turned out to be.
pub(super) enum Match {
    /// A date, which ends before the token of this number.
    Date(Found, usize),
    /// Written like a date but none: go on behind it.
    Not(usize),
}

/// The first date that is said to be the publication's; else the first that is not said to be another's; else the first.
pub(super) fn find(tokens: &[Token], context: &Context) -> Option<Found> {
    let (mut unsaid, mut other) = (None, None);
    let (mut at, mut from, mut seen) = (0, 0, 0);
    while at < tokens.len() && seen < LOOKED_AT {
        match read(tokens, at, context) {
            Some(Match::Date(found, end)) => {
                match labels::role(tokens, from, at) {
                    Role::Published => return Some(found),
                    Role::Unsaid => unsaid = unsaid.or(Some(found)),
                    Role::Other => other = other.or(Some(found)),
                }
                at = end.max(at + 1);
                from = at;
                seen += 1;
            }
            Some(Match::Not(end)) => at = end.max(at + 1),
            None => at += 1,
        }
    }
    unsaid.or(other)
}

fn read(tokens: &[Token], at: usize, context: &Context) -> Option<Match> {
    numeric::read(tokens, at, context).or_else(|| named::read(tokens, at, context))
}

/// A date made of numbers, with what follows it.
pub(super) fn finish(
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
        .map_or(Match::Not(end), |found| Match::Date(found, end))
}

/// Whether a number that begins at `at` is the tail of something longer: `021.310.2024`, `+373-22-04-07-24`, `A12`.
pub(super) fn continues_before(tokens: &[Token], at: usize) -> bool {
    if tokens[at].gap || at == 0 {
        return false;
    }
    match &tokens[at - 1].kind {
        Kind::Number { .. } => true,
        Kind::Word(word) => word != "t",
        Kind::Sign('/') if is_numbered_document(tokens, at) => false,
        // `POCU/12/5/24`
        Kind::Sign('/') if at >= 2 && tokens[at - 2].word().is_some() => {
            !tokens[at - 1].gap && tokens.get(at + 1).and_then(Token::sign) == Some('/')
        }
        Kind::Sign('.' | '-' | '/' | '+') => {
            at < 2 || (!tokens[at - 1].gap && tokens[at - 2].number().is_some())
        }
        Kind::Sign(_) => false,
    }
}

/// `23/12.06.2024`: the number of a document and its date.
fn is_numbered_document(tokens: &[Token], at: usize) -> bool {
    let dotted = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.sign() == Some('.') && !token.gap)
    };
    at >= 2
        && tokens[at - 2].number().is_some()
        && (at < 3 || tokens[at - 2].gap)
        && dotted(at + 1)
        && dotted(at + 3)
        && tokens
            .get(at + 4)
            .is_some_and(|token| token.number().is_some_and(|(_, digits)| digits == 4))
}

/// Whether a number goes on behind: `12.2024-1`.
pub(super) fn continues_after(tokens: &[Token], end: usize) -> bool {
    let (Some(sign), Some(next)) = (tokens.get(end), tokens.get(end + 1)) else {
        return false;
    };
    !sign.gap && matches!(sign.sign(), Some('.' | '-' | '/')) && !next.gap && next.number().is_some()
        // `2024-07-04-12:00` and `04.07.2024.14:20` go on with a time, `04.07.2024-06.07.2024` with the last day.
        && clock_at(tokens, end + 1).is_none()
        && !(sign.sign() == Some('-') && is_whole_day(tokens, end + 1))
}

fn is_whole_day(tokens: &[Token], at: usize) -> bool {
    let sign = |at: usize| tokens.get(at).and_then(Token::sign);
    matches!(sign(at + 1), Some('.' | '/'))
        && sign(at + 1) == sign(at + 3)
        && [at, at + 2].iter().all(|at| {
            tokens
                .get(*at)
                .is_some_and(|token| token.number().is_some())
        })
        && tokens
            .get(at + 4)
            .is_some_and(|token| token.number().is_some_and(|(_, digits)| digits == 4))
}

/// The year of four digits at this place.
pub(super) fn year_at(tokens: &[Token], at: usize) -> Option<i16> {
    tokens
        .get(at)?
        .number()
        .filter(|(_, digits)| *digits == 4)
        .map(|(year, _)| year as i16)
}
