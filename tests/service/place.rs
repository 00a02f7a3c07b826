//! A folder with a configuration, sites to read, and the binary at work there.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::Value;

/// Longest wait for anything that should come at once, on a busy machine.
pub const SOON: Duration = Duration::from_mins(1);

/// Sites `a.localhost`, `b.localhost` and so on, of three items each.
pub async fn sites() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(site)).await });
    address
}

/// Whether the slow site has been stuck already: it answers its second visitor.
pub static STUCK: AtomicBool = AtomicBool::new(false);

async fn site(headers: HeaderMap, uri: Uri) -> (StatusCode, String) {
    let host = headers["host"].to_str().unwrap();
    let name = host.split('.').next().unwrap();
    if uri.path() != "/feed.xml" {
        return (StatusCode::NOT_FOUND, String::new());
    }
    if name == "incet" && !STUCK.swap(true, Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
    let mut xml = String::from("<rss version=\"2.0\"><channel><title>Sursă</title>");
    for number in 1..=3 {
        let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(number);
        let date = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        let text = "Asociația oferă consiliere gratuită familiilor din comunitate și caută voluntari pentru atelierele de weekend. ".repeat(8) + &own_words(name, number);
        let _ = write!(
            xml,
            "<item><guid>{name}-{number}</guid><link>http://{host}/{number}</link><title>Voluntari {name} {number}</title><pubDate>{date}</pubDate><description>{text}</description></item>"
        );
    }
    xml.push_str("</channel></rss>");
    (StatusCode::OK, xml)
}

/// Words that no other item has: each is to be a story of its own, and so a result of its own.
fn own_words(name: &str, number: i64) -> String {
    let seed = name
        .bytes()
        .fold(number as u64, |seed, byte| seed * 31 + u64::from(byte));
    let mut random = fastrand::Rng::with_seed(seed);
    let mut word = || -> String { (0..8).map(|_| random.lowercase()).collect() };
    (0..48).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// A folder with a configuration for some of the sites.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub sites: SocketAddr,
}

impl Place {
    pub async fn new(sources: &[&str]) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
            sites: sites().await,
        };
        place.write(
            "vesti.toml",
            "[crawler]\nallow_networks = [\"127.0.0.0/8\", \"::1/128\"]\nhost_delay = \"1ms\"\nrobots = false\n",
        );
        place.set_sources(sources);
        place
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    pub fn set_sources(&self, ids: &[&str]) {
        let port = self.sites.port();
        let blocks: Vec<String> = ids
            .iter()
            .map(|id| format!("[[source]]\nid = \"{id}\"\nname = \"Sursa {id}\"\nurl = \"http://{id}.localhost:{port}/feed.xml\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]\n"))
            .collect();
        self.write("sources.toml", &blocks.join("\n"));
    }

    pub fn command(&self, args: &[&str]) -> Command {
        command(self.folder.path(), args)
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub async fn serve(&self) -> Vesti {
        Vesti::start(self.command(&["serve"]), self.folder.path()).await
    }
}

pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vesti"));
    command
        // What is installed on the machine must not matter.
        .env("VESTI_SEARCH__DICTIONARIES", "")
        .args(args)
        .arg("--config")
        .arg(folder.join("vesti.toml"))
        .arg("--data")
        .arg(folder.join("data"));
    command
}

/// A running service, killed when dropped.
pub struct Vesti {
    pub child: Child,
    pub base: String,
    pub log: std::path::PathBuf,
}

impl Vesti {
    pub async fn start(command: Command, folder: &Path) -> Self {
        Self::start_on(free_port(), command, folder).await
    }

    pub async fn start_on(port: u16, mut command: Command, folder: &Path) -> Self {
        let log = folder.join("log");
        let child = command
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut vesti = Self {
            child,
            base: format!("http://127.0.0.1:{port}"),
            log,
        };
        let began = Instant::now();
        while vesti.status("/healthz").await != Some(200) {
            let ended = vesti.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended: {}", vesti.said());
            assert!(began.elapsed() < SOON, "not up: {}", vesti.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        vesti
    }

    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    pub async fn status(&self, path: &str) -> Option<u16> {
        let answer = client().get(format!("{}{path}", self.base)).send().await;
        Some(answer.ok()?.status().as_u16())
    }

    pub async fn get(&self, path: &str) -> Value {
        let (_, body) = self.ask(path).await;
        serde_json::from_slice(&body).unwrap()
    }

    async fn ask(&self, path: &str) -> (u16, Vec<u8>) {
        let answer = client().get(format!("{}{path}", self.base)).send();
        let answer = answer.await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.bytes().await.unwrap().to_vec())
    }

    /// Waits until what a path answers is as wished. While a backup is put in force, the service says that it will be back.
    pub async fn until(&self, path: &str, wish: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let (status, body) = self.ask(path).await;
            if status != 503 {
                let value = serde_json::from_slice(&body).unwrap();
                if wish(&value) {
                    return value;
                }
            }
            let body = String::from_utf8_lossy(&body);
            assert!(began.elapsed() < SOON, "{path}: {body}; {}", self.said());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn until_said(&self, words: &str) -> String {
        let began = Instant::now();
        loop {
            let said = self.said();
            if said.contains(words) {
                return said;
            }
            assert!(began.elapsed() < SOON, "{words}: {said}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([name, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Ends it with SIGTERM, which must take no more than five seconds and end well.
    pub async fn stop(mut self) {
        self.signal("-TERM");
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            let late = began.elapsed() > Duration::from_secs(5);
            assert!(!late, "still there: {}", self.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert!(status.success(), "{status}: {}", self.said());
    }
}

impl Drop for Vesti {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
