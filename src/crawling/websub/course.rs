//! What becomes of a subscription: one pure function.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::domain::{Fault, Stage, Subscription};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Saw {
    /// It is time to do something; hubs push to this address, with the token behind it.
    Due {
        /// Ends in a slash.
        callback: Url,
    },
    /// Hubs push to another address from now on.
    Moved,
    /// The hub took the request, and will ask back.
    Taken,
    /// The hub did not take it.
    Failed(Fault),
    /// The hub asks back, or says no.
    Asked(Intent),
}

/// What a hub asks or says at our address (WebSub, 5.2 and 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// What is asked.
    pub mode: Mode,
    /// What it is about, as the hub writes it.
    pub topic: String,
    /// For how long it would push, in seconds.
    pub lease: Option<u64>,
    /// Why it will not.
    pub reason: Option<String>,
}

/// What a hub is asked for, or asks back about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To push.
    Subscribe,
    /// To push no more.
    Unsubscribe,
    /// Said by the hub: it does not push, or no longer.
    Denied,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing for now.
    Rest,
    /// Ask the hub.
    Ask(Mode),
    /// Answer the hub: yes.
    Confirm,
    /// Answer the hub: nobody asked for that.
    Deny,
}

/// For how long hubs are asked to push: they may choose another span (WebSub, 5.1).
pub const LEASE: Duration = Duration::from_hours(24 * 10);
/// No agreement is believed for longer.
const LONGEST_LEASE: Duration = Duration::from_hours(24 * 30);
/// For how long a hub may think before it asks back.
const PATIENCE: Duration = Duration::from_mins(30);
/// For how long a hub may ask back once more: it may not have heard the answer.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// First wait after a failure, doubled with each further one, and the longest.
const FIRST_BACK_OFF: Duration = Duration::from_mins(5);
const BACK_OFF: Duration = Duration::from_hours(24);
/// The same after a refusal.
const FIRST_REFUSAL: Duration = Duration::from_hours(6);
const REFUSAL: Duration = Duration::from_hours(24 * 7);
/// Least time between two requests for one subscription.
const LEAST: Duration = Duration::from_mins(1);
/// Attempts to end a subscription; what still comes is answered with “gone”, which hubs understand too.
const FAREWELLS: u32 = 5;
/// For how long a hub may ask about an end that it has confirmed.
const MEMORY: Duration = Duration::from_hours(1);

/// The subscription after something happened at `now`, and what to do. `jitter` between 0 and 1 spreads requests.
#[must_use]
pub fn next(now: Timestamp, old: &Subscription, saw: &Saw, jitter: f64) -> (Subscription, Then) {
    let mut new = old.clone();
    let then = match saw {
        Saw::Due { callback } => due(&mut new, now, callback, jitter),
        Saw::Moved => {
            if new.is_ending() {
                // The hub would ask back where nobody is any more.
                forget(&mut new);
            } else {
                new.stage = Stage::Wanted;
                new.callback = None;
                new.asked = None;
                new.until = None;
                new.tries = 0;
                new.due = Some(now);
            }
            Then::Rest
        }
        Saw::Taken => Then::Rest,
        Saw::Failed(fault) => {
            // Where the hub had it confirmed before it answered, the answer says nothing more.
            if new.stage == Stage::Asked {
                fail(&mut new, now, fault, jitter);
            }
            Then::Rest
        }
        Saw::Asked(intent) => asked(&mut new, now, intent, jitter),
    };
    // When an agreement ends it is seen at once, so that polls take over.
    if let (Some(until), false) = (new.until, new.is_ending()) {
        new.due = new.due.map(|due| due.min(until));
    }
    (new, then)
}

fn due(new: &mut Subscription, now: Timestamp, callback: &Url, jitter: f64) -> Then {
    if new.due.is_none_or(|due| due > now) {
        return Then::Rest;
    }
    if new.until.is_some_and(|until| until <= now) {
        new.until = None;
    }
    match new.stage {
        Stage::Ended => {
            forget(new);
            Then::Rest
        }
        Stage::Ending if new.tries >= FAREWELLS || new.callback.as_ref() != Some(callback) => {
            forget(new);
            Then::Rest
        }
        Stage::Ending => {
            new.tries += 1;
            new.asked = Some(now);
            new.due = Some(after(now, doubled(PATIENCE, new.tries, BACK_OFF), jitter));
            Then::Ask(Mode::Unsubscribe)
        }
        Stage::Asked if new.asked.is_some_and(|at| after(at, PATIENCE, 0.0) > now) => {
            new.due = new.asked.map(|at| after(at, PATIENCE, jitter));
            Then::Rest
        }
        Stage::Asked => {
            let hub = new.hub().and_then(Url::host_str).unwrap_or_default();
            let message = format!("{hub} took the request and never asked back");
            let silent = Fault::new(crate::domain::FaultKind::Timeout, message);
            fail(new, now, &silent, jitter);
            Then::Rest
        }
        Stage::Wanted | Stage::Refused | Stage::Verified => {
            new.stage = Stage::Asked;
            new.asked = Some(now);
            new.callback = Some(callback.clone());
            new.due = Some(after(now, PATIENCE, jitter));
            Then::Ask(Mode::Subscribe)
        }
    }
}

fn asked(new: &mut Subscription, now: Timestamp, intent: &Intent, jitter: f64) -> Then {
    if !is_topic(new, &intent.topic) {
        return Then::Deny;
    }
    match (intent.mode, new.is_ending()) {
        (Mode::Subscribe, false) => {
            let again = new
                .confirmed
                .is_some_and(|at| now.duration_since(at) <= AGAIN);
            if new.asked.is_none() && !again {
                return Then::Deny;
            }
            // 0.4 has no bounds and older hubs name no span at all: what was asked for is taken to be meant.
            let lease = intent.lease.filter(|lease| *lease > 0);
            let lease = lease.map_or(LEASE, Duration::from_secs).min(LONGEST_LEASE);
            new.stage = Stage::Verified;
            new.asked = None;
            new.confirmed = Some(now);
            new.until = Some(now.saturating_add(lease).unwrap_or(now));
            new.tries = 0;
            new.fault = None;
            // Between two thirds and three quarters of the span: enough is left for a hub that is down for a day.
            let wait = lease.mul_f64(2.0 / 3.0 + jitter.clamp(0.0, 1.0) / 12.0);
            new.due = Some(after(now, wait.max(LEAST), 0.0));
            Then::Confirm
        }
        (Mode::Unsubscribe, true) => {
            new.stage = Stage::Ended;
            new.until = None;
            new.due = Some(after(now, MEMORY, 0.0));
            Then::Confirm
        }
        (Mode::Denied, true) => {
            forget(new);
            Then::Confirm
        }
        (Mode::Denied, false) => {
            new.until = None;
            new.asked = None;
            refuse(new, now, None, jitter);
            let hub = new.hub().and_then(Url::host_str).unwrap_or_default();
            let why = intent.reason.as_deref().unwrap_or("without a reason");
            new.fault = Some(format!("{hub} refuses to push: {why}"));
            new.hubs.rotate_left(1);
            Then::Confirm
        }
        (Mode::Subscribe, true) | (Mode::Unsubscribe, false) => Then::Deny,
    }
}

/// Hubs write addresses in their own ways, with or without a slash or an encoding.
fn is_topic(subscription: &Subscription, topic: &str) -> bool {
    topic == subscription.topic.as_str()
        || Url::parse(topic).is_ok_and(|topic| topic == subscription.topic)
}

fn fail(new: &mut Subscription, now: Timestamp, fault: &Fault, jitter: f64) {
    new.fault = Some(fault.message.clone());
    let refused = fault
        .status
        .is_some_and(|status| (400..500).contains(&status) && !matches!(status, 408 | 425 | 429));
    if refused {
        refuse(new, now, fault.retry_after, jitter);
    } else {
        new.tries = new.tries.saturating_add(1);
        wait(
            new,
            now,
            doubled(FIRST_BACK_OFF, new.tries, BACK_OFF),
            fault.retry_after,
            jitter,
        );
    }
    if new.until.is_some_and(|until| until > now) {
        new.stage = Stage::Verified;
    } else {
        new.stage = if refused {
            Stage::Refused
        } else {
            Stage::Wanted
        };
        new.until = None;
        // Perhaps another one does better.
        if !new.hubs.is_empty() {
            new.hubs.rotate_left(1);
        }
    }
}

fn refuse(new: &mut Subscription, now: Timestamp, wish: Option<u64>, jitter: f64) {
    new.stage = Stage::Refused;
    new.tries = new.tries.saturating_add(1);
    wait(
        new,
        now,
        doubled(FIRST_REFUSAL, new.tries, REFUSAL),
        wish,
        jitter,
    );
}

fn wait(new: &mut Subscription, now: Timestamp, wait: Duration, wish: Option<u64>, jitter: f64) {
    let wish = wish
        .map_or(Duration::ZERO, Duration::from_secs)
        .min(REFUSAL);
    new.due = Some(after(now, wait.max(wish), jitter));
}

/// There is nothing left to do: the store forgets it.
fn forget(new: &mut Subscription) {
    new.stage = Stage::Ended;
    new.until = None;
    new.due = None;
}

fn doubled(first: Duration, tries: u32, most: Duration) -> Duration {
    let times = 1_u32 << tries.saturating_sub(1).min(16);
    first.saturating_mul(times).min(most)
}

/// `wait` and up to a tenth more from now.
fn after(now: Timestamp, wait: Duration, jitter: f64) -> Timestamp {
    let wait = wait.mul_f64(1.0 + jitter.clamp(0.0, 1.0) / 10.0);
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
