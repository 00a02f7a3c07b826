//! One entry of an XML feed.

use jiff::Timestamp;
use url::Url;

use super::super::dates;
use super::super::markup::Tag;
use super::outline::{Raw, Whole};
use super::value::{Children, Value, names};
use super::{Around, draft};
use crate::domain::{Attachment, Draft, Language};

/// When an entry was published, for telling which end of a feed is the newer.
pub(super) fn date(raw: &Raw, whole: &Whole, around: &Around) -> Option<Timestamp> {
    let mut children = Children::of(raw.inner);
    while let Some(tag) = children.next_tag() {
        let (prefix, name) = names(tag.name, &whole.root_prefix);
        if is_published(&prefix, &name) || is_updated(&prefix, &name) {
            let inner = children.inner(&tag);
            let value = Value::of(inner);
            return dates::parse(value.html(), whole.lang, around.now, around.zone)
                .map(|found| found.at);
        }
    }
    None
}

fn is_published(prefix: &str, name: &str) -> bool {
    match prefix {
        "" => matches!(
            name,
            "pubdate"
                | "published"
                | "issued"
                | "created"
                | "date"
                | "datepublished"
                | "publish_date"
        ),
        "dc" | "dcterms" => matches!(name, "date" | "created" | "issued"),
        _ => false,
    }
}

fn is_updated(prefix: &str, name: &str) -> bool {
    match prefix {
        "" => matches!(name, "updated" | "modified"),
        "dcterms" => name == "modified",
        _ => false,
    }
}

pub(super) fn read(raw: &Raw, whole: &Whole, around: &Around) -> Option<Draft> {
    let base = raw
        .tag
        .attr("xml:base")
        .and_then(|base| draft::link(&whole.base, &base))
        .unwrap_or_else(|| whole.base.clone());
    let mut parts = draft::Parts {
        base: Some(base.clone()),
        lang: raw
            .tag
            .attr("xml:lang")
            .as_deref()
            .and_then(Language::from_tag)
            .or(whole.lang),
        ..draft::Parts::default()
    };
    if let Some(about) = raw.tag.attr("rdf:about") {
        parts.guid = Some(about.into_owned());
    }
    let mut permalink: Option<(String, bool)> = None;
    let mut links: Vec<(u8, Url)> = Vec::new();
    let mut children = Children::of(raw.inner);
    while let Some(tag) = children.next_tag() {
        let (prefix, name) = names(tag.name, &whole.root_prefix);
        let (prefix, name) = (prefix.as_str(), name.as_str());
        match (prefix, name) {
            ("", "title") => {
                let title = draft::plain_line(&Value::of(children.inner(&tag)));
                if !title.is_empty() {
                    parts.title = Some(title);
                }
            }
            ("dc" | "media" | "itunes", "title") => {
                let title = draft::plain_line(&Value::of(children.inner(&tag)));
                if parts.title.is_none() && !title.is_empty() {
                    parts.title = Some(title);
                }
            }
            ("", "link") => link(&tag, &mut children, &base, &mut links, &mut parts),
            ("feedburner", "origlink") => {
                let inner = children.inner(&tag);
                if let Some(url) = draft::link(&base, Value::of(inner).html()) {
                    links.push((0, url));
                }
            }
            ("", "guid" | "id") => {
                let value = Value::of(children.inner(&tag)).html().trim().to_owned();
                if !value.is_empty() {
                    let is_permalink = tag
                        .attr("isPermaLink")
                        .is_none_or(|says| !says.eq_ignore_ascii_case("false"));
                    permalink = Some((value.clone(), is_permalink));
                    parts.guid = Some(value);
                }
            }
            ("content", "encoded")
            | ("", "encoded" | "fulltext" | "full-text")
            | ("yandex", "full-text")
            | ("xhtml", "body") => {
                parts.content(Value::of(children.inner(&tag)), true);
            }
            ("", "content") => {
                if let Some(url) = tag.attr("src").and_then(|src| draft::link(&base, &src)) {
                    links.push((3, url));
                }
                let inner = children.inner(&tag);
                let is_html = !matches!(
                    tag.attr("type").as_deref(),
                    None | Some("text" | "text/plain")
                );
                parts.content(Value::of(inner), is_html || !whole.atom);
            }
            ("", "description" | "summary" | "tagline" | "subtitle")
            | ("dc" | "media" | "itunes", "description" | "summary") => {
                let inner = children.inner(&tag);
                let is_html = !matches!(tag.attr("type").as_deref(), Some("text" | "text/plain"));
                if prefix.is_empty() || parts.summary.is_none() {
                    parts.summary(Value::of(inner), is_html);
                }
            }
            _ if is_published(prefix, name) => {
                let inner = children.inner(&tag);
                if parts.published.is_none() {
                    parts.published =
                        dates::parse(Value::of(inner).html(), parts.lang, around.now, around.zone);
                }
            }
            _ if is_updated(prefix, name) => {
                let inner = children.inner(&tag);
                parts.updated =
                    dates::parse(Value::of(inner).html(), parts.lang, around.now, around.zone);
            }
            ("" | "itunes", "author") | ("dc", "creator") => {
                let inner = children.inner(&tag);
                if parts.author.is_none() || prefix == "dc" {
                    parts.author = author(inner).or(parts.author);
                }
            }
            ("", "category") | ("dc", "subject") => {
                let label = tag
                    .attr("label")
                    .or_else(|| tag.attr("term"))
                    .filter(|label| !label.is_empty());
                let inner = children.inner(&tag);
                match label {
                    Some(label) => parts.categories.push(label.into_owned()),
                    None => parts.categories.push(draft::plain_line(&Value::of(inner))),
                }
            }
            ("", "enclosure") => parts.enclosure(&tag, "url"),
            ("media", "content") => {
                parts.media(&tag);
            }
            ("media", "thumbnail") | ("itunes", "image") => {
                let address = tag.attr("url").or_else(|| tag.attr("href"));
                if let Some(url) = address.and_then(|address| draft::link(&base, &address)) {
                    parts.image.get_or_insert(url);
                }
            }
            ("", "image") => {
                let inner = children.inner(&tag);
                let value = Value::of(inner);
                if let Value::Characters(text) = &value
                    && let Some(url) = draft::link(&base, text)
                {
                    parts.image.get_or_insert(url);
                }
            }
            ("dc", "language") => {
                let inner = children.inner(&tag);
                parts.lang = Language::from_tag(Value::of(inner).html()).or(parts.lang);
            }
            // Where a copied entry comes from: has a title and a link of its own.
            ("", "source") => {
                children.inner(&tag);
            }
            _ => {}
        }
    }
    links.sort_by_key(|(rank, _)| *rank);
    parts.url = links.into_iter().map(|(_, url)| url).next().or_else(|| {
        let (guid, _) =
            permalink.filter(|(guid, permalink)| *permalink || guid.starts_with("http"))?;
        let address = if guid.starts_with("http") || guid.starts_with('/') {
            guid
        } else {
            return None;
        };
        draft::link(&base, &address)
    });
    if parts.url.is_none()
        && let Some(about) = raw
            .tag
            .attr("rdf:about")
            .filter(|about| about.starts_with("http"))
    {
        parts.url = draft::link(&base, &about);
    }
    parts.finish()
}

fn link<'a>(
    tag: &Tag<'a>,
    children: &mut Children<'a>,
    base: &Url,
    links: &mut Vec<(u8, Url)>,
    parts: &mut draft::Parts,
) {
    let Some(href) = tag.attr("href").filter(|href| !href.is_empty()) else {
        let inner = children.inner(tag);
        if let Some(url) = draft::link(base, Value::of(inner).html()) {
            links.push((1, url));
        }
        return;
    };
    let rel = tag.attr("rel").unwrap_or_default().to_ascii_lowercase();
    let media = tag.attr("type").unwrap_or_default().to_ascii_lowercase();
    if rel == "enclosure" {
        parts.enclosure(tag, "href");
        return;
    }
    let rank = match rel.as_str() {
        "" | "alternate" if media.is_empty() || media.contains("html") => 1,
        "" | "alternate" => 2,
        "self" | "via" | "related" => 4,
        _ => return,
    };
    if let Some(url) = draft::link(base, &href) {
        links.push((rank, url));
    }
}

/// Atom's `<name>`, the name in `mail@example.org (Name)`, or the text.
fn author(inner: &str) -> Option<String> {
    let mut children = Children::of(inner);
    let mut name = None;
    while let Some(tag) = children.next_tag() {
        let local = tag.name.rsplit(':').next().unwrap_or_default();
        if local.eq_ignore_ascii_case("name") {
            name = Some(draft::plain_line(&Value::of(children.inner(&tag))));
            break;
        }
        if local.eq_ignore_ascii_case("email") || local.eq_ignore_ascii_case("uri") {
            children.inner(&tag);
        }
    }
    let text = match name {
        Some(name) => name,
        None => match Value::of(inner) {
            value @ Value::Characters(_) => draft::plain_line(&value),
            Value::Markup(_) => return None,
        },
    };
    let text = match text.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').trim().to_owned(),
        _ if text.contains('@') && !text.contains(' ') => return None,
        _ => text,
    };
    (!text.is_empty()).then_some(text)
}

impl draft::Parts {
    fn enclosure(&mut self, tag: &Tag, attribute: &str) {
        let url = tag
            .attr(attribute)
            .and_then(|address| draft::link(self.base.as_ref()?, &address));
        if let Some(url) = url {
            self.attachments.push(Attachment {
                url,
                r#type: tag.attr("type").map(std::borrow::Cow::into_owned),
                title: tag.attr("title").map(std::borrow::Cow::into_owned),
            });
        }
    }

    fn media(&mut self, tag: &Tag) {
        let medium = tag.attr("medium").unwrap_or_default().to_ascii_lowercase();
        let media = tag.attr("type").unwrap_or_default().to_ascii_lowercase();
        let Some(url) = tag
            .attr("url")
            .and_then(|address| draft::link(self.base.as_ref()?, &address))
        else {
            return;
        };
        let picture = medium == "image"
            || media.starts_with("image/")
            || (medium.is_empty() && media.is_empty() && draft::is_picture(&url));
        if picture {
            self.image.get_or_insert(url);
        } else if !media.is_empty() || !medium.is_empty() {
            self.enclosure(tag, "url");
        }
    }
}
