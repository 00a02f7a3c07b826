//! Which part of a page is its text.
//!
//! Two opinions: what the markup says (`<article>`, `itemprop=articleBody`, the class names of the usual systems), and what
//! the text itself says, after Arc90's Readability: paragraphs with commas and few links vote for what holds them. Markup is
//! right where it is used with care; elsewhere the text is.

use std::cmp::Ordering;

use super::names::{Attr, Name};
use super::tree::Tree;

/// Class names and ids with which the usual systems mark the text of an article.
const KNOWN: [&str; 54] = [
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "articlebody",
    "article__body",
    "article__content",
    "article-text",
    "article_text",
    "articletext",
    "article_body",
    "td-post-content",
    "tdb_single_content",
    "field--name-body",
    "field-name-body",
    "item-page",
    "com-content-article__body",
    "itemfulltext",
    "story-body",
    "story-content",
    "storytext",
    "post-body",
    "post__content",
    "post-entry",
    "post_content",
    "postcontent",
    "blog-content",
    "node__content",
    "content-article",
    "news-text",
    "news-content",
    "newstext",
    "news_text",
    "news-detail",
    "newsdetail",
    "single-content",
    "single-post-content",
    "entry__content",
    "body-text",
    "main-text",
    "text-content",
    "page-content",
    "pagecontent",
    "elementor-widget-theme-post-content",
    "article-main",
    "article-inner",
    "js-article-inner",
    "article__text",
    "c-article-body",
    "rich-text",
    "wysiwyg",
    "articlecontent",
    "detail-text",
    "node-content",
];

/// The nodes that together are the text, in order; none overlaps another.
pub(super) fn find(tree: &Tree) -> Vec<usize> {
    if tree.nodes.is_empty() {
        return Vec::new();
    }
    let by_text = by_text(tree);
    let by_markup = by_markup(tree);
    let weight = |index: usize| tree.nodes[index].long.max(tree.nodes[index].chars / 4);
    match (by_markup, by_text) {
        (None, None) => fallback(tree).into_iter().collect(),
        (Some(one), None) | (None, Some(one)) => vec![one],
        (Some(marked), Some(voted)) => {
            // The markup's choice stands unless it misses most of the text.
            if weight(marked) * 2 >= weight(voted) {
                vec![marked]
            } else {
                vec![voted]
            }
        }
    }
}

fn by_markup(tree: &Tree) -> Option<usize> {
    let total = tree.nodes[0].long;
    // (rank, index): the best kind of mark, and of one kind the most text.
    let mut best: Option<(u8, usize, usize)> = None;
    let mut articles: Vec<usize> = Vec::new();
    let mut index = 0;
    while index < tree.nodes.len() {
        let node = &tree.nodes[index];
        if node.junk {
            index = node.end.max(index + 1);
            continue;
        }
        if !node.is_text() {
            let body = node.attr(Attr::ItemProp).is_some_and(|prop| {
                prop.split_ascii_whitespace()
                    .any(|prop| prop == "articleBody")
            });
            let named = || {
                node.marks()
                    .any(|name| KNOWN.contains(&name.to_ascii_lowercase().as_str()))
            };
            let rank = if body {
                Some(4)
            } else if matches!(node.name, Name::Div | Name::Section | Name::Td | Name::Article | Name::Main)
                && named()
            {
                Some(3)
            } else if node.name == Name::Article {
                articles.push(index);
                Some(2)
            } else if node.name == Name::Main || node.attr(Attr::Role).as_deref() == Some("main") {
                Some(1)
            } else {
                None
            };
            if let Some(rank) = rank
                && node.chars >= 140
                && node.link_density() < 0.5
            {
                let enough = node.long * 2 >= total || rank >= 2;
                let better = best.is_none_or(|(most, _, chars)| {
                    let much = node.long.max(node.chars / 4);
                    match rank.cmp(&most) {
                        Ordering::Equal => much > chars,
                        Ordering::Greater => much * 3 >= chars,
                        Ordering::Less => much > chars * 3,
                    }
                });
                if enough && better {
                    best = Some((rank, index, node.long.max(node.chars / 4)));
                }
            }
        }
        index += 1;
    }
    // Many articles alike are a list of them.
    let (rank, index, chars) = best?;
    let alike = articles.iter().filter(|other| {
        let other = &tree.nodes[**other];
        other.chars * 3 > tree.nodes[index].chars
            && !(other.end > index && tree.nodes[index].end > index && other.parent == index)
    });
    if rank == 2 && alike.count() > 3 {
        return None;
    }
    (chars > 0).then_some(index)
}

fn by_text(tree: &Tree) -> Option<usize> {
    let mut scores = vec![0.0_f64; tree.nodes.len()];
    for node in &tree.nodes {
        if node.junk || node.own < 25 || node.is_text() {
            continue;
        }
        let density = node.own_linked as f64 / node.own as f64;
        let weight = match node.name {
            Name::P | Name::Pre | Name::Blockquote => 1.0,
            Name::Td | Name::Dd => 0.7,
            Name::Li => 0.4,
            Name::H1 | Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6 | Name::Figcaption | Name::Caption | Name::Label | Name::Th
            | Name::Dt => continue,
            _ => 0.8,
        };
        let score = (1.0 + node.commas as f64 + (node.own as f64 / 100.0).min(3.0))
            * weight
            * (1.0 - density);
        // A block that holds its text directly counts itself; others give to those around them.
        let mut at = node.parent;
        let mut share = 1.0;
        if !matches!(node.name, Name::P | Name::Pre | Name::Blockquote | Name::Li | Name::Td | Name::Dd) {
            at = node.block;
        }
        for _ in 0..4 {
            scores[at] += score * share;
            share *= 0.55;
            let up = tree.nodes[at].parent;
            if up == at {
                break;
            }
            at = up;
        }
    }
    let mut best: Option<(f64, usize)> = None;
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.is_text()
            || node.junk
            || matches!(node.name, Name::Html | Name::Tr | Name::Tbody | Name::Ul | Name::Ol)
        {
            continue;
        }
        let score = scores[index] * (1.0 - node.link_density());
        if score > best.map_or(0.0, |(most, _)| most) {
            best = Some((score, index));
        }
    }
    let (_, mut top) = best?;
    // Upwards, wherever what is gained is text rather than furniture; what lies between may gain a heading only.
    let mut at = top;
    loop {
        let parent = tree.nodes[at].parent;
        if parent == at || tree.nodes[parent].name == Name::Html {
            break;
        }
        let (node, above) = (&tree.nodes[top], &tree.nodes[parent]);
        let gained = above.chars.saturating_sub(node.chars);
        let gained_long = above.long.saturating_sub(node.long);
        let gained_linked = above.linked.saturating_sub(node.linked);
        if gained_long > 0 && gained_long * 2 >= gained && gained_linked * 7 < gained {
            top = parent;
        }
        at = parent;
    }
    Some(top)
}

/// A page with no paragraph to speak of: its body, where that is not all links.
fn fallback(tree: &Tree) -> Option<usize> {
    let body = tree.nodes.iter().position(|node| node.name == Name::Body)?;
    let node = &tree.nodes[body];
    (node.chars > 0 && node.link_density() < 0.5).then_some(body)
}
