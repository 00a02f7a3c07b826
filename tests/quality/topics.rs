//! Topics of announcements: those that must be found, and those that must not.

use std::fs;
use std::path::Path;

use vesti::config::Config;
use vesti::domain::Language;
use vesti::understanding::topics::Thesaurus;

use crate::floors;

#[test]
fn announcements_are_tagged_with_what_they_are_about() {
    let nobody = std::iter::empty::<(String, String)>();
    let config = Config::load(Path::new("config/vesti.toml"), nobody).unwrap();
    let thesaurus = Thesaurus::compile(&config.thesaurus);
    let cases = fs::read_to_string("tests/quality/topics.tsv").unwrap();
    let (mut found, mut kept_out) = (0, 0);
    let (mut missed, mut invented) = (Vec::new(), Vec::new());
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [lang, country, title, text, about, not] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("six columns: {line}");
        };
        let country = country.parse().unwrap();
        let topics = thesaurus.tag(title, text, Language::from_tag(lang), Some(country));
        let has = |topic: &str| {
            let known = config.thesaurus.iter().any(|own| own.id.as_str() == topic);
            assert!(known, "{topic} is no concept");
            topics.iter().any(|own| own.as_str() == topic)
        };
        let told = |topic: &str| format!("{title}: {topic}; there are {topics:?}");
        for topic in about.split_whitespace() {
            if has(topic) {
                found += 1;
            } else {
                missed.push(told(topic));
            }
        }
        for topic in not.split_whitespace() {
            if has(topic) {
                invented.push(told(topic));
            } else {
                kept_out += 1;
            }
        }
    }
    floors::keep("topics", "found", found, &missed);
    floors::keep("topics", "kept_out", kept_out, &invented);
}
