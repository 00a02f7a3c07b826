//! A source as a form.

use crate::config::{Mistake, Typed};
use crate::domain::{Field, Role, Source};
use crate::web::form::Form;
use crate::web::locale::Ui;

/// A line to type in.
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) value: String,
    pub(super) fault: Option<String>,
    pub(super) kind: &'static str,
    pub(super) required: bool,
    pub(super) most: usize,
}

/// All that can be said of a source.
pub(super) struct SourceForm {
    /// Before the role, and after it.
    pub(super) first: Vec<Line>,
    pub(super) role_label: String,
    pub(super) role_fault: Option<String>,
    /// Value, what it is called, whether it is chosen.
    pub(super) roles: Vec<(String, String, bool)>,
    pub(super) more: Vec<Line>,
    /// Name, what it is called, whether it is ticked.
    pub(super) ticks: Vec<(&'static str, String, bool)>,
}

/// The lines: key, kind of input, whether it must be filled in, longest value.
const FIRST: [(&str, &str, bool, usize); 4] = [
    ("id", "text", true, 64),
    ("name", "text", true, 200),
    ("url", "url", false, 2_000),
    ("country", "text", true, 2),
];
const MORE: [(&str, &str, bool, usize); 4] = [
    ("languages", "text", false, 100),
    ("topics", "text", false, 500),
    ("feed", "url", false, 2_000),
    ("interval", "text", false, 20),
];

impl SourceForm {
    /// The form with what was typed, and what is wrong with it. Where the source has an id already, that stays.
    pub(super) fn new(ui: Ui, typed: &Typed, mistakes: &[Mistake], with_id: bool) -> Self {
        let fault = |name: &str| {
            let wrong = mistakes
                .iter()
                .any(|mistake| mistake.field.map_or("id", Field::key) == name);
            wrong.then(|| ui.t(&format!("source-field-{name}-bad")))
        };
        let line = |(name, kind, required, most): (&'static str, &'static str, bool, usize)| {
            let hint = format!("source-field-{name}-hint");
            Line {
                name,
                label: ui.t(&format!("source-field-{name}")),
                hint: ui.has(&hint).then(|| ui.t(&hint)),
                value: value(typed, name).to_owned(),
                fault: fault(name),
                kind,
                required,
                most,
            }
        };
        Self {
            first: FIRST
                .into_iter()
                .filter(|(name, ..)| with_id || *name != "id")
                .map(line)
                .collect(),
            role_label: ui.t("source-field-role"),
            role_fault: fault("role"),
            roles: Role::ALL
                .iter()
                .map(|role| {
                    let word = role.to_string();
                    let chosen = word == typed.role;
                    (word, ui.role_name(*role), chosen)
                })
                .collect(),
            more: MORE.into_iter().map(line).collect(),
            ticks: vec![
                ("paused", ui.t("source-field-paused"), typed.paused),
                ("private", ui.t("source-field-private"), typed.private),
            ],
        }
    }
}

fn value<'a>(typed: &'a Typed, name: &str) -> &'a str {
    match name {
        "id" => &typed.id,
        "name" => &typed.name,
        "url" => &typed.url,
        "country" => &typed.country,
        "languages" => &typed.languages,
        "topics" => &typed.topics,
        "feed" => &typed.feed,
        _ => &typed.interval,
    }
}

/// What was typed.
pub(super) fn typed(form: &Form) -> Typed {
    let text = |name: &str| form.last(name).unwrap_or_default().to_owned();
    Typed {
        id: text("id"),
        name: text("name"),
        url: text("url"),
        country: text("country").to_uppercase(),
        role: text("role"),
        languages: text("languages"),
        feed: text("feed"),
        interval: text("interval"),
        topics: text("topics"),
        paused: form.last("paused").is_some(),
        private: form.last("private").is_some(),
    }
}

/// What a source says in a field, for people.
pub(super) fn said(ui: Ui, field: Field, source: &Source) -> String {
    let typed = Typed::of(source);
    let answer = |yes: bool| {
        if yes {
            ui.t("manage-yes")
        } else {
            ui.t("manage-no")
        }
    };
    let text = match field {
        Field::Paused => answer(typed.paused),
        Field::Private => answer(typed.private),
        Field::Role => ui.role_name(source.role),
        Field::Listing => answer(source.listing.is_some()),
        field => value(&typed, field.key()).to_owned(),
    };
    if text.is_empty() { "–".into() } else { text }
}
