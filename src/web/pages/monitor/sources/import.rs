//! What an OPML file or a `sources.toml` would bring: each source with whether it is new.

use std::collections::HashSet;

use crate::config::{Config, addresses, catalogue_file, read_sources};
use crate::crawling::managing::taken_by;
use crate::delivery::{OpmlError, Usual, adopted, entry_name, read_opml};
use crate::domain::{CanonicalUrl, Field, Source, SourceId, slug};

/// Most sources that are taken at once.
const MOST: usize = 1_000;
/// Most mistakes of a file that are shown.
const MISTAKES: usize = 50;

/// What a file would bring.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) entries: Vec<Entry>,
    /// What is wrong with the file, in English.
    pub(super) mistakes: Vec<String>,
    /// It has more than is taken at once.
    pub(super) cut: bool,
}

/// A source of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) source: Source,
    pub(super) standing: Standing,
}

/// Whether a source of a file is new.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    New,
    /// It is there, and says the same.
    Same,
    /// It is there, and says this differently.
    Differs(Vec<Field>),
    /// Another has its address.
    Taken(SourceId),
    /// It was retired, or became part of another.
    Retired,
}

impl Plan {
    /// Reads a file of either kind. `taken` says whether the store has items of a source of that id.
    pub(super) fn of(
        bytes: &[u8],
        usual: Usual,
        config: &Config,
        taken: impl Fn(&SourceId) -> bool,
    ) -> Self {
        if is_opml(bytes) {
            return Self::of_opml(bytes, usual, config, taken);
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (mut sources, problems) = read_sources("sources.toml", text, &config.thesaurus);
        let mistakes = problems.iter().take(MISTAKES);
        let cut = sources.len() > MOST;
        sources.truncate(MOST);
        let entries = sources.into_iter().map(|source| Entry {
            standing: standing(config, &source),
            source,
        });
        Self {
            entries: entries.collect(),
            mistakes: mistakes.map(ToString::to_string).collect(),
            cut,
        }
    }

    fn of_opml(
        bytes: &[u8],
        usual: Usual,
        config: &Config,
        taken: impl Fn(&SourceId) -> bool,
    ) -> Self {
        let mut entries = match read_opml(bytes) {
            Ok(entries) => entries,
            Err(error @ (OpmlError::TooLarge { .. } | OpmlError::NotOpml)) => {
                return Self {
                    mistakes: vec![error.to_string()],
                    ..Self::default()
                };
            }
        };
        let cut = entries.len() > MOST;
        entries.truncate(MOST);
        let mut ids: HashSet<String> = config
            .sources
            .iter()
            .map(|source| source.id.to_string())
            .chain(
                config
                    .overlay
                    .managed
                    .iter()
                    .map(|one| one.source.id.to_string()),
            )
            .collect();
        let mut seen: HashSet<CanonicalUrl> = HashSet::new();
        let mut plan = Self {
            cut,
            ..Self::default()
        };
        for entry in &entries {
            let stem = slug(&entry_name(entry));
            let id = (1..)
                .map(|number| match number {
                    1 => stem.clone(),
                    number => format!("{stem}-{number}"),
                })
                .find_map(|id| {
                    let free = !ids.contains(&id);
                    id.parse::<SourceId>().ok().filter(|id| free && !taken(id))
                });
            let Some(id) = id else { continue };
            let source = adopted(usual, entry, id);
            // The same feed twice in one file.
            if !addresses(&source).all(|address| seen.insert(address)) {
                continue;
            }
            let standing = if let Some(other) = taken_by(config, &source) {
                Standing::Taken(other.id.clone())
            } else {
                ids.insert(source.id.to_string());
                Standing::New
            };
            plan.entries.push(Entry { source, standing });
        }
        plan
    }

    /// The new ones as a file, for the form that asks whether they are to be added.
    pub(super) fn new_ones(&self) -> String {
        catalogue_file(
            &[],
            self.entries
                .iter()
                .filter(|entry| entry.standing == Standing::New)
                .map(|entry| &entry.source),
        )
    }
}

fn is_opml(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes
        .iter()
        .filter(|byte| **byte != 0)
        .take(4_096)
        .map(u8::to_ascii_lowercase)
        .collect();
    let text = String::from_utf8_lossy(&head);
    text.contains("<opml")
        || text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('<')
}

fn standing(config: &Config, source: &Source) -> Standing {
    if let Some(known) = config.sources.iter().find(|one| one.id == source.id) {
        let fields = Field::differing(known, source);
        return if fields.is_empty() {
            Standing::Same
        } else {
            Standing::Differs(fields)
        };
    }
    if config.decision(&source.id).is_some() {
        return Standing::Retired;
    }
    match taken_by(config, source) {
        Some(other) => Standing::Taken(other.id.clone()),
        None => Standing::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Country, Role};

    const USUAL: Usual = Usual {
        country: Country::EU,
        role: Role::Partner,
    };

    fn config() -> Config {
        let text = "[[source]]\nid = \"a\"\nname = \"A\"\nurl = \"https://a.ro/\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = []\n";
        let (sources, _) = read_sources("x", text.into(), &[]);
        Config {
            sources,
            ..Config::default()
        }
    }

    #[test]
    fn what_is_new_is_told_from_what_is_known() {
        let block = |id: &str, host: &str| {
            format!(
                "[[source]]\nid = \"{id}\"\nname = \"A\"\nurl = \"https://{host}/\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = []\n"
            )
        };
        let text = [
            block("a", "a.ro"),
            block("b", "a.ro"),
            block("c", "c.ro"),
            "[[source]]\nid = \"d\"\nnmae = \"D\"\n".into(),
        ]
        .concat();
        // Two of one file cannot have one address, so the second of them is a mistake of the file.
        let plan = Plan::of(text.as_bytes(), USUAL, &config(), |_| false);
        let stands: Vec<&Standing> = plan.entries.iter().map(|entry| &entry.standing).collect();
        assert_eq!(stands[0], &Standing::Same);
        assert!(stands.contains(&&Standing::New));
        assert!(plan.mistakes.iter().any(|mistake| mistake.contains("nmae")));
        let other = block("a", "altul.ro");
        let plan = Plan::of(other.as_bytes(), USUAL, &config(), |_| false);
        assert_eq!(
            plan.entries[0].standing,
            Standing::Differs(vec![Field::Url])
        );
        let taken = block("z", "a.ro");
        let plan = Plan::of(taken.as_bytes(), USUAL, &config(), |_| false);
        assert_eq!(
            plan.entries[0].standing,
            Standing::Taken("a".parse().unwrap())
        );
    }

    #[test]
    fn opml_brings_each_feed_once_under_an_id_of_its_own() {
        let text = "<?xml version='1.0'?><opml version='2.0'><body>\
            <outline text='A' xmlUrl='https://a.ro/feed' htmlUrl='https://a.ro/'/>\
            <outline text='Nou' xmlUrl='https://nou.lv/feed'/><outline text='Nou' xmlUrl='https://nou.lv/feed'/>\
            <outline text='Nou' xmlUrl='https://altul.lv/feed'/></body></opml>";
        let plan = Plan::of(text.as_bytes(), USUAL, &config(), |id| id.as_str() == "nou");
        let ids: Vec<&str> = plan
            .entries
            .iter()
            .map(|entry| entry.source.id.as_str())
            .collect();
        assert_eq!(ids, ["a-2", "nou-2", "nou-3"]);
        assert_eq!(
            plan.entries[0].standing,
            Standing::Taken("a".parse().unwrap())
        );
        let (read, problems) = read_sources("x", plan.new_ones(), &[]);
        assert_eq!((read.len(), problems), (2, Vec::new()));
    }

    #[test]
    fn nonsense_brings_nothing_and_says_why() {
        for text in ["<html>", "[[source]", "\u{0}\u{1}", "<opml"] {
            let plan = Plan::of(text.as_bytes(), USUAL, &config(), |_| false);
            assert!(plan.entries.is_empty(), "{text}");
        }
        assert!(
            !Plan::of(b"<html>", USUAL, &config(), |_| false)
                .mistakes
                .is_empty()
        );
    }
}
