//! Text from outside, made fit for a log and a page.

/// No control, bidirectional, invisible or private characters, one line, at most `most` characters.
#[must_use]
pub fn plain(text: &str, most: usize) -> String {
    let mut clean = String::with_capacity(text.len().min(most));
    let shown = text.chars().filter(|c| !is_invisible(*c));
    for (count, c) in shown.enumerate() {
        if count + 1 == most {
            clean.push('…');
            break;
        }
        clean.push(c);
    }
    clean
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_is_one_bounded_line() {
        let long = format!(
            "evil\r\n2026 INFO all is well\u{202e}\u{200b}\u{1b}[31m {}",
            "x".repeat(1000)
        );
        let clean = plain(&long, 300);
        assert!(clean.starts_with("evil2026 INFO all is well[31m x"));
        assert_eq!(clean.chars().count(), 300);
        assert!(clean.ends_with('…'));
        assert_eq!(plain("ziņas", 5), "ziņa…");
        assert_eq!(plain("ziņas", 6), "ziņas");
    }
}
