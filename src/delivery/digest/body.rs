//! What an edition says. Stored with it, so that no later change of vesti changes what was published.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::{Country, ItemId, Kind, Language, SourceId, StoryId};
use crate::store::Edition;

/// The content of an edition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Its stories, in the order in which they are shown.
    pub groups: Vec<Group>,
    /// Stories of the period that found no place.
    #[serde(default)]
    pub more: u32,
    /// The digest's query as it was, in the vocabulary of the search page.
    #[serde(default)]
    pub query: Vec<(String, String)>,
    /// Items that were seen already but belong to a later period.
    #[serde(default)]
    pub waiting: Vec<ItemId>,
    /// This is one of the editions that open a digest, and more of them follow.
    #[serde(default)]
    pub opening: bool,
}

/// Stories of a sort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Which sort.
    pub heading: Heading,
    /// The stories; never none.
    pub stories: Vec<Story>,
}

/// Sorts of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// Whatever has to be answered within the week.
    Closing,
    /// Announcements of a kind.
    Kind(Kind),
}

/// A story, told once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Which.
    pub id: StoryId,
    /// Its title in its own language, plain text.
    pub title: String,
    /// That language.
    pub lang: Option<Language>,
    /// The first sentences, plain text; empty where the story is only named.
    pub excerpt: String,
    /// The day of its publication, where it happened.
    pub day: Option<Date>,
    /// By when to answer, local time of where it is asked for.
    pub closes: Option<Closes>,
    /// Who carried it, the first to do so first; never nobody.
    pub sources: Vec<Carrier>,
}

/// A deadline as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closes {
    /// Local date and time.
    pub at: DateTime,
    /// Whether the hour was stated.
    pub hour: bool,
}

/// A source that carried a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Carrier {
    /// The source.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// Its country.
    pub country: Country,
    /// Its item.
    pub item: ItemId,
    /// Where that is read.
    pub url: Url,
}

impl Body {
    /// What an edition says; `None` where a newer vesti wrote it in a way that this one cannot read.
    #[must_use]
    pub fn of(edition: &Edition) -> Option<Self> {
        Self::deserialize(&edition.body).ok()
    }

    /// How many stories it tells.
    #[must_use]
    pub fn stories(&self) -> usize {
        self.groups.iter().map(|group| group.stories.len()).sum()
    }
}
