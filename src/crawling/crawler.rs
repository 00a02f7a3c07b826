//! The crawler's loop: what is due is leased, sorted by host, and visited, one job a host at a time and many hosts at once.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::clock::SharedClock;
use crate::config::Config;
use crate::domain::{Fault, FaultKind, Reason, SourceId};
use crate::store::{Lease, PageJob, PageOutcome, Store, StoreError, Visit, VisitLog};
use crate::understanding::topics::Thesaurus;

use super::documents::Documents;
use super::fetch::Fetcher;
use super::health::Patience;
use super::lifecycle::{self, Outcome};
use super::page;
use super::processors::Processors;
use super::shared::{STORE_WAIT, Shared};
use super::visit::{Report, visit};

/// For how long a job is ours. What was not begun by then is leased anew; what takes longer is done twice and recorded once.
const LEASE: Duration = Duration::from_mins(15);
/// Pages leased at once: few, so that the queue of a host with many is not all ours.
const PAGES: usize = 64;
/// Longest time between two looks at what is due.
const LOOK: Duration = Duration::from_mins(1);
/// The crawler. Cheap to clone.
#[derive(Clone)]
pub struct Crawler {
    shared: Arc<Shared>,
}

enum Work {
    Visit(Box<Lease>),
    Page(Box<PageJob>),
}

/// Work, and until when it is ours to do.
struct Job {
    work: Work,
    until: Timestamp,
}

impl Job {
    fn new(work: Work, now: Timestamp) -> Self {
        let until = now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        Self { work, until }
    }

    fn host(&self) -> String {
        let url = match &self.work {
            Work::Visit(lease) => lease
                .state
                .address
                .as_ref()
                .or(lease.source.feed.as_ref())
                .or(lease.source.url.as_ref()),
            Work::Page(job) => Some(&job.url),
        };
        url.map(|url| {
            format!(
                "{}:{:?}",
                url.host_str().unwrap_or_default(),
                url.port_or_known_default()
            )
        })
        .unwrap_or_default()
    }
}

impl Crawler {
    /// A crawler for the sources in the store, by the rules of the configuration.
    #[must_use]
    pub fn new(store: Store, fetcher: Fetcher, clock: SharedClock, config: &Config) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                fetcher,
                clock,
                settings: config.settings.crawler.clone(),
                thesaurus: Arc::new(Thesaurus::compile(&config.thesaurus)),
                processors: Processors::default(),
                documents: None,
                patient: AtomicBool::new(false),
                patience: Patience::default().hurried(config.settings.crawler.patience),
                refusal: Mutex::default(),
            }),
        }
    }

    /// What its work needs.
    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The same, reading PDF and office documents in children of this process.
    #[must_use]
    pub fn with_documents(mut self, documents: Documents) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.documents = Some(documents);
        }
        self
    }

    /// Visits what is due, for ever, until `stop` becomes true. What is under way then is abandoned: nothing of it was
    /// recorded, and it is due again. Each visit is told to `reports`.
    pub async fn run(
        &self,
        mut stop: watch::Receiver<bool>,
        reports: mpsc::UnboundedSender<Report>,
    ) {
        self.shared.patient.store(true, Ordering::Relaxed);
        let mut hosts = Hosts::default();
        let mut sources = self.shared.store.watch_sources();
        while !*stop.borrow() {
            let now = self.shared.clock.now();
            let wake = match self.lease(&mut hosts, now).await {
                Ok(wake) => wake,
                Err(error) => {
                    tracing::error!(%error, "the store refuses; trying again in {} s", STORE_WAIT.as_secs());
                    now.saturating_add(STORE_WAIT).unwrap_or(now)
                }
            };
            hosts.start(self, &reports, self.shared.settings.concurrency);
            tokio::select! {
                () = self.shared.clock.sleep_until(wake) => {}
                Some(host) = hosts.finished() => hosts.end_all(host),
                Ok(()) = sources.changed() => {}
                _ = stop.changed() => {}
            }
        }
        hosts.abandon().await;
        // Else a crawler under a new configuration would wait for the leases of this one to run out.
        if let Err(error) = self.shared.store.release_all().await {
            tracing::warn!(%error, "what was leased stays so for a while");
        }
    }

    /// One pass: the given sources, or all that are due, or all; then the pages that their feeds leave to be fetched.
    /// Fails, at its end, if anything could not be recorded.
    pub async fn pass(
        &self,
        which: Pass,
        reports: mpsc::UnboundedSender<Report>,
    ) -> Result<(), StoreError> {
        let store = &self.shared.store;
        let mut hosts = Hosts::default();
        let mut sources = match which {
            Pass::Due => store.due(self.shared.clock.now())?,
            Pass::Sources(ids) => ids,
        }
        .into_iter();
        let most = self.shared.settings.concurrency;
        loop {
            let now = self.shared.clock.now();
            // A few at a time: a lease does not outlast thousands of visits, and holds all that is known of its source.
            while hosts.waiting < most && sources.len() > 0 {
                let next = sources.by_ref().take(most).collect();
                for lease in store.lease_sources(next, now, LEASE).await? {
                    hosts.add(Job::new(Work::Visit(Box::new(lease)), now));
                }
            }
            if sources.len() == 0 && hosts.waiting < PAGES {
                for job in store.lease_pages(now, LEASE, PAGES).await? {
                    hosts.add(Job::new(Work::Page(Box::new(job)), now));
                }
            }
            hosts.start(self, &reports, most);
            match hosts.finished().await {
                Some(host) => hosts.end(&host),
                None => break,
            }
        }
        let mut refusal = self
            .shared
            .refusal
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        refusal.take().map_or(Ok(()), Err)
    }

    /// Leases more work where there is room for it; says when to look again, unless a job ends before.
    async fn lease(&self, hosts: &mut Hosts, now: Timestamp) -> Result<Timestamp, StoreError> {
        let store = &self.shared.store;
        let later = now.saturating_add(LOOK).unwrap_or(now);
        let most = self.shared.settings.concurrency;
        if hosts.waiting >= most {
            return Ok(later);
        }
        let room = (most * 2).saturating_sub(hosts.waiting);
        for lease in store.lease_due(now, LEASE, room).await? {
            hosts.add(Job::new(Work::Visit(Box::new(lease)), now));
        }
        for job in store.lease_pages(now, LEASE, room.min(PAGES)).await? {
            hosts.add(Job::new(Work::Page(Box::new(job)), now));
        }
        Ok(match store.next_due(now)? {
            // Due, and not leased for want of room: the next job that ends makes room.
            Some(due) if due > now => due.min(later),
            _ => later,
        })
    }

    /// Does one job. Nothing that happens in it may end the crawler.
    async fn work(&self, job: Job, reports: &mpsc::UnboundedSender<Report>) {
        let shared = self.shared.clone();
        match job.work {
            Work::Visit(lease) => {
                let task = {
                    let (shared, lease) = (shared.clone(), lease.clone());
                    tokio::spawn(async move { visit(&shared, &lease).await })
                };
                let report = match AbortOnDrop(task).join().await {
                    Ok(report) => report,
                    Err(panic) => record_panic(&shared, &lease, &panic).await,
                };
                match report {
                    Ok(report) => {
                        // Nobody may be listening.
                        let _ = reports.send(report);
                    }
                    Err(StoreError::LeaseLost) => {
                        tracing::debug!(source = %lease.source.id, "visited for nothing: the lease was lost");
                    }
                    Err(error) => {
                        tracing::error!(source = %lease.source.id, %error, "a visit could not be recorded");
                        shared.refused(error);
                    }
                }
            }
            Work::Page(job) => {
                let task = {
                    let (shared, job) = (shared.clone(), job.clone());
                    tokio::spawn(async move { page::fetch(&shared, &job).await })
                };
                let done = match AbortOnDrop(task).join().await {
                    Ok(done) => done,
                    Err(panic) => {
                        let fault = Fault::new(
                            FaultKind::Unreadable,
                            format!("vesti stumbled over the page: {panic}"),
                        );
                        let now = shared.clock.now();
                        shared
                            .record_page(&job, PageOutcome::Never(fault), now)
                            .await
                            .map(|_| ())
                    }
                };
                match done {
                    Ok(()) | Err(StoreError::LeaseLost) => {}
                    Err(error) => {
                        tracing::error!(item = %job.id, %error, "a page could not be recorded");
                        shared.refused(error);
                    }
                }
            }
        }
    }
}

/// Which sources a pass visits.
#[derive(Debug, Clone)]
pub enum Pass {
    /// Those that are due.
    Due,
    /// These, due or not.
    Sources(Vec<SourceId>),
}

/// A panic in a visit is our fault, but it must not come back every second: it is recorded like any failure.
async fn record_panic(shared: &Shared, lease: &Lease, panic: &str) -> Result<Report, StoreError> {
    let now = shared.clock.now();
    let text = panic.to_owned();
    let fault = Fault::because(FaultKind::Unreadable, Reason::Stumbled { text });
    let policy = shared.policy(lease);
    let saw = Outcome::Failed(fault.clone());
    let state = lifecycle::next(now, &lease.state, &saw, &policy, 0.5);
    let log = VisitLog {
        at: now,
        url: lease
            .source
            .url
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        status: None,
        millis: 0,
        bytes: 0,
        listed: 0,
        new: 0,
        changed: 0,
        fault: Some(fault),
        note: None,
    };
    let visit = Visit {
        at: now,
        state: state.clone(),
        intents: Vec::new(),
        log: log.clone(),
    };
    shared.store.record(lease, visit).await?;
    Ok(Report {
        source: lease.source.id.clone(),
        log,
        state,
    })
}

/// A task that ends with whoever waits for it.
struct AbortOnDrop<T>(tokio::task::JoinHandle<T>);

impl<T> AbortOnDrop<T> {
    /// Its result, or what it said when it panicked.
    async fn join(mut self) -> Result<T, String> {
        (&mut self.0)
            .await
            .map_err(|error| match error.try_into_panic() {
                Ok(panic) => panic
                    .downcast_ref::<&str>()
                    .map(ToString::to_string)
                    .or_else(|| panic.downcast_ref::<String>().cloned())
                    .unwrap_or_else(|| "an internal error".into()),
                Err(_) => "cancelled".into(),
            })
    }
}

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Jobs by host; one task a host works through its queue.
#[derive(Default)]
struct Hosts {
    queues: HashMap<String, VecDeque<Job>>,
    /// Hosts without a task, longest waiting first.
    idle: VecDeque<String>,
    tasks: JoinSet<String>,
    /// Jobs not begun.
    waiting: usize,
}

impl Hosts {
    fn add(&mut self, job: Job) {
        let host = job.host();
        self.waiting += 1;
        if let Some(queue) = self.queues.get_mut(&host) {
            queue.push_back(job);
        } else {
            self.queues.insert(host.clone(), VecDeque::from([job]));
            self.idle.push_back(host);
        }
    }

    /// Starts a job on each idle host, as long as fewer than `most` are busy.
    fn start(&mut self, crawler: &Crawler, reports: &mpsc::UnboundedSender<Report>, most: usize) {
        while self.tasks.len() < most.max(1) {
            let Some(host) = self.idle.pop_front() else {
                return;
            };
            let Some(job) = self.take(&host, crawler.shared.clock.now()) else {
                continue;
            };
            let (crawler, reports) = (crawler.clone(), reports.clone());
            self.tasks.spawn(async move {
                crawler.work(job, &reports).await;
                host
            });
        }
    }

    /// A host's next job that is still ours. Where a slow host kept the others waiting for too long, they are leased anew.
    fn take(&mut self, host: &str, now: Timestamp) -> Option<Job> {
        let queue = self.queues.get_mut(host)?;
        while let Some(job) = queue.pop_front() {
            self.waiting -= 1;
            if now < job.until {
                return Some(job);
            }
        }
        self.queues.remove(host);
        None
    }

    /// The next host whose job ended; `None` when no job is under way.
    async fn finished(&mut self) -> Option<String> {
        loop {
            match self.tasks.join_next().await? {
                Ok(host) => return Some(host),
                Err(error) => tracing::error!(%error, "a job ended badly"),
            }
        }
    }

    /// A host's job ended: the next one waits its turn behind the other hosts.
    fn end(&mut self, host: &str) {
        match self.queues.get(host) {
            Some(queue) if !queue.is_empty() => self.idle.push_back(host.to_owned()),
            _ => {
                self.queues.remove(host);
            }
        }
    }

    /// The same, and for all others that have ended meanwhile.
    fn end_all(&mut self, host: String) {
        let mut ended = Some(Ok(host));
        while let Some(next) = ended {
            match next {
                Ok(host) => self.end(&host),
                Err(error) => tracing::error!(%error, "a job ended badly"),
            }
            ended = self.tasks.try_join_next();
        }
    }

    async fn abandon(&mut self) {
        self.queues.clear();
        self.idle.clear();
        self.waiting = 0;
        self.tasks.shutdown().await;
    }
}

/// How long ago, for people: `12 s`, `3 min`, `5 h`, `2 d`.
#[must_use]
pub fn span(span: SignedDuration) -> String {
    let seconds = span.as_secs().max(0);
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}
