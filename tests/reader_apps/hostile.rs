//! What no honest app asks.

use axum::http::StatusCode;

use crate::house::{House, READ, READING_LIST, item, later};

#[tokio::test]
async fn nonsense_is_refused_in_a_line() {
    let house = House::full().await;
    let app = house.app("").await;
    for path in [
        "stream/items/ids?s=feed/nope",
        "stream/items/ids?s=feed/ascuns",
        "stream/items/ids?s=user/99/state/com.google/read",
        "stream/items/ids?s=nonsense",
        "stream/items/ids?s=feed/a&c=x",
        "stream/contents/user/-/label/nope",
        "stream/items/contents?i=zzz",
        "stream/items/count?s=x",
    ] {
        let answer = app.ask(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.body.lines().count() == 1 && !answer.body.contains('<'));
    }
    assert_eq!(app.ask("nonsense").await.status, StatusCode::NOT_FOUND);
    for (path, pairs) in [
        ("edit-tag", vec![("i", "zzz"), ("a", READ)]),
        ("mark-all-as-read", vec![("s", "feed/nope")]),
        ("mark-all-as-read", vec![("s", "feed/a"), ("ts", "soon")]),
        ("mark-all-as-read", vec![]),
        (
            "subscription/edit",
            vec![("ac", "subscribe"), ("s", "feed/https://x.example/feed")],
        ),
        (
            "subscription/edit",
            vec![("ac", "explode"), ("s", "feed/a")],
        ),
        ("subscription/import", vec![]),
        (
            "rename-tag",
            vec![("s", "user/-/label/nope"), ("dest", "user/-/label/x")],
        ),
    ] {
        let answer = app.post(path, &pairs).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {pairs:?}");
    }
    assert_eq!(app.unread().await.len(), 15, "nothing was changed");
}

#[tokio::test]
async fn numbers_are_bounded_and_odd_ones_forgiven() {
    let house = House::full().await;
    let app = house.app("").await;
    for n in ["0", "-1", "x", "99999999999999999999", "1"] {
        let page = app
            .get("stream/items/ids", &[("s", READING_LIST), ("n", n)])
            .await;
        assert!(!page["itemRefs"].as_array().unwrap().is_empty(), "{n}");
    }
    let ids: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
    let pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("i", id.as_str())).collect();
    let answer = app.post("stream/items/contents", &pairs).await;
    assert_eq!(answer.status, StatusCode::OK, "unknown ones are none");
    let ids: Vec<String> = (0..10_001).map(|n| n.to_string()).collect();
    let mut pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("i", id.as_str())).collect();
    pairs.push(("a", READ));
    let answer = app.post("edit-tag", &pairs).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let long = "x".repeat(2 << 20);
    let answer = app.post("edit-tag", &[("i", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn what_is_private_appears_nowhere() {
    let house = House::full().await;
    let app = house.app("/api/greader.php").await;
    for path in [
        "subscription/list",
        "subscription/export",
        "tag/list",
        "unread-count",
        "stream/contents/user/-/state/com.google/reading-list?n=1000",
    ] {
        let answer = app.ask(path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(!answer.body.contains("ascuns"), "{path}");
    }
    // Its items are not there for who guesses their ids either.
    let vesti::store::Change::Removed { id, .. } = house
        .store
        .changes_after(vesti::domain::Seq(15), 10)
        .unwrap()
        .pop()
        .unwrap()
    else {
        panic!("the private item");
    };
    let id = id.get().to_string();
    let contents = app
        .post("stream/items/contents", &[("i", &id)])
        .await
        .json();
    assert!(contents["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn titles_are_no_markup_and_large_items_come_on_several_pages() {
    let house = House::full().await;
    let large: Vec<_> = (200..260)
        .map(|number| {
            let mut one = item("b", number);
            one.draft.title = format!("<script>alert({number})</script>");
            one.draft.html = Some(format!("<p>{}</p>", "cuvânt ".repeat(50_000)));
            one
        })
        .collect();
    house.record("b", later(200), large).await;
    let app = house.app("").await;
    let mut seen = Vec::new();
    let mut pages = 0;
    let mut next = String::new();
    loop {
        let mut pairs = vec![("n", "1000")];
        if !next.is_empty() {
            pairs.push(("c", next.as_str()));
        }
        let page = app.get("stream/contents/feed/b", &pairs).await;
        for item in page["items"].as_array().unwrap() {
            assert!(!item["title"].as_str().unwrap().contains(['<', '>']));
            seen.push(item["id"].clone());
        }
        pages += 1;
        match page["continuation"].as_str() {
            Some(token) => token.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 65);
    assert!(pages > 1);
    seen.dedup();
    assert_eq!(seen.len(), 65);
}

#[tokio::test]
async fn pages_of_other_sites_may_ask_only_with_what_a_reader_gave_them() {
    let house = House::full().await;
    let request = axum::http::Request::builder()
        .method("OPTIONS")
        .uri("/api/greader.php/reader/api/0/edit-tag")
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = house.send(request).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.headers["allow"].to_str().unwrap().contains("POST"));
    let headers = answer.headers["access-control-allow-headers"]
        .to_str()
        .unwrap();
    assert!(headers.contains("Authorization"));
    assert!(
        !answer
            .headers
            .contains_key("access-control-allow-credentials")
    );
}
