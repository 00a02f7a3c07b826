//! What hubs ask and send at our address.

use jiff::Timestamp;

use crate::domain::{Stage, Subscription};
use crate::store::{Pushed, Store, StoreError};

use super::course::{self, Intent, Saw, Then};
use super::signature::is_signed;

/// Most signatures of one push that are looked at.
const SIGNATURES: usize = 4;

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is kept, and will be read.
    Kept,
    /// It is not from the hub that was asked, and nobody reads it. The hub is not told (WebSub, 5.4).
    Ignored,
    /// Nobody wants it any more.
    Gone,
    /// There is no room for it now.
    Full,
}

/// Answers a hub that asks back, or takes its no: whether that was asked for.
pub async fn confirm(
    store: &Store,
    subscription: &Subscription,
    intent: Intent,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let saw = Saw::Asked(intent);
    let jitter = fastrand::f64();
    // Asked first without the writer, which strangers must not keep busy.
    if course::next(now, subscription, &saw, jitter).1 != Then::Confirm {
        return Ok(false);
    }
    let then = store
        .change_subscription(&subscription.token, now, move |subscription| {
            let (new, then) = course::next(now, subscription, &saw, jitter);
            *subscription = new;
            then
        })
        .await?;
    Ok(then == Some(Then::Confirm))
}

/// Takes a push: signed as agreed, it is on the disk when this returns [`Taken::Kept`].
pub async fn take(
    store: &Store,
    subscription: Subscription,
    signatures: Vec<String>,
    pushed: Pushed,
) -> Result<Taken, StoreError> {
    if subscription.is_ending() {
        return Ok(Taken::Gone);
    }
    let source = subscription.source.clone();
    if subscription.stage == Stage::Wanted && subscription.confirmed.is_none() {
        return Ok(Taken::Ignored);
    }
    let checked = tokio::task::spawn_blocking(move || {
        let signed = signatures
            .iter()
            .take(SIGNATURES)
            .any(|signature| is_signed(&subscription.secret, signature, &pushed.body));
        (signed, pushed)
    });
    let Ok((signed, pushed)) = checked.await else {
        return Ok(Taken::Full);
    };
    if !signed {
        tracing::warn!(%source, "a push without a valid signature is ignored");
        return Ok(Taken::Ignored);
    }
    if store.keep_pushed(source, pushed).await? {
        Ok(Taken::Kept)
    } else {
        Ok(Taken::Full)
    }
}
