//! Any search as a feed, the digests' feeds, the sources as OPML. The writers are those of `delivery`.

use axum::http::header;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::delivery;

use super::api;
use super::archive::{Stretch, begin};
use super::context::{Ask, Context, Face};
use super::find::newest;
use super::params::{BadParameter, query_string};
use super::reply::{Keep, Reply};
use super::taken::is_short;
use super::trouble::Trouble;
use crate::config::{Content, DigestSpec};
use crate::domain::{Arrival, Kind, Language, SearchRequest, Sort};
use crate::store::Edition;
use delivery::FeedInfo;

/// The formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// What its addresses end in, without the dot.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Its media type, without parameters.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

/// `/feed.rss`
pub(super) async fn rss(context: Ask) -> Response {
    feed(context, Format::Rss).await
}

/// `/feed.atom`
pub(super) async fn atom(context: Ask) -> Response {
    feed(context, Format::Atom).await
}

/// `/feed.json`
pub(super) async fn json(context: Ask) -> Response {
    feed(context, Format::Json).await
}

async fn feed(context: Ask, format: Format) -> Response {
    context
        .serve_again(Face::Data, move |context| {
            context.check(api::SEARCH)?;
            context.check(&["content", "archive"])?;
            let request = context.pairs.request()?;
            let mut info = context.info(&request, context.search_title(&request))?;
            info.content = context.content()?;
            let own = context.feed_pairs(&request);
            let at = |name: &str, value: String| {
                let mut pairs: Vec<(&str, String)> = own.clone();
                pairs.push((name, value));
                context.url(&format!("{}{}", context.path, query_string(&pairs)))
            };
            let archive = |stretch: Stretch| at("archive", stretch.to_string());
            let feed = context.url(&format!("{}{}", context.path, query_string(&own)))?;
            let (items, next, keep) = if let Some(stretch) = context.stretch()? {
                let archived = context.archived(&newest_first(request), stretch)?;
                info.this = archive(stretch)?;
                info.links.current = Some(feed);
                info.links.prev_archive = archived.prev.map(archive).transpose()?;
                info.links.next_archive = archived.next.map(archive).transpose()?;
                info.updated = begin(stretch, context.zone());
                (archived.items, None, Keep::Hour)
            } else {
                let request = newest_first(request);
                let mut found = context.find(&request)?;
                if request.cursor.is_some() {
                    info.links.first = Some(feed);
                }
                let next = found.hits.next_cursor.take();
                // Only what is in the order of time can be archived by it.
                let oldest = found
                    .items
                    .last()
                    .filter(|_| request.sort == Some(Sort::Date));
                if let (Some(_), Some(oldest)) = (&next, oldest) {
                    let stretch = context.archive_from(&request, oldest)?;
                    info.links.prev_archive = stretch.map(archive).transpose()?;
                }
                // Readers show as new whatever they see for the first time.
                found.items.retain(|item| item.arrival != Arrival::Backfill);
                (found.items, next, Keep::Minute)
            };
            info.updated = newest(&items).unwrap_or(info.updated);
            info.next = next
                .as_ref()
                .map(|cursor| at("cursor", cursor.clone()))
                .transpose()?;
            let newest = info.links.current.is_none() && info.links.first.is_none();
            info.hub = context.hub(&info.this, newest);
            let body = match format {
                Format::Rss => delivery::rss(&info, &items),
                Format::Atom => delivery::atom(&info, &items),
                Format::Json => delivery::json_feed(&info, &items),
            };
            let reply = announced(Reply::new(format.content_type(), body), &info)
                .ignoring(next.as_deref())
                .keep(keep);
            Ok(context.with_its_date(reply))
        })
        .await
}

/// Names the hub, and the address by which it knows the feed, where readers look first (WebSub, section 4).
fn announced(reply: Reply, info: &FeedInfo) -> Reply {
    match &info.hub {
        Some(hub) => reply.header(
            header::LINK,
            &format!("<{hub}>; rel=\"hub\", <{}>; rel=\"self\"", info.this),
        ),
        None => reply,
    }
}

/// A feed is read for what is new, whatever the words in it: relevance is for pages.
fn newest_first(mut request: SearchRequest) -> SearchRequest {
    if request.sort.is_none() {
        request.sort = Some(Sort::Date);
    }
    request
}

/// The feed of a digest.
pub(crate) fn digest(context: &Ask, spec: &DigestSpec, format: Format) -> Result<Reply, Trouble> {
    context.check(api::UI)?;
    context.check(&["before"])?;
    let most = context.config.settings.digests.feed_entries;
    let before = context.slug("before")?;
    let mut editions = match before {
        Some(before) => delivery::digest::earlier(&context.app.store, &spec.id, before, most + 1)?,
        None => editions(context, spec, most + 1)?,
    };
    let more = editions.len() > most;
    editions.truncate(most);
    let ui = context.ui.language();
    let title = format!("{} · {}", spec.title(ui), context.site());
    // What the digest asks for is no part of its address.
    let mut info = context.info(&SearchRequest::default(), title)?;
    info.home = context.url(&format!("/digests/{}", spec.id))?;
    let at = |end: Timestamp| {
        let mut url = info.this.clone();
        let slug = delivery::digest::edition_slug(end);
        url.query_pairs_mut().append_pair("before", &slug);
        url
    };
    info.next = editions.last().filter(|_| more).map(|last| at(last.end));
    if let Some(before) = before {
        (info.links.first, info.this) = (Some(info.this.clone()), at(before));
    }
    info.lang = Some(ui);
    info.hub = context.hub(&info.this, true);
    info.updated = editions
        .first()
        .map_or(Timestamp::UNIX_EPOCH, |edition| edition.published);
    let body = write_digest(&info, spec, &editions, ui, format);
    let reply = announced(Reply::new(format.content_type(), body), &info).keep(Keep::Minute);
    Ok(context.with_its_date(reply))
}

/// Editions as a feed.
pub(super) fn write_digest(
    info: &FeedInfo,
    spec: &DigestSpec,
    editions: &[Edition],
    ui: Language,
    format: Format,
) -> String {
    match format {
        Format::Rss => delivery::digest::rss(info, spec, editions, ui),
        Format::Atom => delivery::digest::atom(info, spec, editions, ui),
        Format::Json => delivery::digest::json_feed(info, spec, editions, ui),
    }
}

/// The latest editions of a digest that hold anything.
pub(crate) fn editions(
    context: &Ask,
    spec: &DigestSpec,
    most: usize,
) -> Result<Vec<Edition>, Trouble> {
    Ok(delivery::digest::recent(
        &context.app.store,
        &spec.id,
        most,
    )?)
}

/// The edition that an address names.
pub(crate) fn edition(context: &Ask, spec: &DigestSpec, slug: &str) -> Result<Edition, Trouble> {
    let end = delivery::digest::parse_slug(slug).ok_or(Trouble::NotFound)?;
    context
        .app
        .store
        .edition(&spec.id, end)?
        .ok_or(Trouble::NotFound)
}

/// What an edition is called.
pub(crate) fn edition_title(spec: &DigestSpec, edition: &Edition, ui: Language) -> String {
    delivery::digest::edition_title(spec, edition, ui)
}

/// The path of an edition's page.
pub(crate) fn edition_path(edition: &Edition) -> String {
    let slug = delivery::digest::edition_slug(edition.end);
    format!("/digests/{}/{slug}", edition.digest)
}

/// The stories of an edition as harmless HTML.
pub(crate) fn edition_html(
    edition: &Edition,
    ui: Language,
    zone: &TimeZone,
    public: &Url,
) -> String {
    delivery::digest::edition_html(edition, ui, zone, public)
}

impl Ask {
    /// The hub that is told when this feed changes; of older pages and of archives it is not.
    fn hub(&self, feed: &Url, newest: bool) -> Option<Url> {
        let hub = self.config.settings.feeds.hub.as_ref();
        let hub = hub.filter(|_| newest && is_short(feed))?;
        self.app
            .taken
            .note(&self.app.store, &self.base, feed, self.now);
        Some(hub.clone())
    }
}

impl Context {
    /// What kinds and topics are called in the reader's language.
    pub(super) fn labels(&self) -> delivery::Labels {
        let language = self.ui.language();
        let kinds = Kind::ALL.iter();
        let topics = self.config.thesaurus.iter();
        delivery::Labels {
            lang: Some(language),
            kinds: kinds
                .map(|kind| (*kind, self.ui.word("kind", kind.as_str())))
                .collect(),
            topics: topics
                .map(|concept| (concept.id.clone(), concept.label(language).to_owned()))
                .collect(),
        }
    }

    pub(super) fn url(&self, path: &str) -> Result<Url, Trouble> {
        Url::parse(&self.absolute(path)).map_err(|error| Trouble::Internal(error.to_string()))
    }

    /// The parameters that make a feed what it is, language of the interface included.
    fn feed_pairs(&self, request: &SearchRequest) -> Vec<(&'static str, String)> {
        let mut pairs = request.to_pairs();
        if request.limit != SearchRequest::default().limit {
            pairs.push(("limit", request.limit.to_string()));
        }
        if let Some(content) = self.pairs.last("content") {
            pairs.push(("content", content.to_owned()));
        }
        if self.ui_given {
            pairs.push(("ui", self.ui.code()));
        }
        pairs
    }

    /// How much of each announcement is asked for.
    fn content(&self) -> Result<Content, BadParameter> {
        let Some(given) = self.pairs.last("content") else {
            return Ok(self.config.settings.feeds.content);
        };
        let known = Content::ALL.iter().find(|(word, _)| *word == given);
        known
            .map(|(_, content)| *content)
            .ok_or_else(|| BadParameter::new("content", given))
    }

    pub(super) fn info(&self, request: &SearchRequest, title: String) -> Result<FeedInfo, Trouble> {
        let mut own = self.feed_pairs(request);
        if let Some(cursor) = &request.cursor {
            own.push(("cursor", cursor.clone()));
        }
        let lang = match request.lang.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        Ok(FeedInfo {
            description: self.ui.tw("feed-description", "site", self.site()),
            home: self.url(&format!("/{}", query_string(&request.to_pairs())))?,
            this: self.url(&format!("{}{}", self.path, query_string(&own)))?,
            next: None,
            lang,
            updated: Timestamp::UNIX_EPOCH,
            public: self.base.clone(),
            links: delivery::FeedLinks::default(),
            content: self.config.settings.feeds.content,
            labels: self.labels(),

            hub: None,
            title,
        })
    }
}
