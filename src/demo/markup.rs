//! The light markup of the texts: paragraphs, `- ` lists, `1. ` lists, `## ` headings, `> ` quotations, `**bold**`, `[text](url)`.

use std::fmt::Write as _;

/// The markup as HTML.
pub(super) fn html(text: &str) -> String {
    let mut out = String::new();
    for block in blocks(text) {
        let lines: Vec<&str> = block.lines().collect();
        if let Some(heading) = block.strip_prefix("## ") {
            let _ = writeln!(out, "<h2>{}</h2>", inline(heading));
        } else if lines.iter().all(|line| line.starts_with("- ")) {
            list(&mut out, "ul", lines.iter().map(|line| &line[2..]));
        } else if lines.iter().all(|line| numbered(line).is_some()) {
            list(
                &mut out,
                "ol",
                lines.iter().filter_map(|line| numbered(line)),
            );
        } else if lines.iter().all(|line| line.starts_with("> ")) {
            let quote: Vec<&str> = lines.iter().map(|line| &line[2..]).collect();
            let _ = writeln!(
                out,
                "<blockquote><p>{}</p></blockquote>",
                inline(&quote.join(" "))
            );
        } else {
            let _ = writeln!(out, "<p>{}</p>", inline(&lines.join(" ")));
        }
    }
    out
}

/// A document word for word: its paragraphs and lines, nothing interpreted.
pub(super) fn verbatim(text: &str) -> String {
    let mut out = String::new();
    for block in blocks(text) {
        let lines: Vec<String> = block.lines().map(|line| escape(line.trim())).collect();
        let _ = writeln!(out, "<p>{}</p>", lines.join("<br>\n"));
    }
    out
}

/// The first paragraph without markup, cut at a word to at most `most` characters.
pub(super) fn lead(text: &str, most: usize) -> String {
    let first = blocks(text)
        .find(|block| !block.starts_with("## "))
        .unwrap_or_default();
    let plain = plain(first);
    let mut lead = String::new();
    for word in plain.split_whitespace() {
        if lead.chars().count() + word.chars().count() >= most {
            lead.push_str(" […]");
            break;
        }
        if !lead.is_empty() {
            lead.push(' ');
        }
        lead.push_str(word);
    }
    lead
}

/// Text for HTML and XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n")
        .map(|block| block.trim_matches('\n'))
        .filter(|block| !block.trim().is_empty())
}

fn list<'a>(out: &mut String, tag: &str, items: impl Iterator<Item = &'a str>) {
    let _ = writeln!(out, "<{tag}>");
    for item in items {
        let _ = writeln!(out, "<li>{}</li>", inline(item));
    }
    let _ = writeln!(out, "</{tag}>");
}

fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == line.len() {
        return None;
    }
    rest.strip_prefix(". ")
}

/// `[text](url)` at the start of `text`: the text, the address, the rest.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (url, rest) = rest.split_once(')')?;
    (!label.contains('[')).then_some((label, url, rest))
}

fn inline(text: &str) -> String {
    let mut out = String::new();
    let mut bold = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            out.push_str(if bold { "</strong>" } else { "<strong>" });
            bold = !bold;
            rest = after;
        } else if let Some((label, url, after)) = link(rest) {
            let _ = write!(out, "<a href=\"{}\">{}</a>", escape(url), escape(label));
            rest = after;
        } else {
            let end = first.len_utf8();
            out.push_str(&escape(&rest[..end]));
            rest = &rest[end..];
        }
    }
    if bold {
        out.push_str("</strong>");
    }
    out
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            rest = after;
        } else if let Some((label, _, after)) = link(rest) {
            out.push_str(label);
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markup_becomes_html() {
        assert_eq!(
            html("Un **apel** la [MMPS](/a?b&c).\n\n- unu\n- doi\n\n## Cine"),
            "<p>Un <strong>apel</strong> la <a href=\"/a?b&amp;c\">MMPS</a>.</p>\n<ul>\n<li>unu</li>\n<li>doi</li>\n</ul>\n<h2>Cine</h2>\n"
        );
        assert_eq!(html("1. a\n2. b"), "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n");
        assert_eq!(
            html("> Ca\n> nu"),
            "<blockquote><p>Ca nu</p></blockquote>\n"
        );
    }

    #[test]
    fn a_document_kept_word_for_word_is_not_interpreted() {
        assert_eq!(
            verbatim("**a** <b>\n[c](d)\n\n  • e"),
            "<p>**a** &lt;b&gt;<br>\n[c](d)</p>\n<p>• e</p>\n"
        );
    }

    #[test]
    fn a_lead_is_cut_at_a_word() {
        assert_eq!(lead("unu **doi** trei\n\npatru", 100), "unu doi trei");
        assert_eq!(lead("unu doi trei", 8), "unu doi […]");
    }
}
