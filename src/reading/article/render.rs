//! The chosen part of a page as plain HTML.

use std::fmt::Write;

use super::tree::{Node, Tree};

/// Words with which a line points to other articles.
const ELSEWHERE: [&str; 22] = [
    "citește și",
    "citeşte şi",
    "citiți și",
    "citiţi şi",
    "citeste si",
    "vezi și",
    "vezi şi",
    "mai citește",
    "read also",
    "read more",
    "also read",
    "see also",
    "related:",
    "lasi arī",
    "lasiet arī",
    "skaties arī",
    "читайте также",
    "читать также",
    "смотрите также",
    "по теме",
    "tags:",
    "etichete:",
];

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
            let Some(element) = node.element else {
                if !node.text.trim().is_empty() {
                    begun = true;
                    out.extend(headings.drain(..));
                }
                escape(node.text, &mut out);
                index += 1;
                continue;
            };
            let name = element.name();
            if let "h1" | "h2" | "h3" | "h4" | "h5" | "h6" = name {
                let text = tree.text(index);
                let repeats = !begun && title.is_some_and(|title| same(title, &text));
                if !text.is_empty() && !repeats && node.chars > 0 {
                    let level = if name == "h1" { "h2" } else { name };
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
                    if !super::tree::is_inline(tag)
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
                    for attribute in ["href", "colspan", "rowspan", "datetime", "start", "lang"] {
                        if let Some(value) = element.attr(attribute) {
                            let _ = write!(out, " {attribute}=\"");
                            escape(value, &mut out);
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

/// Lists of links, and lines that point elsewhere.
fn is_furniture(tree: &Tree, index: usize) -> bool {
    let node = &tree.nodes[index];
    if node.element.is_none() || node.chars == 0 || node.links == 0 {
        return false;
    }
    let density = node.link_density();
    match node.name() {
        "ul" | "ol" | "div" | "section" | "table" | "dl" | "aside" | "article" => {
            density > 0.6 && node.links > 1 && node.long * 3 < node.chars && !has_files(tree, index)
        }
        "p" | "li" | "strong" | "em" | "blockquote" | "span" => {
            node.chars < 250 && density > 0.3 && {
                let text = tree.text(index).to_lowercase();
                ELSEWHERE.iter().any(|words| text.starts_with(words))
            }
        }
        _ => false,
    }
}

/// Links to documents are what announcements are for.
fn has_files(tree: &Tree, index: usize) -> bool {
    tree.nodes[index..tree.nodes[index].end]
        .iter()
        .any(|node| node.name() == "a" && node.attr("href").is_some_and(super::is_document))
}

fn kept(name: &str) -> Option<&'static str> {
    Some(match name {
        "p" => "p",
        "div" | "section" | "article" | "center" | "main" | "address" | "details" | "summary" => {
            "div"
        }
        "ul" => "ul",
        "ol" => "ol",
        "li" => "li",
        "dl" => "dl",
        "dt" => "dt",
        "dd" => "dd",
        "blockquote" => "blockquote",
        "pre" => "pre",
        "table" => "table",
        "thead" => "thead",
        "tbody" => "tbody",
        "tr" => "tr",
        "td" => "td",
        "th" => "th",
        "caption" => "caption",
        "figure" => "figure",
        "figcaption" => "figcaption",
        "a" => "a",
        "b" | "strong" => "strong",
        "i" | "em" => "em",
        "u" => "u",
        "sub" => "sub",
        "sup" => "sup",
        "code" => "code",
        "q" => "q",
        "br" => "br",
        "hr" => "hr",
        "img" => "img",
        _ => return None,
    })
}

fn picture(node: &Node, out: &mut String) {
    let source = ["src", "data-src", "data-lazy-src", "data-original"]
        .into_iter()
        .filter_map(|name| node.attr(name))
        .find(|source| !source.starts_with("data:") && !source.trim().is_empty());
    if let Some(source) = source {
        out.push_str("<img src=\"");
        escape(source, out);
        out.push_str("\" alt=\"");
        escape(node.attr("alt").unwrap_or_default(), out);
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

/// Whether two titles are one, signs and case apart.
pub(super) fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    bare(one) == bare(other)
}
