//! The numbers that a whole store, or a whole source, has: changes, live items, the newest of these.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::domain::{Seq, SourceId};

use super::rows::{millis, unsigned};

/// What a job adds to the numbers that are kept once a store or once a source: written once, not once an item.
pub(super) struct Tally {
    before: u64,
    seq: u64,
    more: i64,
    newest: Option<Timestamp>,
}

impl Tally {
    pub(super) fn begin(connection: &Connection) -> rusqlite::Result<Self> {
        let seq = connection
            .prepare_cached("SELECT seq FROM head")?
            .query_row([], |row| unsigned(row, 0))?;
        Ok(Self {
            before: seq,
            seq,
            more: 0,
            newest: None,
        })
    }

    /// The next change number.
    pub(super) fn next_seq(&mut self) -> Seq {
        self.seq += 1;
        Seq(self.seq)
    }

    /// So many live items more, and when the newest of them is of.
    pub(super) fn count(&mut self, more: i64, newest: Option<Timestamp>) {
        self.more += more;
        self.newest = self.newest.max(newest);
    }

    /// Ends where no source has more or fewer items than before.
    pub(super) fn end_alone(self, connection: &Connection) -> rusqlite::Result<()> {
        if self.seq > self.before {
            connection
                .prepare_cached("UPDATE head SET seq = ?")?
                .execute([self.seq.cast_signed()])?;
        }
        Ok(())
    }

    pub(super) fn end(self, connection: &Connection, source: &SourceId) -> rusqlite::Result<()> {
        let (more, newest) = (self.more, self.newest);
        self.end_alone(connection)?;
        if more != 0 || newest.is_some() {
            connection
                .prepare_cached(
                    "UPDATE source SET items = max(0, items + ?1), newest = max(coalesce(newest, ?2), coalesce(?2, newest)) WHERE id = ?3",
                )?
                .execute(params![more, newest.map(millis), source.as_str()])?;
        }
        Ok(())
    }
}
