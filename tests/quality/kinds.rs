//! Kinds of announcements, told by their titles.

use std::fs;

use vesti::understanding::kind::kind;

use crate::floors;

#[test]
fn titles_tell_what_kind_an_announcement_is() {
    let cases = fs::read_to_string("tests/quality/kinds.tsv").unwrap();
    let mut right = 0;
    let mut wrong = Vec::new();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [_, expected, title] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        let got = kind(title, "", &[], None);
        if got.as_str() == expected {
            right += 1;
        } else {
            wrong.push(format!("{title}: {} instead of {expected}", got.as_str()));
        }
    }
    floors::keep("kinds", "right", right, &wrong);
}
