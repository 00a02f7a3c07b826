//! What a site answers to one request: a pure function of the site, the run and the instant.

use std::time::Duration;

use encoding_rs::{Encoding, UTF_8};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use minijinja::{Environment, Value, context};

use super::site::{Document, Item, Pages, Site};
use super::{DemoError, dates, markup};

/// A response, before HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// The bytes, in the site's charset.
    pub body: Vec<u8>,
    /// `Last-Modified`, where the page has one.
    pub modified: Option<Timestamp>,
    /// `Location`, absolute.
    pub location: Option<String>,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
    /// What else is said in the head.
    pub headers: Vec<(&'static str, String)>,
}

/// How many other announcements a theme may name beside an article.
const NEIGHBOURS: usize = 6;

/// When and where a site is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub port: Option<u16>,
    pub started: Timestamp,
    pub now: Timestamp,
}

pub(super) fn answer(
    site: &Site,
    templates: &Environment<'_>,
    moment: Moment,
    path: &str,
) -> Result<Answer, DemoError> {
    // Parameters that a site does not know (tracking, print views) change nothing.
    let (path, query) = match path.split_once('?') {
        Some((bare, query)) if !is_page(site, moment, path) => (bare, query),
        _ => (path, ""),
    };
    let settings = &site.settings;
    if let Some(down) = &settings.down {
        let mut answer = plain(down.status, "Service Temporarily Unavailable\n");
        answer.retry_after = down.retry_after;
        if let Some(page) = &down.page {
            "text/html; charset=utf-8".clone_into(&mut answer.content_type);
            answer.body = page.clone().into_bytes();
        }
        return Ok(answer);
    }
    if path == "/robots.txt" {
        return Ok(match &settings.robots {
            Some(robots) => plain(200, robots),
            None => plain(404, "Not found\n"),
        });
    }
    if let Some(target) = settings.redirects.get(path) {
        let mut answer = plain(301, "Moved permanently\n");
        answer.location = Some(format!("{}{target}", site.base(moment.port)));
        return Ok(answer);
    }
    let view = View {
        site,
        templates,
        moment,
    };
    if let Some(feed) = settings.feed.as_ref().filter(|feed| feed.path == path) {
        let mut view = view;
        if let Some(until) = feed.until {
            let until = moment
                .started
                .saturating_add(Duration::from_secs(until.into()));
            view.moment.now = moment.now.min(until.unwrap_or(moment.now));
        }
        let text = view.render(&feed.template, view.context(None)?)?;
        return view.page(path, &text, &feed.content_type, 200);
    }
    if let Some(list) = settings.listing.as_ref().filter(|list| list.path == path) {
        let context = context! { list => view.listed(list, query)?, ..view.context(None)? };
        let text = view.render(&list.template, context)?;
        return view.page(path, &text, "text/html", 200);
    }
    if let Some(document) = settings.documents.iter().find(|known| known.path == path) {
        return view.document(document, query);
    }
    let (text, status) = if path == settings.home {
        let name = format!("{}-home.html.j2", settings.theme);
        (view.render(&name, view.context(None)?)?, 200)
    } else {
        let item = site
            .shown(moment.started, moment.now)
            .find(|item| item.path(site, moment.started) == path);
        if let Some(file) = item
            .filter(|_| settings.files)
            .and_then(|item| site.file(item))
        {
            return Ok(view.file(file));
        }
        let name = format!("{}-article.html.j2", settings.theme);
        let page = settings.pages.iter().find(|page| page.path == path);
        let (shown, status) = match (item, page) {
            (Some(item), _) => (view.item(item)?, 200),
            (None, Some(page)) => (
                context! {
                    title => page.title.as_str(), url => format!("{}{path}", view.base()), lang => settings.lang.as_str(),
                    html => Value::from_safe_string(markup::html(&page.text)), categories => Vec::<String>::new(),
                },
                200,
            ),
            (None, None) => (
                context! {
                    title => view.word("not_found"), url => format!("{}{path}", view.base()), lang => settings.lang.as_str(),
                    html => Value::from_safe_string(String::new()), categories => Vec::<String>::new(),
                },
                404,
            ),
        };
        (view.render(&name, view.context(Some(shown))?)?, status)
    };
    view.page(path, &text, "text/html", status)
}

fn is_page(site: &Site, moment: Moment, path: &str) -> bool {
    let settings = &site.settings;
    let feed = settings.feed.as_ref().map(|feed| feed.path.as_str());
    feed == Some(path)
        || settings.pages.iter().any(|page| page.path == path)
        || site
            .shown(moment.started, moment.now)
            .any(|item| item.path(site, moment.started) == path)
}

fn plain(status: u16, text: &str) -> Answer {
    Answer {
        status,
        content_type: "text/plain; charset=utf-8".to_owned(),
        body: text.as_bytes().to_vec(),
        modified: None,
        location: None,
        retry_after: None,
        headers: Vec::new(),
    }
}

/// The number that a query gives a parameter.
fn number(query: &str, name: &str) -> Option<usize> {
    query.split('&').find_map(|pair| {
        let (found, value) = pair.split_once('=')?;
        (found == name).then(|| value.parse().ok())?
    })
}

/// Title and text of an announcement at `now`, its placeholders filled in.
pub(super) fn wording(
    site: &Site,
    templates: &Environment<'_>,
    item: &Item,
    started: Timestamp,
    now: Timestamp,
) -> Result<(String, String), minijinja::Error> {
    let wording = item.wording(started, now);
    if item.is_verbatim() {
        return Ok((wording.title.to_owned(), wording.body.to_owned()));
    }
    let start = started.to_zoned(site.zone.clone());
    let functions = dates::functions(&start, item.lang(site));
    let fill = |text: &str| {
        if text.contains("{{") {
            templates.render_str(text, &functions)
        } else {
            Ok(text.to_owned())
        }
    };
    Ok((fill(wording.title)?, fill(wording.body)?))
}

/// What a site's theme wants to know.
fn value_of(table: &toml::Table) -> Value {
    table
        .iter()
        .map(|(key, value)| {
            let value = match value {
                toml::Value::String(text) => Value::from(text.as_str()),
                toml::Value::Boolean(flag) => Value::from(*flag),
                toml::Value::Array(entries) => entries
                    .iter()
                    .filter_map(toml::Value::as_str)
                    .map(Value::from)
                    .collect(),
                other => Value::from(other.to_string()),
            };
            (key.as_str(), value)
        })
        .collect::<std::collections::BTreeMap<_, _>>()
        .into()
}

/// The type that a link tag names: feeds of whatever RSS say application/rss+xml there, however they are served.
fn link_type(content_type: &str) -> &str {
    match content_type {
        "application/atom+xml" | "application/feed+json" => content_type,
        _ => "application/rss+xml",
    }
}

fn cedilla(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ș' => 'ş',
            'ț' => 'ţ',
            'Ș' => 'Ş',
            'Ț' => 'Ţ',
            other => other,
        })
        .collect()
}

/// One site at one moment.
struct View<'a> {
    site: &'a Site,
    templates: &'a Environment<'a>,
    moment: Moment,
}

impl View<'_> {
    fn base(&self) -> String {
        self.site.base(self.moment.port)
    }

    fn word(&self, key: &str) -> String {
        self.site
            .words
            .get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    fn render(&self, name: &str, context: Value) -> Result<String, DemoError> {
        Ok(self.templates.get_template(name)?.render(context)?)
    }

    /// What every template sees.
    fn context(&self, item: Option<Value>) -> Result<Value, DemoError> {
        let settings = &self.site.settings;
        let Moment { started, now, .. } = self.moment;
        // Beside an article only the newest are named.
        let most = if item.is_some() {
            NEIGHBOURS
        } else {
            usize::MAX
        };
        let items = self
            .site
            .shown(started, now)
            .take(most)
            .map(|item| self.item(item))
            .collect::<Result<Vec<_>, _>>()?;
        let modified = self.site.modified(started, now);
        Ok(context! {
            base => self.base(),
            site => context! {
                id => settings.id.as_str(), name => settings.name.as_str(), lang => settings.lang.as_str(), country => settings.country.as_str(),
                charset => settings.charset.as_str(), home => settings.home.as_str(),
            },
            feed => settings.feed.as_ref().map(|feed| context! {
                path => feed.path.as_str(), linked => feed.linked, link_type => link_type(&feed.content_type),
            }),
            pages => settings.pages.iter().map(|page| context! { path => page.path.as_str(), title => page.title.as_str() }).collect::<Vec<_>>(),
            vars => value_of(&settings.vars),
            w => value_of(&self.site.words),
            modified => self.instant(modified),
            item, items,
            control => "\u{b}",
        })
    }

    fn item(&self, item: &Item) -> Result<Value, DemoError> {
        let Moment { started, now, .. } = self.moment;
        let lang = item.lang(self.site);
        let (title, body) = wording(self.site, self.templates, item, started, now)?;
        let html = if item.is_verbatim() {
            markup::verbatim(&body)
        } else {
            markup::html(&body)
        };
        let summary = match item.summary() {
            Some(summary) => summary.to_owned(),
            None => markup::lead(&body, 260),
        };
        let path = item.path(self.site, started);
        Ok(context! {
            title, summary,
            html => Value::from_safe_string(html.clone()),
            html_text => html,
            slug => item.slug.as_str(), number => item.number, path => path.as_str(),
            url => format!("{}{path}", self.base()),
            lang => lang.as_str(),
            categories => item.categories().to_vec(),
            author => item.author(),
            published => self.instant_in(item.published(self.site, started), lang),
            updated => self.instant_in(item.updated(self.site, started, now), lang),
        })
    }

    /// One page of a list, and where the others are.
    fn listed(&self, list: &Pages, query: &str) -> Result<Value, DemoError> {
        let Moment { started, now, .. } = self.moment;
        let all: Vec<&Item> = self.site.shown(started, now).collect();
        let per_page = list.per_page.max(1);
        let count = all.len().div_ceil(per_page).max(1);
        let at = number(query, &list.parameter).map_or(0, |value| {
            value.saturating_sub(list.first) / list.step.max(1)
        });
        let url = |page: usize| match page {
            0 => list.path.clone(),
            _ => format!(
                "{}?{}={}",
                list.path,
                list.parameter,
                list.first + page * list.step
            ),
        };
        let items = all
            .iter()
            .skip(at.saturating_mul(per_page))
            .take(per_page)
            .map(|item| self.item(item))
            .collect::<Result<Vec<_>, _>>()?;
        let pages: Vec<Value> = (0..count)
            .map(|page| context! { number => page + 1, url => url(page), current => page == at })
            .collect();
        Ok(context! {
            items, pages,
            previous => (at > 0).then(|| url(at - 1)),
            next => (at + 1 < count).then(|| url(at + 1)),
            last => (at + 1 < count).then(|| url(count - 1)),
        })
    }

    fn document(&self, document: &Document, query: &str) -> Result<Answer, DemoError> {
        let Moment { started, now, .. } = self.moment;
        let all = self.site.shown(started, now).count();
        let per_page = if document.paged {
            number(query, "per_page").unwrap_or(10).clamp(1, 100)
        } else {
            all.max(1)
        };
        let pages = all.div_ceil(per_page);
        let at = if document.paged {
            number(query, "page").unwrap_or(1).max(1)
        } else {
            1
        };
        if at > pages.max(1) {
            let mut answer = plain(
                400,
                r#"{"code":"rest_post_invalid_page_number","message":"The page number requested is larger than the number of pages available.","data":{"status":400}}"#,
            );
            answer.content_type.clone_from(&document.content_type);
            return Ok(answer);
        }
        let entries = self
            .site
            .shown(started, now)
            .skip((at - 1).saturating_mul(per_page))
            .take(per_page)
            .map(|item| self.item(item))
            .collect::<Result<Vec<_>, _>>()?;
        let context = context! { entries, ..self.context(None)? };
        let text = self.render(&document.template, context)?;
        let mut answer = self.page(&document.path, &text, &document.content_type, 200)?;
        if document.paged {
            answer.headers.push(("x-wp-total", all.to_string()));
            answer.headers.push(("x-wp-totalpages", pages.to_string()));
        }
        Ok(answer)
    }

    /// An announcement that is a file.
    fn file(&self, bytes: &[u8]) -> Answer {
        Answer {
            status: 200,
            content_type: "application/pdf".to_owned(),
            body: bytes.to_vec(),
            modified: Some(self.site.modified(self.moment.started, self.moment.now)),
            location: None,
            retry_after: None,
            headers: Vec::new(),
        }
    }

    fn instant(&self, at: Timestamp) -> Value {
        self.instant_in(at, self.site.settings.lang)
    }

    fn instant_in(&self, at: Timestamp, lang: crate::domain::Language) -> Value {
        let local = at.to_zoned(self.site.zone.clone());
        let second = at.as_second();
        let utc = Timestamp::from_second(second).unwrap_or(at);
        context! {
            rfc2822 => rfc2822::to_string(&local).unwrap_or_default(),
            utc2822 => rfc2822::to_string(&utc.to_zoned(TimeZone::UTC)).unwrap_or_default(),
            rfc3339 => utc.to_string(),
            local3339 => local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            long => dates::date(local.date(), lang, "nom"),
            dmy => dates::dmy(local.date()),
            iso => local.date().to_string(),
            local => local.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            utc => utc.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            time => local.strftime("%H:%M").to_string(),
            year => local.year(),
        }
    }

    fn page(
        &self,
        path: &str,
        text: &str,
        media_type: &str,
        status: u16,
    ) -> Result<Answer, DemoError> {
        let settings = &self.site.settings;
        let encoding = Encoding::for_label(settings.charset.as_bytes()).unwrap_or(UTF_8);
        let text = if settings.cedilla {
            cedilla(text)
        } else {
            text.to_owned()
        };
        let (body, _, lacking) = encoding.encode(&text);
        if lacking {
            return Err(DemoError::Charset {
                url: format!("{}{path}", self.base()),
                charset: settings.charset.clone(),
            });
        }
        let content_type = if settings.charset_in_header {
            format!("{media_type}; charset={}", settings.charset)
        } else {
            media_type.to_owned()
        };
        let modified = self.site.modified(self.moment.started, self.moment.now);
        Ok(Answer {
            status,
            content_type,
            body: body.into_owned(),
            modified: (status == 200).then_some(modified),
            location: None,
            retry_after: None,
            headers: settings
                .link
                .iter()
                .map(|link| ("link", link.replace("{base}", &self.base())))
                .collect(),
        })
    }
}
