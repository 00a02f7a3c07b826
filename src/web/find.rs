//! Searching for a request: the index says which, the store says what.

use std::collections::HashMap;

use jiff::Timestamp;

use super::context::Ask;
use super::trouble::Trouble;
use crate::domain::{Item, SearchRequest, SourceId, StoryId};
use crate::search::{Facets, Hits};

/// A page of results with its items.
pub(crate) struct Found {
    pub(crate) hits: Hits,
    pub(crate) items: Vec<Item>,
    pub(crate) sizes: HashMap<StoryId, u32>,
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
}

/// When the newest of some items was recorded or edited.
pub(crate) fn newest(items: &[Item]) -> Option<Timestamp> {
    items
        .iter()
        .map(|item| item.updated.unwrap_or(item.first_seen).max(item.first_seen))
        .max()
}

impl Ask {
    /// Answers a search (blocking). What belongs to private sources is left out.
    pub(crate) fn find(&self, request: &SearchRequest) -> Result<Found, Trouble> {
        let begun = self.app.clock.now();
        let mut hits = self.app.index.search(request, self.now, self.zone())?;
        self.hide(&mut hits.facets);
        let mut items = self.app.store.items(&hits.ids)?;
        items.retain(|item| self.is_public(&item.source));
        let mut stories: Vec<StoryId> = items.iter().map(|item| item.story).collect();
        stories.sort_unstable();
        stories.dedup();
        let sizes = self.app.store.story_sizes(&stories)?;
        let took = self.app.clock.now().duration_since(begun).as_millis();
        Ok(Found {
            hits,
            items,
            sizes,
            took_ms: u64::try_from(took).unwrap_or(0),
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
