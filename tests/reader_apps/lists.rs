//! Lists: preferences, counts, and the sources as OPML.

use axum::http::StatusCode;
use vesti::delivery::read_opml;

use crate::house::{House, READING_LIST};

#[tokio::test]
async fn what_apps_ask_beside_is_answered() {
    let house = House::full().await;
    let app = house.app("").await;
    assert!(app.get("preference/list", &[]).await["prefs"].is_array());
    assert!(app.get("preference/stream/list", &[]).await["streamprefs"].is_object());
    assert_eq!(
        app.get("friend/list", &[]).await["friends"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let count = app
        .ask(&format!("stream/items/count?s={READING_LIST}"))
        .await;
    assert_eq!(count.body, "15");
    let count = app.ask("stream/items/count?s=feed/b&a=true").await;
    assert_eq!(count.body, "5#November 21, 2026");
    let count = app
        .ask("stream/items/count?s=user/-/label/servicii%20sociale")
        .await;
    assert_eq!(count.body, "8");
    assert_eq!(app.unread_of("feed/a").await, 10);
    assert_eq!(app.unread_of(READING_LIST).await, 15);
}

#[tokio::test]
async fn the_sources_are_listed_by_country_and_by_topic() {
    let house = House::full().await;
    let folders = |body: &str| -> Vec<(String, String)> {
        let entries = read_opml(body.as_bytes()).unwrap();
        entries
            .into_iter()
            .map(|entry| (entry.folders.join("/"), entry.title))
            .collect()
    };
    let pair = |folder: &str, title: &str| (folder.to_owned(), title.to_owned());
    let list = house.get("/sources.opml?ui=ro").await;
    assert_eq!(
        folders(&list.body),
        [
            pair("Republica Moldova", "Fundația <a>"),
            pair("România", "Fundația <b>")
        ]
    );
    assert!(
        list.body.contains("/digests/zilnic.rss"),
        "for apps, not for another vesti"
    );
    let list = house.get("/sources.opml?country=MD&ui=en").await;
    assert_eq!(folders(&list.body), [pair("Moldova", "Fundația <a>")]);
    assert!(!list.body.contains("/digests/"));
    assert!(folders(&house.get("/sources.opml?role=media").await.body).is_empty());
    let list = house.get("/sources.opml?by=topic").await;
    assert_eq!(folders(&list.body).len(), 2);
    for bad in ["country=Moldova", "role=friend", "by=colour", "topic=%20x"] {
        let answer = house.get(&format!("/sources.opml?{bad}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}
