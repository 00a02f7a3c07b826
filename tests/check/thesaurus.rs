//! `thesaurus.tsv`.

use vesti::config::Label;
use vesti::domain::{Country, Language};

use super::{expect_problems, load};

#[test]
fn a_wrong_thesaurus_is_named_with_its_line() {
    let rows = |rows: &str| format!("concept\tbroader\tro\ten\n{rows}");
    expect_problems(
        "thesaurus.tsv",
        &[],
        &[
            ("id\tbroader\tro\n", &[(1, "does not name the columns")]),
            ("concept\tbroader\n", &[(1, "no column has a language")]),
            (
                "concept\tbroader\tro\tromanian\n",
                &[(1, "did you mean “ro”?")],
            ),
            ("concept\tbroader\tro\tro\n", &[(1, "two columns")]),
            (
                &rows("a\t\tx\ty\nb\t\tx\n"),
                &[(3, "3 columns instead of 4")],
            ),
            (&rows("a\t\tx\ty\tz\n"), &[(2, "5 columns instead of 4")]),
            (
                &rows("a\t\tx\ty\n\n# remark\na\t\tx\ty\n"),
                &[(5, "it has line 2 already")],
            ),
            (&rows("A b\t\tx\ty\n"), &[(2, "is not an id")]),
            (
                &rows("a\t\tx||z\ty|\n"),
                &[(2, "ro: an empty name"), (2, "en: an empty name")],
            ),
            (&rows("a\t\tx|x\ty\n"), &[(2, "“x” is there twice")]),
            (&rows("a\t\t\t\n"), &[(2, "no name in any language")]),
            (
                &rows("housing\t\tx\ty\na\thouse\tx\ty\nb\thousin\tx\ty\n"),
                &[
                    (3, "there is no concept “house”"),
                    (4, "did you mean “housing”?"),
                ],
            ),
            (&rows("a\ta\tx\ty\n"), &[(2, "a → a")]),
            (
                &rows("x\ta\tx\ty\na\tb\tx\ty\nb\tc\tx\ty\nc\ta\tx\ty\nd\tc\tx\ty\n"),
                &[(3, "a → b → c → a")],
            ),
            (&rows("a\t\tx\u{7}\ty\n"), &[(2, "control character")]),
            (
                &rows("a\t\tx\tCES@XX\n"),
                &[(2, "“CES@XX”: “XX” is no country code")],
            ),
            (&rows("a\t\tCES@UK\ty\n"), &[(2, "did you mean “GB”?")]),
            (
                &rows("a\t\tx|CES@RO@MD\t@RO\n"),
                &[(2, "a name and one country"), (2, "CES@RO|CES@MD")],
            ),
            (
                &rows("a\t\tCES|CES@RO\ty\n"),
                &[(2, "“CES” is there with a country and without one")],
            ),
        ],
    );
}

#[test]
fn a_thesaurus_is_read_whatever_its_line_ends() {
    let rows = "\u{feff}concept\tbroader\tlv\ten\r\nhousing\t\tmājoklis | mājokļi\thousing\r\nshelter\thousing\t\tnight shelter";
    let config =
        load(&[("thesaurus.tsv", rows.as_bytes())]).unwrap_or_else(|problems| panic!("{problems}"));
    let [housing, shelter] = config.thesaurus.as_slice() else {
        panic!("two concepts");
    };
    assert_eq!(
        housing.labels[&Language::LV],
        ["mājoklis".into(), "mājokļi".into()]
    );
    assert_eq!(shelter.broader.as_ref(), Some(&housing.id));
    assert_eq!(shelter.label(Language::LV), "night shelter");
}

#[test]
fn a_name_may_hold_in_one_country_only() {
    let rows = "concept\tbroader\tro\nneeds\t\tcerințe educaționale speciale|CES@MD\ncouncil\t\tCES@RO|CES@FR|Consiliul Economic și Social\n";
    let config =
        load(&[("thesaurus.tsv", rows.as_bytes())]).unwrap_or_else(|problems| panic!("{problems}"));
    let [needs, council] = config.thesaurus.as_slice() else {
        panic!("two concepts");
    };
    let ces = |country| Label {
        text: "CES".into(),
        country: Some(country),
    };
    assert_eq!(needs.labels[&Language::RO][1], ces(Country::MD));
    assert_eq!(
        council.labels[&Language::RO][..2],
        [ces(Country::RO), ces("FR".parse().unwrap())]
    );
    assert_eq!(council.label(Language::RO), "Consiliul Economic și Social");
}
