//! What was changed between two versions of a text, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Words and marks of one change that are compared; a longer one is shown as a whole, since the time grows with the square.
const MOST_TOKENS: usize = 6_000;

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// So many paragraphs are as they were.
    Same(usize),
    /// Something in it is not; lines are parted by line breaks.
    Edited(Vec<Part>),
}

/// A piece of an edited stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What became of it.
    pub fate: Fate,
    /// Itself.
    pub text: String,
}

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is in both versions.
    Kept,
    /// It was in the older one only.
    Removed,
    /// It is in the newer one only.
    Added,
}

/// How a text became another (Myers, "An O(ND) difference algorithm and its variations", 1986; first by paragraphs, then
/// by words). Paragraphs are lines that hold anything.
#[must_use]
pub fn changes(old: &str, new: &str) -> Vec<Block> {
    let (old, new) = (paragraphs(old), paragraphs(new));
    let mut blocks = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { len, .. } = op {
            blocks.push(Block::Same(len));
        } else {
            let before = old[op.old_range()].join("\n");
            let after = new[op.new_range()].join("\n");
            blocks.push(Block::Edited(edited(&before, &after)));
        }
    }
    blocks
}

/// How one line, such as a title, became another.
#[must_use]
pub fn edited(old: &str, new: &str) -> Vec<Part> {
    let mut parts = Parts::default();
    let (before, after) = (tokens(old), tokens(new));
    if before.len() + after.len() > MOST_TOKENS {
        parts.removed.push_str(old);
        parts.added.push_str(new);
        return parts.finish();
    }
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (removed, added) = (
            before[op.old_range()].concat(),
            after[op.new_range()].concat(),
        );
        // A blank or comma that happens to be kept between two changes makes one change of them.
        let apart = matches!(op, DiffOp::Equal { .. }) && added.chars().any(char::is_alphanumeric);
        if apart || parts.is_at_rest() && matches!(op, DiffOp::Equal { .. }) {
            parts.keep(&added);
        } else {
            parts.removed.push_str(&removed);
            parts.added.push_str(&added);
        }
    }
    parts.finish()
}

fn paragraphs(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

/// Words, and each character between them.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut word = 0;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            continue;
        }
        let next = at + c.len_utf8();
        if word < at {
            tokens.push(&text[word..at]);
        }
        tokens.push(&text[at..next]);
        word = next;
    }
    if word < text.len() {
        tokens.push(&text[word..]);
    }
    tokens
}

/// Pieces in the making: what is removed and added since the last that was kept.
#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    removed: String,
    added: String,
}

impl Parts {
    fn is_at_rest(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty()
    }

    fn keep(&mut self, text: &str) {
        self.settle();
        self.put(Fate::Kept, text.to_owned());
    }

    fn settle(&mut self) {
        let (mut removed, mut added) = (
            std::mem::take(&mut self.removed),
            std::mem::take(&mut self.added),
        );
        // What both end in was only taken for a part of the change.
        let common: usize = removed
            .chars()
            .rev()
            .zip(added.chars().rev())
            .take_while(|(a, b)| a == b && !a.is_alphanumeric())
            .map(|(a, _)| a.len_utf8())
            .sum();
        let kept = added.split_off(added.len() - common);
        removed.truncate(removed.len() - common);
        self.put(Fate::Removed, removed);
        self.put(Fate::Added, added);
        self.put(Fate::Kept, kept);
    }

    fn put(&mut self, fate: Fate, text: String) {
        match self.done.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.fate == fate => last.text.push_str(&text),
            _ => self.done.push(Part { fate, text }),
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.settle();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Removed in brackets, added in braces.
    fn drawn(parts: &[Part]) -> String {
        let draw = |part: &Part| match part.fate {
            Fate::Kept => part.text.clone(),
            Fate::Removed => format!("[{}]", part.text),
            Fate::Added => format!("{{{}}}", part.text),
        };
        parts.iter().map(draw).collect()
    }

    #[test]
    fn words_are_marked_and_not_letters() {
        let drawn = |old, new| drawn(&edited(old, new));
        assert_eq!(
            drawn(
                "Termenul-limită este 1 decembrie 2026.",
                "Termenul-limită este 15 decembrie 2026."
            ),
            "Termenul-limită este [1]{15} decembrie 2026."
        );
        assert_eq!(
            drawn("Срок: до 3 мая.", "Срок продлён: до 5 мая."),
            "Срок{ продлён}: до [3]{5} мая."
        );
        assert_eq!(
            drawn("līdz 3. maijam Rīgā", "līdz 15. jūnijam Cēsīs"),
            "līdz [3. maijam Rīgā]{15. jūnijam Cēsīs}"
        );
        assert_eq!(drawn("la fel", "la fel"), "la fel");
        assert_eq!(drawn("", "nou"), "{nou}");
    }

    #[test]
    fn paragraphs_that_stay_are_only_counted() {
        let old = "Unu.\n\nDoi.\nTrei.\nPatru.";
        let new = "Unu.\nDoi.\n\nTrei și ceva.\nPatru.\nCinci.";
        let blocks = changes(old, new);
        assert_eq!(blocks[0], Block::Same(2));
        let shown = |block: &Block| match block {
            Block::Same(count) => count.to_string(),
            Block::Edited(parts) => drawn(parts),
        };
        let shown: Vec<String> = blocks.iter().map(shown).collect();
        assert_eq!(shown, ["2", "Trei{ și ceva}.", "1", "{Cinci.}"]);
        assert_eq!(changes(old, old), [Block::Same(4)]);
    }

    #[test]
    fn a_text_written_anew_is_shown_as_a_whole() {
        let text = |word: &str| vec![word; 10_000].join(" ");
        let (old, new) = (text("unu"), text("doi"));
        let parts = edited(&old, &new);
        assert_eq!(parts[0].fate, Fate::Removed);
        assert_eq!(
            parts.iter().map(|part| part.text.len()).sum::<usize>(),
            old.len() * 2
        );
    }

    proptest! {
        #[test]
        fn both_versions_can_be_read_from_the_changes(old in "[a-că .,\n]{0,60}", new in "[a-că .,\n]{0,60}") {
            let parts = edited(&old, &new);
            let read = |without: Fate| -> String {
                let kept = parts.iter().filter(|part| part.fate != without);
                kept.map(|part| part.text.as_str()).collect()
            };
            prop_assert_eq!(read(Fate::Added), old.clone());
            prop_assert_eq!(read(Fate::Removed), new.clone());
            let _ = changes(&old, &new);
        }
    }
}
