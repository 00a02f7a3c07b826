use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::delivery::bundles::mistakes;

const OTHERS: [Language; 3] = [Language::RO, Language::LV, Language::RU];

/// A value for every field that a reason or a remark may have; each takes its own.
fn fields(code: &str) -> Value {
    json!({
        "code": code,
        "text": "an inner error", "host": "gazda.example", "address": "10.1.2.3", "scheme": "gopher", "port": 6667,
        "most": 40, "millis": 30_000, "bytes": 10_000_000, "status": 418, "said": "cuvinte <b>străine</b>", "shown": "plain text",
        "agent": "vestibot", "path": "/noutati/1", "url": "https://gazda.example/noutati", "old_url": "https://gazda.example/feed",
        "name": "item", "count": 12, "before": 34, "known": 7, "way": "listing", "old_way": "feed",
        "newest": "2026-03-12", "language": "uk", "why": { "code": "status", "host": "alta.example", "status": 599 },
        "because": { "code": "feed_named" }, "one": { "code": "pushed" }, "other": { "code": "push_silent" },
    })
}

/// The words that a family has, as the reader of what is kept knows them.
fn codes<T: DeserializeOwned>() -> Vec<String> {
    let Err(error) = serde_json::from_value::<T>(json!({ "code": "?" })) else {
        panic!("“?” is a word");
    };
    let told = error.to_string();
    let listed = told.split_once("expected one of").unwrap().1;
    let codes = listed.split('`').skip(1).step_by(2).map(str::to_owned);
    codes.filter(|code| code != "words").collect()
}

fn all() -> Vec<(&'static str, Map<String, Value>)> {
    let of = |family: &'static str, code: &str| {
        let value = fields(code);
        let own = match family {
            "reason" => serde_json::to_value(serde_json::from_value::<Reason>(value).unwrap()),
            _ => serde_json::to_value(serde_json::from_value::<Remark>(value).unwrap()),
        };
        (family, own.unwrap().as_object().unwrap().clone())
    };
    let reasons = codes::<Reason>();
    let remarks = codes::<Remark>();
    assert!(reasons.len() > 70 && remarks.len() > 30);
    let reasons = reasons.iter().map(|code| of("reason", code));
    reasons
        .chain(remarks.iter().map(|code| of("remark", code)))
        .collect()
}

fn say(value: Reason, language: Language) -> String {
    reason(&value, language).alone()
}

#[test]
fn every_reason_and_every_remark_is_said_in_every_language() {
    assert_eq!(mistakes(&SOURCES), [""; 0]);
    for (language, _) in SOURCES {
        for (family, fields) in all() {
            let mut wrong = Vec::new();
            let text = told(family, &fields, Ui::of(language), &mut wrong);
            let text = text.unwrap_or_else(|| panic!("{language} lacks {family} {fields:?}"));
            assert!(wrong.is_empty(), "{language}: {wrong:?}");
            assert!(!text.contains(['{', '}', '"']), "{language}: {text}");
            assert!(
                (!text.ends_with('.') || text.ends_with(" г.")) && !text.contains("  "),
                "{language}: {text}"
            );
            // A fragment: an address or a small letter begins it.
            let first = text.trim_start_matches(OPEN).chars().next().unwrap();
            let name = text.starts_with("WordPress") || text.starts_with("RSS");
            assert!(
                first.is_lowercase() || first.is_ascii_digit() || name,
                "{language}: {text}"
            );
        }
    }
}

#[test]
fn no_message_is_left_over() {
    let mut known: BTreeSet<String> = all()
        .iter()
        .map(|(family, fields)| {
            let code = fields["code"].as_str().unwrap().replace('_', "-");
            format!("{family}-{code}")
        })
        .collect();
    known.extend(["feed", "wordpress", "sitemap", "listing"].map(|way| format!("way-{way}")));
    for (language, source) in SOURCES {
        let written: BTreeSet<String> = source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect();
        assert_eq!(written, known, "{language}");
    }
}

#[test]
fn figures_and_names_stand_in_the_sentences() {
    // What only the log needs, and what is said by a word of the language.
    const UNSAID: [&str; 5] = ["text", "shown", "way", "old_way", "code"];
    for language in OTHERS {
        for (family, fields) in all() {
            let text = told(family, &fields, Ui::of(language), &mut Vec::new()).unwrap();
            for (name, value) in &fields {
                let shown = match value {
                    _ if UNSAID.contains(&name.as_str()) => continue,
                    Value::String(_) if name == "newest" => "12".to_owned(),
                    Value::String(_) if name == "language" => {
                        Ui::of(language).language_name("uk".parse().unwrap())
                    }
                    Value::String(text) => text.clone(),
                    Value::Number(_) if name == "millis" => "30".to_owned(),
                    Value::Number(_) if name == "bytes" => "10".to_owned(),
                    Value::Number(number) => number.to_string(),
                    _ if name == "why" => "alta.example".to_owned(),
                    _ => continue,
                };
                assert!(
                    text.contains(&shown),
                    "{language} leaves out {name}: {text}"
                );
            }
        }
    }
}

#[test]
fn no_english_is_left_in_the_other_languages() {
    const ENGLISH: [&str; 24] = [
        "the",
        "is",
        "not",
        "with",
        "its",
        "was",
        "from",
        "and",
        "no",
        "answer",
        "answers",
        "feed",
        "page",
        "server",
        "to",
        "of",
        "it",
        "for",
        "found",
        "certificate",
        "connection",
        "address",
        "listing",
        "error",
    ];
    for language in OTHERS {
        for (family, fields) in all() {
            let text = told(family, &fields, Ui::of(language), &mut Vec::new()).unwrap();
            let given: Vec<&str> = fields.values().filter_map(Value::as_str).collect();
            let mut own = text.replace(['(', ')', ',', ';', ':', '„', '”'], " ");
            // “JSON Feed” is a name.
            own = own.replace("JSON Feed", "").to_lowercase();
            for word in own.split_whitespace() {
                let borrowed = given
                    .iter()
                    .any(|given| given.to_lowercase().contains(word));
                // These are words of theirs as well.
                let ours = matches!(
                    (language.as_str(), word),
                    ("ro", "server") | ("lv", "to" | "no")
                );
                assert!(
                    !ENGLISH.contains(&word) || borrowed || ours,
                    "{language}: “{word}” in {text}"
                );
            }
        }
    }
}

#[test]
fn counts_have_the_forms_of_the_language() {
    let has = |count, language| remark(&Remark::Has { count }, language).within();
    assert_eq!(has(1, Language::RO), "conține un anunț");
    assert_eq!(has(5, Language::RO), "conține 5 anunțuri");
    assert_eq!(has(20, Language::RO), "conține 20 de anunțuri");
    assert_eq!(has(101, Language::RO), "conține 101 anunțuri");
    assert_eq!(has(1, Language::LV), "satur 1 paziņojumu");
    assert_eq!(has(5, Language::LV), "satur 5 paziņojumus");
    assert_eq!(has(11, Language::LV), "satur 11 paziņojumu");
    assert_eq!(has(21, Language::LV), "satur 21 paziņojumu");
    assert_eq!(has(1, Language::RU), "содержит 1 публикацию");
    assert_eq!(has(3, Language::RU), "содержит 3 публикации");
    assert_eq!(has(12, Language::RU), "содержит 12 публикаций");
    assert_eq!(has(41, Language::RU), "содержит 41 публикацию");
    assert_eq!(has(1, Language::EN), "has 1 announcement");
}

#[test]
fn a_status_is_told_by_what_it_means() {
    let status = |status| Reason::Status {
        host: "gazda.example".into(),
        status,
    };
    assert_eq!(
        say(status(404), Language::RO),
        "La această adresă gazda.example nu mai are nicio pagină (404)"
    );
    assert_eq!(
        say(status(403), Language::LV),
        "gazda.example neļauj piekļūt (403)"
    );
    assert_eq!(
        say(status(418), Language::RU),
        "gazda.example отвечает ошибкой 418"
    );
    assert_eq!(
        say(status(404), Language::EN),
        "gazda.example answers with 404 Not Found"
    );
}

#[test]
fn an_address_keeps_its_letters_at_the_beginning() {
    let late = Reason::NoAnswer {
        host: "gazda.example".into(),
        millis: 30_000,
    };
    assert_eq!(
        say(late.clone(), Language::RU),
        "gazda.example не ответил за 30\u{a0}с"
    );
    assert_eq!(
        say(late, Language::EN),
        "gazda.example: no answer within 30 s"
    );
    assert_eq!(say(Reason::Damaged, Language::EN).chars().next(), Some('T'));
}

#[test]
fn words_of_others_are_quoted_escaped_and_in_no_known_language() {
    let why = Reason::GivenUpAfterDays {
        count: 3,
        why: Box::new(Reason::Answered {
            why: Box::new(Reason::Status {
                host: "hooks.example".into(),
                status: 500,
            }),
            said: "<script>\u{e001}channel is archived".into(),
        }),
    };
    for language in Language::OURS {
        let said = reason(&why, language);
        let html = said.html();
        assert!(
            html.contains("<span lang=\"\">&lt;script&gt;channel is archived</span>"),
            "{html}"
        );
        assert!(!said.alone().contains([OPEN, CLOSE]), "{html}");
    }
    assert!(
        reason(&why, Language::LV)
            .alone()
            .ends_with("„<script>channel is archived”")
    );
}

#[test]
fn a_sentence_of_an_older_version_stays_as_it_is() {
    let old = Reason::of_kept("given up after three days: it answers so & so");
    for language in OTHERS {
        let said = reason(&old, language);
        assert_eq!(said.within(), old.to_string());
        assert_eq!(
            said.html_within(),
            "<span lang=\"en\">given up after three days: it answers so &amp; so</span>"
        );
    }
    let note = Remark::Words {
        text: "pushed by its hub".into(),
    };
    assert_eq!(remark(&note, Language::RU).within(), "pushed by its hub");
}

#[test]
fn an_older_sentence_within_a_new_one_is_shown_too() {
    let why = Reason::GivenUpAfterDays {
        count: 3,
        why: Box::new(Reason::words("an old sentence")),
    };
    assert!(say(why, Language::LV).ends_with("an old sentence"));
}
