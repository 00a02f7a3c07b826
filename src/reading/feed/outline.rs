//! The first pass over an XML feed: what is said of the whole, and where the entries are.

use std::collections::VecDeque;

use jiff::SignedDuration;
use url::Url;

use super::super::markup::{Tag, Token, Tokens};
use super::value::{Value, close, names};
use super::{Around, Feed, FeedFault, MAX_ENTRIES, MAX_HUBS, draft, entry, strict};
use crate::domain::{Draft, Language};

/// So far into a document the root may be looked for, in tags.
const LEAD: usize = 200;

/// An entry as it stands in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a> {
    pub tag: Tag<'a>,
    pub inner: &'a str,
    /// Where its start tag begins.
    pub start: usize,
    /// Where what stands in it ends.
    pub end: usize,
}

/// What is said of the whole feed and matters to its entries.
pub(super) struct Whole {
    pub root_prefix: String,
    pub atom: bool,
    pub base: Url,
    pub lang: Option<Language>,
}

/// A document whose parts were found, and not yet read.
pub(super) struct Survey<'a> {
    pub text: &'a str,
    pub root: Tag<'a>,
    /// Where the root's start tag begins.
    pub root_start: usize,
    pub whole: Whole,
    /// The `xml:base` of the root or the channel.
    pub given_base: Option<String>,
    /// The entries to read: all, or the newest of too many.
    pub entries: Vec<Raw<'a>>,
    /// Something stood where it should not, or did not end.
    pub damaged: bool,
    /// There were more entries than are to be read.
    pub cut: bool,
    /// Where the first entry begins, kept or not.
    pub first_entry: Option<usize>,
    seen: Seen,
    home: Option<Url>,
}

/// Reads a document: the strict reader first, ours where that is not enough.
pub(super) fn read(text: &str, around: &Around) -> Result<Feed, FeedFault> {
    let survey = survey(text, around)?;
    let (items, second) = match strict::read(&survey, around) {
        strict::Reading::Whole(items) => (items, false),
        strict::Reading::Unsuited => (survey.lenient(around), false),
        strict::Reading::Failed => (survey.lenient(around), true),
    };
    let Survey {
        seen,
        home,
        whole,
        damaged,
        cut,
        ..
    } = survey;
    let address = |text: Option<String>| text.and_then(|text| draft::link(around.url, &text));
    Ok(Feed {
        title: seen.title.unwrap_or_default(),
        home,
        lang: whole.lang,
        // A week and more is no politeness but a mistake.
        ttl: seen
            .ttl
            .filter(|minutes| (1..=10_080).contains(minutes))
            .map(SignedDuration::from_mins),
        hubs: seen
            .hubs
            .iter()
            .filter_map(|hub| draft::link(around.url, hub))
            .take(MAX_HUBS)
            .collect(),
        self_url: address(seen.own),
        items,
        repaired: damaged || second,
        cut,
    })
}

impl Survey<'_> {
    /// The entries as our own reader has them.
    pub fn lenient(&self, around: &Around) -> Vec<Draft> {
        self.entries
            .iter()
            .filter_map(|raw| entry::read(raw, &self.whole, around))
            .collect()
    }
}

/// Finds the parts of a document.
pub(super) fn survey<'a>(text: &'a str, around: &Around) -> Result<Survey<'a>, FeedFault> {
    let mut tokens = Tokens::xml(text);
    let (root, lead) = root(&mut tokens)?;
    let root_start = tokens.start();
    let (prefix, local) = root.name.split_once(':').unwrap_or(("", root.name));
    let local = local.to_ascii_lowercase();
    let atom = local == "feed";
    let root_prefix = if local == "rdf" {
        String::new()
    } else {
        prefix.to_ascii_lowercase()
    };

    let mut seen = Seen::default();
    let mut lang = root.attr("xml:lang");
    let mut base_attribute = root.attr("xml:base");
    let mut repaired = lead;
    let mut entries = Kept::default();
    let mut ended = false;
    let mut unclosed = 0;
    let mut look_ahead = true;
    while let Some(token) = tokens.next() {
        let tag = match token {
            Token::Open(tag) => tag,
            Token::Close(name) => {
                ended |= is_root(name);
                continue;
            }
            _ => continue,
        };
        let (own_prefix, name) = names(tag.name, &root_prefix);
        match (own_prefix.as_str(), name.as_str()) {
            ("", "item" | "entry") => {
                let (start, from) = (tokens.start(), tokens.end());
                let (end, whole) = entry_end(text, &mut tokens, tag.name, &mut look_ahead);
                repaired |= !matches!(end, End::Closed(_));
                match end {
                    End::Closed(inner) | End::Implied(inner) => {
                        let end = from + inner.len();
                        entries.push(Raw {
                            tag,
                            inner,
                            start,
                            end,
                        });
                    }
                    End::Missing => entries.broken = true,
                }
                ended |= whole;
            }
            ("", "channel") => {
                lang = lang.or_else(|| tag.attr("xml:lang"));
                base_attribute = base_attribute.or_else(|| tag.attr("xml:base"));
            }
            (
                "",
                "image" | "textinput" | "author" | "contributor" | "skiphours" | "skipdays"
                | "cloud",
            ) if !tag.empty => {
                inner(text, &mut tokens, &tag, &mut unclosed);
            }
            ("", "link") => {
                let rel = tag.attr("rel").map(|rel| rel.to_ascii_lowercase());
                let href = tag.attr("href").filter(|href| !href.is_empty());
                match (rel.as_deref(), href) {
                    (Some("hub"), Some(href)) if seen.hubs.len() < 2 * MAX_HUBS => {
                        seen.hubs.push(href.trim().to_owned());
                    }
                    (Some("self"), Some(href)) => set(&mut seen.own, href),
                    (None | Some("alternate"), Some(href)) => set(&mut seen.link, href),
                    (None, None) if !tag.empty => {
                        let inner = inner(text, &mut tokens, &tag, &mut unclosed);
                        set(&mut seen.link, Value::of(inner).html());
                    }
                    _ => {}
                }
            }
            ("", "title") if seen.title.is_none() => {
                let inner = inner(text, &mut tokens, &tag, &mut unclosed);
                seen.title = Some(draft::plain_line(&Value::of(inner)));
            }
            ("" | "dc", "language") if !tag.empty => {
                let inner = inner(text, &mut tokens, &tag, &mut unclosed);
                set(&mut seen.lang, Value::of(inner).html());
            }
            ("", "ttl") if !tag.empty => {
                let inner = inner(text, &mut tokens, &tag, &mut unclosed);
                seen.ttl = Value::of(inner).html().trim().parse().ok();
            }
            _ => {}
        }
    }
    repaired |= !ended;
    if entries.total == 0 && entries.broken {
        return Err(FeedFault::Truncated);
    }

    let mut base = around.url.clone();
    let home = seen
        .link
        .as_deref()
        .and_then(|link| draft::link(&base, link));
    // RSS links are relative to the site, Atom's to the document, unless `xml:base` says.
    if let (false, Some(home)) = (atom, &home) {
        base = home.clone();
    }
    if let Some(given) = base_attribute
        .as_deref()
        .and_then(|given| draft::link(&base, given))
    {
        base = given;
    }
    let whole = Whole {
        root_prefix,
        atom,
        lang: seen
            .lang
            .as_deref()
            .or(lang.as_deref())
            .and_then(Language::from_tag),
        base,
    };
    let cut = entries.total > MAX_ENTRIES;
    let first_entry = entries.first.first().map(|raw| raw.start);
    let entries = entries.newest(&whole, around);
    Ok(Survey {
        text,
        root,
        root_start,
        whole,
        given_base: base_attribute.map(std::borrow::Cow::into_owned),
        entries,
        damaged: repaired,
        cut,
        first_entry,
        seen,
        home,
    })
}

/// What the feed says of itself, the first of each.
#[derive(Default)]
struct Seen {
    title: Option<String>,
    link: Option<String>,
    lang: Option<String>,
    hubs: Vec<String>,
    own: Option<String>,
    ttl: Option<i64>,
}

fn set(place: &mut Option<String>, text: impl AsRef<str>) {
    let text = text.as_ref().trim();
    if place.is_none() && !text.is_empty() {
        *place = Some(text.to_owned());
    }
}

fn is_root(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    ["rss", "rdf", "feed", "channel"]
        .iter()
        .any(|root| local.eq_ignore_ascii_case(root))
}

/// The root's tag, and whether something stood before it that should not.
fn root<'a>(tokens: &mut Tokens<'a>) -> Result<(Tag<'a>, bool), FeedFault> {
    let mut lead = false;
    let mut first: Option<&str> = None;
    let mut tags = 0;
    for token in tokens.by_ref() {
        match token {
            Token::Open(tag) if is_root(tag.name) => return Ok((tag, lead || first.is_some())),
            Token::Open(tag) => {
                if ["html", "head", "body"].iter().any(|name| tag.is(name)) {
                    return Err(FeedFault::Html);
                }
                first = first.or(Some(tag.name));
                tags += 1;
                if tags > LEAD {
                    break;
                }
            }
            Token::Text(text) => lead |= !text.trim().is_empty(),
            _ => {}
        }
    }
    Err(FeedFault::NotAFeed(match first {
        Some(name) => format!(
            "a document of the kind <{}>",
            super::super::text::cut(&super::super::text::clean_line(name), 40)
        ),
        None => "plain text".to_owned(),
    }))
}

/// What stands in a small element of the feed itself; the walk goes on behind it, or at once where its end is missing.
fn inner<'a>(
    text: &'a str,
    tokens: &mut Tokens<'a>,
    tag: &Tag<'a>,
    unclosed: &mut usize,
) -> &'a str {
    // After some vain searches no more: each may run far.
    if tag.empty || *unclosed > 20 {
        return "";
    }
    let from = tokens.end();
    let mut ahead = tokens.clone();
    let mut depth = 1_usize;
    while let Some(token) = ahead.next() {
        match token {
            Token::Open(inside) => {
                let local = inside.name.rsplit(':').next().unwrap_or_default();
                if local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry") {
                    break;
                }
                depth += usize::from(inside.is(tag.name) && !inside.empty);
            }
            Token::Close(name) if name.eq_ignore_ascii_case(tag.name) => {
                depth -= 1;
                if depth == 0 {
                    let end = ahead.start();
                    *tokens = ahead;
                    return &text[from..end];
                }
            }
            Token::Close(name) if is_root(name) => break,
            _ => {}
        }
    }
    *unclosed += 1;
    ""
}

/// How an entry ends.
enum End<'a> {
    /// With its end tag.
    Closed(&'a str),
    /// Where the next begins, or the feed ends.
    Implied(&'a str),
    /// Not at all: the document breaks off.
    Missing,
}

/// Runs to the end of an entry; also whether the whole feed ends there.
fn entry_end<'a>(
    text: &'a str,
    tokens: &mut Tokens<'a>,
    name: &str,
    look_ahead: &mut bool,
) -> (End<'a>, bool) {
    let from = tokens.end();
    loop {
        let before = tokens.clone();
        match tokens.next() {
            None => return (End::Missing, false),
            Some(Token::Open(tag)) if tag.name == name => {
                let end = tokens.start();
                *tokens = before;
                return (End::Implied(&text[from..end]), false);
            }
            // Atom's own content may hold an element of any name: run past it.
            Some(Token::Open(tag))
                if *look_ahead
                    && tag.is("content")
                    && !tag.empty
                    && tag.attr("type").as_deref() == Some("xhtml") =>
            {
                let mut ahead = tokens.clone();
                if close(&mut ahead, tag.name).is_some() {
                    *tokens = ahead;
                } else {
                    *look_ahead = false;
                }
            }
            Some(Token::Close(closed)) if closed == name || closed.eq_ignore_ascii_case(name) => {
                return (End::Closed(&text[from..tokens.start()]), false);
            }
            Some(Token::Close(closed)) if is_root(closed) => {
                return (End::Implied(&text[from..tokens.start()]), true);
            }
            Some(_) => {}
        }
    }
}

/// The first and the last entries; never more than twice [`MAX_ENTRIES`].
#[derive(Default)]
struct Kept<'a> {
    first: Vec<Raw<'a>>,
    last: VecDeque<Raw<'a>>,
    total: usize,
    broken: bool,
}

impl<'a> Kept<'a> {
    fn push(&mut self, raw: Raw<'a>) {
        self.total += 1;
        if self.first.len() < MAX_ENTRIES {
            self.first.push(raw);
        } else {
            if self.last.len() == MAX_ENTRIES {
                self.last.pop_front();
            }
            self.last.push_back(raw);
        }
    }

    /// All, or of too many the end that is newer: most feeds begin with the newest, some end with it.
    fn newest(mut self, whole: &Whole, around: &Around) -> Vec<Raw<'a>> {
        let Some(last) = self.last.back() else {
            return self.first;
        };
        let date = |raw: &Raw| entry::date(raw, whole, around);
        let rising = self.first.first().and_then(date) < date(last);
        if !rising || date(last).is_none() {
            return self.first;
        }
        let missing = MAX_ENTRIES - self.last.len();
        let mut kept = self.first.split_off(self.first.len() - missing);
        kept.extend(self.last);
        kept
    }
}
