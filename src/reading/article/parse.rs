//! A page to a flat list of nodes, in one pass over its tokens.
//!
//! What the HTML standard says of tags that end others, of cells and items without end tags and of end tags without
//! start is kept where it decides which text is in which element. What it says of formatting across blocks is not: an
//! element has one place here. So the work is linear in the length of the page, whatever it holds.

use super::super::markup::{Tag, Token, Tokens, lower};
use super::super::text::decode_entities;
use super::names::{Attr, Name};
use super::tree::{Node, Tree};

/// Bytes of HTML that are read; the rest is cut off.
const MAX_BYTES: usize = 6 << 20;
/// Tags that are read; the rest is cut off.
const MAX_TAGS: usize = 150_000;
/// Elements, texts and end tags that are read; the rest is cut off.
const MAX_NODES: usize = 300_000;
/// Elements within each other; deeper ones are unwrapped.
const MAX_DEPTH: usize = 200;
/// Scripts and tags of the head that are kept.
const MAX_HEAD: usize = 2_000;
/// End tags that are waited for.
const MOST_OWED: usize = 50;
/// Attributes of a tag that are looked at.
const MAX_ATTRIBUTES: usize = 100;

/// What a page says in its head, wherever that stands.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    /// `<title>`, entities decoded.
    pub title: Option<String>,
    /// `<meta>`, `<link>` and `<base>`.
    pub tags: Vec<(Name, Tag<'a>)>,
    /// What is in `<script type="application/ld+json">`.
    pub described: Vec<&'a str>,
    /// The language of `<html>`.
    pub lang: Option<String>,
}

/// Reads a page.
pub(super) fn parse(html: &str) -> (Tree<'_>, Head<'_>) {
    let html = &html[..html.floor_char_boundary(MAX_BYTES)];
    let mut builder = Builder {
        nodes: Vec::with_capacity(html.len() / 40 + 16),
        open: Vec::with_capacity(64),
        head: Head::default(),
        body: None,
        unwrapped: 0,
        owed: Vec::new(),
    };
    let root = builder.node(Name::Html, 0);
    builder.nodes.push(root);
    builder.open.push(0);
    builder.run(html);
    while let Some(index) = builder.open.pop() {
        builder.nodes[index].end = builder.nodes.len();
    }
    let mut tree = Tree {
        nodes: builder.nodes,
    };
    tree.count();
    (tree, builder.head)
}

struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// The open elements, the root first.
    open: Vec<usize>,
    head: Head<'a>,
    body: Option<usize>,
    /// Start tags beyond the depth whose end tags are still to come.
    unwrapped: usize,
    /// Elements that were closed by the end of a link around their start: their own end tags are still to come.
    owed: Vec<Name>,
}

impl<'a> Builder<'a> {
    fn run(&mut self, html: &'a str) {
        let mut buffer = [0; 24];
        // Inside an element that is not shown: its name as written, and how many of that name are open.
        let mut hidden: Option<(Name, &'a str, usize)> = None;
        let mut described = false;
        let mut titled = false;
        let mut tags = 0;
        let mut read = 0;
        for token in Tokens::html(html) {
            read += 1;
            if read > MAX_NODES {
                return;
            }
            if let Some((name, written, depth)) = &mut hidden {
                match token {
                    Token::Raw(text) => {
                        if described && self.head.described.len() < MAX_HEAD {
                            self.head.described.push(text);
                        }
                        continue;
                    }
                    Token::Open(tag) if tag.is(written) && !tag.empty => {
                        *depth += 1;
                        continue;
                    }
                    Token::Close(closed) if closed.eq_ignore_ascii_case(written) => {
                        *depth -= 1;
                        if *depth == 0 {
                            hidden = None;
                        }
                        continue;
                    }
                    // HTML within a drawing or a formula ends it.
                    Token::Open(tag)
                        if matches!(name, Name::Svg | Name::Math)
                            && matches!(
                                Name::of(lower(tag.name, &mut buffer)),
                                Name::Div
                                    | Name::P
                                    | Name::Ul
                                    | Name::Li
                                    | Name::Table
                                    | Name::Body
                            ) =>
                    {
                        hidden = None;
                    }
                    _ => continue,
                }
            }
            match token {
                Token::Text(text) => {
                    if std::mem::take(&mut titled) {
                        if self.head.title.is_none() {
                            self.head.title = Some(decode_entities(text).into_owned());
                        }
                    } else {
                        self.text(text);
                    }
                }
                Token::Cdata(_) | Token::Raw(_) => {}
                Token::Open(tag) => {
                    tags += 1;
                    if tags > MAX_TAGS {
                        return;
                    }
                    titled = false;
                    let name = Name::of(lower(tag.name, &mut buffer));
                    if name == Name::Title {
                        titled = true;
                    } else if name.is_hidden() {
                        described = name == Name::Script
                            && tag
                                .attr("type")
                                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                        if !(tag.empty && matches!(name, Name::Svg | Name::Math)) {
                            hidden = Some((name, tag.name, 1));
                        }
                    } else {
                        self.start(name, tag);
                    }
                }
                Token::Close(name) => {
                    titled = false;
                    self.end(Name::of(lower(name, &mut buffer)));
                }
            }
        }
    }

    fn node(&self, name: Name, parent: usize) -> Node<'a> {
        let index = self.nodes.len();
        let block = if (name.is_inline() || name == Name::Text) && parent != index {
            self.nodes.get(parent).map_or(index, |parent| parent.block)
        } else {
            index
        };
        Node::new(name, parent, block)
    }

    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    /// What holds content: the body, begun where it was not.
    fn body(&mut self) {
        if self.body.is_none() {
            let index = self.nodes.len();
            let node = self.node(Name::Body, 0);
            self.nodes.push(node);
            self.open.truncate(1);
            self.open.push(index);
            self.body = Some(index);
        }
    }

    fn text(&mut self, text: &'a str) {
        let blank = text.trim_ascii().is_empty();
        if blank {
            // White space parts words of one line; between blocks it is nothing.
            let parts = self.nodes.last().is_some_and(|last| {
                last.name == Name::Text || (last.name.is_inline() && last.name != Name::Br)
            });
            if !parts || self.body.is_none() || !text.contains([' ', '\n', '\t', '\r']) {
                return;
            }
        }
        self.body();
        let parent = self.top();
        let mut node = self.node(Name::Text, parent);
        node.text = decode_entities(text);
        for c in node.text.chars() {
            node.letters += usize::from(!c.is_whitespace());
            node.stops += usize::from(matches!(c, ',' | ';' | '،' | '、'));
        }
        node.end = self.nodes.len() + 1;
        self.nodes.push(node);
    }

    fn start(&mut self, name: Name, tag: Tag<'a>) {
        match name {
            Name::Html => {
                if self.head.lang.is_none() {
                    self.head.lang = tag
                        .attr("lang")
                        .or_else(|| tag.attr("xml:lang"))
                        .map(std::borrow::Cow::into_owned);
                }
                return;
            }
            Name::Head => return,
            Name::Body => {
                let known = self.body.is_some();
                self.body();
                if let Some(body) = self.body.filter(|_| !known) {
                    self.describe(body, tag);
                }
                return;
            }
            Name::Meta | Name::Link | Name::Base => {
                if self.head.tags.len() < MAX_HEAD {
                    self.head.tags.push((name, tag));
                }
                if self.body.is_none() {
                    return;
                }
            }
            _ => {}
        }
        self.body();
        self.make_room(name);
        if !name.is_void() && self.open.len() >= MAX_DEPTH {
            self.unwrapped += 1;
            return;
        }
        let index = self.nodes.len();
        let parent = self.top();
        let node = self.node(name, parent);
        self.nodes.push(node);
        self.describe(index, tag);
        if name.is_void() {
            self.nodes[index].end = index + 1;
        } else {
            self.open.push(index);
        }
    }

    /// Notes the attributes.
    fn describe(&mut self, index: usize, tag: Tag<'a>) {
        let node = &mut self.nodes[index];
        node.attributes = Some(tag);
        for (name, value) in tag.attributes().take(MAX_ATTRIBUTES) {
            if name.eq_ignore_ascii_case("class") {
                if node.class.is_empty() {
                    node.class = value;
                }
            } else if name.eq_ignore_ascii_case("id") {
                if node.id.is_empty() {
                    node.id = value;
                }
            } else if let Some(attribute) = Attr::of(name) {
                node.mask |= attribute.bit();
            }
        }
    }

    /// Ends what the start of such an element ends.
    fn make_room(&mut self, name: Name) {
        use Name::{
            A, Dd, Dt, Li, Ol, Optgroup, Option, P, Select, Table, Tbody, Td, Tfoot, Th, Thead, Tr,
            Ul,
        };
        match name {
            Li => self.end_within(&[Li], &[Ul, Ol, Name::Menu, Name::Dir]),
            Dd | Dt => self.end_within(&[Dd, Dt], &[Name::Dl]),
            Td | Th => self.end_in_table(&[Td, Th]),
            Tr => self.end_in_table(&[Tr]),
            Tbody | Thead | Tfoot => self.end_in_table(&[Tbody, Thead, Tfoot]),
            Option => self.end_within(&[Option], &[Select, Name::Datalist]),
            Optgroup => self.end_within(&[Optgroup, Option], &[Select]),
            // A link within a link cannot be; the first one had no end.
            A => {
                let mut at = self.open.len();
                while at > 1 {
                    at -= 1;
                    let open = self.nodes[self.open[at]].name;
                    if open == A {
                        self.close_to(at);
                        break;
                    }
                    if !open.is_inline() {
                        break;
                    }
                }
            }
            _ => {}
        }
        if name.ends_paragraph() {
            // A paragraph reaches no further than the cell.
            self.end_within(&[P], &[Table, Td, Th, Name::Button, Name::Caption]);
        }
        if name.is_heading() && self.nodes[self.top()].name.is_heading() {
            let top = self.open.len() - 1;
            self.close_to(top);
        }
    }

    /// Ends the nearest open element of `names`, unless one of `bounds` or a cell is nearer.
    fn end_within(&mut self, names: &[Name], bounds: &[Name]) {
        let mut at = self.open.len();
        while at > 2 {
            at -= 1;
            let open = self.nodes[self.open[at]].name;
            if names.contains(&open) {
                self.close_to(at);
                return;
            }
            if bounds.contains(&open) || matches!(open, Name::Td | Name::Th | Name::Table) {
                return;
            }
        }
    }

    /// Likewise within the nearest table.
    fn end_in_table(&mut self, names: &[Name]) {
        let mut at = self.open.len();
        while at > 2 {
            at -= 1;
            let open = self.nodes[self.open[at]].name;
            if open == Name::Table {
                return;
            }
            if names.contains(&open) {
                self.close_to(at);
                return;
            }
        }
    }

    /// Ends all elements from this place of the stack on.
    fn close_to(&mut self, place: usize) {
        let end = self.nodes.len();
        for index in self.open.drain(place.max(2)..) {
            self.nodes[index].end = end;
        }
    }

    fn end(&mut self, name: Name) {
        if matches!(name, Name::Html | Name::Head | Name::Body) || name.is_hidden() {
            return;
        }
        if name == Name::Br {
            self.body();
            let parent = self.top();
            let mut node = self.node(Name::Br, parent);
            node.end = self.nodes.len() + 1;
            self.nodes.push(node);
            return;
        }
        if name.is_void() {
            return;
        }
        if self.unwrapped > 0 {
            self.unwrapped -= 1;
            return;
        }
        if let Some(at) = self.owed.iter().rposition(|owed| *owed == name) {
            self.owed.swap_remove(at);
            return;
        }
        let mut at = self.open.len();
        while at > 2 {
            at -= 1;
            let open = self.nodes[self.open[at]].name;
            let same = open == name || (name.is_heading() && open.is_heading());
            if same {
                if name == Name::A {
                    let across: Vec<Name> = self.open[at + 1..]
                        .iter()
                        .map(|index| self.nodes[*index].name)
                        .filter(|name| *name != Name::P && *name != Name::Li)
                        .collect();
                    self.owed.extend(across.into_iter().take(20));
                    self.owed.truncate(MOST_OWED);
                }
                self.close_to(at);
                return;
            }
            let bound = match name {
                Name::Table => false,
                Name::Tr | Name::Tbody | Name::Thead | Name::Tfoot | Name::Td | Name::Th => {
                    open == Name::Table
                }
                Name::A => matches!(open, Name::Table | Name::Td | Name::Th),
                name if name.is_inline() => !open.is_inline(),
                Name::Li => matches!(
                    open,
                    Name::Ul | Name::Ol | Name::Table | Name::Td | Name::Th
                ),
                _ => matches!(open, Name::Table | Name::Td | Name::Th),
            };
            if bound {
                break;
            }
        }
        if name == Name::P && self.body.is_some() {
            // An end without a start is an empty paragraph, and parts what is around it.
            let parent = self.top();
            let mut node = self.node(Name::P, parent);
            node.end = self.nodes.len() + 1;
            self.nodes.push(node);
        }
    }
}

#[cfg(test)]
mod tests;
