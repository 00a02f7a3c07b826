//! From the two files of a dictionary to what [`super::Dictionary`] reads.

use std::borrow::Cow;
use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use tantivy_fst::MapBuilder;

use super::affixes::Affixes;
use super::{DictionaryError, Headwords, STEM, expand, write};
use crate::domain::Language;
use crate::understanding::analysis::{Stemming, stemmed};
use crate::understanding::normalise::{exact, fold};

/// Most words of a dictionary.
const MOST_WORDS: usize = 1_000_000;

/// Most forms of a dictionary, in all.
const MOST_FORMS: usize = 12_000_000;

/// Most rules tried in all; the Latvian dictionary tries some tens of millions.
const MOST_TRIES: u64 = 500_000_000;

/// Most letters of all forms together, in bytes.
const MOST_LETTERS: usize = 200_000_000;

/// A form of a word.
#[derive(Clone, Copy)]
struct Form {
    /// Its folded letters.
    folded: Letters,
    /// Its letters with diacritics.
    exact: Letters,
    /// The word that it is of, as a place in the list of words.
    word: u32,
}

/// Where letters begin and how many there are, in bytes.
#[derive(Clone, Copy)]
struct Letters {
    at: u32,
    len: u8,
}

/// A word of the dictionary.
struct Word {
    folded: String,
    /// How many forms it has.
    forms: u32,
    /// What the stemmer makes of it.
    stem: String,
}

/// All forms of all words.
#[derive(Default)]
struct Forms {
    letters: String,
    list: Vec<Form>,
    words: Vec<Word>,
}

impl Forms {
    fn text(&self, letters: Letters) -> &str {
        let at = letters.at as usize;
        &self.letters[at..at + usize::from(letters.len)]
    }

    fn keep(&mut self, text: &str) -> Option<Letters> {
        let letters = Letters {
            at: u32::try_from(self.letters.len()).ok()?,
            len: u8::try_from(text.len()).ok().filter(|len| *len > 0)?,
        };
        self.letters.push_str(text);
        Some(letters)
    }

    fn word(&self, form: &Form) -> &Word {
        &self.words[form.word as usize]
    }
}

/// Compiles a dictionary for a language from the bytes of its `.aff` and its `.dic` file.
///
/// Work and memory are bounded by the number of forms, whatever the files say: what would make more is refused.
pub fn compile(aff: &[u8], dic: &[u8], lang: Language) -> Result<Vec<u8>, DictionaryError> {
    let affixes = Affixes::parse(aff)?;
    let stemming = Stemming::of(Some(lang));
    let forms = expanded(&affixes.decode(dic), &affixes, stemming)?;
    match Headwords::of(lang) {
        Headwords::Lemmas => Ok(lemmas(&forms, stemming)),
        Headwords::Parts => Ok(parts(&forms, stemming)),
    }
}

/// Every form of every word in the order of the folded alphabet.
fn expanded(dic: &str, affixes: &Affixes, stemming: Stemming) -> Result<Forms, DictionaryError> {
    let mut all = Forms::default();
    let mut of_word = Vec::new();
    let mut budget = MOST_TRIES;
    for line in dic.lines() {
        let Some((word, flags)) = expand::entry(line, affixes) else {
            continue;
        };
        let folded = folded(word);
        if folded.is_empty() {
            continue;
        }
        of_word.clear();
        expand::forms(word, &flags, affixes, &mut of_word, &mut budget);
        for form in &mut of_word {
            *form = exact(form);
        }
        of_word.sort_unstable();
        of_word.dedup();
        let number = all.words.len() as u32;
        all.words.push(Word {
            stem: stemmed(&folded, stemming),
            folded,
            forms: of_word.len() as u32,
        });
        for form in &of_word {
            let Some(exact) = all.keep(form) else {
                continue;
            };
            let folded = match fold(form) {
                Cow::Borrowed(_) => exact,
                Cow::Owned(folded) => {
                    let Some(folded) = all.keep(&folded) else {
                        continue;
                    };
                    folded
                }
            };
            all.list.push(Form {
                folded,
                exact,
                word: number,
            });
        }
        if all.words.len() > MOST_WORDS
            || all.list.len() > MOST_FORMS
            || all.letters.len() > MOST_LETTERS
            || budget == 0
        {
            return Err(DictionaryError::TooLarge);
        }
    }
    let mut forms = std::mem::take(&mut all.list);
    forms.sort_unstable_by(|one, other| {
        (all.text(one.folded), one.word).cmp(&(all.text(other.folded), other.word))
    });
    all.list = forms;
    Ok(all)
}

fn folded(word: &str) -> String {
    fold(&exact(word)).into_owned()
}

/// Terms with their places.
#[derive(Default)]
struct Terms {
    list: Vec<String>,
    places: FxHashMap<String, u64>,
}

impl Terms {
    fn place(&mut self, term: &str) -> u64 {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        let place = self.list.len() as u64;
        self.list.push(term.to_owned());
        self.places.insert(term.to_owned(), place);
        place
    }
}

/// Each form gets its word. A form of several words gets the one that stands so with its diacritics; what remains is
/// decided by [`rank`].
fn lemmas(all: &Forms, stemming: Stemming) -> Vec<u8> {
    // Keys with the word and the stem of each.
    let mut chosen: Vec<(&str, String, String)> = Vec::new();
    for group in all
        .list
        .chunk_by(|one, other| all.text(one.folded) == all.text(other.folded))
    {
        let key = all.text(group[0].folded);
        let stem = stemmed(key, stemming);
        let best = |exact: Option<&str>| {
            let fitting = group
                .iter()
                .filter(|form| exact.is_none_or(|exact| all.text(form.exact) == exact));
            let best = fitting.min_by_key(|form| rank(all, form, &stem));
            best.map(|form| term(all.word(form), key))
        };
        let Some(usual) = best(Some(key)).or_else(|| best(None)) else {
            continue;
        };
        for form in group {
            let exact = all.text(form.exact);
            if exact != key
                && let Some(word) = best(Some(exact)).filter(|word| *word != usual)
            {
                chosen.push((exact, word, stem.clone()));
            }
        }
        chosen.push((key, usual, stem));
    }
    // By stem: the word that has it most often.
    let mut votes: FxHashMap<(&str, &str), u32> = FxHashMap::default();
    for (_, word, stem) in &chosen {
        *votes.entry((stem.as_str(), word.as_str())).or_default() += 1;
    }
    let mut likeliest: FxHashMap<&str, (u32, &str)> = FxHashMap::default();
    for ((stem, word), count) in votes {
        let best = likeliest.entry(stem).or_insert((count, word));
        if (count, word) > *best {
            *best = (count, word);
        }
    }
    let mut terms = Terms::default();
    let mut keys: Vec<(Vec<u8>, u64)> = Vec::new();
    for (stem, (_, word)) in &likeliest {
        let mut key = vec![STEM];
        key.extend_from_slice(stem.as_bytes());
        keys.push((key, terms.place(word)));
    }
    for (form, word, stem) in &chosen {
        if !form.is_ascii()
            || likeliest
                .get(stem.as_str())
                .is_none_or(|(_, best)| best != word)
        {
            keys.push((form.as_bytes().to_vec(), terms.place(word)));
        }
    }
    built(keys, &terms.list)
}

/// Most forms of an adjective.
const ADJECTIVE: u32 = 150;

/// Which of several words a form is taken for, the least first. Adjectives come first; between noun and verb the ending
/// decides; then what the stemmer says, then the word with most forms.
fn rank<'a>(all: &'a Forms, form: &Form, stem: &str) -> (u8, bool, Reverse<u32>, &'a str) {
    let word = all.word(form);
    // `runā, spēlē, dzīvo, krīt`: sooner he speaks, plays, lives, falls than a case of a noun.
    let verbal = all
        .text(form.exact)
        .ends_with(|c: char| !matches!(c, 'a' | 'e' | 'i' | 'ī' | 'u' | 's' | 'm' | 'š'));
    // Told apart by how many forms they have.
    let class = match word.forms {
        0..=30 => 2,
        31..=ADJECTIVE => 0,
        _ if verbal => 1,
        _ => 3,
    };
    (class, word.stem != stem, Reverse(word.forms), &word.folded)
}

/// The term of a form: its word, but that reflexive verbs, nouns in -šana and diminutives, which the dictionary makes of
/// other words, are words of their own.
fn term(word: &Word, form: &str) -> String {
    let lemma = &word.folded;
    if word.forms > ADJECTIVE && lemma.ends_with('t') {
        if let Some(at) = form
            .rfind("san")
            .filter(|at| *at > 1 && form.len() - at <= 6)
        {
            let reflexive = form.ends_with("anas") || form.ends_with("anos");
            return format!("{}san{}", &form[..at], if reflexive { "as" } else { "a" });
        }
        if is_reflexive(form) {
            return format!("{lemma}ies");
        }
    } else if word.forms <= ADJECTIVE
        && let Some(at) = form
            .rfind("in")
            .filter(|at| *at > 2 && form.len() - at <= 5)
        && lemma.get(at..at + 2) != Some("in")
    {
        return form[..at + 2].to_owned();
    }
    lemma.clone()
}

/// Whether a folded form of a verb is reflexive.
fn is_reflexive(form: &str) -> bool {
    if form.ends_with("ies") {
        return true;
    }
    let rest = form.strip_suffix("as").or_else(|| form.strip_suffix("os"));
    // Participles have these endings too.
    rest.is_some_and(|rest| {
        !["t", "os", "us", "am", "taj", "saj", "maj"]
            .iter()
            .any(|end| rest.ends_with(end))
    })
}

/// Each form that the stemmer parts from its word gets the word's stem.
fn parts(all: &Forms, stemming: Stemming) -> Vec<u8> {
    let mut terms = Terms::default();
    let mut keys = Vec::new();
    for group in all
        .list
        .chunk_by(|one, other| all.text(one.folded) == all.text(other.folded))
    {
        let text = all.text(group[0].folded);
        let own = stemmed(text, stemming);
        if group.iter().any(|form| all.word(form).stem == own) {
            continue;
        }
        let words = group.iter().map(|form| all.word(form));
        if let Some(best) = words.max_by_key(|word| (word.forms, &word.folded)) {
            keys.push((text.as_bytes().to_vec(), terms.place(&best.stem)));
        }
    }
    built(keys, &terms.list)
}

fn built(mut keys: Vec<(Vec<u8>, u64)>, terms: &[String]) -> Vec<u8> {
    keys.sort_unstable();
    keys.dedup_by(|one, other| one.0 == other.0);
    let mut builder = MapBuilder::memory();
    for (key, place) in keys {
        // In order and without doubles, a map in memory takes everything.
        if builder.insert(key, place).is_err() {
            break;
        }
    }
    write(terms, &builder.into_inner().unwrap_or_default())
}
