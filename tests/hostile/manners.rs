//! Our own manners: robots.txt, one request at a time, nothing said that nobody asked; and validators that lie.

use std::time::Duration;

use vesti::crawling::fetch::{Names, Request};
use vesti::domain::FaultKind::{Robots, Timeout};
use vesti::domain::Validators;

use crate::server::{Server, Step, answer, document, raw, redirect};
use crate::{endure, fetcher, fetcher_with, page, settings};

fn validators(etag: &str) -> Validators {
    Validators {
        etag: Some(etag.into()),
        last_modified: Some("Wed, 21 Oct 2015 07:28:00 GMT".into()),
    }
}

#[tokio::test]
async fn robots_txt_is_obeyed_and_asked_for_once() {
    let server = Server::start().await;
    server.on(
        "/robots.txt",
        document("text/plain", "User-agent: vesti\nDisallow: /private\n"),
    );
    server.on("/open", document("text/html", "open"));
    server.on("/private", document("text/html", "private"));
    server.on("/jump", redirect(302, "/private"));
    let fetcher = fetcher();
    assert!(
        endure(&fetcher, &Request::page(server.url("/open")))
            .await
            .is_ok()
    );
    for path in ["/private", "/jump"] {
        let fault = endure(&fetcher, &Request::page(server.url(path)))
            .await
            .unwrap_err();
        assert_eq!(fault.kind, Robots, "{path}: {}", fault.message);
    }
    assert_eq!(
        (server.count("/robots.txt"), server.count("/private")),
        (1, 0)
    );

    let rude = vesti::config::Crawler {
        robots: false,
        ..settings()
    };
    let rude = fetcher_with(&rude, Names::default());
    assert!(
        endure(&rude, &Request::page(server.url("/private")))
            .await
            .is_ok()
    );
    assert_eq!(server.count("/robots.txt"), 1);
}

#[tokio::test]
async fn a_robots_txt_that_cannot_be_had_forbids_and_one_that_is_not_there_allows() {
    let fetcher = fetcher();
    let endless = || Step::Forever(b"Disallow: /nothing\n".repeat(500));
    for (name, script, kind) in [
        ("server error", answer("500 Oops", "", ""), Some(Robots)),
        (
            "busy",
            answer("429 Slow Down", "Retry-After: 600\r\n", ""),
            Some(Robots),
        ),
        ("silent", vec![Step::Stall], Some(Timeout)),
        (
            "broken off",
            raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser"),
            Some(Robots),
        ),
        ("forbidden", answer("403 Forbidden", "", ""), None),
        ("gone", answer("410 Gone", "", ""), None),
        ("in a circle", redirect(302, "/robots.txt"), None),
        ("elsewhere and not there", redirect(301, "/elsewhere"), None),
        (
            "endless",
            vec![Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), endless()],
            None,
        ),
        (
            "binary",
            document("text/plain", [0xff, 0, 0xfe, b'\n', 0x80]),
            None,
        ),
    ] {
        let server = Server::start().await;
        server.on("/robots.txt", script);
        server.on("/page", document("text/html", "page"));
        let found = endure(&fetcher, &Request::page(server.url("/page"))).await;
        assert_eq!(
            found.as_ref().err().map(|fault| fault.kind),
            kind,
            "{name}: {found:?}"
        );
        assert_eq!(server.count("/page"), usize::from(kind.is_none()), "{name}");
    }
}

#[tokio::test]
async fn robots_txt_counts_at_the_place_it_was_moved_to() {
    let server = Server::start().await;
    let elsewhere = Server::start().await;
    server.on(
        "/robots.txt",
        redirect(301, elsewhere.url("/robots.txt").as_str()),
    );
    elsewhere.on(
        "/robots.txt",
        document("text/plain", "User-agent: *\nDisallow: /\n"),
    );
    let fetcher = fetcher();
    for at in [&server, &elsewhere] {
        let fault = endure(&fetcher, &Request::page(at.url("/page")))
            .await
            .unwrap_err();
        assert_eq!(fault.kind, Robots, "{}", fault.message);
    }
    assert_eq!(
        elsewhere.count("/robots.txt"),
        1,
        "it is that host's own as well"
    );
}

#[tokio::test]
async fn one_host_is_asked_one_thing_at_a_time() {
    let server = Server::start().await;
    let fetcher = fetcher();
    let paths: Vec<String> = (0..12).map(|number| format!("/{number}")).collect();
    for path in &paths {
        server.on(path, document("text/html", path));
    }
    let all = paths.iter().map(|path| {
        let request = Request::page(server.url(path));
        let fetcher = fetcher.clone();
        async move { fetcher.fetch(&request).await }
    });
    for fetched in futures::future::join_all(all).await {
        fetched.unwrap();
    }
    assert_eq!(server.busiest(), 1);
    assert_eq!(server.count("/robots.txt"), 1);
}

#[tokio::test]
async fn hosts_that_hang_hold_nobody_up() {
    let mut patient = settings();
    patient.timeout = Duration::from_mins(10);
    patient.first_byte_timeout = Duration::from_mins(10);
    let fetcher = fetcher_with(&patient, Names::default());
    let mut hanging = Vec::new();
    let mut waiting = Vec::new();
    for _ in 0..50 {
        let server = Server::start().await;
        server.on("/robots.txt", vec![Step::Stall]);
        let (fetcher, request) = (fetcher.clone(), Request::feed(server.url("/")));
        waiting.push(tokio::spawn(async move { fetcher.fetch(&request).await }));
        hanging.push(server);
    }
    let healthy = Server::start().await;
    for number in 0..20 {
        let path = format!("/{number}");
        healthy.on(&path, document("text/html", "well"));
        assert_eq!(
            fetcher
                .fetch(&Request::page(healthy.url(&path)))
                .await
                .unwrap()
                .body,
            b"well"
        );
    }
    for task in waiting {
        assert!(
            !task.is_finished(),
            "nothing else could have come of it yet"
        );
        task.abort();
    }
}

#[tokio::test]
async fn a_request_that_was_given_up_frees_its_host() {
    let server = Server::start().await;
    server.on("/hang", vec![Step::Stall]);
    server.on("/page", document("text/html", "page"));
    let mut patient = settings();
    patient.timeout = Duration::from_mins(10);
    patient.first_byte_timeout = Duration::from_mins(10);
    let fetcher = fetcher_with(&patient, Names::default());
    let hang = Request::page(server.url("/hang"));
    let task = tokio::spawn({
        let fetcher = fetcher.clone();
        async move { fetcher.fetch(&hang).await }
    });
    while server.count("/hang") == 0 {
        tokio::task::yield_now().await;
    }
    task.abort();
    assert!(
        endure(&fetcher, &Request::page(server.url("/page")))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn nothing_is_told_that_nobody_has_to_know() {
    let server = Server::start().await;
    let elsewhere = Server::start().await;
    let target = format!("http://you:secret@{}/there#fragment", elsewhere.address());
    server.on(
        "/feed",
        answer(
            "302 Found",
            &format!("Location: {target}\r\nSet-Cookie: id=1\r\n"),
            "",
        ),
    );
    elsewhere.on("/there", document("text/html", "there"));
    let mut url = server.url("/feed");
    url.set_username("me").unwrap();
    url.set_password(Some("secret")).unwrap();
    let fetched = endure(&fetcher(), &Request::feed(url)).await.unwrap();
    assert_eq!(fetched.url, elsewhere.url("/there"));
    for seen in server.seen().iter().chain(&elsewhere.seen()) {
        for name in ["authorization", "cookie", "referer", "accept-language"] {
            assert_eq!(seen.header(name), None, "{}", seen.head);
        }
        assert!(seen.header("user-agent").unwrap().starts_with("vesti/"));
    }
    let feed = server
        .seen()
        .into_iter()
        .find(|seen| seen.path == "/feed")
        .unwrap();
    assert!(
        feed.header("accept")
            .unwrap()
            .starts_with("application/rss+xml")
    );
    assert!(feed.header("accept-encoding").unwrap().contains("zstd"));
}

#[tokio::test]
async fn validators_go_back_byte_for_byte_and_lies_about_them_are_seen() {
    let server = Server::start().await;
    let tag = "W/\"a  b,c\u{21}-\\\"";
    server.on(
        "/feed",
        answer("200 OK", &format!("ETag: {tag}\r\n"), "one"),
    );
    server.on("/feed", answer("304 Not Modified", "", ""));
    server.on(
        "/feed",
        answer("200 OK", &format!("ETag: {tag}\r\n"), "two"),
    );
    let fetcher = fetcher();
    let plain = Request::feed(server.url("/feed"));
    let first = endure(&fetcher, &plain).await.unwrap();
    assert_eq!(first.validators.etag.as_deref(), Some(tag));
    let again = plain.clone().unless(first.validators.clone());
    let second = endure(&fetcher, &again).await.unwrap();
    assert!(second.not_modified && second.body.is_empty() && second.status == 304);
    assert_eq!(
        second.validators, first.validators,
        "kept, as the answer has none"
    );
    let asked = server.seen().pop().unwrap();
    assert_eq!(asked.header("if-none-match"), Some(tag));
    // The same tag for another document: what counts is the document.
    let third = endure(&fetcher, &again).await.unwrap();
    assert_eq!(
        (third.not_modified, third.body.as_slice()),
        (false, &b"two"[..])
    );
}

#[tokio::test]
async fn validators_that_cannot_be_sent_are_not() {
    let server = Server::start().await;
    server.on("/feed", answer("304 Not Modified", "", ""));
    let long = format!("ETag: \"{}\"\r\n", "x".repeat(5000));
    server.on("/long", answer("200 OK", &long, "x"));
    for etag in ["", "a\r\nX-Injected: 1", "\u{0}", &"x".repeat(5000)] {
        let mut hostile = validators(etag);
        hostile.last_modified = None;
        let request = Request::feed(server.url("/feed")).unless(hostile);
        assert!(
            endure(&fetcher(), &request).await.is_err(),
            "304 to an unconditional request"
        );
    }
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.header("x-injected").is_none())
    );
    let fetched = endure(&fetcher(), &Request::feed(server.url("/long")))
        .await
        .unwrap();
    assert_eq!(fetched.validators.etag, None);
    let both = Request::feed(server.url("/feed")).unless(validators("\"x\""));
    assert!(endure(&fetcher(), &both).await.unwrap().not_modified);
}

#[tokio::test]
async fn addresses_that_are_not_of_the_web_are_refused_before_anything_is_sent() {
    for url in [
        "file:///etc/passwd",
        "data:text/html,x",
        "mailto:a@b.ro",
        "http://example.ro:22/",
    ] {
        let fault = endure(&fetcher(), &page(url)).await.unwrap_err();
        assert_eq!(fault.kind, vesti::domain::FaultKind::Forbidden, "{url}");
    }
}
