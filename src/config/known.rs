use std::collections::BTreeSet;

use super::problem::{Wrong, nearest, quote};

/// The ids that a file defines, for references from other files.
#[derive(Debug, Default)]
pub(super) struct Known {
    ids: BTreeSet<String>,
    /// Whether the file could not be read: then nothing can be said to be missing from it.
    unsure: bool,
}

impl Known {
    /// These and no others.
    pub fn of(ids: impl IntoIterator<Item = String>) -> Self {
        Self {
            ids: ids.into_iter().collect(),
            unsure: false,
        }
    }

    /// These as well.
    pub fn add(&mut self, ids: impl IntoIterator<Item = String>) {
        self.ids.extend(ids);
    }

    /// Nobody knows.
    pub fn unsure() -> Self {
        Self {
            ids: BTreeSet::new(),
            unsure: true,
        }
    }

    /// Finds fault with an id that is not defined. `what` is “source” or “topic”, `file` where it should stand.
    pub fn check(&self, id: &str, what: &str, file: &str) -> Result<(), Wrong> {
        if self.unsure || self.ids.contains(id) {
            return Ok(());
        }
        let hint = match nearest(id, self.ids.iter().map(String::as_str)) {
            Some(name) => format!("did you mean “{name}”?"),
            None => format!("{file} lists them"),
        };
        Err(Wrong::new(
            format!("there is no {what} {}", quote(id)),
            hint,
        ))
    }
}
