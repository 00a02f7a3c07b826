//! Sign-ins: made, used, refused, deleted.

use axum::http::StatusCode;

use crate::house::{House, encoded};

#[tokio::test]
async fn nothing_is_told_to_who_has_not_signed_in() {
    let house = House::full().await;
    for prefix in ["", "/api/greader.php"] {
        for path in [
            "token",
            "user-info",
            "subscription/list",
            "stream/items/ids?s=feed/a",
            "stream/contents/feed/a",
            "nonsense",
        ] {
            let answer = house.get(&format!("{prefix}/reader/api/0/{path}")).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{prefix} {path}");
            assert!(!answer.body.contains('<') && !answer.body.contains('{'));
        }
        let login = format!("{prefix}/accounts/ClientLogin");
        for query in ["", "?Email=x", "?Email=reader-x&Passwd=y"] {
            let answer = house.get(&format!("{login}{query}")).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert_eq!(answer.body, "Error=BadAuthentication\n");
        }
    }
    assert_eq!(house.get("/api/greader.php").await.body, "OK\n");
    let check = house.get("/api/greader.php/check/compatibility").await;
    assert_eq!(check.body, "PASS\n");
}

#[tokio::test]
async fn a_sign_in_works_by_address_as_well_and_answers_as_asked() {
    let house = House::full().await;
    let (name, password) = house.sign_up().await;
    let query = encoded(&[("Email", &name), ("Passwd", &password), ("output", "json")]);
    let answer = house
        .get(&format!("/accounts/ClientLogin?{query}"))
        .await
        .json();
    assert!(answer["Auth"].as_str().unwrap().starts_with(&name));
    assert_eq!(answer["Auth"], answer["SID"]);
    assert!(!answer.to_string().contains(&password));
}

#[tokio::test]
async fn changes_need_post_and_no_token_of_another() {
    let house = House::full().await;
    let (app, other) = (house.app("").await, house.app("").await);
    let token = other.ask("token").await.body;
    let pairs = [("s", "feed/a"), ("T", token.trim())];
    let answer = app.post("mark-all-as-read", &pairs).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers["x-reader-google-bad-token"], "true");
    assert_eq!(app.unread_of("feed/a").await, 10);
    let answer = app.ask("mark-all-as-read?s=feed/a").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    let answer = app.post("mark-all-as-read", &[("s", "feed/a")]).await;
    assert_eq!(answer.status, StatusCode::OK, "some apps send none");
}

#[tokio::test]
async fn a_form_of_another_site_makes_and_deletes_nothing() {
    let house = House::full().await;
    let answer = house.form("/apps", "cross-site", "do=make").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!answer.body.contains("<dd><code>reader-"));
    let large = format!("do=make&x={}", "y".repeat(100_000));
    let answer = house.form("/apps", "same-origin", &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn who_deletes_a_sign_in_is_signed_out_and_forgotten() {
    let house = House::full().await;
    let (name, password) = house.sign_up().await;
    let app = house.app_of("", &name, &password).await;
    app.change("mark-all-as-read", &[("s", "feed/a")]).await;
    let wrong = encoded(&[("do", "delete"), ("name", &name), ("password", "wrong")]);
    let answer = house.form("/apps", "same-origin", &wrong).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let right = encoded(&[("do", "delete"), ("name", &name), ("password", &password)]);
    let answer = house.form("/apps", "same-origin", &right).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(app.ask("token").await.status, StatusCode::UNAUTHORIZED);
    assert!(house.store.reader(&name).unwrap().is_none());
}

#[tokio::test]
async fn one_address_makes_a_limited_number_of_sign_ins() {
    let house = House::full().await;
    let mut made = 0;
    let refused = loop {
        let answer = house.form("/apps", "same-origin", "do=make").await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        made += 1;
        assert!(made < 1000);
    };
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key("retry-after"));
    assert!(made >= 10);
}

#[tokio::test]
async fn a_password_is_stored_nowhere() {
    let house = House::full().await;
    let (name, password) = house.sign_up().await;
    let app = house.app_of("", &name, &password).await;
    let reader = house.store.reader(&name).unwrap().unwrap();
    assert_eq!(reader.proof.len(), 32);
    let key = app.auth.split_once('/').unwrap().1;
    let digits = key.as_bytes().chunks(2);
    let sent: Vec<u8> = digits
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect();
    assert_eq!(sent.len(), 32);
    assert_ne!(sent, reader.proof, "what is stored does not sign in");
}

#[tokio::test]
async fn one_address_tries_a_limited_number_of_passwords() {
    let house = House::full().await;
    let (name, password) = house.sign_up().await;
    let wrong = encoded(&[("Email", &name), ("Passwd", "wrong")]);
    let mut tries = 0;
    let refused = loop {
        let answer = house.form("/accounts/ClientLogin", "none", &wrong).await;
        if answer.status != StatusCode::UNAUTHORIZED {
            break answer;
        }
        tries += 1;
        assert!(tries < 1000);
    };
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key("retry-after"));
    assert!(!refused.body.contains(['<', '{']), "a line, as apps expect");
    assert!(tries >= 20);
    // From elsewhere the reader signs in as before.
    house.app_of("", &name, &password).await;
}
