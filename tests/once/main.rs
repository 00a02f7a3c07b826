//! Killed at any moment, with digests, mails and pushes under way: counted where they arrive, each of them arrives once.
//!
//! `VESTI_ONCE_KILLS` sets how often the process is killed (default 20), `VESTI_ONCE_SEED` repeats a run's moments.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[allow(dead_code, reason = "shared with the tests of mail")]
#[path = "../mail/sink.rs"]
mod sink;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use vesti::store::{Change, Channel, Edition, Store};

use sink::{Letter, Sink, Tls};

const SITES: usize = 4;
/// Readers who get everything at once, half of them in Romanian and half in Latvian.
const READERS: usize = 30;
/// Announcements that there are at the beginning.
const OLD: usize = 48;
const SITE_DIGESTS: usize = 6;
/// Editions that are made, at the least, while the process is killed.
const EDITIONS: usize = 2;

/// Sites whose feeds grow, and a hub that notes what it is told.
#[derive(Clone)]
struct World {
    started: jiff::Timestamp,
    shown: Arc<AtomicUsize>,
    still: Arc<AtomicBool>,
    /// What the hub was told: the name of the message, and the feed.
    told: Arc<Mutex<Vec<(String, String)>>>,
}

impl World {
    fn new() -> Self {
        Self {
            started: jiff::Timestamp::now(),
            shown: Arc::new(AtomicUsize::new(OLD)),
            still: Arc::default(),
            told: Arc::default(),
        }
    }

    async fn start(&self, router: Router<Self>) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = router.with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }
}

/// Words that no other item has: each is to be a story of its own.
fn own_words(number: usize) -> String {
    let mut random = fastrand::Rng::with_seed(number as u64);
    let mut word = || -> String { (0..8).map(|_| random.lowercase()).collect() };
    (0..24).map(|_| word()).collect::<Vec<_>>().join(" ")
}

async fn feed(State(world): State<World>, headers: HeaderMap) -> String {
    let host = headers["host"].to_str().unwrap();
    let site: usize = host[1..].split('.').next().unwrap().parse().unwrap();
    let count = if world.still.load(Ordering::SeqCst) {
        world.shown.load(Ordering::SeqCst)
    } else {
        let more = usize::from(fastrand::u8(..4) == 0);
        world.shown.fetch_add(more, Ordering::SeqCst) + more
    };
    let mut xml =
        String::from("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Lume</title>");
    for item in (0..count)
        .rev()
        .filter(|item| item % SITES == site)
        .take(60)
    {
        // What is there at the beginning is of the last two days, so that the named digests have something to open with.
        let date = if item < OLD {
            let at = world.started - jiff::SignedDuration::from_mins(60 * (item as i64 + 1));
            let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC));
            format!("<pubDate>{}</pubDate>", date.unwrap())
        } else {
            String::new()
        };
        let _ = write!(
            xml,
            "<item>{date}<guid>i{item}</guid><link>http://{host}/{item}</link><title>Anunț {item}</title><description>{}</description></item>",
            own_words(item)
        );
    }
    xml.push_str("</channel></rss>");
    xml
}

async fn hub(State(world): State<World>, headers: HeaderMap, form: String) -> StatusCode {
    let fields: HashMap<_, _> = url::form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect();
    assert_eq!(fields["hub.mode"], "publish");
    // A string as structured headers write it (RFC 8941).
    let key = headers["idempotency-key"]
        .to_str()
        .unwrap()
        .trim_matches('"')
        .to_owned();
    world
        .told
        .lock()
        .unwrap()
        .push((key, fields["hub.url"].clone()));
    // What has come in whole has come in: the server drops this future when whoever sent it dies, so nothing waits before.
    tokio::time::sleep(Duration::from_millis(fastrand::u64(..120))).await;
    StatusCode::NO_CONTENT
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

    async fn ready(&mut self, folder: &Path) {
        let began = Instant::now();
        while began.elapsed() < Duration::from_mins(1) {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("vesti ended with {status}: {}", log(folder));
            }
            let asked = client().get(format!("{}/readyz", self.base)).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not ready in a minute: {}", log(folder));
    }

    async fn send(&self, path: &str, form: &str) {
        let answer = client()
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned())
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
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
                .timeout(Duration::from_secs(20))
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

fn configure(folder: &Path, port: u16, sites: SocketAddr, hub: SocketAddr, sink: &Sink) {
    let settings = format!(
        "[server]\npublic_url = \"http://127.0.0.1:{port}/\"\n\
         [crawler]\nallow_networks = [\"127.0.0.0/8\", \"::1/128\"]\nhost_delay = \"1ms\"\nmin_interval = \"1s\"\nmax_interval = \"2s\"\nrobots = false\nwebsub = false\n\
         [feeds]\nhub = \"http://{hub}/\"\n\
         [mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"news@example.org\"\n",
        sink.address.port()
    );
    std::fs::write(folder.join("vesti.toml"), settings).unwrap();
    let mut sources = String::new();
    for site in 0..SITES {
        let _ = write!(
            sources,
            "[[source]]\nid = \"s{site}\"\nname = \"Sursa {site}\"\nurl = \"http://s{site}.localhost:{}/feed.xml\"\nfeed = \"http://s{site}.localhost:{}/feed.xml\"\ncountry = \"RO\"\nrole = \"member\"\ninterval = \"2s\"\n\n",
            sites.port(),
            sites.port()
        );
    }
    std::fs::write(folder.join("sources.toml"), sources).unwrap();
    let mut digests = String::new();
    for number in 0..SITE_DIGESTS {
        let _ = write!(
            digests,
            "[[digest]]\nid = \"d{number}\"\ntitle = \"d{number}\"\nperiod = \"hourly\"\nlimit = 500\n\n"
        );
    }
    std::fs::write(folder.join("digests.toml"), digests).unwrap();
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn address(reader: usize) -> String {
    format!("reader-{reader}@example.org")
}

/// Subscribes all readers to everything, at once, as they would do it themselves.
async fn subscribe(vesti: &Vesti, sink: &Sink) {
    for reader in 0..READERS {
        let ui = if reader % 2 == 0 { "ro" } else { "lv" };
        let form = format!("address={}&pace=at-once", address(reader));
        vesti.send(&format!("/subscribe?ui={ui}"), &form).await;
    }
    for letter in sink.wait(READERS).await {
        let link = letter.link("/mail/confirm/");
        let path = link.split_once("/mail/").unwrap().1;
        vesti.send(&format!("/mail/{path}"), "").await;
    }
}

/// The editions that hold something, of the digest that the readers get.
fn editions(store: &Store) -> Vec<Edition> {
    let [search] = &store.search_digests().unwrap()[..] else {
        panic!("one search");
    };
    let mut editions = store.editions(&search.id, 10_000).unwrap();
    editions.retain(|edition| !edition.items.is_empty());
    editions
}

/// How many editions there are by now.
fn made(folder: &Path) -> usize {
    let store = Store::open_for_reading(&folder.join("data")).unwrap();
    editions(&store).len()
}

/// Everything that was recorded after the readers had subscribed is in one edition.
fn every_item_once(store: &Store, editions: &[Edition]) {
    let mut told = BTreeMap::new();
    for edition in editions {
        for item in &edition.items {
            assert_eq!(
                told.insert(*item, edition.end),
                None,
                "{item} is told twice"
            );
        }
    }
    let search = &store.search_digests().unwrap()[0].id;
    let begun = store
        .editions(search, 10_000)
        .unwrap()
        .iter()
        .map(|edition| edition.through)
        .min()
        .unwrap();
    let mut count = 0;
    for change in store
        .changes_after(vesti::domain::Seq::default(), usize::MAX >> 1)
        .unwrap()
    {
        if let Change::Item(item) = change
            && item.born > begun
        {
            count += 1;
            assert!(told.contains_key(&item.id), "{} is missing", item.title);
        }
    }
    // What came in the minute in which they subscribed may be told as well.
    assert!(count > 0 && count <= told.len());
}

/// Each reader has got each edition, once, in the own language.
fn every_mail_once(editions: &[Edition], letters: &[Letter]) {
    let mut ids = BTreeSet::new();
    let mut got: HashMap<&str, usize> = HashMap::new();
    for letter in letters {
        let id = letter.header("Message-ID").unwrap();
        assert!(
            ids.insert(id),
            "a mail came twice: {:?}",
            letter.header("Subject")
        );
        *got.entry(letter.to[0].as_str()).or_default() += 1;
    }
    for reader in 0..READERS {
        let address = address(reader);
        let got = got.get(address.as_str()).copied().unwrap_or_default();
        assert_eq!(got, editions.len(), "{address}");
    }
    assert_eq!(letters.len(), editions.len() * READERS);
}

/// The hub was told of every change that was put in the outbox, once; and of every edition of the named digests.
fn every_push_once(store: &Store, told: &[(String, String)]) -> usize {
    let mut keys = BTreeSet::new();
    let mut feeds: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, feed) in told {
        assert!(keys.insert(key), "the hub was told {key} twice");
        *feeds.entry(feed.as_str()).or_default() += 1;
    }
    let posted = store.posted_keys(Channel::Push).unwrap();
    let missing: Vec<_> = posted.iter().filter(|key| !keys.contains(key)).collect();
    assert!(missing.is_empty(), "the hub was never told {missing:?}");
    assert_eq!(posted.len(), keys.len());
    for ending in ["rss", "atom", "json"] {
        let of_all = feeds
            .iter()
            .find(|(feed, _)| feed.ends_with(&format!("/feed.{ending}")));
        assert!(of_all.is_some_and(|(_, count)| *count >= 1), "{feeds:?}");
    }
    posted.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_everything_arrives_once() {
    let kills: usize = std::env::var("VESTI_ONCE_KILLS").map_or(20, |count| count.parse().unwrap());
    let seed = std::env::var("VESTI_ONCE_SEED")
        .map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    println!("VESTI_ONCE_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let world = World::new();
    let sites = world.start(Router::new().fallback(feed)).await;
    let hub = world.start(Router::new().fallback(hub)).await;
    let sink = Sink::start(Tls::None).await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let port = free_port();
    configure(folder, port, sites, hub, &sink);

    let mut vesti = Vesti::start(folder, port);
    vesti.ready(folder).await;
    subscribe(&vesti, &sink).await;
    sink.be_slow(400);
    let began = Instant::now();
    let mut killed = 0;
    // However few the kills are and however slow the machine is, some editions are made and sent between them.
    while killed < kills || (killed % 5 > 0 || made(folder) < EDITIONS) {
        assert!(began.elapsed() < Duration::from_mins(40), "{}", log(folder));
        let life = if random.u8(..4) == 0 {
            random.u64(1..250)
        } else {
            vesti.ready(folder).await;
            random.u64(0..3_000)
        };
        tokio::time::sleep(Duration::from_millis(life)).await;
        vesti.kill();
        killed += 1;
        vesti = Vesti::start(folder, port);
    }
    world.still.store(true, Ordering::SeqCst);
    sink.be_slow(0);

    // All that is under way arrives; what waits for the minute's end, or for the hub's rest, comes within two.
    vesti.ready(folder).await;
    let store = Store::open_for_reading(&folder.join("data")).unwrap();
    let began = Instant::now();
    let mut quiet = Instant::now();
    let mut last = (0, 0);
    while quiet.elapsed() < Duration::from_secs(100) {
        assert!(began.elapsed() < Duration::from_mins(8), "{}", log(folder));
        tokio::time::sleep(Duration::from_millis(250)).await;
        let now = (sink.letters().len(), world.told.lock().unwrap().len());
        let waiting = store.waiting(Channel::Mail).unwrap() + store.waiting(Channel::Push).unwrap();
        if now != last || waiting > 0 {
            (last, quiet) = (now, Instant::now());
        }
    }
    let editions = editions(&store);
    let letters: Vec<Letter> = sink
        .letters()
        .into_iter()
        .filter(|letter| letter.header("List-Id").is_some())
        .collect();
    let told = world.told.lock().unwrap().clone();
    every_item_once(&store, &editions);
    every_mail_once(&editions, &letters);
    let pushes = every_push_once(&store, &told);
    assert!(editions.len() >= EDITIONS, "there was something to send");
    println!(
        "{killed} kills: {} editions, {} mails, {pushes} pushes; none missing, none twice",
        editions.len(),
        letters.len()
    );
    vesti.kill();
}
