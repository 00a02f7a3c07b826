//! A page as a flat list of nodes in document order: a subtree is a range, and no walk needs recursion.

use std::borrow::Cow;

use super::super::markup::Tag;
use super::names::{Attr, Name};

/// The elements and texts of a page.
pub(super) struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
}

/// An element or a piece of text.
pub(super) struct Node<'a> {
    pub name: Name,
    /// The text, entities decoded; empty for elements.
    pub text: Cow<'a, str>,
    /// Its classes as written.
    pub class: &'a str,
    /// Its id as written.
    pub id: &'a str,
    /// Which attributes it has.
    pub mask: u32,
    pub attributes: Option<Tag<'a>>,
    /// Letters and signs of a text, white space apart.
    pub letters: usize,
    /// Commas of a text.
    pub stops: usize,
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

impl<'a> Node<'a> {
    pub fn new(name: Name, parent: usize, block: usize) -> Self {
        Self {
            name,
            text: Cow::Borrowed(""),
            class: "",
            id: "",
            mask: 0,
            attributes: None,
            letters: 0,
            stops: 0,
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

    pub fn is_text(&self) -> bool {
        self.name == Name::Text
    }

    pub fn has(&self, attribute: Attr) -> bool {
        self.mask & attribute.bit() != 0
    }

    /// The value of an attribute, entities decoded, trimmed.
    pub fn attr(&self, attribute: Attr) -> Option<Cow<'a, str>> {
        if !self.has(attribute) {
            return None;
        }
        self.attributes?.attr(attribute.text())
    }

    /// Its classes and its id, one by one.
    pub fn marks(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.class
            .split_ascii_whitespace()
            .chain(self.id.split_ascii_whitespace())
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

impl Tree<'_> {
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
            if node.name == Name::A && node.has(Attr::Href) {
                link_end = link_end.max(node.end);
                self.nodes[index].links = 1;
            } else if node.is_text() {
                let (chars, commas) = (node.letters, node.stops);
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

    /// Whether an element of this name is about a node.
    pub fn is_within(&self, index: usize, name: Name) -> bool {
        let parents = std::iter::successors(Some(index), |index| {
            let parent = self.nodes[*index].parent;
            (parent != *index).then_some(parent)
        });
        parents
            .skip(1)
            .any(|parent| self.nodes[parent].name == name)
    }

    /// The text of a subtree, white space folded, junk included.
    pub fn text(&self, index: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[index..self.nodes[index].end] {
            if node.is_text() {
                text.push_str(&node.text);
            } else if !node.name.is_inline() || node.name == Name::Br {
                text.push(' ');
            }
            if text.len() > 10_000 {
                break;
            }
        }
        super::super::text::clean_line(&text)
    }
}
