//! The configuration: `vesti.toml`, `sources.toml`, `thesaurus.tsv`, `digests.toml`.

mod access;
mod catalogue;
mod concept;
mod digests;
mod document;
mod env;
mod fields;
mod given;
mod known;
mod load;
mod mail;
mod manner;
mod problem;
mod server;
mod service;
mod settings;
mod sources;
mod table;
mod thesaurus;
mod units;
mod warnings;
mod writing;

pub use access::{Access, Members};
pub use catalogue::{
    Catalogue, Choice, Clash, Conflict, Overlay, Settlement, addresses, catalogue,
};
pub use concept::{Concept, Label};
pub use digests::WEEKDAYS;
pub use env::environment;
pub use fields::{Mistake, Typed, read_sources};
pub use load::{DEFAULT_PATH, INSTALLED_PATH, data_dir};
pub use mail::{Encryption, Login, Mail, Secret};
pub use manner::{Grouping, Manner, PER_SOURCE, Topics};
pub use problem::{Problem, Problems};
pub use settings::*;
pub use writing::{catalogue_file, source_block};

use std::path::PathBuf;

use jiff::tz::TimeZone;

use crate::domain::{DigestId, Language, SearchRequest, Source};

/// Everything that people configure, read and found free of errors. The default is what no file at all means.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `vesti.toml`, with the environment applied.
    pub settings: Settings,
    /// The sources in force: `sources.toml` in its order, with what was decided in the browser laid over it.
    pub sources: Vec<Source>,
    /// What was laid over the file.
    pub overlay: Overlay,
    /// `thesaurus.tsv`, in the order of the file.
    pub thesaurus: Vec<Concept>,
    /// `digests.toml`, in the order of the file.
    pub digests: Vec<DigestSpec>,
    /// The folder that the files are in.
    pub folder: PathBuf,
}

/// A named digest.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestSpec {
    /// Its id.
    pub id: DigestId,
    /// Its title in the interface languages that the file gives; at least one.
    pub title: Vec<(Language, String)>,
    /// What goes in. `limit`, `cursor` and `sort` are not used.
    pub query: SearchRequest,
    /// How often.
    pub period: Period,
    /// The hour of the local day at which an edition closes, 0 to 23. Not used when hourly.
    pub hour: i8,
    /// The weekday of a weekly one.
    pub weekday: jiff::civil::Weekday,
    /// The zone that hour and weekday are meant in.
    pub time_zone: TimeZone,
    /// Most stories in an edition.
    pub limit: usize,
    /// How an edition is put together.
    pub manner: Manner,
    /// Who gets it by mail.
    pub recipients: Vec<String>,
}

impl DigestSpec {
    /// Its title in a language, or in the first language that it has one in.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        self.title
            .iter()
            .find(|(lang, _)| *lang == language)
            .or_else(|| self.title.first())
            .map_or(self.id.as_str(), |(_, title)| title)
    }
}

/// How often a digest comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Whenever there is something, at most every minute: for those who subscribe to a search.
    AtOnce,
    /// Every hour, on the hour.
    Hourly,
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// On the first of every month.
    Monthly,
}
