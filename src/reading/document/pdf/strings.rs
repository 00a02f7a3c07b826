//! Text strings and dates of the document information (ISO 32000-1, 7.9.2 and 7.9.4).

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use hayro_syntax::object::DateTime as PdfDate;
use jiff::civil::DateTime;

/// A text string: UTF-16 or UTF-8 with a mark, else `PDFDocEncoding`, of which only the printable part common with
/// Windows-1252 is told apart.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return UTF_16BE.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return UTF_16LE.decode_without_bom_handling(rest).0.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        // Many writers put UTF-8 there without a mark.
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// A date as the maker's clock showed it; years before the format existed are clocks that were never set.
pub(super) fn date(date: PdfDate) -> Option<DateTime> {
    let year = i16::try_from(date.year).ok().filter(|year| *year >= 1993)?;
    DateTime::new(
        year,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
        i8::try_from(date.hour).ok()?,
        i8::try_from(date.minute).ok()?,
        i8::try_from(date.second).ok()?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_encoding_of_a_text_string() {
        assert_eq!(decode(b"\xfe\xff\x02\x19\x00i"), "și");
        assert_eq!(decode(b"\xff\xfe\x19\x02i\x00"), "și");
        assert_eq!(decode("\u{feff}și".as_bytes()), "și");
        assert_eq!(decode(b"caf\xe9"), "café");
    }
}
