//! Which of our feeds the hub was told of, and up to where.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::outbox::{self, Channel, Letter};
use super::rows::{json, millis, to_json};
use super::{Store, StoreError};

/// For how long a feed of a search is remembered after it was last fetched: readers that are pushed still poll now and then.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(10 * 24);
/// Most feeds of searches that are remembered, the latest.
const MOST: usize = 200;

/// Under which key the store notes it.
const ANNOUNCED: &str = "announced";

/// A feed as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its path and query, without the slash at the beginning.
    pub feed: String,
    /// Grows with each change.
    pub mark: i64,
}

/// What the hub was told of a feed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Told {
    mark: i64,
    at: Timestamp,
}

/// What is put into the outbox: the feed that has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Its path and query, without the slash at the beginning.
    pub feed: String,
}

impl Store {
    /// Puts a letter to the hub into the outbox for each of these feeds that has changed since the last one, at most one a
    /// feed in the time `calm`; a letter that waits speaks for all changes until it leaves, and none of them is noted
    /// before. Says when there will be more to tell, where that was too soon.
    pub async fn announce(
        &self,
        feeds: Vec<Announcement>,
        calm: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let (next, new) = self
            .write(move |connection| {
                let old = told(connection)?;
                let mut told = BTreeMap::new();
                for (feed, before) in &old {
                    if is_remembered(connection, feed)? {
                        told.insert(feed.clone(), *before);
                    }
                }
                let (mut next, mut new) = (None::<Timestamp>, false);
                for Announcement { feed, mark } in feeds {
                    let before = old.get(&feed).copied();
                    if let Some(before) = before {
                        told.insert(feed.clone(), before);
                        if before.mark >= mark {
                            continue;
                        }
                        let again = before.at.saturating_add(calm).unwrap_or(now);
                        // A clock that was put back must not silence it for longer.
                        if again > now && before.at <= now {
                            next = Some(next.map_or(again, |next| next.min(again)));
                            continue;
                        }
                    }
                    if waits(connection, &feed)? {
                        continue;
                    }
                    let body = Changed { feed: feed.clone() };
                    let letter = Letter::new(Channel::Push, format!("{feed}#{mark}"), &body, now)
                        .map_err(|error| StoreError::Other(error.to_string()))?;
                    new |= outbox::put(connection, &letter, now)?;
                    told.insert(feed, Told { mark, at: now });
                }
                connection
                    .prepare_cached("INSERT INTO note (key, text) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET text = ?2 WHERE text <> ?2")?
                    .execute(params![ANNOUNCED, to_json(&told)?])?;
                Ok((next, new))
            })
            .await?;
        if new {
            self.inner.posted.send_modify(|()| {});
        }
        Ok(next)
    }

    /// Remembers that a feed of a search was fetched, so that the hub is told when it changes.
    pub async fn remember_feed(&self, feed: String, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO fetched (feed, at) VALUES (?1, ?2) ON CONFLICT (feed) DO UPDATE SET at = ?2",
                )?
                .execute(params![feed, millis(now)])?;
            connection
                .prepare_cached("DELETE FROM fetched WHERE feed IN (SELECT feed FROM fetched ORDER BY at DESC LIMIT -1 OFFSET ?)")?
                .execute([MOST as i64])?;
            Ok(())
        })
        .await
    }

    /// Forgets feeds of searches that nobody has fetched for long; all, where `hub` says that there is none to be told.
    pub async fn forget_feeds(&self, hub: bool, now: Timestamp) -> Result<(), StoreError> {
        let before = if hub {
            now.saturating_sub(REMEMBERED).unwrap_or(Timestamp::MIN)
        } else {
            Timestamp::MAX
        };
        self.write(move |connection| {
            connection
                .prepare_cached("DELETE FROM fetched WHERE at < ?")?
                .execute([millis(before)])?;
            Ok(())
        })
        .await
    }

    /// The feeds of searches that were fetched lately, and the mark up to which the hub was told of each.
    pub fn remembered_feeds(&self) -> Result<Vec<(String, Option<i64>)>, StoreError> {
        self.read(|connection| {
            let told = told(connection)?;
            connection
                .prepare_cached("SELECT feed FROM fetched ORDER BY feed")?
                .query_map([], |row| {
                    let feed: String = row.get(0)?;
                    let mark = told.get(&feed).map(|told| told.mark);
                    Ok((feed, mark))
                })?
                .collect()
        })
    }

    /// Whether the hub was told of everything that these feeds are now.
    pub fn is_announced(&self, feeds: &[Announcement]) -> Result<bool, StoreError> {
        let told = self.read(told)?;
        Ok(feeds.iter().all(|now| {
            told.get(&now.feed)
                .is_some_and(|told| told.mark >= now.mark)
        }))
    }
}

fn told(connection: &Connection) -> rusqlite::Result<BTreeMap<String, Told>> {
    let told = connection
        .prepare_cached("SELECT text FROM note WHERE key = ?")?
        .query_row([ANNOUNCED], |row| json(row, 0))
        .optional()?;
    Ok(told.unwrap_or_default())
}

fn is_remembered(connection: &Connection, feed: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM fetched WHERE feed = ?")?
        .exists([feed])
}

/// Whether a letter about a feed has not left yet. `$` comes after `#`.
fn waits(connection: &Connection, feed: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM outbox WHERE key >= ?1 || '#' AND key < ?1 || '$' AND due IS NOT NULL",
        )?
        .exists([feed])
}

#[cfg(test)]
mod tests {
    use super::super::outbox::Fate;
    use super::*;

    const CALM: SignedDuration = SignedDuration::from_mins(1);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn feeds(marks: &[(&str, i64)]) -> Vec<Announcement> {
        let one = |(feed, mark): &(&str, i64)| Announcement {
            feed: (*feed).to_owned(),
            mark: *mark,
        };
        marks.iter().map(one).collect()
    }

    fn waiting(store: &Store) -> Vec<String> {
        let all = store.outbox(Channel::Push, at(1_000_000), 100).unwrap();
        all.into_iter().map(|parcel| parcel.key).collect()
    }

    async fn send_all(store: &Store) {
        for parcel in store.outbox(Channel::Push, at(1_000_000), 100).unwrap() {
            store.settle(parcel.id, Fate::Sent, at(0)).await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_feed_is_announced_at_most_once_in_a_while_and_its_last_change_is_not_lost() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let announce = |marks: &[(&str, i64)], second| {
            let (store, feeds) = (store.clone(), feeds(marks));
            async move { store.announce(feeds, CALM, at(second)).await.unwrap() }
        };
        assert_eq!(announce(&[("a.rss", 1), ("b.rss", 7)], 0).await, None);
        assert_eq!(waiting(&store), ["a.rss#1", "b.rss#7"]);
        send_all(&store).await;
        assert_eq!(
            announce(&[("a.rss", 2), ("b.rss", 7)], 10).await,
            Some(at(60))
        );
        assert_eq!(
            announce(&[("a.rss", 3), ("b.rss", 7)], 20).await,
            Some(at(60))
        );
        assert!(waiting(&store).is_empty());
        assert_eq!(announce(&[("a.rss", 3), ("b.rss", 7)], 60).await, None);
        assert_eq!(waiting(&store), ["a.rss#3"]);
        // The hub is down: what changes meanwhile is told by the letter that waits, or by another one after it.
        assert_eq!(announce(&[("a.rss", 4)], 200).await, None);
        assert_eq!(waiting(&store), ["a.rss#3"]);
        assert!(!store.is_announced(&feeds(&[("a.rss", 4)])).unwrap());
        send_all(&store).await;
        announce(&[("a.rss", 4)], 300).await;
        assert_eq!(waiting(&store), ["a.rss#4"]);
        assert!(store.is_announced(&feeds(&[("a.rss", 4)])).unwrap());
    }

    #[tokio::test]
    async fn what_was_announced_is_known_after_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store
            .announce(feeds(&[("a.rss", 5)]), CALM, at(0))
            .await
            .unwrap();
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(waiting(&store), ["a.rss#5"]);
        send_all(&store).await;
        // Told less than before, as by an index that is being made anew: nothing to say.
        store
            .announce(feeds(&[("a.rss", 2)]), CALM, at(100))
            .await
            .unwrap();
        store
            .announce(feeds(&[("a.rss", 5)]), CALM, at(200))
            .await
            .unwrap();
        assert!(waiting(&store).is_empty());
    }

    #[tokio::test]
    async fn feeds_of_searches_are_remembered_while_they_are_fetched() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let remembered = || {
            let all = store.remembered_feeds().unwrap();
            all.into_iter().map(|(_, mark)| mark).collect::<Vec<_>>()
        };
        for number in 0..=MOST as i64 {
            let feed = format!("feed.rss?q={number}");
            store.remember_feed(feed, at(number)).await.unwrap();
        }
        assert_eq!(remembered().len(), MOST, "the latest");
        store
            .announce(feeds(&[("feed.rss?q=200", 3)]), CALM, at(200))
            .await
            .unwrap();
        // What is told of others leaves it as it was.
        store
            .announce(feeds(&[("feed.rss", 3)]), CALM, at(200))
            .await
            .unwrap();
        assert_eq!(remembered().iter().flatten().collect::<Vec<_>>(), [&3]);
        let day = 24 * 3600;
        store.forget_feeds(true, at(100 + 10 * day)).await.unwrap();
        assert_eq!(remembered().len(), 101);
        store.forget_feeds(false, at(0)).await.unwrap();
        assert!(remembered().is_empty());
    }
}
