//! `/calls` and `/events`: what can still be answered, and what can still be attended, by the day.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use super::card::Card;
use super::facets::{Group, Place};
use super::{FeedLink, Frame, Link};
use crate::domain::{Item, Kind, SearchRequest, Sort};
use crate::web::context::{Ask, Context, Face};
use crate::web::find::Found;
use crate::web::params::query_string;
use crate::web::reply::Reply;

/// Open calls, the nearest deadline first.
const CALLS: Place = Place {
    path: "/calls",
    implied: &[("kind", "call"), ("deadline", "open"), ("sort", "deadline")],
};

/// Coming events, in the order in which they begin.
const EVENTS: Place = Place {
    path: "/events",
    implied: &[("event", "coming"), ("sort", "event")],
};

/// An announcement under its day.
struct Entry {
    /// The day of the month, and the month in three letters.
    day: String,
    month: String,
    card: Card,
}

/// Announcements that are about as far off.
struct Span {
    heading: String,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "agenda.html")]
struct AgendaPage {
    frame: Frame,
    intro: String,
    empty: String,
    count: String,
    chips: Vec<Link>,
    clear: String,
    spans: Vec<Span>,
    /// Other kinds of announcements with a deadline ahead.
    others: Vec<Link>,
    groups: Vec<Group>,
    next: Option<String>,
    first: Option<String>,
    feeds: Vec<FeedLink>,
    calendar: String,
    digest: String,
}

/// `/calls`
pub(in crate::web) async fn calls(context: Ask) -> Response {
    page(context, Agenda::Calls).await
}

/// `/events`
pub(in crate::web) async fn events(context: Ask) -> Response {
    page(context, Agenda::Events).await
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agenda {
    Calls,
    Events,
}

impl Agenda {
    /// All that is on it.
    pub(super) fn all(self) -> SearchRequest {
        self.request(SearchRequest::default())
    }

    fn place(self) -> Place {
        match self {
            Self::Calls => CALLS,
            Self::Events => EVENTS,
        }
    }

    fn request(self, asked: SearchRequest) -> SearchRequest {
        match self {
            Self::Calls => SearchRequest {
                kind: vec![Kind::Call],
                deadline_open: true,
                sort: Some(Sort::Deadline),
                ..asked
            },
            Self::Events => SearchRequest {
                event_coming: true,
                sort: Some(Sort::Event),
                ..asked
            },
        }
    }

    /// When it is due, in the zone that counts for it.
    fn due(self, item: &Item) -> Option<(Timestamp, TimeZone)> {
        let at = match self {
            Self::Calls => item.deadline.as_ref()?.at,
            Self::Events => item.event.as_ref()?.start,
        };
        Some((at, item.country.time_zone()))
    }
}

async fn page(context: Ask, agenda: Agenda) -> Response {
    context
        .serve_again(Face::Page, move |context| {
            let request = agenda.request(context.pairs.request()?);
            let found = context.find(&request)?;
            let modified = found.modified().max(context.today());
            let page = view(context, agenda, &request, &found);
            Ok(Reply::html(page.render()?)
                .ignoring(found.hits.next_cursor.as_deref())
                .modified(modified))
        })
        .await
}

fn view(context: &Context, agenda: Agenda, request: &SearchRequest, found: &Found) -> AgendaPage {
    let ui = context.ui;
    let place = agenda.place();
    let feeds = context.feeds_of(request);
    let (title, intro, empty) = match agenda {
        Agenda::Calls => (ui.t("nav-calls"), ui.t("calls-intro"), ui.t("calls-empty")),
        Agenda::Events => (
            ui.t("nav-events"),
            ui.t("events-intro"),
            ui.t("events-empty"),
        ),
    };
    let mut frame = Frame::new(context, title)
        .with_feeds(feeds.clone())
        .with_mail(context, &request.to_pairs());
    let narrowed = place.pairs(request);
    if !narrowed.is_empty() || request.cursor.is_some() {
        let own = format!("{}{}", place.path, query_string(&narrowed));
        frame.canonical = Some(context.absolute(&own));
        frame = frame.unlisted();
    }
    let at =
        |cursor: &str| context.page_at(place.path, place.pairs(request), request.limit, cursor);
    AgendaPage {
        frame,
        intro,
        empty,
        count: ui.tn("items-count", found.hits.total),
        chips: place.chips(context, request),
        clear: context.to(place.path),
        spans: spans(context, agenda, found),
        others: match agenda {
            Agenda::Calls => others(context, request, found),
            Agenda::Events => Vec::new(),
        },
        groups: place.groups(context, request, &found.hits.facets),
        next: found.hits.next_cursor.as_deref().map(at),
        first: request.cursor.is_some().then(|| at("")),
        calendar: context.link("/calendar.ics", &request.to_pairs()),
        digest: context.link("/digest", &request.to_pairs()),
        feeds,
    }
}

/// Announcements in their order, under a heading that says how far off they are.
fn spans(context: &Context, agenda: Agenda, found: &Found) -> Vec<Span> {
    let ui = context.ui;
    let mut spans: Vec<Span> = Vec::new();
    for item in &found.items {
        let Some((at, zone)) = agenda.due(item) else {
            continue;
        };
        let day = at.to_zoned(zone.clone()).date();
        let today = context.now.to_zoned(zone).date();
        let heading = ui.t(match days_off(today, day) {
            8..=30 => "span-month",
            31.. => "span-later",
            _ => "span-week",
        });
        let (number, month) = ui.tile(day);
        let entry = Entry {
            day: number,
            month,
            card: Card::new(context, item, found.others(item), None),
        };
        match spans.last_mut() {
            Some(last) if last.heading == heading => last.entries.push(entry),
            _ => spans.push(Span {
                heading,
                entries: vec![entry],
            }),
        }
    }
    spans
}

fn days_off(today: Date, day: Date) -> i32 {
    let until = today.until((Unit::Day, day));
    until.map_or(0, |span| span.get_days())
}

/// Where else something can be answered: tenders, consultations, vacancies.
fn others(context: &Context, request: &SearchRequest, found: &Found) -> Vec<Link> {
    let counts = &found.hits.facets.kind;
    counts
        .iter()
        .filter_map(|(word, count)| Some((word.parse::<Kind>().ok()?, *count)))
        .filter(|(kind, _)| *kind != Kind::Call)
        .map(|(kind, count)| {
            let other = SearchRequest {
                kind: vec![kind],
                cursor: None,
                ..request.clone()
            };
            let name = context.ui.kind_name(kind);
            Link {
                href: context.link("/", &other.to_pairs()),
                label: format!("{name} ({})", context.ui.number(count)),
                current: false,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_page_asks_for_what_it_is_about_and_keeps_what_narrows_it() {
        let asked = SearchRequest {
            kind: vec![Kind::Vacancy],
            sort: Some(Sort::Relevance),
            country: vec![crate::domain::Country::MD],
            ..SearchRequest::default()
        };
        let calls = Agenda::Calls.request(asked.clone());
        assert_eq!(
            (calls.kind.as_slice(), calls.deadline_open),
            (&[Kind::Call][..], true)
        );
        assert_eq!(CALLS.pairs(&calls), [("country", "MD".to_owned())]);
        let events = Agenda::Events.request(asked);
        assert_eq!(events.kind, [Kind::Vacancy]);
        assert!(events.event_coming && events.sort == Some(Sort::Event));
    }

    #[test]
    fn days_are_counted_over_months() {
        assert_eq!(days_off(date(2026, 11, 28), date(2026, 12, 3)), 5);
        assert_eq!(days_off(date(2026, 11, 28), date(2026, 11, 27)), -1);
    }
}
