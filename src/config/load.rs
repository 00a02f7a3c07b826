use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::digests::Around;
use super::document::{Document, Opened};
use super::env::Environment;
use super::known::Known;
use super::problem::{Problem, Problems, Report};
use super::table::{self, Place, Table};
use crate::domain::SourceId;

use super::{Config, Grouping, Settings, Topics, digests, service, sources, thesaurus};

/// Where the configuration is where nobody says otherwise. Only this file may be missing.
pub const DEFAULT_PATH: &str = "config/vesti.toml";

/// Where a package and the script that installs put it.
pub const INSTALLED_PATH: &str = "/etc/vesti/vesti.toml";

impl Config {
    /// Reads all files of the configuration: `path`, which is `vesti.toml`, and its neighbours `sources.toml`,
    /// `thesaurus.tsv` and `digests.toml`. `environment` are variables, of which those named `VESTI_SECTION__KEY`
    /// stand above the file.
    ///
    /// No file at all is a valid configuration, except that a `vesti.toml` elsewhere than at [`DEFAULT_PATH`] was
    /// asked for by name and must be there.
    ///
    /// # Errors
    /// Everything that is wrong in any of the files, not only the first of it.
    pub fn load(
        path: &Path,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Problems> {
        Self::load_beside(path, environment, &[])
    }

    /// The same where there are other sources beside those of the file, which digests may name.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn load_beside(
        path: &Path,
        environment: impl Iterator<Item = (String, String)>,
        others: &[SourceId],
    ) -> Result<Self, Problems> {
        let report = Report::default();
        let settings = settings(path, Environment::new(environment), &report);
        let open = |name: &str| Document::open(&path.with_file_name(name), &report);
        let (thesaurus, topics) = match open("thesaurus.tsv") {
            Opened::Missing => (Vec::new(), Known::default()),
            Opened::Unreadable => (Vec::new(), Known::unsure()),
            Opened::Read(document) => thesaurus::read(&document, &report),
        };
        let (sources, mut source_ids) = match open("sources.toml") {
            Opened::Missing => (Vec::new(), Known::default()),
            Opened::Unreadable => (Vec::new(), Known::unsure()),
            Opened::Read(document) => sources::read(&document, &topics, &report),
        };
        source_ids.add(others.iter().map(ToString::to_string));
        let around = Around {
            server: &settings.server,
            sources: &source_ids,
            topics: &topics,
        };
        let mut digests = match open("digests.toml") {
            Opened::Missing | Opened::Unreadable => Vec::new(),
            Opened::Read(document) => digests::read(&document, around, &report),
        };
        let topics = Arc::new(Topics::of(&thesaurus));
        for digest in &mut digests {
            if digest.manner.group == Grouping::Topic {
                digest.manner.topics = topics.clone();
            }
        }
        match report.into_problems() {
            Some(problems) => Err(problems),
            None => Ok(Self {
                settings,
                sources,
                thesaurus,
                digests,
                folder: folder(path),
                overlay: super::Overlay::default(),
            }),
        }
    }
}

/// The data directory that the configuration names, as far as it can be read.
#[must_use]
pub fn data_dir(path: &Path, environment: impl Iterator<Item = (String, String)>) -> PathBuf {
    settings(path, Environment::new(environment), &Report::default())
        .data
        .dir
}

fn settings(path: &Path, environment: Environment, report: &Report) -> Settings {
    let document = match Document::open(path, report) {
        Opened::Read(document) => document,
        Opened::Unreadable => Document::new(path.display().to_string(), String::new()),
        Opened::Missing => {
            if path != Path::new(DEFAULT_PATH) {
                report.add(Problem {
                    file: path.display().to_string(),
                    line: None,
                    column: None,
                    message: "there is no such file".into(),
                    hint: Some(
                        "name another with --config, or create it: an empty one will do".into(),
                    ),
                });
            }
            Document::new(path.display().to_string(), String::new())
        }
    };
    // A file that is no TOML still leaves the environment to be checked.
    let parsed = table::parse(&document, report).unwrap_or_else(table::empty);
    let place = Place {
        document: &document,
        report,
    };
    service::read(Table::root(place, &parsed), environment, report)
}

fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}
