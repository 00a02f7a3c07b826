//! What a page is when it is not what it should be: the words by which that is known.

use serde::{Deserialize, Serialize};

/// A sign that a page stands in the place of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// What the page is.
    pub what: SignKind,
    /// The words or the product by which that is known: one plain line.
    pub words: String,
}

/// What stands in place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignKind {
    /// An error, maintenance, a server without a site.
    ErrorPage,
    /// The domain is for sale, or a registrar's advertisements.
    Parked,
    /// A question whether the visitor is a robot.
    BotWall,
    /// A question for consent, and nothing else.
    CookieWall,
}

impl Sign {
    /// A sign known by these words, of which the first eighty letters are kept.
    #[must_use]
    pub fn new(what: SignKind, words: &str) -> Self {
        Self {
            what,
            words: words.chars().take(80).collect(),
        }
    }
}
