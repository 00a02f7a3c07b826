//! How much one reader may ask: a bucket of requests for each address, told in the headers of every answer.
//!
//! The buckets are kept as the generic cell rate algorithm has them (ITU-T I.371): one instant for each address, at which its
//! bucket will be full again. An address whose bucket is full needs no memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use jiff::Timestamp;

use super::client::Client;
use crate::config::RateLimit;

/// Most addresses that are remembered, at about 50 bytes each.
const MOST: usize = 100_000;

/// The buckets of all who asked lately. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits(Arc<Mutex<Buckets>>);

#[derive(Debug, Default)]
struct Buckets {
    /// When each will be full again.
    full: HashMap<u128, i64>,
    /// When those that are full were last forgotten.
    swept: i64,
}

/// What a client may still ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    limit: RateLimit,
    /// Requests that are left.
    left: u32,
    /// Seconds until all of them are there again.
    full_in: u64,
    /// The second of that, since 1970.
    full_at: i64,
    /// Seconds until the next one is there, where none is.
    pub(super) wait: Option<u64>,
}

impl Limits {
    /// Counts a request. The machine itself is told the limit, but not held to it.
    pub(super) fn count(&self, client: Client, limit: RateLimit, now: Timestamp) -> Allowance {
        let now = now.as_microsecond();
        let window = i64::try_from(limit.window.as_micros()).unwrap_or(i64::MAX / 4);
        let each = (window / i64::from(limit.requests.max(1))).max(1);
        let Client::Reader(address) = client else {
            return Allowance::new(limit, limit.requests, now, now, None);
        };
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Buckets {
            full: buckets,
            swept,
        } = &mut *buckets;
        // Nobody's address is kept longer than it is needed: /privacy says so.
        if (now - *swept).abs() >= window {
            buckets.retain(|_, full| *full > now);
            *swept = now;
        }
        // Never later than an empty bucket has it, so that a limit that was changed, or a clock put back, locks nobody out.
        let full = buckets
            .get(&address)
            .map_or(now, |full| (*full).clamp(now, now + window));
        let after = full + each;
        if after > now + window {
            let wait = after - now - window;
            return Allowance::new(limit, 0, now, full, Some(wait));
        }
        if buckets.len() >= MOST {
            forget(buckets, now);
        }
        buckets.insert(address, after);
        let left = (now + window - after) / each;
        Allowance::new(limit, u32::try_from(left).unwrap_or(0), now, after, None)
    }
}

/// Makes room: for those whose buckets are full again and, where these are not enough, for the fuller half. Whoever asks too
/// much stays known, however many addresses come.
fn forget(buckets: &mut HashMap<u128, i64>, now: i64) {
    buckets.retain(|_, full| *full > now);
    if buckets.len() > MOST / 2 {
        let mut all: Vec<i64> = buckets.values().copied().collect();
        let middle = all.len() / 2;
        let (_, middle, _) = all.select_nth_unstable(middle);
        let middle = *middle;
        buckets.retain(|_, full| *full > middle);
    }
}

impl Allowance {
    fn new(limit: RateLimit, left: u32, now: i64, full: i64, wait: Option<i64>) -> Self {
        let seconds = |micros: i64| u64::try_from(micros).unwrap_or(0).div_ceil(1_000_000);
        Self {
            limit,
            left,
            full_in: seconds(full - now),
            full_at: full.saturating_add(999_999).div_euclid(1_000_000),
            wait: wait.map(|wait| seconds(wait).max(1)),
        }
    }

    /// Tells it: as `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10) and as the `X-RateLimit-`
    /// fields, whose reset is a second since 1970, as most have it.
    pub(super) fn tell(&self, headers: &mut HeaderMap) {
        let (most, window) = (self.limit.requests, self.limit.window.as_secs());
        let mut set = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set(
            "ratelimit-policy",
            format!("\"default\";q={most};w={window}"),
        );
        set(
            "ratelimit",
            format!("\"default\";r={};t={}", self.left, self.full_in),
        );
        set("x-ratelimit-limit", most.to_string());
        set("x-ratelimit-remaining", self.left.to_string());
        set("x-ratelimit-reset", self.full_at.to_string());
        if let Some(wait) = self.wait {
            set(header::RETRY_AFTER.as_str(), wait.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
    }

    const LIMIT: RateLimit = RateLimit {
        requests: 10,
        window: Duration::from_secs(10),
    };

    #[test]
    fn a_bucket_is_emptied_at_once_and_filled_evenly() {
        let limits = Limits::default();
        let ask = |millis| limits.count(Client::Reader(1), LIMIT, at(millis));
        for left in (0..10).rev() {
            let allowance = ask(0);
            assert_eq!((allowance.left, allowance.wait), (left, None));
        }
        assert_eq!(ask(0).wait, Some(1));
        assert_eq!(ask(999).wait, Some(1), "asking in vain costs nothing");
        assert_eq!(ask(1_000).wait, None);
        assert_eq!(ask(1_000).wait, Some(1));
        assert_eq!(ask(60_000).left, 9, "never more than a bucket holds");
    }

    #[test]
    fn one_reader_is_not_held_to_what_another_asks() {
        let limits = Limits::default();
        for _ in 0..20 {
            limits.count(Client::Reader(1), LIMIT, at(0));
        }
        assert_eq!(limits.count(Client::Reader(2), LIMIT, at(0)).left, 9);
        for _ in 0..20 {
            assert_eq!(limits.count(Client::Itself, LIMIT, at(0)).wait, None);
        }
    }

    #[test]
    fn the_headers_say_what_is_left_and_when_there_is_more() {
        let limits = Limits::default();
        let mut headers = HeaderMap::new();
        for _ in 0..3 {
            limits
                .count(Client::Reader(1), LIMIT, at(0))
                .tell(&mut headers);
        }
        assert_eq!(headers["ratelimit-policy"], "\"default\";q=10;w=10");
        assert_eq!(headers["ratelimit"], "\"default\";r=7;t=3");
        assert_eq!(headers["x-ratelimit-limit"], "10");
        assert_eq!(headers["x-ratelimit-remaining"], "7");
        assert_eq!(headers["x-ratelimit-reset"], "1800000003");
        assert!(!headers.contains_key(header::RETRY_AFTER));
        for _ in 0..8 {
            limits
                .count(Client::Reader(1), LIMIT, at(0))
                .tell(&mut headers);
        }
        assert_eq!(headers["ratelimit"], "\"default\";r=0;t=10");
        assert_eq!(headers[header::RETRY_AFTER], "1");
    }

    #[test]
    fn a_million_addresses_take_bounded_memory_and_free_nobody_who_asks_too_much() {
        let limits = Limits::default();
        let greedy = Client::Reader(u128::MAX);
        while limits.count(greedy, LIMIT, at(0)).wait.is_none() {}
        for address in 0..1_000_000 {
            limits.count(Client::Reader(address), LIMIT, at(0));
            assert!(limits.0.lock().unwrap().full.len() <= MOST);
        }
        assert!(limits.count(greedy, LIMIT, at(0)).wait.is_some());
        assert!(limits.0.lock().unwrap().full.capacity() < 4 * MOST);
    }

    #[test]
    fn an_address_is_forgotten_when_its_bucket_is_full_again() {
        let limits = Limits::default();
        for address in 0..100 {
            limits.count(Client::Reader(address), LIMIT, at(0));
        }
        limits.count(Client::Reader(100), LIMIT, at(20_000));
        assert_eq!(limits.0.lock().unwrap().full.len(), 1);
    }

    #[test]
    fn a_limit_that_changes_and_a_clock_that_is_put_back_lock_nobody_out() {
        let limits = Limits::default();
        let day = RateLimit {
            requests: 1,
            window: Duration::from_hours(24),
        };
        limits.count(Client::Reader(1), day, at(0));
        let changed = limits.count(Client::Reader(1), LIMIT, at(1_000));
        assert!(changed.wait.is_none_or(|wait| wait <= 10));
        limits.count(Client::Reader(2), LIMIT, at(9_000_000));
        let earlier = limits.count(Client::Reader(2), LIMIT, at(0));
        assert!(earlier.wait.is_none_or(|wait| wait <= 10));
    }
}
