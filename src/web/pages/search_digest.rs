//! `/digest`: a digest of any search, with a form to choose how often it comes.

use askama::Template;
use axum::response::Response;

use super::{FeedLink, Frame, Link};
use crate::config::Grouping;
use crate::config::WEEKDAYS;
use crate::delivery::digest::{edition_dates, edition_slug};
use crate::web::context::{Ask, Context, Face};
use crate::web::digest::{Asked, Latest, PERIODS};
use crate::web::feeds::{self, Format};
use crate::web::locale::Ui;
use crate::web::params::query_string;
use crate::web::reply::Reply;
use crate::web::wording::capital;

/// One of the values of a field.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "search_digest.html")]
struct Page {
    frame: Frame,
    action: String,
    kept: Vec<(String, String)>,
    periods: Vec<Choice>,
    hours: Vec<Choice>,
    weekdays: Vec<Choice>,
    groups: Vec<Choice>,
    query: String,
    feeds: Vec<FeedLink>,
    /// What is shown: its dates, and its stories as harmless HTML.
    edition: Option<(String, String)>,
    archive: Vec<Link>,
    older: Option<String>,
}

/// `/digest`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve_again(Face::Page, |context| {
            let asked = context.asked_digest()?;
            let latest = context.latest(&asked)?;
            let shown = match asked.edition {
                Some(end) => Some(context.one_edition(&asked, end)?),
                None => latest.editions.first().cloned(),
            };
            let shown = shown.as_ref().map(|edition| {
                let language = context.ui.language();
                let dates = capital(&edition_dates(&asked.spec, edition, language));
                let zone = &asked.spec.time_zone;
                let html = feeds::edition_html(edition, language, zone, &context.base);
                (edition.end, dates, html)
            });
            let page = view(context, &asked, &latest, shown);
            Ok(Reply::html(page.render()?))
        })
        .await
}

type Shown = (jiff::Timestamp, String, String);

fn view(context: &Context, asked: &Asked, latest: &Latest, shown: Option<Shown>) -> Page {
    let ui = context.ui;
    let spec = &asked.spec;
    let own = asked.pairs();
    let with = |name: &str, value: String| {
        let mut pairs = own.to_vec();
        pairs.push((name.to_owned(), value));
        context.link("/digest", &pairs)
    };
    let feeds: Vec<FeedLink> = Format::ALL
        .into_iter()
        .map(|format| FeedLink {
            media_type: format.media_type(),
            name: format.name(),
            href: context.link(&format!("/digest.{}", format.ending()), own),
        })
        .collect();
    let title = spec.title(ui.language()).to_owned();
    let mut frame = Frame::new(context, title)
        .with_feeds(feeds.clone())
        .with_mail(context, &asked.request.to_pairs())
        .unlisted();
    frame.canonical = Some(context.absolute(&format!("/digest{}", query_string(own))));
    let chosen = ["period", "hour", "weekday", "group"];
    let current = shown.as_ref().map(|(end, ..)| *end);
    Page {
        frame,
        action: context.action("/digest"),
        kept: own
            .iter()
            .filter(|(name, _)| !chosen.contains(&name.as_str()))
            .cloned()
            .chain(context.ui_given.then(|| ("ui".to_owned(), ui.code())))
            .collect(),
        periods: PERIODS
            .iter()
            .map(|(word, period)| Choice {
                value: (*word).to_owned(),
                label: ui.word("period", word),
                chosen: *period == spec.period,
            })
            .collect(),
        hours: (0..24)
            .map(|hour| Choice {
                value: hour.to_string(),
                label: format!("{hour:02}:00"),
                chosen: hour == spec.hour,
            })
            .collect(),
        weekdays: WEEKDAYS
            .iter()
            .map(|(word, day)| Choice {
                value: (*word).to_owned(),
                label: ui.word("weekday", word),
                chosen: *day == spec.weekday,
            })
            .collect(),
        groups: Grouping::ALL
            .iter()
            .map(|(word, group)| Choice {
                value: (*word).to_owned(),
                label: grouping(ui, *group),
                chosen: *group == spec.manner.group,
            })
            .collect(),
        query: context.link("/", &asked.request.to_pairs()),
        feeds,
        edition: shown.map(|(_, dates, html)| (dates, html)),
        archive: latest
            .editions
            .iter()
            .map(|edition| Link {
                href: with("edition", edition_slug(edition.end)),
                label: capital(&edition_dates(spec, edition, ui.language())),
                current: current == Some(edition.end),
            })
            .collect(),
        older: latest.next.clone().map(|slug| with("before", slug)),
    }
}

fn grouping(ui: Ui, group: Grouping) -> String {
    match group {
        Grouping::Kind => ui.t("digest-by-kind"),
        Grouping::Topic => ui.t("digest-by-topic"),
        Grouping::Country => ui.t("digest-by-country"),
    }
}
