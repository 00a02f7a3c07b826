//! The same by the API.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::rig::{Rig, feed};

#[tokio::test]
async fn sources_are_managed_by_programs() {
    let rig = Rig::new().await;
    rig.set("/nou", feed("nou", 2));
    let url = format!("{}/nou", rig.site);
    let path = "/api/v1/monitor/sources";
    let new = json!({
        "id": "noua", "name": "Nouă", "url": url, "country": "MD", "role": "partner",
        "languages": ["ro", "ru"], "interval": "6h", "topics": [],
    });
    let added = rig.api(Method::POST, path, Some(new.clone())).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    assert_eq!(
        added.headers["location"],
        "https://vesti.example/api/v1/monitor/sources/noua"
    );
    let added = added.json();
    assert_eq!(added["languages"], json!(["ro", "ru"]));
    assert_eq!(added["feed"], json!(null));
    rig.until("source=noua", 2).await;
    let twice = rig.api(Method::POST, path, Some(new)).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.json()["detail"].as_str().unwrap().contains("noua"));

    let one = "/api/v1/monitor/sources/noua";
    let edit = json!({ "name": "Alta", "interval": null, "paused": true });
    let edited = rig.api(Method::PATCH, one, Some(edit)).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let edited = edited.json();
    assert_eq!(
        (&edited["name"], &edited["interval"], &edited["paused"]),
        (&json!("Alta"), &json!(null), &json!(true))
    );
    let visit = rig.api(Method::POST, &format!("{one}/visit"), None).await;
    assert_eq!(visit.status, StatusCode::CONFLICT, "it is paused");
    rig.api(Method::PATCH, one, Some(json!({ "paused": false })))
        .await;
    rig.set("/nou", feed("nou", 3));
    let visit = rig.api(Method::POST, &format!("{one}/visit"), None).await;
    assert_eq!(visit.status, StatusCode::ACCEPTED, "{}", visit.body);
    rig.until("source=noua", 3).await;

    let gone = rig.api(Method::DELETE, one, None).await;
    assert_eq!(
        (gone.status, gone.body.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    assert_eq!(rig.ids(), ["a", "b"]);
    let back = rig.api(Method::POST, &format!("{one}/restore"), None).await;
    assert_eq!(back.json()["name"], "Alta");
    let merged = rig
        .api(
            Method::POST,
            &format!("{one}/merge"),
            Some(json!({ "into": "a" })),
        )
        .await;
    assert_eq!(merged.json()["id"], "a");
    rig.until("source=a", 6).await;
    let again = "/api/v1/monitor/sources/a/look-again";
    let again = rig.api(Method::POST, again, None).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    let undo = "/api/v1/monitor/sources/a/undo";
    let undone = rig.api(Method::POST, undo, None).await;
    assert_eq!(undone.status, StatusCode::CONFLICT, "{}", undone.body);
    let held = rig
        .api(Method::GET, "/api/v1/monitor/catalogue", None)
        .await;
    let held = held.json();
    assert_eq!(held["items"][0]["state"], "merged");
    assert_eq!(held["items"][0]["by"], "ana");
    assert_eq!(held["items"][0]["merged_into"], "a");
    assert_eq!(held["next_cursor"], json!(null));
}

#[tokio::test]
async fn mistakes_name_the_field() {
    let rig = Rig::new().await;
    let path = "/api/v1/monitor/sources";
    let good = json!({ "id": "x", "name": "X", "url": "https://x.ro/", "country": "RO", "role": "member" });
    for (field, value) in [
        ("id", json!("Ă")),
        ("name", json!("")),
        ("url", json!("javascript:alert(1)")),
        ("country", json!("Marte")),
        ("role", json!(7)),
        ("languages", json!("ro")),
        ("topics", json!(["no-such"])),
        ("paused", json!("da")),
        ("colour", json!("roșu")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let told = rig.api(Method::POST, path, Some(body)).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST, "{field}");
        assert_eq!(told.json()["parameter"], field);
    }
    for body in [json!([]), json!("x"), json!(null)] {
        let told = rig.api(Method::POST, path, Some(body)).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST);
    }
    let unknown = rig
        .api(
            Method::PATCH,
            "/api/v1/monitor/sources/nimeni",
            Some(json!({})),
        )
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let id = rig
        .api(
            Method::PATCH,
            "/api/v1/monitor/sources/a",
            Some(json!({ "id": "z" })),
        )
        .await;
    assert_eq!(id.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_address_is_looked_at() {
    let rig = Rig::new().await;
    let url = format!("{}/a", rig.site);
    let told = rig
        .api(
            Method::POST,
            "/api/v1/monitor/probe",
            Some(json!({ "url": url })),
        )
        .await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    let told = told.json();
    assert_eq!((&told["way"], &told["listed"]), (&json!("feed"), &json!(3)));
    assert_eq!(told["items"][0]["lang"], "ro");
    assert!(told["source"].as_str().unwrap().starts_with("[[source]]"));
    let nothing = rig
        .api(Method::GET, "/api/v1/monitor/probe/nimic", None)
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}
