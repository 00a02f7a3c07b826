//! Watches: what each has found and not told yet, and what it told.
//!
//! What a watch finds is noted together with how far it has looked, and what it tells is put into the outbox in the transaction
//! that takes it from what is still to be told: nothing is told twice or forgotten, whenever the process ends.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{ItemId, Seq, SourceId, StaffId, Watch, WatchId, WatchSpec};

use super::audit::{self, Deed, Did};
use super::outbox::{Channel, Letter, put};
use super::rows::{at, json, maybe_at, millis, to_json, unsigned};
use super::subscriptions::{
    MailJob, Subscriber, erase_address, erase_of_digest, subscribers_of_digest,
};
use super::writer::Refusal;
use super::{Store, StoreError};

/// Bulletins of a watch that are kept, and for how long.
const MOST_BULLETINS: i64 = 500;
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// After a notice about a source, others about it wait so long: one that falls ill and recovers again and again is told of once an
/// hour at most.
const CALM: SignedDuration = SignedDuration::from_hours(1);
/// Most watches.
const MOST: i64 = 500;

const WATCH: &str = "SELECT id, owner, spec, token, secret, off, created, fired, began, matter, happening FROM watch";

/// How far a watch has looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items that were recorded later are new to it.
    pub began: Seq,
    /// Matters up to this number were looked at.
    pub matter: u64,
    /// Happenings up to this number were looked at.
    pub happening: u64,
}

/// What a watch tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A new announcement.
    Item(ItemId),
    /// An edit that matters, by number.
    Matter(u64),
    /// What happened to a source, by number.
    Happening(u64),
}

impl Thing {
    fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Item(id) => ("item", id.get().cast_signed()),
            Self::Matter(number) => ("matter", number.cast_signed()),
            Self::Happening(number) => ("happening", number.cast_signed()),
        }
    }
}

/// What a watch has found by one look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collected {
    /// New announcements; those that it had already are left out.
    pub items: Vec<ItemId>,
    /// Edits that matter.
    pub matters: Vec<u64>,
    /// What happened to sources.
    pub happenings: Vec<(u64, SourceId)>,
    /// Up to which numbers of both it was looked.
    pub through: (u64, u64),
}

/// Something that was found and is still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its number: grows.
    pub number: i64,
    /// What.
    pub thing: Thing,
    /// When it was found.
    pub at: Timestamp,
    /// Not to be told before.
    pub due: Timestamp,
}

/// What a watch told.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub watch: WatchId,
    /// When.
    pub at: Timestamp,
    /// The content, as `delivery` wrote it.
    pub body: Value,
}

/// Something in the outbox that a service is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HookJob {
    /// A bulletin.
    Bulletin {
        /// Whose.
        watch: WatchId,
        /// Which.
        bulletin: i64,
    },
    /// A test that somebody asked for.
    Test {
        /// Of which watch.
        watch: WatchId,
    },
}

impl HookJob {
    /// The watch that it is of.
    #[must_use]
    pub fn watch(&self) -> WatchId {
        match self {
            Self::Bulletin { watch, .. } | Self::Test { watch } => *watch,
        }
    }

    fn letter(&self, key: String, due: Timestamp) -> rusqlite::Result<Letter> {
        Letter::new(Channel::Hook, key, self, due)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

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

    /// Changes a watch; `false` where it is no more. One that goes on after a pause begins anew: what came meanwhile is not told.
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
            if old.spec.paused && !spec.paused {
                let progress = here(connection)?;
                connection
                    .prepare_cached(
                        "UPDATE watch SET began = ?2, matter = ?3, happening = ?4 WHERE id = ?1",
                    )?
                    .execute(params![
                        id.0,
                        progress.began.0.cast_signed(),
                        progress.matter.cast_signed(),
                        progress.happening.cast_signed()
                    ])?;
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

fn published(row: &Row<'_>) -> rusqlite::Result<Published> {
    Ok(Published {
        id: row.get(0)?,
        watch: WatchId(row.get(1)?),
        at: at(row, 2)?,
        body: json(row, 3)?,
    })
}
