//! The outbox: what is to leave the service, each thing once. Putting something in is part of the transaction that
//! decides on it; it stays until its receiver has taken it, or never will.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::brink::Brink;
use super::rows::{at, json, maybe_at, millis, to_json};
use super::{Store, StoreError};

/// For how long what has left is remembered, so that nothing of the same key is put in again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// By which way something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// E-mail.
    Mail,
    /// Telling a WebSub hub that a feed has changed.
    Push,
    /// Telling a service of a watch's owner (a webhook).
    Hook,
}

impl Channel {
    /// How many things leave by it at a time.
    #[must_use]
    pub const fn lanes(self) -> usize {
        match self {
            Self::Mail | Self::Push => 1,
            Self::Hook => 8,
        }
    }

    pub(super) const ALL: [Self; 3] = [Self::Mail, Self::Push, Self::Hook];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Push => "push",
            Self::Hook => "hook",
        }
    }
}

/// Something in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParcelId(pub(super) i64);

/// Something that waits to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Which.
    pub id: ParcelId,
    /// By which way it leaves.
    pub channel: Channel,
    /// What it is: nothing is put in twice under one key.
    pub key: String,
    /// What is to be sent, as its channel wrote it.
    pub body: Value,
    /// When it was put in.
    pub posted: Timestamp,
    /// Attempts that failed.
    pub tries: u32,
}

impl Parcel {
    /// What its channel wrote; `None` where another version of vesti wrote it otherwise.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.body).ok()
    }
}

/// Something to put in.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// By which way it leaves.
    pub channel: Channel,
    /// What it is.
    pub key: String,
    /// What is to be sent.
    pub body: Value,
    /// Not before.
    pub due: Timestamp,
}

impl Letter {
    /// A letter that may leave from `due` on.
    pub fn new(
        channel: Channel,
        key: String,
        body: &impl Serialize,
        due: Timestamp,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self {
            channel,
            key,
            body: serde_json::to_value(body)?,
            due,
        })
    }
}

/// Something that was put in, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// What it is.
    pub key: String,
    /// When it was put in.
    pub posted: Timestamp,
    /// When it is tried next; `None` once it has left or never will.
    pub due: Option<Timestamp>,
    /// Attempts that failed and were followed by another.
    pub tries: u32,
    /// When that was settled.
    pub done: Option<Timestamp>,
    /// Whether its receiver has taken it.
    pub sent: bool,
    /// What the last failure was, in one line.
    pub note: Option<String>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The receiver has taken it.
    Sent,
    /// Not now: again at this time. Why, in one line.
    Again(Timestamp, String),
    /// Never. Why, in one line.
    Failed(String),
}

impl Store {
    /// Puts letters in; those whose key is known are left out. Says how many were new.
    pub async fn post(&self, letters: Vec<Letter>, now: Timestamp) -> Result<usize, StoreError> {
        let new = self
            .write(move |connection| {
                let mut new = 0;
                for letter in &letters {
                    new += usize::from(put(connection, letter, now)?);
                }
                Ok(new)
            })
            .await?;
        if new > 0 {
            self.inner.posted.send_modify(|()| {});
        }
        Ok(new)
    }

    /// What may leave now, the longest due first.
    pub fn outbox(
        &self,
        channel: Channel,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<Parcel>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, key, body, posted, tries FROM outbox WHERE channel = ?1 AND due <= ?2 ORDER BY due, id LIMIT ?3",
                )?
                .query_map(params![channel.as_str(), millis(now), most as i64], |row| {
                    parcel(row, channel)
                })?
                .collect()
        })
    }

    /// What may leave now, of each group the longest due: keys of one group are alike up to their second slash.
    pub fn outbox_by_group(
        &self,
        channel: Channel,
        now: Timestamp,
    ) -> Result<Vec<Parcel>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, key, body, posted, tries, min(due) FROM outbox WHERE channel = ?1 AND due <= ?2 \
                     GROUP BY substr(key, 1, instr(key, '/') + instr(substr(key, instr(key, '/') + 1), '/')) ORDER BY 6, id",
                )?
                .query_map(params![channel.as_str(), millis(now)], |row| {
                    parcel(row, channel)
                })?
                .collect()
        })
    }

    /// What was put in under keys that begin so, the latest first, and what became of it.
    pub fn posted_under(&self, prefix: &str, most: usize) -> Result<Vec<Posted>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT key, posted, due, tries, done, state, note FROM outbox \
                     WHERE key >= ?1 AND key < ?1 || char(1114111) ORDER BY id DESC LIMIT ?2",
                )?
                .query_map(params![prefix, most as i64], |row| {
                    Ok(Posted {
                        key: row.get(0)?,
                        posted: at(row, 1)?,
                        due: maybe_at(row, 2)?,
                        tries: row.get(3)?,
                        done: maybe_at(row, 4)?,
                        sent: row.get_ref(5)?.as_str_or_null()? == Some("sent"),
                        note: row.get(6)?,
                    })
                })?
                .collect()
        })
    }

    /// When the next thing may leave.
    pub fn next_post(&self, channel: Channel) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT due FROM outbox WHERE channel = ? AND due IS NOT NULL ORDER BY due LIMIT 1",
                )?
                .query_row([channel.as_str()], |row| at(row, 0))
                .optional()
        })
    }

    /// How many things wait.
    pub fn waiting(&self, channel: Channel) -> Result<u64, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT count(*) FROM outbox WHERE channel = ? AND due IS NOT NULL",
                )?
                .query_row([channel.as_str()], |row| super::rows::unsigned(row, 0))
        })
    }

    /// The keys of all that was ever put in and is remembered.
    pub fn posted_keys(&self, channel: Channel) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT key FROM outbox WHERE channel = ? ORDER BY id")?
                .query_map([channel.as_str()], |row| row.get(0))?
                .collect()
        })
    }

    /// Tells whenever something was put in.
    #[must_use]
    pub fn posted(&self) -> tokio::sync::watch::Receiver<()> {
        self.inner.posted.subscribe()
    }

    /// Where the last step of sending is marked; `None` in a store that was opened for reading. Holding it does not hold the
    /// store.
    #[must_use]
    pub fn brink(&self) -> Option<Arc<Brink>> {
        self.inner.brink.clone()
    }

    /// Records how an attempt ended. What has left, or never will, keeps its key for a month, and nothing else.
    pub async fn settle(
        &self,
        parcel: ParcelId,
        fate: Fate,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            match fate {
                Fate::Sent => close(connection, parcel, "sent", None, now)?,
                Fate::Failed(why) => close(connection, parcel, "failed", Some(&why), now)?,
                Fate::Again(due, why) => connection
                    .prepare_cached(
                        "UPDATE outbox SET due = ?2, tries = tries + 1, note = ?3 WHERE id = ?1 AND due IS NOT NULL",
                    )?
                    .execute(params![parcel.0, millis(due), why])?,
            };
            Ok(())
        })
        .await
    }

    /// Forgets what left long ago.
    pub async fn sweep_outbox(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let before = now.saturating_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
            Ok(connection
                .prepare_cached("DELETE FROM outbox WHERE due IS NULL AND done < ?")?
                .execute([millis(before)])?)
        })
        .await
    }
}

/// Puts a letter in, as a part of a transaction; says whether it was new.
pub(super) fn put(
    connection: &Connection,
    letter: &Letter,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let new = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO outbox (channel, key, body, posted, due, tries) VALUES (?, ?, ?, ?, ?, 0)",
        )?
        .execute(params![
            letter.channel.as_str(),
            letter.key,
            to_json(&letter.body)?,
            millis(now),
            millis(letter.due)
        ])?;
    Ok(new == 1)
}

/// Whatever was past the brink when the process ended has left: there is no telling what its receiver said, and a second
/// one would be worse. What is sent to services is marked only once they have said that they took it.
pub(super) fn resolve(connection: &Connection, brink: &Brink) -> rusqlite::Result<()> {
    for channel in Channel::ALL {
        let marked = (0..channel.lanes()).filter_map(|lane| brink.marked(channel, lane));
        for (parcel, tries) in marked {
            let presumed = connection.execute(
            "UPDATE outbox SET due = NULL, done = posted, state = 'sent', body = 'null', note = 'presumed' WHERE id = ? AND tries = ? AND channel = ? AND due IS NOT NULL",
            params![parcel.0, tries, channel.as_str()],
        )?;
            if presumed > 0 {
                tracing::info!(
                    channel = channel.as_str(),
                    parcel = parcel.0,
                    "was being sent when vesti was stopped; taken for sent"
                );
            }
        }
    }
    Ok(())
}

fn close(
    connection: &Connection,
    parcel: ParcelId,
    state: &str,
    note: Option<&str>,
    now: Timestamp,
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "UPDATE outbox SET due = NULL, done = ?2, state = ?3, note = ?4, body = 'null' WHERE id = ?1 AND due IS NOT NULL",
        )?
        .execute(params![parcel.0, millis(now), state, note])
}

fn parcel(row: &Row<'_>, channel: Channel) -> rusqlite::Result<Parcel> {
    Ok(Parcel {
        id: ParcelId(row.get(0)?),
        channel,
        key: row.get(1)?,
        body: json(row, 2)?,
        posted: at(row, 3)?,
        tries: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    fn letter(key: &str) -> Letter {
        Letter::new(Channel::Push, key.into(), &key, now()).unwrap()
    }

    #[tokio::test]
    async fn nothing_is_put_in_twice_nor_lost_over_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(
            store
                .post(vec![letter("a"), letter("b")], now())
                .await
                .unwrap(),
            2
        );
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.post(vec![letter("a")], now()).await.unwrap(), 0);
        let due = store.outbox(Channel::Push, now(), 10).unwrap();
        assert_eq!(due.len(), 2);
        store.settle(due[0].id, Fate::Sent, now()).await.unwrap();
        assert_eq!(store.post(vec![letter("a")], now()).await.unwrap(), 0);
        assert_eq!(store.outbox(Channel::Push, now(), 10).unwrap()[0].key, "b");
        let later = now() + SignedDuration::from_hours(31 * 24);
        assert_eq!(store.sweep_outbox(later).await.unwrap(), 1);
        assert_eq!(store.waiting(Channel::Push).unwrap(), 1);
    }

    #[tokio::test]
    async fn what_was_past_the_brink_is_taken_for_sent_and_only_that_attempt() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store
            .post(vec![letter("a"), letter("b")], now())
            .await
            .unwrap();
        let due = store.outbox(Channel::Push, now(), 10).unwrap();
        let brink = store.brink().unwrap();
        brink.step(Channel::Push, due[0].id, 0).unwrap();
        // Refused, and put off: the mark of the first attempt says nothing of the second.
        let later = now() + SignedDuration::from_mins(5);
        store
            .settle(due[0].id, Fate::Again(later, "busy".into()), now())
            .await
            .unwrap();
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.waiting(Channel::Push).unwrap(), 2);
        assert_eq!(store.next_post(Channel::Push).unwrap(), Some(now()));
        store
            .brink()
            .unwrap()
            .step(Channel::Push, due[0].id, 1)
            .unwrap();
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        let left = store.outbox(Channel::Push, later, 10).unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].key, "b");
    }
}
