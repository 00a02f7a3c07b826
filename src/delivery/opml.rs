//! OPML 2.0 (<https://opml.org/spec2.opml>): the sources, for feed readers.

use std::collections::BTreeMap;

use url::Url;

use super::entry::{plain, safe_link};
use super::xml::Xml;
use crate::domain::{Country, Language, Way};
use crate::store::SourceRecord;

/// What stands in an OPML file for a source that has no feed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedless {
    /// The feed that vesti makes of its items: for readers, who want to subscribe.
    OurFeed,
    /// Its own address: for another vesti, which finds out how to read it.
    ItsPage,
}

/// A feed as OPML names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpmlFeed {
    /// What it is called.
    pub title: String,
    /// The feed.
    pub feed: Url,
    /// The site, or the page about it.
    pub home: Option<Url>,
    /// Its language.
    pub language: Option<Language>,
    /// Whether it is one of our digests: another vesti that reads the list leaves it out.
    pub digest: bool,
}

/// The `category` of digests.
pub(super) const DIGEST: &str = "/vesti/digest";

impl OpmlFeed {
    /// A source; `None` where it is private, and where it has no address at all: a subscription list is of feeds.
    #[must_use]
    pub fn of(record: &SourceRecord, public: &Url, feedless: Feedless) -> Option<Self> {
        let source = &record.source;
        if source.private {
            return None;
        }
        let home = source.url.as_ref().filter(|url| safe_link(url).is_some());
        let read_otherwise = record.state.address.is_some() && record.state.way != Way::Feed;
        let ours = (feedless == Feedless::OurFeed && read_otherwise)
            .then(|| public.join(&format!("feed.rss?source={}", source.id)).ok())
            .flatten();
        let feed = [
            record.state.feed(),
            ours.as_ref(),
            source.feed.as_ref(),
            home,
        ]
        .into_iter()
        .flatten()
        .find(|url| safe_link(url).is_some())?
        .clone();
        Some(Self {
            title: plain(&source.name, source.id.as_str()),
            feed,
            home: home.cloned(),
            language: source.languages.first().copied(),
            digest: false,
        })
    }
}

/// Feeds in folders as OPML 2.0. A folder without a name has its feeds beside the folders, one without feeds is left out.
#[must_use]
pub fn opml_folders(title: &str, public: &Url, folders: &[(String, Vec<OpmlFeed>)]) -> String {
    let mut xml = Xml::new();
    xml.element("opml", &[("version", "2.0")], |xml| {
        xml.element("head", &[], |xml| {
            xml.text("title", &[], &plain(title, "vesti"));
            xml.text("ownerId", &[], public.as_str());
            xml.text("docs", &[], "http://opml.org/spec2.opml");
        });
        xml.element("body", &[], |xml| {
            for (name, feeds) in folders {
                let name = plain(name, "");
                let all = |xml: &mut Xml| feeds.iter().for_each(|feed| outline(xml, feed));
                if name.is_empty() {
                    all(xml);
                } else if !feeds.is_empty() {
                    xml.element("outline", &[("text", &name), ("title", &name)], all);
                }
            }
        });
    });
    xml.finish()
}

/// Sources as OPML 2.0, grouped by country. Private ones are left out, and those without any address.
#[must_use]
pub fn opml(title: &str, sources: &[SourceRecord], public: &Url, feedless: Feedless) -> String {
    let mut countries: BTreeMap<Country, Vec<OpmlFeed>> = BTreeMap::new();
    for record in sources.iter().filter(|record| !record.source.private) {
        countries
            .entry(record.source.country)
            .or_default()
            .extend(OpmlFeed::of(record, public, feedless));
    }
    let folders: Vec<_> = countries
        .into_iter()
        .map(|(country, feeds)| (country.as_str().to_owned(), feeds))
        .collect();
    opml_folders(title, public, &folders)
}

fn outline(xml: &mut Xml, feed: &OpmlFeed) {
    let name = plain(&feed.title, feed.feed.as_str());
    let mut attributes = vec![
        ("type", "rss"),
        ("text", name.as_str()),
        ("title", name.as_str()),
        ("xmlUrl", feed.feed.as_str()),
    ];
    attributes.extend(feed.home.as_ref().map(|home| ("htmlUrl", home.as_str())));
    attributes.extend(
        feed.language
            .as_ref()
            .map(|lang| ("language", lang.as_str())),
    );
    if feed.digest {
        attributes.push(("category", DIGEST));
    }
    xml.empty("outline", &attributes);
}
