//! What readers have read, and what they keep.
//!
//! Nearly all that is read lies before a place up to which its stream is read; only what is otherwise has a mark of its own. Marking a
//! million items read is one row, and marks that a reader's reading has caught up with go.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::ItemId;

use super::entries::Through;
use super::rows::unsigned;
use super::{Reader, Store, StoreError};

/// Most marks of a reader; where there are more, the older half counts as read.
const MOST_MARKS: i64 = if cfg!(test) { 40 } else { 200_000 };
/// Most stars of a reader; more are not given.
const MOST_STARS: i64 = if cfg!(test) { 40 } else { 50_000 };

/// What is to become of some items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// Read, or unread.
    pub read: Option<bool>,
    /// With a star, or without.
    pub starred: Option<bool>,
}

/// What a stream has that a reader has not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// How many.
    pub count: u64,
    /// The place of the newest entry, read or not.
    pub newest: Option<i64>,
}

impl Store {
    /// Marks entries. Unknown ones, and those in streams that are not among `streams`, are passed over.
    pub async fn mark(
        &self,
        reader: &Reader,
        streams: Vec<String>,
        ids: Vec<ItemId>,
        marks: Marks,
    ) -> Result<(), StoreError> {
        let reader = reader.clone();
        self.write(move |connection| {
            let through = Through::of(connection, &reader)?;
            let mut touched = BTreeSet::new();
            let stars = rows_of(connection, "reader_star", reader.id, MOST_STARS)?;
            let mut stars_left = MOST_STARS - stars;
            for id in ids {
                let found: Option<(i64, String, bool)> = connection
                    .prepare_cached("SELECT pos, stream, old FROM entry WHERE id = ?")?
                    .query_row([id.get().cast_signed()], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .optional()?;
                let Some((pos, stream, old)) =
                    found.filter(|(_, stream, _)| streams.contains(stream))
                else {
                    continue;
                };
                if let Some(read) = marks.read {
                    let usual = old || pos <= through.end(&stream);
                    set_read(connection, reader.id, &stream, pos, read, usual)?;
                    touched.insert(stream);
                }
                if let Some(starred) = marks.starred {
                    let sql = if starred {
                        "INSERT OR IGNORE INTO reader_star (reader, pos) VALUES (?, ?)"
                    } else {
                        "DELETE FROM reader_star WHERE reader = ? AND pos = ?"
                    };
                    if !starred || stars_left > 0 {
                        let given = connection
                            .prepare_cached(sql)?
                            .execute(params![reader.id, pos])?;
                        stars_left -= i64::from(starred && given > 0);
                    }
                }
            }
            for stream in &touched {
                catch_up(connection, reader.id, stream, through.end(stream))?;
            }
            thin_out(connection, reader.id)?;
            Ok(())
        })
        .await
    }

    /// Marks all entries of some streams read that stand at `last` or before it; what comes later is not touched, whatever
    /// `last` is.
    pub async fn mark_through(
        &self,
        reader: i64,
        streams: Vec<String>,
        last: i64,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let end: i64 = connection
                .prepare_cached("SELECT coalesce(max(pos), 0) FROM entry")?
                .query_row([], |row| row.get(0))?;
            let last = last.min(end);
            for stream in &streams {
                set_through(connection, reader, stream, last)?;
                connection
                    .prepare_cached(
                        "DELETE FROM reader_mark WHERE reader = ? AND stream = ? AND pos <= ?",
                    )?
                    .execute(params![reader, stream, last])?;
            }
            Ok(())
        })
        .await
    }

    /// What each of these streams has that was not read, in their order.
    pub fn unread(&self, reader: &Reader, streams: &[String]) -> Result<Vec<Unread>, StoreError> {
        self.read(|connection| {
            let through = Through::of(connection, reader)?;
            let mut last = connection.prepare_cached(
                "SELECT nth FROM entry WHERE stream = ? AND pos <= ? ORDER BY pos DESC LIMIT 1",
            )?;
            let mut apart = connection.prepare_cached(
                "SELECT count(*), coalesce(sum(m.read = 1), 0) FROM entry e INDEXED BY entry_apart \
                 LEFT JOIN reader_mark m ON m.reader = ?1 AND m.stream = e.stream AND m.pos = e.pos \
                 WHERE e.stream = ?2 AND e.pos > ?3 AND (e.gone = 1 OR e.old = 1)",
            )?;
            let mut read = connection.prepare_cached(
                "SELECT count(*) FROM reader_mark WHERE reader = ? AND stream = ? AND pos > ? AND read = 1",
            )?;
            let mut kept = connection.prepare_cached(
                "SELECT m.stream, m.pos, e.old FROM reader_mark m CROSS JOIN entry e ON e.pos = m.pos \
                 WHERE m.reader = ? AND m.read = 0 AND e.gone = 0",
            )?;
            let mut newest = connection.prepare_cached(
                "SELECT pos FROM entry WHERE stream = ? AND gone = 0 ORDER BY pos DESC LIMIT 1",
            )?;
            let mut counts = std::collections::HashMap::<String, u64>::new();
            let mut rows = kept.query([reader.id])?;
            while let Some(row) = rows.next()? {
                let (stream, pos, old): (String, i64, bool) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                if old || pos <= through.end(&stream) {
                    *counts.entry(stream).or_default() += 1;
                }
            }
            let mut found = Vec::with_capacity(streams.len());
            for stream in streams {
                let end = through.end(stream);
                let mut through = |end: i64| -> rusqlite::Result<u64> {
                    let found = last.query_row(params![stream, end], |row| unsigned(row, 0));
                    Ok(found.optional()?.unwrap_or(0))
                };
                let all = through(i64::MAX)?.saturating_sub(through(end)?);
                let own = params![reader.id, stream, end];
                let (apart, read_apart) =
                    apart.query_row(own, |row| Ok((unsigned(row, 0)?, unsigned(row, 1)?)))?;
                let read = read.query_row(own, |row| unsigned(row, 0))?;
                // Neither what is gone or old counts, nor the marks that it has.
                let all = all.saturating_sub(apart);
                let read = read.saturating_sub(read_apart);
                let kept = counts.get(stream).copied().unwrap_or(0);
                found.push(Unread {
                    count: all.saturating_sub(read) + kept,
                    newest: newest.query_row([stream], |row| row.get(0)).optional()?,
                });
            }
            Ok(found)
        })
    }

    /// How many entries some streams have, at most `most`.
    pub fn count_entries(&self, streams: &[String], most: u64) -> Result<u64, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM entry WHERE stream = ? AND gone = 0 LIMIT ?)",
            )?;
            let mut count = 0;
            for stream in streams {
                if count >= most {
                    break;
                }
                count += statement.query_row(params![stream, (most - count) as i64], |row| {
                    unsigned(row, 0)
                })?;
            }
            Ok(count)
        })
    }
}

/// How many rows of a reader a table has, as far as that matters.
fn rows_of(connection: &Connection, table: &str, reader: i64, most: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(&format!(
            "SELECT count(*) FROM (SELECT 1 FROM {table} WHERE reader = ? LIMIT ?)"
        ))?
        .query_row(params![reader, most + 1], |row| row.get(0))
}

/// Bounds the marks of a reader: what the older half of them stands among counts as read from then on.
fn thin_out(connection: &Connection, reader: i64) -> rusqlite::Result<()> {
    if rows_of(connection, "reader_mark", reader, MOST_MARKS)? <= MOST_MARKS {
        return Ok(());
    }
    let middle: i64 = connection
        .prepare_cached(
            "SELECT pos FROM reader_mark WHERE reader = ? ORDER BY pos LIMIT 1 OFFSET ?",
        )?
        .query_row(params![reader, MOST_MARKS / 2], |row| row.get(0))?;
    connection
        .prepare_cached("UPDATE reader SET floor = max(floor, ?2) WHERE id = ?1")?
        .execute(params![reader, middle])?;
    connection
        .prepare_cached("DELETE FROM reader_mark WHERE reader = ? AND pos <= ?")?
        .execute(params![reader, middle])?;
    Ok(())
}

fn set_read(
    connection: &Connection,
    reader: i64,
    stream: &str,
    pos: i64,
    read: bool,
    usual: bool,
) -> rusqlite::Result<()> {
    if read == usual {
        connection
            .prepare_cached("DELETE FROM reader_mark WHERE reader = ? AND stream = ? AND pos = ?")?
            .execute(params![reader, stream, pos])?;
    } else {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO reader_mark (reader, stream, pos, read) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![reader, stream, pos, read])?;
    }
    Ok(())
}

fn set_through(
    connection: &Connection,
    reader: i64,
    stream: &str,
    pos: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO reader_through (reader, stream, pos) VALUES (?1, ?2, ?3) \
             ON CONFLICT (reader, stream) DO UPDATE SET pos = max(pos, ?3)",
        )?
        .execute(params![reader, stream, pos])?;
    Ok(())
}

/// Moves the place up to which a stream is read to just before the first entry that is not, and forgets the marks before it.
fn catch_up(connection: &Connection, reader: i64, stream: &str, end: i64) -> rusqlite::Result<()> {
    let unread: Option<i64> = connection
        .prepare_cached(
            "SELECT e.pos FROM entry e LEFT JOIN reader_mark m ON m.reader = ?1 AND m.stream = e.stream AND m.pos = e.pos \
             WHERE e.stream = ?2 AND e.gone = 0 AND e.pos > ?3 AND (m.read = 0 OR (m.read IS NULL AND e.old = 0)) ORDER BY e.pos LIMIT 1",
        )?
        .query_row(params![reader, stream, end], |row| row.get(0))
        .optional()?;
    let last: Option<i64> = connection
        .prepare_cached(
            "SELECT max(pos) FROM reader_mark WHERE reader = ?1 AND stream = ?2 AND pos > ?3 AND pos < ?4 AND read = 1",
        )?
        .query_row(
            params![reader, stream, end, unread.unwrap_or(i64::MAX)],
            |row| row.get(0),
        )?;
    if let Some(last) = last {
        set_through(connection, reader, stream, last)?;
        connection
            .prepare_cached(
                "DELETE FROM reader_mark WHERE reader = ? AND stream = ? AND pos <= ? AND read = 1",
            )?
            .execute(params![reader, stream, last])?;
    }
    Ok(())
}
