//! Files that nobody would write, and files that were written by vesti itself.

use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use vesti::config::{Config, Problems, source_block};
use vesti::domain::{Country, Language, ListingSelectors, Role, Source};

use super::{NOBODY, load};

fn shipped(name: &str) -> Vec<u8> {
    std::fs::read(Path::new("config").join(name)).expect("a shipped file")
}

/// Nothing that was given comes out as a line break or a control character.
fn is_plain(problems: &Problems) -> bool {
    problems
        .as_slice()
        .iter()
        .all(|problem| !problem.to_string().contains(char::is_control))
}

const FILES: [&str; 4] = [
    "vesti.toml",
    "sources.toml",
    "thesaurus.tsv",
    "digests.toml",
];

fn a_source_of_any_kind() -> impl Strategy<Value = Source> {
    let selectors = || {
        proptest::option::of(prop_oneof![
            Just("h2 > a.\"x\"".replace('"', "")),
            Just("a[href='\\\\x']".to_owned()),
            Just("[title=\"ș\"]".to_owned())
        ])
    };
    let host = "[a-z]{1,8}";
    (
        (
            "[a-z0-9][a-z0-9-]{0,20}",
            "[^\\p{C}\\p{Z}][^\\p{C}\\p{Zl}\\p{Zp}]{0,30}[^\\p{C}\\p{Z}]",
            host,
            any::<(bool, bool, bool)>(),
        ),
        (
            proptest::sample::select(Role::ALL.to_vec()),
            proptest::sample::subsequence(Language::OURS.to_vec(), 0..4),
        ),
        (selectors(), selectors(), selectors()),
        proptest::option::of(1_u64..31_000_000_000),
    )
        .prop_map(
            |(
                (id, name, host, (paused, private, feed)),
                (role, languages),
                (link, title, item),
                interval,
            )| Source {
                id: id.parse().expect("an id"),
                name,
                url: Some(
                    format!("https://{host}.ro/știri?a=\"b\"&c='d'")
                        .parse()
                        .expect("a URL"),
                ),
                country: Country::MD,
                role,
                languages,
                feed: feed.then(|| format!("https://{host}.md/feed").parse().expect("a URL")),
                listing: item.map(|item| ListingSelectors {
                    item,
                    link,
                    title,
                    date: None,
                    excerpt: None,
                }),
                interval: interval.map(Duration::from_millis),
                topics: Vec::new(),
                paused,
                private,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_text_is_too_odd_for_any_file(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        for content in [bytes.as_slice(), text.as_bytes()] {
            let files = FILES.map(|name| (name, content));
            if let Err(problems) = load(&files) {
                prop_assert!(is_plain(&problems));
            }
        }
    }

    #[test]
    fn no_torn_file_is_too_odd(
        which in 0_usize..4,
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..60, "[\\[\\]={}\",|\t\n\r#.a-z0-9ș\u{202e}]{0,6}"), 1..6),
    ) {
        let mut content = shipped(FILES[which]);
        for (at, length, instead) in cuts {
            let start = at.index(content.len());
            let end = (start + length).min(content.len());
            content.splice(start..end, instead.into_bytes());
        }
        if let Err(problems) = load(&[(FILES[which], content.as_slice())]) {
            prop_assert!(is_plain(&problems));
            prop_assert!(problems.as_slice().iter().all(|problem| problem.line.is_some()));
        }
    }

    #[test]
    fn a_source_written_as_a_block_reads_back_the_same(source in a_source_of_any_kind()) {
        let block = source_block(&source);
        match load(&[("sources.toml", block.as_bytes())]) {
            Ok(config) => prop_assert_eq!(&config.sources, &[source], "{}", block),
            Err(problems) => prop_assert!(false, "{}\n{}", block, problems),
        }
    }
}

#[test]
fn the_shipped_sources_written_as_blocks_read_back_the_same() {
    let config = Config::load(Path::new("config/vesti.toml"), NOBODY.into_iter())
        .unwrap_or_else(|problems| panic!("{problems}"));
    let blocks: String = config
        .sources
        .iter()
        .map(|source| source_block(source) + "\n")
        .collect();
    let again = load(&[("sources.toml", blocks.as_bytes())])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(again.sources, config.sources);
}

#[test]
fn a_file_of_unknown_keys_gets_a_list_that_ends() {
    let lines: Vec<String> = (0..50_000)
        .map(|number| format!("key{number} = 1"))
        .collect();
    let text = lines.join("\n");
    let problems = load(&[("sources.toml", text.as_bytes())]).expect_err("unknown keys");
    assert_eq!(problems.as_slice().len(), 1_001);
    assert!(
        problems
            .to_string()
            .ends_with("49000 more problems, which are not shown")
    );
}

#[test]
fn a_list_without_end_is_cut_off() {
    let networks = "\"10.0.0.0/8\",\n".repeat(200_000);
    let text = format!("[crawler]\nallow_networks = [\n{networks}]\n");
    let problems = load(&[("vesti.toml", text.as_bytes())]).expect_err("one network, many times");
    let last = problems.as_slice().last().map(ToString::to_string);
    assert!(last.is_some_and(|last| {
        last.contains(":1003: crawler.allow_networks: the list has more than 1000")
    }));
}
