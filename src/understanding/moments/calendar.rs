//! Dates as they are written in prose.

use std::ops::Range;

use jiff::civil::Weekday;

use super::tokens::{Token, TokenKind};

/// A date as written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub tokens: Range<usize>,
    pub day: i8,
    pub month: i8,
    pub year: Year,
    /// “1 – 15 martie”: the 1.
    pub from_day: Option<i8>,
    /// The weekday beside it.
    pub weekday: Option<Weekday>,
}

/// The year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Said(i16),
    /// “of this year”.
    This,
    Open,
}

/// The date that begins at a token.
pub(super) fn date_at(tokens: &[Token], place: usize) -> Option<Written> {
    // A date begins with a number, or with a word that names a month or the present year.
    let mut found = match tokens.get(place)?.kind {
        TokenKind::Number { .. } => numeric(tokens, place)
            .or_else(|| numeric_without_year(tokens, place))
            .or_else(|| year_first(tokens, place))
            .or_else(|| day_first(tokens, place)),
        TokenKind::Word(_) => year_first(tokens, place).or_else(|| month_first(tokens, place)),
        TokenKind::Mark(_) => None,
    }?;
    let before = place.checked_sub(1).and_then(|at| tokens.get(at));
    let before = match before {
        Some(token) if token.is_mark(&[',', '(']) => {
            place.checked_sub(2).and_then(|at| tokens.get(at))
        }
        other => other,
    };
    found.weekday = before
        .and_then(|token| super::weekday(token.word()))
        .or_else(|| {
            tokens
                .get(found.tokens.end + 1)
                .and_then(|token| super::weekday(token.word()))
        });
    Some(found)
}

/// `15.03.2024`, `15/03/2024`, `15-03-2024`, `15.03.24`, `2024-03-15`.
fn numeric(tokens: &[Token], place: usize) -> Option<Written> {
    let [first, mark, second, mark2, third] = tokens.get(place..place + 5)? else {
        return None;
    };
    let separators = ['.', '/', '-'];
    if !mark.is_mark(&separators) || mark.kind != mark2.kind {
        return None;
    }
    // “1. 2. 3.” is a list, “16.00 - 18.00” a span of hours; a date is written without spaces, or with one after each point.
    let (first, second, third) = (first.number()?, second.number()?, third.number()?);
    let (day, month, year) = match (first.1, second.1, third.1) {
        (1..=2, 1..=2, 4) => (first.0, second.0, third.0),
        (2, 2, 2) if mark.is_mark(&['.']) => (first.0, second.0, 2000 + third.0),
        (4, 1..=2, 1..=2) => (third.0, second.0, first.0),
        _ => return None,
    };
    Some(Written {
        tokens: place..place + 5,
        day: day_of_month(day)?,
        month: i8::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month))?,
        year: Year::Said(sane_year(year)?),
        from_day: None,
        weekday: None,
    })
}

/// `līdz 15.03.`, `până la 15.03`: two digits each, after a word that leads up to a date. With a round minute it is an hour.
fn numeric_without_year(tokens: &[Token], place: usize) -> Option<Written> {
    let before = |back: usize| {
        place
            .checked_sub(back)
            .and_then(|at| tokens.get(at))
            .map_or("", Token::word)
    };
    let leads = matches!(before(1), "lidz" | "pana" | "pina" | "до" | "по")
        || (matches!(before(2), "pana" | "pina") && matches!(before(1), "la" | "pe" | "in"))
        || super::weekday(before(1)).is_some();
    if !leads {
        return None;
    }
    let (day, 2) = tokens.get(place)?.number()? else {
        return None;
    };
    let (month, 2) = tokens.get(place + 2)?.number()? else {
        return None;
    };
    let point = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(&['.']));
    let number = |at: usize| tokens.get(at).is_some_and(|token| token.number().is_some());
    let amount = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.is_mark(&['%', '€', '$'])
                || matches!(
                    token.word(),
                    "lei" | "euro" | "eiro" | "евро" | "лей" | "ron" | "mdl" | "eur" | "h"
                )
        })
    };
    let goes_on = point(place + 3) && number(place + 4);
    if !point(place + 1) || goes_on || amount(place + 3) {
        return None;
    }
    Some(Written {
        tokens: place..place + 3,
        day: day_of_month(day)?,
        month: i8::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month))?,
        year: Year::Open,
        from_day: None,
        weekday: None,
    })
}

/// `2024. gada 15. martā`, `š.g. 15. martam`.
fn year_first(tokens: &[Token], place: usize) -> Option<Written> {
    let mut at = place;
    let year = if let Some((value, 4)) = tokens.get(at)?.number() {
        at += 1;
        skip(tokens, &mut at, &['.']);
        let word = tokens.get(at)?.word();
        if !(word == "g" || word.starts_with("gad")) {
            return None;
        }
        at += 1;
        skip(tokens, &mut at, &['.']);
        Year::Said(sane_year(value)?)
    } else {
        at = this_year(tokens, at)?;
        Year::This
    };
    let inner = day_first(tokens, at)?;
    Some(Written {
        tokens: place..inner.tokens.end,
        year,
        ..inner
    })
}

/// `15 martie 2024`, `15. martam`, `1 – 15 марта 2024 г.`, `15th of March`, `15-Mar-2024`.
fn day_first(tokens: &[Token], place: usize) -> Option<Written> {
    let mut at = place;
    let mut day = day_number(tokens, &mut at)?;
    let mut from_day = None;
    if month_name(tokens.get(at)?.word()).is_none() {
        let joins = [
            "si", "un", "и", "and", "to", "pana", "la", "lidz", "по", "до", "та", "i",
        ];
        let mut joined = at;
        while joined < at + 3
            && tokens
                .get(joined)
                .is_some_and(|token| token.is_mark(&['-', ',']) || joins.contains(&token.word()))
        {
            joined += 1;
        }
        if joined > at {
            at = joined;
            from_day = Some(day);
            day = day_number(tokens, &mut at)?;
        }
    }
    let month = month_name(tokens.get(at)?.word())?;
    at += 1;
    let mut end = at;
    let mut year = Year::Open;
    // The year may come after a point, a comma, a dash; what is in between belongs to the date only if it comes.
    skip(tokens, &mut at, &['.', ',', '-', '/']);
    if matches!(
        tokens.get(at).map(Token::word),
        Some("de" | "al" | "a" | "anul" | "anului")
    ) && tokens
        .get(at + 1)
        .is_some_and(|next| next.number().is_some())
    {
        at += 1;
    }
    match tokens.get(at).and_then(Token::number) {
        Some((value, 4)) if !is_hour(tokens, at) => {
            if let Some(value) = sane_year(value) {
                year = Year::Said(value);
                end = at + 1;
                if matches!(
                    tokens.get(end).map(Token::word),
                    Some("г" | "года" | "году" | "р" | "року" | "gada" | "gads")
                ) {
                    end += 1;
                    if tokens
                        .get(end - 1)
                        .is_some_and(|token| token.word().chars().count() == 1)
                    {
                        skip(tokens, &mut end, &['.']);
                    }
                }
            }
        }
        _ => {
            if let Some(after) = this_year(tokens, at) {
                year = Year::This;
                end = after;
            }
        }
    }
    Some(Written {
        tokens: place..end,
        day,
        month,
        year,
        from_day: from_day.filter(|from| *from < day),
        weekday: None,
    })
}

/// `March 15, 2024`, `Mar. 15th`: as English has it, with a capital.
fn month_first(tokens: &[Token], place: usize) -> Option<Written> {
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = tokens.get(place)?.word();
    let month = ENGLISH.iter().position(|name| {
        *name == word || (word.len() >= 3 && word.len() <= 4 && name.starts_with(word))
    })?;
    let mut at = place + 1;
    skip(tokens, &mut at, &['.']);
    if tokens.get(at)?.number()?.1 > 2 {
        return None;
    }
    let mut day = day_number(tokens, &mut at)?;
    let mut from_day = None;
    if tokens.get(at).is_some_and(|token| token.is_mark(&['-']))
        && tokens
            .get(at + 1)
            .is_some_and(|token| matches!(token.number(), Some((1..=31, 1..=2))))
        && !is_hour(tokens, at + 1)
    {
        at += 1;
        from_day = Some(day);
        day = day_number(tokens, &mut at)?;
    }
    let mut end = at;
    let mut year = Year::Open;
    skip(tokens, &mut at, &[',']);
    if let Some((value, 4)) = tokens.get(at).and_then(Token::number)
        && let Some(value) = sane_year(value)
    {
        year = Year::Said(value);
        end = at + 1;
    }
    Some(Written {
        tokens: place..end,
        day,
        month: month as i8 + 1,
        year,
        from_day: from_day.filter(|from| *from < day),
        weekday: None,
    })
}

/// A day of the month, with what is written after it: `15`, `15.`, `15th`, `15-го`, `15-lea`, `1st of`.
fn day_number(tokens: &[Token], at: &mut usize) -> Option<i8> {
    let (value, digits) = tokens.get(*at)?.number()?;
    if digits > 2 {
        return None;
    }
    let day = day_of_month(value)?;
    *at += 1;
    if tokens.get(*at).is_some_and(|token| token.is_mark(&['-']))
        && tokens.get(*at + 1).is_some_and(|token| {
            matches!(token.word(), "го" | "е" | "ого" | "lea" | "му")
                || month_name(token.word()).is_some()
        })
    {
        *at += 1;
    }
    if matches!(
        tokens.get(*at).map(Token::word),
        Some("st" | "nd" | "rd" | "th" | "го" | "ого" | "lea" | "му" | "е")
    ) {
        *at += 1;
    }
    skip(tokens, at, &['.']);
    if matches!(tokens.get(*at).map(Token::word), Some("of" | "de"))
        && tokens
            .get(*at + 1)
            .is_some_and(|token| month_name(token.word()).is_some())
    {
        *at += 1;
    }
    Some(day)
}

/// Whether the four digits at a place are an hour (“2030” is no year in “15 martie 20:30”, which parts anyway; this is about `1200 h`).
fn is_hour(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|token| {
        token.is_mark(&[':']) || matches!(token.word(), "h" | "hrs" | "am" | "pm")
    })
}

/// “š.g.”, “a.c.”, “с.г.”, “anul curent”, “текущего года”, “this year”, “šogad”: the place after it.
fn this_year(tokens: &[Token], place: usize) -> Option<usize> {
    let word = |offset: usize| tokens.get(place + offset).map_or("", Token::word);
    let point = |offset: usize| {
        tokens
            .get(place + offset)
            .is_some_and(|token| token.is_mark(&['.']))
    };
    if matches!(
        (word(0), word(2)),
        ("s", "g") | ("a", "c") | ("с" | "т", "г") | ("п", "р")
    ) && point(1)
    {
        return Some(place + 3 + usize::from(point(3)));
    }
    match (word(0), word(1)) {
        ("anul" | "anului", "curent" | "acesta")
        | ("текущего" | "этого", "года")
        | ("цього", "року")
        | ("this", "year")
        | ("si" | "sa", "gada") => Some(place + 2),
        ("sogad", _) => Some(place + 1),
        _ => None,
    }
}

fn skip(tokens: &[Token], at: &mut usize, marks: &[char]) {
    if tokens.get(*at).is_some_and(|token| token.is_mark(marks)) {
        *at += 1;
    }
}

fn day_of_month(value: u32) -> Option<i8> {
    i8::try_from(value)
        .ok()
        .filter(|day| (1..=31).contains(day))
}

/// Announcements speak of their own time.
fn sane_year(value: u32) -> Option<i16> {
    i16::try_from(value)
        .ok()
        .filter(|year| (1990..=2100).contains(year))
}

/// A month's name in Romanian, Latvian, Russian, Ukrainian or English, folded, in any case, or shortened.
pub(super) fn month_name(word: &str) -> Option<i8> {
    const STEMS: [(&str, i8); 48] = [
        ("ianuarie", 1),
        ("februarie", 2),
        ("martie", 3),
        ("aprilie", 4),
        ("iunie", 6),
        ("iulie", 7),
        ("septembrie", 9),
        ("octombrie", 10),
        ("noiembrie", 11),
        ("decembrie", 12),
        ("janvar", 1),
        ("februar", 2),
        ("mart", 3),
        ("april", 4),
        ("maij", 5),
        ("junij", 6),
        ("julij", 7),
        ("august", 8),
        ("septembr", 9),
        ("oktobr", 10),
        ("novembr", 11),
        ("decembr", 12),
        ("январ", 1),
        ("феврал", 2),
        ("март", 3),
        ("апрел", 4),
        ("июн", 6),
        ("июл", 7),
        ("август", 8),
        ("сентябр", 9),
        ("октябр", 10),
        ("ноябр", 11),
        ("декабр", 12),
        ("січн", 1),
        ("лют", 2),
        ("березн", 3),
        ("квітн", 4),
        ("травн", 5),
        ("червн", 6),
        ("липн", 7),
        ("серпн", 8),
        ("вересн", 9),
        ("жовтн", 10),
        ("листопад", 11),
        ("грудн", 12),
        ("januar", 1),
        ("octob", 10),
        ("septemb", 9),
    ];
    const WHOLE: [(&str, i8); 45] = [
        ("ian", 1),
        ("jan", 1),
        ("feb", 2),
        ("febr", 2),
        ("mar", 3),
        ("apr", 4),
        ("mai", 5),
        ("may", 5),
        ("iun", 6),
        ("jun", 6),
        ("june", 6),
        ("iul", 7),
        ("jul", 7),
        ("july", 7),
        ("aug", 8),
        ("sep", 9),
        ("sept", 9),
        ("oct", 10),
        ("okt", 10),
        ("nov", 11),
        ("noiem", 11),
        ("dec", 12),
        ("march", 3),
        ("november", 11),
        ("december", 12),
        ("янв", 1),
        ("фев", 2),
        ("февр", 2),
        ("мар", 3),
        ("апр", 4),
        ("май", 5),
        ("мая", 5),
        ("маю", 5),
        ("мае", 5),
        ("маем", 5),
        ("авг", 8),
        ("сен", 9),
        ("сент", 9),
        ("окт", 10),
        ("ноя", 11),
        ("нояб", 11),
        ("дек", 12),
        ("січ", 1),
        ("бер", 3),
        ("вер", 9),
    ];
    if let Some((_, month)) = WHOLE.iter().find(|(name, _)| *name == word) {
        return Some(*month);
    }
    STEMS
        .iter()
        .find(|(stem, _)| {
            word.strip_prefix(stem)
                .is_some_and(|ending| ending.chars().count() <= 3)
        })
        .map(|(_, month)| *month)
}
