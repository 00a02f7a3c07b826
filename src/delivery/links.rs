//! Where a document stands among the others of its feed (RFC 5005).

use url::Url;

/// The documents around one document of a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedLinks {
    /// The first page, where this is a later one (section 3); all pages have its id.
    pub first: Option<Url>,
    /// The archive of what came before this document (section 4).
    pub prev_archive: Option<Url>,
    /// The archive of what came after this one, where this is an archive.
    pub next_archive: Option<Url>,
    /// The feed that one subscribes to, where this is an archive of it.
    pub current: Option<Url>,
}

impl FeedLinks {
    /// Whether the document is an archive, to which nothing is added.
    #[must_use]
    pub fn is_archive(&self) -> bool {
        self.current.is_some()
    }

    /// All that are there, with their relations.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, &Url)> {
        [
            ("first", &self.first),
            ("prev-archive", &self.prev_archive),
            ("next-archive", &self.next_archive),
            ("current", &self.current),
        ]
        .into_iter()
        .filter_map(|(rel, url)| Some((rel, url.as_ref()?)))
    }
}
