//! Reading `vesti.toml`.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::env::Environment;
use super::given::{Given, flag};
use super::problem::{Report, Wrong, nearest, quote};
use super::server::{network, server};
use super::settings::{
    BackupSettings, Content, Crawler, Data, DigestSettings, FeedSettings, Retention,
    SearchSettings, Settings,
};
use super::table::{Table, nowhere};
use super::units;

const MILLI: Duration = Duration::from_millis(1);
const HOUR: Duration = Duration::from_hours(1);
const YEAR: Duration = Duration::from_hours(365 * 24);

/// Sections with their keys, for hints only.
const HOMES: [(&str, &[&str]); 10] = [
    (
        "server",
        &[
            "listen",
            "public_url",
            "title",
            "contact",
            "languages",
            "time_zone",
            "rate_limit",
            "proxies",
            "index_items",
        ],
    ),
    ("data", &["dir"]),
    (
        "crawler",
        &[
            "user_agent",
            "concurrency",
            "host_delay",
            "timeout",
            "connect_timeout",
            "first_byte_timeout",
            "max_body",
            "max_redirects",
            "min_interval",
            "max_interval",
            "robots",
            "websub",
            "allow_networks",
        ],
    ),
    (
        "search",
        &["writer_memory", "commit_interval", "dictionaries"],
    ),
    ("digests", &["feed_entries"]),
    ("access", super::access::KEYS),
    ("mail", super::mail::KEYS),
    ("feeds", &["content", "hub"]),
    (
        "retention",
        &[
            "visits_days",
            "versions",
            "items_days",
            "withdrawn_days",
            "files_days",
            "editions_days",
        ],
    ),
    ("backup", &["every", "keep", "dir"]),
];

/// Reads the settings. What is wrong goes to the report, and its default stands in for it.
pub(super) fn read(root: Table<'_>, mut environment: Environment, report: &Report) -> Settings {
    let mut section = |name: &'static str| root.section(name, environment.take(name));
    let server = server(section("server"));
    let settings = Settings {
        data: data(section("data")),
        crawler: crawler(section("crawler")),
        search: search(section("search")),
        digests: digests(section("digests")),
        access: super::access::read(section("access")),
        mail: super::mail::read(section("mail"), &server),
        server,
        feeds: feeds(section("feeds")),
        retention: retention(section("retention")),
        backup: backup(section("backup")),
    };
    environment.finish(&HOMES.map(|(section, _)| section), report);
    root.finish(home);
    settings
}

/// The section that a key belongs to, where it was written outside of it.
fn home(key: &str) -> Option<String> {
    let near = |(section, keys): &(&str, &[&str])| {
        nearest(key, keys.iter().copied()).map(|name| {
            if name == key {
                format!("it belongs under [{section}]")
            } else {
                format!("did you mean “{name}”? It belongs under [{section}]")
            }
        })
    };
    let is_section = nearest(key, HOMES.map(|(section, _)| section)).is_some();
    if is_section {
        None
    } else {
        HOMES.iter().find_map(near)
    }
}

fn data(table: Table<'_>) -> Data {
    let default = Data::default();
    let read = Data {
        dir: table
            .get("dir", |given| given.line(1_000))
            .map_or(default.dir, Into::into),
    };
    table.finish(nowhere);
    read
}

/// A duration within a range.
fn span(given: Given<'_>, range: &RangeInclusive<Duration>) -> Result<Duration, Wrong> {
    let span = given.parse(units::duration)?;
    if range.contains(&span) {
        return Ok(span);
    }
    let text = units::duration_text;
    Err(Wrong::new(
        format!("{} is out of range", text(span)),
        format!(
            "write a duration from {} to {}",
            text(*range.start()),
            text(*range.end())
        ),
    ))
}

/// A size within a range; a bare number counts bytes.
fn size(given: Given<'_>, range: &RangeInclusive<u64>) -> Result<u64, Wrong> {
    let size = match given {
        Given::Toml(toml::de::DeValue::Integer(_)) => given.whole(0..=u64::MAX)?,
        _ => given.parse(units::size)?,
    };
    if range.contains(&size) {
        return Ok(size);
    }
    let text = units::size_text;
    Err(Wrong::new(
        format!("{} is out of range", text(size)),
        format!(
            "write a size from {} to {}",
            text(*range.start()),
            text(*range.end())
        ),
    ))
}

fn crawler(table: Table<'_>) -> Crawler {
    let default = Crawler::default();
    let timeout = table
        .get("timeout", |given| span(given, &(MILLI..=HOUR)))
        .unwrap_or(default.timeout);
    let part = |key, default: Duration| match table.get(key, |given| span(given, &(MILLI..=HOUR))) {
        Some(part) => {
            if part > timeout {
                let text = units::duration_text;
                table.complain(
                    key,
                    Wrong::new(
                        format!(
                            "{} is longer than crawler.timeout, which is {}",
                            text(part),
                            text(timeout)
                        ),
                        "the timeout is for the whole request: raise it, or lower this",
                    ),
                );
            }
            part
        }
        // A default gives way to a shorter timeout.
        None => default.min(timeout),
    };
    let read = Crawler {
        user_agent: table
            .get("user_agent", user_agent)
            .unwrap_or(default.user_agent),
        concurrency: table
            .get("concurrency", |given| given.whole(1..=10_000))
            .map_or(default.concurrency, |count| count as usize),
        host_delay: table
            .get("host_delay", |given| span(given, &(Duration::ZERO..=HOUR)))
            .unwrap_or(default.host_delay),
        timeout,
        connect_timeout: part("connect_timeout", default.connect_timeout),
        first_byte_timeout: part("first_byte_timeout", default.first_byte_timeout),
        max_body: table
            .get("max_body", |given| size(given, &(1_000..=1_000_000_000)))
            .unwrap_or(default.max_body),
        max_redirects: table
            .get("max_redirects", |given| given.whole(0..=50))
            .map_or(default.max_redirects, |count| count as usize),
        min_interval: table
            .get("min_interval", |given| span(given, &(MILLI..=YEAR)))
            .unwrap_or(default.min_interval),
        max_interval: table
            .get("max_interval", |given| span(given, &(MILLI..=YEAR)))
            .unwrap_or(default.max_interval),
        robots: table.get("robots", flag).unwrap_or(default.robots),
        websub: table.get("websub", flag).unwrap_or(default.websub),
        allow_networks: table
            .list("allow_networks", r#"["10.0.0.0/8", "::1/128"]"#, |given| {
                given.parse(network)
            })
            .unwrap_or(default.allow_networks),
        patience: default.patience,
    };
    if read.min_interval > read.max_interval {
        let key = if table.has("min_interval") {
            "min_interval"
        } else {
            "max_interval"
        };
        let told = |key, span| {
            let default = if table.has(key) { "" } else { " (the default)" };
            format!("crawler.{key} is {}{default}", units::duration_text(span))
        };
        table.complain(
            key,
            Wrong::new(
                format!(
                    "the shortest interval is longer than the longest: {}, {}",
                    told("min_interval", read.min_interval),
                    told("max_interval", read.max_interval)
                ),
                "raise crawler.max_interval or lower crawler.min_interval",
            ),
        );
    }
    table.finish(nowhere);
    read
}

/// A header value: visible ASCII and spaces (RFC 9110, 5.5).
fn user_agent(given: Given<'_>) -> Result<String, Wrong> {
    let text = given.line(500)?;
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        Ok(text)
    } else {
        Err(Wrong::new(
            format!(
                "{} holds a character that a header may not have",
                quote(&text)
            ),
            r#"use unaccented Latin letters, such as "vesti/1.0 (+https://example.org; office@example.org)""#,
        ))
    }
}

fn search(table: Table<'_>) -> SearchSettings {
    let default = SearchSettings::default();
    let read = SearchSettings {
        writer_memory: table
            .get("writer_memory", |given| {
                size(given, &(15_000_000..=4_000_000_000))
            })
            .unwrap_or(default.writer_memory),
        commit_interval: table
            .get("commit_interval", |given| {
                span(given, &(Duration::ZERO..=Duration::from_mins(1)))
            })
            .unwrap_or(default.commit_interval),
        dictionaries: table
            .list("dictionaries", r#"["/usr/share/hunspell"]"#, |given| {
                given.line(1_000).map(std::path::PathBuf::from)
            })
            .unwrap_or(default.dictionaries),
    };
    table.finish(nowhere);
    read
}

fn digests(table: Table<'_>) -> DigestSettings {
    let default = DigestSettings::default();
    let read = DigestSettings {
        feed_entries: table
            .get("feed_entries", |given| given.whole(1..=1_000))
            .map_or(default.feed_entries, |count| count as usize),
    };
    table.finish(nowhere);
    read
}

fn feeds(table: Table<'_>) -> FeedSettings {
    let read = FeedSettings {
        hub: table.get("hub", |given| given.parse(units::web_address)),
        content: table
            .get("content", |given| {
                given.parse(|text| units::word(text, "content of a feed", &Content::ALL))
            })
            .unwrap_or_default(),
    };
    table.finish(nowhere);
    read
}

fn retention(table: Table<'_>) -> Retention {
    let default = Retention::default();
    let count = |key, range, default| {
        table
            .get(key, |given| given.whole(RangeInclusive::clone(&range)))
            .map_or(default, |count| count as u32)
    };
    let read = Retention {
        visits_days: count("visits_days", 1..=36_500, default.visits_days),
        versions: count("versions", 0..=10_000, default.versions),
        items_days: days(&table, "items_days"),
        withdrawn_days: days(&table, "withdrawn_days"),
        files_days: days(&table, "files_days"),
        editions_days: days(&table, "editions_days"),
    };
    table.finish(nowhere);
    read
}

/// A number of days, or "forever", which is the default.
fn days(table: &Table<'_>, key: &'static str) -> Option<u32> {
    let read = |given: Given<'_>| match given.parse(|text| match text.trim() {
        "forever" => Ok(()),
        _ => Err(Wrong::new("", "")),
    }) {
        Ok(()) => Ok(None),
        Err(_) => given
            .whole(1..=36_500)
            .map(|days| Some(days as u32))
            .map_err(|wrong| {
                Wrong::new(
                    wrong.message,
                    r#"write a number of days from 1 to 36500, or "forever""#,
                )
            }),
    };
    table.get(key, read).flatten()
}

fn backup(table: Table<'_>) -> BackupSettings {
    let default = BackupSettings::default();
    let read = BackupSettings {
        every: table
            .get("every", |given| {
                match given.parse(|text| Ok(text.trim() == "off")) {
                    Ok(true) => Ok(None),
                    _ => span(given, &(HOUR..=YEAR)).map(Some).map_err(|wrong| {
                        Wrong::new(
                            wrong.message,
                            r#"write a duration from 1h to 365d, such as "1d", or "off""#,
                        )
                    }),
                }
            })
            .unwrap_or(default.every),
        keep: table
            .get("keep", |given| given.whole(1..=1_000))
            .map_or(default.keep, |count| count as usize),
        dir: table
            .get("dir", |given| given.line(1_000))
            .map(std::path::PathBuf::from),
    };
    table.finish(nowhere);
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::Document;
    use crate::config::table::{Place, parse};

    #[test]
    fn the_list_for_hints_has_exactly_the_keys_that_are_read() {
        let lines = HOMES.map(|(section, _)| format!("[{section}]\nqqqqqqqqqqqq = 1\n"));
        let document = Document::new("vesti.toml", lines.concat());
        let report = Report::default();
        let parsed = parse(&document, &report).unwrap();
        let place = Place {
            document: &document,
            report: &report,
        };
        read(Table::root(place, &parsed), Environment::default(), &report);
        let problems = report.into_problems().unwrap();
        for ((section, keys), problem) in HOMES.iter().zip(problems.as_slice()) {
            let hint = problem.hint.clone().unwrap();
            let mut read: Vec<&str> = hint
                .strip_prefix("known are ")
                .unwrap()
                .split(", ")
                .collect();
            let mut listed = keys.to_vec();
            read.sort_unstable();
            listed.sort_unstable();
            assert_eq!(read, listed, "{section}");
        }
        assert_eq!(problems.as_slice().len(), HOMES.len());
    }
}
