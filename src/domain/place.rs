use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::vocabulary::UnknownWord;

/// A country as ISO 3166-1 alpha-2 names it (`EU`, reserved there, stands for the Union).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// Romania.
    pub const RO: Self = Self(*b"RO");
    /// Latvia.
    pub const LV: Self = Self(*b"LV");
    /// Moldova.
    pub const MD: Self = Self(*b"MD");
    /// The European Union.
    pub const EU: Self = Self(*b"EU");

    /// The code: `RO`, `LV`, …
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII letters only.
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }

    /// The zone in which a date without one is meant: the capital's, Brussels for the Union,
    /// UTC where the country is none of ours.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        let name = match &self.0 {
            b"RO" => "Europe/Bucharest",
            b"LV" => "Europe/Riga",
            b"MD" => "Europe/Chisinau",
            b"EU" | b"BE" => "Europe/Brussels",
            b"UA" => "Europe/Kyiv",
            b"LT" => "Europe/Vilnius",
            b"EE" => "Europe/Tallinn",
            b"BG" => "Europe/Sofia",
            b"DE" => "Europe/Berlin",
            b"GB" => "Europe/London",
            b"PL" => "Europe/Warsaw",
            _ => "UTC",
        };
        TimeZone::get(name).unwrap_or(TimeZone::UTC)
    }
}

impl FromStr for Country {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(UnknownWord::new(
                text,
                "a country code such as RO, LV, MD, EU",
            )),
        }
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownWord;
    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
