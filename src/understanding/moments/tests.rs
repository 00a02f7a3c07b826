use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    moments(&tokens, date(2024, 2, 20))
        .into_iter()
        .map(|moment| {
            let mut said = moment
                .from
                .map(|from| format!("{from}.."))
                .unwrap_or_default();
            said.push_str(&moment.date.to_string());
            if let Some(hours) = moment.hours {
                said.push(' ');
                said.push_str(&hours.start.strftime("%H:%M").to_string());
                if let Some(end) = hours.end {
                    said.push('-');
                    said.push_str(&end.strftime("%H:%M").to_string());
                }
                if let Some(zone) = hours.zone {
                    said.push(' ');
                    said.push_str(zone.iana_name().unwrap_or("offset"));
                }
            }
            said
        })
        .collect()
}

#[test]
fn dates_with_a_year() {
    for text in [
        "15 martie 2024",
        "15 MARTIE 2024",
        "15.03.2024",
        "15/03/2024",
        "15-03-2024",
        "2024-03-15",
        "15. martā 2024",
        "2024. gada 15. martam",
        "2024.gada 15.martā",
        "15 марта 2024 г.",
        "15 марта 2024 года",
        "15-го марта 2024",
        "15th March 2024",
        "15 of March 2024",
        "March 15, 2024",
        "Mar. 15th, 2024",
        "15-Mar-2024",
        "15 березня 2024 року",
        "š.g. 15. martā",
        "15 martie a.c.",
        "15 марта текущего года",
        "15 mart. 2024",
    ] {
        assert_eq!(found(text), ["2024-03-15"], "{text}");
    }
    assert_eq!(found("5 mai 2025 și 6 maijā"), ["2025-05-05", "2024-05-06"]);
}

#[test]
fn a_missing_year_is_that_of_the_next_such_day() {
    assert_eq!(found("până la 1 martie"), ["2024-03-01"]);
    assert_eq!(found("līdz 15. janvārim"), ["2025-01-15"]);
    assert_eq!(found("до 10 февраля"), ["2024-02-10"]);
    // The 3rd of January was a Wednesday in 2024 and a Friday in 2025.
    assert_eq!(found("Wednesday, 3 January"), ["2024-01-03"]);
    assert_eq!(found("3 January"), ["2025-01-03"]);
    assert_eq!(found("29 februarie"), ["2024-02-29"]);
}

#[test]
fn spans_have_two_ends() {
    assert_eq!(found("1 – 15 martie 2024"), ["2024-03-01..2024-03-15"]);
    assert_eq!(found("с 1 по 15 марта"), ["2024-03-01..2024-03-15"]);
    assert_eq!(
        found("1 martie – 15 aprilie 2025"),
        ["2025-03-01", "2025-04-15"]
    );
    assert_eq!(
        found("01.03.2024 – 15.03.2024"),
        ["2024-03-01", "2024-03-15"]
    );
    assert_eq!(found("March 5-7, 2024"), ["2024-03-05..2024-03-07"]);
}

#[test]
fn hours_belong_to_the_date_beside_them() {
    for (text, expected) in [
        ("15 martie 2024, ora 16:00", "2024-03-15 16:00"),
        ("15 martie 2024, orele 16.00", "2024-03-15 16:00"),
        ("15 martie, ora 16", "2024-03-15 16:00"),
        ("ora 16:00, 15 martie 2024", "2024-03-15 16:00"),
        ("2024. gada 15. martam plkst. 12.00", "2024-03-15 12:00"),
        ("2024.gada 15.martam līdz plkst.12.30", "2024-03-15 12:30"),
        ("до 18:00 15 марта", "2024-03-15 18:00"),
        ("15 марта 2024 г., 18:00", "2024-03-15 18:00"),
        (
            "March 15, 2024 5:00 PM Brussels time",
            "2024-03-15 17:00 Europe/Brussels",
        ),
        ("15 March 2024, 17:00 (GMT+2:00)", "2024-03-15 17:00 offset"),
        (
            "15 martie 2024, ora 17:00, ora Chișinăului",
            "2024-03-15 17:00 Europe/Chisinau",
        ),
        (
            "Online 15th March 2024 10:00-12:30 CET",
            "2024-03-15 10:00-12:30 Europe/Brussels",
        ),
        (
            "vineri, 15 martie 2024, în intervalul 10:00-14:00",
            "2024-03-15 10:00-14:00",
        ),
        ("5 p.m. on 15 March", "2024-03-15 17:00"),
        ("15 martie 2024 orele 16oo", "2024-03-15 16:00"),
        ("Midnight 15 March", "2024-03-15 23:59"),
        (
            "15. martā, 12.00 pie Brīvības pieminekļa",
            "2024-03-15 12:00",
        ),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn what_is_no_date_is_left_alone() {
    for text in [
        "",
        "1.000.000 lei",
        "nr. 12/34",
        "32 martie",
        "15 mere",
        "99.99.2024",
        "30 februarie 2024",
        "tel. 0722 123 456",
        "31.04.2024",
        "HG 867/2015",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_fall(text in "\\PC{0,200}") {
        let tokens = tokens(&text);
        for token in &tokens {
            prop_assert!(text.get(token.at.clone()).is_some());
        }
        for moment in moments(&tokens, date(2024, 2, 20)) {
            prop_assert!(moment.tokens.end <= tokens.len() && moment.tokens.start < moment.tokens.end);
        }
    }

    #[test]
    fn heaps_of_dates_are_read_without_a_fall(text in "((15|2024|3|99|ora|plkst|martie|марта|March|gada|š\\.g|[-.,:/ \n]|pm|GMT|\\+2) ?){0,40}") {
        let tokens = tokens(&text);
        for reference in [date(-9999, 1, 1), date(2024, 2, 29), date(9999, 12, 31)] {
            for moment in moments(&tokens, reference) {
                let _ = (moment.first_instant(&TimeZone::UTC), moment.last_instant(&TimeZone::UTC), moment.end_instant(&TimeZone::UTC));
            }
        }
    }
}
