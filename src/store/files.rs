//! Files that go with items: which are still to be fetched, and what they say.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{Attachment, FileState, ItemId, Seq, SourceId};
use crate::reading::document::Form;

use super::calendar;
use super::items::one;
use super::rows::{json, millis, to_json, unsigned, word};
use super::tally::Tally;
use super::{FileOf, PageJob, ReadFile, Wanted};

/// Most files read of an item.
const MOST: usize = 5;

/// Notes the files of an item that are to be read, and forgets those that it has no longer. What was read stays read.
pub(super) fn expect(
    connection: &Connection,
    id: ItemId,
    attachments: &[Attachment],
    now: Timestamp,
) -> rusqlite::Result<()> {
    let id = id.get().cast_signed();
    let readable: Vec<&str> = attachments
        .iter()
        .filter(|file| promises_text(file))
        .map(|file| file.url.as_str())
        .take(MOST)
        .collect();
    connection
        .prepare_cached(
            "DELETE FROM file WHERE item = ?1 AND url NOT IN (SELECT value FROM json_each(?2))",
        )?
        .execute(params![id, to_json(&readable)?])?;
    for url in readable {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO file (item, url, state, due) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![id, url, FileState::Pending.as_str(), millis(now)])?;
    }
    Ok(())
}

/// By its type or, where that says nothing, by its name.
fn promises_text(file: &Attachment) -> bool {
    let typed = file.r#type.as_deref().and_then(Form::of_type);
    typed.or_else(|| Form::of_name(file.url.path())).is_some()
}

/// Leases up to `most` files that are due.
pub(super) fn lease(
    connection: &Connection,
    now: Timestamp,
    lease: Duration,
    most: usize,
) -> rusqlite::Result<Vec<PageJob>> {
    let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
    let due: Vec<i64> = connection
        .prepare_cached(
            "SELECT row FROM file WHERE due <= ?1 AND lease_until <= ?1 ORDER BY due, row LIMIT ?2",
        )?
        .query_map(params![millis(now), most as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut jobs = Vec::with_capacity(due.len());
    for row in due {
        let (item, url, tries, token) = connection
            .prepare_cached(
                "UPDATE file SET lease_until = ?, token = token + 1 WHERE row = ? RETURNING item, url, tries, token",
            )?
            .query_row(params![millis(until), row], |row| {
                Ok((
                    ItemId::new(unsigned(row, 0)?),
                    word(row, 1)?,
                    row.get(2)?,
                    unsigned(row, 3)?,
                ))
            })?;
        let Some((item, _)) = one(connection, item)? else {
            continue;
        };
        let source = connection
            .prepare_cached("SELECT spec FROM source WHERE id = ?")?
            .query_row([item.source.as_str()], |row| json(row, 0))
            .optional()?;
        jobs.extend(source.map(|source| PageJob {
            id: item.id,
            source,
            url,
            wanted: Wanted::File(FileOf {
                row,
                title: item.title,
                lang: item.lang.map(|found| found.lang),
                at: item.sort_at,
            }),
            tries,
            token,
        }));
    }
    Ok(jobs)
}

pub(super) fn holds(connection: &Connection, row: i64, token: u64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM file WHERE row = ? AND token = ? AND due IS NOT NULL")?
        .exists(params![row, token.cast_signed()])
}

/// Records what a file says. The item changes with it, for whoever follows, but is no other version of itself.
pub(super) fn settle(
    connection: &Connection,
    source: &SourceId,
    item: ItemId,
    row: i64,
    file: &ReadFile,
    now: Timestamp,
) -> rusqlite::Result<Seq> {
    connection
        .prepare_cached(
            "UPDATE file SET state = ?2, title = ?3, pages = ?4, lang = ?5, text = ?6, deadline = ?7, due = NULL, lease_until = 0 WHERE row = ?1",
        )?
        .execute(params![
            row,
            file.state.as_str(),
            file.title,
            file.pages,
            file.lang.map(|lang| lang.to_string()),
            file.text,
            file.deadline.as_ref().map(to_json).transpose()?,
        ])?;
    let mut tally = Tally::begin(connection)?;
    let seq = tally.next_seq();
    connection
        .prepare_cached("UPDATE item SET seq = ? WHERE id = ?")?
        .execute(params![seq.0.cast_signed(), item.get().cast_signed()])?;
    tally.end(connection, source)?;
    calendar::follow(connection, item, now)?;
    Ok(seq)
}

pub(super) fn put_off(
    connection: &Connection,
    row: i64,
    at: Timestamp,
    tries: u32,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE file SET due = ?, tries = ?, lease_until = 0 WHERE row = ?")?
        .execute(params![millis(at), tries, row])?;
    Ok(())
}
