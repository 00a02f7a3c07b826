//! Plain values for the tests of pages.

use std::sync::Arc;

use axum::http::HeaderMap;
use jiff::Timestamp;

use crate::config::{Concept, Config, Settings};
use crate::domain::{
    Attachment, CanonicalUrl, Country, Deadline, Detected, Event, Item, ItemId, ItemState, Kind,
    Language, Precision, Role, Seq, Source, SourceState, StoryId, Version,
};
use crate::store::SourceRecord;
use crate::web::context::Context;
use crate::web::params::Pairs;

pub(in crate::web) fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

pub(in crate::web) fn item() -> Item {
    let url: url::Url = "https://ong.example/apel".parse().unwrap();
    Item {
        id: ItemId::new(7),
        seq: Seq(9),
        born: Seq(9),
        version: 2,
        source: "ong-exemplu".parse().unwrap(),
        country: Country::MD,
        source_name: "ONG Exemplu".into(),
        role: Role::Member,
        canonical_url: CanonicalUrl::of(&url),
        url,
        guid: None,
        title: "Apel de proiecte <b>pentru centre de zi".into(),
        author: Some("Redacția".into()),
        excerpt: "Fundația anunță un apel de proiecte pentru centre de zi din raioane.".into(),
        text: "Fundația anunță un apel de proiecte.\n\nTermenul-limită este 1 decembrie 2026."
            .into(),
        html: Some("<p>Fundația anunță un <em>apel</em> de proiecte.</p>".into()),
        lang: Some(Detected {
            lang: Language::RO,
            confidence: 0.98,
        }),
        published: Some("2026-11-20T08:00:00Z".parse().unwrap()),
        precision: Precision::Second,
        sort_at: "2026-11-20T08:00:00Z".parse().unwrap(),
        first_seen: "2026-11-20T08:05:00Z".parse().unwrap(),
        updated: None,
        kind: Kind::Call,
        topics: vec!["day-centre".parse().unwrap()],
        deadline: Some(Deadline {
            at: "2026-12-01T21:59:59Z".parse().unwrap(),
            precision: Precision::Day,
            evidence: "Termenul-limită este 1 decembrie 2026.".into(),
        }),
        event: Some(Event {
            start: "2026-11-25T08:00:00Z".parse().unwrap(),
            end: None,
            place: Some("Chișinău".into()),
        }),
        image: None,
        attachments: vec![Attachment {
            url: "https://ong.example/ghid.pdf".parse().unwrap(),
            r#type: Some("application/pdf".into()),
            title: None,
        }],
        files: Vec::new(),
        story: StoryId::new(7),
        newer: None,
        state: ItemState::Live,
        arrival: crate::domain::Arrival::News,
    }
}

pub(in crate::web) fn version() -> Version {
    Version {
        version: 1,
        replaced_at: now(),
        title: "Apel de proiecte".into(),
        text: "Termenul-limită este 25 noiembrie 2026.".into(),
    }
}

pub(in crate::web) fn source() -> SourceRecord {
    let mut state = SourceState::new(now());
    state.phase = crate::domain::Phase::Healthy;
    SourceRecord {
        source: Source {
            id: "ong-exemplu".parse().unwrap(),
            name: "ONG Exemplu".into(),
            url: Some("https://ong.example/".parse().unwrap()),
            country: Country::MD,
            role: Role::Member,
            languages: vec![Language::RO, Language::RU],
            feed: None,
            listing: None,
            interval: None,
            topics: Vec::new(),
            paused: false,
            private: false,
        },
        state,
        items: 12,
        newest: Some(now()),
    }
}

fn concept(id: &str, broader: Option<&str>, lv: &str, en: &str) -> Concept {
    Concept {
        id: id.parse().unwrap(),
        broader: broader.map(|id| id.parse().unwrap()),
        labels: [
            (Language::LV, vec![lv.into()]),
            (Language::EN, vec![en.into()]),
        ]
        .into(),
    }
}

/// A request for a path with a query string, in a service that has one source and three topics.
pub(in crate::web) fn context(path: &str, query: &str) -> Context {
    let config = Config {
        settings: Settings::default(),
        sources: vec![source().source],
        thesaurus: vec![
            concept(
                "social-services",
                None,
                "sociālie pakalpojumi",
                "social services",
            ),
            concept(
                "community-services",
                Some("social-services"),
                "sabiedrībā balstīti pakalpojumi",
                "community services",
            ),
            concept(
                "day-centre",
                Some("community-services"),
                "dienas centrs",
                "day centre",
            ),
        ],
        digests: Vec::new(),
        folder: "config".into(),
        ..Config::default()
    };
    Context::new(
        Arc::new(config),
        "https://vesti.example/".parse().unwrap(),
        path,
        Pairs::parse(Some(query)),
        HeaderMap::new(),
        now(),
    )
}
