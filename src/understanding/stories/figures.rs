//! The numbers of an announcement: days, amounts, hours, editions. They tell one of a series from the others, whatever the language.

use std::sync::LazyLock;

use crate::domain::is_letter;
use crate::understanding::scan::Words;

/// Most numbers of a text.
const MOST: usize = 120;

/// Above all plain numbers.
const MONTHS: u32 = 4_000_000_000;
const DATES: u32 = 4_100_000_000;
const HOURS: u32 = 4_200_000_000;

/// How much a number tells: days and amounts much, a year or a small number little.
pub(super) fn weight(figure: u32) -> f32 {
    match figure {
        0..10 => 0.2,
        10..100 => 0.5,
        1950..2100 => 0.4,
        100..1000 => 1.5,
        DATES..HOURS => 2.0,
        HOURS.. => 1.0,
        _ => 2.0,
    }
}

/// The number that stands for a day, counted from 1970, as far as texts name it.
pub(super) fn date_figure(day: i32) -> Option<u32> {
    let at = jiff::Timestamp::from_second(i64::from(day) * 86_400).ok()?;
    let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    Some(
        DATES + u32::from(date.month().unsigned_abs()) * 100 + u32::from(date.day().unsigned_abs()),
    )
}

/// Whether a number is a day of the year.
pub(super) fn is_date(figure: u32) -> bool {
    (DATES..HOURS).contains(&figure)
}

/// Whether a number is a year.
pub(super) fn is_year(figure: u32) -> bool {
    (1950..2100).contains(&figure)
}

/// Beginnings of the months' names in ro, lv, ru, en, and how long such a word may be.
static MONTH_NAMES: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    const NAMES: [&str; 12] = [
        "ianuar janvar январ januar",
        "februar феврал",
        "marti mart март march",
        "april апрел",
        "mai maij мая май may",
        "iuni junij июн june juni",
        "iuli julij июл july juli",
        "august август",
        "septembr сентябр septemb",
        "octombr oktobr октябр october",
        "noiembr novembr ноябр november",
        "decembr декабр december",
    ];
    let mut names = Vec::new();
    for (month, list) in (1..).zip(NAMES) {
        names.extend(list.split(' ').map(|name| (name, month)));
    }
    names
});

fn month(word: &str) -> Option<u32> {
    let letters = word.chars().count();
    MONTH_NAMES.iter().find_map(|(name, month)| {
        let rest = word.strip_prefix(name)?;
        let ending = rest.chars().count();
        // “mai” is also a common word of Romanian; it is a month only beside a number, which the caller sees to.
        let most = if letters <= 4 { 2 } else { 4 };
        (ending <= most).then_some(*month)
    })
}

/// A whole number of a few digits.
fn number(word: &str) -> Option<u32> {
    if word.len() > 9 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    word.parse().ok()
}

/// The numbers of a text in order: days with their months, amounts with their groups of digits joined, hours.
pub(super) fn figures(scan: Words<'_>) -> Vec<u32> {
    let mut found = Vec::new();
    let mut place = 0;
    let gap = |place: usize| scan.gap(place);
    let folded = |place: usize| scan.folded(place);
    while place < scan.count() && found.len() < MOST {
        let word = folded(place);
        let Some(first) = number(word) else {
            // “March 15” and the English “15th”.
            if let Some(day) = ordinal(folded(place + 1))
                && let Some(month) = month(word)
                && gap(place).trim().is_empty()
            {
                found.push(DATES + month * 100 + day);
                place += 2;
                continue;
            }
            place += 1;
            continue;
        };
        if (1..=31).contains(&first) {
            let of = usize::from(folded(place + 1) == "de" || folded(place + 1) == "of");
            if let Some(month) = month(folded(place + 1 + of)) {
                found.push(DATES + month * 100 + first);
                place += 2 + of;
                continue;
            }
            if gap(place) == "."
                && let Some(month) = number(folded(place + 1)).filter(|m| (1..=12).contains(m))
                && gap(place + 1) == "."
                && number(folded(place + 2)).is_some_and(|year| is_year(year) || year < 100)
            {
                found.push(DATES + month * 100 + first);
                let year = number(folded(place + 2)).unwrap_or_default();
                found.push(if year < 100 { 2000 + year } else { year });
                place += 3;
                continue;
            }
        }
        if first < 24
            && matches!(gap(place), ":" | ".")
            && folded(place + 1).len() == 2
            && let Some(minute) = number(folded(place + 1)).filter(|minute| *minute < 60)
            && (gap(place) == ":" || minute % 15 == 0)
        {
            found.push(HOURS + first * 60 + minute);
            place += 2;
            continue;
        }
        if word.starts_with('0') || word.len() > 7 {
            // A telephone's or a register's: it tells who announces, not what.
            place += 1;
            continue;
        }
        let mut amount = u64::from(first);
        while word.len() <= 3
            && matches!(gap(place), "." | "," | " " | "\u{a0}" | "\u{202f}" | "'")
            && folded(place + 1).len() == 3
            && let Some(group) = number(folded(place + 1))
            && amount < 1_000_000
        {
            amount = amount * 1_000 + u64::from(group);
            place += 1;
        }
        found.push(u32::try_from(amount).unwrap_or(MONTHS - 1).min(MONTHS - 1));
        place += 1;
    }
    found
}

/// “15”, “15th”.
fn ordinal(word: &str) -> Option<u32> {
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let day = number(digits).filter(|day| (1..=31).contains(day))?;
    (word.len() <= digits.len() + 2).then_some(day)
}

/// Numbers of a title, its months and its Roman numerals: they tell one of a series from the others.
pub(super) fn title_figures(scan: Words<'_>) -> Vec<u32> {
    let mut found = figures(scan);
    for word in scan.iter() {
        if let Some(month) = month(word.folded).filter(|_| word.folded.len() > 4) {
            found.push(MONTHS + month);
        }
        found.extend(roman(word.written));
        // “2026.g.”, “19-lea”, “XXa”.
        let digits = word.folded.trim_end_matches(is_letter);
        if digits.len() < word.folded.len() {
            found.extend(number(digits));
        }
    }
    // A day is also two numbers, for those who write the month as a number.
    let parts: Vec<u32> = found
        .iter()
        .filter(|figure| is_date(**figure))
        .flat_map(|figure| [(figure - DATES) % 100, MONTHS + (figure - DATES) / 100])
        .collect();
    found.retain(|figure| !is_date(*figure));
    found.extend(parts);
    found
}

/// A Roman numeral below forty: editions and centuries.
fn roman(word: &str) -> Option<u32> {
    let (mut value, mut last) = (0_u32, 0_u32);
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    for letter in word.chars() {
        let one = match letter {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            '-' => break,
            _ => return None,
        };
        value = if one > last && last > 0 {
            value + one - 2 * last
        } else {
            value + one
        };
        last = one;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::scan::Scan;

    fn of(text: &str) -> Vec<u32> {
        figures(Scan::of(text, 100).words())
    }

    #[test]
    fn days_amounts_and_hours_are_the_same_in_every_language() {
        let march = DATES + 315;
        for text in [
            "15 martie 2026",
            "2026. gada 15. martā",
            "15 марта 2026 года",
            "March 15, 2026",
            "15th of March 2026",
            "15.03.2026",
        ] {
            let mut found = of(text);
            found.sort_unstable();
            let want: &[u32] = if text.contains("15th") {
                &[2026]
            } else {
                &[2026, march]
            };
            assert_eq!(found, want, "{text}");
        }
        for text in ["50.000 lei", "50 000 eiro", "€50,000", "50000 евро"] {
            assert_eq!(of(text), [50_000], "{text}");
        }
        assert_eq!(of("ora 16:30"), [HOURS + 990]);
        assert!(of("tel. 0722123456").is_empty());
    }

    #[test]
    fn editions_are_numbers_of_the_title() {
        let of = |text: &str| title_figures(Scan::of(text, 100).words());
        assert_eq!(of("Gala Premiilor, ediția a XII-a"), [12]);
        assert_eq!(of("Atklāts konkurss, 2. kārta"), [2]);
        assert_ne!(of("Ziņas 12.-18. maijs"), of("Ziņas 19.-25. maijs"));
    }
}
