use super::super::markup::{Token, Tokens, lower};
use super::clean::{Cleaner, Gap};
use super::decode_entities;
use crate::domain::MAX_TEXT;

/// The text of a piece of HTML as a person would read it aloud: paragraphs parted by a blank line, list items and table
/// rows on lines of their own, entities decoded, scripts, styles and drawings left out, clean in the sense of
/// [`super::clean_text`], at most [`MAX_TEXT`] bytes. Linear in the length of the input, with no tree.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let mut out = Cleaner::new((html.len() / 2).min(MAX_TEXT));
    let mut buffer = [0; 24];
    // Inside an element that is not shown: its name, and how many of that name are open.
    let mut hidden: Option<(&str, usize)> = None;
    let mut pre = 0_usize;
    for token in Tokens::html(html) {
        if let Some((name, depth)) = &mut hidden {
            match token {
                Token::Open(tag) if tag.is(name) && !tag.empty => *depth += 1,
                Token::Close(closed) if closed.eq_ignore_ascii_case(name) => {
                    *depth -= 1;
                    if *depth == 0 {
                        hidden = None;
                    }
                }
                _ => {}
            }
            continue;
        }
        match token {
            Token::Text(text) | Token::Cdata(text) => {
                out.text(&decode_entities(text), pre > 0);
                if out.len() > MAX_TEXT {
                    break;
                }
            }
            Token::Raw(_) => {}
            Token::Open(tag) => {
                let name = lower(tag.name, &mut buffer);
                match name {
                    "svg" | "template" | "noscript" | "math" | "object" | "audio" | "video"
                    | "canvas" | "head" | "select" | "datalist"
                        if !tag.empty =>
                    {
                        hidden = Some((tag.name, 1));
                    }
                    "textarea" => hidden = Some((tag.name, 1)),
                    "br" => out.line_break(),
                    "pre" => {
                        pre += 1;
                        out.gap(Gap::Paragraph);
                    }
                    _ => out.gap(gap_of(name)),
                }
            }
            Token::Close(name) => {
                let name = lower(name, &mut buffer);
                if name == "pre" {
                    pre = pre.saturating_sub(1);
                }
                out.gap(gap_of(name));
            }
        }
    }
    let mut text = out.finish();
    if text.len() > MAX_TEXT {
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        text.truncate(text.trim_end().len());
    }
    text
}

fn gap_of(name: &str) -> Gap {
    match name {
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl"
        | "blockquote" | "pre" | "table" | "section" | "article" | "header" | "footer" | "main"
        | "aside" | "nav" | "figure" | "address" | "form" | "fieldset" | "hr" | "details"
        | "center" | "title" | "body" => Gap::Paragraph,
        "li" | "tr" | "dt" | "dd" | "caption" | "figcaption" | "summary" | "legend" | "thead"
        | "tbody" | "tfoot" | "option" | "label" => Gap::Line,
        "td" | "th" | "img" | "button" | "input" => Gap::Space,
        _ => Gap::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_become_paragraphs_and_items_lines() {
        assert_eq!(
            html_to_text(
                "<h2>Apel</h2><p>Primul&nbsp;paragraf,\n <b>tare</b>mult.</p><ul><li>unu<li>doi</ul>după"
            ),
            "Apel\n\nPrimul paragraf, taremult.\n\nunu\ndoi\n\ndupă"
        );
        assert_eq!(html_to_text("a<br>b<br/><br>c"), "a\nb\n\nc");
        assert_eq!(
            html_to_text("<table><tr><td>1</td><td>2</td></tr><tr><th>3</th></tr></table>"),
            "1 2\n3"
        );
        assert_eq!(html_to_text("<pre>a\n  b</pre>"), "a\nb");
    }

    #[test]
    fn what_is_not_shown_is_not_told() {
        assert_eq!(
            html_to_text(
                "a<script>1<p>2</script><style>x</style><!-- c --><svg><title>t</title><svg/></svg><noscript>n</noscript>b"
            ),
            "ab"
        );
    }

    #[test]
    fn broken_html_is_read_on() {
        assert_eq!(
            html_to_text("<p>a < b & c <p class=\"x>d"),
            "a < b & c\n\nd"
        );
        assert_eq!(html_to_text("a</p"), "a");
        assert_eq!(html_to_text("&lt;b&gt; &amp;lt;"), "<b> &lt;");
    }

    #[test]
    fn a_deep_page_is_flat_text() {
        let deep = format!("{}x{}", "<div>".repeat(200_000), "</div>".repeat(200_000));
        assert_eq!(html_to_text(&deep), "x");
    }

    proptest! {
        #[test]
        fn text_is_clean_and_bounded(html in "(<[a-z/!]{0,6}( [a-z]=['\"]?)?>?|[a-zé&;# \\n\u{202e}\u{301}]{0,8}){0,30}") {
            let text = html_to_text(&html);
            prop_assert_eq!(super::super::clean_text(&text), text.clone());
        }
    }
}
