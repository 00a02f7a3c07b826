//! The parts of an entry, whatever the format, put together and bounded.

use url::Url;

use super::super::dates::Found;
use super::super::markup::{Token, Tokens};
use super::super::text::tail;
use super::super::text::{clean_line, clean_text, cut, decode_entities, excerpt, html_to_text};
use super::value::Value;
use crate::domain::{
    Attachment, Draft, Language, MAX_AUTHOR, MAX_EXCERPT, MAX_TEXT, MAX_TITLE, Precision,
};

/// Longest id of an entry, in characters.
const MAX_GUID: usize = 1000;
/// Longest address, in bytes.
const MAX_URL: usize = 4096;
/// Most files and categories of an entry.
const MAX_LIST: usize = 50;
/// A description of fewer characters, where nothing else is given, is taken for a summary.
const FULL: usize = 600;
/// Text from which a title is made, in characters.
const TITLE_FROM_TEXT: usize = 100;

/// What was found of an entry.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub base: Option<Url>,
    pub guid: Option<String>,
    pub url: Option<Url>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub content: Option<Body>,
    pub summary: Option<Body>,
    pub published: Option<Found>,
    pub updated: Option<Found>,
    pub lang: Option<Language>,
    pub image: Option<Url>,
    pub attachments: Vec<Attachment>,
    pub categories: Vec<String>,
}

/// A content or a summary.
#[derive(Debug)]
pub(super) struct Body {
    html: Option<String>,
    text: String,
}

impl Body {
    fn of(value: &Value, is_html: bool) -> Option<Self> {
        let source = value.html();
        let source = &source[..source.floor_char_boundary(2 * MAX_TEXT)];
        // Text that claims to be plain and is full of tags is HTML all the same.
        let is_html = matches!(value, Value::Markup(_))
            || has_tags(source)
            || (is_html && source.contains('&'));
        let text = if is_html {
            html_to_text(source)
        } else {
            bounded(clean_text(source))
        };
        if text.is_empty() && !has_tags(source) {
            return None;
        }
        Some(Self {
            html: is_html.then(|| source.to_owned()),
            text,
        })
    }
}

impl Parts {
    /// The content; of several the longest.
    pub fn content(&mut self, value: Value, is_html: bool) {
        let body = Body::of(&value, is_html);
        if body.as_ref().map_or(0, |body| body.text.len())
            > self.content.as_ref().map_or(0, |body| body.text.len())
        {
            self.content = body;
        }
    }

    /// The summary; of several the first.
    pub fn summary(&mut self, value: Value, is_html: bool) {
        if self.summary.is_none() {
            self.summary = Body::of(&value, is_html);
        }
    }

    /// The entry, bounded; `None` where there is nothing to show.
    pub fn finish(self) -> Option<Draft> {
        let has_content = self.content.is_some();
        let title = self
            .title
            .map(|title| cut(&title, MAX_TITLE))
            .filter(|title| !title.is_empty());
        let named = title.as_deref().unwrap_or_default();
        let summary_text = self
            .summary
            .as_ref()
            .map(|body| tail::removed(&body.text, named).0.to_owned());
        let body = self.content.or(self.summary);
        let (html, mut text) = body.map_or((None, String::new()), |body| (body.html, body.text));
        let (rest, teaser) = tail::removed(&text, named);
        text.truncate(rest.len());
        if title.is_none() && text.is_empty() && self.url.is_none() {
            return None;
        }
        let title = title
            .or_else(|| {
                let first = text.lines().next().unwrap_or_default();
                Some(cut(first, TITLE_FROM_TEXT)).filter(|title| !title.is_empty())
            })
            .or_else(|| self.url.as_ref().map(|url| cut(url.as_str(), MAX_TITLE)))?;
        let length = text.chars().take(2 * FULL).count();
        let partial = self.url.is_some()
            && if has_content {
                teaser && length < 2 * FULL
            } else {
                length < FULL || teaser
            };
        let summary = summary_text
            .filter(|summary| !summary.is_empty() && (has_content || partial))
            .map(|summary| excerpt(tail::without_dots(&summary), MAX_EXCERPT))
            .filter(|summary| !summary.is_empty());
        let base = self.url.as_ref().or(self.base.as_ref());
        let mut attachments = self.attachments;
        let mut image = self.image;
        if let (Some(html), Some(base)) = (&html, base) {
            from_content(html, base, &mut image, &mut attachments);
        }
        let mut image_from_files = attachments
            .iter()
            .filter(|file| {
                file.r#type
                    .as_deref()
                    .is_some_and(|media| media.starts_with("image/"))
            })
            .map(|file| file.url.clone());
        let image = image.or_else(|| image_from_files.next());
        drop(image_from_files);
        let mut seen: Vec<Url> = Vec::new();
        attachments.retain(|file| {
            let new = !seen.contains(&file.url) && seen.len() < MAX_LIST;
            if new {
                seen.push(file.url.clone());
            }
            new
        });
        for file in &mut attachments {
            file.r#type = file
                .r#type
                .take()
                .map(|media| cut(&clean_line(&media), 100))
                .filter(|media| !media.is_empty());
            file.title = file
                .title
                .take()
                .map(|title| cut(&clean_line(&title), 300))
                .filter(|title| !title.is_empty());
        }
        let mut categories: Vec<String> = Vec::new();
        for category in self.categories.iter().take(4 * MAX_LIST) {
            let category = cut(&clean_line(category), 100);
            if !category.is_empty()
                && !categories.contains(&category)
                && categories.len() < MAX_LIST
            {
                categories.push(category);
            }
        }
        let published = self.published.or(self.updated);
        Some(Draft {
            guid: self
                .guid
                .map(|guid| bounded_guid(&guid))
                .filter(|guid| !guid.is_empty()),
            url: self.url,
            title,
            author: self
                .author
                .map(|author| cut(&clean_line(&author), MAX_AUTHOR))
                .filter(|author| !author.is_empty()),
            html,
            text,
            summary,
            published: published.map(|found| found.at),
            precision: published.map_or(Precision::None, |found| found.precision),
            updated: self.updated.map(|found| found.at),
            lang_hint: self.lang,
            image,
            attachments,
            categories,
            partial,
        })
    }
}

fn bounded(mut text: String) -> String {
    if text.len() > MAX_TEXT {
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        text.truncate(text.trim_end().len());
    }
    text
}

/// An id is compared, not read: it is cut without an ellipsis.
fn bounded_guid(guid: &str) -> String {
    clean_line(guid)
        .chars()
        .take(MAX_GUID)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// An address that a person can follow: `http` or `https`, of bounded length.
pub(in crate::reading) fn link(base: &Url, text: &str) -> Option<Url> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_URL {
        return None;
    }
    let mut url = base.join(text).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return None;
    }
    // A password in a link is nobody's business.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    (url.as_str().len() <= MAX_URL).then_some(url)
}

pub(super) fn is_picture(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

/// One line of plain text from a title, a name or a category, however often it was escaped.
pub(super) fn plain_line(value: &Value) -> String {
    let source = value.html();
    let source = &source[..source.floor_char_boundary(64 * 1024)];
    let mut line = if has_tags(source) {
        clean_line(&html_to_text(source))
    } else {
        clean_line(&decode_entities(source))
    };
    // Escaped once too often.
    if line.contains('&') {
        if has_tags(&line) {
            line = clean_line(&html_to_text(&line));
        } else {
            line = clean_line(&decode_entities(&line));
        }
    }
    if has_tags(&line) {
        line = clean_line(&html_to_text(&line));
    }
    line
}

/// Whether text holds HTML tags, not just signs that could begin one: `<ONG>` is none.
fn has_tags(text: &str) -> bool {
    const NAMES: [&str; 34] = [
        "a",
        "b",
        "i",
        "u",
        "p",
        "s",
        "br",
        "em",
        "ul",
        "ol",
        "li",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "img",
        "sub",
        "sup",
        "span",
        "font",
        "small",
        "strong",
        "table",
        "script",
        "style",
        "iframe",
        "center",
        "figure",
        "blockquote",
        "section",
    ];
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let end = rest
            .iter()
            .take(12)
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(rest.len().min(12));
        let closes = rest
            .get(end)
            .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        closes
            && NAMES
                .iter()
                .any(|name| rest[..end].eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The first picture and the documents that a content links to.
fn from_content(
    html: &str,
    base: &Url,
    image: &mut Option<Url>,
    attachments: &mut Vec<Attachment>,
) {
    const DOCUMENTS: [(&str, &str); 8] = [
        (".pdf", "application/pdf"),
        (
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (".doc", "application/msword"),
        (".odt", "application/vnd.oasis.opendocument.text"),
        (
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (".xls", "application/vnd.ms-excel"),
        (".rtf", "application/rtf"),
        (".edoc", "application/vnd.etsi.asic-e+zip"),
    ];
    let mut open: Option<usize> = None;
    for token in Tokens::html(html) {
        match token {
            Token::Open(tag) if tag.is("img") && image.is_none() => {
                let tiny = |name: &str| {
                    tag.attr(name)
                        .is_some_and(|size| matches!(&*size, "0" | "1" | "1px"))
                };
                if !tiny("width") && !tiny("height") {
                    *image = tag
                        .attr("src")
                        .filter(|src| !src.starts_with("data:"))
                        .and_then(|src| link(base, &src))
                        .filter(|url| {
                            !url.path().to_ascii_lowercase().ends_with("gif")
                                && !url.path().contains("/emoji/")
                                && !url.path().contains("/smilies/")
                        });
                }
            }
            Token::Open(tag) if tag.is("a") => {
                open = None;
                let Some(url) = tag.attr("href").and_then(|href| link(base, &href)) else {
                    continue;
                };
                let path = url.path().to_ascii_lowercase();
                let Some((_, media)) = DOCUMENTS.iter().find(|(ending, _)| path.ends_with(ending))
                else {
                    continue;
                };
                if attachments.len() < MAX_LIST && !attachments.iter().any(|file| file.url == url) {
                    attachments.push(Attachment {
                        url,
                        r#type: Some((*media).to_owned()),
                        title: Some(String::new()),
                    });
                    open = Some(attachments.len() - 1);
                }
            }
            Token::Text(text) => {
                if let Some(title) = open.and_then(|at| attachments[at].title.as_mut())
                    && title.len() < 1000
                {
                    title.push_str(&decode_entities(&text[..text.floor_char_boundary(1000)]));
                }
            }
            Token::Close(name) if name.eq_ignore_ascii_case("a") => open = None,
            _ => {}
        }
    }
}
