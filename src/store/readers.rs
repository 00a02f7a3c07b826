//! Readers of apps: who may sign in, and what each changed about the list of feeds.
//!
//! A reader is a name that means nothing and a hash: no person, no address. Deleting one deletes all that is kept of it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use crate::domain::Language;

use super::rows::{millis, word};
use super::{Store, StoreError};

/// What came earlier than this before a reader did counts as read (hours): nobody begins with thousands of items.
const FRESH_HOURS: i64 = 14 * 24;
/// Readers that were not seen for so long are forgotten (hours).
const KEPT_HOURS: i64 = 365 * 24;
/// Readers that never signed in are forgotten after this (hours).
const UNUSED_HOURS: i64 = 30 * 24;
/// Most readers: each may come to some megabytes.
const MOST: i64 = 100_000;

/// Tables with a column `reader`.
const OWN: [&str; 4] = [
    "reader_through",
    "reader_mark",
    "reader_star",
    "reader_feed",
];

/// A reader of apps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Its number, for other tables.
    pub id: i64,
    /// The name that it signs in with.
    pub name: String,
    /// SHA-256 of what it proves itself by: that is random and long, so no slow hash is needed.
    pub proof: Vec<u8>,
    /// The language in which folders are named.
    pub lang: Language,
    /// The day on which it last asked for anything, in days since 1970.
    pub used: Option<i64>,
}

/// What a reader changed about a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedEdit {
    /// It is not subscribed to.
    pub hidden: bool,
    /// What it is called instead.
    pub title: Option<String>,
    /// The folder that it is in instead; empty for none.
    pub folder: Option<String>,
}

impl Store {
    /// Adds a reader; says no where the name is taken, or where there are too many.
    pub async fn add_reader(
        &self,
        name: String,
        proof: Vec<u8>,
        lang: Language,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let there: i64 = connection
                .prepare_cached("SELECT count(*) FROM reader")?
                .query_row([], |row| row.get(0))?;
            if there >= MOST {
                return Ok(false);
            }
            let floor = ago(now, FRESH_HOURS);
            let added = connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO reader (name, proof, lang, floor, created) VALUES (?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    name,
                    proof,
                    lang.as_str(),
                    millis(floor).saturating_mul(1000),
                    day(now)
                ])?;
            Ok(added > 0)
        })
        .await
    }

    /// The reader of a name.
    pub fn reader(&self, name: &str) -> Result<Option<Reader>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, name, proof, lang, used FROM reader WHERE name = ?")?
                .query_row([name], |row| {
                    Ok(Reader {
                        id: row.get(0)?,
                        name: row.get(1)?,
                        proof: row.get(2)?,
                        lang: word(row, 3)?,
                        used: row.get(4)?,
                    })
                })
                .optional()
        })
    }

    /// Notes the day on which a reader was last seen.
    pub async fn saw_reader(&self, reader: i64, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached("UPDATE reader SET used = ? WHERE id = ?")?
                .execute(params![day(now), reader])?;
            Ok(())
        })
        .await
    }

    /// Deletes a reader and all that is kept of it.
    pub async fn remove_reader(&self, reader: i64) -> Result<(), StoreError> {
        self.write(move |connection| Ok(remove(connection, reader)?))
            .await
    }

    /// Deletes the readers that were not seen for a year, and those that never were for a month; says how many.
    pub async fn forget_readers(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let idle: Vec<i64> = connection
                .prepare_cached(
                    "SELECT id FROM reader WHERE coalesce(used < ?1, created < ?2) LIMIT 1000",
                )?
                .query_map(
                    params![day(ago(now, KEPT_HOURS)), day(ago(now, UNUSED_HOURS))],
                    |row| row.get(0),
                )?
                .collect::<rusqlite::Result<_>>()?;
            for reader in &idle {
                remove(connection, *reader)?;
            }
            Ok(idle.len())
        })
        .await
    }

    /// What a reader changed about its feeds, by stream.
    pub fn feed_edits(&self, reader: &Reader) -> Result<HashMap<String, FeedEdit>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT stream, hidden, title, folder FROM reader_feed WHERE reader = ?",
                )?
                .query_map([reader.id], |row| {
                    let edit = FeedEdit {
                        hidden: row.get(1)?,
                        title: row.get(2)?,
                        folder: row.get(3)?,
                    };
                    Ok((row.get(0)?, edit))
                })?
                .collect()
        })
    }

    /// Keeps what a reader changed about feeds, in place of what it had changed about them.
    pub async fn edit_feeds(
        &self,
        reader: i64,
        edits: Vec<(String, FeedEdit)>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            for (stream, edit) in &edits {
                if *edit == FeedEdit::default() {
                    connection
                        .prepare_cached("DELETE FROM reader_feed WHERE reader = ? AND stream = ?")?
                        .execute(params![reader, stream])?;
                } else {
                    connection
                        .prepare_cached(
                            "INSERT OR REPLACE INTO reader_feed (reader, stream, hidden, title, folder) VALUES (?, ?, ?, ?, ?)",
                        )?
                        .execute(params![reader, stream, edit.hidden, edit.title, edit.folder])?;
                }
            }
            Ok(())
        })
        .await
    }
}

fn remove(connection: &rusqlite::Connection, reader: i64) -> rusqlite::Result<()> {
    for table in OWN {
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE reader = ?"))?
            .execute([reader])?;
    }
    connection
        .prepare_cached("DELETE FROM reader WHERE id = ?")?
        .execute([reader])?;
    Ok(())
}

fn ago(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(hours))
        .unwrap_or(Timestamp::MIN)
}

/// Days since 1970, in UTC.
fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(24 * 3600)
}

impl Reader {
    /// Whether its last day is to be noted anew.
    #[must_use]
    pub fn is_new_today(&self, now: Timestamp) -> bool {
        self.used != Some(day(now))
    }
}
