//! Takes messages to services from the outbox: one at a time to each host, several hosts at a time, so that a slow one holds up
//! nobody else.
//!
//! A message is sent until it is taken. That it was is marked in `outbox.brink` before it is recorded, so that only a kill between a
//! service's taking it and the arrival of its answer brings it a second time, under the same name.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use url::Url;

use super::forms::message;
use crate::clock::SharedClock;
use crate::config::Config;
use crate::crawling::fetch::{Delivery, FetchError, Fetcher, Names};
use crate::delivery::watch::{Bulletin, signature};
use crate::domain::{Fault, FaultKind, Reason, WatchId};
use crate::store::{Channel, Fate, HookJob, Parcel, ParcelId, Store, StoreError, blocking};

/// For how long a message is tried.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(3 * 24);
/// How often one is tried that the service refuses.
const REFUSED: u32 = 5;
/// First wait after a failure, doubled with each further one, and the longest.
const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_hours(6);
/// Longest wait that a service can ask for.
const ASKED: Duration = Duration::from_hours(24);
/// Longest time between two looks, in case something was not told.
const LOOK: SignedDuration = SignedDuration::from_secs(30);
/// Longest body, in bytes; one that is larger is none that a service takes.
const MOST: usize = 2 << 20;
/// How long what is under way may take when the service is being stopped.
const REST: Duration = Duration::from_secs(3);

/// Sends messages, for ever, until `stop` becomes true. `public` is the address that people type.
pub async fn send_hooks(
    store: Store,
    clock: SharedClock,
    mut config: watch::Receiver<Arc<Config>>,
    public: Url,
    mut stop: watch::Receiver<bool>,
) {
    let mut posted = store.posted();
    let mut sender = Sender::new(store.clone(), clock.clone(), public);
    while !*stop.borrow() {
        let now = clock.now();
        let current = config.borrow_and_update().clone();
        posted.borrow_and_update();
        let latest = now.saturating_add(LOOK).unwrap_or(now);
        let wake = match sender.start_due(&current, now).await {
            Ok(next) => next.map_or(latest, |next| next.min(latest)),
            Err(error) => {
                tracing::error!(%error, "services are not told for now");
                latest
            }
        };
        // Here is only waited: what has ended is recorded afterwards, since the branches that lose are given up half-way.
        let ended = tokio::select! {
            () = clock.sleep_until(wake) => None,
            ended = sender.under_way.join_next(), if sender.is_busy() => ended,
            _ = posted.changed() => None,
            _ = config.changed() => None,
            _ = stop.changed() => None,
        };
        if let Some(ended) = ended {
            sender.note(ended).await;
        }
    }
    let _ = tokio::time::timeout(REST, async {
        while let Some(ended) = sender.under_way.join_next().await {
            sender.note(ended).await;
        }
    })
    .await;
}

/// What became of an attempt.
struct Outcome {
    lane: usize,
    host: String,
    watch: WatchId,
    test: bool,
    parcel: Parcel,
    result: Result<(), Fault>,
}

struct Sender {
    store: Store,
    clock: SharedClock,
    public: Url,
    fetcher: Option<(Arc<Config>, Fetcher)>,
    under_way: JoinSet<Outcome>,
    lanes: Vec<bool>,
    hosts: HashSet<String>,
    parcels: HashSet<ParcelId>,
}

impl Sender {
    fn new(store: Store, clock: SharedClock, public: Url) -> Self {
        Self {
            store,
            clock,
            public,
            fetcher: None,
            under_way: JoinSet::new(),
            lanes: vec![false; Channel::Hook.lanes()],
            hosts: HashSet::new(),
            parcels: HashSet::new(),
        }
    }

    fn is_busy(&self) -> bool {
        !self.under_way.is_empty()
    }

    fn fetcher(&mut self, config: &Arc<Config>) -> Result<Fetcher, FetchError> {
        if let Some((of, fetcher)) = &self.fetcher
            && Arc::ptr_eq(of, config)
        {
            return Ok(fetcher.clone());
        }
        let settings = &config.settings.crawler;
        let fetcher = Fetcher::new(settings, self.clock.clone(), Names::default())?;
        self.fetcher = Some((config.clone(), fetcher.clone()));
        Ok(fetcher)
    }

    /// Starts whatever is due and has a host and a lane to itself; says when more will be due.
    async fn start_due(
        &mut self,
        config: &Arc<Config>,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let due = {
            let store = self.store.clone();
            blocking(move || store.outbox_by_group(Channel::Hook, now)).await?
        };
        let mut blocked = false;
        for parcel in due {
            let Some(lane) = self.lanes.iter().position(|taken| !taken) else {
                blocked = true;
                break;
            };
            if self.parcels.contains(&parcel.id) {
                blocked = true;
                continue;
            }
            let written = {
                let (store, public, parcel) =
                    (self.store.clone(), self.public.clone(), parcel.clone());
                blocking(move || write(&store, &public, &parcel, now)).await?
            };
            let (job, delivery) = match written {
                Ok(written) => written,
                Err(why) => {
                    let fate = Fate::Failed(why.kept());
                    self.store.settle(parcel.id, fate, now).await?;
                    continue;
                }
            };
            let host = delivery.url.host_str().unwrap_or_default().to_owned();
            if !self.hosts.insert(host.clone()) {
                blocked = true;
                continue;
            }
            let fetcher = self
                .fetcher(config)
                .map_err(|error| StoreError::Other(error.to_string()))?;
            self.lanes[lane] = true;
            self.parcels.insert(parcel.id);
            self.under_way.spawn(async move {
                Outcome {
                    lane,
                    host,
                    watch: job.watch(),
                    test: matches!(job, HookJob::Test { .. }),
                    result: fetcher.deliver(&delivery).await,
                    parcel,
                }
            });
        }
        let next = {
            let store = self.store.clone();
            blocking(move || store.next_post(Channel::Hook)).await?
        };
        // What waits for a host or a lane is looked at when one is free.
        Ok(next.filter(|next| !(*next <= now && (blocked || self.is_busy()))))
    }

    /// Records the end of an attempt, and lets go of its host.
    async fn note(&mut self, ended: Result<Outcome, JoinError>) {
        let Ok(outcome) = ended else {
            // A task that was torn down: its message is still in the outbox, and is looked for again.
            if self.under_way.is_empty() {
                self.lanes.fill(false);
                self.hosts.clear();
                self.parcels.clear();
            }
            return;
        };
        if let Err(error) = self.settle(&outcome).await {
            tracing::error!(%error, "what became of a message could not be recorded");
        }
        self.lanes[outcome.lane] = false;
        self.hosts.remove(&outcome.host);
        self.parcels.remove(&outcome.parcel.id);
    }

    async fn settle(&self, outcome: &Outcome) -> Result<(), StoreError> {
        let parcel = &outcome.parcel;
        let now = self.clock.now();
        match &outcome.result {
            Ok(()) => {
                if let Some(brink) = self.store.brink() {
                    // If this fails, a kill at this very moment brings the message twice.
                    let _ = brink.step_in(Channel::Hook, outcome.lane, parcel.id, parcel.tries);
                }
                let settled = self.store.settle(parcel.id, Fate::Sent, now).await;
                if outcome.test && settled.is_ok() {
                    self.store.set_hook_off(outcome.watch, None).await?;
                }
                settled
            }
            Err(fault) if fault.status == Some(410) => {
                tracing::warn!(watch = %outcome.watch, host = outcome.host, "a service says that it wants no more: it gets no more");
                self.store
                    .settle(parcel.id, Fate::Failed(fault.reason.kept()), now)
                    .await?;
                self.store
                    .set_hook_off(outcome.watch, Some(fault.reason.kept()))
                    .await
            }
            Err(fault) => {
                tracing::warn!(watch = %outcome.watch, %fault, "a service does not take a message now");
                let fate = later(parcel, outcome.test, fault, fastrand::f64(), now);
                self.store.settle(parcel.id, fate, now).await
            }
        }
    }
}

/// Again after five seconds, ten, twenty, … at most six hours, each time a bit more by chance, so that many do not come at once. A
/// service that says when is asked then. `chance` is between 0 and 1.
fn later(parcel: &Parcel, test: bool, fault: &Fault, chance: f64, now: Timestamp) -> Fate {
    let why = fault.reason.clone();
    let refused = match fault.status {
        Some(408 | 425 | 429) => false,
        Some(status) => (300..500).contains(&status),
        None => fault.kind == FaultKind::Forbidden,
    };
    if test {
        // Whoever asked for it is waiting, and can ask again.
        return Fate::Failed(why.kept());
    }
    if refused && parcel.tries + 1 >= REFUSED {
        return Fate::Failed(
            Reason::GivenUpAfterAttempts {
                count: u64::from(REFUSED),
                why,
            }
            .kept(),
        );
    }
    if now.duration_since(parcel.posted) > GIVE_UP {
        return Fate::Failed(Reason::GivenUpAfterDays { count: 3, why }.kept());
    }
    let pause = FIRST.saturating_mul(1 << parcel.tries.min(20)).min(LONGEST);
    let asked = fault
        .retry_after
        .map(Duration::from_secs)
        .map(|asked| asked.min(ASKED));
    let pause = asked.map_or(pause, |asked| asked.max(Duration::from_secs(1)));
    let pause = pause + pause.mul_f64(0.2 * chance.clamp(0.0, 1.0));
    Fate::Again(
        now.saturating_add(pause).unwrap_or(Timestamp::MAX),
        why.kept(),
    )
}

/// Writes a message; the error says why it is not to be sent.
fn write(
    store: &Store,
    public: &Url,
    parcel: &Parcel,
    now: Timestamp,
) -> Result<Result<(HookJob, Delivery), Reason>, StoreError> {
    let Some(job) = parcel.read::<HookJob>() else {
        return Ok(Err(Reason::UnknownMessage));
    };
    let Some(watch) = store.watch_of(job.watch())? else {
        return Ok(Err(Reason::WatchGone));
    };
    let Some(hook) = &watch.spec.hook else {
        return Ok(Err(Reason::NoServiceTold));
    };
    let bulletin = match &job {
        HookJob::Test { .. } => {
            let id = parcel.key.replace("hook/", "watch-").replace('/', "-");
            Bulletin::test(&watch, id, parcel.posted)
        }
        HookJob::Bulletin { bulletin, .. } => match store.bulletin(*bulletin)? {
            Some(found) => match serde_json::from_value(found.body) {
                Ok(bulletin) => bulletin,
                Err(error) => {
                    let text = error.to_string();
                    return Ok(Err(Reason::UnknownBulletin { text }.clean()));
                }
            },
            None => return Ok(Err(Reason::BulletinGone)),
        },
    };
    let Some(message) = message(hook, &bulletin, watch.spec.lang, public) else {
        return Ok(Err(Reason::RoomMissing));
    };
    let body = message.body.to_string();
    if body.len() > MOST {
        return Ok(Err(Reason::MessageTooLong));
    }
    let second = now.as_second();
    let Some(signed) = signature(&watch.secret, &bulletin.id, second, &body) else {
        return Ok(Err(Reason::SecretUnreadable));
    };
    let mut headers: HashMap<&'static str, String> = HashMap::from([
        ("webhook-id", bulletin.id.clone()),
        ("webhook-timestamp", second.to_string()),
        ("webhook-signature", signed),
        ("idempotency-key", format!("\"{}\"", bulletin.id)),
    ]);
    headers.extend(message.access.map(|access| ("authorization", access)));
    let delivery = Delivery {
        url: message.url,
        put: message.put,
        headers: headers.into_iter().collect(),
        body,
    };
    Ok(Ok((job, delivery)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn seconds(fate: &Fate, now: Timestamp) -> Option<i64> {
        match fate {
            Fate::Again(at, _) => Some(at.duration_since(now).as_secs()),
            _ => None,
        }
    }

    #[tokio::test]
    async fn what_fails_is_tried_again_later_and_later_and_not_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let now = at("2026-11-22T10:00:00Z");
        let letter = crate::store::Letter::new(
            Channel::Hook,
            "hook/1/1".into(),
            &HookJob::Test { watch: WatchId(1) },
            now,
        );
        store.post(vec![letter.unwrap()], now).await.unwrap();
        let parcel = store.outbox_by_group(Channel::Hook, now).unwrap().remove(0);
        let fault = |status: u16, retry_after| {
            let mut fault = Fault::new(FaultKind::Status, "answers so");
            fault.status = Some(status);
            fault.retry_after = retry_after;
            fault
        };
        let tried = |tries, fault: &Fault, chance| {
            let parcel = Parcel {
                tries,
                ..parcel.clone()
            };
            later(&parcel, false, fault, chance, now)
        };
        assert_eq!(seconds(&tried(0, &fault(500, None), 0.0), now), Some(5));
        assert_eq!(seconds(&tried(0, &fault(500, None), 1.0), now), Some(6));
        assert_eq!(seconds(&tried(3, &fault(503, None), 0.0), now), Some(40));
        assert_eq!(
            seconds(&tried(30, &fault(500, None), 0.0), now),
            Some(6 * 3600)
        );
        assert_eq!(
            seconds(&tried(0, &fault(429, Some(120)), 0.0), now),
            Some(120)
        );
        assert_eq!(
            seconds(&tried(0, &fault(429, Some(9_999_999)), 0.0), now),
            Some(24 * 3600)
        );
        assert_eq!(
            seconds(&tried(9, &fault(429, None), 0.0), now),
            Some(2560),
            "asked to come less often, not refused"
        );
        assert_eq!(seconds(&tried(3, &fault(404, None), 0.0), now), Some(40));
        assert!(matches!(tried(4, &fault(404, None), 0.0), Fate::Failed(_)));
        assert!(
            matches!(tried(4, &fault(302, None), 0.0), Fate::Failed(_)),
            "redirects are not followed"
        );
        let late = now + GIVE_UP + SignedDuration::from_secs(1);
        assert!(matches!(
            later(&parcel, false, &fault(500, None), 0.0, late),
            Fate::Failed(_)
        ));
        assert!(
            matches!(
                later(&parcel, true, &fault(500, None), 0.0, now),
                Fate::Failed(_)
            ),
            "a test is not repeated"
        );
    }
}
