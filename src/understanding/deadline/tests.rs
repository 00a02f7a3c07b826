use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// As published on 20 February 2024 by a source in this zone; the deadline in local time.
fn deadline_in(zone: &str, title: &str, text: &str) -> Option<String> {
    let zone = TimeZone::get(zone).unwrap();
    find(title, text, at("2024-02-20T09:00:00Z"), &zone).map(|deadline| {
        assert!(deadline.evidence.chars().count() <= MOST_EVIDENCE);
        let local = deadline.at.to_zoned(zone);
        if deadline.precision == Precision::Second {
            local.strftime("%Y-%m-%d %H:%M").to_string()
        } else {
            assert_eq!(local.strftime("%H:%M:%S").to_string(), "23:59:59");
            local.strftime("%Y-%m-%d").to_string()
        }
    })
}

fn check(zone: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(
            deadline_in(zone, "Anunț", text).as_deref(),
            Some(*expected),
            "{text}"
        );
    }
}

#[test]
fn romanian_phrasings() {
    check(
        "Europe/Bucharest",
        &[
            (
                "Data limită de depunere a dosarelor este 15 martie 2024.",
                "2024-03-15",
            ),
            (
                "Data limită pentru depunerea propunerilor: 15 martie 2024, ora 16.00",
                "2024-03-15 16:00",
            ),
            (
                "Termenul limită de depunere a dosarelor este de 15 martie 2024",
                "2024-03-15",
            ),
            (
                "15 martie 2024, ora 23:00 este termenul limită pentru înscriere.",
                "2024-03-15 23:00",
            ),
            (
                "Până pe data de 15 martie, ONG-urile pot depune proiecte la registratura primăriei.",
                "2024-03-15",
            ),
            (
                "Propunerile pot fi trimise până la data de 15 martie 2024, la adresa de e-mail contact@exemplu.ro.",
                "2024-03-15",
            ),
            (
                "Cererile de finanțare pot fi depuse în perioada 1 martie - 15 martie.",
                "2024-03-15",
            ),
            (
                "Cererile se depun în perioada 1 – 15 martie 2024.",
                "2024-03-15",
            ),
            (
                "Observațiile se transmit în termen de 10 zile calendaristice de la data publicării, respectiv 05.03.2024 – 15.03.2024.",
                "2024-03-15",
            ),
            (
                "Termenul de aplicare se extinde până la 15 MARTIE 2024, orele 17.00",
                "2024-03-15 17:00",
            ),
            (
                "22 martie 2024 Bacău, data limită de înscriere 15 martie 2024",
                "2024-03-15",
            ),
            ("Termen limită:\n\n15 martie 2024", "2024-03-15"),
            (
                "Dosarele se depun cel târziu vineri, 15 martie, ora 12:00.",
                "2024-03-15 12:00",
            ),
            ("TERMENUL LIMITA PENTRU INSCRIERI: 15.03.2024", "2024-03-15"),
            (
                "Aplicațiile se primesc pînă la 15 martie a.c.",
                "2024-03-15",
            ),
        ],
    );
}

#[test]
fn latvian_phrasings() {
    check(
        "Europe/Riga",
        &[
            (
                "Projektu iesniegšanas termiņš: 2024.gada 15.marts līdz plkst. 16:00",
                "2024-03-15 16:00",
            ),
            (
                "Pieteikumus iesniegt līdz 2024.gada 15.martam plkst. 12.00.",
                "2024-03-15 12:00",
            ),
            (
                "Projekti jāiesniedz līdz 2024.gada 15.marta plkst. 17:00 (pasta zīmogs – 15. marts).",
                "2024-03-15 17:00",
            ),
            (
                "Projektu iesniegšanas termiņš ir 2024.gada 15.marta plkst.12.00",
                "2024-03-15 12:00",
            ),
            (
                "Iesniegumu iesniegšanas termiņš 2024. gada 15. marts",
                "2024-03-15",
            ),
            (
                "Pieteikumus var iesniegt, sākot ar š.g. 1.martu, taču ne vēlāk kā š.g.15.martā",
                "2024-03-15",
            ),
            (
                "Pieteikumi jāiesniedz no 2024. gada 1. marta līdz 15. martam.",
                "2024-03-15",
            ),
            (
                "Uz semināru iespējams pieteikties līdz 15.martam",
                "2024-03-15",
            ),
            (
                "Iesniegšanas termiņš pagarināts līdz 15. martam.",
                "2024-03-15",
            ),
        ],
    );
    assert_eq!(
        deadline_in(
            "Europe/Riga",
            "Līdz 15. martam aicina pieteikt brīvprātīgos balvai",
            ""
        )
        .as_deref(),
        Some("2024-03-15")
    );
}

#[test]
fn russian_phrasings() {
    check(
        "Europe/Chisinau",
        &[
            (
                "Заявки на участие можно подать до 15 марта 2024 г.",
                "2024-03-15",
            ),
            ("Документы принимаются не позднее 15 марта.", "2024-03-15"),
            ("Заявки будут приниматься до 15 марта", "2024-03-15"),
            (
                "Ведомство продолжит прием документов до 15 марта текущего года.",
                "2024-03-15",
            ),
            ("Заявки принимаются с 1 марта по 15 марта.", "2024-03-15"),
            (
                "Срок подачи: до 18:00 15 марта 2024 года",
                "2024-03-15 18:00",
            ),
            (
                "Крайний срок подачи заявок — 15.03.2024, 17:00",
                "2024-03-15 17:00",
            ),
            (
                "Приём проектных предложений продлён до 15 марта 2024 года.",
                "2024-03-15",
            ),
            (
                "Термін подання заявок — до 15 березня 2024 року.",
                "2024-03-15",
            ),
        ],
    );
}

#[test]
fn english_phrasings() {
    check(
        "Europe/Chisinau",
        &[
            (
                "Please send your proposal by: Friday, 15 March 2024",
                "2024-03-15",
            ),
            ("The application deadline is March 15, 2024.", "2024-03-15"),
            ("Deadline: 15-Mar-2024", "2024-03-15"),
            (
                "Deadline : March 15, 2024 5:00 PM Brussels time",
                "2024-03-15 18:00",
            ),
            (
                "Deadline: 15 March 2024, 15:00 (GMT+2:00)",
                "2024-03-15 15:00",
            ),
            (
                "Registration deadline: Midnight 15 March",
                "2024-03-15 23:59",
            ),
            (
                "The deadline for registrations is 15th March 2024",
                "2024-03-15",
            ),
            (
                "Applications received no later than 15 March will be considered.",
                "2024-03-15",
            ),
        ],
    );
}

#[test]
fn the_named_zone_wins() {
    assert_eq!(
        deadline_in(
            "Europe/Bucharest",
            "Apel",
            "Termenul limită pentru aplicare este 15 martie 2024, ora 17:00, ora Chișinăului."
        )
        .as_deref(),
        Some("2024-03-15 17:00")
    );
    let found = find(
        "Call",
        "Deadline: 15 July 2024, 17:00 CET",
        at("2024-02-20T09:00:00Z"),
        &TimeZone::UTC,
    )
    .unwrap();
    assert_eq!(found.at, at("2024-07-15T15:00:00Z"));
}

#[test]
fn other_dates_are_no_deadlines() {
    for text in [
        "Publicat: 15 martie 2024",
        "Proiectul se implementează până la 31 decembrie 2026.",
        "Conferința va avea loc pe 15 martie 2024, ora 10:00, la București.",
        "În perioada 1 – 15 martie 2024 a avut loc o expoziție.",
        "Izstāde būs apskatāma līdz 15. aprīlim.",
        "Выставка продлится до 15 апреля.",
        "The project will run until 15 March 2026.",
        "Legea nr. 292 din 20.12.2011 a asistenței sociale",
        "20 februarie 2024",
    ] {
        assert_eq!(
            deadline_in("Europe/Bucharest", "Știri", text),
            None,
            "{text}"
        );
    }
}

#[test]
fn of_several_dates_the_right_one() {
    assert_eq!(
        deadline_in("Europe/Bucharest", "Apel", "Publicat 20.02.2024. Întrebările pot fi trimise până la 5 martie 2024. Dosarele se depun până la 15 martie 2024. Rezultatele vor fi anunțate până la 30 martie 2024. Proiectele se implementează până la 31 decembrie 2024.").as_deref(),
        Some("2024-03-15")
    );
    assert_eq!(
        deadline_in("Europe/Bucharest", "Termen extins", "Termenul limită inițial era 1 martie 2024. Termenul de depunere a fost prelungit până la 15 martie 2024.").as_deref(),
        Some("2024-03-15")
    );
    assert_eq!(
        deadline_in("Europe/Bucharest", "Atelier", "Atelierul va avea loc pe 22 martie 2024, ora 10:00. Înscrierile se fac până la 15 martie.").as_deref(),
        Some("2024-03-15")
    );
}

#[test]
fn the_sentence_that_proves_it_is_kept() {
    let zone = TimeZone::get("Europe/Riga").unwrap();
    let found = find("Konkurss", "Fonds izsludina konkursu. Pieteikumus iesniegt līdz 2024. gada 15. martam. Vairāk mājaslapā.", at("2024-02-20T09:00:00Z"), &zone).unwrap();
    assert_eq!(
        found.evidence,
        "Pieteikumus iesniegt līdz 2024. gada 15. martam"
    );
}

proptest! {
    #[test]
    fn any_text_is_searched_without_a_fall(title in "\\PC{0,60}", text in "\\PC{0,300}") {
        let _ = find(&title, &text, at("2024-02-20T09:00:00Z"), &TimeZone::UTC);
    }

    #[test]
    fn evidence_is_bounded(filler in "[a-ză ]{0,900}", more in "[a-zя ]{0,900}") {
        let text = format!("{filler} termen limită 15 martie 2024 {more}");
        let found = find("", &text, at("2024-02-20T09:00:00Z"), &TimeZone::UTC).unwrap();
        prop_assert!(found.evidence.chars().count() <= MOST_EVIDENCE);
        prop_assert!(found.evidence.contains("15 martie 2024"));
    }
}
