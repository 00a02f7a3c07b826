//! HTML made small and shallow enough for a tree builder.
//!
//! html5ever looks through its stack of open elements at many tags and compares each attribute with all before it: 50,000
//! nested `<div>` take it ten seconds. So the tags are looked through first, which is cheap, and only what goes beyond the
//! bounds is taken out. Nearly every page passes through untouched.

use std::borrow::Cow;

use super::super::markup::{Token, Tokens, is_void};

/// Bytes of HTML that are read; the rest is cut off.
pub(in crate::reading) const MAX_BYTES: usize = 6 << 20;
/// Tags that are read; the rest is cut off.
const MAX_TAGS: usize = 150_000;
/// Elements within each other; deeper ones are unwrapped.
const MAX_DEPTH: usize = 200;
/// Attributes of a tag; one with more keeps none.
const MAX_ATTRIBUTES: usize = 200;

/// The page within the bounds.
pub(in crate::reading) fn tamed(html: &str) -> Cow<'_, str> {
    let html = &html[..html.floor_char_boundary(MAX_BYTES)];
    let mut out: Option<String> = None;
    let mut copied = 0;
    let (mut depth, mut tags) = (0_usize, 0_usize);
    // Start tags taken out whose end tags are still to come.
    let mut unwrapped = 0_usize;
    let mut tokens = Tokens::html(html);
    while let Some(token) = tokens.next() {
        let (start, end) = (tokens.start(), tokens.end());
        let mut replace = |with: &str, out: &mut Option<String>| {
            let out = out.get_or_insert_with(|| String::with_capacity(html.len()));
            out.push_str(&html[copied..start]);
            out.push_str(with);
            copied = end;
        };
        match token {
            Token::Open(tag) => {
                tags += 1;
                if tags > MAX_TAGS {
                    let mut out = out.unwrap_or_default();
                    out.push_str(&html[copied.min(start)..start]);
                    return Cow::Owned(out);
                }
                let nests = !is_void(tag.name) && !closes_itself(tag.name);
                if nests && depth >= MAX_DEPTH {
                    unwrapped += 1;
                    replace("", &mut out);
                } else {
                    depth += usize::from(nests);
                    if tag.most_attributes > MAX_ATTRIBUTES
                        && tag.attributes().nth(MAX_ATTRIBUTES).is_some()
                    {
                        replace(&format!("<{}>", tag.name), &mut out);
                    }
                }
            }
            Token::Close(name) if !is_void(name) && !closes_itself(name) => {
                if unwrapped > 0 {
                    unwrapped -= 1;
                    replace("", &mut out);
                } else {
                    depth = depth.saturating_sub(1);
                }
            }
            _ => {}
        }
    }
    match out {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(&html[copied..]);
            Cow::Owned(out)
        }
    }
}

/// Elements whose end tag is often left out and which the tree builder then ends by itself: they cannot nest without
/// another element between, which is counted.
fn closes_itself(name: &str) -> bool {
    [
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
        "html", "head", "body",
    ]
    .iter()
    .any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_pages_are_not_copied() {
        let html = "<ul>".to_owned() + &"<li>a<p>b".repeat(5_000) + "</ul>";
        assert!(matches!(tamed(&html), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_nesting_is_unwrapped_and_its_text_kept() {
        let html = "<div>".repeat(50_000) + "<b>x</b>" + &"</div>".repeat(50_000) + "<p>y</p>";
        let tame = tamed(&html);
        assert_eq!(tame.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(tame.matches("</div>").count(), MAX_DEPTH);
        assert!(tame.contains('x') && tame.ends_with("<p>y</p>"));
    }

    #[test]
    fn a_tag_of_many_attributes_keeps_none() {
        let attributes: String = " a".to_owned() + &"b=1 c".repeat(100_000);
        assert_eq!(tamed(&format!("<p{attributes}>x</p>")), "<p>x</p>");
        let long = format!("<p title=\"{}\">x</p>", "a b/c ".repeat(100_000));
        assert_eq!(tamed(&long), long);
    }

    #[test]
    fn endless_pages_end() {
        let html = "<p>a</p>".repeat(MAX_TAGS + 10);
        assert_eq!(tamed(&html).len(), MAX_TAGS * 8);
    }

    proptest! {
        #[test]
        fn text_stays_as_it_is(html in "(<(/)?(div|b|p|span)>|[a-zé ]{1,4}){0,600}") {
            use super::super::super::text::html_to_text;
            let words = |html: &str| html_to_text(html).split_whitespace().collect::<String>();
            prop_assert_eq!(words(&tamed(&html)), words(&html));
        }
    }
}
