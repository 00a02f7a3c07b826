//! What kind of character it is, told at once for the letters of our languages: asking the Unicode tables for every
//! letter of a text is a good part of reading it.

/// As `char::is_alphabetic`.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ => c.is_alphabetic(),
    }
}

/// As `char::is_alphanumeric`.
#[inline]
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// As `char::is_numeric`.
#[inline]
pub(crate) fn is_digit(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_digit(),
        '\u{c0}'..='\u{52f}' => false,
        _ => c.is_numeric(),
    }
}

/// How many bytes at the beginning are small letters without marks, or digits, of ASCII: folding leaves them as they are,
/// so that they can be taken over together.
#[inline]
pub(crate) fn plain_run(text: &[u8]) -> usize {
    text.iter()
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        .count()
}

/// The first `most` characters.
pub(crate) fn first_chars(text: &str, most: usize) -> &str {
    // No character is shorter than a byte.
    if text.len() <= most {
        return text;
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_characters_are_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_digit(c), c.is_numeric(), "{c:?}");
        }
    }

    #[test]
    fn the_first_characters_are_counted_in_characters() {
        for (text, most, expected) in [
            ("știri", 3, "ști"),
            ("știri", 5, "știri"),
            ("вести", 9, "вести"),
            ("news", 0, ""),
            ("", 2, ""),
        ] {
            assert_eq!(first_chars(text, most), expected);
        }
    }

    #[test]
    fn what_is_plain_is_taken_together() {
        assert_eq!(plain_run(b"apel2026 x"), 8);
        assert_eq!(plain_run("știri".as_bytes()), 0);
        assert_eq!(plain_run("proiectă".as_bytes()), 7);
    }
}
