//! One announcement of a site, as it stands at some instant.

use std::time::Duration;

use include_dir::{Dir, File};
use jiff::civil::Time;
use jiff::{Span, Timestamp, Zoned};
use serde::Deserialize;

use super::{Site, file_name, text};
use crate::demo::DemoError;
use crate::domain::Language;

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
pub(in crate::demo) struct Item {
    pub slug: String,
    /// Its number in the site's database.
    pub number: usize,
    head: Head,
    body: String,
    changed_body: Option<String>,
}

/// The text of an item at some instant.
#[derive(Debug, Clone, Copy)]
pub(in crate::demo) struct Wording<'a> {
    pub title: &'a str,
    pub body: &'a str,
}

impl Item {
    pub(super) fn read(file: &File<'_>, number: usize, seeds: &Dir<'_>) -> Result<Self, DemoError> {
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

    pub(super) fn is_shown(&self, site: &Site, started: Timestamp, now: Timestamp) -> bool {
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

pub(super) fn after(started: Timestamp, seconds: u32) -> Timestamp {
    started
        .checked_add(Duration::from_secs(seconds.into()))
        .unwrap_or(started)
}
