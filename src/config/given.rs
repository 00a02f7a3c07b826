//! A single value, wherever it comes from, and the readings that several files share.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use super::problem::{Wrong, is_unsafe, quote};

/// A value as it was given: in a file with its type, or in the environment as text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given<'d> {
    /// From a file.
    Toml(&'d DeValue<'d>),
    /// From the environment.
    Text(&'d str),
}

impl Given<'_> {
    /// A text that `read` understands. The hint for a wrong type is the one that `read` has for a wrong text.
    pub fn parse<T>(self, read: impl Fn(&str) -> Result<T, Wrong>) -> Result<T, Wrong> {
        let text = match self {
            Self::Text(text) => text,
            Self::Toml(DeValue::String(text)) => text.as_ref(),
            Self::Toml(other) => {
                return Err(Wrong {
                    message: format!("must be a text in quotation marks, not {}", kind(other)),
                    hint: read("").err().and_then(|wrong| wrong.hint),
                });
            }
        };
        read(text)
    }

    /// A line of text that says something, of at most `most` characters.
    pub fn line(self, most: usize) -> Result<String, Wrong> {
        self.parse(|text| {
            let text = text.trim();
            if text.is_empty() {
                Err(Wrong::new("is empty", "write a text, or leave the key out"))
            } else if text.chars().any(is_unsafe) {
                Err(Wrong::new(
                    format!(
                        "{} holds a line break or another control character",
                        quote(text)
                    ),
                    "write it in one line",
                ))
            } else if text.chars().count() > most {
                Err(Wrong::new(
                    format!("{} is longer than {most} characters", quote(text)),
                    "shorten it",
                ))
            } else {
                Ok(text.to_owned())
            }
        })
    }

    /// A whole number within a range.
    pub fn whole(self, range: RangeInclusive<u64>) -> Result<u64, Wrong> {
        let hint = format!(
            "write a whole number from {} to {}",
            range.start(),
            range.end()
        );
        let (number, shown) = match self {
            Self::Text(text) => (text.trim().parse::<i128>().ok(), text),
            Self::Toml(DeValue::Integer(number)) => (
                i128::from_str_radix(number.as_str(), number.radix()).ok(),
                number.as_str(),
            ),
            Self::Toml(other) => {
                return Err(Wrong::new(
                    format!("must be a whole number, not {}", kind(other)),
                    hint,
                ));
            }
        };
        let Some(number) = number else {
            return Err(Wrong::new(
                format!("{} is no whole number", quote(shown)),
                hint,
            ));
        };
        u64::try_from(number)
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| Wrong::new(format!("{number} is out of range"), hint))
    }
}

/// Yes or no.
pub(super) fn flag(given: Given<'_>) -> Result<bool, Wrong> {
    const HINT: &str = "write true or false, without quotation marks";
    match given {
        Given::Toml(DeValue::Boolean(flag)) => Ok(*flag),
        // As the addresses of searches have it.
        Given::Toml(DeValue::Integer(number)) if number.as_str() == "0" => Ok(false),
        Given::Toml(DeValue::Integer(number)) if number.as_str() == "1" => Ok(true),
        Given::Toml(other) => Err(Wrong::new(
            format!("must be true or false, not {}", kind(other)),
            HINT,
        )),
        Given::Text(text) => match text.trim() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            other => Err(Wrong::new(
                format!("{} is neither true nor false", quote(other)),
                HINT,
            )),
        },
    }
}

/// What a value of TOML is, for people.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
