//! How much decoded text looks like a language of this part of the world.

use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_4, ISO_8859_5, ISO_8859_13, ISO_8859_16, KOI8_R, KOI8_U,
    MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257, X_MAC_CYRILLIC,
};

use crate::domain::Language;

/// What else is known.
pub(super) struct Hints<'a> {
    pub tld: Option<&'a str>,
    pub lang: Option<Language>,
}

/// Tried in this order; among equals the first wins.
const CANDIDATES: [&Encoding; 15] = [
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1257,
    WINDOWS_1252,
    ISO_8859_2,
    ISO_8859_16,
    ISO_8859_13,
    ISO_8859_4,
    KOI8_R,
    KOI8_U,
    ISO_8859_5,
    IBM866,
    X_MAC_CYRILLIC,
    MACINTOSH,
    encoding_rs::WINDOWS_1254,
];

/// The declared encoding counts so much more than the letters of one that is not, on a scale where a language's own
/// letter is 1 and a symbol amid a word -1.
const DECLARED: f64 = 0.25;
const GUESSED: f64 = 0.02;
/// A capital behind a small letter: rare in text, the rule where Cyrillic is read in the wrong encoding.
const ODD_CASE: f64 = 3.0;
/// Running text has few capitals; KOI8 and windows-1251 swap them.
const LOWERCASE: f64 = 0.12;

/// The likeliest of the declared encodings, the guessed one and the usual ones; `None` where nothing is to be seen.
pub(super) fn best(
    sample: &[u8],
    declared: [Option<&'static Encoding>; 2],
    guessed: &'static Encoding,
    hints: &Hints,
) -> Option<&'static Encoding> {
    let mut best: Option<(f64, &'static Encoding)> = None;
    let order = declared
        .into_iter()
        .flatten()
        .chain(CANDIDATES)
        .chain([guessed]);
    for encoding in order {
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(sample)
        else {
            continue;
        };
        let Some(mut score) = plausibility(&text, hints) else {
            continue;
        };
        if Some(encoding) == declared[0] {
            score += DECLARED;
        } else if Some(encoding) == declared[1] {
            score += DECLARED * 0.8;
        } else if encoding == guessed {
            score += GUESSED;
        }
        if best.is_none_or(|(most, _)| score > most + 1e-9) {
            best = Some((score, encoding));
        }
    }
    best.map(|(_, encoding)| encoding)
        .or(declared[0])
        .or(declared[1])
}

/// A language's letters beyond ASCII, in small letters, and the languages that use them.
struct Alphabet {
    lang: &'static str,
    tlds: &'static [&'static str],
    letters: &'static str,
}

const ALPHABETS: [Alphabet; 6] = [
    Alphabet {
        lang: "ro",
        tlds: &["ro", "md"],
        letters: "ăâîșțşţ",
    },
    Alphabet {
        lang: "lv",
        tlds: &["lv"],
        letters: "āčēģīķļņšūž",
    },
    Alphabet {
        lang: "ru",
        tlds: &["ru", "md", "lv", "by", "su"],
        letters: "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    },
    Alphabet {
        lang: "uk",
        tlds: &["ua"],
        letters: "абвгдежзийклмнопрстуфхцчшщьюяіїєґ",
    },
    Alphabet {
        lang: "lt",
        tlds: &["lt"],
        letters: "ąčęėįšųūž",
    },
    Alphabet {
        lang: "",
        tlds: &["pl", "cz", "sk", "hu", "de", "fr", "at", "es", "it", "pt"],
        letters: "áàäãåæçéèêëíìïñóòôöõøúùüýßœąćęłńśźżčďěňřšťůžőű",
    },
];

/// The mean over all characters beyond ASCII of how well each stands where it does, for the language that fits best.
fn plausibility(text: &str, hints: &Hints) -> Option<f64> {
    let mut letters = 0_usize;
    let mut common = 0.0_f64;
    let mut per = [0.0_f64; ALPHABETS.len()];
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if c.is_ascii() {
            previous = c;
            continue;
        }
        letters += 1;
        let in_word = previous.is_alphabetic() && next.is_alphabetic();
        if c.is_alphabetic() {
            let small = c.to_lowercase().next().unwrap_or(c);
            // A capital after a small letter, or two scripts in one word: hardly.
            let odd_case = c.is_uppercase() && previous.is_lowercase();
            let mixed = [previous, next]
                .iter()
                .any(|other| other.is_alphabetic() && is_cyrillic(*other) != is_cyrillic(c));
            for (score, alphabet) in per.iter_mut().zip(&ALPHABETS) {
                *score += if alphabet.letters.contains(small) {
                    if alphabet.lang.is_empty() {
                        0.55
                    } else {
                        1.0 + frequency(small)
                    }
                } else {
                    -0.6
                };
            }
            common -= if odd_case { ODD_CASE } else { 0.0 } + if mixed { 0.8 } else { 0.0 };
            // Running text has few capitals.
            if c.is_uppercase() && !previous.is_uppercase() && previous.is_alphabetic() {
                common -= 0.2;
            } else if c.is_lowercase() {
                common += LOWERCASE;
            }
        } else {
            common += match c {
                '„' | '”' | '“' | '’' | '‘' | '‚' | '«' | '»' | '–' | '—' | '…' | '\u{a0}'
                | '№' | '•' | '€' | '©' | '®' | '°' | '§' | '·'
                    if !in_word || matches!(c, '’' | '–' | '\u{a0}') =>
                {
                    0.8
                }
                '\u{80}'..='\u{9f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => -2.0,
                '\u{2500}'..='\u{25ff}' => -1.5,
                _ if in_word => -1.2,
                _ => -0.3,
            };
        }
        previous = c;
    }
    if letters == 0 {
        return None;
    }
    let mut best = f64::MIN;
    for (score, alphabet) in per.iter().zip(&ALPHABETS) {
        let mut mean = (score + common) / letters as f64;
        if hints.tld.is_some_and(|tld| {
            alphabet
                .tlds
                .iter()
                .any(|known| known.eq_ignore_ascii_case(tld))
        }) {
            mean += 0.15;
        }
        if hints
            .lang
            .is_some_and(|lang| lang.as_str() == alphabet.lang)
        {
            mean += 0.15;
        }
        best = best.max(mean);
    }
    Some(best)
}

/// Seven of eight Cyrillic letters in a text are of the commoner half; read in the wrong encoding they are any.
fn frequency(small: char) -> f64 {
    if !is_cyrillic(small) {
        0.0
    } else if "оеаинтсрвлкмдпуяьы".contains(small) {
        0.1
    } else {
        -0.3
    }
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}
