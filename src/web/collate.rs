//! The order of names as a dictionary of the reader's language has it.
//!
//! The rules are those of CLDR's collation (<https://www.unicode.org/charts/collation/>, files `root.xml`, `ro.xml`, `lv.xml` and
//! `ru.xml`), as far as names of organisations, countries and topics need them: letters first, then accents, then case.
//! In one thing they follow directories rather than CLDR: punctuation counts last, so that „Ana” stands under A.

use unicode_normalization::UnicodeNormalization;

use crate::domain::Language;

/// Sorts after what precedes it in the language. Longer than the text in proportion; meant for names.
pub(crate) fn key(text: &str, language: Language) -> Vec<u16> {
    let mut own = Key::default();
    for c in text.nfc() {
        if c.is_whitespace() {
            own.space = !own.letters.is_empty();
        } else {
            for lower in c.to_lowercase() {
                own.add(lower, c.is_uppercase(), language);
            }
        }
    }
    own.finish(text)
}

/// Ends a level; less than any weight.
const END: u16 = 0;
/// Between words, so that “Casa Nouă” stands before “Casandra”.
const SPACE: u16 = 1;
const DIGITS: u16 = 0x10;
/// Where the letters of the first and the second script begin, and how far apart letters are.
const FIRST: u16 = 0x100;
const SECOND: u16 = 0x400;
const STRIDE: u16 = 8;
/// Letters of all other scripts, in the order of Unicode.
const OTHERS: u16 = 0x1000;

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const CYRILLIC: &str = "абвгґдђеєжзѕиіїйјклљмнњопрстћуўфхцчџшщъыьэюя";

/// A letter without an accent, at the second level.
const PLAIN: u16 = 1;
/// A letter that the language takes for another one with an accent.
const VARIANT: u16 = 2;
const ACCENTS: u16 = 0x10;

#[derive(Default)]
struct Key {
    letters: Vec<u16>,
    accents: Vec<u16>,
    cases: Vec<u16>,
    space: bool,
}

impl Key {
    fn add(&mut self, c: char, large: bool, language: Language) {
        if !c.is_alphanumeric() {
            return;
        }
        if std::mem::take(&mut self.space) {
            self.push(SPACE, PLAIN, false);
        }
        match c {
            'æ' => {
                self.letter('a', VARIANT, 0, large, language);
                self.letter('e', VARIANT, 0, large, language);
            }
            'œ' => {
                self.letter('o', VARIANT, 0, large, language);
                self.letter('e', VARIANT, 0, large, language);
            }
            'ß' => {
                self.letter('s', PLAIN, 0, large, language);
                self.letter('s', VARIANT, 0, large, language);
            }
            _ => {
                if let Some((base, after)) = own_letter(c, language) {
                    self.letter(base, PLAIN, after, large, language);
                } else {
                    let (base, accent) = plain(c, language);
                    self.letter(base, accent, 0, large, language);
                }
            }
        }
    }

    fn letter(&mut self, base: char, accent: u16, after: u16, large: bool, language: Language) {
        self.push(primary(base, language) + after, accent, large);
    }

    fn push(&mut self, letter: u16, accent: u16, large: bool) {
        self.letters.push(letter);
        self.accents.push(accent);
        self.cases.push(1 + u16::from(large));
    }

    fn finish(self, text: &str) -> Vec<u16> {
        let mut key = self.letters;
        for level in [self.accents, self.cases] {
            key.push(END);
            key.extend(level);
        }
        key.push(END);
        key.extend(text.encode_utf16());
        key
    }
}

/// Letters of their own: the one after which they come, and how far.
fn own_letter(c: char, language: Language) -> Option<(char, u16)> {
    let found = match language {
        Language::RO => match c {
            'ă' => ('a', 1),
            'â' => ('a', 2),
            'î' => ('i', 1),
            // With a cedilla where somebody had no comma.
            'ș' | 'ş' => ('s', 1),
            'ț' | 'ţ' => ('t', 1),
            _ => return None,
        },
        Language::LV => match c {
            'č' => ('c', 1),
            'ģ' => ('g', 1),
            'ķ' => ('k', 1),
            'ļ' => ('l', 1),
            'ņ' => ('n', 1),
            'ŗ' => ('r', 1),
            'š' => ('s', 1),
            'ž' => ('z', 1),
            _ => return None,
        },
        _ => return None,
    };
    Some(found)
}

/// The letter without its accent, and the accent's weight.
fn plain(c: char, language: Language) -> (char, u16) {
    match c {
        'y' if language == Language::LV => return ('i', VARIANT),
        'ł' => return ('l', VARIANT),
        'đ' => return ('d', VARIANT),
        'ø' => return ('o', VARIANT),
        'ı' => return ('i', VARIANT),
        _ => {}
    }
    // Letters of their own, although Unicode takes them apart.
    if CYRILLIC.contains(c) {
        return (c, PLAIN);
    }
    let mut parts = std::iter::once(c).nfd();
    let base = parts.next().unwrap_or(c);
    let accent = parts.fold(PLAIN, |sum, mark| {
        sum.max(ACCENTS).wrapping_add(mark as u16 & 0xff)
    });
    (base, accent)
}

fn primary(c: char, language: Language) -> u16 {
    let (latin, cyrillic) = if language == Language::RU {
        (SECOND, FIRST)
    } else {
        (FIRST, SECOND)
    };
    if let Some(digit) = c.to_digit(10) {
        return DIGITS + digit as u16;
    }
    let place = |alphabet: &str| alphabet.chars().position(|letter| letter == c);
    if let Some(place) = place(LATIN) {
        return latin + place as u16 * STRIDE;
    }
    if let Some(place) = place(CYRILLIC) {
        return cyrillic + place as u16 * STRIDE;
    }
    OTHERS + u32::from(c).min(0xe000) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Names given in their order come out so, whatever order they went in.
    fn in_order(language: Language, names: &[&str]) {
        let mut mixed: Vec<&str> = names.to_vec();
        mixed.sort_unstable();
        mixed.reverse();
        mixed.sort_by_cached_key(|name| key(name, language));
        assert_eq!(mixed, names, "{language}");
    }

    #[test]
    fn romanian_letters_with_signs_follow_those_without() {
        in_order(
            Language::RO,
            &[
                "Arad",
                "„Ascendent”, Iași",
                "Asociația „Alternative”",
                "Avocatul Poporului",
                "Casa Nouă",
                "Casandra",
                "Călărași",
                "Câmpulung",
                "Cehia",
                "Incluziune",
                "Izvor",
                "Împreună",
                "Speranța",
                "Szeged",
                "Șansa ta",
                "Tineri",
                "Țara mea",
                "Uniți",
            ],
        );
        let cedilla = |text| key(text, Language::RO)[..3].to_vec();
        assert_eq!(cedilla("ţară"), cedilla("țară"));
    }

    #[test]
    fn latvian_letters_with_carons_and_commas_are_their_own_and_long_vowels_are_not() {
        in_order(
            Language::LV,
            &[
                "Adamova",
                "Ādaži",
                "Aizkraukle",
                "Cēsis",
                "Cielava",
                "Čakla",
                "Dobele",
                "Gulbene",
                "Ģimenes atbalsts",
                "Jelgava",
                "Kuldīga",
                "Ķekava",
                "Liepāja",
                "Ludza",
                "Ļaudona",
                "Madona",
                "Saldus",
                "Smiltene",
                "Šķirotava",
                "Talsi",
                "Zilupe",
                "Žanis",
            ],
        );
        in_order(Language::LV, &["kase", "kasē", "kāse"]);
        in_order(Language::LV, &["diads", "dyads", "dībs"]);
        // In English they are accents only.
        in_order(Language::EN, &["Čakla", "Cēsis", "Dobele"]);
    }

    #[test]
    fn russian_names_stand_before_latin_ones_and_yo_by_ye() {
        in_order(
            Language::RU,
            &[
                "2 берега",
                "Единство",
                "елка",
                "Ёлка",
                "Ель",
                "Жизнь",
                "Игра",
                "Йод",
                "Яблоко",
                "Caritas",
                "Zelda",
            ],
        );
        in_order(Language::EN, &["2 sides", "Caritas", "Zelda", "Альянс"]);
    }

    #[test]
    fn case_and_punctuation_count_last() {
        in_order(
            Language::EN,
            &["co-op", "Coop", "coop house", "“Coop” houses", "cooper"],
        );
        in_order(Language::EN, &["caritas", "Caritas", "CARITAS"]);
        in_order(Language::EN, &["", "…", "A"]);
    }

    proptest! {
        #[test]
        fn only_the_same_text_has_the_same_key(a in ".{0,12}", b in ".{0,12}") {
            for language in Language::OURS {
                prop_assert_eq!(key(&a, language) == key(&b, language), a == b);
            }
        }
    }
}
