//! `/countries` and `/countries/{code}`: what a country's organisations announce.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::agenda::Agenda;
use super::card::Card;
use super::{FeedLink, Frame, Link};
use crate::domain::{Country, SearchRequest};
use crate::web::collate;
use crate::web::context::{Ask, Context, Face};
use crate::web::find::{Found, newest};
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// Announcements shown of each sort on a country's page.
const NEWEST: usize = 10;
const DATED: usize = 5;
/// Topics named there.
const TOPICS: usize = 12;

/// A country in the list.
struct Row {
    href: String,
    name: String,
    items: String,
    sources: String,
    calls: Option<Link>,
}

#[derive(Template)]
#[template(path = "countries.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "country.html")]
struct CountryPage {
    frame: Frame,
    items: String,
    sources: Link,
    calls: Vec<Card>,
    all_calls: String,
    events: Vec<Card>,
    all_events: String,
    latest: Vec<Card>,
    all: String,
    topics: Vec<Link>,
    feeds: Vec<FeedLink>,
    calendar: String,
    digest: String,
}

/// `/countries`
pub(in crate::web) async fn list(context: Ask) -> Response {
    context
        .serve_again(Face::Page, |context| {
            let mut sources: HashMap<Country, u64> = HashMap::new();
            for record in context.sources()? {
                *sources.entry(record.source.country).or_default() += 1;
            }
            let all = context.find(&few(SearchRequest::default(), 1))?;
            let calls = context.find(&few(Agenda::Calls.all(), 1))?;
            let page = list_view(context, &sources, &all, &calls);
            Ok(Reply::html(page.render()?).modified(context.today()))
        })
        .await
}

/// `/countries/{code}`
pub(in crate::web) async fn page(Path(code): Path<String>, context: Ask) -> Response {
    context
        .serve_again(Face::Page, move |context| {
            let country: Country = code.parse().map_err(|_| Trouble::NotFound)?;
            let records = context.sources()?;
            let sources = records.iter().filter(|one| one.source.country == country);
            let sources = sources.count() as u64;
            let latest = context.find(&of(country, few(SearchRequest::default(), NEWEST)))?;
            if sources == 0 && latest.hits.total == 0 {
                return Err(Trouble::NotFound);
            }
            let calls = context.find(&of(country, few(Agenda::Calls.all(), DATED)))?;
            let events = context.find(&of(country, few(Agenda::Events.all(), DATED)))?;
            let modified = newest(&latest.items).max(context.today());
            let page = view(context, country, sources, [&latest, &calls, &events]);
            Ok(Reply::html(page.render()?).modified(modified))
        })
        .await
}

fn few(request: SearchRequest, limit: usize) -> SearchRequest {
    SearchRequest { limit, ..request }
}

fn of(country: Country, request: SearchRequest) -> SearchRequest {
    SearchRequest {
        country: vec![country],
        ..request
    }
}

fn list_view(
    context: &Context,
    sources: &HashMap<Country, u64>,
    all: &Found,
    calls: &Found,
) -> ListPage {
    let ui = context.ui;
    let counted = |counts: &[(String, u64)]| -> HashMap<Country, u64> {
        let known = counts.iter();
        known
            .filter_map(|(code, count)| Some((code.parse().ok()?, *count)))
            .collect()
    };
    let items = counted(&all.hits.facets.country);
    let calls = counted(&calls.hits.facets.country);
    let mut countries: Vec<Country> = items.keys().chain(sources.keys()).copied().collect();
    countries.sort_by_key(|country| collate::key(&ui.country_name(*country), ui.language()));
    countries.dedup();
    let count =
        |counts: &HashMap<Country, u64>, country| counts.get(&country).copied().unwrap_or(0);
    ListPage {
        frame: Frame::new(context, ui.t("nav-countries")),
        rows: countries
            .into_iter()
            .map(|country| Row {
                href: context.to(&format!("/countries/{country}")),
                name: ui.country_name(country),
                items: ui.tn("items-count", count(&items, country)),
                sources: ui.tn("sources-count", count(sources, country)),
                calls: Some(count(&calls, country))
                    .filter(|count| *count > 0)
                    .map(|count| Link {
                        href: context.link("/calls", &[("country", country.as_str())]),
                        label: ui.tn("calls-count", count),
                        current: false,
                    }),
            })
            .collect(),
    }
}

fn view(
    context: &Context,
    country: Country,
    sources: u64,
    [latest, calls, events]: [&Found; 3],
) -> CountryPage {
    let ui = context.ui;
    let request = of(country, SearchRequest::default());
    let feeds = context.feeds_of(&request);
    let cards = |found: &Found| -> Vec<Card> {
        let items = found.items.iter();
        items
            .map(|item| Card::new(context, item, found.others(item), None))
            .collect()
    };
    let own = [("country", country.as_str())];
    CountryPage {
        frame: Frame::new(context, ui.country_name(country))
            .with_feeds(feeds.clone())
            .with_mail(context, &own),
        items: ui.tn("items-count", latest.hits.total),
        sources: Link {
            href: context.link("/sources", &own),
            label: ui.tn("sources-count", sources),
            current: false,
        },
        calls: cards(calls),
        all_calls: context.link("/calls", &own),
        events: cards(events),
        all_events: context.link("/events", &own),
        latest: cards(latest),
        all: context.link("/", &own),
        topics: latest
            .hits
            .facets
            .topic
            .iter()
            .take(TOPICS)
            .map(|(topic, count)| Link {
                href: context.link("/", &[("country", country.as_str()), ("topic", topic)]),
                label: format!("{} ({})", context.label("topic", topic), ui.number(*count)),
                current: false,
            })
            .collect(),
        calendar: context.link("/calendar.ics", &own),
        digest: context.link("/digest", &own),
        feeds,
    }
}
