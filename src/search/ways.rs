//! The ways in which an item can have what a query asks for, and the items that do: what [`Plan`](super::query::Plan) makes
//! of words and labels. Posting lists are read by blocks and put together by windows of items, without an index's query
//! objects between; scores are the same (BM25, Robertson and Zaragoza 2009).

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BoostQuery, EnableScoring, PhraseQuery, Query, Weight,
};
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher, Term};

use super::labels::LabelList;
use super::query::LOOSE;
use super::snapshot::Snapshot;

/// A way to have it.
pub(super) enum Way {
    /// All of these words; each counts `boost` times.
    Words { terms: Vec<Term>, boost: f32 },
    /// A label: these words of one field, one after the other.
    Label { terms: Vec<Term>, boost: f32 },
    /// Whatever the index finds.
    Other(Box<dyn Query>),
    /// Any of these: the best way counts, each other one adds a part of its score.
    Best(Vec<Way>, f32),
    /// Any of these; their scores are added.
    Any(Vec<Way>),
    /// All of these; their scores are added.
    All(Vec<Way>),
}

/// A word with what its score depends on.
pub(super) struct Word {
    pub field: Field,
    /// By segment.
    pub infos: Vec<Option<TermInfo>>,
    pub weight: Bm25Weight,
}

/// A way with what its scores depend on.
pub(super) enum Weighed {
    Words(Vec<Word>),
    Label {
        /// By segment.
        lists: Vec<Arc<LabelList>>,
        field: Field,
        weight: Bm25Weight,
    },
    Other(Box<dyn Weight>),
    Best(Vec<Weighed>, f32),
    Any(Vec<Weighed>),
    All(Vec<Weighed>),
}

impl Way {
    /// Looks up what its scores depend on; `None` where no item can have it.
    pub fn weigh(self, figures: &mut Figures<'_>) -> tantivy::Result<Option<Weighed>> {
        Ok(match self {
            Self::Words { terms, boost } => {
                let mut words = Vec::with_capacity(terms.len());
                for term in &terms {
                    let Some(word) = figures.word(term, boost)? else {
                        return Ok(None);
                    };
                    words.push(word);
                }
                (!words.is_empty()).then_some(Weighed::Words(words))
            }
            Self::Label { terms, boost } => figures.label(terms, boost)?,
            Self::Other(query) => {
                let scoring = EnableScoring::enabled_from_searcher(figures.searcher);
                Some(Weighed::Other(query.weight(scoring)?))
            }
            Self::Best(ways, tie) => {
                one_or(weigh_some(ways, figures)?, |ways| Weighed::Best(ways, tie))
            }
            Self::Any(ways) => one_or(weigh_some(ways, figures)?, Weighed::Any),
            Self::All(ways) => {
                let count = ways.len();
                let ways = weigh_some(ways, figures)?;
                if ways.len() < count {
                    return Ok(None);
                }
                one_or(ways, Weighed::All)
            }
        })
    }
}

/// Those that any item can have.
fn weigh_some(ways: Vec<Way>, figures: &mut Figures<'_>) -> tantivy::Result<Vec<Weighed>> {
    let weighed = ways.into_iter().map(|way| way.weigh(figures));
    weighed.filter_map(Result::transpose).collect()
}

fn one_or(mut ways: Vec<Weighed>, many: impl FnOnce(Vec<Weighed>) -> Weighed) -> Option<Weighed> {
    match ways.len() {
        0 | 1 => ways.pop(),
        _ => Some(many(ways)),
    }
}

/// The figures of an index that scores depend on, looked up as they are needed.
pub(super) struct Figures<'a> {
    snapshot: &'a Snapshot,
    searcher: &'a Searcher,
    docs: u64,
    fields: Vec<FieldFigures>,
}

struct FieldFigures {
    field: Field,
    /// By segment.
    indexes: Vec<Arc<InvertedIndexReader>>,
    /// How many terms there are in all items together, each as often as it stands there.
    tokens: u64,
}

impl<'a> Figures<'a> {
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let searcher = &snapshot.searcher;
        let segments = searcher.segment_readers().iter();
        Self {
            snapshot,
            searcher,
            docs: segments.map(|segment| u64::from(segment.max_doc())).sum(),
            fields: Vec::new(),
        }
    }

    fn field(&mut self, field: Field) -> tantivy::Result<&FieldFigures> {
        let known = self.fields.iter().position(|known| known.field == field);
        let place = if let Some(place) = known {
            place
        } else {
            let segments = self.searcher.segment_readers().iter();
            let indexes: Vec<Arc<InvertedIndexReader>> = segments
                .map(|segment| segment.inverted_index(field))
                .collect::<tantivy::Result<_>>()?;
            self.fields.push(FieldFigures {
                field,
                tokens: indexes.iter().map(|index| index.total_num_tokens()).sum(),
                indexes,
            });
            self.fields.len() - 1
        };
        Ok(&self.fields[place])
    }

    /// A word that some item has.
    pub fn word(&mut self, term: &Term, boost: f32) -> tantivy::Result<Option<Word>> {
        let (field, docs) = (term.field(), self.docs);
        let figures = self.field(field)?;
        let mut infos = Vec::with_capacity(figures.indexes.len());
        let mut items = 0;
        for index in &figures.indexes {
            let info = index.get_term_info(term)?;
            items += info.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            infos.push(info);
        }
        if items == 0 {
            return Ok(None);
        }
        let average = figures.tokens as f32 / docs as f32;
        let weight = Bm25Weight::for_one_term_without_explain(items, docs, average);
        Ok(Some(Word {
            field,
            infos,
            weight: weight.boost_by(boost),
        }))
    }

    fn label(&mut self, terms: Vec<Term>, boost: f32) -> tantivy::Result<Option<Weighed>> {
        let Some(field) = terms.first().map(Term::field) else {
            return Ok(None);
        };
        let mut name = String::new();
        for term in &terms {
            name.push_str(&String::from_utf8_lossy(term.serialized_value_bytes()));
            name.push(' ');
        }
        let name: Arc<str> = name.into();
        let mut lists = Vec::with_capacity(self.searcher.segment_readers().len());
        let mut items = vec![0; terms.len()];
        for (segment, (_, columns)) in
            (self.searcher.segment_readers().iter()).zip(&self.snapshot.columns)
        {
            let Some(list) = columns
                .labels
                .list(self.searcher, segment, (&name, &terms))?
            else {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(LOOSE);
                let query = BoostQuery::new(Box::new(phrase), boost);
                return Way::Other(Box::new(query)).weigh(self);
            };
            for (sum, items) in items.iter_mut().zip(&list.words) {
                *sum += u64::from(*items);
            }
            lists.push(list);
        }
        if lists.iter().all(|list| list.docs.is_empty()) {
            return Ok(None);
        }
        let found = Found {
            docs: self.docs,
            tokens: self.field(field)?.tokens,
            terms: &terms,
            items: &items,
        };
        let weight = Bm25Weight::for_terms(&found, &terms)?.boost_by(boost);
        Ok(Some(Weighed::Label {
            lists,
            field,
            weight,
        }))
    }
}

/// Figures of some terms that are known already.
struct Found<'a> {
    docs: u64,
    tokens: u64,
    terms: &'a [Term],
    items: &'a [u64],
}

impl Bm25StatisticsProvider for Found<'_> {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut known = self.terms.iter().zip(self.items);
        Ok(known
            .find(|(known, _)| *known == term)
            .map_or(0, |(_, items)| *items))
    }
}
