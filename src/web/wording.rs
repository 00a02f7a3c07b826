//! Dates, numbers and the words of the vocabulary as the reader's language writes them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::locale::Ui;
use crate::domain::{Country, Deadline, Item, Kind, Language, Precision, Role};

impl Ui {
    /// A whole number with its thousands grouped: 12.345, 12 345, 12,345.
    pub(crate) fn number(self, number: u64) -> String {
        let separator = match self.language() {
            Language::RO => '.',
            Language::EN => ',',
            _ => '\u{a0}',
        };
        let digits = number.to_string();
        // Latvian and Russian leave four digits together.
        if separator == '\u{a0}' && digits.len() < 5 {
            return digits;
        }
        let mut text = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// A day: 21 noiembrie 2026, 2026. gada 21. novembris, 21 ноября 2026 г., 21 November 2026.
    pub(crate) fn day(self, day: Date) -> String {
        self.day_after(Before::Nothing, day)
    }

    /// A day as it follows a word of a sentence.
    pub(crate) fn day_after(self, before: Before, day: Date) -> String {
        let (year, month, day) = (year(day), self.month(day.month(), true), day.day());
        match self.language() {
            Language::LV => format!("{year}. gada {day}. {}", before.latvian(&month)),
            Language::RU => format!("{day} {month} {year} г."),
            _ => format!("{day} {month} {year}"),
        }
    }

    /// A stretch of days, the last one included: 21–23 November 2026.
    pub(crate) fn days(self, first: Date, last: Date) -> String {
        if first.year() != last.year() {
            return format!("{} – {}", self.day(first), self.day(last));
        }
        let (year, from, to) = (year(last), first.day(), last.day());
        let point = if self.language() == Language::LV {
            "."
        } else {
            ""
        };
        let month = self.month(last.month(), true);
        let days = if first == last {
            format!("{to}{point} {month}")
        } else if first.month() == last.month() {
            format!("{from}{point}–{to}{point} {month}")
        } else {
            let other = self.month(first.month(), true);
            format!("{from}{point} {other} – {to}{point} {month}")
        };
        match self.language() {
            Language::LV => format!("{year}. gada {days}"),
            Language::RU => format!("{days} {year} г."),
            _ => format!("{days} {year}"),
        }
    }

    /// A month of a year: noiembrie 2026, 2026. gada novembris, ноябрь 2026 г., November 2026.
    pub(crate) fn month_of(self, day: Date) -> String {
        let (year, month) = (year(day), self.month(day.month(), false));
        match self.language() {
            Language::LV => format!("{year}. gada {month}"),
            Language::RU => format!("{month} {year} г."),
            _ => format!("{month} {year}"),
        }
    }

    /// A day and the hour.
    pub(crate) fn moment(self, at: DateTime) -> String {
        self.moment_after(Before::Nothing, at)
    }

    /// A day and the hour as they follow a word of a sentence.
    pub(crate) fn moment_after(self, before: Before, at: DateTime) -> String {
        let hour = format!("{:02}:{:02}", at.hour(), at.minute());
        let day = self.day_after(before, at.date());
        match (self.language(), before) {
            (Language::LV, _) => format!("{day} plkst. {hour}"),
            (Language::RO, _) => format!("{day}, ora {hour}"),
            (Language::RU, Before::On) => format!("{day} в {hour}"),
            (Language::EN, Before::On) => format!("{day} at {hour}"),
            _ => format!("{day}, {hour}"),
        }
    }

    /// A day as on the leaf of a calendar: the number, and three letters of the month.
    pub(crate) fn tile(self, day: Date) -> (String, String) {
        let month = self.month(day.month(), true).chars().take(3).collect();
        (day.day().to_string(), month)
    }

    fn month(self, month: i8, within_a_date: bool) -> String {
        // Russian alone has another form of the name inside a date.
        if self.language() == Language::RU && !within_a_date {
            return self.t(&format!("month-{month}-alone"));
        }
        self.t(&format!("month-{month}"))
    }

    /// A moment that is known with some precision: the hour in the reader's zone, a day in the zone it was meant in.
    pub(crate) fn when(
        self,
        at: Timestamp,
        precision: Precision,
        own: &TimeZone,
        meant: &TimeZone,
    ) -> String {
        match precision {
            Precision::Second => self.moment(at.to_zoned(own.clone()).datetime()),
            Precision::Day => self.day(at.to_zoned(meant.clone()).date()),
            Precision::Month => self.month_of(at.to_zoned(meant.clone()).date()),
            Precision::None => self.t("date-unknown"),
        }
    }

    /// When an item was published, as a day: enough for a list.
    pub(crate) fn published(self, item: &Item, own: &TimeZone) -> Option<String> {
        let at = item.published?;
        Some(match item.precision {
            Precision::Second => self.day(at.to_zoned(own.clone()).date()),
            precision => self.when(at, precision, own, &item.country.time_zone()),
        })
    }

    /// A deadline in words, and how far off it is.
    pub(crate) fn deadline(
        self,
        deadline: &Deadline,
        country: Country,
        now: Timestamp,
        own: &TimeZone,
    ) -> Closing {
        let meant = country.time_zone();
        let zone = if deadline.precision == Precision::Second {
            own
        } else {
            &meant
        };
        let date = self.when(deadline.at, deadline.precision, own, &meant);
        let day = deadline.at.to_zoned(zone.clone()).date();
        let today = now.to_zoned(zone.clone()).date();
        let days = today
            .until((Unit::Day, day))
            .map_or(0, |span| span.get_days());
        let open = deadline.at >= now;
        let left = match (open, u64::try_from(days)) {
            (false, _) => self.t("deadline-past"),
            (true, Ok(0) | Err(_)) => self.t("deadline-today"),
            (true, Ok(days)) => self.tn("deadline-in-days", days),
        };
        Closing {
            at: deadline.at.to_string(),
            date,
            left,
            open,
            soon: open && days <= 7,
        }
    }

    /// What a language is called; its code where we have no word for it.
    pub(crate) fn language_name(self, language: Language) -> String {
        self.word("lang", language.as_str())
    }

    /// What a country is called; its code where we have no word for it.
    pub(crate) fn country_name(self, country: Country) -> String {
        self.word("country", country.as_str())
    }

    /// What a role is called.
    pub(crate) fn role_name(self, role: Role) -> String {
        self.word("role", role.as_str())
    }

    /// What a kind is called.
    pub(crate) fn kind_name(self, kind: Kind) -> String {
        self.word("kind", kind.as_str())
    }

    /// The message `family-word`, or the word itself.
    pub(crate) fn word(self, family: &str, word: &str) -> String {
        let key = format!("{family}-{word}");
        if self.has(&key) {
            self.t(&key)
        } else {
            word.to_owned()
        }
    }
}

fn year(day: Date) -> i16 {
    day.year()
}

/// What stands before a date in a sentence. Latvian has another case of the month after each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing, or a colon.
    Nothing,
    /// “from”: no 21. novembra
    From,
    /// “until”: līdz 21. novembrim
    Until,
    /// “on”: 21. novembrī
    On,
}

impl Before {
    /// The name of a month, given in the nominative: all of them end in -s or -is.
    fn latvian(self, month: &str) -> String {
        let soft = month.strip_suffix("is");
        let Some(stem) = soft.or_else(|| month.strip_suffix('s')) else {
            return month.to_owned();
        };
        let soft = soft.is_some();
        match self {
            Self::Nothing => month.to_owned(),
            // aprīlis, aprīļa; but janvāris, janvāra.
            Self::From => match stem.strip_suffix('l').filter(|_| soft) {
                Some(stem) => format!("{stem}ļa"),
                None => format!("{stem}a"),
            },
            Self::Until => format!("{stem}{}", if soft { "im" } else { "am" }),
            Self::On => format!("{stem}{}", if soft { "ī" } else { "ā" }),
        }
    }
}

/// A deadline as it is shown.
#[derive(Debug, Clone)]
pub(crate) struct Closing {
    /// For machines.
    pub(crate) at: String,
    /// In words.
    pub(crate) date: String,
    /// How far off.
    pub(crate) left: String,
    /// Ahead.
    pub(crate) open: bool,
    /// Ahead, within a week.
    pub(crate) soon: bool,
}

/// The first letter large, as at the start of a line.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_written_as_each_language_writes_it() {
        let day = date(2026, 11, 21);
        assert_eq!(Ui::new(Language::RO).day(day), "21 noiembrie 2026");
        assert_eq!(Ui::new(Language::LV).day(day), "2026. gada 21. novembris");
        assert_eq!(Ui::new(Language::RU).day(day), "21 ноября 2026 г.");
        assert_eq!(Ui::new(Language::EN).day(day), "21 November 2026");
        assert_eq!(Ui::new(Language::RU).month_of(day), "ноябрь 2026 г.");
    }

    #[test]
    fn a_date_in_a_sentence_has_the_case_that_its_preposition_asks_for() {
        let ui = Ui::new(Language::LV);
        for (month, from, until, on) in [
            (1, "janvāra", "janvārim", "janvārī"),
            (2, "februāra", "februārim", "februārī"),
            (3, "marta", "martam", "martā"),
            (4, "aprīļa", "aprīlim", "aprīlī"),
            (5, "maija", "maijam", "maijā"),
            (6, "jūnija", "jūnijam", "jūnijā"),
            (7, "jūlija", "jūlijam", "jūlijā"),
            (8, "augusta", "augustam", "augustā"),
            (9, "septembra", "septembrim", "septembrī"),
            (10, "oktobra", "oktobrim", "oktobrī"),
            (11, "novembra", "novembrim", "novembrī"),
            (12, "decembra", "decembrim", "decembrī"),
        ] {
            for (before, word) in [
                (Before::From, from),
                (Before::Until, until),
                (Before::On, on),
            ] {
                let text = ui.day_after(before, date(2026, month, 3));
                assert_eq!(text, format!("2026. gada 3. {word}"));
            }
        }
        let at = date(2026, 11, 21).at(9, 5, 0, 0);
        for (language, before, text) in [
            (
                Language::LV,
                Before::On,
                "2026. gada 21. novembrī plkst. 09:05",
            ),
            (Language::RU, Before::On, "21 ноября 2026 г. в 09:05"),
            (Language::RU, Before::Until, "21 ноября 2026 г., 09:05"),
            (Language::RO, Before::On, "21 noiembrie 2026, ora 09:05"),
            (Language::EN, Before::On, "21 November 2026 at 09:05"),
            (Language::EN, Before::Nothing, "21 November 2026, 09:05"),
        ] {
            assert_eq!(Ui::new(language).moment_after(before, at), text);
        }
    }

    #[test]
    fn days_in_a_row_name_month_and_year_once() {
        let days = |language, first, last| Ui::new(language).days(first, last);
        let (one, two) = (date(2026, 10, 28), date(2026, 11, 3));
        assert_eq!(
            days(Language::LV, one, two),
            "2026. gada 28. oktobris – 3. novembris"
        );
        assert_eq!(
            days(Language::RU, one, two),
            "28 октября – 3 ноября 2026 г."
        );
        assert_eq!(
            days(Language::EN, date(2026, 11, 1), two),
            "1–3 November 2026"
        );
        assert_eq!(
            days(Language::LV, date(2026, 11, 1), two),
            "2026. gada 1.–3. novembris"
        );
        assert_eq!(days(Language::RO, two, two), "3 noiembrie 2026");
        assert_eq!(
            days(Language::RO, date(2025, 12, 29), date(2026, 1, 4)),
            "29 decembrie 2025 – 4 ianuarie 2026"
        );
        assert_eq!(Ui::new(Language::LV).tile(one), ("28".into(), "okt".into()));
    }

    #[test]
    fn numbers_are_grouped_as_each_language_groups_them() {
        assert_eq!(Ui::new(Language::RO).number(1_234_567), "1.234.567");
        assert_eq!(Ui::new(Language::LV).number(1_234), "1234");
        assert_eq!(Ui::new(Language::RU).number(12_345), "12\u{a0}345");
        assert_eq!(Ui::new(Language::EN).number(999), "999");
    }

    #[test]
    fn a_deadline_says_how_far_off_it_is() {
        let ui = Ui::new(Language::EN);
        let zone = TimeZone::get("Europe/Bucharest").unwrap();
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let closing = |at: &str| {
            let deadline = Deadline {
                at: at.parse().unwrap(),
                precision: Precision::Day,
                evidence: String::new(),
            };
            ui.deadline(&deadline, Country::RO, now, &zone)
        };
        // The end of the 21st in Bucharest.
        let today = closing("2026-11-21T21:59:59Z");
        assert!(today.open && today.soon);
        assert_eq!(today.left, "closes today");
        assert_eq!(closing("2026-11-22T21:59:59Z").left, "1 day left");
        assert_eq!(closing("2026-11-27T21:59:59Z").date, "27 November 2026");
        assert!(!closing("2026-12-27T21:59:59Z").soon);
        assert!(!closing("2026-11-20T21:59:59Z").open);
    }
}
