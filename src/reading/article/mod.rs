//! Article pages: what the page says of itself, and the text that it is about.

pub(super) mod bounds;

mod absent;
mod address;
mod author;
mod body;
mod classes;
mod jsonld;
mod judge;
mod junk;
mod lines;
mod meta;
mod names;
mod parse;
mod render;
mod sections;
mod start;
mod title;
mod told;
mod tree;
mod when;
mod words;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use url::Url;

use names::{Attr, Name};

use super::text::tail;
use super::text::{clean_line, cut, excerpt, html_to_text};
use crate::domain::{Attachment, Language, MAX_AUTHOR, MAX_EXCERPT, MAX_TITLE, Precision};

/// An article page, read. Every string is bounded and clean as in [`crate::domain::Draft`].
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its title; empty where there is none.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// How exactly that is known.
    pub precision: Precision,
    /// The offset that `published` was written with, or that the zone had then: by it, it falls on the day that was meant.
    pub published_offset: Option<Offset>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// The language that the markup claims.
    pub lang: Option<Language>,
    /// The text as HTML: structure, links, pictures; **not** sanitised, addresses as on the page.
    pub html: String,
    /// The text; paragraphs are parted by a blank line.
    pub text: String,
    /// The page's own description, or the first sentences.
    pub excerpt: Option<String>,
    /// A picture.
    pub image: Option<Url>,
    /// The address that the page gives as its own.
    pub canonical_url: Option<Url>,
    /// Documents that the text links to.
    pub attachments: Vec<Attachment>,
}

/// Most documents of a page.
const MAX_ATTACHMENTS: usize = 50;

/// Reads an article page; `None` where it has no text, tells of an error, or is a list of articles. `zone` is what dates
/// without one are in.
#[must_use]
pub fn extract(html: &str, url: &Url, now: Timestamp, zone: &TimeZone) -> Option<Article> {
    let (article, list) = look(html, url, now, zone);
    (!list && !article.text.is_empty()).then_some(article)
}

/// As [`extract`], with what the page says of itself even where it has no text, and with the text of lists.
#[must_use]
pub fn read(html: &str, url: &Url, now: Timestamp, zone: &TimeZone) -> Article {
    look(html, url, now, zone).0
}

/// The page, and whether it is a list of articles.
fn look(html: &str, url: &Url, now: Timestamp, zone: &TimeZone) -> (Article, bool) {
    let (mut tree, head) = parse::parse(html);
    let meta = meta::Meta::read(&head);
    let title = title::find(&tree, &meta);
    let dates = when::find(&tree, &meta, title.at, url, &when::Around { now, zone });
    let author = meta
        .author
        .as_deref()
        .map(str::to_owned)
        .or_else(|| author::find(&tree, title.at));
    junk::mark(&mut tree, title.at);
    let chosen = start::narrowed(
        &tree,
        body::find(&tree, title.at, meta.description.as_deref()),
        title.at,
    );
    start::mark(&mut tree, &chosen, title.at, &when::Around { now, zone });
    lines::mark(
        &mut tree,
        &chosen,
        author.as_deref(),
        &when::Around { now, zone },
        url.host_str(),
    );
    let told = match meta.described.body.as_deref() {
        Some(body) => told::compare(&mut tree, &chosen, body),
        None => told::Told::Shown,
    };
    let list = told == told::Told::Shown
        && meta.published.is_empty()
        && meta.dated.is_empty()
        && absent::is_list(&tree, &chosen);
    let letters = chosen.iter().map(|part| tree.nodes[*part].chars).sum();
    let html = match told {
        told::Told::Instead(text) => render::paragraphs(&text),
        told::Told::Shown
            if absent::by_title(&tree, &title.text, meta.title.as_deref(), letters) =>
        {
            String::new()
        }
        told::Told::Shown => render::html(&tree, &chosen, Some(&title.text)),
    };
    let text = html_to_text(&html);
    let base = meta
        .base
        .as_deref()
        .and_then(|base| url.join(base).ok())
        .unwrap_or_else(|| url.clone());
    let absolute = |address: &str| {
        let address = address.trim();
        base.join(address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && address.len() < 4096)
    };
    let described = meta
        .description
        .as_deref()
        .map(clean_line)
        .filter(|text| text.chars().count() >= 40);
    let (rest, _) = tail::removed(&text, &title.text);
    let text = rest.to_owned();
    let heads = title::heads(&meta);
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let named = address::spelt(url, &title.text, &heads).unwrap_or(&title.text);
    let summary = described.unwrap_or_else(|| text.clone());
    let article = Article {
        title: cut(named, MAX_TITLE),
        author: author
            .map(|author| cut(&clean_line(&author), MAX_AUTHOR))
            .filter(|author| !author.is_empty()),
        published: dates.published.map(|found| found.at),
        precision: dates
            .published
            .map_or(Precision::None, |found| found.precision),
        published_offset: dates.published.map(|found| found.offset),
        modified: dates.modified.map(|found| found.at),
        lang: meta.lang,
        excerpt: Some(excerpt(&summary, MAX_EXCERPT)).filter(|text| !text.is_empty()),
        image: meta.image.as_deref().and_then(absolute),
        canonical_url: meta
            .canonical
            .as_deref()
            .and_then(absolute)
            .filter(|canonical| is_own(canonical, url)),
        attachments: attachments(&tree, &chosen, &absolute),
        html,
        text,
    };
    (article, list)
}

/// A canonical address that points to the site's front page, or to another site, is a mistake of its system.
fn is_own(canonical: &Url, url: &Url) -> bool {
    let bare = |url: &Url| {
        url.host_str()
            .map(|host| host.trim_start_matches("www.").to_owned())
    };
    url.host_str().is_none()
        || (bare(canonical) == bare(url) && (canonical.path() != "/" || url.path() == "/"))
}

/// Whether an address leads to a document rather than a page.
fn is_document(address: &str) -> bool {
    media_type(address).is_some()
}

fn media_type(address: &str) -> Option<&'static str> {
    let path = address
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let ending = path.rsplit_once('.')?.1;
    Some(match ending {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "rtf" => "application/rtf",
        "zip" => "application/zip",
        "edoc" | "asice" => "application/vnd.etsi.asic-e+zip",
        _ => return None,
    })
}

fn attachments(
    tree: &tree::Tree,
    chosen: &[usize],
    absolute: &dyn Fn(&str) -> Option<Url>,
) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    for start in chosen {
        for index in *start..tree.nodes[*start].end {
            let node = &tree.nodes[index];
            let Some(href) = node.attr(Attr::Href).filter(|_| node.name == Name::A) else {
                continue;
            };
            let (Some(media), Some(url)) = (media_type(&href), absolute(&href)) else {
                continue;
            };
            if found.len() < MAX_ATTACHMENTS && !found.iter().any(|known| known.url == url) {
                let title = cut(&tree.text(index), 300);
                found.push(Attachment {
                    url,
                    r#type: Some(media.to_owned()),
                    title: (!title.is_empty()).then_some(title),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
