//! Watches: what each has found and not told yet, and what it told.
//!
//! What a watch finds is noted together with how far it has looked, and what it tells is put into the outbox in the transaction
//! that takes it from what is still to be told: nothing is told twice or forgotten, whenever the process ends.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{Seq, StaffId, Watch, WatchId, WatchSpec};

use super::audit::{self, Deed, Did};
use super::rows::{at, json, maybe_at, millis, to_json, unsigned};
use super::subscriptions::{Subscriber, erase_address, erase_of_digest, subscribers_of_digest};
use super::writer::Refusal;
use super::{Store, StoreError};

/// Most watches.
const MOST: i64 = 500;

const WATCH: &str = "SELECT id, owner, spec, token, secret, off, created, fired, began, matter, happening FROM watch";

mod telling;
mod types;

pub use types::{Collected, Found, HookJob, Progress, Published, Thing};

impl Store {
    /// Makes a watch. What is recorded already is no news for it. `token` is the address of its feeds, `secret` what its service
    /// knows it by.
    pub async fn add_watch(
        &self,
        (owner, by): (StaffId, String),
        spec: WatchSpec,
        (token, secret): (String, String),
        now: Timestamp,
    ) -> Result<WatchId, StoreError> {
        self.write(move |connection| {
            let count: i64 =
                connection.query_row("SELECT count(*) FROM watch", [], |row| row.get(0))?;
            if count >= MOST {
                let why = format!("there are {MOST} watches already: delete one first");
                return Err(Refusal::Store(StoreError::Other(why)));
            }
            let progress = here(connection)?;
            connection
                .prepare_cached(
                    "INSERT INTO watch (owner, spec, token, secret, created, began, matter, happening) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    owner.0,
                    to_json(&spec)?,
                    token,
                    secret,
                    millis(now),
                    progress.began.0.cast_signed(),
                    progress.matter.cast_signed(),
                    progress.happening.cast_signed()
                ])?;
            let id = WatchId(connection.last_insert_rowid());
            deed(connection, by, Did::WatchAdded, id, &spec, now)?;
            Ok(id)
        })
        .await
        .inspect(|_| self.inner.posted.send_modify(|()| {}))
    }

    /// Changes a watch; `false` where it is no more. One that goes on after a pause, or looks for something else, begins anew: what came
    /// before is not told.
    pub async fn set_watch(
        &self,
        id: WatchId,
        spec: WatchSpec,
        by: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let Some((old, _)) = watch(connection, id)? else {
                return Ok(false);
            };
            let here = here(connection)?;
            if old.spec.paused && !spec.paused {
                connection
                    .prepare_cached(
                        "UPDATE watch SET began = ?2, matter = ?3, happening = ?4 WHERE id = ?1",
                    )?
                    .execute(params![
                        id.0,
                        here.began.0.cast_signed(),
                        here.matter.cast_signed(),
                        here.happening.cast_signed()
                    ])?;
            } else if old.spec.search != spec.search || (spec.items && !old.spec.items) {
                // What another search would have found before is no news.
                connection
                    .prepare_cached("UPDATE watch SET began = ?2 WHERE id = ?1")?
                    .execute(params![id.0, here.began.0.cast_signed()])?;
            }
            // Another address is tried anew.
            let off = old.off.filter(|_| old.spec.hook == spec.hook);
            connection
                .prepare_cached("UPDATE watch SET spec = ?2, off = ?3 WHERE id = ?1")?
                .execute(params![id.0, to_json(&spec)?, off])?;
            deed(connection, by, Did::WatchChanged, id, &spec, now)?;
            Ok(true)
        })
        .await
        .inspect(|_| self.inner.posted.send_modify(|()| {}))
    }

    /// Deletes a watch with all that it has found and told, and the addresses that it was sent to; `false` where it is no more.
    pub async fn delete_watch(
        &self,
        id: WatchId,
        by: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            if let Some((gone, _)) = watch(connection, id)? {
                deed(connection, by, Did::WatchDeleted, id, &gone.spec, now)?;
            }
            let gone = connection
                .prepare_cached("DELETE FROM watch WHERE id = ?")?
                .execute([id.0])?;
            for table in ["watch_found", "watch_calm", "bulletin"] {
                connection.execute(&format!("DELETE FROM {table} WHERE watch = ?"), [id.0])?;
            }
            connection
                .prepare_cached("DELETE FROM outbox WHERE key >= ? AND key < ?")?
                .execute([format!("hook/{id}/"), format!("hook/{id}0")])?;
            if let Some(digest) = id.digest() {
                erase_of_digest(connection, &digest)?;
                connection
                    .prepare_cached("DELETE FROM delivered WHERE digest = ?")?
                    .execute([digest.as_str()])?;
            }
            Ok(gone > 0)
        })
        .await
    }

    /// Gives a watch another secret; `false` where it is no more.
    pub async fn set_watch_secret(
        &self,
        id: WatchId,
        secret: String,
        by: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let Some((found, _)) = watch(connection, id)? else {
                return Ok(false);
            };
            connection
                .prepare_cached("UPDATE watch SET secret = ?2 WHERE id = ?1")?
                .execute(params![id.0, secret])?;
            deed(connection, by, Did::WatchChanged, id, &found.spec, now)?;
            Ok(true)
        })
        .await
    }

    /// Takes an address from those that get a watch by mail, with all that waits for it.
    pub async fn drop_watch_mail(&self, id: WatchId, address: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            if let Some(digest) = id.digest() {
                erase_address(connection, &digest, &address)?;
            }
            Ok(())
        })
        .await
    }

    /// All watches, the oldest first, and how far each has looked.
    pub fn watches(&self) -> Result<Vec<(Watch, Progress)>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{WATCH} ORDER BY id"))?
                .query_map([], watch_of)?
                .collect()
        })
    }

    /// One watch.
    pub fn watch_of(&self, id: WatchId) -> Result<Option<Watch>, StoreError> {
        self.read(|connection| Ok(watch(connection, id)?.map(|(watch, _)| watch)))
    }

    /// The watch whose feeds have this token in their address.
    pub fn watch_by_token(&self, token: &str) -> Result<Option<Watch>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{WATCH} WHERE token = ?"))?
                .query_row([token], watch_of)
                .optional()
                .map(|found| found.map(|(watch, _)| watch))
        })
    }

    /// Those who get a watch by mail, confirmed or not.
    pub fn watch_subscribers(&self, id: WatchId) -> Result<Vec<Subscriber>, StoreError> {
        self.read(|connection| match id.digest() {
            Some(digest) => subscribers_of_digest(connection, &digest),
            None => Ok(Vec::new()),
        })
    }
}

fn deed(
    connection: &Connection,
    who: String,
    what: Did,
    id: WatchId,
    spec: &WatchSpec,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let deed = Deed {
        who,
        what,
        about: id.to_string(),
        detail: spec.name.clone(),
    };
    audit::note(connection, &deed, now)
}

/// The present end of all that watches look at.
fn here(connection: &Connection) -> rusqlite::Result<Progress> {
    let last = |table: &str| {
        connection.query_row(
            &format!("SELECT coalesce(max(number), 0) FROM {table}"),
            [],
            |row| unsigned(row, 0),
        )
    };
    Ok(Progress {
        began: super::head(connection)?.seq,
        matter: last("matter")?,
        happening: last("happening")?,
    })
}

fn watch(connection: &Connection, id: WatchId) -> rusqlite::Result<Option<(Watch, Progress)>> {
    connection
        .prepare_cached(&format!("{WATCH} WHERE id = ?"))?
        .query_row([id.0], watch_of)
        .optional()
}

fn watch_of(row: &Row<'_>) -> rusqlite::Result<(Watch, Progress)> {
    let watch = Watch {
        id: WatchId(row.get(0)?),
        owner: StaffId(row.get(1)?),
        spec: json(row, 2)?,
        token: row.get(3)?,
        secret: row.get(4)?,
        off: row.get(5)?,
        created: at(row, 6)?,
        fired: maybe_at(row, 7)?,
    };
    let progress = Progress {
        began: Seq(unsigned(row, 8)?),
        matter: unsigned(row, 9)?,
        happening: unsigned(row, 10)?,
    };
    Ok((watch, progress))
}
