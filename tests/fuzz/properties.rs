//! What must hold for any bytes, whoever runs them: the fuzzer or `fuzz_smoke`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;
use vesti::domain::{Language, MAX_EXCERPT, MAX_TEXT, MAX_TITLE};
use vesti::reading::charset::{self, Markup};
use vesti::reading::{article, dates, discovery, feed, sanitise, text};

/// A property, under the name of its target and its folder in `corpus`.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 6] = [
    ("article", article),
    ("charset", charset),
    ("dates", dates),
    ("discovery", discovery),
    ("feed", feed),
    ("text", text),
];

fn address() -> Url {
    Url::parse("https://ong.example/ro/stiri/").expect("an address")
}

fn now() -> Timestamp {
    Timestamp::from_second(1_721_304_000).expect("a moment")
}

/// Whether text holds a character that hides or reverses others.
fn deceives(text: &str) -> bool {
    text.contains(|c: char| {
        matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}')
    })
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// An article page: everything bounded, clean, and only web addresses.
pub fn article(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let found = article::read(&html, &address(), now(), &TimeZone::UTC);
    assert!(found.title.chars().count() <= MAX_TITLE && !deceives(&found.title));
    assert!(found.text.len() <= MAX_TEXT && !deceives(&found.text));
    assert!(found.attachments.len() <= 50);
    assert!(found.attachments.iter().all(|file| is_web(&file.url)));
    assert!(found.image.as_ref().is_none_or(is_web));
    assert!(found.canonical_url.as_ref().is_none_or(is_web));
    is_harmless(&sanitise::clean_html(&found.html, &address()));
}

/// Bytes in any encoding: the text is bounded, and ASCII is left alone.
pub fn charset(bytes: &[u8]) {
    for markup in [Markup::Html, Markup::Xml, Markup::Json] {
        for header in [None, Some("text/html; charset=windows-1257")] {
            let decoded = charset::decode_from(bytes, header, markup, Some(&address()));
            assert!(decoded.text.len() <= 3 * bytes.len() + 3);
            assert!(!decoded.encoding.is_empty());
            if bytes.is_ascii() && !bytes.contains(&0) {
                assert_eq!(decoded.text.as_bytes(), bytes);
            }
        }
    }
}

/// A text that may hold a date: the year is one that a page can be from, and white space around it changes nothing.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let zone = TimeZone::UTC;
    for lang in [
        None,
        Some(Language::RO),
        Some(Language::LV),
        Some(Language::RU),
        Some(Language::EN),
    ] {
        let found = dates::parse(&text, lang, now(), &zone);
        if let Some(found) = found {
            let year = found.at.to_zoned(zone.clone()).year();
            assert!((1994..=2035).contains(&year), "{year}: {text}");
        }
        let padded = dates::parse(&format!("\n {text}\t "), lang, now(), &zone);
        assert_eq!(found, padded, "{text}");
    }
}

/// A page that may name feeds: few of them, each once, all on the web.
pub fn discovery(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let found = discovery::feeds_in(&html, &address());
    assert!(found.len() <= 30);
    for (number, link) in found.iter().enumerate() {
        assert!(is_web(&link.url), "{}", link.url);
        assert!(found[..number].iter().all(|other| other.url != link.url));
        assert!(link.title.as_deref().is_none_or(|title| !deceives(title)));
    }
}

/// A document that may be a feed: entries few and bounded, or a fault that says something.
pub fn feed(bytes: &[u8]) {
    let _ = feed::looks_like_feed(bytes, None);
    let read = feed::parse(bytes, None, &address(), now(), &TimeZone::UTC);
    let found = match read {
        Ok(found) => found,
        Err(fault) => {
            assert!(!fault.to_string().is_empty());
            return;
        }
    };
    assert!(found.items.len() <= feed::MAX_ENTRIES);
    assert!(!deceives(&found.title));
    for item in &found.items {
        assert!(!item.title.is_empty() && item.title.chars().count() <= MAX_TITLE);
        assert!(!deceives(&item.title) && !deceives(&item.text));
        assert!(item.text.len() <= MAX_TEXT);
        assert!(
            item.summary
                .as_ref()
                .is_none_or(|summary| summary.chars().count() <= MAX_EXCERPT)
        );
        assert!(item.url.as_ref().is_none_or(is_web));
        assert!(item.attachments.iter().all(|file| is_web(&file.url)));
    }
}

/// HTML from anywhere: as text and as clean HTML.
pub fn text(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let flat = text::html_to_text(&html);
    assert!(flat.len() <= MAX_TEXT && !deceives(&flat));
    let line = text::clean_line(&html);
    assert_eq!(text::clean_line(&line), line);
    assert!(!line.contains('\n') && !deceives(&line));
    let lines = text::clean_text(&html);
    assert_eq!(text::clean_text(&lines), lines);
    assert!(text::cut(&line, 40).chars().count() <= 40);
    assert!(text::excerpt(&lines, 80).chars().count() <= 80);
    assert!(text::decode_entities(&html).len() <= 3 * html.len());
    is_harmless(&sanitise::clean_html(&html, &address()));
}

/// Nothing in it runs: its tags are few and known, and so are the schemes of its addresses.
fn is_harmless(html: &str) {
    let html = html.to_ascii_lowercase();
    for tag in html.split('<').skip(1) {
        // Names only: values stand in quotation marks, every second piece.
        let tag = tag.split_once('>').map_or(tag, |(tag, _)| tag);
        let names: String = tag.split('"').step_by(2).collect();
        for name in [
            "script", "style", "iframe", "object", "embed", "form", "svg", "math", "meta", "base",
            "link",
        ] {
            let rest = names.strip_prefix(name);
            assert!(
                rest.is_none_or(|rest| rest.starts_with(|c: char| c.is_alphanumeric())),
                "<{tag}>"
            );
        }
        for scheme in ["javascript:", "data:", "vbscript:", "file:"] {
            assert!(!tag.contains(&format!("=\"{scheme}")), "<{tag}>");
        }
        assert!(
            !names.contains(" on") && !names.contains(" style="),
            "<{tag}>"
        );
    }
}
