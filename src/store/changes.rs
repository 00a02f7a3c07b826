//! What changed since: the one question that the index, digests and watches ask.

use crate::domain::{ItemId, ItemState, Seq};

use super::items::{ITEM, item_of};
use super::rows::unsigned;
use super::{Change, Store, StoreError};

impl Store {
    /// What changed after `at`, oldest first, at most `most`. Items come whole (with text).
    /// An item that changed twice comes once, as it is now; an item of a private source is as good as removed, and so is one that was forgotten.
    pub fn changes_after(&self, at: Seq, most: usize) -> Result<Vec<Change>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached(&format!("{ITEM} WHERE i.seq > ? ORDER BY i.seq LIMIT ?"))?;
            let rows = statement.query_map([at.0.cast_signed(), most as i64], |row| {
                let (item, private) = item_of(row)?;
                Ok(if private || item.state != ItemState::Live {
                    Change::Removed {
                        id: item.id,
                        seq: item.seq,
                    }
                } else {
                    Change::Item(item)
                })
            })?;
            let mut changes: Vec<Change> = rows.collect::<rusqlite::Result<_>>()?;
            let forgotten = connection
                .prepare_cached("SELECT item, seq FROM stone WHERE seq > ? ORDER BY seq LIMIT ?")?
                .query_map([at.0.cast_signed(), most as i64], |row| {
                    Ok(Change::Removed {
                        id: ItemId::new(unsigned(row, 0)?),
                        seq: Seq(unsigned(row, 1)?),
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            if !forgotten.is_empty() {
                changes.extend(forgotten);
                changes.sort_by_key(number);
                changes.truncate(most);
            }
            Ok(changes)
        })
    }
}

fn number(change: &Change) -> Seq {
    match change {
        Change::Item(item) => item.seq,
        Change::Removed { seq, .. } => *seq,
    }
}
