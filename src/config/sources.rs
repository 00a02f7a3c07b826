//! Reading `sources.toml`: the organisations and what is read from each.

use std::collections::HashMap;
use std::time::Duration;

use scraper::Selector;

use super::document::Document;
use super::given::flag;
use super::known::Known;
use super::problem::{Report, Wrong, quote};
use super::table::{self, Place, Table};
use super::units;
use crate::domain::{CanonicalUrl, ListingSelectors, Source, SourceId, TopicId};

/// Longest selector, in bytes: longer ones are no selectors but accidents.
const MAX_SELECTOR: usize = 300;

/// Reads the sources. What is wrong goes to the report.
pub(super) fn read(document: &Document, topics: &Known, report: &Report) -> (Vec<Source>, Known) {
    let Some(parsed) = table::parse(document, report) else {
        return (Vec::new(), Known::unsure());
    };
    let root = Table::root(Place { document, report }, &parsed);
    let mut sources = Vec::new();
    let mut ids: HashMap<SourceId, usize> = HashMap::new();
    let mut addresses: HashMap<CanonicalUrl, (usize, usize)> = HashMap::new();
    for (index, table) in root.tables("source").into_iter().enumerate() {
        let line = table.line();
        let id = id(&table, line, &mut ids);
        if let Some(source) = source(
            table,
            id,
            |table, key, url| {
                // One source may give its feed as its address as well.
                match addresses.get(url) {
                    Some((other, first)) if *other != index => table.complain(
                        key,
                        Wrong::new(
                            format!("the source on line {first} has this address already"),
                            "keep one of the two",
                        ),
                    ),
                    Some(_) => {}
                    None => {
                        addresses.insert(url.clone(), (index, line));
                    }
                }
            },
            topics,
        ) {
            sources.push(source);
        }
    }
    root.finish(|key| {
        ["id", "name", "url", "sources"]
            .contains(&key)
            .then(|| "write [[source]], in double brackets, before each source".into())
    });
    (sources, Known::of(ids.into_keys().map(String::from)))
}

fn id(table: &Table<'_>, line: usize, ids: &mut HashMap<SourceId, usize>) -> Option<SourceId> {
    let id = table.need("id", r#"id = "fonss""#, |given| {
        given.parse(|text| {
            text.parse::<SourceId>()
                .map_err(|error| error.to_string().into())
        })
    })?;
    if let Some(first) = ids.get(&id) {
        table.complain(
            "id",
            Wrong::new(
                format!(
                    "{} is there twice: the source on line {first} has it already",
                    quote(id.as_str())
                ),
                "give each source an id of its own",
            ),
        );
        return None;
    }
    ids.insert(id.clone(), line);
    Some(id)
}

fn source(
    table: Table<'_>,
    id: Option<SourceId>,
    mut claim: impl FnMut(&Table<'_>, &str, &CanonicalUrl),
    topics: &Known,
) -> Option<Source> {
    let name = table.need("name", r#"name = "FONSS""#, |given| given.line(200));
    let url = table.get("url", |given| given.parse(units::web_address));
    let country = table.need("country", r#"country = "RO""#, |given| {
        given.parse(units::country)
    });
    let role = table.need("role", r#"role = "partner""#, |given| {
        given.parse(units::role)
    });
    let languages = table.list("languages", r#"["ro", "en"]"#, |given| {
        given.parse(units::language)
    });
    let feed = table.get("feed", |given| given.parse(units::web_address));
    let listing = table.table("listing").map(listing);
    let interval = table.get("interval", |given| given.parse(interval));
    let topics = table.list("topics", r#"["housing"]"#, |given| {
        given.parse(|text| {
            let topic: TopicId = text.parse().map_err(|error| format!("{error}"))?;
            topics.check(text, "topic", "thesaurus.tsv").map(|()| topic)
        })
    });
    let paused = table.get("paused", flag).unwrap_or_default();
    let private = table.get("private", flag).unwrap_or_default();
    if !table.has("url") && !paused {
        table.missing(
            "url",
            r#"url = "https://www.example.org/", or paused = true where there is no address yet"#,
        );
    }
    for (key, url) in [("url", &url), ("feed", &feed)] {
        if let Some(url) = url {
            claim(&table, key, &CanonicalUrl::of(url));
        }
    }
    table.finish(|key| match key {
        "address" | "home" | "website" | "homepage" | "link" => Some("did you mean “url”?".into()),
        "title" => Some("did you mean “name”?".into()),
        "lang" => Some("did you mean “languages”?".into()),
        "rss" | "atom" => Some("did you mean “feed”?".into()),
        "enabled" | "disabled" | "active" => Some("did you mean “paused”?".into()),
        _ => None,
    });
    Some(Source {
        id: id?,
        name: name?,
        url,
        country: country?,
        role: role?,
        languages: languages.unwrap_or_default(),
        feed,
        listing: listing.flatten(),
        interval,
        topics: topics.unwrap_or_default(),
        paused,
        private,
    })
}

pub(super) fn interval(text: &str) -> Result<Duration, Wrong> {
    const YEAR: Duration = Duration::from_hours(365 * 24);
    let interval = units::duration(text)?;
    if interval.is_zero() || interval > YEAR {
        return Err(Wrong::new(
            format!("{} is out of range", quote(text)),
            r#"write a duration of up to a year, such as "6h""#,
        ));
    }
    Ok(interval)
}

fn listing(table: Table<'_>) -> Option<ListingSelectors> {
    let part = |key| table.get(key, |given| given.parse(selector));
    let item = table.need("item", r#"item = "article.news""#, |given| {
        given.parse(selector)
    });
    let (link, title, date, excerpt) = (part("link"), part("title"), part("date"), part("excerpt"));
    table.finish(|_| None);
    Some(ListingSelectors {
        item: item?,
        link,
        title,
        date,
        excerpt,
    })
}

fn selector(text: &str) -> Result<String, Wrong> {
    const EXAMPLE: &str = r#"write one such as "article.news h2 > a""#;
    let text = text.trim();
    if text.is_empty() {
        return Err(Wrong::new("is empty", EXAMPLE));
    }
    if text.len() > MAX_SELECTOR {
        return Err(Wrong::new(
            format!("{} is longer than {MAX_SELECTOR} bytes", quote(text)),
            EXAMPLE,
        ));
    }
    match Selector::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(Wrong::new(
            format!("{} is no CSS selector", quote(text)),
            EXAMPLE,
        )),
    }
}
