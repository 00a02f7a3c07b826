//! OPML 2.0 (<https://opml.org/spec2.opml>): the sources, for feed readers.

use std::collections::BTreeMap;

use url::Url;

use super::entry::{plain, safe_link};
use super::xml::Xml;
use crate::domain::Country;
use crate::store::SourceRecord;

/// Sources as OPML 2.0, grouped by country. Private ones are left out, and those without any address.
#[must_use]
pub fn opml(title: &str, sources: &[SourceRecord], public: &Url) -> String {
    let mut countries: BTreeMap<Country, Vec<&SourceRecord>> = BTreeMap::new();
    for record in sources.iter().filter(|record| !record.source.private) {
        countries
            .entry(record.source.country)
            .or_default()
            .push(record);
    }
    let mut xml = Xml::new();
    xml.element("opml", &[("version", "2.0")], |xml| {
        xml.element("head", &[], |xml| {
            xml.text("title", &[], &plain(title, "vesti"));
            xml.text("ownerId", &[], public.as_str());
            xml.text("docs", &[], "http://opml.org/spec2.opml");
        });
        xml.element("body", &[], |xml| {
            for (country, records) in &countries {
                let name = country.as_str();
                xml.element("outline", &[("text", name), ("title", name)], |xml| {
                    for record in records {
                        outline(xml, record);
                    }
                });
            }
        });
    });
    xml.finish()
}

fn outline(xml: &mut Xml, record: &SourceRecord) {
    let source = &record.source;
    let home = source.url.as_ref().and_then(safe_link);
    let feed = record
        .state
        .feed()
        .or(source.feed.as_ref())
        .and_then(safe_link)
        .or(home);
    // A subscription list is of feeds: without any address there is nothing to subscribe to.
    let Some(feed) = feed else { return };
    let name = plain(&source.name, source.id.as_str());
    let mut attributes = vec![
        ("type", "rss"),
        ("text", name.as_str()),
        ("title", name.as_str()),
        ("xmlUrl", feed),
    ];
    attributes.extend(home.map(|home| ("htmlUrl", home)));
    attributes.extend(
        source
            .languages
            .first()
            .map(|lang| ("language", lang.as_str())),
    );
    xml.empty("outline", &attributes);
}
