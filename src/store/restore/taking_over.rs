//! What a store that was restored takes over from the one that it replaces.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, params};

use super::Outgoing;
use crate::store::brink::Brink;
use crate::store::rows::millis;
use crate::store::{StoreError, connection, outbox, schema};

/// What does not go back in time: who gets what and was told what, who may do what, and who did what.
const TAKEN_OVER: [&str; 12] = [
    "subscription",
    "search_digest",
    "staff",
    "pass",
    "member_key",
    "deed",
    "watch",
    "watch_found",
    "watch_calm",
    "bulletin",
    "matter",
    "happening",
];

/// Brings a copy of a store to the current format and makes it one of its own.
pub(super) fn renew(
    path: &Path,
    old: Option<&Path>,
    now: Timestamp,
) -> Result<Outgoing, StoreError> {
    let mut connection = connection::open_writing(path)?;
    schema::migrate(&mut connection, path)?;
    let wrap = |error| StoreError::from_sqlite(error, path);
    let taken_over = match old {
        Some(dir) => match take_over(&connection, dir, now) {
            Ok(()) => true,
            Err(error) => {
                tracing::info!(%error, "the store that is replaced does not say what has left since");
                false
            }
        },
        None => false,
    };
    if !taken_over {
        presume(&connection, now).map_err(wrap)?;
    }
    connection
        .execute_batch(
            "UPDATE head SET generation = lower(hex(randomblob(8)));
             PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;",
        )
        .map_err(wrap)?;
    Ok(if taken_over {
        Outgoing::Known
    } else {
        Outgoing::Presumed
    })
}

/// Without the store that is replaced there is no telling what has left since the copy was taken. Nothing is delivered twice:
/// all that waited is taken for sent, and editions that ended before this moment are nobody's mail any more.
fn presume(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute(
        "UPDATE outbox SET due = NULL, done = ?, state = 'sent', body = 'null', note = 'presumed' WHERE due IS NOT NULL",
        [millis(now)],
    )?;
    transaction.execute(
        "UPDATE subscription SET since = max(coalesce(since, 0), ?) WHERE state = 'active'",
        [millis(now)],
    )?;
    // Whoever signed out since then must not be signed in again.
    if has_table(&transaction, "pass")? {
        transaction.execute("DELETE FROM pass WHERE kind <> 'token'", [])?;
    }
    transaction.commit()
}

/// What has left, who gets what and who may do what is as the store that is replaced says: that does not go back in time.
/// Who unsubscribed after the copy was taken stays unsubscribed, and a token that was revoked stays so.
fn take_over(connection: &Connection, dir: &Path, now: Timestamp) -> Result<(), StoreError> {
    let path = dir.join("vesti.db");
    let wrap = |error| StoreError::from_sqlite(error, &path);
    {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let old = Connection::open_with_flags(&path, flags).map_err(wrap)?;
        if schema::format_of(&old).map_err(wrap)? != schema::FORMAT {
            return Err(StoreError::Other("it is of another format".into()));
        }
        let brink = Brink::open(dir).map_err(|error| StoreError::from_io(&error, dir))?;
        outbox::resolve(&old, &brink).map_err(wrap)?;
    }
    let named = path
        .to_str()
        .ok_or_else(|| StoreError::Other(format!("{} is not UTF-8", path.display())))?;
    connection
        .execute("ATTACH ? AS old", params![named])
        .map_err(wrap)?;
    let taken = take_over_attached(connection, now);
    let detached = connection.execute_batch("DETACH old");
    taken.and(detached).map_err(wrap)
}

fn take_over_attached(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(
        "UPDATE main.outbox SET due = NULL, done = posted, state = 'sent', body = 'null', note = 'left after the backup'
         WHERE due IS NOT NULL AND key NOT IN (SELECT key FROM old.outbox WHERE due IS NOT NULL);
         INSERT OR IGNORE INTO main.outbox (channel, key, body, posted, due, tries, done, state, note)
         SELECT channel, key, 'null', posted, NULL, tries, done, state, note FROM old.outbox WHERE due IS NULL;
         INSERT OR IGNORE INTO main.edition SELECT * FROM old.edition;
         INSERT OR IGNORE INTO main.delivered SELECT * FROM old.delivered;",
    )?;
    // Editions and watches say up to which change they have looked: what is read anew has to come after that. The stone is
    // there for whoever follows the store, who looks for its last change.
    transaction.execute(
        "UPDATE main.head SET seq = max(seq, (SELECT seq FROM old.head)) + 1",
        [],
    )?;
    transaction.execute(
        "INSERT INTO main.stone (seq, item, at) SELECT seq, 0, ? FROM main.head",
        [millis(now)],
    )?;
    for table in TAKEN_OVER {
        if has_table(&transaction, table)? {
            transaction.execute_batch(&format!(
                "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM old.{table};"
            ))?;
        }
    }
    transaction.commit()
}

fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    connection
        .prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?")?
        .exists([name])
}
