//! `/api/v1`: JSON for programs, described by `/openapi.json`.

mod catalogue;
mod described;
mod lists;
mod monitor;
mod operations;
mod search;
mod shapes;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::App;
use super::context::{Ask, Context, Face};
use super::find::Found;
use super::reply::{Keep, Reply};
use super::trouble::Problem;
use crate::domain::SearchRequest;

#[derive(utoipa::OpenApi)]
#[openapi(
    tags(
        (name = "search", description = "Finding announcements"),
        (name = "catalogue", description = "What is read, and what it is about"),
        (name = "feeds", description = "The same for feed readers and calendars"),
    ),
    components(schemas(Problem))
)]
struct Description;

/// The routes, and what describes them.
pub(super) fn router() -> (Router<App>, OpenApi) {
    let (router, mut description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(search::search))
        .routes(routes!(search::item))
        .routes(routes!(lists::sources))
        .routes(routes!(lists::source))
        .routes(routes!(lists::topics))
        .routes(routes!(lists::digests))
        .split_for_parts();
    let router = router.merge(monitor::router());
    description.info = InfoBuilder::new()
        .title("vesti")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("openapi/about.md").trim()))
        .license(Some(
            LicenseBuilder::new()
                .name("MIT OR Apache-2.0")
                .identifier(Some("MIT OR Apache-2.0"))
                .build(),
        ))
        .build();
    (router, description)
}

/// The whole description, but for what depends on the configuration. The error is one of ours that a test would have found.
pub(super) fn described(description: &OpenApi) -> Result<Value, serde_json::Error> {
    described::complete(description)
}

/// What the query of a search takes, in whichever form its answer comes.
pub(super) const SEARCH: &[&str] = operations::SEARCH.query;
/// What the query of a digest's feed takes, and that of the list of sources.
pub(super) const UI: &[&str] = operations::SOURCE.query;

/// What a search answers, shortened, for showing it.
pub(super) fn answer(
    context: &Context,
    request: &SearchRequest,
    found: Found,
) -> Result<String, serde_json::Error> {
    let mut json = shapes::SearchJson::new(context, request, found).shortened();
    // How long it took does not make it another answer.
    json.took_ms = 1;
    serde_json::to_string_pretty(&json)
}

/// `/openapi.json`
pub(super) async fn description(context: Ask, description: Arc<Value>) -> Response {
    context
        .serve(Face::Data, move |context| {
            let description = described::of_this_service(&description, context);
            Ok(Reply::json(&description)?.keep(Keep::Hour))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn document() -> Value {
        described(&router().1).unwrap()
    }

    #[test]
    fn every_path_of_the_api_is_described() {
        let document = document();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let paths = document["paths"].as_object().unwrap();
        let of_the_api = paths.keys().filter(|path| path.starts_with("/api/"));
        assert_eq!(
            of_the_api.collect::<Vec<_>>(),
            [
                "/api/v1/digests",
                "/api/v1/items/{id}",
                "/api/v1/monitor",
                "/api/v1/monitor/audit",
                "/api/v1/monitor/catalogue",
                "/api/v1/monitor/changes",
                "/api/v1/monitor/happenings",
                "/api/v1/monitor/probe",
                "/api/v1/monitor/probe/{id}",
                "/api/v1/monitor/sources",
                "/api/v1/monitor/sources/{id}",
                "/api/v1/monitor/sources/{id}/look-again",
                "/api/v1/monitor/sources/{id}/merge",
                "/api/v1/monitor/sources/{id}/restore",
                "/api/v1/monitor/sources/{id}/trust",
                "/api/v1/monitor/sources/{id}/undo",
                "/api/v1/monitor/sources/{id}/visit",
                "/api/v1/monitor/watches",
                "/api/v1/monitor/watches/{id}",
                "/api/v1/monitor/watches/{id}/test",
                "/api/v1/search",
                "/api/v1/sources",
                "/api/v1/sources/{id}",
                "/api/v1/topics",
            ]
        );
        for (path, operations) in paths {
            let get = &operations["get"];
            if get.is_null() {
                assert!(operations["post"]["summary"].is_string(), "{path}");
                continue;
            }
            assert!(get["summary"].is_string(), "{path} has a summary");
            let answer = &get["responses"]["200"]["content"];
            let json = answer["application/json"]["schema"].is_object();
            assert!(json || !path.starts_with("/api/"), "{path}");
            for status in ["304", "400", "414", "429", "500", "503"] {
                assert!(get["responses"][status].is_object(), "{path}: {status}");
            }
            assert!(get["description"].is_string(), "{path} has a description");
        }
    }

    #[test]
    fn the_whole_parameter_vocabulary_is_described() {
        let document = document();
        let names: Vec<&str> = document["paths"]["/api/v1/search"]["get"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| parameter["$ref"].as_str().unwrap().trim_start_matches('#'))
            .map(|pointer| document.pointer(pointer).unwrap()["name"].as_str().unwrap())
            .collect();
        for name in [
            "q", "lang", "country", "source", "role", "topic", "kind", "from", "to", "deadline",
            "event", "cross", "sort", "limit", "cursor", "ui",
        ] {
            assert!(names.contains(&name), "{name}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut open = vec![&document];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(map) => {
                    if let Some(Value::String(target)) = map.get("$ref") {
                        let pointer = target.strip_prefix('#').unwrap();
                        assert!(document.pointer(pointer).is_some(), "{target}");
                    }
                    open.extend(map.values());
                }
                Value::Array(list) => open.extend(list),
                _ => {}
            }
        }
    }
}
