//! One pass over everything that the words match: filters, counts of all facets, and the best of a page.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::{Columns, GROUPS, NO_DEADLINE, NO_VALUE, Row, SINGLE};
use super::snapshot::Snapshot;
use crate::domain::Sort;

/// Added to the score of what has all words, so that it comes before what has only some.
pub(super) const ALL_WORDS: f32 = 16_384.0;

/// How much newer items are lifted at most, as a part of their score.
const RECENCY: f32 = 0.3;

/// After how many days half of that is gone.
const HALF_LIFE_DAYS: f32 = 90.0;

/// Where an item stands in an order; the greatest comes first. No two items have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Key(pub i64, pub i64, pub u64);

/// What the filters of a request ask of an item.
#[derive(Debug, Clone)]
pub(super) struct Filters {
    /// By group: the values admitted, by number; `None` for all.
    pub groups: [Option<Vec<bool>>; GROUPS.len()],
    /// Milliseconds, from (inclusive) and to (exclusive).
    pub at: (i64, i64),
    /// Only with a deadline after this moment.
    pub deadline_after: Option<i64>,
    /// Only recorded after this change.
    pub born_after: Option<u64>,
}

/// What to collect.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub filters: Filters,
    pub order: Sort,
    /// The moment that recency is measured from, in milliseconds.
    pub now: i64,
    /// Only what comes after this.
    pub after: Option<Key>,
    /// How many of the best.
    pub most: usize,
    /// All ids in place of the best few.
    pub every: bool,
}

/// What was collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub total: u64,
    /// Counts by group and value.
    pub counts: [Vec<u64>; GROUPS.len()],
    /// The best, best first.
    pub best: Vec<Key>,
    /// All ids, if they were wanted.
    pub every: Vec<u64>,
}

pub(super) struct Gather {
    wanted: Arc<Wanted>,
    columns: Vec<Arc<Columns>>,
}

impl Gather {
    pub fn new(wanted: Wanted, snapshot: &Snapshot) -> Self {
        Self {
            wanted: Arc::new(wanted),
            columns: snapshot.columns.iter().map(|(_, c)| c.clone()).collect(),
        }
    }
}

impl Collector for Gather {
    type Fruit = Collected;
    type Child = GatherSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _reader: &SegmentReader,
    ) -> tantivy::Result<GatherSegment> {
        let columns = self.columns.get(segment as usize).cloned();
        let columns = columns.ok_or_else(|| {
            tantivy::TantivyError::InternalError("a segment without columns".to_owned())
        })?;
        Ok(GatherSegment {
            wanted: self.wanted.clone(),
            columns,
            found: Collected::default(),
            heap: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.wanted.order == Sort::Relevance && !self.wanted.every
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for segment in segments {
            all.total += segment.total;
            for (sum, counts) in all.counts.iter_mut().zip(&segment.counts) {
                if sum.len() < counts.len() {
                    sum.resize(counts.len(), 0);
                }
                for (sum, count) in sum.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
            all.best.extend(segment.best);
            all.every.extend(segment.every);
        }
        all.best.sort_unstable_by(|a, b| b.cmp(a));
        all.best.truncate(self.wanted.most);
        Ok(all)
    }
}

pub(super) struct GatherSegment {
    wanted: Arc<Wanted>,
    columns: Arc<Columns>,
    found: Collected,
    heap: BinaryHeap<Reverse<Key>>,
}

impl GatherSegment {
    /// A facet's own filter does not narrow its own counts: an item that fails one group only counts in that group.
    fn count(&mut self, doc: usize, single: [u16; SINGLE]) -> bool {
        let filters = &self.wanted.filters;
        let topics = self.columns.topics(doc);
        let mut failed = None;
        for (group, admitted) in filters.groups.iter().enumerate() {
            let Some(admitted) = admitted else { continue };
            let admits = |value: &u16| admitted.get(*value as usize).copied().unwrap_or(false);
            let passes = if group < SINGLE {
                admits(&single[group])
            } else {
                topics.iter().any(admits)
            };
            if !passes {
                if failed.is_some() {
                    return false;
                }
                failed = Some(group);
            }
        }
        let counts = &mut self.found.counts;
        match failed {
            None => {
                for (counts, value) in counts.iter_mut().zip(single) {
                    add(counts, value);
                }
                for value in topics {
                    add(&mut counts[SINGLE], *value);
                }
                true
            }
            Some(group) if group < SINGLE => {
                add(&mut counts[group], single[group]);
                false
            }
            Some(group) => {
                for value in topics {
                    add(&mut counts[group], *value);
                }
                false
            }
        }
    }
}

fn add(counts: &mut Vec<u64>, value: u16) {
    if let Some(count) = counts.get_mut(value as usize) {
        *count += 1;
    } else if value != NO_VALUE {
        counts.resize(value as usize + 1, 0);
        counts[value as usize] = 1;
    }
}

impl SegmentCollector for GatherSegment {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        let doc = doc as usize;
        let wanted = &self.wanted;
        let filters = &wanted.filters;
        let Row { at, id, single } = self.columns.rows[doc];
        if at < filters.at.0 || at >= filters.at.1 {
            return;
        }
        let ordered_by_deadline =
            wanted.order == Sort::Deadline || filters.deadline_after.is_some();
        let deadline = if ordered_by_deadline {
            self.columns.deadline[doc]
        } else {
            NO_DEADLINE
        };
        if let Some(now) = filters.deadline_after
            && (deadline == NO_DEADLINE || deadline <= now)
        {
            return;
        }
        if let Some(after) = filters.born_after
            && self.columns.born[doc] <= after
        {
            return;
        }
        if !self.count(doc, single) {
            return;
        }
        self.found.total += 1;
        let wanted = &self.wanted;
        if wanted.every {
            self.found.every.push(id);
            return;
        }
        let key = match wanted.order {
            Sort::Date => Key(at, 0, id),
            Sort::Deadline => Key(urgency(deadline, wanted.now), at, id),
            Sort::Relevance => Key(rank(score, at, wanted.now), at, id),
        };
        if wanted.after.is_some_and(|after| key >= after) {
            return;
        }
        if self.heap.len() < wanted.most {
            self.heap.push(Reverse(key));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && worst.0 < key
        {
            *worst = Reverse(key);
        }
    }

    fn harvest(mut self) -> Collected {
        self.found.best = self.heap.into_iter().map(|Reverse(key)| key).collect();
        self.found
    }
}

/// Deadlines ahead first, soonest first; then those past, latest first; then none.
fn urgency(deadline: i64, now: i64) -> i64 {
    const AHEAD: i64 = 1 << 60;
    if deadline == NO_DEADLINE {
        i64::MIN
    } else if deadline > now {
        AHEAD - deadline
    } else {
        deadline
    }
}

/// A score lifted a little for recency, as a number that sorts alike.
fn rank(score: f32, at: i64, now: i64) -> i64 {
    const DAY: f32 = 86_400_000.0;
    let days = now.saturating_sub(at).max(0) as f32 / DAY;
    let lift = 1.0 + RECENCY * HALF_LIFE_DAYS / (HALF_LIFE_DAYS + days);
    let (tier, score) = if score >= ALL_WORDS {
        (1, score - ALL_WORDS)
    } else {
        (0, score)
    };
    (tier << 40) + (score.clamp(0.0, ALL_WORDS) * lift * 1_000_000.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soonest_deadline_ahead_is_the_most_urgent() {
        let now = 1_000;
        let mut deadlines = [NO_DEADLINE, 10, 5_000, 999, 1_001];
        deadlines.sort_by_key(|deadline| Reverse(urgency(*deadline, now)));
        assert_eq!(deadlines, [1_001, 5_000, 999, 10, NO_DEADLINE]);
    }

    #[test]
    fn newer_items_are_lifted_a_little_and_all_words_a_lot() {
        let day = 86_400_000;
        let now = 1_000 * day;
        assert!(rank(5.0, now, now) > rank(5.0, now - 30 * day, now));
        assert!(rank(5.0, now - 900 * day, now) > rank(3.5, now, now));
        assert!(rank(ALL_WORDS + 0.1, 0, now) > rank(3_000.0, now, now));
        // A date in the future is no better than today.
        assert_eq!(rank(5.0, now, now), rank(5.0, now + 50 * day, now));
    }
}
