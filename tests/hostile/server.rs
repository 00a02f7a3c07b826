//! A real server on loopback that does exactly what each path's script says, however rude.
//!
//! `server.on("/path", script)` sets what a path does; a path without a script answers 404. Set several times, the scripts of a
//! path are played in turn, the last one for ever. Every request is remembered.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

/// The "path" of a request that is no HTTP: a TLS hello.
pub const NO_HTTP: &str = "(no HTTP)";

/// One thing that the server does with a connection.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes again and again until nobody takes them.
    Forever(Vec<u8>),
    /// Sends these bytes one by one with a pause after each, again and again.
    Drip(Vec<u8>, Duration),
    /// Says nothing until the client goes away.
    Stall,
    /// Takes another request on the same connection and forgets it.
    Take,
    /// Breaks the connection off so that the client sees a reset.
    Reset,
}

/// What a path does, from the end of the request on; then the connection is closed.
pub type Script = Vec<Step>;

/// Sends these bytes and closes.
pub fn raw(bytes: impl AsRef<[u8]>) -> Script {
    vec![Step::Send(bytes.as_ref().to_vec())]
}

/// A proper answer: `head` holds the header lines, each ended by `\r\n`.
pub fn answer(status: &str, head: &str, body: impl AsRef<[u8]>) -> Script {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{head}\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    raw(bytes)
}

/// A proper document.
pub fn document(content_type: &str, body: impl AsRef<[u8]>) -> Script {
    answer("200 OK", &format!("Content-Type: {content_type}\r\n"), body)
}

/// A redirect.
pub fn redirect(status: u16, location: &str) -> Script {
    answer(
        &format!("{status} Elsewhere"),
        &format!("Location: {location}\r\n"),
        "",
    )
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Path and query.
    pub path: String,
    /// The whole head, as text.
    pub head: String,
}

impl Seen {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

#[derive(Default)]
struct State {
    scripts: Mutex<HashMap<String, Vec<Script>>>,
    seen: Mutex<Vec<Seen>>,
    busy: AtomicUsize,
    busiest: AtomicUsize,
}

/// The server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on a free port of 127.0.0.1.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State::default());
        let task = tokio::spawn({
            let state = Arc::clone(&state);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(attend(stream, Arc::clone(&state)));
                }
            }
        });
        Self {
            address,
            state,
            task,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}", self.address))
            .and_then(|base| base.join(path))
            .expect("a URL")
    }

    /// What a path does from now on; set again, what it does the next time.
    pub fn on(&self, path: &str, script: Script) {
        let mut scripts = self.state.scripts.lock().expect("scripts");
        scripts.entry(path.to_owned()).or_default().push(script);
    }

    /// What a path does from now on, whatever was set before.
    pub fn instead(&self, path: &str, script: Script) {
        let mut scripts = self.state.scripts.lock().expect("scripts");
        scripts.insert(path.to_owned(), vec![script]);
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().expect("requests").clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.path == path).count()
    }

    /// Returns when no script is being played any more.
    pub async fn idle(&self) {
        while self.state.busy.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Most requests that were being answered at the same time.
    pub fn busiest(&self) -> usize {
        self.state.busiest.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn attend(mut stream: TcpStream, state: Arc<State>) {
    let Some(head) = read_head(&mut stream).await else {
        return;
    };
    let path = match head.strip_prefix("GET ") {
        Some(rest) => rest.split(' ').next().unwrap_or_default().to_owned(),
        None => NO_HTTP.to_owned(),
    };
    let script = {
        let mut scripts = state.scripts.lock().expect("scripts");
        match scripts.get_mut(&path) {
            Some(turns) if turns.len() > 1 => turns.remove(0),
            Some(turns) => turns[0].clone(),
            None => answer("404 Not Found", "", ""),
        }
    };
    state
        .seen
        .lock()
        .expect("requests")
        .push(Seen { path, head });
    let now = state.busy.fetch_add(1, Ordering::SeqCst) + 1;
    state.busiest.fetch_max(now, Ordering::SeqCst);
    // An error means that the client has gone, which is what most scripts are there to make it do.
    let _ = play(&mut stream, script).await;
    state.busy.fetch_sub(1, Ordering::SeqCst);
}

/// The head of a request; whatever else comes (a TLS hello) after the first piece.
async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream
            .read(&mut piece)
            .await
            .ok()
            .filter(|count| *count > 0)?;
        head.extend_from_slice(&piece[..count]);
        let http = head.starts_with(b"GET");
        if !http || head.windows(4).any(|end| end == b"\r\n\r\n") || head.len() > 100_000 {
            return Some(String::from_utf8_lossy(&head).into_owned());
        }
    }
}

async fn play(stream: &mut TcpStream, script: Script) -> std::io::Result<()> {
    for step in script {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Forever(bytes) => loop {
                stream.write_all(&bytes).await?;
            },
            Step::Drip(bytes, pause) => {
                for byte in bytes.iter().cycle() {
                    stream.write_all(&[*byte]).await?;
                    tokio::time::sleep(pause).await;
                }
            }
            Step::Stall => {
                let mut rest = [0; 1024];
                while stream.read(&mut rest).await? > 0 {}
            }
            Step::Take => {
                read_head(stream).await;
            }
            Step::Reset => {
                stream.set_zero_linger()?;
                return Ok(());
            }
        }
    }
    stream.shutdown().await
}
