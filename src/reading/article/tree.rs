//! A page as a flat list of nodes in document order: a subtree is a range, and no walk needs recursion.

use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node as Dom};

/// The elements and texts of a page.
pub(super) struct Tree<'a> {
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
    /// The nearest element that is laid out as a block, itself included.
    pub block: usize,
    /// Not part of the text.
    pub junk: bool,
    /// Letters and signs within it, white space apart, without what is junk.
    pub chars: usize,
    /// As many of them are in links.
    pub linked: usize,
    /// Links within it.
    pub links: usize,
    /// Characters that stand in paragraphs of some length.
    pub long: usize,
    /// A block's own characters: not those of blocks within it.
    pub own: usize,
    /// As many of them are in links.
    pub own_linked: usize,
    /// Commas of its own.
    pub commas: usize,
}

impl Node<'_> {
    pub fn name(&self) -> &str {
        self.element.map_or("", Element::name)
    }

    pub fn attr(&self, name: &str) -> Option<&str> {
        self.element.and_then(|element| element.attr(name))
    }

    /// The share of its text that is in links.
    pub fn link_density(&self) -> f64 {
        if self.chars == 0 {
            0.0
        } else {
            self.linked as f64 / self.chars as f64
        }
    }
}

/// Blocks of fewer characters are captions, dates, buttons.
pub(super) const LONG: usize = 60;

impl<'a> Tree<'a> {
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
                        let block = if is_inline(element.name()) && parent != index {
                            nodes[parent].block
                        } else {
                            index
                        };
                        nodes.push(Node::new(Some(element), "", parent, block));
                        open.push(index);
                    }
                    Dom::Text(text) if hidden == 0 && !open.is_empty() => {
                        if text.trim().is_empty() && !text.contains(' ') && !text.contains('\n') {
                            continue;
                        }
                        let index = nodes.len();
                        let parent = open.last().copied().unwrap_or(index);
                        let block = nodes.get(parent).map_or(index, |parent| parent.block);
                        nodes.push(Node::new(None, text, parent, block));
                        nodes[index].end = index + 1;
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
        let mut tree = Self { nodes };
        tree.count();
        tree
    }

    /// Counts characters, anew after something was marked as junk.
    pub fn count(&mut self) {
        for node in &mut self.nodes {
            node.chars = 0;
            node.linked = 0;
            node.links = 0;
            node.long = 0;
            node.own = 0;
            node.own_linked = 0;
            node.commas = 0;
        }
        // Texts give to their blocks …
        let mut index = 0;
        let mut link_end = 0;
        while index < self.nodes.len() {
            let node = &self.nodes[index];
            if node.junk {
                index = node.end.max(index + 1);
                continue;
            }
            if node.name() == "a" && node.attr("href").is_some() {
                link_end = link_end.max(node.end);
                self.nodes[index].links = 1;
            } else if node.element.is_none() {
                let chars = node.text.chars().filter(|c| !c.is_whitespace()).count();
                let commas = node.text.matches([',', ';', '،', '、']).count();
                let linked = if index < link_end { chars } else { 0 };
                let block = node.block;
                self.nodes[index].chars = chars;
                self.nodes[index].linked = linked;
                self.nodes[block].own += chars;
                self.nodes[block].own_linked += linked;
                self.nodes[block].commas += commas;
            }
            index += 1;
        }
        // … and all to their parents, from the last to the first.
        for index in (0..self.nodes.len()).rev() {
            let node = &mut self.nodes[index];
            if node.junk {
                continue;
            }
            if node.own >= LONG && node.own_linked * 5 < node.own * 2 {
                node.long += node.own;
            }
            let (parent, chars, linked, links, long) =
                (node.parent, node.chars, node.linked, node.links, node.long);
            if parent != index {
                let parent = &mut self.nodes[parent];
                parent.chars += chars;
                parent.linked += linked;
                parent.links += links;
                parent.long += long;
            }
        }
    }

    /// The text of a subtree, white space folded, junk included.
    pub fn text(&self, index: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[index..self.nodes[index].end] {
            if node.element.is_none() {
                text.push_str(node.text);
            } else if !is_inline(node.name()) || node.name() == "br" {
                text.push(' ');
            }
            if text.len() > 10_000 {
                break;
            }
        }
        super::super::text::clean_line(&text)
    }
}

impl<'a> Node<'a> {
    fn new(element: Option<&'a Element>, text: &'a str, parent: usize, block: usize) -> Self {
        Self {
            element,
            text,
            parent,
            end: 0,
            block,
            junk: false,
            chars: 0,
            linked: 0,
            links: 0,
            long: 0,
            own: 0,
            own_linked: 0,
            commas: 0,
        }
    }
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
    )
}

pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "font"
            | "u"
            | "s"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "abbr"
            | "acronym"
            | "cite"
            | "code"
            | "q"
            | "mark"
            | "time"
            | "label"
            | "br"
            | "img"
            | "del"
            | "ins"
            | "kbd"
            | "var"
            | "samp"
            | "dfn"
            | "bdi"
            | "bdo"
            | "wbr"
            | "tt"
            | "strike"
            | "nobr"
            | "o:p"
            | "picture"
            | "source"
    )
}
