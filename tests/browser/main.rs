//! The pages as people use them: the demo runs, and a real Chromium walks through it (`*.mjs` beside this file).

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[path = "../service/place.rs"]
#[allow(
    dead_code,
    reason = "of what tests of the service need, this needs a part"
)]
mod place;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use place::{SOON, Vesti};

/// Longest time for all that the browser does. It takes a few minutes on two cores that have nothing else to do.
const LIMIT: Duration = Duration::from_mins(25);

/// What the demo has at its start: fewer items mean that it is still reading.
const AT_START: u64 = 180;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser"))
}

/// What is missing for the test, and how to get it.
fn missing() -> Option<&'static str> {
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|output| output.status.success()) {
        return Some("there is no node: install Debian's packages nodejs and npm");
    }
    if !folder().join("node_modules/playwright-core").is_dir()
        || !folder().join("node_modules/axe-core").is_dir()
    {
        return Some("its modules are not there: (cd tests/browser && npm ci)");
    }
    let named = std::env::var("VESTI_CHROMIUM").unwrap_or_default();
    let places = [
        named.as_str(),
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    if !places.iter().any(|place| Path::new(place).is_file()) {
        return Some(
            "there is no Chromium: install Debian's package chromium, or name one in VESTI_CHROMIUM",
        );
    }
    None
}

/// Waits until everything that the demo's sites have at the start can be found.
async fn everything_read(vesti: &Vesti) {
    let began = Instant::now();
    let (mut before, mut since) = (0, Instant::now());
    while before < AT_START || since.elapsed() < Duration::from_secs(4) {
        let found = vesti.get("/api/v1/search?limit=1").await;
        let total = found["total"].as_u64().unwrap();
        if total != before {
            (before, since) = (total, Instant::now());
        }
        assert!(
            began.elapsed() < SOON * 2,
            "{total} items: {}",
            vesti.said()
        );
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// The link that signs in once, which the demo prints.
async fn staff_link(vesti: &Vesti) -> String {
    let began = Instant::now();
    loop {
        let said = vesti.said();
        let link = said
            .split_whitespace()
            .find(|word| word.contains("/login/"));
        if let Some(link) = link {
            return link.to_owned();
        }
        assert!(began.elapsed() < SOON, "{said}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn people_can_use_the_pages() {
    if let Some(words) = missing() {
        let needed = std::env::var("VESTI_BROWSER").is_ok_and(|value| value == "required");
        assert!(!needed, "the pages cannot be tested in a browser: {words}");
        // Past the test harness, which keeps to itself what a test that passes says.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** SKIPPED: the pages are NOT tested in a browser: {words}\n"
        );
        return;
    }
    let folder_of_data = tempfile::tempdir().unwrap();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_vesti"));
    let port = place::free_port();
    // The mail server is one of the browser's receivers.
    let smtp = place::free_port();
    demo.env("VESTI_SEARCH__DICTIONARIES", "")
        .env(
            "VESTI_SERVER__PUBLIC_URL",
            format!("http://127.0.0.1:{port}/"),
        )
        .env("VESTI_MAIL__HOST", "127.0.0.1")
        .env("VESTI_MAIL__PORT", smtp.to_string())
        .env("VESTI_MAIL__TLS", "none")
        .env("VESTI_MAIL__FROM", "news@example.org")
        .arg("demo")
        .arg("--data")
        .arg(folder_of_data.path().join("data"));
    let vesti = Vesti::start_on(port, demo, folder_of_data.path()).await;
    everything_read(&vesti).await;

    let browser = tokio::process::Command::new("node")
        .arg(folder().join("main.mjs"))
        .arg(&vesti.base)
        .env("VESTI_STAFF", staff_link(&vesti).await)
        .env("VESTI_SMTP", smtp.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let output = tokio::time::timeout(LIMIT, browser.wait_with_output())
        .await
        .expect("the browser comes to an end")
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{said}");
    vesti.stop().await;
}
