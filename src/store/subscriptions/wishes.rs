//! What becomes of a wish to get something by mail: asked to confirm, within limits that keep others from being bothered.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Granted, MailJob, SUBSCRIPTION, Standing, SubscriberId, Wish, left, subscription};
use crate::store::outbox::put;
use crate::store::rows::{millis, to_json};

/// Least time between two mails that ask for the same confirmation.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// Most subscriptions of one address that wait to be confirmed, so that nobody can be buried in such mails.
const MOST_ASKED: i64 = 5;
/// Most mails that ask for a confirmation, in an hour, to all addresses together.
const MOST_HOURLY: i64 = 200;

/// Notes a wish, and puts in the outbox the mail that asks for its confirmation.
pub(super) fn grant(
    connection: &Connection,
    wish: &Wish,
    now: Timestamp,
) -> rusqlite::Result<Granted> {
    let known = connection
        .prepare_cached(&format!("{SUBSCRIPTION} WHERE address = ? AND digest = ?"))?
        .query_row(params![wish.address, wish.digest.as_str()], subscription)
        .optional()?;
    let ago = |span| millis(now.saturating_sub(span).unwrap_or(Timestamp::MIN));
    if let Some(known) = &known {
        let mailed: i64 = connection
            .prepare_cached("SELECT mailed FROM subscription WHERE id = ?")?
            .query_row([known.id.0], |row| row.get(0))?;
        if mailed > ago(ASK_AGAIN) {
            return Ok(Granted::Patience);
        }
    }
    let count = |condition: &str, value: &dyn rusqlite::ToSql| -> rusqlite::Result<i64> {
        connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM subscription WHERE origin = 'reader' AND {condition}"
            ))?
            .query_row([value], |row| row.get(0))
    };
    let hourly = count("mailed > ?", &ago(SignedDuration::from_hours(1)))?;
    let asked = count("state = 'asked' AND address = ?", &wish.address)?;
    if hourly >= MOST_HOURLY || (known.is_none() && asked >= MOST_ASKED) {
        return Ok(Granted::TooMany);
    }
    let id = if let Some(known) = &known {
        // Who was refused mail and asks anew may try anew.
        connection
            .prepare_cached(
                "UPDATE subscription SET mailed = ?2, asked = CASE state WHEN 'active' THEN asked ELSE ?2 END, refusals = 0, lang = ?3, \
                 state = CASE state WHEN 'active' THEN 'active' ELSE 'asked' END WHERE id = ?1",
            )?
            .execute(params![known.id.0, millis(now), wish.lang.as_str()])?;
        known.id
    } else {
        if let Some(search) = &wish.search {
            connection
                .prepare_cached("INSERT OR IGNORE INTO search_digest (id, spec) VALUES (?, ?)")?
                .execute(params![search.id.as_str(), to_json(search)?])?;
        }
        // A recipient who had left and now asks is one like any other.
        connection
            .prepare_cached("DELETE FROM subscription WHERE address = ? AND digest = ?")?
            .execute(params![
                left(&wish.address, &wish.digest),
                wish.digest.as_str()
            ])?;
        connection
            .prepare_cached(
                "INSERT INTO subscription (token, address, digest, title, lang, origin, state, asked, mailed, refusals) \
                 VALUES (?, ?, ?, ?, ?, 'reader', 'asked', ?6, ?6, 0)",
            )?
            .execute(params![
                wish.token,
                wish.address,
                wish.digest.as_str(),
                wish.title,
                wish.lang.as_str(),
                millis(now)
            ])?;
        SubscriberId(connection.last_insert_rowid())
    };
    let active = known.is_some_and(|known| known.state == Standing::Active);
    let job = if active {
        MailJob::Already { subscription: id }
    } else {
        MailJob::Confirm { subscription: id }
    };
    let key = format!("ask/{id}/{}", now.as_second());
    put(connection, &job.letter(key, now)?, now)?;
    Ok(Granted::Mailed)
}
