//! How much one address may ask, over the whole of HTTP.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use vesti::config::{RateLimit, Settings};

use super::*;

async fn house(limit: Option<RateLimit>) -> House {
    let mut settings = Settings::default();
    settings.server.rate_limit = limit;
    House::with(Config {
        settings,
        ..Config::default()
    })
    .await
}

const FIVE: RateLimit = RateLimit {
    requests: 5,
    window: Duration::from_secs(10),
};

impl House {
    /// Asks over a connection from `peer`, with what a proxy may have written.
    async fn from(&self, peer: &str, forwarded: Option<&str>, path: &str) -> Answer {
        let mut request = Request::builder().uri(path);
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let peer: SocketAddr = peer.parse().unwrap();
        let request = request.extension(ConnectInfo(peer)).body(Body::empty());
        self.answer(request.unwrap()).await
    }
}

fn field<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer
        .headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn whoever_asks_too_much_waits_and_nobody_else_does() {
    let house = house(Some(FIVE)).await;
    let reader = Some("203.0.113.9");
    for left in (0..5).rev() {
        let answer = house.from("127.0.0.1:4000", reader, "/api/v1/topics").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(field(&answer, "ratelimit-policy"), "\"default\";q=5;w=10");
        assert_eq!(field(&answer, "x-ratelimit-remaining"), left.to_string());
    }
    let refused = house.from("127.0.0.1:4000", reader, "/api/v1/topics").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header(header::RETRY_AFTER), "2");
    assert_eq!(refused.json()["status"], 429);
    assert_eq!(field(&refused, "ratelimit"), "\"default\";r=0;t=10");
    let page = house.from("127.0.0.1:4000", reader, "/?ui=lv").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.body.contains("<html lang=\"lv\""));
    let feed = house.from("127.0.0.1:4000", reader, "/feed.rss").await;
    assert_eq!(feed.status, StatusCode::TOO_MANY_REQUESTS);
    let other = house
        .from("127.0.0.1:4000", Some("203.0.113.10"), "/")
        .await;
    assert_eq!(other.status, StatusCode::OK);
    house.clock.set(now() + Duration::from_secs(2));
    let later = house.from("127.0.0.1:4000", reader, "/api/v1/topics").await;
    assert_eq!(later.status, StatusCode::OK);
}

#[tokio::test]
async fn stylesheets_health_checks_and_the_machine_itself_are_not_held_up() {
    let house = house(Some(FIVE)).await;
    for _ in 0..20 {
        let own = house.from("[::1]:4000", None, "/api/v1/topics").await;
        assert_eq!(own.status, StatusCode::OK);
        assert_eq!(field(&own, "x-ratelimit-remaining"), "5", "but it is told");
        for free in ["/healthz", "/robots.txt"] {
            let answer = house.from("203.0.113.9:4000", None, free).await;
            assert_eq!(answer.status, StatusCode::OK, "{free}");
        }
    }
    let first = house.from("203.0.113.9:4000", None, "/api/v1/topics").await;
    assert_eq!(field(&first, "x-ratelimit-remaining"), "4");
}

#[tokio::test]
async fn a_reader_cannot_pass_for_many() {
    let house = house(Some(FIVE)).await;
    let mut last = StatusCode::OK;
    for number in 0..6 {
        let lie = format!("198.51.100.{number}");
        last = house
            .from("203.0.113.9:4000", Some(&lie), "/api/v1/topics")
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_limit_can_be_turned_off() {
    let house = house(None).await;
    for _ in 0..20 {
        let answer = house.from("203.0.113.9:4000", None, "/api/v1/topics").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(field(&answer, "ratelimit-policy"), "");
    }
    let page = house.get("/api?ui=en").await.body;
    assert!(page.contains("not limited at present"));
}
