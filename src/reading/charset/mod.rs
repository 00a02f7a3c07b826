//! Bytes to text: which encoding a document is really in.
//!
//! The order of the WHATWG Encoding and HTML standards (byte order mark, HTTP, XML declaration or `<meta>`, detection),
//! with three lessons from real pages: valid UTF-8 that is not ASCII is UTF-8 whatever was declared; a declaration that
//! the bytes contradict is passed over; and between candidates the letters decide, because Romanian, Latvian and Russian
//! each use few of them.

mod declared;
mod score;
mod unmix;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use url::Url;

use declared::{in_document, in_header};

/// What kind of document the bytes are, which says where a declaration would stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// `<meta charset>`
    Html,
    /// `<?xml encoding=…?>`
    Xml,
    /// None: UTF-8 unless the bytes say otherwise.
    Json,
}

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark; what could not be decoded is U+FFFD.
    pub text: Cow<'a, str>,
    /// The name of the encoding, as the WHATWG writes it: `UTF-8`, `windows-1257`, …
    pub encoding: &'static str,
}

/// So much of a document is looked at when its encoding is guessed, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Decodes a document; `content_type` is the HTTP header.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>, markup: Markup) -> Decoded<'a> {
    decode_from(bytes, content_type, markup, None)
}

/// As [`decode`], with the address the document came from: its top-level domain hints at the language.
#[must_use]
pub fn decode_from<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
    markup: Markup,
    url: Option<&Url>,
) -> Decoded<'a> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return with(encoding, bytes);
    }
    let bad = match std::str::from_utf8(bytes) {
        Ok(text) => return utf8(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let header = content_type.and_then(in_header);
    let inner = in_document(bytes, markup);
    let sequences = Sequences::count(bytes, bad.valid_up_to());
    if sequences.are_mostly_utf8() {
        return utf8(String::from_utf8_lossy(bytes));
    }
    if sequences.are_mixed() {
        return utf8(Cow::Owned(mixed(bytes, header, inner, url)));
    }
    with(choose(bytes, header, inner, url), bytes)
}

fn utf8(text: Cow<'_, str>) -> Decoded<'_> {
    Decoded {
        text: match unmix::repaired(&text) {
            Some(repaired) => Cow::Owned(repaired),
            None => text,
        },
        encoding: UTF_8.name(),
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        encoding: encoding.name(),
    }
}

/// UTF-16 without a mark: markup begins with ASCII, and the high byte of nearly every character is one of a few.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let count = |odd: usize, is: fn(u8) -> bool| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| is(**byte))
            .count()
    };
    let is_high = |byte: u8| matches!(byte, 0..=5 | 0x20 | 0x21);
    let zeros = [0, 1].map(|odd| count(odd, |byte| byte == 0));
    let fits = |high: usize, low: usize| {
        zeros[high] * 4 >= pairs
            && zeros[low] * 8 < pairs
            && count(high, is_high) * 10 >= pairs * 9
            && head[high] == 0
            && (head[low].is_ascii_graphic() || head[low].is_ascii_whitespace())
    };
    if fits(1, 0) {
        Some(UTF_16LE)
    } else if fits(0, 1) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The sequences of several bytes in a document that is no valid UTF-8. A legacy text forms a valid one only by rare chance.
struct Sequences {
    good: usize,
    bad: usize,
}

impl Sequences {
    fn count(bytes: &[u8], mut valid: usize) -> Self {
        let (mut good, mut bad) = (0_usize, 0_usize);
        let mut rest = &bytes[..bytes.len().min(16 * SAMPLE)];
        valid = valid.min(rest.len());
        loop {
            // Every sequence of several bytes has one lead byte.
            good += rest[..valid].iter().filter(|byte| **byte >= 0xc0).count();
            rest = &rest[valid..];
            if rest.is_empty() {
                break;
            }
            match std::str::from_utf8(rest) {
                Ok(_) => valid = rest.len(),
                Err(error) if error.valid_up_to() > 0 => valid = error.valid_up_to(),
                Err(error) => {
                    bad += 1;
                    // A sequence that the end cuts off is no fault.
                    let Some(length) = error.error_len() else {
                        bad -= 1;
                        break;
                    };
                    rest = &rest[length..];
                    valid = 0;
                }
            }
        }
        Self { good, bad }
    }

    /// UTF-8 all the same, damaged here and there.
    fn are_mostly_utf8(&self) -> bool {
        self.good > 0 && self.good >= self.bad * 20 || (self.bad < 3 && self.good >= self.bad * 5)
    }

    /// UTF-8 with pieces of something older pasted in.
    fn are_mixed(&self) -> bool {
        self.good >= 5 && self.good * 2 >= self.bad
    }
}

/// A document in two encodings, told apart word by word.
fn mixed(
    bytes: &[u8],
    header: Option<&'static Encoding>,
    inner: Option<&'static Encoding>,
    url: Option<&Url>,
) -> String {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>');
    let is_old = |word: &[u8]| match std::str::from_utf8(word) {
        Ok(_) => false,
        Err(error) => !Sequences::count(word, error.valid_up_to()).are_mostly_utf8(),
    };
    let mut old = Vec::new();
    for word in bytes[..bytes.len().min(16 * SAMPLE)].split(is_end) {
        if old.len() < SAMPLE && is_old(word) {
            old.extend_from_slice(word);
            old.push(b' ');
        }
    }
    let encoding = choose(&old, header, inner, url);
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for word in bytes.split_inclusive(is_end) {
        if is_old(word) {
            text.push_str(&encoding.decode_without_bom_handling(word).0);
        } else {
            text.push_str(&String::from_utf8_lossy(word));
        }
    }
    text
}

/// The likeliest encoding of bytes that are no UTF-8.
fn choose(
    bytes: &[u8],
    header: Option<&'static Encoding>,
    inner: Option<&'static Encoding>,
    url: Option<&Url>,
) -> &'static Encoding {
    let tld = url
        .and_then(Url::host_str)
        .and_then(|host| host.trim_end_matches('.').rsplit('.').next())
        .filter(|tld| tld.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let sample = sample(bytes);
    let lang = declared::language(&bytes[..bytes.len().min(8 * 1024)]);
    let hints = score::Hints { tld, lang };
    let guessed = {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(&sample, true);
        let known = tld.map(str::to_ascii_lowercase);
        detector.guess(
            known.as_ref().map(String::as_bytes),
            chardetng::Utf8Detection::Deny,
        )
    };
    let usable =
        |encoding: &&'static Encoding| *encoding != UTF_8 && encoding.is_ascii_compatible();
    let declared = [header.filter(usable), inner.filter(usable)];
    score::best(&sample, declared, guessed, &hints).unwrap_or(WINDOWS_1252)
}

/// The text of the document without its tags, from its beginning, as bytes; every encoding looked at has ASCII tags.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len().min(SAMPLE));
    let mut rest = bytes;
    while text.len() < SAMPLE && !rest.is_empty() {
        let end = memchr::memchr(b'<', rest).unwrap_or(rest.len());
        text.extend_from_slice(&rest[..end.min(SAMPLE)]);
        text.push(b' ');
        rest = &rest[end..];
        let Some(close) = memchr::memchr(b'>', rest) else {
            break;
        };
        let name = rest.get(1..7).unwrap_or_default().to_ascii_lowercase();
        if name.starts_with(b"script") || name.starts_with(b"style") {
            let end: &[u8] = if name.starts_with(b"script") {
                b"</script"
            } else {
                b"</style"
            };
            rest = memchr::memmem::find(rest, end).map_or(&[][..], |at| &rest[at..]);
            rest = memchr::memchr(b'>', rest).map_or(&[][..], |at| &rest[at + 1..]);
        } else {
            rest = &rest[close + 1..];
        }
    }
    // CDATA and damaged markup may look like one endless tag.
    if text.iter().all(u8::is_ascii) {
        bytes[..bytes.len().min(16 * SAMPLE)].to_vec()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::*;
    use proptest::prelude::*;

    const RO: &str = "<p>Asociaţia invită toate organizaţiile să îşi exprime părerea în legătură cu această lege şi să trimită poziţia lor până vineri.</p>";
    const LV: &str = "<p>Biedrība aicina pieteikties vasaras skolai jauniešiem, kuri vēlas kļūt par brīvprātīgajiem un palīdzēt līdzcilvēkiem šogad.</p>";
    const RU: &str = "<p>Фонд объявляет набор волонтёров на летнюю школу, которая пройдёт в Кишинёве и будет посвящена работе с пожилыми людьми.</p>";

    fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, bad) = encoding.encode(text);
        assert!(!bad);
        bytes.into_owned()
    }

    #[test]
    fn undeclared_legacy_text_is_told_by_its_letters() {
        for (text, encoding) in [
            (RO, WINDOWS_1250),
            (RO, ISO_8859_2),
            (LV, WINDOWS_1257),
            (LV, ISO_8859_13),
            (RU, WINDOWS_1251),
            (RU, KOI8_R),
            (RU, ISO_8859_5),
        ] {
            let bytes = bytes(text, encoding);
            for declared in [
                "text/html",
                "text/html; charset=utf-8",
                "text/html;charset=ISO-8859-1",
            ] {
                let decoded = decode(&bytes, Some(declared), Markup::Html);
                assert_eq!(decoded.text, text, "{} as {declared}", encoding.name());
            }
        }
    }

    #[test]
    fn a_true_declaration_is_believed() {
        let text = format!("<meta charset='koi8-r'>{RU}");
        assert_eq!(
            decode(&bytes(&text, KOI8_R), None, Markup::Html).encoding,
            "KOI8-R"
        );
        let text = format!("<?xml version='1.0' encoding=\"windows-1257\"?><r>{LV}</r>");
        let decoded = bytes(&text, WINDOWS_1257);
        assert_eq!(
            decode(&decoded, Some("text/xml"), Markup::Xml).encoding,
            "windows-1257"
        );
        let text = RU.replace("ё", "е");
        let header = Some("text/html; charset=\"ISO-8859-5\"");
        assert_eq!(
            decode(&bytes(&text, ISO_8859_5), header, Markup::Html).encoding,
            "ISO-8859-5"
        );
    }

    #[test]
    fn utf8_beats_whatever_is_declared_and_survives_damage() {
        let header = Some("text/html; charset=windows-1251");
        assert_eq!(decode(LV.as_bytes(), header, Markup::Html).text, LV);
        let mut damaged = LV.as_bytes().to_vec();
        damaged[30] = 0xff;
        let decoded = decode(&damaged, None, Markup::Html);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.contains('\u{fffd}') && decoded.text.contains("kļūt"));
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let le: Vec<u8> = RO.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = RO.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes) in [(&[0xff, 0xfe], &le), (&[0xfe, 0xff], &be)] {
            assert_eq!(decode(bytes, None, Markup::Html).text, RO);
            let marked = [&mark[..], bytes].concat();
            assert_eq!(decode(&marked, None, Markup::Html).text, RO);
        }
    }

    #[test]
    fn utf8_that_was_encoded_twice_is_put_right() {
        let (twice, _) = WINDOWS_1252.decode_without_bom_handling(RO.as_bytes());
        assert_eq!(decode(twice.as_bytes(), None, Markup::Html).text, RO);
        let fine = "Ça coûte 5 € — voilà « tout »";
        assert_eq!(decode(fine.as_bytes(), None, Markup::Html).text, fine);
    }

    proptest! {
        #[test]
        fn any_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0..3) {
            let markup = [Markup::Html, Markup::Xml, Markup::Json][kind as usize];
            let decoded = decode(&bytes, Some("text/html; charset=x"), markup);
            prop_assert!(decoded.text.len() <= bytes.len() * 3 + 3);
        }
    }
}
