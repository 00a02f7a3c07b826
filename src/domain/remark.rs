//! What vesti found out or did by itself, for staff: a word with its figures, like [`Reason`].

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use super::reason::{cleaned, code, or_words};
use super::{Language, Reason, Way};

/// Something that staff should know of a visit or of a look at an address. `way` and `url` are how and where a source is read now or
/// was looked at, `old_way` and `old_url` how and where it was read before; `said` are words of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is said in its own English sentence")]
pub enum Remark {
    /// A sentence of an older version.
    #[error("{text}")]
    Words { text: String },
    #[error("{one}; {other}")]
    Both { one: Box<Self>, other: Box<Self> },

    #[error("its page names this feed")]
    FeedNamed,
    #[error("its page links to this feed")]
    FeedLinked,
    #[error("sites of its make keep their feed there")]
    FeedUsual,
    #[error("its WordPress gives its posts to programs")]
    PostsGiven,
    #[error("its page of news lists them")]
    NewsPageLists,
    #[error("its robots.txt names this sitemap")]
    SitemapNamed,
    #[error("its sitemap names them")]
    SitemapUsual,
    #[error("its selectors in sources.toml find {} on its page", announcements(*count))]
    SelectorsFind { count: u64 },
    #[error("its page lists {}", announcements(*count))]
    PageLists { count: u64 },
    #[error("its address is a {way}")]
    AddressIs { way: Way },

    #[error("lists {}", announcements(*count))]
    Lists { count: u64 },
    #[error("names {}", announcements(*count))]
    Names { count: u64 },
    #[error("has {}", announcements(*count))]
    Has { count: u64 },
    #[error("has {}, the newest of {newest}", announcements(*count))]
    HasSince { count: u64, newest: Date },
    #[error("no feed but something else")]
    NotAFeed,
    #[error("no list of posts but something else")]
    NotPosts,
    #[error("names no announcements")]
    NamesNone,
    #[error("{why}")]
    Failed { why: Reason },
    #[error("not asked: {why}")]
    NotAsked { why: Reason },
    #[error("not asked: enough questions for one visit")]
    EnoughAsked,

    #[error("found its {way} at {url}: {because}")]
    Found {
        way: Way,
        url: String,
        because: Box<Self>,
    },
    #[error("moved for good to {url}, which is followed from now on")]
    MovedForGood { url: String },
    #[error(
        "its {old_way} at {old_url} no longer tells what is new, so it is read from its {way} at {url} from now on"
    )]
    NoLongerTells {
        old_way: Way,
        old_url: String,
        way: Way,
        url: String,
    },
    #[error(
        "its {old_way} at {old_url} failed ({why}), so it is read from its {way} at {url} from now on"
    )]
    WayFailed {
        old_way: Way,
        old_url: String,
        why: Reason,
        way: Way,
        url: String,
    },
    #[error(
        "{count} new announcements are kept aside: they are a stranger's (“{said}”); does the domain have another owner?"
    )]
    AsideStrange { count: u64, said: String },
    #[error(
        "{count} new announcements are kept aside: they are in another language ({language}); does the domain have another owner?"
    )]
    AsideForeign { count: u64, language: Language },
    #[error(
        "{count} new announcements are kept aside: they are not like it; does the domain have another owner?"
    )]
    AsideUnlike { count: u64 },
    #[error(
        "it lists {count} where it listed {before}, {known} of them known: they are kept aside until the next visits"
    )]
    AsideFewer { count: u64, before: u64, known: u64 },
    #[error("{why}, so the page was read without its selectors")]
    WithoutSelectors { why: Reason },

    #[error("it has news that its hub did not push, so it is visited at its own rhythm again")]
    PushMissed,
    #[error("it is no longer pushed by its hub, so it is visited at its own rhythm again")]
    PushEnded,
    #[error("it has not been pushed for long, so it is visited at its own rhythm again")]
    PushSilent,
    #[error("pushed by its hub")]
    Pushed,
    #[error("pushed by its hub, and rarely visited from now on")]
    PushedReliably,
    #[error("its hub pushed something that cannot be read, so it is visited: {why}")]
    PushUnreadable { why: Reason },
}

impl Remark {
    /// The word that stands for it in the store and in JSON; `None` for a sentence without one.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Words { .. } => None,
            known => code(known),
        }
    }

    /// The same, whatever others put into it: each part one bounded line.
    #[must_use]
    pub fn clean(self) -> Self {
        cleaned(self)
    }

    /// This, and another one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::Both {
            one: Box::new(self),
            other: Box::new(other),
        }
    }

    /// Whether a look found announcements there.
    #[must_use]
    pub fn is_well(&self) -> bool {
        matches!(self, Self::Has { .. } | Self::HasSince { .. })
    }
}

/// A remark, or the bare sentence that older versions kept in its place.
pub(crate) fn remark_or_words<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Remark>, D::Error> {
    or_words(deserializer, |text| Remark::Words { text })
}

fn announcements(count: u64) -> String {
    match count {
        1 => "1 announcement".into(),
        count => format!("{count} announcements"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Line {
        #[serde(default, deserialize_with = "remark_or_words")]
        note: Option<Remark>,
    }

    #[test]
    fn remarks_are_kept_as_words_and_old_sentences_stay() {
        let note = Remark::WayFailed {
            old_way: Way::Feed,
            old_url: "https://a.ro/feed".into(),
            why: Reason::Status {
                host: "a.ro".into(),
                status: 404,
            },
            way: Way::Listing,
            url: "https://a.ro/".into(),
        }
        .and(Remark::PushSilent);
        assert_eq!(
            note.to_string(),
            "its feed at https://a.ro/feed failed (a.ro answers with 404 Not Found), so it is read from its listing at https://a.ro/ \
             from now on; it has not been pushed for long, so it is visited at its own rhythm again"
        );
        let line = Line { note: Some(note) };
        let kept = serde_json::to_string(&line).unwrap();
        assert!(!kept.contains("answers"), "{kept}");
        assert_eq!(serde_json::from_str::<Line>(&kept).unwrap(), line);
        let read = |text: &str| serde_json::from_str::<Line>(text).unwrap().note;
        assert_eq!(read("{}"), None);
        assert_eq!(read("{\"note\":null}"), None);
        let old = read("{\"note\":\"pushed by its hub\"}").unwrap();
        assert_eq!(
            (old.to_string().as_str(), old.code()),
            ("pushed by its hub", None)
        );
    }
}
