//! Asks hubs for what is due: to push, to go on pushing, to push no more.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use url::Url;

use crate::crawling::Report;
use crate::crawling::crawler::Crawler;
use crate::crawling::fetch::Form;
use crate::crawling::shared::STORE_WAIT;
use crate::domain::Subscription;
use crate::store::StoreError;

use super::course::{self, LEASE, Mode, Saw, Then};

/// Most hubs asked at the same time.
const AT_ONCE: usize = 8;
/// Longest time between two looks at what is due.
const LOOK: Duration = Duration::from_mins(1);

impl Crawler {
    /// Has hubs push what their feeds say that they push, until `stop` becomes true. `callback` is the address that they push
    /// to, ending in a slash; without it nothing can be pushed, and whatever relied on that is polled again.
    pub async fn keep_subscribed(
        &self,
        callback: Option<Url>,
        stop: watch::Receiver<bool>,
        reports: mpsc::UnboundedSender<Report>,
    ) {
        loop {
            match self.set_callback(callback.as_ref()).await {
                Ok(()) => break,
                Err(error) => {
                    tracing::error!(%error, "subscriptions at hubs cannot be looked at");
                    if !self.pause(STORE_WAIT, stop.clone()).await {
                        return;
                    }
                }
            }
        }
        if let Some(callback) = callback {
            tokio::join!(
                self.ask_hubs(&callback, stop.clone()),
                self.read_pushes(stop, reports)
            );
        }
    }

    /// Where hubs push to may have changed since the last time: then all is to be agreed anew.
    async fn set_callback(&self, callback: Option<&Url>) -> Result<(), StoreError> {
        let shared = self.shared();
        let now = shared.clock.now();
        let Some(callback) = callback else {
            return shared.store.forget_subscriptions(now).await;
        };
        for subscription in shared.store.subscriptions()? {
            if subscription.callback.is_some_and(|told| told != *callback) {
                self.see(&subscription.token, Saw::Moved).await?;
            }
        }
        Ok(())
    }

    async fn ask_hubs(&self, callback: &Url, mut stop: watch::Receiver<bool>) {
        let mut changed = self.shared().store.watch_pushes();
        let mut asked = JoinSet::new();
        while !*stop.borrow() {
            changed.mark_unchanged();
            let wake = match self.ask_due(callback, &mut asked).await {
                Ok(wake) => wake,
                Err(error) => {
                    tracing::error!(%error, "no hub is asked for now");
                    if !self.pause(STORE_WAIT, stop.clone()).await {
                        break;
                    }
                    continue;
                }
            };
            tokio::select! {
                () = self.shared().clock.sleep_until(wake) => {}
                _ = changed.changed() => {}
                Some(_) = asked.join_next() => {}
                _ = stop.changed() => {}
            }
        }
        // What was asked stays noted as asked: a hub that asks back later is answered then.
        asked.shutdown().await;
    }

    /// Begins to ask for what is due, as far as there is room; says when to look again.
    async fn ask_due(
        &self,
        callback: &Url,
        asked: &mut JoinSet<()>,
    ) -> Result<Timestamp, StoreError> {
        let shared = self.shared();
        let now = shared.clock.now();
        let room = AT_ONCE.saturating_sub(asked.len());
        for token in shared.store.due_subscriptions(now, room)? {
            let due = Saw::Due {
                callback: callback.clone(),
            };
            // Noted before it is asked: a hub may ask back before it answers.
            if let Some((subscription, Then::Ask(mode))) = self.see(&token, due).await? {
                let crawler = self.clone();
                asked.spawn(async move { crawler.ask(subscription, mode).await });
            }
        }
        let later = now.saturating_add(LOOK).unwrap_or(now);
        let next = shared.store.next_subscription()?;
        // Due, and not begun for want of room: whatever ends makes room.
        Ok(next
            .filter(|next| *next > now)
            .map_or(later, |next| next.min(later)))
    }

    async fn ask(&self, subscription: Subscription, mode: Mode) {
        let Some(form) = form(&subscription, mode) else {
            return;
        };
        let saw = match self.shared().fetcher.post(&form).await {
            Ok(()) => Saw::Taken,
            Err(fault) => {
                tracing::debug!(source = %subscription.source, hub = %form.url, %fault, "a hub did not take a request");
                Saw::Failed(fault)
            }
        };
        if let Err(error) = self.see(&subscription.token, saw).await {
            tracing::error!(%error, "what a hub answered could not be recorded");
        }
    }

    /// Notes what happened to a subscription; gives what it is now, and what to do.
    async fn see(&self, token: &str, saw: Saw) -> Result<Option<(Subscription, Then)>, StoreError> {
        let now = self.shared().clock.now();
        let jitter = fastrand::f64();
        let change = move |subscription: &mut Subscription| {
            let (new, then) = course::next(now, subscription, &saw, jitter);
            *subscription = new.clone();
            (new, then)
        };
        self.shared()
            .store
            .change_subscription(token, now, change)
            .await
    }

    /// Waits; false where there is no time for that any more.
    pub(super) async fn pause(&self, span: Duration, mut stop: watch::Receiver<bool>) -> bool {
        let stopped = stop.wait_for(|stop| *stop);
        tokio::time::timeout(span, stopped).await.is_err()
    }
}

/// What a hub is sent (WebSub, 5.1).
fn form(subscription: &Subscription, mode: Mode) -> Option<Form> {
    let callback = subscription.callback.as_ref()?;
    let mut fields = vec![
        ("hub.callback", format!("{callback}{}", subscription.token)),
        ("hub.topic", subscription.topic.to_string()),
        // Of PubSubHubbub 0.3, whose hubs refuse a request without it; the others pass over it.
        ("hub.verify", "async".to_owned()),
    ];
    match mode {
        Mode::Subscribe => fields.extend([
            ("hub.mode", "subscribe".to_owned()),
            ("hub.lease_seconds", LEASE.as_secs().to_string()),
            ("hub.secret", subscription.secret.clone()),
        ]),
        Mode::Unsubscribe => fields.push(("hub.mode", "unsubscribe".to_owned())),
        Mode::Denied => return None,
    }
    Some(Form {
        url: subscription.hub()?.clone(),
        fields,
    })
}
