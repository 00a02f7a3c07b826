//! The REST interface that every WordPress since 4.7 offers (developer.wordpress.org/rest-api/reference/posts): the posts
//! with their whole text, also where the theme hides the feeds.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use url::Url;

use super::super::dates;
use super::super::markup::{Token, Tokens};
use super::value::Value;
use super::{Around, Feed, FeedFault, MAX_ENTRIES, draft};
use crate::domain::Draft;

/// What the `Link` header and the page call the interface.
const REL: &str = "https://api.w.org/";

/// Where a page says that the interface of its site begins: `<link rel="https://api.w.org/" href="…/wp-json/">`.
#[must_use]
pub fn root_in(html: &str, base: &Url) -> Option<Url> {
    Tokens::html(html).find_map(|token| match token {
        Token::Open(tag) if tag.is("link") => {
            let rel = tag.attr("rel")?;
            rel.split_ascii_whitespace()
                .any(|word| word.trim_end_matches('/') == REL.trim_end_matches('/'))
                .then(|| tag.attr("href"))
                .flatten()
                .and_then(|href| draft::link(base, &href))
        }
        _ => None,
    })
}

/// Where the posts of an interface are listed, the newest first: `page` counts from 1, with `per_page` posts (at most 100)
/// each. Sites without pretty addresses have the route in a parameter.
#[must_use]
pub fn posts(root: &Url, page: u32, per_page: u32) -> Url {
    const ROUTE: &str = "wp/v2/posts";
    let mut url = root.clone();
    let route = root
        .query_pairs()
        .find(|(name, _)| name == "rest_route")
        .map(|(_, value)| value.into_owned());
    if let Some(route) = route {
        let others: Vec<(String, String)> = root
            .query_pairs()
            .filter(|(name, _)| name != "rest_route")
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.query_pairs_mut()
            .clear()
            .extend_pairs(others)
            .append_pair(
                "rest_route",
                &format!("{}/{ROUTE}", route.trim_end_matches('/')),
            );
    } else {
        let path = format!("{}/{ROUTE}", root.path().trim_end_matches('/'));
        url.set_path(&path);
    }
    url.query_pairs_mut()
        .append_pair("per_page", &per_page.to_string())
        .append_pair("page", &page.to_string())
        .append_pair("_embed", "author,wp:featuredmedia,wp:term");
    url
}

/// Whether a document is a list of posts: what [`read`] makes something of.
#[must_use]
pub fn looks_like_posts(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.starts_with(b"[")
        && (start[1..].trim_ascii_start().starts_with(b"]")
            || memchr::memmem::find(&start[..start.len().min(64 * 1024)], b"\"link\"").is_some())
}

/// Reads a list of posts. Those behind a password say only that they exist, and are left out.
pub fn read(bytes: &[u8], url: &Url, now: Timestamp, zone: &TimeZone) -> Result<Feed, FeedFault> {
    let around = &Around { url, now, zone };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let posts: Vec<Json> = serde_json::from_slice(text)
        .map_err(|_| FeedFault::NotAFeed("no list of WordPress posts".to_owned()))?;
    let cut = posts.len() > MAX_ENTRIES;
    let items = posts
        .iter()
        .take(MAX_ENTRIES)
        .filter_map(|post| entry(post, around))
        .collect::<Vec<_>>();
    if items.is_empty() && !posts.is_empty() {
        return Err(FeedFault::NotAFeed("no list of WordPress posts".to_owned()));
    }
    Ok(Feed {
        title: String::new(),
        home: around.url.join("/").ok(),
        lang: None,
        ttl: None,
        hubs: Vec::new(),
        self_url: None,
        items,
        repaired: false,
        cut,
    })
}

fn entry(post: &Json, around: &Around) -> Option<Draft> {
    let rendered = |name: &str| {
        let value = post.get(name)?;
        value.get("rendered").unwrap_or(value).as_str()
    };
    let protected = post
        .pointer("/content/protected")
        .and_then(Json::as_bool)
        .unwrap_or_default();
    let link = draft::link(around.url, post.get("link")?.as_str()?)?;
    if protected {
        return None;
    }
    // Local time without an offset, but in UTC where the name says so.
    let date = |utc: &str, local: &str| {
        let text = |name: &str| post.get(name).and_then(Json::as_str);
        match text(utc) {
            Some(text) => dates::parse(&format!("{text}Z"), None, around.now, around.zone),
            None => dates::parse(text(local)?, None, around.now, around.zone),
        }
    };
    let mut parts = draft::Parts {
        base: Some(link.clone()),
        guid: rendered("guid").map(str::to_owned),
        url: Some(link),
        title: rendered("title")
            .map(|title| draft::plain_line(&Value::Characters(title.into())))
            .filter(|title| !title.is_empty()),
        published: date("date_gmt", "date"),
        updated: date("modified_gmt", "modified"),
        author: post
            .pointer("/_embedded/author/0/name")
            .and_then(Json::as_str)
            .map(str::to_owned),
        image: post
            .pointer("/_embedded/wp:featuredmedia/0/source_url")
            .and_then(Json::as_str)
            .and_then(|image| draft::link(around.url, image)),
        ..draft::Parts::default()
    };
    if let Some(content) = rendered("content") {
        parts.content(Value::Markup(content.into()), true);
    }
    if let Some(excerpt) = rendered("excerpt") {
        parts.summary(Value::Markup(excerpt.into()), true);
    }
    let terms = post
        .pointer("/_embedded/wp:term")
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    parts.categories = terms
        .iter()
        .filter_map(Json::as_array)
        .flatten()
        .filter_map(|term| term.get("name")?.as_str())
        .map(|name| draft::plain_line(&Value::Characters(name.into())))
        .take(50)
        .collect();
    parts.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn read_at(text: &str) -> Result<Feed, FeedFault> {
        let base = url("https://ong.example/wp-json/wp/v2/posts");
        let now = "2026-03-10T12:00:00Z".parse().unwrap();
        read(text.as_bytes(), &base, now, &TimeZone::UTC)
    }

    #[test]
    fn the_interface_is_found_where_the_page_names_it() {
        let base = url("https://ong.example/ro/");
        for (html, expected) in [
            (
                "<link rel='https://api.w.org/' href='https://ong.example/wp-json/' />",
                Some("https://ong.example/wp-json/"),
            ),
            (
                "<LINK href=/index.php?rest_route=/ REL=https://api.w.org>",
                Some("https://ong.example/index.php?rest_route=/"),
            ),
            ("<link rel=alternate href=/wp-json/wp/v2/pages/2>", None),
            ("<link rel='https://api.w.org/' href='javascript:x'>", None),
        ] {
            let found = root_in(html, &base);
            assert_eq!(found.as_ref().map(Url::as_str), expected, "{html}");
        }
    }

    #[test]
    fn posts_are_asked_for_in_either_kind_of_address() {
        let pretty = posts(&url("https://a.ro/blog/wp-json/"), 2, 50);
        assert_eq!(pretty.path(), "/blog/wp-json/wp/v2/posts");
        assert!(pretty.query().unwrap().starts_with("per_page=50&page=2&"));
        let plain = posts(&url("https://a.ro/index.php?rest_route=/&lang=ro"), 1, 20);
        assert_eq!(plain.path(), "/index.php");
        assert!(
            plain
                .query_pairs()
                .any(|(name, value)| name == "rest_route" && value == "/wp/v2/posts")
        );
        assert!(plain.query_pairs().any(|(name, _)| name == "lang"));
    }

    #[test]
    fn a_post_is_read_whole() {
        let feed = read_at(
            r#"[{"id":7,"date":"2026-03-01T10:00:00","date_gmt":"2026-03-01T08:00:00","modified_gmt":"2026-03-02T08:00:00",
            "guid":{"rendered":"https://ong.example/?p=7"},"link":"https://ong.example/apel/","title":{"rendered":"Apel &#8211; &#8222;Casa&#8221;"},
            "content":{"rendered":"<p>Text întreg cu <a href=\"/ghid.pdf\">ghid</a>.</p>","protected":false},"excerpt":{"rendered":"<p>Scurt</p>"},
            "_embedded":{"author":[{"name":"Ana"}],"wp:featuredmedia":[{"source_url":"/poza.jpg"}],"wp:term":[[{"name":"Apeluri &amp; granturi"}],[]]}},
            {"id":8,"link":"https://ong.example/secret/","title":{"rendered":"Protected"},"content":{"rendered":"","protected":true}}]"#,
        )
        .unwrap();
        let [item] = &feed.items[..] else {
            panic!("{:?}", feed.items)
        };
        assert_eq!(item.title, "Apel – „Casa”");
        assert_eq!(item.published, "2026-03-01T08:00:00Z".parse().ok());
        assert_eq!(item.author.as_deref(), Some("Ana"));
        assert_eq!(item.categories, ["Apeluri & granturi"]);
        assert_eq!(item.guid.as_deref(), Some("https://ong.example/?p=7"));
        assert_eq!(
            item.attachments[0].url.as_str(),
            "https://ong.example/ghid.pdf"
        );
        assert!(!item.partial, "the content is the whole text");
    }

    #[test]
    fn what_is_no_list_of_posts_is_refused() {
        for text in [
            "",
            "{}",
            "[1,2]",
            r#"{"code":"rest_no_route"}"#,
            "<html>",
            r#"[{"id":1}]"#,
        ] {
            assert!(read_at(text).is_err(), "{text}");
        }
        assert!(read_at("[]").unwrap().items.is_empty());
        assert!(!looks_like_posts(br#"{"code":"rest_no_route"}"#));
    }
}
