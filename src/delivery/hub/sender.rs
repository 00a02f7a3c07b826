//! Takes letters to the hub from the outbox, one after the other, and sees to it that each arrives once.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use url::Url;

use crate::clock::SharedClock;
use crate::config::Crawler;
use crate::crawling::fetch::{Form, Messenger, Told};
use crate::delivery::entry::under;
use crate::domain::Fault;
use crate::store::{Changed, Channel, Fate, Parcel, Store, StoreError, blocking};

/// Letters that are looked at together.
const BATCH: usize = 20;
/// For how long a letter is tried; the next change brings another one.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
/// First wait after a failure, doubled with each further one, and the longest.
const FIRST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_hours(1);

pub(super) struct Sender {
    store: Store,
    clock: SharedClock,
    public: Url,
    messenger: Option<Messenger>,
}

impl Sender {
    pub fn new(store: Store, clock: SharedClock, public: Url) -> Self {
        Self {
            store,
            clock,
            public,
            messenger: None,
        }
    }

    /// Sends all that is due; says how many letters are settled.
    pub async fn send_due(
        &mut self,
        hub: &Url,
        settings: &Crawler,
        stop: &watch::Receiver<bool>,
    ) -> Result<usize, StoreError> {
        let mut settled = 0;
        loop {
            let now = self.clock.now();
            let due = {
                let store = self.store.clone();
                blocking(move || store.outbox(Channel::Push, now, BATCH)).await?
            };
            if due.is_empty() {
                return Ok(settled);
            }
            for parcel in due {
                if *stop.borrow() {
                    return Ok(settled);
                }
                let fate = self.send(hub, settings, &parcel).await?;
                settled += usize::from(!matches!(fate, Fate::Again(..)));
                self.store.settle(parcel.id, fate, self.clock.now()).await?;
            }
        }
    }

    async fn send(
        &mut self,
        hub: &Url,
        settings: &Crawler,
        parcel: &Parcel,
    ) -> Result<Fate, StoreError> {
        let Some(Changed { feed }) = parcel.read() else {
            let why = "no letter that this version can write".into();
            return Ok(Fate::Failed(why));
        };
        let messenger = match &self.messenger {
            Some(messenger) => messenger,
            None => match Messenger::new(settings) {
                Ok(messenger) => self.messenger.insert(messenger),
                Err(error) => return Err(StoreError::Other(error.to_string())),
            },
        };
        let topic = under(&self.public, &feed);
        let form = Form {
            url: hub.clone(),
            fields: vec![
                ("hub.mode", "publish".into()),
                ("hub.url", topic.clone()),
                ("hub.topic", topic),
            ],
        };
        let brink = self.store.brink().ok_or(StoreError::ForReading)?;
        let (id, tries) = (parcel.id, parcel.tries);
        let step = {
            let brink = brink.clone();
            move || brink.step(Channel::Push, id, tries)
        };
        let told = messenger.send(&form, &parcel.key, step).await;
        if !matches!(told, Told::Taken | Told::Unsent(_)) {
            // It says that it has not taken it, or the connection broke: tried again, under the same name.
            let _ = brink.back(Channel::Push);
        }
        Ok(match told {
            Told::Taken => Fate::Sent,
            Told::Unsent(fault) | Told::Refused(fault) | Told::Unclear(fault) => {
                later(parcel, &fault, self.clock.now())
            }
        })
    }
}

/// Again after half a minute, one, two, … at most an hour.
fn later(parcel: &Parcel, fault: &Fault, now: Timestamp) -> Fate {
    if now.duration_since(parcel.posted) > GIVE_UP {
        tracing::error!(feed = without_words(&parcel.key), %fault, "the hub does not take it; given up after a day");
        return Fate::Failed(format!("given up after a day: {fault}"));
    }
    tracing::warn!(feed = without_words(&parcel.key), %fault, "the hub does not take it now");
    let pause = FIRST.saturating_mul(1 << parcel.tries.min(16)).min(LONGEST);
    let at = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
    Fate::Again(at, fault.to_string())
}

/// The feed that a letter is about, without the words of a search.
fn without_words(key: &str) -> &str {
    key.split(['?', '#']).next().unwrap_or(key)
}
