//! What a document says about its own encoding.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Markup;
use crate::domain::Language;

/// A declaration stands within so many bytes; the HTML standard asks for 1024, pages do not keep to it.
const PRESCAN: usize = 4096;

/// The charset of a Content-Type header.
pub(super) fn in_header(value: &str) -> Option<&'static Encoding> {
    labelled(value.as_bytes())
}

/// The charset that the document declares.
pub(super) fn in_document(bytes: &[u8], markup: Markup) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let found = match markup {
        Markup::Json => None,
        Markup::Xml => xml_declaration(head),
        Markup::Html => meta(head).or_else(|| xml_declaration(head)),
    }?;
    // What can be read as ASCII to this point is not UTF-16: the HTML standard takes it for UTF-8.
    Some(if found == UTF_16LE || found == UTF_16BE {
        UTF_8
    } else {
        found
    })
}

fn xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let start = memchr::memmem::find(head, b"<?xml")?;
    let rest = &head[start..];
    let end = memchr::memmem::find(rest, b"?>").unwrap_or(rest.len());
    value_after(&rest[..end], b"encoding").and_then(Encoding::for_label)
}

fn meta(head: &[u8]) -> Option<&'static Encoding> {
    let small = head.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&small[at..], b"<meta") {
        let start = at + found;
        let end = memchr::memchr(b'>', &small[start..]).map_or(small.len(), |end| start + end);
        if let Some(encoding) = labelled(&small[start..end]) {
            return Some(encoding);
        }
        at = end;
    }
    None
}

/// The encoding after `charset=`.
fn labelled(text: &[u8]) -> Option<&'static Encoding> {
    value_after(&text.to_ascii_lowercase(), b"charset").and_then(Encoding::for_label)
}

/// The value of `name=value`, bare or in quotes.
fn value_after<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&text[at..], name) {
        at += found + name.len();
        let rest = text[at..].trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=") else {
            continue;
        };
        let rest = rest.trim_ascii_start();
        let rest = rest
            .strip_prefix(b"\"")
            .or(rest.strip_prefix(b"'"))
            .unwrap_or(rest);
        let end = rest
            .iter()
            .position(|byte| {
                byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'>' | b'/')
            })
            .unwrap_or(rest.len());
        return Some(&rest[..end]);
    }
    None
}

/// The language that `<html lang>` or `xml:lang` claims.
pub(super) fn language(head: &[u8]) -> Option<Language> {
    let value = value_after(&head.to_ascii_lowercase(), b"lang")?.to_vec();
    Language::from_tag(&String::from_utf8(value).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_where_they_stand() {
        let name = |html: &str| in_document(html.as_bytes(), Markup::Html).map(Encoding::name);
        for (html, expected) in [
            ("<meta charset=windows-1257>", Some("windows-1257")),
            (
                "<META HTTP-EQUIV=Content-Type CONTENT='text/html; CHARSET=cp1251'>",
                Some("windows-1251"),
            ),
            (
                "<meta name=x content=y><meta charset = \"latin2\" />",
                Some("ISO-8859-2"),
            ),
            ("<meta charset=utf-16le>", Some("UTF-8")),
            ("<meta charset=unicode>", Some("UTF-8")),
            ("<meta charset=nonsense>", None),
            (
                "<?xml version='1.0' encoding='koi8-r'?><html>",
                Some("KOI8-R"),
            ),
            ("<p>charset=koi8-r</p>", None),
        ] {
            assert_eq!(name(html), expected, "{html}");
        }
        assert_eq!(in_header("text/html; charset=\"utf-8\""), Some(UTF_8));
        assert_eq!(in_header("text/html"), None);
    }
}
