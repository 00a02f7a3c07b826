//! Values to columns and back.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::Arrival;

/// A moment as milliseconds since 1970.
pub(super) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// A moment from its column; what lies outside the calendar becomes its end.
pub(super) fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// A column that holds a number below 2^63.
pub(super) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

/// A column that holds a moment.
pub(super) fn at(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(moment)
}

/// A column that may hold a moment.
pub(super) fn maybe_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(moment))
}

/// A column that holds a word of ours.
pub(super) fn word<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error| damaged(column, error))
}

/// A column that may hold a word of ours.
pub(super) fn maybe_word<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    match row.get_ref(column)?.as_str_or_null()? {
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|error| damaged(column, error)),
        None => Ok(None),
    }
}

/// A column that holds JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| damaged(column, error))
}

/// A column that may hold JSON.
pub(super) fn maybe_json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    match row.get_ref(column)?.as_str_or_null()? {
        Some(text) => serde_json::from_str(text)
            .map(Some)
            .map_err(|error| damaged(column, error)),
        None => Ok(None),
    }
}

/// JSON for a column.
pub(super) fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn damaged(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

/// How an item came to us, as the column `archive` holds it: 0, 1, 2.
pub(super) fn arrival(row: &Row<'_>, index: usize) -> rusqlite::Result<Arrival> {
    Ok(match row.get::<_, i64>(index)? {
        0 => Arrival::News,
        1 => Arrival::Old,
        _ => Arrival::Backfill,
    })
}

/// The same, the other way.
pub(super) fn arrival_code(arrival: Arrival) -> i64 {
    match arrival {
        Arrival::News => 0,
        Arrival::Old => 1,
        Arrival::Backfill => 2,
    }
}
