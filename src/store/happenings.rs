//! What happened to sources: findings that began or ended, and what staff does about them.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use url::Url;

use crate::domain::{
    Finding, Happening, Memory, Phase, SourceId, SourceState, Symptom, Turn, Validators, Way,
    turned,
};

use super::audit::{self, Deed, Did};
use super::pushes;
use super::rows::{at, json, millis, to_json, unsigned, word};
use super::{Store, StoreError};

/// Happenings are kept for two years.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 731);

impl Store {
    /// The latest happenings, of one source or of all, the newest first; `before` a number, where it is given.
    pub fn happenings(
        &self,
        source: Option<&SourceId>,
        before: Option<u64>,
        most: usize,
    ) -> Result<Vec<Happening>, StoreError> {
        let before = before.map_or(i64::MAX, u64::cast_signed);
        self.read(|connection| match source {
            Some(source) => connection
                .prepare_cached(
                    "SELECT number, at, source, turn, finding FROM happening WHERE source = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3",
                )?
                .query_map(params![source.as_str(), before, most as i64], happening)?
                .collect(),
            None => connection
                .prepare_cached(
                    "SELECT number, at, source, turn, finding FROM happening WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
                )?
                .query_map(params![before, most as i64], happening)?
                .collect(),
        })
    }

    /// The happenings after a number, the oldest first: for whoever tells of them.
    pub fn happenings_after(&self, number: u64, most: usize) -> Result<Vec<Happening>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT number, at, source, turn, finding FROM happening WHERE number > ?1 ORDER BY number LIMIT ?2",
                )?
                .query_map(params![number.cast_signed(), most as i64], happening)?
                .collect()
        })
    }

    /// Forgets happenings of more than two years ago; says how many.
    pub async fn forget_happenings(&self, now: Timestamp) -> Result<usize, StoreError> {
        let until = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
        self.write(move |connection| {
            Ok(connection.execute("DELETE FROM happening WHERE at < ?", [millis(until)])?)
        })
        .await
    }

    /// Undoes what vesti did about a source: it is read again as it was before, at once, and the way that was undone is not chosen
    /// again. `number` names the happening; without one, the latest that can be undone is. Gives what was undone; `None` where
    /// there is nothing to undo.
    pub async fn undo(
        &self,
        source: &SourceId,
        number: Option<u64>,
        who: &str,
        now: Timestamp,
    ) -> Result<Option<Finding>, StoreError> {
        let wanted = number
            .map(|number| self.happening(number))
            .transpose()?
            .flatten();
        if number.is_some()
            && wanted
                .as_ref()
                .is_none_or(|wanted| wanted.source != *source)
        {
            return Ok(None);
        }
        self.change(source, (who, Did::WayUndone), now, move |state| {
            let place = state.findings.iter().rposition(|finding| {
                is_deed(&finding.symptom)
                    && wanted
                        .as_ref()
                        .is_none_or(|wanted| wanted.finding.symptom.is_same(&finding.symptom))
            })?;
            let finding = state.findings.remove(place);
            let (from, to) = match finding.symptom.clone() {
                Symptom::ReadAnew { from, to, .. } => (from, to),
                Symptom::Moved { from, to } => ((state.way, from), (state.way, to)),
                _ => return None,
            };
            read_as(state, from);
            state.memory.refuse(to.0, to.1);
            Some(finding)
        })
        .await
    }

    /// Looks for the best way to read a source anew, at the next visit, which is due at once; forgets what was refused. Says whether
    /// there is such a source.
    pub async fn look_again(
        &self,
        source: &SourceId,
        who: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = self
            .change(source, (who, Did::LookedAgain), now, |state| {
                state.address = None;
                state.way = Way::default();
                state.compared = None;
                state.moving = None;
                state.listed = 0;
                state.memory.refused.clear();
                state.memory.site = None;
                state.memory.fewer = None;
                state.memory.lists = 0.0;
                forget_copy(state);
                Some(())
            })
            .await?;
        Ok(done.is_some())
    }

    /// Takes what a source writes for its own, whatever vesti thought of it: its languages are learnt anew, and what was kept aside
    /// is read at the next visit, which is due at once. Says whether there is such a source.
    pub async fn trust(
        &self,
        source: &SourceId,
        who: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = self
            .change(source, (who, Did::Trusted), now, move |state| {
                state.memory = Memory {
                    languages: Vec::new(),
                    usual: Vec::new(),
                    suspect: None,
                    fewer: None,
                    lists: 0.0,
                    trusted: Some(now),
                    ..std::mem::take(&mut state.memory)
                };
                state.findings.retain(|finding| {
                    !matches!(
                        finding.symptom,
                        Symptom::OtherLanguage { .. }
                            | Symptom::OtherSubject { .. }
                            | Symptom::Redesigned { .. }
                    )
                });
                forget_copy(state);
                Some(())
            })
            .await?;
        Ok(done.is_some())
    }

    /// Takes note that what vesti did about a source is well: it is no longer among its findings, and not undone any more.
    pub async fn confirm_deeds(
        &self,
        source: &SourceId,
        who: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = self
            .change(source, (who, Did::DeedsConfirmed), now, |state| {
                let before = state.findings.len();
                state.findings.retain(|finding| !is_deed(&finding.symptom));
                (state.findings.len() < before).then_some(())
            })
            .await?;
        Ok(done.is_some())
    }

    fn happening(&self, number: u64) -> Result<Option<Happening>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT number, at, source, turn, finding FROM happening WHERE number = ?",
                )?
                .query_row([number.cast_signed()], happening)
                .optional()
        })
    }

    /// Changes the state of a source between visits, notes who did it, and has it visited at once. A visit under way is not recorded. `None` from
    /// `change` changes nothing.
    async fn change<T: Send + 'static>(
        &self,
        source: &SourceId,
        (who, what): (&str, Did),
        now: Timestamp,
        change: impl FnOnce(&mut SourceState) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let deed = Deed {
            who: who.to_owned(),
            what,
            about: source.to_string(),
            detail: String::new(),
        };
        let source = source.clone();
        let done = self
            .write(move |connection| {
                let state: Option<SourceState> = connection
                    .prepare_cached("SELECT state FROM source WHERE id = ? AND listed = 1")?
                    .query_row([source.as_str()], |row| json(row, 0))
                    .optional()?;
                let Some(mut state) = state else {
                    return Ok(None);
                };
                let before = state.findings.clone();
                let Some(done) = change(&mut state) else {
                    return Ok(None);
                };
                let paused = matches!(state.phase, Phase::Paused);
                state.next_visit = now;
                connection
                    .prepare_cached(
                        "UPDATE source SET state = ?2, next_visit = ?3, token = token + 1, lease_until = 0 WHERE id = ?1",
                    )?
                    .execute(params![
                        source.as_str(),
                        to_json(&state)?,
                        (!paused).then_some(millis(now))
                    ])?;
                note(connection, &source, &turned(&before, &state.findings), now)?;
                pushes::follow(connection, &source, &state, now)?;
                audit::note(connection, &deed, now)?;
                Ok(Some(done))
            })
            .await?;
        self.tell_pushes();
        self.tell_sources();
        Ok(done)
    }
}

/// Writes down what turned, in the transaction that made it turn.
pub(super) fn note(
    connection: &Connection,
    source: &SourceId,
    turns: &[(Turn, Finding)],
    now: Timestamp,
) -> rusqlite::Result<()> {
    for (turn, finding) in turns {
        connection
            .prepare_cached(
                "INSERT INTO happening (at, source, turn, finding) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![
                millis(now),
                source.as_str(),
                turn.word(),
                to_json(finding)?
            ])?;
    }
    Ok(())
}

fn is_deed(symptom: &Symptom) -> bool {
    matches!(symptom, Symptom::ReadAnew { .. } | Symptom::Moved { .. })
}

fn read_as(state: &mut SourceState, (way, address): (Way, Url)) {
    state.way = way;
    state.address = Some(address);
    state.moving = None;
    state.listed = 0;
    state.memory.site = None;
    state.memory.fewer = None;
    state.memory.lists = 0.0;
    forget_copy(state);
}

/// The next visit fetches the whole document and reads it, whatever it was before.
fn forget_copy(state: &mut SourceState) {
    state.validators = Validators::default();
    state.body_hash = None;
    state.last_full = None;
}

fn happening(row: &rusqlite::Row<'_>) -> rusqlite::Result<Happening> {
    Ok(Happening {
        number: unsigned(row, 0)?,
        at: at(row, 1)?,
        source: word(row, 2)?,
        turn: match row.get_ref(3)?.as_str()? {
            "began" => Turn::Began,
            _ => Turn::Ended,
        },
        finding: json(row, 4)?,
    })
}
