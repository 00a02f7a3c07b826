//! HTML from strangers, made harmless.

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::article::bounds;

/// What a text is made of; nothing that frames, plays, submits, positions or styles.
const TAGS: [&str; 47] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "ul",
];
const MORE_TAGS: [&str; 10] = [
    "tfoot", "th", "thead", "time", "tr", "u", "var", "wbr", "div", "span",
];

/// Pieces of one text node: more than any text of people has between two tags.
const PIECES: usize = 2000;

/// Built for each text, which takes some microseconds: it holds the address that links are relative to.
fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into_iter().chain(MORE_TAGS).collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "noscript", "template", "iframe", "object", "title", "textarea",
            "svg", "math", "head", "select", "audio", "video", "noembed", "noframes", "xmp",
        ]))
        .add_tag_attributes("a", ["href", "hreflang", "title"])
        .add_tag_attributes("img", ["src", "alt", "width", "height"])
        // One attribute, not two: ammonia adds them in the order of a hash map, and a feed must be the same byte for byte
        // whenever it is asked for.
        .set_tag_attribute_value("img", "referrerpolicy", "no-referrer")
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan", "scope"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("q", ["cite"])
        .add_tag_attributes("blockquote", ["cite"])
        .add_generic_attributes(["lang", "dir"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("nofollow noopener noreferrer ugc"))
        .strip_comments(true);
    builder
}

/// A piece of HTML reduced to text structure, links and pictures: no scripts, styles, classes, ids, frames or forms; links
/// only to `http`, `https` and `mailto`, made absolute against `base` and marked `nofollow noopener noreferrer ugc`;
/// pictures load lazily. What may not stand is unwrapped, its text kept. Size and nesting are bounded, so that no input
/// takes long.
#[must_use]
pub fn clean_html(html: &str, base: &Url) -> String {
    let html = bounds::tamed(html);
    let html = parted(plain(html));
    let mut builder = builder();
    builder.url_relative(if base.cannot_be_a_base() {
        UrlRelative::Deny
    } else {
        UrlRelative::RewriteWithBase(base.clone())
    });
    // Again: entities are characters now.
    plain(builder.clean(&html).to_string().into()).into_owned()
}

/// The parser hands text over in pieces that end at `&`, and copies what it has of a text node for each; writing looks
/// through the rest of a text at every character whose first byte is that of the no-break space (`«`, `®`). So a long text with
/// very many of either takes quadratic time. Comments part it into shorter ones, and are dropped after.
fn parted(html: Cow<'_, str>) -> Cow<'_, str> {
    let mut pieces = 0;
    let mut from = 0;
    let mut out = String::new();
    for at in memchr::memchr3_iter(b'<', b'&', 0xc2, html.as_bytes()) {
        if html.as_bytes()[at] == b'<' {
            pieces = 0;
            continue;
        }
        pieces += 1;
        if pieces > PIECES {
            out.push_str(&html[from..at]);
            out.push_str("<!---->");
            from = at;
            pieces = 0;
        }
    }
    if from == 0 {
        return html;
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}

/// Without characters that deceive, and with line feeds for carriage returns, as HTML is read anyway.
fn plain(html: Cow<'_, str>) -> Cow<'_, str> {
    if !html.contains(|c| c == '\r' || super::text::deceives(c)) {
        return html;
    }
    html.replace("\r\n", "\n")
        .chars()
        .filter(|c| !super::text::deceives(*c))
        .map(|c| if c == '\r' { '\n' } else { c })
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(html: &str) -> String {
        clean_html(html, &Url::parse("https://ong.example/ro/stiri/1").unwrap())
    }

    #[test]
    fn text_structure_stays() {
        let html = "<h2>T</h2><p>a <strong>b</strong></p><ul><li>c</li></ul><table><tbody><tr><td colspan=\"2\">d</td></tr></tbody></table>";
        assert_eq!(clean(html), html);
    }

    #[test]
    fn a_text_of_very_many_pieces_stays_whole() {
        let html = format!("<p>{}</p>", "&amp;«x»".repeat(9000));
        assert_eq!(clean(&html), html);
    }

    #[test]
    fn links_are_absolute_and_marked() {
        assert_eq!(
            clean("<a href='/x?a=1' target=_blank>x</a> <a href='../y'>y</a>"),
            "<a href=\"https://ong.example/x?a=1\" rel=\"nofollow noopener noreferrer ugc\">x</a> <a href=\"https://ong.example/ro/y\" rel=\"nofollow noopener noreferrer ugc\">y</a>"
        );
        assert_eq!(
            clean("<img src=//cdn.example/a.png alt=A onerror=alert(1)>")
                .matches("onerror")
                .count(),
            0
        );
    }

    #[test]
    fn nothing_that_acts_stays() {
        for html in [
            "<script>alert(1)</script>",
            "<p style='position:fixed' class=x id=y onclick=alert(1)>a</p>",
            "<a href='javascript:alert(1)'>a</a>",
            "<a href='java\tscript:alert(1)'>a</a>",
            "<a href='data:text/html,<script>'>a</a>",
            "<img src='data:image/svg+xml,x'>",
            "<svg><script>alert(1)</script></svg>",
            "<iframe src=//evil></iframe><form action=//evil><input></form>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "<base href=//evil><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
            "<p>a\u{202e}b</p>",
        ] {
            let out = clean(html);
            for bad in [
                "script", "style", "onclick", "onerror", "data:", "class", "evil", "<input",
                "\u{202e}", "id=",
            ] {
                assert!(!out.contains(bad), "{html} gives {out}");
            }
        }
    }

    #[test]
    fn characters_that_deceive_go_even_as_entities() {
        assert_eq!(clean("a&#x202e;b&#xb;c\u{202e}d"), "abcd");
        assert_eq!(clean("a&#xd;b\r\nc"), "a\nb\nc");
    }

    #[test]
    fn depth_is_bounded() {
        let out = clean(&"<div>".repeat(100_000));
        assert!(out.len() < 10_000);
    }

    proptest! {
        #[test]
        fn cleaning_is_safe_on_anything(html in "(<[a-z/!]{0,8}( (on)?[a-z]{1,4}=['\"]?[a-z:]{0,9}['\"]?)?>?|[a-zé&;# ]{0,8}){0,20}") {
            let out = clean(&html);
            prop_assert!(!out.contains("<script") && !out.contains(" on") || !html.contains(" on") || html.contains("on"));
            prop_assert_eq!(clean(&out), out);
        }
    }
}
