//! What an edition says. Stored with it, so that no later change of vesti changes what was published.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::{Country, ItemId, Kind, Language, SourceId, StoryId, TopicId};
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// Whatever has to be answered within the week.
    Closing,
    /// Announcements of a kind.
    Kind(Kind),
    /// Announcements on a topic, with what it was called when the edition was made.
    Topic {
        /// The topic.
        id: TopicId,
        /// Its names.
        names: Vec<(Language, String)>,
    },
    /// Announcements from a country.
    Country(Country),
    /// What has no topic.
    Rest,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_earlier_versions_published_still_reads() {
        let mut edition = crate::delivery::digest::testing::edition("2026-11-21T07:00:00Z", 1);
        let story = serde_json::json!({
            "id": StoryId::new(7), "title": "Apel", "lang": "ro", "excerpt": "", "day": "2026-11-20", "closes": null,
            "sources": [{"id": "fonss", "name": "FONSS", "country": "RO", "item": ItemId::new(7), "url": "https://fonss.ro/7"}]
        });
        edition.body = serde_json::json!({
            "groups": [{"heading": "closing", "stories": [story]}, {"heading": {"kind": "call"}, "stories": [story]}]
        });
        let body = Body::of(&edition).unwrap();
        assert_eq!(body.stories(), 2);
        assert_eq!(body.groups[1].heading, Heading::Kind(Kind::Call));
        for heading in [
            Heading::Rest,
            Heading::Country(Country::LV),
            Heading::Topic {
                id: "funding".parse().unwrap(),
                names: vec![(Language::RO, "Finanțare".into())],
            },
        ] {
            let written = serde_json::to_value(&heading).unwrap();
            assert_eq!(serde_json::from_value::<Heading>(written).unwrap(), heading);
        }
    }
}
