//! Which feeds of searches have changed.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use url::form_urlencoded;

use crate::clock::SharedClock;
use crate::config::Config;
use crate::domain::{SearchRequest, Seq};
use crate::search::Index;
use crate::store::{Announcement, Store, StoreError};

/// Least time between two looks at all searches.
const LOOK: SignedDuration = SignedDuration::from_secs(20);
/// Longest time for one look; the next one begins with what was not looked at.
const LONGEST: SignedDuration = SignedDuration::from_secs(2);
/// How often what nobody fetches any more is forgotten.
const SWEEP: SignedDuration = SignedDuration::from_hours(6);

/// What is known of the feeds of searches.
#[derive(Debug, Default)]
pub(super) struct Searches {
    /// Up to where each was looked at, and nothing found.
    looked: HashMap<String, Seq>,
    last: Option<Timestamp>,
    swept: Option<(Timestamp, bool)>,
}

impl Searches {
    /// Forgets now and then what nobody fetches any more, and all when there is no hub.
    pub async fn sweep(
        &mut self,
        store: &Store,
        hub: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let done = self
            .swept
            .is_some_and(|(at, had)| had == hub && now.duration_since(at) < SWEEP);
        if !done {
            store.forget_feeds(hub, now).await?;
            self.swept = Some((now, hub));
        }
        Ok(())
    }

    /// The feeds of searches that have changed since the hub was told of them. `others` are the feeds that are announced
    /// anyway: in another language they change when these do.
    pub async fn changed(
        &mut self,
        store: &Store,
        index: &Index,
        config: &Config,
        clock: &SharedClock,
        others: &[Announcement],
    ) -> Result<Vec<Announcement>, StoreError> {
        let now = clock.now();
        if self
            .last
            .is_some_and(|last| now.duration_since(last).abs() < LOOK)
        {
            return Ok(Vec::new());
        }
        self.last = Some(now);
        let looked = std::mem::take(&mut self.looked);
        let (changed, looked) = {
            let (store, index, clock) = (store.clone(), index.clone(), clock.clone());
            let (zone, others) = (config.settings.server.time_zone.clone(), others.to_vec());
            super::blocking(move || {
                let mut seen = looked;
                let mut looked = HashMap::new();
                let mut feeds: Vec<_> = store
                    .remembered_feeds()?
                    .into_iter()
                    .map(|(feed, told)| (seen.remove(&feed), feed, told))
                    .collect();
                feeds.sort();
                let mut changed = Vec::new();
                for (before, feed, told) in feeds {
                    let (path, query) = feed.split_once('?').unwrap_or((&feed, ""));
                    let same = others.iter().find(|other| other.feed == path);
                    if let Some(same) = same.filter(|_| !path.starts_with("feed.")) {
                        changed.push(Announcement {
                            mark: same.mark,
                            feed,
                        });
                        continue;
                    }
                    let searchable = index.searchable();
                    let Some(told) = told else {
                        // Whoever fetched it first may have missed what came since.
                        let mark = searchable.0.cast_signed();
                        changed.push(Announcement { feed, mark });
                        continue;
                    };
                    let after = before.unwrap_or_default().max(Seq(told.cast_unsigned()));
                    if searchable <= after {
                        looked.insert(feed, after);
                        continue;
                    }
                    if clock.now().duration_since(now) > LONGEST {
                        looked.extend(before.map(|before| (feed, before)));
                        continue;
                    }
                    if is_changed(&index, query, now, &zone, after) {
                        let mark = searchable.0.cast_signed();
                        changed.push(Announcement { feed, mark });
                    } else {
                        looked.insert(feed, searchable);
                    }
                }
                Ok((changed, looked))
            })
            .await?
        };
        self.looked = looked;
        Ok(changed)
    }
}

/// Whether a search selects something that was recorded after `after`.
fn is_changed(
    index: &Index,
    query: &str,
    now: Timestamp,
    zone: &jiff::tz::TimeZone,
    after: Seq,
) -> bool {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    SearchRequest::from_pairs(pairs).is_ok_and(|request| {
        let found = index.select(&request, now, zone, Some(after));
        found.is_ok_and(|found| !found.is_empty())
    })
}
