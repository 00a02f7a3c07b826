//! `/sources/{id}`: an organisation and what it publishes.

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::card::Card;
use super::{FeedLink, Frame};
use crate::domain::SearchRequest;
use crate::store::SourceRecord;
use crate::web::context::{Ask, Context, Face};
use crate::web::find::Found;
use crate::web::reply::{Keep, Reply};
use crate::web::wording::capital;

/// A source in the list, or at the head of its page.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) languages: String,
    pub(super) items: String,
    pub(super) newest: Option<(String, String)>,
    pub(super) phase: &'static str,
    pub(super) phase_name: String,
    /// What went wrong, in English.
    /// As HTML.
    pub(super) fault: Option<String>,
}

#[derive(Template)]
#[template(path = "source.html")]
struct SourcePage {
    frame: Frame,
    row: Row,
    country: String,
    home: Option<String>,
    feed: Option<String>,
    cards: Vec<Card>,
    all: String,
    feeds: Vec<FeedLink>,
    calendar: String,
    digest: String,
}

/// `/sources/{id}`
pub(in crate::web) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            if let Some(into) = context.merged_into(&id) {
                return Ok(moved_to(&context.to(&format!("/sources/{into}"))));
            }
            let record = context.source(&id)?;
            let request = SearchRequest {
                source: vec![record.source.id.clone()],
                ..SearchRequest::default()
            };
            let found = context.find(&request)?;
            let modified = found.modified().max(context.today());
            let page = view(context, &record, &request, &found);
            Ok(Reply::html(page.render()?).modified(modified))
        })
        .await
}

/// An address that leads to another for good (RFC 9110, 15.4.9).
fn moved_to(address: &str) -> Reply {
    Reply::html(String::new())
        .status(StatusCode::PERMANENT_REDIRECT)
        .keep(Keep::Ask)
        .header(header::LOCATION, address)
}

/// A source as a list shows it.
pub(super) fn row(context: &Context, record: &SourceRecord) -> Row {
    let ui = context.ui;
    let source = &record.source;
    let languages: Vec<String> = source
        .languages
        .iter()
        .map(|language| ui.language_name(*language))
        .collect();
    let phase = record.state.phase.word();
    Row {
        href: context.to(&format!("/sources/{}", source.id)),
        name: source.name.clone(),
        role: ui.role_name(source.role),
        languages: languages.join(", "),
        items: ui.tn("items-count", record.items),
        newest: record.newest.map(|at| {
            let day = at.to_zoned(context.zone().clone()).date();
            (at.to_string(), ui.day(day))
        }),
        phase,
        phase_name: ui.word("phase", phase),
        fault: record
            .state
            .phase
            .fault()
            .map(|fault| context.reason(&fault.reason).html()),
    }
}

fn view(
    context: &Context,
    record: &SourceRecord,
    request: &SearchRequest,
    found: &Found,
) -> SourcePage {
    let source = &record.source;
    let feeds = context.feeds_of(request);
    SourcePage {
        frame: Frame::new(context, source.name.clone())
            .with_feeds(feeds.clone())
            .with_mail(context, &request.to_pairs()),
        row: Row {
            role: capital(&context.ui.role_name(source.role)),
            ..row(context, record)
        },
        country: context.ui.country_name(source.country),
        home: source.url.as_ref().map(ToString::to_string),
        feed: record.state.feed().map(ToString::to_string),
        cards: found
            .items
            .iter()
            .map(|item| Card::new(context, item, found.others(item), None))
            .collect(),
        all: context.link("/", &request.to_pairs()),
        feeds,
        calendar: context.link("/calendar.ics", &request.to_pairs()),
        digest: context.link("/digest", &request.to_pairs()),
    }
}
