//! An [`Expression`] to a query of the index.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery,
    InvertedIndexRangeQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::stop::is_stop;
use super::{Added, Atom, Expression, Known};
use crate::domain::Language;
use crate::search::rank::ALL_WORDS;
use crate::search::schema::{FOLDED, Fields, marker};
use crate::understanding::analysis::{STEMMED, forms, forms_again, words};
use crate::understanding::normalise::{exact, fold, is_cyrillic};

/// How much more a word beginning so counts in a title.
const PREFIX_IN_TITLE: f32 = 2.5;

/// How much a label of the thesaurus counts beside the words that were typed.
pub(super) const ADDED: f32 = 0.5;

/// How much the other ways count that an item has of the same, beside the best one.
pub(super) const TIE: f32 = 0.1;

/// Words that may stand between those of such a label.
pub(in crate::search) const LOOSE: u32 = 1;

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

/// The items that a word is looked for in.
#[derive(Debug, Clone, Copy)]
enum Scope {
    /// All.
    Every,
    /// Those of one language; `None` stands for languages without a stemmer.
    Only(Option<Language>),
}

/// Makes queries for an index.
pub(in crate::search) struct Plan<'a> {
    pub(super) fields: &'a Fields,
    /// `None` stands for languages without a stemmer.
    langs: Vec<Option<Language>>,
    /// Whether the order of the results depends on scores.
    scored: bool,
}

impl<'a> Plan<'a> {
    /// For items of these languages; empty for all.
    pub fn new(fields: &'a Fields, langs: &[Language], scored: bool) -> Self {
        let ours = STEMMED.into_iter();
        let mut wanted: Vec<Option<Language>> = ours
            .filter(|lang| langs.is_empty() || langs.contains(lang))
            .map(Some)
            .collect();
        if langs.is_empty() || langs.iter().any(|lang| !STEMMED.contains(lang)) {
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
            Expression::All(parts) => parts.iter().map(content).sum::<usize>() > 1,
            Expression::Known(_) => content(expression) > 1,
            _ => false,
        }
    }

    /// The query for an expression.
    ///
    /// An item has one language, so what needs its words can be asked of one language after the other: few items have
    /// the first word and the second in the same language, and only these are looked at.
    pub fn query(&self, expression: &Expression, reach: Reach) -> Box<dyn Query> {
        match (expression, reach) {
            (Expression::All(parts), Reach::Half | Reach::Any) => self.relaxed(parts, reach),
            (Expression::Known(_), Reach::Half | Reach::Any) => {
                self.relaxed(std::slice::from_ref(expression), reach)
            }
            _ if needs_words(expression) => union(
                self.langs
                    .iter()
                    .map(|lang| self.strict(expression, Scope::Only(*lang)))
                    .collect(),
            ),
            _ => self.strict(expression, Scope::Every),
        }
    }

    fn strict(&self, expression: &Expression, scope: Scope) -> Box<dyn Query> {
        match expression {
            Expression::Word(atom) => self.word(atom, scope),
            Expression::Known(known) => self.known(known, scope),
            Expression::Prefix(atom) => self.prefix(atom),
            Expression::Phrase(atom) => self.phrase(atom, scope),
            Expression::By(words) => self.by(words, scope),
            Expression::Source(text) => self.source(text),
            Expression::Any(parts) => {
                union(parts.iter().map(|part| self.strict(part, scope)).collect())
            }
            Expression::Not(part) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(AllQuery) as Box<dyn Query>),
                (Occur::MustNot, self.strict(part, scope)),
            ])),
            Expression::All(parts) => {
                let mut clauses = self.others(parts, scope);
                for part in parts.iter().filter(|part| is_content(part)) {
                    clauses.push((Occur::Must, self.strict(part, scope)));
                }
                self.finish(clauses, parts, scope)
            }
        }
    }

    /// All words where possible, else some: what has all comes first.
    fn relaxed(&self, parts: &[Expression], reach: Reach) -> Box<dyn Query> {
        let scope = Scope::Every;
        let content: Vec<Box<dyn Query>> = parts
            .iter()
            .flat_map(|part| match part {
                Expression::Known(known) => self.each(known, scope),
                part if is_content(part) => vec![self.strict(part, scope)],
                _ => Vec::new(),
            })
            .collect();
        let least = match reach {
            Reach::All => content.len(),
            Reach::Half => content.len().div_ceil(2),
            Reach::Any => 1,
        };
        let all = content.iter().map(|query| query.box_clone()).collect();
        let all = ConstScoreQuery::new(Box::new(BooleanQuery::intersection(all)), ALL_WORDS);
        let some = BooleanQuery::union_with_minimum_required_clauses(content, least);
        let mut clauses = self.others(parts, scope);
        clauses.push((Occur::Must, Box::new(some)));
        clauses.push((Occur::Should, Box::new(all)));
        self.finish(clauses, parts, scope)
    }

    /// What must be and must not be, beside the words. Words that say little decide nothing.
    fn others(&self, parts: &[Expression], scope: Scope) -> Clauses {
        let mut clauses = Clauses::new();
        for part in parts.iter().filter(|part| !is_content(part)) {
            match part {
                Expression::Not(inside) => {
                    clauses.push((Occur::MustNot, self.strict(inside, scope)));
                }
                Expression::Word(_) => {}
                _ => clauses.push((Occur::Must, self.strict(part, scope))),
            }
        }
        clauses
    }

    /// Completes a conjunction: one of exclusions alone means everything else, one of little words alone means these.
    fn finish(&self, mut clauses: Clauses, parts: &[Expression], scope: Scope) -> Box<dyn Query> {
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            let little = parts
                .iter()
                .filter(|part| matches!(part, Expression::Word(_)));
            clauses.extend(little.map(|word| (Occur::Must, self.strict(word, scope))));
            if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    pub(super) fn langs(&self) -> &[Option<Language>] {
        &self.langs
    }

    /// The term of a word in the items of a language.
    pub(super) fn term(&self, atom: &Atom, lang: Option<Language>) -> Term {
        let field = if atom.title {
            self.fields.title
        } else {
            self.fields.text
        };
        Term::from_field_text(field, &stem(&atom.text, lang))
    }

    fn langs_of(&self, scope: Scope) -> &[Option<Language>] {
        match scope {
            Scope::Every => &self.langs,
            Scope::Only(lang) => {
                let place = self.langs.iter().position(|known| *known == lang);
                place.map_or(&[], |place| &self.langs[place..=place])
            }
        }
    }

    fn word(&self, atom: &Atom, scope: Scope) -> Box<dyn Query> {
        let record = if self.scored {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        let terms = self
            .langs_of(scope)
            .iter()
            .map(|lang| Box::new(TermQuery::new(self.term(atom, *lang), record)) as Box<dyn Query>);
        union(terms.collect())
    }

    /// The words as typed, or any label that stands for the same.
    fn known(&self, known: &Known, scope: Scope) -> Box<dyn Query> {
        let typed = known.content().map(|atom| self.word(atom, scope)).collect();
        let mut ways = vec![intersection(typed)];
        ways.extend(self.added(known, scope));
        best_of(ways)
    }

    /// The same for each word: an item that has a label has what each of the words means.
    fn each(&self, known: &Known, scope: Scope) -> Vec<Box<dyn Query>> {
        let each = known.content().map(|atom| {
            let mut ways = vec![self.word(atom, scope)];
            ways.extend(self.added(known, scope));
            best_of(ways)
        });
        each.collect()
    }

    fn added(&self, known: &Known, scope: Scope) -> Vec<Box<dyn Query>> {
        let langs = self.langs_of(scope);
        let added = known
            .added
            .iter()
            .filter(|added| langs.contains(&Some(added.lang)));
        let mut ways: Vec<Box<dyn Query>> = added.filter_map(|added| self.label(added)).collect();
        if known.named {
            ways.push(self.by(&known.typed, scope));
        }
        ways
    }

    /// Items whose source's name has these words.
    fn by(&self, words: &[Atom], scope: Scope) -> Box<dyn Query> {
        let langs = self.langs_of(scope).iter();
        union(langs.map(|lang| by(self.fields, words, *lang)).collect())
    }

    /// Items in a label's language that have it, in any inflection.
    fn label(&self, added: &Added) -> Option<Box<dyn Query>> {
        let field = self.fields.text;
        let terms = added.terms().iter();
        let mut stems: Vec<Term> = terms
            .map(|term| Term::from_field_text(field, term))
            .collect();
        let query: Box<dyn Query> = match (stems.pop()?, stems.is_empty()) {
            (only, true) => Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)),
            (last, false) => {
                stems.push(last);
                let mut phrase = PhraseQuery::new(stems);
                phrase.set_slop(LOOSE);
                Box::new(phrase)
            }
        };
        Some(Box::new(BoostQuery::new(query, ADDED)))
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
                clauses.push(Box::new(BoostQuery::new(Box::new(query), boost)));
            };
            range(self.fields.title_word, PREFIX_IN_TITLE);
            if !atom.title {
                range(self.fields.word, 1.0);
            }
        }
        union(clauses)
    }

    fn phrase(&self, atom: &Atom, scope: Scope) -> Box<dyn Query> {
        let field = if atom.title {
            self.fields.title
        } else {
            self.fields.text
        };
        let phrases = self.langs_of(scope).iter().map(|lang| {
            let mut stems = words(&atom.text)
                .map(|word| Term::from_field_text(field, &stem(word.text, *lang)))
                .collect::<Vec<Term>>();
            match (stems.pop(), stems.is_empty()) {
                (None, _) => Box::new(EmptyQuery) as Box<dyn Query>,
                (Some(only), true) => Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)),
                (Some(last), false) => {
                    stems.push(last);
                    Box::new(PhraseQuery::new(stems))
                }
            }
        });
        union(phrases.collect())
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

/// Items in a language whose source's name has these words, one after the other.
pub(super) fn by(fields: &Fields, words: &[Atom], lang: Option<Language>) -> Box<dyn Query> {
    let mut stems: Vec<Term> = words
        .iter()
        .map(|atom| Term::from_field_text(fields.by, &stem(&atom.text, lang)))
        .collect();
    match (stems.pop(), stems.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => Box::new(TermQuery::new(only, IndexRecordOption::Basic)),
        (Some(last), false) => {
            stems.push(last);
            Box::new(PhraseQuery::new(stems))
        }
    }
}

/// Every language with terms of its own, and the others together.
pub(in crate::search) fn every_way() -> impl Iterator<Item = Option<Language>> {
    STEMMED.into_iter().map(Some).chain([None])
}

/// The term of a word in the items of a language.
pub(in crate::search) fn stem(word: &str, lang: Option<Language>) -> String {
    let marker = marker(lang);
    if lang == Some(Language::RO) && word.chars().any(is_cyrillic) {
        // Read as Romanian it would meet other words: «суд» is a court, "sud" is the south.
        return format!("{marker}{}", fold(&exact(word)));
    }
    format!("{marker}{}", forms_again(word, lang).stem)
}

/// The spellings of a word in the `word` fields: as typed, and those that differ in diacritics alone.
pub(super) fn spelt(word: &str) -> (String, Vec<String>) {
    let exact = exact(word);
    let folded = fold(&exact).into_owned();
    let marked = format!("{FOLDED}{folded}");
    if folded == exact {
        (exact, vec![marked])
    } else {
        (exact, vec![marked, folded])
    }
}

fn intersection(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match (queries.pop(), queries.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => only,
        (Some(last), false) => {
            queries.push(last);
            Box::new(BooleanQuery::intersection(queries))
        }
    }
}

/// What has a thing in one way has it; what has it in several ways has it no more than a little better.
fn best_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match (queries.pop(), queries.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => only,
        (Some(last), false) => {
            queries.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, TIE))
        }
    }
}

fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match (queries.pop(), queries.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => only,
        (Some(last), false) => {
            queries.push(last);
            Box::new(BooleanQuery::union(queries))
        }
    }
}

/// Whether every item that an expression finds has some word or phrase of it.
pub(super) fn needs_words(expression: &Expression) -> bool {
    match expression {
        Expression::Word(_) | Expression::Known(_) | Expression::Phrase(_) | Expression::By(_) => {
            true
        }
        Expression::Prefix(_) | Expression::Source(_) | Expression::Not(_) => false,
        // Little words are left out of a conjunction that has others.
        Expression::All(parts) => parts.iter().any(|part| {
            needs_words(part) && (is_content(part) || !matches!(part, Expression::Word(_)))
        }),
        Expression::Any(parts) => parts.iter().all(needs_words),
    }
}

/// Words that an item should have; the rest either must be or may be.
pub(in crate::search) fn is_content(part: &Expression) -> bool {
    match part {
        Expression::Word(atom) => says_something(atom),
        Expression::Known(_) | Expression::Prefix(_) => true,
        _ => false,
    }
}

/// How many words an item should have for this.
fn content(part: &Expression) -> usize {
    match part {
        Expression::Known(known) => known.content().count(),
        part => usize::from(is_content(part)),
    }
}

fn says_something(atom: &Atom) -> bool {
    !is_stop(&fold(&exact(&atom.text)))
}

impl Known {
    /// The typed words that say something; all, where none does.
    pub(super) fn content(&self) -> impl Iterator<Item = &Atom> {
        let any = self.typed.iter().any(says_something);
        self.typed
            .iter()
            .filter(move |atom| !any || says_something(atom))
    }
}
