//! Names of months, units and zones. All languages at once: no name of one means another month in another.

use jiff::tz::Offset;

/// The month that a folded word names, in any case or abbreviation.
pub(super) fn month(word: &str) -> Option<i8> {
    const STEMS: [(&str, i8); 41] = [
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
        // Romanian in Cyrillic, as in Transnistria.
        ("ианвари", 1),
        ("януари", 1),
        ("фебруари", 2),
        ("априли", 4),
        ("юни", 6),
        ("юли", 7),
        ("аугуст", 8),
        ("септембри", 9),
        ("октомбри", 10),
        ("ноембри", 11),
        ("дечембри", 12),
    ];
    // Ukrainian as well, which sources in Moldova write, and Romanian in Cyrillic.
    let exact = match word {
        "ian" | "jan" | "janv" | "january" | "янв" | "січень" | "січня" => 1,
        "feb" | "febr" | "february" | "фев" | "февр" | "лютий" | "лютого" => 2,
        "mar" | "mart" | "martie" | "marts" | "marta" | "martam" | "martu" | "march" | "март"
        | "марта" | "марте" | "марту" | "мар" | "мартие" | "березень" | "березня" => {
            3
        }
        "apr" | "апр" | "квітень" | "квітня" => 4,
        "mai" | "maijs" | "maija" | "maijam" | "maiju" | "may" | "май" | "мая" | "мае" | "маю"
        | "маи" | "травень" | "травня" => 5,
        "iun" | "iunie" | "jun" | "june" | "иуние" | "июние" | "червень" | "червня" => {
            6
        }
        "iul" | "iulie" | "jul" | "july" | "иулие" | "июлие" | "липень" | "липня" => {
            7
        }
        "aug" | "авг" | "серпень" | "серпня" => 8,
        "sep" | "sept" | "сен" | "сент" | "вересень" | "вересня" => 9,
        "oct" | "okt" | "окт" | "жовтень" | "жовтня" => 10,
        "nov" | "noi" | "noe" | "noem" | "noiem" | "ноя" | "нояб" | "ноиембрие" | "листопад"
        | "листопада" => 11,
        "dec" | "дек" | "грудень" | "грудня" => 12,
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

/// The month of a Roman numeral, in small letters.
pub(super) fn roman(word: &str) -> Option<i8> {
    const NUMERALS: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let at = NUMERALS.iter().position(|numeral| *numeral == word)?;
    i8::try_from(at + 1).ok()
}

/// Words between the first and the last day of a range.
pub(super) fn joins(word: &str) -> bool {
    matches!(
        word,
        "si" | "un" | "и" | "and" | "to" | "lidz" | "по" | "до" | "pana"
    )
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
