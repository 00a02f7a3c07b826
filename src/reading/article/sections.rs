//! Boxes within and below an article that a heading gives away: related news, comments, share buttons.

use super::names::Name;
use super::tree::{LONG, Tree};
use super::words;

/// Nodes that a heading consists of.
const MOST_NODES: usize = 40;
/// Each costs a look at what follows it.
const MOST_SECTIONS: usize = 60;

/// Marks what stands under a heading of [`words::OTHER`]: its container where it comes first there, else what follows it.
pub(super) fn mark(tree: &mut Tree, total: usize) {
    let total_long = tree.nodes.first().map_or(0, |root| root.long);
    let mut left = MOST_SECTIONS;
    for index in 0..tree.nodes.len() {
        let node = &tree.nodes[index];
        let heading = match node.name {
            Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6 => true,
            Name::Div | Name::P | Name::Strong | Name::Span | Name::B => {
                node.chars > 0 && node.chars <= 40 && node.links == 0
            }
            _ => false,
        };
        if node.junk || !heading || node.chars > 60 || node.end - index > MOST_NODES {
            continue;
        }
        let text = tree.text(index).to_lowercase();
        let text = text.trim_end_matches([':', ' ', '.']);
        let other = words::OTHER.iter().any(|other| {
            text.strip_prefix(other)
                .is_some_and(|rest| rest.chars().count() <= 25)
        });
        if !other {
            continue;
        }
        // A pointer within a line: `<p><b>Related:</b> <a>…</a></p>`.
        if node.name.is_inline() && node.block != index {
            let block = node.block;
            let around = &tree.nodes[block];
            if around.chars > node.chars && around.chars < 250 && around.linked * 5 > around.chars {
                tree.nodes[block].junk = true;
                continue;
            }
        }
        left -= 1;
        if left == 0 {
            break;
        }
        // Up through containers that hold only the heading before it.
        let mut section = index;
        let mut until = node.end;
        loop {
            let parent = tree.nodes[section].parent;
            if parent == section
                || matches!(
                    tree.nodes[parent].name,
                    Name::Body | Name::Html | Name::Main | Name::Article
                )
            {
                until = until.max(tree.nodes[parent].end);
                break;
            }
            until = until.max(tree.nodes[parent].end);
            let before: usize = tree.nodes[parent..section]
                .iter()
                .filter(|node| node.is_text() && !node.junk)
                .map(|node| node.chars)
                .sum();
            // A box of its own, rather than an article that begins with a pointer.
            let above = &tree.nodes[parent];
            let main = above.long * 5 > total_long && above.link_density() < 0.3;
            if before > 0 || main {
                break;
            }
            section = parent;
        }
        let inside: usize = tree.nodes[section..until]
            .iter()
            .filter(|node| node.is_text() && !node.junk)
            .map(|node| node.chars)
            .sum();
        if inside * 10 > total * 5 {
            continue;
        }
        let mut at = section;
        while at < until {
            // A box amid an article: the paragraphs that follow it go on with the text.
            let node = &tree.nodes[at];
            if at > section && node.is_text() && node.letters >= LONG && node.linked == 0 {
                break;
            }
            if at > section
                && node.long > 0
                && (node.name == Name::P
                    || node.link_density() < 0.08
                    || goes_on(tree, section, at))
            {
                break;
            }
            tree.nodes[at].junk = true;
            at = tree.nodes[at].end.max(at + 1);
        }
    }
}

/// Whether a node is of the kind of one with text that stands before the box: then the text goes on with it.
fn goes_on(tree: &Tree, section: usize, at: usize) -> bool {
    let node = &tree.nodes[at];
    let parent = node.parent;
    let mut before = parent + 1;
    let mut left = 100;
    while before < section && left > 0 {
        left -= 1;
        let other = &tree.nodes[before];
        if other.long > 0
            && other.name == node.name
            && other.class == node.class
            && !node.class.is_empty()
        {
            return true;
        }
        before = other.end.max(before + 1);
    }
    false
}
