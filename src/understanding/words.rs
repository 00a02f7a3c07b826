//! Words of a running text, folded for comparing with word lists: small letters, no diacritics.

use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::plain_run;

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// Itself, folded. Digits count as letters.
    pub folded: String,
}

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Folded {
    /// Neither letter nor digit.
    Nothing,
    /// One letter or digit.
    One(char),
    /// Several, or none: a ligature, a letter with a mark of its own.
    Several,
}

impl Folded {
    fn of(c: char) -> Self {
        if !c.is_alphanumeric() {
            return Self::Nothing;
        }
        let mut word = String::new();
        fold_into(&mut word, c);
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(one), None) => Self::One(one),
            _ => Self::Several,
        }
    }
}

/// The letters of our languages lie before this.
const TABLE: usize = 0x530;

/// Asking the Unicode tables for every letter was a sixth of a crawl's CPU.
static FOLDED: LazyLock<[Folded; TABLE]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        c.map_or(Folded::Nothing, Folded::of)
    })
});

/// The words of a text in order, at most `most`. Letters and digits make words; everything else parts them,
/// except the combining marks and soft hyphens inside, which are dropped.
pub(super) fn words(text: &str, most: usize) -> Vec<Word> {
    let mut all = String::new();
    let mut places = Vec::new();
    each_word(text, most, &mut all, |at, folded| places.push((at, folded)));
    places
        .into_iter()
        .map(|(at, folded)| Word {
            at,
            folded: all[folded].to_owned(),
        })
        .collect()
}

/// The same, folded one behind the other: shows where each word stands in the text, and where in what is folded.
pub(super) fn each_word(
    text: &str,
    most: usize,
    all: &mut String,
    mut see: impl FnMut(Range<usize>, Range<usize>),
) {
    let mut left = most.max(1);
    let mut begin = all.len();
    let mut start = 0;
    let mut end = 0;
    let table = &*FOLDED;
    let mut next = 0;
    while next < text.len() {
        let plain = plain_run(&text.as_bytes()[next..]);
        if plain > 0 {
            if all.len() == begin {
                start = next;
            }
            all.push_str(&text[next..next + plain]);
            next += plain;
            end = next;
        }
        let at = next;
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        next += c.len_utf8();
        let folded = table
            .get(c as usize)
            .copied()
            .unwrap_or_else(|| Folded::of(c));
        if folded != Folded::Nothing {
            if all.len() == begin {
                start = at;
            }
            match folded {
                Folded::One(one) => all.push(one),
                _ => fold_into(all, c),
            }
            end = next;
        } else if all.len() > begin && !is_invisible(c) {
            see(start..end, begin..all.len());
            begin = all.len();
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
    if all.len() > begin {
        see(start..end, begin..all.len());
    }
}

/// A text folded as its words are, with one space where anything else stood.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let table = &*FOLDED;
    let mut next = 0;
    while next < text.len() {
        let plain = plain_run(&text.as_bytes()[next..]);
        folded.push_str(&text[next..next + plain]);
        next += plain;
        let Some(c) = text[next..].chars().next() else {
            break;
        };
        next += c.len_utf8();
        match table
            .get(c as usize)
            .copied()
            .unwrap_or_else(|| Folded::of(c))
        {
            Folded::One(one) => folded.push(one),
            Folded::Several => fold_into(&mut folded, c),
            Folded::Nothing => {
                if !is_invisible(c) && !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Soft hyphens, zero-width characters and combining marks: inside a word they part nothing.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

fn fold_into(word: &mut String, c: char) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    for small in c.to_lowercase() {
        match unmarked(small) {
            '\u{300}'..='\u{36f}' => {}
            'ß' => word.push_str("ss"),
            'ﬁ' => word.push_str("fi"),
            'ﬂ' => word.push_str("fl"),
            plain => word.push(plain),
        }
    }
}

/// A small letter without its mark. `й` is a letter of its own and stays; `ё` is written `е` as often as not.
pub(super) fn unmarked(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'č' | 'ċ' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ő' | 'ø' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        other => other,
    }
}

/// The first `most` bytes, at a character.
pub(super) fn first_bytes(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_lose_case_and_marks() {
        let of = |text| -> Vec<String> { words(text, 99).into_iter().map(|w| w.folded).collect() };
        assert_eq!(
            of("Termenul-LIMITĂ: înscriere"),
            ["termenul", "limita", "inscriere"]
        );
        assert_eq!(
            of("Ģimeņu š.g. 15.martā"),
            ["gimenu", "s", "g", "15", "marta"]
        );
        assert_eq!(of("Приём заявок"), ["прием", "заявок"]);
        assert_eq!(of("organi\u{ad}zația t\u{326}ara"), ["organizatia", "tara"]);
    }

    /// As [`fold`], letter by letter.
    fn folded_slowly(text: &str) -> String {
        let mut words = String::new();
        for c in text.chars() {
            match Folded::of(c) {
                Folded::Nothing if is_invisible(c) => {}
                Folded::Nothing => words.push(' '),
                _ => fold_into(&mut words, c),
            }
        }
        words
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    proptest! {
        #[test]
        fn folding_together_is_folding_one_by_one(text in "[a-zA-Z0-9ășțĂȘŢāčēжЁßﬁ .,\\-\u{ad}\u{326}–\n]{0,120}|.{0,80}") {
            let slowly = folded_slowly(&text);
            prop_assert_eq!(fold(&text), slowly.clone());
            let words: Vec<String> = words(&text, 1_000).into_iter().map(|word| word.folded).collect();
            prop_assert_eq!(words.join(" "), slowly);
        }

        #[test]
        fn words_stand_where_they_say(text in ".{0,200}") {
            let mut last = 0;
            for word in words(&text, 1000) {
                prop_assert!(word.at.start >= last && word.at.end > word.at.start);
                prop_assert!(text.get(word.at.clone()).is_some());
                last = word.at.end;
            }
        }

        #[test]
        fn folding_is_idempotent(text in "[a-zA-ZăâîșțĂÂÎȘȚāčēģīķļņšūžа-яА-ЯёЁй0-9 .,-]{0,80}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
