//! Content lines (RFC 5545, 3.1).

use std::borrow::Cow;

use super::super::xml::legal;

/// Longest line in octets, without its line break.
const LINE: usize = 75;

/// Lines in the making.
pub(super) struct Lines(String);

impl Lines {
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    pub fn finish(self) -> String {
        self.0
    }

    /// A property whose value is text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.raw(&format!("{name}:{}", escaped(text)));
    }

    /// A property whose value is a list of texts.
    pub fn texts<'a>(&mut self, name: &str, texts: impl Iterator<Item = &'a str>) {
        let texts: Vec<String> = texts.map(escaped).collect();
        self.raw(&format!("{name}:{}", texts.join(",")));
    }

    /// A whole line, folded between characters so that no piece is longer than 75 octets.
    pub fn raw(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars().filter(|c| *c == '\t' || !c.is_control()) {
            if width + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as 3.3.11 writes it.
fn escaped(text: &str) -> String {
    let text: Cow<'_, str> = legal(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folding_and_escaping_can_be_undone(text: String) {
            let mut lines = Lines(String::new());
            lines.text("SUMMARY", &text);
            prop_assert!(lines.0.ends_with("\r\n"));
            for line in lines.0.split("\r\n") {
                prop_assert!(line.len() <= LINE);
                prop_assert!(!line.contains(['\n', '\r']));
            }
            let unfolded = lines.0.replace("\r\n ", "");
            let value = unfolded.strip_prefix("SUMMARY:").unwrap().strip_suffix("\r\n").unwrap();
            let mut read = String::new();
            let mut chars = value.chars();
            while let Some(c) = chars.next() {
                read.push(match c {
                    '\\' => match chars.next().unwrap() { 'n' => '\n', other => other },
                    c => c,
                });
            }
            prop_assert_eq!(read, legal(&text).into_owned());
        }
    }
}
