//! Items: their ids page by page, and what they say.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::catalogue::{Choice, Topics, digest_of};
use super::ids::{State, Stream, label, read_item, read_stream};
use super::{Call, bad_request, data, text};
use crate::delivery::{ItemPlace, reader_edition, reader_item};
use crate::domain::{Item, ItemId};
use crate::store::{Listed, Listing};
use crate::web::context::Ask;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// Items on a page where an app does not say how many.
const USUAL: usize = 20;
/// Most ids on a page.
const MOST_IDS: usize = 10_000;
/// Most items with all that they say, on a page or asked for by their ids.
const MOST_ITEMS: usize = 1_000;
/// Items are taken from the store in groups of so many.
const GROUP: usize = 50;
/// Where an answer has more bytes of HTML than this, it ends with the group.
const MOST_HTML: usize = 16 << 20;
/// Most entries that are counted.
const MOST_COUNTED: u64 = 100_000;

/// What is wrong with a question; it is told in a line.
pub(super) type Wrong = &'static str;

impl Call {
    /// The stream that a text names, and what it holds.
    pub(super) fn stream(&self, context: &Ask, text: &str) -> Option<(Stream, Choice)> {
        let own = self.catalogue.own();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let stream = read_stream(text, &own)?;
        let choice = self.catalogue.choose(&context.config.thesaurus, &stream)?;
        Some((stream, choice))
    }

    /// The items that parameters of the name `i` name, in their order: of two readings of an id, what there is.
    pub(super) fn entries(&self, context: &Ask, most: usize) -> Result<Vec<Listed>, Failure> {
        let mut wanted = Vec::new();
        for text in self.form.all("i") {
            let (first, second) = read_item(text).ok_or("This is not the id of an item.")?;
            wanted.push(first);
            wanted.extend(second);
            if wanted.len() > 2 * most {
                return Err("Too many items at once.".into());
            }
        }
        let streams = self.catalogue.all_streams();
        let reader = &self.catalogue.reader;
        let mut listed = context.app.store.listed(reader, &streams, &wanted)?;
        let mut seen = std::collections::HashSet::new();
        listed.retain(|entry| seen.insert(entry.id));
        if listed.len() > most {
            return Err("Too many items at once.".into());
        }
        Ok(listed)
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.form.last(name)?.parse().ok()
    }
}

/// Why a question is not answered.
pub(super) enum Failure {
    Wrong(Wrong),
    Trouble(Trouble),
}

impl From<Wrong> for Failure {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl<E: Into<Trouble>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Trouble(error.into())
    }
}

/// The answer, where what is wrong is the app's fault.
pub(super) fn told(found: Result<Reply, Failure>) -> Result<Reply, Trouble> {
    match found {
        Ok(reply) => Ok(reply),
        Err(Failure::Wrong(wrong)) => Ok(bad_request(wrong)),
        Err(Failure::Trouble(trouble)) => Err(trouble),
    }
}

/// `stream/items/ids`
pub(super) fn ids(context: &Ask, call: &Call) -> Result<Reply, Trouble> {
    told((|| {
        let named = call.form.last("s").map(str::to_owned);
        let (_, page) = page(context, call, named.as_deref(), MOST_IDS)?;
        let direct = call.form.last("includeAllDirectStreamIds") == Some("true");
        let refs: Vec<Value> = page
            .entries
            .iter()
            .map(|entry| {
                let mut value = json!({
                    "id": entry.id.get().to_string(),
                    "timestampUsec": entry.pos.to_string(),
                });
                if direct {
                    value["directStreamIds"] = json!([format!("feed/{}", entry.stream)]);
                }
                value
            })
            .collect();
        Ok(data(&with_continuation(json!({"itemRefs": refs}), &page))?)
    })())
}

/// `stream/contents/…`
pub(super) fn contents(context: &Ask, call: &Call, named: Option<&str>) -> Result<Reply, Trouble> {
    told((|| {
        let named = named.or_else(|| call.form.last("s"));
        let (stream, mut page) = page(context, call, named, MOST_ITEMS)?;
        let (items, looked_at) = written(context, call, &page.entries)?;
        if looked_at < page.entries.len() {
            page.next = page.entries[..looked_at].last().map(|entry| entry.pos);
        }
        let id = named.map_or_else(|| State::ReadingList.to_string(), str::to_owned);
        let value = json!({
            "direction": "ltr",
            "id": id,
            "title": call.catalogue.title(&stream, context.site()),
            "updated": context.now.as_second(),
            "items": items,
        });
        Ok(data(&with_continuation(value, &page))?)
    })())
}

/// `stream/items/contents`
pub(super) fn items(context: &Ask, call: &Call) -> Result<Reply, Trouble> {
    told((|| {
        let entries = call.entries(context, MOST_ITEMS)?;
        let (items, _) = written(context, call, &entries)?;
        Ok(data(&json!({
            "direction": "ltr",
            "id": State::ReadingList.to_string(),
            "title": context.site(),
            "updated": context.now.as_second(),
            "items": items,
        }))?)
    })())
}

/// `stream/items/count`
pub(super) fn count(context: &Ask, call: &Call) -> Result<Reply, Trouble> {
    told((|| {
        let (_, choice) = call
            .form
            .last("s")
            .and_then(|named| call.stream(context, named))
            .ok_or("There is no such stream.")?;
        let (store, reader) = (&context.app.store, &call.catalogue.reader);
        let count = if choice.is_whole() {
            store.count_entries(&choice.streams, MOST_COUNTED)?
        } else {
            let scan = choice.scan(0, i64::MAX, false, MOST_IDS);
            store.scan(reader, &scan)?.entries.len() as u64
        };
        if call.form.last("a") != Some("true") {
            return Ok(text(count.to_string()));
        }
        let newest = store.unread(reader, &choice.streams)?;
        let newest = newest.iter().filter_map(|unread| unread.newest).max();
        let day = newest
            .and_then(|micros| jiff::Timestamp::from_microsecond(micros).ok())
            .map_or_else(String::new, |at| at.strftime("#%B %d, %Y").to_string());
        Ok(text(format!("{count}{day}")))
    })())
}

fn with_continuation(mut value: Value, page: &Listing) -> Value {
    if let Some(next) = page.next {
        value["continuation"] = json!(next.to_string());
    }
    value
}

/// The page that a request asks for.
fn page(
    context: &Ask,
    call: &Call,
    named: Option<&str>,
    most: usize,
) -> Result<(Stream, Listing), Failure> {
    let unknown = "There is no such stream.";
    let reading_list = State::ReadingList.to_string();
    let named = named.unwrap_or(&reading_list);
    let (stream, mut choice) = call.stream(context, named).ok_or(unknown)?;
    for only in call.form.all("it").filter(|text| !text.is_empty()) {
        let (_, only) = call.stream(context, only).ok_or(unknown)?;
        choice = choice.and(only);
    }
    // Nothing is left out by what there is not.
    for out in call.form.all("xt").filter(|text| !text.is_empty()) {
        if let Some((_, out)) = call.stream(context, out) {
            choice = choice.without(&out);
        }
    }
    let most = match call.form.last("n") {
        None => USUAL,
        Some(number) => number
            .parse()
            .map_or(USUAL, |number: usize| number.clamp(1, most)),
    };
    let oldest_first = matches!(call.form.last("r"), Some("o" | "a"));
    let mut after = call.number("ot").map_or(0, |at| micros(at) - 1);
    let mut before = call
        .number("nt")
        .filter(|at| *at > 0)
        .map_or(i64::MAX, |at| micros(at).saturating_add(1_000_000));
    if let Some(given) = call.form.last("c") {
        let place: i64 = given
            .parse()
            .map_err(|_| "This is not a continuation of ours.")?;
        if oldest_first {
            after = after.max(place);
        } else {
            before = before.min(place);
        }
    }
    let scan = choice.scan(after, before, oldest_first, most);
    let listing = context.app.store.scan(&call.catalogue.reader, &scan)?;
    Ok((stream, listing))
}

/// A moment in microseconds, whichever unit an app gave it in: seconds, as it should, or smaller ones.
pub(super) fn micros(at: i64) -> i64 {
    match at.max(0) {
        seconds @ ..100_000_000_000 => seconds * 1_000_000,
        millis @ ..100_000_000_000_000 => millis * 1000,
        micros => micros,
    }
}

/// Entries with all that they say, and how many of them were looked at: not all where they say too much for one answer.
fn written(context: &Ask, call: &Call, entries: &[Listed]) -> Result<(Vec<Value>, usize), Trouble> {
    let catalogue = &call.catalogue;
    let topics = Topics::new(&context.config.thesaurus, catalogue);
    let mut values = Vec::with_capacity(entries.len());
    let (mut html, mut looked_at) = (0, 0);
    for group in entries.chunks(GROUP) {
        if html > MOST_HTML {
            break;
        }
        let before = values.len();
        write_group(context, call, &topics, group, &mut values)?;
        looked_at += group.len();
        let size = |value: &Value| value["content"]["content"].as_str().map_or(0, str::len);
        html += values[before..].iter().map(size).sum::<usize>();
    }
    Ok((values, looked_at))
}

fn write_group(
    context: &Ask,
    call: &Call,
    topics: &Topics,
    entries: &[Listed],
    values: &mut Vec<Value>,
) -> Result<(), Trouble> {
    let catalogue = &call.catalogue;
    let ids: Vec<ItemId> = entries
        .iter()
        .filter(|entry| entry.edition.is_none())
        .map(|entry| entry.id)
        .collect();
    let items: HashMap<ItemId, Item> = context
        .app
        .store
        .items(&ids)?
        .into_iter()
        .map(|item| (item.id, item))
        .collect();
    let file_key = match call.manner {
        super::Manner::Miniflux => "url",
        super::Manner::FreshRss => "href",
    };
    for entry in entries {
        let Some(feed) = catalogue.feed(&entry.stream) else {
            continue;
        };
        let mut categories = vec![State::ReadingList.to_string()];
        for (state, is_so) in [
            (State::Read, entry.read),
            (State::Starred, entry.starred),
            (State::KeptUnread, entry.kept),
        ] {
            if is_so {
                categories.push(state.to_string());
            }
        }
        if !feed.folder.is_empty() {
            categories.push(label(&feed.folder));
        }
        let mut place = ItemPlace {
            id: entry.id,
            micros: entry.pos,
            stream: feed.id(),
            title: feed.title.clone(),
            home: feed.home.clone(),
            categories,
            file_key,
        };
        if let Some(item) = items.get(&entry.id) {
            place.categories.extend(topics.labels(&item.topics));
            values.push(reader_item(&context.base, item, &place));
        } else if let Some(end) = entry.edition
            && let Some(spec) = digest_of(&context.config.digests, &entry.stream)
            && let Some(edition) = context.app.store.edition(&spec.id, end)?
        {
            let language = catalogue.reader.lang;
            values.push(reader_edition(
                &context.base,
                spec,
                &edition,
                language,
                &place,
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_any_unit() {
        for at in [1_800_000_000, 1_800_000_000_000, 1_800_000_000_000_000] {
            assert_eq!(micros(at), 1_800_000_000_000_000);
        }
        assert_eq!(micros(0), 0);
        assert_eq!(micros(-5), 0);
        assert_eq!(micros(i64::MAX), i64::MAX);
    }
}
