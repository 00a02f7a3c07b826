//! Where labels of the thesaurus stand in a segment. Finding a phrase means reading positions in every item that has its
//! words, which costs more than the rest of a search; there are few labels, and a segment never changes, so that what was
//! found is kept beside it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, PhraseQuery, Query};
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, TERMINATED, Term};

use super::query::LOOSE;

/// Most memory for the lists of a segment: this, and so many bytes for each of its items.
const ROOM: usize = 256 << 10;
const ROOM_FOR_ITEM: usize = 64;

/// A label that stands more often than this in one item is not kept.
const MOST_TIMES: u16 = 255;

/// The items of a segment that have a label.
#[derive(Debug, Default)]
pub(super) struct LabelList {
    /// In order, deleted ones included.
    pub docs: Vec<u32>,
    /// How many times each has it.
    pub times: Vec<u8>,
    /// How many items have each of its words.
    pub words: Vec<u32>,
}

/// The lists of one segment.
#[derive(Debug, Default)]
pub(super) struct Labels(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// `None`: it cannot be kept.
    lists: FxHashMap<Arc<str>, Option<Arc<LabelList>>>,
    /// The oldest first.
    order: VecDeque<Arc<str>>,
    bytes: usize,
}

impl Labels {
    /// The items that have some words one after the other, with at most [`LOOSE`] others between; `None` where they have to be
    /// looked for anew each time. The words are terms of one field, and `name` is all of them.
    pub fn list(
        &self,
        searcher: &Searcher,
        segment: &SegmentReader,
        (name, terms): (&Arc<str>, &[Term]),
    ) -> tantivy::Result<Option<Arc<LabelList>>> {
        if let Some(known) = self.kept().lists.get(name) {
            return Ok(known.clone());
        }
        let list = find(searcher, segment, terms)?.map(Arc::new);
        self.keep(name.clone(), list.clone(), segment.max_doc() as usize);
        Ok(list)
    }

    fn keep(&self, name: Arc<str>, list: Option<Arc<LabelList>>, items: usize) {
        let mut kept = self.kept();
        if kept.lists.contains_key(&name) {
            return;
        }
        kept.bytes += size(&name, list.as_deref());
        kept.order.push_back(name.clone());
        kept.lists.insert(name, list);
        while kept.bytes > ROOM + ROOM_FOR_ITEM * items
            && let Some(oldest) = kept.order.pop_front()
        {
            let list = kept.lists.remove(&oldest).flatten();
            kept.bytes -= size(&oldest, list.as_deref());
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(name: &str, list: Option<&LabelList>) -> usize {
    let list = list.map_or(0, |list| list.docs.len() * 5 + list.words.len() * 4);
    name.len() + list + 128
}

fn find(
    searcher: &Searcher,
    segment: &SegmentReader,
    terms: &[Term],
) -> tantivy::Result<Option<LabelList>> {
    let mut found = LabelList::default();
    let Some(first) = terms.first() else {
        return Ok(Some(found));
    };
    let index = segment.inverted_index(first.field())?;
    for term in terms {
        found.words.push(index.doc_freq(term)?);
    }
    if found.words.contains(&0) {
        return Ok(Some(found));
    }
    let mut phrase = PhraseQuery::new(terms.to_vec());
    phrase.set_slop(LOOSE);
    // Scored with figures that stay the same, a score says how many times it was.
    let scoring = EnableScoring::enabled_from_statistics_provider(&Same, searcher);
    let mut scorer = phrase.weight(scoring)?.scorer(segment, 1.0)?;
    let weight = Bm25Weight::for_terms(&Same, terms)?;
    let Some(norms) = segment.fieldnorms_readers().get_field(first.field())? else {
        return Ok(None);
    };
    while scorer.doc() != TERMINATED {
        let (norm, score) = (norms.fieldnorm_id(scorer.doc()), scorer.score());
        let mut times = 1..=MOST_TIMES;
        let same = |times: &u16| weight.score(norm, u32::from(*times)).to_bits() == score.to_bits();
        let Some(times) = times.find(same).and_then(|times| u8::try_from(times).ok()) else {
            return Ok(None);
        };
        found.docs.push(scorer.doc());
        found.times.push(times);
        scorer.advance();
    }
    found.docs.shrink_to_fit();
    found.times.shrink_to_fit();
    Ok(Some(found))
}

/// The figures of an index that never changes.
struct Same;

impl Bm25StatisticsProvider for Same {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(200)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(2)
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded_and_the_oldest_goes_first() {
        let labels = Labels::default();
        for number in 0..200 {
            let list = LabelList {
                docs: vec![0; 1_000],
                times: vec![1; 1_000],
                words: vec![1, 1],
            };
            let name: Arc<str> = number.to_string().into();
            labels.keep(name, Some(Arc::new(list)), 1_000);
            assert!(labels.kept().bytes <= ROOM + ROOM_FOR_ITEM * 1_000);
        }
        let kept = labels.kept();
        assert!(kept.lists.contains_key("199") && !kept.lists.contains_key("0"));
        let sizes = kept.lists.iter();
        let sizes = sizes.map(|(name, list)| size(name, list.as_deref()));
        assert_eq!(sizes.sum::<usize>(), kept.bytes);
    }
}
