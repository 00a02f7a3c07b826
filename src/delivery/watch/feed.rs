//! What a watch told, as a feed: one entry a bulletin.

use jiff::Timestamp;
use serde_json::json;

use super::mail::html;
use super::{Bulletin, Telling};
use crate::delivery::entry::{Entry, sane, tag};
use crate::delivery::{FeedInfo, atom, rss};
use crate::domain::Language;
use crate::store::Published;

/// In which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchFeed {
    /// RSS 2.0.
    Rss,
    /// Atom.
    Atom,
}

/// The feed of a watch; bulletins that this version cannot read are left out.
#[must_use]
pub fn watch_feed(
    info: &FeedInfo,
    bulletins: &[Published],
    language: Language,
    format: WatchFeed,
) -> String {
    let entries = bulletins.iter().filter_map(|published| {
        let bulletin: Bulletin = serde_json::from_value(published.body.clone()).ok()?;
        Some(entry(info, &bulletin, published.at, language))
    });
    match format {
        WatchFeed::Rss => rss::write(info, entries),
        WatchFeed::Atom => atom::write(info, entries),
    }
}

fn entry(info: &FeedInfo, bulletin: &Bulletin, at: Timestamp, language: Language) -> Entry {
    let told = Telling::of(bulletin, language, &info.public);
    let lines: Vec<_> = told
        .sections
        .iter()
        .flat_map(|section| &section.lines)
        .collect();
    let link = match lines.as_slice() {
        [only] => only.url.clone(),
        _ => format!("{}#{}", info.home, bulletin.id),
    };
    let summary = lines
        .iter()
        .map(|line| line.title.as_str())
        .take(5)
        .collect::<Vec<_>>();
    Entry {
        id: tag(&info.public, &format!("watches/{}", bulletin.id)),
        title: told.title.clone(),
        link,
        page: None,
        lang: Some(told.lang),
        published: sane(at),
        updated: sane(at),
        author: None,
        source: None,
        summary: summary.join(" · "),
        html: html(&told),
        categories: Vec::new(),
        image: None,
        files: Vec::new(),
        extension: json!({}),
    }
}
