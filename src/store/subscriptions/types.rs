//! What a subscription by mail is, and what becomes of a wish for one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config::Period;
use crate::domain::{DigestId, Language};
use crate::store::outbox::{Channel, Letter};

/// A subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SubscriberId(pub(super) i64);

impl std::fmt::Display for SubscriberId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Somebody who gets a digest by mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscriber {
    /// Which.
    pub id: SubscriberId,
    /// Stands in the links of its mails: whoever has it may change the subscription.
    pub token: String,
    /// The mail address.
    pub address: String,
    /// Whose editions are sent.
    pub digest: DigestId,
    /// What it was called when it was asked for.
    pub title: String,
    /// The language of the mails' own words.
    pub lang: Language,
    /// Who wanted it.
    pub origin: Origin,
    /// Whether it is in force.
    pub state: Standing,
    /// When it was asked for.
    pub asked: Timestamp,
    /// Editions that end later are still to be sent.
    pub since: Option<Timestamp>,
    /// When the last mail that asks for confirmation was put in the outbox.
    pub mailed: Timestamp,
    /// Mails that the address has refused lately; one that came back counts twice, and each that is taken counts against it.
    pub refusals: u32,
}

impl Subscriber {
    /// Whether mails are sent.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state == Standing::Active
    }
}

/// How an address took a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Took {
    /// The mail server has it.
    Taken,
    /// The mail server refused it for good.
    Refused,
    /// It was taken, and came back.
    Bounced,
}

/// A mail to a subscriber that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// When it was put in the outbox.
    pub posted: Timestamp,
    /// What became of it: `sent`, `failed`, or `None` while it waits.
    pub state: Option<String>,
}

/// Who wanted a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The reader.
    Reader,
    /// `recipients` in `digests.toml`.
    Config,
}

/// Whether a subscription is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not confirmed yet.
    Asked,
    /// Mails are sent.
    Active,
    /// The address refuses mail.
    Refused,
    /// A configured recipient who does not want it; the address is not kept, only its hash.
    Left,
}

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The mail address.
    pub address: String,
    /// The digest.
    pub digest: DigestId,
    /// What that is made of, where it is not one of `digests.toml`.
    pub search: Option<SearchDigest>,
    /// What the reader calls it.
    pub title: String,
    /// The language of the mails' own words.
    pub lang: Language,
    /// Unguessable.
    pub token: String,
}

/// A digest of a search that somebody subscribed to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchDigest {
    /// Made of the other two: whoever asks for the same gets the same editions.
    pub id: DigestId,
    /// The search, in the vocabulary of the search page.
    pub query: Vec<(String, String)>,
    /// How often.
    pub period: Period,
}

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// A mail is on its way: to confirm, or that it is in force already.
    Mailed,
    /// A mail was sent just before.
    Patience,
    /// Too many wishes of one address, or of all.
    TooMany,
}

/// A mail in the outbox. What it says is made when it leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailJob {
    /// Asks for confirmation.
    Confirm {
        /// Of what.
        subscription: SubscriberId,
    },
    /// Says that it is in force already.
    Already {
        /// What.
        subscription: SubscriberId,
    },
    /// An edition.
    Edition {
        /// To whom.
        subscription: SubscriberId,
        /// Of which digest.
        digest: DigestId,
        /// When it ends, which names it.
        end: Timestamp,
    },
    /// What a watch tells.
    Watch {
        /// To whom.
        subscription: SubscriberId,
        /// Which of its bulletins.
        bulletin: i64,
    },
    /// A link with which a member of staff signs in once. Its secret is made when the mail is written: the store never has it.
    SignIn {
        /// Whose.
        staff: i64,
        /// The language of the mail.
        lang: Language,
    },
}

impl MailJob {
    /// The subscription that it is for, if it is for one.
    #[must_use]
    pub fn subscription(&self) -> Option<SubscriberId> {
        match self {
            Self::SignIn { .. } => None,
            Self::Confirm { subscription }
            | Self::Already { subscription }
            | Self::Edition { subscription, .. }
            | Self::Watch { subscription, .. } => Some(*subscription),
        }
    }

    pub(in crate::store) fn letter(&self, key: String, due: Timestamp) -> rusqlite::Result<Letter> {
        Letter::new(Channel::Mail, key, self, due)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}
