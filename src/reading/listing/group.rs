//! Links of the same shape, and how much each group of them looks like a list of announcements.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};
use url::Url;

use super::frame::Part;
use super::links::{self, Link};
use super::lists;
use super::page::Page;
use super::record::{self, Record};
use super::when::{self, Around};
use super::words::{self, BAD_HEADINGS, ENTRY, GOOD_HEADINGS, folded, has_word, speaks_of};
use super::{Listed, MAX_ITEMS};
use crate::domain::Precision;
use crate::reading::dates::Found;

/// Groups that are looked at, those with the most text first.
const MAX_GROUPS: usize = 120;
/// Links that are looked at closely, of all groups together.
const MAX_ENTRIES: usize = 2_000;

/// An entry of a group.
pub(super) struct Entry {
    pub key: usize,
    /// The node of the link.
    pub node: usize,
    pub record: Record,
    /// The link itself says what it leads to.
    pub spoken: bool,
    /// How much it looks like an announcement.
    pub score: f64,
    pub listed: Listed,
}

/// A list of entries.
pub(super) struct Group {
    pub entries: Vec<Entry>,
    /// The mean of their scores.
    pub quality: f64,
    /// The way of tags, for finding kin.
    pub path: u64,
    pub part: Part,
    /// Most of them lead to other sites.
    pub foreign: bool,
}

/// What entries are judged by.
pub(super) struct Ground<'a> {
    pub page: &'a Page<'a>,
    pub links: &'a [Link],
    pub url: &'a Url,
    pub base: &'a Url,
    pub around: &'a Around<'a>,
    /// Addresses that the page's own data list as articles.
    pub declared: &'a FxHashSet<usize>,
    /// What was read before.
    pub contents: Contents,
}

/// Makes the groups of a page.
pub(super) fn all(ground: &Ground) -> Vec<Group> {
    let mut by_shape: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, link) in ground.links.iter().enumerate() {
        if link.part != Part::Frame && !link.sentence && !link.second {
            by_shape.entry(link.shape).or_default().push(at);
        }
    }
    let mut shapes: Vec<Vec<usize>> = by_shape
        .into_values()
        .flat_map(|members| lists::parted(ground.page, ground.links, members))
        .collect();
    let weight = |members: &[usize]| -> usize {
        members
            .iter()
            .map(|at| 10 + ground.links[*at].text.len().min(120))
            .sum()
    };
    shapes.sort_by_cached_key(|members| (std::cmp::Reverse(weight(members)), members[0]));
    shapes.truncate(MAX_GROUPS);
    let mut left = MAX_ENTRIES;
    for members in &mut shapes {
        members.truncate(left.min(MAX_ITEMS));
        left -= members.len();
    }
    shapes.retain(|members| !members.is_empty());
    let strong: Vec<(usize, usize)> = ground
        .links
        .iter()
        .filter(|link| is_strong(link))
        .map(|link| (link.node, link.key))
        .collect();
    let mut by_key: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (at, link) in ground.links.iter().enumerate() {
        by_key.entry(link.key).or_default().push(at);
    }
    shapes
        .iter()
        .filter_map(|members| group(ground, members, &strong, &by_key))
        .collect()
}

/// A link that could be a title.
pub(super) fn is_strong(link: &Link) -> bool {
    link.part != Part::Frame
        && !link.sentence
        && !link.mute
        && !words::is_never(&link.text)
        && (link.heading && link.text.chars().count() >= 8
            || link.text.chars().count() >= 20 && link.text.split_whitespace().count() >= 3)
}

fn group(
    ground: &Ground,
    members: &[usize],
    strong: &[(usize, usize)],
    by_key: &FxHashMap<usize, Vec<usize>>,
) -> Option<Group> {
    let page = ground.page;
    // The first link to each address.
    let mut seen = FxHashSet::default();
    let firsts: Vec<usize> = members
        .iter()
        .copied()
        .filter(|at| seen.insert(ground.links[*at].key))
        .collect();
    let marks: Vec<(usize, usize)> = firsts
        .iter()
        .map(|at| (ground.links[*at].node, ground.links[*at].key))
        .collect();
    let all_marks: Vec<(usize, usize)> = members
        .iter()
        .map(|at| (ground.links[*at].node, ground.links[*at].key))
        .collect();
    let stops = if firsts.len() >= 3 {
        &all_marks
    } else {
        strong
    };
    let records = record::around(page, &marks, stops);
    let before = records
        .first()
        .is_some_and(|first| first.flat && dates_stand_before(page, &records, ground.around));
    let mut entries = Vec::with_capacity(firsts.len());
    for (at, record) in firsts.iter().zip(&records) {
        let link = &ground.links[*at];
        let own: Vec<&Link> = by_key
            .get(&link.key)
            .into_iter()
            .flatten()
            .map(|at| &ground.links[*at])
            .filter(|other| (record.from..record.to).contains(&other.node))
            .take(8)
            .collect();
        entries.push(entry(ground, link, &own, *record, before));
    }
    // The same words again and again are buttons.
    let mut titles: Vec<String> = entries
        .iter()
        .map(|entry| entry.listed.title.to_lowercase())
        .collect();
    titles.sort_unstable();
    titles.dedup();
    let variety = titles.len() as f64 / entries.len().max(1) as f64;
    // Categories and authors come again; announcements seldom do.
    let worded = members.iter().filter(|at| !ground.links[**at].mute).count();
    let again = worded as f64 / firsts.len() as f64;
    let mut quality =
        entries.iter().map(|entry| entry.score).sum::<f64>() / entries.len().max(1) as f64;
    quality -= (1.0 - variety) * 4.0;
    if firsts.len() >= 2 && again >= 1.8 && !ground.links[members[0]].heading {
        quality -= 1.0;
    }
    let top = records.first()?;
    quality += heading_over(page, top);
    if firsts.len() >= 4 {
        quality += 0.5;
    }
    // A long list of long titles needs no more to be one.
    let letters: usize = entries
        .iter()
        .map(|entry| entry.listed.title.chars().count().min(60))
        .sum();
    if firsts.len() >= 4 && letters >= firsts.len() * 30 {
        quality += 0.5;
    }
    let dated = entries
        .iter()
        .filter(|entry| entry.listed.published.is_some())
        .count();
    if firsts.len() >= 3 && dated * 10 >= firsts.len() * 8 {
        quality += 0.7;
    }
    let part = ground.links[members[0]].part;
    if part == Part::Aside {
        quality -= 2.0;
    }
    let foreign = firsts
        .iter()
        .filter(|at| !links::same_site(&ground.links[**at].url, ground.url))
        .count();
    Some(Group {
        quality,
        path: page.nodes[ground.links[members[0]].node].path,
        part,
        foreign: foreign * 2 > firsts.len(),
        entries,
    })
}

/// Whether in a list without boxes the dates stand before the titles: one does before the first.
fn dates_stand_before(page: &Page, records: &[Record], around: &Around) -> bool {
    let dated = |from: usize, to: usize| {
        record::lines(page, from, to)
            .iter()
            .any(|line| around.alone(line).is_some())
    };
    let Some(first) = records.first() else {
        return false;
    };
    let last = records.last().unwrap_or(first);
    dated(first.from, first.top) || records.len() > 1 && !dated(page.nodes[last.top].end, last.to)
}

fn entry(ground: &Ground, link: &Link, own: &[&Link], record: Record, before: bool) -> Entry {
    let page = ground.page;
    let (title, titled) = record::title(page, &record, own, ground.around);
    let mut title = record::bounded(&title);
    // “12.03.2026 – Announcement …” in one link.
    let leading = when::leading(&title, ground.around)
        .map(|(found, rest)| (found, rest.to_owned()))
        .filter(|(_, rest)| rest.chars().filter(|c| c.is_alphabetic()).count() >= 8);
    if let Some((_, rest)) = &leading {
        title.clone_from(rest);
    }
    let content = content(ground, &record, &title, before);
    let shown = content.date.or(leading.map(|(found, _)| found));
    let date = shown.or_else(|| when::in_address(&link.url, ground.around));
    let summary = record::summary(&content.lines, &title);
    let image = content.image.clone();
    let length = title.chars().count();
    let mut score = match length {
        0..8 => -1.0,
        8..15 => 0.0,
        15..25 => 1.0,
        25..40 => 2.0,
        _ => 2.5,
    };
    let words = title.split_whitespace().count();
    if words <= 2 {
        score -= 0.5;
    }
    if titled {
        score += 1.0;
    }
    if shown.is_some() {
        score += 1.5;
    } else if date.is_some() {
        score += 0.5;
    }
    if summary.is_some() {
        score += 0.7;
    }
    if image.is_some() {
        score += 0.3;
    }
    if is_entry(page, record.top, link.node) {
        score += 0.7;
    }
    score += links::articlelike(&link.url) * 0.7;
    let document = links::leads_to_document(&link.url);
    let own_site = links::same_site(&link.url, ground.url);
    if own_site && below(&link.url, ground.url) {
        score += 0.7;
    }
    if document {
        score -= 0.3;
    }
    if !own_site {
        score -= 2.0;
    }
    if links::is_never_path(&link.url) {
        score -= 3.0;
    }
    if title.is_empty() || words::is_never(&title) || ground.around.alone(&title).is_some() {
        score -= 3.0;
    }
    if ground.declared.contains(&link.key) {
        score += 2.0;
    }
    Entry {
        key: link.key,
        node: link.node,
        record,
        spoken: is_strong(link) && link.text.chars().count() >= 20,
        score,
        listed: Listed {
            url: link.url.clone(),
            title,
            published: date.map(|found| found.at),
            precision: date.map_or(Precision::None, |found| found.precision),
            published_offset: date.map(|found| found.offset),
            excerpt: summary,
            image,
        },
    }
}

/// What stands in an entry, whichever of its links is looked at.
pub(super) struct Content {
    date: Option<Found>,
    lines: Vec<String>,
    image: Option<Url>,
}

/// The contents of entries by where they begin and end.
pub(super) type Contents = RefCell<FxHashMap<(usize, usize, usize), Rc<Content>>>;

fn content(ground: &Ground, record: &Record, title: &str, before: bool) -> Rc<Content> {
    let place = (record.from, record.top, record.to);
    if let Some(known) = ground.contents.borrow().get(&place) {
        return Rc::clone(known);
    }
    let page = ground.page;
    let start = if record.flat { record.top } else { record.from };
    let content = Rc::new(Content {
        date: when::shown(page, record, title, before, ground.around),
        lines: record::lines(page, start, record.to),
        image: record::picture(page, record, ground.base),
    });
    ground
        .contents
        .borrow_mut()
        .insert(place, Rc::clone(&content));
    content
}

/// Whether the markup calls it an entry.
fn is_entry(page: &Page, top: usize, link: usize) -> bool {
    let called = |at: usize| {
        let node = &page.nodes[at];
        node.name() == "article"
            || node
                .attr("itemtype")
                .is_some_and(|kind| kind.contains("Article") || kind.contains("Posting"))
            || node
                .attr("class")
                .is_some_and(|class| speaks_of(class, &ENTRY))
    };
    called(top)
        || page.above(top).take(2).any(called)
        || page
            .above(link)
            .take_while(|at| *at > top)
            .take(4)
            .any(called)
}

/// Below the listing's own folder: `/news/title` on `/news/`.
fn below(url: &Url, listing: &Url) -> bool {
    let folder = listing.path().trim_end_matches('/');
    folder.len() > 1
        && url
            .path()
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/') && rest.len() > 1)
}

/// What the last heading before a list says of it.
fn heading_over(page: &Page, first: &Record) -> f64 {
    let heading = (first.top.saturating_sub(60)..first.top).rev().find(|at| {
        let node = &page.nodes[*at];
        let named = node.name() != "a"
            && node
                .attr("class")
                .is_some_and(|class| has_word(class, &["title", "heading", "header", "titlu"]));
        (node.heading().is_some() || named)
            && node.end <= first.top
            && (3..60).contains(&node.chars)
    });
    let Some(heading) = heading else {
        return 0.0;
    };
    let text = folded(&page.text_of(heading));
    if BAD_HEADINGS.iter().any(|word| text.starts_with(word)) {
        -2.5
    } else if text.split(' ').any(|word| GOOD_HEADINGS.contains(word)) {
        0.7
    } else {
        0.0
    }
}
