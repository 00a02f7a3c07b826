//! Whether the words of a query are in one text, where the index has it no more: in items that were withdrawn.

use super::marks::Marks;
use super::query::{Atom, Expression};
use super::{Index, SearchError};
use crate::domain::{Item, SearchRequest};
use crate::understanding::normalise::fold;

impl Index {
    /// Which of these items the request's words mean, read as in a search: in any inflection, and by the other names
    /// that the thesaurus has for them. Unlike a search, it shows nothing that has only some of the words, and guesses
    /// no other spelling.
    pub fn agrees<'a>(
        &self,
        request: &SearchRequest,
        items: impl Iterator<Item = &'a Item>,
    ) -> Result<Vec<bool>, SearchError> {
        let expression = self.0.answering().meant(request)?;
        let Some(expression) = expression else {
            return Ok(items.map(|_| true).collect());
        };
        let test = Test::of(&expression);
        Ok(items.map(|item| test.holds(item)).collect())
    }
}

/// An expression made ready to be held against texts.
enum Test {
    /// Stands in the title, or where that is not asked for, in the text or the name of the source.
    Stands {
        marks: Marks,
        title: bool,
    },
    /// Only in items of this language.
    In(crate::domain::Language, Box<Test>),
    /// The source's name or id has these words, folded.
    Source(Vec<String>),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
}

impl Test {
    fn of(expression: &Expression) -> Self {
        let atom = |atom: &Atom| Self::Stands {
            marks: Marks::of(Some(&Expression::Word(atom.clone()))),
            title: atom.title,
        };
        match expression {
            Expression::Word(word) => atom(word),
            Expression::Prefix(own) | Expression::Phrase(own) => Self::Stands {
                marks: Marks::of(Some(expression)),
                title: own.title,
            },
            Expression::Known(known) => {
                let typed = Self::All(known.typed.iter().map(atom).collect());
                let added = known.added.iter().map(|added| {
                    let phrase = Expression::Phrase(Atom {
                        text: added.text.clone(),
                        title: known.typed.iter().any(|atom| atom.title),
                    });
                    Self::In(added.lang, Box::new(Self::of(&phrase)))
                });
                Self::Any(std::iter::once(typed).chain(added).collect())
            }
            Expression::Source(name) => Self::Source(words(name)),
            Expression::By(atoms) => {
                Self::Source(atoms.iter().flat_map(|atom| words(&atom.text)).collect())
            }
            Expression::All(parts) => Self::All(parts.iter().map(Self::of).collect()),
            Expression::Any(parts) => Self::Any(parts.iter().map(Self::of).collect()),
            Expression::Not(part) => Self::Not(Box::new(Self::of(part))),
        }
    }

    fn holds(&self, item: &Item) -> bool {
        let lang = item.lang.map(|detected| detected.lang);
        match self {
            Self::Stands { marks, title } => {
                let found = |text: &str| !marks.find(text, lang).is_empty();
                found(&item.title) || (!title && (found(&item.text) || found(&item.source_name)))
            }
            Self::In(language, test) => lang == Some(*language) && test.holds(item),
            Self::Source(wanted) => {
                let own = words(&item.source_name);
                let is_id = wanted.join("-") == item.source.as_str();
                is_id || wanted.iter().all(|word| own.contains(word))
            }
            Self::All(tests) => tests.iter().all(|test| test.holds(item)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(item)),
            Self::Not(test) => !test.holds(item),
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
