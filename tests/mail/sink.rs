//! A mail server on loopback that says what it is told to, and keeps what it takes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A mail that was taken.
#[derive(Debug, Clone)]
pub struct Letter {
    pub from: String,
    pub to: Vec<String>,
    pub data: Vec<u8>,
    pub encrypted: bool,
    pub login: Option<String>,
}

impl Letter {
    pub fn header(&self, name: &str) -> Option<String> {
        use mailparse::MailHeaderMap;
        let (headers, _) = mailparse::parse_headers(&self.data).unwrap();
        headers.get_first_value(name)
    }

    /// The content of its part of a type.
    pub fn part(&self, kind: &str) -> String {
        let mail = mailparse::parse_mail(&self.data).unwrap();
        assert_eq!(mail.ctype.mimetype, "multipart/alternative");
        let part = mail
            .subparts
            .iter()
            .find(|part| part.ctype.mimetype == kind)
            .unwrap();
        assert_eq!(part.ctype.charset, "utf-8");
        part.get_body().unwrap().replace("\r\n", "\n")
    }

    /// The first link in its text that has this in it.
    pub fn link(&self, part: &str) -> String {
        self.part("text/plain")
            .split_whitespace()
            .find(|word| word.starts_with("http") && word.contains(part))
            .unwrap_or_else(|| panic!("no {part} in {}", self.part("text/plain")))
            .to_owned()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Mail,
    Rcpt,
    Dot,
}

#[derive(Debug, Clone)]
pub enum Action {
    /// Says this.
    Reply(&'static str),
    /// Takes the mail, but closes the connection before it says so.
    TakeAndHangUp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    None,
    Start,
    Implicit,
}

#[derive(Default)]
struct State {
    letters: Vec<Letter>,
    script: Vec<(Stage, Action)>,
    connections: usize,
    /// How long it takes before it says that it has a mail, in milliseconds: at most.
    pause: u64,
}

pub struct Sink {
    pub address: SocketAddr,
    /// The certificate (PEM), where there is one.
    pub certificate: String,
    state: Arc<Mutex<State>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sink {
    pub async fn start(tls: Tls) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::on(listener, tls)
    }

    pub fn on(listener: TcpListener, tls: Tls) -> Self {
        let address = listener.local_addr().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let state: Arc<Mutex<State>> = Arc::default();
        let task = tokio::spawn({
            let state = state.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (state, acceptor) = (state.clone(), acceptor.clone());
                    state.lock().unwrap().connections += 1;
                    tokio::spawn(async move {
                        // Whatever the client does is its own affair.
                        let _ = serve(stream, tls, &acceptor, &state).await;
                    });
                }
            }
        });
        Self {
            address,
            certificate: pem(made.cert.der()),
            state,
            task,
        }
    }

    /// What it does when next asked at a stage; otherwise it agrees.
    pub fn next(&self, stage: Stage, action: Action) {
        self.state.lock().unwrap().script.push((stage, action));
    }

    /// From now on it takes a while to store a mail, up to so many milliseconds.
    pub fn be_slow(&self, millis: u64) {
        self.state.lock().unwrap().pause = millis;
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.state.lock().unwrap().letters.clone()
    }

    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }

    /// Whether everything that it was told to do was done.
    pub fn done(&self) -> bool {
        self.state.lock().unwrap().script.is_empty()
    }

    /// Waits for so many letters.
    pub async fn wait(&self, count: usize) -> Vec<Letter> {
        for _ in 0..1_000 {
            let letters = self.letters();
            if letters.len() >= count {
                return letters;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{} letters instead of {count}", self.letters().len());
    }
}

fn pem(der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

async fn serve(
    mut stream: TcpStream,
    tls: Tls,
    acceptor: &TlsAcceptor,
    state: &Mutex<State>,
) -> std::io::Result<()> {
    match tls {
        Tls::Implicit => {
            let mut stream = acceptor.accept(stream).await?;
            converse(&mut stream, tls, true, true, state).await?;
        }
        Tls::None | Tls::Start => {
            if converse(&mut stream, tls, false, true, state).await? {
                let mut stream = acceptor.accept(stream).await?;
                converse(&mut stream, tls, true, false, state).await?;
            }
        }
    }
    Ok(())
}

/// Talks until the client leaves; says whether it wants to be encrypted.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    tls: Tls,
    encrypted: bool,
    greet: bool,
    state: &Mutex<State>,
) -> std::io::Result<bool> {
    use base64::Engine as _;
    let mut stream = BufReader::new(stream);
    if greet {
        stream.write_all(b"220 sink ESMTP\r\n").await?;
    }
    let (mut from, mut to, mut login) = (String::new(), Vec::new(), None);
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(false);
        }
        let command = line.trim_end().to_owned();
        let word = command
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_uppercase();
        let told = |stage| {
            let script = &mut state.lock().unwrap().script;
            let at = script.iter().position(|(of, _)| *of == stage)?;
            Some(script.remove(at).1)
        };
        let scripted = match word.as_str() {
            "MAIL" => told(Stage::Mail),
            "RCPT" => told(Stage::Rcpt),
            _ => None,
        };
        if let Some(Action::Reply(reply)) = scripted {
            stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
            continue;
        }
        let address = || {
            let inside = command.split_once('<').map_or("", |(_, rest)| rest);
            inside.split('>').next().unwrap_or_default().to_owned()
        };
        let reply = match word.as_str() {
            "EHLO" if tls == Tls::Start && !encrypted => {
                "250-sink\r\n250-8BITMIME\r\n250 STARTTLS".to_owned()
            }
            "EHLO" => "250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN".to_owned(),
            "STARTTLS" => {
                stream.write_all(b"220 go on\r\n").await?;
                return Ok(true);
            }
            "AUTH" => {
                let given = command.split_whitespace().nth(2).unwrap_or_default();
                let given = base64::engine::general_purpose::STANDARD
                    .decode(given)
                    .unwrap();
                let given = String::from_utf8(given).unwrap().replace('\0', "/");
                if given == "/vesti/secret" {
                    login = Some(given);
                    "235 welcome".to_owned()
                } else {
                    "535 who are you?".to_owned()
                }
            }
            "MAIL" => {
                from = address();
                "250 ok".to_owned()
            }
            "RCPT" => {
                to.push(address());
                "250 ok".to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut data = Vec::new();
                loop {
                    let mut line = Vec::new();
                    if stream.read_until(b'\n', &mut line).await? == 0 {
                        return Ok(false);
                    }
                    if line == b".\r\n" {
                        break;
                    }
                    data.extend(line.strip_prefix(b".").unwrap_or(&line));
                }
                let pause = state.lock().unwrap().pause;
                if pause > 0 {
                    let pause = std::time::Duration::from_millis(fastrand::u64(..=pause));
                    tokio::time::sleep(pause).await;
                }
                let action = told(Stage::Dot);
                if let Some(Action::Reply(reply)) = action {
                    stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
                    (from, to) = (String::new(), Vec::new());
                    continue;
                }
                state.lock().unwrap().letters.push(Letter {
                    from: std::mem::take(&mut from),
                    to: std::mem::take(&mut to),
                    data,
                    encrypted,
                    login: login.clone(),
                });
                if action.is_some() {
                    return Ok(false);
                }
                if pause > 0 {
                    tokio::time::sleep(std::time::Duration::from_millis(fastrand::u64(..=pause)))
                        .await;
                }
                "250 taken".to_owned()
            }
            "RSET" => {
                (from, to) = (String::new(), Vec::new());
                "250 ok".to_owned()
            }
            "NOOP" => "250 ok".to_owned(),
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(false);
            }
            _ => "502 what?".to_owned(),
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}
