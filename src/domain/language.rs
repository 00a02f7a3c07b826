use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::vocabulary::UnknownWord;

/// A language as BCP 47 names it: the primary subtag only, two or three small letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 3]);

impl Language {
    /// Romanian, also of Moldova.
    pub const RO: Self = Self(*b"ro\0");
    /// Latvian.
    pub const LV: Self = Self(*b"lv\0");
    /// Russian.
    pub const RU: Self = Self(*b"ru\0");
    /// English.
    pub const EN: Self = Self(*b"en\0");
    /// Ukrainian.
    pub const UK: Self = Self(*b"uk\0");

    /// The languages that the interface speaks and the search joins.
    pub const OURS: [Self; 4] = [Self::RO, Self::LV, Self::RU, Self::EN];

    /// The code: `ro`, `lv`, …
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = if self.0[2] == 0 { 2 } else { 3 };
        // The constructors admit ASCII letters only.
        std::str::from_utf8(&self.0[..end]).unwrap_or("und")
    }

    /// The primary language of a tag such as `ro-MD` or `en_US.UTF-8`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.', ',', ';']).next()?;
        let primary = primary.to_ascii_lowercase();
        match primary.as_str() {
            "ron" | "rum" | "mo" | "mol" => Some(Self::RO),
            "lav" | "lvs" => Some(Self::LV),
            "rus" => Some(Self::RU),
            "eng" => Some(Self::EN),
            "ukr" | "ua" => Some(Self::UK),
            "und" | "zxx" | "mul" => None,
            other => other.parse().ok(),
        }
    }
}

impl FromStr for Language {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let bytes = text.as_bytes();
        if (2..=3).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_lowercase) {
            let mut code = [0; 3];
            code[..bytes.len()].copy_from_slice(bytes);
            Ok(Self(code))
        } else {
            Err(UnknownWord::new(
                text,
                "a language code such as ro, lv, ru, en",
            ))
        }
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownWord;
    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.as_str().to_owned()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What language identification made of a text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Detected {
    /// The language.
    pub lang: Language,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}
