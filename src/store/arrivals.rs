//! When items arrived: what digests of any search are made from.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::domain::{Arrival, ItemId, Seq};

use super::rows::{arrival, at, json, millis, moment, to_json, unsigned};
use super::{Store, StoreError};

/// The name of the note that says when the first pass over all sources was done.
const OPENED: &str = "opened";

/// When an item arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrived {
    /// Which.
    pub id: ItemId,
    /// The number under which it was first recorded.
    pub born: Seq,
    /// When vesti first saw it.
    pub first_seen: Timestamp,
    /// What lists sort it by.
    pub sort_at: Timestamp,
    /// How it came.
    pub arrival: Arrival,
}

impl Store {
    /// When these items arrived; those that are withdrawn or private are left out.
    pub fn arrived(&self, ids: &[ItemId]) -> Result<Vec<Arrived>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT i.born, i.first_seen, i.sort_at, i.archive FROM item i JOIN source s ON s.id = i.source \
                 WHERE i.id = ? AND i.withdrawn IS NULL AND s.private = 0",
            )?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let one = statement
                    .query_row([id.get().cast_signed()], |row| {
                        Ok(Arrived {
                            id: *id,
                            born: Seq(unsigned(row, 0)?),
                            first_seen: at(row, 1)?,
                            sort_at: at(row, 2)?,
                            arrival: arrival(row, 3)?,
                        })
                    })
                    .optional()?;
                found.extend(one);
            }
            Ok(found)
        })
    }

    /// The number before that of the first item that was seen at a moment or later; `None` where there is none.
    pub fn before_first_seen(&self, since: Timestamp) -> Result<Option<Seq>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT min(born) FROM item WHERE first_seen >= ?")?
                .query_row(params![millis(since)], |row| {
                    let born: Option<i64> = row.get(0)?;
                    Ok(born.map(|born| Seq(born.cast_unsigned().saturating_sub(1))))
                })
        })
    }

    /// When the very first item was seen.
    pub fn first_arrival(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT min(first_seen) FROM item")?
                .query_row([], |row| Ok(row.get::<_, Option<i64>>(0)?.map(moment)))
        })
    }

    /// When the first pass over all sources was done; `None` while it is under way.
    pub fn opened(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT text FROM note WHERE key = ?")?
                .query_row([OPENED], |row| json(row, 0))
                .optional()
        })
    }

    /// Notes that the first pass over all sources is done, unless it was noted before.
    pub async fn note_opened(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached("INSERT OR IGNORE INTO note (key, text) VALUES (?, ?)")?
                .execute(params![OPENED, to_json(&now)?])?;
            Ok(())
        })
        .await
    }
}
