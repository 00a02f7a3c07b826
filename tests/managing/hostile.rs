//! Who may, and what is thrown at it.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::rig::{EDITOR, Rig, VIEWER};

#[tokio::test]
async fn only_editors_change_anything() {
    let rig = Rig::new().await;
    for path in [
        "/monitor/sources/add",
        "/monitor/sources/a/edit",
        "/monitor/catalogue",
        "/monitor/catalogue/sources.toml",
    ] {
        let nobody = rig.page("", path).await;
        assert_eq!(nobody.status, StatusCode::SEE_OTHER, "{path}");
        assert!(nobody.place().starts_with("/login?next="), "{path}");
    }
    for path in ["/monitor/sources/add", "/monitor/sources/a/edit"] {
        let viewer = rig.page(VIEWER, path).await;
        assert_eq!(viewer.status, StatusCode::FORBIDDEN, "{path}");
    }
    for (path, what) in [
        ("/monitor/sources/a", "pause"),
        ("/monitor/sources/a", "retire"),
        ("/monitor/sources/a/edit", "save"),
        ("/monitor/sources/add", "probe"),
        ("/monitor/catalogue", "file"),
    ] {
        let viewer = rig.form(VIEWER, path, &[("do", what)]).await;
        assert_eq!(viewer.status, StatusCode::FORBIDDEN, "{path}");
        // A form that no page of ours sent.
        let kind = "application/x-www-form-urlencoded";
        let foreign = rig
            .post(EDITOR, path, kind, format!("do={what}&csrf=x"))
            .await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{path}");
    }
    for (method, path) in [
        (Method::POST, "/api/v1/monitor/sources"),
        (Method::PATCH, "/api/v1/monitor/sources/a"),
        (Method::DELETE, "/api/v1/monitor/sources/a"),
        (Method::POST, "/api/v1/monitor/sources/a/visit"),
        (Method::POST, "/api/v1/monitor/probe"),
    ] {
        for token in [None, Some("vesti_wrong-000000000000000000")] {
            let body = Some(json!({ "url": "https://a.ro/" }));
            let answer = rig.api_as(token, method.clone(), path, body).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }
    let config = rig.managing.config();
    assert_eq!(config.sources, config.file_sources());
}

#[tokio::test]
async fn what_is_no_address_is_not_looked_at() {
    let rig = Rig::new().await;
    let long = format!("https://a.ro/{}", "a".repeat(5_000));
    for url in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://ana:parola@a.ro/",
        "două cuvinte",
        "",
        &long,
    ] {
        let told = rig
            .form(
                EDITOR,
                "/monitor/sources/add",
                &[("do", "probe"), ("url", url)],
            )
            .await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        let body = Some(json!({ "url": url }));
        let told = rig.api(Method::POST, "/api/v1/monitor/probe", body).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST, "{url}");
    }
}

#[tokio::test]
async fn private_addresses_are_not_asked() {
    let rig = Rig::with(false).await;
    for url in [
        format!("{}/a", rig.site),
        "http://169.254.169.254/latest/meta-data/".into(),
        "http://[::1]:1/".into(),
    ] {
        let body = Some(json!({ "url": url }));
        let told = rig.api(Method::POST, "/api/v1/monitor/probe", body).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.body);
        let told = told.json();
        assert_eq!(told["way"], json!(null));
        assert!(
            told["error"].as_str().is_some_and(|text| !text.is_empty()),
            "{told}"
        );
        assert_eq!(told["items"], json!([]));
    }
}

#[tokio::test]
async fn floods_and_nonsense_are_refused() {
    let rig = Rig::new().await;
    let csrf = rig.csrf(EDITOR).await;
    let kind = "application/x-www-form-urlencoded";
    let flood = format!("csrf={csrf}&do=preview&text={}", "a".repeat(10 << 20));
    let answer = rig.post(EDITOR, "/monitor/catalogue", kind, flood).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let flood = json!({ "name": "a".repeat(1 << 20) });
    let answer = rig
        .api(Method::PATCH, "/api/v1/monitor/sources/a", Some(flood))
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    for text in [
        "<html><script>alert(1)</script>",
        "[[source",
        "\u{0}",
        "<opml",
    ] {
        let answer = rig
            .form(
                EDITOR,
                "/monitor/catalogue",
                &[("do", "preview"), ("text", text)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(!answer.body.contains("<script>"));
    }
    // A plan is no better than a file.
    let plan = "[[source]]\nid = \"x\"\nname = \"X\"\nurl = \"javascript:alert(1)\"\ncountry = \"RO\"\nrole = \"member\"\n";
    let answer = rig
        .form(
            EDITOR,
            "/monitor/catalogue",
            &[("do", "import"), ("plan", plan), ("take", "x")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for (path, what) in [
        ("/monitor/sources/nimeni", "pause"),
        ("/monitor/sources/NIMENI!", "pause"),
        ("/monitor/sources/a", "explode"),
        ("/monitor/sources/nimeni/edit", "save"),
    ] {
        let answer = rig.form(EDITOR, path, &[("do", what)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(rig.ids(), ["a", "b"]);
}

#[tokio::test]
async fn what_sources_are_called_is_shown_as_text() {
    let rig = Rig::new().await;
    let url = format!("{}/a", rig.site);
    rig.form(
        EDITOR,
        "/monitor/sources/a/edit",
        &[
            ("name", "<b>\"tare\"</b>"),
            ("url", &url),
            ("country", "RO"),
            ("role", "member"),
        ],
    )
    .await
    .place();
    for path in ["/monitor/sources/a/edit", "/monitor/catalogue"] {
        let page = rig.page(EDITOR, path).await;
        assert!(
            page.body.contains("tare") && !page.body.contains("<b>"),
            "{path}"
        );
    }
}
