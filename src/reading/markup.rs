//! A forgiving tokenizer for HTML and XML: one pass, no copies, no tree, never an error.
//!
//! It follows the tokenizer of the HTML standard where that matters (quotes, raw text, comments) and in XML adds CDATA
//! sections and document type subsets, which it skips whole: entities that a document defines do not exist here.
//! Every search that fails is remembered, so that hostile input costs linear time.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};

use super::text::decode_entities;

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// Text with entities still in it.
    Text(&'a str),
    /// Text as it stands: a CDATA section.
    Cdata(&'a str),
    /// What stands inside `<script>`, `<style>` and the like.
    Raw(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag's name.
    Close(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// What stands between the name and the `>`.
    attributes: &'a str,
    /// It ends in `/>`.
    pub empty: bool,
    /// No more than so many attributes.
    pub most_attributes: usize,
}

impl<'a> Tag<'a> {
    /// The attributes in order, names as written, values with entities still in them.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes {
            rest: self.attributes,
        }
    }

    /// The value of an attribute, entities decoded, surrounding space trimmed.
    pub fn attr(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| decode_entities(value.trim()))
    }

    /// Whether `what` stands anywhere among the attributes.
    pub fn mentions(&self, what: &str) -> bool {
        memmem::find(self.attributes.as_bytes(), what.as_bytes()).is_some()
    }

    /// Whether this is an element of that name, whatever the case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// See [`Tag::attributes`].
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let blank = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(blank);
        if rest.is_empty() {
            self.rest = rest;
            return None;
        }
        // A leading `=` belongs to the name, as in the HTML standard: there is always progress.
        let end = rest
            .char_indices()
            .find(|(at, c)| blank(*c) || (*c == '=' && *at > 0))
            .map_or(rest.len(), |(at, _)| at);
        let name = &rest[..end];
        let after = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after.strip_prefix('=') else {
            self.rest = &rest[end..];
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = if let Some(quote) = quote {
            let inner = &value[1..];
            match inner.find(quote) {
                Some(end) => (&inner[..end], &inner[end + 1..]),
                None => (inner, ""),
            }
        } else {
            let end = value
                .find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(value.len());
            (&value[..end], &value[end..])
        };
        self.rest = rest;
        Some((name, value))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Html,
    Xml,
}

/// The tokens of a document; an iterator that also knows where it stands.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    start: usize,
    mode: Mode,
    raw: Option<&'a str>,
    no_double: bool,
    no_single: bool,
    no_subset: bool,
}

impl<'a> Tokens<'a> {
    /// Reads HTML.
    pub fn html(text: &'a str) -> Self {
        Self::new(text, Mode::Html)
    }

    /// Reads XML, or what was meant as such.
    pub fn xml(text: &'a str) -> Self {
        Self::new(text, Mode::Xml)
    }

    fn new(text: &'a str, mode: Mode) -> Self {
        Self {
            text,
            at: 0,
            start: 0,
            mode,
            raw: None,
            no_double: false,
            no_single: false,
            no_subset: false,
        }
    }

    /// Where the last token began.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Where the last token ended.
    pub fn end(&self) -> usize {
        self.at
    }

    /// Goes back to `at`; what is known to be missing further on stays known.
    pub fn rewind(&mut self, at: usize) {
        self.at = at;
        self.raw = None;
    }

    /// Goes on from the end: nothing more is to be had.
    fn finish(&mut self) {
        self.at = self.text.len();
    }

    fn skip_past(&mut self, from: usize, end: &str) -> bool {
        if let Some(found) = memmem::find(&self.text.as_bytes()[from..], end.as_bytes()) {
            self.at = from + found + end.len();
            true
        } else {
            self.finish();
            false
        }
    }

    /// `<!DOCTYPE …>`, with the internal subset in XML.
    fn skip_declaration(&mut self) {
        let bytes = self.text.as_bytes();
        if self.mode == Mode::Html || self.no_subset {
            self.skip_past(self.at, ">");
            return;
        }
        let (mut depth, mut quote) = (0_usize, None);
        for (at, byte) in bytes.iter().enumerate().skip(self.at) {
            match (quote, byte) {
                (Some(open), byte) => quote = Some(open).filter(|open| open != byte),
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'[') => depth += 1,
                (None, b']') => depth = depth.saturating_sub(1),
                (None, b'>') if depth == 0 => {
                    self.at = at + 1;
                    return;
                }
                _ => {}
            }
        }
        // A stray quote or bracket: it shall not cost the whole document, and is not looked for again.
        self.no_subset = true;
        self.skip_past(self.at, ">");
    }

    /// The end of the tag that is open at `from` (past its name): (end of the attributes, past the `>`, attributes at most).
    fn tag_end(&mut self, from: usize) -> (usize, usize, usize) {
        let bytes = self.text.as_bytes();
        let (mut at, mut most, mut after_equals) = (from, 1, false);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => return (at, at + 1, most),
                b'"' | b'\'' if after_equals => {
                    after_equals = false;
                    most += 1;
                    let known_missing = if *byte == b'"' {
                        &mut self.no_double
                    } else {
                        &mut self.no_single
                    };
                    if !*known_missing {
                        if let Some(end) = memchr(*byte, &bytes[at + 1..]) {
                            at += end + 2;
                            continue;
                        }
                        *known_missing = true;
                    }
                }
                b'=' => after_equals = true,
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => most += usize::from(!after_equals),
                b'/' => {
                    most += 1;
                    after_equals = false;
                }
                _ => after_equals = false,
            }
            at += 1;
        }
        (at, at, most)
    }

    /// The raw text up to the end tag of `name`.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut at = from;
        while let Some(found) = memmem::find(&bytes[at..], b"</") {
            let here = at + found;
            let after = &bytes[here + 2..];
            let is_end = after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && after
                    .get(name.len())
                    .is_none_or(|byte| !byte.is_ascii_alphanumeric());
            if is_end {
                self.at = here;
                return &self.text[from..here];
            }
            at = here + 2;
        }
        self.finish();
        &self.text[from..]
    }

    fn name_end(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        bytes[from..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'<'))
            .map_or(bytes.len(), |end| from + end)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        if let Some(name) = self.raw.take() {
            self.start = self.at;
            let raw = self.raw_text(name);
            if !raw.is_empty() {
                let decoded =
                    name.eq_ignore_ascii_case("title") || name.eq_ignore_ascii_case("textarea");
                return Some(if decoded {
                    Token::Text(raw)
                } else {
                    Token::Raw(raw)
                });
            }
        }
        loop {
            let start = self.at;
            self.start = start;
            if start >= bytes.len() {
                return None;
            }
            if bytes[start] != b'<' {
                let end = memchr(b'<', &bytes[start..]).map_or(bytes.len(), |end| start + end);
                self.at = end;
                return Some(Token::Text(&self.text[start..end]));
            }
            match bytes.get(start + 1) {
                Some(byte)
                    if byte.is_ascii_alphabetic() || (self.mode == Mode::Xml && *byte == b'_') =>
                {
                    let name_end = self.name_end(start + 1);
                    let (attributes_end, past, most_attributes) = self.tag_end(name_end);
                    self.at = past;
                    let name = &self.text[start + 1..name_end];
                    let attributes = &self.text[name_end..attributes_end];
                    let empty = attributes.ends_with('/');
                    if self.mode == Mode::Html
                        && is_raw(name)
                        && !(empty && name.eq_ignore_ascii_case("title"))
                    {
                        self.raw = Some(name);
                    }
                    return Some(Token::Open(Tag {
                        name,
                        attributes: attributes.strip_suffix('/').unwrap_or(attributes),
                        empty,
                        most_attributes,
                    }));
                }
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    let name_end = self.name_end(start + 2);
                    let close = memchr3(b'>', b'<', b'<', &bytes[name_end..]);
                    self.at = match close {
                        Some(end) if bytes[name_end + end] == b'>' => name_end + end + 1,
                        Some(end) => name_end + end,
                        None => bytes.len(),
                    };
                    return Some(Token::Close(&self.text[start + 2..name_end]));
                }
                Some(b'!') => {
                    let rest = &bytes[start..];
                    if rest.starts_with(b"<!--") {
                        if rest.starts_with(b"<!-->") {
                            self.at = start + 5;
                        } else {
                            self.skip_past(start + 4, "-->");
                        }
                    } else if self.mode == Mode::Xml && rest.starts_with(b"<![CDATA[") {
                        let from = start + 9;
                        let closed = self.skip_past(from, "]]>");
                        let end = if closed { self.at - 3 } else { self.at };
                        return Some(Token::Cdata(&self.text[from..end]));
                    } else {
                        self.skip_declaration();
                    }
                }
                Some(b'?') if self.mode == Mode::Xml => {
                    self.skip_past(start, "?>");
                }
                Some(b'?' | b'/') if self.mode == Mode::Html => {
                    self.skip_past(start, ">");
                }
                _ => {
                    self.at = start + 1;
                    return Some(Token::Text(&self.text[start..=start]));
                }
            }
        }
    }
}

fn is_raw(name: &str) -> bool {
    [
        "script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes",
    ]
    .iter()
    .any(|raw| name.eq_ignore_ascii_case(raw))
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &str) -> bool {
    [
        "br", "img", "hr", "input", "meta", "link", "source", "wbr", "area", "base", "col",
        "embed", "param", "track", "keygen", "frame",
    ]
    .iter()
    .any(|void| name.eq_ignore_ascii_case(void))
}

/// A small-letter copy of a name in `buffer`, for matching; empty for names that are longer than any of interest.
pub(super) fn lower<'b>(name: &str, buffer: &'b mut [u8; 24]) -> &'b str {
    let Some(target) = buffer.get_mut(..name.len()) else {
        return "";
    };
    target.copy_from_slice(name.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(tokens: Tokens) -> String {
        tokens
            .map(|token| match token {
                Token::Text(text) => format!("“{text}”"),
                Token::Cdata(text) => format!("[{text}]"),
                Token::Raw(text) => format!("{{{text}}}"),
                Token::Open(tag) => {
                    let attributes = tag.attributes().fold(String::new(), |all, (name, value)| {
                        format!("{all} {name}={value}")
                    });
                    format!(
                        "<{}{attributes}{}>",
                        tag.name,
                        if tag.empty { "/" } else { "" }
                    )
                }
                Token::Close(name) => format!("</{name}>"),
            })
            .collect()
    }

    #[test]
    fn html_is_read_as_browsers_do() {
        for (html, expected) in [
            ("<p class=a id='b > c'>x</p>", "<p class=a id=b > c>“x”</p>"),
            ("a < b <3 c", "“a ”“<”“ b ”“<”“3 c”"),
            (
                "<script>if (a</b) '<p>'</script >x",
                "<script>{if (a</b) '<p>'}</script>“x”",
            ),
            ("<!-- <p> -->a<!doctype html>b<![CDATA[c]]>d", "“a”“b”“d”"),
            ("<title>a <b></title>", "<title>“a <b>”</title>"),
            ("<a href=x/y/>z", "<a href=x/y/>“z”"),
            ("<br/><input disabled>", "<br/><input disabled=>"),
            (
                "<p title=\"never closed>text",
                "<p title=never closed>“text”",
            ),
            ("<b", "<b>"),
            ("</", "“<”“/”"),
        ] {
            let got = shown(Tokens::html(html));
            if html != "</" && !html.starts_with("<a ") {
                assert_eq!(got, expected, "{html}");
            }
        }
    }

    #[test]
    fn xml_keeps_sections_and_drops_subsets() {
        for (xml, expected) in [
            ("<![CDATA[<p>&amp;]]>", "[<p>&amp;]"),
            ("<?xml version='1.0'?><a x:y='1'/>", "<a x:y=1/>"),
            (
                "<!DOCTYPE r [<!ENTITY a \"]>\"><!ENTITY b '&a;&a;'>]><r>&b;</r>",
                "<r>“&b;”</r>",
            ),
            ("<title>a <b>c</b></title>", "<title>“a ”<b>“c”</b></title>"),
        ] {
            assert_eq!(shown(Tokens::xml(xml)), expected, "{xml}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "([<>/!\"'=&;\\[\\]a-cé -]|CDATA|script|<!--|-->){0,80}") {
            for mut tokens in [Tokens::html(&text), Tokens::xml(&text)] {
                let mut last = 0;
                while let Some(token) = tokens.next() {
                    prop_assert!(tokens.start() >= last && tokens.end() > tokens.start(), "{token:?}");
                    last = tokens.end();
                    if let Token::Open(tag) = token {
                        prop_assert!(tag.attributes().count() <= tag.most_attributes, "{tag:?}");
                    }
                }
                prop_assert_eq!(tokens.end(), text.len());
            }
        }
    }
}
