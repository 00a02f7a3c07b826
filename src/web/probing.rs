//! Looks at addresses that staff think of adding: few at a time, each bounded in time, their results kept for a while in
//! memory, so that no answer has to wait for a slow site.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use url::Url;

use super::context::Ask;
use super::trouble::Trouble;
use crate::crawling::Processors;
use crate::crawling::fetch::{Fetcher, Names};
use crate::crawling::probe::{Probed, Prober};
use crate::delivery::secrets;
use crate::domain::{Fault, FaultKind, Reason, StaffId};

/// Most looks at the same time, of all staff together; each member has one.
const RUNNING: usize = 4;
/// Longest look.
const LIMIT: Duration = Duration::from_mins(2);
/// Most results that are kept, and for how long.
const KEPT: usize = 64;
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(30);

/// All looks. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Probing {
    jobs: Arc<Mutex<HashMap<String, Job>>>,
}

#[derive(Clone)]
struct Job {
    owner: StaffId,
    begun: Timestamp,
    url: Url,
    result: watch::Receiver<Option<Arc<Probed>>>,
    abort: AbortHandle,
}

/// How far a look has come.
#[derive(Clone)]
pub(crate) struct Looking {
    /// What is looked at.
    pub(crate) url: Url,
    /// What came of it; `None` while it goes on.
    pub(crate) result: Option<Arc<Probed>>,
}

impl Job {
    fn is_running(&self) -> bool {
        self.result.borrow().is_none()
    }
}

impl Ask {
    /// Begins to look at an address, in place of whatever the member is looking at; gives the name of the look.
    pub(crate) fn probe(&self, owner: StaffId, url: Url) -> Result<String, Trouble> {
        let id = secrets::invent()
            .ok_or_else(|| Trouble::Internal("the system gives no random numbers".into()))?;
        let settings = &self.config.settings.crawler;
        let fetcher = Fetcher::new(settings, self.app.clock.clone(), Names::default())
            .map_err(|error| Trouble::Internal(error.to_string()))?;
        let mut jobs = self.app.probing.lock();
        let old = |job: &Job| {
            let since = self.now.duration_since(job.begun);
            since > KEPT_FOR
        };
        jobs.retain(|_, job| !old(job));
        for job in jobs.values().filter(|job| job.owner == owner) {
            job.abort.abort();
        }
        jobs.retain(|_, job| job.owner != owner || !job.is_running());
        if jobs.values().filter(|job| job.is_running()).count() >= RUNNING {
            return Err(Trouble::Busy);
        }
        while jobs.len() >= KEPT {
            let oldest = jobs.iter().min_by_key(|(_, job)| job.begun);
            let Some(oldest) = oldest.map(|(id, _)| id.clone()) else {
                break;
            };
            jobs.remove(&oldest);
        }
        let (tell, result) = watch::channel(None);
        let prober = Prober {
            fetcher,
            processors: Processors::default(),
            now: self.now,
        };
        let looked_at = url.clone();
        let task = tokio::spawn(async move {
            let late = Probed {
                url: looked_at.clone(),
                tried: Vec::new(),
                outcome: Err(Fault::because(
                    FaultKind::Timeout,
                    Reason::LookedTooLong {
                        millis: LIMIT.as_secs() * 1_000,
                    },
                )),
            };
            let probed = tokio::time::timeout(LIMIT, prober.probe(looked_at, |_| {})).await;
            tell.send_replace(Some(Arc::new(probed.unwrap_or(late))));
        });
        let job = Job {
            owner,
            begun: self.now,
            url,
            result,
            abort: task.abort_handle(),
        };
        jobs.insert(id.clone(), job);
        Ok(id)
    }

    /// How far a look of this member has come, after waiting a while for its end.
    pub(crate) async fn looked(&self, owner: StaffId, id: &str, wait: Duration) -> Option<Looking> {
        let job = self.app.probing.lock().get(id).cloned();
        let mut job = job.filter(|job| job.owner == owner)?;
        let ended = job.result.wait_for(Option::is_some);
        let result = match tokio::time::timeout(wait, ended).await {
            Ok(Ok(result)) => result.clone(),
            // It was given up for another look.
            Ok(Err(_)) => return None,
            Err(_) => None,
        };
        Some(Looking {
            url: job.url,
            result,
        })
    }
}

impl Probing {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
