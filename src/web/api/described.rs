//! What `/openapi.json` says beyond the shapes of the answers: parameters, headers, problems, examples and what leads where.
//!
//! The shapes come from the types that are written as JSON. The rest is the same for most operations and stands once in
//! `openapi/components.json`; the examples beside it are answers of the service, shortened.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::operations::{ALL, Operation, SEARCH};
use crate::config::Contact;
use crate::domain::Language;
use crate::web::context::Context;

/// Properties that are left out where there is nothing to say; all others are always there.
const OPTIONAL: [(&str, &str); 3] = [
    ("Item", "text"),
    ("Attachment", "text"),
    ("Problem", "parameter"),
];

/// What staff may ask besides, each part with its paths and schemas.
const MONITOR: &[&str] = &[
    include_str!("openapi/monitor/health.json"),
    include_str!("openapi/monitor/manage.json"),
    include_str!("openapi/monitor/watches.json"),
];

/// Headers of every answer.
const COMMON: [(&str, &str); 8] = [
    ("Cache-Control", "CacheControl"),
    ("Vary", "Vary"),
    ("Content-Language", "ContentLanguage"),
    ("RateLimit-Policy", "RateLimitPolicy"),
    ("RateLimit", "RateLimit"),
    ("X-RateLimit-Limit", "XRateLimitLimit"),
    ("X-RateLimit-Remaining", "XRateLimitRemaining"),
    ("X-RateLimit-Reset", "XRateLimitReset"),
];

const SUMMARY: &str =
    "News and announcements of the social sector in Romanian, Latvian, Russian and English";

/// Where the examples say that the service is.
const EXAMPLE: &str = "https://vesti.example/";

/// The whole description, but for what depends on the configuration.
pub(super) fn complete(generated: &OpenApi) -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(generated)?;
    renamed(&mut document);
    let mut components: Value = serde_json::from_str(include_str!("openapi/components.json"))?;
    let problems = components["problems"].take();
    let feeds = components["feeds"].take();
    document["components"]["parameters"] = components["parameters"].take();
    document["components"]["headers"] = components["headers"].take();
    document["components"]["responses"] = responses(&problems);
    document["components"]["schemas"]["Problem"]["properties"]["type"]["examples"] =
        kinds(&problems);
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        for (name, schema) in schemas {
            tighten(name, schema);
        }
    }
    let whole = &mut document["components"]["schemas"]["WholeItem"]["allOf"][1]["required"];
    if let Some(required) = whole.as_array_mut() {
        required.push("text".into());
    }
    for operation in ALL {
        let get = &mut document["paths"][operation.path]["get"];
        describe(get, operation)?;
    }
    for feed in feeds.as_array().into_iter().flatten() {
        let path = feed["path"].as_str().unwrap_or_default();
        document["paths"][path] = json!({ "get": as_feed(path, feed) });
    }
    for part in MONITOR {
        let part: Value = serde_json::from_str(part)?;
        add_monitor(&mut document, part);
    }
    document["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A token that staff make at /monitor/account. It may do what its role allows." },
        "session": { "type": "apiKey", "in": "cookie", "name": "vesti_session", "description": "The session of a browser that signed in. It reads; what changes something needs a token." },
    });
    document["info"]["summary"] = SUMMARY.into();
    document["security"] = json!([]);
    Ok(document)
}

/// Paths and schemas of a part of the monitor. All of it is for staff: it answers nobody else, and is kept by nobody on the way.
fn add_monitor(document: &mut Value, mut part: Value) {
    for (path, operations) in part["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            let reads = method == "get";
            operation["tags"] = json!(["monitor"]);
            operation["security"] = if reads {
                json!([{ "token": [] }, { "session": [] }])
            } else {
                json!([{ "token": [] }])
            };
            let paged = operation["x-paged"].take() == Value::Bool(true);
            if let Some(map) = operation.as_object_mut() {
                map.remove("x-paged");
            }
            let responses = &mut operation["responses"];
            let own = if reads { &[("ETag", "ETag")][..] } else { &[] };
            for (status, answer) in responses.as_object_mut().into_iter().flatten() {
                if status.starts_with('2') {
                    answer["headers"] = headers(own);
                }
            }
            failures(responses, paged, path);
            responses["401"] = component("responses", "SignInNeeded");
            responses["403"] = component("responses", "NotAllowed");
            if !reads {
                responses["413"] = component("responses", "TooLarge");
                if let Some(map) = responses.as_object_mut() {
                    map.remove("304");
                }
            }
        }
        // A path may have its reads in one part and its writes in another.
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            document["paths"][path][method] = operation.take();
        }
    }
    for (name, schema) in part["schemas"].as_object_mut().into_iter().flatten() {
        document["components"]["schemas"][name] = schema.take();
    }
}

/// With what depends on where and how the service runs.
pub(super) fn of_this_service(document: &Value, context: &Context) -> Value {
    let mut document = document.clone();
    let settings = &context.config.settings.server;
    document["info"]["title"] = settings.title.clone().into();
    let about = context.absolute("/api");
    document["info"]["contact"] = match &settings.contact {
        Some(Contact::Mail(address)) => {
            json!({ "name": settings.title, "url": about, "email": address })
        }
        Some(Contact::Web(url)) => json!({ "name": settings.title, "url": url }),
        None => json!({ "name": settings.title, "url": about }),
    };
    document["servers"] = json!([{ "url": context.absolute("/"), "description": "This service" }]);
    document["externalDocs"] =
        json!({ "url": about, "description": "The same for people, with examples" });
    let languages: Vec<&str> = settings.languages.iter().map(Language::as_str).collect();
    let ui = &mut document["components"]["parameters"]["ui"];
    ui["example"] = languages.first().copied().unwrap_or("en").into();
    ui["schema"]["enum"] = languages.into();
    document
}

/// The types' names without what tells them from those of the core.
fn renamed(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let names: Vec<String> = map
                .keys()
                .filter(|key| key.ends_with("Json"))
                .cloned()
                .collect();
            for name in names {
                if let Some(schema) = map.remove(&name) {
                    map.insert(name.trim_end_matches("Json").to_owned(), schema);
                }
            }
            if let Some(Value::String(target)) = map.get_mut("$ref") {
                *target = target.trim_end_matches("Json").to_owned();
            }
            for inner in map.values_mut() {
                renamed(inner);
            }
        }
        Value::Array(list) => {
            for inner in list {
                renamed(inner);
            }
        }
        _ => {}
    }
}

/// Says what the types cannot: what is always written is required, and a choice of words is a list of them.
fn tighten(name: &str, schema: &mut Value) {
    if let Some(parts) = schema.get_mut("allOf").and_then(Value::as_array_mut) {
        for part in parts {
            tighten(name, part);
        }
    }
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for property in properties.values_mut() {
        let words = property["pattern"].as_str().and_then(|pattern| {
            let words = pattern.strip_prefix("^(")?.strip_suffix(")$")?;
            Some(words.split('|').map(Value::from).collect::<Vec<_>>())
        });
        let (Some(mut words), Some(map)) = (words, property.as_object_mut()) else {
            continue;
        };
        if map["type"].is_array() {
            words.push(Value::Null);
        }
        map.remove("pattern");
        map.insert("enum".into(), words.into());
    }
    let required: Vec<&String> = properties
        .keys()
        .filter(|property| !OPTIONAL.contains(&(name, property)))
        .collect();
    schema["required"] = json!(required);
}

fn headers(more: &[(&str, &str)]) -> Value {
    let named = |(name, component): &(&str, &str)| {
        let reference = json!({ "$ref": format!("#/components/headers/{component}") });
        ((*name).to_owned(), reference)
    };
    Value::Object(more.iter().chain(&COMMON).map(named).collect())
}

fn kinds(problems: &Value) -> Value {
    let anchors = problems.as_object().into_iter().flat_map(Map::values);
    anchors
        .filter_map(|problem| problem["anchor"].as_str())
        .map(|anchor| Value::from(format!("{EXAMPLE}api#{anchor}")))
        .collect()
}

/// The answers that are the same for all operations.
fn responses(problems: &Value) -> Value {
    let mut all = Map::new();
    all.insert(
        "NotModified".into(),
        json!({
            "description": "Nothing has changed since the answer whose ETag was sent in If-None-Match (or since If-Modified-Since). There is no body.",
            "headers": headers(&[("ETag", "ETag"), ("Last-Modified", "LastModified")]),
        }),
    );
    for (name, problem) in problems.as_object().into_iter().flatten() {
        let retry: &[_] = match problem["retry"].as_bool() {
            Some(true) => &[("Retry-After", "RetryAfter")],
            _ => &[],
        };
        let mut example = json!({
            "type": format!("{EXAMPLE}api#{}", problem["anchor"].as_str().unwrap_or_default()),
            "title": problem["title"], "status": problem["status"], "detail": problem["detail"],
        });
        if let Some(parameter) = problem["parameter"].as_str() {
            example["parameter"] = parameter.into();
        }
        let content = json!({
            "schema": { "$ref": "#/components/schemas/Problem" },
            "examples": { "problem": { "summary": problem["title"], "value": example } },
        });
        all.insert(
            name.clone(),
            json!({
                "description": problem["description"],
                "headers": headers(retry),
                "content": { "application/problem+json": content },
            }),
        );
    }
    Value::Object(all)
}

fn describe(get: &mut Value, operation: &Operation) -> Result<(), serde_json::Error> {
    get["operationId"] = operation.id.into();
    get["parameters"] = operation
        .parameters
        .iter()
        .map(|name| component("parameters", name))
        .collect();
    let paged = operation.query.contains(&"cursor");
    let links = operation.links.iter().map(|(name, to, parameter, at)| {
        let link = json!({ "operationId": to, "parameters": { *parameter: at } });
        ((*name).to_owned(), link)
    });
    let mut own = vec![("ETag", "ETag"), ("Last-Modified", "LastModified")];
    if paged {
        own.push(("Link", "Link"));
    }
    let example: Value = serde_json::from_str(operation.example)?;
    let answer = &mut get["responses"]["200"];
    answer["headers"] = headers(&own);
    answer["content"]["application/json"]["examples"] =
        json!({ "real": { "summary": "An answer, shortened", "value": example } });
    if !operation.links.is_empty() {
        answer["links"] = Value::Object(links.collect());
    }
    failures(&mut get["responses"], paged, operation.path);
    Ok(())
}

fn component(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// A feed, a calendar or another document that reading programs subscribe to.
fn as_feed(path: &str, feed: &Value) -> Value {
    let parameters: Vec<&str> = match feed["parameters"].as_str() {
        Some("search") => SEARCH.parameters.to_vec(),
        // A calendar has all that is dated, in no order.
        Some("dated") => {
            let all = SEARCH.parameters.iter().copied();
            all.filter(|name| !matches!(*name, "sort" | "limit" | "searchCursor"))
                .collect()
        }
        Some("digest") => vec!["digestId", "ui"],
        Some("opml") => vec!["country", "role", "topic", "by", "ui"],
        _ => vec!["ui"],
    };
    let paged = parameters.contains(&"searchCursor");
    let content = match &feed["schema"] {
        Value::Null => json!({}),
        schema => json!({ "schema": schema }),
    };
    let media = feed["media"].as_str().unwrap_or_default();
    let mut get = json!({
        "tags": ["feeds"],
        "operationId": feed["id"],
        "summary": feed["summary"],
        "description": feed["description"],
        "parameters": parameters.iter().map(|name| component("parameters", name)).collect::<Vec<_>>(),
        "responses": { "200": {
            "description": feed["summary"],
            "headers": headers(&[("ETag", "ETag"), ("Last-Modified", "LastModified")]),
            "content": { media: content },
        }},
    });
    failures(&mut get["responses"], paged, path);
    get
}

/// The answers that are none, of an operation that may have pages.
fn failures(responses: &mut Value, paged: bool, path: &str) {
    let mut more = vec![
        ("304", "NotModified"),
        ("400", "BadParameter"),
        ("414", "AddressTooLong"),
        ("429", "TooManyRequests"),
        ("500", "InternalError"),
        ("503", "Busy"),
    ];
    if paged {
        more.push(("409", "CursorAstray"));
    }
    if path.contains('{') {
        more.push(("404", "NotFound"));
    }
    for (status, name) in more {
        responses[status] = component("responses", name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Role};

    fn components() -> Value {
        serde_json::from_str(include_str!("openapi/components.json")).unwrap()
    }

    #[test]
    fn the_words_of_filters_are_those_of_the_vocabulary() {
        let parameters = &components()["parameters"];
        let words = |name: &str| parameters[name]["schema"]["items"]["enum"].clone();
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        assert_eq!(words("kind"), json!(kinds));
        assert_eq!(words("role"), json!(roles));
    }

    #[test]
    fn what_is_checked_is_what_is_described() {
        let parameters = &components()["parameters"];
        for operation in ALL {
            let named: Vec<&str> = operation
                .parameters
                .iter()
                .filter(|name| parameters[**name]["in"] == "query")
                .map(|name| parameters[*name]["name"].as_str().unwrap())
                .collect();
            assert_eq!(named, operation.query, "{}", operation.path);
        }
    }

    #[test]
    fn choices_become_lists_and_what_is_always_written_is_required() {
        let mut schema = json!({ "properties": {
            "way": { "type": ["string", "null"], "pattern": "^(feed|listing)$" },
            "text": { "type": "string", "pattern": "^x$" },
        }});
        tighten("Item", &mut schema);
        assert_eq!(
            schema["properties"]["way"]["enum"],
            json!(["feed", "listing", null])
        );
        assert_eq!(schema["properties"]["text"]["pattern"], "^x$");
        assert_eq!(schema["required"], json!(["way"]));
    }
}
