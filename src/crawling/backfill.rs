//! Archives: what a source published before vesti knew it, read backwards.
//!
//! The pages of WordPress's interface, `?paged=N` feeds, the pages of a listing, a whole sitemap: whichever the source has,
//! in this order. What was read and how far that came are recorded together, so that a killed reading goes on where it was.

mod road;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::domain::{Draft, Fault, FaultKind, Source, SourceId};
use crate::store::{Backfill, StoreError};
use crate::understanding::understand;

use super::crawler::{Crawler, Pass};
use super::decide::{self, Candidate};
use super::shared::Shared;

/// Attempts at one document before the reading is put off.
const TRIES: u32 = 3;
/// Wait between them, in seconds; twice as long after the second.
const WAIT: i64 = 20;
/// Most documents of one archive: nobody's is larger, but some have no end.
const DOCUMENTS: u32 = 5_000;

/// Why an archive could not be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum BackfillError {
    /// There is no such source.
    #[error("there is no source “{0}” in the catalogue")]
    Unknown(SourceId),
    /// There is nothing to go back through.
    #[error("no archive was found: {0}")]
    NoArchive(String),
    /// The source does not answer.
    #[error("{0}; what was read is kept, and the next run goes on from there")]
    Stopped(Fault),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Crawler {
    /// Reads the archive of a source backwards, to `since` or to its end, politely, and completes its items from their
    /// pages. Each document read is told to `tell`, with how many pages are still to be fetched.
    pub async fn backfill(
        &self,
        id: &SourceId,
        since: Option<Timestamp>,
        mut tell: impl FnMut(&Backfill, u64),
    ) -> Result<Backfill, BackfillError> {
        let shared = self.shared();
        let unknown = || BackfillError::Unknown(id.clone());
        let mut record = shared.store.source(id)?.ok_or_else(unknown)?;
        if record.state.address.is_none() {
            self.pass_quietly(vec![id.clone()]).await?;
            record = shared.store.source(id)?.ok_or_else(unknown)?;
        }
        let source = Arc::new(record.source);
        let known = shared.store.backfill(id)?;
        let mut progress = match known.filter(|known| known.since == since) {
            Some(known) => known,
            None => road::begin(shared, &source, &record.state, since).await?,
        };
        let mut before = HashSet::new();
        while !progress.next.is_empty() && progress.read < DOCUMENTS {
            let url = progress.next.remove(0);
            let Some(step) = self.step(&source, &progress, &url).await? else {
                // Past the last page.
                progress.next.clear();
                break;
            };
            let urls: HashSet<Url> = step.drafts.iter().filter_map(|d| d.url.clone()).collect();
            // Many sites show their first or last page for any number.
            let again = urls.is_empty() || urls.is_subset(&before);
            let dates = || step.drafts.iter().filter_map(|draft| draft.published);
            let reached = since.is_some_and(|since| {
                dates().count() * 2 > step.drafts.len() && dates().all(|at| at < since)
            });
            before = urls;
            progress.read += 1;
            progress.page += 1;
            if !again && !reached {
                progress.next.extend(step.next);
            }
            progress = self.add(&source, step.drafts, progress).await?;
            let waiting = shared.store.counts(shared.clock.now())?.pages;
            tell(&progress, waiting);
            self.pass_quietly(Vec::new()).await?;
        }
        shared.store.forget_backfill(id).await?;
        self.pass_quietly(Vec::new()).await?;
        Ok(progress)
    }

    async fn pass_quietly(&self, sources: Vec<SourceId>) -> Result<(), StoreError> {
        let (reports, _) = tokio::sync::mpsc::unbounded_channel();
        self.pass(Pass::Sources(sources), reports).await
    }

    /// Reads one document of the archive; `None` past its end.
    async fn step(
        &self,
        source: &Arc<Source>,
        progress: &Backfill,
        url: &Url,
    ) -> Result<Option<road::Step>, BackfillError> {
        let shared = self.shared();
        let mut tries = 0;
        loop {
            let fault = match road::step(shared, source, progress, url).await {
                Ok(step) => return Ok(Some(step)),
                Err(fault) => fault,
            };
            let ended = fault.kind == FaultKind::Gone
                || fault
                    .status
                    .is_some_and(|status| (400..429).contains(&status))
                || matches!(fault.kind, FaultKind::NothingListed | FaultKind::Unreadable);
            if ended && progress.read > 0 {
                return Ok(None);
            }
            tries += 1;
            if ended || tries >= TRIES {
                return Err(BackfillError::Stopped(fault));
            }
            let wish = fault.retry_after.and_then(|wish| i64::try_from(wish).ok());
            let wait = (WAIT * i64::from(tries)).max(wish.unwrap_or(0).min(600));
            let at = shared
                .clock
                .now()
                .saturating_add(SignedDuration::from_secs(wait));
            shared.clock.sleep_until(at.unwrap_or(Timestamp::MAX)).await;
        }
    }

    /// Understands and records what a document of the archive holds.
    async fn add(
        &self,
        source: &Arc<Source>,
        mut drafts: Vec<Draft>,
        progress: Backfill,
    ) -> Result<Backfill, StoreError> {
        let shared = self.shared();
        let now = shared.clock.now();
        if let Some(since) = progress.since {
            drafts.retain(|draft| {
                draft
                    .published
                    .or(draft.updated)
                    .is_none_or(|at| at >= since)
            });
        }
        let understood = understand_all(shared, source, drafts, now).await;
        let (progress, _) = shared
            .store
            .record_backfill(&source.id, Arc::new(understood), progress, now)
            .await?;
        Ok(progress)
    }
}

async fn understand_all(
    shared: &Shared,
    source: &Arc<Source>,
    drafts: Vec<Draft>,
    now: Timestamp,
) -> Vec<crate::domain::Understood> {
    let (source, thesaurus) = (source.clone(), shared.thesaurus.clone());
    shared
        .compute(move || {
            decide::candidates(&source, drafts)
                .into_iter()
                .map(|candidate| {
                    let Candidate {
                        draft,
                        keys,
                        content_hash,
                    } = candidate;
                    understand(draft, &source, &thesaurus, keys, content_hash, now)
                })
                .collect()
        })
        .await
}
