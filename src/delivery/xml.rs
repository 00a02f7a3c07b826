//! Writing XML that is always well-formed, whatever it is made of.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document in the making. Elements close themselves; text is escaped; what XML 1.0 cannot say is dropped.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document in UTF-8 with its declaration.
    pub fn new() -> Self {
        let mut xml = Self {
            writer: Writer::new_with_indent(Vec::with_capacity(1 << 14), b' ', 1),
        };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// An element with other elements in it.
    pub fn element(&mut self, name: &str, attributes: Attributes, inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attributes)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with text in it.
    pub fn text(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.event(Event::Start(start(name, attributes)));
        self.event(Event::Text(BytesText::new(&legal(text))));
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// The document.
    pub fn finish(self) -> String {
        let mut text = String::from_utf8(self.writer.into_inner())
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        text.push('\n');
        text
    }

    fn event(&mut self, event: Event) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, legal(value).as_ref()));
    }
    start
}

/// Text without what no XML 1.0 document can hold (<https://www.w3.org/TR/xml/#charsets>) or should: control characters,
/// non-characters, and the overrides of writing direction, which make a line read other than it is.
/// Carriage returns, which parsers change anyway, become line feeds.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| is_legal(c) && c != '\r') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().filter(|c| is_legal(*c)).collect())
}

fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}' => false,
        c => u32::from(c) & 0xfffe != 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;

    proptest! {
        #[test]
        fn any_text_comes_back_from_a_parser(text: String, value: String) {
            let mut xml = Xml::new();
            xml.element("a", &[("b", &value)], |xml| xml.text("c", &[], &text));
            let written = xml.finish();
            let mut reader = Reader::from_str(&written);
            let mut read = String::new();
            let mut inside = false;
            loop {
                match reader.read_event() {
                    Ok(Event::Start(start)) => inside = start.name().as_ref() == "c",
                    Ok(Event::End(_)) => inside = false,
                    Ok(Event::Text(text)) if inside => read.push_str(&text),
                    Ok(Event::GeneralRef(name)) if inside => match name.resolve_char_ref() {
                        Ok(Some(c)) => read.push(c),
                        _ => read.push(match name.as_ref() {
                            "lt" => '<', "gt" => '>', "amp" => '&', "quot" => '"', _ => '\'',
                        }),
                    },
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => prop_assert!(false, "{error} in {written}"),
                }
            }
            let expected = legal(&text).into_owned();
            prop_assert_eq!(read, expected);
        }
    }

    #[test]
    fn what_xml_cannot_say_is_dropped() {
        assert_eq!(legal("a\0b\u{b}c\u{fffe}d\u{202e}e\r\nf\rg"), "abcde\nf\ng");
        assert!(matches!(legal("ășț вести"), Cow::Borrowed(_)));
    }
}
