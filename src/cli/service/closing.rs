//! Ends taking in connections without losing a question that is on its way.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long those who have just connected have for asking, at most, after nobody else is let in: a connection on which nothing
/// was asked yet is closed at once when the server ends, and whoever was about to ask would get no answer.
const LAST: Duration = Duration::from_secs(1);

/// Lets nobody in once it is to stop; they wait at the door for whoever listens there next.
pub(super) struct Closing {
    listener: TcpListener,
    stop: watch::Receiver<bool>,
    silent: Silent,
}

/// How many were let in and have not asked anything yet.
#[derive(Clone)]
struct Silent(watch::Sender<usize>);

impl Closing {
    pub fn new(listener: TcpListener, stop: watch::Receiver<bool>) -> Self {
        Self {
            listener,
            stop,
            silent: Silent(watch::Sender::new(0)),
        }
    }

    /// Until those who were let in have asked, once it is to stop.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        let (mut stop, mut silent) = (self.stop.clone(), self.silent.0.subscribe());
        async move {
            told(&mut stop).await;
            let _ = tokio::time::timeout(LAST, silent.wait_for(|silent| *silent == 0)).await;
        }
    }
}

impl Listener for Closing {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = tokio::select! {
            biased;
            () = told(&mut self.stop) => std::future::pending().await,
            accepted = Listener::accept(&mut self.listener) => accepted,
        };
        // Answers are written whole: nothing is gained by holding back their ends.
        let _ = stream.set_nodelay(true);
        self.silent.0.send_modify(|silent| *silent += 1);
        let silent = Some(self.silent.clone());
        (Connection { stream, silent }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// A connection that tells when something was asked on it for the first time, or will not be.
pub(super) struct Connection {
    stream: TcpStream,
    silent: Option<Silent>,
}

impl Connection {
    fn speaks(&mut self) {
        if let Some(silent) = self.silent.take() {
            silent.0.send_modify(|silent| *silent -= 1);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.speaks();
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = ready!(Pin::new(&mut self.stream).poll_read(cx, buf));
        self.speaks();
        Poll::Ready(read)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn who_was_let_in_is_heard_and_nobody_waits_for_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = watch::Sender::new(false);
        let mut door = Closing::new(listener, stop.subscribe());

        let mut client = TcpStream::connect(address).await.unwrap();
        let (mut connection, _) = door.accept().await;
        let ended = tokio::spawn(door.ended());
        stop.send_replace(true);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!ended.is_finished(), "it has not asked yet");
        client.write_all(b"?").await.unwrap();
        connection.read_u8().await.unwrap();
        ended.await.unwrap();

        let began = Instant::now();
        door.ended().await;
        assert!(began.elapsed() < LAST, "all have asked");
        let more = TcpStream::connect(address).await.unwrap();
        let none = tokio::time::timeout(Duration::from_millis(20), door.accept()).await;
        assert!(none.is_err(), "nobody else is let in");
        drop(more);
    }
}
