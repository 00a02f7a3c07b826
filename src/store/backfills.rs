//! Archives of sources, read backwards.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::domain::{SourceId, Understood};

use super::items::item_by_key;
use super::record::insert;
use super::rows::{json, maybe_at, to_json};
use super::tally::Tally;
use super::{Backfill, Recorded, Store, StoreError};

impl Store {
    /// How far back the archive of a source was read, where that was begun and not yet ended.
    pub fn backfill(&self, source: &SourceId) -> Result<Option<Backfill>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT progress FROM backfill WHERE source = ?")?
                .query_row([source.as_str()], |row| json(row, 0))
                .optional()
        })
    }

    /// Records what a document of the archive held and how far the reading has come, at once or not at all. Only items that
    /// are not known are added; `progress.added` is counted here.
    pub async fn record_backfill(
        &self,
        source: &SourceId,
        items: Arc<Vec<Understood>>,
        mut progress: Backfill,
        now: Timestamp,
    ) -> Result<(Backfill, Recorded), StoreError> {
        let source = source.clone();
        self.write(move |connection| {
            let mut recorded = Recorded::default();
            let mut tally = Tally::begin(connection)?;
            // What has no date is older than all that was read before.
            let oldest = connection
                .prepare_cached("SELECT min(sort_at) FROM item WHERE source = ? AND withdrawn IS NULL")?
                .query_row([source.as_str()], |row| maybe_at(row, 0))?
                .unwrap_or(now);
            'items: for item in items.iter() {
                for key in &item.keys {
                    if item_by_key(connection, &source, key)?.is_some() {
                        continue 'items;
                    }
                }
                let (id, seq) = insert(connection, &source, item, Some(oldest), now, &mut tally)?;
                recorded.inserted.push(id);
                recorded.seq = Some(seq);
            }
            tally.end(connection, &source)?;
            progress.added += recorded.inserted.len() as u32;
            connection
                .prepare_cached("INSERT INTO backfill (source, progress) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET progress = ?2")?
                .execute(params![source.as_str(), to_json(&progress)?])?;
            Ok((progress.clone(), recorded))
        })
        .await
    }

    /// Forgets how far the archive of a source was read: the next reading begins anew.
    pub async fn forget_backfill(&self, source: &SourceId) -> Result<(), StoreError> {
        let source = source.clone();
        self.write(move |connection| {
            connection
                .prepare_cached("DELETE FROM backfill WHERE source = ?")?
                .execute([source.as_str()])?;
            Ok(())
        })
        .await
    }
}
