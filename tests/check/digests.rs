//! `digests.toml`.

use vesti::domain::Language;

use super::{a_source, expect_problems, load};

#[test]
fn wrong_digests_are_named_with_their_line() {
    let with = |more: &str| {
        format!("[[digest]]\nid = \"one\"\ntitle = \"One\"\nperiod = \"weekly\"\n{more}")
    };
    let source = a_source("one", "");
    expect_problems(
        "digests.toml",
        &[
            ("sources.toml", source.as_bytes()),
            ("thesaurus.tsv", b"concept\tbroader\tro\nhousing\t\tx\n"),
        ],
        &[
            (
                "[[digest]]\n",
                &[
                    (1, "“id” is missing"),
                    (1, "“title” is missing"),
                    (1, "“period” is missing"),
                ],
            ),
            (
                &with("").replace("weekly", "dayly"),
                &[(4, "did you mean “daily”?")],
            ),
            (&with("hour = 24\n"), &[(5, "from 0 to 23")]),
            (
                &with("weekday = \"luni\"\n"),
                &[(5, "“luni” is no weekday")],
            ),
            (
                &with("weekday = \"wendesday\"\n"),
                &[(5, "did you mean “wednesday”?")],
            ),
            (&with("time_zone = \"Bucharest\"\n"), &[(5, "no time zone")]),
            (&with("limit = 0\n"), &[(5, "from 1 to 500")]),
            (&with("per_source = 0\n"), &[(5, "from 1 to 100")]),
            (&with("per_source = \"3\"\n"), &[(5, "a whole number")]),
            (
                &with("group = \"topics\"\n"),
                &[(5, "did you mean “topic”?")],
            ),
            (
                &with("group = \"source\"\n"),
                &[(5, "write one of kind, topic, country")],
            ),
            (
                &with("group_by = \"kind\"\n"),
                &[(5, "did you mean “group”?")],
            ),
            (
                &with("recipients = [\"office@fonss.ro\",\n\"office\"]\n"),
                &[(6, "no mail address")],
            ),
            (
                &with("languages = [\"ro\"]\n"),
                &[(5, "did you mean “lang”?")],
            ),
            (&with("query = \"x\"\n"), &[(5, "did you mean “q”?")]),
            (
                &with("lang = [\"romanian\"]\n"),
                &[(5, "did you mean “ro”?")],
            ),
            (&with("country = \"XX\"\n"), &[(5, "no country code")]),
            (
                &with("kind = [\"calls\"]\n"),
                &[(5, "did you mean “call”?")],
            ),
            (&with("role = \"authorities\"\n"), &[(5, "no role")]),
            (
                &with("source = [\"one\", \"two\"]\n"),
                &[(5, "there is no source “two”")],
            ),
            (
                &with("topic = \"housings\"\n"),
                &[(5, "did you mean “housing”?")],
            ),
            (&with("from = \"yesterday\"\n"), &[(5, "neither a date")]),
            (&with("deadline = \"closed\"\n"), &[(5, "“open”")]),
            (&with("cross = \"perhaps\"\n"), &[(5, "true or false")]),
            (&with("q = \"\"\n"), &[(5, "is empty")]),
            (&with("title.ro = \"x\"\n"), &[(5, "not TOML")]),
            (
                &with("").replace("\"One\"", "{ ro = \"Unu\", latvian = \"Viens\" }"),
                &[(
                    3,
                    "title.latvian: “latvian” is no language code: did you mean “lv”?",
                )],
            ),
            (
                &with("").replace("\"One\"", "{ ro = 1 }"),
                &[(3, "title.ro: must be a text")],
            ),
            (&with("").replace("\"One\"", "{}"), &[(3, "is empty")]),
            (
                &format!("{}{}", with(""), with("")),
                &[(6, "the digest on line 1 has it already")],
            ),
        ],
    );
}

#[test]
fn digests_speak_the_words_of_the_search() {
    let text = r#"
        [[digest]]
        id = "calls"
        title = { lv = "Konkursi", en = "Calls" }
        q = "locuințe protejate"
        lang = ["ro", "lv"]
        country = "md"
        kind = ["call", "tender"]
        role = "authority"
        from = "3m"
        deadline = "open"
        cross = false
        period = "weekly"
        weekday = "Fri"
        hour = 15
        time_zone = "Europe/Riga"
        recipients = ["office@example.org"]
        [[digest]]
        id = "all"
        title = "Tot"
        period = "hourly"
    "#;
    let config =
        load(&[("digests.toml", text.as_bytes())]).unwrap_or_else(|problems| panic!("{problems}"));
    let [calls, all] = config.digests.as_slice() else {
        panic!("two digests");
    };
    let pairs = "q=locuințe protejate lang=ro lang=lv country=MD role=authority kind=call kind=tender from=3m deadline=open cross=0";
    let said: Vec<String> = calls
        .query
        .to_pairs()
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(said.join(" "), pairs);
    assert_eq!(
        (calls.hour, calls.weekday),
        (15, jiff::civil::Weekday::Friday)
    );
    assert_eq!(calls.time_zone.iana_name(), Some("Europe/Riga"));
    assert_eq!(calls.title(Language::EN), "Calls");
    assert_eq!(all.title(Language::RU), "Tot");
    assert_eq!(
        all.time_zone.iana_name(),
        Some("Europe/Bucharest"),
        "the server's"
    );
    assert_eq!(
        config
            .warnings()
            .iter()
            .filter(|warning| warning.contains("no mail server"))
            .count(),
        1
    );
}
