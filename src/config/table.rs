//! Walking a TOML document by hand: every problem is noted with its place, and reading goes on.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Document;
use super::given::{Given, kind};
use super::problem::{Problem, Report, Wrong, nearest, quote};

/// Most syntax errors reported for one file; those after the first few are mostly echoes of it.
const MAX_SYNTAX_ERRORS: usize = 20;

/// Most values of one list.
const MAX_VALUES: usize = 1_000;

/// Reads the syntax of a document. Where that is wrong, what it means is anybody's guess, so there is no table.
pub(super) fn parse<'d>(document: &'d Document, report: &Report) -> Option<Spanned<DeTable<'d>>> {
    let (table, errors) = DeTable::parse_recoverable(&document.text);
    if errors.is_empty() {
        return Some(table);
    }
    let mut seen = Vec::new();
    for error in errors.into_iter().take(MAX_SYNTAX_ERRORS) {
        let at = error.span().unwrap_or(0..0);
        let (line, _) = document.place(at.start);
        if seen.contains(&line) {
            continue;
        }
        seen.push(line);
        let message = error.message().trim().replace('\n', ", ");
        document.report(
            report,
            &at,
            Wrong {
                message: format!("this is not TOML: {message}"),
                hint: None,
            },
        );
    }
    None
}

/// The table of an empty document.
pub(super) fn empty<'d>() -> Spanned<DeTable<'d>> {
    Spanned::new(0..0, DeTable::new())
}

/// What surrounds all tables of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'d> {
    pub document: &'d Document,
    pub report: &'d Report,
}

/// Keys from the environment: the key, then the variable's name and its value.
pub(super) type Overrides = BTreeMap<String, (String, String)>;

/// A table of a document. It remembers what it was asked for: everything else in it is an unknown key.
#[derive(Debug)]
pub(super) struct Table<'d> {
    place: Place<'d>,
    /// What stands before a key in messages: `crawler.` or nothing.
    prefix: String,
    at: Range<usize>,
    entries: Option<&'d DeTable<'d>>,
    overrides: Overrides,
    asked: RefCell<Vec<&'static str>>,
}

impl<'d> Table<'d> {
    /// The document's outermost table.
    pub fn root(place: Place<'d>, table: &'d Spanned<DeTable<'d>>) -> Self {
        Self::new(place, String::new(), table.span(), Some(table.get_ref()))
    }

    fn new(
        place: Place<'d>,
        prefix: String,
        at: Range<usize>,
        entries: Option<&'d DeTable<'d>>,
    ) -> Self {
        Self {
            place,
            prefix,
            at,
            entries,
            overrides: Overrides::new(),
            asked: RefCell::default(),
        }
    }

    /// The line on which it begins.
    pub fn line(&self) -> usize {
        self.place.document.place(self.at.start).0
    }

    /// Whether the key is there, in the file or in the environment.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some() || self.overrides.contains_key(key)
    }

    /// Whether the key holds a table.
    pub fn is_table(&self, key: &str) -> bool {
        self.entry(key)
            .is_some_and(|value| value.get_ref().is_table())
    }

    fn entry(&self, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.entries.and_then(|entries| entries.get(key))
    }

    fn note(&self, at: &Range<usize>, key: &str, wrong: Wrong) {
        self.place.document.report(
            self.place.report,
            at,
            Wrong {
                message: format!("{}{key}: {}", self.prefix, wrong.message),
                hint: wrong.hint,
            },
        );
    }

    fn note_variable(&self, variable: &str, wrong: Wrong) {
        self.place.report.add(Problem {
            file: variable.to_owned(),
            line: None,
            column: None,
            message: wrong.message,
            hint: wrong.hint,
        });
    }

    /// Notes what is wrong with a key's value, seen in a wider view than its own.
    pub fn complain(&self, key: &str, wrong: Wrong) {
        match (self.overrides.get(key), self.entry(key)) {
            (Some((variable, _)), _) => self.note_variable(variable, wrong),
            (None, Some(value)) => self.note(&value.span(), key, wrong),
            (None, None) => self.note(&self.at, key, wrong),
        }
    }

    /// Reads a key, where it is there and right.
    pub fn get<T>(
        &self,
        key: &'static str,
        read: impl Fn(Given<'_>) -> Result<T, Wrong>,
    ) -> Option<T> {
        self.asked.borrow_mut().push(key);
        let mut found = None;
        if let Some(value) = self.entry(key) {
            match read(Given::Toml(value.get_ref())) {
                Ok(value) => found = Some(value),
                Err(wrong) => self.note(&value.span(), key, wrong),
            }
        }
        if let Some((variable, text)) = self.overrides.get(key) {
            match read(Given::Text(text)) {
                Ok(value) => found = Some(value),
                Err(wrong) => self.note_variable(variable, wrong),
            }
        }
        found
    }

    /// Reads a key that must be there.
    pub fn need<T>(
        &self,
        key: &'static str,
        example: &str,
        read: impl Fn(Given<'_>) -> Result<T, Wrong>,
    ) -> Option<T> {
        if !self.has(key) {
            self.missing(key, example);
        }
        self.get(key, read)
    }

    /// Notes that a key is missing.
    pub fn missing(&self, key: &str, example: &str) {
        self.place.document.report(
            self.place.report,
            &self.at,
            Wrong::new(
                format!("“{}{key}” is missing", self.prefix),
                format!("add a line such as {example}"),
            ),
        );
    }

    /// Reads a list, each value by itself; what is wrong in it is noted and left out.
    pub fn list<T: PartialEq>(
        &self,
        key: &'static str,
        example: &str,
        read: impl Fn(Given<'_>) -> Result<T, Wrong>,
    ) -> Option<Vec<T>> {
        self.values(key, Some(example), read)
    }

    /// Like [`Self::list`], where a single value may stand without brackets.
    pub fn list_or_one<T: PartialEq>(
        &self,
        key: &'static str,
        read: impl Fn(Given<'_>) -> Result<T, Wrong>,
    ) -> Option<Vec<T>> {
        self.values(key, None, read)
    }

    fn values<T: PartialEq>(
        &self,
        key: &'static str,
        brackets: Option<&str>,
        read: impl Fn(Given<'_>) -> Result<T, Wrong>,
    ) -> Option<Vec<T>> {
        self.asked.borrow_mut().push(key);
        let twice = || Wrong::new("the same value stands in the list twice", "remove one");
        let mut found = None;
        if let Some(value) = self.entry(key) {
            let one = std::slice::from_ref(value);
            let values: Option<&mut dyn Iterator<Item = &Spanned<DeValue<'_>>>> =
                match (value.get_ref(), brackets) {
                    (DeValue::Array(values), _) => Some(&mut values.iter()),
                    (_, None) => Some(&mut one.iter()),
                    (other, Some(example)) => {
                        let wrong = format!("must be a list, not {}", kind(other));
                        let hint = format!("write it in brackets, such as {example}");
                        self.note(&value.span(), key, Wrong::new(wrong, hint));
                        None
                    }
                };
            let mut list = Vec::new();
            for (index, value) in values.into_iter().flatten().enumerate() {
                if index == MAX_VALUES {
                    let wrong = format!("the list has more than {MAX_VALUES} values");
                    self.note(&value.span(), key, Wrong::new(wrong, "shorten it"));
                    break;
                }
                match read(Given::Toml(value.get_ref())) {
                    Ok(known) if list.contains(&known) => self.note(&value.span(), key, twice()),
                    Ok(new) => list.push(new),
                    Err(wrong) => self.note(&value.span(), key, wrong),
                }
            }
            found = Some(list);
        }
        if let Some((variable, text)) = self.overrides.get(key) {
            let mut list = Vec::new();
            for value in text
                .split(',')
                .map(str::trim)
                .filter(|text| !text.is_empty())
            {
                match read(Given::Text(value)) {
                    Ok(known) if list.contains(&known) => self.note_variable(variable, twice()),
                    Ok(new) => list.push(new),
                    Err(wrong) => self.note_variable(variable, wrong),
                }
            }
            found = Some(list);
        }
        found
    }

    /// A table in this one, `None` where there is none.
    pub fn table(&self, key: &'static str) -> Option<Self> {
        self.asked.borrow_mut().push(key);
        let value = self.entry(key)?;
        let DeValue::Table(entries) = value.get_ref() else {
            self.note(
                &value.span(),
                key,
                Wrong::new(
                    format!("must be a table, not {}", kind(value.get_ref())),
                    format!(
                        "write [{}{key}] in a line of its own, and its keys below",
                        self.prefix
                    ),
                ),
            );
            return None;
        };
        let prefix = format!("{}{key}.", self.prefix);
        Some(Self::new(self.place, prefix, value.span(), Some(entries)))
    }

    /// A section of settings, empty where the file does not have it, with what the environment says.
    pub fn section(&self, key: &'static str, overrides: Overrides) -> Self {
        let mut section = self
            .table(key)
            .unwrap_or_else(|| Self::new(self.place, format!("{key}."), 0..0, None));
        section.overrides = overrides;
        section
    }

    /// The tables written as `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Self> {
        self.asked.borrow_mut().push(key);
        let Some(value) = self.entry(key) else {
            return Vec::new();
        };
        let wrong = |value: &Spanned<DeValue<'_>>| {
            let message = format!("must be a list of tables, not {}", kind(value.get_ref()));
            let hint = format!("write [[{key}]], in double brackets, before each");
            self.note(&value.span(), key, Wrong::new(message, hint));
        };
        let DeValue::Array(values) = value.get_ref() else {
            wrong(value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in values {
            match value.get_ref() {
                DeValue::Table(entries) => tables.push(Self::new(
                    self.place,
                    String::new(),
                    value.span(),
                    Some(entries),
                )),
                _ => wrong(value),
            }
        }
        tables
    }

    /// The keys that the table has, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &'d str> {
        self.entries
            .into_iter()
            .flat_map(|entries| entries.keys().map(|key| key.get_ref().as_ref()))
    }

    /// Reads a key whose name is not known beforehand.
    pub fn free<T>(&self, key: &str, read: impl Fn(Given<'_>) -> Result<T, Wrong>) -> Option<T> {
        let value = self.entry(key)?;
        match read(Given::Toml(value.get_ref())) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.note(&value.span(), key, wrong);
                None
            }
        }
    }

    /// Notes every key that nobody asked for. `elsewhere` may know what else a key can mean.
    pub fn finish(self, elsewhere: impl Fn(&str) -> Option<String>) {
        let asked = self.asked.borrow();
        let hint = |key: &str, spell: &dyn Fn(&str) -> String| {
            elsewhere(key).or_else(|| {
                nearest(key, asked.iter().copied())
                    .map(|name| format!("did you mean “{}”?", spell(name)))
            })
        };
        for key in self.entries.into_iter().flat_map(DeTable::keys) {
            let name = key.get_ref().as_ref();
            if asked.contains(&name) {
                continue;
            }
            let hint = hint(name, &str::to_owned)
                .unwrap_or_else(|| format!("known are {}", asked.join(", ")));
            let section = self.prefix.trim_end_matches('.');
            let within = if section.is_empty() {
                String::new()
            } else {
                format!(" in [{section}]")
            };
            self.place.document.report(
                self.place.report,
                &key.span(),
                Wrong::new(format!("unknown key {}{within}", quote(name)), hint),
            );
        }
        for (key, (variable, _)) in &self.overrides {
            if asked.contains(&key.as_str()) {
                continue;
            }
            let section = self.prefix.trim_end_matches('.');
            let spell = |name: &str| super::env::variable(section, name);
            let hint = hint(key, &spell)
                .unwrap_or_else(|| format!("known in {section} are {}", asked.join(", ")));
            self.note_variable(
                variable,
                Wrong::new(format!("there is no setting “{section}.{key}”"), hint),
            );
        }
    }
}

pub(super) fn nowhere(_: &str) -> Option<String> {
    None
}
