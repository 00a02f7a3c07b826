//! `sources.toml`.

use super::{a_source, expect_problems, load};

#[test]
fn wrong_sources_are_named_with_their_line() {
    let with = |more: &str| a_source("one", more);
    let without = |key: &str| {
        let lines = with("");
        let kept: Vec<&str> = lines
            .lines()
            .filter(|line| !line.starts_with(key))
            .collect();
        format!("# first\n{}\n", kept.join("\n"))
    };
    let two = |other: &str| format!("{}\n{other}", with(""));
    let thesaurus: &[u8] = b"concept\tbroader\tro\nhousing\t\tlocuinta\n";
    expect_problems(
        "sources.toml",
        &[("thesaurus.tsv", thesaurus)],
        &[
            (&without("id"), &[(2, "“id” is missing")]),
            (&without("name"), &[(2, "“name” is missing")]),
            (&without("url"), &[(2, "paused = true")]),
            (&without("country"), &[(2, "“country” is missing")]),
            (&without("role"), &[(2, "“role” is missing")]),
            (&with("nmae = \"x\"\n"), &[(8, "did you mean “name”?")]),
            (&with("website = \"x\"\n"), &[(8, "did you mean “url”?")]),
            (
                &with("feed = \"fonss.ro/feed\"\n"),
                &[(8, "no web address")],
            ),
            (&with("interval = \"soon\"\n"), &[(8, "no duration")]),
            (&with("interval = \"0s\"\n"), &[(8, "out of range")]),
            (
                &with("topics = [\"housing\", \"housng\"]\n"),
                &[(8, "there is no topic “housng”: did you mean “housing”?")],
            ),
            (&with("topics = [\"Not An Id\"]\n"), &[(8, "is not an id")]),
            (&with("paused = \"yes\"\n"), &[(8, "true or false")]),
            (&with("private = 7\n"), &[(8, "true or false")]),
            (
                &with("listing = { item = \"li:::\" }\n"),
                &[(8, "no CSS selector")],
            ),
            (
                &with("[source.listing]\nitem = \"li\"\nlink = \"a[\"\ncolour = \"red\"\n"),
                &[
                    (10, "“a[” is no CSS selector"),
                    (11, "unknown key “colour” in [listing]"),
                ],
            ),
            (
                &with("listing = { link = \"a\" }\n"),
                &[(8, "“listing.item” is missing")],
            ),
            (&with("listing = \"li\"\n"), &[(8, "must be a table")]),
            (
                &two(&a_source("one", "").replace("one.ro", "two.ro")),
                &[(10, "the source on line 1 has it already")],
            ),
            (
                &two(&a_source("two", "").replace(
                    "https://two.ro/",
                    "http://www.one.ro/index.html?utm_source=x",
                )),
                &[(12, "the source on line 1 has this address already")],
            ),
            (
                &two(&a_source("two", "feed = \"https://one.ro\"\n")),
                &[(16, "line 1")],
            ),
            (
                &with("").replace("\"one\"", "\"One\""),
                &[(2, "is not an id")],
            ),
            (&with("").replace("RO", "Romania"), &[(5, "\"RO\"")]),
            (
                &with("").replace("member", "memeber"),
                &[(6, "did you mean “member”?")],
            ),
            (
                &with("").replace("\"ro\"", "\"ron\""),
                &[(7, "did you mean “ro”?")],
            ),
            (
                &with("").replace("[\"ro\"]", "\"ro\""),
                &[(7, "in brackets")],
            ),
            (
                &with("").replace("https://one.ro/", "https://user:secret@one.ro/"),
                &[(4, "password")],
            ),
            (
                &with("").replace("https://one.ro/", "javascript:alert(1)"),
                &[(4, "neither http")],
            ),
            (
                &with("").replace("[[source]]", "[source]"),
                &[(1, "[[source]], in double brackets")],
            ),
            (
                &with("").replace("[[source]]\n", "\n"),
                &[
                    (2, "double brackets"),
                    (3, "double brackets"),
                    (4, "double brackets"),
                    (5, "unknown key"),
                    (6, "unknown key"),
                    (7, "unknown key"),
                ],
            ),
        ],
    );
    let hidden = with("").replace("https://one.ro/", "https://user:secret@one.ro/");
    let problems = load(&[("sources.toml", hidden.as_bytes())]).expect_err("a password");
    assert!(
        !problems.to_string().contains("secret"),
        "a password is not repeated"
    );
}

#[test]
fn a_source_may_lack_an_address_only_while_it_is_paused() {
    let source = a_source("one", "paused = true\n").replace("url = \"https://one.ro/\"\n", "");
    let config = load(&[("sources.toml", source.as_bytes())])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(config.sources[0].url, None);
    let feed_too = a_source("one", "feed = \"https://one.ro/\"\n");
    assert!(
        load(&[("sources.toml", feed_too.as_bytes())]).is_ok(),
        "its own address, twice"
    );
}
