//! Who gets which digest by mail, and what was asked for but not confirmed.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest as _, Sha256};

use crate::domain::{DigestId, Language, hex};

use super::outbox::put;
use super::rows::{at, json, maybe_at, millis, unsigned, word};
use super::{Store, StoreError};

mod types;
mod wishes;

pub use types::{
    Granted, MailJob, Origin, Remembered, SearchDigest, Standing, Subscriber, SubscriberId, Took,
    Wish,
};
use wishes::grant;

/// What was asked for and not confirmed is forgotten after this.
const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Subscriptions whose address refuses mail are kept for this long, so that whoever runs the service can see them.
const REFUSED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Refusals after which an address gets nothing any more.
const MOST_REFUSALS: u32 = 3;

const SUBSCRIPTION: &str = "SELECT id, token, address, digest, title, lang, origin, state, asked, since, mailed, refusals FROM subscription";

impl Store {
    /// Notes a wish and puts the mail in the outbox that asks for its confirmation.
    pub async fn subscribe(&self, wish: Wish, now: Timestamp) -> Result<Granted, StoreError> {
        let granted = self
            .write(move |connection| Ok(grant(connection, &wish, now)?))
            .await?;
        self.inner.posted.send_modify(|()| {});
        Ok(granted)
    }

    /// The subscription that a link in a mail names.
    pub fn subscriber(&self, token: &str) -> Result<Option<Subscriber>, StoreError> {
        self.read(|connection| by_token(connection, token))
    }

    /// The subscription that a mail is for.
    pub fn subscriber_of(&self, id: SubscriberId) -> Result<Option<Subscriber>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("{SUBSCRIPTION} WHERE id = ?"))?
                .query_row([id.0], subscription)
                .optional()
        })
    }

    /// All subscriptions of the same address.
    pub fn subscribers_beside(&self, token: &str) -> Result<Vec<Subscriber>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{SUBSCRIPTION} WHERE address = (SELECT address FROM subscription WHERE token = ?) ORDER BY asked, id"
                ))?
                .query_map([token], subscription)?
                .collect()
        })
    }

    /// Puts a subscription in force: editions that end after `now` are sent. A digest of a search begins with it: `begins`
    /// is the end of its last period before.
    pub async fn confirm(
        &self,
        token: String,
        begins: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Subscriber>, StoreError> {
        self.write(move |connection| {
            let Some(found) = by_token(connection, &token)? else {
                return Ok(None);
            };
            if found.state == Standing::Asked {
                connection
                    .prepare_cached(
                        "UPDATE subscription SET state = 'active', since = ?2 WHERE id = ?1",
                    )?
                    .execute(params![found.id.0, millis(now)])?;
            }
            let of_search = connection
                .prepare_cached("SELECT 1 FROM search_digest WHERE id = ?")?
                .exists([found.digest.as_str()])?;
            if of_search {
                let head = super::head(connection)?.seq;
                // Nothing that is recorded already is news for it.
                connection
                    .prepare_cached(
                        "INSERT INTO edition (digest, ends, starts, published, through, body, items) SELECT ?1, ?2, ?2, ?3, ?4, '{\"groups\":[]}', '[]' \
                         WHERE NOT EXISTS (SELECT 1 FROM edition WHERE digest = ?1)",
                    )?
                    .execute(params![
                        found.digest.as_str(),
                        millis(begins),
                        millis(now),
                        head.0.cast_signed()
                    ])?;
            }
            by_token(connection, &token).map_err(Into::into)
        })
        .await
    }

    /// Changes the language of a subscription's mails.
    pub async fn set_language(&self, token: String, lang: Language) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached("UPDATE subscription SET lang = ?2 WHERE token = ?1")?
                .execute(params![token, lang.as_str()])?;
            Ok(())
        })
        .await
    }

    /// Ends a subscription: address, mails that wait, and a search that nobody else wants are gone. Says which it was.
    pub async fn unsubscribe(&self, token: String) -> Result<Option<Subscriber>, StoreError> {
        self.write(move |connection| {
            let found = by_token(connection, &token)?;
            if let Some(found) = &found {
                end(connection, found)?;
            }
            Ok(found)
        })
        .await
    }

    /// Ends all subscriptions of the address of this one. Says how many there were.
    pub async fn unsubscribe_all(&self, token: String) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let all: Vec<Subscriber> = connection
                .prepare_cached(&format!(
                    "{SUBSCRIPTION} WHERE address = (SELECT address FROM subscription WHERE token = ?)"
                ))?
                .query_map([token], subscription)?
                .collect::<rusqlite::Result<_>>()?;
            for one in &all {
                end(connection, one)?;
            }
            Ok(all.len())
        })
        .await
    }

    /// Notes how an address took a mail. One that refuses again and again gets no more; says whether that is so now.
    pub async fn address_took(&self, id: SubscriberId, took: Took) -> Result<bool, StoreError> {
        self.write(move |connection| {
            // What comes back was taken before, so that it must weigh more than that.
            let more = match took {
                Took::Taken => -1,
                Took::Refused => 1,
                Took::Bounced => 2,
            };
            connection
                .prepare_cached(
                    "UPDATE subscription SET refusals = max(0, refusals + ?2) WHERE id = ?1 AND max(0, refusals + ?2) <> refusals",
                )?
                .execute(params![id.0, more])?;
            let refused = connection
                .prepare_cached(
                    "UPDATE subscription SET state = 'refused' WHERE id = ? AND refusals >= ? AND state = 'active'",
                )?
                .execute(params![id.0, MOST_REFUSALS])?;
            Ok(refused > 0)
        })
        .await
    }

    /// Makes the recipients in `digests.toml` subscribers: address, digest, title, language. Who left stays away.
    pub async fn set_recipients(
        &self,
        recipients: Vec<Wish>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut wanted = std::collections::HashSet::new();
            for wish in &recipients {
                wanted.insert((wish.address.to_lowercase(), wish.digest.clone()));
                let gone = left(&wish.address, &wish.digest);
                connection
                    .prepare_cached(
                        "INSERT INTO subscription (token, address, digest, title, lang, origin, state, asked, mailed, since, refusals) \
                         SELECT ?1, ?2, ?3, ?4, ?5, 'config', 'active', ?6, ?6, ?6, 0 \
                         WHERE NOT EXISTS (SELECT 1 FROM subscription WHERE digest = ?3 AND address IN (?2, ?7))",
                    )?
                    .execute(params![
                        wish.token,
                        wish.address,
                        wish.digest.as_str(),
                        wish.title,
                        wish.lang.as_str(),
                        millis(now),
                        gone
                    ])?;
            }
            let all: Vec<Subscriber> = connection
                .prepare_cached(&format!("{SUBSCRIPTION} WHERE origin = 'config' AND state <> 'left'"))?
                .query_map([], subscription)?
                .collect::<rusqlite::Result<_>>()?;
            for one in all {
                if !wanted.contains(&(one.address.to_lowercase(), one.digest.clone())) {
                    erase(connection, &one)?;
                }
            }
            Ok(())
        })
        .await
    }

    /// The searches that somebody is subscribed to.
    pub fn search_digests(&self) -> Result<Vec<SearchDigest>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT spec FROM search_digest WHERE id IN (SELECT digest FROM subscription WHERE state = 'active') ORDER BY id",
                )?
                .query_map([], |row| json(row, 0))?
                .collect()
        })
    }

    /// What a digest of a search is made of.
    pub fn search_digest(&self, id: &DigestId) -> Result<Option<SearchDigest>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT spec FROM search_digest WHERE id = ?")?
                .query_row([id.as_str()], |row| json(row, 0))
                .optional()
        })
    }

    /// Editions that hold something and that somebody is still to be sent, the oldest first.
    pub fn editions_to_mail(&self) -> Result<Vec<(DigestId, Timestamp)>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT e.digest, e.ends FROM edition e \
                     JOIN (SELECT digest, min(since) AS since FROM subscription WHERE state = 'active' GROUP BY digest) s ON s.digest = e.digest \
                     WHERE e.ends > s.since AND e.items <> '[]' ORDER BY e.ends LIMIT 100",
                )?
                .query_map([], |row| Ok((word(row, 0)?, at(row, 1)?)))?
                .collect()
        })
    }

    /// Puts an edition in the outbox for up to `most` of those who are still to get it; says for how many.
    pub async fn mail_edition(
        &self,
        digest: DigestId,
        edition_end: Timestamp,
        most: usize,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let posted = self
            .write(move |connection| {
                let ids: Vec<i64> = connection
                    .prepare_cached(
                        "SELECT id FROM subscription WHERE digest = ? AND state = 'active' AND since < ? ORDER BY id LIMIT ?",
                    )?
                    .query_map(
                        params![digest.as_str(), millis(edition_end), most as i64],
                        |row| row.get(0),
                    )?
                    .collect::<rusqlite::Result<_>>()?;
                for id in &ids {
                    let job = MailJob::Edition {
                        subscription: SubscriberId(*id),
                        digest: digest.clone(),
                        end: edition_end,
                    };
                    let key = format!("mail/{id}/{}", edition_end.as_second());
                    put(connection, &job.letter(key, now)?, now)?;
                    connection
                        .prepare_cached("UPDATE subscription SET since = ?2 WHERE id = ?1")?
                        .execute(params![id, millis(edition_end)])?;
                }
                Ok(ids.len())
            })
            .await?;
        if posted > 0 {
            self.inner.posted.send_modify(|()| {});
        }
        Ok(posted)
    }

    /// Forgets what was never confirmed, and addresses that have long refused mail.
    pub async fn sweep_subscriptions(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let before = |span| millis(now.saturating_sub(span).unwrap_or(Timestamp::MIN));
            let old: Vec<Subscriber> = connection
                .prepare_cached(&format!(
                    "{SUBSCRIPTION} WHERE (state = 'asked' AND asked < ?) OR (state = 'refused' AND since < ?)"
                ))?
                .query_map(params![before(UNCONFIRMED), before(REFUSED)], subscription)?
                .collect::<rusqlite::Result<_>>()?;
            for one in &old {
                erase(connection, one)?;
            }
            Ok(old.len())
        })
        .await
    }

    /// The mails to a subscriber that are remembered, the oldest first.
    pub fn mails_to(&self, id: SubscriberId) -> Result<Vec<Remembered>, StoreError> {
        self.read(|connection| {
            let mut found: Vec<Remembered> = Vec::new();
            for (from, to) in keys_of(id) {
                let mails = connection
                    .prepare_cached("SELECT posted, state FROM outbox WHERE key >= ? AND key < ?")?
                    .query_map(params![from, to], |row| {
                        Ok(Remembered {
                            posted: at(row, 0)?,
                            state: row.get(1)?,
                        })
                    })?
                    .collect::<rusqlite::Result<Vec<_>>>()?;
                found.extend(mails);
            }
            found.sort_by_key(|mail| mail.posted);
            Ok(found)
        })
    }

    /// How many subscriptions are in force.
    pub fn subscriber_count(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT count(*) FROM subscription WHERE state = 'active'")?
                .query_row([], |row| unsigned(row, 0))
        })
    }
}

/// What stands for the address of a configured recipient who left.
fn left(address: &str, digest: &DigestId) -> String {
    let mut hash = Sha256::new();
    hash.update(address.to_lowercase());
    hash.update([0]);
    hash.update(digest.as_str());
    let hex = hex(&hash.finalize()[..16]);
    format!("left:{hex}")
}

/// Ends a subscription at its reader's wish.
fn end(connection: &Connection, one: &Subscriber) -> rusqlite::Result<()> {
    if one.origin == Origin::Config && one.state != Standing::Left {
        connection
            .prepare_cached(
                "UPDATE OR REPLACE subscription SET state = 'left', address = ?2 WHERE id = ?1",
            )?
            .execute(params![one.id.0, left(&one.address, &one.digest)])?;
        return drop_mails(connection, one.id);
    }
    erase(connection, one)
}

fn erase(connection: &Connection, one: &Subscriber) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM subscription WHERE id = ?")?
        .execute([one.id.0])?;
    drop_mails(connection, one.id)?;
    let wanted = connection
        .prepare_cached("SELECT 1 FROM subscription WHERE digest = ? LIMIT 1")?
        .exists([one.digest.as_str()])?;
    let of_search = !wanted
        && connection
            .prepare_cached("DELETE FROM search_digest WHERE id = ?")?
            .execute([one.digest.as_str()])?
            > 0;
    if of_search {
        for table in ["edition", "delivered"] {
            connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE digest = ?"))?
                .execute([one.digest.as_str()])?;
        }
    }
    Ok(())
}

/// Where the keys of a subscriber's mails begin and end; “0” is the character after “/”.
fn keys_of(id: SubscriberId) -> [(String, String); 2] {
    ["mail", "ask"].map(|kind| (format!("{kind}/{id}/"), format!("{kind}/{id}0")))
}

/// Takes the mails of a subscription out of the outbox.
fn drop_mails(connection: &Connection, id: SubscriberId) -> rusqlite::Result<()> {
    for (from, to) in keys_of(id) {
        connection
            .prepare_cached("DELETE FROM outbox WHERE key >= ? AND key < ?")?
            .execute(params![from, to])?;
    }
    Ok(())
}

/// All subscriptions to a digest, the oldest first, but those of recipients who left.
pub(super) fn subscribers_of_digest(
    connection: &Connection,
    digest: &DigestId,
) -> rusqlite::Result<Vec<Subscriber>> {
    connection
        .prepare_cached(&format!(
            "{SUBSCRIPTION} WHERE digest = ? AND state <> 'left' ORDER BY id"
        ))?
        .query_map([digest.as_str()], subscription)?
        .collect()
}

/// Deletes the subscription of an address to a digest.
pub(super) fn erase_address(
    connection: &Connection,
    digest: &DigestId,
    address: &str,
) -> rusqlite::Result<()> {
    for one in subscribers_of_digest(connection, digest)? {
        if one.address.eq_ignore_ascii_case(address) {
            erase(connection, &one)?;
        }
    }
    Ok(())
}

/// Deletes all subscriptions to a digest.
pub(super) fn erase_of_digest(connection: &Connection, digest: &DigestId) -> rusqlite::Result<()> {
    for one in subscribers_of_digest(connection, digest)? {
        erase(connection, &one)?;
    }
    Ok(())
}

fn by_token(connection: &Connection, token: &str) -> rusqlite::Result<Option<Subscriber>> {
    connection
        .prepare_cached(&format!(
            "{SUBSCRIPTION} WHERE token = ? AND state <> 'left'"
        ))?
        .query_row([token], subscription)
        .optional()
}

fn subscription(row: &Row<'_>) -> rusqlite::Result<Subscriber> {
    Ok(Subscriber {
        id: SubscriberId(row.get(0)?),
        token: row.get(1)?,
        address: row.get(2)?,
        digest: word(row, 3)?,
        title: row.get(4)?,
        lang: word(row, 5)?,
        origin: match row.get_ref(6)?.as_str()? {
            "config" => Origin::Config,
            _ => Origin::Reader,
        },
        state: match row.get_ref(7)?.as_str()? {
            "active" => Standing::Active,
            "refused" => Standing::Refused,
            "left" => Standing::Left,
            _ => Standing::Asked,
        },
        asked: at(row, 8)?,
        since: maybe_at(row, 9)?,
        mailed: at(row, 10)?,
        refusals: row.get(11)?,
    })
}
