//! What a watch finds, and what it tells: each in one transaction.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use super::{Collected, Found, HookJob, Progress, Published, Thing, watch};
use crate::domain::{ItemId, SourceId, WatchId};
use crate::store::outbox::put;
use crate::store::rows::{at, json, millis, to_json, unsigned};
use crate::store::subscriptions::{MailJob, subscribers_of_digest};
use crate::store::writer::Refusal;
use crate::store::{Store, StoreError};

/// Bulletins of a watch that are kept, and for how long.
const MOST_BULLETINS: i64 = 500;
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// After a notice about a source, others about it wait so long: one that falls ill and recovers again and again is told of once an
/// hour at most.
const CALM: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Notes what a watch has found, unless it has looked further, was changed to begin anew, or is no more; says how much was new.
    pub async fn watch_found(
        &self,
        id: WatchId,
        from: Progress,
        found: Collected,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let (matter, happening) = found.through;
            let looked = connection
                .prepare_cached(
                    "UPDATE watch SET matter = ?5, happening = ?6 WHERE id = ?1 AND began = ?2 AND matter = ?3 AND happening = ?4",
                )?
                .execute(params![
                    id.0,
                    from.began.0.cast_signed(),
                    from.matter.cast_signed(),
                    from.happening.cast_signed(),
                    matter.cast_signed(),
                    happening.cast_signed()
                ])?;
            let Some(digest) = id.digest().filter(|_| looked == 1) else {
                return Ok(0);
            };
            let mut add = connection.prepare_cached(
                "INSERT OR IGNORE INTO watch_found (watch, kind, what, at, due) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            let mut told = connection
                .prepare_cached("INSERT OR IGNORE INTO delivered (digest, item) VALUES (?, ?)")?;
            let mut new = 0;
            for item in found.items {
                if told.execute(params![digest.as_str(), item.get().cast_signed()])? == 1 {
                    let (kind, what) = Thing::Item(item).columns();
                    new += add.execute(params![id.0, kind, what, millis(now), millis(now)])?;
                }
            }
            for number in found.matters {
                let (kind, what) = Thing::Matter(number).columns();
                new += add.execute(params![id.0, kind, what, millis(now), millis(now)])?;
            }
            for (number, source) in found.happenings {
                let calm: Option<i64> = connection
                    .prepare_cached("SELECT until FROM watch_calm WHERE watch = ? AND source = ?")?
                    .query_row(params![id.0, source.as_str()], |row| row.get(0))
                    .optional()?;
                let (kind, what) = Thing::Happening(number).columns();
                let due = calm.map_or(millis(now), |until| until.max(millis(now)));
                new += add.execute(params![id.0, kind, what, millis(now), due])?;
            }
            Ok(new)
        })
        .await
    }

    /// Which of these items a watch has found already.
    pub fn watch_had(&self, id: WatchId, items: &[ItemId]) -> Result<Vec<ItemId>, StoreError> {
        let Some(digest) = id.digest() else {
            return Ok(Vec::new());
        };
        Ok(self.delivered(&digest, items)?.into_iter().collect())
    }

    /// What a watch has found and is still to tell, in the order in which it was found.
    pub fn watch_waiting(&self, id: WatchId) -> Result<Vec<Found>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT number, kind, what, at, due FROM watch_found WHERE watch = ? ORDER BY number",
                )?
                .query_map([id.0], |row| {
                    let what = unsigned(row, 2)?;
                    Ok(Found {
                        number: row.get(0)?,
                        thing: match row.get_ref(1)?.as_str()? {
                            "item" => Thing::Item(ItemId::new(what)),
                            "matter" => Thing::Matter(what),
                            _ => Thing::Happening(what),
                        },
                        at: at(row, 3)?,
                        due: at(row, 4)?,
                    })
                })?
                .collect()
        })
    }

    /// Tells what was found: publishes a bulletin and puts it in the outbox for the watch's service and for all who confirmed that
    /// they want its mails, in one transaction with taking what it tells from what waits. Without a body there is nothing to tell of
    /// it any more. Refused where some of it was told already.
    pub async fn tell_watch(
        &self,
        id: WatchId,
        told: Vec<i64>,
        sources: Vec<SourceId>,
        body: Option<Value>,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let bulletin = self
            .write(move |connection| {
                let Some((watch, _)) = watch(connection, id)? else {
                    return Ok(None);
                };
                let numbers = to_json(&told)?;
                let taken = connection
                    .prepare_cached(
                        "DELETE FROM watch_found WHERE watch = ?1 AND number IN (SELECT value FROM json_each(?2))",
                    )?
                    .execute(params![id.0, numbers])?;
                if taken != told.len() {
                    return Err(Refusal::Store(StoreError::Other(
                        "it was told already".into(),
                    )));
                }
                let Some(body) = body else {
                    return Ok(None);
                };
                connection
                    .prepare_cached("INSERT INTO bulletin (watch, at, body) VALUES (?, ?, ?)")?
                    .execute(params![id.0, millis(now), to_json(&body)?])?;
                let bulletin = connection.last_insert_rowid();
                connection
                    .prepare_cached("UPDATE watch SET fired = ?2 WHERE id = ?1")?
                    .execute(params![id.0, millis(now)])?;
                let calm = now.saturating_add(CALM).unwrap_or(now);
                for source in &sources {
                    connection
                        .prepare_cached(
                            "INSERT OR REPLACE INTO watch_calm (watch, source, until) VALUES (?, ?, ?)",
                        )?
                        .execute(params![id.0, source.as_str(), millis(calm)])?;
                }
                if watch.spec.hook.is_some() && watch.off.is_none() {
                    let job = HookJob::Bulletin { watch: id, bulletin };
                    put(connection, &job.letter(format!("hook/{id}/{bulletin}"), now)?, now)?;
                }
                let digest = id.digest();
                for to in digest.map_or(Ok(Vec::new()), |digest| subscribers_of_digest(connection, &digest))? {
                    if to.is_active() {
                        let job = MailJob::Watch { subscription: to.id, bulletin };
                        let key = format!("mail/{}/w{bulletin}", to.id);
                        put(connection, &job.letter(key, now)?, now)?;
                    }
                }
                Ok(Some(bulletin))
            })
            .await?;
        self.inner.posted.send_modify(|()| {});
        Ok(bulletin)
    }

    /// Puts a test for a watch's service in the outbox; `false` where it has none.
    pub async fn test_watch(&self, id: WatchId, now: Timestamp) -> Result<bool, StoreError> {
        let posted = self
            .write(move |connection| {
                let hook = watch(connection, id)?.and_then(|(watch, _)| watch.spec.hook);
                if hook.is_none() {
                    return Ok(false);
                }
                let key = format!("hook/{id}/test-{}", now.as_millisecond());
                let letter = HookJob::Test { watch: id }.letter(key, now)?;
                put(connection, &letter, now)?;
                Ok(true)
            })
            .await?;
        self.inner.posted.send_modify(|()| {});
        Ok(posted)
    }

    /// Notes why a watch's service is told no more, and takes back what waits for it; or that it is told again.
    pub async fn set_hook_off(&self, id: WatchId, why: Option<String>) -> Result<(), StoreError> {
        self.write(move |connection| {
            if why.is_some() {
                connection
                    .prepare_cached(
                        "UPDATE outbox SET due = NULL, done = posted, state = 'failed', note = ?3, body = 'null' \
                         WHERE key >= ?1 AND key < ?2 AND due IS NOT NULL",
                    )?
                    .execute(params![format!("hook/{id}/"), format!("hook/{id}0"), why])?;
            }
            connection
                .prepare_cached("UPDATE watch SET off = ?2 WHERE id = ?1")?
                .execute(params![id.0, why])?;
            Ok(())
        })
        .await
    }

    /// What a watch told, the latest first.
    pub fn bulletins(&self, id: WatchId, most: usize) -> Result<Vec<Published>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, watch, at, body FROM bulletin WHERE watch = ? ORDER BY id DESC LIMIT ?",
                )?
                .query_map(params![id.0, most as i64], published)?
                .collect()
        })
    }

    /// One bulletin.
    pub fn bulletin(&self, id: i64) -> Result<Option<Published>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, watch, at, body FROM bulletin WHERE id = ?")?
                .query_row([id], published)
                .optional()
        })
    }

    /// Forgets what watches told long ago.
    pub async fn sweep_watches(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let before = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
            connection
                .prepare_cached("DELETE FROM watch_calm WHERE until < ?")?
                .execute([millis(now)])?;
            Ok(connection
                .prepare_cached(
                    "DELETE FROM bulletin WHERE at < ?1 OR (SELECT count(*) FROM bulletin b WHERE b.watch = bulletin.watch AND b.id > bulletin.id) >= ?2",
                )?
                .execute(params![millis(before), MOST_BULLETINS])?)
        })
        .await
    }
}

fn published(row: &Row<'_>) -> rusqlite::Result<Published> {
    Ok(Published {
        id: row.get(0)?,
        watch: WatchId(row.get(1)?),
        at: at(row, 2)?,
        body: json(row, 3)?,
    })
}
