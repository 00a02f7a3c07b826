//! RSS 2.0 (<https://www.rssboard.org/rss-specification>) with the extensions that its readers know.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::FeedInfo;
use super::content::escape;
use super::entry::{Entry, plain, rfc3339, sane, under};
use super::xml::Xml;
use crate::domain::Item;

/// Minutes for which a reader need not ask again.
const TTL: &str = "15";

/// Items as RSS 2.0.
#[must_use]
pub fn rss(info: &FeedInfo, items: &[Item]) -> String {
    write(info, items.iter().map(|item| Entry::of(info, item)))
}

pub(super) fn write(info: &FeedInfo, entries: impl Iterator<Item = Entry>) -> String {
    let mut xml = Xml::new();
    let namespaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ];
    xml.element("rss", &namespaces, |xml| {
        xml.element("channel", &[], |xml| {
            channel(xml, info);
            for entry in entries {
                item(xml, info, &entry);
            }
        });
    });
    xml.finish()
}

fn channel(xml: &mut Xml, info: &FeedInfo) {
    let title = inert(&plain(&info.title, "vesti"));
    xml.text("title", &[], &title);
    xml.text("link", &[], info.home.as_str());
    xml.text(
        "description",
        &[],
        &escape(&plain(&info.description, &title)),
    );
    let own = [
        ("rel", "self"),
        ("type", "application/rss+xml"),
        ("href", info.this.as_str()),
    ];
    xml.empty("atom:link", &own);
    if let Some(hub) = &info.hub {
        xml.empty("atom:link", &[("rel", "hub"), ("href", hub.as_str())]);
    }
    let next = info.next.iter().map(|next| ("next", next));
    for (rel, url) in next.chain(info.links.all()) {
        let link = [
            ("rel", rel),
            ("type", "application/rss+xml"),
            ("href", url.as_str()),
        ];
        xml.empty("atom:link", &link);
    }
    if info.links.is_archive() {
        xml.empty("fh:archive", &[]);
    }
    if let Some(lang) = info.lang {
        xml.text("language", &[], lang.as_str());
    }
    xml.text("lastBuildDate", &[], &rfc822(info.updated));
    xml.text(
        "generator",
        &[],
        concat!("vesti ", env!("CARGO_PKG_VERSION")),
    );
    xml.text("ttl", &[], TTL);
}

fn item(xml: &mut Xml, info: &FeedInfo, entry: &Entry) {
    let lang = entry.lang.map(|lang| lang.to_string());
    let attributes: Vec<(&str, &str)> = lang
        .iter()
        .map(|lang| ("xml:lang", lang.as_str()))
        .collect();
    xml.element("item", &attributes, |xml| {
        xml.text("title", &[], &inert(&entry.title));
        xml.text("link", &[], &entry.link);
        xml.text("guid", &[("isPermaLink", "false")], &entry.id);
        xml.text("pubDate", &[], &rfc822(entry.published));
        if entry.updated > entry.published {
            xml.text("dcterms:modified", &[], &rfc3339(entry.updated));
        }
        if let Some(creator) = entry
            .author
            .as_deref()
            .or(entry.source.as_ref().map(|(_, name)| name.as_str()))
        {
            xml.text("dc:creator", &[], &inert(creator));
        }
        if let Some(lang) = &lang {
            xml.text("dc:language", &[], lang);
        }
        for category in &entry.categories {
            xml.text("category", &[("domain", &category.scheme)], &category.term);
        }
        if !entry.summary.is_empty() {
            // By custom, this is HTML.
            xml.text("description", &[], &escape(&entry.summary));
        }
        if !entry.html.is_empty() {
            xml.text("content:encoded", &[], &entry.html);
        }
        for file in &entry.files {
            // The length is not known without asking for the file; 0 is what the specification's keepers advise then.
            let attributes = [
                ("url", file.url.as_str()),
                ("length", "0"),
                ("type", file.media_type.as_str()),
            ];
            xml.empty("enclosure", &attributes);
        }
        entry.write_media(xml);
        if let Some((id, name)) = &entry.source {
            let feed = under(&info.public, &format!("feed.rss?source={id}"));
            xml.text("source", &[("url", &feed)], &inert(name));
        }
        if let Some(page) = &entry.page {
            let related = [
                ("rel", "related"),
                ("type", "text/html"),
                ("href", page.as_str()),
            ];
            xml.empty("atom:link", &related);
        }
    });
}

/// Text that stays text also in readers which take whatever RSS says for HTML: a `<` that would open a tag becomes `‹`.
pub(super) fn inert(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let opens = chars
            .peek()
            .is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?'));
        inert.push(if c == '<' && opens { '‹' } else { c });
    }
    inert
}

/// `Sat, 21 Nov 2026 05:00:00 GMT` (RFC 822 with the year in full, as RSS asks).
fn rfc822(at: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&sane(at))
        .unwrap_or_else(|_| "Thu, 01 Jan 1970 00:00:00 GMT".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_mail_writes_them() {
        assert_eq!(
            rfc822("2026-11-21T05:00:00Z".parse().unwrap()),
            "Sat, 21 Nov 2026 05:00:00 GMT"
        );
        assert_eq!(rfc822(Timestamp::MIN), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert!(rfc822(Timestamp::MAX).contains(" 9999 "));
    }

    #[test]
    fn only_what_would_open_a_tag_is_changed() {
        assert_eq!(inert("<b>a</b> < 5 <3 <!-- x"), "‹b>a‹/b> < 5 <3 ‹!-- x");
    }
}
