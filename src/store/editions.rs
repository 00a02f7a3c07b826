//! Editions of digests: published once, never changed.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{DigestId, ItemId, Seq};

use super::rows::{at, json, millis, to_json, unsigned, word};
use super::{Edition, Store, StoreError};

const EDITION: &str =
    "SELECT digest, starts, ends, published, through, body, items FROM edition WHERE digest = ?";

impl Store {
    /// Publishes an edition unless there is one of that digest and end already; says whether it did.
    pub async fn publish(&self, edition: Edition) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let new = connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO edition (digest, ends, starts, published, through, body, items) VALUES (?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    edition.digest.as_str(),
                    millis(edition.end),
                    millis(edition.start),
                    millis(edition.published),
                    edition.through.0.cast_signed(),
                    to_json(&edition.body)?,
                    to_json(&edition.items)?
                ])?;
            if new == 0 {
                return Ok(false);
            }
            let mut statement =
                connection.prepare_cached("INSERT OR IGNORE INTO delivered (digest, item) VALUES (?, ?)")?;
            for item in &edition.items {
                statement.execute(params![edition.digest.as_str(), item.get().cast_signed()])?;
            }
            Ok(true)
        })
        .await
    }

    /// Editions of a digest, newest first, those without items too.
    pub fn editions(&self, digest: &DigestId, most: usize) -> Result<Vec<Edition>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{EDITION} ORDER BY ends DESC LIMIT ?"))?
                .query_map(params![digest.as_str(), most as i64], edition_of)?
                .collect()
        })
    }

    /// Editions of a digest that ended before a moment, newest first, those without items too.
    pub fn editions_before(
        &self,
        digest: &DigestId,
        before: Timestamp,
        most: usize,
    ) -> Result<Vec<Edition>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{EDITION} AND ends < ? ORDER BY ends DESC LIMIT ?"
                ))?
                .query_map(
                    params![digest.as_str(), millis(before), most as i64],
                    edition_of,
                )?
                .collect()
        })
    }

    /// The edition that ends at that moment.
    pub fn edition(
        &self,
        digest: &DigestId,
        end: Timestamp,
    ) -> Result<Option<Edition>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{EDITION} AND ends = ?"))?
                .query_row(params![digest.as_str(), millis(end)], edition_of)
                .optional()
        })
    }

    /// Whatever was first recorded before a moment has a number up to this one.
    pub fn born_before(&self, moment: Timestamp) -> Result<Seq, StoreError> {
        self.read(|connection| born_before(connection, moment))
    }

    /// Which of these items some edition of the digest had already.
    pub fn delivered(
        &self,
        digest: &DigestId,
        items: &[ItemId],
    ) -> Result<HashSet<ItemId>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT 1 FROM delivered WHERE digest = ? AND item = ?")?;
            let mut found = HashSet::new();
            for item in items {
                if statement.exists(params![digest.as_str(), item.get().cast_signed()])? {
                    found.insert(*item);
                }
            }
            Ok(found)
        })
    }
}

fn edition_of(row: &Row<'_>) -> rusqlite::Result<Edition> {
    Ok(Edition {
        digest: word(row, 0)?,
        start: at(row, 1)?,
        end: at(row, 2)?,
        published: at(row, 3)?,
        through: Seq(unsigned(row, 4)?),
        body: json(row, 5)?,
        items: json(row, 6)?,
    })
}

fn born_before(connection: &Connection, moment: Timestamp) -> rusqlite::Result<Seq> {
    let born = connection
        .prepare_cached("SELECT born FROM item WHERE first_seen < ? ORDER BY first_seen DESC, born DESC LIMIT 1")?
        .query_row([millis(moment)], |row| unsigned(row, 0))
        .optional()?;
    Ok(Seq(born.unwrap_or_default()))
}
