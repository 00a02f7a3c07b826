//! What opens doors: sessions of browsers, tokens of programs, links that sign in once, and the keys of members. All are random
//! and long, so a plain hash keeps them.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{StaffId, StaffRole};

use super::audit::{self, Deed, Did};
use super::rows::{at, maybe_at, millis};
use super::staff::{self, StaffMember};
use super::{Store, StoreError};

/// A session that nobody used for so long is over.
const IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Use is noted so often.
const NOTED: SignedDuration = SignedDuration::from_mins(10);

/// What kind of pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassKind {
    /// A browser that signed in.
    Session,
    /// A program.
    Token,
    /// A link that signs in once.
    Link,
}

impl PassKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::Link => "link",
        }
    }
}

/// SHA-256 of a secret.
pub type PassHash = [u8; 32];

/// A pass of a member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub staff: StaffId,
    /// What it is called: for people, to tell one from another.
    pub label: String,
    /// It gives no more than this.
    pub role: StaffRole,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used, to some minutes.
    pub used: Option<Timestamp>,
    /// It is worth nothing from then on.
    pub ends: Option<Timestamp>,
}

/// A pass to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPass {
    /// Whose.
    pub staff: StaffId,
    /// What kind.
    pub kind: PassKind,
    /// SHA-256 of its secret.
    pub hash: PassHash,
    /// What it is called.
    pub label: String,
    /// It gives no more than this.
    pub role: StaffRole,
    /// It is worth nothing from then on.
    pub ends: Option<Timestamp>,
}

/// A key to the members' pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberKey {
    /// Its number.
    pub id: i64,
    /// Whose it is: an organisation, a person.
    pub label: String,
    /// Since when.
    pub created: Timestamp,
    /// The day on which it was last used.
    pub used: Option<Timestamp>,
}

const COLUMNS: &str = "id, staff, label, role, created, used, ends";

impl Store {
    /// Makes a pass; `deed` says who made it, where that is worth noting.
    pub async fn add_pass(
        &self,
        pass: NewPass,
        deed: Option<Deed>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            insert(connection, &pass, now)?;
            if pass.kind == PassKind::Session {
                saw(connection, pass.staff, now)?;
            }
            if let Some(deed) = deed {
                audit::note(connection, &deed, now)?;
            }
            Ok(())
        })
        .await
    }

    /// Whose a pass is and what it gives, if it is worth anything at `now`.
    pub fn pass(
        &self,
        kind: PassKind,
        hash: &PassHash,
        now: Timestamp,
    ) -> Result<Option<(StaffMember, Pass)>, StoreError> {
        self.read(|connection| valid(connection, kind, hash, now))
    }

    /// Takes a link, which is worth nothing afterwards, and opens a session for whoever it belongs to.
    pub async fn take_link(
        &self,
        link: PassHash,
        session: PassHash,
        label: String,
        ends: Timestamp,
        now: Timestamp,
    ) -> Result<Option<StaffMember>, StoreError> {
        self.write(move |connection| {
            let Some((member, pass)) = valid(connection, PassKind::Link, &link, now)? else {
                return Ok(None);
            };
            remove(connection, pass.id)?;
            let session = NewPass {
                staff: member.id,
                kind: PassKind::Session,
                hash: session,
                label,
                role: StaffRole::Admin,
                ends: Some(ends),
            };
            insert(connection, &session, now)?;
            saw(connection, member.id, now)?;
            let deed = Deed {
                who: member.name.to_string(),
                what: Did::SignedIn,
                about: String::new(),
                detail: "link".into(),
            };
            audit::note(connection, &deed, now)?;
            Ok(Some(member))
        })
        .await
    }

    /// Notes that a pass is used, now and then.
    pub async fn saw_pass(&self, pass: &Pass, now: Timestamp) -> Result<(), StoreError> {
        let due = pass
            .used
            .is_none_or(|used| now.duration_since(used) >= NOTED || now < used);
        if !due {
            return Ok(());
        }
        let id = pass.id;
        self.write(move |connection| {
            connection
                .prepare_cached("UPDATE pass SET used = ? WHERE id = ?")?
                .execute(params![millis(now), id])?;
            Ok(())
        })
        .await
    }

    /// The passes of a kind that a member of staff has, the latest first.
    pub fn passes(
        &self,
        staff: StaffId,
        kind: PassKind,
        now: Timestamp,
    ) -> Result<Vec<Pass>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM pass WHERE staff = ? AND kind = ? AND coalesce(ends > ?, 1) ORDER BY id DESC LIMIT 200"
                ))?
                .query_map(params![staff.0, kind.as_str(), millis(now)], pass_of)?
                .collect()
        })
    }

    /// Ends a pass of a member of staff; says whether there was one.
    pub async fn end_pass(
        &self,
        staff: StaffId,
        id: i64,
        deed: Option<Deed>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let ended = connection
                .prepare_cached("DELETE FROM pass WHERE id = ? AND staff = ?")?
                .execute(params![id, staff.0])?;
            if let Some(deed) = deed.filter(|_| ended > 0) {
                audit::note(connection, &deed, now)?;
            }
            Ok(ended > 0)
        })
        .await
    }

    /// Forgets passes that are worth nothing any more.
    pub async fn sweep_passes(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let idle = now.saturating_sub(IDLE).unwrap_or(Timestamp::MIN);
            Ok(connection
                .prepare_cached(
                    "DELETE FROM pass WHERE ends <= ?1 OR (kind = 'session' AND coalesce(used, created) < ?2)",
                )?
                .execute(params![millis(now), millis(idle)])?)
        })
        .await
    }

    /// Makes a key to the members' pages.
    pub async fn add_member_key(
        &self,
        hash: PassHash,
        label: String,
        by: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection
                .prepare_cached("INSERT INTO member_key (hash, label, created) VALUES (?, ?, ?)")?
                .execute(params![hash, label, millis(now)])?;
            let deed = Deed {
                who: by,
                what: Did::KeyMade,
                about: label,
                detail: String::new(),
            };
            audit::note(connection, &deed, now)?;
            Ok(())
        })
        .await
    }

    /// The key of a hash.
    pub fn member_key(&self, hash: &PassHash) -> Result<Option<MemberKey>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, label, created, used FROM member_key WHERE hash = ?")?
                .query_row([hash], key_of)
                .optional()
        })
    }

    /// All keys, the latest first.
    pub fn member_keys(&self) -> Result<Vec<MemberKey>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, label, created, used FROM member_key ORDER BY id DESC LIMIT 10000",
                )?
                .query_map([], key_of)?
                .collect()
        })
    }

    /// Notes the day on which a key is used.
    pub async fn saw_member_key(&self, key: &MemberKey, now: Timestamp) -> Result<(), StoreError> {
        let day = |at: Timestamp| at.as_second().div_euclid(24 * 3600);
        if key.used.is_some_and(|used| day(used) == day(now)) {
            return Ok(());
        }
        let id = key.id;
        // The day is all that is of use; the hour would tell of habits.
        let today = day(now) * 24 * 3_600_000;
        self.write(move |connection| {
            connection
                .prepare_cached("UPDATE member_key SET used = ? WHERE id = ?")?
                .execute(params![today, id])?;
            Ok(())
        })
        .await
    }

    /// Revokes a key; says whether there was one.
    pub async fn remove_member_key(
        &self,
        id: i64,
        by: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let label: Option<String> = connection
                .prepare_cached("DELETE FROM member_key WHERE id = ? RETURNING label")?
                .query_row([id], |row| row.get(0))
                .optional()?;
            let Some(about) = label else {
                return Ok(false);
            };
            let deed = Deed {
                who: by,
                what: Did::KeyRevoked,
                about,
                detail: String::new(),
            };
            audit::note(connection, &deed, now)?;
            Ok(true)
        })
        .await
    }
}

fn insert(connection: &Connection, pass: &NewPass, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO pass (hash, kind, staff, label, role, created, ends) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            pass.hash,
            pass.kind.as_str(),
            pass.staff.0,
            pass.label,
            pass.role.as_str(),
            millis(now),
            pass.ends.map(millis)
        ])?;
    Ok(())
}

fn remove(connection: &Connection, id: i64) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("DELETE FROM pass WHERE id = ?")?
        .execute([id])
}

fn saw(connection: &Connection, staff: StaffId, now: Timestamp) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE staff SET used = ? WHERE id = ?")?
        .execute(params![millis(now), staff.0])
}

fn valid(
    connection: &Connection,
    kind: PassKind,
    hash: &PassHash,
    now: Timestamp,
) -> rusqlite::Result<Option<(StaffMember, Pass)>> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM pass WHERE hash = ? AND kind = ? AND coalesce(ends > ?, 1)"
        ))?
        .query_row(params![hash, kind.as_str(), millis(now)], pass_of)
        .optional()?;
    let Some(pass) = found else {
        return Ok(None);
    };
    let last = pass.used.unwrap_or(pass.created);
    if kind == PassKind::Session && now.duration_since(last) > IDLE {
        return Ok(None);
    }
    Ok(staff::one(connection, pass.staff)?.map(|member| (member, pass)))
}

fn pass_of(row: &Row<'_>) -> rusqlite::Result<Pass> {
    Ok(Pass {
        id: row.get(0)?,
        staff: StaffId(row.get(1)?),
        label: row.get(2)?,
        role: row.get_ref(3)?.as_str()?.parse().map_err(|error: String| {
            rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, error.into())
        })?,
        created: at(row, 4)?,
        used: maybe_at(row, 5)?,
        ends: maybe_at(row, 6)?,
    })
}

fn key_of(row: &Row<'_>) -> rusqlite::Result<MemberKey> {
    Ok(MemberKey {
        id: row.get(0)?,
        label: row.get(1)?,
        created: at(row, 2)?,
        used: maybe_at(row, 3)?,
    })
}
