//! Reading OPML as feed readers export it: well-formed or nearly.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::entry::{plain, safe_link};
use super::opml::DIGEST;
use crate::domain::Language;

/// Largest file that is read, in bytes.
const MAX_BYTES: usize = 16 << 20;
/// Most entries that are taken from a file.
const MAX_ENTRIES: usize = 20_000;
/// Folders remembered around an entry; deeper ones are looked through but not named.
const MAX_FOLDERS: usize = 16;
/// Longest title, in characters.
const MAX_TITLE: usize = 200;

/// A source that an OPML file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpmlEntry {
    /// What it is called there; empty where it is not.
    pub title: String,
    /// The feed (`xmlUrl`).
    pub feed: Url,
    /// The site (`htmlUrl`).
    pub home: Option<Url>,
    /// Its language.
    pub language: Option<Language>,
    /// The outlines that it is in, outermost first.
    pub folders: Vec<String>,
}

/// Why a file is not a list of sources.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpmlError {
    /// Larger than any honest list.
    #[error("the file has {size} bytes, more than the {most} that are read: split it")]
    TooLarge {
        /// Its size.
        size: usize,
        /// What is read at most.
        most: usize,
    },
    /// Something else, or nothing.
    #[error("this is not OPML: there is no <opml> in it")]
    NotOpml,
}

/// The sources that an OPML file names, in its order. Outlines without a usable `xmlUrl` are folders. A file that
/// breaks off gives what stands before the break.
pub fn read_opml(bytes: &[u8]) -> Result<Vec<OpmlEntry>, OpmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(OpmlError::TooLarge {
            size: bytes.len(),
            most: MAX_BYTES,
        });
    }
    let text = decode(bytes);
    let mut reader = Reader::from_str(text.trim_start());
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut entries = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    // One for every outline that is open: whether it is the last of `folders`.
    let mut open: Vec<bool> = Vec::new();
    let mut is_opml = false;
    // An error ends the reading: what follows it cannot be trusted.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if is_named(&tag, "outline") && is_opml => {
                let outline = Outline::of(&tag);
                let name = outline.name();
                let entry = outline.entry(&folders);
                let is_folder = entry.is_none() && !name.is_empty() && folders.len() < MAX_FOLDERS;
                entries.extend(entry);
                if is_folder {
                    folders.push(name);
                }
                open.push(is_folder);
            }
            Event::Empty(tag) if is_named(&tag, "outline") && is_opml => {
                entries.extend(Outline::of(&tag).entry(&folders));
            }
            Event::End(tag) if tag.name().as_ref().eq_ignore_ascii_case("outline") => {
                let was_folder = open.pop().unwrap_or(false);
                folders.truncate(folders.len() - usize::from(was_folder));
            }
            Event::Start(tag) | Event::Empty(tag) if is_named(&tag, "opml") => is_opml = true,
            Event::Eof => break,
            _ => {}
        }
        if entries.len() >= MAX_ENTRIES {
            break;
        }
    }
    if is_opml {
        Ok(entries)
    } else {
        Err(OpmlError::NotOpml)
    }
}

/// By byte order mark, else as declared, else UTF-8.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declared = head
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next())
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    declared.decode(bytes).0
}

fn is_named(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.local_name().as_ref().eq_ignore_ascii_case(name)
}

#[derive(Default)]
struct Outline {
    text: String,
    title: String,
    feed: Option<Url>,
    home: Option<Url>,
    language: Option<Language>,
    digest: bool,
}

impl Outline {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut outline = Self::default();
        for attribute in tag.html_attributes().with_checks(false).flatten().take(64) {
            let value = unescape(&attribute.value);
            match attribute.key.as_ref().to_ascii_lowercase().as_str() {
                "text" => outline.text = short(&value),
                "title" => outline.title = short(&value),
                "xmlurl" => outline.feed = address(&value),
                "htmlurl" => outline.home = address(&value),
                "language" => outline.language = Language::from_tag(&value),
                "category" => outline.digest = value.trim() == DIGEST,
                _ => {}
            }
        }
        outline
    }

    fn name(&self) -> String {
        let name = if self.title.is_empty() {
            &self.text
        } else {
            &self.title
        };
        name.clone()
    }

    fn entry(self, folders: &[String]) -> Option<OpmlEntry> {
        // What a vesti gathered from its sources is no source for another.
        if self.digest {
            return None;
        }
        Some(OpmlEntry {
            title: self.name(),
            feed: self.feed?,
            home: self.home,
            language: self.language,
            folders: folders.to_vec(),
        })
    }
}

fn short(value: &str) -> String {
    plain(value, "").chars().take(MAX_TITLE).collect()
}

/// An address of a web page or feed; `feed:` is a habit of old browsers.
fn address(value: &str) -> Option<Url> {
    let value = value.trim();
    let value = match value.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => Cow::Owned(format!("http:{rest}")),
        Some(rest) => Cow::Borrowed(rest),
        None => Cow::Borrowed(value),
    };
    let url = Url::parse(&value).ok()?;
    safe_link(&url)?;
    Some(url)
}

/// Entities of XML and HTML resolved; what is none stays as written, so that a bare `&` breaks nothing.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|b| b == b';');
        if let Some((end, value)) = end.and_then(|end| Some((end, resolve(&rest[1..end])?))) {
            text.push_str(&value);
            rest = &rest[end + 1..];
        } else {
            text.push('&');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}

fn resolve(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(|c| c.to_string().into());
    }
    Some(match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => " ".into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folders_are_flattened_and_remembered() {
        let file = r#"<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
            <outline text="Latvia"><outline text="Ministrijas" title="">
              <outline type="rss" text="LM" title="Labklājības ministrija" xmlUrl="https://www.lm.gov.lv/lv/rss.xml" htmlUrl="https://www.lm.gov.lv/" language="lv-LV"/>
            </outline></outline>
            <outline text="A &amp; B & C" XMLURL="feed://a.ro/f?a=1&amp;b=2"></outline>
            <outline text="bad" xmlUrl="javascript:alert(1)"/>
            </body></opml>"#;
        let entries = read_opml(file.as_bytes()).unwrap();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].title, "Labklājības ministrija");
        assert_eq!(entries[0].folders, ["Latvia", "Ministrijas"]);
        assert_eq!(entries[0].language, Some(Language::LV));
        assert_eq!(
            entries[0].home.as_ref().unwrap().as_str(),
            "https://www.lm.gov.lv/"
        );
        assert_eq!(entries[1].title, "A & B & C");
        assert_eq!(entries[1].feed.as_str(), "http://a.ro/f?a=1&b=2");
        assert!(entries[1].folders.is_empty());
    }

    #[test]
    fn a_file_that_breaks_off_gives_what_it_has() {
        let file = "\u{feff}\n<opml><body><outline xmlUrl='https://a.ro/feed' text='a'/><outline xmlUrl='https://b.r";
        assert_eq!(read_opml(file.as_bytes()).unwrap().len(), 1);
    }

    #[test]
    fn other_encodings_are_read() {
        let file = "<?xml version='1.0' encoding='windows-1251'?><opml><outline text='Вести' xmlUrl='https://a.md/f'/></opml>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(file);
        assert_eq!(read_opml(&bytes).unwrap()[0].title, "Вести");
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = format!(
            "<opml><body>{}<outline xmlUrl='https://a.ro/f'/>",
            "<outline text='x'>".repeat(200_000)
        );
        let entries = read_opml(deep.as_bytes()).unwrap();
        assert_eq!(entries[0].folders.len(), MAX_FOLDERS);
    }

    #[test]
    fn what_is_not_opml_is_refused() {
        for bad in [
            "",
            "<rss/>",
            "not xml",
            "<html><outline xmlUrl='https://a.ro/f'/></html>",
        ] {
            assert_eq!(read_opml(bad.as_bytes()), Err(OpmlError::NotOpml), "{bad}");
        }
        let large = vec![b' '; MAX_BYTES + 1];
        assert!(matches!(read_opml(&large), Err(OpmlError::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(<opml>|<outline |text=|xmlUrl=|'|\"|https://a.ro/|&amp;|&#x;|&|ă|>|/>|</outline>|\\PC){0,40}") {
            let _ = read_opml(text.as_bytes());
            let _ = read_opml(format!("<opml>{text}").as_bytes());
        }
    }
}
