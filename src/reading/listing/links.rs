//! The links of a page that may lead to announcements.

use url::Url;

use super::frame::Part;
use super::page::{Page, mixed};
use super::words::{self, NEVER_PATHS};
use crate::domain::CanonicalUrl;

/// Links that are looked at; a page has seldom more than a few hundred.
const MAX_LINKS: usize = 4_000;
/// Bytes of an address.
const MAX_ADDRESS: usize = 2_048;

/// A link.
pub(super) struct Link {
    /// The node of its `<a>`, or of what is clicked.
    pub node: usize,
    pub url: Url,
    /// Which of the page's addresses it is: the same for all links to one page.
    pub key: usize,
    pub text: String,
    pub part: Part,
    /// It stands in a heading, or holds one.
    pub heading: bool,
    /// A few words of a sentence.
    pub sentence: bool,
    /// It says no more than that it leads on, or nothing.
    pub mute: bool,
    /// It leads on from an entry that has another link: a second file, a picture of something else.
    pub second: bool,
    /// Where it stands, for finding others like it.
    pub shape: u64,
}

/// Collects them, in the page's order, and the number that each canonical address was given.
pub(super) fn collect(
    page: &Page,
    parts: &[Part],
    base: &Url,
    url: &Url,
) -> (Vec<Link>, rustc_hash::FxHashMap<String, usize>) {
    let mut links = Vec::new();
    let mut keys: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    let own = CanonicalUrl::of(url);
    for (index, node) in page.nodes.iter().enumerate() {
        let Some(address) = address(page, index) else {
            continue;
        };
        let Some(target) = resolved(&address, base) else {
            continue;
        };
        let canonical = CanonicalUrl::of(&target);
        if canonical == own || leads_to_media(&target) {
            continue;
        }
        let next = keys.len();
        let key = *keys.entry(canonical.as_str().to_owned()).or_insert(next);
        let mut text = page.text_of(index);
        let heading_within = page.nodes[index..node.end]
            .iter()
            .take(200)
            .any(|node| node.heading().is_some());
        let heading_above = page
            .above(index)
            .take(4)
            .any(|above| page.nodes[above].heading().is_some());
        if text.is_empty()
            && let Some(label) = node.attr("title").or_else(|| node.attr("aria-label"))
        {
            text = super::super::text::clean_line(label);
        }
        let mute = words::is_more(&text) || is_number(&text);
        links.push(Link {
            node: index,
            key,
            part: parts[index],
            heading: heading_within || heading_above,
            sentence: !heading_within && !heading_above && in_sentence(page, index),
            mute,
            second: false,
            shape: shape(page, index, parts[index]),
            text,
            url: target,
        });
        if links.len() >= MAX_LINKS {
            break;
        }
    }
    mark_second(page, &mut links);
    (links, keys)
}

/// Links without words in a row or an item that has a link before them.
fn mark_second(page: &Page, links: &mut [Link]) {
    let mut last: Option<(usize, usize)> = None;
    for link in links {
        if link.part == Part::Frame {
            continue;
        }
        let cell = page
            .above(link.node)
            .take(6)
            .find(|above| matches!(page.nodes[*above].name(), "tr" | "li" | "article" | "dd"));
        let Some(cell) = cell else {
            continue;
        };
        match last {
            Some((known, key)) if known == cell => {
                link.second = link.mute && link.key != key;
            }
            _ => last = Some((cell, link.key)),
        }
    }
}

/// Where a node leads when it is clicked.
fn address(page: &Page, index: usize) -> Option<String> {
    let node = &page.nodes[index];
    let element = node.element?;
    if matches!(element.name(), "a" | "area")
        && let Some(href) = element.attr("href")
    {
        let href = href.trim();
        let script = href
            .get(..11)
            .is_some_and(|start| start.eq_ignore_ascii_case("javascript:"));
        if !script && !href.is_empty() && !href.starts_with('#') {
            return Some(href.to_owned());
        }
    }
    // What scripts follow: a quoted address behind `location`, or an attribute for it.
    if let Some(address) = ["data-href", "data-url", "data-link"]
        .iter()
        .find_map(|name| element.attr(name))
        .filter(|address| address.starts_with('/') || address.starts_with("http"))
    {
        return (element.name() != "img" && !holds_anchor(page, index)).then(|| address.to_owned());
    }
    let script = element.attr("onclick").or_else(|| element.attr("href"))?;
    let (_, after) = script
        .split_once("location")
        .or_else(|| script.split_once("window.open"))?;
    let quote = after.find(['\'', '"'])?;
    let mark = after[quote..].chars().next()?;
    let (address, _) = after[quote + 1..].split_once(mark)?;
    (!address.is_empty() && !holds_anchor(page, index)).then(|| address.to_owned())
}

fn holds_anchor(page: &Page, index: usize) -> bool {
    page.nodes[index + 1..page.nodes[index].end]
        .iter()
        .take(200)
        .any(|node| {
            node.attr("href")
                .is_some_and(|href| !href.starts_with('#') && !href.starts_with("javascript"))
        })
}

/// An address made absolute, its fragment dropped; `None` for what is no page.
pub(super) fn resolved(address: &str, base: &Url) -> Option<Url> {
    if address.len() > MAX_ADDRESS {
        return None;
    }
    let mut url = base.join(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.as_str().len() > MAX_ADDRESS {
        return None;
    }
    // `#!/path` is an address of its own on pages that are one script.
    if url
        .fragment()
        .is_some_and(|fragment| !fragment.starts_with("!/"))
        || url.fragment() == Some("")
    {
        url.set_fragment(None);
    }
    Some(url)
}

/// Pictures, sound, programs: no announcement.
fn leads_to_media(url: &Url) -> bool {
    ending(url).is_some_and(|ending| {
        matches!(
            ending.as_str(),
            "jpg"
                | "jpeg"
                | "png"
                | "gif"
                | "webp"
                | "svg"
                | "bmp"
                | "ico"
                | "mp3"
                | "mp4"
                | "avi"
                | "mov"
                | "webm"
                | "ogg"
                | "css"
                | "js"
                | "exe"
                | "apk"
                | "ics"
                | "xml"
                | "rss"
                | "json"
        )
    })
}

fn ending(url: &Url) -> Option<String> {
    let last = url.path().rsplit('/').next()?;
    let (_, ending) = last.rsplit_once('.')?;
    (ending.len() <= 5).then(|| ending.to_ascii_lowercase())
}

/// Whether an address leads to a document.
pub(super) fn leads_to_document(url: &Url) -> bool {
    ending(url).is_some_and(|ending| {
        matches!(
            ending.as_str(),
            "pdf" | "doc" | "docx" | "odt" | "rtf" | "xls" | "xlsx" | "edoc" | "asice"
        )
    })
}

/// The same site: the same host, or a part of it.
pub(super) fn same_site(one: &Url, other: &Url) -> bool {
    let bare = |url: &Url| {
        url.host_str()
            .map(|host| host.trim_start_matches("www.").to_ascii_lowercase())
    };
    match (bare(one), bare(other)) {
        (Some(one), Some(other)) => one == other || within(&one, &other) || within(&other, &one),
        _ => false,
    }
}

fn within(inner: &str, outer: &str) -> bool {
    outer.contains('.')
        && inner
            .strip_suffix(outer)
            .is_some_and(|rest| rest.ends_with('.'))
}

/// Pages that no list of announcements is about: categories, authors, contacts, the front page.
pub(super) fn is_never_path(url: &Url) -> bool {
    let path = url.path().trim_matches('/');
    if path.is_empty() && url.query().is_none() {
        return true;
    }
    let parts: Vec<String> = path.split('/').map(str::to_ascii_lowercase).collect();
    let last = parts.len() - 1;
    let paged = parts.len() >= 2
        && parts[last - 1] == "page"
        && parts[last].bytes().all(|byte| byte.is_ascii_digit());
    let listed = parts.iter().enumerate().any(|(at, part)| {
        let known = NEVER_PATHS.contains(&part.as_str());
        // `/topics/2024/05/a-long-title` is an article after all.
        known && (at == last || (at + 1 == last && !is_slug(&parts[last])))
    });
    let query = url.query().unwrap_or_default();
    let asked = query.split('&').any(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        matches!(
            name,
            "tag"
                | "cat"
                | "author"
                | "s"
                | "paged"
                | "replytocom"
                | "share"
                | "tmpl"
                | "lang"
                | "wmc-currency"
                | "add-to-cart"
        ) && query.matches('&').count() == 0
            || name == "task" && value != "view"
    });
    paged || listed || asked
}

/// Words joined by hyphens or underscores: the title of something.
pub(super) fn is_slug(part: &str) -> bool {
    let part = part.split('.').next().unwrap_or_default();
    part.len() >= 15
        && part
            .split(['-', '_', '+'])
            .filter(|word| word.len() > 1)
            .count()
            >= 3
}

/// How much an address looks like that of one article among many: 0 to 2.
pub(super) fn articlelike(url: &Url) -> f64 {
    let path = url.path().trim_end_matches('/');
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let last = parts.last().copied().unwrap_or_default();
    let mut score: f64 = 0.0;
    if is_slug(last) || parts.len() >= 2 && is_slug(parts[parts.len() - 2]) {
        score += 1.0;
    }
    // Percent-encoded titles in other scripts.
    if last.matches("%D").count() + last.matches("%d").count() >= 15 {
        score += 1.0;
    }
    let long_number = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .any(|number| (2..=12).contains(&number.len()))
    };
    let year = parts.iter().any(|part| {
        part.len() == 4
            && (part.starts_with("19") || part.starts_with("20"))
            && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    if year {
        score += 1.0;
    } else if long_number(last) || url.query().is_some_and(long_number) {
        score += 0.7;
    } else if last.len() >= 8
        && last.bytes().any(|byte| byte.is_ascii_digit())
        && last.bytes().any(|byte| byte.is_ascii_alphabetic())
    {
        score += 0.3;
    }
    score.min(2.0)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_alphabetic)
}

/// Whether a link is part of a sentence: words of some length before it on its line, or a sentence going on behind it.
fn in_sentence(page: &Page, index: usize) -> bool {
    let inline = |at: &usize| {
        matches!(
            page.nodes[*at].name(),
            "b" | "strong" | "i" | "em" | "span" | "font" | "a" | "u"
        )
    };
    let Some(parent) = page.above(index).find(|above| !inline(above)) else {
        return false;
    };
    if !matches!(
        page.nodes[parent].name(),
        "p" | "li" | "div" | "td" | "blockquote" | "dd"
    ) {
        return false;
    }
    // Letters on the link's line to one side, and the sign next to it.
    let line = |nodes: &mut dyn Iterator<Item = usize>, before: bool| {
        let mut letters = 0;
        let mut first = None;
        for at in nodes.take(30) {
            let node = &page.nodes[at];
            if !node.is_text() {
                if !inline(&at) {
                    break;
                }
                continue;
            }
            if page.above(at).find(|above| !inline(above)) != Some(parent) {
                break;
            }
            if node.chars > 0 {
                letters += node.text.chars().filter(|c| c.is_alphabetic()).count();
                let text = node.text.trim();
                first = first.or(if before {
                    text.chars().next_back()
                } else {
                    text.chars().next()
                });
            }
        }
        (letters, first)
    };
    let (before, _) = line(&mut (parent + 1..index).rev(), true);
    let (after, first) = line(&mut (page.nodes[index].end..page.nodes[parent].end), false);
    let own = page.nodes[index].chars;
    before > 30 && before > own / 2
        || after > 25 && first.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')'))
}

/// What of its place a link shares with others like it: the way of tags, the ids on it, its own class and its parent's.
fn shape(page: &Page, index: usize, part: Part) -> u64 {
    let mut hash = page.nodes[index].path;
    hash = mixed(hash, if part == Part::Aside { "aside" } else { "" });
    let mut classes = 0;
    let note = |at: usize, hash: u64| {
        let node = &page.nodes[at];
        if let Some(class) = node.attr("class").filter(|class| class.len() < 300) {
            return class
                .split_ascii_whitespace()
                .filter(|name| !varies(name))
                .fold(hash, mixed);
        }
        hash
    };
    hash = note(index, hash);
    for above in page.above(index) {
        let node = &page.nodes[above];
        if classes < 1 {
            hash = note(above, hash);
            classes += 1;
        }
        if let Some(id) = node.attr("id")
            && id.len() < 24
            && !id.bytes().any(|byte| byte.is_ascii_digit())
        {
            hash = mixed(hash, id);
        }
    }
    hash
}

/// Names that tell one entry of a list from the next.
fn varies(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit())
        || [
            "odd", "even", "first", "last", "active", "current", "visited", "featured", "sticky",
        ]
        .iter()
        .any(|word| name.eq_ignore_ascii_case(word))
        || name.starts_with("category-")
        || name.starts_with("tag-")
}
