use super::*;
use crate::domain::{ItemId, Language, Sketch};
use proptest::prelude::*;

fn sketched(title: &str, text: &str, lang: Language) -> Sketch {
    sketch(&Facts {
        title,
        text,
        lang: Some(lang),
        ..Facts::default()
    })
}

const CALL: &str = "Fundația lansează apelul de proiecte pentru serviciile sociale din mediul rural. \
    Organizațiile neguvernamentale din județele Iași și Vaslui pot cere finanțare de până la 50.000 de lei. \
    Cererile se trimit până pe 15 martie 2026 la adresa de corespondență a fundației, iar rezultatele se anunță în aprilie.";

fn verdict(a: (&str, &str, &str, i64), b: (&str, &str, &str, i64)) -> Verdict {
    let of = |one: &(&str, &str, &str, i64)| sketched(one.1, one.2, Language::RO);
    let (left, right) = (of(&a), of(&b));
    let told = |source, sketch, days: i64| Told {
        source,
        at: days * DAY,
        sketch,
    };
    let (left, right) = (told(a.0, &left, a.3), told(b.0, &right, b.3));
    let verdict = judge(&left, &right);
    assert_eq!(verdict, judge(&right, &left), "whichever comes first");
    verdict
}

#[test]
fn a_copy_elsewhere_is_the_same_and_a_copy_at_home_a_version() {
    let title = "Apel de proiecte pentru servicii sociale în mediul rural";
    let first = ("fond", title, CALL, 0);
    assert_eq!(
        verdict(first, ("ziar", "Bani pentru ONG-uri", CALL, 2)),
        Verdict::Same(Why::Copy)
    );
    assert_eq!(verdict(first, ("fond", title, CALL, 2)), Verdict::Version);
    assert_eq!(verdict(first, ("ziar", title, CALL, 40)), Verdict::Apart);
}

#[test]
fn another_edition_or_another_form_is_another_announcement() {
    let title = "Apel de proiecte, ediția a IV-a";
    let next = "Apel de proiecte, ediția a V-a";
    assert_eq!(
        verdict(("fond", title, CALL, 0), ("fond", next, CALL, 3)),
        Verdict::Apart
    );
    let other = CALL
        .replace("50.000", "80.000")
        .replace("15 martie", "20 mai");
    assert_eq!(
        verdict(("fond", "Apel", CALL, 0), ("alt", "Apel", &other, 3)),
        Verdict::Apart
    );
}

#[test]
fn texts_of_nothing_but_furniture_glue_nothing_together() {
    let more = "Citește mai mult pe pagina noastră de internet.";
    assert_eq!(
        verdict(
            ("a", "Anunț important", more, 0),
            ("b", "Concert caritabil la Iași", more, 0)
        ),
        Verdict::Apart
    );
    let cookies = "Acest site folosește module cookie pentru a vă oferi o experiență mai bună de navigare. Continuarea navigării \
        presupune acceptarea lor. Puteți schimba oricând setările browserului pe care îl folosiți, iar unele părți ale paginii nu vor mai merge.";
    assert_eq!(
        verdict(
            ("a", "Atelier de pictură pentru copii", cookies, 0),
            ("b", "Concert caritabil la Iași", cookies, 0)
        ),
        Verdict::Apart
    );
    assert_eq!(
        verdict(("a", "Anunț", "", 0), ("b", "Anunț", "", 0)),
        Verdict::Apart
    );
}

fn member(id: u64, source: &str, at: i64) -> Member {
    Member {
        id: ItemId::new(id),
        source: source.into(),
        at,
        lang: Some(Language::RO),
    }
}

fn link(a: u64, b: u64, why: Why) -> Link {
    Link {
        a: ItemId::new(a),
        b: ItemId::new(b),
        why: Some(why),
    }
}

#[test]
fn what_is_made_of_two_announcements_does_not_make_them_one() {
    let members = [member(1, "a", 1), member(2, "b", 2), member(3, "c", 3)];
    let links = [link(1, 3, Why::Excerpt), link(2, 3, Why::Excerpt)];
    let stories = partition(&members, &links);
    assert_ne!(stories[0], stories[1]);
}

#[test]
fn a_source_that_floods_moves_nobody_out_of_a_story() {
    let mut members = vec![member(1, "a", 1), member(2, "b", 2)];
    let mut links = vec![link(1, 2, Why::Copy)];
    for id in 10..40 {
        members.push(member(id, "flood", 3));
        links.push(link(2, id, Why::Excerpt));
    }
    let stories = partition(&members, &links);
    assert_eq!(stories[0], stories[1]);
}

#[test]
fn easy_language_is_recognised() {
    for title in [
        "Vēlēšanas: viegli lasīt",
        "Alegeri în limbaj ușor de citit",
        "Выборы на лёгком языке",
        "Выборы — лёгкий язык",
        "Elections: easy-to-read",
    ] {
        assert!(sketched(title, "", Language::EN).easy, "{title}");
    }
    assert!(!sketched("Ce e ușor de făcut acasă", "", Language::RO).easy);
}

proptest! {
    #[test]
    fn every_text_can_be_sketched_kept_and_compared(
        title in "\\PC{0,60}", text in "[a-z0-9 .,:\\n-]{0,200}|\\PC{0,200}", other in "\\PC{0,200}", at in any::<i32>(),
    ) {
        let (a, b) = (sketched(&title, &text, Language::RO), sketched(&title, &other, Language::RU));
        prop_assert_eq!(Sketch::from_bytes(&a.to_bytes()), Some(a.clone()));
        let keys = keys(&a);
        prop_assert!(keys.len() <= 17 && keys.is_sorted());
        let (a, b) = (
            Told { source: "a", at: 0, sketch: &a },
            Told { source: "b", at: i64::from(at), sketch: &b },
        );
        prop_assert_eq!(judge(&a, &b), judge(&b, &a));
    }

    #[test]
    fn stories_are_the_same_whatever_the_order(
        links in prop::collection::vec((0..12_u64, 0..12_u64, 0..3_u8), 0..30), at in prop::collection::vec(0..5_i64, 12), turn in 0..12_usize,
    ) {
        let mut members: Vec<Member> = (0..12).map(|id| member(id, &format!("s{}", id % 5), at[id as usize])).collect();
        // Two items are like each other in one way only.
        let mut seen = std::collections::HashSet::new();
        let mut links: Vec<Link> = links.into_iter()
            .filter(|(a, b, _)| seen.insert((*a.min(b), *a.max(b))))
            .map(|(a, b, why)| link(a, b, [Why::Copy, Why::Excerpt, Why::Translation][why as usize]))
            .collect();
        let told = |members: &[Member], links: &[Link]| {
            let mut told: Vec<_> = members.iter().map(|member| member.id).zip(partition(members, links)).collect();
            told.sort_unstable();
            told
        };
        let once = told(&members, &links);
        members.rotate_left(turn);
        links.reverse();
        for link in &mut links {
            std::mem::swap(&mut link.a, &mut link.b);
        }
        prop_assert_eq!(told(&members, &links), once);
    }
}
