//! `/api`: the API explained, with examples that work on the running service.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, Link};
use crate::domain::SearchRequest;
use crate::web::api;
use crate::web::context::{Ask, Context, Face};
use crate::web::params::BadParameter;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// What the first example looks for.
const WORDS: &str = "locuințe protejate";

/// A parameter and what it means.
struct Parameter {
    name: &'static str,
    meaning: String,
}

/// A request to try: as a link, and as a command.
struct Example {
    label: String,
    href: String,
    command: String,
}

/// A kind of problem.
struct Kind {
    anchor: &'static str,
    status: StatusCode,
    title: String,
    meaning: String,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    openapi: String,
    examples: Vec<Example>,
    answer: String,
    parameters: Vec<Parameter>,
    next: String,
    conditional: String,
    /// Requests and seconds.
    limit: Option<String>,
    policy: String,
    problem: String,
    kinds: Vec<Kind>,
    feeds: Vec<Link>,
}

/// `/api`
pub(in crate::web) async fn api(context: Ask) -> Response {
    context
        .serve_again(Face::Page, |context| {
            let request = SearchRequest {
                q: WORDS.into(),
                limit: 1,
                ..SearchRequest::default()
            };
            let found = context.find(&request)?;
            let modified = found.modified().max(context.today());
            let cursor = found.hits.next_cursor.clone();
            let answer = api::answer(context, &request, found)?;
            let page = view(context, answer)?.render()?;
            Ok(Reply::html(page)
                .ignoring(cursor.as_deref())
                .modified(modified))
        })
        .await
}

fn view(context: &Context, answer: String) -> Result<ApiPage, Trouble> {
    let ui = context.ui;
    let example = |path: &str, label: String| {
        let address = context.absolute(path);
        Example {
            label,
            command: format!("curl '{address}'"),
            href: address,
        }
    };
    let parameter = |name: &'static str, meaning: String| Parameter { name, meaning };
    let link = |path: &str| Link {
        href: context.to(path),
        label: path.to_owned(),
        current: false,
    };
    let limit = context.config.settings.server.rate_limit;
    let bad = Trouble::Bad(BadParameter::new("from", "nonsense"));
    Ok(ApiPage {
        frame: Frame::new(context, ui.t("api-title")),
        openapi: context.to("/openapi.json"),
        examples: vec![
            example("/api/v1/search?q=locuin%C8%9Be+protejate&limit=1", ui.t("api-example-search")),
            example(
                "/api/v1/search?kind=call&deadline=open&sort=deadline",
                ui.t("api-example-calls"),
            ),
            example("/api/v1/sources?limit=100", ui.t("api-example-sources")),
            example("/api/v1/topics?limit=100", ui.t("api-example-topics")),
            example("/api/v1/digests", ui.t("api-example-digests")),
            example("/feed.atom?lang=lv&kind=call", ui.t("api-example-feed")),
            example("/calendar.ics?country=MD", ui.t("api-example-calendar")),
        ],
        answer,
        parameters: vec![
            parameter("q", ui.t("api-q")),
            parameter(
                "lang, country, source, role, topic, kind",
                ui.t("api-filters"),
            ),
            parameter("from, to", ui.t("api-dates")),
            parameter("deadline", ui.t("api-deadline")),
            parameter("event", ui.t("api-event")),
            parameter("cross", ui.t("api-cross")),
            parameter("sort", ui.t("api-sort")),
            parameter("limit, cursor", ui.t("api-paging")),
            parameter("ui", ui.t("api-ui")),
        ],
        next: format!(
            "Link: <{}>; rel=\"next\"",
            context.absolute("/api/v1/sources?limit=2&cursor=after-fonpc")
        ),
        conditional: format!(
            "curl -i -H 'If-None-Match: W/\"6c1f0a2f8f6d4b0f9a3e5d77\"' '{}'",
            context.absolute("/api/v1/topics")
        ),
        policy: limit.map_or_else(String::new, |limit| {
            let (most, window) = (limit.requests, limit.window.as_secs());
            format!(
                "RateLimit-Policy: \"default\";q={most};w={window}\nRateLimit: \"default\";r={};t=1",
                most - 1
            )
        }),
        limit: limit.map(|limit| format!("{} / {} s", limit.requests, limit.window.as_secs())),
        problem: serde_json::to_string_pretty(&bad.document(context))?,
        kinds: kinds(context, bad),
        feeds: ["/feed.rss", "/feed.atom", "/feed.json", "/digest.rss", "/calendar.ics", "/sources.opml"]
            .map(link)
            .into(),
    })
}

/// Every kind of problem, where its type leads to.
fn kinds(context: &Context, bad: Trouble) -> Vec<Kind> {
    let explained = context.ui.t("api-errors-bad");
    let cursor = Trouble::Astray(BadParameter::new("cursor", ""));
    let all = [
        bad,
        Trouble::NotFound,
        Trouble::Method,
        cursor,
        Trouble::TooLong,
        Trouble::TooLarge,
        Trouble::Foreign,
        Trouble::Impossible(context.ui.t("error-impossible")),
        Trouble::TooMany(1),
        Trouble::Internal(String::new()),
        Trouble::Busy,
    ];
    all.into_iter()
        .map(|trouble| {
            let (title, sentence) = trouble.words(context);
            Kind {
                anchor: trouble.anchor(),
                status: trouble.status(),
                title,
                meaning: match trouble {
                    Trouble::Bad(_) => explained.clone(),
                    _ => sentence,
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    fn page(query: &str) -> String {
        let context = samples::context("/api", query);
        view(&context, "{\"total\": 1}".into())
            .unwrap()
            .render()
            .unwrap()
    }

    #[test]
    fn the_page_explains_every_parameter_and_links_the_description() {
        let html = page("ui=ro");
        for word in [
            "/openapi.json",
            "cursor",
            "deadline",
            "href=\"https://vesti.example/api/v1/search?q=locuin%C8%9Be+protejate",
            "curl ",
            "1200 / 60 s",
            "RateLimit-Policy",
        ] {
            assert!(html.contains(word), "{word}");
        }
    }

    #[test]
    fn every_kind_of_problem_is_explained_where_its_type_leads() {
        let context = samples::context("/api", "ui=lv");
        let html = page("ui=lv");
        for kind in kinds(&context, Trouble::Bad(BadParameter::new("from", "x"))) {
            assert!(
                html.contains(&format!("id=\"{}\"", kind.anchor)),
                "{}",
                kind.anchor
            );
            assert!(!kind.title.is_empty() && !kind.meaning.is_empty());
        }
    }
}
