//! Texts with marked passages, as HTML.

use std::ops::Range;

/// A text as HTML, with some of its ranges in `<mark>`. Ranges that do not fit the text are passed over.
#[must_use]
pub fn marked(text: &str, ranges: &[Range<usize>]) -> String {
    let mut html = String::with_capacity(text.len() + ranges.len() * 13);
    let mut at = 0;
    for range in ranges {
        let (Some(before), Some(inside)) = (text.get(at..range.start), text.get(range.clone()))
        else {
            continue;
        };
        if inside.is_empty() {
            continue;
        }
        escape(before, &mut html);
        html.push_str("<mark>");
        escape(inside, &mut html);
        html.push_str("</mark>");
        at = range.end;
    }
    escape(text.get(at..).unwrap_or_default(), &mut html);
    html
}

/// Writes text so that HTML shows it as it is, in content and in quoted attributes.
pub fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
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
    use proptest::prelude::*;

    #[test]
    fn marks_stand_around_what_was_found_and_markup_stays_text() {
        assert_eq!(
            marked("a <b> țară", &[2..5, 6..12]),
            "a <mark>&lt;b&gt;</mark> <mark>țară</mark>"
        );
    }

    proptest! {
        #[test]
        fn no_range_is_too_wild(text in ".{0,40}", ranges in proptest::collection::vec((0usize..60, 0usize..60), 0..6)) {
            let ranges: Vec<_> = ranges.into_iter().map(|(a, b)| a..b).collect();
            let html = marked(&text, &ranges);
            let plain = html.replace("<mark>", "").replace("</mark>", "");
            let mut escaped = String::new();
            escape(&text, &mut escaped);
            prop_assert_eq!(plain, escaped);
        }
    }
}
