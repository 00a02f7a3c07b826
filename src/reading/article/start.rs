//! Where the text begins: in the title's own cell of a layout table, behind the title, behind the line that says when and
//! by whom.

use super::super::dates;
use super::names::Name;
use super::tree::Tree;
use super::when::Around;

/// More than this before the title is no furniture, in characters.
const MOST_BEFORE: usize = 400;
/// A line of more characters says more than when and by whom.
const LONGEST_LINE: usize = 110;
/// Blocks at the beginning that may be such lines.
const FIRST_BLOCKS: usize = 3;

/// With what such lines begin, in small letters.
const BEGINNINGS: [&str; 27] = [
    "publicat",
    "postat",
    "scris de",
    "autor:",
    "autor ",
    "data:",
    "data publicării",
    "etichete:",
    "taguri:",
    "tag-uri:",
    "categorie:",
    "categorii:",
    "actualizat",
    "publicēts",
    "autors:",
    "datums:",
    "birkas:",
    "kategorija:",
    "опубликовано",
    "автор:",
    "дата:",
    "теги:",
    "рубрика:",
    "posted on",
    "published",
    "tags:",
    "posted in",
];

/// Of a chosen part that takes in several cells of a layout table: the cell with the title, where most of the text is.
pub(super) fn narrowed(tree: &Tree, chosen: Vec<usize>, title: Option<usize>) -> Vec<usize> {
    let ([all], Some(title)) = (chosen.as_slice(), title) else {
        return chosen;
    };
    let (all, end) = (*all, tree.nodes[*all].end);
    if !(all..end).contains(&title) {
        return chosen;
    }
    let unlinked = |index: usize| {
        let node = &tree.nodes[index];
        node.chars.saturating_sub(node.linked)
    };
    let mut at = title;
    while at > all {
        if tree.nodes[at].name == Name::Td && unlinked(at) * 2 >= unlinked(all) {
            return vec![at];
        }
        let parent = tree.nodes[at].parent;
        if parent >= at {
            break;
        }
        at = parent;
    }
    chosen
}

/// Marks as furniture what stands before the title, and the lines about the article before its text.
pub(super) fn mark(tree: &mut Tree, chosen: &[usize], title: Option<usize>, around: &Around) {
    // A paragraph that leads in may stand before the text itself.
    let (&[all] | &[_, all]) = chosen else {
        return;
    };
    let end = tree.nodes[all].end;
    let mut from = all + 1;
    if let Some(title) = title.filter(|title| (from..end).contains(title)) {
        let before: usize = tree.nodes[from..title]
            .iter()
            .filter(|node| node.is_text() && !node.junk)
            .map(|node| node.chars)
            .sum();
        if before <= MOST_BEFORE && before * 4 <= tree.nodes[all].chars {
            for node in &mut tree.nodes[from..title] {
                // Elements around the title stay: they hold what follows as well.
                if node.is_text() || node.end <= title {
                    node.junk = true;
                }
            }
            // Headings are left to whoever writes the text: it does not repeat the title.
            if tree.nodes[title].is_text() {
                tree.nodes[title].junk = true;
            }
            from = tree.nodes[title].end;
        }
    }
    // The blocks that come next, each the texts with one block around them.
    let mut left = FIRST_BLOCKS;
    let mut index = from;
    while index < end && left > 0 {
        let node = &tree.nodes[index];
        if node.junk {
            index = node.end.max(index + 1);
            continue;
        }
        if !node.is_text() || node.text.trim().is_empty() {
            index += 1;
            continue;
        }
        let block = node.block;
        let stop = (index..end)
            .find(|at| {
                let node = &tree.nodes[*at];
                node.block != block || node.name == Name::Br
            })
            .unwrap_or(end);
        let text: String = tree.nodes[index..stop]
            .iter()
            .filter(|node| node.is_text() && !node.junk)
            .map(|node| &*node.text)
            .collect();
        let heading = tree.nodes[block].name.is_heading();
        if heading || !is_about(&text, around) {
            break;
        }
        for node in &mut tree.nodes[index..stop] {
            if node.is_text() {
                node.junk = true;
            }
        }
        left -= 1;
        index = stop;
    }
}

/// Whether a line says only when and by whom, or under which headings.
pub(super) fn is_about(text: &str, around: &Around) -> bool {
    let text = super::super::text::clean_line(text);
    let length = text.chars().count();
    if length == 0 || length > LONGEST_LINE {
        return false;
    }
    let lower = text.to_lowercase();
    let sentence = text.ends_with(['.', '!', '?']) && length > 40;
    if sentence {
        return false;
    }
    if BEGINNINGS.iter().any(|words| lower.starts_with(words)) {
        return text.chars().any(|c| c.is_ascii_digit() || c == ':');
    }
    // A date and hardly anything else.
    length <= 40
        && text.chars().any(|c| c.is_ascii_digit())
        && dates::parse(&text, None, around.now, around.zone).is_some()
        && !text.ends_with([':', ',', '!', '?'])
        && (!text.ends_with('.') || length <= 12)
}
