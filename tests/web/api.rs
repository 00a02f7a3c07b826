//! The API keeps what its description says.

use super::shape::faults;
use super::*;

fn shape<'a>(document: &'a Value, path: &str) -> &'a Value {
    &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
}

#[tokio::test]
async fn answers_have_the_shapes_that_are_described() {
    let house = House::new().await;
    let document = house.get("/openapi.json").await.json();
    let id = house.get("/api/v1/search?kind=call").await.json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (path, address) in [
        ("/api/v1/search", "/api/v1/search?q=apel".to_owned()),
        ("/api/v1/search", "/api/v1/search?deadline=open".to_owned()),
        ("/api/v1/items/{id}", format!("/api/v1/items/{id}")),
        ("/api/v1/sources", "/api/v1/sources".to_owned()),
        ("/api/v1/sources/{id}", "/api/v1/sources/deschis".to_owned()),
        ("/api/v1/topics", "/api/v1/topics".to_owned()),
        ("/api/v1/digests", "/api/v1/digests".to_owned()),
    ] {
        let answer = house.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let faults = faults(&document, shape(&document, path), &answer.json());
        assert!(faults.is_empty(), "{address}: {faults:#?}");
    }
    let problem = house.get("/api/v1/search?from=x").await.json();
    let schema = &document["components"]["schemas"]["Problem"];
    assert_eq!(faults(&document, schema, &problem), Vec::<String>::new());
}

#[tokio::test]
async fn examples_have_the_shapes_that_are_described() {
    let house = House::new().await;
    let document = house.get("/openapi.json").await.json();
    let mut seen = 0;
    let mut open = vec![&document["paths"], &document["components"]];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let given = map.get("examples").and_then(Value::as_object);
                for example in given.into_iter().flat_map(serde_json::Map::values) {
                    let faults = faults(&document, &map["schema"], &example["value"]);
                    assert!(faults.is_empty(), "{faults:#?}");
                    seen += 1;
                }
                open.extend(map.values());
            }
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    assert!(seen > 15, "{seen}");
}

#[tokio::test]
async fn nothing_is_skipped_or_repeated_while_items_arrive_and_the_page_size_changes() {
    let house = House::new().await;
    let before: Vec<String> = ids(&house.get("/api/v1/search?limit=100").await.json());
    let (mut seen, mut next) = (Vec::new(), Some("/api/v1/search?limit=3".to_owned()));
    let mut round = 0;
    while let Some(address) = next {
        let answer = house.get(&address).await;
        seen.extend(ids(&answer.json()));
        // One newer and one older than where the reader is.
        round += 1;
        let new = [item("deschis", 1_000 + round), item("deschis", -round)];
        record(&house.store, "deschis", new.into()).await;
        let (index, store) = (house.index.clone(), house.store.clone());
        tokio::task::spawn_blocking(move || index.catch_up(&store).unwrap())
            .await
            .unwrap();
        next = linked(&answer).map(|address| {
            assert!(round < 30, "it ends");
            address.replace("limit=3", &format!("limit={}", 2 + round % 4))
        });
    }
    let known: Vec<&String> = seen.iter().filter(|id| before.contains(id)).collect();
    assert_eq!(known, before.iter().collect::<Vec<_>>());
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count, "something was shown twice");
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Path and query of the page after it.
fn linked(answer: &Answer) -> Option<String> {
    let link = answer.headers.get(header::LINK)?.to_str().unwrap();
    let address = link
        .strip_prefix('<')
        .unwrap()
        .strip_suffix(">; rel=\"next\"")
        .unwrap();
    let address = Url::parse(address).unwrap();
    let cursor = answer.json()["next_cursor"].as_str().unwrap().to_owned();
    assert!(
        address
            .query_pairs()
            .any(|pair| pair == ("cursor".into(), cursor.as_str().into()))
    );
    Some(address[url::Position::BeforePath..].to_owned())
}

#[tokio::test]
async fn the_link_to_the_next_page_keeps_the_search() {
    let house = House::new().await;
    let first = house
        .get("/api/v1/search?q=apel&lang=ro&lang=lv&limit=20&ui=lv&from=")
        .await;
    let address = linked(&first).expect("a second page");
    assert!(address.starts_with("/api/v1/search?q=apel&lang=ro&lang=lv&limit=20&ui=lv&cursor="));
    let second = house.get(&address).await;
    assert_eq!(ids(&second.json()).len(), 5);
    assert_eq!(linked(&second), None);
}

#[tokio::test]
async fn a_cursor_that_leads_nowhere_is_told_as_such() {
    let house = House::new().await;
    let json = house.get("/api/v1/search?limit=3").await.json();
    let cursor = json["next_cursor"].as_str().unwrap();
    for address in [
        format!("/api/v1/search?q=apel&cursor={cursor}"),
        format!("/feed.rss?q=apel&cursor={cursor}"),
        "/api/v1/topics?cursor=after-gone".to_owned(),
    ] {
        let answer = house.get(&address).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{address}");
        assert_eq!(answer.json()["parameter"], "cursor");
    }
    let rest = house
        .get("/api/v1/sources?cursor=after-a-source-that-is-gone")
        .await;
    assert_eq!(
        rest.json()["items"][0]["id"],
        "deschis",
        "what comes after it in the order"
    );
}

#[tokio::test]
async fn problems_are_explained_where_their_types_lead() {
    let house = House::new().await;
    let page = house.get("/api").await.body;
    let long = format!("/api/v1/search?q={}", "x".repeat(62_000));
    for (method, path, status) in [
        (Method::GET, "/api/v1/search?limit=0", 400),
        (Method::GET, "/api/v1/nope", 404),
        (Method::GET, "/api/v1/items/%ff", 404),
        (Method::GET, "/digests/nope.atom", 404),
        (Method::GET, "/assets/nope.css", 404),
        (Method::DELETE, "/api/v1/sources", 405),
        (Method::POST, "/robots.txt", 405),
        (Method::GET, &long, 414),
    ] {
        let answer = house
            .ask(method, path, &[(header::ACCEPT_LANGUAGE, "ru")])
            .await;
        assert_eq!(
            answer.header(header::CONTENT_TYPE),
            "application/problem+json",
            "{status}"
        );
        let problem = answer.json();
        assert_eq!(
            (answer.status.as_u16(), &problem["status"]),
            (status, &status.into())
        );
        let kind = problem["type"].as_str().unwrap();
        let anchor = kind.strip_prefix("https://vesti.example/api#").unwrap();
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        assert_eq!(answer.header(header::CONTENT_LANGUAGE), "ru");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    }
}

#[tokio::test]
async fn what_the_description_forbids_is_never_taken_silently() {
    let house = House::new().await;
    for (path, parameter) in [
        ("/api/v1/search?limit=%00", "limit"),
        ("/api/v1/search?limit=5&limit=6", "limit"),
        ("/api/v1/search?kind=&kind=call", "kind"),
        ("/api/v1/search?from=2026-02-30", "from"),
        ("/api/v1/sources?ui=de", "ui"),
        ("/api/v1/sources/deschis?ui=EN", "ui"),
        ("/api/v1/digests?cursor=%20", "cursor"),
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.json()["parameter"], parameter, "{path}");
    }
    let empty = "/api/v1/search?q=&lang=&kind=&from=&deadline=&cross=&sort=&limit=&cursor=&ui=";
    assert_eq!(house.get(empty).await.status, StatusCode::OK);
}

#[tokio::test]
async fn scripts_of_other_sites_may_read_and_see_the_headers() {
    let house = House::new().await;
    let exposed = house.get("/api/v1/search").await;
    let exposed = exposed
        .header(header::ACCESS_CONTROL_EXPOSE_HEADERS)
        .to_ascii_lowercase();
    for name in [
        "etag",
        "link",
        "retry-after",
        "ratelimit",
        "ratelimit-policy",
        "x-ratelimit-reset",
    ] {
        assert!(exposed.split(", ").any(|one| one == name), "{name}");
    }
    let asked = house
        .ask(
            Method::OPTIONS,
            "/feed.json",
            &[
                (header::ORIGIN, "https://other.example"),
                (header::ACCESS_CONTROL_REQUEST_METHOD, "GET"),
                (header::ACCESS_CONTROL_REQUEST_HEADERS, "if-none-match"),
            ],
        )
        .await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT);
    assert_eq!(asked.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    assert_eq!(asked.header(header::ACCESS_CONTROL_MAX_AGE), "86400");
    assert!(
        asked
            .header(header::ACCESS_CONTROL_ALLOW_HEADERS)
            .contains("If-None-Match")
    );
}
