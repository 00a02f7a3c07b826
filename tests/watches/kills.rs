//! The whole service, killed at any moment while watches tell services and addresses what a site announces and edits.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use vesti::domain::{Seq, StaffId, WatchId, WatchSpec};
use vesti::store::{Change, Channel, Store, Wish};

use super::receiver::Receiver;
use super::sink::{Sink, Tls};
use super::{SECRET, spec};

const WATCHES: usize = 8;
/// Bulletins of each watch, at the least, while the process is killed.
const BULLETINS: usize = 2;

#[derive(Clone, Default)]
struct Site {
    shown: Arc<AtomicUsize>,
    edited: Arc<AtomicUsize>,
    still: Arc<AtomicBool>,
}

async fn feed(State(site): State<Site>) -> String {
    if !site.still.load(Ordering::SeqCst) {
        if fastrand::u8(..3) == 0 {
            site.shown.fetch_add(1, Ordering::SeqCst);
        }
        if fastrand::u8(..3) == 0
            && site.edited.load(Ordering::SeqCst) < site.shown.load(Ordering::SeqCst)
        {
            site.edited.fetch_add(1, Ordering::SeqCst);
        }
    }
    let (shown, edited) = (
        site.shown.load(Ordering::SeqCst),
        site.edited.load(Ordering::SeqCst),
    );
    let mut xml = String::from(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Lume</title>",
    );
    for item in (0..shown).rev().take(200) {
        let amount = if item < edited { "80.000" } else { "50.000" };
        let mut random = fastrand::Rng::with_seed(item as u64);
        let words: Vec<String> = (0..80)
            .map(|_| (0..8).map(|_| random.lowercase()).collect())
            .collect();
        let _ = write!(
            xml,
            "<item><guid>i{item}</guid><link>http://site.localhost/{item}</link><title>Anunț {item}</title>\
             <content:encoded>&lt;p&gt;Bugetul total al apelului este de {amount} lei. {}&lt;/p&gt;</content:encoded></item>",
            words.join(" ")
        );
    }
    xml.push_str("</channel></rss>");
    xml
}

struct Vesti(Child);

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
        Self(child)
    }

    async fn ready(&mut self, folder: &Path, port: u16) {
        for _ in 0..1_500 {
            if let Some(status) = self.0.try_wait().unwrap() {
                panic!("vesti ended with {status}: {}", log(folder));
            }
            if tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_ok()
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        panic!("not ready in a minute: {}", log(folder));
    }

    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Vesti {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn log(folder: &Path) -> String {
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}

fn configure(folder: &Path, port: u16, site: SocketAddr, sink: &Sink) {
    let settings = format!(
        "[server]\npublic_url = \"http://127.0.0.1:{port}/\"\n\
         [crawler]\nallow_networks = [\"127.0.0.0/8\", \"::1/128\"]\nhost_delay = \"1ms\"\nmin_interval = \"1s\"\nmax_interval = \"2s\"\nrobots = false\nwebsub = false\n\
         [mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"news@example.org\"\n",
        sink.address.port()
    );
    std::fs::write(folder.join("vesti.toml"), settings).unwrap();
    let url = format!("http://site.localhost:{}/feed.xml", site.port());
    let sources = format!(
        "[[source]]\nid = \"s\"\nname = \"Sursa\"\nurl = \"{url}\"\nfeed = \"{url}\"\ncountry = \"RO\"\nrole = \"member\"\ninterval = \"2s\"\n"
    );
    std::fs::write(folder.join("sources.toml"), sources).unwrap();
}

/// Watches that each tell a path of the receiver and an address, made before the service starts.
async fn prepare(folder: &Path, receiver: &Receiver) -> Vec<WatchId> {
    let store = Store::open(&folder.join("data")).unwrap();
    let now = jiff::Timestamp::now();
    let mut ids = Vec::new();
    for number in 0..WATCHES {
        let spec: WatchSpec = spec(
            &format!("w{number}"),
            &receiver.url(&format!("w{number}"), &format!("w{number}")),
        );
        let secrets = (format!("token-{number}"), SECRET.to_owned());
        let id = store
            .add_watch((StaffId(1), "ana".into()), spec, secrets, now)
            .await
            .unwrap();
        let token = format!("mail-token-{number}");
        let wish = Wish {
            address: format!("reader-{number}@example.org"),
            digest: id.digest().unwrap(),
            search: None,
            title: format!("w{number}"),
            lang: vesti::domain::Language::RO,
            token: token.clone(),
        };
        store.subscribe(wish, now).await.unwrap();
        store.confirm(token, now, now).await.unwrap().unwrap();
        ids.push(id);
    }
    ids
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_everything_that_watches_find_arrives_once() {
    let kills: usize = std::env::var("VESTI_WATCH_KILLS").map_or(8, |count| count.parse().unwrap());
    let seed = std::env::var("VESTI_WATCH_SEED")
        .map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    println!("VESTI_WATCH_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let site = Site::default();
    site.shown.store(3, Ordering::SeqCst);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(feed).with_state(site.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let receiver = Receiver::start().await;
    receiver.be_moody(25);
    let sink = Sink::start(Tls::None).await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    configure(folder, port, address, &sink);
    let ids = prepare(folder, &receiver).await;

    let mut vesti = Vesti::start(folder, port);
    let began = Instant::now();
    let mut killed = 0;
    let told = |folder: &Path| {
        let store = Store::open_for_reading(&folder.join("data")).unwrap();
        ids.iter()
            .map(|id| store.bulletins(*id, 100).unwrap().len())
            .min()
            .unwrap()
    };
    while killed < kills || told(folder) < BULLETINS {
        assert!(began.elapsed() < Duration::from_mins(10), "{}", log(folder));
        if random.u8(..4) > 0 {
            vesti.ready(folder, port).await;
        }
        tokio::time::sleep(Duration::from_millis(random.u64(1..6_000))).await;
        vesti.kill();
        killed += 1;
        vesti = Vesti::start(folder, port);
    }
    site.still.store(true, Ordering::SeqCst);
    receiver.be_moody(0);

    // What is found last waits for the end of the minute, and what was refused for its next attempt.
    vesti.ready(folder, port).await;
    let store = Store::open_for_reading(&folder.join("data")).unwrap();
    let began = Instant::now();
    let mut quiet = Instant::now();
    let mut last = (0, 0);
    while quiet.elapsed() < Duration::from_secs(15) {
        assert!(began.elapsed() < Duration::from_mins(6), "{}", log(folder));
        tokio::time::sleep(Duration::from_millis(250)).await;
        let now = (sink.letters().len(), receiver.messages().len());
        let found: usize = ids
            .iter()
            .map(|id| store.watch_waiting(*id).unwrap().len())
            .sum();
        let waiting = store.waiting(Channel::Mail).unwrap() + store.waiting(Channel::Hook).unwrap();
        if now != last || waiting > 0 || found > 0 {
            (last, quiet) = (now, Instant::now());
        }
    }
    let mut items = BTreeSet::new();
    for change in store.changes_after(Seq::default(), 100_000).unwrap() {
        if let Change::Item(item) = change {
            items.insert(item.id.to_string());
        }
    }
    let edits = store.matters_after(0, 100_000).unwrap().len();
    assert!(items.len() > 3 && edits > 0, "there was something to tell");
    let (mut bulletins, mut again) = (0, 0);
    for number in 0..WATCHES {
        // By name: a service that was killed from takes a message twice at the most, and knows it by its name.
        let taken = receiver.taken(&format!("w{number}"));
        let by_name: BTreeMap<&str, &serde_json::Value> = taken
            .iter()
            .map(|message| (message.id.as_str(), &message.body))
            .collect();
        again += taken.len() - by_name.len();
        bulletins += by_name.len();
        assert!(by_name.len() >= BULLETINS);
        let mut told = BTreeSet::new();
        let mut told_edits = 0;
        for body in by_name.values() {
            for item in body["items"].as_array().unwrap() {
                let id = item["id"].as_str().unwrap().to_owned();
                assert!(told.insert(id), "{} is told twice", item["title"]);
            }
            told_edits += body["matters"].as_array().unwrap().len();
            assert_eq!(body["more"], 0);
        }
        assert_eq!(told, items, "w{number}");
        assert_eq!(told_edits, edits, "w{number}");
        let mails: Vec<_> = sink
            .letters()
            .into_iter()
            .filter(|letter| letter.header("List-Id").is_some())
            .filter(|letter| letter.to[0] == format!("reader-{number}@example.org"))
            .collect();
        let names: BTreeSet<_> = mails
            .iter()
            .map(|mail| mail.header("Message-ID").unwrap())
            .collect();
        assert_eq!(
            (names.len(), mails.len()),
            (by_name.len(), by_name.len()),
            "a mail each"
        );
    }
    assert!(again <= killed * 8, "{again} came again");
    println!(
        "{killed} kills: {} items and {edits} edits in {bulletins} bulletins to {WATCHES} services and as many addresses; none missing, none told twice; {again} messages came again under their own names",
        items.len()
    );
    vesti.kill();
}
