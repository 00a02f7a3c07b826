//! The title of a page, without the name of its site.

use super::super::text::{clean_line, cut, decode_entities};
use super::meta::Meta;
use super::names::Name;
use super::render::{bare, same};
use super::tree::Tree;

/// A title, and the heading that shows it.
pub(super) struct Title {
    pub text: String,
    /// The node of the heading.
    pub at: Option<usize>,
}

/// What parts a title from the name of the site.
const SEPARATORS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " » ", " « ", " :: ", " • ", " · ", " / ", " < ", " >> ",
];

pub(super) fn find(tree: &Tree, meta: &Meta) -> Title {
    let mut title = by_heads(tree, meta);
    // Pages without headings show it in some other element.
    if title.at.is_none() && title.text.chars().count() >= 10 {
        title.at = (0..tree.nodes.len()).find(|index| {
            let node = &tree.nodes[*index];
            node.is_text() && node.text.len() < 1000 && same(&node.text, &title.text)
        });
    }
    if title.at.is_none()
        && let Some((at, text)) = shown_part(tree, &title.text)
    {
        title.at = Some(at);
        // `<title>` names site and section as well; the others, if anything, a kicker that belongs to the title.
        if meta.og_title.is_none() && meta.described.headline.is_none() {
            title.text = text;
        }
    }
    title
}

/// What the head of a page calls it, in each place where it may say so: without the name of the site, then as it is written.
pub(super) fn heads(meta: &Meta) -> Vec<String> {
    let site = meta.site.as_deref();
    let written: Vec<String> = [&meta.described.headline, &meta.og_title, &meta.title]
        .into_iter()
        .flatten()
        .map(|text| clean_line(&decode_entities(text)))
        .collect();
    let mut heads: Vec<String> = written
        .iter()
        .map(|text| without_site(text, site))
        .collect();
    heads.extend(written);
    heads
}

/// Lines of the page that are compared with the head's title.
const MOST_COMPARED: usize = 3_000;

/// The longest line of the page that the head's title holds: so much of it is the title, the rest names site and section.
fn shown_part(tree: &Tree, head: &str) -> Option<(usize, String)> {
    let head = bare(&cut(head, 1_000));
    let mut left = MOST_COMPARED;
    let least = (head.len() / 3).max(15);
    let mut best: Option<(usize, usize)> = None;
    for (index, node) in tree.nodes.iter().enumerate() {
        let heading = node.name.is_heading();
        let line = node.is_text() && node.text.len() < 600 && node.letters * 4 >= least;
        let shown = heading && node.chars > 0 && node.chars < 300;
        if !line && !shown {
            continue;
        }
        let text = if heading {
            bare(&tree.text(index))
        } else {
            bare(&node.text)
        };
        if text.len() < least {
            continue;
        }
        left -= 1;
        if left == 0 {
            break;
        }
        if head.contains(&text) && best.is_none_or(|(_, length)| text.len() > length) {
            best = Some((index, text.len()));
        }
    }
    let (at, _) = best?;
    let text = if tree.nodes[at].is_text() {
        clean_line(&tree.nodes[at].text)
    } else {
        tree.text(at)
    };
    Some((at, text))
}

fn by_heads(tree: &Tree, meta: &Meta) -> Title {
    let line = |text: &Option<String>| {
        text.as_deref()
            .map(|text| clean_line(&decode_entities(text)))
            .filter(|text| !text.is_empty())
    };
    let page = line(&meta.title);
    let og = line(&meta.og_title);
    let headline = line(&meta.described.headline);
    let site = line(&meta.site);
    let headings: Vec<(usize, String, bool)> = (0..tree.nodes.len())
        .filter(|index| matches!(tree.nodes[*index].name, Name::H1 | Name::H2))
        .take(60)
        .map(|index| (index, tree.text(index), tree.nodes[index].name == Name::H1))
        .filter(|(_, text, _)| (2..400).contains(&text.chars().count()))
        .collect();
    // A heading that the head of the page repeats is the title.
    let heads = [headline.as_deref(), og.as_deref(), page.as_deref()];
    let mut ranked: Vec<&(usize, String, bool)> = headings.iter().collect();
    // A list of the latest news may have it as well; the trail of sections above, as it is told to search engines.
    ranked.sort_by_key(|(at, _, first)| {
        let trail = tree.is_within(*at, Name::Nav);
        (trail, !first, tree.nodes[*at].links > 0)
    });
    let matching = ranked
        .into_iter()
        .filter(|(_, text, first)| *first || text.chars().count() >= 15)
        .filter(|(_, text, _)| site.as_deref().is_none_or(|site| !same(site, text)))
        .filter(|(_, text, _)| {
            heads
                .iter()
                .flatten()
                .any(|head| same(head, text) || begins(head, text))
        });
    // Of a page's title and its site's name, both of which `<title>` holds, the title is longer; the first of those wins.
    let repeated = matching.reduce(|best, other| {
        let whole = |text: &str| heads.iter().flatten().any(|head| same(head, text));
        let length = |text: &str| text.chars().count();
        match (whole(&best.1), whole(&other.1)) {
            (true, _) => best,
            (false, true) => other,
            _ if length(&other.1) > length(&best.1) => other,
            _ => best,
        }
    });
    if let Some((at, text, _)) = repeated {
        // The head parts words that the page parts by its layout alone.
        let parted = |head: &String| same(head, text) && count_words(head) > count_words(text);
        let text = og
            .filter(|og| same(og, text))
            .or_else(|| headline.into_iter().chain(page).find(parted))
            .unwrap_or_else(|| text.clone());
        return Title {
            text,
            at: Some(*at),
        };
    }
    let firsts: Vec<_> = headings.iter().filter(|(_, _, first)| *first).collect();
    let alone = match firsts.as_slice() {
        [(at, text, _)] if site.as_deref().is_none_or(|site| !same(site, text)) => {
            Some((*at, text.clone()))
        }
        _ => None,
    };
    let stripped = |text: Option<String>| text.map(|text| without_site(&text, site.as_deref()));
    let (og, headline, page) = (stripped(og), stripped(headline), stripped(page));
    // Two that agree outweigh what is written for other sites.
    let agreed = headline
        .as_ref()
        .zip(page.as_ref())
        .is_some_and(|(headline, page)| same(headline, page));
    let from_head = headline
        .clone()
        .filter(|_| agreed)
        .or(og)
        .or(headline)
        .or(page);
    match (from_head, alone) {
        // A single main heading that the head does not know is the site's name as often as the title.
        (Some(head), Some((at, heading))) => {
            if heading.chars().count() >= 20 && head.chars().count() < 12 {
                Title {
                    text: heading,
                    at: Some(at),
                }
            } else {
                Title {
                    text: head,
                    at: None,
                }
            }
        }
        (Some(head), None) => Title {
            text: head,
            at: None,
        },
        (None, Some((at, text))) => Title { text, at: Some(at) },
        (None, None) => Title {
            text: headings
                .first()
                .map(|(_, text, _)| text.clone())
                .unwrap_or_default(),
            at: headings.first().map(|(at, _, _)| *at),
        },
    }
}

/// How many words a line has; signs that stand alone are none.
fn count_words(line: &str) -> usize {
    line.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// Whether `head` is `text` with a separator and a site's name behind it, or before.
fn begins(head: &str, text: &str) -> bool {
    SEPARATORS.iter().any(|separator| {
        let at = |rest: Option<&str>, front: bool| {
            rest.is_some_and(|rest| {
                if front {
                    rest.starts_with(separator)
                } else {
                    rest.ends_with(separator)
                }
            })
        };
        at(head.strip_prefix(text), true) || at(head.strip_suffix(text), false)
    })
}

/// A page title without the part that names the site: the shorter one behind the last separator, or before the first.
fn without_site(title: &str, site: Option<&str>) -> String {
    let split = SEPARATORS
        .iter()
        .filter_map(|separator| title.rfind(separator).map(|at| (at, separator.len())))
        .max();
    let Some((at, length)) = split else {
        return title.to_owned();
    };
    let (front, back) = (title[..at].trim(), title[at + length..].trim());
    if site.is_some_and(|site| same(site, back)) {
        return front.to_owned();
    }
    if let Some(first) = SEPARATORS
        .iter()
        .filter_map(|separator| title.find(separator).map(|at| (at, separator.len())))
        .min()
        && site.is_some_and(|site| same(site, title[..first.0].trim()))
    {
        return title[first.0 + first.1..].trim().to_owned();
    }
    let words = |text: &str| text.split_whitespace().count();
    if words(back) <= 5 && words(front) >= 3 && words(front) > words(back) {
        front.to_owned()
    } else if words(front) <= 3 && words(back) >= 4 {
        back.to_owned()
    } else {
        title.to_owned()
    }
}
