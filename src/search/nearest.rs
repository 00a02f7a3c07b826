//! Where a search by meaning joins the search by words.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::schema::Fields;
use super::top::Best;
use crate::domain::ItemId;

/// Finds items by what they mean, with vectors for instance.
///
/// An index has none of its own. One that is given to [`Index::with_nearest`](super::Index::with_nearest) is asked once for
/// each page of a search that has words and is ordered by relevance. What it names is found beside what has the words,
/// narrowed by the same filters, and lifted by its rank.
pub trait Nearest: Send + Sync + 'static {
    /// The items nearest in meaning to a query as it was typed, nearest first, at most `most`. Called where blocking is
    /// allowed; searching waits for it. Ids that the index does not have are passed over.
    fn nearest(&self, query: &str, most: usize) -> Vec<ItemId>;
}

/// How many are asked for.
pub(super) const MOST: usize = 50;

/// What the nearest is lifted by. The others follow with its reciprocal by rank (Cormack, Clarke, Büttcher 2009), for ranks
/// can be compared where scores of different kinds cannot.
const LIFT: f32 = 6.0;

/// How slowly that falls: the rank at which half of it is left.
const HALF: f32 = 10.0;

/// A query that finds these items as well.
pub(super) fn joined(words: Box<dyn Query>, nearest: &[ItemId], fields: &Fields) -> Box<dyn Query> {
    if nearest.is_empty() {
        return words;
    }
    let ids = nearest.iter().map(|id| {
        let term = Term::from_field_u64(fields.id, id.get());
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
    });
    let ids = ConstScoreQuery::new(Box::new(BooleanQuery::union(ids.collect())), 0.0);
    Box::new(BooleanQuery::union(vec![words, Box::new(ids)]))
}

/// Lifts those of the results that are near.
pub(super) fn lift(results: &mut [Best], nearest: &[ItemId]) {
    if nearest.is_empty() {
        return;
    }
    for best in results {
        if let Some(rank) = nearest.iter().position(|id| id.get() == best.key.2) {
            best.score += LIFT * HALF / (HALF + rank as f32);
        }
    }
}
