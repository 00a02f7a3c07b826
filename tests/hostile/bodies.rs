//! Bodies that are endless, dripping, short, long, damaged, or far larger than they look.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use vesti::domain::FaultKind::{Body, Timeout, TooLarge};

use crate::server::{Script, Step, answer, raw};
use crate::{MAX_BODY, expect_body, expect_faults};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\n\r\n";
const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(plain).unwrap();
    writer.finish().unwrap()
}

fn zlib(plain: &[u8]) -> Vec<u8> {
    let mut writer = ZlibEncoder::new(Vec::new(), Compression::best());
    writer.write_all(plain).unwrap();
    writer.finish().unwrap()
}

fn zstd(plain: &[u8]) -> Vec<u8> {
    compress_to_vec(plain, CompressionLevel::Fastest)
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    writer.write_all(plain).unwrap();
    writer.into_inner()
}

fn encoded(encoding: &str, body: impl AsRef<[u8]>) -> Script {
    answer("200 OK", &format!("Content-Encoding: {encoding}\r\n"), body)
}

#[tokio::test]
async fn endless_bodies_stop_at_the_limit() {
    expect_faults(vec![
        (
            "endless",
            vec![Step::Send(OK.to_vec()), Step::Forever(vec![b'x'; 10_000])],
            TooLarge,
        ),
        (
            "endless in chunks",
            vec![
                Step::Send(CHUNKED.to_vec()),
                Step::Forever([&b"2710\r\n"[..], &[b'x'; 10_000], b"\r\n"].concat()),
            ],
            TooLarge,
        ),
        (
            "one chunk of 16 exabytes",
            vec![
                Step::Send([CHUNKED, b"fffffffffffffff0\r\n"].concat()),
                Step::Forever(vec![b'x'; 10_000]),
            ],
            TooLarge,
        ),
        (
            "a promise of a petabyte",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\n\r\n".to_vec()),
                Step::Stall,
            ],
            TooLarge,
        ),
        (
            "one byte too many",
            answer("200 OK", "", vec![b'x'; MAX_BODY + 1]),
            TooLarge,
        ),
        (
            "endless chunk extensions",
            vec![
                Step::Send([CHUNKED, b"1;"].concat()),
                Step::Forever(vec![b'x'; 10_000]),
            ],
            Body,
        ),
        (
            "endless trailers",
            vec![
                Step::Send([CHUNKED, b"1\r\nx\r\n0\r\n"].concat()),
                Step::Forever(b"X-Trailer: x\r\n".repeat(500)),
            ],
            Body,
        ),
    ])
    .await;
    let most = vec![b'x'; MAX_BODY];
    expect_body(answer("200 OK", "", &most), &most).await;
}

#[tokio::test]
async fn slow_bodies_time_out() {
    expect_faults(vec![
        (
            "dripping",
            vec![
                Step::Send(OK.to_vec()),
                Step::Drip(b"x".to_vec(), Duration::from_millis(50)),
            ],
            Timeout,
        ),
        (
            "stopping in the middle",
            vec![Step::Send([OK, b"<rss>"].concat()), Step::Stall],
            Timeout,
        ),
        (
            "keeping the last byte",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/".to_vec()),
                Step::Stall,
            ],
            Timeout,
        ),
    ])
    .await;
}

#[tokio::test]
async fn wrong_lengths_are_harmless() {
    expect_faults(vec![
        (
            "shorter than promised",
            raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss/>"),
            Body,
        ),
        (
            "a chunk cut short",
            raw([CHUNKED, b"64\r\n<rss/>"].concat()),
            Body,
        ),
        (
            "no last chunk",
            raw([CHUNKED, b"6\r\n<rss/>\r\n"].concat()),
            Body,
        ),
        (
            "a size that is none",
            raw([CHUNKED, b"zz\r\n<rss/>\r\n0\r\n\r\n"].concat()),
            Body,
        ),
        (
            "reset in the middle",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss/>".to_vec()),
                Step::Reset,
            ],
            Body,
        ),
    ])
    .await;
    expect_body(
        raw("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>and more"),
        b"<rss/>",
    )
    .await;
    expect_body(raw("HTTP/1.1 200 OK\r\n\r\n<rss/>"), b"<rss/>").await;
    expect_body(raw("HTTP/1.1 204 No Content\r\n\r\n"), b"").await;
    expect_body(answer("200 OK", "Content-Encoding: gzip\r\n", ""), b"").await;
}

#[tokio::test]
async fn bombs_stop_at_the_limit() {
    let zeros = vec![0; 4_000_000];
    expect_faults(vec![
        ("gzip", encoded("gzip", gzip(&zeros)), TooLarge),
        ("deflate", encoded("deflate", zlib(&zeros)), TooLarge),
        ("brotli", encoded("br", brotli(&zeros)), TooLarge),
        ("zstd", encoded("zstd", zstd(&zeros)), TooLarge),
        (
            "gzip in gzip",
            encoded("gzip, gzip", gzip(&gzip(&zeros))),
            TooLarge,
        ),
        (
            "in chunks",
            raw([
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n",
                format!("{:x}\r\n", gzip(&zeros).len()).as_bytes(),
                &gzip(&zeros),
                b"\r\n0\r\n\r\n",
            ]
            .concat()),
            TooLarge,
        ),
        (
            "four times over",
            encoded("gzip, gzip, gzip, gzip", gzip(b"x")),
            Body,
        ),
    ])
    .await;
}

#[tokio::test]
async fn damaged_compression_is_a_fault_and_odd_declarations_are_not() {
    let whole = gzip(b"<rss>Stiri noi si vechi, apeluri deschise</rss>");
    let mut flipped = whole.clone();
    flipped[14] ^= 0x55;
    let mut window = zstd(b"<rss/>");
    // A frame that asks for a window of terabytes.
    window.splice(4.., [0x00, 0xf8, 0x01, 0x00, 0x00]);
    expect_faults(vec![
        (
            "cut short",
            encoded("gzip", &whole[..whole.len() - 10]),
            Body,
        ),
        ("a flipped byte", encoded("gzip", &flipped), Body),
        ("noise", encoded("br", [0x8b; 100]), Body),
        ("a huge window", encoded("zstd", window), Body),
        ("unknown packing", encoded("compress", "x"), Body),
    ])
    .await;
    expect_body(encoded("gzip", "<rss/>"), b"<rss/>").await;
    expect_body(encoded("utf-8", "<rss/>"), b"<rss/>").await;
    expect_body(encoded("X-GZIP", gzip(b"<rss/>")), b"<rss/>").await;
    expect_body(encoded("br, gzip", gzip(&brotli(b"<rss/>"))), b"<rss/>").await;
    let frames = [
        &zstd(b"<rss>"),
        &b"\x50\x2a\x4d\x18\x02\0\0\0xx"[..],
        &zstd(b"</rss>"),
    ]
    .concat();
    expect_body(encoded("zstd", frames), b"<rss></rss>").await;
}
