//! What calendars were told of each announcement's dates: how often they changed, and which were called off.
//!
//! Calendars that subscribe keep what they were told until a higher number says otherwise (RFC 5545, 3.8.7.4). So the
//! numbers are counted here, in the transaction that changes the announcement, whoever changes it and why: an edit of
//! the source, a page that was completed, a document that was read, a withdrawal, its return.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{CalendarDate, Dated, Deadline, Event, Item, ItemId};

use super::items::one;
use super::rows::{at, json, maybe_at, maybe_json, millis, to_json, unsigned};
use super::{Store, StoreError};

const DATED: &str =
    "SELECT item, sequence, changed, cancelled, title, date FROM calendar WHERE item = ?";

impl Store {
    /// The dates of these items that calendars know, called off or not.
    pub fn dates(&self, ids: &[ItemId]) -> Result<HashMap<ItemId, Vec<Dated>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{DATED} ORDER BY what"))?;
            let mut found = HashMap::with_capacity(ids.len());
            for id in ids {
                let dates = statement
                    .query_map([id.get().cast_signed()], dated)?
                    .collect::<rusqlite::Result<Vec<_>>>()?;
                found.insert(*id, dates);
            }
            Ok(found)
        })
    }

    /// Dates that were called off at `since` or later, the latest first, with their items as they are now, withdrawn
    /// ones too; none of private sources.
    pub fn called_off(
        &self,
        since: Timestamp,
        most: usize,
    ) -> Result<Vec<(Item, Dated)>, StoreError> {
        self.read(|connection| {
            let dates: Vec<Dated> = connection
                .prepare_cached(
                    "SELECT item, sequence, changed, cancelled, title, date FROM calendar \
                     WHERE cancelled >= ? ORDER BY cancelled DESC, item, what LIMIT ?",
                )?
                .query_map(params![millis(since), most as i64], dated)?
                .collect::<rusqlite::Result<_>>()?;
            let mut found = Vec::with_capacity(dates.len());
            for date in dates {
                if let Some((item, false)) = one(connection, date.item)? {
                    found.push((item, date));
                }
            }
            Ok(found)
        })
    }
}

fn dated(row: &Row<'_>) -> rusqlite::Result<Dated> {
    Ok(Dated {
        item: ItemId::new(unsigned(row, 0)?),
        sequence: row.get(1)?,
        changed: at(row, 2)?,
        cancelled: maybe_at(row, 3)?,
        title: row.get(4)?,
        date: json(row, 5)?,
    })
}

/// Brings what calendars are told up to what an item says now. To be called wherever an item was written.
pub(super) fn follow(connection: &Connection, id: ItemId, now: Timestamp) -> rusqlite::Result<()> {
    let says = connection
        .prepare_cached(
            "SELECT title, version, withdrawn, coalesce(deadline, (SELECT f.deadline FROM file f WHERE f.item = i.id \
             AND f.deadline IS NOT NULL ORDER BY f.row LIMIT 1)), event FROM item i WHERE id = ?",
        )?
        .query_row([id.get().cast_signed()], |row| {
            Ok(Says {
                title: row.get(0)?,
                version: row.get(1)?,
                withdrawn: maybe_at(row, 2)?.is_some(),
                deadline: maybe_json(row, 3)?,
                event: maybe_json(row, 4)?,
            })
        })
        .optional()?;
    let Some(says) = says else { return Ok(()) };
    let shown = |date: Option<CalendarDate>| date.filter(|_| !says.withdrawn);
    let deadline = shown(says.deadline.clone().map(CalendarDate::Deadline));
    let event = shown(says.event.clone().map(CalendarDate::Event));
    settle(connection, id, "deadline", deadline, &says, now)?;
    settle(connection, id, "event", event, &says, now)
}

struct Says {
    title: String,
    version: u32,
    withdrawn: bool,
    deadline: Option<Deadline>,
    event: Option<Event>,
}

fn settle(
    connection: &Connection,
    id: ItemId,
    what: &str,
    shown: Option<CalendarDate>,
    says: &Says,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let known = connection
        .prepare_cached(&format!("{DATED} AND what = ?"))?
        .query_row(params![id.get().cast_signed(), what], dated)
        .optional()?;
    let new = match (known, shown) {
        (None, None) => return Ok(()),
        (None, Some(date)) => Dated {
            item: id,
            // What was shown before these numbers were kept was numbered so.
            sequence: says.version.saturating_sub(1),
            changed: now,
            cancelled: None,
            title: says.title.clone(),
            date,
        },
        (Some(known), None) if known.cancelled.is_some() => return Ok(()),
        (Some(known), None) => Dated {
            sequence: known.sequence.saturating_add(1),
            changed: now,
            cancelled: Some(now),
            ..known
        },
        (Some(known), Some(date)) => {
            let same =
                known.cancelled.is_none() && known.title == says.title && known.date.is_same(&date);
            Dated {
                sequence: known.sequence.saturating_add(u32::from(!same)),
                // Time does not run backwards for those who follow, whatever the clock did.
                changed: known.changed.max(now),
                cancelled: None,
                title: says.title.clone(),
                date,
                ..known
            }
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO calendar (item, what, sequence, changed, cancelled, title, date) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (item, what) DO UPDATE SET sequence = ?3, changed = ?4, cancelled = ?5, title = ?6, date = ?7",
        )?
        .execute(params![
            id.get().cast_signed(),
            what,
            new.sequence,
            millis(new.changed),
            new.cancelled.map(millis),
            new.title,
            to_json(&new.date)?
        ])?;
    Ok(())
}
