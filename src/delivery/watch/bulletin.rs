//! What a watch tells, as data: the body of a webhook, and what all other forms are made of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use crate::delivery::entry::under;
use crate::delivery::item_json::instant;
use crate::delivery::{ItemJson, MatterJson, SourceRef};
use crate::domain::{Edit, Gravity, Happening, Item, Language, Source, Turn, Watch, WatchId};

/// Most things of one bulletin; the others are counted.
pub(super) const MOST: usize = 50;

/// What a watch tells.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Bulletin {
    /// `watch`; `test` where somebody asked for a test.
    #[schema(pattern = "^(watch|test)$")]
    pub r#type: String,
    /// Names it for ever: what comes again has the same, also in the header `webhook-id`.
    #[schema(example = "watch-7-1205")]
    pub id: String,
    /// When it was put together.
    #[schema(format = "date-time")]
    pub created: String,
    /// The watch.
    pub watch: WatchRef,
    /// New announcements.
    pub items: Vec<ItemJson>,
    /// Announcements that were edited, where that matters.
    pub matters: Vec<EditJson>,
    /// What happened to sources.
    pub findings: Vec<NoticeJson>,
    /// How many more there were than are listed.
    #[schema(minimum = 0)]
    pub more: u64,
}

/// A watch, in short.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WatchRef {
    /// Its number.
    #[schema(example = "7")]
    pub id: String,
    /// What its owner calls it.
    pub name: String,
}

/// An edit that matters.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EditJson {
    /// When it was noticed.
    #[schema(format = "date-time")]
    pub at: String,
    /// The announcement as it is now.
    pub item: ItemJson,
    /// The version that was replaced.
    pub version: u32,
    /// What matters.
    pub matters: Vec<MatterJson>,
}

/// What happened to a source.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NoticeJson {
    /// Its number; grows.
    pub number: u64,
    /// When it was noticed.
    #[schema(format = "date-time")]
    pub at: String,
    /// Which source.
    pub source: SourceRef,
    /// Whether it began or ended.
    #[schema(pattern = "^(began|ended)$")]
    pub turn: String,
    /// What it is, in a word.
    #[schema(example = "frozen")]
    pub symptom: String,
    /// note (to be known), watch (it may pass by itself) or act (a person has to do something).
    #[schema(pattern = "^(note|watch|act)$")]
    pub gravity: String,
    /// Since when.
    #[schema(format = "date-time")]
    pub since: String,
    /// The same in plain words.
    pub text: String,
    /// The page of the source in the monitor.
    #[schema(format = "uri")]
    pub page: String,
}

impl Bulletin {
    /// An empty one.
    #[must_use]
    pub fn new(watch: &Watch, id: String, now: Timestamp) -> Self {
        Self {
            r#type: "watch".into(),
            id,
            created: instant(now),
            watch: WatchRef::of(watch.id, &watch.spec.name),
            items: Vec::new(),
            matters: Vec::new(),
            findings: Vec::new(),
            more: 0,
        }
    }

    /// One that only shows that the way is open.
    #[must_use]
    pub fn test(watch: &Watch, id: String, now: Timestamp) -> Self {
        Self {
            r#type: "test".into(),
            ..Self::new(watch, id, now)
        }
    }

    /// How many things it lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len() + self.matters.len() + self.findings.len()
    }

    /// Whether it lists nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is only a test.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.r#type == "test"
    }
}

impl WatchRef {
    /// Of a watch.
    #[must_use]
    pub fn of(id: WatchId, name: &str) -> Self {
        Self {
            id: id.to_string(),
            name: name.to_owned(),
        }
    }
}

impl EditJson {
    /// With sentences in a language.
    #[must_use]
    pub fn of(edit: &Edit, item: &Item, language: Language) -> Self {
        let zone = item.country.time_zone();
        Self {
            at: instant(edit.at),
            item: ItemJson::new(item, 1, None),
            version: edit.version,
            matters: edit
                .what
                .iter()
                .map(|matter| MatterJson::of(matter, language, &zone))
                .collect(),
        }
    }
}

impl NoticeJson {
    /// `text` says it in plain words.
    #[must_use]
    pub fn of(happening: &Happening, source: &Source, text: String, public: &Url) -> Self {
        Self {
            number: happening.number,
            at: instant(happening.at),
            source: SourceRef {
                id: source.id.to_string(),
                name: source.name.clone(),
                role: source.role.to_string(),
            },
            turn: match happening.turn {
                Turn::Began => "began",
                Turn::Ended => "ended",
            }
            .into(),
            symptom: happening.finding.symptom.word().to_owned(),
            gravity: match happening.finding.symptom.gravity() {
                Gravity::Note => "note",
                Gravity::Watch => "watch",
                Gravity::Act => "act",
            }
            .into(),
            since: instant(happening.finding.since),
            text,
            page: under(public, &format!("monitor/sources/{}", source.id)),
        }
    }
}
