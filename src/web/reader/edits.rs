//! What a reader changes: what is read, what has a star, which feeds it follows and how they are filed.

use serde_json::json;

use super::catalogue::{Catalogue, Feed};
use super::ids::{State, Stream, read_item, read_stream};
use super::streams::micros;
use super::{Call, Manner, bad_request, data, text};
use crate::domain::ItemId;
use crate::store::{FeedEdit, Marks, Reader};
use crate::web::context::Ask;
use crate::web::form::Form;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// Most items that are marked at once.
const MOST_ITEMS: usize = 10_000;
/// Items of a topic or with a star that are marked in one step.
const STEP: usize = 5_000;
/// Most of these steps: what is read of a topic is marked one by one.
const STEPS: usize = 40;
/// Longest name that a reader may give a feed or a folder, in characters.
const LONGEST: usize = 200;
/// What an app is told that wants to add a feed.
const SHARED: &str =
    "All readers share one list of sources here; whoever looks after this service adds to it.";

/// Something that changes what is kept of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Tags,
    AllRead,
    Subscription,
    QuickAdd,
    Import,
    RenameFolder,
    DropFolder,
}

impl Change {
    /// The change that a path asks for.
    pub(super) fn of(path: &str) -> Option<Self> {
        Some(match path {
            "edit-tag" => Self::Tags,
            "mark-all-as-read" => Self::AllRead,
            "subscription/edit" => Self::Subscription,
            "subscription/quickadd" => Self::QuickAdd,
            "subscription/import" => Self::Import,
            "rename-tag" => Self::RenameFolder,
            "disable-tag" => Self::DropFolder,
            _ => return None,
        })
    }
}

/// Makes a change, and says so.
pub(super) async fn make(
    context: &Ask,
    change: Change,
    reader: Reader,
    form: Form,
) -> Result<Reply, Trouble> {
    let catalogue = context
        .aside(move |context| Catalogue::new(context, reader))
        .await?;
    let call = Call {
        catalogue,
        manner: Manner::FreshRss,
        form,
    };
    let done = match change {
        Change::Tags => edit_tag(context, &call).await?,
        Change::AllRead => mark_all(context, call).await?,
        Change::Subscription => edit_subscription(context, &call).await?,
        Change::RenameFolder | Change::DropFolder => {
            edit_folder(context, &call, change == Change::RenameFolder).await?
        }
        Change::QuickAdd => return quick_add(context, &call).await,
        Change::Import => Err(SHARED),
    };
    Ok(match done {
        Ok(()) => text("OK"),
        Err(why) => bad_request(why),
    })
}

/// What is wrong with what was asked for.
type Done = Result<(), &'static str>;

impl Call {
    fn own_stream(&self, text: &str) -> Option<Stream> {
        let own = self.catalogue.own();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        read_stream(text, &own)
    }
}

async fn edit_tag(context: &Ask, call: &Call) -> Result<Done, Trouble> {
    let mut ids: Vec<ItemId> = Vec::new();
    for text in call.form.all("i") {
        let Some((first, second)) = read_item(text) else {
            return Ok(Err("This is not the id of an item."));
        };
        ids.push(first);
        // Of two readings of an id one is an item; the other is none, but for one chance in billions.
        ids.extend(second);
        if ids.len() > MOST_ITEMS {
            return Ok(Err("Too many items at once."));
        }
    }
    let mut marks = Marks::default();
    for (name, added) in [("r", false), ("a", true)] {
        for text in call.form.all(name) {
            match call.own_stream(text) {
                Some(Stream::State(State::Read)) => marks.read = Some(added),
                // Taking this back says nothing about reading: apps add `read` where they mean that.
                Some(Stream::State(State::KeptUnread)) if added => marks.read = Some(false),
                Some(Stream::State(State::Starred)) => marks.starred = Some(added),
                // Labels are the topics, which are the same for all: what an app adds is passed over.
                _ => {}
            }
        }
    }
    if marks != Marks::default() && !ids.is_empty() {
        let streams = call.catalogue.all_streams();
        let reader = &call.catalogue.reader;
        context.app.store.mark(reader, streams, ids, marks).await?;
    }
    Ok(Ok(()))
}

async fn mark_all(context: &Ask, call: Call) -> Result<Done, Trouble> {
    let at = call.form.last("ts").map(|text| text.parse::<i64>().ok());
    let last = match at {
        None | Some(Some(0)) => i64::MAX,
        // A whole second means all of it.
        Some(Some(at)) if at < 100_000_000_000 => micros(at).saturating_add(999_999),
        Some(Some(at)) if at < 100_000_000_000_000 => micros(at).saturating_add(999),
        Some(Some(at)) => at,
        Some(None) => return Ok(Err("ts is not a number.")),
    };
    let found = call.form.last("s").map(str::to_owned);
    let found = found.and_then(|named| call.stream(context, &named));
    let Some((stream, choice)) = found else {
        return Ok(Err("There is no such stream."));
    };
    if choice.read == Some(true) {
        return Ok(Ok(()));
    }
    let (store, reader) = (&context.app.store, call.catalogue.reader.clone());
    if choice.is_whole() || matches!(stream, Stream::State(State::ReadingList)) {
        store.mark_through(reader.id, choice.streams, last).await?;
        return Ok(Ok(()));
    }
    // What a topic holds is spread over all streams: it is marked piece by piece.
    let mut before = last.saturating_add(1);
    for _ in 0..STEPS {
        let (mut scanned, marked, streams) =
            (choice.clone(), reader.clone(), choice.streams.clone());
        let page = context
            .aside(move |context| {
                scanned.read = Some(false);
                let scan = scanned.scan(0, before, false, STEP);
                Ok(context.app.store.scan(&marked, &scan)?)
            })
            .await?;
        let ids: Vec<ItemId> = page.entries.iter().map(|entry| entry.id).collect();
        let marks = Marks {
            read: Some(true),
            starred: None,
        };
        store.mark(&reader, streams, ids, marks).await?;
        let Some(next) = page.next else { break };
        before = next;
    }
    Ok(Ok(()))
}

/// A name as it may be kept and shown.
fn name(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn edit_subscription(context: &Ask, call: &Call) -> Result<Done, Trouble> {
    let mut edits: Vec<(String, FeedEdit)> = Vec::new();
    for text in call.form.all("s") {
        let Some(feed) = feed_of(&call.catalogue, text) else {
            return Ok(Err(SHARED));
        };
        let mut edit = feed.edit.clone();
        match call.form.last("ac").unwrap_or("edit") {
            "unsubscribe" => edit.hidden = true,
            "subscribe" => edit.hidden = false,
            "edit" => {}
            _ => return Ok(Err("ac is none of subscribe, unsubscribe, edit.")),
        }
        if let Some(title) = call.form.last("t") {
            edit.title = Some(name(title)).filter(|title| !title.is_empty());
        }
        for text in call.form.all("r") {
            if let Some(Stream::Label(folder)) = call.own_stream(text)
                && folder == feed.folder
            {
                edit.folder = Some(String::new());
            }
        }
        for text in call.form.all("a") {
            if let Some(Stream::Label(folder)) = call.own_stream(text) {
                edit.folder = Some(name(&folder));
            }
        }
        edits.push((feed.stream.clone(), edit));
    }
    if edits.is_empty() {
        return Ok(Err("s says no feed."));
    }
    let reader = call.catalogue.reader.id;
    context.app.store.edit_feeds(reader, edits).await?;
    Ok(Ok(()))
}

/// The feed that a text names: by its stream, or by the address of the feed or of the site.
fn feed_of<'a>(catalogue: &'a Catalogue, text: &str) -> Option<&'a Feed> {
    let text = text.trim();
    let text = text.strip_prefix("feed/").unwrap_or(text);
    let same = |address: &str| address.trim_end_matches('/') == text.trim_end_matches('/');
    catalogue.feed(text).or_else(|| {
        catalogue
            .feeds
            .iter()
            .find(|feed| same(&feed.url) || same(&feed.home))
    })
}

async fn quick_add(context: &Ask, call: &Call) -> Result<Reply, Trouble> {
    let query = call.form.last("quickadd").unwrap_or_default();
    let Some(feed) = feed_of(&call.catalogue, query) else {
        return data(&json!({"numResults": 0, "query": name(query), "error": SHARED}));
    };
    let edit = FeedEdit {
        hidden: false,
        ..feed.edit.clone()
    };
    let reader = call.catalogue.reader.id;
    let edits = vec![(feed.stream.clone(), edit)];
    context.app.store.edit_feeds(reader, edits).await?;
    data(&json!({
        "numResults": 1,
        "query": name(query),
        "streamId": feed.id(),
        "streamName": feed.title,
    }))
}

/// Gives the feeds of a folder another one, or none.
async fn edit_folder(context: &Ask, call: &Call, rename: bool) -> Result<Done, Trouble> {
    let old = match (call.form.last("s"), call.form.last("t")) {
        (Some(text), _) => call.own_stream(text),
        (None, Some(name)) => Some(Stream::Label(name.to_owned())),
        (None, None) => None,
    };
    let Some(Stream::Label(old)) = old else {
        return Ok(Err("s says no folder."));
    };
    let new = match call.form.last("dest").map(|text| call.own_stream(text)) {
        Some(Some(Stream::Label(new))) if rename => name(&new),
        _ if !rename => String::new(),
        _ => return Ok(Err("dest says no folder.")),
    };
    let edits: Vec<(String, FeedEdit)> = call
        .catalogue
        .feeds
        .iter()
        .filter(|feed| feed.folder == old)
        .map(|feed| {
            let edit = FeedEdit {
                folder: Some(new.clone()),
                ..feed.edit.clone()
            };
            (feed.stream.clone(), edit)
        })
        .collect();
    if edits.is_empty() {
        return Ok(Err("There is no such folder; topics stay as they are."));
    }
    let reader = call.catalogue.reader.id;
    context.app.store.edit_feeds(reader, edits).await?;
    Ok(Ok(()))
}
