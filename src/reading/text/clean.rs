use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Characters that show nothing of themselves but change how the rest is shown or compared: controls, bidirectional
/// overrides, isolates and marks, zero-width space and its like, soft hyphens, annotations, tags, non-characters.
/// Line feeds, tabs and other white space are not among them, and neither are the joiners (see [`joins`]).
pub(in crate::reading) fn deceives(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        c if c < '\u{ad}' => c.is_control(),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// Whether a zero-width joiner or non-joiner means something after `before`: in scripts that join letters and in emoji,
/// never after a Latin, Greek or Cyrillic letter.
fn joins(before: Option<char>) -> bool {
    matches!(
        before,
        Some(
            '\u{590}'..='\u{1fff}'
            | '\u{2190}'..='\u{2bff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe0f}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{1f000}'..='\u{1faff}',
        )
    )
}

/// Whether normalising could change anything.
fn may_compose(c: char) -> bool {
    c >= '\u{300}' && !matches!(c, '\u{400}'..='\u{52f}' | '\u{2002}'..='\u{2070}')
}

/// NFC, without copying what is NFC already.
fn composed(text: String, worth_looking: bool) -> String {
    if !worth_looking || unicode_normalization::is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

/// One line of plain text: NFC, without control, bidirectional and zero-width characters, every run of white space one
/// space, trimmed.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let (mut gap, mut look, mut before) = (false, false, None);
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if deceives(c) || (matches!(c, '\u{200c}' | '\u{200d}') && !joins(before)) {
        } else {
            if gap && !line.is_empty() {
                line.push(' ');
            }
            gap = false;
            look |= may_compose(c);
            line.push(c);
        }
        before = Some(c);
    }
    composed(line, look)
}

/// Plain text of several lines: as [`clean_line`] within each line, at most one blank line in a row, none at the ends.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let text: Cow<str> = if text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\x0b', '\x0c'])
    {
        text.replace("\r\n", "\n")
            .replace(['\r', '\u{85}', '\u{2028}', '\x0b', '\x0c'], "\n")
            .replace('\u{2029}', "\n\n")
            .into()
    } else {
        text.into()
    };
    let mut clean = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.split('\n') {
        let line = clean_line(line);
        if line.is_empty() {
            blank = true;
        } else {
            if !clean.is_empty() {
                clean.push_str(if blank { "\n\n" } else { "\n" });
            }
            blank = false;
            clean.push_str(&line);
        }
    }
    clean
}

/// For those who build text piece by piece.
pub(super) struct Cleaner {
    out: String,
    gap: Gap,
    look: bool,
}

/// What parts two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// What needs no thought: visible ASCII, and letters of the lead bytes C3 to CB and CE to DF.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] =
            matches!(byte, 0x21..=0x7e | 0x80..=0xc1 | 0xc3..=0xcb | 0xce..=0xd7 | 0xd9..=0xdf);
        byte += 1;
    }
    plain
};

/// How many bytes from the first on stay as they are: plain ones, and single spaces between them.
fn plain_run(bytes: &[u8]) -> usize {
    let plain = |at: usize| bytes.get(at).is_some_and(|byte| PLAIN[usize::from(*byte)]);
    let mut end = 0;
    loop {
        if plain(end) {
            end += 1;
        } else if end > 0 && bytes.get(end) == Some(&b' ') && plain(end + 1) {
            end += 2;
        } else {
            return end;
        }
    }
}

impl Cleaner {
    pub fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            gap: Gap::None,
            look: false,
        }
    }

    /// At least such a gap before the next word.
    pub fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// `<br>`: a line, and the second in a row a paragraph.
    pub fn line_break(&mut self) {
        self.gap = if self.gap >= Gap::Line {
            Gap::Paragraph
        } else {
            Gap::Line
        };
    }

    /// Adds text; line feeds count as such where `lines` says so, as spaces otherwise.
    pub fn text(&mut self, text: &str, lines: bool) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let run = at + plain_run(&bytes[at..]);
            if run > at {
                self.flush_gap();
                self.out.push_str(&text[at..run]);
                at = run;
                continue;
            }
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            at += c.len_utf8();
            if lines && matches!(c, '\n' | '\u{2028}') {
                self.gap(Gap::Line);
            } else if c.is_whitespace() {
                self.gap(Gap::Space);
            } else if deceives(c)
                || (matches!(c, '\u{200c}' | '\u{200d}') && !joins(self.out.chars().next_back()))
            {
                // Dropped.
            } else {
                self.flush_gap();
                self.look |= may_compose(c);
                self.out.push(c);
            }
        }
    }

    fn flush_gap(&mut self) {
        if self.gap != Gap::None {
            if !self.out.is_empty() {
                self.out.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::None;
        }
    }

    pub fn len(&self) -> usize {
        self.out.len()
    }

    pub fn finish(self) -> String {
        composed(self.out, self.look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn invisible_and_deceiving_characters_go() {
        assert_eq!(
            clean_line("\u{feff} a\u{202e}b\u{2066}c\u{200b}\u{ad}d\0e\u{85}\tf\u{a0} g "),
            "abcde f g"
        );
        assert_eq!(clean_line("țară\u{200d}x"), "țarăx");
        assert_eq!(
            clean_line("👩\u{200d}🎓 می\u{200c}خواهم"),
            "👩\u{200d}🎓 می\u{200c}خواهم"
        );
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(clean_line("t\u{326}ara\u{306}"), "țară");
        assert_eq!(clean_text("и\u{306}\n\nа"), "й\n\nа");
    }

    #[test]
    fn paragraphs_stay_and_blank_lines_are_single() {
        assert_eq!(
            clean_text("\r\n a  b \r\n\r\n\r\n c\rd\u{2029}e\n"),
            "a b\n\nc\nd\n\ne"
        );
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,40}|[\\x00-\\x20\u{85}\u{a0}\u{ad}\u{200b}-\u{202f}a\u{301}é\n]{0,40}") {
            let line = clean_line(&text);
            prop_assert!(!line.contains(|c: char| deceives(c) || c == '\n'));
            prop_assert_eq!(clean_line(&line), line.clone());
            prop_assert_eq!(line.trim(), &line);
            let many = clean_text(&text);
            prop_assert!(!many.contains("\n\n\n"));
            prop_assert_eq!(clean_text(&many), many.clone());
        }
    }
}
