use proptest::prelude::*;

use super::*;

fn told(text: &str) -> Option<String> {
    detect(text, &[], None).map(|found| found.lang.to_string())
}

fn all_told(lang: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(told(text).as_deref(), Some(lang), "{text}");
    }
}

#[test]
fn titles_in_our_languages_are_told() {
    all_told(
        "ro",
        &[
            "Asociația a lansat un apel pentru proiecte destinate tinerilor",
            "Ministerul Muncii supune consultării publice noile standarde",
            "Cerere de oferte pentru servicii de catering",
        ],
    );
    all_told(
        "lv",
        &[
            "Biedrība aicina pieteikties brīvprātīgos vasaras nometnei",
            "Izsludināts projektu konkurss nevalstiskajām organizācijām",
        ],
    );
    all_told(
        "ru",
        &[
            "Объявлен конкурс грантов для общественных организаций",
            "В Кишинёве открылся центр помощи пожилым людям",
        ],
    );
    all_told(
        "en",
        &[
            "Call for proposals: strengthening civil society",
            "New report on long-term care in rural areas",
        ],
    );
    all_told(
        "uk",
        &["Оголошено конкурс проєктів для громадських організацій"],
    );
}

#[test]
fn capitals_and_missing_diacritics_do_not_matter() {
    all_told(
        "ro",
        &[
            "ANUNT PRIVIND ORGANIZAREA CONCURSULUI PENTRU OCUPAREA POSTURILOR VACANTE",
            "Drepturile persoanelor cu dizabilitati si accesul la servicii",
            "Lansarea strategiei naţionale pentru protecţia copilului",
        ],
    );
    all_told(
        "lv",
        &[
            "Sociala dienesta darbinieki aicina pieteikties maksligas apgusanas kursiem",
            "AICINAM PIETEIKTIES APMACIBAM PAR SOCIALO UZNEMEJDARBIBU",
        ],
    );
}

#[test]
fn romanian_in_cyrillic_is_romanian() {
    all_told(
        "ro",
        &[
            "Дрептуриле копиилор ши але персоанелор ку дизабилитэць",
            "Асочияция а ынчепут ун проект ноу пентру оамений ын вырстэ",
        ],
    );
}

#[test]
fn other_languages_are_never_ours() {
    all_told(
        "lt",
        &["Kviečiame teikti paraiškas socialinių paslaugų projektams"],
    );
    all_told(
        "bg",
        &["Министерството обяви конкурс за проекти на неправителствени организации"],
    );
    all_told(
        "pl",
        &["Ogłoszenie o konkursie ofert dla organizacji pozarządowych"],
    );
    all_told(
        "it",
        &["Il bando per i progetti delle associazioni è stato pubblicato"],
    );
    all_told(
        "de",
        &["Der Verein sucht ehrenamtliche Helfer für die Betreuung von Kindern"],
    );
    all_told(
        "fr",
        &["L'association lance un appel à projets pour les jeunes"],
    );
    all_told(
        "el",
        &["Πρόσκληση υποβολής προτάσεων για κοινωνικές υπηρεσίες"],
    );
}

#[test]
fn there_is_no_telling_where_there_is_none() {
    for text in [
        "",
        "   ",
        "12.03.2024",
        "PDF",
        "https://www.example.org/ro/stiri/apel",
        "№ 17-23/456",
        "COVID-19",
        "🎉🎉🎉",
        "A",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
}

#[test]
fn priors_tip_the_scale_and_never_overrule() {
    let with = |text, priors: &[Language], hint| {
        detect(text, priors, hint).map(|found| found.lang.to_string())
    };
    let russian = "Объявлен конкурс грантов для общественных организаций";
    assert_eq!(
        with(russian, &[Language::RO], Some(Language::RO)).as_deref(),
        Some("ru")
    );
    let latvian = "Izsludināts projektu konkurss nevalstiskajām organizācijām";
    assert_eq!(
        with(latvian, &[Language::EN], Some(Language::EN)).as_deref(),
        Some("lv")
    );
    assert_eq!(
        with("Anunturi", &[Language::RO], None).as_deref(),
        Some("ro")
    );
    assert_eq!(with("PDF", &[Language::RO], Some(Language::RO)), None);
}

#[test]
fn combining_marks_are_letters() {
    all_told("ro", &["Fundat\u{326}ia s\u{326}i copiii"]);
}

proptest! {
    #[test]
    fn any_text_has_an_answer(text in "\\PC{0,300}") {
        if let Some(found) = detect(&text, &[Language::RO], Some(Language::LV)) {
            prop_assert!((0.0..=1.0).contains(&found.confidence));
        }
    }

    #[test]
    fn letters_of_any_script_have_an_answer(text in "[a-zăâîșțāčēģīķļņšūžа-яіїєґўђћ \u{300}-\u{310}\u{ad}]{0,200}") {
        let _ = detect(&text, &[], None);
        let _ = sample(&text, &text);
    }
}
