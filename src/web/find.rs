//! Searching for a request: the index says which, the store says what.

use std::collections::HashMap;

use jiff::Timestamp;

use super::context::Ask;
use super::params::BadParameter;
use super::strict::is_cursor;
use super::trouble::Trouble;
use crate::domain::{Item, ItemId, SearchRequest, SourceId, StoryId};
use crate::search::{Facets, Hits, Index, SearchError};

/// A page of results with its items.
pub(crate) struct Found {
    pub(crate) hits: Hits,
    pub(crate) items: Vec<Item>,
    pub(crate) sizes: HashMap<StoryId, u32>,
    /// Whose items tell those stories that are told by several.
    carriers: HashMap<StoryId, Vec<(SourceId, String)>>,
    pub(crate) took_ms: u64,
}

impl Found {
    /// When the newest thing in it was recorded or edited.
    pub(crate) fn modified(&self) -> Option<Timestamp> {
        newest(&self.items)
    }

    /// How many tell the same story as an item, itself included.
    pub(crate) fn story_size(&self, item: &Item) -> u32 {
        self.sizes.get(&item.story).copied().unwrap_or(1).max(1)
    }

    /// Who else tells an item's story.
    pub(crate) fn others<'a>(&'a self, item: &'a Item) -> Others<'a> {
        Others {
            items: self.story_size(item) - 1,
            carriers: self.carriers.get(&item.story).map_or(&[], Vec::as_slice),
            own: &item.source,
        }
    }
}

/// Who else tells an item's story.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Others<'a> {
    /// How many other items do.
    pub(crate) items: u32,
    carriers: &'a [(SourceId, String)],
    own: &'a SourceId,
}

impl<'a> Others<'a> {
    /// The other sources, as they call themselves.
    pub(crate) fn names(self) -> impl Iterator<Item = &'a str> {
        let others = self.carriers.iter().filter(move |(id, _)| id != self.own);
        others.map(|(_, name)| name.as_str())
    }
}

/// When the newest of some items was recorded or edited.
pub(crate) fn newest(items: &[Item]) -> Option<Timestamp> {
    items
        .iter()
        .map(|item| item.updated.unwrap_or(item.first_seen).max(item.first_seen))
        .max()
}

/// A cursor that looks like one of ours is one of another search.
fn blame(error: SearchError, request: &SearchRequest) -> Trouble {
    match (&error, &request.cursor) {
        (SearchError::Cursor, Some(cursor)) if is_cursor(cursor) => {
            Trouble::Astray(BadParameter::new("cursor", cursor))
        }
        _ => error.into(),
    }
}

/// What goes with an item without telling its story.
#[derive(Debug, Default)]
pub(crate) struct Relatives {
    /// The item by which its source replaced it.
    pub(crate) newer: Option<Item>,
    /// The same in easy language; in full, where the item itself is that.
    pub(crate) easy: Vec<Item>,
}

impl Ask {
    /// Answers a search (blocking). What belongs to private sources is left out.
    pub(crate) fn find(&self, request: &SearchRequest) -> Result<Found, Trouble> {
        let request = &self.with_merged(request);
        self.found(request, |index| {
            index.search(request, self.now, self.zone())
        })
    }

    /// Answers a search with its time line (blocking).
    pub(crate) fn find_by_week(&self, request: &SearchRequest) -> Result<Found, Trouble> {
        let request = &self.with_merged(request);
        self.found(request, |index| {
            index.search_by_week(request, self.now, self.zone())
        })
    }

    /// The same search, where sources that were merged into others stand for these: feeds of theirs go on.
    fn with_merged(&self, request: &SearchRequest) -> SearchRequest {
        let mut request = request.clone();
        for source in &mut request.source {
            if let Some(into) = self.merged_into(source.as_str()) {
                *source = into.clone();
            }
        }
        request
    }

    fn found(
        &self,
        request: &SearchRequest,
        search: impl FnOnce(&Index) -> Result<Hits, SearchError>,
    ) -> Result<Found, Trouble> {
        let begun = self.app.clock.now();
        let mut hits = search(&self.app.index).map_err(|error| blame(error, request))?;
        let found = self.app.clock.now().duration_since(begun);
        self.app.metrics.searched(found.as_secs_f64());
        self.hide(&mut hits.facets);
        let mut items = self.app.store.items(&hits.ids)?;
        items.retain(|item| self.is_public(&item.source));
        // Most stories are told once, and then there is nothing to ask.
        let shared = items.iter().filter(|item| item.is_told_by_others());
        let mut stories: Vec<StoryId> = shared.map(|item| item.story).collect();
        stories.sort_unstable();
        stories.dedup();
        let sizes = self.app.store.story_sizes(&stories)?;
        let mut carriers = self.app.store.story_sources(&stories)?;
        for sources in carriers.values_mut() {
            sources.retain(|(id, _)| self.is_public(id));
        }
        let took = self.app.clock.now().duration_since(begun).as_millis();
        Ok(Found {
            hits,
            items,
            sizes,
            carriers,
            took_ms: u64::try_from(took).unwrap_or(0),
        })
    }

    /// What an item is replaced by, and what is the same in easy language or in full.
    pub(crate) fn relatives(&self, item: &Item) -> Result<Relatives, Trouble> {
        let mut easy = self.app.store.easy_versions(item.id)?;
        easy.retain(|other| self.is_public(&other.source));
        let newer: Vec<ItemId> = item.newer.into_iter().collect();
        Ok(Relatives {
            newer: self.app.store.items(&newer)?.pop(),
            easy,
        })
    }

    fn hide(&self, facets: &mut Facets) {
        facets.source.retain(|(value, _)| {
            value
                .parse::<SourceId>()
                .is_ok_and(|id| self.is_public(&id))
        });
    }
}
