//! Which of a site's pages are announcements, told by their addresses alone.

use std::collections::HashMap;

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use url::Url;

use super::super::feed::Feed;
use super::super::text::{clean_line, cut};
use super::Page;
use crate::domain::{Draft, MAX_TITLE, Precision};

/// A sitemap that a list of sitemaps names.
#[derive(Debug, Clone, PartialEq)]
pub struct Child {
    /// Where it is.
    pub url: Url,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
}

/// Folders under which sites keep announcements, in the languages of the sector.
const SECTIONS: [&str; 62] = [
    "news",
    "stiri",
    "știri",
    "noutati",
    "noutăți",
    "noutate",
    "stire",
    "anunturi",
    "anunt",
    "comunicate",
    "comunicat",
    "comunicate-de-presa",
    "comunicate-presa",
    "presa",
    "press",
    "press-releases",
    "media",
    "blog",
    "articole",
    "articol",
    "articles",
    "article",
    "posts",
    "post",
    "actualitate",
    "actualitati",
    "evenimente",
    "events",
    "event",
    "apeluri",
    "granturi",
    "grants",
    "calls",
    "finantari",
    "jaunumi",
    "jaunums",
    "zinas",
    "zina",
    "aktualitates",
    "aktuali",
    "aktualitate",
    "raksti",
    "raksts",
    "notikumi",
    "konkursi",
    "preses-relizes",
    "novosti",
    "novost",
    "новости",
    "novosti-i-sobytiya",
    "sobytiya",
    "stati",
    "statya",
    "publikacii",
    "obyavleniya",
    "konkursy",
    "stories",
    "story",
    "updates",
    "announcements",
    "latest",
    "vesti",
];
/// Folders and files that hold no announcements, whatever else they look like.
const CHROME: [&str; 40] = [
    "tag",
    "tags",
    "category",
    "categorie",
    "categoria",
    "author",
    "autor",
    "page",
    "pagina",
    "contact",
    "contacte",
    "kontakti",
    "kontakty",
    "despre",
    "despre-noi",
    "about",
    "about-us",
    "par-mums",
    "o-nas",
    "echipa",
    "team",
    "komanda",
    "privacy",
    "privacy-policy",
    "politica-de-confidentialitate",
    "cookies",
    "termeni",
    "terms",
    "login",
    "wp-login",
    "cart",
    "checkout",
    "shop",
    "product",
    "produs",
    "produkts",
    "search",
    "feed",
    "sitemap",
    "donate",
];

/// The children of a list of sitemaps that are likeliest to name announcements, the best first: those of
/// posts and news, not of pages, tags, pictures or shops; of several equal ones the latest changed, then the last.
#[must_use]
pub fn likely_children(mut children: Vec<Child>) -> Vec<Url> {
    let rank = |child: &Child| {
        let path = child.url.path().to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| path.contains(word));
        if has(&[
            "tag",
            "categor",
            "author",
            "user",
            "image",
            "video",
            "product",
            "attachment",
            "taxonom",
        ]) {
            3
        } else if has(&[
            "news", "stiri", "noutati", "jaunumi", "zinas", "novosti", "aktual",
        ]) {
            0
        } else if has(&[
            "post", "article", "articol", "blog", "anunt", "event", "evenim",
        ]) {
            1
        } else {
            2 + usize::from(has(&["page"]))
        }
    };
    // Numbered parts grow at the end.
    children.reverse();
    children.sort_by(|one, other| {
        rank(one)
            .cmp(&rank(other))
            .then_with(|| other.modified.cmp(&one.modified))
    });
    children
        .into_iter()
        .filter(|child| rank(child) < 3)
        .map(|child| child.url)
        .collect()
}

/// The announcements among the pages, the newest first. `around` is the address that staff gave: where it is a section of
/// its site, that section's pages are meant. Titles that are not given are made of addresses ([`title_of`]). At most `most`.
#[must_use]
pub fn announcements(pages: Vec<Page>, around: &Url, most: usize) -> Feed {
    let news = pages
        .iter()
        .filter(|page| {
            page.news
                .as_ref()
                .is_some_and(|news| !news.title.is_empty())
        })
        .count();
    let mut chosen: Vec<Page> = if news > 0 && news * 2 >= pages.len() {
        pages
    } else {
        chosen_by_address(pages, around)
    };
    // Stable: where no dates are given, the sitemap's own order stands.
    chosen.sort_by_key(|page| {
        let published = page.news.as_ref().and_then(|news| news.published);
        std::cmp::Reverse(published.or(page.modified))
    });
    let cut = chosen.len() > most;
    chosen.truncate(most);
    Feed {
        title: String::new(),
        home: around.join("/").ok(),
        lang: None,
        ttl: None,
        hubs: Vec::new(),
        self_url: None,
        items: chosen.into_iter().map(draft).collect(),
        repaired: false,
        cut,
    }
}

fn chosen_by_address(pages: Vec<Page>, around: &Url) -> Vec<Page> {
    let section = around.path().trim_end_matches('/').to_owned();
    let within =
        |page: &Page| !section.is_empty() && page.url.path().starts_with(&format!("{section}/"));
    let inside = pages.iter().filter(|page| within(page)).count();
    // How many pages lie in each folder: announcements come in numbers.
    let mut folders: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        *folders.entry(folder(&page.url)).or_default() += 1;
    }
    pages
        .into_iter()
        .filter(|page| {
            if page.url == *around || is_chrome(&page.url) {
                return false;
            }
            if inside >= 3 {
                return within(page);
            }
            let peers = folders.get(&folder(&page.url)).copied().unwrap_or_default();
            looks_like_announcement(&page.url, peers)
        })
        .collect()
}

/// The path without its last part, and without a date in it.
fn folder(url: &Url) -> String {
    let mut parts: Vec<&str> = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.pop();
    parts.retain(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.join("/")
}

fn is_chrome(url: &Url) -> bool {
    let path = url.path().to_lowercase();
    let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
    parts.peek().is_none()
        || parts.any(|part| {
            let stem = part.split('.').next().unwrap_or_default();
            CHROME.contains(&stem)
        })
}

fn looks_like_announcement(url: &Url, peers: usize) -> bool {
    let path = percent_decode_str(url.path())
        .decode_utf8_lossy()
        .to_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some((last, before)) = parts.split_last() else {
        return false;
    };
    let stem = last.split('.').next().unwrap_or_default();
    let words = stem
        .split(['-', '_'])
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count();
    let dated = before
        .windows(2)
        .any(|pair| is_year(pair[0]) && is_small_number(pair[1]))
        || before.last().is_some_and(|part| is_year(part));
    let in_section = before.iter().any(|part| SECTIONS.contains(part));
    if dated || in_section {
        // The section's own page and its subdivisions are lists.
        return !SECTIONS.contains(&stem) && (words >= 2 || stem.len() > 12 || dated || peers >= 5);
    }
    words >= 4 && peers >= 3
}

fn is_year(part: &str) -> bool {
    part.len() == 4
        && part
            .parse::<u16>()
            .is_ok_and(|year| (1995..2100).contains(&year))
}

fn is_small_number(part: &str) -> bool {
    part.len() <= 2
        && part
            .parse::<u8>()
            .is_ok_and(|month| (1..=31).contains(&month))
}

/// A title made of an address, for as long as the page itself was not read: `/stiri/apel-nou-2026/` → `Apel nou 2026`.
#[must_use]
pub fn title_of(url: &Url) -> String {
    let last = url
        .path_segments()
        .into_iter()
        .flatten()
        .rfind(|part| !part.is_empty())
        .unwrap_or_default();
    let last = percent_decode_str(last).decode_utf8_lossy();
    let stem = match last.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && !stem.is_empty() => stem,
        _ => &last,
    };
    let words = clean_line(&stem.replace(['-', '_', '+'], " "));
    let mut letters = words.chars();
    let title: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => url.as_str().to_owned(),
    };
    cut(&title, MAX_TITLE)
}

fn draft(page: Page) -> Draft {
    let news = page.news.unwrap_or_default();
    let title = if news.title.is_empty() {
        title_of(&page.url)
    } else {
        news.title
    };
    Draft {
        guid: None,
        title,
        author: None,
        html: None,
        text: String::new(),
        summary: None,
        precision: if news.published.is_some() {
            news.precision
        } else {
            Precision::None
        },
        published: news.published,
        updated: page.modified,
        lang_hint: news.lang,
        image: None,
        attachments: Vec::new(),
        categories: Vec::new(),
        partial: true,
        url: Some(page.url),
    }
}
