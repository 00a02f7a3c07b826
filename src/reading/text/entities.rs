use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Text with its character references replaced: numeric ones, and all that HTML names. What is no reference stays, a
/// bare `&` as well. References to U+0000, surrogates and past the end of Unicode become U+FFFD; those to the C1 range
/// are read as windows-1252, as browsers do.
#[must_use]
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    let mut next = Some(first);
    while let Some(at) = next {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some((first, second, length)) = reference(rest) {
            decoded.push(first);
            decoded.extend(second);
            rest = &rest[length..];
        } else {
            decoded.push('&');
        }
        next = memchr(b'&', rest.as_bytes());
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Longest name in the HTML standard, with its semicolon.
const LONGEST: usize = 32;

/// The reference that follows a `&`: its one or two characters and how many bytes it takes.
fn reference(text: &str) -> Option<(char, Option<char>, usize)> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'#') {
        let hex = matches!(bytes.get(1), Some(b'x' | b'X'));
        let from = if hex { 2 } else { 1 };
        let digits = bytes[from..]
            .iter()
            .take_while(|byte| {
                if hex {
                    byte.is_ascii_hexdigit()
                } else {
                    byte.is_ascii_digit()
                }
            })
            .count();
        if digits == 0 {
            return None;
        }
        let end = from + digits;
        let code = u32::from_str_radix(text.get(from..end)?, if hex { 16 } else { 10 });
        let length = end + usize::from(bytes.get(end) == Some(&b';'));
        return Some((numeric(code.unwrap_or(u32::MAX)), None, length));
    }
    let name_length = bytes
        .iter()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let with_semicolon = bytes.get(name_length) == Some(&b';');
    let length = name_length + usize::from(with_semicolon);
    if name_length == 0 {
        return None;
    }
    let (first, second) = *NAMED_ENTITIES.get(text.get(..length)?)?;
    // Names without a semicolon count only where nothing but the name can be meant.
    if first == 0 || (!with_semicolon && bytes.get(length) == Some(&b'=')) {
        return None;
    }
    Some((
        char::from_u32(first)?,
        char::from_u32(second).filter(|c| *c != '\0'),
        length,
    ))
}

fn numeric(code: u32) -> char {
    if let Some(Some(replacement)) = code
        .checked_sub(0x80)
        .and_then(|index| C1_REPLACEMENTS.get(index as usize))
    {
        return *replacement;
    }
    match char::from_u32(code) {
        Some('\0') | None => '\u{fffd}',
        Some(c) => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        for (text, expected) in [
            ("a &amp; b", "a & b"),
            ("&#8222;x&#x201D; &#39;", "„x” '"),
            ("&scedil;&acirc;&nbsp;&hellip;", "şâ\u{a0}…"),
            ("&#146;&#150;", "’–"),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("a&b &; &unknown; &amp &", "a&b &; &unknown; & &"),
            ("?a=1&copy=2&lang=ro", "?a=1&copy=2&lang=ro"),
            ("&amp;amp;", "&amp;"),
            ("&ășț;", "&ășț;"),
        ] {
            assert_eq!(decode_entities(text), expected, "{text}");
        }
    }
}
