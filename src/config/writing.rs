use std::fmt::Write as _;

use toml::Value;

use super::units;
use crate::domain::{Language, Source, TopicId};

/// A source as the block of `sources.toml` that means it: what is as by default is left out, and reading the block
/// gives the same source again. Ends in a line break.
#[must_use]
pub fn source_block(source: &Source) -> String {
    let mut block = String::from("[[source]]\n");
    let mut line = |key: &str, value: Value| {
        // Writing to a string cannot fail.
        let _ = writeln!(block, "{key} = {value}");
    };
    let text = |text: &str| Value::String(text.to_owned());
    let list = |list: Vec<&str>| Value::Array(list.into_iter().map(text).collect());
    line("id", text(source.id.as_str()));
    line("name", text(&source.name));
    if let Some(url) = &source.url {
        line("url", text(url.as_str()));
    }
    line("country", text(source.country.as_str()));
    line("role", text(source.role.as_str()));
    line(
        "languages",
        list(source.languages.iter().map(Language::as_str).collect()),
    );
    if let Some(feed) = &source.feed {
        line("feed", text(feed.as_str()));
    }
    if let Some(listing) = &source.listing {
        let parts = [
            ("item", Some(&listing.item)),
            ("link", listing.link.as_ref()),
            ("title", listing.title.as_ref()),
            ("date", listing.date.as_ref()),
            ("excerpt", listing.excerpt.as_ref()),
        ];
        let parts = parts
            .into_iter()
            .filter_map(|(key, part)| Some((key.to_owned(), text(part?))))
            .collect();
        line("listing", Value::Table(parts));
    }
    if let Some(interval) = source.interval {
        line("interval", text(&units::duration_text(interval)));
    }
    if !source.topics.is_empty() {
        line(
            "topics",
            list(source.topics.iter().map(TopicId::as_str).collect()),
        );
    }
    for (key, flag) in [("paused", source.paused), ("private", source.private)] {
        if flag {
            line(key, Value::Boolean(true));
        }
    }
    block
}

/// A whole `sources.toml`: the sources in their order, below lines that say where it is from, each of which becomes a
/// comment.
#[must_use]
pub fn catalogue_file<'a>(about: &[&str], sources: impl IntoIterator<Item = &'a Source>) -> String {
    let mut file = String::new();
    for line in about.iter().flat_map(|text| text.lines()) {
        // Writing to a string cannot fail.
        let _ = writeln!(file, "# {line}");
    }
    for source in sources {
        if !file.is_empty() {
            file.push('\n');
        }
        file.push_str(&source_block(source));
    }
    file
}
