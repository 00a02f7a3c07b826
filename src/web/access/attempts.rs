//! Attempts to sign in that failed: each makes the next one wait, for the name that was tried and for the address that tried.
//! In memory alone, and bounded.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::web::client::Client;

/// Failures that are free: people mistype.
const FREE: u32 = 5;
/// Failures that are free to all who try one name: more, so that a stranger cannot lock a name for its owner with few requests.
const FREE_NAME: u32 = 20;
/// Failures that are free to one address.
const FREE_ADDRESS: u32 = 20;
/// First wait and longest, in seconds.
const FIRST: i64 = 15;
const LONGEST: i64 = 15 * 60;
/// A failure is forgotten after so many seconds.
const FORGOTTEN: i64 = 60 * 60;
/// Most that are remembered of each kind, at about 100 bytes.
const MOST: usize = 20_000;

/// Failures of the last hour. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Attempts(Arc<Mutex<Failed>>);

#[derive(Debug, Default)]
struct Failed {
    pairs: HashMap<(u128, String), Row>,
    names: HashMap<String, Row>,
    addresses: HashMap<u128, Row>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    failures: u32,
    last: i64,
}

impl Attempts {
    /// How many seconds an address has to wait before it may try a name; `None` for not at all.
    pub(in crate::web) fn wait(&self, client: Client, name: &str, now: Timestamp) -> Option<u64> {
        let failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (address, name, now) = (address(client), key(name), now.as_second());
        let waits = [
            left(failed.names.get(&name), FREE_NAME, now),
            left(failed.addresses.get(&address), FREE_ADDRESS, now),
            left(failed.pairs.get(&(address, name)), FREE, now),
        ];
        waits.into_iter().flatten().max()
    }

    /// Notes a failure.
    pub(in crate::web) fn failed(&self, client: Client, name: &str, now: Timestamp) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (address, name, now) = (address(client), key(name), now.as_second());
        count(&mut failed.names, name.clone(), now);
        count(&mut failed.addresses, address, now);
        count(&mut failed.pairs, (address, name), now);
    }

    /// Forgets what an address failed with under a name that it now has signed in with.
    pub(in crate::web) fn succeeded(&self, client: Client, name: &str) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (address, name) = (address(client), key(name));
        failed.names.remove(&name);
        failed.pairs.remove(&(address, name));
    }
}

fn address(client: Client) -> u128 {
    match client {
        Client::Itself => 0,
        Client::Reader(address) => address,
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase().chars().take(64).collect()
}

fn count<K: Eq + Hash>(rows: &mut HashMap<K, Row>, key: K, now: i64) {
    if rows.len() >= MOST {
        rows.retain(|_, row| now - row.last < FORGOTTEN);
    }
    if rows.len() >= MOST {
        // Whoever tries twenty thousand names an hour is held up by its address; the many are let go.
        rows.retain(|_, row| row.failures > FREE);
        if rows.len() >= MOST {
            rows.clear();
        }
    }
    let row = rows.entry(key).or_insert(Row {
        failures: 0,
        last: now,
    });
    if now - row.last >= FORGOTTEN {
        row.failures = 0;
    }
    row.failures = row.failures.saturating_add(1);
    row.last = now;
}

fn left(row: Option<&Row>, free: u32, now: i64) -> Option<u64> {
    let row = row.filter(|row| row.failures >= free && now - row.last < FORGOTTEN)?;
    let doubled = FIRST << (row.failures - free).min(10);
    // A clock that was put back locks nobody out for longer than that.
    let since = (now - row.last).max(0);
    u64::try_from(doubled.min(LONGEST) - since)
        .ok()
        .filter(|wait| *wait > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_name_that_is_tried_again_and_again_has_to_wait_ever_longer() {
        let attempts = Attempts::default();
        let me = Client::Reader(1);
        for _ in 0..5 {
            assert_eq!(attempts.wait(me, "Ana", at(0)), None);
            attempts.failed(me, "ana", at(0));
        }
        assert_eq!(attempts.wait(me, "ANA ", at(0)), Some(15));
        assert_eq!(attempts.wait(me, "ana", at(14)), Some(1));
        assert_eq!(attempts.wait(me, "ana", at(15)), None);
        attempts.failed(me, "ana", at(15));
        assert_eq!(attempts.wait(me, "ana", at(15)), Some(30));
        for _ in 0..10 {
            attempts.failed(me, "ana", at(60));
        }
        assert_eq!(attempts.wait(me, "ana", at(60)), Some(900), "never longer");
        assert_eq!(
            attempts.wait(Client::Reader(2), "ana", at(60)),
            None,
            "her own address is not held up by a few"
        );
        assert_eq!(attempts.wait(me, "ana", at(60 + 3600)), None);
        attempts.succeeded(me, "ana");
        assert_eq!(attempts.wait(me, "ana", at(60)), None);
    }

    #[test]
    fn many_addresses_that_try_one_name_and_one_that_tries_many_names_are_held_up() {
        let attempts = Attempts::default();
        for address in 0..20 {
            attempts.failed(Client::Reader(address), "ana", at(0));
        }
        assert!(attempts.wait(Client::Reader(99), "ana", at(0)).is_some());
        for name in 0..20 {
            attempts.failed(Client::Itself, &format!("name-{name}"), at(0));
        }
        assert!(attempts.wait(Client::Itself, "other", at(0)).is_some());
        assert_eq!(attempts.wait(Client::Reader(99), "other", at(0)), None);
    }

    #[test]
    fn a_flood_of_names_takes_bounded_memory() {
        let attempts = Attempts::default();
        for name in 0..50_000_u32 {
            attempts.failed(Client::Reader(u128::from(name)), &name.to_string(), at(0));
        }
        let failed = attempts.0.lock().unwrap();
        assert!(failed.names.len() <= MOST && failed.pairs.len() <= MOST);
    }
}
