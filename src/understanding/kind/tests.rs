use proptest::prelude::*;

use super::*;

fn of(title: &str) -> Kind {
    kind(title, "", &[], None)
}

fn check(kind: Kind, titles: &[&str]) {
    let wrong: Vec<(&str, Kind)> = titles
        .iter()
        .map(|title| (*title, of(title)))
        .filter(|(_, found)| *found != kind)
        .collect();
    assert!(wrong.is_empty(), "meant {kind}: {wrong:?}");
}

#[test]
fn calls() {
    check(
        Kind::Call,
        &[
            "Apel de propuneri de proiecte pentru organizațiile societății civile",
            "Fundația lansează concursul de granturi „Comunități active”",
            "FINANTARI NERAMBURSABILE PENTRU SERVICII SOCIALE",
            "Termen extins: apel pentru proiecte de incluziune",
            "Izsludināts projektu konkurss nevalstiskajām organizācijām",
            "Atklāta projektu pieteikumu pieņemšana",
            "Объявлен конкурс грантов для общественных организаций",
            "Начался приём заявок на участие в программе",
            "Call for proposals: strengthening civil society",
            "Small grants for community initiatives",
        ],
    );
}

#[test]
fn events() {
    check(
        Kind::Event,
        &[
            "Conferința națională a serviciilor sociale",
            "Vă invităm la masa rotundă privind asistența personală",
            "Seminārs par sociālo uzņēmējdarbību",
            "Notiks vebinārs vecākiem",
            "Круглый стол о правах людей с инвалидностью",
            "Webinar: deinstitutionalisation in practice",
            "Save the date: annual conference 2026",
        ],
    );
}

#[test]
fn vacancies_tenders_consultations_reports() {
    check(
        Kind::Vacancy,
        &[
            "Asociația angajează asistent social",
            "Anunț: concurs pentru ocuparea postului de psiholog",
            "Vakance: projekta vadītājs",
            "Вакансия: координатор проекта",
            "We are hiring: communication officer",
        ],
    );
    check(
        Kind::Tender,
        &[
            "Cerere de oferte pentru servicii de catering",
            "Anunț de achiziție: echipamente IT",
            "Iepirkums: telpu remonts",
            "Тендер на закупку мебели",
            "Request for proposals: external evaluation",
        ],
    );
    check(
        Kind::Consultation,
        &[
            "Consultare publică: standardele minime de calitate",
            "Ministerul supune consultării publice proiectul de hotărâre",
            "Publiskā apspriešana par attīstības programmu",
            "Общественное обсуждение проекта закона",
            "Public consultation on the disability strategy",
        ],
    );
    check(
        Kind::Report,
        &[
            "Raport anual 2025",
            "Studiu privind accesul la educație",
            "Pētījums par nabadzību Latvijā",
            "Исследование о положении пожилых людей",
            "New report on long-term care in rural areas",
        ],
    );
}

#[test]
fn what_is_over_is_news() {
    check(
        Kind::News,
        &[
            "Rezultatele concursului de granturi",
            "A avut loc conferința anuală a rețelei",
            "Projektu konkursa rezultāti",
            "Подведены итоги конкурса грантов",
            "Winners of the small grants competition",
            "Guvernul a aprobat creșterea alocațiilor",
            "Valdība apstiprina jaunu atbalstu ģimenēm",
            "В Кишинёве открылся центр помощи",
            "New centre opens in Riga",
            "",
        ],
    );
}

#[test]
fn text_and_categories_help_a_silent_title() {
    let filed = kind(
        "Coordonator de proiect",
        "",
        &["Locuri de muncă".to_owned()],
        None,
    );
    assert_eq!(filed, Kind::Vacancy);
    let url = Url::parse("https://a.ro/achizitii/2026/echipamente").unwrap();
    let text = "Ofertele de preț se transmit conform caietului de sarcini. Criteriul de atribuire al achiziției este prețul.";
    assert_eq!(kind("Echipamente IT", text, &[], Some(&url)), Kind::Tender);
}

proptest! {
    #[test]
    fn any_text_has_a_kind(title in "\\PC{0,80}", text in "\\PC{0,300}", category in "\\PC{0,100}") {
        let _ = kind(&title, &text, &[category], None);
    }
}
