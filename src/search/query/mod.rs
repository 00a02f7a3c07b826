//! The query language: what people type becomes an [`Expression`], and that a search of the index.

mod bonus;
mod expand;
mod listed;
mod named;
mod parse;
mod plan;
mod stop;

use std::sync::{Arc, OnceLock};

use super::marks::Mark;
use crate::domain::{Language, TopicId};
use crate::understanding::analysis::words;

pub(super) use bonus::{Bonus, Wish};
pub(super) use expand::{Expanded, Expander};
pub(super) use named::name;
pub(super) use parse::{Parsed, parse};
pub(super) use plan::{LOOSE, Plan, Reach, every_way, is_content, stem};

/// What a query means. At most [`parse::MAX_DEPTH`] deep and [`parse::MAX_ATOMS`] wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// A word, in any inflection.
    Word(Atom),
    /// Words that the thesaurus knows or that name a source, and what else is meant by them.
    Known(Known),
    /// Words beginning like this.
    Prefix(Atom),
    /// Words one after the other.
    Phrase(Atom),
    /// Items of sources whose name has these words.
    Source(String),
    /// What sources publish that are called so.
    By(Vec<Atom>),
    /// All of them.
    All(Vec<Expression>),
    /// Any of them.
    Any(Vec<Expression>),
    /// Without it.
    Not(Box<Expression>),
}

/// Text to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// As typed.
    pub text: String,
    /// Only in titles.
    pub title: bool,
}

/// Words of a query that are a label of the thesaurus or the name of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::search) struct Known {
    /// The words, as typed; never empty.
    pub typed: Vec<Atom>,
    /// The other labels.
    pub added: Vec<Added>,
    /// The concepts that are called so.
    pub concepts: Vec<TopicId>,
    /// Sources are called so: what they publish is found as well.
    pub named: bool,
}

/// A label that was added to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Added {
    /// The language whose items it is looked for in.
    pub lang: Language,
    /// The label.
    pub text: String,
    /// What comes of it.
    pub made: Arc<Made>,
}

/// What is made of a label's text when it is first needed, and kept with the thesaurus: stemming all labels of a query
/// again and again would take longer than finding them.
#[derive(Debug, Default)]
pub(in crate::search) struct Made {
    terms: OnceLock<Vec<String>>,
    marks: OnceLock<Arc<[Mark]>>,
}

impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        // It says nothing that the text does not.
        true
    }
}

impl Eq for Made {}

impl Added {
    /// Its terms in the items of its language.
    pub fn terms(&self) -> &[String] {
        self.made.terms.get_or_init(|| {
            let words = words(&self.text);
            words.map(|word| stem(word.text, Some(self.lang))).collect()
        })
    }

    /// What to mark of it.
    pub fn marks(&self) -> Arc<[Mark]> {
        let made = self.made.marks.get_or_init(|| Mark::run(&self.text));
        made.clone()
    }
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        list_words(f, &self.typed)
    }
}

fn list_words(f: &mut std::fmt::Formatter<'_>, words: &[Atom]) -> std::fmt::Result {
    for (place, atom) in words.iter().enumerate() {
        if place > 0 {
            f.write_str(" ")?;
        }
        f.write_str(&atom.text)?;
    }
    Ok(())
}

impl std::fmt::Display for Expression {
    /// Writes it in the query language.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let field = |atom: &Atom| if atom.title { "title:" } else { "" };
        let list = |f: &mut std::fmt::Formatter<'_>, parts: &[Self], between: &str| {
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    f.write_str(between)?;
                }
                match part {
                    Self::All(_) | Self::Any(_) => write!(f, "({part})")?,
                    Self::Known(known) if between == " OR " && known.typed.len() > 1 => {
                        write!(f, "({part})")?;
                    }
                    _ => part.fmt(f)?,
                }
            }
            Ok(())
        };
        match self {
            Self::Word(atom) => write!(f, "{}{}", field(atom), atom.text),
            Self::Known(known) => known.fmt(f),
            Self::Prefix(atom) => write!(f, "{}{}*", field(atom), atom.text),
            Self::Phrase(atom) => write!(f, "{}\"{}\"", field(atom), atom.text),
            Self::Source(text) if text.contains(' ') => write!(f, "source:\"{text}\""),
            Self::Source(text) => write!(f, "source:{text}"),
            Self::By(words) => list_words(f, words),
            Self::All(parts) => list(f, parts, " "),
            Self::Any(parts) => list(f, parts, " OR "),
            Self::Not(part) if matches!(**part, Self::All(_) | Self::Any(_)) => {
                write!(f, "-({part})")
            }
            Self::Not(part) => write!(f, "-{part}"),
        }
    }
}
