//! `/`: the search page and its results.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::card::Card;
use super::expansion::{Expansion, expansions};
use super::facets::{EVERYWHERE, Group};
use super::timeline::{Chart, chart};
use super::{FeedLink, Frame, KNOWN, Link};
use crate::domain::{SearchRequest, Sort, StaffRole};
use crate::web::context::{Ask, Context, Face};
use crate::web::find::Found;
use crate::web::params::{BadParameter, query_string};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// What was typed.
struct Form {
    action: String,
    q: String,
    from: String,
    to: String,
    open: bool,
    coming: bool,
    /// Dates to choose from.
    spans: Vec<Link>,
    /// Filters that are kept: name and value.
    kept: Vec<(String, String)>,
    /// The part with dates is unfolded.
    unfolded: bool,
    /// A parameter that cannot be understood, what it is called, and what is wrong.
    bad: Option<(String, String, String)>,
}

impl Form {
    fn is_bad(&self, parameter: &str) -> bool {
        self.bad
            .as_ref()
            .is_some_and(|(bad, _, _)| bad == parameter)
    }
}

/// Everything under the form.
struct Results {
    /// Where what is shown has a name; else how many there are.
    heading: Option<String>,
    count: String,
    cards: Vec<Card>,
    groups: Vec<Group>,
    sorts: Vec<Link>,
    next: Option<String>,
    first: Option<String>,
    partial: bool,
    spelling: Option<Link>,
    /// That spelling is what was searched.
    corrected: bool,
    expansions: Vec<Expansion>,
    /// Turns the search across languages off, or on again.
    cross: Link,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    form: Form,
    chips: Vec<Link>,
    clear: String,
    timeline: Option<Chart>,
    results: Option<Results>,
    feeds: Vec<FeedLink>,
    calendar: String,
    digest: String,
    start: bool,
}

/// `/`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve_again(Face::Page, |context| {
            let bad = match context.pairs.request() {
                Ok(request) => match context.find_by_week(&request) {
                    Ok(found) => {
                        let modified = found.modified().max(context.today());
                        let page = results(context, &request, &found);
                        return Ok(Reply::html(page.render()?)
                            .ignoring(found.hits.next_cursor.as_deref())
                            .modified(modified));
                    }
                    Err(Trouble::Bad(bad) | Trouble::Astray(bad)) => bad,
                    Err(other) => return Err(other),
                },
                Err(bad) => bad,
            };
            Ok(Reply::html(refused(context, &bad).render()?)
                .status(StatusCode::BAD_REQUEST)
                .keep(Keep::Never))
        })
        .await
}

/// The form, with what was typed. Its dates narrow the search that the page shows, if it shows one.
fn form(context: &Context, request: Option<&SearchRequest>, bad: Option<&BadParameter>) -> Form {
    let ui = context.ui;
    let last = |name: &str| context.pairs.last(name).unwrap_or_default().to_owned();
    let kept = [
        "lang", "country", "source", "role", "topic", "kind", "cross", "sort",
    ];
    let mut kept: Vec<(String, String)> = kept
        .iter()
        .flat_map(|name| {
            context
                .pairs
                .all(name)
                .take(100)
                .map(move |value| ((*name).to_owned(), value.to_owned()))
        })
        // A value that was refused would be refused again.
        .filter(|(name, value)| {
            bad.is_none_or(|bad| bad.parameter != *name || bad.value.as_ref() != Some(value))
        })
        .collect();
    if context.ui_given && !context.ui_remembered {
        kept.push(("ui".into(), ui.code()));
    }
    let (from, to) = (last("from"), last("to"));
    let open = last("deadline") == "open";
    let coming = last("event") == "coming";
    Form {
        action: context.action("/"),
        q: last("q"),
        spans: request.map_or_else(Vec::new, |request| spans(context, request)),
        unfolded: open || coming || !(from.is_empty() && to.is_empty()),
        from,
        to,
        open,
        coming,
        kept,
        bad: bad.map(|bad| {
            let name = &bad.parameter;
            let label = ["facet", "field"]
                .iter()
                .map(|family| format!("{family}-{name}"))
                .find(|key| ui.has(key))
                .map_or_else(|| name.clone(), |key| ui.t(&key));
            (name.clone(), label, bad.sentence(ui))
        }),
    }
}

fn refused(context: &Context, bad: &BadParameter) -> SearchPage {
    SearchPage {
        frame: Frame::new(context, context.ui.t("error-bad-title")).unlisted(),
        form: form(context, None, Some(bad)),
        chips: Vec::new(),
        clear: context.without(&bad.parameter),
        timeline: None,
        results: None,
        feeds: Vec::new(),
        calendar: String::new(),
        digest: String::new(),
        start: false,
    }
}

fn results(context: &Context, request: &SearchRequest, found: &Found) -> SearchPage {
    let ui = context.ui;
    let everything = request.to_pairs().is_empty();
    let start = everything && request.cursor.is_none();
    let title = if everything {
        ui.t("latest")
    } else {
        context
            .search_title(request)
            .replace(&format!(" · {}", context.site()), "")
    };
    let feeds = context.feeds_of(request);
    let later = format!("{title} ({})", ui.t("paging-later"));
    let title = if request.cursor.is_some() {
        later
    } else {
        title
    };
    let mut frame = Frame::new(context, title)
        .with_feeds(feeds.clone())
        .with_mail(context, &request.to_pairs());
    if context.need(StaffRole::Editor).is_ok() {
        let mut pairs = request.to_pairs();
        pairs.retain(|(name, _)| *name != "sort");
        frame.watch = Some(context.link("/monitor/watches/new", &pairs));
    }
    if !start {
        frame = frame.unlisted();
        let own = format!("/{}", query_string(&request.to_pairs()));
        frame.canonical = Some(context.absolute(&own));
    }
    SearchPage {
        frame,
        form: form(context, Some(request), None),
        chips: EVERYWHERE.chips(context, request),
        clear: if request.q.is_empty() {
            context.to("/")
        } else {
            context.link("/", &[("q", &request.q)])
        },
        timeline: chart(context, request, &found.hits.timeline),
        results: Some(under(context, request, found)),
        feeds,
        calendar: context.link("/calendar.ics", &request.to_pairs()),
        digest: context.link("/digest", &request.to_pairs()),
        start,
    }
}

fn under(context: &Context, request: &SearchRequest, found: &Found) -> Results {
    let ui = context.ui;
    let hits = &found.hits;
    let words = !request.q.trim().is_empty();
    let own = &hits.interpreted;
    let link = |request: SearchRequest, label: String| Link {
        href: EVERYWHERE.href(context, &request),
        label,
        current: false,
    };
    Results {
        heading: Some(ui.t("latest")).filter(|_| !words && hits.total > 0),
        count: if hits.total == 0 {
            ui.t("empty-heading")
        } else {
            ui.tn("results", hits.total)
        },
        cards: found
            .items
            .iter()
            .map(|item| {
                let marks = words.then_some(&hits.marks);
                Card::new(context, item, found.others(item), marks)
            })
            .collect(),
        groups: EVERYWHERE.groups(context, request, &hits.facets),
        sorts: if hits.total > 1 {
            sorts(context, request)
        } else {
            Vec::new()
        },
        next: hits
            .next_cursor
            .as_deref()
            .map(|cursor| context.page_at("/", request.to_pairs(), request.limit, cursor)),
        first: (request.cursor.is_some())
            .then(|| context.page_at("/", request.to_pairs(), request.limit, "")),
        partial: own.partial,
        corrected: own.is_corrected(),
        spelling: own.did_you_mean.as_ref().map(|better| {
            let meant = SearchRequest {
                q: better.clone(),
                ..request.clone()
            };
            link(meant, better.clone())
        }),
        expansions: expansions(context, own),
        cross: {
            let other = SearchRequest {
                cross: !request.cross,
                ..request.clone()
            };
            let key = if request.cross {
                "cross-off"
            } else {
                "cross-on"
            };
            Link {
                current: request.cross,
                ..link(other, ui.t(key))
            }
        },
    }
}

/// Dates that many ask for: since when.
const SPANS: [&str; 4] = ["7d", "1m", "3m", "1y"];

fn spans(context: &Context, request: &SearchRequest) -> Vec<Link> {
    SPANS
        .into_iter()
        .filter_map(|span| {
            let from = span.parse().ok()?;
            let narrowed = SearchRequest {
                from: Some(from),
                to: None,
                cursor: None,
                ..request.clone()
            };
            Some(Link {
                href: EVERYWHERE.href(context, &narrowed),
                label: context.ui.word("since", span),
                current: request.from == Some(from) && request.to.is_none(),
            })
        })
        .collect()
}

/// The orders to choose from: relevance only where there are words, deadlines and events where they are asked for or
/// stand to reason.
fn sorts(context: &Context, request: &SearchRequest) -> Vec<Link> {
    let words = !request.q.trim().is_empty();
    let order = request.order();
    let standard = SearchRequest {
        sort: None,
        ..request.clone()
    };
    Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Relevance || words)
        .map(|sort| Link {
            href: EVERYWHERE.href(
                context,
                &SearchRequest {
                    sort: Some(sort).filter(|sort| *sort != standard.order()),
                    ..request.clone()
                },
            ),
            label: context.ui.word("sort", sort.as_str()),
            current: sort == order,
        })
        .collect()
}

impl Context {
    /// The same search without a parameter, whatever else was typed.
    fn without(&self, parameter: &str) -> String {
        let others = KNOWN.iter().filter(|name| **name != parameter);
        let pairs: Vec<(&str, &str)> = others
            .flat_map(|name| self.pairs.all(name).map(move |value| (*name, value)))
            .take(100)
            .collect();
        self.link("/", &pairs)
    }

    /// The page of a list that a cursor leads to; the first one without.
    pub(super) fn page_at(
        &self,
        path: &str,
        mut pairs: Vec<(&'static str, String)>,
        limit: usize,
        cursor: &str,
    ) -> String {
        if limit != SearchRequest::default().limit {
            pairs.push(("limit", limit.to_string()));
        }
        if !cursor.is_empty() {
            pairs.push(("cursor", cursor.to_owned()));
        }
        self.link(path, &pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;
    use crate::web::params::Pairs;

    #[test]
    fn the_bounds_of_a_search_are_named_in_the_case_of_the_language() {
        for (ui, from, to) in [
            ("ro", "din 1 martie 2026", "până la 30 aprilie 2026"),
            (
                "lv",
                "no 2026. gada 1. marta",
                "līdz 2026. gada 30. aprīlim",
            ),
            ("ru", "с 1 марта 2026 г.", "по 30 апреля 2026 г."),
            ("en", "from 1 March 2026", "until 30 April 2026"),
        ] {
            let query = format!("from=2026-03-01&to=2026-04-30&ui={ui}");
            let context = samples::context("/", &query);
            let request = Pairs::parse(Some(&query)).request().unwrap();
            let filters = context.filters(&request);
            let labels: Vec<&str> = filters.iter().map(|(_, _, label)| label.as_str()).collect();
            assert_eq!(labels, [from, to]);
        }
    }

    #[test]
    fn an_order_is_chosen_by_a_link_and_the_usual_one_needs_no_parameter() {
        let context = samples::context("/", "");
        let hrefs = |query: &str| -> Vec<(String, bool)> {
            let request = Pairs::parse(Some(query)).request().unwrap();
            let links = sorts(&context, &request).into_iter();
            links.map(|link| (link.href, link.current)).collect()
        };
        let of = |pairs: [(&str, bool); 4]| pairs.map(|(href, on)| (href.to_owned(), on)).to_vec();
        assert_eq!(
            hrefs("q=a&sort=date"),
            of([
                ("/?q=a", false),
                ("/?q=a&sort=date", true),
                ("/?q=a&sort=deadline", false),
                ("/?q=a&sort=event", false)
            ])
        );
        assert_eq!(hrefs("kind=call")[0], ("/?kind=call".to_owned(), true));
        assert_eq!(hrefs("kind=call").len(), 3, "nothing to be relevant to");
    }
}
