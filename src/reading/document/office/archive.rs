//! The zip file, within bounds.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use encoding_rs::Encoding;
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Unreadable;

/// Most parts of a document. Those with many pictures have a few hundred.
const MAX_PARTS: usize = 20_000;
/// Most bytes of a part after inflation.
const MAX_PART: u64 = 64 << 20;
/// Times that a part may be larger than its compressed form: deflate reaches 1032 on a single repeated byte, XML of text 20.
const MAX_RATIO: u64 = 200;
/// Below this size the ratio is nobody's concern.
const SMALL: u64 = 4 << 20;

pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        if zip.len() > MAX_PARTS {
            return Err(Unreadable::TooLarge);
        }
        Ok(Self { zip })
    }

    /// A part, inflated, as text; `None` where there is none of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err(Unreadable::Locked);
            }
            Err(_) => return Err(Unreadable::Damaged),
        };
        // What the directory says of sizes may be a lie: the bytes that come are what counts.
        let most = MAX_PART.min(SMALL.max(part.compressed_size().saturating_mul(MAX_RATIO)));
        let mut bytes = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(Unreadable::TooLarge);
        }
        match read {
            Ok(_) => Ok(Some(decode(bytes))),
            // A part that breaks off, or whose checksum is wrong, still has a beginning.
            Err(_) if !bytes.is_empty() => Ok(Some(decode(bytes))),
            Err(_) => Err(Unreadable::Damaged),
        }
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().flatten()
    }
}

/// XML is UTF-8 or UTF-16 with a mark; no writer of these formats uses anything else.
fn decode(bytes: Vec<u8>) -> String {
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned(),
        None => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}
