//! The chosen part of a page as plain HTML.

use std::fmt::Write;

use super::names::{Attr, Name};
use super::tree::{Node, Tree};

/// Writes the nodes as HTML: structure, links and pictures, no other attribute, no furniture, no heading without text
/// below. `title` is not repeated at the top.
pub(super) fn html(tree: &Tree, chosen: &[usize], title: Option<&str>) -> String {
    let mut out = String::new();
    // A heading waits until something follows it.
    let mut headings: Vec<String> = Vec::new();
    let mut begun = false;
    for start in chosen {
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut index = *start;
        let end = tree.nodes[*start].end;
        while index < end {
            while let Some((until, name)) = open.last() {
                if *until > index {
                    break;
                }
                let _ = write!(out, "</{name}>");
                open.pop();
            }
            let node = &tree.nodes[index];
            if node.junk || (index != *start && is_furniture(tree, index)) {
                index = node.end.max(index + 1);
                continue;
            }
            if node.is_text() {
                if !node.text.trim().is_empty() {
                    begun = true;
                    out.extend(headings.drain(..));
                }
                escape(&node.text, &mut out);
                index += 1;
                continue;
            }
            let name = node.name;
            if name.is_heading() {
                let text = tree.text(index);
                let repeats = !begun && title.is_some_and(|title| same(title, &text));
                if !text.is_empty() && !repeats && node.chars > 0 {
                    let level = if name == Name::H1 { Name::H2 } else { name }.text();
                    let mut heading = format!("<{level}>");
                    escape(&text, &mut heading);
                    let _ = write!(heading, "</{level}>");
                    // A deeper or equal heading right after another one stays; two empty ones in a row are enough.
                    if headings.len() > 2 {
                        headings.remove(0);
                    }
                    headings.push(heading);
                }
                index = node.end;
                continue;
            }
            if let Some(tag) = kept(name) {
                if tag == "img" {
                    picture(node, &mut out);
                } else if matches!(tag, "br" | "hr") {
                    let _ = write!(out, "<{tag}>");
                } else {
                    if !name.is_inline()
                        && !headings.is_empty()
                        && node.chars > 0
                        && matches!(
                            tag,
                            "p" | "ul" | "ol" | "table" | "blockquote" | "pre" | "dl" | "figure"
                        )
                    {
                        begun = true;
                        out.extend(headings.drain(..));
                    }
                    let _ = write!(out, "<{tag}");
                    for attribute in [
                        Attr::Href,
                        Attr::Colspan,
                        Attr::Rowspan,
                        Attr::DateTime,
                        Attr::Start,
                        Attr::Lang,
                    ] {
                        if let Some(value) = node.attr(attribute) {
                            let _ = write!(out, " {}=\"", attribute.text());
                            escape(&value, &mut out);
                            out.push('"');
                        }
                    }
                    out.push('>');
                    open.push((node.end, tag));
                }
            }
            index += 1;
        }
        for (_, name) in open.iter().rev() {
            let _ = write!(out, "</{name}>");
        }
    }
    out
}

/// Plain text as HTML.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n") {
        out.push_str("<p>");
        for (at, line) in paragraph.lines().enumerate() {
            if at > 0 {
                out.push_str("<br>");
            }
            escape(line, &mut out);
        }
        out.push_str("</p>");
    }
    out
}

/// Lists of links, and lines that point elsewhere.
fn is_furniture(tree: &Tree, index: usize) -> bool {
    let node = &tree.nodes[index];
    if node.is_text() || node.chars == 0 || node.links == 0 {
        return false;
    }
    let density = node.link_density();
    match node.name {
        Name::Ul
        | Name::Ol
        | Name::Div
        | Name::Section
        | Name::Table
        | Name::Dl
        | Name::Aside
        | Name::Article => {
            density > 0.6 && node.links > 1 && node.long * 3 < node.chars && !has_files(tree, index)
        }
        Name::P | Name::Li | Name::Strong | Name::Em | Name::Blockquote | Name::Span => {
            node.chars < 250 && density > 0.3 && {
                let text = tree.text(index).to_lowercase();
                super::words::ELSEWHERE
                    .iter()
                    .any(|words| text.starts_with(words))
            }
        }
        _ => false,
    }
}

/// Links to documents are what announcements are for.
fn has_files(tree: &Tree, index: usize) -> bool {
    tree.nodes[index..tree.nodes[index].end].iter().any(|node| {
        node.name == Name::A
            && node
                .attr(Attr::Href)
                .is_some_and(|href| super::is_document(&href))
    })
}

fn kept(name: Name) -> Option<&'static str> {
    use Name::{
        A, Address, Article, B, Blockquote, Br, Caption, Center, Code, Dd, Details, Div, Dl, Dt,
        Em, Figcaption, Figure, Hr, I, Img, Li, Main, Ol, P, Pre, Q, Section, Strong, Sub, Summary,
        Sup, Table, Tbody, Td, Th, Thead, Tr, U, Ul,
    };
    Some(match name {
        Div | Section | Article | Center | Main | Address | Details | Summary => "div",
        B => "strong",
        I => "em",
        P | Ul | Ol | Li | Dl | Dt | Dd | Blockquote | Pre | Table | Thead | Tbody | Tr | Td
        | Th | Caption | Figure | Figcaption | A | Strong | Em | U | Sub | Sup | Code | Q | Br
        | Hr | Img => name.text(),
        _ => return None,
    })
}

fn picture(node: &Node, out: &mut String) {
    let source = [
        Attr::Src,
        Attr::DataSrc,
        Attr::DataLazySrc,
        Attr::DataOriginal,
    ]
    .into_iter()
    .filter_map(|name| node.attr(name))
    .find(|source| !source.starts_with("data:") && !source.trim().is_empty());
    if let Some(source) = source {
        out.push_str("<img src=\"");
        escape(&source, out);
        out.push_str("\" alt=\"");
        escape(&node.attr(Attr::Alt).unwrap_or_default(), out);
        out.push_str("\">");
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Letters and digits alone, in small letters.
pub(super) fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether two titles are one, signs and case apart.
pub(super) fn same(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
    letters(one).eq(letters(other))
}
