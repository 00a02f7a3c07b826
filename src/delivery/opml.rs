//! OPML 2.0 (<https://opml.org/spec2.opml>): the sources, for feed readers.

use std::collections::BTreeMap;

use url::Url;

use super::entry::{plain, safe_link};
use super::xml::Xml;
use crate::domain::{Country, Way};
use crate::store::SourceRecord;

/// What stands in an OPML file for a source that has no feed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedless {
    /// The feed that vesti makes of its items: for readers, who want to subscribe.
    OurFeed,
    /// Its own address: for another vesti, which finds out how to read it.
    ItsPage,
}

/// Sources as OPML 2.0, grouped by country. Private ones are left out, and those without any address.
#[must_use]
pub fn opml(title: &str, sources: &[SourceRecord], public: &Url, feedless: Feedless) -> String {
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
                        let own = (feedless == Feedless::OurFeed).then_some(public);
                        outline(xml, record, own);
                    }
                });
            }
        });
    });
    xml.finish()
}

fn outline(xml: &mut Xml, record: &SourceRecord, ours: Option<&Url>) {
    let source = &record.source;
    let home = source.url.as_ref().and_then(safe_link);
    let read_otherwise = record.state.address.is_some() && record.state.way != Way::Feed;
    let ours = ours
        .filter(|_| read_otherwise)
        .and_then(|base| base.join(&format!("feed.rss?source={}", source.id)).ok());
    let feed = record
        .state
        .feed()
        .or(ours.as_ref())
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
