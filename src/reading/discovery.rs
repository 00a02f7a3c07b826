//! Where a site keeps its feeds.

use url::Url;

use super::markup::{Token, Tokens, lower};
use super::text::{clean_line, cut};

/// Most feeds reported of a page.
const MAX_FEEDS: usize = 30;
/// Most usual addresses of feeds.
const MAX_USUAL: usize = 8;

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

/// The make of a site's system, as its pages betray it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Make {
    Wordpress,
    Joomla,
    Drupal,
    Unknown,
}

impl Make {
    fn of(html: &str) -> Self {
        let has = |what: &str| memchr::memmem::find(html.as_bytes(), what.as_bytes()).is_some();
        if has("/wp-content/") || has("/wp-includes/") || has("api.w.org") {
            Self::Wordpress
        } else if has("content=\"Joomla!")
            || has("/media/jui/")
            || has("com_content")
            || has("/media/system/js/")
        {
            Self::Joomla
        } else if has("content=\"Drupal")
            || has("/sites/default/files")
            || has("/sites/all/")
            || has("drupal-settings-json")
        {
            Self::Drupal
        } else {
            Self::Unknown
        }
    }

    /// Where such systems keep the feed of a section, and of the whole site.
    fn feeds(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Wordpress => (&["feed/"], &["feed/", "?feed=rss2"]),
            Self::Joomla => (
                &["?format=feed&type=rss"],
                &["?format=feed&type=rss", "index.php?format=feed&type=rss"],
            ),
            Self::Drupal => (&["rss.xml", "feed"], &["rss.xml", "news/rss.xml"]),
            Self::Unknown => (
                &["feed/", "rss.xml", "?format=feed&type=rss"],
                &[
                    "feed/",
                    "rss.xml",
                    "feed.xml",
                    "atom.xml",
                    "rss",
                    "index.xml",
                    "feed.json",
                    "?format=feed&type=rss",
                    "?feed=rss2",
                ],
            ),
        }
    }
}

/// Addresses under which sites of the make that the page betrays keep a feed, the likeliest first, at most eight: for a
/// page in a section (`/ro/stiri/`) the section's own come before the site's.
#[must_use]
pub fn usual_feeds(html: &str, base: &Url) -> Vec<Url> {
    let mut found: Vec<Url> = Vec::new();
    let Ok(root) = base.join("/") else {
        return found;
    };
    if !matches!(root.scheme(), "http" | "https") {
        return found;
    }
    let (of_section, of_site) = Make::of(html).feeds();
    let section = section(base);
    let in_section = section
        .iter()
        .flat_map(|section| of_section.iter().map(|path| section.join(path)));
    let in_site = of_site.iter().map(|path| root.join(path));
    for url in in_section.chain(in_site).flatten() {
        if found.len() < MAX_USUAL && !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

/// What sites call their page of news, folded to small letters without marks, in the languages of the sector.
const NEWS: [&str; 40] = [
    "news",
    "stiri",
    "noutati",
    "noutatile",
    "anunturi",
    "comunicate",
    "comunicate de presa",
    "presa",
    "blog",
    "actualitate",
    "actualitati",
    "stiri si evenimente",
    "noutati si evenimente",
    "ultimele noutati",
    "apeluri",
    "avizier",
    "jaunumi",
    "aktualitates",
    "zinas",
    "jaunakais",
    "aktuali",
    "aktualais",
    "jaunumi un aktualitates",
    "preses relizes",
    "raksti",
    "новости",
    "объявления",
    "анонсы",
    "пресс-центр",
    "события",
    "новости и события",
    "пресс-релизы",
    "latest news",
    "news and events",
    "news & events",
    "press releases",
    "announcements",
    "press",
    "media",
    "toate noutatile",
];
/// The beginnings of addresses of such pages.
const NEWS_PATHS: [&str; 18] = [
    "news",
    "stiri",
    "noutati",
    "anunturi",
    "comunicate",
    "actualitat",
    "jaunumi",
    "zinas",
    "aktualitates",
    "novosti",
    "obyavleniya",
    "blog",
    "presa",
    "press",
    "avizier",
    "aktuali",
    "sobytiya",
    "announcements",
];

/// The pages of the same site that a page's menu calls its news, the likeliest first, at most four.
#[must_use]
pub fn news_pages(html: &str, base: &Url) -> Vec<Url> {
    let mut found: Vec<(u8, Url)> = Vec::new();
    let mut open: Option<(Url, String)> = None;
    let mut buffer = [0; 24];
    for token in Tokens::html(html) {
        match token {
            Token::Open(tag) if lower(tag.name, &mut buffer) == "a" => {
                open = tag
                    .attr("href")
                    .and_then(|href| link(base, &href))
                    .filter(|url| url.host_str() == base.host_str() && url != base)
                    .map(|url| (url, String::new()));
            }
            Token::Text(text) => {
                if let Some((_, words)) = &mut open
                    && words.len() < 100
                {
                    words.push_str(&text[..text.floor_char_boundary(100)]);
                }
            }
            Token::Close(name) if name.eq_ignore_ascii_case("a") => {
                let Some((url, words)) = open.take() else {
                    continue;
                };
                let words = plain(&super::text::decode_entities(&words));
                let path = url.path().trim_matches('/').to_ascii_lowercase();
                let last = path.rsplit('/').next().unwrap_or_default();
                let depth = path.split('/').count();
                let named = NEWS.contains(&words.as_str());
                let placed = depth <= 3
                    && NEWS_PATHS.iter().any(|start| last.starts_with(start))
                    && last.len() < 32;
                let rank = match (named, placed) {
                    (true, true) => 0,
                    (true, false) => 1,
                    (false, true) if words.chars().count() < 40 => 2,
                    _ => continue,
                };
                if found.iter().all(|(_, known)| *known != url) && found.len() < 50 {
                    found.push((rank, url));
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(4).map(|(_, url)| url).collect()
}

/// Small letters without marks, single spaces.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let bare: String = clean_line(text)
        .to_lowercase()
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect();
    // й is a letter of its own.
    bare.nfc().collect()
}

/// The folder of an address below the root, without a file name, query or fragment.
fn section(base: &Url) -> Option<Url> {
    let mut section = base.clone();
    section.set_query(None);
    section.set_fragment(None);
    let path = base.path().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let folder = if last.contains('.') {
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    } else {
        path
    };
    if folder.is_empty() {
        return None;
    }
    section.set_path(&format!("{folder}/"));
    Some(section)
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

    #[test]
    fn usual_places_are_few_and_start_with_the_section() {
        let found = usual_feeds("", &base());
        assert_eq!(found[0].as_str(), "https://ong.example/ro/stiri/feed/");
        assert!(
            found
                .iter()
                .any(|url| url.as_str() == "https://ong.example/feed/")
        );
        assert!(found.len() <= MAX_USUAL);
        let found = usual_feeds(
            "",
            &Url::parse("https://ong.example/index.php?x=1").unwrap(),
        );
        assert_eq!(found[0].as_str(), "https://ong.example/feed/");
        assert!(usual_feeds("", &Url::parse("mailto:a@b.ro").unwrap()).is_empty());
    }

    #[test]
    fn a_site_that_betrays_its_make_is_asked_only_where_that_make_keeps_feeds() {
        let joomla =
            r#"<meta name="generator" content="Joomla! - Open Source Content Management">"#;
        let found = usual_feeds(joomla, &Url::parse("https://ong.example/").unwrap());
        assert_eq!(found[0].query(), Some("format=feed&type=rss"));
        assert!(found.len() <= 2);
        let found = usual_feeds("<link href=/wp-content/a.css>", &base());
        assert!(found.iter().all(|url| url.as_str().contains("feed")));
    }

    #[test]
    fn the_page_of_news_is_known_by_its_name_in_the_menu() {
        let html = "<nav><a href=/>Acasă</a><a href=/despre>Despre</a><a href='/ro/noutati'>NOUT&Abreve;ȚI</a><a href=/lv/x>Aktualitātes</a>            <a href=/c>Contact</a><a href='https://alt.example/stiri'>Știri</a><a href=/ro/stiri/un-articol-cu-titlu-lung-despre-ceva-anume>Un articol</a>            <a href='/novosti/'>Все наши последние новости</a><a href=/n>Новости</a></nav>";
        let found = news_pages(html, &Url::parse("https://ong.example/").unwrap());
        let shown: Vec<&str> = found.iter().map(Url::path).collect();
        assert_eq!(shown, ["/ro/noutati", "/lv/x", "/n", "/novosti/"]);
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
