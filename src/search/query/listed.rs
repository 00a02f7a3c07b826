//! An [`Expression`] of words and what is known of them, as ways that posting lists alone can answer.

use tantivy::Term;

use super::plan::{ADDED, TIE, by, is_content, needs_words};
use super::{Added, Expression, Known, Plan};
use crate::domain::Language;
use crate::search::ways::Way;

impl Plan<'_> {
    /// What [`Plan::query`] finds where all words are wanted, by language; `None` for what takes more than words and labels.
    ///
    /// An item has one language, so that no item is found in two of them.
    pub fn ways(&self, expression: &Expression) -> Option<Vec<Way>> {
        if !needs_words(expression) {
            return None;
        }
        let langs = self.langs().iter();
        langs.map(|lang| self.way(expression, *lang)).collect()
    }

    fn way(&self, expression: &Expression, lang: Option<Language>) -> Option<Way> {
        match expression {
            Expression::Word(_) => Some(Way::Words {
                terms: self.terms(expression, lang).collect(),
                boost: 1.0,
            }),
            Expression::Known(known) => Some(self.known_way(known, lang)),
            Expression::Any(parts) => {
                let ways = parts.iter().map(|part| self.way(part, lang));
                Some(Way::Any(ways.collect::<Option<_>>()?))
            }
            Expression::All(parts) => {
                let plain =
                    |part: &Expression| matches!(part, Expression::Word(_) | Expression::Known(_));
                if !parts.iter().all(plain) {
                    return None;
                }
                // Words that say little decide nothing, unless there are no others.
                let any = parts.iter().any(is_content);
                let parts = parts.iter().filter(|part| !any || is_content(part));
                let (mut terms, mut ways) = (Vec::new(), Vec::new());
                for part in parts {
                    match part {
                        Expression::Known(known) => ways.push(self.known_way(known, lang)),
                        word => terms.extend(self.terms(word, lang)),
                    }
                }
                if !terms.is_empty() {
                    ways.insert(0, Way::Words { terms, boost: 1.0 });
                }
                Some(Way::All(ways))
            }
            _ => None,
        }
    }

    fn terms(&self, expression: &Expression, lang: Option<Language>) -> impl Iterator<Item = Term> {
        let word = match expression {
            Expression::Word(atom) => Some(self.term(atom, lang)),
            _ => None,
        };
        word.into_iter()
    }

    fn known_way(&self, known: &Known, lang: Option<Language>) -> Way {
        let terms = known.content().map(|atom| self.term(atom, lang));
        let mut ways = vec![Way::Words {
            terms: terms.collect(),
            boost: 1.0,
        }];
        let added = known.added.iter().filter(|added| lang == Some(added.lang));
        ways.extend(added.filter_map(|added| self.label_way(added)));
        if known.named {
            ways.push(Way::Other(by(self.fields, &known.typed, lang)));
        }
        Way::Best(ways, TIE)
    }

    fn label_way(&self, added: &Added) -> Option<Way> {
        let field = self.fields.text;
        let terms = added.terms().iter();
        let terms: Vec<Term> = terms
            .map(|term| Term::from_field_text(field, term))
            .collect();
        match terms.len() {
            0 => None,
            1 => Some(Way::Words {
                terms,
                boost: ADDED,
            }),
            _ => Some(Way::Label {
                terms,
                boost: ADDED,
            }),
        }
    }
}
