use super::*;
use crate::domain::Precision;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-22T10:00:00Z")
}

fn facts<'a>(title: &'a str, text: &'a str) -> Facts<'a> {
    Facts {
        title,
        text,
        deadline: None,
        event: None,
        whole: true,
    }
}

fn found(old: &str, new: &str) -> Vec<Matter> {
    matters(
        &facts("Apel de proiecte", old),
        &facts("Apel de proiecte", new),
        now(),
    )
}

fn words(old: &str, new: &str) -> Vec<&'static str> {
    found(old, new).iter().map(Matter::word).collect()
}

fn due(day: &str, evidence: &str) -> Deadline {
    Deadline {
        at: at(&format!("{day}T21:59:59Z")),
        precision: Precision::Day,
        evidence: evidence.into(),
    }
}

#[test]
fn what_is_called_off_is_cancelled_in_four_languages() {
    for new in [
        "Concursul a fost anulat.",
        "ANULAT",
        "Evenimentul se anulează din motive tehnice.",
        "Procedura de achiziție este suspendată până la noi dispoziții.",
        "Atelierul nu va mai avea loc.",
        "Vă informăm că apelul este anulat.",
        "Konkurss ir atcelts.",
        "Pasākums nenotiks.",
        "Iepirkuma procedūra pārtraukta.",
        "Конкурс отменён.",
        "Мероприятие отменяется по техническим причинам.",
        "Семинар не состоится.",
        "Приём заявок приостановлен.",
        "The call has been cancelled.",
        "The workshop is called off.",
        "The conference will not take place.",
    ] {
        let old = "Vă invităm să participați.";
        let new = format!("{old}\n{new}");
        assert_eq!(words(old, &new), ["cancelled"], "{new}");
        assert!(words(&new, &new).is_empty(), "said before: {new}");
    }
}

#[test]
fn a_title_that_says_so_is_enough() {
    for title in [
        "ANULAT: Gala voluntarilor",
        "ATCELTS! Lekcija Cēsīs",
        "ОТМЕНА: встреча с донорами",
        "Gala (cancelled)",
    ] {
        let what = matters(&facts("Gala", "Text."), &facts(title, "Text."), now());
        assert_eq!(
            what.iter().map(Matter::word).collect::<Vec<_>>(),
            ["cancelled"],
            "{title}"
        );
    }
}

#[test]
fn what_is_denied_supposed_quoted_remembered_or_of_others_is_not_cancelled() {
    for new in [
        "Concursul nu a fost anulat.",
        "Evenimentul nu se anulează, ci are loc online.",
        "Organizatorul își rezervă dreptul de a anula concursul; poate fi anulat oricând.",
        "În cazul în care evenimentul este anulat, taxa se returnează.",
        "Spectacolul „Concursul anulat” se joacă vineri.",
        "Anul trecut concursul a fost anulat din cauza pandemiei.",
        "În 2020 evenimentul a fost anulat.",
        "Guvernul a anulat taxa pentru ONG-uri.",
        "Ordinul ministrului a fost suspendat.",
        "Konkurss nav atcelts.",
        "Ja pasākums tiek atcelts, dalības maksu atmaksā.",
        "Pagājušajā gadā konkurss tika atcelts.",
        "Конкурс не отменён.",
        "Если мероприятие будет отменено, мы сообщим.",
        "Фильм «Встреча отменяется» покажут в пятницу.",
        "Закон об иностранных агентах отменён.",
        "The call has not been cancelled.",
        "The organiser may cancel; the event can be cancelled at any time.",
        "In case the event is cancelled, the fee is returned.",
        "The law was suspended by the court.",
        "In 2021 the conference was cancelled.",
    ] {
        let old = "Vă invităm să participați.";
        assert!(words(old, &format!("{old}\n{new}")).is_empty(), "{new}");
    }
}

#[test]
fn what_is_open_again_is_reopened_and_no_longer_cancelled() {
    for new in [
        "Apelul de proiecte a fost redeschis.",
        "Se redeschid înscrierile pentru atelier.",
        "Apelul, anulat anterior, a fost redeschis.",
        "Konkurss atkārtoti atvērts.",
        "Pieteikšanās ir atsākta.",
        "Приём заявок возобновлён.",
        "Конкурс вновь открыт.",
        "The call has been reopened.",
        "Registration is open again.",
    ] {
        let old = "Vă invităm să participați.";
        assert_eq!(words(old, &format!("{old}\n{new}")), ["reopened"], "{new}");
    }
    for new in [
        "Apelul nu va fi redeschis.",
        "Biblioteca municipală s-a redeschis după renovare, alături de cafenea.",
        "Конкурс не возобновлён.",
    ] {
        let old = "Vă invităm să participați.";
        assert!(words(old, &format!("{old}\n{new}")).is_empty(), "{new}");
    }
    assert_eq!(
        words("Concursul a fost anulat.", "Vă așteptăm."),
        ["reopened"]
    );
}

#[test]
fn what_is_put_off_without_a_date_is_postponed() {
    for new in [
        "Conferința se amână.",
        "Pasākums pārcelts uz nenoteiktu laiku.",
        "Мероприятие перенесено.",
        "The meeting has been postponed.",
    ] {
        assert_eq!(
            words("Detalii.", &format!("Detalii.\n{new}")),
            ["postponed"],
            "{new}"
        );
    }
}

#[test]
fn a_deadline_that_moved_is_told_with_both_dates() {
    let (first, second) = (
        due("2026-11-25", "Termen: 25 noiembrie 2026."),
        due("2026-12-10", "Termen: 10 decembrie 2026."),
    );
    let old = Facts {
        deadline: Some(&first),
        ..facts("Apel", "Termen: 25 noiembrie 2026.")
    };
    let new = Facts {
        deadline: Some(&second),
        ..facts("Apel", "Termen: 10 decembrie 2026.")
    };
    let moved = |from: &Deadline, to: &Deadline| Matter::DeadlineMoved {
        from: stated(from),
        to: stated(to),
    };
    assert_eq!(matters(&old, &new, now()), [moved(&first, &second)]);
    let late = at("2026-11-28T10:00:00Z");
    assert_eq!(
        matters(&old, &new, late),
        [
            Matter::Reopened {
                evidence: String::new()
            },
            moved(&first, &second)
        ],
        "it had passed"
    );
    assert_eq!(
        matters(&new, &old, now()),
        [moved(&second, &first)],
        "brought forward"
    );
    let none = facts("Apel", "Detalii pe site.");
    assert_eq!(
        matters(&none, &new, now()),
        [Matter::DeadlineSet {
            to: stated(&second)
        }]
    );
    assert_eq!(
        matters(&new, &none, now()),
        [Matter::DeadlineRemoved {
            from: stated(&second)
        }]
    );
    let part = Facts {
        whole: false,
        ..none
    };
    assert!(
        matters(&new, &part, now()).is_empty(),
        "a part leaves things out"
    );
}

#[test]
fn a_deadline_read_otherwise_from_the_same_words_has_not_moved() {
    let text = "Termen: 25 noiembrie. Sesiunea a doua: termen 10 decembrie.";
    let (first, second) = (
        due("2026-11-25", "Termen: 25 noiembrie."),
        due("2026-12-10", "Sesiunea a doua: termen 10 decembrie."),
    );
    let old = Facts {
        deadline: Some(&first),
        ..facts("Apel", text)
    };
    let edited = format!("Ediția a II-a. {text}");
    let new = Facts {
        deadline: Some(&second),
        ..facts("Apel", &edited)
    };
    assert!(matters(&old, &new, now()).is_empty());
    let next_year = due("2027-11-25", "Termen: 25 noiembrie.");
    let guessed = Facts {
        deadline: Some(&next_year),
        ..old
    };
    assert!(
        matters(&old, &guessed, now()).is_empty(),
        "the year was left out"
    );
}

#[test]
fn events_move_in_time_and_place() {
    let event = |start: &str, place: &str| Event {
        start: at(start),
        end: None,
        place: Some(place.into()),
    };
    let (first, second) = (
        event("2026-12-01T08:00:00Z", "Chișinău"),
        event("2026-12-03T08:00:00Z", "Bălți"),
    );
    let exact = event("2026-12-01T08:00:00Z", "Chisinau, str. Columna 3");
    let of = |event| Facts {
        event: Some(event),
        ..facts("Seminar", "")
    };
    assert_eq!(
        matters(&of(&first), &of(&second), now()),
        [
            Matter::EventMoved {
                from: first.start,
                to: second.start
            },
            Matter::PlaceChanged {
                from: "Chișinău".into(),
                to: "Bălți".into()
            }
        ]
    );
    assert!(
        matters(&of(&first), &of(&exact), now()).is_empty(),
        "the same place, said more exactly"
    );
}

#[test]
fn an_amount_of_the_same_thing_that_is_another_has_changed() {
    for (old, new, from, to) in [
        (
            "Bugetul total al apelului este de 50.000 lei.",
            "Bugetul total al apelului este de 80.000 lei.",
            "50.000 lei",
            "80.000 lei",
        ),
        (
            "Buget: 1,5 milioane euro",
            "Buget: 2 milioane euro",
            "1,5 milioane euro",
            "2 milioane euro",
        ),
        (
            "Maksimālais finansējums vienam projektam ir 10 000 eiro.",
            "Maksimālais finansējums vienam projektam ir 15 000 eiro.",
            "10 000 eiro",
            "15 000 eiro",
        ),
        (
            "Максимальная сумма гранта — 2 млн. рублей.",
            "Максимальная сумма гранта — 3 млн. рублей.",
            "2 млн. рублей",
            "3 млн. рублей",
        ),
        (
            "The maximum grant is EUR 10,000 per project.",
            "The maximum grant is now EUR 12,000 per project.",
            "EUR 10,000",
            "EUR 12,000",
        ),
        (
            "Taxa de participare: 100 lei",
            "Taxa de participare: 20 euro",
            "100 lei",
            "20 euro",
        ),
    ] {
        let want = Matter::AmountChanged {
            from: from.into(),
            to: to.into(),
        };
        assert_eq!(found(old, new), [want], "{new}");
    }
}

#[test]
fn an_amount_written_otherwise_added_or_about_something_else_has_not_changed() {
    for (old, new) in [
        (
            "Bugetul este de 50.000 lei.",
            "Bugetul este de 50 000 de lei.",
        ),
        (
            "Bugetul este de 1,5 milioane lei.",
            "Bugetul este de 1.500.000 lei.",
        ),
        ("Bugetul este de 500 lei.", "Bugetul este de 500 MDL."),
        (
            "Bugetul este de 50.000 lei.",
            "Bugetul este de 50.000 lei. Cofinanțare: 5.000 lei.",
        ),
        ("Bugetul este de 50.000 lei. Detalii.", "Detalii."),
        (
            "Bugetul apelului este de 50.000 lei.",
            "La ediția trecută, 12 organizații au împărțit 30.000 lei.",
        ),
        (
            "Maximum 5.000 euro, minimum 1.000 euro.",
            "Minimum 1.000 euro, maximum 5.000 euro.",
        ),
        (
            "Apelul are 15 locuri și costă 100 lei.",
            "Apelul are 20 de locuri și costă 100 lei.",
        ),
        ("Curs: 1 EUR = 4,97 lei", "Curs: 1 EUR = 5,02 lei"),
    ] {
        assert!(found(old, new).is_empty(), "{new}: {:?}", found(old, new));
    }
}

#[test]
fn each_amount_is_matched_with_its_own() {
    let old = "Grant mic: 5.000 euro\nGrant mare: 20.000 euro\nCofinanțare minimă: 500 euro";
    let new = "Grant mare: 25.000 euro\nGrant mic: 6.000 euro\nCofinanțare minimă: 500 euro";
    let of = |from: &str, to: &str| Matter::AmountChanged {
        from: from.into(),
        to: to.into(),
    };
    assert_eq!(
        found(old, new),
        [
            of("5.000 euro", "6.000 euro"),
            of("20.000 euro", "25.000 euro")
        ]
    );
}

#[test]
fn corrected_spelling_matters_to_nobody() {
    let old = "Termenul limita este 25 noiembrie. Bugetul e de 50.000 lei. Va asteptam!";
    let new = "Termenul-limită este 25 noiembrie. Bugetul e de 50.000 lei. Vă așteptăm!";
    assert!(found(old, new).is_empty());
}

proptest! {
    #[test]
    fn a_text_that_stays_matters_nothing(text in "(anulat|redeschis|apelul|nu|50.000 lei|отменён|2020|„|”|\\.|\n| ){0,30}") {
        prop_assert!(found(&text, &text).is_empty());
    }

    #[test]
    fn any_two_texts_can_be_compared(old in "\\PC{0,120}", new in "\\PC{0,120}") {
        for matter in found(&old, &new) {
            if let Matter::AmountChanged { from, to } = matter {
                prop_assert!(!from.is_empty() && !to.is_empty());
            }
        }
    }
}
