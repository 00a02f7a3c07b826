//! Words that no item has, and the known words one letter away from them.

use std::collections::HashMap;

use tantivy::Term;
use tantivy_fst::Automaton;

use super::query::{Atom, Expression, every_way, is_content, stem};
use super::schema::FOLDED;
use super::snapshot::Snapshot;
use crate::understanding::normalise::{exact, fold};

/// Shorter words are a letter away from too many others.
const SHORTEST: usize = 4;

/// Longest word looked at, in letters.
const LONGEST: usize = 40;

/// Most words that are put right in one query.
const MOST_WORDS: usize = 8;

/// How much rarer a word with another first letter may be thought: people seldom mistype that one (Yannakoudakis and
/// Fawthrop, 1983: 1.4 % of errors).
const SAME_START: u64 = 8;

/// An expression with known words for unknown ones; `None` where all are known or nothing is near.
pub(super) fn corrected(
    expression: &Expression,
    snapshot: &Snapshot,
) -> tantivy::Result<Option<Expression>> {
    let mut better = expression.clone();
    let mut left = MOST_WORDS;
    let changed = correct(&mut better, snapshot, &mut left)?;
    Ok(changed.then_some(better))
}

fn correct(
    expression: &mut Expression,
    snapshot: &Snapshot,
    left: &mut usize,
) -> tantivy::Result<bool> {
    let mut changed = false;
    match expression {
        Expression::Word(_) if !is_content(expression) => {}
        Expression::Word(atom) => changed = correct_word(atom, snapshot, left)?,
        Expression::Phrase(atom) => {
            let mut words = Vec::new();
            for word in atom.text.split(' ') {
                let mut word = Atom {
                    text: word.to_owned(),
                    title: atom.title,
                };
                changed |= correct_word(&mut word, snapshot, left)?;
                words.push(word.text);
            }
            atom.text = words.join(" ");
        }
        Expression::All(parts) | Expression::Any(parts) => {
            for part in parts {
                changed |= correct(part, snapshot, left)?;
            }
        }
        Expression::Known(_)
        | Expression::Prefix(_)
        | Expression::By(_)
        | Expression::Source(_)
        | Expression::Not(_) => {}
    }
    Ok(changed)
}

fn correct_word(atom: &mut Atom, snapshot: &Snapshot, left: &mut usize) -> tantivy::Result<bool> {
    let folded = fold(&exact(&atom.text)).into_owned();
    let letters = folded.chars().count();
    if !(SHORTEST..=LONGEST).contains(&letters)
        || folded.contains(|c: char| c.is_ascii_digit())
        || *left == 0
        || is_known(atom, snapshot)?
    {
        return Ok(false);
    }
    *left -= 1;
    let Some(better) = nearest(&folded, snapshot)? else {
        return Ok(false);
    };
    atom.text = better;
    Ok(true)
}

/// Whether any item or the name of its source has a word, in any inflection.
fn is_known(atom: &Atom, snapshot: &Snapshot) -> tantivy::Result<bool> {
    for lang in every_way() {
        let stem = stem(&atom.text, lang);
        for field in [snapshot.fields.text, snapshot.fields.by] {
            if snapshot
                .searcher
                .doc_freq(&Term::from_field_text(field, &stem))?
                > 0
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The commonest word within one edit of a folded one, as it is mostly spelt.
fn nearest(folded: &str, snapshot: &Snapshot) -> tantivy::Result<Option<String>> {
    let near = Near::new(folded);
    // By folded form: how many items have it, by spelling.
    let mut found: HashMap<String, HashMap<String, u64>> = HashMap::new();
    for segment in snapshot.searcher.segment_readers() {
        let index = segment.inverted_index(snapshot.fields.word)?;
        let mut terms = index.terms().search(&near).into_stream()?;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            let spellings = found.entry(fold(term).into_owned()).or_default();
            *spellings.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
        }
    }
    if found.contains_key(folded) {
        return Ok(None);
    }
    let start = folded.chars().next();
    let best = found.into_iter().max_by_key(|(form, spellings)| {
        let items: u64 = spellings.values().sum();
        let weight = if form.chars().next() == start {
            SAME_START
        } else {
            1
        };
        // The last makes the choice the same every time.
        (items * weight, std::cmp::Reverse(form.clone()))
    });
    let spelling = best.and_then(|(_, spellings)| {
        spellings
            .into_iter()
            .max_by_key(|(spelling, items)| (*items, std::cmp::Reverse(spelling.clone())))
    });
    Ok(spelling.map(|(spelling, _)| spelling))
}

/// Accepts words that are, without their diacritics, at most one edit from another: a letter more, less or other, or two
/// neighbours exchanged (Damerau 1964).
struct Near {
    word: Vec<char>,
}

/// How far a term has been read.
#[derive(Clone, Default)]
struct Reading {
    /// Bytes of a character that is not complete.
    pending: [u8; 4],
    bytes: usize,
    /// Letters of the word that were met without any edit.
    whole: Option<usize>,
    /// Bit n: n letters of the word were met with one edit.
    edited: u64,
    /// The letter that has to follow, where two are exchanged, and what is met then.
    exchanged: Option<(char, usize)>,
}

impl Near {
    fn new(word: &str) -> Self {
        Self {
            word: word.chars().take(LONGEST).collect(),
        }
    }

    fn step(&self, from: &Reading, letter: char) -> Reading {
        let at = |place: usize| self.word.get(place).copied();
        let mut to = Reading::default();
        let mut bits = from.edited;
        while bits != 0 {
            let place = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            if at(place) == Some(letter) {
                to.edited |= 1 << (place + 1);
            }
        }
        if let Some((wanted, place)) = from.exchanged
            && wanted == letter
        {
            to.edited |= 1 << place;
        }
        if let Some(place) = from.whole {
            // One letter more.
            to.edited |= 1 << place;
            if place < self.word.len() {
                // Another one.
                to.edited |= 1 << (place + 1);
            }
            if at(place + 1) == Some(letter) {
                // One left out, or two exchanged.
                to.edited |= 1 << (place + 2);
                to.exchanged = at(place).map(|first| (first, place + 2));
            }
            if at(place) == Some(letter) {
                to.whole = Some(place + 1);
            }
        }
        to
    }
}

impl Automaton for Near {
    type State = Reading;

    fn start(&self) -> Reading {
        Reading {
            whole: Some(0),
            ..Reading::default()
        }
    }

    fn is_match(&self, state: &Reading) -> bool {
        let end = self.word.len();
        state.bytes == 0
            && (state.edited >> end & 1 == 1
                || state
                    .whole
                    .is_some_and(|place| place == end || place + 1 == end))
    }

    fn can_match(&self, state: &Reading) -> bool {
        state.whole.is_some() || state.edited != 0 || state.exchanged.is_some()
    }

    fn accept(&self, state: &Reading, byte: u8) -> Reading {
        let mut state = state.clone();
        if state.bytes == state.pending.len() {
            return Reading::default();
        }
        state.pending[state.bytes] = byte;
        state.bytes += 1;
        let letter = match std::str::from_utf8(&state.pending[..state.bytes]) {
            Ok(letter) => letter,
            // More bytes are to come.
            Err(error) if error.error_len().is_none() => return state,
            Err(_) => return Reading::default(),
        };
        if letter.starts_with(FOLDED) {
            return Reading::default();
        }
        let mut to = Reading {
            bytes: 0,
            ..state.clone()
        };
        for letter in fold(letter).chars() {
            to = self.step(&to, letter);
        }
        to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn accepts(word: &str, term: &str) -> bool {
        let near = Near::new(word);
        let mut state = near.start();
        for byte in term.bytes() {
            state = near.accept(&state, byte);
            if !near.can_match(&state) {
                return false;
            }
        }
        near.is_match(&state)
    }

    /// The distance of Damerau and Levenshtein, by its definition.
    fn distance(a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let other = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (rows[i - 1][j] + 1)
                        .min(rows[i][j - 1] + 1)
                        .min(rows[i - 1][j - 1] + other);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(rows[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        rows[a.len()][b.len()]
    }

    #[test]
    fn one_edit_is_near_and_diacritics_are_none() {
        for near in [
            "locuințe",
            "locuinte",
            "locuinta",
            "locuinet",
            "ocuinte",
            "xlocuinte",
            "locuințele",
        ] {
            assert_eq!(accepts("locuinte", near), near != "locuințele", "{near}");
        }
        assert!(accepts("грант", "гранты") && accepts("грант", "грнат"));
        assert!(!accepts("locuinte", "~locuinte"));
    }

    proptest! {
        #[test]
        fn the_automaton_agrees_with_the_definition(word in "[abc]{1,7}", term in "[abcăâ]{0,8}") {
            let near = distance(&word, &fold(&term)) <= 1;
            prop_assert_eq!(accepts(&word, &term), near, "{} {}", word, term);
        }
    }
}
