//! JSON Feed, versions 1 and 1.1 (jsonfeed.org).

use std::borrow::Cow;
use std::fmt;

use jiff::SignedDuration;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use url::Url;

use super::super::dates;
use super::mend::mended;
use super::value::Value;
use super::{Around, Feed, FeedFault, MAX_ENTRIES, MAX_HUBS, draft, strict};
use crate::domain::{Attachment, Draft, Language};

/// What stands before a feed is no longer, in bytes.
const LEAD: usize = 400;

/// What was read before the end, or before the document broke off.
#[derive(Default)]
struct Document {
    fields: Vec<(String, Json)>,
    items: Vec<Json>,
    total: usize,
    has_items: bool,
}

/// Whether a document that begins with something else is a JSON Feed all the same, and where that begins: behind a comment,
/// a guard against being run as a script, or the name of a function.
pub(super) fn start(text: &str) -> Option<usize> {
    let head = &text[..text.floor_char_boundary(LEAD)];
    let start = head.find('{')?;
    (!head[..start].contains('<') && text.contains("\"items\"")).then_some(start)
}

pub(super) fn read(text: &str, around: &Around) -> Result<Feed, FeedFault> {
    match parsed(text, around) {
        Ok(feed) if !feed.repaired => Ok(feed),
        first => match mended(text) {
            Cow::Owned(sound) => match (parsed(&sound, around), first) {
                (Ok(feed), Ok(first)) if first.items.len() >= feed.items.len() => Ok(first),
                (Ok(feed), _) => Ok(Feed {
                    repaired: true,
                    ..feed
                }),
                (Err(_), first) => first,
            },
            Cow::Borrowed(_) => first,
        },
    }
}

fn parsed(text: &str, around: &Around) -> Result<Feed, FeedFault> {
    let mut document = Document::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let whole = WholeSeed(&mut document).deserialize(&mut deserializer);
    if !document.has_items {
        return Err(FeedFault::NotAFeed(
            if whole.is_ok() {
                "some other JSON"
            } else {
                "text that begins like JSON"
            }
            .to_owned(),
        ));
    }
    if whole.is_err() && document.items.is_empty() {
        return Err(FeedFault::Truncated);
    }
    let field = |name: &str| {
        document
            .fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    };
    let string = |name: &str| field(name).and_then(Json::as_str);
    let known = string("version").is_some_and(|version| version.contains("jsonfeed.org"));
    let entries = document.items.iter().all(|item| {
        item.is_object()
            && ["id", "url", "content_html", "content_text", "title"]
                .iter()
                .any(|key| item.get(key).is_some())
    });
    if !known && (!entries || document.items.is_empty()) {
        return Err(FeedFault::NotAFeed("some other JSON".to_owned()));
    }
    let home = string("home_page_url").and_then(|link| draft::link(around.url, link));
    let lang = string("language").and_then(Language::from_tag);
    // Those of another kind (rssCloud) speak another language.
    let websub = |hub: &&Json| {
        let kind = hub.get("type").and_then(Json::as_str);
        kind.is_none_or(|kind| !kind.eq_ignore_ascii_case("rsscloud"))
    };
    let hubs = field("hubs").and_then(Json::as_array).map(Vec::as_slice);
    let hubs = hubs
        .unwrap_or_default()
        .iter()
        .take(4 * MAX_HUBS)
        .filter(websub)
        .filter_map(|hub| draft::link(around.url, hub.get("url")?.as_str()?))
        .take(MAX_HUBS)
        .collect();
    let base = home.clone().unwrap_or_else(|| around.url.clone());
    let whole = whole.is_ok() && deserializer.end().is_ok();
    let cut = document.total > MAX_ENTRIES;
    let try_strict = whole
        && !cut
        && known
        && field("title").is_some_and(Json::is_string)
        && document.items.iter().all(suits);
    let strict = try_strict
        .then(|| strict::read_json(text, &base, lang, around, document.items.len()))
        .flatten();
    let repaired = !whole || (try_strict && strict.is_none());
    let common = Json::Object(
        document
            .fields
            .iter()
            .filter(|(key, _)| key == "author" || key == "authors")
            .cloned()
            .collect(),
    );
    let items = strict.unwrap_or_else(|| lenient(&document.items, &base, lang, &common, around));
    Ok(Feed {
        title: draft::plain_line(&Value::Characters(
            string("title").unwrap_or_default().into(),
        )),
        lang,
        ttl: None::<SignedDuration>,
        hubs,
        self_url: string("feed_url").and_then(|link| draft::link(around.url, link)),
        items,
        home,
        repaired,
        cut,
    })
}

/// The entries as our own reader has them. Who wrote the feed wrote the entries that name nobody.
fn lenient(
    items: &[Json],
    base: &Url,
    lang: Option<Language>,
    common: &Json,
    around: &Around,
) -> Vec<Draft> {
    items
        .iter()
        .filter_map(|item| entry(item, base, lang, common, around))
        .collect()
}

/// Whether feed-rs's model holds all that an entry says.
fn suits(item: &Json) -> bool {
    let text = |name: &str| match item.get(name) {
        None | Some(Json::Null) => true,
        Some(value) => value.is_string(),
    };
    let none = |name: &str| item.get(name).is_none_or(Json::is_null);
    let plain_author = |value: &Json| {
        value
            .get("name")
            .and_then(Json::as_str)
            .is_some_and(|name| !name.contains('@') && !name.trim().is_empty())
    };
    let list = |name: &str| match item.get(name) {
        None | Some(Json::Null) => Some(&[][..]),
        Some(value) => value.as_array().map(Vec::as_slice),
    };
    [
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "summary",
    ]
    .iter()
    .chain(&["date_published", "date_modified"])
    .all(|name| text(name))
        && ["image", "banner_image", "language", "external_url"]
            .iter()
            .all(|name| none(name))
        && item
            .get("url")
            .and_then(Json::as_str)
            .is_some_and(|url| !url.trim().is_empty())
        && (none("content_html") || none("content_text"))
        && (none("author") || none("authors"))
        && item
            .get("author")
            .is_none_or(|one| one.is_null() || plain_author(one))
        && list("authors").is_some_and(|all| all.iter().all(plain_author))
        && list("tags").is_some_and(|all| all.iter().all(Json::is_string))
        && list("attachments").is_some_and(|all| {
            all.iter().all(|file| {
                file.get("mime_type").is_some_and(Json::is_string)
                    && file.get("url").is_some_and(Json::is_string)
            })
        })
}

fn entry(
    item: &Json,
    base: &Url,
    lang: Option<Language>,
    common: &Json,
    around: &Around,
) -> Option<Draft> {
    let string = |name: &str| {
        item.get(name)
            .and_then(Json::as_str)
            .filter(|text| !text.trim().is_empty())
    };
    let address = |name: &str| string(name).and_then(|text| draft::link(base, text));
    let guid = match item.get("id") {
        Some(Json::String(id)) => Some(id.clone()),
        Some(Json::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let lang = string("language").and_then(Language::from_tag).or(lang);
    let date = |name: &str| {
        let text = match item.get(name)? {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        dates::parse(&text, lang, around.now, around.zone)
    };
    let mut parts = draft::Parts {
        base: Some(base.clone()),
        url: address("url")
            .or_else(|| {
                guid.as_deref()
                    .filter(|id| id.starts_with("http"))
                    .and_then(|id| draft::link(base, id))
            })
            .or_else(|| address("external_url")),
        title: string("title").map(|title| draft::plain_line(&Value::Characters(title.into()))),
        author: author(item).or_else(|| author(common)),
        published: date("date_published"),
        updated: date("date_modified"),
        image: address("image").or_else(|| address("banner_image")),
        guid,
        lang,
        ..draft::Parts::default()
    };
    if let Some(html) = string("content_html") {
        parts.content(Value::Markup(html.into()), true);
    } else if let Some(text) = string("content_text") {
        parts.content(Value::Characters(text.into()), false);
    }
    if let Some(summary) = string("summary") {
        parts.summary(Value::Characters(summary.into()), false);
    }
    let list = |name: &str| {
        item.get(name)
            .and_then(Json::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    for file in list("attachments").iter().take(100) {
        let text = |name: &str| file.get(name).and_then(Json::as_str).map(str::to_owned);
        if let Some(url) = text("url").and_then(|link| draft::link(base, &link)) {
            parts.attachments.push(Attachment {
                url,
                r#type: text("mime_type"),
                title: text("title"),
            });
        }
    }
    parts.categories = list("tags")
        .iter()
        .filter_map(Json::as_str)
        .take(200)
        .map(str::to_owned)
        .collect();
    parts.finish()
}

fn author(item: &Json) -> Option<String> {
    let one = item
        .get("authors")
        .and_then(|authors| authors.get(0))
        .or_else(|| item.get("author"))?;
    one.get("name").unwrap_or(one).as_str().map(str::to_owned)
}

struct WholeSeed<'d>(&'d mut Document);

impl<'de> DeserializeSeed<'de> for WholeSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for WholeSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON Feed")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                self.0.has_items = true;
                map.next_value_seed(ItemsSeed(self.0))?;
            } else if self.0.fields.len() < 50 && key.len() < 50 {
                self.0.fields.push((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct ItemsSeed<'d>(&'d mut Document);

impl<'de> DeserializeSeed<'de> for ItemsSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ItemsSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of entries")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        loop {
            // Those that are not kept are passed over without taking memory.
            if self.0.items.len() < MAX_ENTRIES {
                let Some(item) = items.next_element()? else {
                    break;
                };
                self.0.items.push(item);
            } else if items.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
            self.0.total += 1;
        }
        Ok(())
    }
}

/// What both readers make of it.
#[cfg(test)]
pub(super) fn both(text: &str, around: &Around) -> (Option<Vec<Draft>>, Vec<Draft>) {
    let whole: Json = serde_json::from_str(text).unwrap();
    let items = whole["items"].as_array().unwrap();
    assert!(items.iter().all(suits), "{text}");
    let base = draft::link(around.url, whole["home_page_url"].as_str().unwrap()).unwrap();
    let lang = Language::from_tag(whole["language"].as_str().unwrap());
    (
        strict::read_json(text, &base, lang, around, items.len()),
        lenient(items, &base, lang, &whole, around),
    )
}
