//! The words of a query that name a source: what it publishes is meant as well, though it seldom says its own name.
//!
//! A word stands in a name and in texts alike, so that it says who or what. Which one is meant shows in how often it does
//! either: "Caritas" is hardly ever written but by or about Caritas, while "children" is in the names of a few sources
//! and in the texts of all.

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocSet, TERMINATED, Term};

use super::plan::{by, every_way, is_content, stem};
use super::{Atom, Expanded, Expression, Known};
use crate::search::snapshot::Snapshot;
use crate::understanding::analysis::words;

/// Longest run of words that is looked up.
const LONGEST: usize = 8;

/// Most words of a query that a name may begin with.
const MOST_STARTS: usize = 16;

/// A word that is in the text of more items than this for each item of a source so named is an ordinary one.
const ORDINARY: u64 = 6;

/// A word in the names of sources that have a larger part of all items than one in so many tells no source from others.
const FEWEST: u64 = 20;

/// In an index of few items that part says nothing.
const ENOUGH: u64 = 100;

/// An expression in which the words that name sources say so. What is excluded or wanted in a field stays as it
/// is. `expanded` loses what was added for parts of a name.
pub(in crate::search) fn name(
    expression: Expression,
    expanded: &mut Expanded,
    snapshot: &Snapshot,
) -> tantivy::Result<Expression> {
    let mut naming = Naming {
        snapshot,
        expanded,
        left: MOST_STARTS,
    };
    naming.within(expression)
}

struct Naming<'a> {
    snapshot: &'a Snapshot,
    expanded: &'a mut Expanded,
    /// Words that may still be looked up.
    left: usize,
}

impl Naming<'_> {
    fn within(&mut self, expression: Expression) -> tantivy::Result<Expression> {
        Ok(match expression {
            Expression::Word(_) | Expression::Known(_) | Expression::Phrase(_) => {
                let mut parts = self.sequence(vec![expression])?;
                // One part in is one part out.
                parts.pop().unwrap_or(Expression::All(Vec::new()))
            }
            Expression::All(parts) => {
                let parts = parts
                    .into_iter()
                    .map(|part| match part {
                        Expression::Word(_) | Expression::Known(_) | Expression::Phrase(_) => {
                            Ok(part)
                        }
                        _ => self.within(part),
                    })
                    .collect::<tantivy::Result<_>>()?;
                let mut parts = self.sequence(parts)?;
                match (parts.pop(), parts.is_empty()) {
                    (Some(only), true) => only,
                    (last, _) => {
                        parts.extend(last);
                        Expression::All(parts)
                    }
                }
            }
            Expression::Any(parts) => {
                let parts = parts.into_iter().map(|part| self.within(part));
                Expression::Any(parts.collect::<tantivy::Result<_>>()?)
            }
            other => other,
        })
    }

    /// Joins parts next to each other that are a name.
    fn sequence(&mut self, parts: Vec<Expression>) -> tantivy::Result<Vec<Expression>> {
        let mut out = Vec::with_capacity(parts.len());
        let mut rest = parts.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let length = self.longest(rest)?;
            if length == 0 {
                out.push(first.clone());
                rest = after;
                continue;
            }
            let (run, after) = rest.split_at(length);
            rest = after;
            out.push(self.joined(run));
        }
        Ok(out)
    }

    /// Parts that are a name.
    fn joined(&mut self, run: &[Expression]) -> Expression {
        let typed: Vec<Atom> = run.iter().flat_map(atoms).collect();
        match run {
            [Expression::Known(known)] => Expression::Known(Known {
                named: true,
                ..known.clone()
            }),
            [Expression::Phrase(_)] => Expression::Any(vec![run[0].clone(), Expression::By(typed)]),
            _ if run.iter().any(is_phrase) => {
                Expression::Any(vec![Expression::All(run.to_vec()), Expression::By(typed)])
            }
            _ => {
                for part in run {
                    if let Expression::Known(part) = part {
                        self.expanded.remove(&part.to_string());
                    }
                }
                Expression::Known(Known {
                    typed,
                    named: true,
                    ..Known::default()
                })
            }
        }
    }

    /// How many parts the longest name has that these begin with.
    fn longest(&mut self, parts: &[Expression]) -> tantivy::Result<usize> {
        let says = |part: &Expression| is_content(part) || is_phrase(part);
        if self.left == 0 || !parts.first().is_some_and(says) {
            return Ok(0);
        }
        self.left -= 1;
        let mut name: Vec<Atom> = Vec::new();
        let (mut length, mut rarest, mut fewest) = (0, u64::MAX, u64::MAX);
        // Words of the thesaurus or a phrase.
        let mut is_other = false;
        for (place, part) in parts.iter().enumerate() {
            let added = atoms(part);
            if added.is_empty() || name.len() + added.len() > LONGEST {
                break;
            }
            for atom in &added {
                fewest = fewest.min(self.count(atom, self.snapshot.fields.by)?);
            }
            if fewest == 0 {
                break;
            }
            for atom in &added {
                rarest = rarest.min(self.count(atom, self.snapshot.fields.text)?);
            }
            name.extend(added);
            is_other |= !matches!(part, Expression::Word(_));
            // Plain words that stand one after the other as in a name can hardly be anything else.
            let ordinary = rarest > fewest.saturating_mul(ORDINARY)
                || fewest > ENOUGH.max(self.snapshot.searcher.num_docs() / FEWEST);
            if (name.len() == 1 || is_other) && ordinary {
                continue;
            }
            // A single word of the sector says what is looked for, not whose.
            if name.len() == 1 && matches!(part, Expression::Known(_)) {
                continue;
            }
            if says(part) && (name.len() == 1 || self.exists(&name)?) {
                length = place + 1;
            }
        }
        Ok(length)
    }

    /// How many items have a word in a field, in any language.
    fn count(&self, atom: &Atom, field: tantivy::schema::Field) -> tantivy::Result<u64> {
        let mut count = 0;
        for lang in every_way() {
            let term = Term::from_field_text(field, &stem(&atom.text, lang));
            count += self.snapshot.searcher.doc_freq(&term)?;
        }
        Ok(count)
    }

    /// Whether any item's source has these words in its name, one after the other.
    fn exists(&self, words: &[Atom]) -> tantivy::Result<bool> {
        let searcher = &self.snapshot.searcher;
        for lang in every_way() {
            let query = by(&self.snapshot.fields, words, lang);
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            for segment in searcher.segment_readers() {
                if weight.scorer(segment, 1.0)?.doc() != TERMINATED {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// The words of a part that can be of a name.
fn atoms(part: &Expression) -> Vec<Atom> {
    match part {
        Expression::Word(atom) | Expression::Phrase(atom) if !atom.title => words(&atom.text)
            .map(|word| Atom {
                text: word.text.to_owned(),
                title: false,
            })
            .collect(),
        Expression::Known(known) => known.typed.clone(),
        _ => Vec::new(),
    }
}

fn is_phrase(part: &Expression) -> bool {
    matches!(part, Expression::Phrase(atom) if !atom.title)
}
