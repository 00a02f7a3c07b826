//! What there is to read, as lists: feeds in folders, labels, and what of them is unread.

use serde_json::{Value, json};

use super::catalogue::{Topics, widest};
use super::ids::{State, label};
use super::{Call, data};
use crate::delivery::opml_folders;
use crate::web::context::Ask;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// `user-info`
pub(super) fn user(call: &Call) -> Result<Reply, Trouble> {
    let reader = &call.catalogue.reader;
    data(&json!({
        "userId": reader.id.to_string(),
        "userName": reader.name,
        "userProfileId": reader.id.to_string(),
        "userEmail": "",
    }))
}

/// `friend/list`: the reader alone.
pub(super) fn friends(call: &Call) -> Result<Reply, Trouble> {
    let reader = &call.catalogue.reader;
    data(&json!({"friends": [{
        "userIds": [reader.id.to_string()],
        "profileIds": [reader.id.to_string()],
        "contactId": "-1",
        "stream": "user/-/state/com.google/broadcast",
        "flags": 1,
        "displayName": reader.name,
        "givenName": reader.name,
        "n": "",
        "p": "",
        "hasSharedItemsOnProfile": false,
    }]}))
}

/// `subscription/list`
pub(super) fn subscriptions(call: &Call) -> Result<Reply, Trouble> {
    let feeds: Vec<Value> = call
        .catalogue
        .subscribed()
        .map(|feed| {
            let mut folders = Vec::new();
            if !feed.folder.is_empty() {
                folders.push(json!({"id": label(&feed.folder), "label": feed.folder}));
            }
            json!({
                "id": feed.id(),
                "title": feed.title,
                "categories": folders,
                "url": feed.url,
                "htmlUrl": feed.home,
                "iconUrl": "",
            })
        })
        .collect();
    data(&json!({"subscriptions": feeds}))
}

/// `subscription/export`
pub(super) fn export(context: &Ask, call: &Call) -> Reply {
    let body = opml_folders(context.site(), &context.base, &call.catalogue.outline());
    Reply::new("text/x-opml; charset=utf-8", body).keep(Keep::Never)
}

/// `tag/list`: the states, the folders, and the widest topics that any item is about.
pub(super) fn tags(context: &Ask, call: &Call) -> Result<Reply, Trouble> {
    let catalogue = &call.catalogue;
    let concepts = &context.config.thesaurus;
    let topics = Topics::new(concepts, catalogue);
    let mut tags = vec![json!({"id": State::Starred.to_string()})];
    for (folder, _) in catalogue.folders() {
        tags.push(json!({"id": label(&folder), "label": folder, "type": "folder"}));
    }
    for topic in context.app.store.topics_in_use(&widest(concepts))? {
        if let Some(name) = topics.name(topic) {
            tags.push(json!({"id": label(name), "label": name, "type": "tag"}));
        }
    }
    data(&json!({"tags": tags}))
}

/// `unread-count`
pub(super) fn unread(context: &Ask, call: &Call) -> Result<Reply, Trouble> {
    let catalogue = &call.catalogue;
    let feeds: Vec<_> = catalogue.subscribed().collect();
    let streams: Vec<String> = feeds.iter().map(|feed| feed.stream.clone()).collect();
    let found = context.app.store.unread(&catalogue.reader, &streams)?;
    let mut counts = Vec::with_capacity(feeds.len() + 8);
    let count = |id: String, count: u64, newest: Option<i64>| {
        json!({
            "id": id,
            "count": count,
            "newestItemTimestampUsec": newest.unwrap_or(0).to_string(),
        })
    };
    let mut folders: Vec<(&str, u64, Option<i64>)> = Vec::new();
    let (mut total, mut newest) = (0, None);
    for (feed, unread) in feeds.iter().zip(&found) {
        total += unread.count;
        newest = newest.max(unread.newest);
        counts.push(count(feed.id(), unread.count, unread.newest));
        if feed.folder.is_empty() {
            continue;
        }
        match folders.last_mut() {
            Some(folder) if folder.0 == feed.folder => {
                folder.1 += unread.count;
                folder.2 = folder.2.max(unread.newest);
            }
            _ => folders.push((&feed.folder, unread.count, unread.newest)),
        }
    }
    for (folder, unread, newest) in folders {
        counts.push(count(label(folder), unread, newest));
    }
    counts.push(count(State::ReadingList.to_string(), total, newest));
    data(&json!({"max": total, "unreadcounts": counts}))
}
