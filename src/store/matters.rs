//! What mattered in edits, noted in the transaction that records them.
//!
//! Where a feed gives only the beginning of an announcement, an edit is not understood before its page was read again: until
//! then it is kept what the announcement said before.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{Deadline, Edit, Event, Item, ItemId, Matter};
use crate::understanding::matters::{Facts, matters};

use super::items::{ITEM, item_of, one};
use super::rows::{at, json, maybe_json, millis, to_json, unsigned};
use super::{Store, StoreError};

const EDIT: &str = "SELECT number, at, item, version, what FROM matter";

impl Store {
    /// What mattered in the edits of an item, newest first.
    pub fn matters_of(&self, item: ItemId) -> Result<Vec<Edit>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{EDIT} WHERE item = ? ORDER BY number DESC LIMIT 200"
                ))?
                .query_map([item.get().cast_signed()], edit)?
                .collect()
        })
    }

    /// Edits that matter and were recorded after the one of this number, oldest first.
    pub fn matters_after(&self, number: u64, most: usize) -> Result<Vec<Edit>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{EDIT} WHERE number > ? ORDER BY number LIMIT ?"))?
                .query_map(params![number.cast_signed(), most as i64], edit)?
                .collect()
        })
    }

    /// Edits that matter, newest first, with their items, withdrawn ones too; those before a number where one is given.
    pub fn matters(
        &self,
        before: Option<u64>,
        most: usize,
    ) -> Result<Vec<(Edit, Item)>, StoreError> {
        self.read(|connection| {
            let before = before.map_or(i64::MAX, u64::cast_signed);
            let edits: Vec<Edit> = connection
                .prepare_cached(&format!(
                    "{EDIT} WHERE number < ? AND EXISTS (SELECT 1 FROM item WHERE id = item) ORDER BY number DESC LIMIT ?"
                ))?
                .query_map(params![before, most as i64], edit)?
                .collect::<rusqlite::Result<_>>()?;
            let mut found = Vec::with_capacity(edits.len());
            for edit in edits {
                found.extend(one(connection, edit.item)?.map(|(item, _)| (edit, item)));
            }
            Ok(found)
        })
    }

    /// Items in the order asked for, withdrawn ones too; those that are not there or private are left out.
    pub fn items_even_withdrawn(&self, ids: &[ItemId]) -> Result<Vec<Item>, StoreError> {
        self.read(|connection| {
            let mut items = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some((item, false)) = one(connection, *id)? {
                    items.push(item);
                }
            }
            Ok(items)
        })
    }

    /// Items that were edited, the latest edit first, with the number of that edit's version, whether it matters or not.
    pub fn edited(
        &self,
        before: Option<(Timestamp, ItemId)>,
        most: usize,
    ) -> Result<Vec<(Item, u32, Timestamp)>, StoreError> {
        self.read(|connection| {
            let (moment, item) =
                before.map_or((i64::MAX, 0), |(at, item)| (millis(at), item.get().cast_signed()));
            let edits: Vec<(i64, u32, Timestamp)> = connection
                .prepare_cached(
                    "SELECT item, version, replaced_at FROM version WHERE (replaced_at, item) < (?1, ?2) \
                     ORDER BY replaced_at DESC, item DESC LIMIT ?3",
                )?
                .query_map(params![moment, item, most as i64], |row| {
                    Ok((row.get(0)?, row.get(1)?, at(row, 2)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
            let mut statement = connection.prepare_cached(&format!("{ITEM} WHERE i.id = ?"))?;
            let mut found = Vec::with_capacity(edits.len());
            for (id, version, at) in edits {
                let item = statement.query_row([id], item_of).optional()?;
                found.extend(item.map(|(item, _)| (item, version, at)));
            }
            Ok(found)
        })
    }
}

fn edit(row: &Row<'_>) -> rusqlite::Result<Edit> {
    Ok(Edit {
        number: unsigned(row, 0)?,
        at: at(row, 1)?,
        item: ItemId::new(unsigned(row, 2)?),
        version: row.get(3)?,
        what: json(row, 4)?,
    })
}

/// What an announcement said before an edit.
struct Before {
    version: u32,
    whole: bool,
    title: String,
    text: String,
    deadline: Option<Deadline>,
    event: Option<Event>,
}

/// Keeps what an item says that is about to be edited; `whole`, whether all of its text is known. An edit of which the text
/// was never read is one with the edit after it.
pub(super) fn keep(connection: &Connection, old: &Item, whole: bool) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO half_edit (item, version, whole, title, text, deadline, event) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            old.id.get().cast_signed(),
            old.version,
            whole,
            old.title,
            old.text,
            old.deadline.as_ref().map(to_json).transpose()?,
            old.event.as_ref().map(to_json).transpose()?,
        ])?;
    Ok(())
}

/// Notes what mattered in an edit now that the item has been written; `whole`, whether all of its text is known. Without an edit
/// that waits for it, nothing.
pub(super) fn settle(
    connection: &Connection,
    id: ItemId,
    whole: bool,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let before = connection
        .prepare_cached(
            "DELETE FROM half_edit WHERE item = ? RETURNING version, whole, title, text, deadline, event",
        )?
        .query_row([id.get().cast_signed()], |row| {
            Ok(Before {
                version: row.get(0)?,
                whole: row.get(1)?,
                title: row.get(2)?,
                text: row.get(3)?,
                deadline: maybe_json(row, 4)?,
                event: maybe_json(row, 5)?,
            })
        })
        .optional()?;
    let (Some(before), Some((new, _))) = (before, one(connection, id)?) else {
        return Ok(());
    };
    let unread = connection
        .prepare_cached("SELECT 1 FROM file WHERE item = ? AND due IS NOT NULL")?
        .exists([id.get().cast_signed()])?;
    let old = Facts {
        title: &before.title,
        text: &before.text,
        deadline: before.deadline.as_ref(),
        event: before.event.as_ref(),
        whole: before.whole,
    };
    let new = Facts {
        title: &new.title,
        text: &new.text,
        deadline: new.deadline.as_ref(),
        event: new.event.as_ref(),
        // A file that is still to be read may say what the text leaves out.
        whole: whole && !unread,
    };
    let what = matters(&old, &new, now);
    note(connection, id, before.version, &what, now)
}

/// Notes what mattered; nothing where nothing did, or where it is noted already: after a restore an edit is seen once more.
pub(super) fn note(
    connection: &Connection,
    id: ItemId,
    version: u32,
    what: &[Matter],
    now: Timestamp,
) -> rusqlite::Result<()> {
    if what.is_empty() {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO matter (at, item, version, what) SELECT ?1, ?2, ?3, ?4 \
             WHERE NOT EXISTS (SELECT 1 FROM matter WHERE item = ?2 AND version = ?3 AND what = ?4)",
        )?
        .execute(params![
            millis(now),
            id.get().cast_signed(),
            version,
            to_json(&what)?
        ])?;
    Ok(())
}
