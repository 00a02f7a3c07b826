//! `[access]`: who may see the members' pages.

use super::problem::{Wrong, quote};
use super::table::Table;

/// The keys of the section.
pub(super) const KEYS: &[&str] = &["members"];

/// Who may see what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Who may search and read.
    pub members: Members,
}

/// Who may see the pages, feeds and API that are made for members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Members {
    /// Everybody.
    #[default]
    Open,
    /// Those who have signed in, or have a key.
    Closed,
}

impl Access {
    /// Whether one has to sign in, or have a key, to search and read.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.members == Members::Closed
    }
}

/// Reads the section.
pub(super) fn read(table: Table<'_>) -> Access {
    let members = table.get("members", |given| {
        given.parse(|text| match text {
            "open" => Ok(Members::Open),
            "closed" => Ok(Members::Closed),
            other => Err(Wrong::new(
                format!("{} is no kind of access", quote(other)),
                r#"write "open" for everybody, or "closed" for those who have signed in or have a key"#,
            )),
        })
    });
    table.finish(|_| None);
    Access {
        members: members.unwrap_or_default(),
    }
}
