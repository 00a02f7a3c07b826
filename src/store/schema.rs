//! How an older store becomes a current one.

mod steps;

use std::path::Path;

use rusqlite::Connection;

use super::StoreError;
use steps::STEPS;

/// The step that has a text in it, for tests that go back before it.
#[cfg(test)]
pub(super) fn step_with(text: &str) -> Option<&'static str> {
    STEPS.iter().copied().find(|step| step.contains(text))
}

/// The format that this vesti writes.
pub(super) const FORMAT: u32 = STEPS.len() as u32;

/// Brings a store to the current format, or refuses one from the future. A kill between two steps is as good as none: the
/// format is written in the transaction of its step.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found = known(connection, path)?;
    for (index, step) in STEPS.iter().enumerate().skip(found as usize) {
        apply(connection, index, step, path)?;
    }
    Ok(())
}

/// The format of a store, which is refused where it is from the future.
pub(super) fn known(connection: &Connection, path: &Path) -> Result<u32, StoreError> {
    let found = format_of(connection).map_err(|error| StoreError::from_sqlite(error, path))?;
    if found > FORMAT {
        return Err(StoreError::TooNew {
            found,
            known: FORMAT,
        });
    }
    Ok(found)
}

fn apply(
    connection: &mut Connection,
    index: usize,
    step: &str,
    path: &Path,
) -> Result<(), StoreError> {
    let wrap = |error| StoreError::from_sqlite(error, path);
    {
        let transaction = connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(wrap)?;
        transaction.execute_batch(step).map_err(wrap)?;
        transaction
            .pragma_update(None, "user_version", (index + 1) as i64)
            .map_err(wrap)?;
        transaction.commit().map_err(wrap)?;
    }
    Ok(())
}

/// Refuses what a reader, which changes nothing, cannot read.
pub(super) fn check(format: u32) -> Result<(), StoreError> {
    match format.cmp(&FORMAT) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(StoreError::TooOld {
            found: format,
            known: FORMAT,
        }),
        std::cmp::Ordering::Greater => Err(StoreError::TooNew {
            found: format,
            known: FORMAT,
        }),
    }
}

/// The step that holds this.
#[cfg(test)]
pub(super) fn step_of(text: &str) -> &'static str {
    STEPS.iter().find(|step| step.contains(text)).unwrap()
}

/// The format that the step which holds this leads to.
#[cfg(test)]
pub(super) fn place_of(text: &str) -> u32 {
    let place = STEPS.iter().position(|step| step.contains(text)).unwrap();
    place as u32 + 1
}

/// Takes the one step that leads to a format.
#[cfg(test)]
pub(super) fn step_to(connection: &Connection, format: u32) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN; {} PRAGMA user_version = {format}; COMMIT;",
        STEPS[format as usize - 1]
    ))
}

/// The format that a store is of; 0 where it is empty.
pub(super) fn format_of(connection: &Connection) -> rusqlite::Result<u32> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stores of these formats are out there: their steps are as they were, for ever.
    #[test]
    fn no_step_that_was_shipped_has_changed() {
        let marks: Vec<String> = STEPS
            .iter()
            .take(SHIPPED.len())
            .map(|step| {
                let digest = ring::digest::digest(&ring::digest::SHA256, step.as_bytes());
                let start = &digest.as_ref()[..4];
                let number = start
                    .iter()
                    .fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
                format!("{number:08x}")
            })
            .collect();
        assert_eq!(marks, SHIPPED);
    }

    const SHIPPED: [&str; 10] = [
        "52dd4f0b", "88a2889f", "9a477dfd", "4238340b", "0c0fc03b", "807e6c9e", "28dbec9f",
        "c8add6a4", "4845b2c9", "9816e4b2",
    ];
}
