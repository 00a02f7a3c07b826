//! Listing pages in the styles of the sector's sites, and what they list.
//!
//! `pages/NAME.html` is the page; the first line of `pages/NAME.tsv` its address and that of the next page, each further
//! line an announcement: address, day, title; `-` where there is none. Traps: menus made like the list, further links of an
//! entry, deadlines and events, links that only say “more”, documents, cards without titles on their links.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use url::Url;
use vesti::domain::CanonicalUrl;
use vesti::reading::listing::{self, Listed};

#[derive(Debug, Deserialize)]
struct Floors {
    listings: Measures,
}

#[derive(Debug, Default, Deserialize)]
struct Measures {
    f1: f64,
    titles: f64,
    days: f64,
    next: f64,
}

struct Expected {
    url: Url,
    next: Option<String>,
    /// Day and title by address.
    items: HashMap<String, (Option<String>, String)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/listings/pages")
}

fn given(text: &str) -> Option<String> {
    (text != "-").then(|| text.to_owned())
}

fn expected(file: &Path) -> Expected {
    let text = fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let (url, next) = lines.next().unwrap().split_once('\t').unwrap();
    let items = lines
        .map(|line| {
            let mut parts = line.splitn(3, '\t');
            let url: Url = parts.next().unwrap().parse().unwrap();
            let day = given(parts.next().unwrap());
            let title = parts.next().unwrap().to_owned();
            (key(&url), (day, title))
        })
        .collect();
    Expected {
        url: url.parse().unwrap(),
        next: given(next),
        items,
    }
}

fn key(url: &Url) -> String {
    CanonicalUrl::of(url).as_str().to_owned()
}

fn day(item: &Listed) -> Option<String> {
    let zone = item.published_offset.map_or(TimeZone::UTC, TimeZone::fixed);
    Some(item.published?.to_zoned(zone).date().to_string())
}

#[test]
fn listings_reach_their_floors() {
    let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
    let floors: Floors = toml::from_str(
        &fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/floors.toml"),
        )
        .unwrap(),
    )
    .unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    assert!(files.len() >= 16, "{} pages", files.len());
    let mut sums = Measures::default();
    let (mut found, mut faults) = (0_usize, Vec::new());
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy();
        let expected = expected(file);
        let html = fs::read_to_string(file.with_extension("html")).unwrap();
        let listing = listing::read(&html, &expected.url, now, &TimeZone::UTC);
        let mut right = 0;
        for item in &listing.items {
            let Some((known_day, title)) = expected.items.get(&key(&item.url)) else {
                faults.push(format!("{name}: {} is no announcement", item.url));
                continue;
            };
            right += 1;
            if item.title == *title {
                sums.titles += 1.0;
            } else {
                faults.push(format!("{name}: “{}” for “{title}”", item.title));
            }
            if day(item) == *known_day {
                sums.days += 1.0;
            } else {
                faults.push(format!("{name}: {:?} for {known_day:?}", day(item)));
            }
        }
        found += right;
        let all = listing.items.len() + expected.items.len();
        sums.f1 += if all == 0 {
            1.0
        } else {
            2.0 * right as f64 / all as f64
        };
        if right < expected.items.len() {
            faults.push(format!("{name}: {} missing", expected.items.len() - right));
        }
        let next = listing.next.map(String::from);
        if next == expected.next {
            sums.next += 1.0;
        } else {
            faults.push(format!("{name}: next {next:?} for {:?}", expected.next));
        }
    }
    let pages = files.len() as f64;
    let reached = [
        ("f1", sums.f1 / pages, floors.listings.f1),
        (
            "titles",
            sums.titles / found.max(1) as f64,
            floors.listings.titles,
        ),
        (
            "days",
            sums.days / found.max(1) as f64,
            floors.listings.days,
        ),
        ("next", sums.next / pages, floors.listings.next),
    ];
    for (name, reached, floor) in reached {
        assert!(
            reached + 1e-9 >= floor,
            "{name}: {reached:.3} is below the floor of {floor:.3}\n{}",
            faults.join("\n")
        );
    }
}
