//! The first reader: feed-rs, for the documents that it can hold in full.
//!
//! Its model has no room for some of what an entry says (a language of its own, several dates, Media RSS without a
//! content, labels, markup that nobody escaped …). [`suits`] looks at the elements of every entry, and only where all of
//! them arrive in the model is the document given to feed-rs. What feed-rs would loop, recurse or panic over stays away
//! from it as well: the document type, namespaces whose elements it reads recursively, addresses beside letters that are
//! not ASCII in a contact.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use feed_rs::model::{Entry, FeedType};
use feed_rs::parser::Builder;
use jiff::Timestamp;
use memchr::memmem;
use url::Url;

use super::super::dates::{self, Found};
use super::Around;
use super::draft::{self, Parts};
use super::outline::Survey;
use super::shape::{self, Format, Shape};
use super::value::Value;
use crate::domain::{Attachment, Draft, Language, Precision};

/// What came of the attempt.
#[derive(Debug)]
pub(super) enum Reading {
    /// All entries.
    Whole(Vec<Draft>),
    /// The document has something that the model does not hold: it was not tried.
    Unsuited,
    /// feed-rs refused it, or lost something.
    Failed,
}

/// Reads the entries of a document with feed-rs, where it suits.
pub(super) fn read(survey: &Survey, around: &Around) -> Reading {
    let Some((format, shapes)) = suits(survey) else {
        return Reading::Unsuited;
    };
    let document = document(survey);
    let Some(feed) = parse(
        document.as_bytes(),
        &survey.whole.base,
        survey.whole.lang,
        around,
    ) else {
        return Reading::Failed;
    };
    if feed.entries.len() != survey.entries.len() || feed.feed_type == FeedType::JSON {
        return Reading::Failed;
    }
    let mut items = Vec::with_capacity(shapes.len());
    for ((entry, shape), raw) in feed.entries.into_iter().zip(shapes).zip(&survey.entries) {
        if lost(&entry, shape) {
            return Reading::Failed;
        }
        let mut parts = parts(entry, shape, format, &survey.whole.base);
        parts.lang = survey.whole.lang;
        if format == Format::Rss1
            && let Some(about) = raw.tag.attr("rdf:about")
        {
            parts.guid = Some(about.into_owned());
        }
        items.extend(parts.finish());
    }
    Reading::Whole(items)
}

/// Reads a JSON Feed that holds nothing but what the model does.
pub(super) fn read_json(
    text: &str,
    base: &Url,
    lang: Option<Language>,
    around: &Around,
    count: usize,
) -> Option<Vec<Draft>> {
    let feed = parse(text.as_bytes(), base, lang, around)?;
    if feed.entries.len() != count || feed.feed_type != FeedType::JSON {
        return None;
    }
    let items = feed.entries.into_iter().filter_map(|entry| {
        let mut parts = parts(entry, Shape::default(), Format::Json, base);
        parts.lang = lang;
        parts.finish()
    });
    Some(items.collect())
}

/// What feed-rs makes of it; `None` on an error, and on a panic, which must not pass.
fn parse(
    bytes: &[u8],
    base: &Url,
    lang: Option<Language>,
    around: &Around,
) -> Option<feed_rs::model::Feed> {
    let (now, zone) = (around.now, around.zone.clone());
    let parser = Builder::new()
        .base_uri(Some(base.as_str()))
        .sanitize_content(false)
        .timestamp_parser(move |text| pack(dates::parse(text, lang, now, &zone)?))
        // An empty id marks an entry that gives none: an invented one would change with its title.
        .id_generator(|_, _, _| String::new())
        .build();
    catch_unwind(AssertUnwindSafe(|| parser.parse(bytes)))
        .ok()?
        .ok()
}

/// A date as feed-rs carries it. How exactly it is known has no place there, and travels in the nanoseconds, which no feed
/// states.
fn pack(found: Found) -> Option<DateTime<Utc>> {
    let mark = match found.precision {
        Precision::Day => 1,
        Precision::Month => 2,
        _ => 0,
    };
    let nanoseconds = u32::try_from(found.at.subsec_nanosecond()).ok()? / 1000 * 1000 + mark;
    DateTime::from_timestamp(found.at.as_second(), nanoseconds)
}

fn unpack(date: DateTime<Utc>) -> Option<Found> {
    let nanoseconds = i32::try_from(date.timestamp_subsec_nanos()).ok()?;
    let precision = match nanoseconds % 1000 {
        1 => Precision::Day,
        2 => Precision::Month,
        _ => Precision::Second,
    };
    let at = Timestamp::new(date.timestamp(), nanoseconds / 1000 * 1000).ok()?;
    Some(Found {
        at,
        precision,
        // Drafts hold moments only.
        offset: jiff::tz::Offset::UTC,
    })
}

/// Whether feed-rs holds all that the document says, and can read it without harm; and what each entry is made of.
fn suits(survey: &Survey) -> Option<(Format, Vec<Shape>)> {
    let root = &survey.root;
    let format = match (root.name, root.attr("version").as_deref()) {
        ("rss", Some("2.0" | "" | "0.91" | "0.92")) => Format::Rss2,
        ("rdf:RDF", _) => Format::Rss1,
        ("feed", None | Some("1.0")) => Format::Atom,
        _ => return None,
    };
    let bytes = survey.text.as_bytes();
    let has = |what: &str| memmem::find(bytes, what.as_bytes()).is_some();
    // Read recursively, and with losses.
    if has("/mrss/") || has("podcast-1.0.dtd") {
        return None;
    }
    let namespaces = shape::Namespaces::of(root, format)?;
    if survey
        .given_base
        .as_deref()
        .is_some_and(|base| Url::parse(base).is_err())
        || odd_contact(survey.text)
        || survey.entries.is_empty()
    {
        return None;
    }
    survey
        .entries
        .iter()
        .map(|raw| shape::of(raw, format, namespaces))
        .collect::<Option<Vec<_>>>()
        .map(|shapes| (format, shapes))
}

/// A contact of the channel over whose address feed-rs may panic: it cuts one byte beside it.
fn odd_contact(text: &str) -> bool {
    ["managingEditor>", "webMaster>"].iter().any(|name| {
        memmem::find_iter(text.as_bytes(), name).any(|at| {
            let inner = &text.as_bytes()[at + name.len()..];
            let inner = &inner[..inner.len().min(300)];
            let inner = &inner[..memmem::find(inner, b"</").unwrap_or(inner.len())];
            inner.contains(&b'@') && (inner.contains(&b'&') || !inner.is_ascii())
        })
    })
}

/// The document from its root on, with the entries to read only. The declaration is left out, because it names an encoding
/// in which the text no longer is, and so is the document type.
fn document<'a>(survey: &Survey<'a>) -> Cow<'a, str> {
    if !survey.cut {
        return Cow::Borrowed(&survey.text[survey.root_start..]);
    }
    let name = survey.root.name;
    let mut out = String::new();
    let first = survey.first_entry.unwrap_or(survey.root_start);
    out.push_str(&survey.text[survey.root_start..first]);
    for raw in &survey.entries {
        out.push_str(&survey.text[raw.start..raw.end]);
        out.push_str("</");
        out.push_str(raw.tag.name);
        out.push('>');
    }
    if name == "rss" {
        out.push_str("</channel>");
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
    Cow::Owned(out)
}

/// Whether something that stands in the entry did not arrive.
fn lost(entry: &Entry, shape: Shape) -> bool {
    (shape.title && entry.title.is_none())
        || (shape.body && entry.content.is_none() && entry.summary.is_none())
        || (shape.link && entry.links.is_empty())
}

/// The model's entry as parts.
fn parts(entry: Entry, shape: Shape, format: Format, base: &Url) -> Parts {
    let mut parts = Parts {
        base: Some(base.clone()),
        ..Parts::default()
    };
    let characters = |text: String| Value::Characters(Cow::Owned(text.trim().to_owned()));
    parts.guid = Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty());
    parts.title = entry
        .title
        .map(|title| draft::plain_line(&characters(title.content)))
        .filter(|title| !title.is_empty());
    let author = entry
        .authors
        .iter()
        .rev()
        .find(|person| person.role.as_deref() == Some("creator"))
        .or_else(|| entry.authors.iter().find(|person| person.name.is_some()));
    parts.author = author
        .and_then(|person| person.name.clone())
        .map(|name| draft::plain_line(&characters(name)))
        .filter(|name| !name.is_empty());
    parts.published = entry.published.and_then(unpack);
    // In RSS feed-rs copies the one date into the other.
    if matches!(format, Format::Atom | Format::Json) {
        parts.updated = entry.updated.and_then(unpack);
    }
    if let Some(body) = entry.content.and_then(|content| {
        let is_html = content.content_type.subty() == "html";
        content.body.map(|body| (body, is_html))
    }) {
        match format {
            Format::Json if body.1 => parts.content(Value::Markup(body.0.into()), true),
            _ => parts.content(characters(body.0), body.1),
        }
    }
    if let Some(summary) = entry.summary {
        let plain = shape.plain_summary || format == Format::Json;
        parts.summary(characters(summary.content), !plain);
    }
    parts.categories = entry
        .categories
        .into_iter()
        .map(
            |category| match category.label.filter(|label| !label.is_empty()) {
                Some(label) => label,
                None if format == Format::Rss2 => draft::plain_line(&characters(category.term)),
                None => category.term,
            },
        )
        .collect();
    let mut best: Option<(u8, Url)> = None;
    for link in entry.links {
        if link.target.is_some() {
            continue;
        }
        let rel = link.rel.as_deref().unwrap_or_default().to_ascii_lowercase();
        let media = link
            .media_type
            .as_deref()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let Some(url) = draft::link(base, &link.href) else {
            continue;
        };
        // JSON Feed's attachments are the links that have a type.
        if rel == "enclosure" || (format == Format::Json && link.media_type.is_some()) {
            parts.attachments.push(Attachment {
                url,
                r#type: link.media_type,
                title: link.title,
            });
            continue;
        }
        let rank = match rel.as_str() {
            "" | "alternate" if media.is_empty() || media.contains("html") => 1,
            "" | "alternate" => 2,
            "self" | "via" | "related" => 4,
            _ => continue,
        };
        if best.as_ref().is_none_or(|(found, _)| rank < *found) {
            best = Some((rank, url));
        }
    }
    parts.url = best.map(|(_, url)| url);
    for content in entry.media.into_iter().flat_map(|media| media.content) {
        if let Some(url) = content.url.and_then(|url| draft::link(base, url.as_str())) {
            parts.attachments.push(Attachment {
                url,
                r#type: content.content_type.map(|media| media.to_string()),
                title: None,
            });
        }
    }
    parts
}
