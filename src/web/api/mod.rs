//! `/api/v1`: JSON for programs, described by `/openapi.json`.

mod catalogue;
mod lists;
mod search;
mod shapes;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use utoipa::OpenApi as _;
use utoipa::openapi::{InfoBuilder, License, OpenApi, Server};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::App;
use super::context::{Ask, Face};
use super::reply::{Keep, Reply};

#[derive(utoipa::OpenApi)]
#[openapi(tags(
    (name = "search", description = "Finding announcements"),
    (name = "catalogue", description = "What is read, and what it is about"),
))]
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
    description.info = InfoBuilder::new()
        .title("vesti")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "News and announcements of the social sector in Romanian, Latvian, Russian and English. \
             Reading needs no key and works from any origin. Every answer has an ETag: send it back in \
             If-None-Match and get 304 while nothing changed. Errors are problem documents (RFC 9457). \
             Times are RFC 3339 in UTC, languages BCP 47, countries ISO 3166-1 alpha-2. \
             Parameters that are not described here are ignored.",
        ))
        .license(Some(License::new("MIT OR Apache-2.0")))
        .build();
    (router, description)
}

/// `/openapi.json`
pub(super) async fn description(context: Ask, description: Arc<OpenApi>) -> Response {
    context
        .serve(Face::Data, move |context| {
            let mut description = OpenApi::clone(&description);
            description.servers = Some(vec![Server::new(context.absolute("/"))]);
            Ok(Reply::json(&description)?.keep(Keep::Hour))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn document() -> Value {
        serde_json::to_value(router().1).unwrap()
    }

    #[test]
    fn every_path_of_the_api_is_described() {
        let document = document();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
        assert_eq!(
            paths,
            [
                "/api/v1/digests",
                "/api/v1/items/{id}",
                "/api/v1/search",
                "/api/v1/sources",
                "/api/v1/sources/{id}",
                "/api/v1/topics",
            ]
        );
        for (path, operations) in document["paths"].as_object().unwrap() {
            let get = &operations["get"];
            assert!(get["summary"].is_string(), "{path} has a summary");
            assert!(
                get["responses"]["200"]["content"]["application/json"]["schema"].is_object(),
                "{path}"
            );
            assert!(
                get["responses"]["400"]["content"]["application/problem+json"].is_object(),
                "{path}"
            );
        }
    }

    #[test]
    fn the_whole_parameter_vocabulary_is_described() {
        let document = document();
        let names: Vec<&str> = document["paths"]["/api/v1/search"]["get"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| parameter["name"].as_str().unwrap())
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
