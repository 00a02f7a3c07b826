//! `/api`: the API explained, with examples that work on the running service.

use askama::Template;
use axum::response::Response;

use super::{Frame, Link};
use crate::web::context::{Ask, Context, Face};
use crate::web::reply::Reply;

/// A parameter and what it means.
struct Parameter {
    name: &'static str,
    meaning: String,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    base: String,
    examples: Vec<Link>,
    parameters: Vec<Parameter>,
    openapi: String,
}

/// `/api`
pub(in crate::web) async fn api(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            Ok(Reply::html(view(context).render()?).modified(context.today()))
        })
        .await
}

fn view(context: &Context) -> ApiPage {
    let ui = context.ui;
    let example = |path: &str, label: String| Link {
        href: path.to_owned(),
        label,
        current: false,
    };
    let parameter = |name: &'static str, meaning: String| Parameter { name, meaning };
    ApiPage {
        frame: Frame::new(context, ui.t("api-title")),
        base: context.absolute(""),
        openapi: context.to("/openapi.json"),
        examples: vec![
            example(
                "/api/v1/search?q=locuin%C8%9Be+protejate",
                ui.t("api-example-search"),
            ),
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    #[test]
    fn the_page_explains_every_parameter_and_links_the_description() {
        let html = view(&samples::context("/api", "ui=ro")).render().unwrap();
        for word in ["/openapi.json", "cursor", "deadline", "/api/v1/search"] {
            assert!(html.contains(word), "{word}");
        }
    }
}
