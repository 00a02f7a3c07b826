//! Listing pages: the announcements that a news index or a home page lists, without any rule for the site.
//!
//! Links of the same shape (the way of tags that leads to them, their classes) make groups; each group is judged by the
//! titles, dates, texts and pictures around its links and by its addresses; the best group and those like it are the list.

mod choose;
mod frame;
mod group;
mod jsonld;
mod links;
mod lists;
mod next;
mod page;
mod record;
mod selected;
mod when;
mod words;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use scraper::Html;
use url::Url;

pub use selected::{ListingFault, read_selected};

use super::article::bounds;
use super::sitemap::title_of;
use crate::domain::{CanonicalUrl, Draft, Language, Precision};

/// An announcement as a listing shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Where it is, as the page says; without a fragment.
    pub url: Url,
    /// Its title, clean and bounded as in [`Draft`]; empty only where nothing can be had.
    pub title: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// How exactly that is known.
    pub precision: Precision,
    /// The offset that `published` was written with, or that the zone had then.
    pub published_offset: Option<Offset>,
    /// What the listing says of it, at most [`crate::domain::MAX_EXCERPT`].
    pub excerpt: Option<String>,
    /// A picture.
    pub image: Option<Url>,
}

/// How a listing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListingWay {
    /// By selectors that somebody wrote.
    Selectors,
    /// By the page's own data (schema.org in JSON-LD).
    JsonLd,
    /// By its markup.
    Markup,
}

/// What a page lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The announcements, in the page's order.
    pub items: Vec<Listed>,
    /// The next (older) page of the same listing.
    pub next: Option<Url>,
    /// How it was read.
    pub way: ListingWay,
}

/// A list in what is called a frame has at least so many.
const LEAST_UNNAMED: usize = 3;
/// Most announcements of one page.
const MAX_ITEMS: usize = 500;

impl Listed {
    /// As a draft: its page is still to be fetched.
    #[must_use]
    pub fn into_draft(self) -> Draft {
        Draft {
            guid: None,
            // Until its page says it.
            title: if self.title.is_empty() {
                title_of(&self.url)
            } else {
                self.title
            },
            author: None,
            html: None,
            text: String::new(),
            summary: self.excerpt,
            published: self.published,
            precision: self.precision,
            updated: None,
            lang_hint: None,
            image: self.image,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: true,
            url: Some(self.url),
        }
    }
}

/// Reads a listing page; no items where it lists nothing. `zone` is what dates without one are in.
#[must_use]
pub fn read(html: &str, url: &Url, now: Timestamp, zone: &TimeZone) -> Listing {
    let document = Html::parse_document(&bounds::tamed(html));
    let page = page::Page::of(&document);
    let base = base_of(&document, url);
    let lang = lang_of(&document);
    let around = when::Around { now, zone, lang };
    let (said, order) = jsonld::read(&document, &base);
    let mut found = entries(&page, url, &base, &around, &order, true);
    if found.is_empty() {
        // Names may mislead: a list of newsletters, the news of partners.
        found = entries(&page, url, &base, &around, &order, false);
        if found.len() < LEAST_UNNAMED {
            found.clear();
        }
    }
    let from_data = found.iter().filter(|(_, declared)| *declared).count();
    let mut way = if from_data * 2 > found.len() {
        ListingWay::JsonLd
    } else {
        ListingWay::Markup
    };
    let mut items: Vec<Listed> = found
        .into_iter()
        .map(|(listed, _)| listed)
        .take(MAX_ITEMS)
        .collect();
    for item in &mut items {
        if let Some(said) = said.get(CanonicalUrl::of(&item.url).as_str()) {
            supplement(item, said, &around);
        }
    }
    if items.is_empty() && order.len() >= 3 {
        way = ListingWay::JsonLd;
        items = from_data_alone(&order, &said, &around);
    }
    Listing {
        items,
        next: next::find(&page, &document, &base, url),
        way,
    }
}

/// The entries that the markup shows, each with whether the page's data list it as well; `named` as for [`frame::parts`].
fn entries(
    page: &page::Page,
    url: &Url,
    base: &Url,
    around: &when::Around,
    order: &[String],
    named: bool,
) -> Vec<(Listed, bool)> {
    let parts = frame::parts(page, named);
    let (links, keys) = links::collect(page, &parts, base, url);
    // What the page's data list counts where it agrees with the links that people see.
    let linked = order.iter().filter(|key| keys.contains_key(*key)).count();
    let agrees = order.len() >= 3 && linked * 10 >= order.len() * 6;
    let declared: rustc_hash::FxHashSet<usize> = order
        .iter()
        .filter(|_| agrees)
        .filter_map(|key| keys.get(key).copied())
        .collect();
    let ground = group::Ground {
        page,
        links: &links,
        url,
        base,
        around,
        declared: &declared,
        contents: group::Contents::default(),
    };
    choose::entries(group::all(&ground))
        .into_iter()
        .map(|entry| (entry.listed, declared.contains(&entry.key)))
        .collect()
}

/// What the markup did not show and the page's data say.
fn supplement(item: &mut Listed, said: &jsonld::Declared, around: &when::Around) {
    let exact = item.precision != Precision::Second;
    if exact
        && let Some(found) = said
            .published
            .as_deref()
            .and_then(|text| around.parse(text))
    {
        item.published = Some(found.at);
        item.precision = found.precision;
        item.published_offset = Some(found.offset);
    }
}

/// A list that only the page's data have.
fn from_data_alone(
    order: &[String],
    said: &rustc_hash::FxHashMap<String, jsonld::Declared>,
    around: &when::Around,
) -> Vec<Listed> {
    order
        .iter()
        .filter_map(|key| said.get(key))
        .filter_map(|said| {
            let mut item = Listed {
                url: said.url.clone()?,
                title: record::bounded(said.title.as_deref()?),
                published: None,
                precision: Precision::None,
                published_offset: None,
                excerpt: None,
                image: None,
            };
            supplement(&mut item, said, around);
            Some(item)
        })
        .take(MAX_ITEMS)
        .collect()
}

/// What relative addresses are relative to.
fn base_of(document: &Html, url: &Url) -> Url {
    document
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element())
        .find(|element| element.name() == "base" && element.attr("href").is_some())
        .and_then(|element| {
            url.join(element.attr("href").unwrap_or_default().trim())
                .ok()
        })
        .filter(|base| matches!(base.scheme(), "http" | "https"))
        .unwrap_or_else(|| url.clone())
}

/// The language that the page claims.
fn lang_of(document: &Html) -> Option<Language> {
    document
        .root_element()
        .attr("lang")
        .and_then(Language::from_tag)
}

#[cfg(test)]
mod tests;
