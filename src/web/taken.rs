//! Feeds of searches that are fetched, so that the hub can be told when they change: which, and not by whom.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use url::Url;

use crate::store::Store;

/// Most feeds that are known to be noted already.
const MOST: usize = 1_000;
/// Longest path and query of a feed that is announced.
const LONGEST: usize = 1_000;
/// A feed is noted anew after so many seconds.
const AGAIN: i64 = 24 * 3600;

/// Which feeds were noted lately, and when. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken(Arc<Mutex<HashMap<String, i64>>>);

impl Taken {
    /// Notes in the store that a feed is fetched, once a day.
    pub(super) fn note(&self, store: &Store, base: &Url, feed: &Url, now: Timestamp) {
        let base = base.as_str().trim_end_matches('/');
        let path = feed.as_str().strip_prefix(base);
        let Some(path) = path.and_then(|path| path.strip_prefix('/')) else {
            return;
        };
        if path.contains('?') && self.is_new(path, now.as_second()) {
            let (store, path) = (store.clone(), path.to_owned());
            tokio::spawn(async move {
                if let Err(error) = store.remember_feed(path, now).await {
                    tracing::warn!(%error, "the hub may not be told of the feed of a search");
                }
            });
        }
    }

    fn is_new(&self, path: &str, now: i64) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.get(path).is_some_and(|at| (now - at).abs() < AGAIN) {
            return false;
        }
        if noted.len() >= MOST {
            noted.clear();
        }
        noted.insert(path.to_owned(), now);
        true
    }
}

/// Whether a feed has an address that can be remembered.
pub(super) fn is_short(feed: &Url) -> bool {
    feed.as_str().len() <= LONGEST
}
