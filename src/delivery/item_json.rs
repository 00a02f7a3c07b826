use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::marked::marked;
use crate::domain::{Attachment, Item};
use crate::search::Marks;

/// One announcement.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ItemJson {
    /// Its id here.
    #[schema(example = "0gq3k9v2mzw5c", pattern = "^[0-9a-z]{13}$")]
    pub id: String,
    /// Where a person reads it.
    #[schema(format = "uri")]
    pub url: String,
    /// The address reduced to what identifies the page, for comparing.
    #[schema(format = "uri")]
    pub canonical_url: String,
    /// Plain text.
    pub title: String,
    /// The first sentences, plain text, at most 300 characters.
    pub excerpt: String,
    /// Where the query's words stand.
    pub highlights: Highlights,
    /// The whole text, plain, paragraphs parted by a blank line. Only in `/api/v1/items/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// BCP 47; null where there is no telling.
    #[schema(example = "ro", pattern = "^[a-z]{2,3}$")]
    pub lang: Option<String>,
    /// How sure that is, 0 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub lang_confidence: Option<f64>,
    /// ISO 3166-1 alpha-2, or EU.
    #[schema(example = "MD", pattern = "^[A-Z]{2}$")]
    pub country: String,
    /// Whose it is.
    pub source: SourceRef,
    /// When it was published; null where unknown.
    #[schema(format = "date-time")]
    pub published: Option<String>,
    /// How exactly that is known: second, day, month, none.
    #[schema(pattern = "^(second|day|month|none)$")]
    pub published_precision: String,
    /// When it was first seen here.
    #[schema(format = "date-time")]
    pub first_seen: String,
    /// When it was last edited.
    #[schema(format = "date-time")]
    pub updated: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it is: news, call, event, vacancy, tender, consultation, report, other.
    #[schema(pattern = "^(news|call|event|vacancy|tender|consultation|report|other)$")]
    pub kind: String,
    /// What it is about: ids of `/api/v1/topics`.
    pub topics: Vec<String>,
    /// The last moment to answer.
    #[schema(format = "date-time")]
    pub deadline: Option<String>,
    /// `second` where the hour was stated, `day` where it is the end of the day.
    #[schema(pattern = "^(second|day)$")]
    pub deadline_precision: Option<String>,
    /// The sentence that proves it.
    pub deadline_evidence: Option<String>,
    /// What to attend.
    pub event: Option<EventJson>,
    /// A picture.
    #[schema(format = "uri")]
    pub image: Option<String>,
    /// Files.
    pub attachments: Vec<AttachmentJson>,
    /// The story it tells.
    pub story: StoryRef,
}

/// Where the query's words stand: HTML in which everything but `<mark>` is escaped. Null where nothing is to be marked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Highlights {
    /// The title.
    #[schema(example = "<mark>Locuința</mark> protejată")]
    pub title: Option<String>,
    /// The passage of the text that shows the query best.
    pub excerpt: Option<String>,
}

/// A source, in short.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SourceRef {
    /// Its id.
    #[schema(example = "fonpc")]
    pub id: String,
    /// What it calls itself.
    pub name: String,
    /// founder, member, partner, authority, media or eu.
    #[schema(pattern = "^(founder|member|partner|authority|media|eu)$")]
    pub role: String,
}

/// What one can attend.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EventJson {
    /// When it begins.
    #[schema(format = "date-time")]
    pub start: String,
    /// When it ends.
    #[schema(format = "date-time")]
    pub end: Option<String>,
    /// Where.
    pub place: Option<String>,
}

/// A file.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AttachmentJson {
    /// Where it is.
    #[schema(format = "uri")]
    pub url: String,
    /// Its media type, as declared.
    pub r#type: Option<String>,
    /// What the source calls it; else the document's own title.
    pub title: Option<String>,
    /// How far its reading has come: pending, read, scanned (pages are pictures without text), unreadable. Null for files
    /// that hold no text.
    #[schema(pattern = "^(pending|read|scanned|unreadable)$")]
    pub state: Option<String>,
    /// How many pages it has, where it says.
    pub pages: Option<u32>,
    /// Its language, where there is telling.
    pub lang: Option<String>,
    /// Its text, plain, paragraphs parted by a blank line. Only in `/api/v1/items/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl AttachmentJson {
    fn of(file: &Attachment, item: &Item) -> Self {
        let read = item.files.iter().find(|read| read.url == file.url);
        Self {
            url: file.url.to_string(),
            r#type: file.r#type.clone(),
            title: file
                .title
                .clone()
                .or_else(|| read.and_then(|read| read.title.clone())),
            state: read.map(|read| read.state.as_str().to_owned()),
            pages: read.and_then(|read| read.pages),
            lang: read.and_then(|read| read.lang).map(|lang| lang.to_string()),
            text: None,
        }
    }
}

/// A story, told by one item or more.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StoryRef {
    /// Its id.
    pub id: String,
    /// How many items tell it.
    #[schema(minimum = 1)]
    pub size: u32,
}

impl ItemJson {
    /// The same with the whole text.
    #[must_use]
    pub fn with_text(item: &Item, size: u32) -> Self {
        let mut whole = Self {
            text: Some(item.text.clone()),
            ..Self::new(item, size, None)
        };
        for (json, file) in whole.attachments.iter_mut().zip(&item.attachments) {
            let read = item.files.iter().find(|read| read.url == file.url);
            json.text = read
                .map(|read| read.text.clone())
                .filter(|text| !text.is_empty());
        }
        whole
    }

    /// An item of a result; `size` is how many live items tell its story. Without marks, nothing is highlighted.
    #[must_use]
    pub fn new(item: &Item, size: u32, marks: Option<&Marks>) -> Self {
        Self {
            id: item.id.to_string(),
            url: item.url.to_string(),
            canonical_url: item.canonical_url.as_str().to_owned(),
            title: item.title.clone(),
            excerpt: item.excerpt.clone(),
            highlights: marks.map_or(
                Highlights {
                    title: None,
                    excerpt: None,
                },
                |marks| Highlights::of(item, marks),
            ),
            text: None,
            lang: item.lang.map(|found| found.lang.to_string()),
            lang_confidence: item.lang.map(|found| hundredths(found.confidence)),
            country: item.country.to_string(),
            source: SourceRef {
                id: item.source.to_string(),
                name: item.source_name.clone(),
                role: item.role.to_string(),
            },
            published: item.published.map(instant),
            published_precision: item.precision.to_string(),
            first_seen: instant(item.first_seen),
            updated: item.updated.map(instant),
            author: item.author.clone(),
            kind: item.kind.to_string(),
            topics: item.topics.iter().map(ToString::to_string).collect(),
            deadline: item.deadline.as_ref().map(|d| instant(d.at)),
            deadline_precision: item.deadline.as_ref().map(|d| d.precision.to_string()),
            deadline_evidence: item.deadline.as_ref().map(|d| d.evidence.clone()),
            event: item.event.as_ref().map(|event| EventJson {
                start: instant(event.start),
                end: event.end.map(instant),
                place: event.place.clone(),
            }),
            image: item.image.as_ref().map(ToString::to_string),
            attachments: item
                .attachments
                .iter()
                .map(|file| AttachmentJson::of(file, item))
                .collect(),
            story: StoryRef {
                id: item.story.to_string(),
                size: size.max(1),
            },
        }
    }
}

/// RFC 3339 in UTC, to the second: what is finer says nothing about announcements.
#[must_use]
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Two decimals, so that 0.98 is not written as 0.9800000190734863.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// Longest passage shown of a text, in characters.
const PASSAGE: usize = 280;

/// The passage that shows the query best, with what to mark in it: of the item's text or, where that has nothing, of its
/// files' texts.
#[must_use]
pub fn passage(item: &Item, marks: &Marks) -> (String, Vec<Range<usize>>) {
    let lang = item.lang.map(|found| found.lang);
    let own = marks.snippet(&item.text, lang, PASSAGE);
    if !own.1.is_empty() {
        return own;
    }
    item.files
        .iter()
        .filter(|file| !file.text.is_empty())
        .map(|file| marks.snippet(&file.text, lang, PASSAGE))
        .find(|(_, ranges)| !ranges.is_empty())
        .unwrap_or(own)
}

impl Highlights {
    fn of(item: &Item, marks: &Marks) -> Self {
        let lang = item.lang.map(|found| found.lang);
        let title = marks.find(&item.title, lang);
        let (passage, ranges) = passage(item, marks);
        Self {
            title: (!title.is_empty()).then(|| marked(&item.title, &title)),
            excerpt: (!ranges.is_empty()).then(|| marked(&passage, &ranges)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::digest::testing::{at, item};
    use crate::domain::{Detected, Language};

    #[test]
    fn an_item_has_the_names_of_the_contract() {
        let mut item = item(1, "fonss", "2026-11-20T08:00:00.5Z");
        item.lang = Some(Detected {
            lang: Language::RO,
            confidence: 0.98,
        });
        item.updated = Some(at("2026-11-21T08:00:00Z"));
        let json = serde_json::to_value(ItemJson::new(&item, 0, None)).unwrap();
        let mut names: Vec<&str> = json
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut expected: Vec<&str> = "id url canonical_url title excerpt highlights lang lang_confidence country source \
            published published_precision first_seen updated author kind topics deadline deadline_precision deadline_evidence event image attachments story"
            .split_whitespace()
            .collect();
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected);
        assert_eq!(json["lang_confidence"], 0.98);
        assert_eq!(json["published"], "2026-11-20T08:00:00Z");
        assert_eq!(json["story"]["size"], 1, "it tells its story itself");
        assert_eq!(json["source"]["name"], "FONSS");
        let whole = serde_json::to_value(ItemJson::with_text(&item, 2)).unwrap();
        assert_eq!(whole["text"], "text 1");
    }
}
