//! Words, numbers and signs.

/// A piece of a text that may hold a date.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    /// White space (or the beginning) stands before it.
    pub gap: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A number of so many digits; `u32::MAX` where it is too long to be part of a date.
    Number { value: u32, digits: usize },
    /// A word in small letters without Latin diacritics.
    Word(String),
    /// Anything else, dashes all alike.
    Sign(char),
}

impl Token {
    pub fn number(&self) -> Option<(u32, usize)> {
        match self.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn sign(&self) -> Option<char> {
        match self.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut gap = true;
    let mut glued = false;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}') {
            gap = true;
            glued = false;
            continue;
        }
        let last = found
            .last_mut()
            .filter(|_| glued)
            .map(|token| &mut token.kind);
        if let Some(digit) = c.to_digit(10) {
            if let Some(Kind::Number { value, digits }) = last {
                *value = value
                    .checked_mul(10)
                    .and_then(|value| value.checked_add(digit))
                    .unwrap_or(u32::MAX);
                *digits += 1;
            } else {
                found.push(Token {
                    kind: Kind::Number {
                        value: digit,
                        digits: 1,
                    },
                    gap,
                });
            }
        } else if c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}') {
            if let Some(Kind::Word(word)) = last {
                fold(c, word);
            } else {
                let mut word = String::new();
                fold(c, &mut word);
                found.push(Token {
                    kind: Kind::Word(word),
                    gap,
                });
            }
        } else {
            let sign = if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '−') {
                '-'
            } else {
                c
            };
            found.push(Token {
                kind: Kind::Sign(sign),
                gap,
            });
        }
        gap = false;
        glued = true;
    }
    for token in &mut found {
        if let Kind::Word(word) = &mut token.kind {
            in_one_script(word);
        }
    }
    found
}

/// A Cyrillic word that was typed with a Latin look-alike or two.
fn in_one_script(word: &mut String) {
    let latin = |c: char| c.is_ascii_lowercase();
    if word.is_ascii() || !word.contains(latin) || !word.contains(is_cyrillic) {
        return;
    }
    *word = word
        .chars()
        .map(|c| match c {
            'a' => 'а',
            'c' => 'с',
            'e' => 'е',
            'o' => 'о',
            'p' => 'р',
            'x' => 'х',
            'y' => 'у',
            'k' => 'к',
            'm' => 'м',
            't' => 'т',
            'b' => 'в',
            other => other,
        })
        .collect();
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// Small letters; diacritics of Latin letters dropped, `ё` as `е`, `й` kept.
fn fold(c: char, word: &mut String) {
    for c in c.to_lowercase() {
        let folded = match c {
            'ă' | 'â' | 'ā' => 'a',
            'č' => 'c',
            'ē' | 'é' => 'e',
            'ģ' => 'g',
            'î' | 'ī' => 'i',
            'ķ' => 'k',
            'ļ' => 'l',
            'ņ' => 'n',
            'ș' | 'ş' | 'š' => 's',
            'ț' | 'ţ' => 't',
            'ū' => 'u',
            'ž' => 'z',
            'ё' => 'е',
            '\u{306}' if word.ends_with('и') => {
                word.pop();
                'й'
            }
            '\u{300}'..='\u{36f}' => continue,
            other => other,
        };
        word.push(folded);
    }
}
