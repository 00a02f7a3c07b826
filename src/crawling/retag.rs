//! Stored items get the topics that the present thesaurus gives them.
//!
//! What the store is tagged with is noted in it; where that is not what the configuration says now, all items are gone
//! through in small batches. Each batch and how far it reaches are recorded together, so that a killed run goes on where it
//! was, and only items whose topics change get a new change number, so that the index and clients have little to follow.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::domain::{SourceId, TopicId};
use crate::store::{StoreError, Tagging, Untagged};
use crate::understanding::topics_of_item;

use super::crawler::Crawler;
use super::shared::STORE_WAIT;

/// Items of one batch: a few milliseconds of the writer's time, a few megabytes at most.
const BATCH: usize = 400;
/// Pause between batches, so that visits have the processors too.
const PAUSE: Duration = Duration::from_millis(2);

type OwnTopics = HashMap<SourceId, Vec<TopicId>>;

impl Crawler {
    /// Tags the stored items anew where they were tagged by another thesaurus, or with other topics of their sources, until
    /// that is done or `stop` becomes true. Tells how many items were looked at and how many changed; `None` where there was
    /// nothing to do.
    pub async fn retag(&self, stop: watch::Receiver<bool>) -> Result<Option<Tagging>, StoreError> {
        let shared = self.shared();
        let store = shared.store.clone();
        let (known, of_sources) = shared
            .compute(move || Ok::<_, StoreError>((store.tagging()?, store.topics_of_sources()?)))
            .await?;
        let by = fingerprint(shared.thesaurus.fingerprint(), &of_sources);
        let own: Arc<OwnTopics> = Arc::new(of_sources.into_iter().collect());
        let mut tagging = match known {
            Some(known) if known.by == by && known.done => return Ok(None),
            Some(known) if known.by == by => known,
            _ => Tagging {
                by,
                ..Tagging::default()
            },
        };
        let mut told = false;
        while !tagging.done && !*stop.borrow() {
            tagging = self.batch(tagging, own.clone()).await?;
            if !tagging.done && !told {
                told = true;
                tracing::info!("the thesaurus changed: stored items are being tagged anew");
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(Some(tagging))
    }

    /// Retags as a service does: in the background, again and again while the store refuses.
    pub async fn keep_tagged(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.retag(stop.clone()).await {
                Ok(Some(tagging)) if tagging.done && tagging.items > 0 => {
                    tracing::info!(
                        items = tagging.items,
                        changed = tagging.changed,
                        "stored items have the topics of the present thesaurus"
                    );
                    return;
                }
                Ok(_) => return,
                Err(error) => {
                    tracing::warn!(%error, "stored items cannot be tagged now; trying again in {} s", STORE_WAIT.as_secs());
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => {}
                        _ = stop.changed() => {}
                    }
                }
            }
        }
    }

    async fn batch(
        &self,
        mut tagging: Tagging,
        own: Arc<OwnTopics>,
    ) -> Result<Tagging, StoreError> {
        let shared = self.shared();
        let (store, thesaurus) = (shared.store.clone(), shared.thesaurus.clone());
        let after = tagging.through;
        let (items, changes) = shared
            .compute(move || {
                let items = store.untagged(after, BATCH)?;
                let changes: Vec<_> = items
                    .iter()
                    .filter_map(|item| {
                        let Untagged { title, text, .. } = item;
                        let found = thesaurus.tag(title, text, item.lang, Some(item.country));
                        let topics =
                            topics_of_item(own.get(&item.source).map_or(&[], |own| own), found);
                        (topics != item.topics).then_some((item.row, item.seq, topics))
                    })
                    .collect();
                let last = items.last().map(|item| item.row);
                Ok::<_, StoreError>(((items.len(), last), changes))
            })
            .await?;
        let (count, last) = items;
        tagging.items += count as u64;
        tagging.changed += changes.len() as u64;
        match last {
            Some(last) => tagging.through = last,
            None => tagging.done = true,
        }
        shared
            .store
            .record_tagging(changes, tagging.clone())
            .await?;
        Ok(tagging)
    }
}

/// Of everything that the topics of items depend on.
fn fingerprint(thesaurus: &str, of_sources: &[(SourceId, Vec<TopicId>)]) -> String {
    let mut hasher = Sha256::new();
    for (source, topics) in of_sources {
        hasher.update(format!("{source}: {topics:?}\n"));
    }
    let digest = hasher.finalize();
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{thesaurus}-{number:016x}")
}

#[cfg(test)]
mod tests;
