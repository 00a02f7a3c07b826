use proptest::prelude::*;

use super::*;

fn concept(id: &str, broader: Option<&str>, labels: &[(Language, &str)]) -> Concept {
    Concept {
        id: id.parse().unwrap(),
        broader: broader.map(|id| id.parse().unwrap()),
        labels: labels
            .iter()
            .map(|(lang, labels)| (*lang, labels.split('|').map(Into::into).collect()))
            .collect(),
    }
}

fn thesaurus() -> Thesaurus {
    let (ro, lv, ru, en) = (Language::RO, Language::LV, Language::RU, Language::EN);
    Thesaurus::compile(&[
        concept(
            "social-services",
            None,
            &[
                (ro, "servicii sociale|serviciu social"),
                (lv, "sociālie pakalpojumi|sociālais pakalpojums"),
                (ru, "социальные услуги"),
                (en, "social services"),
            ],
        ),
        concept(
            "community-services",
            Some("social-services"),
            &[
                (ro, "servicii sociale comunitare"),
                (en, "community services|care"),
            ],
        ),
        concept(
            "child-protection",
            None,
            &[
                (ro, "protecția copilului|protecție a copilului"),
                (lv, "bērnu tiesību aizsardzība"),
                (ru, "защита детей"),
                (en, "child protection"),
            ],
        ),
        concept(
            "ngo",
            None,
            &[
                (ro, "ONG|organizație neguvernamentală"),
                (lv, "NVO"),
                (ru, "НПО|неправительственная организация"),
                (en, "NGO"),
            ],
        ),
        concept(
            "poverty",
            None,
            &[
                (ro, "sărăcie"),
                (lv, "nabadzība"),
                (ru, "бедность"),
                (en, "poverty"),
            ],
        ),
        concept("a", Some("b"), &[(en, "circle")]),
        concept("b", Some("a"), &[]),
    ])
}

fn tags(title: &str, text: &str, lang: Language) -> Vec<String> {
    thesaurus()
        .tag(title, text, Some(lang), None)
        .into_iter()
        .map(String::from)
        .collect()
}

#[test]
fn labels_are_found_in_any_inflection_and_without_diacritics() {
    for (lang, title) in [
        (Language::RO, "Furnizorii de servicii sociale"),
        (Language::RO, "Standardele serviciilor sociale"),
        (Language::RO, "UN SERVICIU SOCIAL NOU"),
        (Language::LV, "Sociālo pakalpojumu sniedzēji"),
        (Language::LV, "Jauns socialais pakalpojums"),
        (Language::RU, "Поставщики социальных услуг"),
        (Language::EN, "A social service for all"),
    ] {
        assert_eq!(tags(title, "", lang), ["social-services"], "{title}");
    }
    assert_eq!(
        tags("Direcția pentru Protecția Copilului", "", Language::RO),
        ["child-protection"]
    );
    assert_eq!(tags("Combaterea sărăciei", "", Language::RO), ["poverty"]);
    assert_eq!(tags("Par nabadzību Latvijā", "", Language::LV), ["poverty"]);
}

#[test]
fn the_longest_label_wins_and_implies_the_wider_concept() {
    assert_eq!(
        tags("Servicii sociale comunitare în sate", "", Language::RO),
        ["community-services", "social-services"]
    );
}

#[test]
fn words_of_another_language_are_not_mistaken() {
    assert!(tags("Persoane care așteaptă", "care care care", Language::RO).is_empty());
    assert!(tags("O familie", "un protector al naturii", Language::RO).is_empty());
}

#[test]
fn acronyms_need_capitals() {
    assert_eq!(tags("ONG-urile din Moldova", "", Language::RO), ["ngo"]);
    assert!(tags("ong", "", Language::RO).is_empty());
}

#[test]
fn what_is_mentioned_in_passing_is_not_what_it_is_about() {
    let text = format!(
        "{} sărăcie {}",
        "cuvânt ".repeat(100),
        "cuvânt ".repeat(100)
    );
    assert!(tags("Știri", &text, Language::RO).is_empty());
    let text = format!(
        "{} sărăcie {}",
        "cuvânt ".repeat(100),
        "sărăciei ".repeat(6)
    );
    assert_eq!(tags("Știri", &text, Language::RO), ["poverty"]);
}

#[test]
fn a_circle_holds_nobody_up() {
    assert_eq!(tags("A circle", "", Language::EN), ["a", "b"]);
}

proptest! {
    #[test]
    fn any_text_is_tagged_with_few(title in "\\PC{0,60}", text in "((servicii|sociale|социальных|услуг|ONG|NGO|circle|poverty|ș|\\PC) ?){0,60}") {
        let thesaurus = thesaurus();
        for lang in [None, Some(Language::RO), Some(Language::UK)] {
            prop_assert!(thesaurus.tag(&title, &text, lang, None).len() <= MOST);
        }
    }
}

#[test]
fn an_acronym_means_what_it_means_in_the_texts_country() {
    let at = |text: &str, country| Label {
        text: text.into(),
        country: Some(country),
    };
    let thesaurus = Thesaurus::compile(&[
        Concept {
            id: "council".parse().unwrap(),
            broader: None,
            labels: [(Language::RO, vec![at("CES", Country::RO)])].into(),
        },
        Concept {
            id: "needs".parse().unwrap(),
            broader: None,
            labels: [(Language::RO, vec![at("CES", Country::MD)])].into(),
        },
    ]);
    let tags = |country| thesaurus.tag("CES, între vorbe", "", Some(Language::RO), country);
    assert_eq!(tags(Some(Country::RO)), ["council".parse().unwrap()]);
    assert_eq!(tags(Some(Country::MD)), ["needs".parse().unwrap()]);
    assert!(tags(Some(Country::LV)).is_empty());
    assert_eq!(tags(None).len(), 2);
}

#[test]
fn of_labels_with_the_same_stem_the_one_spelt_so_is_meant() {
    let ro = Language::RO;
    let thesaurus = Thesaurus::compile(&[
        concept(
            "social-worker",
            None,
            &[(ro, "asistent social|asistenți sociali")],
        ),
        concept("social-assistance", None, &[(ro, "asistență socială")]),
    ]);
    for (title, topic) in [
        ("Asistenții sociali cer salarii", "social-worker"),
        ("Asistența socială din sate", "social-assistance"),
    ] {
        let topics = thesaurus.tag(title, "", Some(ro), None);
        assert_eq!(topics, [topic.parse().unwrap()], "{title}");
    }
}

#[test]
fn a_label_of_digits_alone_is_no_label() {
    let thesaurus = Thesaurus::compile(&[concept("tax", None, &[(Language::RO, "2%")])]);
    assert!(
        thesaurus
            .tag("2", "2 2 2", Some(Language::RO), None)
            .is_empty()
    );
}

#[test]
fn another_language_is_not_read_as_one_of_ours() {
    assert!(
        thesaurus()
            .tag("Poverty and NGO", "", Language::from_tag("lt"), None)
            .is_empty()
    );
}

#[test]
fn the_fingerprint_follows_every_label() {
    let of = |label: &str| {
        let thesaurus = Thesaurus::compile(&[concept("a", None, &[(Language::RO, label)])]);
        thesaurus.fingerprint().to_owned()
    };
    assert_eq!(of("x|y"), of("x|y"));
    assert_ne!(of("x|y"), of("y|x"));
    assert_ne!(of("x|y"), of("x|y|z"));
}
