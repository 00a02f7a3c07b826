//! Reading `thesaurus.tsv`: one concept a row, columns separated by tabs, synonyms by `|`; `CES@RO` is a name that holds in
//! one country only.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::document::Document;
use super::known::Known;
use super::problem::{Report, Wrong, nearest, quote};
use super::units;
use super::{Concept, Label};
use crate::domain::{Language, TopicId};

/// Most concepts read.
const MAX_CONCEPTS: usize = 20_000;
/// Most names of one concept in one language.
const MAX_NAMES: usize = 100;
/// Longest name, in characters.
const MAX_NAME: usize = 200;

/// Reads the table. What is wrong goes to the report.
pub(super) fn read(document: &Document, report: &Report) -> (Vec<Concept>, Known) {
    Reader {
        document,
        report,
        concepts: Vec::new(),
        lines: Vec::new(),
        known: HashMap::new(),
    }
    .read()
}

struct Reader<'d> {
    document: &'d Document,
    report: &'d Report,
    concepts: Vec<Concept>,
    /// The line of each concept.
    lines: Vec<usize>,
    /// Ids of all rows, also of those with faults, with their lines.
    known: HashMap<String, usize>,
}

impl Reader<'_> {
    fn wrong(&self, line: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.document
            .report_line(self.report, line, Wrong::new(message, hint));
    }

    fn read(mut self) -> (Vec<Concept>, Known) {
        let mut rows = self
            .document
            .text
            .lines()
            .enumerate()
            .map(|(index, row)| (index + 1, row.trim_end_matches('\r')))
            .filter(|(_, row)| !row.trim().is_empty() && !row.starts_with('#'));
        let Some((line, header)) = rows.next() else {
            return (Vec::new(), Known::default());
        };
        let Some(languages) = self.header(line, header) else {
            return (Vec::new(), Known::unsure());
        };
        for (line, row) in rows {
            if self.known.len() == MAX_CONCEPTS {
                self.wrong(
                    line,
                    format!("more than {MAX_CONCEPTS} concepts"),
                    "leave some out",
                );
                break;
            }
            self.row(line, row, &languages);
        }
        self.check_broader();
        (self.concepts, Known::of(self.known.into_keys()))
    }

    /// The languages of the columns after the first two.
    fn header(&self, line: usize, header: &str) -> Option<Vec<Language>> {
        const RIGHT: &str = "it must be concept, broader and language codes, separated by tabs, such as concept⇥broader⇥ro⇥lv⇥ru⇥en";
        let mut columns = header.split('\t').map(str::trim);
        if (columns.next(), columns.next()) != (Some("concept"), Some("broader")) {
            self.wrong(line, "the first line does not name the columns", RIGHT);
            return None;
        }
        let mut languages = Vec::new();
        for column in columns {
            match units::language(column) {
                Ok(language) if languages.contains(&language) => {
                    self.wrong(
                        line,
                        format!("two columns are named {}", quote(column)),
                        "join them",
                    );
                    return None;
                }
                Ok(language) => languages.push(language),
                Err(wrong) => {
                    self.document.report_line(self.report, line, wrong);
                    return None;
                }
            }
        }
        if languages.is_empty() {
            self.wrong(line, "no column has a language", RIGHT);
            return None;
        }
        Some(languages)
    }

    fn row(&mut self, line: usize, row: &str, languages: &[Language]) {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let (id, broader) = (cells[0], cells.get(1).copied().unwrap_or_default());
        if let Some(first) = self.known.get(id) {
            self.wrong(
                line,
                format!(
                    "the concept {} is there twice: it has line {first} already",
                    quote(id)
                ),
                "join the two rows, or give one another id",
            );
            return;
        }
        let id: TopicId = match id.parse() {
            Ok(id) => id,
            Err(error) => {
                self.document
                    .report_line(self.report, line, format!("{error}").into());
                return;
            }
        };
        self.known.insert(id.to_string(), line);
        if cells.len() != languages.len() + 2 {
            self.wrong(
                line,
                format!("{} columns instead of {}", cells.len(), languages.len() + 2),
                "write one tab between columns, also around empty ones",
            );
            return;
        }
        let broader = match broader {
            "" => None,
            text => match text.parse::<TopicId>() {
                Ok(broader) => Some(broader),
                Err(error) => {
                    self.document.report_line(
                        self.report,
                        line,
                        format!("broader: {error}").into(),
                    );
                    None
                }
            },
        };
        let labels: BTreeMap<_, _> = languages
            .iter()
            .zip(&cells[2..])
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(language, cell)| (*language, self.names(line, *language, cell)))
            .filter(|(_, names)| !names.is_empty())
            .collect();
        if labels.is_empty() {
            self.wrong(
                line,
                format!(
                    "the concept {} has no name in any language",
                    quote(id.as_str())
                ),
                "write at least one",
            );
            return;
        }
        self.concepts.push(Concept {
            id,
            broader,
            labels,
        });
        self.lines.push(line);
    }

    fn names(&self, line: usize, language: Language, cell: &str) -> Vec<Label> {
        let mut names: Vec<Label> = Vec::new();
        let mut seen = HashSet::new();
        for name in cell.split('|').map(str::trim) {
            if name.is_empty() {
                self.wrong(
                    line,
                    format!("{language}: an empty name"),
                    "remove the “|” that has nothing beside it",
                );
            } else if name.chars().any(super::problem::is_unsafe) {
                self.wrong(
                    line,
                    format!("{language}: {} holds a control character", quote(name)),
                    "remove it",
                );
            } else if name.chars().count() > MAX_NAME {
                self.wrong(
                    line,
                    format!(
                        "{language}: {} is longer than {MAX_NAME} characters",
                        quote(name)
                    ),
                    "shorten it",
                );
            } else if !seen.insert(name) {
                self.wrong(
                    line,
                    format!("{language}: {} is there twice", quote(name)),
                    "remove one",
                );
            } else if names.len() == MAX_NAMES {
                self.wrong(
                    line,
                    format!("{language}: more than {MAX_NAMES} names"),
                    "leave some out",
                );
                break;
            } else {
                match label(name) {
                    Ok(label) => names.push(label),
                    Err(wrong) => self.document.report_line(self.report, line, wrong),
                }
            }
        }
        // What holds everywhere and what holds in one country cannot both be meant.
        for label in &names {
            if label.country.is_some() && seen.contains(label.text.as_str()) {
                self.wrong(
                    line,
                    format!(
                        "{language}: {} is there with a country and without one",
                        quote(&label.text)
                    ),
                    "without one it holds everywhere: keep one of the two",
                );
            }
        }
        names
    }

    /// Every wider concept exists, and none is wider than itself, not even in a roundabout way.
    fn check_broader(&mut self) {
        let mut up: HashMap<&str, &str> = HashMap::new();
        for (concept, line) in self.concepts.iter().zip(&self.lines) {
            let Some(broader) = &concept.broader else {
                continue;
            };
            if self.known.contains_key(broader.as_str()) {
                up.insert(concept.id.as_str(), broader.as_str());
                continue;
            }
            let hint = match nearest(broader.as_str(), self.known.keys().map(String::as_str)) {
                Some(name) => format!("did you mean “{name}”?"),
                None => "give it a row, or leave “broader” empty".into(),
            };
            self.wrong(
                *line,
                format!("there is no concept {}", quote(broader.as_str())),
                hint,
            );
        }
        // Walks up from each concept once: whoever has been passed on an earlier walk leads nowhere new.
        let mut passed: HashSet<&str> = HashSet::new();
        for concept in &self.concepts {
            let mut walk: Vec<&str> = Vec::new();
            let mut on_walk: HashSet<&str> = HashSet::new();
            let mut at = concept.id.as_str();
            while passed.insert(at) {
                walk.push(at);
                on_walk.insert(at);
                match up.get(at) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if !up.contains_key(at) || !on_walk.contains(at) {
                continue;
            }
            let start = walk.iter().position(|id| *id == at).unwrap_or_default();
            let mut circle = walk[start..].to_vec();
            circle.truncate(20);
            circle.push(at);
            let line = self.known.get(at).copied().unwrap_or(1);
            self.wrong(
                line,
                format!(
                    "the concept {} is wider than itself: {}",
                    quote(at),
                    circle.join(" → ")
                ),
                "empty “broader” in one of these rows",
            );
        }
    }
}

/// A name, with the country where it holds after an `@`.
fn label(name: &str) -> Result<Label, Wrong> {
    let Some((text, country)) = name.rsplit_once('@') else {
        return Ok(name.into());
    };
    let (text, country) = (text.trim_end(), country.trim_start());
    if text.is_empty() || text.contains('@') {
        return Err(Wrong::new(
            format!("{}: “@” stands between a name and one country", quote(name)),
            "write it as CES@RO, and once more with another country if need be: CES@RO|CES@MD",
        ));
    }
    Ok(Label {
        text: text.to_owned(),
        country: Some(units::country(country).map_err(|wrong| Wrong {
            message: format!("{}: {}", quote(name), wrong.message),
            ..wrong
        })?),
    })
}
