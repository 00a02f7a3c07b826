//! `/`: the search page and the newest items.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::card::Card;
use super::{FeedLink, Frame, Link};
use crate::domain::{SearchRequest, Sort};
use crate::web::context::{Ask, Context, Face};
use crate::web::find::Found;
use crate::web::params::{BadParameter, query_string};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;
use crate::web::wording::capital;

/// Values of a facet that are shown at once; the rest is folded away.
const SHOWN: usize = 8;
/// Values of a facet that are offered at all.
const OFFERED: usize = 40;

/// What was typed.
struct Form {
    action: String,
    q: String,
    from: String,
    to: String,
    sort: String,
    sorts: Vec<(&'static str, String)>,
    open: bool,
    /// Filters that are kept: name and value.
    kept: Vec<(String, String)>,
    /// The part with dates and order is unfolded.
    unfolded: bool,
    bad: Option<(String, String)>,
}

/// Values of one filter with their counts.
struct Group {
    name: &'static str,
    label: String,
    shown: Vec<Value>,
    more: Vec<Value>,
}

struct Value {
    label: String,
    count: String,
    href: String,
    active: bool,
}

/// Everything under the form.
struct Results {
    heading: String,
    count: String,
    cards: Vec<Card>,
    groups: Vec<Group>,
    next: Option<String>,
    first: Option<String>,
    partial: bool,
    spelling: Option<Link>,
    /// That spelling is what was searched.
    corrected: bool,
    /// What was typed, and the words added for it.
    expanded: Vec<(String, String)>,
    cross: Link,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    form: Form,
    chips: Vec<Link>,
    clear: String,
    results: Option<Results>,
    feeds: Vec<FeedLink>,
    calendar: String,
    start: bool,
}

/// `/`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve_again(Face::Page, |context| {
            let bad = match context.pairs.request() {
                Ok(request) => match context.find(&request) {
                    Ok(found) => {
                        let modified = found.modified().max(context.today());
                        let page = results(context, &request, &found);
                        return Ok(Reply::html(page.render()?)
                            .ignoring(found.hits.next_cursor.as_deref())
                            .modified(modified));
                    }
                    Err(Trouble::Bad(bad)) => bad,
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

fn form(context: &Context, bad: Option<&BadParameter>) -> Form {
    let ui = context.ui;
    let last = |name: &str| context.pairs.last(name).unwrap_or_default().to_owned();
    let kept = [
        "lang", "country", "source", "role", "topic", "kind", "event", "cross",
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
    let (from, to, sort) = (last("from"), last("to"), last("sort"));
    let open = last("deadline") == "open";
    let sorts = Sort::ALL.map(|sort| (sort.as_str(), ui.word("sort", sort.as_str())));
    Form {
        action: context.home_path(),
        q: last("q"),
        unfolded: open || !(from.is_empty() && to.is_empty() && sort.is_empty()),
        from,
        to,
        sort,
        sorts: sorts.into(),
        open,
        kept,
        bad: bad.map(|bad| (bad.parameter.clone(), bad.sentence(ui))),
    }
}

fn refused(context: &Context, bad: &BadParameter) -> SearchPage {
    SearchPage {
        frame: Frame::new(context, context.ui.t("error-bad-title")).unlisted(),
        form: form(context, Some(bad)),
        chips: Vec::new(),
        clear: context.to("/"),
        results: None,
        feeds: Vec::new(),
        calendar: String::new(),
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
    let mut frame = Frame::new(context, title).with_feeds(feeds.clone());
    if !start {
        frame = frame.unlisted();
        let own = format!("/{}", query_string(&request.to_pairs()));
        frame.canonical = Some(context.absolute(&own));
    }
    SearchPage {
        frame,
        form: form(context, None),
        chips: context
            .filters(request)
            .into_iter()
            .map(|(name, value, label)| Link {
                href: context.toggled(request, name, &value),
                label,
                current: true,
            })
            .collect(),
        clear: if request.q.is_empty() {
            context.to("/")
        } else {
            context.link("/", &[("q", &request.q)])
        },
        results: Some(under(context, request, found)),
        feeds,
        calendar: context.link("/calendar.ics", &request.to_pairs()),
        start,
    }
}

fn under(context: &Context, request: &SearchRequest, found: &Found) -> Results {
    let ui = context.ui;
    let hits = &found.hits;
    let words = !request.q.trim().is_empty();
    let own = &hits.interpreted;
    let mut expanded: Vec<(String, String)> = own
        .expanded
        .iter()
        .filter(|(_, added)| !added.is_empty())
        .map(|(word, added)| {
            let shown: Vec<&str> = added.iter().take(12).map(String::as_str).collect();
            (word.clone(), shown.join(", "))
        })
        .collect();
    expanded.sort();
    let page = |cursor: &str| {
        let mut pairs = request.to_pairs();
        if request.limit != SearchRequest::default().limit {
            pairs.push(("limit", request.limit.to_string()));
        }
        if !cursor.is_empty() {
            pairs.push(("cursor", cursor.to_owned()));
        }
        context.link("/", &pairs)
    };
    Results {
        heading: if words {
            ui.t("results-heading")
        } else {
            ui.t("latest")
        },
        count: ui.tn("results", hits.total),
        cards: found
            .items
            .iter()
            .map(|item| {
                Card::new(
                    context,
                    item,
                    found.others(item),
                    words.then_some(&hits.marks),
                )
            })
            .collect(),
        groups: groups(context, request, found),
        next: hits.next_cursor.as_deref().map(page),
        first: request.cursor.is_some().then(|| page("")),
        partial: own.partial,
        corrected: own.is_corrected(),
        spelling: own.did_you_mean.as_ref().map(|better| Link {
            href: {
                let better = SearchRequest {
                    q: better.clone(),
                    ..request.clone()
                };
                context.link("/", &better.to_pairs())
            },
            label: better.clone(),
            current: false,
        }),
        expanded,
        cross: {
            let other = SearchRequest {
                cross: !request.cross,
                ..request.clone()
            };
            Link {
                href: context.link("/", &other.to_pairs()),
                label: if request.cross {
                    ui.t("cross-off")
                } else {
                    ui.t("cross-on")
                },
                current: request.cross,
            }
        },
    }
}

fn groups(context: &Context, request: &SearchRequest, found: &Found) -> Vec<Group> {
    let counts = &found.hits.facets;
    let active: Vec<(&str, String)> = request.to_pairs();
    [
        ("kind", &counts.kind),
        ("lang", &counts.lang),
        ("country", &counts.country),
        ("topic", &counts.topic),
        ("role", &counts.role),
        ("source", &counts.source),
    ]
    .into_iter()
    .filter(|(_, counts)| !counts.is_empty())
    .map(|(name, counts)| {
        let mut values: Vec<Value> = counts
            .iter()
            .take(OFFERED)
            .map(|(value, count)| Value {
                label: capital(&context.label(name, value)),
                count: context.ui.number(*count),
                href: context.toggled(request, name, value),
                active: active.iter().any(|(n, v)| *n == name && v == value),
            })
            .collect();
        // What is chosen is never folded away.
        values.sort_by_key(|value| !value.active);
        let more = values.split_off(values.len().min(SHOWN));
        Group {
            name,
            label: context.ui.word("facet", name),
            shown: values,
            more,
        }
    })
    .collect()
}

impl Context {
    fn home_path(&self) -> String {
        format!("{}/", self.base.path().trim_end_matches('/'))
    }

    /// The same search with one value of a filter added, or taken away where it has it.
    fn toggled(&self, request: &SearchRequest, name: &str, value: &str) -> String {
        let mut pairs: Vec<(&str, String)> = request.to_pairs();
        let before = pairs.len();
        pairs.retain(|(n, v)| !(*n == name && v == value));
        if pairs.len() == before {
            pairs.push((name, value.to_owned()));
        }
        self.link("/", &pairs)
    }
}

#[cfg(test)]
mod tests {
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
    fn a_filter_that_is_on_is_taken_off_by_its_link() {
        let context = samples::context("/", "");
        let request = Pairs::parse(Some("q=a&lang=ro&lang=lv")).request().unwrap();
        assert_eq!(context.toggled(&request, "lang", "ro"), "/?q=a&lang=lv");
        assert_eq!(
            context.toggled(&request, "kind", "call"),
            "/?q=a&lang=ro&lang=lv&kind=call"
        );
    }
}
