//! The whole program, killed at random moments while a hub pushes to it and it tells a hub: nothing is missing at either end,
//! and nothing comes twice. `VESTI_CRASHES` says how often; 12 unless told.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Client;
use vesti::domain::Seq;
use vesti::store::{Change, Channel, Store};

use super::hub::{Hub, Manner};
use super::rig::{Site, feed};

/// Most feeds of searches that are fetched between two kills, and in all: no more than are remembered.
const FEEDS: usize = 12;
const MOST_FEEDS: usize = 180;

struct Program {
    folder: tempfile::TempDir,
    base: String,
    http: Client,
}

impl Program {
    fn new(site: &Site, hub: &Hub) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        write(
            "vesti.toml",
            format!(
                "[server]\nlisten = \"{address}\"\npublic_url = \"http://{address}/\"\nrate_limit = \"off\"\n\
                 [crawler]\nhost_delay = \"0s\"\nallow_networks = [\"127.0.0.0/8\"]\n[feeds]\nhub = \"{}\"\n",
                hub.address
            ),
        );
        write(
            "sources.toml",
            format!(
                "[[source]]\nid = \"ong\"\nname = \"ONG\"\nurl = \"{}\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]\n",
                site.feed()
            ),
        );
        Self {
            folder,
            base: format!("http://{address}/"),
            http: Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .build()
                .unwrap(),
        }
    }

    /// Starts it, and returns when it answers.
    async fn start(&self) -> Child {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vesti"))
            .args(["serve", "--config"])
            .arg(self.folder.path().join("vesti.toml"))
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .env("VESTI_SEARCH__DICTIONARIES", "")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..3_000 {
            if self.get("healthz").await {
                return child;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let _ = child.kill();
        panic!("it does not start: {:?}", child.wait());
    }

    async fn get(&self, path: &str) -> bool {
        let answer = self.http.get(format!("{}{path}", self.base)).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    fn store(&self) -> Store {
        Store::open(&self.folder.path().join("data")).unwrap()
    }
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Waits until the hub was told nothing for a while.
async fn quiet(hub: &Hub) {
    let (mut before, mut still) = (0, 0);
    while still < 40 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = hub.told().len();
        still = if now == before { still + 1 } else { 0 };
        before = now;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_it_neither_loses_nor_doubles_what_hubs_push_and_are_told() {
    let kills: usize = std::env::var("VESTI_CRASHES").map_or(12, |kills| kills.parse().unwrap());
    let (site, hub) = (Site::new().await, Hub::new().await);
    hub.be(Manner::Count);
    site.serve(&feed(&[1, 2, 3], &hub.address));
    let program = Program::new(&site, &hub);
    let mut child = program.start().await;
    hub.verified(1).await;
    let callback = hub.asked()[0].callback.clone();

    let enough = Arc::new(AtomicBool::new(false));
    let pushing = {
        let (hub, enough) = (hub.clone(), enough.clone());
        tokio::spawn(async move {
            let mut number = 3;
            while !enough.load(Ordering::SeqCst) {
                number += 1;
                let body = feed(&[number], &hub.address);
                let signature = hub.signature(&callback, "sha256", body.as_bytes());
                // As hubs do: again until it is taken.
                loop {
                    let answer = hub.try_post(&callback, &body, Some(&signature)).await;
                    if answer.is_some_and(|answer| answer.is_success()) {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                tokio::time::sleep(Duration::from_millis(fastrand::u64(0..60))).await;
            }
            number
        })
    };
    let mut feeds = 0;
    for _ in 0..kills {
        for _ in 0..(MOST_FEEDS / kills.max(1)).clamp(1, FEEDS) {
            if feeds < MOST_FEEDS {
                program.get(&format!("feed.rss?q=cuvânt{feeds}")).await;
                feeds += 1;
            }
        }
        tokio::time::sleep(Duration::from_millis(fastrand::u64(0..800))).await;
        kill(child);
        child = program.start().await;
    }
    enough.store(true, Ordering::SeqCst);
    let last = pushing.await.unwrap();
    quiet(&hub).await;
    kill(child);

    let told = hub.told();
    let keys: BTreeSet<&str> = told.iter().map(|told| told.key.as_str()).collect();
    let twice = told.len() - keys.len();
    let store = program.store();
    let missing: Vec<String> = store
        .remembered_feeds()
        .unwrap()
        .into_iter()
        .map(|(feed, _)| format!("{}{feed}", program.base))
        .filter(|feed| !told.iter().any(|told| told.feed == *feed))
        .collect();
    let guids: Vec<String> = store
        .changes_after(Seq(0), 100_000)
        .unwrap()
        .into_iter()
        .filter_map(|change| match change {
            Change::Item(item) => item.guid,
            Change::Removed { .. } => None,
        })
        .collect();
    let items: BTreeSet<&str> = guids.iter().map(String::as_str).collect();
    let lost: Vec<usize> = (1..=last)
        .filter(|number| !items.contains(format!("nr-{number}").as_str()))
        .collect();
    eprintln!(
        "{kills} kills; {last} documents pushed to us: {} missing, {} twice; {} letters to the hub: {} missing, {twice} twice",
        lost.len(),
        guids.len() - items.len(),
        told.len(),
        missing.len(),
    );
    assert_eq!((lost, guids.len() - items.len()), (Vec::new(), 0));
    assert_eq!((missing, twice), (Vec::new(), 0));
    assert_eq!(store.waiting_pushes().unwrap(), []);
    assert_eq!(store.waiting(Channel::Push).unwrap(), 0);
}
