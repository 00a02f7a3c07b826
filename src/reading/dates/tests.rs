use super::*;
use proptest::prelude::*;

/// What is found, as `vesti dates` prints it.
fn read(lang: &str, text: &str) -> String {
    let zone = TimeZone::get("Europe/Bucharest").unwrap();
    let now: Timestamp = "2024-07-18T12:00:00Z".parse().unwrap();
    match parse(text, Language::from_tag(lang), now, &zone) {
        None => "none".to_owned(),
        Some(found) => {
            let at = found.at.to_zoned(zone);
            match found.precision {
                Precision::Second => at.strftime("%Y-%m-%d %H:%M").to_string(),
                Precision::Month => at.strftime("%Y-%m").to_string(),
                _ => at.strftime("%Y-%m-%d").to_string(),
            }
        }
    }
}

#[track_caller]
fn all(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(lang, text, expected)| read(lang, text) != *expected)
        .map(|(lang, text, expected)| {
            format!("{lang} {text}: {} instead of {expected}", read(lang, text))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn months_are_known_in_every_language_and_case() {
    all(&[
        ("ro", "15 martie 2024", "2024-03-15"),
        ("ro", "Vineri, 1 Decembrie 2023, ora 10", "2023-12-01 10:00"),
        ("ro", "12 noi. 2023", "2023-11-12"),
        ("ro", "luni, 8 ianuarie 2024 la 14:05", "2024-01-08 14:05"),
        ("lv", "2024. gada 4. jūlijs", "2024-07-04"),
        (
            "lv",
            "2024. gada 4. jūlijā plkst. 14.30",
            "2024-07-04 14:30",
        ),
        ("lv", "4. jūlijs, 2024", "2024-07-04"),
        ("lv", "2. novembrī 2023", "2023-11-02"),
        ("ru", "4 июля 2024 г.", "2024-07-04"),
        ("ru", "4-го мая 2024 года, 09:15", "2024-05-04 09:15"),
        ("ru", "12 ЯНВАРЯ 2024", "2024-01-12"),
        ("en", "July 4th, 2024", "2024-07-04"),
        ("en", "4 Sept 2023 3:05 pm", "2023-09-04 15:05"),
        ("en", "the 2nd of June 2024", "2024-06-02"),
        ("ro", "martie 2024", "2024-03"),
        ("lv", "2024. gada jūnijs", "2024-06"),
    ]);
}

#[test]
fn numbers_put_the_day_first() {
    all(&[
        ("ro", "04.07.2024", "2024-07-04"),
        ("ro", "4/7/2024 8:05", "2024-07-04 08:05"),
        ("lv", "04.07.2024. 14:20", "2024-07-04 14:20"),
        ("lv", "2024.07.04.", "2024-07-04"),
        ("en", "07/25/2023", "2023-07-25"),
        ("ro", "07/25/2023", "none"),
        ("ro", "publicat: 3.5.24", "2024-05-03"),
        ("ro", "10:30, 04.07.2024", "2024-07-04 10:30"),
    ]);
}

#[test]
fn programs_write_in_many_ways() {
    all(&[
        ("", "2024-03-15T10:30:00Z", "2024-03-15 12:30"),
        ("", "2024-03-15T10:30:00.123+02:00", "2024-03-15 10:30"),
        ("", "2024-03-15 10:30:00", "2024-03-15 10:30"),
        ("", "2024-03-15T10:30", "2024-03-15 10:30"),
        ("", "Fri, 15 Mar 2024 10:30:00 +0200", "2024-03-15 10:30"),
        ("", "Mon, 15 Mar 2024 10:30 EST", "2024-03-15 17:30"),
        ("", "15 Mar 24 10:30:00 GMT", "2024-03-15 12:30"),
        ("", "Vin, 15 mart. 2024 10:30:00 +0200", "2024-03-15 10:30"),
        (
            "",
            "Fri Mar 15 2024 10:30:00 GMT+0200 (EET)",
            "2024-03-15 10:30",
        ),
        ("", "Fri Mar 15 08:30:00 UTC 2024", "2024-03-15 10:30"),
        ("", "20240315T103000", "2024-03-15 10:30"),
        ("", "1710491400", "2024-03-15 10:30"),
        ("", "1710491400000", "2024-03-15 10:30"),
    ]);
}

#[test]
fn relative_dates_count_from_now() {
    all(&[
        ("ro", "acum 3 zile", "2024-07-15"),
        ("ro", "în urmă cu două săptămâni", "2024-07-04"),
        ("ro", "acum 20 de minute", "2024-07-18 14:40"),
        ("ro", "ieri, 09:15", "2024-07-17 09:15"),
        ("lv", "pirms 2 dienām", "2024-07-16"),
        ("lv", "pirms stundas", "2024-07-18 14:00"),
        ("lv", "vakar plkst. 10.00", "2024-07-17 10:00"),
        ("ru", "вчера", "2024-07-17"),
        ("ru", "2 часа назад", "2024-07-18 13:00"),
        ("ru", "3 недели назад", "2024-06-27"),
        ("en", "an hour ago", "2024-07-18 14:00"),
        ("en", "2 months ago", "2024-05-18"),
        ("ro", "acum 2 luni", "2024-05-18"),
        ("ro", "acum un an", "2023-07-18"),
    ]);
}

#[test]
fn without_a_year_the_last_one_is_meant() {
    all(&[
        ("ro", "3 decembrie", "2023-12-03"),
        ("lv", "3. jūlijā", "2024-07-03"),
        ("ru", "29 февраля", "2024-02-29"),
        ("ro", "2 mai mulți", "none"),
        ("ro", "2 mai", "2024-05-02"),
    ]);
}

#[test]
fn of_several_dates_the_publications_counts() {
    all(&[
        (
            "ro",
            "Actualizat: 10.07.2024, publicat: 04.07.2024",
            "2024-07-04",
        ),
        ("lv", "Atjaunots 10.07.2024. | 04.07.2024.", "2024-07-04"),
        ("ru", "Обновлено: 10.07.2024", "2024-07-10"),
        (
            "en",
            "Published July 4, 2024. Updated July 6, 2024",
            "2024-07-04",
        ),
    ]);
}

#[test]
fn of_a_range_the_first_day_counts() {
    all(&[
        ("ro", "5-7 iunie 2022", "2022-06-05"),
        ("ro", "30 decembrie – 2 ianuarie 2022", "2021-12-30"),
        ("lv", "2024. gada 4.–6. jūlijā", "2024-07-04"),
        ("ru", "с 4 по 6 июля 2022 года", "2022-07-04"),
        ("en", "July 30 – Aug. 2, 2022", "2022-07-30"),
        ("ro", "05-07.06.2024", "2024-06-05"),
        ("ro", "10:03 - 5 iunie 2024", "2024-06-05 10:03"),
    ]);
}

#[test]
fn what_looks_like_an_offset_may_be_the_date() {
    assert_eq!(read("ro", "10:30 +04.07.2024"), "none");
    assert_eq!(read("ro", "10:30 -04 iulie 2024"), "2024-07-04");
}

#[test]
fn what_is_no_date_gives_none() {
    for text in [
        "",
        "31.04.2024",
        "30 februarie 2024",
        "2024-13-01",
        "0000-00-00",
        "00.00.0000",
        "2023-02-29",
        "32 июля 2024",
        "021.310.20.24",
        "+373 22 04 07 24",
        "67-04-07-24",
        "15.000 lei",
        "nr. 12.04.2024-7",
        "1 ianuarie 1918",
        "1.2.3",
        "v10.2.1",
        "12:30",
        "2024",
        "mai",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "1/2",
        "ISBN 978-9934-0-1234-5",
        "Jan 01 1970",
        "IP 10.12.20.24",
        "martie",
        "acum",
        "99999999",
    ] {
        assert_eq!(read("ro", text), "none", "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,30}|([0-9]{1,5}|[.:/+ -]|gada|iulie|мая|acum|ago|Z){0,14}") {
        read("lv", &text);
    }

    #[test]
    fn every_day_is_read_as_written(day in 0_i64..10_500) {
        let date = jiff::civil::date(1995, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let expected = date.to_string();
        for format in ["%d.%m.%Y", "%-d/%-m/%Y", "%Y-%m-%d", "%-d %B %Y", "%B %-d, %Y", "%a, %d %b %Y"] {
            prop_assert_eq!(read("ro", &date.strftime(format).to_string()), expected.clone());
        }
    }
}
