//! Words, numbers and marks of a text, with where they stand.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::is_letter;
use crate::understanding::words::{fold, is_invisible};

/// A word, a number or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::understanding) struct Token<'t> {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub kind: TokenKind<'t>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::understanding) enum TokenKind<'t> {
    /// Letters, folded.
    Word(Cow<'t, str>),
    /// Up to nine digits.
    Number {
        /// Their value.
        value: u32,
        /// How many.
        digits: u8,
    },
    /// Anything else that is no space; a newline counts, and is one however many there are.
    Mark(char),
}

impl Token<'_> {
    /// The word, folded; empty for others.
    pub(in crate::understanding) fn word(&self) -> &str {
        match &self.kind {
            TokenKind::Word(word) => word,
            _ => "",
        }
    }

    /// The number that it is.
    pub(in crate::understanding) fn number(&self) -> Option<(u32, u8)> {
        match self.kind {
            TokenKind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    /// Whether it is one of these marks.
    pub(in crate::understanding) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, TokenKind::Mark(mark) if marks.contains(&mark))
    }
}

/// The tokens of a text. Digits and letters part (“16oo” is two), spaces go.
pub(in crate::understanding) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut take_while = |wanted: &dyn Fn(char) -> bool| {
            while let Some((at, next)) = chars.next_if(|(_, next)| wanted(*next)) {
                end = at + next.len_utf8();
            }
            end
        };
        let kind = if c.is_ascii_digit() {
            let end = take_while(&|c| c.is_ascii_digit());
            let digits = end - start;
            match text[start..end].parse() {
                Ok(value) if digits <= 9 => TokenKind::Number {
                    value,
                    digits: digits as u8,
                },
                // A telephone number or worse.
                _ => TokenKind::Mark('#'),
            }
        } else if is_letter(c) {
            let mut folded = is_folded(c);
            while let Some((at, next)) =
                chars.next_if(|(_, next)| is_letter(*next) || is_invisible(*next))
            {
                end = at + next.len_utf8();
                folded &= is_folded(next);
            }
            let word = &text[start..end];
            TokenKind::Word(if folded {
                Cow::Borrowed(word)
            } else if word.is_ascii() {
                Cow::Owned(word.to_ascii_lowercase())
            } else {
                Cow::Owned(fold(word))
            })
        } else if c == '\n' {
            take_while(&char::is_whitespace);
            TokenKind::Mark('\n')
        } else if c.is_whitespace() || is_invisible(c) {
            continue;
        } else {
            // One dash for all.
            TokenKind::Mark(if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '−') {
                '-'
            } else {
                c
            })
        };
        tokens.push(Token {
            at: start..end,
            kind,
        });
    }
    tokens
}

/// Whether folding leaves a letter as it is: most letters of most texts.
fn is_folded(c: char) -> bool {
    matches!(c, 'a'..='z' | 'а'..='я')
}
