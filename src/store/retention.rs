//! What is thrown away in time: a little at once, so that nobody waits for it, and so that whoever follows the store hears of it.
//!
//! An item that is forgotten leaves a *stone* with the number of that change: the index follows stones as it follows items. Stones
//! go after a month; an index that slept for longer is made anew. What an item was known by stays (some 30 bytes a key), so that it does not
//! come back as news while its source still lists it.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{millis, word};
use super::stories;
use super::tally::Tally;
use super::writer::Refusal;
use super::{Store, StoreError};
use crate::config::Retention;
use crate::domain::SourceId;

/// Most rows of a kind that one transaction takes out: some milliseconds.
const PORTION: i64 = 200;
/// Most items: they have more to them.
const ITEMS: i64 = 50;
/// For how long stones lie.
const STONES: SignedDuration = SignedDuration::from_hours(31 * 24);
/// Editions of a digest that stay, however old: by these it is known where it stands.
const EDITIONS: i64 = 10;
/// Under which keys it is noted how many versions are kept, and up to when texts of withdrawn items and of documents are gone.
pub(super) const VERSIONS: &str = "retention.versions";
const WITHDRAWN: &str = "retention.withdrawn";
const FILES: &str = "retention.files";

/// What one round took out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Items.
    pub items: usize,
    /// Texts of withdrawn items, and of documents.
    pub texts: usize,
    /// Records of visits.
    pub visits: usize,
    /// Earlier versions of items.
    pub versions: usize,
    /// Editions of digests.
    pub editions: usize,
    /// Stones of items that were forgotten.
    pub stones: usize,
}

impl Swept {
    /// All of it together.
    #[must_use]
    pub fn total(&self) -> usize {
        self.items + self.texts + self.visits + self.versions + self.editions + self.stones
    }

    /// Adds another round's.
    pub fn add(&mut self, more: Self) {
        self.items += more.items;
        self.texts += more.texts;
        self.visits += more.visits;
        self.versions += more.versions;
        self.editions += more.editions;
        self.stones += more.stones;
    }
}

impl Store {
    /// Takes out some of what is older than the rules say; nothing is left when the answer is all zeros.
    pub async fn sweep(&self, rules: &Retention, now: Timestamp) -> Result<Swept, StoreError> {
        let rules = rules.clone();
        self.write(move |connection| {
            let cut = |days: u32| {
                now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days)))
                    .unwrap_or(Timestamp::MIN)
            };
            let mut swept = Swept {
                visits: visits(connection, cut(rules.visits_days))?,
                versions: versions(connection, rules.versions)?,
                stones: stones(connection, now)?,
                ..Swept::default()
            };
            if let Some(days) = rules.withdrawn_days {
                swept.texts += withdrawn(connection, cut(days))?;
            }
            if let Some(days) = rules.files_days {
                swept.texts += files(connection, cut(days))?;
            }
            if let Some(days) = rules.editions_days {
                swept.editions = editions(connection, cut(days))?;
            }
            if let Some(days) = rules.items_days {
                swept.items = items(connection, cut(days), now)?;
            }
            Ok(swept)
        })
        .await
    }
}

/// They are numbered as they came, so that only the oldest are looked at.
fn visits(connection: &Connection, cut: Timestamp) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "DELETE FROM visit WHERE id IN (SELECT id FROM (SELECT id, at FROM visit ORDER BY id LIMIT ?2) WHERE at < ?1)",
        )?
        .execute(params![millis(cut), PORTION])
}

/// Whoever edits an item keeps no more versions than is noted; only where fewer are wanted than before are others looked for.
fn versions(connection: &Connection, most: u32) -> rusqlite::Result<usize> {
    let noted = kept_versions(connection)?;
    if noted == Some(most) {
        return Ok(0);
    }
    let gone = connection
        .prepare_cached(
            "DELETE FROM version WHERE (item, version) IN (SELECT v.item, v.version FROM version v JOIN item i ON i.id = v.item \
             WHERE v.version < i.version - ?1 LIMIT ?2)",
        )?
        .execute(params![most, PORTION])?;
    if gone == 0 {
        note(connection, VERSIONS, i64::from(most))?;
    }
    Ok(gone)
}

/// How many versions of an item are kept; `None` before anybody said.
pub(super) fn kept_versions(connection: &Connection) -> rusqlite::Result<Option<u32>> {
    Ok(noted(connection, VERSIONS)?.and_then(|most| u32::try_from(most).ok()))
}

/// What a source took back, a portion by moments, of which none is divided: its words go, the item stays, so that links to it say what became of it.
fn withdrawn(connection: &Connection, cut: Timestamp) -> rusqlite::Result<usize> {
    let through = noted(connection, WITHDRAWN)?.unwrap_or(i64::MIN);
    let found: Vec<(i64, i64, i64)> = connection
        .prepare_cached(
            "SELECT row, id, withdrawn FROM item WHERE withdrawn > ?1 AND withdrawn <= coalesce((SELECT withdrawn FROM item \
             WHERE withdrawn > ?1 AND withdrawn < ?2 ORDER BY withdrawn LIMIT 1 OFFSET ?3), ?2 - 1) AND withdrawn < ?2 ORDER BY withdrawn",
        )?
        .query_map(params![through, millis(cut), PORTION], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (row, id, _) in &found {
        connection
            .prepare_cached("UPDATE body SET text = '', html = NULL WHERE row = ?")?
            .execute([row])?;
        connection
            .prepare_cached("UPDATE item SET excerpt = '' WHERE row = ?")?
            .execute([row])?;
        for sql in [
            "DELETE FROM version WHERE item = ?",
            "UPDATE file SET text = '' WHERE item = ?",
        ] {
            connection.prepare_cached(sql)?.execute([id])?;
        }
    }
    if let Some((_, _, last)) = found.last() {
        note(connection, WITHDRAWN, *last)?;
    }
    Ok(found.len())
}

/// The texts of documents; their names and addresses stay.
fn files(connection: &Connection, cut: Timestamp) -> Result<usize, Refusal> {
    let through = noted(connection, FILES)?.unwrap_or(i64::MIN);
    let found: Vec<(i64, i64)> = connection
        .prepare_cached(
            "SELECT id, sort_at FROM item WHERE sort_at > ?1 AND sort_at <= coalesce((SELECT sort_at FROM item \
             WHERE sort_at > ?1 AND sort_at < ?2 ORDER BY sort_at LIMIT 1 OFFSET ?3), ?2 - 1) AND sort_at < ?2 ORDER BY sort_at",
        )?
        .query_map(params![through, millis(cut), PORTION], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut tally = Tally::begin(connection)?;
    let mut emptied = 0;
    for (id, _) in &found {
        let changed = connection
            .prepare_cached("UPDATE file SET text = '' WHERE item = ? AND text <> ''")?
            .execute([id])?;
        if changed > 0 {
            emptied += changed;
            // The index has these words.
            connection
                .prepare_cached("UPDATE item SET seq = ? WHERE id = ?")?
                .execute(params![tally.next_seq().0.cast_signed(), id])?;
        }
    }
    tally.end_alone(connection)?;
    if let Some((_, last)) = found.last() {
        note(connection, FILES, *last)?;
    }
    // Even where none of them had a document there may be more to look at.
    Ok(emptied.max(usize::from(!found.is_empty())))
}

fn editions(connection: &Connection, cut: Timestamp) -> rusqlite::Result<usize> {
    let old: Vec<(String, i64)> = connection
        .prepare_cached(
            "SELECT digest, ends FROM edition e WHERE ends < ?1 AND ends < \
             (SELECT ends FROM edition m WHERE m.digest = e.digest ORDER BY ends DESC LIMIT 1 OFFSET ?2) LIMIT ?3",
        )?
        .query_map(params![millis(cut), EDITIONS - 1, PORTION], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (digest, ends) in &old {
        connection
            .prepare_cached("DELETE FROM edition WHERE digest = ? AND ends = ?")?
            .execute(params![digest, ends])?;
        connection
            .prepare_cached(
                "UPDATE entry SET gone = 1 WHERE stream = 'digest/' || ?1 AND ends = ?2",
            )?
            .execute(params![digest, ends])?;
    }
    Ok(old.len())
}

/// Items whose date, deadline and event lie before the cut, and that nobody has starred.
fn items(connection: &Connection, cut: Timestamp, now: Timestamp) -> Result<usize, Refusal> {
    let found: Vec<(i64, i64, SourceId, bool)> = connection
        .prepare_cached(
            "SELECT i.row, i.id, i.source, i.withdrawn IS NULL FROM item i WHERE i.sort_at < ?1 \
             AND coalesce(json_extract(i.deadline, '$.at'), '') < ?2 \
             AND coalesce(json_extract(i.event, '$.end'), json_extract(i.event, '$.start'), '') < ?2 \
             AND NOT EXISTS (SELECT 1 FROM file f WHERE f.item = i.id AND json_extract(f.deadline, '$.at') >= ?2) \
             AND NOT EXISTS (SELECT 1 FROM entry e JOIN reader_star s ON s.pos = e.pos WHERE e.id = i.id) \
             ORDER BY i.sort_at LIMIT ?3",
        )?
        .query_map(params![millis(cut), cut.to_string(), ITEMS], |row| {
            Ok((row.get(0)?, row.get(1)?, word(row, 2)?, row.get(3)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (row, id, source, live) in &found {
        let mut tally = Tally::begin(connection)?;
        if *live {
            stories::take_out(connection, *row, &mut tally)?;
            tally.count(-1, None);
        }
        connection
            .prepare_cached("INSERT INTO stone (seq, item, at) VALUES (?, ?, ?)")?
            .execute(params![tally.next_seq().0.cast_signed(), id, millis(now)])?;
        tally.end(connection, source)?;
        for sql in [
            "DELETE FROM entry_topic WHERE pos = (SELECT pos FROM entry WHERE id = ?)",
            "UPDATE entry SET gone = 1 WHERE id = ?",
            "DELETE FROM version WHERE item = ?",
            "DELETE FROM page WHERE item = ?",
            "DELETE FROM file WHERE item = ?",
            "DELETE FROM calendar WHERE item = ?",
            "DELETE FROM item WHERE id = ?",
        ] {
            connection.prepare_cached(sql)?.execute([id])?;
        }
        for sql in [
            "DELETE FROM body WHERE row = ?",
            "DELETE FROM sketch WHERE row = ?",
        ] {
            connection.prepare_cached(sql)?.execute([row])?;
        }
    }
    if !found.is_empty() {
        let ids: Vec<i64> = found.iter().map(|(_, id, ..)| *id).collect();
        connection
            .prepare_cached("DELETE FROM delivered WHERE item IN (SELECT value FROM json_each(?))")?
            .execute([super::rows::to_json(&ids)?])?;
    }
    Ok(found.len())
}

/// Stones that have lain for long, but for one that is the last change of all, which followers look for. Whoever has not seen them by now has to begin anew.
fn stones(connection: &Connection, now: Timestamp) -> rusqlite::Result<usize> {
    let cut = now.saturating_sub(STONES).unwrap_or(Timestamp::MIN);
    let last: Option<i64> = connection
        .prepare_cached(
            "SELECT max(seq) FROM (SELECT seq, at FROM stone ORDER BY seq LIMIT ?2) WHERE at < ?1 AND seq < (SELECT seq FROM head)",
        )?
        .query_row(params![millis(cut), PORTION], |row| row.get(0))?;
    let Some(last) = last else {
        return Ok(0);
    };
    connection
        .prepare_cached("UPDATE head SET purged_through = max(purged_through, ?)")?
        .execute([last])?;
    connection
        .prepare_cached("DELETE FROM stone WHERE seq <= ?")?
        .execute([last])
}

fn noted(connection: &Connection, key: &str) -> rusqlite::Result<Option<i64>> {
    let text: Option<String> = connection
        .prepare_cached("SELECT text FROM note WHERE key = ?")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn note(connection: &Connection, key: &str, value: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO note (key, text) VALUES (?, ?)")?
        .execute(params![key, value.to_string()])?;
    Ok(())
}
