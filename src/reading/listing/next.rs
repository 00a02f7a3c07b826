//! The next (older) page of a listing.

use scraper::Html;
use url::Url;

use super::links::resolved;
use super::page::Page;
use super::words::{folded, has_word};
use crate::domain::CanonicalUrl;

/// What links to it say, folded.
const SAYS: &[&str] = &[
    "urmatoarea",
    "urmatoarele",
    "urmatorul",
    "inainte",
    "pagina urmatoare",
    "pagina urmatoarea",
    "urmatoarea pagina",
    "mai vechi",
    "articole mai vechi",
    "postari mai vechi",
    "stiri mai vechi",
    "intrari mai vechi",
    "nakama",
    "nakama lapa",
    "talak",
    "vecaki ieraksti",
    "vecaki raksti",
    "vecakas zinas",
    "uz prieksu",
    "следующая",
    "следующая страница",
    "следующие",
    "след",
    "вперед",
    "далее",
    "старые записи",
    "предыдущие записи",
    "более старые записи",
    "ранее",
    "next",
    "next page",
    "next posts",
    "older",
    "older posts",
    "older entries",
    "older news",
    "previous entries",
    "siguiente",
    "weiter",
    "suivant",
    "nastepna",
    "dalsi",
    "järgmine",
    "kitas",
];

/// Finds it; never the page itself, never on another host.
pub(super) fn find(page: &Page, document: &Html, base: &Url, url: &Url) -> Option<Url> {
    let own = CanonicalUrl::of(url);
    let fits = |href: &str| {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        resolved(href, base)
            .filter(|next| next.host_str() == url.host_str() && CanonicalUrl::of(next) != own)
    };
    let is_next = |rel: Option<&str>| {
        rel.is_some_and(|rel| {
            rel.split_ascii_whitespace()
                .any(|rel| rel.eq_ignore_ascii_case("next"))
        })
    };
    let declared = document
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element())
        .filter(|element| element.name() == "link" && is_next(element.attr("rel")))
        .find_map(|element| element.attr("href").and_then(fits))
        .filter(|next| page_number(next).is_some());
    if declared.is_some() {
        return declared;
    }
    let current = page_number(url).unwrap_or(0);
    let mut said: Option<Url> = None;
    let mut numbered: Option<(u64, Url)> = None;
    for index in 0..page.nodes.len() {
        let node = &page.nodes[index];
        if node.name() != "a" || node.chars > 40 {
            continue;
        }
        let Some(next) = node.attr("href").and_then(fits) else {
            continue;
        };
        let pager = || {
            page.above(index).take(5).any(|above| {
                let node = &page.nodes[above];
                [node.attr("class"), node.attr("id"), node.attr("aria-label")]
                    .into_iter()
                    .flatten()
                    .any(|names| {
                        let small = names.to_ascii_lowercase();
                        ["pag", "pager", "navigation", "nav-links", "lapas", "стран"]
                            .iter()
                            .any(|word| small.contains(word))
                    })
            })
        };
        let text = page.text_of(index);
        let numbers = page_number(&next);
        if is_next(node.attr("rel")) && (numbers.is_some() || pager()) {
            return Some(next);
        }
        let says = SAYS.contains(&folded(&text).as_str())
            || matches!(text.trim(), "»" | "›" | ">" | "→" | ">>" | "⟩" | "❯")
            || node.attr("class").is_some_and(|class| {
                has_word(class, &["next"])
                    && !has_word(class, &["slick", "swiper", "carousel", "slider", "owl"])
            });
        // The number after this page's tells what is older than it, not what is newer.
        let onward = numbers.is_none_or(|number| number > current);
        if says && onward && (numbers.is_some() || pager()) {
            // `»` may also lead to the last page: the nearest counts.
            let nearer = match (&said, numbers) {
                (None, _) => true,
                (Some(known), Some(number)) => {
                    page_number(known).is_some_and(|known| number < known)
                }
                (Some(_), None) => false,
            };
            if nearer {
                said = Some(next);
            }
            continue;
        }
        if let Some(number) = numbers
            && number > current
            && text.trim().bytes().all(|byte| byte.is_ascii_digit())
            && !text.trim().is_empty()
            && numbered.as_ref().is_none_or(|(known, _)| number < *known)
        {
            numbered = Some((number, next));
        }
    }
    said.or(numbered.map(|(_, next)| next))
}

/// Which page of a listing an address says that it is: `?page=2`, `/page/2/`, `?start=20`, `?PAGEN_1=2`.
fn page_number(url: &Url) -> Option<u64> {
    let number = |text: &str| -> Option<u64> {
        (!text.is_empty() && text.len() <= 7 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    for (name, value) in url.query_pairs() {
        let name = name.to_ascii_lowercase();
        let known = matches!(
            name.as_str(),
            "page"
                | "paged"
                | "p"
                | "pg"
                | "start"
                | "limitstart"
                | "offset"
                | "pagina"
                | "lapa"
                | "pageno"
                | "page_num"
                | "pagenum"
                | "currentpage"
                | "from"
                | "nr"
                | "str"
                | "skip"
        ) || name.starts_with("pagen_")
            || name.ends_with("page")
            || name.contains("currentpage");
        if known && let Some(number) = number(&value) {
            return Some(number);
        }
    }
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    for (at, part) in parts.iter().enumerate() {
        let bare = part.split('.').next().unwrap_or_default();
        if matches!(
            *part,
            "page" | "pagina" | "lapa" | "seite" | "p" | "strana" | "stranica"
        ) && let Some(number) = parts
            .get(at + 1)
            .and_then(|next| number(next.split('.').next().unwrap_or_default()))
        {
            return Some(number);
        }
        for prefix in ["page-", "page", "pagina-", "p", "lapa-"] {
            if let Some(rest) = bare.strip_prefix(prefix)
                && let Some(found) = number(rest)
            {
                return Some(found);
            }
        }
    }
    None
}
