//! When a page was published and changed.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::super::dates::{self, Found};
use super::meta::Meta;
use super::names::{Attr, Name};
use super::tree::Tree;
use crate::domain::Precision;

/// What dates are read by.
pub(super) struct Around<'a> {
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

#[derive(Debug, Default)]
pub(super) struct Dates {
    pub published: Option<Found>,
    pub modified: Option<Found>,
}

/// Most days between what a page shows and a later day in its head for that to be the day of a change.
const MOST_DAYS: i32 = 7;

/// From the head of the page, its markup, the text about its title, and its address, in this order.
pub(super) fn find(
    tree: &Tree,
    meta: &Meta,
    title: Option<usize>,
    url: &Url,
    around: &Around,
) -> Dates {
    let parse = |text: &str| dates::parse(text, meta.lang, around.now, around.zone);
    // What lies ahead is an event or a deadline; a day of grace for wrong zones.
    let past = |found: &Found| found.at <= around.now + SignedDuration::from_hours(36);
    let first = |texts: &[String]| texts.iter().filter_map(|text| parse(text)).find(past);
    let published = first(&meta.published)
        .or_else(|| {
            let dated = first(&meta.dated)?;
            // Where the head's day is the one of a change, the page shows the other.
            let earlier = |found: &Found| {
                found.precision != Precision::Month
                    && (1..=MOST_DAYS).contains(&(day(&dated) - day(found)).get_days())
            };
            let shown = in_text(tree, title);
            let shown = shown.iter().find_map(|text| parse(text));
            Some(shown.filter(earlier).unwrap_or(dated))
        })
        .or_else(|| first(&in_markup(tree, title)))
        .or_else(|| {
            meta.title
                .iter()
                .chain(&meta.og_title)
                .flat_map(|text| text.split(['|', '–', '—', '»', '·']))
                .map(str::trim)
                .filter(|part| part.len() <= 12 && part.len() >= 8)
                .filter_map(parse)
                .find(past)
        })
        .or_else(|| first(&in_text(tree, title)))
        .or_else(|| in_address(url, &parse).filter(past));
    let modified = first(&meta.modified);
    Dates {
        published,
        modified,
    }
}

/// The day that was meant.
fn day(found: &Found) -> Date {
    found.offset.to_datetime(found.at).date()
}

/// `<time>` and `itemprop=datePublished`, those nearest to the title first.
fn in_markup(tree: &Tree, title: Option<usize>) -> Vec<String> {
    let mut found: Vec<(u8, usize, String)> = Vec::new();
    let (mut furniture, mut article) = (0, 0);
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.name == Name::Article {
            article = article.max(node.end);
        }
        // The footer of an article says when it was written; the footer of a page, when the site was made.
        if matches!(node.name, Name::Aside | Name::Nav)
            || (node.name == Name::Footer && index >= article)
        {
            furniture = furniture.max(node.end);
        }
        let property = node.attr(Attr::ItemProp).unwrap_or_default();
        let is_time = node.name == Name::Time;
        let published = property.contains("datePublished")
            || property.contains("dateCreated")
            || node.attr(Attr::Property).is_some_and(|property| {
                [
                    "dc:date",
                    "dc:created",
                    "dcterms:created",
                    "schema:dateCreated",
                    "datePublished",
                ]
                .iter()
                .any(|name| property.contains(name))
            });
        if property.contains("dateModified") || !(is_time || published) {
            continue;
        }
        let class = node.class;
        if class
            .split_ascii_whitespace()
            .any(|class| class == "updated")
            && !class.contains("published")
        {
            continue;
        }
        let text = [Attr::DateTime, Attr::Content, Attr::Title]
            .iter()
            .find_map(|name| node.attr(*name))
            .filter(|text| text.len() > 5)
            .map_or_else(|| tree.text(index), std::borrow::Cow::into_owned);
        let rank = match (
            published,
            node.has(Attr::Pubdate) || class.contains("publish"),
            index < furniture,
        ) {
            (true, _, _) => 0,
            (_, true, _) => 1,
            (_, _, false) => 2,
            (_, _, true) => 3,
        };
        let distance = title.map_or(index, |title| title.abs_diff(index));
        found.push((rank, distance, text));
        if found.len() > 200 {
            break;
        }
    }
    found.sort_by_key(|(rank, distance, _)| (*rank, *distance));
    found
        .into_iter()
        .filter(|(rank, distance, _)| *rank < 2 || *distance < 150)
        .map(|(_, _, text)| text)
        .collect()
}

/// Short pieces of text about the title, or classes that speak of a date.
fn in_text(tree: &Tree, title: Option<usize>) -> Vec<String> {
    let mut found: Vec<(u8, usize, String)> = Vec::new();
    let (mut furniture, mut article) = (0, 0);
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.name == Name::Article {
            article = article.max(node.end);
        }
        // The footer of an article says when it was written; the footer of a page, when the site was made.
        if matches!(node.name, Name::Aside | Name::Nav)
            || (node.name == Name::Footer && index >= article)
        {
            furniture = furniture.max(node.end);
        }
        if index < furniture {
            continue;
        }
        let distance = title.map_or(index, |title| title.abs_diff(index));
        if !node.is_text() {
            let named = [node.class, node.id].into_iter().any(|names| {
                let names = names.to_ascii_lowercase();
                [
                    "date",
                    "published",
                    "posted",
                    "datum",
                    "data-publ",
                    "post-meta",
                    "entry-meta",
                    "submitted",
                    "createdate",
                    "time",
                    "byline",
                ]
                .iter()
                .any(|word| names.contains(word))
                    && ![
                        "update",
                        "calendar",
                        "event",
                        "deadline",
                        "countdown",
                        "validate",
                        "candidate",
                        "sometimes",
                    ]
                    .iter()
                    .any(|word| names.contains(word))
            });
            if named && node.end - index < 40 {
                let text = tree.text(index);
                if text.chars().count() <= 160 {
                    found.push((0, distance, text));
                }
            }
        } else if title.is_some() && distance < 60 {
            let text = node.text.trim();
            let short = text.chars().count() <= 80;
            if short && text.bytes().any(|byte| byte.is_ascii_digit()) {
                // Numbers alone or words of publishing: a sentence may speak of any day.
                found.push((1, distance, text.to_owned()));
            }
        } else if tells_publication(&node.text) {
            found.push((1, distance, node.text.trim().to_owned()));
        }
        if found.len() > 300 {
            break;
        }
    }
    found.sort_by_key(|(rank, distance, _)| (*rank, *distance));
    found
        .into_iter()
        .map(|(_, _, text)| text)
        .filter(|text| !speaks_of_another_day(text))
        .collect()
}

fn tells_publication(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let text = text.to_lowercase();
    [
        "publicat",
        "postat",
        "adăugat",
        "data public",
        "publicēts",
        "pievienots",
        "ievietots",
        "опубликован",
        "дата публикации",
        "размещен",
        "published",
        "posted on",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// Deadlines, events, updates, copyright.
fn speaks_of_another_day(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "termen",
        "până la",
        "pana la",
        "deadline",
        "līdz",
        "срок",
        " до ",
        "perioada",
        "actualizat",
        "modificat",
        "atjaunots",
        "обновлен",
        "updated",
        "copyright",
        "©",
        "eveniment",
        "norises",
        "începe",
        "event date",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// `/2024/07/04/`, `/2024-07-04-title`, `/20240704`; a month only where there is no day.
fn in_address(url: &Url, parse: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let path = url.path();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    for window in parts.windows(2) {
        let year = window[0].len() == 4 && window[0].bytes().all(|byte| byte.is_ascii_digit());
        let month = window[1].len() <= 2 && window[1].bytes().all(|byte| byte.is_ascii_digit());
        if year && month {
            let at = parts
                .iter()
                .position(|part| std::ptr::eq(*part, window[0]))?;
            if let Some(day) = parts
                .get(at + 2)
                .map(|part| part.split('-').next().unwrap_or_default())
                && (1..=2).contains(&day.len())
                && day.bytes().all(|byte| byte.is_ascii_digit())
                && let Some(found) = parse(&format!("{}-{}-{day}", window[0], window[1]))
            {
                return Some(found);
            }
            return parse(&format!("{}-{}-01", window[0], window[1])).map(|found| Found {
                precision: Precision::Month,
                ..found
            });
        }
    }
    parts.iter().rev().find_map(|part| {
        let head = part.get(..10)?;
        let dashed = head.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
        dashed.then(|| parse(head))?
    })
}
