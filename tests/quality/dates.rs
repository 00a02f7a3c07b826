//! Dates as people and programs write them, and what only looks like one.

use std::fs;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use vesti::domain::{Language, Precision};
use vesti::reading::dates;

use crate::floors;

fn read(lang: &str, text: &str) -> String {
    let now: Timestamp = "2024-07-18T15:00:00+03:00".parse().unwrap();
    let zone = TimeZone::fixed(Offset::from_hours(3).unwrap());
    match dates::parse(text, Language::from_tag(lang), now, &zone) {
        None => "none".to_owned(),
        Some(found) => {
            let at = found.at.to_zoned(zone);
            if found.precision == Precision::Second {
                at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
            } else {
                at.date().to_string()
            }
        }
    }
}

#[test]
fn dates_are_read_and_what_is_none_is_refused() {
    let cases = fs::read_to_string("tests/quality/dates.tsv").unwrap();
    let (mut read_right, mut refused) = (0, 0);
    let (mut misread, mut invented) = (Vec::new(), Vec::new());
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        let got = read(lang, text);
        let (right, wrong) = if expected == "none" {
            (&mut refused, &mut invented)
        } else {
            (&mut read_right, &mut misread)
        };
        if got == expected {
            *right += 1;
        } else {
            wrong.push(format!("{lang} {text}: {got} instead of {expected}"));
        }
    }
    floors::keep("dates", "read", read_right, &misread);
    floors::keep("dates", "refused", refused, &invented);
}
