//! Tells the hub that the configuration names which of our feeds have changed (WebSub, section 7; the request is that of
//! PubSubHubbub 0.4, 7.1, which hubs share).
//!
//! What has changed is known by marks that grow: the last change that can be searched, for the feeds of everything; the end
//! of the last edition, for those of digests. What the hub was told is noted in the transaction that puts the
//! letter into the outbox, so that a crash loses no change and tells none twice. Feeds of searches are those that somebody
//! has fetched lately; a search has changed when the index selects something for it that was recorded since.

mod searches;
mod sender;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use url::Url;

use crate::clock::SharedClock;
use crate::config::Config;
use crate::search::Index;
use crate::store::{Announcement, Channel, Store, StoreError, blocking};

use super::digest;
use searches::Searches;
use sender::Sender;

/// Least time between two announcements of one feed.
const CALM: SignedDuration = SignedDuration::from_mins(1);
/// How long changes gather before they are looked at.
const GATHER: Duration = Duration::from_millis(400);
/// Longest time between two looks.
const LOOK: SignedDuration = SignedDuration::from_secs(5);
/// How soon to look whether the index has caught up with the store.
const CATCH_UP: SignedDuration = SignedDuration::from_millis(500);
/// What the addresses of feeds end in.
const FORMATS: [&str; 3] = ["rss", "atom", "json"];

/// The path of a feed of everything, or of a digest, in each format; without the slash at the beginning.
fn paths(feed: &str) -> impl Iterator<Item = String> {
    FORMATS.iter().map(move |format| format!("{feed}.{format}"))
}

/// Tells the hub, for ever, until `stop` becomes true. Does nothing while none is configured. `public` is the address that
/// people type.
pub async fn tell_hub(
    store: Store,
    index: Index,
    clock: SharedClock,
    mut config: watch::Receiver<Arc<Config>>,
    public: Url,
    mut stop: watch::Receiver<bool>,
) {
    let mut changed = store.watch();
    let mut sender = Sender::new(store.clone(), clock.clone(), public);
    let mut searches = Searches::default();
    while !*stop.borrow() {
        let now = clock.now();
        let current = config.borrow_and_update().clone();
        changed.borrow_and_update();
        let later = now.saturating_add(LOOK).unwrap_or(now);
        let parts = (&mut searches, &mut sender);
        let wake = match round(&store, &index, &clock, &current, parts, &stop).await {
            Ok(next) => next.map_or(later, |next| next.min(later)),
            Err(error) => {
                tracing::error!(%error, "the hub is not told for now");
                later
            }
        };
        tokio::select! {
            () = clock.sleep_until(wake) => {}
            _ = changed.changed() => tokio::time::sleep(GATHER).await,
            _ = config.changed() => {}
            _ = stop.changed() => {}
        }
    }
}

/// Puts letters in for what has changed and sends what is due; says when there will be more.
async fn round(
    store: &Store,
    index: &Index,
    clock: &SharedClock,
    config: &Arc<Config>,
    (searches, sender): (&mut Searches, &mut Sender),
    stop: &watch::Receiver<bool>,
) -> Result<Option<Timestamp>, StoreError> {
    let hub = config.settings.feeds.hub.as_ref();
    searches.sweep(store, hub.is_some(), clock.now()).await?;
    let Some(hub) = hub else {
        return Ok(None);
    };
    loop {
        let (mut feeds, behind) = {
            let (store, index, config) = (store.clone(), index.clone(), config.clone());
            blocking(move || marks(&store, &index, &config)).await?
        };
        let now = clock.now();
        let changed = searches
            .changed(store, index, config, clock, &feeds)
            .await?;
        feeds.extend(changed);
        let (told, feeds) = {
            let store = store.clone();
            blocking(move || Ok((store.is_announced(&feeds)?, feeds))).await?
        };
        // The writer is left alone while there is nothing to tell.
        let mut next = if told {
            None
        } else {
            store.announce(feeds, CALM, now).await?
        };
        // What waited to leave spoke for changes that came meanwhile; now these are looked at again.
        if sender.send_due(hub, &config.settings.crawler, stop).await? > 0 && !*stop.borrow() {
            continue;
        }
        let post = {
            let store = store.clone();
            blocking(move || store.next_post(Channel::Push)).await?
        };
        if behind {
            next = earlier(next, now.saturating_add(CATCH_UP).ok());
        }
        return Ok(earlier(next, post));
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

/// All feeds that are announced, as they are now, and whether the index is still behind the store.
fn marks(
    store: &Store,
    index: &Index,
    config: &Config,
) -> Result<(Vec<Announcement>, bool), StoreError> {
    let searchable = index.searchable();
    let mut feeds = Vec::new();
    if searchable.0 > 0 {
        feeds.extend(paths("feed").map(|feed| Announcement {
            feed,
            mark: searchable.0.cast_signed(),
        }));
    }
    for spec in &config.digests {
        if let Some(last) = digest::recent(store, &spec.id, 1)?.first() {
            feeds.extend(
                paths(&format!("digests/{}", spec.id)).map(|feed| Announcement {
                    feed,
                    mark: last.end.as_millisecond(),
                }),
            );
        }
    }
    Ok((feeds, searchable < store.seq()))
}
