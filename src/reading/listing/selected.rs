//! Listings that somebody wrote selectors for.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::links::resolved;
use super::page::Page;
use super::{Listed, Listing, ListingWay, MAX_ITEMS, base_of, lang_of, next, record};
use crate::domain::{CanonicalUrl, ListingSelectors, MAX_EXCERPT, Precision};
use crate::reading::article::bounds;
use crate::reading::dates;
use crate::reading::text::{clean_line, excerpt};

/// Bytes of text that are gathered from one element.
const MAX_GATHERED: usize = 8_000;

/// Why a listing could not be read by its selectors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListingFault {
    /// It is written wrongly.
    #[error("the listing's selector {name} = {selector:?} is no CSS selector")]
    Invalid {
        /// Its name in the configuration.
        name: &'static str,
        /// The selector.
        selector: String,
    },
    /// Nothing on the page is like that (any more).
    #[error("the listing's selector {name} = {selector:?} matches nothing on the page")]
    Nothing {
        /// Its name in the configuration.
        name: &'static str,
        /// The selector.
        selector: String,
    },
}

struct Part<'a> {
    name: &'static str,
    text: &'a str,
    selector: Selector,
    matched: bool,
}

impl<'a> Part<'a> {
    fn new(name: &'static str, text: &'a str) -> Result<Self, ListingFault> {
        let selector = Selector::parse(text).map_err(|_| ListingFault::Invalid {
            name,
            selector: text.to_owned(),
        })?;
        Ok(Self {
            name,
            text,
            selector,
            matched: false,
        })
    }

    fn optional(
        name: &'static str,
        text: Option<&'a String>,
    ) -> Result<Option<Self>, ListingFault> {
        text.map(|text| Self::new(name, text)).transpose()
    }

    fn first<'b>(&mut self, item: ElementRef<'b>) -> Option<ElementRef<'b>> {
        // The selector may mean the entry itself.
        let found = item
            .select(&self.selector)
            .next()
            .or_else(|| self.selector.matches(&item).then_some(item));
        self.matched |= found.is_some();
        found
    }

    fn nothing(&self) -> ListingFault {
        ListingFault::Nothing {
            name: self.name,
            selector: self.text.to_owned(),
        }
    }
}

/// Reads a listing page by hand-written selectors. A selector that matches nothing in any entry is a fault, told by its
/// name: the site was rebuilt.
pub fn read_selected(
    html: &str,
    url: &Url,
    selectors: &ListingSelectors,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Listing, ListingFault> {
    let item = Part::new("item", &selectors.item)?;
    let mut link = Part::optional("link", selectors.link.as_ref())?;
    let mut title = Part::optional("title", selectors.title.as_ref())?;
    let mut date = Part::optional("date", selectors.date.as_ref())?;
    let mut summary = Part::optional("excerpt", selectors.excerpt.as_ref())?;
    let mut anchor = Part::new("link", "a[href]")?;
    let document = Html::parse_document(&bounds::tamed(html));
    let base = base_of(&document, url);
    let lang = lang_of(&document);
    let mut items: Vec<Listed> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut any = false;
    for element in document.select(&item.selector).take(MAX_ITEMS) {
        any = true;
        let titled = title.as_mut().and_then(|part| part.first(element));
        let linked = match link.as_mut() {
            Some(part) => part.first(element),
            None => titled
                .and_then(|titled| anchor.first(titled))
                .or_else(|| anchor.first(element)),
        };
        let dated = date.as_mut().and_then(|part| part.first(element));
        let said = summary.as_mut().and_then(|part| part.first(element));
        let Some(target) = linked
            .and_then(|linked| {
                linked
                    .attr("href")
                    .or_else(|| anchor.first(linked)?.attr("href"))
            })
            .and_then(|href| resolved(href, &base))
        else {
            continue;
        };
        if !seen.insert(CanonicalUrl::of(&target)) {
            continue;
        }
        let name = [titled, linked]
            .into_iter()
            .flatten()
            .map(text_of)
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        let found = dated.and_then(|dated| {
            let given = dated.attr("datetime").or_else(|| dated.attr("content"));
            given
                .and_then(|given| dates::parse(given, lang, now, zone))
                .or_else(|| dates::parse(&text_of(dated), lang, now, zone))
        });
        items.push(Listed {
            url: target,
            title: record::bounded(&name),
            published: found.map(|found| found.at),
            precision: found.map_or(Precision::None, |found| found.precision),
            published_offset: found.map(|found| found.offset),
            excerpt: said
                .map(|said| excerpt(&text_of(said), MAX_EXCERPT))
                .filter(|text| !text.is_empty()),
            image: None,
        });
    }
    if !any {
        return Err(item.nothing());
    }
    for part in [link, title, date, summary].into_iter().flatten() {
        if !part.matched {
            return Err(part.nothing());
        }
    }
    if items.is_empty() {
        return Err(anchor.nothing());
    }
    let page = Page::of(&document);
    Ok(Listing {
        items,
        next: next::find(&page, &document, &base, url),
        way: ListingWay::Selectors,
    })
}

fn text_of(element: ElementRef) -> String {
    let mut text = String::new();
    for part in element.text() {
        text.push_str(part);
        text.push(' ');
        if text.len() > MAX_GATHERED {
            break;
        }
    }
    clean_line(&text)
}
