//! Publishing what is due: asks the store and the index, decides by [`super::plan`], records whole editions.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::compose::compose;
use super::plan::{Due, Last, Place, due, place, recently};
use crate::config::{DigestSpec, Period};
use crate::domain::{DigestId, Item, ItemId, SearchRequest, Seq, SourceId, StoryId};
use crate::search::{Index, SearchError};
use crate::store::{Edition, Store, StoreError};

/// Why no digest could be published.
#[derive(Debug, thiserror::Error)]
pub enum DigestError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The content could not be written down.
    #[error("an edition could not be written: {0}")]
    Body(#[from] serde_json::Error),
    /// The task that read the store and the index was stopped.
    #[error("the digest was not put together: its work was stopped")]
    Stopped,
}

/// What answers which items a digest's query selects: the index, or a stand-in in tests.
pub trait Select: Clone + Send + Sync + 'static {
    /// The last change that can be searched.
    fn searchable(&self) -> Seq;
    /// The ids of all items that a request selects and that were recorded after `after`.
    fn select(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
        after: Option<Seq>,
    ) -> Result<Vec<ItemId>, SearchError>;
}

impl Select for Index {
    fn searchable(&self) -> Seq {
        Self::searchable(self)
    }

    fn select(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
        after: Option<Seq>,
    ) -> Result<Vec<ItemId>, SearchError> {
        Self::select(self, request, now, zone, after)
    }
}

/// Items that are read from the store at once.
const BATCH: usize = 500;
/// Editions looked at to find where a digest stands.
const RECENT: usize = 64;
/// How often, and how many times, it is looked whether the index has caught up with the store.
const LOOK: (Duration, u32) = (Duration::from_millis(20), 100);

/// Publishes every edition that is due, and says which.
///
/// Each edition is one row, so that dying at any instant leaves it whole or absent; asked again, it is made again. An
/// edition names the change up to which the index was searched, and the next one takes up from there: no item is
/// missed, however late it comes. If the index has not caught up with the store, nothing is published yet: ask again.
/// `zone` is the one that dates in the digests' queries are meant in; `opening_ready`, whether the first pass over all
/// sources is done, before which a digest without any edition publishes none.
pub async fn publish_due<I: Select>(
    store: &Store,
    index: &I,
    specs: &[DigestSpec],
    now: Timestamp,
    zone: &TimeZone,
    opening_ready: bool,
) -> Result<Vec<(DigestId, Timestamp)>, DigestError> {
    let mut published = Vec::new();
    let mut caught_up = false;
    for spec in specs {
        let standing = {
            let (store, spec) = (store.clone(), spec.clone());
            blocking(move || standing(&store, &spec, now)).await?
        };
        let due = due(spec, standing.as_ref(), now);
        if due.spans.is_empty() || (standing.is_none() && !opening_ready) {
            continue;
        }
        if !caught_up {
            caught_up = catch_up(store, index).await?;
        }
        if !caught_up {
            break;
        }
        let editions = {
            let (store, index, spec, zone) =
                (store.clone(), index.clone(), spec.clone(), zone.clone());
            blocking(move || editions(&store, &index, &spec, standing.as_ref(), &due, now, &zone))
                .await?
        };
        for edition in editions {
            let (digest, end) = (edition.digest.clone(), edition.end);
            if store.publish(edition).await? {
                published.push((digest, end));
            }
        }
    }
    Ok(published)
}

/// The latest editions that hold anything, newest first, at most `most` (blocking). Use this to show a digest: a
/// period in which nothing came is kept by the store, but is nothing to show.
pub fn recent(store: &Store, digest: &DigestId, most: usize) -> Result<Vec<Edition>, StoreError> {
    let mut asked = most.max(1);
    loop {
        let editions = store.editions(digest, asked)?;
        let all = editions.len() < asked;
        let mut full = editions;
        full.retain(|edition| !edition.items.is_empty());
        if all || full.len() >= most || asked >= 64 * most.max(16) {
            full.truncate(most);
            return Ok(full);
        }
        asked *= 4;
    }
}

/// Like [`recent`], of those that ended before a moment (blocking).
pub fn earlier(
    store: &Store,
    digest: &DigestId,
    before: Timestamp,
    most: usize,
) -> Result<Vec<Edition>, StoreError> {
    let mut found = Vec::new();
    let mut before = before;
    // Quiet periods are stepped over, a year of hours at most.
    for _ in 0..90 {
        let editions = store.editions_before(digest, before, 100)?;
        let Some(last) = editions.last() else { break };
        before = last.end;
        found.extend(
            editions
                .into_iter()
                .filter(|edition| !edition.items.is_empty()),
        );
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

/// Waits until everything that is recorded now can be searched; says whether it came to that.
async fn catch_up(store: &Store, index: &impl Select) -> Result<bool, DigestError> {
    let head = {
        let store = store.clone();
        blocking(move || Ok(store.head()?.seq)).await?
    };
    for _ in 0..LOOK.1 {
        if index.searchable() >= head {
            return Ok(true);
        }
        tokio::time::sleep(LOOK.0).await;
    }
    Ok(index.searchable() >= head)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DigestError> + Send + 'static,
) -> Result<T, DigestError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| DigestError::Stopped)?
}

/// Where a digest stands.
fn standing(store: &Store, spec: &DigestSpec, now: Timestamp) -> Result<Option<Last>, DigestError> {
    let Some(mut last) = Last::of(spec, &store.editions(&spec.id, RECENT)?, now) else {
        return Ok(None);
    };
    if last.settled.is_none() {
        last.settled = Some(store.born_before(recently(last.end))?);
    }
    Ok(Some(last))
}

/// Puts together the editions that are due.
fn editions(
    store: &Store,
    index: &impl Select,
    spec: &DigestSpec,
    last: Option<&Last>,
    due: &Due,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Vec<Edition>, DigestError> {
    // Read before the search: what is recorded meanwhile is looked at again for the next edition.
    let through = index.searchable();
    let private: HashSet<SourceId> = store
        .sources()?
        .into_iter()
        .filter(|record| record.source.private)
        .map(|record| record.source.id)
        .collect();
    let ids = candidates(index, spec, last, due, now, zone)?;
    let mut delivered = HashSet::new();
    let mut editions: Vec<Vec<Item>> = due.spans.iter().map(|_| Vec::new()).collect();
    let mut waiting = Vec::new();
    for ids in ids.chunks(BATCH) {
        let had = store.delivered(&spec.id, ids)?;
        let fresh: Vec<ItemId> = ids.iter().filter(|id| !had.contains(id)).copied().collect();
        for item in store.items(&fresh)? {
            if private.contains(&item.source) {
                continue;
            }
            match place(due, last, &item) {
                Place::Edition(number) => editions[number].push(light(item)),
                Place::Waiting => waiting.push(item.id),
                Place::Nowhere => {}
            }
        }
        delivered.extend(had);
    }
    let told = told(store, &editions, &private)?;
    let carriers: Vec<ItemId> = told.values().flatten().map(|item| item.id).collect();
    for ids in carriers.chunks(BATCH) {
        delivered.extend(store.delivered(&spec.id, ids)?);
    }
    waiting.sort_unstable();
    let final_one = due.spans.len() - 1;
    let mut made = Vec::new();
    for (number, (span, items)) in due.spans.iter().zip(&editions).enumerate() {
        let (mut body, items) = compose(spec, *span, items, &told, &delivered);
        delivered.extend(&items);
        body.opening = number < final_one;
        if number == final_one {
            body.waiting = std::mem::take(&mut waiting);
        }
        if items.is_empty() && body.opening {
            continue;
        }
        made.push(Edition {
            digest: spec.id.clone(),
            start: span.start,
            end: span.end,
            published: now,
            through,
            body: serde_json::to_value(body)?,
            items,
        });
    }
    // What comes at once comes when there is something.
    if spec.period == Period::AtOnce && last.is_some() {
        made.retain(|edition| !edition.items.is_empty());
    }
    // A digest that has nothing to open with opens when there is something.
    if last.is_none() && made.iter().all(|edition| edition.items.is_empty()) {
        made.clear();
    }
    Ok(made)
}

/// Items to look at: for the first editions all that the query selects, afterwards what may still be told and what was
/// put off last time.
fn candidates(
    index: &impl Select,
    spec: &DigestSpec,
    last: Option<&Last>,
    due: &Due,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Vec<ItemId>, DigestError> {
    let request = SearchRequest {
        sort: None,
        cursor: None,
        ..spec.query.clone()
    };
    let after = last.filter(|_| !due.opening).and_then(|last| last.settled);
    let mut ids = index.select(&request, now, zone, after)?;
    ids.extend(last.iter().flat_map(|last| &last.waiting));
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// All public live items of the stories that these items tell.
pub(super) fn told(
    store: &Store,
    editions: &[Vec<Item>],
    private: &HashSet<SourceId>,
) -> Result<HashMap<StoryId, Vec<Item>>, DigestError> {
    let stories: HashSet<StoryId> = editions.iter().flatten().map(|item| item.story).collect();
    let stories: Vec<StoryId> = stories.into_iter().collect();
    let sizes = store.story_sizes(&stories)?;
    let mut told = HashMap::new();
    // Most stories are told once, and then there is nothing to ask.
    for story in stories
        .into_iter()
        .filter(|story| sizes.get(story).is_some_and(|size| *size > 1))
    {
        let items = store.story(story)?.into_iter();
        let items = items
            .filter(|item| !private.contains(&item.source))
            .map(light);
        told.insert(story, items.collect());
    }
    Ok(told)
}

/// An item without its text, of which an edition needs nothing.
pub(super) fn light(mut item: Item) -> Item {
    item.text = String::new();
    item.html = None;
    item
}
