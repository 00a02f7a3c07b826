//! What an entry is made of: whether feed-rs's model holds all of it.

use super::super::markup::{Tag, Token, Tokens};
use super::outline::Raw;
use super::value::names;

/// The family of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 0.91, 0.92 and 2.0.
    Rss2,
    /// RSS 1.0.
    Rss1,
    /// Atom 1.0.
    Atom,
    /// JSON Feed.
    Json,
}

/// What stands in an entry, as far as the model does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// A title with something in it.
    pub title: bool,
    /// A content or a summary with something in it.
    pub body: bool,
    /// A link.
    pub link: bool,
    /// The summary says that it is plain text.
    pub plain_summary: bool,
}

/// The prefixes that stand for what they usually do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Namespaces {
    dublin_core: bool,
    content: bool,
}

impl Namespaces {
    /// Reads the root; `None` where something unusual is declared.
    pub fn of(root: &Tag, format: Format) -> Option<Self> {
        let mut found = Self {
            dublin_core: false,
            content: false,
        };
        for (name, uri) in root.attributes() {
            let uri = uri.trim();
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            match (prefix, uri) {
                ("dc", "http://purl.org/dc/elements/1.1/") => found.dublin_core = true,
                ("content", "http://purl.org/rss/1.0/modules/content/") => found.content = true,
                ("", "http://www.w3.org/2005/Atom") if format == Format::Atom => {}
                ("", "http://purl.org/rss/1.0/") if format == Format::Rss1 => {}
                ("atom" | "atom10" | "a10", "http://www.w3.org/2005/Atom") => {}
                // Another dialect, or an odd name for what is known by another.
                ("", _)
                | (
                    _,
                    "http://purl.org/dc/elements/1.1/"
                    | "http://purl.org/rss/1.0/modules/content/"
                    | "http://www.w3.org/2005/Atom"
                    | "http://purl.org/rss/1.0/",
                ) => return None,
                _ if uri.contains('&') => return None,
                _ => {}
            }
        }
        Some(found)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Arrives in the model; at most one of a kind.
    One(One),
    /// Arrives in the model, however many.
    Many,
    /// Of no interest to either reader.
    Passed,
    /// Of interest, and not in the model.
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum One {
    Title,
    Link,
    Summary,
    Content,
    Id,
    Published,
    Updated,
}

fn role(name: &str, format: Format, namespaces: Namespaces) -> Role {
    use Format::{Atom, Rss1, Rss2};
    use One::{Content, Id, Link, Published, Summary, Title, Updated};
    match (format, name) {
        (_, "title") => Role::One(Title),
        (Rss1 | Rss2, "link") => Role::One(Link),
        (Rss1 | Rss2, "description") | (Atom, "summary") => Role::One(Summary),
        (Rss2, "guid") | (Atom, "id") => Role::One(Id),
        (Rss2, "pubDate") | (Atom, "published") => Role::One(Published),
        (Atom, "updated") => Role::One(Updated),
        (Atom, "content") => Role::One(Content),
        (Rss2, "author" | "category" | "enclosure") | (Atom, "link" | "author" | "category") => {
            Role::Many
        }
        (Rss1 | Rss2, "content:encoded") if namespaces.content => Role::One(Content),
        (Rss1 | Rss2, "dc:date") if namespaces.dublin_core => Role::One(Published),
        (Rss1 | Rss2, "dc:creator") if namespaces.dublin_core => Role::Many,
        _ => {
            let (prefix, local) = names(name, "");
            let read = match prefix.as_str() {
                "" => !matches!(
                    local.as_str(),
                    "comments" | "source" | "rights" | "contributor" | "post-id"
                ),
                "dc" => !matches!(
                    local.as_str(),
                    "type" | "rights" | "identifier" | "format" | "publisher" | "source"
                ),
                "media" | "itunes" | "dcterms" | "yandex" | "xhtml" | "feedburner" | "content" => {
                    true
                }
                _ => false,
            };
            if read { Role::Lost } else { Role::Passed }
        }
    }
}

/// The shape of an entry; `None` where the model would lose some of it.
pub(super) fn of(raw: &Raw, format: Format, namespaces: Namespaces) -> Option<Shape> {
    if raw.tag.mentions("xml:") || raw.tag.mentions("xmlns") {
        return None;
    }
    let mut shape = Shape::default();
    let mut seen: Vec<One> = Vec::with_capacity(8);
    // The element below the entry that is open, and how deep we are in it.
    let mut open: Option<(&str, Role)> = None;
    let mut depth = 0_usize;
    for token in Tokens::xml(raw.inner) {
        match token {
            Token::Open(tag) => {
                if let Some((name, role)) = open {
                    let person = name == "author" && format == Format::Atom;
                    if !(person || (role == Role::Passed && is_source(name))) {
                        return None;
                    }
                    depth += usize::from(!tag.empty);
                    continue;
                }
                let role = role(tag.name, format, namespaces);
                if !(holds(&tag, role, format) && count(role, &mut seen)) {
                    return None;
                }
                match role {
                    Role::One(One::Summary) => {
                        shape.plain_summary = tag.attr("type").as_deref() == Some("text");
                    }
                    Role::One(One::Link) => shape.link = true,
                    Role::Many if tag.name == "link" => shape.link = true,
                    _ => {}
                }
                if !tag.empty {
                    open = Some((tag.name, role));
                    depth = 1;
                }
            }
            Token::Close(name) => {
                let (opened, _) = open?;
                depth -= 1;
                if depth == 0 {
                    if name != opened {
                        return None;
                    }
                    open = None;
                }
            }
            Token::Text(text) | Token::Cdata(text) => {
                let Some((name, role)) = open else {
                    continue;
                };
                // feed-rs takes addresses out of names, and may panic over it.
                if matches!(name, "author" | "dc:creator")
                    && format != Format::Atom
                    && (text.contains('@') || text.contains('&'))
                {
                    return None;
                }
                if !text.trim().is_empty() {
                    match role {
                        Role::One(One::Title) => shape.title = true,
                        Role::One(One::Content | One::Summary) => shape.body = true,
                        _ => {}
                    }
                }
            }
            Token::Raw(_) => return None,
        }
    }
    // Without a link an entry may have one in its id, which only our own reader takes.
    (open.is_none() && shape.link).then_some(shape)
}

fn is_source(name: &str) -> bool {
    name == "source"
}

fn count(role: Role, seen: &mut Vec<One>) -> bool {
    match role {
        Role::One(kind) => {
            let new = !seen.contains(&kind);
            seen.push(kind);
            new
        }
        Role::Many | Role::Passed => true,
        Role::Lost => false,
    }
}

/// Whether the model holds what the attributes say.
fn holds(tag: &Tag, role: Role, format: Format) -> bool {
    if tag.mentions("xml:") {
        return false;
    }
    if role == Role::Passed {
        return true;
    }
    if tag.mentions("xmlns") {
        return false;
    }
    let media = tag.attr("type");
    let media = media.as_deref();
    match (format, role, tag.name) {
        (_, Role::One(One::Title), _) => matches!(media, None | Some("text" | "html")),
        (_, Role::One(One::Summary), _) if format == Format::Atom => {
            matches!(media, None | Some("text" | "html"))
        }
        (Format::Rss2 | Format::Rss1, Role::One(One::Summary), _) => media.is_none(),
        (Format::Atom, Role::One(One::Content), _) => {
            matches!(media, None | Some("text" | "html")) && tag.attr("src").is_none()
        }
        (Format::Rss2 | Format::Rss1, Role::One(One::Link), _) => tag.attr("href").is_none(),
        (Format::Atom, _, "link") => tag.attr("href").is_some_and(|href| !href.is_empty()),
        (Format::Atom, _, "category") => tag.attr("term").is_some_and(|term| !term.is_empty()),
        (Format::Rss2, _, "category") => tag.attr("label").is_none() && tag.attr("term").is_none(),
        (Format::Rss2, _, "enclosure") => {
            tag.attr("title").is_none()
                && media.is_none_or(|media| {
                    media.split_once('/').is_some_and(|(kind, name)| {
                        let plain = |part: &str| {
                            !part.is_empty()
                                && part.bytes().all(|byte| {
                                    byte.is_ascii_lowercase()
                                        || byte.is_ascii_digit()
                                        || matches!(byte, b'.' | b'-')
                                })
                        };
                        plain(kind) && plain(name)
                    })
                })
        }
        _ => true,
    }
}
