//! Identifiers: one type each, so that none can be taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Names of sources, topics and digests share one alphabet.
    #[error("“{0}” is not an id: use 1 to 64 of a-z, 0-9 and -, starting with a letter or a digit")]
    Slug(String),
    /// Item ids are 13 characters of Crockford's base 32.
    #[error("“{0}” is not an item id")]
    Item(String),
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The id as it is written in configuration, addresses and JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_slug(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(IdError::Slug(text.chars().take(80).collect()))
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

slug!(
    /// A source of announcements; never changes once given.
    SourceId
);
slug!(
    /// A concept of the thesaurus.
    TopicId
);
slug!(
    /// A named digest.
    DigestId
);

/// Bytes in hexadecimal, as hashes are written.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= 64
        && bytes[0] != b'-'
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u64);

        impl $name {
            /// From a stored or hashed number; the top bit is dropped so that it also fits a signed column.
            #[must_use]
            pub const fn new(number: u64) -> Self {
                Self(number & (u64::MAX >> 1))
            }
            /// The number, below 2^63.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&base32(self.0))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                unbase32(text)
                    .map(Self)
                    .ok_or_else(|| IdError::Item(text.chars().take(80).collect()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

number!(
    /// One announcement of one source. Made from what identifies it there, so that an item keeps
    /// its address even when the store is lost and crawled anew.
    ItemId
);
number!(
    /// One story, told by one or more items.
    StoryId
);

/// <https://www.crockford.com/base32.html>, lower case.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn base32(number: u64) -> String {
    (0..13)
        .rev()
        .map(|place| ALPHABET[(number >> (place * 5)) as usize & 31] as char)
        .collect()
}

fn unbase32(text: &str) -> Option<u64> {
    if text.len() != 13 {
        return None;
    }
    let mut number: u64 = 0;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|b| *b == byte)? as u64;
        if number >> 58 != 0 {
            return None;
        }
        number = number << 5 | digit;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_item_id_reads_back_as_it_was_written(number: u64) {
            let id = ItemId::new(number);
            prop_assert_eq!(id.to_string().parse::<ItemId>(), Ok(id));
        }

        #[test]
        fn only_canonical_spellings_are_item_ids(text in "[0-9a-z]{13}") {
            if let Ok(id) = text.parse::<ItemId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn slugs_are_plain() {
        assert!("caritas-ro".parse::<SourceId>().is_ok());
        for bad in ["", "-a", "Caritas", "a b", "ș", &"a".repeat(65)] {
            assert!(bad.parse::<SourceId>().is_err(), "{bad}");
        }
    }
}
