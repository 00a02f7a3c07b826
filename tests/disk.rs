//! A disk without space and a disk that takes nothing: plain words, nothing recorded is lost, questions are answered all the
//! while, and all goes on by itself when there is space again.
//!
//! The real thing needs a file system of its own, so these tests mount a small one where they may (root on Linux) and say so
//! loudly where not. What holds everywhere is tested beside the store.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use vesti::clock::{SharedClock, SystemClock};
use vesti::config::{Config, SearchSettings};
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass};
use vesti::domain::{
    Country, Draft, ItemKey, Kind, Phase, Precision, Role, SearchRequest, Seq, Source, Understood,
};
use vesti::search::{Index, SearchError};
use vesti::store::{Intent, Store, StoreError, Visit, VisitLog};

/// A small file system in memory, unmounted when dropped.
struct Small {
    at: PathBuf,
    _folder: tempfile::TempDir,
}

impl Small {
    /// `None`, said loudly, where mounting is not allowed.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("disk");
        std::fs::create_dir(&at).unwrap();
        let mounted = run(
            "mount",
            &["-t", "tmpfs", "-o", &format!("size={size}"), "vesti-test"],
            &at,
        );
        if !mounted {
            eprintln!(
                "SKIPPED: no file system can be mounted here, so a really full disk is not tested. Run as root to test it."
            );
            return None;
        }
        Some(Self {
            at,
            _folder: folder,
        })
    }

    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(run("mount", &["-o", &options], &self.at), "{options}");
    }

    /// Takes all the space that is left.
    fn fill(&self) {
        use std::io::Write as _;
        let mut file = std::fs::File::create(self.at.join("ballast")).unwrap();
        for size in [65_536, 4_096, 1] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }

    /// Takes all the space but so many bytes.
    fn fill_but(&self, left: u64) {
        self.fill();
        let path = self.at.join("ballast");
        let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        let size = file.metadata().unwrap().len();
        file.set_len(size - left).unwrap();
    }

    fn empty(&self) {
        std::fs::remove_file(self.at.join("ballast")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        run("umount", &["-l"], &self.at);
    }
}

fn run(program: &str, args: &[&str], at: &Path) -> bool {
    Command::new(program)
        .args(args)
        .arg(at)
        .output()
        .is_ok_and(|output| output.status.success())
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn source() -> Source {
    Source {
        id: "a".parse().unwrap(),
        name: "A".into(),
        url: Some("https://a.ro/".parse().unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

fn item(number: usize, words: usize) -> Intent {
    let url: url::Url = format!("https://a.ro/{number}").parse().unwrap();
    // Words that do not repeat, so that no writer can make them small.
    let text: Vec<String> = (0..words)
        .map(|word| format!("cuvânt{number}x{word}"))
        .collect();
    Intent::Insert(Box::new(Understood {
        draft: Draft {
            guid: Some(number.to_string()),
            url: Some(url.clone()),
            title: format!("Anunț {number}"),
            author: None,
            html: None,
            text: text.join(" "),
            summary: None,
            published: Some(now()),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(number.to_string())],
        url,
        content_hash: number.to_string(),
        excerpt: String::new(),
        lang: None,
        kind: Kind::News,
        topics: Vec::new(),
        deadline: None,
        event: None,
        sketch: vesti::domain::Sketch::default(),
    }))
}

async fn record(store: &Store, number: usize, words: usize) -> Result<(), StoreError> {
    let at = now() + SignedDuration::from_hours(number as i64);
    let lease = store
        .lease_source("a".parse().unwrap(), at, Duration::from_mins(1))
        .await?
        .expect("nobody else has it");
    let mut state = lease.state.clone();
    state.phase = Phase::Healthy;
    let log = VisitLog {
        at,
        url: "https://a.ro/feed".into(),
        status: Some(200),
        millis: 1,
        bytes: 1,
        listed: 1,
        new: 1,
        changed: 0,
        fault: None,
        note: None,
    };
    let intents = vec![item(number, words)];
    store
        .record(
            &lease,
            Visit {
                at,
                state,
                intents,
                log,
            },
        )
        .await
        .map(|_| ())
}

fn count(store: &Store) -> usize {
    store.changes_after(Seq(0), 10_000).unwrap().len()
}

fn found(index: &Index) -> u64 {
    let request = SearchRequest::default();
    index.search(&request, now(), &TimeZone::UTC).unwrap().total
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_and_recording_goes_on_by_itself() {
    let Some(disk) = Small::mount("3m") else {
        return;
    };
    let store = Store::open(&disk.at).unwrap();
    store.set_sources(vec![source()], now()).await.unwrap();
    for number in 0..5 {
        record(&store, number, 50).await.unwrap();
    }
    disk.fill();
    let mut recorded = 5;
    let mut refusals = 0;
    for number in 5..30 {
        match record(&store, number, 500).await {
            Ok(()) => recorded += 1,
            Err(error) => {
                assert!(matches!(error, StoreError::DiskFull(_)), "{error}");
                assert!(error.to_string().contains("free some space"), "{error}");
                refusals += 1;
            }
        }
        assert_eq!(count(&store), recorded, "what was recorded can be read");
    }
    assert!(refusals > 0, "the disk was full");
    disk.empty();
    for number in 100..110 {
        record(&store, number, 500).await.unwrap();
    }
    assert_eq!(count(&store), recorded + 10);
    drop(store);
    let store = Store::open(&disk.at).unwrap();
    assert_eq!(
        count(&store),
        recorded + 10,
        "nor is it lost by opening again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_the_index_for_as_long_as_it_is_full() {
    let Some(disk) = Small::mount("3m") else {
        return;
    };
    let truth = tempfile::tempdir().unwrap();
    let store = Store::open(truth.path()).unwrap();
    store.set_sources(vec![source()], now()).await.unwrap();
    for number in 0..5 {
        record(&store, number, 50).await.unwrap();
    }
    let index = Index::open(&disk.at, &store, &SearchSettings::default(), &[]).unwrap();
    let level = {
        let (index, store) = (index.clone(), store.clone());
        move || {
            let (index, store) = (index.clone(), store.clone());
            tokio::task::spawn_blocking(move || index.catch_up(&store))
        }
    };
    level().await.unwrap().unwrap();
    assert_eq!(found(&index), 5);
    disk.fill();
    for number in 5..10 {
        record(&store, number, 3_000).await.unwrap();
    }
    for _ in 0..5 {
        let error = level().await.unwrap().expect_err("no space");
        assert!(matches!(error, SearchError::Disk(_)), "{error}");
        assert_eq!(found(&index), 5, "it answers from what it has");
    }
    disk.empty();
    level().await.unwrap().unwrap();
    assert_eq!(found(&index), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_turns_read_only_is_said_so_and_read_on() {
    let Some(disk) = Small::mount("10m") else {
        return;
    };
    {
        let store = Store::open(&disk.at).unwrap();
        store.set_sources(vec![source()], now()).await.unwrap();
        record(&store, 1, 50).await.unwrap();
    }
    disk.remount("ro");
    let error = Store::open(&disk.at).err().expect("nothing can be written");
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    let message = error.to_string();
    assert!(
        message.contains("cannot be written") && !message.contains('\n'),
        "{message}"
    );
    let output = Command::new(env!("CARGO_BIN_EXE_vesti"))
        // What is installed on the machine must not matter.
        .env("VESTI_SEARCH__DICTIONARIES", "")
        .current_dir(disk.at.parent().unwrap())
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            "disk",
            "--config",
        ])
        .arg({
            let config = disk.at.parent().unwrap().join("vesti.toml");
            std::fs::write(&config, "").unwrap();
            config
        })
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.lines().count() == 1 && said.contains("cannot be written"),
        "{said}"
    );
    disk.remount("rw");
    let store = Store::open(&disk.at).unwrap();
    assert_eq!(count(&store), 1, "nothing is lost");
    record(&store, 2, 50).await.unwrap();
}

/// A source with more news than a disk has room for: its crawler, and how often it was asked.
async fn too_much(disk: &Small) -> (Crawler, Store, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let feed = {
        let asked = asked.clone();
        move || async move {
            asked.fetch_add(1, Ordering::SeqCst);
            let text = "Consultare publică despre serviciile sociale. ".repeat(400);
            let item = |number: usize| {
                format!(
                    "<item><guid>{number}</guid><link>/{number}</link><title>Anunț {number}</title><description>{number} {text}</description></item>"
                )
            };
            let items: String = (0..40).map(item).collect();
            format!("<rss version=\"2.0\"><channel><title>Sursă</title>{items}</channel></rss>")
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = axum::Router::new().route("/feed", axum::routing::get(feed));
    tokio::spawn(async move { axum::serve(listener, router).await });

    let clock: SharedClock = Arc::new(SystemClock);
    let mut config = Config::default();
    config.settings.crawler.host_delay = Duration::ZERO;
    config.settings.crawler.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
    let url = format!("http://127.0.0.1:{port}/feed").parse().unwrap();
    let store = Store::open(&disk.at).unwrap();
    let source = Source {
        url: Some(url),
        ..source()
    };
    store.set_sources(vec![source], clock.now()).await.unwrap();
    disk.fill_but(400_000);
    let fetcher = Fetcher::new(&config.settings.crawler, clock.clone(), Names::default()).unwrap();
    let crawler = Crawler::new(store.clone(), fetcher, clock, &config);
    (crawler, store, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_single_pass_does_not_wait_for_space_but_says_what_is_wrong() {
    let Some(disk) = Small::mount("3m") else {
        return;
    };
    let (crawler, store, asked) = too_much(&disk).await;
    let (reports, _heard) = tokio::sync::mpsc::unbounded_channel();
    let passed = crawler.pass(Pass::Due, reports).await;
    assert!(matches!(passed, Err(StoreError::DiskFull(_))), "{passed:?}");
    assert_eq!((asked.load(Ordering::SeqCst), count(&store)), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_waits_for_space_and_its_source_is_not_asked_again() {
    let Some(disk) = Small::mount("3m") else {
        return;
    };
    let (crawler, store, asked) = too_much(&disk).await;
    let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(async move { crawler.run(stopping, reports).await });
    let early = tokio::time::timeout(Duration::from_secs(3), heard.recv()).await;
    assert!(early.is_err(), "there is no space to record it: {early:?}");
    assert_eq!((asked.load(Ordering::SeqCst), count(&store)), (1, 0));
    disk.empty();
    let report = tokio::time::timeout(Duration::from_mins(1), heard.recv()).await;
    let report = report.expect("it goes on by itself").unwrap();
    assert_eq!((report.log.new, count(&store)), (40, 40));
    assert_eq!(asked.load(Ordering::SeqCst), 1, "it was asked once");
    stop.send_replace(true);
    running.await.unwrap();
}
