//! What an operator asks of the store: what waits, since when, and what went wrong with it.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::outbox::Channel;
use super::rows::{maybe_at, millis, unsigned};
use super::{Counts, Store, StoreError};

/// What waits to leave by one channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// The channel, in one word.
    pub channel: &'static str,
    /// How many wait.
    pub waiting: u64,
    /// Since when the oldest of them waits.
    pub oldest: Option<Timestamp>,
    /// How many never left, of those that are remembered (a month's).
    pub failed: u64,
}

/// The store in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// How many of what.
    pub counts: Counts,
    /// Sources by country and by the word of their phase; those with none are left out.
    pub phases: Vec<(String, String, u64)>,
    /// Items by language (`none` where there is no telling) that were first seen within a day.
    pub fresh: Vec<(String, u64)>,
    /// When a source was last visited without a fault.
    pub answered: Option<Timestamp>,
    /// When a source was last visited at all.
    pub visited: Option<Timestamp>,
    /// When the source that is due for longest was due.
    pub due_since: Option<Timestamp>,
    /// What waits to leave, by channel.
    pub backlogs: Vec<Backlog>,
    /// Files of announcements waiting to be fetched.
    pub files: u64,
    /// What hubs pushed and nobody has read yet.
    pub pushed: u64,
    /// Bytes of the store, and of them how many are free to be used again.
    pub bytes: u64,
    /// See `bytes`.
    pub free: u64,
}

/// Lines of the history that are looked through for a visit that went well.
const LOOKED_THROUGH: i64 = 2_000;
const DAY_MILLIS: i64 = 24 * 3_600 * 1_000;

impl Store {
    /// The store in figures: some milliseconds, however large it is.
    pub fn health(&self, now: Timestamp) -> Result<Health, StoreError> {
        let counts = self.counts(now)?;
        self.read(|connection| {
            let moment = |sql: &str| {
                connection
                    .prepare_cached(sql)?
                    .query_row([], |row| maybe_at(row, 0))
            };
            let count = |sql: &str| {
                connection
                    .prepare_cached(sql)?
                    .query_row([], |row| unsigned(row, 0))
            };
            let pragma = |name: &str| connection.pragma_query_value(None, name, |row| unsigned(row, 0));
            let page = pragma("page_size")?;
            Ok(Health {
                counts,
                phases: phases(connection)?,
                fresh: fresh(connection, now)?,
                answered: connection
                    .prepare_cached(
                        "SELECT max(at) FROM (SELECT at, log FROM visit ORDER BY id DESC LIMIT ?) WHERE json_extract(log, '$.fault') IS NULL",
                    )?
                    .query_row([LOOKED_THROUGH], |row| maybe_at(row, 0))?,
                visited: moment("SELECT max(at) FROM (SELECT at FROM visit ORDER BY id DESC LIMIT 100)")?,
                due_since: connection
                    .prepare_cached("SELECT min(next_visit) FROM source WHERE next_visit <= ?1 AND lease_until <= ?1")?
                    .query_row([millis(now)], |row| maybe_at(row, 0))?,
                backlogs: Channel::ALL
                    .into_iter()
                    .map(|channel| backlog(connection, channel))
                    .collect::<rusqlite::Result<_>>()?,
                files: count("SELECT count(*) FROM file WHERE due IS NOT NULL")?,
                pushed: count("SELECT count(*) FROM pushed")?,
                bytes: pragma("page_count")? * page,
                free: pragma("freelist_count")? * page,
            })
        })
    }
}

fn phases(connection: &Connection) -> rusqlite::Result<Vec<(String, String, u64)>> {
    connection
        .prepare_cached(
            "SELECT country, phase, count(*) FROM source WHERE listed = 1 GROUP BY country, phase ORDER BY country, phase",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, unsigned(row, 2)?)))?
        .collect()
}

fn fresh(connection: &Connection, now: Timestamp) -> rusqlite::Result<Vec<(String, u64)>> {
    connection
        .prepare_cached(
            "SELECT coalesce(lang, 'none') AS l, count(*) FROM item WHERE first_seen > ? GROUP BY l ORDER BY l",
        )?
        .query_map([millis(now) - DAY_MILLIS], |row| {
            Ok((row.get(0)?, unsigned(row, 1)?))
        })?
        .collect()
}

fn backlog(connection: &Connection, channel: Channel) -> rusqlite::Result<Backlog> {
    let (waiting, oldest) = connection
        .prepare_cached(
            "SELECT count(*), min(posted) FROM outbox WHERE channel = ? AND due IS NOT NULL",
        )?
        .query_row([channel.as_str()], |row| {
            Ok((unsigned(row, 0)?, maybe_at(row, 1)?))
        })?;
    let failed = connection
        .prepare_cached(
            "SELECT count(*) FROM outbox WHERE channel = ? AND due IS NULL AND state = 'failed'",
        )?
        .query_row(params![channel.as_str()], |row| unsigned(row, 0))?;
    Ok(Backlog {
        channel: channel.as_str(),
        waiting,
        oldest,
        failed,
    })
}
