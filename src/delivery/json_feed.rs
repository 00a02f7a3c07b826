//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use serde_json::{Map, Value, json};

use super::FeedInfo;
use super::entry::{Entry, plain, rfc3339};
use super::xml::legal;
use crate::domain::Item;

/// Items as JSON Feed 1.1. What it has no place for stands in each item's `_vesti`.
#[must_use]
pub fn json_feed(info: &FeedInfo, items: &[Item]) -> String {
    write(info, items.iter().map(|item| Entry::of(info, item)))
}

pub(super) fn write(info: &FeedInfo, entries: impl Iterator<Item = Entry>) -> String {
    let mut feed = Map::new();
    feed.insert("version".into(), "https://jsonfeed.org/version/1.1".into());
    feed.insert("title".into(), plain(&info.title, "vesti").into());
    feed.insert("home_page_url".into(), info.home.as_str().into());
    feed.insert("feed_url".into(), info.this.as_str().into());
    feed.insert("description".into(), plain(&info.description, "").into());
    // JSON Feed knows no archives: what comes next is whatever is older.
    if let Some(next) = info.next.as_ref().or(info.links.prev_archive.as_ref()) {
        feed.insert("next_url".into(), next.as_str().into());
    }
    if let Some(lang) = info.lang {
        feed.insert("language".into(), lang.as_str().into());
    }
    if let Some(hub) = &info.hub {
        let hub = json!({ "type": "WebSub", "url": hub.as_str() });
        feed.insert("hubs".into(), json!([hub]));
    }
    let items: Vec<Value> = entries.map(|entry| item(info, &entry)).collect();
    feed.insert("items".into(), items.into());
    Value::Object(feed).to_string()
}

fn item(info: &FeedInfo, entry: &Entry) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), entry.id.as_str().into());
    item.insert("url".into(), entry.link.as_str().into());
    item.insert("title".into(), entry.title.as_str().into());
    if entry.html.is_empty() {
        // An item must have a content of one sort or the other.
        item.insert("content_text".into(), entry.summary.as_str().into());
    } else {
        item.insert("content_html".into(), legal(&entry.html).into());
    }
    if !entry.summary.is_empty() {
        item.insert("summary".into(), entry.summary.as_str().into());
    }
    if let Some(image) = &entry.image {
        item.insert("image".into(), image.as_str().into());
    }
    item.insert("date_published".into(), rfc3339(entry.published).into());
    if entry.updated > entry.published {
        item.insert("date_modified".into(), rfc3339(entry.updated).into());
    }
    let author = plain(entry.author_or_source(info), "vesti");
    item.insert("authors".into(), json!([{ "name": author }]));
    let tags: Vec<Value> = entry
        .categories
        .iter()
        .map(|category| category.term.as_str().into())
        .collect();
    if !tags.is_empty() {
        item.insert("tags".into(), tags.into());
    }
    if let Some(lang) = entry.lang {
        item.insert("language".into(), lang.as_str().into());
    }
    let files: Vec<Value> = entry
        .files
        .iter()
        .map(|file| {
            let mut attachment = json!({ "url": file.url, "mime_type": file.media_type });
            if let Some(title) = &file.title {
                attachment["title"] = title.as_str().into();
            }
            attachment
        })
        .collect();
    if !files.is_empty() {
        item.insert("attachments".into(), files.into());
    }
    if !entry.extension.is_null() {
        item.insert("_vesti".into(), entry.extension.clone());
    }
    Value::Object(item)
}
