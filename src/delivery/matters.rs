//! What mattered in an edit, in words for people and in JSON.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::item_json::instant;
use super::words::Ui;
use crate::domain::{Language, Matter, Precision, Stated};

/// Something that mattered in an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MatterJson {
    /// cancelled, postponed, reopened, deadline_moved, deadline_set, deadline_removed, event_moved, place_changed,
    /// amount_changed, withdrawn or returned.
    #[schema(
        example = "deadline_moved",
        pattern = "^(cancelled|postponed|reopened|deadline_moved|deadline_set|deadline_removed|event_moved|place_changed|amount_changed|withdrawn|returned)$"
    )]
    pub matter: String,
    /// What it was: of deadlines and events an RFC 3339 moment, of amounts and places the words. Null where there was nothing.
    pub from: Option<String>,
    /// What it is.
    pub to: Option<String>,
    /// The sentence that says so, where one does.
    pub evidence: Option<String>,
    /// The same in a sentence for people.
    #[schema(example = "Deadline moved from 25 November 2026 to 10 December 2026 (extended)")]
    pub text: String,
}

impl MatterJson {
    /// With the sentence in a language. `zone` is that of the announcement's country.
    #[must_use]
    pub fn of(matter: &Matter, language: Language, zone: &TimeZone) -> Self {
        let at = |stated: &Stated| Some(instant(stated.at));
        let (from, to) = match matter {
            Matter::DeadlineMoved { from, to } => (at(from), at(to)),
            Matter::DeadlineSet { to } => (None, at(to)),
            Matter::DeadlineRemoved { from } => (at(from), None),
            Matter::EventMoved { from, to } => (Some(instant(*from)), Some(instant(*to))),
            Matter::PlaceChanged { from, to } | Matter::AmountChanged { from, to } => {
                (Some(from.clone()), Some(to.clone()))
            }
            _ => (None, None),
        };
        let evidence = match matter {
            Matter::Cancelled { evidence }
            | Matter::Postponed { evidence }
            | Matter::Reopened { evidence } => Some(evidence.clone()),
            _ => None,
        };
        Self {
            matter: matter.word().to_owned(),
            from,
            to,
            evidence: evidence.filter(|evidence| !evidence.is_empty()),
            text: matter_sentence(matter, language, zone),
        }
    }
}

/// What mattered, in a sentence without a full stop. `zone` is that of the announcement's country.
#[must_use]
pub fn matter_sentence(matter: &Matter, language: Language, zone: &TimeZone) -> String {
    let ui = Ui::of(language);
    let day = |stated: &Stated| {
        let local = stated.at.to_zoned(zone.clone());
        match stated.precision {
            Precision::Second => ui.moment(local.datetime()),
            _ => ui.day(local.date()),
        }
    };
    let moment = |at: &Timestamp| ui.moment(at.to_zoned(zone.clone()).datetime());
    let plain = |words: [&'static str; 4]| words[ui as usize].to_owned();
    let told = |words: [&'static str; 4], from: &str, to: &str| fill(words[ui as usize], from, to);
    match matter {
        Matter::Cancelled { .. } => plain([
            "Anulat sau suspendat",
            "Atcelts vai apturēts",
            "Отменено или приостановлено",
            "Cancelled or suspended",
        ]),
        Matter::Postponed { .. } => plain([
            "Amânat, fără o dată nouă",
            "Atlikts, jauns datums nav zināms",
            "Перенесено, новая дата не указана",
            "Postponed, no new date given",
        ]),
        Matter::Reopened { .. } => plain([
            "Deschis din nou",
            "Atkal atvērts",
            "Снова открыто",
            "Open again",
        ]),
        Matter::DeadlineMoved { from, to } if to.at > from.at => told(
            [
                "Termen-limită mutat de pe {from} pe {to} (prelungit)",
                "Termiņš mainīts: bija {from}, tagad {to} (pagarināts)",
                "Срок подачи изменён: был {from}, стал {to} (продлён)",
                "Deadline moved from {from} to {to} (extended)",
            ],
            &day(from),
            &day(to),
        ),
        Matter::DeadlineMoved { from, to } => told(
            [
                "Termen-limită mutat de pe {from} pe {to} (devansat)",
                "Termiņš mainīts: bija {from}, tagad {to} (agrāk)",
                "Срок подачи изменён: был {from}, стал {to} (раньше)",
                "Deadline moved from {from} to {to} (brought forward)",
            ],
            &day(from),
            &day(to),
        ),
        Matter::DeadlineSet { to } => told(
            [
                "Termen-limită stabilit: {to}",
                "Noteikts termiņš: {to}",
                "Назначен срок подачи: {to}",
                "Deadline set: {to}",
            ],
            "",
            &day(to),
        ),
        Matter::DeadlineRemoved { from } => told(
            [
                "Termenul-limită nu mai este menționat (era {from})",
                "Termiņš vairs nav norādīts (bija {from})",
                "Срок подачи больше не указан (был {from})",
                "Deadline no longer given (was {from})",
            ],
            &day(from),
            "",
        ),
        Matter::EventMoved { from, to } => told(
            [
                "Eveniment mutat de pe {from} pe {to}",
                "Pasākuma laiks mainīts: bija {from}, tagad {to}",
                "Мероприятие перенесено: было {from}, стало {to}",
                "Event moved from {from} to {to}",
            ],
            &moment(from),
            &moment(to),
        ),
        Matter::PlaceChanged { from, to } => told(
            [
                "Locul schimbat: {from} → {to}",
                "Vieta mainīta: {from} → {to}",
                "Место изменено: {from} → {to}",
                "Place changed: {from} → {to}",
            ],
            from,
            to,
        ),
        Matter::AmountChanged { from, to } => told(
            [
                "Sumă modificată: {from} → {to}",
                "Summa mainīta: {from} → {to}",
                "Сумма изменена: {from} → {to}",
                "Amount changed: {from} → {to}",
            ],
            from,
            to,
        ),
        Matter::Withdrawn => plain([
            "Retras de sursă",
            "Avots to ir noņēmis",
            "Снято с публикации источником",
            "Taken down by its source",
        ]),
        Matter::Returned => plain([
            "Publicat din nou de sursă",
            "Avots to atkal publicējis",
            "Снова опубликовано источником",
            "Published again by its source",
        ]),
    }
}

/// Puts both values in; what these hold is never taken for a place.
fn fill(words: &str, from: &str, to: &str) -> String {
    let mut filled = String::with_capacity(words.len() + from.len() + to.len());
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        let (value, after) = if let Some(after) = rest[at..].strip_prefix("{from}") {
            (from, after)
        } else if let Some(after) = rest[at..].strip_prefix("{to}") {
            (to, after)
        } else {
            ("{", &rest[at + 1..])
        };
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_deadline_is_told_in_four_languages() {
        let zone = TimeZone::get("Europe/Bucharest").unwrap();
        let stated = |at: &str, precision| Stated {
            at: at.parse().unwrap(),
            precision,
        };
        let matter = Matter::DeadlineMoved {
            from: stated("2026-11-25T21:59:59Z", Precision::Day),
            to: stated("2026-12-10T14:00:00Z", Precision::Second),
        };
        for (language, want) in [
            (
                Language::EN,
                "Deadline moved from 25 November 2026 to 10 December 2026, 16:00 (extended)",
            ),
            (
                Language::RO,
                "Termen-limită mutat de pe 25 noiembrie 2026 pe 10 decembrie 2026, ora 16:00 (prelungit)",
            ),
            (
                Language::LV,
                "Termiņš mainīts: bija 2026. gada 25. novembris, tagad 2026. gada 10. decembris plkst. 16:00 (pagarināts)",
            ),
            (
                Language::RU,
                "Срок подачи изменён: был 25 ноября 2026 г., стал 10 декабря 2026 г., 16:00 (продлён)",
            ),
        ] {
            assert_eq!(matter_sentence(&matter, language, &zone), want);
        }
        let json = MatterJson::of(&matter, Language::EN, &zone);
        assert_eq!(json.to.as_deref(), Some("2026-12-10T14:00:00Z"));
    }

    #[test]
    fn what_is_put_in_is_no_place_itself() {
        let matter = Matter::PlaceChanged {
            from: "{to}".into(),
            to: "Bălți {".into(),
        };
        let told = matter_sentence(&matter, Language::EN, &TimeZone::UTC);
        assert_eq!(told, "Place changed: {to} → Bălți {");
    }
}
