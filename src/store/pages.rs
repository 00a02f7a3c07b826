//! Pages still to be fetched, because the feed gave only a summary, and after them the files that go with items.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{FileState, ItemId, SourceId};

use super::files;
use super::items::one;
use super::matters;
use super::record::update;
use super::rows::{json, millis, unsigned, word};
use super::tally::Tally;
use super::writer::Refusal;
use super::{PageJob, PageOutcome, ReadFile, Recorded, Store, StoreError, Wanted};

impl Store {
    /// Up to `most` pages that are due, the longest due first, then files, leased until `now + lease`.
    pub async fn lease_pages(
        &self,
        now: Timestamp,
        lease: Duration,
        most: usize,
    ) -> Result<Vec<PageJob>, StoreError> {
        self.write(move |connection| {
            let due: Vec<i64> = connection
                .prepare_cached(
                    "SELECT item FROM page WHERE due <= ?1 AND lease_until <= ?1 ORDER BY due, item LIMIT ?2",
                )?
                .query_map(params![millis(now), most as i64], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut jobs = Vec::with_capacity(due.len());
            for item in due {
                jobs.extend(take(connection, item, now, lease)?);
            }
            if jobs.len() < most {
                jobs.extend(files::lease(connection, now, lease, most - jobs.len())?);
            }
            Ok(jobs)
        })
        .await
    }

    /// Records what came of a page or a file; nothing if the lease is lost.
    pub async fn record_page(
        &self,
        job: &PageJob,
        outcome: PageOutcome,
        now: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let (id, token, tries) = (job.id, job.token, job.tries);
        let source = job.source.id.clone();
        if let Wanted::File(file) = &job.wanted {
            let row = file.row;
            return self
                .write(move |connection| {
                    record_file(connection, &source, id, row, (token, tries), outcome, now)
                })
                .await;
        }
        self.write(move |connection| {
            if !holds(connection, id, token)? {
                return Err(Refusal::Store(StoreError::LeaseLost));
            }
            let mut recorded = Recorded::default();
            match outcome {
                PageOutcome::Read(item) => {
                    let mut tally = Tally::begin(connection)?;
                    recorded.seq = update(connection, &source, id, &item, false, now, &mut tally)?;
                    tally.end(connection, &source)?;
                    if recorded.seq.is_some() {
                        recorded.changed.push(id);
                    }
                    forget(connection, id)?;
                }
                PageOutcome::Never(fault) => {
                    tracing::info!(source = %source, item = %id, fault = %fault, "the page stays unread; the summary remains");
                    forget(connection, id)?;
                    // The feed may have named files, which waited for the page to name more.
                    if let Some((item, _)) = one(connection, id)? {
                        files::expect(connection, id, &item.attachments, now)?;
                        matters::settle(connection, id, false, now)?;
                    }
                }
                PageOutcome::File(_) => {
                    return Err(Refusal::Store(StoreError::Other(
                        "a file was given for a page".into(),
                    )));
                }
                PageOutcome::Later(at, _) => {
                    connection
                        .prepare_cached(
                            "UPDATE page SET due = ?, tries = ?, lease_until = 0 WHERE item = ?",
                        )?
                        .execute(params![millis(at), tries + 1, id.get().cast_signed()])?;
                }
            }
            Ok(recorded)
        })
        .await
    }
}

fn record_file(
    connection: &Connection,
    source: &SourceId,
    id: ItemId,
    row: i64,
    (token, tries): (u64, u32),
    outcome: PageOutcome,
    now: Timestamp,
) -> Result<Recorded, Refusal> {
    if !files::holds(connection, row, token)? {
        return Err(Refusal::Store(StoreError::LeaseLost));
    }
    let file = match outcome {
        PageOutcome::File(file) => *file,
        PageOutcome::Never(fault) => {
            tracing::info!(source = %source, item = %id, fault = %fault, "a file stays unread");
            ReadFile::silent(FileState::Unreadable)
        }
        PageOutcome::Later(at, _) => {
            files::put_off(connection, row, at, tries + 1)?;
            return Ok(Recorded::default());
        }
        PageOutcome::Read(_) => {
            return Err(Refusal::Store(StoreError::Other(
                "a page was given for a file".into(),
            )));
        }
    };
    let seq = files::settle(connection, source, id, row, &file, now)?;
    Ok(Recorded {
        inserted: Vec::new(),
        changed: vec![id],
        seq: Some(seq),
    })
}

fn take(
    connection: &Connection,
    item: i64,
    now: Timestamp,
    lease: Duration,
) -> rusqlite::Result<Option<PageJob>> {
    let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
    let taken = connection
        .prepare_cached(
            "UPDATE page SET lease_until = ?, token = token + 1 WHERE item = ? RETURNING source, url, draft, tries, token",
        )?
        .query_row(params![millis(until), item], |row| {
            Ok((
                word::<SourceId>(row, 0)?,
                word(row, 1)?,
                json(row, 2)?,
                row.get(3)?,
                unsigned(row, 4)?,
            ))
        })
        .optional()?;
    let Some((source, url, draft, tries, token)) = taken else {
        return Ok(None);
    };
    connection
        .prepare_cached("SELECT spec FROM source WHERE id = ?")?
        .query_row([source.as_str()], |row| {
            Ok(PageJob {
                id: ItemId::new(item.cast_unsigned()),
                source: json(row, 0)?,
                url,
                wanted: Wanted::Page(draft),
                tries,
                token,
            })
        })
        .optional()
}

fn holds(connection: &Connection, id: ItemId, token: u64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM page WHERE item = ? AND token = ?")?
        .exists(params![id.get().cast_signed(), token.cast_signed()])
}

fn forget(connection: &Connection, id: ItemId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM page WHERE item = ?")?
        .execute([id.get().cast_signed()])?;
    Ok(())
}
