//! Atom (RFC 4287).

use url::Url;

use super::FeedInfo;
use super::entry::{Entry, plain, rfc3339, under};
use super::xml::Xml;
use crate::domain::Item;

/// Items as Atom (RFC 4287).
#[must_use]
pub fn atom(info: &FeedInfo, items: &[Item]) -> String {
    write(info, items.iter().map(|item| Entry::of(info, item)))
}

pub(super) fn write(info: &FeedInfo, entries: impl Iterator<Item = Entry>) -> String {
    let mut xml = Xml::new();
    let lang = info.lang.map(|lang| lang.to_string());
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ];
    attributes.extend(lang.iter().map(|lang| ("xml:lang", lang.as_str())));
    xml.element("feed", &attributes, |xml| {
        head(xml, info);
        for entry in entries {
            write_entry(xml, info, &entry);
        }
    });
    xml.finish()
}

fn head(xml: &mut Xml, info: &FeedInfo) {
    let title = plain(&info.title, "vesti");
    xml.text("id", &[], feed_id(info).as_str());
    xml.text("title", &[], &title);
    let subtitle = plain(&info.description, "");
    if !subtitle.is_empty() {
        xml.text("subtitle", &[], &subtitle);
    }
    xml.text("updated", &[], &rfc3339(info.updated));
    xml.element("author", &[], |xml| xml.text("name", &[], &title));
    link(xml, "self", "application/atom+xml", info.this.as_str());
    if let Some(hub) = &info.hub {
        xml.empty("link", &[("rel", "hub"), ("href", hub.as_str())]);
    }
    link(xml, "alternate", "text/html", info.home.as_str());
    let next = info.next.iter().map(|next| ("next", next));
    for (rel, url) in next.chain(info.links.all()) {
        link(xml, rel, "application/atom+xml", url.as_str());
    }
    if info.links.is_archive() {
        xml.empty("fh:archive", &[]);
    }
    xml.text(
        "generator",
        &[("version", env!("CARGO_PKG_VERSION"))],
        "vesti",
    );
}

/// All pages and archives of a feed have the id of what one subscribes to (RFC 5005).
fn feed_id(info: &FeedInfo) -> &Url {
    let links = &info.links;
    links
        .current
        .as_ref()
        .or(links.first.as_ref())
        .unwrap_or(&info.this)
}

fn link(xml: &mut Xml, rel: &str, media_type: &str, href: &str) {
    xml.empty(
        "link",
        &[("rel", rel), ("type", media_type), ("href", href)],
    );
}

fn write_entry(xml: &mut Xml, info: &FeedInfo, entry: &Entry) {
    let lang = entry.lang.map(|lang| lang.to_string());
    let attributes: Vec<(&str, &str)> = lang
        .iter()
        .map(|lang| ("xml:lang", lang.as_str()))
        .collect();
    xml.element("entry", &attributes, |xml| {
        xml.text("id", &[], &entry.id);
        xml.text("title", &[("type", "text")], &entry.title);
        xml.text("published", &[], &rfc3339(entry.published));
        xml.text("updated", &[], &rfc3339(entry.updated));
        let author = plain(entry.author_or_source(info), "vesti");
        xml.element("author", &[], |xml| xml.text("name", &[], &author));
        link(xml, "alternate", "text/html", &entry.link);
        if let Some(page) = &entry.page {
            link(xml, "related", "text/html", page);
        }
        for file in &entry.files {
            let mut attributes = vec![
                ("rel", "enclosure"),
                ("type", file.media_type.as_str()),
                ("href", file.url.as_str()),
            ];
            attributes.extend(file.title.iter().map(|title| ("title", title.as_str())));
            xml.empty("link", &attributes);
        }
        for category in &entry.categories {
            let attributes = [
                ("scheme", category.scheme.as_str()),
                ("term", category.term.as_str()),
                ("label", category.label.as_str()),
            ];
            xml.empty("category", &attributes);
        }
        if !entry.summary.is_empty() {
            xml.text("summary", &[("type", "text")], &entry.summary);
        }
        if !entry.html.is_empty() {
            xml.text("content", &[("type", "html")], &entry.html);
        }
        entry.write_media(xml);
        if let Some((id, name)) = &entry.source {
            xml.element("source", &[], |xml| {
                xml.text("id", &[], &under(&info.public, &format!("sources/{id}")));
                xml.text("title", &[], name);
                xml.text("updated", &[], &rfc3339(entry.updated));
            });
        }
    });
}
