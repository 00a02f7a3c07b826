//! What a page says of its site: where the feeds are, or may be, where the news are, what it is called.

mod news;
mod usual;

use url::Url;

use super::markup::{Token, Tokens, lower};
use super::text::{clean_line, cut};

pub use news::news_pages;
pub use usual::usual_feeds;

/// Most feeds reported of a page.
const MAX_FEEDS: usize = 30;

/// A link to what is, or may be, a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// Where it is.
    pub url: Url,
    /// What the page calls it.
    pub title: Option<String>,
    /// How much the link tells.
    pub kind: FeedLinkKind,
}

/// What a link to a feed rests on, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedLinkKind {
    /// `<link rel="alternate">` of a feed type.
    Declared,
    /// An ordinary link that looks like one.
    Anchor,
    /// A feed of comments, tags, a single author or a single page's discussion: declared, but hardly wanted.
    Secondary,
}

/// The feeds that a page points to, the likeliest first, each address once.
#[must_use]
pub fn feeds_in(html: &str, base: &Url) -> Vec<FeedLink> {
    let mut found: Vec<FeedLink> = Vec::new();
    let mut base = base.clone();
    let mut buffer = [0; 24];
    let mut anchor: Option<(Url, String)> = None;
    let add = |url: Url, title: Option<String>, kind: FeedLinkKind, found: &mut Vec<FeedLink>| {
        let title = title
            .map(|title| cut(&clean_line(&title), 200))
            .filter(|title| !title.is_empty());
        let kind = if is_secondary(&url, title.as_deref()) {
            FeedLinkKind::Secondary
        } else {
            kind
        };
        if let Some(known) = found.iter_mut().find(|known| known.url == url) {
            known.kind = known.kind.min(kind);
        } else if found.len() < MAX_FEEDS {
            found.push(FeedLink { url, title, kind });
        }
    };
    for token in Tokens::html(html) {
        match token {
            Token::Open(tag) => match lower(tag.name, &mut buffer) {
                "base" => {
                    if let Some(url) = tag.attr("href").and_then(|href| base.join(&href).ok()) {
                        base = url;
                    }
                }
                "link" => {
                    let rel = tag.attr("rel").unwrap_or_default().to_ascii_lowercase();
                    let media = tag.attr("type").unwrap_or_default().to_ascii_lowercase();
                    let alternate = rel
                        .split_ascii_whitespace()
                        .any(|word| word == "alternate" || word == "feed");
                    let title = tag.attr("title").map(std::borrow::Cow::into_owned);
                    if alternate
                        && let Some(url) = tag.attr("href").and_then(|href| link(&base, &href))
                        && (is_feed_type(&media)
                            || is_vague_type(&media) && sounds_like_feed(&url, title.as_deref()))
                    {
                        add(url, title, FeedLinkKind::Declared, &mut found);
                    }
                }
                "a" => {
                    anchor = tag
                        .attr("href")
                        .and_then(|href| link(&base, &href))
                        .filter(looks_like_feed_address)
                        .map(|url| (url, tag.attr("title").unwrap_or_default().into_owned()));
                }
                _ => {}
            },
            Token::Text(text) => {
                if let Some((_, title)) = &mut anchor
                    && title.len() < 400
                {
                    title.push_str(&text[..text.floor_char_boundary(400)]);
                }
            }
            Token::Close(name) if name.eq_ignore_ascii_case("a") => {
                if let Some((url, title)) = anchor.take() {
                    add(url, Some(title), FeedLinkKind::Anchor, &mut found);
                }
            }
            _ => {}
        }
    }
    // Stable: the page's own order within each kind.
    found.sort_by_key(|link| link.kind);
    found
}

/// What a site calls itself: `og:site_name`, else `application-name`.
#[must_use]
pub fn site_name(html: &str) -> Option<String> {
    let mut other = None;
    for token in Tokens::html(html) {
        let Token::Open(tag) = token else { continue };
        if tag.is("body") {
            break;
        }
        if !tag.is("meta") {
            continue;
        }
        let name = tag.attr("property").or_else(|| tag.attr("name"));
        let content = || {
            let content = cut(&clean_line(&tag.attr("content")?), 100);
            (!content.is_empty()).then_some(content)
        };
        match name.as_deref() {
            Some("og:site_name") => return content().or(other),
            Some("application-name") => other = content(),
            _ => {}
        }
    }
    other
}

/// An address that can be fetched.
fn link(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    let href = href.strip_prefix("feed:").map_or_else(
        || href.to_owned(),
        |rest| {
            if rest.starts_with("//") {
                format!("http:{rest}")
            } else {
                rest.to_owned()
            }
        },
    );
    let mut url = base.join(&href).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

fn is_feed_type(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    matches!(
        media,
        "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json"
            | "application/rss"
            | "application/atom"
            | "text/rss+xml"
            | "text/atom+xml"
            | "text/rss"
            | "application/x.atom+xml"
            | "application/x-atom+xml"
            | "application/x-rss+xml"
    )
}

/// Types that hand-made sites give their feeds, and other sites give other things.
fn is_vague_type(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    matches!(
        media,
        "" | "text/xml" | "application/xml" | "application/json"
    )
}

fn sounds_like_feed(url: &Url, title: Option<&str>) -> bool {
    let title = title.unwrap_or_default().to_lowercase();
    looks_like_feed_address(url)
        || title
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "rss" | "atom" | "feed" | "rdf"))
}

fn looks_like_feed_address(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let named = matches!(
        last,
        "rss"
            | "feed"
            | "feeds"
            | "atom"
            | "rss.xml"
            | "atom.xml"
            | "feed.xml"
            | "rss2.xml"
            | "feed.json"
            | "rss.php"
            | "feed.php"
            | "rss.aspx"
            | "rss2"
            | "rdf"
            | "rss.html"
            | "rss_feed"
            | "news.xml"
            | "rss.ashx"
    ) || [".rss", ".atom", ".rdf"]
        .iter()
        .any(|ending| last.ends_with(ending));
    let query = url.query().unwrap_or_default().to_ascii_lowercase();
    named
        || query.split('&').any(|pair| {
            matches!(
                pair,
                "feed=rss2"
                    | "feed=rss"
                    | "feed=atom"
                    | "format=feed"
                    | "type=rss"
                    | "type=atom"
                    | "format=rss"
                    | "format=atom"
                    | "output=rss"
                    | "rss=1"
                    | "rss"
            )
        })
        || last
            .strip_suffix(".xml")
            .is_some_and(|stem| stem.starts_with("rss-"))
}

fn is_secondary(url: &Url, title: Option<&str>) -> bool {
    let path = url.path().to_ascii_lowercase();
    let title = title.unwrap_or_default().to_lowercase();
    path.contains("/comments/")
        || path.contains("/comments.")
        || path.contains("/author/")
        || path.contains("/tag/")
        || url.query().is_some_and(|query| query.contains("comments"))
        || ["comment", "comentari", "komentār", "коммент"]
            .iter()
            .any(|word| title.contains(word))
        || path.contains("oembed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn base() -> Url {
        Url::parse("https://ong.example/ro/stiri/").unwrap()
    }

    #[test]
    fn a_hand_made_site_calls_its_feed_xml() {
        let base = Url::parse("http://a.example/").unwrap();
        let found = feeds_in(
            "<link rel=alternate type='text/xml' title=RSS href='&#x2f;stiri.php?x=1'><link rel=alternate type='text/xml' href=/rss.php>\
             <link rel=alternate type='application/json' href=/wp-json/wp/v2/pages/7><link rel=alternate hreflang=ru href=/ru/>",
            &base,
        );
        let found: Vec<&str> = found.iter().map(|link| link.url.path()).collect();
        assert_eq!(found, ["/stiri.php", "/rss.php"]);
    }

    #[test]
    fn declared_feeds_come_first_and_comments_last() {
        let html = r#"<head><link rel="alternate" type="application/rss+xml" title="ONG &raquo; Comentarii" href="/comments/feed/">
            <LINK REL='alternate' TYPE='application/rss+xml' TITLE='ONG &raquo; Știri' HREF='https://ong.example/feed/'>
            <link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" type="text/css" href="/feed.css"></head>
            <a href="/ro/rss.xml"><img src=rss.png> RSS</a><a href="/despre">Despre</a><a href="feed:https://ong.example/feed/">f</a>"#;
        let found = feeds_in(html, &base());
        let shown: Vec<_> = found
            .iter()
            .map(|link| (link.url.as_str(), link.kind))
            .collect();
        assert_eq!(
            shown,
            [
                ("https://ong.example/feed/", FeedLinkKind::Declared),
                ("https://ong.example/ro/rss.xml", FeedLinkKind::Anchor),
                (
                    "https://ong.example/comments/feed/",
                    FeedLinkKind::Secondary
                ),
            ]
        );
        assert_eq!(found[0].title.as_deref(), Some("ONG » Știri"));
    }

    #[test]
    fn a_base_element_counts_and_other_schemes_do_not() {
        let html = "<base href='https://cdn.example/x/'><link rel=alternate type=application/atom+xml href=atom.xml><a href='javascript:rss'>rss</a>";
        let found = feeds_in(html, &base());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].url.as_str(), "https://cdn.example/x/atom.xml");
    }

    proptest! {
        #[test]
        fn any_page_is_looked_through(html in "(<(link|a|base) (rel=alternate|type=application/rss.xml|href=['\"]?[a-z:/.]{0,9}['\"]?){0,3}>|[a-zé ]{0,4}|</a>){0,30}") {
            for link in feeds_in(&html, &base()) {
                prop_assert!(matches!(link.url.scheme(), "http" | "https"));
            }
        }
    }
}
