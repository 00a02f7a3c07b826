use serde::{Deserialize, Serialize};

/// The store's change number: every recorded change of an item gets the next one, and commit order
/// equals number order. “What changed since N” is therefore one question with one answer.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Seq(pub u64);

impl std::fmt::Display for Seq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
