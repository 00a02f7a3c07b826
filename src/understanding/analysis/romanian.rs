//! A light stemmer for Romanian, on folded words.
//!
//! Snowball's was made for words with their diacritics: on folded ones it misses half of its endings (`asociația` and
//! `asociatiei` come apart). This one takes off inflection alone, in two steps: case, number and article of nouns and
//! adjectives first, then the commoner endings of verbs. Derivation (`finanțare` of `finanța`) is left.

/// Endings of nouns and adjectives with the least number of letters that must remain, longest first.
const NOMINAL: &[(&str, usize)] = &[
    ("urilor", 3),
    ("iunilor", 3),
    ("urile", 3),
    ("iilor", 3),
    ("iului", 3),
    ("eilor", 3),
    ("elor", 3),
    ("ilor", 3),
    ("ului", 3),
    ("iile", 3),
    ("eaua", 2),
    ("elui", 4),
    ("elei", 4),
    ("eele", 3),
    ("eile", 3),
    ("iei", 3),
    ("iul", 3),
    ("uri", 3),
    ("ile", 3),
    ("ele", 3),
    ("ul", 3),
    ("ui", 4),
    ("ia", 3),
    ("ie", 3),
    ("ii", 3),
    ("iu", 3),
    ("ea", 3),
    ("ei", 3),
    ("ua", 3),
    ("a", 3),
    ("e", 3),
    ("i", 3),
    ("u", 3),
];

/// Endings of verbs, applied to what is left, longest first.
const VERBAL: &[(&str, usize)] = &[
    ("easc", 3),
    ("eaz", 3),
    ("est", 4),
    ("esc", 3),
    ("and", 3),
    ("ind", 4),
    ("ez", 4),
    ("at", 5),
];

/// The stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    // An adjective's own ending (`favorabile`), no article.
    let mut stem = match folded.strip_suffix('e') {
        Some(rest) if rest.ends_with("bil") => rest,
        _ => strip(folded, NOMINAL),
    };
    // `zilele`, `locuintele`: the article stands behind the plural's own vowel.
    if stem.len() < folded.len() {
        stem = strip_vowel(stem);
    }
    stem = strip(stem, VERBAL);
    alternate(stem)
}

fn strip<'a>(word: &'a str, endings: &[(&str, usize)]) -> &'a str {
    for (ending, least) in endings {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= *least
            && rest.bytes().any(|b| b"aeiou".contains(&b))
        {
            return rest;
        }
    }
    word
}

fn strip_vowel(stem: &str) -> &str {
    match stem.as_bytes() {
        [.., b'a' | b'e' | b'i' | b'u'] if stem.len() > 3 => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// Sounds that change before an ending: `școală, școli`; `seară, seri`; `stradă, străzi` is left, as it is rare.
fn alternate(stem: &str) -> String {
    let mut word = stem.to_owned();
    for (broken, whole) in [("oa", "o"), ("ea", "e")] {
        if let Some(at) = word.rfind(broken)
            && at > 0
            && word.len() - at <= 5
            && !word[at + 2..].bytes().any(|b| b"aeiou".contains(&b))
            && word.len() > at + 2
        {
            word.replace_range(at..at + 2, whole);
            break;
        }
    }
    word
}
