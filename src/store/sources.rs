//! The catalogue of sources: what is due, who has it, how it is.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{Phase, Source, SourceId, SourceState, turned};

use super::happenings;
use super::pushes;
use super::rows::{json, maybe_at, millis, moment, to_json, unsigned};
use super::tally::Tally;
use super::writer::Refusal;
use super::{Counts, Lease, SourceRecord, Store, StoreError, VisitLog};

impl Store {
    /// Makes the catalogue of sources that of the configuration. What is no longer in it is visited no more, its items stay.
    /// Items of sources whose name, country, role or privacy changed get new numbers, so that the index learns of it.
    pub async fn set_sources(
        &self,
        sources: Vec<Source>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| set_all(connection, &sources, now))
            .await?;
        self.tell_pushes();
        self.tell_sources();
        Ok(())
    }

    /// The sources that are due, the longest due first.
    pub fn due(&self, now: Timestamp) -> Result<Vec<SourceId>, StoreError> {
        self.read(|connection| due(connection, now, usize::MAX))
    }

    /// Up to `most` sources that are due, the longest due first, leased until `now + lease`.
    pub async fn lease_due(
        &self,
        now: Timestamp,
        lease: Duration,
        most: usize,
    ) -> Result<Vec<Lease>, StoreError> {
        self.write(move |connection| {
            let due = due(connection, now, most)?;
            let mut leases = Vec::with_capacity(due.len());
            for id in due {
                leases.extend(take(connection, &id, now, lease)?);
            }
            Ok(leases)
        })
        .await
    }

    /// One source, due or not, unless somebody has it already or it is paused.
    pub async fn lease_source(
        &self,
        id: SourceId,
        now: Timestamp,
        lease: Duration,
    ) -> Result<Option<Lease>, StoreError> {
        let leases = self.lease_sources(vec![id], now, lease).await?;
        Ok(leases.into_iter().next())
    }

    /// The same of several, all at once.
    pub async fn lease_sources(
        &self,
        ids: Vec<SourceId>,
        now: Timestamp,
        lease: Duration,
    ) -> Result<Vec<Lease>, StoreError> {
        self.write(move |connection| {
            let mut leases = Vec::with_capacity(ids.len());
            for id in &ids {
                leases.extend(take(connection, id, now, lease)?);
            }
            Ok(leases)
        })
        .await
    }

    /// Nobody is at work any more: what was leased is free for others at once.
    pub async fn release_all(&self) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute_batch(
                "UPDATE source SET lease_until = 0 WHERE lease_until > 0; UPDATE page SET lease_until = 0 WHERE lease_until > 0; \
                 UPDATE file SET lease_until = 0 WHERE due IS NOT NULL;",
            )?;
            Ok(())
        })
        .await
    }

    /// When the next source or page is due of those that nobody has leased at `now`.
    pub fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let first = |sql: &str| {
                connection
                    .prepare_cached(sql)?
                    .query_row([millis(now)], |row| row.get::<_, i64>(0))
                    .optional()
            };
            let source = first(
                "SELECT next_visit FROM source WHERE next_visit IS NOT NULL AND lease_until <= ? ORDER BY next_visit LIMIT 1",
            )?;
            let page = first("SELECT due FROM page WHERE lease_until <= ? ORDER BY due LIMIT 1")?;
            let file = first("SELECT due FROM file WHERE due IS NOT NULL AND lease_until <= ? ORDER BY due LIMIT 1")?;
            Ok(source.into_iter().chain(page).chain(file).min().map(moment))
        })
    }

    /// All sources of the catalogue, by id.
    pub fn sources(&self) -> Result<Vec<SourceRecord>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT spec, state, items, newest FROM source WHERE listed = 1 ORDER BY id",
                )?
                .query_map([], record_of)?
                .collect()
        })
    }

    /// Sources that are no longer in the catalogue, by id.
    pub fn unlisted_sources(&self) -> Result<Vec<SourceRecord>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT spec, state, items, newest FROM source WHERE listed = 0 ORDER BY id",
                )?
                .query_map([], record_of)?
                .collect()
        })
    }

    /// One source, also one that is no longer in the catalogue.
    pub fn source(&self, id: &SourceId) -> Result<Option<SourceRecord>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT spec, state, items, newest FROM source WHERE id = ?")?
                .query_row([id.as_str()], record_of)
                .optional()
        })
    }

    /// The latest visits to a source, newest first.
    pub fn visits(&self, id: &SourceId, most: usize) -> Result<Vec<VisitLog>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT log FROM visit WHERE source = ? ORDER BY id DESC LIMIT ?")?
                .query_map(params![id.as_str(), most as i64], |row| json(row, 0))?
                .collect()
        })
    }

    /// How many of what.
    pub fn counts(&self, now: Timestamp) -> Result<Counts, StoreError> {
        self.read(|connection| {
            let mut counts = connection
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(items), 0), coalesce(sum(next_visit <= ?), 0), \
                     coalesce(sum(phase = 'failing'), 0), coalesce(sum(visited = 0 AND next_visit IS NOT NULL), 0) \
                     FROM source WHERE listed = 1",
                )?
                .query_row([millis(now)], |row| {
                    Ok(Counts {
                        sources: unsigned(row, 0)?,
                        items: unsigned(row, 1)?,
                        due: unsigned(row, 2)?,
                        failing: unsigned(row, 3)?,
                        unvisited: unsigned(row, 4)?,
                        pages: 0,
                    })
                })?;
            counts.pages = connection
                .prepare_cached("SELECT count(*) FROM page")?
                .query_row([], |row| unsigned(row, 0))?;
            Ok(counts)
        })
    }
}

/// Makes the catalogue this one.
pub(super) fn set_all(
    connection: &Connection,
    sources: &[Source],
    now: Timestamp,
) -> Result<(), Refusal> {
    let mut listed = HashSet::new();
    for source in sources {
        set_source(connection, source, now)?;
        listed.insert(source.id.as_str());
    }
    let all: Vec<String> = connection
        .prepare("SELECT id FROM source WHERE listed = 1")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in all.iter().filter(|id| !listed.contains(id.as_str())) {
        connection
            .prepare_cached(
                "UPDATE source SET listed = 0, next_visit = NULL, token = token + 1 WHERE id = ?",
            )?
            .execute([id])?;
        connection
            .prepare_cached("DELETE FROM page WHERE source = ?")?
            .execute([id])?;
        pushes::end(connection, id, now)?;
        pushes::throw_away(connection, id)?;
    }
    Ok(())
}

fn set_source(connection: &Connection, source: &Source, now: Timestamp) -> Result<(), Refusal> {
    let old: Option<(String, String, bool)> = connection
        .prepare_cached("SELECT spec, state, listed FROM source WHERE id = ?")?
        .query_row([source.id.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let spec = to_json(source)?;
    let mut state = match &old {
        Some((_, state, _)) => {
            serde_json::from_str(state).unwrap_or_else(|_| SourceState::new(now))
        }
        None => SourceState::new(now),
    };
    let old_spec: Option<Source> = old
        .as_ref()
        .and_then(|(spec, _, _)| serde_json::from_str(spec).ok());
    let findings = state.findings.clone();
    if matches!(&old, Some((old_spec, _, true)) if *old_spec == spec)
        && source.paused == matches!(state.phase, Phase::Paused)
    {
        return Ok(());
    }
    if let Some(old) = &old_spec
        && (old.url != source.url || old.feed != source.feed)
    {
        // Another address: what was learnt of the old one does not hold there.
        state = SourceState {
            last_new: state.last_new,
            rhythm: state.rhythm,
            visits: state.visits,
            ..SourceState::new(now)
        };
    }
    if source.paused || source.url.is_none() {
        // Nobody looks any more whether anything is still the matter with it.
        state.findings.clear();
        state.phase = Phase::Paused;
    } else if matches!(state.phase, Phase::Paused) {
        state.phase = Phase::New;
        state.next_visit = now;
    }
    let next = (!matches!(state.phase, Phase::Paused)).then_some(millis(state.next_visit));
    connection
        .prepare_cached(
            "INSERT INTO source (id, listed, name, country, role, private, spec, state, phase, visited, next_visit) \
             VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9) \
             ON CONFLICT (id) DO UPDATE SET listed = 1, name = ?2, country = ?3, role = ?4, private = ?5, spec = ?6, state = ?7, phase = ?8, \
             next_visit = ?9, token = token + 1, lease_until = 0",
        )?
        .execute(params![
            source.id.as_str(),
            source.name,
            source.country.as_str(),
            source.role.as_str(),
            source.private,
            spec,
            to_json(&state)?,
            state.phase.word(),
            next
        ])?;
    happenings::note(
        connection,
        &source.id,
        &turned(&findings, &state.findings),
        now,
    )?;
    pushes::follow(connection, &source.id, &state, now)?;
    let shows = |source: &Source| {
        (
            source.name.clone(),
            source.country,
            source.role,
            source.private,
        )
    };
    if old_spec.is_some_and(|old| shows(&old) != shows(source)) {
        renumber(connection, &source.id)?;
    }
    Ok(())
}

/// Gives all items of a source new change numbers.
fn renumber(connection: &Connection, source: &SourceId) -> rusqlite::Result<()> {
    let ids: Vec<i64> = connection
        .prepare_cached("SELECT id FROM item WHERE source = ? ORDER BY seq")?
        .query_map([source.as_str()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached("UPDATE item SET seq = ? WHERE id = ?")?;
    let mut tally = Tally::begin(connection)?;
    for id in ids {
        statement.execute(params![tally.next_seq().0.cast_signed(), id])?;
    }
    tally.end(connection, source)
}

/// Sources that are due and that nobody has, the longest due first.
fn due(connection: &Connection, now: Timestamp, most: usize) -> rusqlite::Result<Vec<SourceId>> {
    connection
        .prepare_cached(
            "SELECT id FROM source WHERE next_visit <= ?1 AND lease_until <= ?1 ORDER BY next_visit LIMIT ?2",
        )?
        .query_map(
            params![millis(now), i64::try_from(most).unwrap_or(i64::MAX)],
            |row| super::rows::word(row, 0),
        )?
        .collect()
}

fn take(
    connection: &Connection,
    id: &SourceId,
    now: Timestamp,
    lease: Duration,
) -> rusqlite::Result<Option<Lease>> {
    let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
    let lease = connection
        .prepare_cached(
            "UPDATE source SET lease_until = ?1, token = token + 1 WHERE id = ?2 AND next_visit IS NOT NULL AND lease_until <= ?3 \
             RETURNING spec, state, token",
        )?
        .query_row(params![millis(until), id.as_str(), millis(now)], |row| {
            Ok(Lease {
                source: json(row, 0)?,
                state: json(row, 1)?,
                token: unsigned(row, 2)?,
                pushed_until: None,
            })
        })
        .optional()?;
    let Some(mut lease) = lease else {
        return Ok(None);
    };
    lease.pushed_until = pushes::until(connection, id)?;
    Ok(Some(lease))
}

fn record_of(row: &Row<'_>) -> rusqlite::Result<SourceRecord> {
    Ok(SourceRecord {
        source: json(row, 0)?,
        state: json(row, 1)?,
        items: unsigned(row, 2)?,
        newest: maybe_at(row, 3)?,
    })
}
