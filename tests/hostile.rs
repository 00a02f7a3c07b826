//! Hostile servers: whatever they do, the answer is bounded, the fault is plain, and a healthy host beside them is served.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may"
)]

#[path = "hostile/server.rs"]
mod server;

#[path = "hostile/answers.rs"]
mod answers;
#[path = "hostile/bodies.rs"]
mod bodies;
#[path = "hostile/claims.rs"]
mod claims;
#[path = "hostile/documents.rs"]
mod documents;
#[path = "hostile/manners.rs"]
mod manners;
#[path = "hostile/output.rs"]
mod output;
#[path = "hostile/redirects.rs"]
mod redirects;
#[path = "hostile/rig.rs"]
mod rig;

use std::sync::Arc;
use std::time::Duration;

use server::{Script, Server, document};
use url::Url;
use vesti::clock::SystemClock;
use vesti::config::Crawler;
use vesti::crawling::fetch::{Fetched, Fetcher, Names, Request};
use vesti::domain::{Fault, FaultKind};

/// Largest body in these tests.
const MAX_BODY: usize = 100_000;

fn settings() -> Crawler {
    Crawler {
        host_delay: Duration::ZERO,
        timeout: Duration::from_secs(3),
        connect_timeout: Duration::from_secs(2),
        first_byte_timeout: Duration::from_secs(2),
        max_body: MAX_BODY as u64,
        max_redirects: 5,
        // One address and no more: everything else on loopback is as forbidden as anywhere.
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
        ..Crawler::default()
    }
}

fn fetcher_with(settings: &Crawler, names: Names) -> Fetcher {
    Fetcher::new(settings, Arc::new(SystemClock), names).unwrap()
}

fn fetcher() -> Fetcher {
    fetcher_with(&settings(), Names::default())
}

/// Fetches from a hostile server while a healthy one is asked too; the healthy one must answer,
/// and whatever the hostile one gets must be bounded and plain.
async fn endure(fetcher: &Fetcher, request: &Request) -> Result<Fetched, Fault> {
    let healthy = Server::start().await;
    healthy.on("/feed", document("application/rss+xml", "<rss/>"));
    let healthy_request = Request::feed(healthy.url("/feed"));
    let both = async { tokio::join!(fetcher.fetch(request), fetcher.fetch(&healthy_request)) };
    let (hostile, healthy) = tokio::time::timeout(Duration::from_mins(1), both)
        .await
        .expect("an answer in bounded time");
    assert_eq!(healthy.expect("the healthy host is served").body, b"<rss/>");
    match &hostile {
        Ok(fetched) => assert!(fetched.body.len() <= MAX_BODY),
        Err(fault) => assert_plain(&fault.message),
    }
    hostile
}

fn assert_plain(message: &str) {
    assert!(
        !message.is_empty() && message.chars().count() <= 300,
        "{message}"
    );
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(!message.contains(odd), "{message:?}");
    assert!(!message.contains("secret"), "{message}");
}

/// What comes of a script, played on a server of its own.
async fn outcome(fetcher: &Fetcher, script: Script) -> Result<Fetched, Fault> {
    let server = Server::start().await;
    server.on("/hostile", script);
    let found = endure(fetcher, &Request::feed(server.url("/hostile"))).await;
    assert!(server.count("/hostile") > 0, "the script was played");
    // Nothing goes on behind the answer: the connection is let go.
    tokio::time::timeout(Duration::from_mins(1), server.idle())
        .await
        .expect("the connection is closed once there is an answer");
    found
}

/// Plays scripts side by side; each must end in a fault of its kind.
async fn expect_faults(cases: Vec<(&str, Script, FaultKind)>) {
    let fetcher = &fetcher();
    let runs = cases.into_iter().map(|(name, script, kind)| async move {
        match outcome(fetcher, script).await {
            Err(fault) => assert_eq!(fault.kind, kind, "{name}: {}", fault.message),
            Ok(fetched) => panic!("{name}: {} bytes", fetched.body.len()),
        }
    });
    futures::future::join_all(runs).await;
}

async fn expect_body(script: Script, body: &[u8]) {
    assert_eq!(
        outcome(&fetcher(), script).await.expect("a document").body,
        body
    );
}

fn page(url: &str) -> Request {
    Request::page(Url::parse(url).unwrap())
}
