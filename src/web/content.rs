//! The text of an item as HTML that may stand on our pages.

use std::sync::LazyLock;

use ammonia::Builder;

use super::locale::Ui;
use crate::delivery::escape;
use crate::domain::Item;
use crate::reading::sanitise::clean_html;

/// An item's text as harmless HTML: headings below the page's own, no pictures (they would tell other sites who reads
/// what), wide tables in a box that scrolls.
pub(crate) fn body(item: &Item, ui: Ui) -> String {
    let html = item
        .html
        .as_deref()
        .filter(|html| !html.trim().is_empty())
        .map(|html| clean_html(html, &item.url))
        .map(|html| without_pictures(&html))
        .filter(|html| !html.trim().is_empty())
        .unwrap_or_else(|| paragraphs(&item.text));
    settled(&html, &ui.t("table-scrolls"))
}

fn without_pictures(html: &str) -> String {
    static PICTURES: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::default();
        builder
            .rm_tags(["img", "area", "map"])
            .url_schemes(["http", "https", "mailto"].into())
            .link_rel(Some("nofollow noopener noreferrer ugc"))
            .url_relative(ammonia::UrlRelative::Deny);
        builder
    });
    PICTURES.clean(html).to_string()
}

/// Plain text as paragraphs: a blank line parts them, a line break stays one.
pub(crate) fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        html.push_str("<p>");
        for (index, line) in paragraph.lines().enumerate() {
            if index > 0 {
                html.push_str("<br>");
            }
            escape(line, &mut html);
        }
        html.push_str("</p>\n");
    }
    html
}

/// The first paragraphs of a plain text.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    let end = text
        .match_indices("\n\n")
        .nth(most - 1)
        .map_or(text.len(), |(at, _)| at);
    paragraphs(&text[..end])
}

/// Headings brought in order under the page's `h1`, and tables put in boxes. `html` is a sanitiser's output: every `<` in
/// it begins a tag, and tags are in small letters.
fn settled(html: &str, table_label: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut open: Vec<u8> = Vec::new();
    let mut before = 1;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        match heading(tag) {
            Some((false, level)) => {
                let own = level.clamp(2, 6).min(before + 1);
                before = own;
                open.push(own);
                out.push_str("<h");
                out.push(char::from(b'0' + own));
                out.push_str(&tag[3..]);
            }
            Some((true, _)) => {
                out.push_str("</h");
                out.push(char::from(b'0' + open.pop().unwrap_or(2)));
                out.push('>');
            }
            None if tag.starts_with("<table") => {
                out.push_str("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
                escape(table_label, &mut out);
                out.push_str("\">");
                out.push_str(tag);
            }
            None if tag == "</table>" => out.push_str("</table></div>"),
            None => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether a tag closes a heading, and of which level.
fn heading(tag: &str) -> Option<(bool, u8)> {
    let (closing, name) = match tag.strip_prefix("</") {
        Some(name) => (true, name),
        None => (false, tag.strip_prefix('<')?),
    };
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6', b'>' | b' ', ..] => Some((closing, level - b'0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;
    use crate::web::pages::samples;
    use proptest::prelude::*;

    fn shown(html: &str) -> String {
        let item = Item {
            html: Some(html.into()),
            ..samples::item()
        };
        body(&item, Ui::new(Language::EN))
    }

    #[test]
    fn nothing_that_runs_or_tells_on_the_reader_is_left() {
        let html = shown(
            "<p onclick=x()>a<script>b</script><img src=\"https://spy.example/p.gif\"><a href=\"javascript:x\">c</a>\
             <iframe src=\"https://x.example\"></iframe><style>d</style></p>",
        );
        for bad in ["onclick", "script", "img", "iframe", "style", "spy"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert!(html.contains('a') && html.contains('c'));
    }

    #[test]
    fn headings_come_under_the_title_without_gaps() {
        let html = shown("<h1>a</h1><h4>b</h4><h2>c</h2>");
        assert_eq!(html, "<h2>a</h2><h3>b</h3><h2>c</h2>");
    }

    #[test]
    fn a_table_scrolls_in_a_box() {
        let html = shown("<table><tr><td>1</td></tr></table>");
        assert!(html.starts_with("<div class=\"scroll\""), "{html}");
        assert!(html.ends_with("</table></div>"), "{html}");
    }

    #[test]
    fn an_item_without_html_shows_its_text() {
        let item = Item {
            html: None,
            text: "a <b>\nc\n\nd".into(),
            ..samples::item()
        };
        assert_eq!(
            body(&item, Ui::new(Language::EN)),
            "<p>a &lt;b&gt;<br>c</p>\n<p>d</p>\n"
        );
    }

    proptest! {
        #[test]
        fn headings_stay_in_pairs(html in "(</?h[1-6]>|<table>|</table>|<p>|a|<|&){0,30}") {
            let html = shown(&html);
            for level in 1..=6 {
                prop_assert_eq!(
                    html.matches(&format!("<h{level}>")).count(),
                    html.matches(&format!("</h{level}>")).count()
                );
            }
            prop_assert!(!html.contains("<h1"));
            prop_assert_eq!(html.matches("<div class=\"scroll\"").count(), html.matches("</table></div>").count());
        }
    }
}
