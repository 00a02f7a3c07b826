//! The languages that the model tells apart, and the size of its table.

/// Any language but those with a class of its own, and what is no language at all.
pub(super) const NONE: &str = "und";

/// In Latin letters.
pub(super) const LATIN: [&str; 33] = [
    "ro", "lv", "en", "lt", "et", "pl", "it", "fr", "es", "pt", "de", "hu", "tr", "gag", "hr",
    "sr", "cs", "sk", "sl", "nl", "sv", "da", "nb", "fi", "ca", "gl", "sq", "az", "eo", "is", "id",
    "vi", NONE,
];

/// In Cyrillic letters, Romanian among them.
pub(super) const CYRILLIC: [&str; 9] = ["ru", "uk", "ro", "bg", "sr", "be", "mk", "kk", NONE];

/// Classes, those in Latin letters first.
pub(super) const CLASSES: usize = LATIN.len() + CYRILLIC.len();

/// Numbers that stand for a group of letters.
pub(super) const DIMENSIONS: usize = 10;

/// Rows of the table of an alphabet: groups of letters that fall into the same row share its numbers. The Latin table comes first.
pub(super) const ROWS: usize = 14_500;
