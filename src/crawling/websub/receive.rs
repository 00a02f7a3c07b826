//! Reads what hubs pushed, and records it as if it had been fetched.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use url::Url;

use crate::crawling::Report;
use crate::crawling::crawler::Crawler;
use crate::crawling::decide::Manner;
use crate::crawling::fetch::Fetched;
use crate::crawling::lifecycle::{self, Outcome, PushedWell};
use crate::crawling::shared::{STORE_WAIT, Shared};
use crate::crawling::ways;
use crate::crawling::weigh::weigh;
use crate::domain::{Reason, Remark, Validators, Way};
use crate::store::{Intent, Lease, Pushed, StoreError, Visit, VisitLog};

/// For how long a source is ours to record a push.
const LEASE: Duration = Duration::from_mins(5);
/// How long to wait for a source that is being visited.
const HELD: Duration = Duration::from_millis(500);

impl Crawler {
    /// Reads pushes as they come, until `stop` becomes true.
    pub(super) async fn read_pushes(
        &self,
        mut stop: watch::Receiver<bool>,
        reports: mpsc::UnboundedSender<Report>,
    ) {
        let mut changed = self.shared().store.watch_pushes();
        while !*stop.borrow() {
            changed.mark_unchanged();
            match self.read_waiting(&reports).await {
                Ok(Left::Some) => {
                    self.pause(HELD, stop.clone()).await;
                }
                Ok(Left::Nothing) => tokio::select! {
                    _ = changed.changed() => {}
                    _ = stop.changed() => {}
                },
                Err(error) => {
                    tracing::error!(%error, "what was pushed cannot be recorded now; it is kept");
                    self.pause(STORE_WAIT, stop.clone()).await;
                }
            }
        }
    }

    /// Reads all that waits, but for sources that somebody is just visiting.
    async fn read_waiting(
        &self,
        reports: &mpsc::UnboundedSender<Report>,
    ) -> Result<Left, StoreError> {
        let shared = self.shared();
        loop {
            let waiting = shared.store.waiting_pushes()?;
            let mut read = 0;
            for waiting in &waiting {
                let now = shared.clock.now();
                let lease = shared
                    .store
                    .lease_source(waiting.source.clone(), now, LEASE)
                    .await?;
                let Some(lease) = lease else { continue };
                read += 1;
                match self.read_push(&lease, waiting.id).await {
                    Ok(report) => {
                        // Nobody may be listening.
                        let _ = reports.send(report);
                    }
                    // Somebody else has the source now: once more later.
                    Err(StoreError::LeaseLost) => read -= 1,
                    Err(error) => return Err(error),
                }
            }
            if waiting.is_empty() {
                return Ok(Left::Nothing);
            }
            if read == 0 {
                return Ok(Left::Some);
            }
        }
    }

    /// Reads one push. A document over which vesti stumbles must not come back for ever.
    async fn read_push(&self, lease: &Lease, id: i64) -> Result<Report, StoreError> {
        let task = {
            let (crawler, lease) = (self.clone(), lease.clone());
            tokio::spawn(async move { record(crawler.shared(), &lease, id).await })
        };
        match task.await {
            Ok(done) => done,
            Err(panic) => {
                tracing::error!(source = %lease.source.id, %panic, "vesti stumbled over what was pushed");
                self.shared().store.drop_pushed(id).await?;
                Err(StoreError::LeaseLost)
            }
        }
    }
}

/// What is left of what was pushed.
enum Left {
    Nothing,
    Some,
}

async fn record(shared: &Shared, lease: &Lease, id: i64) -> Result<Report, StoreError> {
    let now = shared.clock.now();
    let Pushed {
        at,
        media_type,
        body,
    } = shared.store.pushed(id)?.unwrap_or(Pushed {
        at: now,
        media_type: None,
        body: Vec::new(),
    });
    let topic = topic(lease);
    let mut log = VisitLog {
        at,
        url: topic.as_ref().map(Url::to_string).unwrap_or_default(),
        status: None,
        millis: u64::try_from(now.duration_since(at).as_millis()).unwrap_or_default(),
        bytes: body.len() as u64,
        listed: 0,
        new: 0,
        changed: 0,
        fault: None,
        note: None,
    };
    let read = match topic {
        Some(topic) => parsed(shared, lease, topic, media_type, body, now).await,
        None => Err(Reason::NoLongerFeed),
    };
    let (outcome, intents) = match read {
        Err(why) => {
            log.note = Some(Remark::PushUnreadable { why });
            (Outcome::Nudged, Vec::new())
        }
        Ok(feed) => {
            log.listed = feed.items.len() as u32;
            let published = feed
                .items
                .iter()
                .filter_map(|item| item.published)
                .collect();
            let (intents, _) = weigh(
                shared,
                lease.source.clone(),
                feed.items,
                Manner::default(),
                now,
            )
            .await?;
            let new = intents
                .iter()
                .filter(|intent| matches!(intent, Intent::Insert(_)))
                .count();
            log.new = new as u32;
            log.changed = (intents.len() - new) as u32;
            log.note = Some(Remark::Pushed);
            (Outcome::Pushed(PushedWell { published, new }), intents)
        }
    };
    let policy = shared.policy(lease);
    let state = lifecycle::next(now, &lease.state, &outcome, &policy, fastrand::f64());
    if state.pushes.relied && !lease.state.pushes.relied {
        log.note = Some(Remark::PushedReliably);
    }
    let visit = Visit {
        at: now,
        state: state.clone(),
        intents,
        log: log.clone(),
    };
    let recorded = shared.record_pushed(lease, visit, id).await?;
    log.new = recorded.inserted.len() as u32;
    Ok(Report {
        source: lease.source.id.clone(),
        log,
        state,
    })
}

/// What relative addresses in a push are relative to: the same as in what is fetched.
fn topic(lease: &Lease) -> Option<Url> {
    lease.state.feed().cloned()
}

async fn parsed(
    shared: &Shared,
    lease: &Lease,
    url: Url,
    content_type: Option<String>,
    body: Vec<u8>,
    now: Timestamp,
) -> Result<crate::reading::feed::Feed, Reason> {
    let source = lease.source.clone();
    shared
        .compute(move || {
            let fetched = Fetched {
                url,
                status: 200,
                not_modified: false,
                validators: Validators::default(),
                content_type,
                body,
                permanent: None,
                max_age: None,
                links: Vec::new(),
                millis: 0,
            };
            ways::read(Way::Feed, &fetched, &source, now)
                .map(|reading| reading.feed)
                .map_err(|fault| *fault.reason)
        })
        .await
}
