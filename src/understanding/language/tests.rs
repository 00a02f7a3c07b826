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

#[test]
fn letters_of_the_wrong_alphabet_do_not_mislead() {
    // А, о, е and М are Cyrillic here.
    all_told(
        "ro",
        &["Fundația Soros Мoldova anunță un nоu соncurs dе granturi"],
    );
}

#[test]
fn names_among_the_words_do_not_decide() {
    all_told("lv", &["Centrs Marta: konference 2024"]);
    all_told(
        "ro",
        &["Keystone Moldova și Soros Foundation lansează un apel"],
    );
    all_told("ru", &["Конкурс USAID и East Europe Foundation для НПО"]);
    all_told(
        "en",
        &["Asociația Pro Vobis is looking for a project manager"],
    );
}

#[test]
fn neighbours_are_told_apart() {
    all_told("uk", &["Шукаємо волонтерів", "Про нас"]);
    all_told("be", &["Шукаем валанцёраў у летні лагер"]);
    all_told("bg", &["Срокът за кандидатстване е удължен"]);
    all_told("lt", &["Savanoriai tvarkė upės krantą"]);
    for gagauz in [
        "Herkezin var hakı üürenmää hem çalışmaa",
        "Komratta açıldı eni merkez yaşlılar için",
    ] {
        let told = told(gagauz);
        assert!(
            matches!(told.as_deref(), Some("gag" | "tr") | None),
            "{gagauz}: {told:?}"
        );
    }
}

#[test]
fn a_page_in_two_languages_has_both() {
    let romanian = "Asociația a lansat un apel de proiecte pentru tinerii din mediul rural. Cererile se depun până vineri. ";
    let russian = "Объявлен конкурс проектов для молодёжи из сельской местности. Заявки принимаются до пятницы. ";
    let text = format!("{}\n{}", romanian.repeat(3), russian.repeat(2));
    let found = parts(&text, &[]);
    let langs: Vec<Language> = found.iter().map(|part| part.lang).collect();
    assert_eq!(langs, [Language::RO, Language::RU]);
    assert!(found[0].share > 0.5 && found[1].share > 0.3, "{found:?}");
}

#[test]
fn a_page_in_one_language_has_one() {
    let text = "Biedrība aicina pieteikties brīvprātīgos vasaras nometnei. Vairāk informācijas mājaslapā.\n".repeat(20);
    let found = parts(&text, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].lang, Language::LV);
    assert_eq!(parts("12.03.2024", &[]), []);
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

    #[test]
    fn the_parts_of_any_text_make_at_most_the_whole(text in "([a-zășțā .!?/\n]|[а-яі .]|\\PC){0,400}") {
        let whole: f32 = parts(&text, &[]).iter().map(|part| part.share).sum();
        prop_assert!(whole <= 1.001);
    }

    #[test]
    fn capitals_change_nothing(text in "[a-zăâîșțāčēģīķļņšūžа-яіїєґў ]{0,80}") {
        prop_assert_eq!(detect(&text, &[], None), detect(&text.to_uppercase(), &[], None));
    }
}
