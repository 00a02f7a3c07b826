//! Which part of a page is its text.
//!
//! Two opinions: what the markup says (`<article>`, `itemprop=articleBody`, the class names of the usual systems), and what
//! the text itself says, after Arc90's Readability: paragraphs with commas and few links vote for what holds them. Markup is
//! right where it is used with care; elsewhere the text is.

use std::cmp::Ordering;

use super::judge::Judge;
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

/// The nodes that together are the text, in order; none overlaps another. `title` is the heading that shows the title,
/// `description` what the head of the page says of it.
pub(super) fn find(tree: &Tree, title: Option<usize>, description: Option<&str>) -> Vec<usize> {
    if tree.nodes.is_empty() {
        return Vec::new();
    }
    let judge = Judge::new(tree, title, description);
    let by_text = by_text(tree, &judge);
    let by_markup = by_markup(tree, &judge);
    let weight = |index: usize| {
        let node = &tree.nodes[index];
        node.long.max(node.chars / 4) as f64 * judge.factor(index)
    };
    let chosen = match (by_markup, by_text) {
        (None, None) => return fallback(tree).into_iter().collect(),
        (Some((_, one)), None) | (None, Some(one)) => with_likes(tree, one),
        // `<main>` is the frame of the page: it says only what is not within.
        (Some((1, marked)), Some(voted)) if (marked..tree.nodes[marked].end).contains(&voted) => {
            with_likes(tree, voted)
        }
        (Some((_, marked)), Some(voted)) => {
            // The markup's choice stands unless it misses most of the text.
            if weight(marked) * 2.0 >= weight(voted) {
                with_likes(tree, marked)
            } else {
                with_likes(tree, voted)
            }
        }
    };
    judge.with_lead(chosen)
}

/// A text may be laid out in several parts that are marked alike.
fn with_likes(tree: &Tree, marked: usize) -> Vec<usize> {
    let one = &tree.nodes[marked];
    if matches!(one.name, Name::Article | Name::Main | Name::Body) || one.class.is_empty() {
        return vec![marked];
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < tree.nodes.len() {
        let node = &tree.nodes[at];
        if node.junk {
            at = node.end.max(at + 1);
        } else if at == marked
            || (node.name == one.name
                && node.class == one.class
                && node.long > 0
                && node.link_density() < 0.3
                && !(at..node.end).contains(&marked))
        {
            parts.push(at);
            at = node.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    // A single small part of the same class may be anything; posts of a thread are many.
    let weighty = parts
        .iter()
        .all(|part| tree.nodes[*part].long * 4 >= one.long);
    if parts.len() > MOST_PARTS || (parts.len() < 3 && !weighty) {
        return vec![marked];
    }
    parts
}

/// Marked elements that are looked at.
const MOST_MARKED: usize = 500;
/// More parts marked alike are the items of a list.
const MOST_PARTS: usize = 40;

fn by_markup(tree: &Tree, judge: &Judge) -> Option<(u8, usize)> {
    let total = tree.nodes[0].long;
    // (rank, index): the best kind of mark, and of one kind the most text.
    let mut best: Option<(u8, usize, f64)> = None;
    let mut articles: Vec<usize> = Vec::new();
    let mut seen = 0;
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
            } else if matches!(
                node.name,
                Name::Div | Name::Section | Name::Td | Name::Article | Name::Main
            ) && named()
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
                && seen < MOST_MARKED
                && node.link_density() < 0.5
            {
                let enough = node.long * 2 >= total || rank >= 2;
                seen += 1;
                let much = node.long.max(node.chars / 4) as f64 * judge.factor(index);
                let better = best.is_none_or(|(most, _, best)| match rank.cmp(&most) {
                    Ordering::Equal => much > best,
                    Ordering::Greater => much * 3.0 >= best,
                    Ordering::Less => much > best * 3.0,
                });
                if enough && better {
                    best = Some((rank, index, much));
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
    (chars > 0.0).then_some((rank, index))
}

fn by_text(tree: &Tree, judge: &Judge) -> Option<usize> {
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
            Name::H1
            | Name::H2
            | Name::H3
            | Name::H4
            | Name::H5
            | Name::H6
            | Name::Figcaption
            | Name::Caption
            | Name::Label
            | Name::Th
            | Name::Dt => continue,
            _ => 0.8,
        };
        let score = (1.0 + node.commas as f64 + (node.own as f64 / 100.0).min(3.0))
            * weight
            * (1.0 - density);
        // A block that holds its text directly counts itself; others give to those around them.
        let mut at = node.parent;
        let mut share = 1.0;
        if !matches!(
            node.name,
            Name::P | Name::Pre | Name::Blockquote | Name::Li | Name::Td | Name::Dd
        ) {
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
    let mut voted: Vec<(f64, usize)> = tree
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| {
            !node.is_text()
                && !node.junk
                && !matches!(
                    node.name,
                    Name::Html | Name::Tr | Name::Tbody | Name::Ul | Name::Ol
                )
        })
        .map(|(index, node)| (scores[index] * (1.0 - node.link_density()), index))
        .filter(|(score, _)| *score > 0.0)
        .collect();
    voted.sort_by(|one, other| other.0.total_cmp(&one.0));
    voted.truncate(CANDIDATES);
    let mut best: Option<(f64, usize)> = None;
    for (score, index) in voted {
        let judged = score * judge.factor(index);
        if judged > best.map_or(0.0, |(most, _)| most) {
            best = Some((judged, index));
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
        if gained_long * 5 >= node.long
            && gained_long > 0
            && gained_long * 2 >= gained
            && gained_linked * 7 < gained
        {
            top = parent;
        }
        at = parent;
    }
    Some(top)
}

/// So many of what the text votes for are looked at more closely.
const CANDIDATES: usize = 12;

/// A page with no paragraph to speak of: its body, where that is not all links.
fn fallback(tree: &Tree) -> Option<usize> {
    let body = tree.nodes.iter().position(|node| node.name == Name::Body)?;
    let node = &tree.nodes[body];
    (node.chars > 0 && node.link_density() < 0.5).then_some(body)
}
