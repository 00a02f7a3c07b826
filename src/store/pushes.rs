//! Subscriptions at hubs (WebSub), and what the hubs pushed until it is read.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::rand::{SecureRandom as _, SystemRandom};
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::watch;

use crate::domain::{HubLinks, Phase, SourceId, SourceState, Stage, Subscription};

use super::rows::{at, json, maybe_at, millis, to_json, unsigned, word};
use super::writer::Refusal;
use super::{Store, StoreError};

/// Random bytes of a token and of a secret: 256 bits, as many as a signature by SHA-256 can use.
const RANDOM: usize = 32;
/// Most pushes of one source, and most bytes of all, that wait to be read. A hub is told to come again with more.
const WAITING: u64 = 16;
const WAITING_BYTES: u64 = 64 << 20;
/// How long what was agreed stays before something else is asked for: some feeds name themselves anew every time.
const SETTLED: SignedDuration = SignedDuration::from_hours(6);

/// A push that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub id: i64,
    /// Whose.
    pub source: SourceId,
}

/// A document that a hub pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// When it came.
    pub at: Timestamp,
    /// Its Content-Type.
    pub media_type: Option<String>,
    /// As it came.
    pub body: Vec<u8>,
}

impl Store {
    /// Ticks when there may be something to ask a hub, or something that one pushed.
    #[must_use]
    pub fn watch_pushes(&self) -> watch::Receiver<u64> {
        self.inner.pushes.subscribe()
    }

    pub(super) fn tell_pushes(&self) {
        self.inner.pushes.send_modify(|count| *count += 1);
    }

    /// The subscription that a token names.
    pub fn subscription(&self, token: &str) -> Result<Option<Subscription>, StoreError> {
        self.read(|connection| by_token(connection, token))
    }

    /// All subscriptions, those that end too, by source.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT state FROM push ORDER BY source, ending, token")?
                .query_map([], |row| json(row, 0))?
                .collect()
        })
    }

    /// Tokens of subscriptions about which something is to be done, the longest due first.
    pub fn due_subscriptions(
        &self,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT token FROM push WHERE due <= ? ORDER BY due LIMIT ?")?
                .query_map(params![millis(now), most as i64], |row| row.get(0))?
                .collect()
        })
    }

    /// When something is to be done next about a subscription.
    pub fn next_subscription(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT due FROM push WHERE due IS NOT NULL ORDER BY due LIMIT 1")?
                .query_row([], |row| at(row, 0))
                .optional()
        })
    }

    /// Changes a subscription, whoever else changes it at the same time; `None` where there is none. One that ended, with
    /// nothing left to do, is forgotten; where a hub no longer pushes, its source is due for a visit.
    pub async fn change_subscription<T: Send + 'static>(
        &self,
        token: &str,
        now: Timestamp,
        change: impl FnOnce(&mut Subscription) -> T + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let token = token.to_owned();
        let done = self
            .write(move |connection| {
                let Some(mut subscription) = by_token(connection, &token)? else {
                    return Ok(None);
                };
                let before = subscription.clone();
                let done = change(&mut subscription);
                if subscription.stage == Stage::Ended && subscription.due.is_none() {
                    connection
                        .prepare_cached("DELETE FROM push WHERE token = ?")?
                        .execute([&token])?;
                } else if subscription != before {
                    set(connection, &subscription)?;
                }
                if before.until.is_some()
                    && subscription.until.is_none()
                    && !subscription.is_ending()
                {
                    hurry(connection, &subscription.source, now)?;
                }
                Ok(Some(done))
            })
            .await?;
        self.tell_pushes();
        Ok(done)
    }

    /// Forgets all subscriptions, because nothing can be pushed to us any more: whatever relied on them is due for a visit.
    pub async fn forget_subscriptions(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            let relying: Vec<SourceId> = connection
                .prepare_cached("SELECT source FROM push WHERE until > ? AND ending = 0")?
                .query_map([millis(now)], |row| word(row, 0))?
                .collect::<rusqlite::Result<_>>()?;
            for source in relying {
                hurry(connection, &source, now)?;
            }
            connection.execute_batch("DELETE FROM push")?;
            Ok(())
        })
        .await
    }

    /// Keeps what a hub pushed until it is read; false where there is no room for it. The same document again is kept once.
    pub async fn keep_pushed(&self, source: SourceId, pushed: Pushed) -> Result<bool, StoreError> {
        let kept = self
            .write(move |connection| {
                let same = connection
                    .prepare_cached("SELECT 1 FROM pushed WHERE source = ? AND body = ?")?
                    .exists(params![source.as_str(), pushed.body])?;
                if same {
                    return Ok(true);
                }
                let (own, bytes) = connection
                    .prepare_cached(
                        "SELECT coalesce(sum(source = ?), 0), coalesce(sum(length(body)), 0) FROM pushed",
                    )?
                    .query_row([source.as_str()], |row| {
                        Ok((unsigned(row, 0)?, unsigned(row, 1)?))
                    })?;
                if own >= WAITING || (bytes > 0 && bytes + pushed.body.len() as u64 > WAITING_BYTES) {
                    return Ok(false);
                }
                connection
                    .prepare_cached("INSERT INTO pushed (source, at, media_type, body) VALUES (?, ?, ?, ?)")?
                    .execute(params![
                        source.as_str(),
                        millis(pushed.at),
                        pushed.media_type,
                        pushed.body
                    ])?;
                Ok(true)
            })
            .await?;
        self.tell_pushes();
        Ok(kept)
    }

    /// Of each source, the first push that waits to be read.
    pub fn waiting_pushes(&self) -> Result<Vec<Waiting>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT min(id), source FROM pushed GROUP BY source ORDER BY 1")?
                .query_map([], |row| {
                    Ok(Waiting {
                        id: row.get(0)?,
                        source: word(row, 1)?,
                    })
                })?
                .collect()
        })
    }

    /// What was pushed; `None` when somebody has read it.
    pub fn pushed(&self, id: i64) -> Result<Option<Pushed>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT at, media_type, body FROM pushed WHERE id = ?")?
                .query_row([id], |row| {
                    Ok(Pushed {
                        at: at(row, 0)?,
                        media_type: row.get(1)?,
                        body: row.get(2)?,
                    })
                })
                .optional()
        })
    }

    /// Throws away a push that nobody can read.
    pub async fn drop_pushed(&self, id: i64) -> Result<(), StoreError> {
        self.write(move |connection| Ok(take_out(connection, id)?))
            .await
    }
}

/// Makes what is subscribed to that which a source's feed says. Says whether there is something to tell a hub.
pub(super) fn follow(
    connection: &Connection,
    source: &SourceId,
    state: &SourceState,
    now: Timestamp,
) -> Result<bool, Refusal> {
    let wanted = match state.phase {
        Phase::Paused | Phase::Gone { .. } => None,
        _ => state.pushes.links.as_ref(),
    };
    if matches!(state.phase, Phase::Paused) {
        throw_away(connection, source.as_str())?;
    }
    let current: Option<Subscription> = connection
        .prepare_cached("SELECT state FROM push WHERE source = ? AND ending = 0")?
        .query_row([source.as_str()], |row| json(row, 0))
        .optional()?;
    match (current, wanted) {
        (None, None) => return Ok(false),
        (Some(mut current), Some(links)) if is_same(&current, links) => {
            let others: Vec<_> = links
                .hubs
                .iter()
                .filter(|hub| !current.hubs.contains(hub))
                .cloned()
                .collect();
            let before = current.hubs.len();
            current.hubs.retain(|hub| links.hubs.contains(hub));
            if others.is_empty() && current.hubs.len() == before {
                return Ok(false);
            }
            current.hubs.extend(others);
            set(connection, &current)?;
        }
        (Some(current), Some(_)) if is_recent(&current, now) => return Ok(false),
        (current, wanted) => {
            if current.is_some() {
                end(connection, source.as_str(), now)?;
            }
            if let Some(links) = wanted {
                set(connection, &begun(source, links, now)?)?;
            }
        }
    }
    Ok(true)
}

/// Whether a subscription is what the feed asks for: the same document, at one of the hubs that it names.
fn is_same(subscription: &Subscription, links: &HubLinks) -> bool {
    subscription.topic == links.topic
        && subscription
            .hub()
            .is_some_and(|hub| links.hubs.contains(hub))
}

fn is_recent(subscription: &Subscription, now: Timestamp) -> bool {
    let last = subscription.asked.max(subscription.confirmed);
    last.is_some_and(|last| now.duration_since(last) < SETTLED)
}

/// Ends what a source has subscribed to: its hub is told, if it was told before.
pub(super) fn end(connection: &Connection, source: &str, now: Timestamp) -> rusqlite::Result<()> {
    let current: Option<Subscription> = connection
        .prepare_cached("SELECT state FROM push WHERE source = ? AND ending = 0")?
        .query_row([source], |row| json(row, 0))
        .optional()?;
    let Some(mut current) = current else {
        return Ok(());
    };
    if current.callback.is_some() {
        current.stage = Stage::Ending;
        current.asked = None;
        current.tries = 0;
        current.due = Some(now);
        set(connection, &current)?;
    } else {
        connection
            .prepare_cached("DELETE FROM push WHERE token = ?")?
            .execute([&current.token])?;
    }
    Ok(())
}

/// Throws away what waits to be read of a source that is not visited any more.
pub(super) fn throw_away(connection: &Connection, source: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM pushed WHERE source = ?")?
        .execute([source])?;
    Ok(())
}

/// Until when a hub has agreed to push a source.
pub(super) fn until(
    connection: &Connection,
    source: &SourceId,
) -> rusqlite::Result<Option<Timestamp>> {
    let until = connection
        .prepare_cached("SELECT until FROM push WHERE source = ? AND ending = 0")?
        .query_row([source.as_str()], |row| maybe_at(row, 0))
        .optional()?;
    Ok(until.flatten())
}

pub(super) fn take_out(connection: &Connection, pushed: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM pushed WHERE id = ?")?
        .execute([pushed])?;
    Ok(())
}

/// A source that can no longer rely on its hub is due. A visit that is under way is recorded all the same.
pub(super) fn hurry(
    connection: &Connection,
    source: &SourceId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let state: Option<SourceState> = connection
        .prepare_cached("SELECT state FROM source WHERE id = ? AND next_visit > ?")?
        .query_row(params![source.as_str(), millis(now)], |row| json(row, 0))
        .optional()?;
    let Some(mut state) = state else {
        return Ok(());
    };
    state.next_visit = now;
    connection
        .prepare_cached("UPDATE source SET next_visit = ?, state = ? WHERE id = ?")?
        .execute(params![millis(now), to_json(&state)?, source.as_str()])?;
    Ok(())
}

/// The same after a visit that relied on a hub which meanwhile went back on its word.
pub(super) fn doubt(
    connection: &Connection,
    source: &SourceId,
    state: &SourceState,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let agreed = until(connection, source)?.is_some_and(|until| until > now);
    if state.pushes.relied && !agreed {
        hurry(connection, source, now)?;
    }
    Ok(())
}

fn by_token(connection: &Connection, token: &str) -> rusqlite::Result<Option<Subscription>> {
    connection
        .prepare_cached("SELECT state FROM push WHERE token = ?")?
        .query_row([token], |row| json(row, 0))
        .optional()
}

fn set(connection: &Connection, subscription: &Subscription) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO push (token, source, ending, until, due, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (token) DO UPDATE SET ending = ?3, until = ?4, due = ?5, state = ?6",
        )?
        .execute(params![
            subscription.token,
            subscription.source.as_str(),
            subscription.is_ending(),
            subscription.until.map(millis),
            subscription.due.map(millis),
            to_json(subscription)?
        ])?;
    Ok(())
}

/// A subscription that no hub knows of yet.
fn begun(source: &SourceId, links: &HubLinks, now: Timestamp) -> Result<Subscription, StoreError> {
    Ok(Subscription {
        source: source.clone(),
        token: random()?,
        secret: random()?,
        hubs: links.hubs.clone(),
        topic: links.topic.clone(),
        callback: None,
        stage: Stage::Wanted,
        asked: None,
        confirmed: None,
        until: None,
        due: Some(now),
        tries: 0,
        fault: None,
    })
}

fn random() -> Result<String, StoreError> {
    let mut bytes = [0; RANDOM];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| StoreError::Other("the system gives no random numbers".into()))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
