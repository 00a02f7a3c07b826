//! What is old is thrown away, as `[retention]` says.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::clock::SharedClock;
use crate::config::Config;
use crate::store::{self, Store, Swept};

/// Between a start and the first look, and between two looks.
const AT_FIRST: SignedDuration = SignedDuration::from_mins(2);
const LOOK: SignedDuration = SignedDuration::from_hours(6);
/// Between two portions, so that whoever has something to write gets a turn.
const PAUSE: Duration = Duration::from_millis(200);

/// Throws away what is old, a little at a time, until `stop` becomes true.
pub(super) async fn sweep(
    store: Store,
    clock: SharedClock,
    config: watch::Receiver<Arc<Config>>,
    mut stop: watch::Receiver<bool>,
) {
    let mut wait = AT_FIRST;
    loop {
        let until = clock.now().saturating_add(wait).unwrap_or(Timestamp::MAX);
        tokio::select! {
            () = clock.sleep_until(until) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        wait = LOOK;
        let rules = config.borrow().settings.retention.clone();
        let mut all = Swept::default();
        while !*stop.borrow() {
            match store.sweep(&rules, clock.now()).await {
                Ok(swept) if swept.total() == 0 => break,
                Ok(swept) => all.add(swept),
                Err(error) => {
                    tracing::error!(%error, "what is old is kept for now");
                    break;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
        if all.total() > 0 {
            tracing::info!(
                items = all.items,
                texts = all.texts,
                visits = all.visits,
                versions = all.versions,
                editions = all.editions,
                "thrown away, as it was old"
            );
        }
        let (folder, now) = (store.folder().to_owned(), clock.now());
        let forgotten = tokio::task::spawn_blocking(move || store::forget_copies(&folder, now));
        for path in forgotten.await.unwrap_or_default() {
            tracing::info!(path = %path.display(), "the store as it was before its upgrade is no longer kept");
        }
    }
}
