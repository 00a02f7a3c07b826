//! What frames a page: menus, headers, footers, side columns.

use super::page::Page;
use super::words::{ASIDE, FRAME, SMALL, has_word, speaks_of};

/// What a node is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The content, as far as is known.
    Content,
    /// A side column, a list of what is read most.
    Aside,
    /// Menus, footers, share buttons: no announcements.
    Frame,
}

/// A frame has no more than this share of the page's text, or its name does not mean what it says.
const MOST_OF_PAGE: f64 = 0.5;
/// Small parts of an entry have no more characters.
const SMALL_CHARS: usize = 120;

/// The part of each node, by index. `named` says that class names count, not elements and roles alone.
pub(super) fn parts(page: &Page, named: bool) -> Vec<Part> {
    let mut parts = vec![Part::Content; page.nodes.len()];
    let total = page.nodes.first().map_or(0, |root| root.chars).max(1);
    // What a page is made of stands in <main>; names of what is around it mean nothing then.
    let mut mains = Vec::new();
    let mut entries = vec![0_u32; page.nodes.len() + 1];
    for (index, node) in page.nodes.iter().enumerate() {
        let main = node.name() == "main" || node.attr("role") == Some("main");
        if main {
            mains.push(index);
        }
        entries[index + 1] = entries[index] + u32::from(node.name() == "article");
    }
    let all_entries = entries.last().copied().unwrap_or_default();
    for index in 0..page.nodes.len() {
        let node = &page.nodes[index];
        let above = if node.parent == index {
            Part::Content
        } else {
            parts[node.parent]
        };
        let mut part = above;
        if node.element.is_some() && above != Part::Frame {
            let holds_main = mains.iter().any(|main| (index..node.end).contains(main));
            let most = node.chars as f64 > MOST_OF_PAGE * total as f64;
            let own_entries = entries[node.end] - entries[index];
            let most_entries = all_entries >= 3 && own_entries * 2 > all_entries;
            // Joomla lists its further articles as tabs.
            let further = page.nodes[node.parent]
                .attr("class")
                .is_some_and(|class| class.contains("items-more"));
            if !(holds_main || most_entries || further || matches!(node.name(), "html" | "body")) {
                part = part.max(own(page, index, most, named));
            }
        }
        parts[index] = part;
    }
    parts
}

fn own(page: &Page, index: usize, most: bool, named: bool) -> Part {
    let node = &page.nodes[index];
    let within_entry = || {
        page.above(index).take(12).any(|above| {
            matches!(page.nodes[above].name(), "article" | "li" | "tr" | "td")
                || page.nodes[above].attr("class").is_some_and(|class| {
                    has_word(
                        class,
                        &["article", "post", "entry", "item", "card", "teaser"],
                    )
                })
        })
    };
    match node.name() {
        "nav" | "menu" if !most => return Part::Frame,
        "footer" if !most && !within_entry() => return Part::Frame,
        "header" if !most && !within_entry() && is_page_header(page, index) => return Part::Frame,
        _ => {}
    }
    if let Some(role) = node.attr("role")
        && matches!(
            role,
            "navigation"
                | "contentinfo"
                | "search"
                | "menu"
                | "menubar"
                | "menuitem"
                | "dialog"
                | "banner"
        )
        && !most
    {
        return Part::Frame;
    }
    let mut part = Part::Content;
    let names = [node.attr("class"), node.attr("id")];
    for names in names.into_iter().flatten().filter(|_| named) {
        // `card-footer`, `post-navigation`: parts of an entry that say so.
        let of_entry = has_word(
            names,
            &[
                "card",
                "entry",
                "post",
                "article",
                "teaser",
                "item",
                "elementor",
                "has",
                "no",
                "with",
                "under",
                "below",
                "after",
            ],
        );
        if !most && !of_entry && speaks_of(names, &FRAME) && !holds_entries(page, index) {
            return Part::Frame;
        }
        if node.chars <= SMALL_CHARS
            && node.name() != "a"
            && names.len() < 60
            && speaks_of(names, &SMALL)
            && !matches!(
                node.name(),
                "li" | "article" | "tr" | "td" | "h1" | "h2" | "h3" | "h4"
            )
            && !holds_heading(page, index)
        {
            return Part::Frame;
        }
        if of_entry
            && has_word(
                names,
                &[
                    "navigation",
                    "nav",
                    "pagination",
                    "breadcrumb",
                    "breadcrumbs",
                    "share",
                    "sharing",
                    "social",
                ],
            )
            && node.chars < 400
            && !holds_heading(page, index)
        {
            return Part::Frame;
        }
        if !most
            && (speaks_of(names, &ASIDE)
                || names.split_ascii_whitespace().any(|name| name == "widget"))
        {
            part = Part::Aside;
        }
    }
    if node.name() == "aside" && !most {
        part = Part::Aside;
    }
    part
}

/// Several entries with headings and text of their own are no menu, whatever its name.
fn holds_entries(page: &Page, index: usize) -> bool {
    let node = &page.nodes[index];
    let headings = page.nodes[index..node.end]
        .iter()
        .take(3_000)
        .filter(|node| node.heading().is_some() && node.linked >= 20)
        .take(3)
        .count();
    headings >= 3 && node.linked * 2 < node.chars
}

fn holds_heading(page: &Page, index: usize) -> bool {
    page.nodes[index..page.nodes[index].end]
        .iter()
        .take(60)
        .any(|node| node.heading().is_some())
}

/// A header near the top of the tree, with links for the most part.
fn is_page_header(page: &Page, index: usize) -> bool {
    page.above(index)
        .all(|above| !matches!(page.nodes[above].name(), "main" | "section" | "article"))
}
