//! The demo: sites bundled in the binary, served on loopback under host names of their own.
//!
//! Each folder of `tests/fixtures/web` is one site, `NAME.localhost`: a `site.toml`, its announcements in `items/`, a theme
//! (the markup of its content management system) from `_themes/`. Dates are laid relative to the start of the run, and what a
//! site shows is a pure function of the site, that start and the present instant.

mod answer;
mod dates;
mod markup;
mod serve;
mod site;

use std::sync::Arc;

use axum::Router;
use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, escape_formatter};
use url::Url;

use crate::clock::SharedClock;
use crate::domain::{Language, Source};

pub use answer::Answer;
use site::Site;

/// What is bundled. (A file that is new there is seen once this one is compiled again.)
static BUNDLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/fixtures/web");

/// Why a bundled site cannot be served: a mistake in the fixtures, never in what a visitor sends.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file of the bundle does not read.
    #[error("tests/fixtures/web/{file}: {what}")]
    File {
        /// Which, below `tests/fixtures/web`.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// A template or a text with placeholders does not render.
    #[error("tests/fixtures/web: {0:#}")]
    Template(#[from] minijinja::Error),
    /// A site of a legacy charset shows a character which that charset lacks.
    #[error("{url} holds characters that {charset} cannot write")]
    Charset {
        /// The page.
        url: String,
        /// The site's charset.
        charset: String,
    },
}

/// One announcement as its site shows it: what a crawler should make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// `NAME.localhost`
    pub host: String,
    /// Its address there.
    pub path: String,
    /// What it is written in.
    pub language: Language,
    /// When it came out.
    pub published: Timestamp,
    /// Its title.
    pub title: String,
    /// Its text, with the markup of the fixtures.
    pub text: String,
}

/// The bundled sites.
#[derive(Debug)]
pub struct Demo {
    sites: Vec<Site>,
    templates: Environment<'static>,
}

impl Demo {
    /// Reads the bundle: the sites that are what they are.
    pub fn load() -> Result<Self, DemoError> {
        Self::of(BUNDLE.dirs().filter(|folder| {
            let path = folder.path().to_string_lossy();
            !path.starts_with('_') && path != "seeds"
        }))
    }

    /// The same, and the sites of `_breaking`, which break while the demo runs: a feed stands still, a site is redesigned, a
    /// domain gets another owner, a wall goes up.
    pub fn load_breaking() -> Result<Self, DemoError> {
        let mut demo = Self::load()?;
        let breaking = BUNDLE.get_dir("_breaking").map(Dir::dirs);
        demo.sites
            .extend(Self::of(breaking.into_iter().flatten())?.sites);
        Ok(demo)
    }

    fn of(folders: impl Iterator<Item = &'static Dir<'static>>) -> Result<Self, DemoError> {
        let words = site::words(&BUNDLE)?;
        let mut sites = Vec::new();
        for folder in folders {
            sites.push(Site::read(folder, &BUNDLE, &words)?);
        }
        let mut templates = Environment::new();
        templates.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()?,
        );
        templates.set_auto_escape_callback(|name| {
            if name.contains(".html") || name.contains(".xml") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        // The default escapes slashes too, which no content management system does.
        templates.set_formatter(|out, state, value| {
            let plain = value.is_safe() || !matches!(state.auto_escape(), AutoEscape::Html);
            if plain {
                return escape_formatter(out, state, value);
            }
            out.write_str(&markup::escape(&value.to_string()))
                .map_err(minijinja::Error::from)
        });
        for file in BUNDLE
            .get_dir("_themes")
            .map(Dir::files)
            .into_iter()
            .flatten()
        {
            let name = site::file_name(file);
            templates.add_template_owned(name, site::text(file)?.to_owned())?;
        }
        Ok(Self { sites, templates })
    }

    /// The sites as sources of a service whose demo server listens on `port`: their home pages, or whatever
    /// a member of staff would have pasted, so that the feeds have to be found.
    pub fn sources(&self, port: u16) -> Vec<Source> {
        self.sites
            .iter()
            .map(|site| Source {
                id: site.settings.id.clone(),
                name: site.settings.name.clone(),
                url: Url::parse(&format!("{}{}", site.base(Some(port)), site.settings.url)).ok(),
                country: site.settings.country,
                role: site.settings.role,
                languages: site.settings.languages.clone(),
                feed: None,
                listing: None,
                interval: None,
                topics: Vec::new(),
                paused: false,
                private: false,
            })
            .collect()
    }

    /// The server of all sites; the `Host` header says which one is meant. `started` is the start of the run, to which
    /// all dates are relative; `clock` says which announcements have appeared since.
    pub fn router(self: Arc<Self>, started: Timestamp, clock: SharedClock) -> Router {
        serve::router(self, started, clock)
    }

    /// The names of the hosts, without `.localhost`.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        self.sites.iter().map(|site| site.settings.host.as_str())
    }

    /// What the site at `host` (`NAME.localhost`, without the port) answers to a request for `path` at the instant `now` of a run
    /// that began at `started`. `None` where there is no such host.
    pub fn answer(
        &self,
        host: &str,
        port: Option<u16>,
        path: &str,
        started: Timestamp,
        now: Timestamp,
    ) -> Option<Result<Answer, DemoError>> {
        let site = self.site(host)?.at(started, now);
        Some(answer::answer(
            site,
            &self.templates,
            answer::Moment { port, started, now },
            path,
        ))
    }

    /// The addresses of every page of the site at `host` that exists at `now`: home page, feed, announcements, lists, other pages.
    pub fn paths(&self, host: &str, started: Timestamp, now: Timestamp) -> Vec<String> {
        let mut paths = self.fixed_paths(host);
        if let Some(site) = self.site(host).map(|site| site.at(started, now)) {
            paths.extend(
                site.shown(started, now)
                    .map(|item| item.path(site, started)),
            );
        }
        paths
    }

    /// The addresses at `host` that are always there: home page, feed, lists, other pages.
    pub fn fixed_paths(&self, host: &str) -> Vec<String> {
        let Some(site) = self.site(host) else {
            return Vec::new();
        };
        let settings = &site.settings;
        let mut paths = vec![settings.home.clone()];
        paths.extend(settings.feed.iter().map(|feed| feed.path.clone()));
        paths.extend(settings.pages.iter().map(|page| page.path.clone()));
        paths.extend(settings.listing.iter().map(|list| list.path.clone()));
        paths.extend(
            settings
                .documents
                .iter()
                .map(|document| document.path.clone()),
        );
        paths
    }

    /// The path of the feed of the site at `host`.
    pub fn feed_path(&self, host: &str) -> Option<String> {
        Some(self.site(host)?.settings.feed.as_ref()?.path.clone())
    }

    /// Every announcement to be seen at `now`, site by site, the newest first.
    pub fn announcements(
        &self,
        started: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Announcement>, DemoError> {
        let mut all = Vec::new();
        for site in &self.sites {
            for item in site.shown(started, now) {
                let (title, text) = answer::wording(site, &self.templates, item, started, now)?;
                all.push(Announcement {
                    host: format!("{}.localhost", site.settings.host),
                    path: item.path(site, started),
                    language: item.lang(site),
                    published: item.published(site, started),
                    title,
                    text,
                });
            }
        }
        Ok(all)
    }

    fn site(&self, host: &str) -> Option<&Site> {
        let name = host.strip_suffix(".localhost")?;
        self.sites.iter().find(|site| site.settings.host == name)
    }
}
