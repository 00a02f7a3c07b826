//! Who wrote a page, where its head does not say so.

use super::super::text::clean_line;
use super::names::Attr;
use super::tree::{Node, Tree};

/// With what lines begin that name the author, in small letters; the longer of two that begin alike first.
const BEGINNINGS: [&str; 22] = [
    "scris de ",
    "publicat de ",
    "postat de ",
    "trimis de ",
    "articol de ",
    "autor articol: ",
    "autor: ",
    "autor ",
    "de ",
    "written by: ",
    "written by ",
    "posted by ",
    "author: ",
    "by: ",
    "by ",
    "autors: ",
    "autore: ",
    "raksta autors: ",
    "iesniedza ",
    "автор: ",
    "автор ",
    "текст: ",
];

/// Nodes behind the title among which a line may name the author.
const NEAR: usize = 80;

/// From `rel=author`, `itemprop=author`, a class named so, or a line near the title that begins as such lines do.
pub(super) fn find(tree: &Tree, title: Option<usize>) -> Option<String> {
    (0..tree.nodes.len())
        .filter(|index| is_marked(&tree.nodes[*index]))
        .take(5)
        .map(|index| {
            let text = tree.text(index);
            let skipped = beginning(&text).map_or(0, |words| words.chars().count());
            // The day stands beside the name as often as not, and no name has digits.
            let words = text.split_ascii_whitespace();
            let before: Vec<&str> = words
                .take_while(|word| !word.contains(|c: char| c.is_ascii_digit()))
                .collect();
            let name: String = before.join(" ").chars().skip(skipped).collect();
            name.trim_end_matches([' ', ',', '|', '-', '–', '—', '·', '•'])
                .to_owned()
        })
        .find(|text| is_name(text))
        .or_else(|| near(tree, title?))
}

fn is_marked(node: &Node) -> bool {
    node.attr(Attr::Rel).as_deref() == Some("author")
        || node.attr(Attr::ItemProp).as_deref() == Some("author")
        || node.class.split_ascii_whitespace().any(|class| {
            matches!(
                class,
                "author"
                    | "author-name"
                    | "post-author"
                    | "entry-author"
                    | "article-author"
                    | "createdby"
                    | "byline"
                    | "username"
                    | "fn"
                    | "autor"
                    | "autors"
                    | "field--name-uid"
            )
        })
}

fn near(tree: &Tree, title: usize) -> Option<String> {
    let from = tree.nodes[title].end;
    let texts: Vec<String> = tree.nodes[from..(from + NEAR).min(tree.nodes.len())]
        .iter()
        .filter(|node| node.is_text() && node.letters < 60)
        .map(|node| clean_line(&node.text))
        .filter(|text| !text.is_empty())
        .collect();
    texts.iter().enumerate().find_map(|(at, text)| {
        // The name itself is often a link.
        let line = format!("{text} {}", texts.get(at + 1).map_or("", String::as_str));
        let alone = beginning(&format!("{text} "))
            .is_some_and(|words| words.trim_end().chars().count() == text.chars().count());
        let line = if alone { &line } else { text };
        // Two letters say too little: “de ” begins many lines.
        let words = beginning(line).filter(|words| words.len() > 4)?;
        let name: String = line.chars().skip(words.chars().count()).collect();
        let name = name.split([',', '|', '(']).next()?.trim().to_owned();
        is_name(&name).then_some(name)
    })
}

fn beginning(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    BEGINNINGS
        .into_iter()
        .find(|words| lower.starts_with(words))
}

fn is_name(text: &str) -> bool {
    (2..80).contains(&text.chars().count()) && text.chars().any(char::is_alphabetic)
}
