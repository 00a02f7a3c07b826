//! Finding out how a source can be read: which ways there are, and which of them is best.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::crawling::Processors;
use crate::crawling::fetch::{Accept, Fetched, Fetcher};
use crate::domain::{Fault, FaultKind, Reason, Remark, Source, Way};
use crate::reading::discovery::{self, FeedLinkKind};
use crate::reading::feed::{self, Feed, wordpress};
use crate::reading::sitemap;

use super::budget::Budget;
use super::read::{as_feed, decoded, hash, listed, read, whole};

/// Most addresses tried as feeds.
const FEEDS: usize = 8;
/// Most further pages of the site looked at for a listing.
const PAGES: usize = 2;
/// Most sitemaps tried.
const SITEMAPS: usize = 3;
/// A feed whose newest entry is older may have been forgotten by its own site…
const STALE: SignedDuration = SignedDuration::from_hours(24 * 90);
/// …and has been where another way shows entries that are newer by this.
const NEWER: SignedDuration = SignedDuration::from_hours(24 * 14);
/// A page with fewer entries is no convincing listing.
const CONVINCING: usize = 3;

/// A way that leads somewhere.
pub struct Found {
    /// Which.
    pub way: Way,
    /// Where: what is remembered.
    pub address: Url,
    /// The document that came.
    pub fetched: Fetched,
    /// What it says.
    pub feed: Feed,
    /// SHA-256 of its body, in hexadecimal.
    pub body_hash: String,
    /// Why this way: follows on “because”.
    pub why: Remark,
}

impl Found {
    /// When its newest entry was published; a date ahead of us tells nothing.
    fn newest(&self, now: Timestamp) -> Option<Timestamp> {
        let published = self.feed.items.iter().filter_map(|item| item.published);
        published.filter(|at| *at <= now).max()
    }
}

/// A way that was tried, for people who want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Which.
    pub way: Way,
    /// Where.
    pub url: Url,
    /// What came of it.
    pub result: Remark,
}

/// What comparing the ways came to.
pub struct Comparison {
    /// The best.
    pub found: Result<Found, Fault>,
    /// All that were tried, in order.
    pub tried: Vec<Tried>,
}

/// Finds the best way to read a source, starting from its page, which was fetched already. Stops as soon as a way is good:
/// a feed that the page names, a feed at a usual address, the interface of WordPress, a listing (on the page itself, then on
/// the site's pages of news), a sitemap. A feed that seems forgotten stands back behind whatever is newer.
pub async fn compare(
    fetcher: &Fetcher,
    processors: &Processors,
    source: &Arc<Source>,
    page: Fetched,
    now: Timestamp,
) -> Comparison {
    compare_without((fetcher, processors), source, page, &[], now).await
}

/// The same, without ways that have failed or that staff has refused.
pub async fn compare_without(
    (fetcher, processors): (&Fetcher, &Processors),
    source: &Arc<Source>,
    page: Fetched,
    avoid: &[(Way, Url)],
    now: Timestamp,
) -> Comparison {
    let page = Arc::new(page);
    let facts = {
        let (page, source) = (page.clone(), source.clone());
        processors
            .compute(move || Facts::of(&page, &source, now))
            .await
    };
    let mut facts = facts;
    let avoided = |way: Way, url: &Url| avoid.iter().any(|(other, at)| *other == way && at == url);
    facts.feeds.retain(|feed| !avoided(Way::Feed, &feed.url));
    facts.news_pages.retain(|url| !avoided(Way::Listing, url));
    let home = source.url.as_ref().unwrap_or(&page.url);
    if avoided(Way::Listing, home) || avoided(Way::Listing, &page.url) {
        facts.listing = None;
    }
    let mut search = Search {
        avoid: avoid.to_vec(),
        budget: Budget::new(fetcher),
        fetcher,
        processors,
        source,
        now,
        page,
        tried: Vec::new(),
    };
    let found = search.best(facts).await;
    Comparison {
        found,
        tried: search.tried,
    }
}

/// What the page itself says of the ways.
struct Facts {
    /// Feeds that it names, and usual addresses.
    feeds: Vec<Candidate>,
    wordpress: Option<Url>,
    listing: Option<Feed>,
    /// The listing was read by selectors that somebody wrote.
    selected: bool,
    news_pages: Vec<Url>,
}

struct Candidate {
    url: Url,
    why: Remark,
    /// A feed of comments or of one tag: better than nothing.
    secondary: bool,
}

impl Facts {
    fn of(page: &Fetched, source: &Source, now: Timestamp) -> Self {
        let html = decoded(page);
        let mut feeds: Vec<Candidate> = discovery::feeds_in(&html, &page.url)
            .into_iter()
            .map(|link| Candidate {
                why: match link.kind {
                    FeedLinkKind::Declared => Remark::FeedNamed,
                    FeedLinkKind::Anchor | FeedLinkKind::Secondary => Remark::FeedLinked,
                },
                secondary: link.kind == FeedLinkKind::Secondary,
                url: link.url,
            })
            .collect();
        for url in discovery::usual_feeds(&html, &page.url) {
            if feeds.iter().all(|known| known.url != url) {
                feeds.push(Candidate {
                    url,
                    why: Remark::FeedUsual,
                    secondary: false,
                });
            }
        }
        feeds.retain(|feed| feed.url != page.url);
        let (listing, _) = listed(&html, &page.url, source, now);
        let selected = source.listing.is_some()
            && listing.way == crate::reading::listing::ListingWay::Selectors;
        Self {
            feeds,
            wordpress: wordpress::root_in(&html, &page.url),
            listing: Some(as_feed(listing, &page.url)).filter(|feed| !feed.items.is_empty()),
            selected,
            news_pages: discovery::news_pages(&html, &page.url),
        }
    }
}

struct Search<'a> {
    budget: Budget<'a>,
    fetcher: &'a Fetcher,
    processors: &'a Processors,
    source: &'a Arc<Source>,
    now: Timestamp,
    page: Arc<Fetched>,
    tried: Vec<Tried>,
    /// Ways that are not to be chosen.
    avoid: Vec<(Way, Url)>,
}

impl Search<'_> {
    async fn best(&mut self, mut facts: Facts) -> Result<Found, Fault> {
        let listing = facts
            .listing
            .take()
            .map(|feed| self.on_page(feed, facts.selected));
        if facts.selected
            && let Some(found) = listing
        {
            return Ok(found);
        }
        let (secondary, feeds): (Vec<_>, Vec<_>) =
            facts.feeds.into_iter().partition(|feed| feed.secondary);
        let mut best = self.feed(feeds).await;
        if best.as_ref().is_some_and(|found| self.is_fresh(found)) {
            return best.ok_or_else(|| self.nothing());
        }
        if let Some(root) = facts.wordpress {
            let found = self.wordpress(&root).await;
            best = self.better(best, found);
            if best.as_ref().is_some_and(|found| self.is_fresh(found)) {
                return best.ok_or_else(|| self.nothing());
            }
        }
        // Whatever a feed that seems forgotten is compared with must show by its dates that it is newer.
        let weak = listing.as_ref().is_none_or(|found| {
            found.feed.items.len() < 2 * CONVINCING || found.newest(self.now).is_none()
        });
        best = self.better(best, listing);
        if weak {
            for url in facts.news_pages.into_iter().take(PAGES) {
                let found = self.listing(&url).await;
                best = self.better(best, found);
            }
        }
        if best
            .as_ref()
            .is_none_or(|found| found.feed.items.len() < CONVINCING)
        {
            let found = self.sitemap().await;
            best = self.better(best, found);
        }
        if best
            .as_ref()
            .is_none_or(|found| found.feed.items.is_empty())
        {
            let found = self.feed(secondary).await;
            best = self.better(best, found);
        }
        best.ok_or_else(|| self.nothing())
    }

    /// The page itself, as a listing.
    fn on_page(&mut self, feed: Feed, selected: bool) -> Found {
        let count = feed.items.len() as u64;
        let fetched = Fetched::clone(&self.page);
        let address = self
            .source
            .url
            .clone()
            .unwrap_or_else(|| fetched.url.clone());
        self.tell(Way::Listing, &address, Remark::Lists { count });
        Found {
            way: Way::Listing,
            address,
            body_hash: hash(&fetched.body),
            fetched,
            feed,
            why: if selected {
                Remark::SelectorsFind { count }
            } else {
                Remark::PageLists { count }
            },
        }
    }

    /// The first feed with entries that are not old; else the best of the others.
    async fn feed(&mut self, feeds: Vec<Candidate>) -> Option<Found> {
        let mut best = None;
        for Candidate { url, why, .. } in feeds.into_iter().take(FEEDS) {
            let fetched = match self.budget.fetch(&url, Accept::Feed).await {
                Ok(fetched) => fetched,
                Err(told) => {
                    self.tell(Way::Feed, &url, told);
                    continue;
                }
            };
            if !feed::looks_like_feed(&fetched.body, fetched.content_type.as_deref()) {
                self.tell(Way::Feed, &url, Remark::NotAFeed);
                continue;
            }
            let found = self.read(Way::Feed, url, fetched, why).await;
            best = self.better(best, found);
            if best.as_ref().is_some_and(|found| self.is_fresh(found)) {
                break;
            }
        }
        best
    }

    async fn wordpress(&mut self, root: &Url) -> Option<Found> {
        let url = wordpress::posts(root, 1, 20);
        if self.is_avoided(Way::Wordpress, &url) {
            return None;
        }
        let fetched = match self.budget.fetch(&url, Accept::Any).await {
            Ok(fetched) if wordpress::looks_like_posts(&fetched.body) => fetched,
            Ok(_) => {
                self.tell(Way::Wordpress, &url, Remark::NotPosts);
                return None;
            }
            Err(told) => {
                self.tell(Way::Wordpress, &url, told);
                return None;
            }
        };
        self.read(Way::Wordpress, url, fetched, Remark::PostsGiven)
            .await
    }

    /// Another page of the site, as a listing.
    async fn listing(&mut self, url: &Url) -> Option<Found> {
        match self.budget.fetch(url, Accept::Page).await {
            Ok(fetched) => {
                let why = Remark::NewsPageLists;
                self.read(Way::Listing, url.clone(), fetched, why).await
            }
            Err(told) => {
                self.tell(Way::Listing, url, told);
                None
            }
        }
    }

    /// The sitemaps that robots.txt names, else those at the usual addresses.
    async fn sitemap(&mut self) -> Option<Found> {
        let base = self.page.url.clone();
        let mut named = Vec::new();
        if let Ok(robots) = base.join("/robots.txt")
            && let Ok(fetched) = self.budget.fetch(&robots, Accept::Any).await
        {
            named = sitemap::named_in(&String::from_utf8_lossy(&fetched.body), &robots);
        }
        let from_robots = !named.is_empty();
        if !from_robots {
            named = sitemap::usual(&base);
        }
        named.retain(|url| !self.is_avoided(Way::Sitemap, url));
        for url in named.into_iter().take(SITEMAPS) {
            let fetched = match self.budget.fetch(&url, Accept::Any).await {
                Ok(fetched) => fetched,
                Err(told) => {
                    self.tell(Way::Sitemap, &url, told);
                    continue;
                }
            };
            match whole(
                self.fetcher,
                self.processors,
                self.source,
                &fetched,
                self.now,
            )
            .await
            {
                Ok((feed, body_hash)) if !feed.items.is_empty() => {
                    let count = feed.items.len() as u64;
                    self.tell(Way::Sitemap, &url, Remark::Names { count });
                    return Some(Found {
                        way: Way::Sitemap,
                        address: url,
                        fetched,
                        feed,
                        body_hash,
                        why: if from_robots {
                            Remark::SitemapNamed
                        } else {
                            Remark::SitemapUsual
                        },
                    });
                }
                Ok(_) => self.tell(Way::Sitemap, &url, Remark::NamesNone),
                Err(fault) => self.tell(Way::Sitemap, &url, failed(fault)),
            }
        }
        None
    }

    async fn read(
        &mut self,
        way: Way,
        address: Url,
        fetched: Fetched,
        why: Remark,
    ) -> Option<Found> {
        let (source, now) = (self.source.clone(), self.now);
        let (read, fetched) = self
            .processors
            .compute(move || (read(way, &fetched, &source, now), fetched))
            .await;
        match read {
            Ok(reading) => {
                let count = reading.feed.items.len() as u64;
                let found = Found {
                    way,
                    address,
                    body_hash: hash(&fetched.body),
                    fetched,
                    feed: reading.feed,
                    why,
                };
                let told = match found.newest(self.now) {
                    Some(newest) => {
                        let zone = self.source.country.time_zone();
                        let newest = newest.to_zoned(zone).date();
                        Remark::HasSince { count, newest }
                    }
                    None => Remark::Has { count },
                };
                self.tell(way, &found.address, told);
                Some(found)
            }
            Err(fault) => {
                self.tell(way, &address, failed(fault));
                None
            }
        }
    }

    /// Whether nothing speaks for looking further: it has entries, and they are not all old.
    fn is_fresh(&self, found: &Found) -> bool {
        !found.feed.items.is_empty()
            && found
                .newest(self.now)
                .is_none_or(|newest| self.now.duration_since(newest) < STALE)
    }

    fn is_avoided(&self, way: Way, url: &Url) -> bool {
        self.avoid
            .iter()
            .any(|(other, at)| *other == way && at == url)
    }

    fn tell(&mut self, way: Way, url: &Url, result: Remark) {
        self.tried.push(Tried {
            way,
            url: url.clone(),
            result: result.clean(),
        });
    }

    fn nothing(&mut self) -> Fault {
        self.budget.busy.take().unwrap_or_else(|| {
            let url = self.page.url.to_string();
            Fault::because(FaultKind::NothingListed, Reason::NothingFound { url })
        })
    }

    /// Of two ways the one that came first, unless it has nothing, is a page with hardly anything, or the other is plainly
    /// newer.
    fn better(&self, one: Option<Found>, other: Option<Found>) -> Option<Found> {
        let (one, other) = match (one, other) {
            (Some(one), Some(other)) => (one, other),
            (one, other) => return one.or(other),
        };
        let (before, after) = (one.feed.items.len(), other.feed.items.len());
        let newer = match (one.newest(self.now), other.newest(self.now)) {
            (Some(one), Some(other)) => other.duration_since(one) > NEWER,
            // Among listings, the one that tells dates tells more.
            (None, Some(_)) => one.way == Way::Listing && after >= before.min(CONVINCING),
            _ => false,
        };
        let fuller = (before == 0 && after > 0)
            || (one.way.is_bare() && before < CONVINCING && after >= CONVINCING);
        Some(if newer || fuller { other } else { one })
    }
}

fn failed(fault: Fault) -> Remark {
    Remark::Failed { why: *fault.reason }
}
