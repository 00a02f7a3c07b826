//! Sites and announcements as their authors wrote them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use include_dir::{Dir, File};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use serde::Deserialize;

use super::DemoError;
use crate::domain::{Country, Language, Role, SourceId};

/// `site.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// The source's id.
    pub id: SourceId,
    /// The host's name, without `.localhost`.
    pub host: String,
    pub name: String,
    pub country: Country,
    pub role: Role,
    /// What the source is configured with.
    pub languages: Vec<Language>,
    /// The language of the site's own words, and of items that name none.
    pub lang: Language,
    /// The path that staff would have pasted.
    #[serde(default = "slash")]
    pub url: String,
    /// Where the home page lies.
    #[serde(default = "slash")]
    pub home: String,
    /// A label of the WHATWG encoding standard.
    #[serde(default = "utf8")]
    pub charset: String,
    /// Whether the Content-Type header names the charset.
    #[serde(default = "yes")]
    pub charset_in_header: bool,
    /// Romanian with ş and ţ, as before 2007, in place of ș and ț.
    #[serde(default)]
    pub cedilla: bool,
    /// `THEME-home.html.j2` and `THEME-article.html.j2` in `_themes`.
    pub theme: String,
    pub feed: Option<Feed>,
    /// The path of an item: `{yyyy}`, `{mm}`, `{dd}`, `{slug}`, `{number}`, `{lang}`.
    pub item_path: String,
    /// Paths that moved for good.
    #[serde(default)]
    pub redirects: BTreeMap<String, String>,
    pub robots: Option<String>,
    /// The site answers nothing but this.
    pub down: Option<Down>,
    #[serde(default)]
    pub pages: Vec<Static>,
    /// A list of its news in pages, beside the home page.
    pub listing: Option<Pages>,
    /// What programs read: an interface, a map of the site.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Its announcements are the files of `files/` that bear their names.
    #[serde(default)]
    pub files: bool,
    /// The `Link` header of every page; `{base}` stands for the site's address.
    pub link: Option<String>,
    /// What its theme wants to know beside: menus, slogans, colours.
    #[serde(default)]
    pub vars: toml::Table,
}

/// Its feed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Feed {
    pub path: String,
    /// A template in `_themes`.
    pub template: String,
    pub content_type: String,
    /// Whether the home page names it.
    #[serde(default = "yes")]
    pub linked: bool,
    /// It stands still from then on: seconds after the start.
    pub until: Option<u32>,
}

/// A site that is plainly down.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Down {
    pub status: u16,
    /// Seconds.
    pub retry_after: Option<u32>,
    /// A page that says so.
    pub page: Option<String>,
}

/// A page that is no announcement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Static {
    pub path: String,
    pub title: String,
    pub text: String,
}

/// A list in pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pages {
    pub path: String,
    /// A template in `_themes`.
    pub template: String,
    pub per_page: usize,
    /// The parameter that names a page.
    pub parameter: String,
    /// The first page's value of it; that page is also shown without.
    #[serde(default)]
    pub first: usize,
    /// From one page's value to the next one's.
    #[serde(default = "one")]
    pub step: usize,
}

/// A document for programs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub path: String,
    /// A template in `_themes`.
    pub template: String,
    pub content_type: String,
    /// It obeys `per_page` and `page`, and counts in its headers, as WordPress does.
    #[serde(default)]
    pub paged: bool,
}

fn one() -> usize {
    1
}
fn slash() -> String {
    "/".to_owned()
}
fn utf8() -> String {
    "utf-8".to_owned()
}
fn yes() -> bool {
    true
}

/// The head of an item's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    /// Full days before the start of the run.
    days_ago: Option<u16>,
    /// The time of that day.
    at: Option<Time>,
    /// Seconds after the start, in place of `days_ago`.
    appears: Option<u32>,
    /// Seconds after the start; the text after the line `+++ changed` is shown from then on.
    changes: Option<u32>,
    changed_title: Option<String>,
    /// Seconds after the start.
    withdrawn: Option<u32>,
    #[serde(default)]
    categories: Vec<String>,
    author: Option<String>,
    lang: Option<Language>,
    /// In place of the first paragraph.
    summary: Option<String>,
    /// In place of `item_path`.
    path: Option<String>,
    /// A document of `seeds/` in place of a text.
    seed: Option<String>,
}

/// One announcement.
#[derive(Debug)]
pub(super) struct Item {
    pub slug: String,
    /// Its number in the site's database.
    pub number: usize,
    head: Head,
    body: String,
    changed_body: Option<String>,
}

/// The text of an item at some instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording<'a> {
    pub title: &'a str,
    pub body: &'a str,
}

impl Item {
    fn read(file: &File<'_>, number: usize, seeds: &Dir<'_>) -> Result<Self, DemoError> {
        let text = text(file)?;
        let fault = |what: String| DemoError::File {
            file: file.path().to_string_lossy().into_owned(),
            what,
        };
        let (head, body) = text
            .strip_prefix("+++\n")
            .and_then(|rest| rest.split_once("\n+++\n"))
            .ok_or_else(|| fault("no head between two lines of +++".to_owned()))?;
        let head: Head = toml::from_str(head).map_err(|e| fault(e.to_string()))?;
        let (body, changed_body) = match body.split_once("\n+++ changed\n") {
            Some((first, second)) => (first, Some(second.trim().to_owned())),
            None => (body, None),
        };
        let body = match &head.seed {
            Some(seed) => seeds
                .get_file(format!("seeds/{seed}.txt"))
                .and_then(File::contents_utf8)
                .ok_or_else(|| fault(format!("no seeds/{seed}.txt")))?,
            None => body,
        };
        if head.days_ago.is_some() == head.appears.is_some() {
            return Err(fault(
                "say either days_ago or appears, and only one of them".to_owned(),
            ));
        }
        if head.changes.is_some() != changed_body.is_some() {
            return Err(fault(
                "`changes` goes with a text after a line “+++ changed”".to_owned(),
            ));
        }
        Ok(Self {
            slug: file_name(file).trim_end_matches(".md").to_owned(),
            number,
            body: body.trim().to_owned(),
            head,
            changed_body,
        })
    }

    /// When it was or will be published.
    pub fn published(&self, site: &Site, started: Timestamp) -> Timestamp {
        if let Some(seconds) = self.head.appears {
            return after(started, seconds);
        }
        let start = started.to_zoned(site.zone.clone());
        let at = self.head.at.unwrap_or(Time::constant(10, 0, 0, 0));
        // What was to come out later today came out a little before the start.
        let latest = started
            .checked_sub(Duration::from_secs(300 + 97 * self.number as u64 % 3000))
            .unwrap_or(started);
        let days = Span::new().days(self.head.days_ago.unwrap_or(0));
        start
            .date()
            .checked_sub(days)
            .ok()
            .and_then(|day| day.to_datetime(at).to_zoned(start.time_zone().clone()).ok())
            .map_or(latest, |zoned| zoned.timestamp().min(latest))
    }

    /// The same, on the site's own clock.
    pub fn published_local(&self, site: &Site, started: Timestamp) -> Zoned {
        self.published(site, started).to_zoned(site.zone.clone())
    }

    /// The instants at which something about it changes.
    pub fn turns(&self, site: &Site, started: Timestamp) -> impl Iterator<Item = Timestamp> {
        [
            Some(self.published(site, started)),
            self.head.changes.map(|s| after(started, s)),
            self.head.withdrawn.map(|s| after(started, s)),
        ]
        .into_iter()
        .flatten()
    }

    /// When its text last changed.
    pub fn updated(&self, site: &Site, started: Timestamp, now: Timestamp) -> Timestamp {
        let published = self.published(site, started);
        self.head
            .changes
            .map(|seconds| after(started, seconds))
            .filter(|changes| *changes <= now)
            .map_or(published, |changes| changes.max(published))
    }

    fn is_shown(&self, site: &Site, started: Timestamp, now: Timestamp) -> bool {
        self.published(site, started) <= now
            && self
                .head
                .withdrawn
                .is_none_or(|seconds| after(started, seconds) > now)
    }

    /// What it says at `now`.
    pub fn wording(&self, started: Timestamp, now: Timestamp) -> Wording<'_> {
        let changed = self
            .head
            .changes
            .is_some_and(|seconds| after(started, seconds) <= now);
        let title = self.head.changed_title.as_ref().filter(|_| changed);
        let body = self.changed_body.as_ref().filter(|_| changed);
        Wording {
            title: title.unwrap_or(&self.head.title),
            body: body.unwrap_or(&self.body),
        }
    }

    /// Whether the text is a document to be kept word for word.
    pub fn is_verbatim(&self) -> bool {
        self.head.seed.is_some()
    }

    pub fn lang(&self, site: &Site) -> Language {
        self.head.lang.unwrap_or(site.settings.lang)
    }

    pub fn categories(&self) -> &[String] {
        &self.head.categories
    }

    pub fn author(&self) -> Option<&str> {
        self.head.author.as_deref()
    }

    pub fn summary(&self) -> Option<&str> {
        self.head.summary.as_deref()
    }

    /// Its address on the site.
    pub fn path(&self, site: &Site, started: Timestamp) -> String {
        if let Some(path) = &self.head.path {
            return path.clone();
        }
        let day = self.published_local(site, started).date();
        site.settings
            .item_path
            .replace("{yyyy}", &format!("{:04}", day.year()))
            .replace("{mm}", &format!("{:02}", day.month()))
            .replace("{dd}", &format!("{:02}", day.day()))
            .replace("{slug}", &self.slug)
            .replace("{number}", &self.number.to_string())
            .replace("{lang}", self.lang(site).as_str())
    }
}

fn after(started: Timestamp, seconds: u32) -> Timestamp {
    started
        .checked_add(Duration::from_secs(seconds.into()))
        .unwrap_or(started)
}

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
