//! JSON that a program wrote by hand: comments, commas before a bracket, line breaks and halves of surrogate pairs in strings.

use std::borrow::Cow;

/// The document with those faults put right, in one pass; strings keep everything else.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    let mut in_string = false;
    // Where a comma stands in `out` behind which nothing but space has come.
    let mut comma: Option<usize> = None;
    while let Some((at, c)) = chars.next() {
        if in_string {
            match c {
                '"' => {
                    in_string = false;
                    out.push(c);
                }
                '\\' => escape(&text[at..], &mut chars, &mut out),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                c if c < ' ' => {}
                c => out.push(c),
            }
            continue;
        }
        match c {
            '/' if text[at..].starts_with("//") => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
                continue;
            }
            '/' if text[at..].starts_with("/*") => {
                let end = text[at + 2..]
                    .find("*/")
                    .map_or(text.len(), |end| at + end + 4);
                while chars.next_if(|(at, _)| *at < end).is_some() {}
                continue;
            }
            ']' | '}' => {
                if let Some(comma) = comma {
                    out.truncate(comma);
                }
            }
            '"' => in_string = true,
            _ => {}
        }
        if c == ',' {
            comma = Some(out.len());
        } else if !c.is_whitespace() {
            comma = None;
        }
        if !c.is_control() || c.is_whitespace() {
            out.push(c);
        }
    }
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// Copies an escape; the half of a surrogate pair becomes the sign for a lost character.
fn escape(rest: &str, chars: &mut std::iter::Peekable<std::str::CharIndices>, out: &mut String) {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let length = match (unit(0), unit(6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
        (Some(0xd800..=0xdfff), _) => {
            out.push('\u{fffd}');
            for _ in 1..6 {
                chars.next();
            }
            return;
        }
        (Some(_), _) => 6,
        (None, _) => {
            out.push('\\');
            match chars.next() {
                Some((_, c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u'))) => {
                    out.push(c);
                }
                // `\'` and the like are no escapes of JSON.
                Some((_, c)) => {
                    out.pop();
                    out.push(c);
                }
                None => {}
            }
            return;
        }
    };
    out.push_str(&rest[..length]);
    for _ in 1..length {
        chars.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_hand_made_json_are_put_right() {
        for (text, expected) in [
            (r#"{"a": [1, 2, ], }"#, r#"{"a": [1, 2]}"#),
            ("{// x, }\n\"a\": 1 /* ] */}", "{\n\"a\": 1 }"),
            ("{\"a\": \"x\ny\u{1}\"}", r#"{"a": "x\ny"}"#),
            (
                r#"{"a": "\ud83d x \ud83d\ude00 \u0041"}"#,
                "{\"a\": \"\u{fffd} x \\ud83d\\ude00 \\u0041\"}",
            ),
            (
                r#"{"a": "it\'s // no comment, ]"}"#,
                r#"{"a": "it's // no comment, ]"}"#,
            ),
            ("/* never closed", ""),
            ("\"\\", "\"\\"),
        ] {
            assert_eq!(mended(text), expected, "{text}");
        }
        let sound = r#"{"a": ["b", {"c": "\"\\\u00e9"}], "d": "//"}"#;
        assert!(matches!(mended(sound), Cow::Borrowed(_)));
    }
}
