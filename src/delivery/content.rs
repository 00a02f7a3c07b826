//! The HTML of an item as it may leave the house.

use super::xml::legal;
use crate::domain::Item;
use crate::reading::sanitise::clean_html;

/// The content of an item as harmless HTML with absolute links: the source's own, else its text in paragraphs.
pub(super) fn content_html(item: &Item) -> String {
    let clean = item.html.as_deref().map(|html| clean_html(html, &item.url));
    match clean {
        Some(html) if !html.trim().is_empty() => legal(&html).into_owned(),
        _ => paragraphs(&item.text),
    }
}

/// Plain text as HTML: paragraphs are parted by blank lines, lines within them by `<br>`.
pub(super) fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 16 + 16);
    for paragraph in text.split("\n\n").map(str::trim) {
        if paragraph.is_empty() {
            continue;
        }
        html.push_str("<p>");
        for (number, line) in paragraph.lines().enumerate() {
            if number > 0 {
                html.push_str("<br>");
            }
            escape_into(&mut html, line.trim());
        }
        html.push_str("</p>\n");
    }
    html
}

/// Text for use in HTML, between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape_into(&mut html, text);
    html
}

fn escape_into(html: &mut String, text: &str) {
    for c in legal(text).chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_paragraphs_and_markup_stays_text() {
        assert_eq!(
            paragraphs("Unu & doi\ntrei\n\n\n\n<script>x</script>\n"),
            "<p>Unu &amp; doi<br>trei</p>\n<p>&lt;script&gt;x&lt;/script&gt;</p>\n"
        );
        assert_eq!(paragraphs(" \n\n "), "");
        assert_eq!(escape("\"'>"), "&quot;&#39;&gt;");
    }
}
