//! Telling the service manager how the service is (sd_notify(3)): that it is up, that it is alive, that it stops.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::store::Store;

/// Longest wait for the store and for the web server, when it is asked whether they answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The service manager, where there is one that listens.
pub(super) struct Manager {
    #[cfg(unix)]
    socket: Option<std::os::unix::net::UnixDatagram>,
    /// How often it wants to hear from us.
    every: Option<Duration>,
}

impl Manager {
    /// The one that the environment names.
    pub fn of_environment() -> Self {
        let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
        let ours = number("WATCHDOG_PID").is_none_or(|pid| pid == u64::from(std::process::id()));
        Self {
            #[cfg(unix)]
            socket: std::env::var_os("NOTIFY_SOCKET").and_then(|name| connect(&name).ok()),
            every: number("WATCHDOG_USEC")
                .filter(|_| ours)
                .map(Duration::from_micros),
        }
    }

    /// Everything answers.
    pub fn ready(&self) {
        self.say("READY=1");
    }

    /// It does something that takes no longer than a moment; store and web server are not asked.
    pub fn alive(&self) {
        if self.every.is_some() {
            self.say("WATCHDOG=1");
        }
    }

    /// It was asked to stop, and does.
    pub fn stopping(&self) {
        self.say("STOPPING=1");
    }

    fn say(&self, what: &str) {
        #[cfg(unix)]
        if let Some(socket) = &self.socket
            && let Err(error) = socket.send(what.as_bytes())
        {
            tracing::debug!(%error, "the service manager does not listen");
        }
        #[cfg(not(unix))]
        let _ = what;
    }

    /// Says that the service is alive, for as long as the store can be read and the web server answers. One that hangs falls
    /// silent, and is started anew.
    pub async fn keep_alive(
        &self,
        store: Store,
        address: SocketAddr,
        mut stop: watch::Receiver<bool>,
    ) {
        let Some(every) = self.every else {
            return;
        };
        while !*stop.borrow() {
            let alive = tokio::time::timeout(PATIENCE, answers(store.clone(), address)).await;
            if alive.unwrap_or(false) {
                self.say("WATCHDOG=1");
            } else {
                tracing::error!(
                    "the service does not answer itself; the service manager is not told that it is alive"
                );
            }
            tokio::select! {
                () = tokio::time::sleep(every / 3) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

async fn answers(store: Store, address: SocketAddr) -> bool {
    let read = tokio::task::spawn_blocking(move || store.head().is_ok());
    read.await.unwrap_or(false) && asked(address).await.unwrap_or(false)
}

async fn asked(mut address: SocketAddr) -> std::io::Result<bool> {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).await?;
    Ok(begin.ends_with(b" 200"))
}

#[cfg(unix)]
fn connect(name: &std::ffi::OsStr) -> std::io::Result<std::os::unix::net::UnixDatagram> {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    let socket = UnixDatagram::unbound()?;
    let address = match name.as_bytes().strip_prefix(b"@") {
        #[cfg(target_os = "linux")]
        Some(rest) => {
            use std::os::linux::net::SocketAddrExt as _;
            SocketAddr::from_abstract_name(rest)?
        }
        _ => SocketAddr::from_pathname(name)?,
    };
    socket.connect_addr(&address)?;
    Ok(socket)
}
