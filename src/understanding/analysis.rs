//! Text to index terms: words, normalised, folded, then stemmed in the text's language.
//!
//! Folding comes before stemming, so that a word typed without its diacritics gets the same term as with them.

mod latvian;
mod romanian;
mod words;

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::normalise::{exact, fold, is_cyrillic, romanian_in_latin};
use crate::domain::Language;

pub use words::{Word, words};

/// Changes whenever any text gets other terms than before: an index made with another number is made anew.
pub const VERSION: u32 = 1;

/// Longest term, in characters; what is longer is no word that anybody searches.
const MAX_TERM: usize = 64;

/// Words remembered per language before the memory is emptied.
const MAX_REMEMBERED: usize = 20_000;

/// An index term and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The term.
    pub term: String,
    /// Bytes of the original text that it was made from.
    pub range: Range<usize>,
    /// Counts words, from 0.
    pub position: usize,
}

/// The three forms of a word, from strict to loose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// Normalised: small letters, diacritics kept.
    pub exact: Box<str>,
    /// Without diacritics.
    pub folded: Box<str>,
    /// Without its ending as well.
    pub stem: Box<str>,
}

/// The stemmers, by language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stemming {
    Romanian,
    Latvian,
    Russian,
    English,
    /// A language without a stemmer, or none known.
    Off,
}

impl Stemming {
    fn of(lang: Option<Language>) -> Self {
        match lang {
            Some(Language::RO) => Self::Romanian,
            Some(Language::LV) => Self::Latvian,
            Some(Language::RU) => Self::Russian,
            Some(Language::EN) => Self::English,
            _ => Self::Off,
        }
    }
}

/// The index terms of a text in a language (`None`: folded only).
///
/// ```
/// use vesti::{domain::Language, understanding::analysis::terms};
/// let terms = terms("Locuințele protejate", Some(Language::RO));
/// assert_eq!(terms[1].range, 12..21);
/// ```
#[must_use]
pub fn terms(text: &str, lang: Option<Language>) -> Vec<Token> {
    let mut found = Vec::new();
    for word in words(text) {
        let forms = forms(word.text, lang);
        if !forms.stem.is_empty() {
            found.push(Token {
                term: forms.stem.into(),
                range: word.range,
                position: word.position,
            });
        }
    }
    found
}

/// The forms of one word in a language.
#[must_use]
pub fn forms(word: &str, lang: Option<Language>) -> Forms {
    let mut exact = exact(word);
    if let Some((end, _)) = exact.char_indices().nth(MAX_TERM) {
        exact.truncate(end);
    }
    let stemming = Stemming::of(lang);
    let folded = if stemming == Stemming::Romanian && exact.chars().any(is_cyrillic) {
        romanian_in_latin(&exact)
    } else {
        fold(&exact).into_owned()
    };
    let stem = stem(&folded, stemming);
    Forms {
        exact: exact.into(),
        stem: stem.into(),
        folded: folded.into(),
    }
}

/// The stem of a folded word in a language.
#[must_use]
pub fn stem_of(folded: &str, lang: Option<Language>) -> String {
    stem(folded, Stemming::of(lang))
}

fn stem(folded: &str, stemming: Stemming) -> String {
    // Numbers and codes have no endings.
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        return folded.to_owned();
    }
    let snowball = |algorithm| Stemmer::new(algorithm).stem(folded).into_owned();
    let stem = match stemming {
        Stemming::Romanian => romanian::stem(folded),
        Stemming::Russian => snowball(Algorithm::Russian),
        Stemming::English => snowball(Algorithm::English),
        Stemming::Latvian => latvian::stem(folded),
        Stemming::Off => folded.to_owned(),
    };
    if stem.is_empty() {
        folded.to_owned()
    } else {
        stem
    }
}

/// Analyses many texts, remembering words that it has seen: for indexing and highlighting.
#[derive(Debug, Default)]
pub struct Analyzer {
    /// By language, then word.
    remembered: FxHashMap<Stemming, FxHashMap<Box<str>, Forms>>,
}

impl Analyzer {
    /// Calls `each` for every word of a text, in order.
    pub fn analyse(
        &mut self,
        text: &str,
        lang: Option<Language>,
        mut each: impl FnMut(&Word<'_>, &Forms),
    ) {
        for word in words(text) {
            let forms = self.forms(word.text, lang);
            if !forms.stem.is_empty() {
                each(&word, forms);
            }
        }
    }

    /// The forms of one word.
    pub fn forms(&mut self, word: &str, lang: Option<Language>) -> &Forms {
        let known = self.remembered.entry(Stemming::of(lang)).or_default();
        if !known.contains_key(word) {
            if known.len() >= MAX_REMEMBERED {
                known.clear();
            }
            known.insert(word.into(), forms(word, lang));
        }
        &known[word]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn joined(text: &str, lang: Language) -> String {
        let terms: Vec<String> = terms(text, Some(lang))
            .into_iter()
            .map(|t| t.term)
            .collect();
        terms.join(" ")
    }

    #[test]
    fn inflected_forms_share_a_term() {
        for (lang, one, other) in [
            (Language::RO, "locuințe protejate", "Locuintele PROTEJATE"),
            (Language::RO, "asociația", "asociatiei"),
            (Language::LV, "biedrība", "biedrībām"),
            (Language::LV, "bēgļu", "beglis"),
            (Language::LV, "ģimenēm", "ģimene"),
            (Language::RU, "социальные услуги", "социальных услуг"),
            (Language::EN, "grants", "grant"),
        ] {
            assert_eq!(joined(one, lang), joined(other, lang), "{one}");
        }
    }

    #[test]
    fn abbreviations_with_dots_are_words() {
        assert_eq!(
            joined("Federația O.N.G.-urilor", Language::RO)
                .split(' ')
                .nth(1),
            Some("ong")
        );
        assert_eq!(joined("до 15 т.г.", Language::RU), "до 15 тг");
    }

    #[test]
    fn romanian_in_cyrillic_meets_romanian_in_latin() {
        assert_eq!(
            joined("Асочияция копиилор", Language::RO),
            joined("Asociația copiilor", Language::RO)
        );
    }

    proptest! {
        #[test]
        fn ranges_lie_on_characters_and_in_order(text in "\\PC{0,60}", ro: bool) {
            let lang = if ro { Some(Language::RO) } else { Some(Language::LV) };
            let mut end = 0;
            for token in terms(&text, lang) {
                prop_assert!(token.range.start >= end);
                prop_assert!(!text[token.range.clone()].is_empty());
                end = token.range.end;
            }
        }

        #[test]
        fn the_remembering_analyzer_says_the_same(text in "[a-zăâîșțşţ .'-]{0,60}") {
            let mut analyzer = Analyzer::default();
            for _ in 0..2 {
                let mut got = Vec::new();
                analyzer.analyse(&text, Some(Language::RO), |word, forms| {
                    got.push((word.range.clone(), forms.stem.to_string()));
                });
                let plain: Vec<_> = terms(&text, Some(Language::RO)).into_iter().map(|t| (t.range, t.term)).collect();
                prop_assert_eq!(got, plain);
            }
        }
    }
}
