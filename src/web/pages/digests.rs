//! `/digests`, `/digests/{id}` (with its feeds) and the page of each edition.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{FeedLink, Frame, Link, period_word};
use crate::config::DigestSpec;
use crate::delivery::digest::edition_dates;
use crate::store::Edition;
use crate::web::context::{Ask, Context, Face};
use crate::web::feeds::{self, Format};
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;
use crate::web::wording::capital;

/// Editions that the archive lists.
const ARCHIVE: usize = 100;

/// A digest in the list.
struct Row {
    href: String,
    title: String,
    period: String,
    latest: Option<Link>,
    feeds: Vec<FeedLink>,
}

#[derive(Template)]
#[template(path = "digests.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "digest.html")]
struct DigestPage {
    frame: Frame,
    title: String,
    period: String,
    feeds: Vec<FeedLink>,
    query: String,
    /// The edition that is shown: its title, and its stories as harmless HTML.
    edition: Option<(String, String)>,
    /// Whether it is the page of the digest, not of one edition.
    whole: bool,
    digest: Link,
    archive: Vec<Link>,
}

/// How often, and how many times, it is looked for a digest's first edition.
const OPENING: (Duration, u32) = (Duration::from_millis(50), 40);

/// `/digests`
pub(in crate::web) async fn list(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            let ui = context.ui;
            let mut rows = Vec::new();
            let mut modified = None;
            for spec in &context.config.digests {
                let editions = feeds::editions(context, spec, 1)?;
                modified = modified.max(editions.first().map(|edition| edition.published));
                rows.push(Row {
                    href: context.to(&format!("/digests/{}", spec.id)),
                    title: spec.title(ui.language()).to_owned(),
                    period: ui.word("period", period_word(spec.period)),
                    latest: editions
                        .first()
                        .map(|edition| edition_link(context, spec, edition)),
                    feeds: feeds_of(context, spec),
                });
            }
            let page = ListPage {
                frame: Frame::new(context, ui.t("nav-digests")),
                rows,
            };
            Ok(Reply::html(page.render()?).modified(modified))
        })
        .await
}

/// `/digests/{id}`, `/digests/{id}.rss`, `.atom`, `.json`
pub(in crate::web) async fn page_or_feed(Path(name): Path<String>, context: Ask) -> Response {
    let format = Format::ALL.into_iter().find_map(|format| {
        let id = name.strip_suffix(format.ending())?.strip_suffix('.')?;
        Some((format, id.to_owned()))
    });
    let id = format.as_ref().map_or(&name, |(_, id)| id);
    first_editions(&context, id).await;
    if let Some((format, id)) = format {
        return context
            .serve(Face::Data, move |context| {
                feeds::digest(context, spec(context, &id)?, format)
            })
            .await;
    }
    context
        .serve(Face::Page, move |context| {
            let spec = spec(context, &name)?;
            let editions = feeds::editions(context, spec, ARCHIVE)?;
            let latest = editions.first();
            let modified = latest.map(|edition| edition.published);
            let page = view(context, spec, latest, &editions, true);
            Ok(Reply::html(page.render()?).modified(modified))
        })
        .await
}

/// The first editions are made when every source was visited once: whoever asks while that is under way waits a little for
/// them rather than be told that there is nothing.
async fn first_editions(context: &Ask, id: &str) {
    let Ok(spec) = spec(context, id) else { return };
    let pending = {
        let (store, id) = (context.app.store.clone(), spec.id.clone());
        move || {
            store
                .editions(&id, 1)
                .is_ok_and(|editions| editions.is_empty())
        }
    };
    for _ in 0..OPENING.1 {
        // Errors are told by whoever answers.
        if !matches!(tokio::task::spawn_blocking(pending.clone()).await, Ok(true)) {
            return;
        }
        tokio::time::sleep(OPENING.0).await;
    }
}

/// `/digests/{id}/{end}`
pub(in crate::web) async fn edition(
    Path((id, slug)): Path<(String, String)>,
    context: Ask,
) -> Response {
    context
        .serve(Face::Page, move |context| {
            let spec = spec(context, &id)?;
            let edition = feeds::edition(context, spec, &slug)?;
            let editions = feeds::editions(context, spec, ARCHIVE)?;
            let page = view(context, spec, Some(&edition), &editions, false);
            Ok(Reply::html(page.render()?).modified(Some(edition.published)))
        })
        .await
}

fn spec<'a>(context: &'a Context, id: &str) -> Result<&'a DigestSpec, Trouble> {
    context
        .config
        .digests
        .iter()
        .find(|spec| spec.id.as_str() == id)
        .ok_or(Trouble::NotFound)
}

fn feeds_of(context: &Context, spec: &DigestSpec) -> Vec<FeedLink> {
    Format::ALL
        .into_iter()
        .map(|format| FeedLink {
            media_type: format.media_type(),
            name: format.name(),
            href: context.to(&format!("/digests/{}.{}", spec.id, format.ending())),
        })
        .collect()
}

fn edition_link(context: &Context, spec: &DigestSpec, edition: &Edition) -> Link {
    Link {
        href: context.to(&feeds::edition_path(edition)),
        label: feeds::edition_title(spec, edition, context.ui.language()),
        current: false,
    }
}

fn view(
    context: &Context,
    spec: &DigestSpec,
    shown: Option<&Edition>,
    editions: &[Edition],
    whole: bool,
) -> DigestPage {
    let ui = context.ui;
    let language = ui.language();
    let feeds = feeds_of(context, spec);
    let title = spec.title(language).to_owned();
    let heading = match shown {
        Some(edition) if !whole => feeds::edition_title(spec, edition, language),
        _ => title.clone(),
    };
    DigestPage {
        frame: Frame::new(context, heading)
            .with_feeds(feeds.clone())
            .with_mail(context, &[("digest", spec.id.as_str())]),
        period: ui.word("period", period_word(spec.period)),
        feeds,
        query: context.link("/", &spec.query.to_pairs()),
        edition: shown.map(|edition| {
            (
                capital(&edition_dates(spec, edition, language)),
                feeds::edition_html(edition, language, context.zone(), &context.base),
            )
        }),
        whole,
        digest: Link {
            href: context.to(&format!("/digests/{}", spec.id)),
            label: title.clone(),
            current: whole,
        },
        archive: editions
            .iter()
            .map(|edition| Link {
                href: context.to(&feeds::edition_path(edition)),
                label: capital(&edition_dates(spec, edition, language)),
                current: shown.is_some_and(|shown| shown.end == edition.end),
            })
            .collect(),
        title,
    }
}
