//! A listing page as a flat list of nodes in document order: a subtree is a range, and no walk needs recursion.

use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node as Dom};

use super::super::text::clean_line;

/// Bytes of text that are gathered from one place.
const MAX_GATHERED: usize = 4_000;

/// The elements and texts of a page.
pub(super) struct Page<'a> {
    pub nodes: Vec<Node<'a>>,
}

/// An element or a piece of text.
pub(super) struct Node<'a> {
    /// The element; `None` for text.
    pub element: Option<&'a Element>,
    /// The text; empty for elements.
    pub text: &'a str,
    /// The index of the parent; its own for the root.
    pub parent: usize,
    /// The index behind its last descendant.
    pub end: usize,
    /// Letters and signs within it, white space apart.
    pub chars: usize,
    /// As many of them are in links.
    pub linked: usize,
    /// What way of tags leads to it, inline markup apart.
    pub path: u64,
}

impl Node<'_> {
    pub fn name(&self) -> &str {
        self.element.map_or("", Element::name)
    }

    pub fn attr(&self, name: &str) -> Option<&str> {
        self.element.and_then(|element| element.attr(name))
    }

    pub fn is_text(&self) -> bool {
        self.element.is_none()
    }

    /// 1 for `<h1>`, 6 for `<h6>`.
    pub fn heading(&self) -> Option<u8> {
        match self.name().as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }
}

impl<'a> Page<'a> {
    /// Flattens a page; scripts, styles, comments and the like are left out.
    pub fn of(html: &'a Html) -> Self {
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut hidden = 0_usize;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Dom::Element(element) => {
                        if hidden > 0 || is_hidden(element.name()) {
                            hidden += 1;
                            continue;
                        }
                        let index = nodes.len();
                        let parent = open.last().copied().unwrap_or(index);
                        let above = nodes.get(parent).map_or(17, |parent| parent.path);
                        let path = if is_wrapper(element.name()) {
                            above
                        } else {
                            mixed(above, element.name())
                        };
                        nodes.push(Node {
                            element: Some(element),
                            text: "",
                            parent,
                            end: 0,
                            chars: 0,
                            linked: 0,
                            path,
                        });
                        open.push(index);
                    }
                    Dom::Text(text) if hidden == 0 && !open.is_empty() => {
                        let index = nodes.len();
                        let parent = open.last().copied().unwrap_or(index);
                        nodes.push(Node {
                            element: None,
                            text,
                            parent,
                            end: index + 1,
                            chars: text.chars().filter(|c| !c.is_whitespace()).count(),
                            linked: 0,
                            path: 0,
                        });
                    }
                    _ => {}
                },
                Edge::Close(node) if node.value().is_element() => {
                    if hidden > 0 {
                        hidden -= 1;
                    } else if let Some(index) = open.pop() {
                        nodes[index].end = nodes.len();
                    }
                }
                Edge::Close(_) => {}
            }
        }
        for index in (0..nodes.len()).rev() {
            let node = &mut nodes[index];
            if node.name() == "a" && node.attr("href").is_some() {
                node.linked = node.chars;
            }
            let (parent, chars, linked) = (node.parent, node.chars, node.linked);
            if parent != index {
                nodes[parent].chars += chars;
                nodes[parent].linked += linked;
            }
        }
        Self { nodes }
    }

    /// The text of a range of nodes, white space folded, invisible characters out.
    pub fn text(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[from..to.min(self.nodes.len())] {
            if node.is_text() {
                text.push_str(node.text);
            } else if !is_inline(node.name()) {
                text.push(' ');
            }
            if text.len() > MAX_GATHERED {
                break;
            }
        }
        clean_line(&text)
    }

    /// The text of one node.
    pub fn text_of(&self, index: usize) -> String {
        self.text(index, self.nodes[index].end)
    }

    /// The nodes around one, the nearest first; not itself.
    pub fn above(&self, index: usize) -> impl Iterator<Item = usize> {
        let mut at = index;
        std::iter::from_fn(move || {
            let parent = self.nodes[at].parent;
            if parent == at {
                return None;
            }
            at = parent;
            Some(at)
        })
    }
}

/// A step of a hash (FNV-1a over the name, rotated in).
pub(super) fn mixed(seed: u64, word: &str) -> u64 {
    let mut hash = seed.rotate_left(5) ^ 0xcbf2_9ce4_8422_2325;
    for byte in word.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "object"
            | "head"
            | "math"
            | "canvas"
            | "select"
            | "textarea"
            | "button"
            | "dialog"
    )
}

/// Markup of words that some entries have and others do not.
fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "b" | "strong"
            | "i"
            | "em"
            | "font"
            | "u"
            | "span"
            | "small"
            | "big"
            | "center"
            | "mark"
            | "nobr"
    )
}

fn is_inline(name: &str) -> bool {
    is_wrapper(name) && name != "center"
        || matches!(
            name,
            "a" | "abbr"
                | "acronym"
                | "cite"
                | "code"
                | "q"
                | "s"
                | "sub"
                | "sup"
                | "wbr"
                | "del"
                | "ins"
                | "bdi"
                | "bdo"
                | "tt"
        )
}
