use super::*;
use proptest::prelude::*;

fn stems(words: &str, lang: Language) -> Vec<String> {
    terms(words, Some(lang))
        .into_iter()
        .map(|t| t.term)
        .collect()
}

/// Every line is the forms of one word.
fn one_each(lang: Language, lines: &[&str]) {
    for line in lines {
        let mut stems = stems(line, lang);
        stems.dedup();
        assert_eq!(stems.len(), 1, "{line}: {stems:?}");
    }
}

/// The words of a line all differ.
fn all_differ(lang: Language, lines: &[&str]) {
    for line in lines {
        let words = stems(line, lang);
        let mut different = words.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), words.len(), "{line}: {words:?}");
    }
}

#[test]
fn romanian_forms_meet() {
    one_each(
        Language::RO,
        &[
            "copil copii copilul copiilor",
            "asociație asociația asociației asociații asociațiile asociațiilor",
            "calitate calitatea calității",
            "om oameni oamenilor",
            "finanța finanțează finanțând finanțat finanțată",
            "propune propunând propus propusă propuse",
            "deschide deschis deschisese",
            "trimite trimis trimisese trimiteau",
            "favorabil favorabile favorabilă",
            "creștere creșteri creșterile creșterilor",
            "întâlnire întâlniri întâlnirile",
            "dizabilitate dizabilități dizabilitatea dizabilității dizabilităților",
            "angajat angajați angajații angajaților",
            "refugiat refugiați refugiații refugiate",
            "sănătos sănătoasă sănătoși sănătoase",
            "om omul omului oameni oamenilor",
            "nivel niveluri nivele nivelele nivelul",
            "beneficia beneficiază beneficiat beneficieze",
            "stradă strada străzi străzile",
        ],
    );
    all_differ(
        Language::RO,
        &[
            "organizație organiza",
            "candidat candida",
            "conține continua",
        ],
    );
}

#[test]
fn latvian_forms_meet() {
    one_each(
        Language::LV,
        &[
            "brālis brāļa brāļiem",
            "skaists skaistajiem skaistāks",
            "liels lielāks lielākajā vislielākais",
            "atrast atrod atradusi atrodu neatrada",
            "teikt teica teic teikuši",
            "izlemt jāizlemj izlēma",
            "runāt runā runāja runāsim runājot nerunāja jārunā",
            "skolotājs skolotāju skolotājiem skolotājam skolotājai skolotājas",
            "iedzīvotājs iedzīvotājam iedzīvotājiem iedzīvotājos",
            "jaunietis jaunieša jauniešu jauniešiem jaunieti",
            "vīrietis vīrieši vīriešiem",
            "process procesu procesā procesiem",
            "atļauja atļaujas atļauju atļaujām",
            "sēde sēdes sēdi sēdē",
            "mēnesis mēnesi mēnešu mēnešiem",
        ],
    );
    all_differ(
        Language::LV,
        &[
            "atrast atrasties atrašana",
            "vieta vietējs",
            // With `ne-` these say the contrary.
            "nepilngadīgajiem pilngadīgajiem",
            "nevalstiskās valstiskās",
            "neatkarīgs atkarīgs",
            "neredzīgo redzīgo",
            "neformāla formāla",
            "neapmeklēšana apmeklēšana",
        ],
    );
}

#[test]
fn russian_forms_meet() {
    one_each(
        Language::RU,
        &[
            "использовать использует использую используя использовали",
            "начать начнёт начал начато",
            "вести ведёт вели ведущий",
            "пройти прошёл прошла пройдут",
            "комитет комитета комитеты",
            "список списка списки",
            "журнал журнала журналы",
            "решение решения решений решениями",
            "гражданин граждане граждан",
            "семья семьи семью семей семьям",
            "система системы систему систем",
            "проблема проблему проблем",
            "компания компанией компаний",
            "человек человека люди людей людьми",
            "опека опеки опеку опекой",
            "дети детей детьми",
        ],
    );
    all_differ(Language::RU, &["решение решить", "собрать собраться"]);
}

#[test]
fn english_forms_meet() {
    one_each(
        Language::EN,
        &[
            "child children",
            "go goes going went gone",
            "woman women",
            "write writes writing wrote written",
            "organisation organizations",
            "big bigger biggest",
            "policy policies",
            "stop stopped stopping stops",
            "centre center centers",
        ],
    );
    all_differ(
        Language::EN,
        &[
            "organization organ",
            "university universe",
            "general generous",
            "policy police",
            "plan plane",
            "news new",
        ],
    );
}

#[test]
fn ukrainian_forms_meet() {
    one_each(
        Language::UK,
        &[
            "громада громади громадою громадам",
            "використати використав використала",
            "соціальний соціального соціальні",
        ],
    );
}

#[test]
fn spellings_of_one_word_are_one() {
    for (lang, one, other) in [
        (Language::RO, "Asociaţia", "asociația"),
        (Language::RO, "ﬁnanțare", "finanțare"),
        (Language::RO, "ｆｉｎａｎțare", "finanțare"),
        (Language::RO, "sînt", "sunt"),
        (Language::RO, "non\u{ad}guvernamentală", "nonguvernamentală"),
        (Language::RO, "într\u{2011}un", "într-un"),
        (Language::RO, "2024\u{2013}2027", "2024-2027"),
        (Language::RO, "S.R.L.", "SRL"),
        (Language::LV, "Bēgļu", "beglu"),
        (Language::RU, "стре\u{301}сс", "стресс"),
        (Language::RU, "молодёжь", "молодежь"),
        (Language::UK, "об’єднання", "об'єднання"),
        (Language::RU, "Bаpвapы", "Варвары"),
    ] {
        assert_eq!(stems(one, lang), stems(other, lang), "{one}");
    }
}

proptest! {
    #[test]
    fn any_word_has_a_bounded_term(word in "[a-zāčēģīķļņšūžăâîșț]{1,40}|[а-яёіїєґ]{1,40}|\\PC{0,20}", which in 0usize..5) {
        let lang = STEMMED[which];
        for token in terms(&word, Some(lang)) {
            prop_assert!(!token.term.is_empty());
            prop_assert!(token.term.chars().count() <= 3 * MAX_TERM);
        }
    }
}

fn joined(text: &str, lang: Language) -> String {
    let terms: Vec<String> = terms(text, Some(lang))
        .into_iter()
        .map(|t| t.term)
        .collect();
    terms.join(" ")
}

#[test]
fn inflected_forms_share_a_term() {
    for (lang, one, other) in [
        (Language::RO, "locuințe protejate", "Locuintele PROTEJATE"),
        (Language::RO, "asociația", "asociatiei"),
        (Language::LV, "biedrība", "biedrībām"),
        (Language::LV, "bēgļu", "beglis"),
        (Language::LV, "ģimenēm", "ģimene"),
        (Language::RU, "социальные услуги", "социальных услуг"),
        (Language::EN, "grants", "grant"),
    ] {
        assert_eq!(joined(one, lang), joined(other, lang), "{one}");
    }
}

#[test]
fn abbreviations_with_dots_are_words() {
    assert_eq!(
        joined("Federația O.N.G.-urilor", Language::RO)
            .split(' ')
            .nth(1),
        Some("ong")
    );
    assert_eq!(joined("до 15 т.г.", Language::RU), "до 15 тг");
}

#[test]
fn romanian_in_cyrillic_meets_romanian_in_latin() {
    assert_eq!(
        joined("Асочияция копиилор", Language::RO),
        joined("Asociația copiilor", Language::RO)
    );
}

proptest! {
    #[test]
    fn ranges_lie_on_characters_and_in_order(text in "\\PC{0,60}", ro: bool) {
        let lang = if ro { Some(Language::RO) } else { Some(Language::LV) };
        let mut end = 0;
        for token in terms(&text, lang) {
            prop_assert!(token.range.start >= end);
            prop_assert!(!text[token.range.clone()].is_empty());
            end = token.range.end;
        }
    }

    #[test]
    fn the_remembering_analyzer_says_the_same(text in "[a-zăâîșțşţ .'-]{0,60}") {
        let mut analyzer = Analyzer::default();
        for _ in 0..2 {
            let mut got = Vec::new();
            analyzer.analyse(&text, Some(Language::RO), |word, forms| {
                got.push((word.range.clone(), forms.stem.to_string()));
            });
            let plain: Vec<_> = terms(&text, Some(Language::RO)).into_iter().map(|t| (t.range, t.term)).collect();
            prop_assert_eq!(got, plain);
        }
    }
}
