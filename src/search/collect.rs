//! One pass over everything that the words match: filters, counts of all facets, and the best of a page. A story is one
//! result, however many tell it (`told.rs`).

use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::columns::{Columns, Counts, GROUPS, NO_DEADLINE, SINGLE, Tag, Values};
use super::lists::Cursor;
use super::rank::{nearness, rank, urgency};
use super::snapshot::Snapshot;
use super::timeline::Weeks;
use super::told::{Teller, tell};
use super::top::{Best, Key, Top};
use super::ways::Weighed;
use crate::domain::Sort;

/// How many of the best by plain score are looked at more closely. Constant: pages that follow have to see the same ones.
const CLOSER: usize = 128;

/// What the filters of a request ask of an item.
#[derive(Debug, Clone)]
pub(super) struct Filters {
    /// By group: the values admitted, by number; `None` for all.
    pub groups: [Option<Vec<bool>>; GROUPS.len()],
    /// Whether any group is narrowed.
    pub any: bool,
    /// Milliseconds, from (inclusive) and to (exclusive).
    pub at: (i64, i64),
    /// Only with a deadline after this moment.
    pub deadline_after: Option<i64>,
    /// Only what is not over at this moment.
    pub event_after: Option<i64>,
    /// Only recorded after this change.
    pub born_after: Option<u64>,
}

impl Filters {
    #[inline]
    fn admits(&self, group: usize, value: u16) -> bool {
        match &self.groups[group] {
            None => true,
            Some(admitted) => admitted.get(value as usize).copied().unwrap_or(false),
        }
    }
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
    /// Counts by week as well.
    pub weeks: Option<Weeks>,
    /// Looks at the best more closely before the page is cut.
    pub closer: bool,
}

impl Wanted {
    /// Takes as many of the best as the page may be cut from.
    pub fn top(&self) -> Top {
        // Later pages need all that comes after the closest, wherever it stands.
        Top::new(match (self.closer, self.after) {
            (false, _) => self.most,
            (true, None) => CLOSER,
            (true, Some(_)) => usize::MAX,
        })
    }

    /// A count of nothing for each week, where weeks are counted.
    fn no_weeks(&self) -> Vec<u32> {
        self.weeks.as_ref().map_or_else(Vec::new, Weeks::counts)
    }

    /// Whether an item can be wanted for all that its dates and deadlines say, and whether it lies between the dates asked for
    /// or only counts by week.
    fn admits(&self, columns: &Columns, doc: DocId) -> Option<bool> {
        let filters = &self.filters;
        let at = columns.rows[doc as usize].at;
        let dated = at >= filters.at.0 && at < filters.at.1;
        if !dated && self.weeks.is_none() {
            return None;
        }
        if let Some(now) = filters.deadline_after {
            let deadline = columns.deadline[doc as usize];
            if deadline == NO_DEADLINE || deadline <= now {
                return None;
            }
        }
        if let Some(now) = filters.event_after
            && columns.event(doc).is_none_or(|event| event.over <= now)
        {
            return None;
        }
        if let Some(after) = filters.born_after
            && columns.born[doc as usize] <= after
        {
            return None;
        }
        Some(dated)
    }

    /// Whether a result stands on the page or, as far as is known, on one after it.
    #[inline]
    pub fn is_ahead(&self, key: Key) -> bool {
        self.closer || self.after.is_none_or(|after| key < after)
    }
}

/// How an item stands to the filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passes {
    /// It passes all.
    All,
    /// It passes all but those of one group, where it counts.
    AllBut(usize),
    /// It passes all but the dates: it counts on the time line.
    AllButDates,
    /// It does not count at all.
    No,
}

impl Passes {
    /// Whether an item that stands so counts on the time line, which the dates do not narrow.
    pub fn counts_by_week(self) -> bool {
        matches!(self, Self::All | Self::AllButDates)
    }
}

/// What was collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub total: u64,
    /// Counts by group and value.
    pub counts: Counts,
    /// Counts by week, where they were wanted.
    pub weeks: Vec<u32>,
    /// The best of all, on whatever page: those to look at more closely.
    pub closer: Vec<Best>,
    /// The best of the rest; of the page alone, best first, once it is settled.
    pub best: Vec<Best>,
    /// All ids, if they were wanted.
    pub every: Vec<u64>,
    /// Items whose stories others tell too; none once all segments are put together.
    pub told: Vec<Teller>,
}

impl Collected {
    /// Cuts the page, when the best have been looked at.
    pub fn settle(&mut self, wanted: &Wanted) {
        for best in &mut self.closer {
            best.key.0 = rank(best.score, best.key.1, wanted.now);
        }
        self.best.append(&mut self.closer);
        if let Some(after) = wanted.after {
            self.best.retain(|best| best.key < after);
        }
        self.best.sort_unstable_by(|a, b| b.cmp(a));
        self.best.truncate(wanted.most);
    }
}

pub(super) struct Gather {
    wanted: Arc<Wanted>,
    columns: Vec<Arc<Columns>>,
    counts: Counts,
}

impl Gather {
    pub fn new(wanted: &Arc<Wanted>, snapshot: &Snapshot, values: &Values) -> Self {
        Self {
            wanted: wanted.clone(),
            columns: snapshot.columns.iter().map(|(_, c)| c.clone()).collect(),
            counts: values.counts(),
        }
    }
}

impl Gather {
    /// Everything that is found in any of some ways; no item in two of them.
    pub fn run(&self, searcher: &Searcher, ways: &[Weighed]) -> tantivy::Result<Collected> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        // One for all segments: what is not among the best of those before needs no closer look.
        let mut top = self.wanted.top();
        for (place, segment) in searcher.segment_readers().iter().enumerate() {
            let mut gathered = self.for_segment(place as SegmentOrdinal, segment)?;
            gathered.top = top;
            for way in ways {
                let Some(mut cursor) = Cursor::open(way, place, segment)? else {
                    continue;
                };
                match segment.alive_bitset() {
                    None => cursor.run(segment.max_doc(), |doc, score| gathered.take(doc, score)),
                    Some(alive) => cursor.run(segment.max_doc(), |doc, score| {
                        if alive.is_alive(doc) {
                            gathered.take(doc, score);
                        }
                    }),
                }
            }
            let found;
            (found, top) = gathered.finish();
            segments.push(found);
        }
        if let Some(last) = segments.last_mut() {
            last.best = top.kept;
        }
        self.merge_fruits(segments)
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
        Ok(GatherSegment::new(
            segment,
            &self.wanted,
            columns,
            &self.counts,
        ))
    }

    fn requires_scoring(&self) -> bool {
        self.wanted.order == Sort::Relevance && !self.wanted.every
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected {
            weeks: self.wanted.no_weeks(),
            ..Collected::default()
        };
        let mut told = Vec::new();
        for mut segment in segments {
            told.append(&mut segment.told);
            all.total += segment.total;
            all.counts.merge(&segment.counts);
            for (sum, count) in all.weeks.iter_mut().zip(&segment.weeks) {
                *sum += count;
            }
            all.best.extend(segment.best);
            all.every.extend(segment.every);
        }
        tell(&mut all, told, &self.columns, &self.wanted);
        if self.wanted.closer {
            if all.best.len() > CLOSER {
                all.best.select_nth_unstable_by(CLOSER - 1, |a, b| b.cmp(a));
            }
            let rest = all.best.split_off(all.best.len().min(CLOSER));
            all.closer = std::mem::replace(&mut all.best, rest);
        }
        Ok(all)
    }
}

pub(super) struct GatherSegment {
    segment: SegmentOrdinal,
    wanted: Arc<Wanted>,
    columns: Arc<Columns>,
    found: Collected,
    top: Top,
    /// Whether more than the groups has to be looked at.
    narrow: bool,
    /// By combination, how it stands to the filters of its groups; empty where all pass.
    verdicts: Vec<Passes>,
    /// By combination, how many were counted.
    combined: Vec<u32>,
}

impl GatherSegment {
    fn new(
        segment: SegmentOrdinal,
        wanted: &Arc<Wanted>,
        columns: Arc<Columns>,
        counts: &Counts,
    ) -> Self {
        let filters = &wanted.filters;
        let narrow = filters.at != (i64::MIN, i64::MAX)
            || wanted.weeks.is_some()
            || filters.deadline_after.is_some()
            || filters.event_after.is_some()
            || filters.born_after.is_some();
        let verdict = |values: &[u16; SINGLE]| {
            let mut passes = Passes::All;
            for (group, value) in values.iter().enumerate() {
                if !filters.admits(group, *value) {
                    if passes != Passes::All {
                        return Passes::No;
                    }
                    passes = Passes::AllBut(group);
                }
            }
            passes
        };
        Self {
            segment,
            wanted: wanted.clone(),
            found: Collected {
                counts: counts.clone(),
                weeks: wanted.no_weeks(),
                ..Collected::default()
            },
            top: wanted.top(),
            narrow,
            verdicts: if filters.any {
                columns.combinations.iter().map(verdict).collect()
            } else {
                Vec::new()
            },
            combined: vec![0; columns.combinations.len()],
            columns,
        }
    }

    /// How an item stands to the filters of the groups.
    #[inline]
    fn passes(&self, tag: Tag) -> Passes {
        let passes = match self.verdicts.get(tag.combination as usize) {
            None => return Passes::All,
            Some(passes) => *passes,
        };
        if self.wanted.filters.groups[SINGLE].is_none() || passes == Passes::No {
            return passes;
        }
        let mut topics = self.columns.topics(tag).iter();
        let admitted = topics.any(|topic| self.wanted.filters.admits(SINGLE, *topic));
        match (admitted, passes) {
            (true, passes) => passes,
            (false, Passes::All) => Passes::AllBut(SINGLE),
            (false, _) => Passes::No,
        }
    }

    /// A facet's own filter does not narrow its own counts: an item that fails one group only counts in that group.
    #[inline]
    fn count(&mut self, doc: DocId, tag: Tag, passes: Passes) {
        let columns = &*self.columns;
        match passes {
            // As its combination stands to the filters, so it counts in the end.
            Passes::All | Passes::AllBut(..SINGLE) => {
                if let Some(count) = self.combined.get_mut(tag.combination as usize) {
                    *count += 1;
                }
            }
            Passes::AllBut(_) | Passes::AllButDates | Passes::No => {}
        }
        if matches!(passes, Passes::All | Passes::AllBut(SINGLE)) {
            for value in columns.topics(tag) {
                self.found.counts.add(SINGLE, *value);
            }
        }
        if let Some(weeks) = &self.wanted.weeks
            && passes.counts_by_week()
        {
            self.found.weeks[weeks.place(columns.rows[doc as usize].at)] += 1;
        }
    }

    /// Takes an item into account.
    #[inline]
    pub fn take(&mut self, doc: DocId, score: Score) {
        let wanted = &*self.wanted;
        let Some(tag) = self.columns.tags.get(doc as usize).copied() else {
            return;
        };
        let dated = if self.narrow {
            match wanted.admits(&self.columns, doc) {
                Some(dated) => dated,
                None => return,
            }
        } else {
            true
        };
        let passes = match self.passes(tag) {
            passes if dated => passes,
            Passes::All => Passes::AllButDates,
            _ => return,
        };
        if passes == Passes::No {
            return;
        }
        if wanted.every {
            if passes == Passes::All {
                self.found.every.push(self.columns.rows[doc as usize].id);
            }
            return;
        }
        let shared = tag.is_shared();
        if !shared {
            self.count(doc, tag, passes);
            if passes != Passes::All {
                return;
            }
            self.found.total += 1;
        }
        let wanted = &*self.wanted;
        if wanted.order == Sort::Relevance && !shared && score < self.top.least {
            return;
        }
        let row = self.columns.rows[doc as usize];
        let key = match wanted.order {
            Sort::Date if !shared && row.at < self.top.floor => return,
            Sort::Relevance => Key(rank(score, row.at, wanted.now), row.at, row.id),
            Sort::Date => Key(row.at, 0, row.id),
            Sort::Deadline => {
                let deadline = self.columns.deadline[doc as usize];
                Key(urgency(deadline, wanted.now), row.at, row.id)
            }
            Sort::Event => {
                let event = self.columns.event(doc);
                Key(nearness(event, wanted.now), row.at, row.id)
            }
        };
        let best = Best {
            key,
            score,
            address: DocAddress::new(self.segment, doc),
        };
        if shared {
            let shared = self.columns.shared(doc);
            self.found.told.push(Teller {
                shared,
                passes,
                best,
            });
        } else if wanted.is_ahead(key) {
            self.top.put(best);
        }
    }

    /// What was found in this segment, and the best of it.
    fn finish(mut self) -> (Collected, Top) {
        for (combination, many) in self.combined.iter().enumerate() {
            if *many == 0 {
                continue;
            }
            let values = self.columns.combinations[combination];
            let groups = match self.verdicts.get(combination) {
                None | Some(Passes::All) => 0..SINGLE,
                Some(Passes::AllBut(group)) => *group..*group + 1,
                Some(Passes::AllButDates | Passes::No) => 0..0,
            };
            for group in groups {
                let counts = &mut self.found.counts;
                counts.add_many(group, values[group], *many);
            }
        }
        (self.found, self.top)
    }
}

impl SegmentCollector for GatherSegment {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.take(doc, score);
    }

    fn harvest(self) -> Collected {
        let (mut found, top) = self.finish();
        found.best = top.kept;
        found
    }
}
