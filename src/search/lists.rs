//! Goes through the items of a segment that are found in a [`Weighed`] way, with their scores.

use std::ops::Range;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::labels::LabelList;
use super::ways::{Weighed, Word};

/// Items looked at together: their scores fit into the processor's nearest cache.
const WINDOW: u32 = 2_048;

/// Postings of a full block.
const BLOCK: usize = 128;

/// Where one stands in the items that have it.
pub(super) enum Cursor {
    Words(Vec<Postings>),
    Label(LabelCursor),
    Scorer(Box<dyn Scorer>),
    Best(Vec<Cursor>, f32),
    Any(Vec<Cursor>),
    All(Vec<Cursor>),
}

impl Cursor {
    /// The beginning of a segment; `None` where none of its items has it.
    pub fn open(
        way: &Weighed,
        place: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<Option<Self>> {
        Ok(match way {
            Weighed::Words(words) => {
                let mut lists = Vec::with_capacity(words.len());
                for word in words {
                    let Some(list) = Postings::open(word, place, segment)? else {
                        return Ok(None);
                    };
                    lists.push(list);
                }
                // The rarest word leads.
                lists.sort_by_key(|list| list.block.doc_freq());
                Some(Self::Words(lists))
            }
            Weighed::Label {
                lists,
                field,
                weight,
            } => lists
                .get(place)
                .filter(|list| !list.docs.is_empty())
                .map(|list| {
                    Ok::<_, tantivy::TantivyError>(Self::Label(LabelCursor {
                        list: list.clone(),
                        at: 0,
                        norms: norms(*field, segment)?,
                        weight: weight.clone(),
                    }))
                })
                .transpose()?,
            Weighed::Other(weight) => {
                let scorer = weight.scorer(segment, 1.0)?;
                (scorer.doc() != TERMINATED).then_some(Self::Scorer(scorer))
            }
            Weighed::Best(ways, tie) => one_or(open_some(ways, place, segment)?, |ways| {
                Self::Best(ways, *tie)
            }),
            Weighed::Any(ways) => one_or(open_some(ways, place, segment)?, Self::Any),
            Weighed::All(ways) => {
                let mut open = open_some(ways, place, segment)?;
                if open.len() < ways.len() {
                    return Ok(None);
                }
                open.sort_by_key(Self::cost);
                one_or(open, Self::All)
            }
        })
    }

    /// Calls `each` with every item and its score; the items in order.
    pub fn run(&mut self, items: DocId, mut each: impl FnMut(DocId, Score)) {
        if self.is_list() {
            return self.each(0..items, each);
        }
        let mut window = Box::<Window>::default();
        let mut spare = Spare::default();
        let mut from = 0;
        while from < items {
            let to = from.saturating_add(WINDOW).min(items);
            window.clear();
            self.fill(from..to, &mut window, &mut spare);
            window.each(|place, score| each(from + place, score));
            from = to;
        }
    }

    fn is_list(&self) -> bool {
        matches!(self, Self::Words(_) | Self::Label(_) | Self::Scorer(_))
    }

    /// About how many items have it.
    fn cost(&self) -> u64 {
        match self {
            Self::Words(lists) => lists.first().map_or(0, |list| list.block.doc_freq().into()),
            Self::Label(label) => label.list.docs.len() as u64,
            Self::Scorer(scorer) => scorer.cost(),
            Self::Best(ways, _) | Self::Any(ways) => ways.iter().map(Self::cost).sum(),
            Self::All(ways) => ways.iter().map(Self::cost).min().unwrap_or(0),
        }
    }

    /// The items of a list that lie in a range. Ranges are asked for in order.
    fn each(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId, Score)) {
        match self {
            Self::Words(lists) => match lists.as_mut_slice() {
                [] => {}
                [only] => only.each(range, each),
                [first, second] => first.each_at(range, |doc, list| {
                    if second.seek(doc) == doc {
                        each(doc, list.score(doc) + second.score(doc));
                    }
                }),
                [first, second, others @ ..] => first.each_at(range, |doc, list| {
                    if second.seek(doc) == doc
                        && others.iter_mut().all(|list| list.seek(doc) == doc)
                    {
                        let rest: Score = others.iter().map(|list| list.score(doc)).sum();
                        each(doc, list.score(doc) + second.score(doc) + rest);
                    }
                }),
            },
            Self::Label(label) => label.each(range, each),
            Self::Scorer(scorer) => {
                if scorer.doc() < range.start {
                    scorer.seek(range.start);
                }
                while scorer.doc() < range.end {
                    each(scorer.doc(), scorer.score());
                    scorer.advance();
                }
            }
            Self::Best(..) | Self::Any(_) | Self::All(_) => {}
        }
    }

    /// The same for anything: `each` gets places in the range.
    fn fill(&mut self, range: Range<DocId>, window: &mut Window, spare: &mut Spare) {
        let from = range.start;
        match self {
            Self::Best(ways, tie) => {
                // Of the items in `window`.
                let mut sums = spare.take();
                for way in ways {
                    way.add(range.clone(), spare, |place, score| {
                        let (best, sum) = (&mut window.scores[place], &mut sums.scores[place]);
                        if window.bits[place / 64] & (1 << (place % 64)) == 0 {
                            window.bits[place / 64] |= 1 << (place % 64);
                            (*best, *sum) = (score, score);
                        } else {
                            *best = best.max(score);
                            *sum += score;
                        }
                    });
                }
                let Window { bits, scores } = window;
                each_of(bits, |place| {
                    scores[place] += (sums.scores[place] - scores[place]) * *tie;
                });
                spare.give(sums);
            }
            Self::Any(ways) => {
                for way in ways {
                    way.add(range.clone(), spare, |place, score| {
                        if window.put(place) {
                            window.scores[place] = score;
                        } else {
                            window.scores[place] += score;
                        }
                    });
                }
            }
            Self::All(ways) => {
                let mut ways = ways.iter_mut();
                if let Some(first) = ways.next() {
                    first.fill(range.clone(), window, spare);
                }
                for way in ways {
                    if window.is_empty() {
                        return;
                    }
                    let mut other = spare.take();
                    way.fill(range.clone(), &mut other, spare);
                    for (bits, other) in window.bits.iter_mut().zip(&other.bits) {
                        *bits &= other;
                    }
                    let Window { bits, scores } = window;
                    each_of(bits, |place| scores[place] += other.scores[place]);
                    spare.give(other);
                }
            }
            list => list.each(range, |doc, score| {
                let place = (doc - from) as usize;
                window.put(place);
                window.scores[place] = score;
            }),
        }
    }

    /// Calls `each` with places in the range.
    fn add(&mut self, range: Range<DocId>, spare: &mut Spare, mut each: impl FnMut(usize, Score)) {
        let from = range.start;
        if self.is_list() {
            return self.each(range, |doc, score| each((doc - from) as usize, score));
        }
        let mut own = spare.take();
        self.fill(range, &mut own, spare);
        own.each(|place, score| each(place as usize, score));
        spare.give(own);
    }
}

fn open_some(
    ways: &[Weighed],
    place: usize,
    segment: &SegmentReader,
) -> tantivy::Result<Vec<Cursor>> {
    let open = ways.iter().map(|way| Cursor::open(way, place, segment));
    open.filter_map(Result::transpose).collect()
}

fn one_or(mut ways: Vec<Cursor>, many: impl FnOnce(Vec<Cursor>) -> Cursor) -> Option<Cursor> {
    match ways.len() {
        0 | 1 => ways.pop(),
        _ => Some(many(ways)),
    }
}

/// Some neighbours: which of them are found, and with which scores.
struct Window {
    bits: [u64; WINDOW as usize / 64],
    /// Of those found; of the others, anything.
    scores: [Score; WINDOW as usize],
}

impl Default for Window {
    fn default() -> Self {
        Self {
            bits: [0; WINDOW as usize / 64],
            scores: [0.0; WINDOW as usize],
        }
    }
}

impl Window {
    fn clear(&mut self) {
        self.bits = [0; WINDOW as usize / 64];
    }

    fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    /// Whether it was not there yet.
    #[inline]
    fn put(&mut self, place: usize) -> bool {
        let (bits, bit) = (&mut self.bits[place / 64], 1 << (place % 64));
        let new = *bits & bit == 0;
        *bits |= bit;
        new
    }

    #[inline]
    fn each(&self, mut each: impl FnMut(u32, Score)) {
        each_of(&self.bits, |place| each(place as u32, self.scores[place]));
    }
}

#[inline]
fn each_of(bits: &[u64], mut each: impl FnMut(usize)) {
    for (word, bits) in bits.iter().enumerate() {
        let mut bits = *bits;
        while bits != 0 {
            each(word * 64 + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
}

/// Windows to be used again.
#[derive(Default)]
struct Spare(Vec<Box<Window>>);

impl Spare {
    fn take(&mut self) -> Box<Window> {
        let mut window = self.0.pop().unwrap_or_default();
        window.clear();
        window
    }

    fn give(&mut self, window: Box<Window>) {
        self.0.push(window);
    }
}

/// The items that have a word, by blocks.
pub(super) struct Postings {
    block: BlockSegmentPostings,
    /// In the block; at its end only where no block follows.
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl Postings {
    pub fn open(
        word: &Word,
        place: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<Option<Self>> {
        let Some(info) = word.infos.get(place).and_then(Option::as_ref) else {
            return Ok(None);
        };
        let index = segment.inverted_index(word.field)?;
        Ok(Some(Self {
            block: index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?,
            at: 0,
            norms: norms(word.field, segment)?,
            weight: word.weight.clone(),
        }))
    }

    /// The score of the item that it stands at.
    #[inline]
    pub fn score(&self, doc: DocId) -> Score {
        self.score_at(doc, self.at)
    }

    #[inline]
    fn score_at(&self, doc: DocId, at: usize) -> Score {
        let norm = self.norms.fieldnorm_id(doc);
        self.weight.score(norm, self.block.freq(at))
    }

    /// Goes on to the first item that is `target` or comes after it; [`TERMINATED`] where there is none.
    #[inline]
    pub fn seek(&mut self, target: DocId) -> DocId {
        let docs = self.block.docs();
        if docs.last().is_some_and(|last| *last >= target) {
            // Seldom far: both lists have a good part of all items, or the other one would lead.
            let near = docs[self.at..]
                .iter()
                .take(8)
                .position(|doc| *doc >= target);
            self.at += match near {
                Some(step) => step,
                None => docs[self.at..].partition_point(|doc| *doc < target),
            };
        } else if docs.is_empty() {
            return TERMINATED;
        } else {
            self.at = self.block.seek(target);
        }
        self.block
            .docs()
            .get(self.at)
            .copied()
            .unwrap_or(TERMINATED)
    }

    #[inline]
    fn each(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId, Score)) {
        self.each_at(range, |doc, list| each(doc, list.score(doc)));
    }

    /// Calls `each` with the items of a range, standing at each.
    #[inline]
    fn each_at(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId, &Self)) {
        if self.seek(range.start) >= range.end {
            return;
        }
        loop {
            while self.at < self.block.block_len() {
                let doc = self.block.doc(self.at);
                if doc >= range.end {
                    return;
                }
                each(doc, self);
                self.at += 1;
            }
            if self.block.block_len() < BLOCK {
                return;
            }
            self.block.advance();
            self.at = 0;
        }
    }
}

/// The items that have a label.
pub(super) struct LabelCursor {
    list: Arc<LabelList>,
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl LabelCursor {
    #[inline]
    fn each(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId, Score)) {
        let (docs, times) = (&self.list.docs[self.at..], &self.list.times[self.at..]);
        let skipped = if docs.first().is_some_and(|first| *first < range.start) {
            docs.partition_point(|doc| *doc < range.start)
        } else {
            0
        };
        let mut seen = skipped;
        for (doc, times) in docs[skipped..].iter().zip(&times[skipped..]) {
            if *doc >= range.end {
                break;
            }
            let norm = self.norms.fieldnorm_id(*doc);
            each(*doc, self.weight.score(norm, u32::from(*times)));
            seen += 1;
        }
        self.at += seen;
    }
}

fn norms(field: Field, segment: &SegmentReader) -> tantivy::Result<FieldNormReader> {
    let norms = segment.fieldnorms_readers().get_field(field)?;
    Ok(norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1)))
}

#[cfg(test)]
mod tests;
