//! Heads that are slow, endless, broken or no HTTP at all.

use std::time::Duration;

use vesti::domain::FaultKind::{Busy, Connect, Gone, Status, Timeout, Tls, TooLarge};

use crate::server::{NO_HTTP, Server, Step, answer, raw};
use crate::{Request, endure, expect_faults, fetcher, outcome, page};

#[tokio::test]
async fn slow_heads_time_out() {
    let slowly = Duration::from_millis(40);
    expect_faults(vec![
        ("silence", vec![Step::Stall], Timeout),
        (
            "half a head, then silence",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nContent-".to_vec()),
                Step::Stall,
            ],
            Timeout,
        ),
        (
            "a dripping head",
            vec![Step::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), slowly)],
            Timeout,
        ),
        (
            "dripping headers",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
                Step::Drip(b"x".to_vec(), slowly),
            ],
            Timeout,
        ),
    ])
    .await;
}

#[tokio::test]
async fn oversized_heads_are_cut_off() {
    let many = "X-Header: x\r\n".repeat(500);
    let huge = format!("X-Header: {}\r\n", "x".repeat(1_000_000));
    expect_faults(vec![
        ("too many headers", answer("200 OK", &many, "x"), TooLarge),
        ("a huge header", answer("200 OK", &huge, "x"), TooLarge),
        (
            "endless headers",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
                Step::Forever("X-Header: x\r\n".repeat(100).into_bytes()),
            ],
            TooLarge,
        ),
        (
            "one endless header",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
                Step::Forever(vec![b'x'; 10_000]),
            ],
            TooLarge,
        ),
        (
            "an endless status line",
            vec![
                Step::Send(b"HTTP/1.1 200 ".to_vec()),
                Step::Forever(vec![b'x'; 10_000]),
            ],
            TooLarge,
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_no_http_is_said_to_be_none() {
    let cases = [
        ("HTTP/0.9", &b"<html>no head at all</html>"[..]),
        ("an SSH banner", b"SSH-2.0-OpenSSH_9.2\r\n"),
        ("a mail server", b"220 mail.example.ro ESMTP\r\n"),
        ("another version", b"HTTP/7.3 200 OK\r\n\r\n"),
        ("letters for a status", b"HTTP/1.1 abc OK\r\n\r\n"),
        ("a status of two digits", b"HTTP/1.1 99 Low\r\n\r\n"),
        ("a status of four digits", b"HTTP/1.1 2000 High\r\n\r\n"),
        ("zeros", &[0; 2000]),
        ("a TLS alert", b"\x15\x03\x01\x00\x02\x02\x46"),
        ("an HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (
            "a header without a colon",
            b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\nx",
        ),
        (
            "a control character in a name",
            b"HTTP/1.1 200 OK\r\nX\x01Y: z\r\n\r\nx",
        ),
        (
            "two lengths",
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
        ),
        (
            "a negative length",
            b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        ),
        (
            "a length beyond numbers",
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx",
        ),
    ];
    let cases = cases
        .into_iter()
        .map(|(name, bytes)| (name, raw(bytes), Connect));
    expect_faults(cases.collect()).await;
}

#[tokio::test]
async fn connections_that_break_before_an_answer_are_faults_of_connecting() {
    expect_faults(vec![
        ("closed at once", vec![], Connect),
        ("reset at once", vec![Step::Reset], Connect),
        ("closed in the status line", raw("HTTP/1.1 20"), Connect),
        (
            "closed in the headers",
            raw("HTTP/1.1 200 OK\r\nContent-Ty"),
            Connect,
        ),
        (
            "reset in the headers",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec()),
                Step::Reset,
            ],
            Connect,
        ),
    ])
    .await;
    // A port that nobody listens on any more.
    let gone = Server::start().await.url("/");
    tokio::task::yield_now().await;
    let fault = endure(&fetcher(), &Request::feed(gone)).await.unwrap_err();
    assert_eq!(fault.kind, Connect, "{}", fault.message);
}

#[tokio::test]
async fn floods_of_interim_answers_end() {
    let fetcher = fetcher();
    let interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(50);
    let fault = outcome(&fetcher, vec![Step::Forever(interim.into_bytes())])
        .await
        .unwrap_err();
    assert!(
        matches!(fault.kind, Timeout | TooLarge),
        "{}",
        fault.message
    );
    // A few are in order.
    let few = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    let mut script = raw(few);
    script.extend(answer("200 OK", "", "<rss/>"));
    assert_eq!(outcome(&fetcher, script).await.unwrap().body, b"<rss/>");
    // A protocol that nobody asked for.
    let switch =
        raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: evil\r\nConnection: upgrade\r\n\r\njunk");
    assert!(outcome(&fetcher, switch).await.is_err());
}

#[tokio::test]
async fn tls_that_is_none_or_never_comes_is_told_apart() {
    let fetcher = &fetcher();
    let cases = [
        (
            "plain HTTP",
            answer("400 Bad Request", "", "speak HTTP"),
            Tls,
        ),
        ("noise", raw([0x16; 2000]), Tls),
        (
            "endless noise",
            vec![Step::Forever(vec![0x16; 10_000])],
            Tls,
        ),
        ("an alert", raw(b"\x15\x03\x03\x00\x02\x02\x28"), Tls),
        ("silence", vec![Step::Stall], Timeout),
        (
            "a record that never ends",
            vec![
                Step::Send(b"\x16\x03\x03\x40\x00".to_vec()),
                Step::Drip(b"x".to_vec(), Duration::from_millis(40)),
            ],
            Timeout,
        ),
        ("closing", vec![], Connect),
    ];
    let runs = cases.map(|(name, script, kind)| async move {
        let server = Server::start().await;
        server.on(NO_HTTP, script);
        let url = format!("https://{}/", server.address());
        let fault = endure(fetcher, &page(&url)).await.unwrap_err();
        assert_eq!(fault.kind, kind, "{name}: {}", fault.message);
    });
    futures::future::join_all(runs).await;
}

#[tokio::test]
async fn statuses_become_faults_in_plain_words() {
    let fetcher = fetcher();
    for (status, head, kind, retry_after) in [
        ("404 Not Found", "", Status, None),
        ("403 \u{1b}[31mForbidden\u{1b}[0m", "", Connect, None),
        (
            "401 Unauthorized",
            "WWW-Authenticate: Basic realm=\"secret\"\r\n",
            Status,
            None,
        ),
        ("500 Oops secret", "", Status, None),
        ("503 Down", "", Status, None),
        (
            "206 Partial Content",
            "Content-Range: bytes 0-0/9\r\n",
            Status,
            None,
        ),
        ("304 Not Modified", "", Status, None),
        ("300 Multiple Choices", "", Status, None),
        ("999 Odd", "", Status, None),
        ("410 Gone", "", Gone, None),
        ("503 Down", "Retry-After: 90\r\n", Busy, Some(90)),
        (
            "429 Slow Down",
            "Retry-After: 99999999999999999999\r\n",
            Busy,
            Some(604_800),
        ),
        (
            "429 Slow Down",
            "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
            Busy,
            Some(0),
        ),
        ("429 Slow Down", "Retry-After: whenever\r\n", Busy, None),
    ] {
        let fault = outcome(&fetcher, answer(status, head, ""))
            .await
            .unwrap_err();
        assert_eq!(
            (fault.kind, fault.retry_after),
            (kind, retry_after),
            "{status}: {}",
            fault.message
        );
    }
    // An error page is not read, so it may be endless.
    let endless = vec![
        Step::Send(b"HTTP/1.1 404 Not Found\r\n\r\n".to_vec()),
        Step::Forever(vec![b'x'; 10_000]),
    ];
    assert_eq!(outcome(&fetcher, endless).await.unwrap_err().kind, Status);
}

#[tokio::test]
async fn a_kept_connection_that_breaks_is_no_fault() {
    let server = Server::start().await;
    let fetcher = fetcher();
    // Promises to keep the connection, takes the next request on it, and hangs up.
    server.on(
        "/first",
        vec![
            Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec()),
            Step::Take,
        ],
    );
    server.on("/second", answer("200 OK", "", "ok"));
    for path in ["/first", "/second"] {
        let fetched = fetcher
            .fetch(&Request::feed(server.url(path)))
            .await
            .unwrap();
        assert_eq!(fetched.body, b"ok");
    }
    // Once more and no oftener.
    server.on("/never", vec![]);
    assert!(
        fetcher
            .fetch(&Request::feed(server.url("/never")))
            .await
            .is_err()
    );
    assert!(server.count("/never") <= 2);
}

#[tokio::test]
async fn noise_of_any_kind_is_answered_within_bounds() {
    let mut whole = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut writer, &b"<rss><item/></rss>".repeat(20)).unwrap();
    let packed = writer.finish().unwrap();
    whole.extend_from_slice(format!("{:x}\r\n", packed.len()).as_bytes());
    whole.extend_from_slice(&packed);
    whole.extend_from_slice(b"\r\n0\r\nX-Trailer: x\r\n\r\n");

    let mut random = fastrand::Rng::with_seed(20_261_121);
    let server = Server::start().await;
    let fetcher = fetcher();
    let mut well = 0;
    for number in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..random.usize(0..4) {
            let at = random.usize(0..bytes.len());
            match random.u8(0..4) {
                0 => bytes[at] = random.u8(..),
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, random.u8(..)),
                _ => bytes.extend_from_within(at..),
            }
        }
        let path = format!("/{number}");
        server.on(&path, raw(bytes));
        match fetcher.fetch(&Request::feed(server.url(&path))).await {
            Ok(fetched) => well += usize::from(fetched.body.len() == 360),
            Err(fault) => crate::assert_plain(&fault.message),
        }
    }
    assert!(
        (50..300).contains(&well),
        "{well} of 300 survived their damage"
    );
}
