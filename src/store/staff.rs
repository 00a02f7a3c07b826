//! Staff: who may sign in, with which role. Passwords are kept as argon2 hashes (PHC strings) and nowhere else.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{Language, StaffId, StaffName, StaffRole};

use super::audit::{self, Deed, Did};
use super::outbox;
use super::rows::{at, maybe_at, millis};
use super::{MailJob, Store, StoreError};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// Its number.
    pub id: StaffId,
    /// The name to sign in with.
    pub name: StaffName,
    /// What it may do.
    pub role: StaffRole,
    /// Where links to sign in with, and notices, are sent.
    pub mail: Option<String>,
    /// The hash of the password (PHC string); `None` where it signs in by links alone.
    pub password: Option<String>,
    /// Since when.
    pub created: Timestamp,
    /// When it last signed in.
    pub used: Option<Timestamp>,
}

/// What is to change about a member of staff; `None` leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffChange {
    /// Another role.
    pub role: Option<StaffRole>,
    /// Another address, or none.
    pub mail: Option<Option<String>>,
    /// The hash of another password. Ends all sessions, links and tokens.
    pub password: Option<String>,
    /// Removed altogether.
    pub remove: bool,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffChanged {
    /// It was made.
    Done,
    /// Nobody has that number.
    Unknown,
    /// It would have left nobody who manages staff.
    LastAdmin,
}

const COLUMNS: &str = "id, name, role, mail, password, created, used";

impl Store {
    /// Adds a member of staff; `None` where the name is taken.
    pub async fn add_staff(
        &self,
        name: StaffName,
        role: StaffRole,
        mail: Option<String>,
        password: Option<String>,
        by: String,
        now: Timestamp,
    ) -> Result<Option<StaffId>, StoreError> {
        self.write(move |connection| {
            let added = connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO staff (key, name, role, mail, password, created) VALUES (?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    name.as_str().to_lowercase(),
                    name.as_str(),
                    role.as_str(),
                    mail,
                    password,
                    millis(now)
                ])?;
            if added == 0 {
                return Ok(None);
            }
            let id = StaffId(connection.last_insert_rowid());
            let deed = Deed {
                who: by,
                what: Did::StaffAdded,
                about: name.to_string(),
                detail: role.to_string(),
            };
            audit::note(connection, &deed, now)?;
            Ok(Some(id))
        })
        .await
    }

    /// All members of staff, by name.
    pub fn staff(&self) -> Result<Vec<StaffMember>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM staff ORDER BY key"))?
                .query_map([], member)?
                .collect()
        })
    }

    /// Whom a name or address belongs to.
    pub fn staff_named(&self, typed: &str) -> Result<Option<StaffMember>, StoreError> {
        self.read(|connection| {
            let key = typed.trim().to_lowercase();
            let by_name = connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM staff WHERE key = ?"))?
                .query_row([&key], member)
                .optional()?;
            if by_name.is_some() {
                return Ok(by_name);
            }
            // An address that two share is nobody's name.
            let by_mail: Vec<StaffMember> = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM staff WHERE lower(mail) = ? LIMIT 2"
                ))?
                .query_map([&key], member)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(<[StaffMember; 1]>::try_from(by_mail)
                .ok()
                .map(|[only]| only))
        })
    }

    /// A member of staff, by number.
    pub fn staff_member(&self, id: StaffId) -> Result<Option<StaffMember>, StoreError> {
        self.read(|connection| one(connection, id))
    }

    /// Changes or removes a member of staff. With `keep_admin`, nothing is done that would leave no admin.
    pub async fn change_staff(
        &self,
        id: StaffId,
        change: StaffChange,
        keep_admin: bool,
        by: String,
        now: Timestamp,
    ) -> Result<StaffChanged, StoreError> {
        self.write(move |connection| {
            let Some(old) = one(connection, id)? else {
                return Ok(StaffChanged::Unknown);
            };
            let demoted = change.remove || change.role.is_some_and(|role| role != StaffRole::Admin);
            if keep_admin && demoted && old.role == StaffRole::Admin {
                let admins: i64 = connection
                    .prepare_cached("SELECT count(*) FROM staff WHERE role = 'admin'")?
                    .query_row([], |row| row.get(0))?;
                if admins <= 1 {
                    return Ok(StaffChanged::LastAdmin);
                }
            }
            let deed = |what, detail: String| Deed {
                who: by.clone(),
                what,
                about: old.name.to_string(),
                detail,
            };
            if change.remove {
                end_passes(connection, id)?;
                connection
                    .prepare_cached("DELETE FROM staff WHERE id = ?")?
                    .execute([id.0])?;
                audit::note(connection, &deed(Did::StaffRemoved, String::new()), now)?;
                return Ok(StaffChanged::Done);
            }
            if let Some(role) = change.role.filter(|role| *role != old.role) {
                connection
                    .prepare_cached("UPDATE staff SET role = ? WHERE id = ?")?
                    .execute(params![role.as_str(), id.0])?;
                let detail = format!("{} → {role}", old.role);
                audit::note(connection, &deed(Did::StaffChanged, detail), now)?;
            }
            if let Some(mail) = change.mail.filter(|mail| *mail != old.mail) {
                connection
                    .prepare_cached("UPDATE staff SET mail = ? WHERE id = ?")?
                    .execute(params![mail, id.0])?;
                audit::note(
                    connection,
                    &deed(Did::StaffChanged, mail.unwrap_or_default()),
                    now,
                )?;
            }
            if let Some(hash) = change.password {
                connection
                    .prepare_cached("UPDATE staff SET password = ? WHERE id = ?")?
                    .execute(params![hash, id.0])?;
                end_passes(connection, id)?;
                audit::note(connection, &deed(Did::PasswordSet, String::new()), now)?;
            }
            Ok(StaffChanged::Done)
        })
        .await
    }
}

impl Store {
    /// Puts a mail into the outbox with which a member of staff signs in once; no more than one in two minutes.
    pub async fn mail_sign_in(
        &self,
        id: StaffId,
        lang: Language,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = format!("sign-in/{}/{}", id.0, now.as_second().div_euclid(120));
        let job = MailJob::SignIn { staff: id.0, lang };
        self.write(move |connection| {
            let letter = job.letter(key, now)?;
            outbox::put(connection, &letter, now)?;
            Ok(())
        })
        .await?;
        self.inner.posted.send_modify(|()| {});
        Ok(())
    }
}

/// Whoever holds a pass of a member of staff has to sign in anew.
fn end_passes(connection: &Connection, id: StaffId) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("DELETE FROM pass WHERE staff = ?")?
        .execute([id.0])
}

pub(super) fn one(connection: &Connection, id: StaffId) -> rusqlite::Result<Option<StaffMember>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM staff WHERE id = ?"))?
        .query_row([id.0], member)
        .optional()
}

fn member(row: &Row<'_>) -> rusqlite::Result<StaffMember> {
    let text = |column: usize, error: String| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    };
    Ok(StaffMember {
        id: StaffId(row.get(0)?),
        name: row
            .get_ref(1)?
            .as_str()?
            .parse()
            .map_err(|error| text(1, error))?,
        role: row
            .get_ref(2)?
            .as_str()?
            .parse()
            .map_err(|error| text(2, error))?,
        mail: row.get(3)?,
        password: row.get(4)?,
        created: at(row, 5)?,
        used: maybe_at(row, 6)?,
    })
}
