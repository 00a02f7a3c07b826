//! Polling a farm of feeds on loopback: the first pass, a pass in which nothing changed, a pass in which a tenth did, and
//! the time from a visit to a search that finds what it brought.
//!
//! `cargo bench --bench polling [-- FEEDS]` (default 1,000 feeds of 30 entries, 50 ms latency). CPU seconds are those of vesti
//! alone: the farm is a process of its own.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench may")]

#[path = "common/mod.rs"]
mod common;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use vesti::clock::{SharedClock, SystemClock};
use vesti::config::{Config, Settings};
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass};
use vesti::domain::{Country, Role, Source};
use vesti::search::Index;
use vesti::store::Store;

const ENTRIES: usize = 30;
const LATENCY: Duration = Duration::from_millis(50);

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    if arguments.first().is_some_and(|first| first == "--farm") {
        runtime.block_on(farm());
    } else {
        let feeds = arguments
            .first()
            .and_then(|count| count.parse().ok())
            .unwrap_or(1_000);
        runtime.block_on(poll(feeds));
    }
}

/// How often the farm was told that something is new: a tenth of the feeds has an entry more each time.
static GENERATION: AtomicUsize = AtomicUsize::new(0);

async fn farm() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    std::io::stdout().flush().expect("a pipe");
    let started = jiff::Timestamp::now();
    let router = Router::new().fallback(serve).with_state(started);
    axum::serve(listener, router).await.expect("a farm");
}

async fn serve(State(started): State<jiff::Timestamp>, headers: HeaderMap, uri: Uri) -> Response {
    if uri.path() == "/more" {
        GENERATION.fetch_add(1, Ordering::SeqCst);
        return StatusCode::NO_CONTENT.into_response();
    }
    tokio::time::sleep(LATENCY).await;
    if uri.path() != "/feed/" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let feed: usize = host[1..]
        .split('.')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or_default();
    let newer = if feed.is_multiple_of(10) {
        GENERATION.load(Ordering::SeqCst)
    } else {
        0
    };
    let etag = format!("\"{feed}-{newer}\"");
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|sent| sent == etag.as_str())
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Ferma</title><link>http://example.org/</link>",
    );
    for entry in (newer..ENTRIES + newer).rev() {
        let number = (feed * 1_000 + entry) as u64;
        let (_, title, text) = common::announcement(number, 130);
        let at = started - jiff::SignedDuration::from_hours((ENTRIES + newer - entry) as i64 * 7);
        let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC))
            .unwrap_or_default();
        let _ = write!(
            xml,
            "<item><title>{title}</title><link>http://{host}/{entry}/</link><guid isPermaLink=\"false\">http://{host}/?p={entry}</guid><pubDate>{date}</pubDate>\
             <description><![CDATA[<p>{}</p>]]></description><content:encoded><![CDATA[<p>{text}</p><p>{title}</p>]]></content:encoded></item>",
            text.chars().take(150).collect::<String>()
        );
    }
    xml.push_str("</channel></rss>");
    (
        [
            (header::ETAG, etag),
            (
                header::CONTENT_TYPE,
                "application/rss+xml; charset=utf-8".into(),
            ),
        ],
        xml,
    )
        .into_response()
}

async fn poll(feeds: usize) {
    let mut child = Command::new(std::env::current_exe().expect("this bench"))
        .arg("--farm")
        .stdout(Stdio::piped())
        .spawn()
        .expect("a farm");
    let mut port = String::new();
    BufReader::new(child.stdout.take().expect("a pipe"))
        .read_line(&mut port)
        .expect("a port");
    let port: u16 = port.trim().parse().expect("a port");

    let data = tempfile::tempdir().expect("a directory");
    let clock: SharedClock = Arc::new(SystemClock);
    let mut settings = Settings::default();
    settings.crawler.allow_networks = vec![
        "127.0.0.0/8".parse().expect("a network"),
        "::1/128".parse().expect("a network"),
    ];
    settings.crawler.host_delay = Duration::ZERO;
    settings.crawler.concurrency = 64;
    let sources: Vec<Source> = (0..feeds).map(|feed| source(feed, port)).collect();
    let config = Config {
        settings,
        sources: sources.clone(),
        ..Config::default()
    };
    let store = Store::open(data.path()).expect("a store");
    store
        .set_sources(sources.clone(), clock.now())
        .await
        .expect("sources");
    let index = Index::open(
        data.path(),
        &store,
        &config.settings.search,
        &config.thesaurus,
    )
    .expect("an index");
    let stop = tokio::sync::watch::Sender::new(false);
    let follower = tokio::spawn({
        let (index, store, stop) = (index.clone(), store.clone(), stop.subscribe());
        async move { index.follow(store, stop).await }
    });
    let fetcher =
        Fetcher::new(&config.settings.crawler, clock.clone(), Names::default()).expect("a fetcher");
    let crawler = Crawler::new(store.clone(), fetcher, clock.clone(), &config);
    let all: Vec<_> = sources.iter().map(|source| source.id.clone()).collect();

    println!(
        "{feeds} feeds of {ENTRIES} entries, {} ms latency",
        LATENCY.as_millis()
    );
    println!(
        "{:<22} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "pass", "CPU s", "wall s", "new", "failed", "peak MB"
    );
    for (name, more) in [
        ("first", false),
        ("nothing changed", false),
        ("a tenth changed", true),
        ("nothing changed", false),
    ] {
        if more {
            tell(port).await;
        }
        let (cpu, began) = (common::cpu(), Instant::now());
        let (new, failed) = pass(&crawler, all.clone()).await;
        searchable(&index, &store).await;
        println!(
            "{name:<22} {:>9.2} {:>9.2} {new:>9} {failed:>9} {:>9.0}",
            common::cpu() - cpu,
            began.elapsed().as_secs_f64(),
            common::peak()
        );
    }

    let mut waits = Vec::new();
    for _ in 0..20 {
        tell(port).await;
        pass(&crawler, all[..1].to_vec()).await;
        let began = Instant::now();
        searchable(&index, &store).await;
        waits.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    waits.sort_by(f64::total_cmp);
    println!(
        "recorded to searchable: median {:.0} ms, longest {:.0} ms",
        waits[waits.len() / 2],
        waits[waits.len() - 1]
    );
    stop.send_replace(true);
    let _ = follower.await;
    let _ = child.kill();
    let _ = child.wait();
}

fn source(feed: usize, port: u16) -> Source {
    Source {
        id: format!("f{feed}").parse().expect("an id"),
        name: format!("Ferma {feed}"),
        url: url::Url::parse(&format!("http://f{feed}.localhost:{port}/feed/")).ok(),
        country: Country::RO,
        role: Role::Member,
        languages: ["ro", "lv", "ru", "en"]
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

async fn pass(crawler: &Crawler, sources: Vec<vesti::domain::SourceId>) -> (u32, u32) {
    let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
    crawler
        .pass(Pass::Sources(sources), reports)
        .await
        .expect("a pass");
    let (mut new, mut failed) = (0, 0);
    while let Some(report) = heard.recv().await {
        new += report.log.new;
        if let Some(fault) = &report.log.fault {
            failed += 1;
            eprintln!("{}: {fault}", report.source);
        }
    }
    (new, failed)
}

async fn searchable(index: &Index, store: &Store) {
    let seq = store.head().expect("a head").seq;
    while index.searchable() < seq {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Tells the farm that a tenth of its feeds has something new.
async fn tell(port: u16) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a farm");
    stream
        .write_all(b"GET /more HTTP/1.0\r\n\r\n")
        .await
        .expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
}
