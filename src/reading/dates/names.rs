//! Names of months, units and zones. All languages at once: no name of one means another month in another.

use jiff::tz::Offset;

/// The month that a folded word names, in any case or abbreviation.
pub(super) fn month(word: &str) -> Option<i8> {
    const STEMS: [(&str, i8); 30] = [
        ("ianuari", 1),
        ("januar", 1),
        ("janvar", 1),
        ("январ", 1),
        ("februar", 2),
        ("феврал", 2),
        ("april", 4),
        ("апрел", 4),
        ("junij", 6),
        ("июн", 6),
        ("julij", 7),
        ("июл", 7),
        ("august", 8),
        ("август", 8),
        ("septembr", 9),
        ("september", 9),
        ("сентябр", 9),
        ("octombri", 10),
        ("oktobr", 10),
        ("october", 10),
        ("октябр", 10),
        ("noiembri", 11),
        ("novembr", 11),
        ("november", 11),
        ("ноябр", 11),
        ("decembr", 12),
        ("december", 12),
        ("декабр", 12),
        ("oktober", 10),
        ("septembri", 9),
    ];
    let exact = match word {
        "ian" | "jan" | "janv" | "january" | "янв" => 1,
        "feb" | "febr" | "february" | "фев" | "февр" => 2,
        "mar" | "mart" | "martie" | "marts" | "marta" | "martam" | "martu" | "march" | "март"
        | "марта" | "марте" | "марту" | "мар" => 3,
        "apr" | "апр" => 4,
        "mai" | "maijs" | "maija" | "maijam" | "maiju" | "may" | "май" | "мая" | "мае" | "маю" => {
            5
        }
        "iun" | "iunie" | "jun" | "june" => 6,
        "iul" | "iulie" | "jul" | "july" => 7,
        "aug" | "авг" => 8,
        "sep" | "sept" | "сен" | "сент" => 9,
        "oct" | "okt" | "окт" => 10,
        "nov" | "noi" | "noiem" | "ноя" | "нояб" => 11,
        "dec" | "дек" => 12,
        _ => 0,
    };
    if exact > 0 {
        return Some(exact);
    }
    STEMS.iter().find_map(|(stem, month)| {
        let rest = word.strip_prefix(stem)?;
        (rest.chars().count() <= 3).then_some(*month)
    })
}

/// Whether a month's name is also an ordinary word or too short to be one without a year beside it.
pub(super) fn is_doubtful_month(word: &str) -> bool {
    matches!(
        word,
        "mai"
            | "mar"
            | "noi"
            | "may"
            | "march"
            | "мар"
            | "ноя"
            | "дек"
            | "dec"
            | "jan"
            | "marta"
            | "марта"
    )
}

/// Words that may stand between the parts of a date.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "de" | "anul"
            | "an"
            | "a"
            | "al"
            | "gada"
            | "gads"
            | "gadam"
            | "g"
            | "г"
            | "год"
            | "года"
            | "году"
            | "of"
            | "the"
            | "luna"
    )
}

/// Words that announce a time of day.
pub(super) fn announces_time(word: &str) -> bool {
    matches!(
        word,
        "ora"
            | "orele"
            | "plkst"
            | "pl"
            | "в"
            | "at"
            | "t"
            | "la"
            | "г"
            | "года"
            | "gada"
            | "g"
            | "от"
            | "kl"
            | "h"
    )
}

/// The offset of a zone's name, from RFC 822 and the names of this part of the world.
pub(super) fn zone(word: &str) -> Option<Offset> {
    let hours = match word {
        "z" | "utc" | "gmt" | "ut" | "wet" => 0,
        "cet" | "bst" | "west" | "met" => 1,
        "eet" | "cest" | "mest" => 2,
        "eest" | "msk" | "мск" => 3,
        "est" | "cdt" => -5,
        "edt" | "ast" => -4,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return None,
    };
    Offset::from_hours(hours).ok()
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The unit that a folded word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    const STEMS: [(&str, Unit, usize); 32] = [
        ("secund", Unit::Second, 3),
        ("second", Unit::Second, 1),
        ("sekund", Unit::Second, 3),
        ("секунд", Unit::Second, 3),
        ("sec", Unit::Second, 1),
        ("сек", Unit::Second, 0),
        ("minut", Unit::Minute, 4),
        ("минут", Unit::Minute, 2),
        ("min", Unit::Minute, 1),
        ("мин", Unit::Minute, 0),
        ("or", Unit::Hour, 1),
        ("ore", Unit::Hour, 0),
        ("hour", Unit::Hour, 1),
        ("stund", Unit::Hour, 3),
        ("час", Unit::Hour, 2),
        ("zi", Unit::Day, 2),
        ("day", Unit::Day, 1),
        ("dien", Unit::Day, 3),
        ("день", Unit::Day, 0),
        ("дня", Unit::Day, 0),
        ("дней", Unit::Day, 0),
        ("сутки", Unit::Day, 0),
        ("saptaman", Unit::Week, 2),
        ("week", Unit::Week, 1),
        ("nedel", Unit::Week, 3),
        ("недел", Unit::Week, 2),
        ("lun", Unit::Month, 1),
        ("month", Unit::Month, 1),
        ("menes", Unit::Month, 4),
        ("месяц", Unit::Month, 2),
        ("gad", Unit::Year, 3),
        ("year", Unit::Year, 1),
    ];
    match word {
        "an" | "ani" | "год" | "года" | "лет" => return Some(Unit::Year),
        "h" | "hrs" | "hr" | "ч" => return Some(Unit::Hour),
        "saptamani" => return Some(Unit::Week),
        "luni" => return Some(Unit::Month),
        _ => {}
    }
    STEMS.iter().find_map(|(stem, unit, most)| {
        let rest = word.strip_prefix(stem)?;
        (rest.chars().count() <= *most).then_some(*unit)
    })
}

/// A small number in words.
pub(super) fn count(word: &str) -> Option<u32> {
    Some(match word {
        "un" | "o" | "una" | "a" | "an" | "one" | "viens" | "vienas" | "viena" | "один"
        | "одну" => 1,
        "doi" | "doua" | "two" | "diviem" | "divam" | "два" | "две" => 2,
        "trei" | "three" | "trim" | "tris" | "три" => 3,
        "patru" | "four" | "cetriem" | "cetram" | "четыре" => 4,
        "cinci" | "five" | "pieciem" | "piecam" | "пять" => 5,
        "sase" | "six" | "sesiem" | "sesam" | "шесть" => 6,
        "sapte" | "seven" | "septiniem" | "septinam" | "семь" => 7,
        "opt" | "eight" | "astoniem" | "astonam" | "восемь" => 8,
        "noua" | "nine" | "deviniem" | "devinam" | "девять" => 9,
        "zece" | "ten" | "desmit" | "десять" => 10,
        _ => return None,
    })
}
