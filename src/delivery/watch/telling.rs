//! A bulletin in words for people, from which mails, feeds and messages to services are made.

use url::Url;

use super::Bulletin;
use crate::delivery::entry::{plain, under};
use crate::delivery::words::Ui;
use crate::delivery::{ItemJson, NoticeJson};
use crate::domain::{Country, Language};

/// A bulletin in words. All of it is plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// What it is, in one line.
    pub title: String,
    /// The language of its own words.
    pub lang: Language,
    /// What it tells, in parts.
    pub sections: Vec<Section>,
    /// That there is more, where there is.
    pub more: Option<String>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What its lines are.
    pub heading: String,
    /// Them.
    pub lines: Vec<Line>,
}

/// One announcement, edit or source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Of what.
    pub title: String,
    /// Where to read it.
    pub url: String,
    /// The language of the title, where that is known.
    pub lang: Option<String>,
    /// What is said of it, each in a line of its own.
    pub notes: Vec<String>,
    /// Who announces it, and what else is good to know.
    pub meta: String,
}

impl Telling {
    /// In the language of the watch. `public` is the base address of the service.
    #[must_use]
    pub fn of(bulletin: &Bulletin, language: Language, public: &Url) -> Self {
        let ui = Ui::of(language);
        let pick = |words: [&'static str; 4]| words[ui as usize].to_owned();
        let name = plain(&bulletin.watch.name, "vesti");
        let mut sections = Vec::new();
        let mut add = |heading: [&'static str; 4], lines: Vec<Line>| {
            if !lines.is_empty() {
                let heading = pick(heading);
                sections.push(Section { heading, lines });
            }
        };
        add(
            [
                "Anunțuri noi",
                "Jauni paziņojumi",
                "Новые публикации",
                "New announcements",
            ],
            bulletin
                .items
                .iter()
                .map(|item| announced(item, ui, public))
                .collect(),
        );
        add(
            [
                "Modificări importante",
                "Svarīgas izmaiņas",
                "Важные изменения",
                "Edits that matter",
            ],
            bulletin
                .matters
                .iter()
                .map(|edit| Line {
                    notes: edit
                        .matters
                        .iter()
                        .map(|matter| matter.text.clone())
                        .collect(),
                    ..announced(&edit.item, ui, public)
                })
                .collect(),
        );
        add(
            ["Surse", "Avoti", "Источники", "Sources"],
            bulletin.findings.iter().map(noticed).collect(),
        );
        let title = if bulletin.is_test() {
            let test = pick([
                "mesaj de probă",
                "izmēģinājuma ziņa",
                "пробное сообщение",
                "test message",
            ]);
            format!("{name}: {test}")
        } else if let (1, 0, Some(line)) = (
            bulletin.len(),
            bulletin.more,
            sections.first().and_then(|section| section.lines.first()),
        ) {
            let what = line.notes.first().filter(|_| bulletin.items.is_empty());
            what.map_or_else(
                || format!("{name}: {}", line.title),
                |what| format!("{name}: {} – {what}", line.title),
            )
        } else {
            let count = bulletin.len() as u64 + bulletin.more;
            format!("{name} ({count})")
        };
        let more = (bulletin.more > 0).then(|| {
            let words = pick([
                "Și încă {count}: vedeți pe site.",
                "Un vēl {count}: skatiet vietnē.",
                "И ещё {count}: смотрите на сайте.",
                "And {count} more: see the site.",
            ]);
            words.replace("{count}", &bulletin.more.to_string())
        });
        Self {
            title,
            lang: ui.language(),
            sections,
            more,
        }
    }
}

fn announced(item: &ItemJson, ui: Ui, public: &Url) -> Line {
    let mut meta = plain(&item.source.name, &item.source.id);
    let zone = item
        .country
        .parse::<Country>()
        .map(|country| country.time_zone());
    let deadline = item
        .deadline
        .as_ref()
        .and_then(|at| at.parse::<jiff::Timestamp>().ok());
    if let (Ok(zone), Some(at)) = (zone, deadline) {
        let local = at.to_zoned(zone);
        let day = match item.deadline_precision.as_deref() {
            Some("second") => ui.moment(local.datetime()),
            _ => ui.day(local.date()),
        };
        meta = format!("{meta} · {}: {day}", ui.deadline());
    }
    Line {
        title: plain(&item.title, "…"),
        url: under(public, &format!("items/{}", item.id)),
        lang: item.lang.clone(),
        notes: Vec::new(),
        meta,
    }
}

fn noticed(notice: &NoticeJson) -> Line {
    Line {
        title: plain(&notice.source.name, &notice.source.id),
        url: notice.page.clone(),
        lang: None,
        notes: vec![notice.text.clone()],
        meta: String::new(),
    }
}

/// Bulletins for the tests of whatever is made of them.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::delivery::digest::testing::{at, item};
    use crate::delivery::{EditJson, WatchRef};
    use crate::domain::{Edit, ItemId, Matter};

    pub(crate) fn public() -> Url {
        Url::parse("https://vesti.example/").unwrap()
    }

    /// One announcement whose title is full of marks, one edit.
    pub(crate) fn bulletin(title: &str) -> Bulletin {
        let mut new = item(1, "fonss", "2026-11-20T08:00:00Z");
        new.title = title.into();
        let edit = Edit {
            number: 3,
            at: at("2026-11-21T08:00:00Z"),
            item: ItemId::new(2),
            version: 1,
            what: vec![Matter::AmountChanged {
                from: "50.000 lei".into(),
                to: "<80.000> lei".into(),
            }],
        };
        Bulletin {
            r#type: "watch".into(),
            id: "watch-7-12".into(),
            created: "2026-11-22T10:00:00Z".into(),
            watch: WatchRef {
                id: "7".into(),
                name: "Apeluri & co".into(),
            },
            items: vec![ItemJson::new(&new, 1, None)],
            matters: vec![EditJson::of(
                &edit,
                &item(2, "apscf", "2026-11-19T08:00:00Z"),
                Language::RO,
            )],
            findings: Vec::new(),
            more: 0,
        }
    }

    #[test]
    fn a_bulletin_is_told_in_parts() {
        let told = Telling::of(&bulletin("Apel"), Language::RO, &public());
        assert_eq!(told.title, "Apeluri & co (2)");
        let headings: Vec<&str> = told
            .sections
            .iter()
            .map(|section| section.heading.as_str())
            .collect();
        assert_eq!(headings, ["Anunțuri noi", "Modificări importante"]);
        assert_eq!(
            told.sections[1].lines[0].notes,
            ["Sumă modificată: 50.000 lei → <80.000> lei"]
        );
        assert!(
            told.sections[0].lines[0]
                .url
                .starts_with("https://vesti.example/items/")
        );
        let mut one = bulletin("Apel");
        one.items.clear();
        let told = Telling::of(&one, Language::EN, &public());
        assert_eq!(
            told.title,
            "Apeluri & co: title 2 – Sumă modificată: 50.000 lei → <80.000> lei"
        );
        let mut many = bulletin("Apel");
        many.more = 950;
        let told = Telling::of(&many, Language::EN, &public());
        assert_eq!(told.more.as_deref(), Some("And 950 more: see the site."));
    }
}
