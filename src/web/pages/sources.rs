//! `/sources` and `/sources/{id}`.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::card::Card;
use super::{FeedLink, Frame};
use crate::domain::{Country, SearchRequest};
use crate::store::SourceRecord;
use crate::web::collate;
use crate::web::context::{Ask, Context, Face};
use crate::web::find::Found;
use crate::web::reply::Reply;
use crate::web::wording::capital;

/// A source in the list, or at the head of its page.
struct Row {
    href: String,
    name: String,
    role: String,
    languages: String,
    items: String,
    newest: Option<(String, String)>,
    phase: &'static str,
    phase_name: String,
    /// What went wrong, in English.
    fault: Option<String>,
}

struct Land {
    code: String,
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "sources.html")]
struct ListPage {
    frame: Frame,
    count: String,
    lands: Vec<Land>,
    opml: String,
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
}

/// `/sources`
pub(in crate::web) async fn list(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            let records = context.sources()?;
            Ok(Reply::html(list_view(context, &records).render()?).modified(context.today()))
        })
        .await
}

/// `/sources/{id}`
pub(in crate::web) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
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

fn row(context: &Context, record: &SourceRecord) -> Row {
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
        fault: record.state.phase.fault().map(ToString::to_string),
    }
}

fn list_view(context: &Context, records: &[SourceRecord]) -> ListPage {
    let ui = context.ui;
    let mut lands: BTreeMap<Country, Vec<&SourceRecord>> = BTreeMap::new();
    for record in records {
        lands.entry(record.source.country).or_default().push(record);
    }
    let mut lands: Vec<Land> = lands
        .into_iter()
        .map(|(country, mut records)| {
            records.sort_by_cached_key(|record| collate::key(&record.source.name, ui.language()));
            Land {
                code: country.to_string(),
                name: ui.country_name(country),
                rows: records
                    .into_iter()
                    .map(|record| row(context, record))
                    .collect(),
            }
        })
        .collect();
    lands.sort_by_cached_key(|land| collate::key(&land.name, ui.language()));
    ListPage {
        frame: Frame::new(context, ui.t("nav-sources")),
        count: ui.tn("sources-count", records.len() as u64),
        lands,
        opml: context.to("/sources.opml"),
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
        frame: Frame::new(context, source.name.clone()).with_feeds(feeds.clone()),
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    #[test]
    fn sources_stand_under_their_countries_with_their_state_in_words() {
        let context = samples::context("/sources", "ui=ru");
        let mut source = samples::source();
        source.state.phase = crate::domain::Phase::Silent {
            since: samples::now(),
        };
        let html = list_view(&context, &[source]).render().unwrap();
        assert!(html.contains("Молдова"));
        assert!(html.contains("/sources/ong-exemplu?ui=ru"));
        assert!(html.contains(&context.ui.t("phase-silent")));
    }
}
