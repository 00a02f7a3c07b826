//! For how long connections are kept: a visit's next request needs one, the next visit does not.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use vesti::clock::{SharedClock, SystemClock};

use super::{Rig, source};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Opened,
    Asked(String),
    Closed,
}

/// Answers 404 to everything and never hangs up by itself; tells what it sees.
async fn listen() -> (u16, mpsc::UnboundedReceiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, seen) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let tell = tell.clone();
            tokio::spawn(async move {
                let _ = tell.send(Seen::Opened);
                let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
                while let Ok(count @ 1..) = stream.read(&mut buffer).await {
                    request.extend_from_slice(&buffer[..count]);
                    if request.ends_with(b"\r\n\r\n") {
                        let asked = String::from_utf8_lossy(&request);
                        let path = asked.split(' ').nth(1).unwrap_or_default();
                        let _ = tell.send(Seen::Asked(path.to_owned()));
                        request.clear();
                        let answer = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
                        stream.write_all(answer).await.unwrap();
                    }
                }
                let _ = tell.send(Seen::Closed);
            });
        }
    });
    (port, seen)
}

#[tokio::test]
async fn a_visit_asks_over_one_connection_which_is_not_kept_for_the_next_visit() {
    let (port, mut seen) = listen().await;
    let mut feed = source("sursa", &format!("http://127.0.0.1:{port}/"));
    feed.feed = Some(format!("http://127.0.0.1:{port}/feed/").parse().unwrap());
    let clock: SharedClock = Arc::new(SystemClock);
    let rig = Rig::new(vec![feed], clock).await;
    rig.pass().await;
    let mut told = Vec::new();
    while let Ok(Some(one)) = tokio::time::timeout(PATIENCE, seen.recv()).await {
        let closed = one == Seen::Closed;
        told.push(one);
        if closed {
            break;
        }
    }
    // Nothing here ends it but the crawler, which lives on.
    assert_eq!(told.first(), Some(&Seen::Opened));
    assert_eq!(told.last(), Some(&Seen::Closed), "{told:?}");
    let asked = told.iter().filter(|one| matches!(one, Seen::Asked(_)));
    assert!(asked.count() >= 2, "{told:?}");
    let opened = told.iter().filter(|one| **one == Seen::Opened);
    assert_eq!(opened.count(), 1, "{told:?}");
    drop(rig);
}
