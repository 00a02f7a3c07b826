//! Sitemaps (sitemaps.org, version 0.9; Google's news extension): what a site says that it consists of.
//!
//! A news sitemap gives titles and dates. A plain one gives addresses alone, of every page there is: [`announcements`]
//! picks those that look like announcements.

mod choose;

use std::io::Read as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::charset::{self, Markup};
use super::dates;
use super::markup::{Token, Tokens, lower};
use super::text::{clean_line, cut, decode_entities};
use crate::domain::{Language, MAX_TITLE, Precision};

pub use choose::{Child, announcements, likely_children, title_of};

/// Most addresses kept of one sitemap: the protocol allows 50,000.
const MAX_PAGES: usize = 50_000;
/// Largest sitemap read after decompression, in bytes: the protocol's limit.
const MAX_SIZE: u64 = 50 << 20;
/// Longest value of an element looked at, in bytes.
const MAX_VALUE: usize = 8 * 1024;

/// A sitemap.
#[derive(Debug, Clone, PartialEq)]
pub enum Sitemap {
    /// A list of other sitemaps.
    Index(Vec<Child>),
    /// A list of pages.
    Pages(Vec<Page>),
}

/// A page that a sitemap names.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Where it is.
    pub url: Url,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// What a news sitemap says of it.
    pub news: Option<News>,
}

/// What a news sitemap says of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// Its title; empty where it gives none.
    pub title: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// How exactly that is known.
    pub precision: Precision,
    /// The publication's language.
    pub lang: Option<Language>,
}

impl Default for News {
    fn default() -> Self {
        Self {
            title: String::new(),
            published: None,
            precision: Precision::None,
            lang: None,
        }
    }
}

/// Why a document is no sitemap.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SitemapFault {
    /// Something else.
    #[error("this is no sitemap")]
    NotASitemap,
    /// It is compressed, and not as it should be.
    #[error("the sitemap is compressed and damaged")]
    Damaged,
    /// Larger than the protocol allows.
    #[error("the sitemap is larger than 50 MB")]
    TooLarge,
}

/// Reads a sitemap: XML, plain text with an address a line, either of them compressed. What is wrong with one entry costs
/// that entry; a document that breaks off gives what it has.
pub fn read(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &Url,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Sitemap, SitemapFault> {
    let inflated;
    let bytes = if bytes.starts_with(b"\x1f\x8b") {
        inflated = inflate(bytes)?;
        &inflated
    } else {
        bytes
    };
    let text = charset::decode_from(bytes, content_type, Markup::Xml, Some(url)).text;
    let mut reader = Reader {
        base: url,
        now,
        zone,
        index: None,
        children: Vec::new(),
        pages: Vec::new(),
        entry: None,
    };
    reader.read(&text);
    match reader.index {
        Some(true) => Ok(Sitemap::Index(reader.children)),
        Some(false) => Ok(Sitemap::Pages(reader.pages)),
        None => plain(&text).ok_or(SitemapFault::NotASitemap),
    }
}

/// Whether a document is worth giving to [`read`]: a glance at its first bytes.
#[must_use]
pub fn looks_like_sitemap(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    ["<urlset", "<sitemapindex"]
        .iter()
        .any(|root| memchr::memmem::find(head, root.as_bytes()).is_some())
}

/// The sitemaps that a robots.txt names (sitemaps.org, “Specifying the Sitemap location in your robots.txt file”).
#[must_use]
pub fn named_in(robots: &str, base: &Url) -> Vec<Url> {
    let mut found: Vec<Url> = Vec::new();
    for line in robots.lines().take(10_000) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if name.trim().eq_ignore_ascii_case("sitemap")
            && found.len() < 20
            && let Ok(url) = base.join(value.trim())
            && is_web(&url)
            && !found.contains(&url)
        {
            found.push(url);
        }
    }
    // Of several, that of the news is the one.
    found.sort_by_key(|url| !url.path().to_ascii_lowercase().contains("news"));
    found
}

/// Where sites keep their sitemap, the likeliest first.
#[must_use]
pub fn usual(base: &Url) -> Vec<Url> {
    ["/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"]
        .iter()
        .filter_map(|path| base.join(path).ok())
        .filter(is_web)
        .collect()
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, SitemapFault> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes)
        .take(MAX_SIZE + 1)
        .read_to_end(&mut out)
        .map_err(|_| SitemapFault::Damaged)?;
    if out.len() as u64 > MAX_SIZE {
        return Err(SitemapFault::TooLarge);
    }
    Ok(out)
}

/// An address a line, and nothing else.
fn plain(text: &str) -> Option<Sitemap> {
    let mut pages = Vec::new();
    for line in text.lines() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() {
            continue;
        }
        let url = Url::parse(line).ok().filter(is_web)?;
        if pages.len() < MAX_PAGES {
            pages.push(Page {
                url,
                modified: None,
                news: None,
            });
        }
    }
    (!pages.is_empty()).then_some(Sitemap::Pages(pages))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some()
}

#[derive(Default)]
struct Entry {
    url: Option<Url>,
    modified: Option<Timestamp>,
    news: Option<News>,
}

struct Reader<'a> {
    base: &'a Url,
    now: Timestamp,
    zone: &'a TimeZone,
    /// Whether it is a list of sitemaps; unknown until its root was seen.
    index: Option<bool>,
    children: Vec<Child>,
    pages: Vec<Page>,
    entry: Option<Entry>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        let mut element = String::new();
        let mut value = String::new();
        let mut buffer = [0; 24];
        for token in Tokens::xml(text) {
            match token {
                Token::Open(tag) => {
                    let prefixed = lower(tag.name, &mut buffer);
                    let name = prefixed.rsplit(':').next().unwrap_or_default();
                    value.clear();
                    element.clear();
                    element.push_str(prefixed);
                    match name {
                        "urlset" => {
                            self.index.get_or_insert(false);
                        }
                        "sitemapindex" => {
                            self.index.get_or_insert(true);
                        }
                        "url" | "sitemap" if self.index.is_some() => {
                            self.close_entry();
                            self.entry = Some(Entry::default());
                        }
                        "news" => {
                            if let Some(entry) = &mut self.entry {
                                entry.news.get_or_insert_default();
                            }
                        }
                        _ => {}
                    }
                }
                Token::Text(text) if value.len() < MAX_VALUE => {
                    let text = &text[..text.floor_char_boundary(MAX_VALUE)];
                    value.push_str(&decode_entities(text));
                }
                Token::Cdata(text) if value.len() < MAX_VALUE => {
                    value.push_str(&text[..text.floor_char_boundary(MAX_VALUE)]);
                }
                Token::Close(name) => {
                    let prefixed = lower(name, &mut buffer);
                    if prefixed == element {
                        self.value(prefixed, value.trim());
                    }
                    value.clear();
                    element.clear();
                    let name = prefixed.rsplit(':').next().unwrap_or_default();
                    if matches!(name, "url" | "sitemap") {
                        self.close_entry();
                    }
                }
                _ => {}
            }
        }
        self.close_entry();
    }

    fn value(&mut self, name: &str, value: &str) {
        let lang = self
            .entry
            .as_ref()
            .and_then(|entry| entry.news.as_ref()?.lang);
        let date = || dates::parse(value, lang, self.now, self.zone);
        let Some(entry) = &mut self.entry else { return };
        match name {
            // A picture's and a film's own address stand beside it, with a prefix.
            "loc" => {
                entry.url = entry
                    .url
                    .take()
                    .or_else(|| self.base.join(value).ok().filter(is_web));
            }
            "lastmod" => entry.modified = date().map(|found| found.at),
            _ => {
                let Some(news) = &mut entry.news else { return };
                match name.rsplit(':').next().unwrap_or_default() {
                    "title" => news.title = cut(&clean_line(value), MAX_TITLE),
                    "language" => news.lang = Language::from_tag(value),
                    "publication_date" => {
                        if let Some(found) = date() {
                            news.published = Some(found.at);
                            news.precision = found.precision;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn close_entry(&mut self) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        let Some(url) = entry.url else { return };
        if self.index == Some(true) {
            if self.children.len() < MAX_PAGES {
                self.children.push(Child {
                    url,
                    modified: entry.modified,
                });
            }
        } else if self.pages.len() < MAX_PAGES {
            self.pages.push(Page {
                url,
                modified: entry.modified,
                news: entry.news,
            });
        }
    }
}

#[cfg(test)]
mod tests;
