//! The JSON of sources, topics and digests. What is written here is the contract with programs.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{Concept, DigestSpec};
use crate::delivery::instant;
use crate::domain::{Language, Phase};
use crate::store::SourceRecord;
use crate::web::context::Context;
use crate::web::pages;
use crate::web::params;

/// A source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceJson {
    /// Its id; never changes.
    #[schema(example = "fonpc")]
    id: String,
    /// What the organisation calls itself.
    name: String,
    /// Its page.
    #[schema(format = "uri")]
    url: Option<String>,
    /// Its feed, where one is known.
    #[schema(format = "uri")]
    feed: Option<String>,
    /// How its announcements are read: feed, wordpress, sitemap or listing; null until a way was found.
    #[schema(pattern = "^(feed|wordpress|sitemap|listing)$")]
    way: Option<String>,
    /// Where they are read from.
    #[schema(format = "uri")]
    address: Option<String>,
    /// ISO 3166-1 alpha-2, or EU.
    #[schema(example = "RO", pattern = "^[A-Z]{2}$")]
    country: String,
    /// founder, member, partner, authority, media or eu.
    #[schema(pattern = "^(founder|member|partner|authority|media|eu)$")]
    role: String,
    /// What it usually writes in.
    languages: Vec<String>,
    /// Topics that all its items have.
    topics: Vec<String>,
    /// new, healthy, failing, silent, gone or paused.
    #[schema(pattern = "^(new|healthy|failing|silent|gone|paused)$")]
    status: String,
    /// What went wrong on the last visit, in one plain sentence in English; null where nothing did.
    fault: Option<String>,
    /// The word that stands for what went wrong, such as `no_such_name`; null where nothing did, or where the sentence is of an older version.
    #[schema(pattern = "^[a-z_]+$")]
    fault_code: Option<String>,
    /// Since when it fails, or is gone or silent.
    #[schema(format = "date-time")]
    since: Option<String>,
    /// When it was last visited.
    #[schema(format = "date-time")]
    last_visit: Option<String>,
    /// When it will be visited next; null while it is paused.
    #[schema(format = "date-time")]
    next_visit: Option<String>,
    /// How many of its items can be found.
    items: u64,
    /// When its newest item was published.
    #[schema(format = "date-time")]
    newest: Option<String>,
}

impl SourceJson {
    pub(crate) fn new(record: &SourceRecord) -> Self {
        let source = &record.source;
        Self {
            id: source.id.to_string(),
            name: source.name.clone(),
            url: source.url.as_ref().map(ToString::to_string),
            feed: record
                .state
                .feed()
                .or(source.feed.as_ref())
                .map(ToString::to_string),
            way: (record.state.address.as_ref()).map(|_| record.state.way.word().to_owned()),
            address: record.state.address.as_ref().map(ToString::to_string),
            country: source.country.to_string(),
            role: source.role.to_string(),
            languages: source.languages.iter().map(ToString::to_string).collect(),
            topics: source.topics.iter().map(ToString::to_string).collect(),
            status: record.state.phase.word().to_owned(),
            fault: record.state.phase.fault().map(ToString::to_string),
            fault_code: record
                .state
                .phase
                .fault()
                .and_then(|fault| fault.reason.code()),
            since: match record.state.phase {
                Phase::Failing { since, .. } | Phase::Gone { since } | Phase::Silent { since } => {
                    Some(instant(since))
                }
                Phase::New | Phase::Healthy | Phase::Paused => None,
            },
            last_visit: record.state.last_visit.map(instant),
            next_visit: match record.state.phase {
                Phase::Paused => None,
                _ => Some(instant(record.state.next_visit)),
            },
            items: record.items,
            newest: record.newest.map(instant),
        }
    }
}

/// A concept of the sector.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TopicJson {
    /// Its id.
    #[schema(example = "day-centre")]
    id: String,
    /// What it is called, in the language of `ui`.
    label: String,
    /// The wider concept.
    broader: Option<String>,
    /// Label first, then synonyms, by language; what holds in one country only has it in brackets: `CES (RO)`.
    labels: BTreeMap<String, Vec<String>>,
    /// How many items are about it.
    items: u64,
}

impl TopicJson {
    pub(crate) fn new(concept: &Concept, language: Language, items: u64) -> Self {
        Self {
            id: concept.id.to_string(),
            label: concept.label(language).to_owned(),
            broader: concept.broader.as_ref().map(ToString::to_string),
            labels: concept
                .labels
                .iter()
                .map(|(language, names)| {
                    let names = names.iter().map(ToString::to_string).collect();
                    (language.to_string(), names)
                })
                .collect(),
            items,
        }
    }
}

/// A digest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DigestJson {
    /// Its id.
    #[schema(example = "funding-weekly")]
    id: String,
    /// Its title, in the language of `ui` where it has one.
    title: String,
    /// hourly, daily, weekly or monthly.
    #[schema(pattern = "^(hourly|daily|weekly|monthly)$")]
    period: String,
    /// What goes in, as a query string of the search.
    query: String,
    /// Its page.
    #[schema(format = "uri")]
    url: String,
    /// Its feeds.
    feeds: DigestFeeds,
    /// When the latest edition was put together; null before the first.
    #[schema(format = "date-time")]
    latest: Option<String>,
}

/// Addresses of a digest's feeds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DigestFeeds {
    /// RSS 2.0.
    #[schema(format = "uri")]
    rss: String,
    /// Atom.
    #[schema(format = "uri")]
    atom: String,
    /// JSON Feed.
    #[schema(format = "uri")]
    json: String,
}

impl DigestJson {
    pub(crate) fn new(context: &Context, spec: &DigestSpec, latest: Option<String>) -> Self {
        let own = |ending: &str| context.absolute(&format!("/digests/{}{ending}", spec.id));
        let query = params::query_string(&spec.query.to_pairs());
        Self {
            id: spec.id.to_string(),
            title: spec.title(context.ui.language()).to_owned(),
            period: pages::period_word(spec.period).to_owned(),
            query: query.trim_start_matches('?').to_owned(),
            url: own(""),
            feeds: DigestFeeds {
                rss: own(".rss"),
                atom: own(".atom"),
                json: own(".json"),
            },
            latest,
        }
    }
}

/// A page of sources.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceList {
    /// This page.
    pub(crate) items: Vec<SourceJson>,
    /// Give it as `cursor` for the next page; null on the last.
    pub(crate) next_cursor: Option<String>,
}

/// A page of topics.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TopicList {
    /// This page.
    pub(crate) items: Vec<TopicJson>,
    /// Give it as `cursor` for the next page; null on the last.
    pub(crate) next_cursor: Option<String>,
}

/// A page of digests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DigestList {
    /// This page.
    pub(crate) items: Vec<DigestJson>,
    /// Give it as `cursor` for the next page; null on the last.
    pub(crate) next_cursor: Option<String>,
}
