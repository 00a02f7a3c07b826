//! What people decided about sources in the browser, kept apart from what the file says, and one source becoming part of
//! another.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::watch;

use crate::domain::{Draft, Item, Managed, Source, SourceId};
use crate::understanding::identity::{self, Shared};

use super::items::{ITEM, item_of};
use super::rows::{json, to_json};
use super::sources::set_all;
use super::tally::Tally;
use super::writer::Refusal;
use super::{Deed, Did, Store, StoreError, audit, pushes};

/// What becomes of the catalogue, at once or not at all.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// Decisions that are new, or take the place of earlier ones about the same source.
    pub keep: Vec<Managed>,
    /// Decisions to forget.
    pub forget: Vec<SourceId>,
    /// The first becomes part of the second.
    pub merge: Option<(SourceId, SourceId)>,
    /// The whole catalogue as it is to be then.
    pub sources: Vec<Source>,
    /// For the log of who changed what; `None` where nobody did.
    pub deed: Option<Deed>,
}

impl Store {
    /// All decisions, by source.
    pub fn managed(&self) -> Result<Vec<Managed>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT decision FROM managed ORDER BY source")?
                .query_map([], |row| json(row, 0))?
                .collect()
        })
    }

    /// Records decisions, moves items where sources are merged, and makes the catalogue what it is then.
    pub async fn decide(&self, decided: Decided, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            for id in &decided.forget {
                connection
                    .prepare_cached("DELETE FROM managed WHERE source = ?")?
                    .execute([id.as_str()])?;
            }
            for decision in &decided.keep {
                connection
                    .prepare_cached(
                        "INSERT INTO managed (source, decision) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET decision = ?2",
                    )?
                    .execute(params![decision.source.id.as_str(), to_json(decision)?])?;
            }
            if let Some((from, into)) = &decided.merge {
                merge(connection, from, into)?;
            }
            if let Some(deed) = &decided.deed {
                audit::note(connection, deed, now)?;
            }
            set_all(connection, &decided.sources, now)
        })
        .await?;
        self.tell_pushes();
        self.tell_sources();
        Ok(())
    }

    /// Has a source visited next, out of turn; says no where it is not visited at all. Who has it now keeps it.
    pub async fn make_due(
        &self,
        id: &SourceId,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, by) = (id.clone(), by.to_owned());
        let made = self
            .write(move |connection| {
                let visited = connection
                    .prepare_cached(
                        "SELECT 1 FROM source WHERE id = ? AND listed = 1 AND next_visit IS NOT NULL",
                    )?
                    .exists([id.as_str()])?;
                if visited {
                    pushes::hurry(connection, &id, now)?;
                    let deed = Deed {
                        who: by,
                        what: Did::SourceTried,
                        about: id.to_string(),
                        detail: String::new(),
                    };
                    audit::note(connection, &deed, now)?;
                }
                Ok(visited)
            })
            .await?;
        self.tell_sources();
        Ok(made)
    }

    /// Ticks when there may be a source to visit that was not due before.
    #[must_use]
    pub fn watch_sources(&self) -> watch::Receiver<u64> {
        self.inner.sources.subscribe()
    }

    pub(super) fn tell_sources(&self) {
        self.inner.sources.send_modify(|count| *count += 1);
    }
}

/// Makes the items of one source those of another: with new change numbers, so that the index follows, and with the keys
/// that the other would give them, so that they are known when it lists them too.
fn merge(connection: &Connection, from: &SourceId, into: &SourceId) -> Result<(), Refusal> {
    let url: Option<Source> = connection
        .prepare_cached("SELECT spec FROM source WHERE id = ?")?
        .query_row([into.as_str()], |row| json(row, 0))
        .optional()?;
    let Some(target) = url else {
        return Err(Refusal::Store(StoreError::Other(format!(
            "there is no source “{into}” to merge into"
        ))));
    };
    let rows: Vec<i64> = connection
        .prepare_cached("SELECT row FROM item WHERE source = ? ORDER BY seq")?
        .query_map([from.as_str()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut tally = Tally::begin(connection)?;
    for row in rows {
        let (item, _) = connection
            .prepare_cached(&format!("{ITEM} WHERE i.row = ?"))?
            .query_row([row], item_of)?;
        let mut keys =
            connection.prepare_cached("INSERT OR IGNORE INTO key (key, item) VALUES (?, ?)")?;
        for key in identity::keys(&drafted(&item), target.url.as_ref(), &Shared::default()) {
            keys.execute(params![
                &key.digest(into)[..16],
                item.id.get().cast_signed()
            ])?;
        }
        connection
            .prepare_cached("UPDATE item SET source = ?, seq = ? WHERE row = ?")?
            .execute(params![
                into.as_str(),
                tally.next_seq().0.cast_signed(),
                row
            ])?;
    }
    tally.end_alone(connection)?;
    for (sql, count) in [
        (
            "UPDATE page SET source = ?2, lease_until = 0, token = token + 1 WHERE source = ?1",
            2,
        ),
        // What was read in the one stream is read in the other, also where the other was read less far.
        (
            "INSERT OR IGNORE INTO reader_mark (reader, stream, pos, read) \
             SELECT r.id, ?1, e.pos, 1 FROM reader r \
             LEFT JOIN reader_through f ON f.reader = r.id AND f.stream = ?1 \
             LEFT JOIN reader_through t ON t.reader = r.id AND t.stream = ?2 \
             JOIN entry e ON e.stream = ?1 AND e.old = 0 \
             AND e.pos > max(r.floor, coalesce(t.pos, 0)) AND e.pos <= max(r.floor, coalesce(f.pos, 0))",
            2,
        ),
        (
            "UPDATE OR IGNORE reader_mark SET stream = ?2 WHERE stream = ?1",
            2,
        ),
        ("DELETE FROM reader_mark WHERE stream = ?1", 1),
        ("DELETE FROM reader_through WHERE stream = ?1", 1),
        ("DELETE FROM reader_feed WHERE stream = ?1", 1),
        ("UPDATE entry SET stream = ?2 WHERE stream = ?1", 2),
        (
            "UPDATE entry SET nth = n.nth FROM (SELECT pos, row_number() OVER (ORDER BY pos) AS nth FROM entry WHERE stream = ?1) n \
             WHERE entry.pos = n.pos",
            // Of the target alone.
            0,
        ),
        ("DELETE FROM backfill WHERE source = ?1", 1),
    ] {
        let mut statement = connection.prepare_cached(sql)?;
        match count {
            0 => statement.execute([into.as_str()])?,
            1 => statement.execute([from.as_str()])?,
            _ => statement.execute([from.as_str(), into.as_str()])?,
        };
    }
    for id in [from, into] {
        connection
            .prepare_cached(
                "UPDATE source SET items = (SELECT count(*) FROM item WHERE source = ?1 AND withdrawn IS NULL), \
                 newest = (SELECT max(sort_at) FROM item WHERE source = ?1 AND withdrawn IS NULL) WHERE id = ?1",
            )?
            .execute([id.as_str()])?;
    }
    Ok(())
}

/// What a source would give to make this item of.
fn drafted(item: &Item) -> Draft {
    Draft {
        guid: item.guid.clone(),
        url: Some(item.url.clone()),
        title: item.title.clone(),
        author: None,
        html: None,
        text: item.text.clone(),
        summary: None,
        published: item.published,
        precision: item.precision,
        updated: None,
        lang_hint: None,
        image: None,
        attachments: Vec::new(),
        categories: Vec::new(),
        partial: false,
    }
}
