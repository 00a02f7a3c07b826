//! Killed at any moment, nothing recorded is lost, nothing is doubled, and no digest says a thing twice.
//!
//! `VESTI_CRASHES` sets how often the process is killed (default 40), `VESTI_CRASH_SEED` repeats a run.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::Value;

const SITES: usize = 12;
const MOST: usize = 120;

/// Sites whose feeds grow with every request.
#[derive(Clone)]
struct Farm {
    shown: Arc<Vec<AtomicUsize>>,
    started: jiff::Timestamp,
}

impl Farm {
    async fn start() -> (Self, SocketAddr) {
        let farm = Self {
            shown: Arc::new((0..SITES).map(|_| AtomicUsize::new(10)).collect()),
            started: jiff::Timestamp::now(),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(feed).with_state(farm.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (farm, address)
    }

    fn total(&self) -> usize {
        self.shown
            .iter()
            .map(|count| count.load(Ordering::SeqCst))
            .sum()
    }
}

/// Words that no other item has: each is to be a story of its own, and so a result of its own.
fn own_words(number: usize) -> String {
    let mut random = fastrand::Rng::with_seed(number as u64);
    let mut word = || -> String { (0..8).map(|_| random.lowercase()).collect() };
    (0..24).map(|_| word()).collect::<Vec<_>>().join(" ")
}

async fn feed(
    State(farm): State<Farm>,
    headers: HeaderMap,
    uri: axum::http::Uri,
) -> (axum::http::StatusCode, String) {
    let host = headers["host"].to_str().unwrap();
    let site: usize = host[1..].split('.').next().unwrap().parse().unwrap();
    if uri.path() != "/feed.xml" {
        return (axum::http::StatusCode::NOT_FOUND, String::new());
    }
    let shown = &farm.shown[site];
    let count = shown
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| {
            Some((count + 3).min(MOST))
        })
        .unwrap();
    let mut xml =
        String::from("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ferma</title>");
    for item in (0..count).rev() {
        // More than an hour apart, so that the opening editions of the hourly digest have something to say however few
        // items there are when it opens.
        let at = farm.started - jiff::SignedDuration::from_mins(item as i64 * 97);
        let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        let _ = write!(
            xml,
            "<item><guid>s{site}-{item}</guid><link>http://{host}/{item}</link><title>Anunț {item} al sursei {site}</title><pubDate>{date}</pubDate>\
             <description>Primăria anunță finanțarea numărul {item} pentru serviciile sociale ale comunității {site}, cu termen de depunere luna viitoare. {}</description></item>",
            own_words(site * MOST + item)
        );
    }
    xml.push_str("</channel></rss>");
    (axum::http::StatusCode::OK, xml)
}

struct Vesti {
    child: Child,
    base: String,
}

impl Vesti {
    fn start(folder: &Path, port: u16) -> Self {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join("log"))
            .unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_vesti"))
            // What is installed on the machine must not matter.
            .env("VESTI_SEARCH__DICTIONARIES", "")
            .args(["serve", "--config"])
            .arg(folder.join("vesti.toml"))
            .arg("--data")
            .arg(folder.join("data"))
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self {
            child,
            base: format!("http://127.0.0.1:{port}"),
        }
    }

    async fn get(&self, path: &str) -> Option<Value> {
        let response = client()
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .ok()?;
        serde_json::from_slice(&response.bytes().await.ok()?).ok()
    }

    async fn ready(&mut self, folder: &Path) {
        let began = Instant::now();
        while began.elapsed() < Duration::from_mins(1) {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("vesti ended with {status}: {}", log(folder));
            }
            if let Ok(response) = client().get(format!("{}/readyz", self.base)).send().await
                && response.status().is_success()
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not ready in a minute: {}", log(folder));
    }

    /// The ids of all that can be found, page by page; a doubled one fails.
    async fn all(&self) -> Option<BTreeSet<String>> {
        let mut ids = BTreeSet::new();
        let mut cursor = String::new();
        loop {
            let page = self
                .get(&format!("/api/v1/search?limit=100&cursor={cursor}"))
                .await?;
            for item in page["items"].as_array()? {
                let id = item["id"].as_str().unwrap().to_owned();
                assert!(ids.insert(id.clone()), "{id} is found twice");
            }
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => return Some(ids),
            }
        }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Vesti {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client() -> reqwest::Client {
    static CLIENT: std::sync::OnceLock<reqwest::Client> = std::sync::OnceLock::new();
    CLIENT
        .get_or_init(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
            reqwest::Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .timeout(Duration::from_secs(10))
                .build()
                .unwrap()
        })
        .clone()
}

fn log(folder: &Path) -> String {
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn configure(folder: &Path, sites: SocketAddr) {
    std::fs::write(
        folder.join("vesti.toml"),
        "[crawler]\nallow_networks = [\"127.0.0.0/8\", \"::1/128\"]\nhost_delay = \"1ms\"\nmin_interval = \"1s\"\nmax_interval = \"2s\"\nrobots = false\n",
    )
    .unwrap();
    let mut sources = String::new();
    for site in 0..SITES {
        let _ = write!(
            sources,
            "[[source]]\nid = \"s{site}\"\nname = \"Sursa {site}\"\nurl = \"http://s{site}.localhost:{}/feed.xml\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]\ninterval = \"1s\"\n\n",
            sites.port()
        );
    }
    std::fs::write(folder.join("sources.toml"), sources).unwrap();
    let mut digests = String::new();
    for (id, period) in [
        ("orar", "hourly"),
        ("zilnic", "daily"),
        ("saptamanal", "weekly"),
    ] {
        let _ = write!(
            digests,
            "[[digest]]\nid = \"{id}\"\ntitle = \"{id}\"\nperiod = \"{period}\"\nlimit = 500\n\n"
        );
    }
    std::fs::write(folder.join("digests.toml"), digests).unwrap();
}

/// Every edition that was ever published, by digest and end, with its items.
type Editions = BTreeMap<(String, i64), (String, String)>;

/// Reads the editions from the store itself: none may have changed, no item may be in two of a digest.
fn check_editions(folder: &Path, before: &mut Editions) {
    let store = vesti::store::Store::open_for_reading(&folder.join("data")).unwrap();
    for digest in ["orar", "zilnic", "saptamanal"] {
        let id = digest.parse().unwrap();
        let mut delivered = BTreeSet::new();
        for edition in store.editions(&id, 10_000).unwrap() {
            for item in &edition.items {
                assert!(
                    delivered.insert(*item),
                    "{item} is in two editions of {digest}"
                );
            }
            let content = (format!("{:?}", edition.items), edition.body.to_string());
            let key = (digest.to_owned(), edition.end.as_second());
            if let Some(old) = before.insert(key, content.clone()) {
                assert_eq!(old, content, "a published edition of {digest} changed");
            }
        }
    }
    let now: BTreeSet<_> = before.keys().cloned().collect();
    for (digest, end) in now {
        let end = jiff::Timestamp::from_second(end).unwrap();
        let there = store.edition(&digest.parse().unwrap(), end).unwrap();
        assert!(there.is_some(), "an edition of {digest} is gone");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    let crashes: usize = std::env::var("VESTI_CRASHES").map_or(40, |count| count.parse().unwrap());
    let seed = std::env::var("VESTI_CRASH_SEED")
        .map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    println!("VESTI_CRASH_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let (farm, sites) = Farm::start().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    configure(folder, sites);
    let port = free_port();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut editions = Editions::new();

    for crash in 0..crashes {
        let mut vesti = Vesti::start(folder, port);
        if crash % 4 == 3 {
            // Before it is even ready: opening must stand being killed as well.
            tokio::time::sleep(Duration::from_millis(random.u64(1..150))).await;
            vesti.kill();
            continue;
        }
        vesti.ready(folder).await;
        let until = Instant::now() + Duration::from_millis(random.u64(0..700));
        loop {
            if let Some(now) = vesti.all().await {
                let lost: Vec<_> = seen.difference(&now).collect();
                assert!(
                    lost.is_empty(),
                    "after kill {crash}: {} lost, {lost:?}; {}",
                    lost.len(),
                    log(folder)
                );
                seen = now;
            }
            if Instant::now() >= until {
                break;
            }
        }
        vesti.kill();
        check_editions(folder, &mut editions);
    }

    let mut vesti = Vesti::start(folder, port);
    vesti.ready(folder).await;
    let began = Instant::now();
    loop {
        let all = vesti.all().await.unwrap();
        assert!(
            all.len() <= farm.total(),
            "{} found of {}",
            all.len(),
            farm.total()
        );
        assert!(seen.is_subset(&all), "lost at the end");
        if all.len() == SITES * MOST {
            break;
        }
        assert!(
            began.elapsed() < Duration::from_mins(2),
            "{} of {}; {}",
            all.len(),
            SITES * MOST,
            log(folder)
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let path = format!("/api/v1/search?limit=1&q={}", "finan%C8%9Barea");
    assert_eq!(vesti.get(&path).await.unwrap()["total"], SITES * MOST);
    // Editions come after what they are made of.
    while editions.len() < 8 {
        assert!(
            began.elapsed() < Duration::from_mins(2),
            "digests had something to say: {}; {}",
            editions.len(),
            log(folder)
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
        check_editions(folder, &mut editions);
    }
    vesti.kill();
    check_editions(folder, &mut editions);
}

#[tokio::test]
async fn a_signal_ends_it_cleanly_and_a_second_process_is_refused() {
    let (_farm, sites) = Farm::start().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    configure(folder, sites);
    let mut vesti = Vesti::start(folder, free_port());
    vesti.ready(folder).await;

    let second = Command::new(env!("CARGO_BIN_EXE_vesti"))
        // What is installed on the machine must not matter.
        .env("VESTI_SEARCH__DICTIONARIES", "")
        .args(["crawl", "--config"])
        .arg(folder.join("vesti.toml"))
        .arg("--data")
        .arg(folder.join("data"))
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(
        said.contains(&format!("in use by process {}", vesti.child.id())),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");

    let pid = vesti.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    let began = Instant::now();
    let status = loop {
        if let Some(status) = vesti.child.try_wait().unwrap() {
            break status;
        }
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "still there: {}",
            log(folder)
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(status.success(), "{status}: {}", log(folder));
}

#[tokio::test]
async fn a_corrupt_index_is_rebuilt_from_the_store() {
    let (farm, sites) = Farm::start().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    configure(folder, sites);
    let port = free_port();
    let mut vesti = Vesti::start(folder, port);
    vesti.ready(folder).await;
    let began = Instant::now();
    while vesti.all().await.is_none_or(|all| all.len() < 100) {
        assert!(began.elapsed() < Duration::from_mins(1), "{}", log(folder));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let before = vesti.all().await.unwrap();
    vesti.kill();
    let mut files = Vec::new();
    for entry in walk(&folder.join("data/search")) {
        if entry.extension().is_some_and(|ext| ext != "lock") {
            files.push(entry);
        }
    }
    assert!(!files.is_empty());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    }
    let mut vesti = Vesti::start(folder, port);
    vesti.ready(folder).await;
    let began = Instant::now();
    loop {
        let all = vesti.all().await.unwrap();
        assert!(all.len() <= farm.total());
        if before.is_subset(&all) {
            break;
        }
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{} of {}",
            all.len(),
            before.len()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
fn a_directory_that_cannot_be_written_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("vesti.toml"), "").unwrap();
    // A file stands where the directory should be: this holds for root too, whom permissions do not stop.
    std::fs::write(folder.path().join("data"), "").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_vesti"))
        // What is installed on the machine must not matter.
        .env("VESTI_SEARCH__DICTIONARIES", "")
        .args(["crawl", "--config"])
        .arg(folder.path().join("vesti.toml"))
        .arg("--data")
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("cannot be written") && said.lines().count() == 1,
        "{said}"
    );
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}
