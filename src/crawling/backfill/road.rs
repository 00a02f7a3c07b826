//! Which way leads back through a source's archive, and one step on it.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::crawling::fetch::{Accept, Fetched, Request};
use crate::crawling::shared::Shared;
use crate::crawling::ways;
use crate::domain::{Draft, Fault, Source, SourceState, Way};
use crate::reading::discovery;
use crate::reading::feed::wordpress;
use crate::reading::listing;
use crate::reading::sitemap::{self, Sitemap};
use crate::store::Backfill;

use super::BackfillError;

/// Posts asked for at once: the most that WordPress gives.
const POSTS: u32 = 100;
/// Most announcements of one sitemap: the protocol allows no more.
const MOST: usize = 50_000;

/// What a document of an archive holds.
pub(super) struct Step {
    /// Its announcements.
    pub drafts: Vec<Draft>,
    /// Where the older ones are.
    pub next: Vec<Url>,
}

/// Finds the way back.
pub(super) async fn begin(
    shared: &Shared,
    source: &Arc<Source>,
    state: &SourceState,
    since: Option<Timestamp>,
) -> Result<Backfill, BackfillError> {
    let begun = |way: Way, next: Vec<Url>, page: u32| Backfill {
        way,
        next,
        page,
        since,
        read: 0,
        added: 0,
    };
    let Some(home) = source.url.clone().or_else(|| state.address.clone()) else {
        return Err(BackfillError::NoArchive("the source has no address".into()));
    };
    let page = fetch(shared, &home, Accept::Page).await.ok();
    let html = match &page {
        Some(page) => text(shared, page).await,
        None => String::new(),
    };
    let base = page.as_ref().map_or(&home, |page| &page.url);
    if let Some(first) = posts(shared, source, state, &html, base).await {
        return Ok(begun(Way::Wordpress, vec![first], 1));
    }
    if let Some(second) = paged(shared, source, state).await {
        return Ok(begun(Way::Feed, vec![second], 2));
    }
    // The listing in use, else the page that staff gave, else the site's page of news.
    let mut pages = Vec::new();
    pages.extend(state.address.clone().filter(|_| state.way == Way::Listing));
    pages.push(home.clone());
    pages.extend(discovery::news_pages(&html, base).into_iter().take(2));
    let mut seen = HashSet::new();
    for url in pages {
        if !seen.insert(url.clone()) {
            continue;
        }
        let Ok(fetched) = fetch(shared, &url, Accept::Page).await else {
            continue;
        };
        let (_, next) = listed(shared, source, &fetched).await;
        if next.is_some() {
            return Ok(begun(Way::Listing, vec![url], 1));
        }
    }
    if let Some(parts) = sitemaps(shared, source, state, base).await {
        return Ok(begun(Way::Sitemap, parts, 1));
    }
    Err(BackfillError::NoArchive(format!(
        "{home} has neither WordPress's interface, nor numbered feeds, nor further pages of its listing, nor a sitemap"
    )))
}

/// Reads one document.
pub(super) async fn step(
    shared: &Shared,
    source: &Arc<Source>,
    progress: &Backfill,
    url: &Url,
) -> Result<Step, Fault> {
    let accept = match progress.way {
        Way::Feed => Accept::Feed,
        Way::Listing => Accept::Page,
        Way::Wordpress | Way::Sitemap => Accept::Any,
    };
    let fetched = fetch(shared, url, accept).await?;
    let now = shared.clock.now();
    if progress.way == Way::Listing {
        let (drafts, next) = listed(shared, source, &fetched).await;
        return Ok(Step {
            drafts,
            next: next.into_iter().collect(),
        });
    }
    let (way, reader) = (progress.way, source.clone());
    let (source, address) = (source.clone(), url.clone());
    let drafts = shared
        .compute(move || match way {
            Way::Sitemap => {
                let around = source.url.as_ref().unwrap_or(&address);
                let pages = match ways::pages(&fetched, &source, now)? {
                    Sitemap::Pages(pages) => pages,
                    Sitemap::Index(_) => Vec::new(),
                };
                Ok(sitemap::announcements(pages, around, MOST).items)
            }
            way => ways::read(way, &fetched, &reader, now).map(|reading| reading.feed.items),
        })
        .await?;
    let next = match progress.way {
        _ if drafts.is_empty() => None,
        Way::Wordpress => Some(numbered(url, "page", progress.page + 1)),
        Way::Feed => Some(numbered(url, "paged", progress.page + 1)),
        Way::Listing | Way::Sitemap => None,
    };
    Ok(Step {
        drafts,
        next: next.into_iter().collect(),
    })
}

/// The first page of posts, where the site's WordPress gives them.
async fn posts(
    shared: &Shared,
    source: &Arc<Source>,
    state: &SourceState,
    html: &str,
    base: &Url,
) -> Option<Url> {
    let first = if let Some(root) = wordpress::root_in(html, base) {
        wordpress::posts(&root, 1, POSTS)
    } else {
        let in_use = state.address.as_ref();
        let address = in_use.filter(|_| state.way == Way::Wordpress)?;
        numbered(&numbered(address, "per_page", POSTS), "page", 1)
    };
    let fetched = fetch(shared, &first, Accept::Any).await.ok()?;
    let (source, now) = (source.clone(), shared.clock.now());
    let some = shared
        .compute(move || {
            ways::read(Way::Wordpress, &fetched, &source, now)
                .is_ok_and(|reading| !reading.feed.items.is_empty())
        })
        .await;
    some.then_some(first)
}

/// The second page of the feed, where it has one that is not the first again.
async fn paged(shared: &Shared, source: &Arc<Source>, state: &SourceState) -> Option<Url> {
    let address = state.feed()?;
    let second = numbered(address, "paged", 2);
    let mut entries = Vec::new();
    for url in [address, &second] {
        let fetched = fetch(shared, url, Accept::Feed).await.ok()?;
        let (source, now) = (source.clone(), shared.clock.now());
        let urls: HashSet<Url> = shared
            .compute(move || ways::read(Way::Feed, &fetched, &source, now))
            .await
            .ok()?
            .feed
            .items
            .into_iter()
            .filter_map(|item| item.url)
            .collect();
        entries.push(urls);
    }
    let more = !entries[1].is_empty() && !entries[1].is_subset(&entries[0]);
    more.then_some(second)
}

/// The sitemaps that name announcements: the parts of a list, or the one that there is.
async fn sitemaps(
    shared: &Shared,
    source: &Arc<Source>,
    state: &SourceState,
    base: &Url,
) -> Option<Vec<Url>> {
    let mut named: Vec<Url> = state
        .address
        .clone()
        .filter(|_| state.way == Way::Sitemap)
        .into_iter()
        .collect();
    if let Ok(robots) = base.join("/robots.txt")
        && let Ok(fetched) = fetch(shared, &robots, Accept::Any).await
    {
        named.extend(sitemap::named_in(
            &String::from_utf8_lossy(&fetched.body),
            &robots,
        ));
    }
    named.extend(sitemap::usual(base));
    let mut seen = HashSet::new();
    for url in named
        .into_iter()
        .filter(|url| seen.insert(url.clone()))
        .take(5)
    {
        let Ok(fetched) = fetch(shared, &url, Accept::Any).await else {
            continue;
        };
        let (source, now) = (source.clone(), shared.clock.now());
        let around = base.clone();
        let parts = shared
            .compute(move || match ways::pages(&fetched, &source, now) {
                Ok(Sitemap::Index(children)) => sitemap::likely_children(children),
                Ok(Sitemap::Pages(pages)) => {
                    let some = !sitemap::announcements(pages, &around, 1).items.is_empty();
                    some.then_some(url).into_iter().collect()
                }
                Err(_) => Vec::new(),
            })
            .await;
        if !parts.is_empty() {
            return Some(parts);
        }
    }
    None
}

async fn listed(
    shared: &Shared,
    source: &Arc<Source>,
    fetched: &Fetched,
) -> (Vec<Draft>, Option<Url>) {
    let (fetched, source, now) = (fetched.clone(), source.clone(), shared.clock.now());
    shared
        .compute(move || {
            let (listing, _) = ways::listed(&ways::decoded(&fetched), &fetched.url, &source, now);
            let drafts = listing
                .items
                .into_iter()
                .map(listing::Listed::into_draft)
                .collect();
            (drafts, listing.next)
        })
        .await
}

async fn text(shared: &Shared, fetched: &Fetched) -> String {
    let fetched = fetched.clone();
    shared.compute(move || ways::decoded(&fetched)).await
}

async fn fetch(shared: &Shared, url: &Url, accept: Accept) -> Result<Fetched, Fault> {
    let request = Request {
        url: url.clone(),
        validators: None,
        accept,
    };
    shared.fetcher.fetch(&request).await
}

/// The address with a parameter set to a number.
fn numbered(url: &Url, name: &str, number: u32) -> Url {
    let others: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(known, _)| known != name)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut url = url.clone();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair(name, &number.to_string());
    url
}
