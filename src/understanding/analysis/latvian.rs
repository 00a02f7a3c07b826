//! A light stemmer for Latvian, on folded words.
//!
//! Written from the grammar in two steps. First the endings: the six declensions of nouns, indefinite and definite
//! adjectives, persons of the verb, the infinitive. Then what stands between root and ending: the theme of verbs
//! (`strād-ā-ja`), participles, the definite adjective's `-aj-`, the comparative's `-āk-`. As folding has taken the signs
//! off ļ ņ š ž č ķ ģ, most consonant alternations (`brālis`, `brāļa`) vanish by themselves; what is left of
//! them is a j after a labial (`kurpe`, `kurpju`), and k and g before front vowels.

/// Endings with the least number of letters that must remain, longest first.
const ENDINGS: &[(&str, usize)] = &[
    ("aties", 3),
    ("eties", 3),
    ("ities", 3),
    ("oties", 3),
    ("ajiem", 2),
    ("amies", 3),
    ("ities", 3),
    ("sies", 3),
    ("simi", 3),
    ("ties", 3),
    ("siet", 3),
    ("ajam", 2),
    ("ajas", 2),
    ("ajos", 2),
    ("ajai", 2),
    ("sim", 3),
    ("iet", 3),
    ("iem", 2),
    ("ies", 3),
    ("ais", 2),
    ("as", 2),
    ("es", 2),
    ("is", 2),
    ("os", 2),
    ("us", 2),
    ("am", 2),
    ("em", 2),
    ("im", 2),
    ("um", 3),
    ("ai", 2),
    ("ei", 2),
    ("ie", 2),
    ("at", 3),
    ("et", 3),
    ("it", 3),
    ("ot", 3),
    ("a", 2),
    ("e", 2),
    ("i", 2),
    ("o", 2),
    ("u", 2),
    ("s", 2),
    ("t", 3),
];

/// What is taken off after the ending, longest first.
const INNER: &[(&str, usize)] = &[
    ("ajus", 3),
    ("ejus", 3),
    ("ijus", 3),
    ("ojus", 3),
    ("ajos", 3),
    ("ejos", 3),
    ("ojos", 3),
    ("ajam", 3),
    ("ojam", 3),
    ("ejam", 3),
    ("ajot", 3),
    ("ejot", 3),
    ("ojot", 3),
    ("dam", 4),
    ("aj", 3),
    ("ej", 3),
    ("ij", 3),
    ("oj", 3),
    ("at", 3),
    ("et", 4),
    ("it", 3),
    ("ot", 3),
    ("ak", 4),
    ("us", 3),
    ("os", 3),
];

/// The stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    let mut stem = strip(folded, ENDINGS);
    if stem.len() < folded.len() {
        stem = strip(stem, INNER);
    }
    match stem.as_bytes() {
        [.., b'p' | b'b' | b'm' | b'v', b'j'] if stem.len() > 3 => {
            stem[..stem.len() - 1].to_owned()
        }
        // `sniegt, sniedz`; `atsaukt, atsauca`.
        [.., b'd', b'z'] if stem.len() > 3 => format!("{}g", &stem[..stem.len() - 2]),
        [.., b'c'] if stem.len() > 3 => format!("{}k", &stem[..stem.len() - 1]),
        _ => stem.to_owned(),
    }
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
