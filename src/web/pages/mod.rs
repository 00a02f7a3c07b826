//! Pages for people: server-rendered, complete without scripts.

pub(super) mod about;
pub(super) mod agenda;
pub(super) mod apps;
mod card;
pub(super) mod countries;
pub(super) mod digests;
pub(super) mod directory;
mod expansion;
mod facets;
pub(super) mod item;
pub(super) mod mail;
pub(super) mod monitor;
#[cfg(test)]
pub(super) mod samples;
pub(super) mod search;
pub(super) mod search_digest;
pub(super) mod sign_in;
pub(super) mod sources;
pub(super) mod statements;
mod timeline;
pub(super) mod topics;
mod versions;

use askama::Template;

use super::assets::{CSS_NAME, ICON_NAME, JS_NAME};
use super::context::Context;
use super::feeds::Format;
use super::locale::Ui;
use super::params::Pairs;
use super::reply::Reply;
use super::trouble::Trouble;
use super::wording::Before;
use crate::config::Period;
use crate::domain::{Language, SearchRequest};

/// A link with what it says.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// Where to.
    pub(crate) href: String,
    /// What it says.
    pub(crate) label: String,
    /// Whether it leads to where the reader is.
    pub(crate) current: bool,
}

/// A link to the page in another language.
pub(crate) struct LanguageLink {
    /// The language's code.
    pub(crate) code: String,
    /// The language's own name of itself.
    pub(crate) name: &'static str,
    /// Where to.
    pub(crate) href: String,
    /// Whether the page is in it.
    pub(crate) current: bool,
}

/// A feed of what the page shows.
#[derive(Debug, Clone)]
pub(crate) struct FeedLink {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// What people call the format.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) href: String,
}

/// What is around every page.
pub(crate) struct Frame {
    pub(crate) ui: Ui,
    pub(crate) site: String,
    /// Of the page, without the site's name.
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) home: String,
    pub(crate) css: String,
    pub(crate) js: String,
    pub(crate) icon: String,
    pub(crate) opensearch: String,
    pub(crate) nav: Vec<Link>,
    pub(crate) foot: Vec<Link>,
    pub(crate) languages: Vec<LanguageLink>,
    /// Where the service is, without a path.
    pub(crate) origin: String,
    /// The one address of this content.
    pub(crate) canonical: Option<String>,
    /// This page's address, for previews.
    pub(crate) address: String,
    pub(crate) feeds: Vec<FeedLink>,
    /// Where what the page shows can be had by mail, where mail is offered.
    pub(crate) by_mail: Option<String>,
    /// Where a watch of it is made, for staff.
    pub(crate) watch: Option<String>,
    /// Search engines may list it.
    pub(crate) index: bool,
    /// `website` or `article`.
    pub(crate) kind: &'static str,
}

impl Frame {
    /// The frame of a page of ours at the request's path.
    pub(crate) fn new(context: &Context, title: String) -> Self {
        let ui = context.ui;
        let path = context.path.as_str();
        let staff = if context.staff().is_some() {
            ("/monitor", "nav-monitor")
        } else {
            ("/login", "nav-login")
        };
        let link = |to: &str, label: String| Link {
            href: context.to(to),
            label,
            current: to == path || (to.len() > 1 && path.starts_with(&format!("{to}/"))),
        };
        Self {
            ui,
            site: context.site().to_owned(),
            description: ui.tw("site-description", "site", context.site()),
            title,
            home: context.to("/"),
            css: context.asset(&CSS_NAME),
            js: context.asset(&JS_NAME),
            icon: context.asset(&ICON_NAME),
            opensearch: context.to("/opensearch.xml"),
            nav: vec![
                link("/", ui.t("nav-search")),
                link("/calls", ui.t("nav-calls")),
                link("/events", ui.t("nav-events")),
                link("/topics", ui.t("nav-topics")),
                link("/countries", ui.t("nav-countries")),
                link("/sources", ui.t("nav-sources")),
                link("/digests", ui.t("nav-digests")),
            ],
            foot: vec![
                link("/api", ui.t("nav-api")),
                link("/feed.rss", "RSS".into()),
                link("/calendar.ics", ui.t("nav-calendar")),
                link("/apps", ui.t("nav-apps")),
                link("/sources.opml", ui.t("nav-opml")),
                link("/privacy", ui.t("nav-privacy")),
                link("/accessibility", ui.t("nav-accessibility")),
                link(staff.0, ui.t(staff.1)),
            ],
            languages: languages(context),
            origin: context.base.origin().ascii_serialization(),
            canonical: Some(context.canonical(path)),
            address: context.absolute(path),
            feeds: Vec::new(),
            by_mail: None,
            watch: None,
            index: true,
            kind: "website",
        }
    }

    /// With the feeds of a search.
    pub(crate) fn with_feeds(mut self, feeds: Vec<FeedLink>) -> Self {
        self.feeds = feeds;
        self
    }

    /// With the offer to send it by mail, where a mail server is configured. The pairs say what: a search or a digest.
    pub(crate) fn with_mail<V: AsRef<str>>(
        mut self,
        context: &Context,
        pairs: &[(&str, V)],
    ) -> Self {
        if context.config.settings.mail.is_some() {
            self.by_mail = Some(context.link("/subscribe", pairs));
        }
        self
    }

    /// Not for search engines.
    pub(crate) fn unlisted(mut self) -> Self {
        self.index = false;
        self
    }
}

/// The parameters of a search that a link to the same page keeps.
const KNOWN: [&str; 22] = [
    "digest", "q", "lang", "country", "source", "role", "topic", "kind", "from", "to", "deadline",
    "event", "cross", "sort", "limit", "period", "hour", "weekday", "tz", "group", "before",
    "edition",
];

fn languages(context: &Context) -> Vec<LanguageLink> {
    // What was typed stays, as far as it is of the vocabulary.
    let pairs: Vec<(&str, &str)> = KNOWN
        .iter()
        .flat_map(|name| {
            context
                .pairs
                .all(name)
                .take(20)
                .map(move |value| (*name, value))
        })
        .collect();
    Language::OURS
        .into_iter()
        .filter(|language| context.config.settings.server.languages.contains(language))
        .map(|language| {
            let own = Context {
                ui: Ui::new(language),
                ui_given: true,
                ui_remembered: false,
                ..context.clone()
            };
            LanguageLink {
                code: language.to_string(),
                name: own_name(language),
                href: own.link(&context.path, &pairs),
                current: language == context.ui.language(),
            }
        })
        .collect()
}

fn own_name(language: Language) -> &'static str {
    match language {
        Language::RO => "Română",
        Language::LV => "Latviešu",
        Language::RU => "Русский",
        _ => "English",
    }
}

impl Context {
    /// The one address of a page of ours: in another language it is another page.
    fn canonical(&self, path: &str) -> String {
        let address = self.absolute(path);
        if self.ui_given {
            format!("{address}?ui={}", self.ui.code())
        } else {
            address
        }
    }

    fn asset(&self, name: &str) -> String {
        let prefix = self.base.path().trim_end_matches('/');
        format!("{prefix}/assets/{name}")
    }

    /// Whom readers turn to.
    pub(crate) fn contact(&self) -> Option<Link> {
        let contact = self.config.settings.server.contact.as_ref()?;
        Some(Link {
            href: contact.href(),
            label: contact.to_string(),
            current: false,
        })
    }

    /// The feeds of a search.
    pub(crate) fn feeds_of(&self, request: &SearchRequest) -> Vec<FeedLink> {
        let pairs = request.to_pairs();
        Format::ALL
            .into_iter()
            .map(|format| FeedLink {
                media_type: format.media_type(),
                name: format.name(),
                href: self.link(&format!("/feed.{}", format.ending()), &pairs),
            })
            .collect()
    }

    /// What a value of a filter is called.
    pub(crate) fn label(&self, name: &str, value: &str) -> String {
        match name {
            "source" => self.source_name(value),
            "topic" => value
                .parse()
                .map_or_else(|_| value.to_owned(), |id| self.topic_name(&id)),
            family => self.ui.word(family, value),
        }
    }

    /// A search in a line: “locuințe” · Moldova · apeluri · vesti
    pub(crate) fn search_title(&self, request: &SearchRequest) -> String {
        let mut parts = Vec::new();
        if !request.q.is_empty() {
            let short: String = request.q.chars().take(80).collect();
            parts.push(self.ui.tw("quoted", "text", short.trim()));
        }
        parts.extend(self.filters(request).into_iter().map(|(_, _, label)| label));
        if parts.is_empty() {
            parts.push(self.ui.t("latest"));
        }
        parts.push(self.site().to_owned());
        parts.join(" · ")
    }

    /// The filters that a search has: name, value, what it is called.
    pub(crate) fn filters(&self, request: &SearchRequest) -> Vec<(&'static str, String, String)> {
        request
            .to_pairs()
            .into_iter()
            .filter_map(|(name, value)| {
                let label = match name {
                    "q" | "sort" | "cross" => return None,
                    "from" => {
                        let day = self.bound(Before::From, request.from);
                        self.ui.tw("filter-from", "date", &day)
                    }
                    "to" => {
                        let day = self.bound(Before::Until, request.to);
                        self.ui.tw("filter-to", "date", &day)
                    }
                    "deadline" => self.ui.t("filter-deadline"),
                    "event" => self.ui.t("filter-event"),
                    _ => self.label(name, &value),
                };
                Some((name, value, label))
            })
            .collect()
    }

    fn bound(&self, before: Before, bound: Option<crate::domain::DateBound>) -> String {
        bound.map_or_else(String::new, |bound| {
            self.ui.day_after(before, bound.day(self.now, self.zone()))
        })
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: String,
    sentence: String,
    contact: Option<Link>,
}

/// The page for a request that cannot be served.
pub(crate) fn error(context: &Context, trouble: &Trouble) -> Result<Reply, Trouble> {
    let (heading, sentence) = trouble.words(context);
    let neutral = Context {
        pairs: Pairs::default(),
        ..context.clone()
    };
    let mut frame = Frame::new(&neutral, heading.clone()).unlisted();
    frame.canonical = None;
    let page = ErrorPage {
        frame,
        contact: context.contact(),
        heading,
        sentence,
    };
    Ok(trouble.dress(Reply::html(page.render()?)))
}

/// The word for how often a digest comes.
pub(crate) fn period_word(period: Period) -> &'static str {
    match period {
        Period::AtOnce => "at-once",
        Period::Hourly => "hourly",
        Period::Daily => "daily",
        Period::Weekly => "weekly",
        Period::Monthly => "monthly",
    }
}
