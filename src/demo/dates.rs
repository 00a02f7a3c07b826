//! Dates in prose: `{{ date(21) }}` in a text becomes “12 decembrie 2026”, in the text's language.
//!
//! Offsets count days from the start of the run. A day that falls on a weekend moves to the nearest working day away from
//! today, since neither deadlines nor meetings fall there.

use jiff::civil::{Date, Weekday};
use jiff::{Span, Zoned};
use minijinja::value::Value;
use minijinja::{Error, ErrorKind};

use crate::domain::Language;

const RO: [&str; 12] = [
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
];
const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The genitive, which dates use.
const RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const RU_NOMINATIVE: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];
/// Stems; the endings follow below.
const LV: [&str; 12] = [
    "janvār", "februār", "mart", "aprīl", "maij", "jūnij", "jūlij", "august", "septembr", "oktobr",
    "novembr", "decembr",
];

fn lv_month(month: usize, case: &str) -> String {
    // Marts and augusts decline like the first declension, the others like the second.
    let first = matches!(month, 2 | 4 | 5 | 6 | 7);
    let ending = match (case, first) {
        ("gen", _) => "a",
        ("dat", true) => "am",
        ("dat", false) => "im",
        ("acc", true) => "u",
        ("acc", false) => "i",
        ("loc", true) => "ā",
        ("loc", false) => "ī",
        (_, true) => "s",
        (_, false) => "is",
    };
    let stem = LV[month];
    // The genitive of the second declension softens its consonant: aprīļa; r stays as it is in these words.
    if case == "gen" && stem == "aprīl" {
        return "aprīļa".to_owned();
    }
    format!("{stem}{ending}")
}

fn weekday(day: Date, lang: Language) -> &'static str {
    let index = day.weekday().to_monday_zero_offset() as usize;
    match lang {
        Language::LV => [
            "pirmdien",
            "otrdien",
            "trešdien",
            "ceturtdien",
            "piektdien",
            "sestdien",
            "svētdien",
        ][index],
        Language::RU => [
            "в понедельник",
            "во вторник",
            "в среду",
            "в четверг",
            "в пятницу",
            "в субботу",
            "в воскресенье",
        ][index],
        Language::EN => [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ][index],
        _ => [
            "luni",
            "marți",
            "miercuri",
            "joi",
            "vineri",
            "sâmbătă",
            "duminică",
        ][index],
    }
}

/// The day and month: `dm` in texts.
fn day_month(day: Date, lang: Language, case: &str) -> String {
    let month = (day.month() - 1) as usize;
    match lang {
        Language::LV => format!("{}. {}", day.day(), lv_month(month, case)),
        Language::RU => format!("{} {}", day.day(), RU[month]),
        Language::EN => format!("{} {}", day.day(), EN[month]),
        _ => format!("{} {}", day.day(), RO[month]),
    }
}

/// A whole date in running text: `date` in texts.
pub(super) fn date(day: Date, lang: Language, case: &str) -> String {
    let short = day_month(day, lang, case);
    match lang {
        Language::LV => format!("{}. gada {short}", day.year()),
        Language::RU => format!("{short} {} года", day.year()),
        _ => format!("{short} {}", day.year()),
    }
}

/// `19.11.2026`
pub(super) fn dmy(day: Date) -> String {
    format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year())
}

/// The name of the month alone.
fn month(day: Date, lang: Language, case: &str) -> String {
    let month = (day.month() - 1) as usize;
    match lang {
        Language::LV => lv_month(month, case),
        Language::RU if case == "gen" => RU[month].to_owned(),
        Language::RU => RU_NOMINATIVE[month].to_owned(),
        Language::EN => EN[month].to_owned(),
        _ => RO[month].to_owned(),
    }
}

fn working_day(start: Date, offset: i64) -> Result<Date, Error> {
    let far = || {
        Error::new(
            ErrorKind::InvalidOperation,
            "a date too far from the start of the run",
        )
    };
    let move_by = |day: Date, days: i64| {
        Span::new()
            .try_days(days)
            .and_then(|span| day.checked_add(span))
            .map_err(|_| far())
    };
    let day = move_by(start, offset)?;
    match (day.weekday(), offset > 0) {
        (Weekday::Saturday, true) => move_by(day, 2),
        (Weekday::Sunday, true) => move_by(day, 1),
        (Weekday::Saturday, false) => move_by(day, -1),
        (Weekday::Sunday, false) => move_by(day, -2),
        _ => Ok(day),
    }
}

/// What a text may call: `date(days, case)`, `dm(days, case)`, `dmy(days)`, `weekday(days)`, `month(days, case)`, `year(days)`.
pub(super) fn functions(start: &Zoned, lang: Language) -> Value {
    let start = start.date();
    let with_case = move |form: fn(Date, Language, &str) -> String| {
        Value::from_function(
            move |offset: i64, case: Option<String>| -> Result<String, Error> {
                Ok(form(
                    working_day(start, offset)?,
                    lang,
                    case.as_deref().unwrap_or("nom"),
                ))
            },
        )
    };
    minijinja::context! {
        date => with_case(date),
        dm => with_case(day_month),
        month => with_case(month),
        dmy => with_case(|day, _, _| dmy(day)),
        weekday => with_case(|day, lang, _| weekday(day, lang).to_owned()),
        year => with_case(|day, _, _| day.year().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let christmas = day("2026-12-24");
        assert_eq!(date(christmas, Language::RO, "nom"), "24 decembrie 2026");
        assert_eq!(date(christmas, Language::RU, "nom"), "24 декабря 2026 года");
        assert_eq!(
            date(christmas, Language::LV, "dat"),
            "2026. gada 24. decembrim"
        );
        assert_eq!(
            day_month(day("2026-04-03"), Language::LV, "gen"),
            "3. aprīļa"
        );
        assert_eq!(
            day_month(day("2026-08-03"), Language::LV, "loc"),
            "3. augustā"
        );
        assert_eq!(
            day_month(day("2026-05-03"), Language::LV, "dat"),
            "3. maijam"
        );
        assert_eq!(date(christmas, Language::EN, "nom"), "24 December 2026");
    }

    #[test]
    fn weekends_move_away_from_today() {
        let friday = day("2026-11-20");
        assert_eq!(working_day(friday, 1).unwrap(), day("2026-11-23"));
        assert_eq!(working_day(friday, -5).unwrap(), day("2026-11-13"));
        assert_eq!(working_day(friday, 4).unwrap(), day("2026-11-24"));
        assert!(working_day(friday, i64::MAX).is_err());
    }
}
