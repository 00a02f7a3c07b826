//! Where a page ended, as an opaque word for addresses.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::SearchError;
use super::query::Reach;
use super::top::Key;
use crate::domain::SearchRequest;

/// First byte of every cursor; another one is of another vesti.
const VERSION: u8 = 1;

/// Added to the code of the reach.
const CORRECTED: u8 = 0x40;

const BYTES: usize = 1 + 8 + 3 * 8 + 8 + 1 + 8 + 8;

/// Everything that the next page must share with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The last item of the page.
    pub after: Key,
    /// What the first page took for now: deadlines and recency are measured from it on all pages.
    pub now: Timestamp,
    /// How far words could be missing.
    pub reach: Reach,
    /// The query was searched in another spelling.
    pub corrected: bool,
    /// The process and the snapshot that the first page was made from, for orders that later writes could change.
    pub snapshot: (u64, u64),
}

impl Cursor {
    /// As it is given out, bound to the request.
    pub fn write(&self, request: &SearchRequest) -> String {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.push(VERSION);
        bytes.extend(fingerprint(request).to_be_bytes());
        bytes.extend(self.after.0.to_be_bytes());
        bytes.extend(self.after.1.to_be_bytes());
        bytes.extend(self.after.2.to_be_bytes());
        bytes.extend(self.now.as_millisecond().to_be_bytes());
        bytes.push(self.reach.code() | if self.corrected { CORRECTED } else { 0 });
        bytes.extend(self.snapshot.0.to_be_bytes());
        bytes.extend(self.snapshot.1.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads one that was given out for the same request.
    pub fn read(text: &str, request: &SearchRequest) -> Result<Self, SearchError> {
        let bytes: [u8; BYTES] = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(SearchError::Cursor)?;
        let number = |place: usize| {
            let mut eight = [0; 8];
            eight.copy_from_slice(&bytes[place..place + 8]);
            u64::from_be_bytes(eight)
        };
        if bytes[0] != VERSION || number(1) != fingerprint(request) {
            return Err(SearchError::Cursor);
        }
        Ok(Self {
            after: Key(number(9) as i64, number(17) as i64, number(25)),
            now: Timestamp::from_millisecond(number(33) as i64).map_err(|_| SearchError::Cursor)?,
            reach: Reach::of(bytes[41] & !CORRECTED).ok_or(SearchError::Cursor)?,
            corrected: bytes[41] & CORRECTED != 0,
            snapshot: (number(42), number(50)),
        })
    }
}

/// FNV-1a over the request without its page: a cursor of one search is none of another.
fn fingerprint(request: &SearchRequest) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for (name, value) in request.to_pairs() {
        eat(name);
        eat(&value);
    }
    eat(request.order().as_str());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_reads_back_for_its_own_request_only(a: i64, b: i64, c: u64, now in 0i64..1 << 42, reach in 0u8..3, corrected: bool, p: u64, s: u64) {
            let request = SearchRequest { q: "apel".into(), ..SearchRequest::default() };
            let cursor = Cursor { after: Key(a, b, c), now: Timestamp::from_millisecond(now).unwrap(), reach: Reach::of(reach).unwrap(), corrected, snapshot: (p, s) };
            let text = cursor.write(&request);
            prop_assert_eq!(Cursor::read(&text, &request).unwrap(), cursor);
            let other = SearchRequest { q: "apeluri".into(), ..SearchRequest::default() };
            prop_assert!(Cursor::read(&text, &other).is_err());
        }

        #[test]
        fn nonsense_is_refused(text in "\\PC{0,100}") {
            prop_assert!(Cursor::read(&text, &SearchRequest::default()).is_err());
        }
    }
}
