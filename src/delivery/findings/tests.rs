use super::*;
use crate::domain::Fault;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

fn finding(symptom: Symptom) -> Finding {
    Finding {
        symptom,
        since: at("2026-03-12T08:00:00Z"),
        noticed: at("2026-03-13T08:00:00Z"),
    }
}

fn told(symptom: Symptom, language: Language) -> Told {
    let zone = TimeZone::get("Europe/Chisinau").unwrap();
    sentences(
        &finding(symptom),
        language,
        &zone,
        at("2026-04-21T08:00:00Z"),
    )
}

fn all() -> Vec<Symptom> {
    let sign = || "Welcome to nginx!".to_owned();
    let fault = |kind| {
        let mut fault = Fault::new(kind, "a.ro answers with 404");
        fault.status = Some(404);
        fault
    };
    let mut all = vec![
        Symptom::Gone,
        Symptom::Silent {
            last: at("2026-03-12T08:00:00Z"),
            usual: 3 * 86_400,
        },
        Symptom::Frozen {
            feed: Some(at("2026-03-12T08:00:00Z")),
            site: None,
        },
        Symptom::Frozen {
            feed: None,
            site: None,
        },
        Symptom::ErrorPage { sign: sign() },
        Symptom::Parked { sign: sign() },
        Symptom::BotWall { sign: sign() },
        Symptom::CookieWall { sign: sign() },
        Symptom::FalseUnchanged,
        Symptom::OtherLanguage {
            usual: vec![Language::RO, Language::RU],
            now: "id".parse().unwrap(),
        },
        Symptom::OtherSubject { sign: sign() },
        Symptom::Certificate {
            ends: at("2026-05-01T08:00:00Z"),
        },
        Symptom::Certificate {
            ends: at("2026-04-01T08:00:00Z"),
        },
        Symptom::Redesigned { before: 20, now: 2 },
        Symptom::Redesigned { before: 20, now: 0 },
        Symptom::Moved {
            from: url("https://a.ro/feed"),
            to: url("https://b.ro/feed"),
        },
        Symptom::ReadAnew {
            from: (Way::Feed, url("https://a.ro/feed")),
            to: (Way::Listing, url("https://a.ro/")),
            why: Box::new(Symptom::Failing {
                fault: fault(FaultKind::Status),
                tries: 1,
            }),
        },
    ];
    for kind in [
        FaultKind::Dns,
        FaultKind::Connect,
        FaultKind::Tls,
        FaultKind::Timeout,
        FaultKind::Forbidden,
        FaultKind::Robots,
        FaultKind::Status,
        FaultKind::Gone,
        FaultKind::Busy,
        FaultKind::Redirect,
        FaultKind::TooLarge,
        FaultKind::Body,
        FaultKind::Unreadable,
        FaultKind::NothingListed,
    ] {
        all.push(Symptom::Failing {
            fault: fault(kind),
            tries: 7,
        });
    }
    all
}

#[test]
fn every_finding_is_told_in_every_language() {
    for symptom in all() {
        let mut seen = std::collections::HashSet::new();
        for language in Language::OURS {
            let told = told(symptom.clone(), language);
            assert!(told.what.ends_with('.'), "{told:?}");
            assert!(told.did.ends_with('.'), "{told:?}");
            assert!(
                told.todo.ends_with('.') || symptom == Symptom::FalseUnchanged,
                "{told:?}"
            );
            for sentence in [&told.what, &told.did, &told.todo] {
                assert!(!sentence.contains(['{', '}']), "{sentence}");
                assert!(!sentence.contains("  "), "{sentence}");
            }
            assert!(
                seen.insert(told.what.clone()),
                "the same in two languages: {}",
                told.what
            );
        }
    }
}

#[test]
fn figures_stand_in_the_sentences() {
    let silent = || Symptom::Silent {
        last: at("2026-03-12T08:00:00Z"),
        usual: 3 * 86_400,
    };
    assert_eq!(
        told(silent(), Language::EN).what,
        "Has published nothing for 40 days; it usually publishes every 3 days."
    );
    assert_eq!(
        told(silent(), Language::RO).what,
        "Nu a publicat nimic de 40 de zile; de obicei publică o dată la 3 zile."
    );
    assert_eq!(
        told(silent(), Language::LV).what,
        "Nav publicējis neko jau 40 dienas; parasti publicē ik pēc 3 dienām."
    );
    assert_eq!(
        told(silent(), Language::RU).what,
        "Ничего не публикует уже 40 дней; обычно публикует раз в 3 дня."
    );
    let frozen = Symptom::Frozen {
        feed: Some(at("2026-05-03T08:00:00Z")),
        site: None,
    };
    assert_eq!(
        told(frozen.clone(), Language::LV).what,
        "Tā RSS plūsmā nav nekā jauna kopš 2026. gada 3. maija, bet vietnē parādās jauni paziņojumi."
    );
    assert_eq!(
        told(frozen, Language::EN).what,
        "Its feed has stood still since 3 May 2026, while its site goes on publishing."
    );
    let error = Symptom::ErrorPage {
        sign: "Pagina nu a fost găsită".into(),
    };
    assert_eq!(
        told(error, Language::EN).what,
        "Has answered with an error page since 12 March 2026 (“Pagina nu a fost găsită”)."
    );
}

#[test]
fn why_a_source_is_read_anew_is_told_with_it() {
    let anew = Symptom::ReadAnew {
        from: (Way::Feed, url("https://a.ro/feed")),
        to: (Way::Listing, url("https://a.ro/")),
        why: Box::new(Symptom::Frozen {
            feed: Some(at("2026-03-01T08:00:00Z")),
            site: None,
        }),
    };
    assert_eq!(
        told(anew, Language::EN).what,
        "It has been read in another way since 12 March 2026: page that lists announcements, a.ro. Before: feed, a.ro/feed. \
         Its feed has stood still since 1 March 2026, while its site goes on publishing."
    );
}

#[test]
fn what_a_site_says_is_never_taken_for_a_place_to_fill() {
    let hostile = Symptom::ErrorPage {
        sign: "{since} {tries} {".into(),
    };
    assert!(
        told(hostile, Language::EN)
            .what
            .contains("“{since} {tries} {”")
    );
}
