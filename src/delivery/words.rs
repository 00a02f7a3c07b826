//! The words that digests are made of, in the languages of the interface.

use jiff::civil::{Date, DateTime};

use super::digest::Heading;
use crate::domain::{Country, Kind, Language};

/// A language of the interface; English stands for all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ui {
    Ro,
    Lv,
    Ru,
    En,
}

impl Ui {
    pub fn of(language: Language) -> Self {
        match language {
            Language::RO => Self::Ro,
            Language::LV => Self::Lv,
            Language::RU => Self::Ru,
            _ => Self::En,
        }
    }

    pub fn language(self) -> Language {
        match self {
            Self::Ro => Language::RO,
            Self::Lv => Language::LV,
            Self::Ru => Language::RU,
            Self::En => Language::EN,
        }
    }

    pub fn pick(self, words: [&'static str; 4]) -> &'static str {
        words[self as usize]
    }

    pub fn heading(self, heading: &Heading) -> String {
        let kind = match heading {
            Heading::Closing => None,
            Heading::Kind(kind) => Some(*kind),
            Heading::Rest => Some(Kind::Other),
            Heading::Country(country) => return self.country(*country),
            Heading::Topic { id, names } => {
                let own = names
                    .iter()
                    .find(|(language, _)| *language == self.language());
                let name = own
                    .or_else(|| names.first())
                    .map_or(id.as_str(), |(_, name)| name);
                return capital(name);
            }
        };
        self.kind(kind).to_owned()
    }

    /// What a group of a kind is called; without one, of what closes soon.
    fn kind(self, kind: Option<Kind>) -> &'static str {
        self.pick(match kind {
            None => [
                "Termen-limită în următoarele 7 zile",
                "Termiņš beidzas 7 dienu laikā",
                "Срок подачи истекает в течение 7 дней",
                "Closing within 7 days",
            ],
            Some(Kind::Call) => [
                "Apeluri de proiecte și finanțări",
                "Projektu konkursi un finansējums",
                "Конкурсы проектов и финансирование",
                "Calls for proposals and funding",
            ],
            Some(Kind::Consultation) => [
                "Consultări publice",
                "Publiskās apspriešanas",
                "Общественные консультации",
                "Public consultations",
            ],
            Some(Kind::Tender) => ["Achiziții", "Iepirkumi", "Закупки", "Tenders"],
            Some(Kind::Event) => ["Evenimente", "Pasākumi", "Мероприятия", "Events"],
            Some(Kind::Vacancy) => ["Locuri de muncă", "Vakances", "Вакансии", "Vacancies"],
            Some(Kind::News) => ["Știri", "Ziņas", "Новости", "News"],
            Some(Kind::Report) => [
                "Rapoarte și studii",
                "Pārskati un pētījumi",
                "Отчёты и исследования",
                "Reports and studies",
            ],
            Some(Kind::Other) => ["Alte anunțuri", "Citi paziņojumi", "Другое", "Other"],
        })
    }

    fn country(self, country: Country) -> String {
        let words = match country.as_str() {
            "RO" => ["România", "Rumānija", "Румыния", "Romania"],
            "LV" => ["Letonia", "Latvija", "Латвия", "Latvia"],
            "MD" => ["Republica Moldova", "Moldova", "Молдова", "Moldova"],
            "EU" => [
                "Uniunea Europeană",
                "Eiropas Savienība",
                "Европейский союз",
                "European Union",
            ],
            "UA" => ["Ucraina", "Ukraina", "Украина", "Ukraine"],
            "LT" => ["Lituania", "Lietuva", "Литва", "Lithuania"],
            "EE" => ["Estonia", "Igaunija", "Эстония", "Estonia"],
            "BG" => ["Bulgaria", "Bulgārija", "Болгария", "Bulgaria"],
            "BE" => ["Belgia", "Beļģija", "Бельгия", "Belgium"],
            "DE" => ["Germania", "Vācija", "Германия", "Germany"],
            "GB" => [
                "Regatul Unit",
                "Apvienotā Karaliste",
                "Великобритания",
                "United Kingdom",
            ],
            "PL" => ["Polonia", "Polija", "Польша", "Poland"],
            code => return code.to_owned(),
        };
        self.pick(words).to_owned()
    }

    pub fn deadline(self) -> &'static str {
        self.pick(["Termen-limită", "Termiņš", "Срок подачи", "Deadline"])
    }

    pub fn stories(self) -> &'static str {
        self.pick(["Anunțuri", "Paziņojumi", "Публикации", "Announcements"])
    }

    pub fn more(self) -> &'static str {
        self.pick([
            "Mai multe anunțuri",
            "Vēl paziņojumi",
            "Ещё публикации",
            "More announcements",
        ])
    }

    pub fn nothing(self) -> &'static str {
        self.pick([
            "Nimic nou în această perioadă.",
            "Šajā laikā nekā jauna nav.",
            "За этот период ничего нового.",
            "Nothing new in this period.",
        ])
    }

    /// The name of a language; its code where vesti has no name for it.
    pub fn language_name(self, language: Language) -> String {
        let words = match language.as_str() {
            "ro" => ["română", "rumāņu", "румынский", "Romanian"],
            "lv" => ["letonă", "latviešu", "латышский", "Latvian"],
            "ru" => ["rusă", "krievu", "русский", "Russian"],
            "en" => ["engleză", "angļu", "английский", "English"],
            "uk" => ["ucraineană", "ukraiņu", "украинский", "Ukrainian"],
            "fr" => ["franceză", "franču", "французский", "French"],
            "de" => ["germană", "vācu", "немецкий", "German"],
            "lt" => ["lituaniană", "lietuviešu", "литовский", "Lithuanian"],
            "et" => ["estonă", "igauņu", "эстонский", "Estonian"],
            "bg" => ["bulgară", "bulgāru", "болгарский", "Bulgarian"],
            "hu" => ["maghiară", "ungāru", "венгерский", "Hungarian"],
            "pl" => ["poloneză", "poļu", "польский", "Polish"],
            "tr" => ["turcă", "turku", "турецкий", "Turkish"],
            "it" => ["italiană", "itāļu", "итальянский", "Italian"],
            "es" => ["spaniolă", "spāņu", "испанский", "Spanish"],
            code => return code.to_owned(),
        };
        self.pick(words).to_owned()
    }

    /// The name of a month as it stands in a date; in Latvian the nominative, from which its dates are made.
    fn month(self, month: i8) -> &'static str {
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
        const LV: [&str; 12] = [
            "janvāris",
            "februāris",
            "marts",
            "aprīlis",
            "maijs",
            "jūnijs",
            "jūlijs",
            "augusts",
            "septembris",
            "oktobris",
            "novembris",
            "decembris",
        ];
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
        let names = match self {
            Self::Ro => RO,
            Self::Lv => LV,
            Self::Ru => RU,
            Self::En => EN,
        };
        names[usize::try_from(month - 1).unwrap_or_default().min(11)]
    }

    /// A day: `21 noiembrie 2026`, `2026. gada 21. novembris`.
    pub fn day(self, day: Date) -> String {
        self.days(day, day)
    }

    /// A day as it stands after the word for “since”: `12. marta` in Latvian, as in all others.
    pub fn since(self, day: Date) -> String {
        const LV: [&str; 12] = [
            "janvāra",
            "februāra",
            "marta",
            "aprīļa",
            "maija",
            "jūnija",
            "jūlija",
            "augusta",
            "septembra",
            "oktobra",
            "novembra",
            "decembra",
        ];
        if self != Self::Lv {
            return self.day(day);
        }
        let month = LV[usize::try_from(day.month() - 1).unwrap_or_default().min(11)];
        format!("{}. gada {}. {month}", day.year(), day.day())
    }

    /// A day and the hour, after a colon.
    pub fn moment(self, at: DateTime) -> String {
        let (day, hour) = (self.day(at.date()), at.strftime("%H:%M"));
        match self {
            Self::Ro => format!("{day}, ora {hour}"),
            Self::Lv => format!("{day} plkst. {hour}"),
            Self::Ru | Self::En => format!("{day}, {hour}"),
        }
    }

    /// A stretch of days, the last one included.
    pub fn days(self, first: Date, last: Date) -> String {
        let (first_month, last_month) = (self.month(first.month()), self.month(last.month()));
        let (from, to) = (first.day(), last.day());
        let (from_year, year) = (first.year(), last.year());
        let same_month = first.month() == last.month();
        if self == Self::Lv {
            return match () {
                () if first == last => format!("{year}. gada {to}. {last_month}"),
                () if from_year != year => format!("{} – {}", self.day(first), self.day(last)),
                () if same_month => format!("{year}. gada {from}.–{to}. {last_month}"),
                () => format!("{year}. gada {from}. {first_month} – {to}. {last_month}"),
            };
        }
        let suffix = if self == Self::Ru { " г." } else { "" };
        match () {
            () if first == last => format!("{to} {last_month} {year}{suffix}"),
            () if from_year != year => format!("{} – {}", self.day(first), self.day(last)),
            () if same_month => format!("{from}–{to} {last_month} {year}{suffix}"),
            () => format!("{from} {first_month} – {to} {last_month} {year}{suffix}"),
        }
    }

    /// A whole month: `noiembrie 2026`.
    pub fn whole_month(self, day: Date) -> String {
        const RU: [&str; 12] = [
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
        let year = day.year();
        let month = self.month(day.month());
        match self {
            Self::Lv => format!("{year}. gada {month}"),
            Self::Ru => {
                let month = RU[usize::try_from(day.month() - 1).unwrap_or_default().min(11)];
                format!("{month} {year} г.")
            }
            Self::Ro | Self::En => format!("{month} {year}"),
        }
    }
}

/// With a capital at the beginning, as headings have.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (one, two) = (day("2026-10-28"), day("2026-11-03"));
        for (ui, single, range) in [
            (
                Ui::Ro,
                "3 noiembrie 2026",
                "28 octombrie – 3 noiembrie 2026",
            ),
            (
                Ui::Lv,
                "2026. gada 3. novembris",
                "2026. gada 28. oktobris – 3. novembris",
            ),
            (Ui::Ru, "3 ноября 2026 г.", "28 октября – 3 ноября 2026 г."),
            (Ui::En, "3 November 2026", "28 October – 3 November 2026"),
        ] {
            assert_eq!(ui.day(two), single);
            assert_eq!(ui.days(one, two), range);
        }
        assert_eq!(Ui::Ru.whole_month(two), "ноябрь 2026 г.");
        let at = two.at(9, 5, 0, 0);
        assert_eq!(Ui::Ro.moment(at), "3 noiembrie 2026, ora 09:05");
        assert_eq!(Ui::Lv.moment(at), "2026. gada 3. novembris plkst. 09:05");
        assert_eq!(Ui::En.moment(at), "3 November 2026, 09:05");
        assert_eq!(
            Ui::Lv.days(day("2026-11-01"), two),
            "2026. gada 1.–3. novembris"
        );
        assert_eq!(
            Ui::En.days(day("2025-12-29"), day("2026-01-04")),
            "29 December 2025 – 4 January 2026"
        );
    }

    #[test]
    fn topics_are_called_as_readers_call_them() {
        let topic = Heading::Topic {
            id: "funding".parse().unwrap(),
            names: vec![
                (Language::RO, "finanțare".into()),
                (Language::LV, "īstermiņa atbalsts".into()),
            ],
        };
        assert_eq!(Ui::Lv.heading(&topic), "Īstermiņa atbalsts");
        assert_eq!(Ui::Ru.heading(&topic), "Finanțare");
        assert_eq!(
            Ui::Lv.heading(&Heading::Country(Country::EU)),
            "Eiropas Savienība"
        );
    }

    #[test]
    fn every_kind_has_a_heading_in_every_language() {
        for language in Language::OURS {
            let ui = Ui::of(language);
            assert_eq!(ui.language(), language);
            let mut seen = std::collections::HashSet::new();
            for kind in Kind::ALL {
                assert!(seen.insert(ui.heading(&Heading::Kind(*kind))));
            }
        }
        assert_eq!(Ui::of(Language::UK), Ui::En);
    }
}
