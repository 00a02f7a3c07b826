//! What on a page is no part of its text.

use super::classes::{Names, Says, is_unseen};
use super::names::{Attr, Name};
use super::sections;
use super::tree::{Node, Tree};

/// Marks it. Nothing that holds a good part of the page's text is furniture, whatever it is called.
pub(super) fn mark(tree: &mut Tree, title: Option<usize>) {
    let total = tree.nodes.first().map_or(0, |root| root.chars);
    let total_long = tree.nodes.first().map_or(0, |root| root.long);
    let mut index = 0;
    let mut in_article_until = 0;
    let mut names = Names::default();
    while index < tree.nodes.len() {
        let node = &tree.nodes[index];
        if node.is_text() {
            index += 1;
            continue;
        }
        if matches!(node.name, Name::Article | Name::Main) {
            in_article_until = in_article_until.max(node.end);
        }
        let says = names.say(node);
        let large =
            node.chars * 10 > total * 4 || (total_long > 0 && node.long * 10 > total_long * 4);
        let titled = title.is_some_and(|title| (index..node.end).contains(&title));
        // What is certain by its name may be large, where enough is left beside it.
        let strong = !titled
            && total_long >= node.long + LEAST_BESIDE
            && !matches!(
                node.name,
                Name::Html | Name::Body | Name::Main | Name::Article
            )
            && says.comments;
        if strong || is_junk(node, says, index < in_article_until, large) {
            let end = node.end;
            tree.nodes[index].junk = true;
            index = end.max(index + 1);
        } else {
            index += 1;
        }
    }
    tree.count();
    sections::mark(tree, total);
    tree.count();
}

/// More than this below a picture is a text about it.
const LONGEST_CAPTION: usize = 500;

/// Characters of text that must be left where a large part of the page is taken for furniture.
const LEAST_BESIDE: usize = 250;

fn is_junk(node: &Node, says: Says, in_article: bool, large: bool) -> bool {
    let name = node.name;
    if matches!(
        name,
        Name::Button
            | Name::Select
            | Name::Input
            | Name::Textarea
            | Name::Dialog
            | Name::Menu
            | Name::Datalist
            | Name::Audio
            | Name::Video
            | Name::Figcaption
            | Name::Rt
            | Name::Rp
    ) {
        return true;
    }
    if node.has(Attr::Hidden) && !large {
        return true;
    }
    if node.attr(Attr::AriaHidden).as_deref() == Some("true") && name != Name::Img && !large {
        return true;
    }
    if node.attr(Attr::Style).is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    }) && !large
    {
        return true;
    }
    if large
        || matches!(
            name,
            Name::Html | Name::Body | Name::Main | Name::Article | Name::H1
        )
    {
        return false;
    }
    match name {
        Name::Nav | Name::Footer | Name::Form => return true,
        Name::Aside => return !in_article || node.link_density() > 0.3 || node.long == 0,
        Name::Header => return node.long == 0 || !in_article,
        _ => {}
    }
    if node.attr(Attr::Role).is_some_and(|role| {
        matches!(
            &*role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "complementary"
                | "dialog"
                | "alertdialog"
                | "search"
                | "menu"
                | "menubar"
                | "toolbar"
                | "tooltip"
        )
    }) {
        return true;
    }
    if name.is_inline() && !matches!(name, Name::Span | Name::A) {
        return false;
    }
    (says.caption && node.chars < LONGEST_CAPTION) || says.furniture || is_unseen(node)
}
