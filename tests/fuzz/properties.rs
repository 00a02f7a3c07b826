//! What must hold for any bytes, whoever runs them: the fuzzer or `fuzz_smoke`.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;
use vesti::domain::{
    CanonicalUrl, Draft, Language, ListingSelectors, MAX_AUTHOR, MAX_EXCERPT, MAX_TEXT, MAX_TITLE,
    Precision,
};
use vesti::reading::charset::{self, Markup};
use vesti::reading::feed::wordpress;
use vesti::reading::listing::{self, Listing};
use vesti::reading::sitemap::{self, Sitemap};
use vesti::reading::{article, dates, discovery, document, feed, sanitise, text};

/// A property, under the name of its target and its folder in `corpus`.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 10] = [
    ("article", article),
    ("charset", charset),
    ("dates", dates),
    ("discovery", discovery),
    ("document", document),
    ("feed", feed),
    ("listing", listing),
    ("sitemap", sitemap),
    ("text", text),
    ("wordpress", wordpress),
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
    found.items.iter().for_each(is_titled);
}

/// What announcements with titles may hold.
fn is_titled(item: &Draft) {
    assert!(!item.title.is_empty());
    is_sound(item);
}

/// What any announcement may hold.
fn is_sound(item: &Draft) {
    assert!(item.title.chars().count() <= MAX_TITLE);
    assert!(!deceives(&item.title) && !deceives(&item.text));
    assert!(item.text.len() <= MAX_TEXT);
    assert!(
        item.summary
            .as_ref()
            .is_none_or(|summary| summary.chars().count() <= MAX_EXCERPT)
    );
    assert!(item.url.as_ref().is_none_or(is_web));
    assert!(item.image.as_ref().is_none_or(is_web));
    assert!(item.attachments.iter().all(|file| is_web(&file.url)));
    assert_eq!(item.published.is_none(), item.precision == Precision::None);
}

/// A page that may list announcements, read by itself and by selectors.
pub fn listing(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let found = listing::read(&html, &address(), now(), &TimeZone::UTC);
    assert!(found.items.iter().all(|item| !item.title.is_empty()));
    is_listing(&found);
    let selectors = ListingSelectors {
        item: "li, tr, div.post".to_owned(),
        link: None,
        title: None,
        date: None,
        excerpt: Some("p".to_owned()),
    };
    match listing::read_selected(&html, &address(), &selectors, now(), &TimeZone::UTC) {
        Ok(found) => is_listing(&found),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
}

/// Each page once, on the web, with clean words; the next one is another of the same host.
fn is_listing(found: &Listing) {
    assert!(found.items.len() <= 500);
    let mut seen = HashSet::new();
    for item in &found.items {
        assert!(is_web(&item.url) && item.url.fragment().is_none());
        assert!(seen.insert(CanonicalUrl::of(&item.url)), "{}", item.url);
        is_sound(&item.clone().into_draft());
        assert!(!item.title.contains('\n'));
        let excerpt = item.excerpt.as_deref().unwrap_or("-");
        assert!(!excerpt.is_empty() && !deceives(excerpt));
    }
    if let Some(next) = &found.next {
        assert!(is_web(next) && next.host() == address().host());
        assert_ne!(CanonicalUrl::of(next), CanonicalUrl::of(&address()));
    }
}

/// A sitemap or a robots.txt: addresses on the web, and announcements that are among its pages.
pub fn sitemap(bytes: &[u8]) {
    let named = sitemap::named_in(&String::from_utf8_lossy(bytes), &address());
    assert!(named.len() <= 20 && named.iter().all(is_web));
    let _ = sitemap::looks_like_sitemap(bytes);
    match sitemap::read(bytes, None, &address(), now(), &TimeZone::UTC) {
        Err(fault) => assert!(!fault.to_string().is_empty()),
        Ok(Sitemap::Index(children)) => {
            assert!(children.iter().all(|child| is_web(&child.url)));
            let most = children.len();
            assert!(sitemap::likely_children(children).len() <= most);
        }
        Ok(Sitemap::Pages(pages)) => {
            let known: HashSet<Url> = pages.iter().map(|page| page.url.clone()).collect();
            assert!(known.iter().all(is_web));
            let found = sitemap::announcements(pages, &address(), 20);
            assert!(found.items.len() <= 20);
            for item in &found.items {
                is_titled(item);
                assert!(item.url.as_ref().is_some_and(|url| known.contains(url)));
            }
        }
    }
}

/// The posts of a WordPress site, or the page that says where they are.
pub fn wordpress(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    if let Some(root) = wordpress::root_in(&html, &address()) {
        let posts = wordpress::posts(&root, 2, 100);
        assert!(is_web(&posts) && posts.host() == root.host());
    }
    let _ = wordpress::looks_like_posts(bytes);
    match wordpress::read(bytes, &address(), now(), &TimeZone::UTC) {
        Ok(found) => {
            assert!(found.items.len() <= feed::MAX_ENTRIES);
            found.items.iter().for_each(is_titled);
        }
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
}

/// A file: what it says is bounded and clean, or there is a sentence for people.
pub fn document(bytes: &[u8]) {
    match document::read(bytes) {
        Ok(found) => {
            assert!(found.text.len() <= MAX_TEXT && !deceives(&found.text));
            let title = found.title.as_deref().unwrap_or("-");
            assert!(!title.is_empty() && title.chars().count() <= MAX_TITLE && !deceives(title));
            let author = found.author.as_deref().unwrap_or("-");
            assert!(!author.is_empty() && author.chars().count() <= MAX_AUTHOR);
            assert!(!deceives(author));
        }
        Err(fault) => assert!(!fault.to_string().is_empty()),
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
