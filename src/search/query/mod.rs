//! The query language: what people type becomes an [`Expression`], and that a search of the index.

mod bonus;
mod parse;
mod plan;
mod stop;

pub(super) use bonus::Bonus;
pub(super) use parse::parse;
pub(super) use plan::{Plan, Reach};

/// What a query means. At most [`parse::MAX_DEPTH`] deep and [`parse::MAX_ATOMS`] wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// A word, in any inflection.
    Word(Atom),
    /// Words beginning like this.
    Prefix(Atom),
    /// Words one after the other.
    Phrase(Atom),
    /// Items of sources whose name has these words.
    Source(String),
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
                    _ => part.fmt(f)?,
                }
            }
            Ok(())
        };
        match self {
            Self::Word(atom) => write!(f, "{}{}", field(atom), atom.text),
            Self::Prefix(atom) => write!(f, "{}{}*", field(atom), atom.text),
            Self::Phrase(atom) => write!(f, "{}\"{}\"", field(atom), atom.text),
            Self::Source(text) if text.contains(' ') => write!(f, "source:\"{text}\""),
            Self::Source(text) => write!(f, "source:{text}"),
            Self::All(parts) => list(f, parts, " "),
            Self::Any(parts) => list(f, parts, " OR "),
            Self::Not(part) if matches!(**part, Self::All(_) | Self::Any(_)) => {
                write!(f, "-({part})")
            }
            Self::Not(part) => write!(f, "-{part}"),
        }
    }
}
