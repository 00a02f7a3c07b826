//! Ends taking in connections without losing a question that is on its way.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long those who have just connected have for asking, after nobody else is let in: a connection on which nothing was
/// asked yet is closed at once when the server ends, and whoever was about to ask would get no answer.
const LAST: Duration = Duration::from_millis(150);

/// Lets nobody in once it is to stop; they wait at the door for whoever listens there next.
pub(super) struct Closing {
    listener: TcpListener,
    stop: watch::Receiver<bool>,
}

impl Closing {
    pub fn new(listener: TcpListener, stop: watch::Receiver<bool>) -> Self {
        Self { listener, stop }
    }
}

impl Listener for Closing {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        tokio::select! {
            biased;
            () = told(&mut self.stop) => std::future::pending().await,
            accepted = Listener::accept(&mut self.listener) => accepted,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Until those who were let in have asked, once it is to stop.
pub(super) async fn ended(mut stop: watch::Receiver<bool>) {
    told(&mut stop).await;
    tokio::time::sleep(LAST).await;
}

async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
