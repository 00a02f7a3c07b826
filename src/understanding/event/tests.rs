use super::*;
use proptest::prelude::*;

fn event(zone: &str, title: &str, text: &str) -> Option<(String, Option<String>, Option<String>)> {
    let zone = TimeZone::get(zone).unwrap();
    let reference = "2024-02-20T09:00:00Z".parse().unwrap();
    find(title, text, reference, &zone).map(|event| {
        let local = |at: Timestamp| {
            at.to_zoned(zone.clone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string()
        };
        (local(event.start), event.end.map(local), event.place)
    })
}

fn said(
    start: &str,
    end: Option<&str>,
    place: Option<&str>,
) -> (String, Option<String>, Option<String>) {
    (
        start.to_owned(),
        end.map(str::to_owned),
        place.map(str::to_owned),
    )
}

#[test]
fn events_in_four_languages() {
    assert_eq!(
        event(
            "Europe/Bucharest",
            "Masă rotundă",
            "Evenimentul va avea loc vineri, 15 martie 2024, în intervalul 10:00-14:00, la sediul Fundației, sala mare."
        ),
        Some(said(
            "2024-03-15 10:00",
            Some("2024-03-15 14:00"),
            Some("sediul Fundației, sala mare")
        ))
    );
    assert_eq!(
        event(
            "Europe/Riga",
            "Seminārs",
            "Seminārs notiks ceturtdien, 14. martā, plkst. 11.00.\nNorises vieta: Brīvības iela 5, Rīga"
        ),
        Some(said(
            "2024-03-14 11:00",
            None,
            Some("Brīvības iela 5, Rīga")
        ))
    );
    assert_eq!(
        event(
            "Europe/Chisinau",
            "Круглый стол",
            "Встреча состоится 15 марта 2024 года в 10:00 по адресу ул. Пушкина 22, Кишинёв."
        ),
        Some(said(
            "2024-03-15 10:00",
            None,
            Some("ул. Пушкина 22, Кишинёв")
        ))
    );
    assert_eq!(
        event(
            "Europe/Brussels",
            "EPSR Day",
            "The meeting will take place online on 15th March 2024 10:00-12:30 CET."
        ),
        Some(said(
            "2024-03-15 10:00",
            Some("2024-03-15 12:30"),
            Some("Online")
        ))
    );
    assert_eq!(
        event(
            "Europe/Bucharest",
            "Conferință",
            "Conferința are loc în perioada 16 – 17 martie 2024 la Cluj-Napoca."
        ),
        Some(said(
            "2024-03-16 00:00",
            Some("2024-03-17 23:59"),
            Some("Cluj-Napoca")
        ))
    );
}

#[test]
fn the_registration_is_not_the_event() {
    let found = event("Europe/Bucharest", "Atelier", "Înscrierile se fac până la 5 martie 2024. Atelierul va avea loc pe 15 martie 2024, ora 10:00.").unwrap();
    assert_eq!(found.0, "2024-03-15 10:00");
}

#[test]
fn without_a_clear_date_there_is_no_event() {
    assert_eq!(
        event("Europe/Riga", "Konference", "Konference notiks pavasarī."),
        None
    );
    assert_eq!(
        event(
            "Europe/Riga",
            "Atskaite",
            "Publicēts 2024. gada 25. februārī."
        ),
        None
    );
}

proptest! {
    #[test]
    fn any_text_is_searched_without_a_fall(text in "((va avea loc|15 martie|notiks|la sediul|la|în|в|на|the|Rīgā|ielā|sala|зале|г|Riga|fundației|Loc|adresa|online|10:00|2024|[-.,:;(„”«/&\n]) ?){0,30}", title in "\\PC{0,40}") {
        let _ = find(&title, &text, "2024-02-20T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
    }
}

#[test]
fn a_text_that_ends_with_an_article_ends_there() {
    let found = event("Europe/Bucharest", "", "15 martie 10:00 la the");
    assert_eq!(found, Some(said("2024-03-15 10:00", None, None)));
}
