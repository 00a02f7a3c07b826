//! Endings of nouns and adjectives, folded: enough to find a label in any case and number.

use crate::domain::Language;

const RO: &[&str] = &[
    "", "a", "e", "i", "u", "o", "ii", "ei", "ea", "le", "ul", "iei", "iul", "ile", "lor", "ele",
    "uri", "ilor", "elor", "ului", "iile", "urile", "urilor", "iilor", "iului", "lui", "ua",
];
const LV: &[&str] = &[
    "", "a", "e", "i", "o", "s", "u", "ai", "ais", "aja", "ajai", "ajam", "ajas", "ajiem", "ajos",
    "am", "as", "ei", "em", "es", "ie", "iem", "ies", "im", "is", "os", "us", "um", "jam", "ju",
    "ja", "ji", "jas", "jiem", "is", "inas", "ot",
];
const RU: &[&str] = &[
    "", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "ой", "ей", "ом", "ем", "ам", "ям", "ах",
    "ях", "ов", "ев", "ами", "ями", "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ую", "юю",
    "ых", "их", "ым", "им", "ыми", "ими", "ого", "его", "ому", "ему", "ия", "ии", "ию", "ией",
    "ием", "иям", "иями", "иях", "ью", "й", "йся", "йся",
];
const EN: &[&str] = &["", "s", "es", "e", "y", "ies"];

fn endings(lang: Language) -> &'static [&'static str] {
    match lang {
        Language::RO => RO,
        Language::LV => LV,
        Language::RU => RU,
        Language::EN => EN,
        _ => &[""],
    }
}

/// Letters of the longest ending.
pub(super) const LONGEST_ENDING: usize = 6;

/// Fewest letters of a stem that takes endings.
const SHORTEST: usize = 4;

/// What is left of a folded word without its ending.
pub(super) fn stem(word: &str, lang: Language) -> &str {
    let letters = word.chars().count();
    let longest = endings(lang)
        .iter()
        .filter(|ending| letters >= ending.chars().count() + SHORTEST && word.ends_with(**ending))
        .filter(|ending| !(lang == Language::RO && keeps_i(word, ending)))
        .max_by_key(|ending| ending.len());
    &word[..word.len() - longest.map_or(0, |ending| ending.len())]
}

/// “protecție” is “protecți” and an ending, or it would be found in “protector”.
fn keeps_i(word: &str, ending: &str) -> bool {
    ending.starts_with('i')
        && ending.len() > 1
        && word.len() > ending.len()
        && !word.ends_with("ilor")
        && !word.ends_with("ile")
}

/// Whether a stem and this ending are a form of a word.
pub(super) fn ending_fits(stem: &str, ending: &str, lang: Language) -> bool {
    ending.is_empty() || (stem.chars().count() >= SHORTEST && endings(lang).contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ending_is_longer_than_the_longest() {
        for lang in Language::OURS {
            assert!(
                endings(lang)
                    .iter()
                    .all(|ending| ending.chars().count() <= LONGEST_ENDING),
                "{lang}"
            );
        }
    }
}
