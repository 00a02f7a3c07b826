//! Politeness: one request at a time for a host, and a pause between two.
//!
//! A host is a name and a port, with `www.` and the difference between http and https folded away. Not the
//! registrable domain: a ministry's sites under one `gov.ro` are different servers, and a slow one must not hold
//! up the rest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::OwnedMutexGuard;
use url::Url;

use crate::clock::SharedClock;

/// Hosts remembered before the idle ones are forgotten.
const MAX_HOSTS: usize = 4096;

/// When the last request to a host ended. Locked while one is under way.
type Gate = Arc<tokio::sync::Mutex<Option<Timestamp>>>;

/// The gates of all hosts.
pub(super) struct Hosts {
    gates: Mutex<HashMap<String, Gate>>,
    delay: Duration,
    clock: SharedClock,
}

impl Hosts {
    /// None yet; `delay` is the least time between two requests to one host.
    pub(super) fn new(delay: Duration, clock: SharedClock) -> Self {
        Self {
            gates: Mutex::new(HashMap::new()),
            delay,
            clock,
        }
    }

    /// Queues for a host and returns when nobody else is asking it anything.
    pub(super) async fn enter(&self, url: &Url) -> Turn {
        let gate = self.gate(key(url));
        Turn {
            last: gate.lock_owned().await,
            clock: Arc::clone(&self.clock),
            delay: self.delay,
            asked: false,
        }
    }

    fn gate(&self, key: String) -> Gate {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= MAX_HOSTS && !gates.contains_key(&key) {
            // A gate may be forgotten when nobody stands at it and its pause, at the longest, is over.
            let longest = self.delay.max(super::robots::MAX_CRAWL_DELAY);
            let now = self.clock.now();
            gates.retain(|_, gate| {
                Arc::strong_count(gate) > 1
                    || gate.try_lock().is_ok_and(|last| {
                        last.is_some_and(|last| left(last, longest, now) > Duration::ZERO)
                    })
            });
        }
        Arc::clone(gates.entry(key).or_default())
    }
}

/// What remains of a pause of `delay` that began at `last`.
fn left(last: Timestamp, delay: Duration, now: Timestamp) -> Duration {
    let since = now.duration_since(last);
    // A clock set back must not stretch the pause.
    let since = Duration::try_from(since).unwrap_or(Duration::ZERO);
    delay.saturating_sub(since)
}

fn key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The right to ask a host, held until it is dropped.
pub(super) struct Turn {
    last: OwnedMutexGuard<Option<Timestamp>>,
    clock: SharedClock,
    delay: Duration,
    asked: bool,
}

impl Turn {
    /// Waits until the pause after the last request is over; `crawl_delay` is what robots.txt asks for.
    pub(super) async fn wait(&mut self, crawl_delay: Duration) {
        if let Some(last) = *self.last {
            let now = self.clock.now();
            let pause = left(last, self.delay.max(crawl_delay), now);
            if !pause.is_zero() {
                let pause = SignedDuration::try_from(pause).unwrap_or(SignedDuration::ZERO);
                let until = now.checked_add(pause).unwrap_or(now);
                self.clock.sleep_until(until).await;
            }
        }
        self.asked = true;
    }
}

impl Turn {
    /// Whether the host was asked something within `span` before now, so that a connection may still be there.
    pub(super) fn is_within(&self, span: Duration) -> bool {
        let now = self.clock.now();
        self.last
            .is_some_and(|last| left(last, span, now) > Duration::ZERO)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Here, so that a request that was given up counts as one too.
        if self.asked {
            *self.last = Some(self.clock.now());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn one_server_has_one_gate() {
        assert_eq!(key(&url("http://www.a.ro/x")), key(&url("https://a.ro./y")));
        assert_ne!(key(&url("http://a.ro/")), key(&url("http://a.ro:8080/")));
        assert_ne!(key(&url("http://a.gov.ro/")), key(&url("http://b.gov.ro/")));
    }

    #[tokio::test]
    async fn the_second_request_waits_for_the_pause_and_another_host_does_not() {
        let clock = ManualClock::new(at(0));
        let hosts = Arc::new(Hosts::new(
            Duration::from_secs(2),
            Arc::new(clock.clone()) as SharedClock,
        ));
        let mut first = hosts.enter(&url("http://a.ro/")).await;
        first.wait(Duration::ZERO).await;
        let done = Arc::new(AtomicUsize::new(0));
        let second = tokio::spawn({
            let (hosts, done) = (Arc::clone(&hosts), Arc::clone(&done));
            async move {
                let mut turn = hosts.enter(&url("http://www.a.ro/2")).await;
                turn.wait(Duration::from_secs(5)).await;
                done.fetch_add(1, Ordering::SeqCst);
            }
        });
        let mut other = hosts.enter(&url("http://b.ro/")).await;
        other.wait(Duration::ZERO).await;
        clock.set(at(10));
        tokio::task::yield_now().await;
        assert_eq!(done.load(Ordering::SeqCst), 0, "the first is still at it");
        drop(first);
        for second_of_pause in [11, 14] {
            clock.set(at(second_of_pause));
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            assert_eq!(done.load(Ordering::SeqCst), 0, "robots.txt asked for 5 s");
        }
        clock.set(at(15));
        second.await.unwrap();
        assert_eq!(done.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn idle_hosts_are_forgotten_and_busy_ones_kept() {
        let clock = ManualClock::new(at(0));
        let hosts = Hosts::new(Duration::from_secs(2), Arc::new(clock.clone()));
        let busy = hosts.enter(&url("http://busy.ro/")).await;
        for number in 0..MAX_HOSTS - 1 {
            let mut turn = hosts.enter(&url(&format!("http://h{number}.ro/"))).await;
            turn.wait(Duration::ZERO).await;
        }
        assert_eq!(hosts.gates.lock().unwrap().len(), MAX_HOSTS);
        clock.set(at(3600));
        drop(hosts.enter(&url("http://new.ro/")).await);
        let left = hosts.gates.lock().unwrap().len();
        assert_eq!(left, 2, "busy.ro and new.ro");
        drop(busy);
    }

    #[test]
    fn a_clock_set_back_does_not_stretch_the_pause() {
        assert_eq!(
            left(at(100), Duration::from_secs(2), at(0)),
            Duration::from_secs(2)
        );
        assert_eq!(
            left(at(0), Duration::from_secs(2), at(1)),
            Duration::from_secs(1)
        );
        assert_eq!(left(at(0), Duration::from_secs(2), at(9)), Duration::ZERO);
    }
}
