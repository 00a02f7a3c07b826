//! Sites and announcements as their authors wrote them.

mod item;
mod settings;

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, File};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::DemoError;
pub(super) use item::Item;
use item::after;
use settings::Settings;
pub(super) use settings::{Document, Pages};

/// A site with its announcements.
#[derive(Debug)]
pub(super) struct Site {
    pub settings: Settings,
    /// The words of its theme (“Read more”) in the site's language.
    pub words: toml::Table,
    /// The clock on its wall.
    pub zone: TimeZone,
    items: Vec<Item>,
    /// The files of its announcements, by their paths.
    files: BTreeMap<String, &'static [u8]>,
    /// What becomes of it so many seconds after the start.
    later: Option<(u32, Box<Site>)>,
}

impl Site {
    pub fn read(
        folder: &Dir<'static>,
        bundle: &Dir<'static>,
        words: &toml::Table,
    ) -> Result<Self, DemoError> {
        let table = table(folder.path(), bundle)?;
        let mut site = Self::of(table.clone(), folder.path(), bundle, words)?;
        let later = folder.path().join("later");
        if bundle.get_dir(&later).is_some() {
            let mut changed = table;
            let mut changes = self::table(&later, bundle)?;
            let after = changes
                .remove("after")
                .and_then(|after| after.as_integer())
                .and_then(|after| u32::try_from(after).ok())
                .ok_or_else(|| DemoError::File {
                    file: later.to_string_lossy().into_owned(),
                    what: "`after`: in how many seconds".to_owned(),
                })?;
            changed.extend(changes);
            // An empty table takes away what was there.
            changed.retain(|_, value| value.as_table().is_none_or(|table| !table.is_empty()));
            let own = later.join("items");
            let from = if bundle.get_dir(&own).is_some() {
                later.as_path()
            } else {
                folder.path()
            };
            site.later = Some((after, Box::new(Self::of(changed, from, bundle, words)?)));
        }
        Ok(site)
    }

    /// What it is at `now`.
    pub fn at(&self, started: Timestamp, now: Timestamp) -> &Self {
        match &self.later {
            Some((seconds, later)) if after(started, *seconds) <= now => later,
            _ => self,
        }
    }

    /// A site with these settings, and the announcements of a folder.
    fn of(
        table: toml::Table,
        folder: &Path,
        bundle: &Dir<'static>,
        words: &toml::Table,
    ) -> Result<Self, DemoError> {
        let fault = |what: String| DemoError::File {
            file: folder.to_string_lossy().into_owned(),
            what,
        };
        let settings: Settings = table
            .try_into()
            .map_err(|error: toml::de::Error| fault(error.to_string()))?;
        let words = match words.get(settings.lang.as_str()) {
            Some(toml::Value::Table(words)) => words.clone(),
            _ => return Err(fault(format!("_words.toml has no [{}]", settings.lang))),
        };
        let mut files: Vec<&File<'_>> = bundle
            .get_dir(folder.join("items"))
            .map(Dir::files)
            .into_iter()
            .flatten()
            .collect();
        files.sort_by_key(|file| file.path());
        let items = files
            .into_iter()
            .enumerate()
            .map(|(index, file)| Item::read(file, 1207 + index * 13, bundle))
            .collect::<Result<_, _>>()?;
        let files = bundle
            .get_dir(folder.join("files"))
            .map(Dir::files)
            .into_iter()
            .flatten()
            .map(|file| (file_name(file), file.contents()))
            .collect();
        Ok(Self {
            files,
            zone: settings.country.time_zone(),
            settings,
            words,
            items,
            later: None,
        })
    }

    /// The announcements that are to be seen at `now`, the newest first.
    pub fn shown(&self, started: Timestamp, now: Timestamp) -> impl Iterator<Item = &Item> {
        let mut shown: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| item.is_shown(self, started, now))
            .collect();
        shown.sort_by_cached_key(|item| {
            std::cmp::Reverse((item.published(self, started), item.number))
        });
        shown.into_iter()
    }

    /// The file that an announcement is.
    pub fn file(&self, item: &Item) -> Option<&'static [u8]> {
        let name = format!("{}.pdf", item.slug);
        self.files.get(&name).copied()
    }

    /// When anything on the site last changed.
    pub fn modified(&self, started: Timestamp, now: Timestamp) -> Timestamp {
        self.items
            .iter()
            .flat_map(|item| item.turns(self, started))
            .filter(|turn| *turn <= now)
            .max()
            .unwrap_or(started.min(now))
    }

    /// `http://NAME.localhost:PORT`
    pub fn base(&self, port: Option<u16>) -> String {
        let host = &self.settings.host;
        match port {
            Some(port) => format!("http://{host}.localhost:{port}"),
            None => format!("http://{host}.localhost"),
        }
    }
}

/// The `site.toml` of a folder.
fn table(folder: &Path, bundle: &Dir<'_>) -> Result<toml::Table, DemoError> {
    let path = folder.join("site.toml");
    let fault = |what: String| DemoError::File {
        file: path.to_string_lossy().into_owned(),
        what,
    };
    let file = bundle
        .get_file(&path)
        .ok_or_else(|| fault("missing".to_owned()))?;
    toml::from_str(text(file)?).map_err(|error| fault(error.to_string()))
}

/// The name of a bundled file without its folder.
pub(super) fn file_name(file: &File<'_>) -> String {
    file.path()
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A bundled file as text.
pub(super) fn text<'a>(file: &'a File<'a>) -> Result<&'a str, DemoError> {
    file.contents_utf8().ok_or_else(|| DemoError::File {
        file: file.path().to_string_lossy().into_owned(),
        what: "not UTF-8".to_owned(),
    })
}

/// `_words.toml`: the words of the themes, a table a language.
pub(super) fn words(bundle: &Dir<'_>) -> Result<toml::Table, DemoError> {
    let fault = |what: String| DemoError::File {
        file: "_words.toml".to_owned(),
        what,
    };
    let file = bundle
        .get_file("_words.toml")
        .ok_or_else(|| fault("missing".to_owned()))?;
    toml::from_str(text(file)?).map_err(|error| fault(error.to_string()))
}
