//! Going a way that is known: one document, fetched and read as what it is.

use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use crate::crawling::Processors;
use crate::crawling::fetch::{Accept, Fetched, Fetcher, Request};
use crate::domain::{Fault, FaultKind, Reason, Remark, SignKind, Source, Validators, Way};
use crate::reading::charset::{self, Markup};
use crate::reading::feed::{self, Feed, FeedFault, wordpress};
use crate::reading::listing::{self, Listing, ListingFault};
use crate::reading::signs::sign_of;
use crate::reading::sitemap::{self, Page, Sitemap, SitemapFault};

use super::compare::Found;

/// Most parts of a sitemap that are read in one visit.
const PARTS: usize = 2;

/// Most announcements taken of a sitemap in one visit, the newest.
const MOST: usize = 100;

/// What a look came to.
pub enum Look {
    /// Nothing changed since the validators were given.
    NotModified(Box<Fetched>),
    /// A document.
    Document(Box<Looked>),
}

/// A document that was looked at.
pub struct Looked {
    /// As it came.
    pub fetched: Fetched,
    /// What it says; `None` where it is byte for byte what it was (`body_hash`).
    pub reading: Option<Reading>,
    /// SHA-256 of its body, in hexadecimal.
    pub body_hash: String,
}

/// Why a look came to nothing.
pub struct Failed {
    /// What went wrong.
    pub fault: Fault,
    /// What came in place of what was expected, where it may be a page that knows another way.
    pub page: Option<Box<Fetched>>,
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self { fault, page: None }
    }
}

/// What a document says.
pub struct Reading {
    /// Its entries, in the shape that all ways share.
    pub feed: Feed,
    /// What staff should know of how it was read.
    pub note: Option<Remark>,
}

impl From<Feed> for Reading {
    fn from(feed: Feed) -> Self {
        Self { feed, note: None }
    }
}

/// Fetches `address` and reads it in the given way. `validators` and `body_hash` are those of the last copy.
pub async fn look(
    (fetcher, processors): (&Fetcher, &Processors),
    source: &Arc<Source>,
    (way, address): (Way, &Url),
    (validators, body_hash): (Option<Validators>, Option<String>),
    now: Timestamp,
) -> Result<Look, Failed> {
    let request = Request {
        url: address.clone(),
        validators,
        accept: match way {
            Way::Feed => Accept::Feed,
            Way::Listing => Accept::Page,
            Way::Wordpress | Way::Sitemap => Accept::Any,
        },
    };
    let fetched = fetcher.fetch(&request).await?;
    if fetched.not_modified {
        return Ok(Look::NotModified(Box::new(fetched)));
    }
    if way == Way::Sitemap {
        return Ok(parts(fetcher, processors, source, address, fetched, now).await?);
    }
    let source = source.clone();
    processors
        .compute(move || {
            let hash = hash(&fetched.body);
            let reading = if body_hash.as_ref() == Some(&hash) {
                None
            } else {
                match read(way, &fetched, &source, now) {
                    Ok(reading) => Some(reading),
                    Err(mut fault) => {
                        let page = Some(Box::new(fetched)).filter(|page| way_of(page).is_none());
                        if fault.sign.is_none()
                            && let Some(page) = &page
                        {
                            fault.sign = sign_of(&decoded(page)).map(Box::new);
                        }
                        return Err(Failed { fault, page });
                    }
                }
            };
            Ok(Look::Document(Box::new(Looked {
                fetched,
                reading,
                body_hash: hash,
            })))
        })
        .await
}

/// What a document at a source's own address is, before anything else is tried.
pub enum Plainly {
    /// A feed, a sitemap, a list of posts: read as such.
    Read(Box<Found>),
    /// It is one, and cannot be read.
    Fault(Fault),
    /// A page: the ways from there are to be compared.
    Page(Box<Fetched>),
}

/// What a document says by itself that it is, at a glance; a page says nothing.
fn way_of(fetched: &Fetched) -> Option<Way> {
    let content_type = fetched.content_type.as_deref();
    if feed::looks_like_feed(&fetched.body, content_type) {
        Some(Way::Feed)
    } else if wordpress::looks_like_posts(&fetched.body) {
        Some(Way::Wordpress)
    } else if sitemap::looks_like_sitemap(&fetched.body) {
        Some(Way::Sitemap)
    } else {
        None
    }
}

/// Reads a document that says by itself what it is.
pub async fn plainly(
    (fetcher, processors): (&Fetcher, &Processors),
    source: &Arc<Source>,
    url: &Url,
    fetched: Fetched,
    now: Timestamp,
) -> Plainly {
    let Some(way) = way_of(&fetched) else {
        return Plainly::Page(Box::new(fetched));
    };
    if way == Way::Sitemap {
        return match whole(fetcher, processors, source, &fetched, now).await {
            Ok((feed, body_hash)) => Plainly::Read(Box::new(Found {
                way: Way::Sitemap,
                address: url.clone(),
                fetched,
                feed,
                body_hash,
                why: Remark::AddressIs { way: Way::Sitemap },
            })),
            Err(fault) => Plainly::Fault(fault),
        };
    }
    let why = Remark::AddressIs { way };
    let (source, url) = (source.clone(), url.clone());
    processors
        .compute(move || match read(way, &fetched, &source, now) {
            Ok(reading) => Plainly::Read(Box::new(Found {
                way,
                address: url,
                body_hash: hash(&fetched.body),
                fetched,
                feed: reading.feed,
                why,
            })),
            Err(fault) => Plainly::Fault(fault),
        })
        .await
}

/// Reads a document in the given way. A listing or sitemap without announcements is a fault: there were some when the way
/// was chosen.
pub fn read(
    way: Way,
    fetched: &Fetched,
    source: &Source,
    now: Timestamp,
) -> Result<Reading, Fault> {
    let zone = source.country.time_zone();
    let unreadable = |reason| Fault::because(FaultKind::Unreadable, reason);
    let url = || fetched.url.to_string();
    match way {
        Way::Feed => {
            let content_type = fetched.content_type.as_deref();
            match feed::parse(&fetched.body, content_type, &fetched.url, now, &zone) {
                // Damaged and without entries: more likely a wreck than a feed with nothing to say.
                Ok(feed) if feed.items.is_empty() && feed.repaired => {
                    Err(unreadable(no_feed(url(), FeedFault::Truncated)))
                }
                Ok(feed) => Ok(feed.into()),
                Err(fault) => Err(unreadable(no_feed(url(), fault))),
            }
        }
        Way::Wordpress => wordpress::read(&fetched.body, &fetched.url, now, &zone)
            .map(Reading::from)
            .map_err(|_| unreadable(Reason::NoPosts { url: url() })),
        Way::Listing => {
            let html = decoded(fetched);
            if let Some(fault) = shows(&html, &fetched.url) {
                return Err(fault);
            }
            let (listed, note) = listed(&html, &fetched.url, source, now);
            if listed.items.is_empty() {
                let reason = match note {
                    Some(why) => Reason::NothingSelected {
                        url: url(),
                        why: Box::new(why),
                    },
                    None => Reason::NothingListed { url: url() },
                };
                return Err(Fault::because(FaultKind::NothingListed, reason));
            }
            Ok(Reading {
                feed: as_feed(listed, &fetched.url),
                note: note.map(|why| Remark::WithoutSelectors { why }),
            })
        }
        Way::Sitemap => match pages(fetched, source, now) {
            Ok(Sitemap::Pages(pages)) => {
                Ok(sitemap::announcements(pages, home(source, fetched), MOST).into())
            }
            Ok(Sitemap::Index(_)) => Err(unreadable(Reason::SitemapOfSitemaps { url: url() })),
            Err(fault) => Err(fault),
        },
    }
}

fn no_feed(url: String, fault: FeedFault) -> Reason {
    match fault {
        FeedFault::Empty => Reason::EmptyFeed { url },
        FeedFault::Html => Reason::PageForFeed { url },
        FeedFault::NotAFeed(shown) => Reason::NoFeed { url, shown },
        FeedFault::Truncated => Reason::CutFeed { url },
    }
}

/// The fault of a page that stands in the place of another, whatever it lists: a wall, a domain for sale, an error.
#[must_use]
pub fn shows(html: &str, url: &Url) -> Option<Fault> {
    let sign = sign_of(html).filter(|sign| sign.what != SignKind::CookieWall)?;
    let (url, said) = (url.to_string(), sign.words.clone());
    let reason = match sign.what {
        SignKind::ErrorPage => Reason::ShowsError { url, said },
        SignKind::Parked => Reason::ShowsParking { url, said },
        SignKind::BotWall => Reason::ShowsBotWall { url, said },
        SignKind::CookieWall => Reason::ShowsCookieWall { url, said },
    };
    let mut fault = Fault::because(FaultKind::Unreadable, reason);
    fault.sign = Some(Box::new(sign));
    Some(fault)
}

/// The text of a page.
#[must_use]
pub fn decoded(fetched: &Fetched) -> String {
    charset::decode_from(
        &fetched.body,
        fetched.content_type.as_deref(),
        Markup::Html,
        Some(&fetched.url),
    )
    .text
    .into_owned()
}

/// What a page lists: by the selectors in sources.toml where there are any and they still match, else as it looks; and
/// what staff should know of it.
pub(in crate::crawling) fn listed(
    html: &str,
    url: &Url,
    source: &Source,
    now: Timestamp,
) -> (Listing, Option<Reason>) {
    let zone = source.country.time_zone();
    let mut note = None;
    if let Some(selectors) = &source.listing {
        match listing::read_selected(html, url, selectors, now, &zone) {
            Ok(listing) if !listing.items.is_empty() => return (listing, None),
            // Selectors written by hand rot; the page may be plain enough without them.
            Ok(_) => note = Some(Reason::SelectorsFindNothing),
            Err(ListingFault::Invalid { name, selector }) => {
                note = Some(Reason::BadSelector {
                    name: name.to_owned(),
                    said: selector,
                });
            }
            Err(ListingFault::Nothing { name, selector }) => {
                note = Some(Reason::IdleSelector {
                    name: name.to_owned(),
                    said: selector,
                });
            }
        }
    }
    (listing::read(html, url, now, &zone), note)
}

/// A listing in the shape that all ways share.
pub(super) fn as_feed(listing: Listing, url: &Url) -> Feed {
    Feed {
        title: String::new(),
        home: url.join("/").ok(),
        lang: None,
        ttl: None,
        hubs: Vec::new(),
        self_url: None,
        items: listing
            .items
            .into_iter()
            .map(listing::Listed::into_draft)
            .collect(),
        repaired: false,
        cut: false,
    }
}

/// The address that says what part of a site is meant.
fn home<'a>(source: &'a Source, fetched: &'a Fetched) -> &'a Url {
    source.url.as_ref().unwrap_or(&fetched.url)
}

pub(in crate::crawling) fn pages(
    fetched: &Fetched,
    source: &Source,
    now: Timestamp,
) -> Result<Sitemap, Fault> {
    let zone = source.country.time_zone();
    let content_type = fetched.content_type.as_deref();
    sitemap::read(&fetched.body, content_type, &fetched.url, now, &zone).map_err(|fault| {
        let url = fetched.url.to_string();
        let reason = match fault {
            SitemapFault::NotASitemap => Reason::NoSitemap { url },
            SitemapFault::Damaged => Reason::DamagedSitemap { url },
            SitemapFault::TooLarge => Reason::LargeSitemap { url },
        };
        Fault::because(FaultKind::Unreadable, reason)
    })
}

/// A sitemap with its likeliest parts, where it lists others.
async fn parts(
    fetcher: &Fetcher,
    processors: &Processors,
    source: &Arc<Source>,
    address: &Url,
    mut fetched: Fetched,
    now: Timestamp,
) -> Result<Look, Fault> {
    let (feed, hash) = whole(fetcher, processors, source, &fetched, now).await?;
    if feed.items.is_empty() {
        let url = address.to_string();
        return Err(Fault::because(
            FaultKind::NothingListed,
            Reason::EmptySitemap { url },
        ));
    }
    // The list may stay the same while its parts change: only whole visits count.
    fetched.validators = Validators::default();
    Ok(Look::Document(Box::new(Looked {
        fetched,
        reading: Some(feed.into()),
        body_hash: hash,
    })))
}

/// The announcements of a sitemap and of the parts that it lists.
pub(super) async fn whole(
    fetcher: &Fetcher,
    processors: &Processors,
    source: &Arc<Source>,
    fetched: &Fetched,
    now: Timestamp,
) -> Result<(Feed, String), Fault> {
    let hash = hash(&fetched.body);
    let read = {
        let (fetched, source) = (fetched.clone(), source.clone());
        processors
            .compute(move || pages(&fetched, &source, now))
            .await?
    };
    let mut all: Vec<Page> = Vec::new();
    let mut fault = None;
    match read {
        Sitemap::Pages(pages) => all = pages,
        Sitemap::Index(children) => {
            for child in sitemap::likely_children(children).into_iter().take(PARTS) {
                let request = Request {
                    url: child,
                    validators: None,
                    accept: Accept::Any,
                };
                let part = match fetcher.fetch(&request).await {
                    Ok(part) => part,
                    Err(failed) => {
                        fault.get_or_insert(failed);
                        continue;
                    }
                };
                let source = source.clone();
                let read = processors.compute(move || pages(&part, &source, now)).await;
                // A list of lists of lists is nobody's sitemap.
                if let Ok(Sitemap::Pages(pages)) = read {
                    all.extend(pages);
                }
            }
        }
    }
    match fault {
        Some(fault) if all.is_empty() => Err(fault),
        _ => Ok((
            sitemap::announcements(all, home(source, fetched), MOST),
            hash,
        )),
    }
}

pub(super) fn hash(body: &[u8]) -> String {
    crate::domain::hex(&Sha256::digest(body))
}
