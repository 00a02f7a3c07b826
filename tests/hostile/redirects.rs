//! Redirect games, and names that change their addresses.

use vesti::crawling::fetch::{Names, Request};
use vesti::domain::FaultKind::{Forbidden, Redirect};

use crate::server::{Server, Step, answer, document, redirect};
use crate::{endure, expect_faults, fetcher, fetcher_with, page, settings};

#[tokio::test]
async fn redirects_lead_only_to_the_web_and_only_outside() {
    let targets = [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.ro/",
        "gopher://example.ro/",
        "http://127.0.0.2/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706434/",
        "http://0x7f.2/",
        "http://0177.0.0.2/",
        "http://192.168.0.1:8080/",
        "//10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://100.64.0.1/",
        "http://0/",
        "http://user:secret@10.0.0.1/",
        "http://example.ro:25/",
    ];
    expect_faults(
        targets
            .map(|target| (target, redirect(302, target), Forbidden))
            .to_vec(),
    )
    .await;
}

#[tokio::test]
async fn redirects_to_nowhere_are_faults() {
    expect_faults(vec![
        ("itself", redirect(301, "/hostile"), Redirect),
        ("no location", answer("302 Found", "", ""), Redirect),
        (
            "an empty location",
            answer("302 Found", "Location: \r\n", ""),
            Redirect,
        ),
        ("no URL", redirect(302, "http://[::x/"), Redirect),
        (
            "\u{202e} and no URL",
            redirect(302, "http://\u{202e}secre t/"),
            Redirect,
        ),
    ])
    .await;
}

#[tokio::test]
async fn circles_and_long_chains_end() {
    let server = Server::start().await;
    server.on("/a", redirect(302, "/b"));
    server.on("/b", redirect(302, "/a"));
    for step in 0..50 {
        server.on(
            &format!("/{step}"),
            redirect(302, &format!("/{}", step + 1)),
        );
    }
    for path in ["/a", "/0"] {
        let fault = endure(&fetcher(), &Request::feed(server.url(path)))
            .await
            .unwrap_err();
        assert_eq!(fault.kind, Redirect, "{}", fault.message);
    }
    assert_eq!(server.count("/6"), 0, "five redirects and no more");
    // As many as allowed are followed.
    server.on("/50", document("text/html", "there"));
    let fetched = endure(&fetcher(), &Request::feed(server.url("/45")))
        .await
        .unwrap();
    assert_eq!((fetched.url, fetched.permanent), (server.url("/50"), None));
}

#[tokio::test]
async fn a_redirect_with_an_endless_body_is_followed_without_reading_it() {
    let server = Server::start().await;
    server.on(
        "/feed",
        vec![
            Step::Send(b"HTTP/1.1 301 Moved\r\nLocation: /rss\r\n\r\n".to_vec()),
            Step::Forever(vec![b'x'; 10_000]),
        ],
    );
    server.on("/rss", document("application/rss+xml", "<rss/>"));
    let fetched = endure(&fetcher(), &Request::feed(server.url("/feed")))
        .await
        .unwrap();
    assert_eq!(fetched.body, b"<rss/>");
    assert_eq!(fetched.permanent, Some(server.url("/rss")));
}

#[tokio::test]
async fn names_of_forbidden_addresses_are_refused() {
    let server = Server::start().await;
    let names = Names::default();
    let port = server.address().port();
    names.set(
        "inside.example",
        vec![([127, 0, 0, 2], port).into(), ([10, 0, 0, 1], port).into()],
    );
    names.set("outside.example", vec![([127, 0, 0, 1], port).into()]);
    server.on("/jump", redirect(302, "http://inside.example/admin"));
    let fetcher = fetcher_with(&settings(), names);
    for url in [
        "http://inside.example/",
        "http://outside.example/jump",
        "http://[::1]:1234/",
        "http://127.0.0.2:1234/",
        "https://inside.example/",
    ] {
        let fault = endure(&fetcher, &page(url)).await.unwrap_err();
        assert_eq!(fault.kind, Forbidden, "{url}: {}", fault.message);
    }
    assert_eq!(server.count("/admin"), 0);
}

#[tokio::test]
async fn localhost_is_loopback_and_loopback_is_forbidden_by_default() {
    let server = Server::start().await;
    server.on("/", document("text/html", "inside"));
    let port = server.address().port();
    let mut strict = settings();
    let open = fetcher_with(&strict, Names::default());
    let url = format!("http://anything.localhost:{port}/");
    assert_eq!(endure(&open, &page(&url)).await.unwrap().body, b"inside");
    strict.allow_networks.clear();
    let closed = fetcher_with(&strict, Names::default());
    for host in [
        "localhost",
        "anything.localhost",
        "127.0.0.1",
        "[::1]",
        "LOCALHOST.",
    ] {
        let fault = closed
            .fetch(&page(&format!("http://{host}:{port}/")))
            .await
            .unwrap_err();
        assert_eq!(fault.kind, Forbidden, "{host}: {}", fault.message);
    }
    assert_eq!(server.count("/"), 1);
}

#[tokio::test]
async fn a_name_that_moves_inside_after_the_first_look_is_refused() {
    let server = Server::start().await;
    server.on("/", document("text/html", "harmless"));
    let port = server.address().port();
    let names = Names::default();
    names.set("rebind.example", vec![([127, 0, 0, 1], port).into()]);
    let fetcher = fetcher_with(&settings(), names.clone());
    let request = page("http://rebind.example/");
    assert_eq!(endure(&fetcher, &request).await.unwrap().body, b"harmless");
    names.set("rebind.example", vec![([127, 0, 0, 2], port).into()]);
    assert_eq!(
        endure(&fetcher, &request).await.unwrap_err().kind,
        Forbidden
    );
    // Among several addresses, only the harmless one is ever connected to.
    names.set(
        "rebind.example",
        vec![([127, 0, 0, 2], port).into(), ([127, 0, 0, 1], port).into()],
    );
    assert_eq!(endure(&fetcher, &request).await.unwrap().body, b"harmless");
}
