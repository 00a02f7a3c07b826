//! The text that a page gives to machines (`articleBody`), as a witness to what its shown text is.

use super::super::text::{clean_text, decode_entities, html_to_text};
use super::lines::lines;
use super::names::Name;
use super::tree::Tree;

/// Letters that a whole text has at least.
const LEAST: usize = 500;
/// Bytes and lines that are compared at most.
const MOST: usize = 100_000;
const MOST_LINES: usize = 1_000;
/// Letters of a line that are looked for.
const PROBE: usize = 60;

/// What was made of it.
#[derive(Debug, PartialEq)]
pub(super) enum Told {
    /// It decided nothing, or which lines stay.
    Shown,
    /// The page does not show its text: this is it, as plain text.
    Instead(String),
}

/// Compares the chosen parts with the text that the page tells. Where both are one, lines that it does not have are
/// furniture; where the page shows nothing of it, it stands in.
pub(super) fn compare(tree: &mut Tree, chosen: &[usize], body: &str) -> Told {
    // Most is plain text, some is HTML.
    let plain = if body.contains("</") || body.contains("<br") {
        html_to_text(body)
    } else {
        clean_text(&decode_entities(body).replace('\n', "\n\n"))
    };
    let told = letters(&plain);
    if told.len() < LEAST || told.len() > MOST {
        return Told::Shown;
    }
    let lines = lines(tree, chosen);
    if lines.len() > MOST_LINES {
        return Told::Shown;
    }
    let mut known = Vec::with_capacity(lines.len());
    let (mut all, mut both) = (0, 0);
    for line in &lines {
        let text = letters(&line.text(tree));
        let probe = &text[..text.floor_char_boundary(PROBE)];
        let found = !probe.is_empty() && told.contains(probe);
        all += text.len();
        if found {
            both += text.len();
        }
        known.push(found);
    }
    if both * 10 >= told.len() * 8 && both * 2 >= all {
        // What leads in stands apart in many systems.
        let first = known.iter().position(|known| *known).unwrap_or(0);
        for (at, line) in lines.iter().enumerate() {
            let leads = at < first && line.chars >= PROBE;
            if !known[at] && !leads && !stays(tree, line.block) {
                line.drop(tree);
            }
        }
    } else if both * 10 < told.len() * 2 && all < told.len() {
        let shown = tree
            .nodes
            .iter()
            .filter(|node| node.is_text() && node.letters >= PROBE)
            .take(MOST_LINES)
            .filter(|node| {
                let text = letters(&node.text);
                told.contains(&text[..text.floor_char_boundary(PROBE)])
            })
            .count();
        if shown < 2 {
            return Told::Instead(plain);
        }
    }
    Told::Shown
}

/// Headings, lists and tables are often left out of what machines are told.
fn stays(tree: &Tree, block: usize) -> bool {
    let mut at = block;
    for _ in 0..6 {
        let node = &tree.nodes[at];
        if node.name.is_heading()
            || matches!(
                node.name,
                Name::Li | Name::Td | Name::Th | Name::Dd | Name::Dt | Name::Pre | Name::Blockquote
            )
        {
            return true;
        }
        if node.parent == at {
            break;
        }
        at = node.parent;
    }
    false
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
