//! What a site's `site.toml` says.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{Country, Language, Role, SourceId};

/// `site.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Settings {
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
pub(in crate::demo) struct Feed {
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
pub(in crate::demo) struct Down {
    pub status: u16,
    /// Seconds.
    pub retry_after: Option<u32>,
    /// A page that says so.
    pub page: Option<String>,
}

/// A page that is no announcement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Static {
    pub path: String,
    pub title: String,
    pub text: String,
}

/// A list in pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Pages {
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
pub(in crate::demo) struct Document {
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
