//! What lifts a result above others that have the same words: where they stand, how they are spelt, that they stand together.
//!
//! These are looked up for the best few by plain score alone: for all that match they would cost more than the search.

use tantivy::Term;
use tantivy::query::{PhraseQuery, Query};
use tantivy::schema::Field;

use super::plan::{is_content, spelt, stem};
use super::{Atom, Expression, Plan};
use crate::domain::{Language, TopicId};
use crate::understanding::analysis::words;

/// In the title, in any inflection.
const TITLE: f32 = 1.5;
/// Spelt just so.
const EXACT: f32 = 1.0;
/// Spelt so but for diacritics.
const SAME_FOLDED: f32 = 0.2;
/// The item is about what the words are called.
const ABOUT: f32 = 0.5;
/// The words stand together as typed.
const TOGETHER: f32 = 1.0;
/// They do so in the title.
const TOGETHER_IN_TITLE: f32 = 1.5;

/// Most words of a query whose standing together counts.
const MOST_TOGETHER: usize = 5;

/// Most words that are looked up.
const MOST_WORDS: usize = 12;

/// What lifts an item by the score that it has for it.
pub(in crate::search) enum Wish {
    /// It has this word.
    Word(Term),
    /// The index finds it so.
    Query(Box<dyn Query>),
}

/// What is wished for, and how much its score counts.
pub(in crate::search) type Bonus = (Wish, f32);

impl Plan<'_> {
    /// The bonuses of an expression for items of these languages (`None`: those without a stemmer).
    pub fn bonuses(&self, expression: &Expression, langs: &[Option<Language>]) -> Vec<Bonus> {
        let fields = self.fields;
        let mut bonuses: Vec<Bonus> = Vec::new();
        let mut add = |field: Field, term: &str, weight: f32| {
            let term = Term::from_field_text(field, term);
            bonuses.push((Wish::Word(term), weight));
        };
        let (mut atoms, mut concepts) = (Vec::new(), Vec::new());
        collect(expression, &mut atoms, &mut concepts);
        for concept in concepts.into_iter().take(MOST_WORDS) {
            add(fields.topic, concept.as_str(), ABOUT);
        }
        for atom in atoms.into_iter().take(MOST_WORDS) {
            for lang in langs {
                add(fields.title, &stem(&atom.text, *lang), TITLE);
            }
            let (just_so, folded) = spelt(&atom.text);
            let same = folded.iter().map(|folded| (folded, SAME_FOLDED));
            for (term, weight) in same.chain([(&just_so, EXACT)]) {
                add(fields.title_word, term, weight);
                if !atom.title {
                    add(fields.word, term, weight);
                }
            }
        }
        if let Some(phrase) = together(expression) {
            for lang in langs {
                for (field, weight) in [(fields.text, TOGETHER), (fields.title, TOGETHER_IN_TITLE)]
                {
                    let terms = phrase
                        .iter()
                        .map(|word| Term::from_field_text(field, &stem(word, *lang)))
                        .collect();
                    let phrase = PhraseQuery::new(terms);
                    bonuses.push((Wish::Query(Box::new(phrase)), weight));
                }
            }
        }
        bonuses
    }
}

/// The words that matter and the concepts called so, but for those excluded.
fn collect<'e>(
    expression: &'e Expression,
    atoms: &mut Vec<&'e Atom>,
    concepts: &mut Vec<&'e TopicId>,
) {
    match expression {
        Expression::Word(atom) if is_content(expression) => atoms.push(atom),
        Expression::Known(known) => {
            atoms.extend(known.content());
            concepts.extend(&known.concepts);
        }
        Expression::All(parts) | Expression::Any(parts) => {
            for part in parts {
                collect(part, atoms, concepts);
            }
        }
        _ => {}
    }
}

/// Two to five words typed one after the other.
fn together(expression: &Expression) -> Option<Vec<&str>> {
    let parts = match expression {
        Expression::All(parts) => parts.as_slice(),
        Expression::Known(_) => std::slice::from_ref(expression),
        _ => return None,
    };
    let mut found = Vec::new();
    for part in parts {
        match part {
            Expression::Word(atom) if !atom.title => {
                found.extend(words(&atom.text).map(|word| word.text));
            }
            Expression::Known(known) => {
                let typed = known.typed.iter().flat_map(|atom| words(&atom.text));
                found.extend(typed.map(|word| word.text));
            }
            Expression::Not(_) | Expression::Source(_) => {}
            _ => return None,
        }
    }
    (2..=MOST_TOGETHER).contains(&found.len()).then_some(found)
}
