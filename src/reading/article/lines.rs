//! The lines of a text that are no part of it: bylines and dates before it, links to print, share and go back behind it,
//! labels of advertisements and pointers to other articles within.

use rustc_hash::FxHashSet;

use super::super::text::clean_line;
use super::names::{Attr, Name};
use super::tree::Tree;
use super::when::Around;
use super::words;

/// Texts of one block that stand together.
pub(super) struct Line {
    pub from: usize,
    pub until: usize,
    /// The element that is laid out as the block.
    pub block: usize,
    /// Letters and signs.
    pub chars: usize,
    /// As many of them are in links.
    pub linked: usize,
}

/// The lines of the chosen parts in order, without what is junk.
pub(super) fn lines(tree: &Tree, chosen: &[usize]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for start in chosen {
        let end = tree.nodes[*start].end;
        let mut index = *start;
        let mut ended = true;
        while index < end {
            let node = &tree.nodes[index];
            if node.junk {
                index = node.end.max(index + 1);
                continue;
            }
            if node.is_text() {
                if node.letters > 0 {
                    match lines
                        .last_mut()
                        .filter(|last| !ended && last.block == node.block)
                    {
                        Some(last) => {
                            last.until = index + 1;
                            last.chars += node.letters;
                            last.linked += node.linked;
                        }
                        None => lines.push(Line {
                            from: index,
                            until: index + 1,
                            block: node.block,
                            chars: node.letters,
                            linked: node.linked,
                        }),
                    }
                    ended = false;
                }
            } else if node.block == index || node.name == Name::Br {
                ended = true;
            }
            index += 1;
        }
    }
    lines
}

impl Line {
    /// Its text on one line.
    pub fn text(&self, tree: &Tree) -> String {
        let mut text = String::new();
        for node in &tree.nodes[self.from..self.until] {
            if node.is_text() && !node.junk {
                text.push_str(&node.text);
            } else if node.name == Name::Img {
                text.push(' ');
            }
            if text.len() > 4_000 {
                break;
            }
        }
        clean_line(&text)
    }

    /// Takes it out of the text.
    pub fn drop(&self, tree: &mut Tree) {
        for node in &mut tree.nodes[self.from..self.until] {
            if node.is_text() {
                node.junk = true;
            }
        }
    }

    fn is_heading(&self, tree: &Tree) -> bool {
        tree.nodes[self.block].name.is_heading()
    }

    /// Whether it links to a document, or to another site: a form, a source.
    fn leads_on(&self, tree: &Tree, host: Option<&str>) -> bool {
        let bare = |host: &str| host.trim_start_matches("www.").to_owned();
        let host = host.map(bare);
        (self.from..self.until)
            .map(|index| tree.nodes[index].parent)
            .filter(|parent| tree.nodes[*parent].name == Name::A)
            .filter_map(|parent| tree.nodes[parent].attr(Attr::Href))
            .any(|href| {
                let other = href
                    .split_once("://")
                    .and_then(|(_, rest)| rest.split(['/', '?', '#']).next())
                    .map(bare);
                super::is_document(&href) || (other.is_some() && other != host)
            })
    }
}

/// A line of so many characters is a paragraph.
const PARAGRAPH: usize = 60;
/// Lines that are looked at.
const MOST_LINES: usize = 20_000;
/// A line of so many characters is said but once.
const PROBE: usize = 30;
/// Lines at the beginning that may speak of the author.
const FIRST_LINES: usize = 4;
/// Lines at the end that may be furniture.
const LAST_LINES: usize = 12;
/// A line of more characters is no label.
const LONGEST_LABEL: usize = 120;

/// Marks the lines that are no text. `author` is who the head of the page names, `host` where the page is from.
pub(super) fn mark(
    tree: &mut Tree,
    chosen: &[usize],
    author: Option<&str>,
    around: &Around,
    host: Option<&str>,
) {
    let mut said = FxHashSet::default();
    let lines = lines(tree, chosen);
    let total: usize = lines.iter().map(|line| line.chars).sum();
    let author = author
        .map(str::to_lowercase)
        .filter(|name| name.chars().count() > 4);
    let first = lines
        .iter()
        .position(|line| {
            line.chars >= PARAGRAPH && !line.is_heading(tree) && line.linked * 2 < line.chars
        })
        .unwrap_or(0);
    let mut gone = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate().take(MOST_LINES) {
        let repeated = line.chars >= PROBE && {
            let text = line.text(tree);
            text.len() < 4_000 && !said.insert(text) && !in_list(tree, line.block)
        };
        if repeated {
            gone[at] = true;
            continue;
        }
        if line.chars > LONGEST_LABEL {
            continue;
        }
        let text = line.text(tree);
        let lower = text.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let linked = line.linked * 10 > line.chars * 8;
        let label = words::LABELS.contains(&bare)
            || (linked && words::MORE_LABELS.contains(&bare))
            || (line.linked * 3 > line.chars
                && words::ELSEWHERE.iter().any(|words| bare.starts_with(words)));
        // The paragraph that leads in may stand before the line about the author.
        let about = (at < first || at < FIRST_LINES)
            && !line.is_heading(tree)
            && (author
                .as_deref()
                .is_some_and(|author| line.chars < 60 && bare.contains(author))
                || super::start::is_about(&text, around)
                || (line.chars < 60
                    && !text.ends_with(['.', '!', '?'])
                    && words::BYLINES.iter().any(|words| lower.starts_with(words))));
        let before = at < first
            && !line.is_heading(tree)
            && (line.chars < 30
                && !text.ends_with(['.', '!', '?', ':', ',', ';'])
                && (linked || tree.nodes[line.block].name != Name::P)
                && !in_list(tree, line.block));
        // A paragraph that is nothing but a link to another page of the site, amid a text.
        let pointer = linked
            && at >= first
            && total > 1_500
            && line.chars > 20
            && !in_list(tree, line.block)
            && !line.is_heading(tree)
            && !line.leads_on(tree, host)
            && !text.contains(['/', '@']);
        gone[at] = label || about || before || pointer;
    }
    if let Some(legal) = first_legal(tree, &lines) {
        for gone in &mut gone[legal..] {
            *gone = true;
        }
    }
    for (at, line) in lines.iter().enumerate().rev().take(LAST_LINES) {
        if gone[at] {
            continue;
        }
        let furniture = line.chars <= LONGEST_LABEL && !line.leads_on(tree, host) && {
            let lower = line.text(tree).to_lowercase();
            let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
            bare.is_empty()
                || words::LAST.iter().any(|words| {
                    bare.strip_prefix(words).is_some_and(|rest| {
                        rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
                            && rest.chars().count() < 40
                    })
                })
                || (line.linked * 10 > line.chars * 8
                    && total > 500
                    && !bare.contains(['/', '@'])
                    && line.chars < 60)
        };
        if !furniture {
            break;
        }
        gone[at] = true;
    }
    for (line, gone) in lines.iter().zip(gone) {
        if gone {
            line.drop(tree);
        }
    }
}

/// Where the notice of rights begins that closes a page, if it is a small part of it.
fn first_legal(tree: &Tree, lines: &[Line]) -> Option<usize> {
    let from = lines.len().saturating_sub(LAST_LINES);
    let legal = (from.max(1)..lines.len()).rev().take_while({
        let mut missed = 0;
        move |at| {
            let lower = lines[*at].text(tree).to_lowercase();
            let found = words::LEGAL.iter().any(|words| lower.contains(words));
            missed = if found { 0 } else { missed + 1 };
            missed < 3
        }
    });
    legal
        .filter(|at| {
            let lower = lines[*at].text(tree).to_lowercase();
            words::LEGAL.iter().any(|words| lower.contains(words))
        })
        .last()
}

/// Whether a block stands in a list or a table.
fn in_list(tree: &Tree, block: usize) -> bool {
    let mut at = block;
    for _ in 0..4 {
        if matches!(
            tree.nodes[at].name,
            Name::Li | Name::Td | Name::Th | Name::Dd | Name::Dt
        ) {
            return true;
        }
        let parent = tree.nodes[at].parent;
        if parent == at {
            break;
        }
        at = parent;
    }
    false
}
