//! Text to index terms: words, normalised, folded, then stemmed in the text's language.
//!
//! Folding comes before stemming, so that a word typed without its diacritics gets the same term as with them.

pub mod dictionary;

mod english;
mod latvian;
mod romanian;
mod russian;
mod ukrainian;
mod words;

use std::ops::Range;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use dictionary::Dictionary;

use super::normalise::{exact, fold, is_cyrillic, romanian_in_latin};
use crate::domain::Language;

pub use words::{Word, words};

/// Changes whenever any text gets other terms than before: an index made with another number is made anew.
pub const VERSION: u32 = 4;

/// The languages whose words are brought to a stem; all others are only folded.
pub const STEMMED: [Language; 5] = [
    Language::RO,
    Language::LV,
    Language::RU,
    Language::EN,
    Language::UK,
];

/// Longest term, in characters; what is longer is no word that anybody searches.
const MAX_TERM: usize = 64;

/// How many ways of stemming there are: five languages, and none.
const WAYS: usize = STEMMED.len() + 1;

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
    Ukrainian,
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
            Some(Language::UK) => Self::Ukrainian,
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
    let stem = term(&exact, &folded, stemming, lang);
    Forms {
        exact: exact.into(),
        stem: stem.into(),
        folded: folded.into(),
    }
}

/// The words that were asked for last, by way of stemming. One for all of the process: searches on all threads show much the
/// same words.
static LATELY: [RwLock<FxHashMap<Box<str>, Arc<Forms>>>; WAYS] =
    [const { RwLock::new(FxHashMap::with_hasher(FxBuildHasher)) }; WAYS];

/// As [`forms`], remembering what was asked for: for words of queries and of the texts that are shown.
#[must_use]
pub fn forms_again(word: &str, lang: Option<Language>) -> Arc<Forms> {
    let lately = &LATELY[Stemming::of(lang) as usize];
    let known = lately.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(forms) = known.get(word) {
        return forms.clone();
    }
    drop(known);
    let found = Arc::new(forms(word, lang));
    if word.len() <= MAX_TERM {
        let mut known = lately.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_REMEMBERED {
            known.clear();
        }
        known.insert(word.into(), found.clone());
    }
    found
}

/// The stem of a folded word in a language.
#[must_use]
pub fn stem_of(folded: &str, lang: Option<Language>) -> String {
    term(folded, folded, Stemming::of(lang), lang)
}

/// The dictionaries in use, by language.
#[derive(Debug, Default)]
pub struct Dictionaries {
    by_language: Vec<(Language, Dictionary)>,
    /// Changes with any of them.
    fingerprint: String,
}

impl Dictionaries {
    /// Puts dictionaries together; the text names them and changes when they do.
    #[must_use]
    pub fn new(by_language: Vec<(Language, Dictionary)>, fingerprint: String) -> Self {
        Self {
            by_language,
            fingerprint,
        }
    }
}

/// One for all of the process: documents, queries and marks must be analysed alike.
static DICTIONARIES: OnceLock<Dictionaries> = OnceLock::new();

/// Puts dictionaries to use, once, before anything is analysed; without it there are none. False: there were some already.
pub fn use_dictionaries(dictionaries: Dictionaries) -> bool {
    DICTIONARIES.set(dictionaries).is_ok()
}

/// Changes whenever any text gets other terms than before.
#[must_use]
pub fn fingerprint() -> String {
    match DICTIONARIES.get() {
        Some(used) if !used.fingerprint.is_empty() => format!("{VERSION}, {}", used.fingerprint),
        _ => VERSION.to_string(),
    }
}

fn term(exact: &str, folded: &str, stemming: Stemming, lang: Option<Language>) -> String {
    let stem = stemmed(folded, stemming);
    let dictionary = DICTIONARIES.get().and_then(|used| {
        let mut known = used.by_language.iter();
        known.find(|(known, _)| Some(*known) == lang)
    });
    match dictionary.and_then(|(_, dictionary)| dictionary.term(exact, folded, &stem)) {
        Some(term) => term.to_owned(),
        None => stem,
    }
}

fn stemmed(folded: &str, stemming: Stemming) -> String {
    // Numbers and codes have no endings.
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        return folded.to_owned();
    }
    let stem = match stemming {
        Stemming::Romanian => romanian::stem(folded),
        Stemming::Russian => russian::stem(folded),
        Stemming::English => english::stem(folded),
        Stemming::Ukrainian => ukrainian::stem(folded),
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
    /// By language.
    remembered: FxHashMap<Stemming, Seen>,
}

impl Analyzer {
    /// Calls `each` for every word of a text, in order.
    pub fn analyse(
        &mut self,
        text: &str,
        lang: Option<Language>,
        mut each: impl FnMut(&Word<'_>, &Forms),
    ) {
        let known = self.remembered.entry(Stemming::of(lang)).or_default();
        for word in words(text) {
            let forms = known.forms(word.text, lang);
            if !forms.stem.is_empty() {
                each(&word, forms);
            }
        }
    }

    /// The forms of one word.
    pub fn forms(&mut self, word: &str, lang: Option<Language>) -> &Forms {
        let known = self.remembered.entry(Stemming::of(lang)).or_default();
        known.forms(word, lang)
    }
}

/// The words seen of a language, with their forms.
#[derive(Debug, Default)]
struct Seen {
    places: FxHashMap<Box<str>, u32>,
    forms: Vec<Forms>,
    /// Of what was not worth remembering.
    last: Option<Forms>,
}

impl Seen {
    fn forms(&mut self, word: &str, lang: Option<Language>) -> &Forms {
        // Numbers hardly ever come again, and would take the place of what does.
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.last.insert(forms(word, lang));
        }
        let place = self.places.get(word).copied().unwrap_or_else(|| {
            if self.forms.len() >= MAX_REMEMBERED {
                self.places.clear();
                self.forms.clear();
            }
            let place = self.forms.len() as u32;
            self.forms.push(forms(word, lang));
            self.places.insert(word.into(), place);
            place
        });
        &self.forms[place as usize]
    }
}

#[cfg(test)]
mod tests;
