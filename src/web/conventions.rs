//! What browsers, search engines and machines that look after machines expect at well-known addresses.

use axum::http::StatusCode;
use axum::response::Response;

use jiff::{SignedDuration, Timestamp};

use super::assets::ICON_NAME;
use super::context::{Ask, Context, Face};
use super::feeds;
use super::metrics::Seen;
use super::reply::{Keep, Reply};
use super::trouble::Trouble;
use crate::delivery::{digest, escape, instant};
use crate::domain::{Country, Language};

/// Most addresses that a site map may have (sitemaps.org).
const MOST: usize = 50_000;
/// An edition that comes within this is in time.
const PUNCTUAL: SignedDuration = SignedDuration::from_mins(15);
/// Editions of a digest that the site map lists.
const EDITIONS: usize = 100;
/// How long what security.txt says may be believed; the standard recommends less than a year.
const VALID: SignedDuration = SignedDuration::from_hours(180 * 24);
/// Our pages that are always there.
const PAGES: [&str; 11] = [
    "/",
    "/calls",
    "/events",
    "/topics",
    "/countries",
    "/sources",
    "/digests",
    "/apps",
    "/api",
    "/privacy",
    "/accessibility",
];

/// `/opensearch.xml`: lets a browser search from its address bar (OpenSearch 1.1).
pub(super) async fn opensearch(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let site = context.site();
            // The format allows no longer ones.
            let cut = |most: usize| xml(&site.chars().take(most).collect::<String>());
            let ui = if context.ui_given {
                format!("&ui={}", context.ui.code())
            } else {
                String::new()
            };
            let url = |media: &str, rel: &str, path: &str| {
                let template = xml(&(context.absolute(path) + &ui));
                format!("  <Url type=\"{media}\" rel=\"{rel}\" template=\"{template}\"/>\n")
            };
            let own = format!("/opensearch.xml{}", ui.replacen('&', "?", 1));
            let body = [
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
                    .to_owned(),
                format!("  <ShortName>{}</ShortName>\n", cut(16)),
                format!("  <LongName>{}</LongName>\n", cut(48)),
                format!(
                    "  <Description>{}</Description>\n",
                    xml(&context.ui.tw("site-description", "site", site))
                ),
                url("text/html", "results", "/?q={searchTerms}"),
                url("application/rss+xml", "results", "/feed.rss?q={searchTerms}"),
                url("application/atom+xml", "results", "/feed.atom?q={searchTerms}"),
                url(
                    "application/json",
                    "results",
                    "/api/v1/search?q={searchTerms}&limit={count?}",
                ),
                format!(
                    "  <Url type=\"{OPENSEARCH}\" rel=\"self\" template=\"{}\"/>\n",
                    xml(&context.absolute(&own))
                ),
                format!(
                    "  <Image width=\"32\" height=\"32\" type=\"image/svg+xml\">{}</Image>\n",
                    xml(&context.absolute(&format!("/assets/{}", *ICON_NAME)))
                ),
                "  <Query role=\"example\" searchTerms=\"locuin\u{21b}e protejate\"/>\n".to_owned(),
                format!("  <Language>{}</Language>\n", context.ui.code()),
                "  <SyndicationRight>open</SyndicationRight>\n  <AdultContent>false</AdultContent>\n  \
                 <InputEncoding>UTF-8</InputEncoding>\n  <OutputEncoding>UTF-8</OutputEncoding>\n\
                 </OpenSearchDescription>\n"
                    .to_owned(),
            ];
            Ok(Reply::new(OPENSEARCH, body.concat()).keep(Keep::Hour))
        })
        .await
}

const OPENSEARCH: &str = "application/opensearchdescription+xml";

/// `/sitemap.xml`: our own pages in all their languages, not the copies of others' texts.
pub(super) async fn sitemap(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let sources = context.sources()?;
            let newest = sources.iter().filter_map(|record| record.newest).max();
            let mut pages: Vec<(String, Option<Timestamp>)> = PAGES
                .iter()
                .map(|path| ((*path).to_owned(), newest.filter(|_| *path == "/")))
                .collect();
            let mut countries: Vec<Country> =
                sources.iter().map(|record| record.source.country).collect();
            countries.sort_unstable();
            countries.dedup();
            for country in countries {
                pages.push((format!("/countries/{country}"), None));
            }
            for record in sources {
                pages.push((format!("/sources/{}", record.source.id), record.newest));
            }
            for concept in &context.config.thesaurus {
                pages.push((format!("/topics/{}", concept.id), None));
            }
            for spec in &context.config.digests {
                let editions = feeds::editions(context, spec, EDITIONS)?;
                let latest = editions.first().map(|edition| edition.published);
                pages.push((format!("/digests/{}", spec.id), latest));
                for edition in &editions {
                    pages.push((feeds::edition_path(edition), Some(edition.published)));
                }
            }
            let mut body = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                 xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
            );
            for (path, changed) in pages.into_iter().take(MOST) {
                entry(context, &path, changed, &mut body);
            }
            body.push_str("</urlset>\n");
            Ok(Reply::new("application/xml", body).keep(Keep::Hour))
        })
        .await
}

/// A page of the site map, with its address in each language.
fn entry(context: &Context, path: &str, changed: Option<Timestamp>, out: &mut String) {
    let address = xml(&context.absolute(path));
    out.push_str("  <url><loc>");
    out.push_str(&address);
    out.push_str("</loc>");
    if let Some(changed) = changed {
        out.push_str("<lastmod>");
        // Sources publish ahead of time now and then; nothing of ours has changed before it did.
        out.push_str(&instant(changed.min(context.now)));
        out.push_str("</lastmod>");
    }
    let mut alternate = |language: &str, address: &str| {
        out.push_str("<xhtml:link rel=\"alternate\" hreflang=\"");
        out.push_str(language);
        out.push_str("\" href=\"");
        out.push_str(address);
        out.push_str("\"/>");
    };
    for language in &context.config.settings.server.languages {
        alternate(language.as_str(), &format!("{address}?ui={language}"));
    }
    alternate("x-default", &address);
    out.push_str("</url>\n");
}

/// `/robots.txt`: pages may be read, but for the endless ones; item pages say `noindex` themselves.
pub(super) async fn robots(context: Ask) -> Response {
    let prefix = context.base.path().trim_end_matches('/');
    let body = format!(
        "User-agent: *\nDisallow: {prefix}/api/v1/\nDisallow: {prefix}/metrics\nDisallow: {prefix}/monitor\nDisallow: {prefix}/login\nDisallow: {prefix}/*cursor=\nDisallow: {prefix}/digest?\n\n\
         Sitemap: {}\n",
        context.absolute("/sitemap.xml")
    );
    Reply::new("text/plain; charset=utf-8", body)
        .keep(Keep::Hour)
        .answer(&context.headers, context.now)
}

/// `/.well-known/security.txt`: whom to tell of a weakness (RFC 9116), where somebody is named.
pub(super) async fn security(context: Ask) -> Response {
    let Some(contact) = &context.config.settings.server.contact else {
        return context.fail(Face::Data, &Trouble::NotFound);
    };
    let languages = &context.config.settings.server.languages;
    let languages: Vec<&str> = languages.iter().map(Language::as_str).collect();
    // A day's answer stays the same.
    let today = context.today().unwrap_or(context.now);
    let body = format!(
        "Contact: {}\nExpires: {}\nPreferred-Languages: {}\nCanonical: {}\n",
        contact.href(),
        instant(today.saturating_add(VALID).unwrap_or(today)),
        languages.join(", "),
        context.absolute("/.well-known/security.txt"),
    );
    Reply::new("text/plain; charset=utf-8", body)
        .keep(Keep::Hour)
        .answer(&context.headers, context.now)
}

/// `/healthz`: the process answers.
pub(super) async fn alive(context: Ask) -> Response {
    Reply::new("text/plain; charset=utf-8", "ok\n")
        .keep(Keep::Never)
        .answer(&context.headers, context.now)
}

/// `/readyz`: store and index answer too.
pub(super) async fn ready(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let (code, body) = match context.app.store.head() {
                Ok(head) => {
                    let searchable = context.app.index.searchable();
                    (
                        StatusCode::OK,
                        serde_json::json!({"status": "ready", "recorded": head.seq.0, "searchable": searchable.0}),
                    )
                }
                Err(error) => {
                    tracing::error!(why = ?error.to_string(), "not ready");
                    (
                        StatusCode::SERVICE_UNAVAILABLE,
                        serde_json::json!({"status": "the store does not answer"}),
                    )
                }
            };
            Ok(Reply::json(&body)?.status(code).keep(Keep::Never))
        })
        .await
}

/// `/metrics`, for Prometheus.
pub(super) async fn metrics(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let app = &context.app;
            let text = app
                .metrics
                .write(&Seen {
                    health: &app.store.health(context.now)?,
                    head: &app.store.head()?,
                    searchable: app.index.searchable(),
                    late: late(context)?,
                    folder: app.store.folder(),
                    now: context.now,
                })
                .map_err(|error| Trouble::Internal(error.to_string()))?;
            Ok(Reply::new(
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                text,
            )
            .keep(Keep::Never))
        })
        .await
}

/// How many digests should have an edition that they do not have. One that has none at all may wait for the first pass.
fn late(context: &Ask) -> Result<u64, Trouble> {
    let mut late = 0;
    for spec in &context.config.digests {
        let end = digest::periods::ended(spec, context.now).end;
        let newest = context.app.store.editions(&spec.id, 1)?;
        let behind = newest.first().is_some_and(|edition| edition.end < end);
        late += u64::from(behind && context.now.duration_since(end) > PUNCTUAL);
    }
    Ok(late)
}

/// Text in XML: without what XML 1.0 cannot hold.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let legal: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    escape(&legal, &mut out);
    out
}
