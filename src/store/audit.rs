//! Who of the staff changed what, and when: kept with the change, in its own transaction, and never changed afterwards.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::rows::{at, millis, unsigned};
use super::{Store, StoreError};

/// For how long it is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);
/// Longest detail, in characters.
const LONGEST: usize = 1_000;

/// What was done. The word of each stands in the store, in JSON and in the names of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Did {
    /// Signed in.
    SignedIn,
    /// Tried to sign in with a wrong password.
    SignInFailed,
    /// Added a member of staff.
    StaffAdded,
    /// Changed the role or address of a member of staff.
    StaffChanged,
    /// Set a password.
    PasswordSet,
    /// Removed a member of staff.
    StaffRemoved,
    /// Made a link that signs in once.
    LinkMade,
    /// Made a token for programs.
    TokenMade,
    /// Revoked a token or ended a session.
    PassEnded,
    /// Made a key to the members' pages.
    KeyMade,
    /// Revoked a key to the members' pages.
    KeyRevoked,
    /// Made a watch.
    WatchAdded,
    /// Changed, paused or resumed a watch.
    WatchChanged,
    /// Deleted a watch.
    WatchDeleted,
    /// Undid a way of reading a source that vesti had chosen.
    WayUndone,
    /// Had vesti look for the best way to read a source anew.
    LookedAgain,
    /// Said that what a source writes is its own.
    Trusted,
    /// Said that what vesti did about a source is well.
    DeedsConfirmed,
    /// Added sources.
    SourcesAdded,
    /// Edited a source.
    SourceEdited,
    /// Gave a source another address.
    SourceMoved,
    /// Paused a source.
    SourcePaused,
    /// Had a source visited again.
    SourceResumed,
    /// Retired a source.
    SourceRetired,
    /// Took a source back.
    SourceRestored,
    /// Made one source part of another.
    SourcesMerged,
    /// Decided between the file and the browser.
    ConflictSettled,
    /// Had a source visited out of turn.
    SourceTried,
}

impl Did {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::SignedIn,
        Self::SignInFailed,
        Self::StaffAdded,
        Self::StaffChanged,
        Self::PasswordSet,
        Self::StaffRemoved,
        Self::LinkMade,
        Self::TokenMade,
        Self::PassEnded,
        Self::KeyMade,
        Self::KeyRevoked,
        Self::WatchAdded,
        Self::WatchChanged,
        Self::WatchDeleted,
        Self::WayUndone,
        Self::LookedAgain,
        Self::Trusted,
        Self::DeedsConfirmed,
        Self::SourcesAdded,
        Self::SourceEdited,
        Self::SourceMoved,
        Self::SourcePaused,
        Self::SourceResumed,
        Self::SourceRetired,
        Self::SourceRestored,
        Self::SourcesMerged,
        Self::ConflictSettled,
        Self::SourceTried,
    ];

    /// The word that stands for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::StaffAdded => "staff-added",
            Self::StaffChanged => "staff-changed",
            Self::PasswordSet => "password-set",
            Self::StaffRemoved => "staff-removed",
            Self::LinkMade => "link-made",
            Self::TokenMade => "token-made",
            Self::PassEnded => "pass-ended",
            Self::KeyMade => "key-made",
            Self::KeyRevoked => "key-revoked",
            Self::WatchAdded => "watch-added",
            Self::WatchChanged => "watch-changed",
            Self::WatchDeleted => "watch-deleted",
            Self::WayUndone => "way-undone",
            Self::LookedAgain => "looked-again",
            Self::Trusted => "trusted",
            Self::DeedsConfirmed => "deeds-confirmed",
            Self::SourcesAdded => "sources-added",
            Self::SourceEdited => "source-edited",
            Self::SourceMoved => "source-moved",
            Self::SourcePaused => "source-paused",
            Self::SourceResumed => "source-resumed",
            Self::SourceRetired => "source-retired",
            Self::SourceRestored => "source-restored",
            Self::SourcesMerged => "sources-merged",
            Self::ConflictSettled => "conflict-settled",
            Self::SourceTried => "source-tried",
        }
    }
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who: the name of a member of staff, or `vesti` for what is done on the command line.
    pub who: String,
    /// What.
    pub what: Did,
    /// To whom or what: a name or an id.
    pub about: String,
    /// More, in a line; no secrets.
    pub detail: String,
}

/// A deed as it was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its number: grows.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// The word for what; one of a later version may be unknown.
    pub what: String,
    /// To whom or what.
    pub about: String,
    /// More.
    pub detail: String,
}

impl Store {
    /// The latest deeds before a number, newest first.
    pub fn deeds(&self, before: Option<u64>, most: usize) -> Result<Vec<Noted>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, at, who, what, about, detail FROM deed WHERE id < ? ORDER BY id DESC LIMIT ?",
                )?
                .query_map(
                    params![before.map_or(i64::MAX, u64::cast_signed), most as i64],
                    |row| {
                        Ok(Noted {
                            number: unsigned(row, 0)?,
                            at: at(row, 1)?,
                            who: row.get(2)?,
                            what: row.get(3)?,
                            about: row.get(4)?,
                            detail: row.get(5)?,
                        })
                    },
                )?
                .collect()
        })
    }

    /// Notes something that changes nothing else, such as an attempt to sign in.
    pub async fn note_deed(&self, deed: Deed, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| Ok(note(connection, &deed, now)?))
            .await
    }

    /// Forgets deeds of more than two years ago.
    pub async fn sweep_deeds(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let before = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
            Ok(connection
                .prepare_cached("DELETE FROM deed WHERE at < ?")?
                .execute([millis(before)])?)
        })
        .await
    }
}

/// Notes a deed, as a part of the transaction that does it.
pub(super) fn note(connection: &Connection, deed: &Deed, now: Timestamp) -> rusqlite::Result<()> {
    let detail: String = deed.detail.chars().take(LONGEST).collect();
    connection
        .prepare_cached("INSERT INTO deed (at, who, what, about, detail) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![
            millis(now),
            deed.who,
            deed.what.word(),
            deed.about,
            detail
        ])?;
    Ok(())
}
