//! Looks for what watches want to know, and tells it when it is time.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use url::Url;

use super::bulletin::{Bulletin, EditJson, MOST, NoticeJson};
use super::course::{next, spoken};
use super::happened::notice;
use crate::clock::SharedClock;
use crate::config::Config;
use crate::delivery::ItemJson;
use crate::domain::{Arrival, Happening, Item, ItemId, Source, SourceId, Watch};
use crate::search::Index;
use crate::store::{Collected, Found, Progress, Store, StoreError, Thing, blocking};

/// Longest time between two looks, in case something was not told.
const LOOK: SignedDuration = SignedDuration::from_secs(30);
/// How long changes gather before they are looked at.
const CALM: Duration = Duration::from_millis(400);
/// How soon to look whether the index has caught up with the store.
const CATCH_UP: SignedDuration = SignedDuration::from_millis(500);
/// An item that a search finds only once its page was read is new for so long.
const SETTLING: SignedDuration = SignedDuration::from_hours(48);
/// Matters and happenings that are looked at together.
const BATCH: usize = 500;
/// How often what was told long ago is forgotten.
const SWEEP: SignedDuration = SignedDuration::from_hours(6);

/// Looks and tells, for ever, until `stop` becomes true. `public` is the address that people type.
pub async fn keep_watches(
    store: Store,
    index: Index,
    clock: SharedClock,
    config: watch::Receiver<Arc<Config>>,
    public: Url,
    mut stop: watch::Receiver<bool>,
) {
    let mut changed = store.watch();
    let mut posted = store.posted();
    let mut swept: Option<Timestamp> = None;
    while !*stop.borrow() {
        let now = clock.now();
        let current = config.borrow().clone();
        changed.borrow_and_update();
        posted.borrow_and_update();
        let latest = now.saturating_add(LOOK).unwrap_or(now);
        let keeper = Keeper {
            store: &store,
            index: &index,
            config: &current,
            public: &public,
        };
        let wake = match keeper.round(now).await {
            Ok(next) => next.map_or(latest, |next| next.min(latest)),
            Err(error) => {
                tracing::error!(%error, "watches are put off");
                latest
            }
        };
        if swept.is_none_or(|at| now.duration_since(at) > SWEEP) {
            swept = Some(now);
            if let Err(error) = store.sweep_watches(now).await {
                tracing::error!(%error, "what watches told long ago is kept for now");
            }
        }
        tokio::select! {
            () = clock.sleep_until(wake) => {}
            _ = changed.changed() => tokio::time::sleep(CALM).await,
            _ = posted.changed() => tokio::time::sleep(CALM).await,
            _ = stop.changed() => {}
        }
    }
}

/// All that a round needs.
struct Keeper<'a> {
    store: &'a Store,
    index: &'a Index,
    config: &'a Arc<Config>,
    public: &'a Url,
}

impl Keeper<'_> {
    /// Looks once for all watches and tells what is due; says when to look again.
    async fn round(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let watches = {
            let store = self.store.clone();
            blocking(move || store.watches()).await?
        };
        let mut wake: Option<Timestamp> = None;
        let mut sooner = |at: Option<Timestamp>| wake = wake.into_iter().chain(at).min();
        for (watch, progress) in watches {
            if !watch.spec.paused {
                let (found, more) = self.look(&watch, progress, now).await?;
                let looked = found.through != (progress.matter, progress.happening);
                if looked || !found.items.is_empty() {
                    self.store
                        .watch_found(watch.id, progress, found, now)
                        .await?;
                }
                if more {
                    sooner(now.saturating_add(CATCH_UP).ok());
                }
            }
            let waiting = {
                let (store, id) = (self.store.clone(), watch.id);
                blocking(move || store.watch_waiting(id)).await?
            };
            let zone = &self.config.settings.server.time_zone;
            let due = next(&watch.spec, zone, &waiting, watch.fired);
            if due.is_some_and(|due| due <= now) {
                self.tell(&watch, spoken(&waiting, now), now).await?;
                // What is still to wait is looked at soon enough.
            } else {
                sooner(due);
            }
        }
        Ok(wake)
    }

    /// What a watch finds beyond what it has looked at, and whether there may be more.
    async fn look(
        &self,
        watch: &Watch,
        from: Progress,
        now: Timestamp,
    ) -> Result<(Collected, bool), StoreError> {
        let (store, index, config, watch) = (
            self.store.clone(),
            self.index.clone(),
            self.config.clone(),
            watch.clone(),
        );
        blocking(move || {
            let look = Look {
                store: &store,
                index: &index,
                config: &config,
                watch: &watch,
                now,
            };
            let (items, behind) = look.items(from)?;
            let (matters, matter, more_matters) = look.matters(from.matter)?;
            let (happenings, happening, more_happenings) = look.happenings(from.happening)?;
            let found = Collected {
                items,
                matters,
                happenings,
                through: (matter, happening),
            };
            Ok((found, behind || more_matters || more_happenings))
        })
        .await
    }

    /// Tells what was found.
    async fn tell(
        &self,
        watch: &Watch,
        found: Vec<Found>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (store, public, config) =
            (self.store.clone(), self.public.clone(), self.config.clone());
        let (id, name) = (watch.id, watch.spec.name.clone());
        let numbers: Vec<i64> = found.iter().map(|found| found.number).collect();
        let watch = watch.clone();
        let (body, sources) = blocking(move || {
            let (bulletin, sources) = written(&store, &config, &watch, &found, &public, now)?;
            // What was withdrawn again meanwhile is nothing to tell.
            let body = (!bulletin.is_empty()).then(|| serde_json::to_value(&bulletin));
            let body = body
                .transpose()
                .map_err(|error| StoreError::Other(error.to_string()))?;
            Ok((body, sources))
        })
        .await?;
        let told = self
            .store
            .tell_watch(id, numbers, sources, body, now)
            .await?;
        if told.is_some() {
            tracing::info!(watch = %id, name, "a watch tells what it has found");
        }
        Ok(())
    }
}

/// Happenings by number, and whose each is.
type Happened = Vec<(u64, SourceId)>;

/// One look.
struct Look<'a> {
    store: &'a Store,
    index: &'a Index,
    config: &'a Config,
    watch: &'a Watch,
    now: Timestamp,
}

impl Look<'_> {
    /// New announcements that the search selects, and whether the index is behind the store.
    fn items(&self, from: Progress) -> Result<(Vec<ItemId>, bool), StoreError> {
        let Ok(request) = self.watch.spec.request() else {
            return Ok((Vec::new(), false));
        };
        if !self.watch.spec.items {
            return Ok((Vec::new(), false));
        }
        let behind = self.index.searchable() < self.store.seq();
        let settled = self.now.saturating_sub(SETTLING).unwrap_or(self.now);
        let after = self.store.born_before(settled)?.max(from.began);
        let zone = &self.config.settings.server.time_zone;
        let ids = self
            .index
            .select(&request, self.now, zone, Some(after))
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let had: HashSet<ItemId> = self
            .store
            .watch_had(self.watch.id, &ids)?
            .into_iter()
            .collect();
        let fresh: Vec<ItemId> = ids.into_iter().filter(|id| !had.contains(id)).collect();
        let mut items = self.store.items(&fresh)?;
        items.retain(|item| item.arrival == Arrival::News);
        items.sort_by_key(|item| item.born);
        Ok((items.into_iter().map(|item| item.id).collect(), behind))
    }

    /// Edits that matter of what the search means, up to where they were looked at, and whether there may be more.
    fn matters(&self, after: u64) -> Result<(Vec<u64>, u64, bool), StoreError> {
        let edits = self.store.matters_after(after, BATCH)?;
        let Some(last) = edits.last() else {
            return Ok((Vec::new(), after, false));
        };
        let (through, more) = (last.number, edits.len() == BATCH);
        let Ok(request) = self.watch.spec.request() else {
            return Ok((Vec::new(), through, more));
        };
        if !self.watch.spec.edits {
            return Ok((Vec::new(), through, more));
        }
        let mut ids: Vec<ItemId> = edits.iter().map(|edit| edit.item).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut items = self.store.items_even_withdrawn(&ids)?;
        let zone = &self.config.settings.server.time_zone;
        // “Open” is meant of the search's results: that a deadline was moved to the past is worth telling too.
        let filters = crate::domain::SearchRequest {
            deadline_open: false,
            event_coming: false,
            ..request.clone()
        };
        items.retain(|item| {
            item.arrival != Arrival::Backfill && filters.admits(item, self.now, zone)
        });
        let agrees = self
            .index
            .agrees(&request, items.iter())
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let meant: HashSet<ItemId> = items
            .iter()
            .zip(agrees)
            .filter_map(|(item, agrees)| agrees.then_some(item.id))
            .collect();
        let matters = edits
            .iter()
            .filter(|edit| meant.contains(&edit.item))
            .map(|edit| edit.number)
            .collect();
        Ok((matters, through, more))
    }

    /// What happened to sources that the watch asks about.
    fn happenings(&self, after: u64) -> Result<(Happened, u64, bool), StoreError> {
        let happenings = self.store.happenings_after(after, BATCH)?;
        let Some(last) = happenings.last() else {
            return Ok((Vec::new(), after, false));
        };
        let (through, more) = (last.number, happenings.len() == BATCH);
        let Some(notices) = &self.watch.spec.notices else {
            return Ok((Vec::new(), through, more));
        };
        let sources = sources(self.store)?;
        let wanted = happenings
            .into_iter()
            .filter(|happening| {
                let gravity = happening.finding.symptom.gravity();
                let source = sources.get(&happening.source);
                source.is_some_and(|source| notices.wants(source, gravity))
            })
            .map(|happening| (happening.number, happening.source))
            .collect();
        Ok((wanted, through, more))
    }
}

fn sources(store: &Store) -> Result<HashMap<SourceId, Source>, StoreError> {
    let records = store.sources()?.into_iter();
    Ok(records
        .map(|record| (record.source.id.clone(), record.source))
        .collect())
}

/// The bulletin of what was found, and the sources that it speaks of. What is withdrawn again, or gone, is left out.
fn written(
    store: &Store,
    config: &Config,
    watch: &Watch,
    found: &[Found],
    public: &Url,
    now: Timestamp,
) -> Result<(Bulletin, Vec<SourceId>), StoreError> {
    let first = found.first().map_or(0, |found| found.number);
    let mut bulletin = Bulletin::new(watch, format!("watch-{}-{first}", watch.id), now);
    let mut about = Vec::new();
    let known = sources(store)?;
    let mut left = MOST;
    for one in found {
        if left == 0 {
            bulletin.more += 1;
            continue;
        }
        match one.thing {
            Thing::Item(id) => {
                let items = store.items(&[id])?;
                bulletin
                    .items
                    .extend(items.iter().map(|item| ItemJson::new(item, 1, None)));
                left -= items.len();
            }
            Thing::Matter(number) => {
                let edits = store.matters_after(number.saturating_sub(1), 1)?;
                for edit in edits.iter().filter(|edit| edit.number == number) {
                    let items: Vec<Item> = store.items_even_withdrawn(&[edit.item])?;
                    bulletin.matters.extend(
                        items
                            .iter()
                            .map(|item| EditJson::of(edit, item, watch.spec.lang)),
                    );
                    left -= items.len();
                }
            }
            Thing::Happening(number) => {
                let happenings: Vec<Happening> =
                    store.happenings_after(number.saturating_sub(1), 1)?;
                for happening in happenings.iter().filter(|one| one.number == number) {
                    let Some(source) = known.get(&happening.source) else {
                        continue;
                    };
                    let zone = &config.settings.server.time_zone;
                    let text = notice(happening, watch.spec.lang, zone, now);
                    bulletin
                        .findings
                        .push(NoticeJson::of(happening, source, text, public));
                    about.push(happening.source.clone());
                    left -= 1;
                }
            }
        }
    }
    Ok((bulletin, about))
}
