//! An [`Expression`] to a query of the index.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, InvertedIndexRangeQuery, Occur,
    PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::stop::is_stop;
use super::{Atom, Expression};
use crate::domain::Language;
use crate::search::collect::ALL_WORDS;
use crate::search::schema::{FOLDED, Fields, marker};
use crate::understanding::analysis::{forms, words};
use crate::understanding::normalise::{exact, fold, is_cyrillic};

/// Weights of a match, by where it is.
const TITLE: f32 = 2.5;
const BODY: f32 = 1.0;
/// Beside the stem: spelt just so.
const EXACT: f32 = 0.5;
/// Beside the stem: spelt so but for diacritics.
const SAME_FOLDED: f32 = 0.2;
/// The words stand together as typed.
const TOGETHER: f32 = 1.0;

/// Most words of a query whose standing together counts.
const MOST_TOGETHER: usize = 5;

/// How many of the words an item must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Reach {
    /// All.
    All,
    /// All or, after those, at least half.
    Half,
    /// All or, after those, any.
    Any,
}

impl Reach {
    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn of(code: u8) -> Option<Self> {
        [Self::All, Self::Half, Self::Any]
            .into_iter()
            .find(|reach| reach.code() == code)
    }
}

type Clauses = Vec<(Occur, Box<dyn Query>)>;

/// Makes queries for an index.
pub(in crate::search) struct Plan<'a> {
    fields: &'a Fields,
    /// `None` stands for languages without a stemmer.
    langs: Vec<Option<Language>>,
    /// Whether the order of the results depends on scores.
    scored: bool,
}

impl<'a> Plan<'a> {
    /// For items of these languages; empty for all.
    pub fn new(fields: &'a Fields, langs: &[Language], scored: bool) -> Self {
        let ours = Language::OURS.into_iter();
        let mut wanted: Vec<Option<Language>> = ours
            .filter(|lang| langs.is_empty() || langs.contains(lang))
            .map(Some)
            .collect();
        if langs.is_empty() || langs.iter().any(|lang| !Language::OURS.contains(lang)) {
            wanted.push(None);
        }
        Self {
            fields,
            langs: wanted,
            scored,
        }
    }

    /// Whether an item that lacks some words could be meant.
    pub fn can_reach(expression: &Expression) -> bool {
        match expression {
            Expression::All(parts) => parts.iter().filter(|part| is_content(part)).count() > 1,
            _ => false,
        }
    }

    /// The query for an expression.
    pub fn query(&self, expression: &Expression, reach: Reach) -> Box<dyn Query> {
        match (expression, reach) {
            (Expression::All(parts), Reach::Half | Reach::Any) => self.relaxed(parts, reach),
            _ => self.strict(expression),
        }
    }

    fn strict(&self, expression: &Expression) -> Box<dyn Query> {
        match expression {
            Expression::Word(atom) => self.word(atom),
            Expression::Prefix(atom) => self.prefix(atom),
            Expression::Phrase(atom) => self.phrase(atom),
            Expression::Source(text) => self.source(text),
            Expression::Any(parts) => Box::new(BooleanQuery::union(
                parts.iter().map(|part| self.strict(part)).collect(),
            )),
            Expression::Not(part) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(AllQuery) as Box<dyn Query>),
                (Occur::MustNot, self.strict(part)),
            ])),
            Expression::All(parts) => {
                let mut clauses = self.others(parts);
                for part in parts {
                    if is_content(part) {
                        clauses.push((Occur::Must, self.strict(part)));
                    }
                }
                finish(clauses, parts, self)
            }
        }
    }

    /// All words where possible, else some: what has all comes first.
    fn relaxed(&self, parts: &[Expression], reach: Reach) -> Box<dyn Query> {
        let content: Vec<Box<dyn Query>> = parts
            .iter()
            .filter(|part| is_content(part))
            .map(|part| self.strict(part))
            .collect();
        let least = match reach {
            Reach::All => content.len(),
            Reach::Half => content.len().div_ceil(2),
            Reach::Any => 1,
        };
        let all = content.iter().map(|query| query.box_clone()).collect();
        let all = ConstScoreQuery::new(Box::new(BooleanQuery::intersection(all)), ALL_WORDS);
        let some = BooleanQuery::union_with_minimum_required_clauses(content, least);
        let mut clauses = self.others(parts);
        clauses.push((Occur::Must, Box::new(some)));
        clauses.push((Occur::Should, Box::new(all)));
        finish(clauses, parts, self)
    }

    /// Everything but the words that matter: what must be, must not be, and words that say little.
    fn others(&self, parts: &[Expression]) -> Clauses {
        let mut clauses = Clauses::new();
        for part in parts.iter().filter(|part| !is_content(part)) {
            clauses.push(match part {
                Expression::Not(inside) => (Occur::MustNot, self.strict(inside)),
                Expression::Word(_) => (Occur::Should, self.strict(part)),
                _ => (Occur::Must, self.strict(part)),
            });
        }
        if self.scored
            && let Some(phrase) = together(parts)
        {
            clauses.push((Occur::Should, boosted(self.phrase(&phrase), TOGETHER)));
        }
        clauses
    }

    /// The languages that a word can be of, by its script.
    fn langs_of(&self, text: &str) -> impl Iterator<Item = Option<Language>> {
        let cyrillic = text.chars().any(is_cyrillic);
        let letters = text.chars().any(char::is_alphabetic);
        self.langs.iter().copied().filter(move |lang| match lang {
            None => true,
            Some(Language::RU) => cyrillic || !letters,
            Some(_) => !cyrillic,
        })
    }

    fn word(&self, atom: &Atom) -> Box<dyn Query> {
        let fields = self.fields;
        let mut clauses: Vec<Box<dyn Query>> = Vec::new();
        let mut add = |field: Field, term: &str, boost: f32| {
            let term = Term::from_field_text(field, term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            clauses.push(boosted(query, boost));
        };
        for lang in self.langs_of(&atom.text) {
            let term = format!("{}{}", marker(lang), forms(&atom.text, lang).stem);
            add(fields.title, &term, TITLE);
            if !atom.title {
                add(fields.body, &term, BODY);
            }
        }
        let (just_so, folded) = spelt(&atom.text);
        add(fields.title_word, &just_so, EXACT);
        if !atom.title {
            add(fields.word, &just_so, EXACT);
        }
        for same in folded {
            add(fields.title_word, &same, SAME_FOLDED);
            if !atom.title {
                add(fields.word, &same, SAME_FOLDED);
            }
        }
        Box::new(BooleanQuery::union(clauses))
    }

    fn prefix(&self, atom: &Atom) -> Box<dyn Query> {
        let (just_so, folded) = spelt(&atom.text);
        let mut clauses: Vec<Box<dyn Query>> = Vec::new();
        for start in folded.into_iter().chain([just_so]) {
            let end = format!("{start}{}", char::MAX);
            let mut range = |field, boost| {
                let query = InvertedIndexRangeQuery::new(
                    Bound::Included(Term::from_field_text(field, &start)),
                    Bound::Excluded(Term::from_field_text(field, &end)),
                );
                clauses.push(boosted(Box::new(query), boost));
            };
            range(self.fields.title_word, TITLE);
            if !atom.title {
                range(self.fields.word, BODY);
            }
        }
        Box::new(BooleanQuery::union(clauses))
    }

    fn phrase(&self, atom: &Atom) -> Box<dyn Query> {
        let typed: Vec<&str> = words(&atom.text).map(|word| word.text).collect();
        if let [single] = typed[..] {
            return self.word(&Atom {
                text: single.to_owned(),
                title: atom.title,
            });
        }
        let mut clauses: Vec<Box<dyn Query>> = Vec::new();
        for lang in self.langs_of(&atom.text) {
            let stems: Vec<String> = typed
                .iter()
                .map(|word| format!("{}{}", marker(lang), forms(word, lang).stem))
                .collect();
            let mut add = |field: Field, boost: f32| {
                let terms = stems
                    .iter()
                    .map(|stem| Term::from_field_text(field, stem))
                    .collect();
                clauses.push(boosted(Box::new(PhraseQuery::new(terms)), boost));
            };
            add(self.fields.title, TITLE);
            if !atom.title {
                add(self.fields.body, BODY);
            }
        }
        Box::new(BooleanQuery::union(clauses))
    }

    fn source(&self, text: &str) -> Box<dyn Query> {
        let clauses = words(text)
            .map(|word| {
                let term = Term::from_field_text(self.fields.name, &forms(word.text, None).folded);
                let query = TermQuery::new(term, IndexRecordOption::Basic);
                // Which source it is says nothing about how well an item fits.
                Box::new(ConstScoreQuery::new(Box::new(query), 0.0)) as Box<dyn Query>
            })
            .collect();
        Box::new(BooleanQuery::intersection(clauses))
    }
}

/// The spellings of a word in the `word` fields: as typed, and those that differ in diacritics alone.
fn spelt(word: &str) -> (String, Vec<String>) {
    let exact = exact(word);
    let folded = fold(&exact).into_owned();
    let marked = format!("{FOLDED}{folded}");
    if folded == exact {
        (exact, vec![marked])
    } else {
        (exact, vec![marked, folded])
    }
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

/// Words that an item should have; the rest either must be or may be.
fn is_content(part: &Expression) -> bool {
    match part {
        Expression::Word(atom) => !is_stop(&fold(&exact(&atom.text))),
        Expression::Prefix(_) => true,
        _ => false,
    }
}

/// Two to five words typed one after the other, as a phrase.
fn together(parts: &[Expression]) -> Option<Atom> {
    let mut text = String::new();
    let mut count = 0;
    for part in parts {
        match part {
            Expression::Word(atom) if !atom.title => {
                text.push_str(&atom.text);
                text.push(' ');
                count += 1;
            }
            Expression::Not(_) | Expression::Source(_) => {}
            _ => return None,
        }
    }
    (2..=MOST_TOGETHER)
        .contains(&count)
        .then_some(Atom { text, title: false })
}

/// Completes a conjunction: one of exclusions alone means everything else, one of little words alone means these.
fn finish(mut clauses: Clauses, parts: &[Expression], plan: &Plan<'_>) -> Box<dyn Query> {
    let has_must = clauses.iter().any(|(occur, _)| *occur == Occur::Must);
    if !has_must {
        let little = parts
            .iter()
            .filter(|part| matches!(part, Expression::Word(_)));
        let mut added = false;
        for word in little {
            clauses.push((Occur::Must, plan.strict(word)));
            added = true;
        }
        if !added {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
    }
    Box::new(BooleanQuery::new(clauses))
}
