//! Digests, published when they are due and given to the outbox for whoever gets them by mail.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::clock::SharedClock;
use crate::config::{Config, DigestSpec, Period};
use crate::delivery::{digest, mail};
use crate::domain::Seq;
use crate::search::Index;
use crate::store::{Store, StoreError};

/// Longest time between two looks for digests that are due.
const LOOK: Duration = Duration::from_secs(30);
/// How long changes gather before digests are looked at again.
const CALM: Duration = Duration::from_millis(400);
/// What comes at once is looked for so long after a change: its minute ends, and the index catches up.
const AFTER_CHANGE: SignedDuration = SignedDuration::from_mins(3);
/// How often what is old is forgotten.
const SWEEP: SignedDuration = SignedDuration::from_hours(6);

/// Publishes digests when they are due, and has them mailed, until `stop` becomes true. The first editions wait until every
/// source was visited once.
pub(super) async fn publish(
    store: Store,
    index: Index,
    clock: SharedClock,
    config: watch::Receiver<Arc<Config>>,
    mut stop: watch::Receiver<bool>,
) {
    let mut changed = store.watch();
    let mut posted = store.posted();
    let mut seen: Option<(Seq, Timestamp)> = None;
    let mut swept: Option<Timestamp> = None;
    let mut told: Option<Arc<Config>> = None;
    let mut opened = false;
    while !*stop.borrow() {
        let now = clock.now();
        let current = config.borrow().clone();
        // Without a mail server nobody is a recipient: else all that was published meanwhile would come with the server.
        let mails = current.settings.mail.is_some();
        if mails
            && !told
                .as_ref()
                .is_some_and(|told| Arc::ptr_eq(told, &current))
        {
            match store.set_recipients(mail::recipients(&current), now).await {
                Ok(()) => told = Some(current.clone()),
                Err(error) => {
                    tracing::error!(%error, "the recipients of digests stay as they were");
                }
            }
        }
        let ready = {
            let store = store.clone();
            tokio::task::spawn_blocking(move || store.counts(now)).await
        };
        let ready = matches!(ready, Ok(Ok(counts)) if counts.unvisited == 0);
        if ready && !opened {
            match store.note_opened(clock.now()).await {
                Ok(()) => opened = true,
                Err(error) => {
                    tracing::error!(%error, "the end of the first pass could not be noted");
                }
            }
        }
        let seq = *changed.borrow_and_update();
        if seen.is_none_or(|(last, _)| last != seq) {
            seen = Some((seq, now));
        }
        let fresh = seen.is_some_and(|(_, at)| now.duration_since(at) < AFTER_CHANGE);
        match specs(&store, &current, fresh).await {
            Ok(specs) => {
                let zone = &current.settings.server.time_zone;
                match digest::publish_due(&store, &index, &specs, now, zone, ready).await {
                    Ok(published) => {
                        for (digest, end) in published {
                            tracing::info!(%digest, %end, "digest published");
                        }
                    }
                    Err(error) => tracing::error!(%error, "digests are put off"),
                }
            }
            Err(error) => tracing::error!(%error, "digests are put off"),
        }
        if mails && let Err(error) = mail::mail_editions(&store, now).await {
            tracing::error!(%error, "mails are put off");
        }
        if swept.is_none_or(|at| now.duration_since(at) > SWEEP) {
            swept = Some(now);
            sweep(&store, now).await;
        }
        posted.borrow_and_update();
        tokio::select! {
            _ = changed.changed(), if ready => tokio::time::sleep(CALM).await,
            _ = posted.changed() => tokio::time::sleep(CALM).await,
            () = tokio::time::sleep(if ready { LOOK } else { CALM }) => {}
            _ = stop.changed() => {}
        }
    }
}

/// The digests of the configuration, and those of searches that somebody is subscribed to. What comes at once is looked at only
/// after something has changed.
async fn specs(
    store: &Store,
    config: &Arc<Config>,
    fresh: bool,
) -> Result<Vec<DigestSpec>, StoreError> {
    let searches = {
        let (store, config) = (store.clone(), config.clone());
        tokio::task::spawn_blocking(move || mail::specs(&store, &config))
            .await
            .map_err(|_| StoreError::Other("the work was stopped".into()))??
    };
    let mut specs = config.digests.clone();
    specs.extend(
        searches
            .into_iter()
            .filter(|spec| fresh || spec.period != Period::AtOnce),
    );
    Ok(specs)
}

async fn sweep(store: &Store, now: Timestamp) {
    let outbox = store.sweep_outbox(now).await;
    let subscriptions = store.sweep_subscriptions(now).await;
    let passes = store.sweep_passes(now).await;
    let deeds = store.sweep_deeds(now).await;
    let happenings = store.forget_happenings(now).await;
    for (what, swept) in [
        ("outbox", outbox),
        ("subscriptions", subscriptions),
        ("passes", passes),
        ("audit log", deeds),
        ("happenings", happenings),
    ] {
        match swept {
            Ok(0) => {}
            Ok(count) => tracing::info!(what, count, "forgotten, as it was old"),
            Err(error) => tracing::error!(what, %error, "what is old is kept for now"),
        }
    }
}
