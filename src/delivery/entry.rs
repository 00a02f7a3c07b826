//! What the feed writers write: one announcement, or one edition of a digest, ready to be put into any format.

use jiff::Timestamp;
use serde_json::{Value, json};
use url::{Host, Url};

use super::content::content_html;
use super::xml::Xml;
use super::{FeedInfo, ItemJson};
use crate::config::Content;
use crate::domain::{Attachment, Item, Language};

/// One entry of a feed.
pub(super) struct Entry {
    /// Never changes; a tag URI (RFC 4151).
    pub id: String,
    /// Plain text, not empty.
    pub title: String,
    /// Where a person reads it; `http` or `https`.
    pub link: String,
    /// The service's own page about it, where `link` is another.
    pub page: Option<String>,
    pub lang: Option<Language>,
    pub published: Timestamp,
    /// `published` or later.
    pub updated: Timestamp,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it is from: address of the source's feed in this service (without extension and query), id, name.
    pub source: Option<(String, String)>,
    /// Plain text; may be empty.
    pub summary: String,
    /// Harmless HTML.
    pub html: String,
    pub categories: Vec<Category>,
    pub image: Option<String>,
    pub files: Vec<File>,
    /// What JSON Feed has no place for.
    pub extension: Value,
}

/// What an entry is filed under.
pub(super) struct Category {
    /// What the terms are of.
    pub scheme: String,
    /// The same in every language.
    pub term: String,
    /// For people.
    pub label: String,
}

/// A file that goes with an entry.
pub(super) struct File {
    pub url: String,
    /// Always of the form `type/subtype`.
    pub media_type: String,
    pub title: Option<String>,
}

impl Entry {
    /// An item as an entry.
    pub fn of(info: &FeedInfo, item: &Item) -> Self {
        let page = under(&info.public, &format!("items/{}", item.id));
        let link = safe_link(&item.url).map(str::to_owned);
        // Readers sort by date, so an item without one gets the day it was found.
        let published = sane(item.published.unwrap_or(item.first_seen));
        let mut categories = vec![Category {
            scheme: under(&info.public, "#kind"),
            term: item.kind.to_string(),
            label: plain(info.labels.kind(item.kind), item.kind.as_str()),
        }];
        categories.extend(item.topics.iter().map(|topic| Category {
            scheme: under(&info.public, "topics"),
            term: topic.to_string(),
            label: plain(info.labels.topic(topic), topic.as_str()),
        }));
        let details = ItemJson::new(item, 1, None);
        Self {
            id: tag(&info.public, &format!("items/{}", item.id)),
            title: plain(&item.title, "…"),
            page: link.is_some().then(|| page.clone()),
            link: link.unwrap_or_else(|| page.clone()),
            lang: item.lang.map(|detected| detected.lang),
            published,
            updated: sane(item.updated.unwrap_or(published)).max(published),
            author: item
                .author
                .as_deref()
                .map(|author| plain(author, ""))
                .filter(|author| !author.is_empty()),
            source: Some((
                item.source.to_string(),
                plain(&item.source_name, item.source.as_str()),
            )),
            summary: plain(&item.excerpt, ""),
            html: match info.content {
                Content::Full => content_html(item),
                Content::Excerpt => String::new(),
            },
            categories,
            image: item.image.as_ref().and_then(safe_link).map(str::to_owned),
            files: item.attachments.iter().filter_map(file).collect(),
            extension: json!({
                "id": details.id,
                "page": page,
                "source": {
                    "id": details.source.id,
                    "name": plain(&details.source.name, &details.source.id),
                    "role": details.source.role,
                },
                "country": details.country,
                "kind": details.kind,
                "published_precision": details.published_precision,
                "deadline": details.deadline,
                "event": details.event.map(|event| json!({
                    "start": event.start,
                    "end": event.end,
                    "place": event.place.map(|place| plain(&place, "")),
                })),
                "story": item.story.to_string(),
            }),
        }
    }

    /// Its picture, as Media RSS (<https://www.rssboard.org/media-rss>) writes it in RSS and Atom.
    pub fn write_media(&self, xml: &mut Xml) {
        if let Some(image) = &self.image {
            let attributes = [("url", image.as_str()), ("medium", "image")];
            xml.empty("media:content", &attributes);
            xml.empty("media:thumbnail", &[("url", image)]);
        }
    }

    /// Whom Atom and JSON Feed name as author: the writer, else the source, else the feed.
    pub fn author_or_source<'a>(&'a self, info: &'a FeedInfo) -> &'a str {
        let source = self.source.as_ref().map(|(_, name)| name.as_str());
        self.author.as_deref().or(source).unwrap_or(&info.title)
    }
}

/// A permanent, world-wide unique name (RFC 4151) that survives another scheme, port or path of the service.
pub(super) fn tag(public: &Url, what: &str) -> String {
    let authority = match public.host() {
        Some(Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        // Colons and brackets have no place in a tag.
        Some(Host::Ipv6(address)) => format!("ipv6-{:032x}", address.to_bits()),
        None => "localhost".to_owned(),
    };
    format!("tag:{authority},2026:{what}")
}

/// An address below the base address of the service.
pub(super) fn under(public: &Url, path: &str) -> String {
    format!("{}/{path}", public.as_str().trim_end_matches('/'))
}

/// The address, if following it can do no more than show a page.
pub(super) fn safe_link(url: &Url) -> Option<&str> {
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.as_str())
}

/// One line of plain text, or the stand-in where there is none.
pub(super) fn plain(text: &str, otherwise: &str) -> String {
    let line = super::xml::legal(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if line.is_empty() {
        otherwise.to_owned()
    } else {
        line
    }
}

/// A time that every format can write: years 1970 to 9999, whole seconds.
pub(super) fn sane(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().clamp(0, 253_402_207_200))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// RFC 3339 in UTC.
pub(super) fn rfc3339(at: Timestamp) -> String {
    sane(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn file(attachment: &Attachment) -> Option<File> {
    Some(File {
        url: safe_link(&attachment.url)?.to_owned(),
        media_type: attachment
            .r#type
            .as_deref()
            .and_then(media_type)
            .unwrap_or_else(|| by_extension(attachment.url.path()))
            .to_owned(),
        title: attachment
            .title
            .as_deref()
            .map(|title| plain(title, ""))
            .filter(|title| !title.is_empty()),
    })
}

/// `type/subtype` of a declared media type, without parameters (RFC 9110, 8.3.1).
fn media_type(declared: &str) -> Option<&str> {
    let essence = declared.split(';').next()?.trim();
    let (main, sub) = essence.split_once('/')?;
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    (token(main) && token(sub)).then_some(essence)
}

fn by_extension(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "zip" => "application/zip",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_tag_does_not_depend_on_scheme_port_or_path() {
        for public in ["http://vesti.ro:8080/", "https://vesti.ro/stiri/"] {
            assert_eq!(tag(&url(public), "items/x"), "tag:vesti.ro,2026:items/x");
        }
        assert_eq!(
            tag(&url("http://[::1]:80/"), "a"),
            "tag:ipv6-00000000000000000000000000000001,2026:a"
        );
    }

    #[test]
    fn only_pages_are_linked_to() {
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://a.ro/",
        ] {
            assert_eq!(safe_link(&url(bad)), None, "{bad}");
        }
        assert_eq!(safe_link(&url("https://a.ro/x")), Some("https://a.ro/x"));
    }

    #[test]
    fn media_types_are_plain_or_guessed() {
        assert_eq!(
            media_type("application/pdf; name=\"x\""),
            Some("application/pdf")
        );
        for bad in ["pdf", "", "/", "a/b c", "text/<b>"] {
            assert_eq!(media_type(bad), None, "{bad}");
        }
        assert_eq!(by_extension("/anexa.PDF"), "application/pdf");
        assert_eq!(by_extension("/anexa"), "application/octet-stream");
    }
}
