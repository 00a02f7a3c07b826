//! What every visit needs, and how its results are recorded.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::SharedClock;
use crate::config;
use crate::store::{Lease, PageJob, PageOutcome, Recorded, Store, StoreError, Visit};
use crate::understanding::topics::Thesaurus;

use super::documents::Documents;
use super::fetch::Fetcher;
use super::health::Patience;
use super::lifecycle::Policy;
use super::processors::Processors;

/// How long to wait when the store refuses, before asking it again.
pub(super) const STORE_WAIT: Duration = Duration::from_secs(5);

/// Most attempts to record a visit while the disk is full: together a good part of the lease.
const PATIENCE: u32 = 120;

/// What every visit needs.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) fetcher: Fetcher,
    pub(super) clock: SharedClock,
    pub(super) settings: config::Crawler,
    pub(super) thesaurus: Arc<Thesaurus>,
    pub(super) processors: Processors,
    /// Reads documents; without it they stay unread.
    pub(super) documents: Option<Documents>,
    /// Runs until it is stopped: there is time to wait for space on the disk.
    pub(super) patient: AtomicBool,
    /// How long to wait before something is called a fault.
    pub(super) patience: Patience,
    /// Why the first thing that could not be recorded was not.
    pub(super) refusal: Mutex<Option<StoreError>>,
}

impl Shared {
    /// Records a visit.
    pub(super) async fn record(&self, lease: &Lease, visit: Visit) -> Result<Recorded, StoreError> {
        let (store, visit) = (&self.store, Arc::new(visit));
        self.patiently(move || store.record(lease, visit.clone()))
            .await
    }

    /// Records what was pushed.
    pub(super) async fn record_pushed(
        &self,
        lease: &Lease,
        visit: Visit,
        pushed: i64,
    ) -> Result<Recorded, StoreError> {
        let (store, visit) = (&self.store, Arc::new(visit));
        self.patiently(move || store.record_pushed(lease, visit.clone(), pushed))
            .await
    }

    /// The bounds that hold for a source.
    pub(super) fn policy(&self, lease: &Lease) -> Policy {
        Policy {
            min_interval: self.settings.min_interval,
            max_interval: self.settings.max_interval,
            fixed: lease.source.interval,
            pushed_until: lease.pushed_until,
            patience: self.patience,
        }
    }

    /// Records what came of a page.
    pub(super) async fn record_page(
        &self,
        job: &PageJob,
        outcome: PageOutcome,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let store = &self.store;
        self.patiently(move || store.record_page(job, outcome.clone(), now))
            .await
    }

    /// On a full disk a running service waits for space, for most of the lease: the source need not be asked again, and
    /// nothing waits for the lease to run out.
    async fn patiently<T, F: Future<Output = Result<T, StoreError>>>(
        &self,
        work: impl Fn() -> F,
    ) -> Result<T, StoreError> {
        for _ in 0..PATIENCE {
            let done = work().await;
            let full = matches!(done, Err(StoreError::DiskFull(_)));
            if !full || !self.patient.load(Ordering::Relaxed) {
                return done;
            }
            tokio::time::sleep(STORE_WAIT).await;
        }
        work().await
    }

    /// Remembers why something could not be recorded: of a pass, that is the end.
    pub(super) fn refused(&self, error: StoreError) {
        let mut refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
        refusal.get_or_insert(error);
    }

    /// Does work on a processor: see [`Processors::compute`].
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        self.processors.compute(work).await
    }
}
