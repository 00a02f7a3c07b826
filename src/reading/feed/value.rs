//! Elements of a feed and what stands in them.

use std::borrow::Cow;

use super::super::markup::{Tag, Token, Tokens};
use super::super::text::decode_entities;

/// What an element holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Characters: text, or HTML that was escaped.
    Characters(Cow<'a, str>),
    /// Markup that stands in the feed as such (Atom's xhtml, or HTML that nobody escaped).
    Markup(Cow<'a, str>),
}

impl<'a> Value<'a> {
    /// Reads the inside of an element.
    pub fn of(inner: &'a str) -> Self {
        let trimmed = inner.trim();
        if let Some(section) = trimmed
            .strip_prefix("<![CDATA[")
            .and_then(|rest| rest.strip_suffix("]]>"))
            && !section.contains("]]>")
        {
            return Self::Characters(Cow::Borrowed(section.trim()));
        }
        if memchr::memchr2(b'<', b'&', trimmed.as_bytes()).is_none() {
            return Self::Characters(Cow::Borrowed(trimmed));
        }
        let mut characters = String::with_capacity(trimmed.len());
        for token in Tokens::xml(trimmed) {
            match token {
                Token::Text(text) => characters.push_str(&decode_entities(text)),
                Token::Cdata(text) => characters.push_str(text),
                Token::Raw(_) | Token::Close(_) => {}
                Token::Open(_) => return Self::Markup(unwrapped(trimmed)),
            }
        }
        Self::Characters(Cow::Owned(characters.trim().to_owned()))
    }

    /// As HTML source.
    pub fn html(&self) -> &str {
        match self {
            Self::Characters(text) | Self::Markup(text) => text,
        }
    }
}

/// Markup with its CDATA sections opened.
fn unwrapped(markup: &str) -> Cow<'_, str> {
    if markup.contains("<![CDATA[") {
        Cow::Owned(markup.replace("<![CDATA[", "").replace("]]>", ""))
    } else {
        Cow::Borrowed(markup)
    }
}

/// Walks through the children of an element, each with what stands in it.
pub(super) struct Children<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    /// Names that were opened and never closed: looked for once only, so that the walk stays linear.
    unclosed: Vec<&'a str>,
}

impl<'a> Children<'a> {
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            tokens: Tokens::xml(text),
            unclosed: Vec::new(),
        }
    }

    /// The next start tag at this level or below.
    pub fn next_tag(&mut self) -> Option<Tag<'a>> {
        loop {
            if let Token::Open(tag) = self.tokens.next()? {
                return Some(tag);
            }
        }
    }

    /// What stands in the element just opened, and goes on behind it. Where its end is missing: the text up to the next tag.
    pub fn inner(&mut self, tag: &Tag<'a>) -> &'a str {
        if tag.empty {
            return "";
        }
        let from = self.tokens.end();
        if !self
            .unclosed
            .iter()
            .any(|name| name.eq_ignore_ascii_case(tag.name))
        {
            if let Some(end) = close(&mut self.tokens, tag.name) {
                return &self.text[from..end];
            }
            if self.unclosed.len() < 64 {
                self.unclosed.push(tag.name);
            }
        }
        // From here again; the tokens have run to the end in vain.
        self.tokens.rewind(from);
        let is_text = matches!(self.tokens.next(), Some(Token::Text(_) | Token::Cdata(_)));
        if !is_text {
            self.tokens.rewind(from);
        }
        &self.text[from..self.tokens.end()]
    }
}

/// Runs on to the end of the element `name`, which is open, and says where its end tag begins.
pub(super) fn close(tokens: &mut Tokens, name: &str) -> Option<usize> {
    let mut depth = 1_usize;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open(tag) if tag.is(name) && !tag.empty => depth += 1,
            Token::Close(closed) if closed.eq_ignore_ascii_case(name) => {
                depth -= 1;
                if depth == 0 {
                    return Some(tokens.start());
                }
            }
            _ => {}
        }
    }
    None
}

/// A name without the prefix that the root has, or that is usual for the same: `(prefix, local)` in small letters.
pub(super) fn names(name: &str, root_prefix: &str) -> (String, String) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let prefix = prefix.to_ascii_lowercase();
    let own = prefix == root_prefix
        || matches!(
            prefix.as_str(),
            "atom" | "atom10" | "a10" | "rss" | "atom03" | "rss1"
        );
    (
        if own { String::new() } else { prefix },
        local.to_ascii_lowercase(),
    )
}
