//! Sources made of what an OPML file names.

use super::OpmlEntry;
use crate::domain::{Country, Role, Source, SourceId, country_of, usual_languages};

/// What is said of sources where the file does not tell.
#[derive(Debug, Clone, Copy)]
pub struct Usual {
    /// Where they are at home.
    pub country: Country,
    /// What they are to the network.
    pub role: Role,
}

/// The source that an entry means.
#[must_use]
pub fn adopted(usual: Usual, entry: &OpmlEntry, id: SourceId) -> Source {
    let country = country(entry).unwrap_or(usual.country);
    let languages = match entry.language {
        Some(language) => vec![language],
        None => usual_languages(country),
    };
    Source {
        id,
        name: entry_name(entry),
        url: Some(entry.home.clone().unwrap_or_else(|| entry.feed.clone())),
        country,
        role: usual.role,
        languages,
        feed: entry.home.is_some().then(|| entry.feed.clone()),
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

/// What the entry is called, else its site.
#[must_use]
pub fn entry_name(entry: &OpmlEntry) -> String {
    let site = entry.home.as_ref().unwrap_or(&entry.feed);
    let host = site.host_str().unwrap_or("source");
    let title = entry.title.trim();
    let name = if title.is_empty() {
        host.trim_start_matches("www.")
    } else {
        title
    };
    name.to_owned()
}

/// By the folder it is in (as `vesti export` groups), else by the end of its host name.
fn country(entry: &OpmlEntry) -> Option<Country> {
    let by_folder =
        entry
            .folders
            .iter()
            .rev()
            .find_map(|folder| match folder.to_lowercase().as_str() {
                "românia" | "romania" | "rumānija" | "румыния" => Some(Country::RO),
                "latvia" | "latvija" | "letonia" | "латвия" => Some(Country::LV),
                "moldova" | "republica moldova" | "молдова" => Some(Country::MD),
                "europe"
                | "europa"
                | "eiropa"
                | "европа"
                | "european union"
                | "uniunea europeană"
                | "eiropas savienība"
                | "европейский союз" => Some(Country::EU),
                code if code.len() == 2 && code != folder.as_str() => code.parse().ok(),
                _ => None,
            });
    by_folder.or_else(|| country_of(entry.home.as_ref().unwrap_or(&entry.feed)))
}
