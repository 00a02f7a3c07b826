//! Bodies: read piece by piece, decompressed, never larger than allowed at any moment.
//!
//! Decompression is done here and not by the HTTP client, since servers nest encodings, write them in odd ways,
//! declare them for bodies that have none, and ask for windows of a gigabyte.

use std::io::{self, Read};
use std::time::Duration;

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

use super::fault::{fault, from_client, millis};
use crate::domain::{Fault, FaultKind, Reason, plain};

/// Most encodings on top of each other.
const MAX_LAYERS: usize = 3;

/// Bodies larger than this are decompressed on a thread of their own.
const LARGE: usize = 128 * 1024;

/// Largest window of zstd, in bytes (RFC 9659).
const ZSTD_WINDOW: u64 = 8 << 20;

/// How much may be read, and what to do with more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cap {
    /// Bytes, before as well as after decompression.
    pub(super) bytes: usize,
    /// Keep the beginning of what is larger, instead of failing.
    pub(super) cut: bool,
}

impl Cap {
    fn too_large(self) -> Fault {
        let bytes = self.bytes as u64;
        fault(FaultKind::TooLarge, Reason::TooLarge { bytes })
    }
}

/// Reads a whole body. Nothing for `idle` long is a fault; the caller bounds the whole.
pub(super) async fn read(
    mut response: Response,
    cap: Cap,
    idle: Duration,
    host: &str,
) -> Result<Vec<u8>, Fault> {
    let encodings = encodings(response.headers())?;
    let length = response.content_length().unwrap_or(0);
    if length > cap.bytes as u64 && !cap.cut {
        return Err(cap.too_large());
    }
    // What the server promises is a hint, not more.
    let mut body = Vec::with_capacity(usize::try_from(length).unwrap_or(0).min(256 * 1024));
    loop {
        let piece = tokio::time::timeout(idle, response.chunk())
            .await
            .map_err(|_| {
                let (host, millis) = (host.to_owned(), millis(idle));
                fault(FaultKind::Timeout, Reason::Stalled { host, millis })
            })?
            .map_err(|error| from_client(&error, host, idle, true))?;
        let Some(piece) = piece else { break };
        let room = cap.bytes - body.len();
        if piece.len() > room {
            if !cap.cut {
                return Err(cap.too_large());
            }
            body.extend_from_slice(&piece[..room]);
            break;
        }
        body.extend_from_slice(&piece);
    }
    drop(response);
    if encodings.is_empty() || body.is_empty() {
        return Ok(body);
    }
    if body.len() <= LARGE {
        return decode(body, &encodings, cap);
    }
    tokio::task::spawn_blocking(move || decode(body, &encodings, cap))
        .await
        .unwrap_or_else(|_| Err(broken()))
}

/// One encoding of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// The encodings of a body in the order in which they were applied.
fn encodings(headers: &HeaderMap) -> Result<Vec<Encoding>, Fault> {
    let mut found = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        for token in value.split(',').map(str::trim) {
            found.push(match token {
                "gzip" | "x-gzip" => Encoding::Gzip,
                "deflate" => Encoding::Deflate,
                "br" => Encoding::Brotli,
                "zstd" => Encoding::Zstd,
                "compress" | "x-compress" | "lzma" | "xz" | "bzip2" | "sdch" | "dcb" | "dcz"
                | "exi" | "aes128gcm" | "pack200-gzip" => {
                    let said = plain(token, 20);
                    return Err(fault(FaultKind::Body, Reason::UnknownPacking { said }));
                }
                // "identity", "none", "utf-8", "text/html": seen in the wild, meaning nothing.
                _ => continue,
            });
            if found.len() > MAX_LAYERS {
                let most = MAX_LAYERS as u64;
                return Err(fault(FaultKind::Body, Reason::PackedTooOften { most }));
            }
        }
    }
    Ok(found)
}

fn broken() -> Fault {
    fault(FaultKind::Body, Reason::Damaged)
}

fn decode(mut body: Vec<u8>, encodings: &[Encoding], cap: Cap) -> Result<Vec<u8>, Fault> {
    for encoding in encodings.iter().rev() {
        if !is_declared_only(&body, *encoding) {
            body = unpack(&body, *encoding, cap)?;
        }
    }
    Ok(body)
}

/// Whether a body is plainly text although an encoding is declared that always begins with bytes of its own.
fn is_declared_only(body: &[u8], encoding: Encoding) -> bool {
    let start = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(encoding, Encoding::Gzip | Encoding::Zstd)
        && matches!(first, None | Some(b'<' | b'{' | b'['))
}

fn unpack(packed: &[u8], encoding: Encoding, cap: Cap) -> Result<Vec<u8>, Fault> {
    let mut plain = Vec::new();
    let read = match encoding {
        Encoding::Gzip => gunzip(packed, &mut plain, cap.bytes),
        Encoding::Deflate => {
            // "deflate" means zlib, but some servers send the bare stream (RFC 9110, 8.4.1.2).
            let zlib = matches!(packed, [first, second, ..]
                if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0);
            if zlib {
                fill(ZlibDecoder::new(packed), &mut plain, cap.bytes)
            } else {
                fill(DeflateDecoder::new(packed), &mut plain, cap.bytes)
            }
        }
        // Windows beyond 16 MiB are no part of RFC 7932; their mark is the first byte.
        Encoding::Brotli if packed.first().is_some_and(|first| first & 0x7f == 0x11) => {
            return Err(broken());
        }
        Encoding::Brotli => fill(
            brotli::Decompressor::new(packed, 4096),
            &mut plain,
            cap.bytes,
        ),
        Encoding::Zstd => unzstd(packed, &mut plain, cap.bytes),
    };
    if plain.len() > cap.bytes {
        if !cap.cut {
            return Err(cap.too_large());
        }
        plain.truncate(cap.bytes);
        return Ok(plain);
    }
    match read {
        Err(_) if !cap.cut => Err(broken()),
        _ => Ok(plain),
    }
}

/// Reads to the end, or to one byte more than `most`.
fn fill(decoder: impl Read, plain: &mut Vec<u8>, most: usize) -> io::Result<()> {
    let room = (most + 1).saturating_sub(plain.len());
    decoder.take(room as u64).read_to_end(plain).map(|_| ())
}

/// All members of a gzip stream; what follows the last one is padding.
fn gunzip(mut packed: &[u8], plain: &mut Vec<u8>, most: usize) -> io::Result<()> {
    loop {
        let mut decoder = GzDecoder::new(packed);
        fill(&mut decoder, plain, most)?;
        packed = decoder.into_inner();
        if plain.len() > most || !packed.starts_with(b"\x1f\x8b\x08") {
            return Ok(());
        }
    }
}

/// All frames of a Zstandard stream.
fn unzstd(mut packed: &[u8], plain: &mut Vec<u8>, most: usize) -> io::Result<()> {
    loop {
        match StreamingDecoder::new_with_max_window_size(&mut packed, ZSTD_WINDOW) {
            Ok(mut frame) => fill(&mut frame, plain, most)?,
            Err(error) => {
                let FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                }) = error
                else {
                    return Err(io::Error::other(error));
                };
                packed = packed.get(length as usize..).unwrap_or_default();
            }
        }
        if plain.len() > most || packed.is_empty() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::Write;

    const TEXT: &[u8] = "<rss>Știri, ziņas, новости</rss>".as_bytes();
    const ALL: [Encoding; 4] = [
        Encoding::Gzip,
        Encoding::Deflate,
        Encoding::Brotli,
        Encoding::Zstd,
    ];

    fn cap(bytes: usize) -> Cap {
        Cap { bytes, cut: false }
    }

    fn pack(plain: &[u8], encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Gzip => {
                let mut writer = GzEncoder::new(Vec::new(), Compression::best());
                writer.write_all(plain).unwrap();
                writer.finish().unwrap()
            }
            Encoding::Deflate => {
                let mut writer = ZlibEncoder::new(Vec::new(), Compression::best());
                writer.write_all(plain).unwrap();
                writer.finish().unwrap()
            }
            Encoding::Brotli => {
                let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
                writer.write_all(plain).unwrap();
                writer.into_inner()
            }
            Encoding::Zstd => compress_to_vec(plain, CompressionLevel::Fastest),
        }
    }

    fn declared(values: &[&str]) -> Result<Vec<Encoding>, Fault> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(CONTENT_ENCODING, HeaderValue::from_str(value).unwrap());
        }
        encodings(&headers)
    }

    #[test]
    fn every_encoding_is_undone_alone_and_nested() {
        for outer in ALL {
            let once = pack(TEXT, outer);
            assert_eq!(decode(once.clone(), &[outer], cap(1000)).unwrap(), TEXT);
            for inner in ALL {
                let twice = pack(&pack(TEXT, inner), outer);
                assert_eq!(decode(twice, &[inner, outer], cap(1000)).unwrap(), TEXT);
            }
        }
    }

    #[test]
    fn headers_are_read_as_servers_write_them() {
        assert_eq!(declared(&["GZIP"]).unwrap(), [Encoding::Gzip]);
        assert_eq!(
            declared(&["x-gzip, br", "identity"]).unwrap(),
            [Encoding::Gzip, Encoding::Brotli]
        );
        assert_eq!(declared(&["none", "utf-8", ""]).unwrap(), []);
        assert_eq!(declared(&["compress"]).unwrap_err().kind, FaultKind::Body);
        assert_eq!(
            declared(&["gzip,gzip,gzip,gzip"]).unwrap_err().kind,
            FaultKind::Body
        );
    }

    #[test]
    fn bombs_stop_at_the_cap() {
        let zeros = vec![0; 3_000_000];
        for encoding in ALL {
            let bomb = pack(&zeros, encoding);
            assert!(bomb.len() < 10_000);
            let fault = decode(bomb.clone(), &[encoding], cap(100_000)).unwrap_err();
            assert_eq!(fault.kind, FaultKind::TooLarge);
            let cut = Cap {
                bytes: 100_000,
                cut: true,
            };
            assert_eq!(
                decode(bomb.clone(), &[encoding], cut).unwrap().len(),
                100_000
            );
            assert_eq!(
                decode(bomb, &[encoding], cap(3_000_000)).unwrap().len(),
                3_000_000
            );
        }
    }

    #[test]
    fn damage_is_a_fault() {
        for encoding in ALL {
            let mut packed = pack(TEXT, encoding);
            packed.truncate(packed.len() - 6);
            assert_eq!(
                decode(packed, &[encoding], cap(1000)).unwrap_err().kind,
                FaultKind::Body
            );
        }
        let wide = b"\x91\x1e\x03\x00".to_vec();
        assert_eq!(
            decode(wide, &[Encoding::Brotli], cap(1000))
                .unwrap_err()
                .kind,
            FaultKind::Body
        );
    }

    #[test]
    fn common_mistakes_of_servers_are_read_all_the_same() {
        assert_eq!(
            decode(TEXT.to_vec(), &[Encoding::Gzip], cap(1000)).unwrap(),
            TEXT
        );
        let mut padded = pack(TEXT, Encoding::Gzip);
        padded.extend_from_slice(&[0; 7]);
        assert_eq!(decode(padded, &[Encoding::Gzip], cap(1000)).unwrap(), TEXT);
        let two = [pack(TEXT, Encoding::Gzip), pack(TEXT, Encoding::Gzip)].concat();
        assert_eq!(
            decode(two, &[Encoding::Gzip], cap(1000)).unwrap(),
            [TEXT, TEXT].concat()
        );
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::best());
        bare.write_all(TEXT).unwrap();
        let bare = bare.finish().unwrap();
        assert_eq!(decode(bare, &[Encoding::Deflate], cap(1000)).unwrap(), TEXT);
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_decoders(bytes in prop::collection::vec(any::<u8>(), 0..300), which in 0..4_usize) {
            if let Ok(plain) = decode(bytes, &[ALL[which]], cap(1000)) {
                prop_assert!(plain.len() <= 1000);
            }
        }
    }
}
