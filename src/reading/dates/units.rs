//! Units of time and small numbers in words.

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
    const STEMS: [(&str, Unit, usize); 30] = [
        ("secund", Unit::Second, 3),
        ("second", Unit::Second, 1),
        ("sekund", Unit::Second, 3),
        ("секунд", Unit::Second, 3),
        ("sec", Unit::Second, 1),
        ("minut", Unit::Minute, 4),
        ("минут", Unit::Minute, 2),
        ("min", Unit::Minute, 1),
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
        "сек" => return Some(Unit::Second),
        "мин" | "m" | "м" => return Some(Unit::Minute),
        "h" | "hrs" | "hr" | "ч" | "st" => return Some(Unit::Hour),
        "d" | "дн" | "д" | "суток" => return Some(Unit::Day),
        "saptamani" | "sapt" | "нед" | "ned" | "w" | "wk" | "wks" => return Some(Unit::Week),
        "luni" | "мес" | "men" | "mo" => return Some(Unit::Month),
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
        "doi" | "doua" | "пару" | "пара" | "couple" | "two" | "diviem" | "divam" | "два"
        | "две" => 2,
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
