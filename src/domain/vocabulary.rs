//! Closed word lists: the values that a field can have, written the same everywhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A word that is not in the list it should be from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not {expected}")]
pub struct UnknownWord {
    /// What was written (cut to 80 characters).
    pub word: String,
    /// What could have been written.
    pub expected: String,
}

impl UnknownWord {
    pub(super) fn new(word: &str, expected: impl Into<String>) -> Self {
        Self {
            word: word.chars().take(80).collect(),
            expected: expected.into(),
        }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "&'static str")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The word that stands for it in configuration, addresses and JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord::new(text, concat!("one of", $(" ", $word),+))),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownWord;
            fn try_from(text: String) -> Result<Self, UnknownWord> {
                text.parse()
            }
        }

        impl From<$name> for &'static str {
            fn from(value: $name) -> Self {
                value.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words!(
    /// What an organisation is to the network.
    Role {
        /// Founded the network.
        Founder = "founder",
        /// Belongs to it.
        Member = "member",
        /// Works with it.
        Partner = "partner",
        /// A public authority.
        Authority = "authority",
        /// A newspaper, portal or agency.
        Media = "media",
        /// An institution or network of the European Union.
        Eu = "eu",
    }
);

words!(
    /// What an announcement is.
    Kind {
        /// News.
        News = "news",
        /// A call for proposals or applications.
        Call = "call",
        /// An event.
        Event = "event",
        /// A vacancy.
        Vacancy = "vacancy",
        /// A tender or procurement notice.
        Tender = "tender",
        /// A public consultation.
        Consultation = "consultation",
        /// A report or study.
        Report = "report",
        /// Something else.
        Other = "other",
    }
);

words!(
    /// How exactly a publication date is known.
    Precision {
        /// To the second.
        Second = "second",
        /// The day only.
        Day = "day",
        /// The month only.
        Month = "month",
        /// Not at all.
        None = "none",
    }
);
