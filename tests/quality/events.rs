//! When events begin and end, and where they are, in sentences of announcements.

use std::fs;

use jiff::Timestamp;
use vesti::domain::Country;
use vesti::understanding::event;

use crate::floors;

#[test]
fn events_begin_end_and_are_where_they_are_said_to() {
    let cases = fs::read_to_string("tests/quality/events.tsv").unwrap();
    let reference: Timestamp = "2024-02-20T09:00:00Z".parse().unwrap();
    let mut right = [0; 3];
    let mut wrong: [Vec<String>; 3] = Default::default();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [_, country, begin, end, place, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("six columns: {line}");
        };
        let country: Country = country.parse().unwrap();
        let zone = country.time_zone();
        let text = text.replace("\\n", "\n");
        let found = event::find("", &text, reference, &zone);
        let local = |at: Timestamp, expected: &str| {
            let format = if expected.contains('T') {
                "%FT%H:%M"
            } else {
                "%F"
            };
            at.to_zoned(zone.clone()).strftime(format).to_string()
        };
        let event = found.as_ref();
        let got = [
            event.map(|event| local(event.start, begin)),
            event.and_then(|event| event.end).map(|at| local(at, end)),
            event.and_then(|event| event.place.clone()),
        ];
        for (index, (got, expected)) in got.into_iter().zip([begin, end, place]).enumerate() {
            let got = got.unwrap_or_else(|| "none".to_owned());
            if got == expected {
                right[index] += 1;
            } else {
                wrong[index].push(format!("{text}: {got} instead of {expected}"));
            }
        }
    }
    for (index, what) in ["begin", "end", "place"].into_iter().enumerate() {
        floors::keep("events", what, right[index], &wrong[index]);
    }
}
