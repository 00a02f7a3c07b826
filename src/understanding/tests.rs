//! Drafts for the tests of the parts, and tests of the whole.

use jiff::Timestamp;
use url::Url;

use super::topics::Thesaurus;
use super::{identity, understand};
use crate::config::Concept;
use crate::domain::{Country, Draft, Kind, Language, Precision, Role, Source};

/// A draft with a title and a text and nothing else.
pub(super) fn draft(title: &str, text: &str) -> Draft {
    Draft {
        guid: None,
        url: None,
        title: title.to_owned(),
        author: None,
        html: None,
        text: text.to_owned(),
        summary: None,
        published: None,
        precision: Precision::None,
        updated: None,
        lang_hint: None,
        image: None,
        attachments: Vec::new(),
        categories: Vec::new(),
        partial: false,
    }
}

fn source() -> Source {
    Source {
        id: "fonss".parse().unwrap(),
        name: "FONSS".into(),
        url: Some(Url::parse("https://fonss.ro/").unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: vec![Language::RO],
        feed: None,
        listing: None,
        interval: None,
        topics: vec!["network".parse().unwrap()],
        paused: false,
        private: false,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_draft_is_understood() {
    let thesaurus = Thesaurus::compile(&[Concept {
        id: "social-services".parse().unwrap(),
        broader: None,
        labels: [(Language::RO, vec!["servicii sociale".into()])].into(),
    }]);
    let mut entry = draft(
        "Apel de propuneri pentru furnizorii de servicii sociale",
        "Fundația lansează un apel de propuneri. Proiectele se depun până la 15 martie 2026, ora 16:00, la sediul fundației.",
    );
    entry.url = Some(Url::parse("https://fonss.ro/apel").unwrap());
    entry.published = Some(at("2026-02-20T08:00:00Z"));
    entry.precision = Precision::Second;
    let seen = at("2026-02-20T09:00:00Z");
    let keys = identity::keys(&entry, None, &identity::Shared::default());
    let known = understand(
        entry,
        &source(),
        &thesaurus,
        keys.clone(),
        String::new(),
        seen,
    );
    assert_eq!(known.kind, Kind::Call);
    assert_eq!(known.lang.map(|lang| lang.lang), Some(Language::RO));
    let deadline = known.deadline.unwrap();
    assert_eq!(
        (deadline.at, deadline.precision),
        (at("2026-03-15T14:00:00Z"), Precision::Second)
    );
    let topics: Vec<&str> = known.topics.iter().map(AsRef::as_ref).collect();
    assert_eq!(topics, ["network", "social-services"]);
    assert_eq!(known.keys, keys);
    assert_eq!(known.url.as_str(), "https://fonss.ro/apel");
    assert!(known.excerpt.starts_with("Fundația lansează"));
}

#[test]
fn an_entry_without_a_link_has_its_sources_address_and_an_absurd_date_is_none() {
    let mut entry = draft("Anunț", "");
    entry.published = Some(at("0001-01-01T00:00:00Z"));
    entry.precision = Precision::Second;
    let known = understand(
        entry,
        &source(),
        &Thesaurus::default(),
        Vec::new(),
        "as the source said".into(),
        at("2026-02-20T09:00:00Z"),
    );
    assert_eq!(known.url.as_str(), "https://fonss.ro/");
    assert_eq!(
        (known.draft.published, known.draft.precision),
        (None, Precision::None)
    );
    assert_eq!(known.content_hash, "as the source said");
}
