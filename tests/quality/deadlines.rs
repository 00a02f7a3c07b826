//! Deadlines and beginnings of events in sentences of announcements, and dates that are neither.

use std::fs;

use jiff::Timestamp;
use vesti::domain::{Country, Precision};
use vesti::understanding::{deadline, event};

use crate::floors;

/// A moment as the table has it: local time, the day alone where no hour was said.
fn local(at: Timestamp, day: bool, country: Country) -> String {
    let format = if day { "%F" } else { "%FT%H:%M" };
    let at = at.to_zoned(country.time_zone());
    at.strftime(format).to_string()
}

#[test]
fn deadlines_and_events_are_found_and_nothing_else_is_taken_for_one() {
    let cases = fs::read_to_string("tests/quality/deadlines.tsv").unwrap();
    let (mut found, mut refused) = (0, 0);
    let (mut missed, mut invented) = (Vec::new(), Vec::new());
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [_, country, published, what, expected, text] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("six columns: {line}");
        };
        let country: Country = country.parse().unwrap();
        let zone = country.time_zone();
        let reference: Timestamp = format!("{published}T09:00:00Z").parse().unwrap();
        let got = match what {
            "deadline" => deadline::find("", text, reference, &zone).map(|deadline| {
                let date = text.find(|c: char| c.is_ascii_digit()).is_some();
                assert!(date && !deadline.evidence.is_empty(), "{text}");
                local(deadline.at, deadline.precision == Precision::Day, country)
            }),
            "event" => event::find("", text, reference, &zone)
                .map(|event| local(event.start, !expected.contains('T'), country)),
            other => panic!("{other} is neither deadline nor event"),
        };
        let got = got.as_deref().unwrap_or("none");
        let (right, wrong) = if expected == "none" {
            (&mut refused, &mut invented)
        } else {
            (&mut found, &mut missed)
        };
        if got == expected {
            *right += 1;
        } else {
            wrong.push(format!("{text}: {got} instead of {expected}"));
        }
    }
    floors::keep("deadlines", "found", found, &missed);
    floors::keep("deadlines", "refused", refused, &invented);
}
