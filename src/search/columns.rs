//! What a segment's items are filtered, counted and sorted by, unpacked into plain memory once per segment.

use std::cmp::Reverse;
use std::sync::{OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;

use super::labels::Labels;

/// The facets, in the order of [`GROUPS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Lang,
    Country,
    Source,
    Role,
    Kind,
    Topic,
}

/// All facets with the fields that hold them. Topics come last: an item has any number of them, of the others one at most.
pub(super) const GROUPS: [(Group, &str); 6] = [
    (Group::Lang, "lang"),
    (Group::Country, "country"),
    (Group::Source, "source"),
    (Group::Role, "role"),
    (Group::Kind, "kind"),
    (Group::Topic, "topic"),
];

/// Groups of which an item has one value at most.
pub(super) const SINGLE: usize = 5;

/// Stands for no value.
pub(super) const NO_VALUE: u16 = 0;

/// Stands for no deadline.
pub(super) const NO_DEADLINE: i64 = i64::MAX;

/// When something takes place, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Happens {
    pub from: i64,
    /// The first moment after.
    pub over: i64,
}

/// All values of the facets, numbered from 1 as they are met; a number never changes while the process lives.
#[derive(Debug, Default)]
pub(super) struct Values(RwLock<[Names; GROUPS.len()]>);

#[derive(Debug, Default)]
struct Names {
    numbers: FxHashMap<Box<str>, u16>,
    by_number: Vec<Box<str>>,
    /// By number less one, the place in the order of names; made when it is first needed.
    places: OnceLock<Vec<u16>>,
}

impl Names {
    fn places(&self) -> &[u16] {
        self.places.get_or_init(|| {
            let mut order: Vec<usize> = (0..self.by_number.len()).collect();
            order.sort_unstable_by_key(|number| &self.by_number[*number]);
            let mut places = vec![0; order.len()];
            for (place, number) in order.into_iter().enumerate() {
                places[number] = place as u16;
            }
            places
        })
    }
}

/// Counts of all values, one group after the other. Each group's first place is for items without a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// Where each group begins; the last is where all end.
    starts: [u32; GROUPS.len() + 1],
    counts: Vec<u32>,
}

impl Counts {
    #[inline]
    pub fn add(&mut self, group: usize, value: u16) {
        self.add_many(group, value, 1);
    }

    #[inline]
    pub fn add_many(&mut self, group: usize, value: u16, many: u32) {
        let place = self.starts[group] as usize + value as usize;
        if let Some(count) = self.counts.get_mut(place) {
            *count += many;
        }
    }

    /// Adds the counts of another part of the same search.
    pub fn merge(&mut self, other: &Self) {
        if self.counts.is_empty() {
            self.clone_from(other);
        } else {
            for (sum, count) in self.counts.iter_mut().zip(&other.counts) {
                *sum += count;
            }
        }
    }

    /// The counts of a group's values, from that of number 1.
    fn of(&self, group: Group) -> &[u32] {
        let (from, to) = (self.starts[group as usize], self.starts[group as usize + 1]);
        self.counts
            .get(from as usize + 1..to as usize)
            .unwrap_or_default()
    }
}

impl Values {
    /// The number of a value, if any item ever had it.
    pub fn find(&self, group: Group, name: &str) -> Option<u16> {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        names[group as usize].numbers.get(name).copied()
    }

    fn intern(&self, group: Group, name: &str) -> u16 {
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let names = &mut names[group as usize];
        if let Some(number) = names.numbers.get(name) {
            return *number;
        }
        let Ok(number) = u16::try_from(names.by_number.len() + 1) else {
            return NO_VALUE;
        };
        names.places = OnceLock::new();
        names.by_number.push(name.into());
        names.numbers.insert(name.into(), number);
        number
    }

    /// Zero for each value there is now. Segments that were read before have no others.
    pub fn counts(&self) -> Counts {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut counts = Counts::default();
        let mut end = 0;
        for (start, names) in counts.starts.iter_mut().zip(names.iter()) {
            *start = end;
            end += names.by_number.len() as u32 + 1;
        }
        counts.starts[GROUPS.len()] = end;
        counts.counts = vec![0; end as usize];
        counts
    }

    /// Counts by number as counts by name, most frequent first.
    pub fn named(&self, group: Group, counts: &Counts) -> Vec<(String, u64)> {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let names = &names[group as usize];
        let mut found: Vec<(Reverse<u32>, u16, usize)> = counts
            .of(group)
            .iter()
            .zip(names.places())
            .enumerate()
            .filter(|(_, (count, _))| **count > 0)
            .map(|(number, (count, place))| (Reverse(*count), *place, number))
            .collect();
        found.sort_unstable();
        found
            .into_iter()
            .map(|(count, _, number)| (names.by_number[number].to_string(), u64::from(count.0)))
            .collect()
    }
}

/// What every search looks at of all items that it finds: little, since memory is what that waits for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tag {
    /// A place in [`Columns::combinations`].
    pub combination: u32,
    first_topic: u32,
    /// How many, and whether others tell its story too.
    topics: u16,
}

/// Set in [`Tag::topics`] where others tell the story too: one look says so, and most items are done with.
const TOLD_BY_OTHERS: u16 = 1 << 15;

impl Tag {
    /// Whether other items tell its story too.
    #[inline]
    pub fn is_shared(self) -> bool {
        self.topics & TOLD_BY_OTHERS != 0
    }
}

/// What tells items apart and dates them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub at: i64,
    pub id: u64,
}

/// The story of an item that others tell too.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    pub story: u64,
    /// Its source has replaced it.
    pub older: bool,
}

/// The columns of one segment, by document number.
#[derive(Debug)]
pub(super) struct Columns {
    pub tags: Vec<Tag>,
    pub rows: Vec<Row>,
    /// The values of the groups of which an item has one at most, together, without repeating any: there are far fewer than
    /// items, so that these are counted and filtered by their combination.
    pub combinations: Vec<[u16; SINGLE]>,
    pub born: Vec<u64>,
    pub deadline: Vec<i64>,
    topics: Vec<u16>,
    /// By document, where others tell the story too.
    shared: FxHashMap<u32, Shared>,
    /// By document, where something takes place: few items are about an event.
    events: FxHashMap<u32, Happens>,
    /// Where labels of the thesaurus stand.
    pub labels: Labels,
}

impl Columns {
    /// Reads them from a segment.
    pub fn load(segment: &SegmentReader, values: &Values) -> tantivy::Result<Self> {
        let count = segment.max_doc();
        let fast = segment.fast_fields();
        let (ids, born) = (fast.u64("id")?, fast.u64("born")?);
        let at = fast.i64("at")?;
        let deadline = fast.column_opt::<i64>("deadline")?;
        let story = fast.column_opt::<u64>("story")?;
        let older = fast.column_opt::<u64>("older")?;
        let event = fast.column_opt::<i64>("event")?;
        let over = fast.column_opt::<i64>("event_over")?;
        let mut columns = Self {
            rows: (0..count)
                .map(|doc| Row {
                    at: at.first(doc).unwrap_or(i64::MIN),
                    id: ids.first(doc).unwrap_or(0),
                })
                .collect(),
            tags: vec![Tag::default(); count as usize],
            born: (0..count).map(|doc| born.first(doc).unwrap_or(0)).collect(),
            deadline: (0..count)
                .map(|doc| {
                    let column = deadline.as_ref();
                    column.and_then(|c| c.first(doc)).unwrap_or(NO_DEADLINE)
                })
                .collect(),
            topics: Vec::new(),
            shared: FxHashMap::default(),
            events: FxHashMap::default(),
            labels: Labels::default(),
            combinations: Vec::new(),
        };
        let mut single = vec![[NO_VALUE; SINGLE]; count as usize];
        for (group, field) in GROUPS {
            let Some(column) = fast.str(field)? else {
                continue;
            };
            if column.num_terms() > column.ords().values.num_vals() as usize {
                let reason = format!("{field} has more values than documents have");
                return Err(tantivy::TantivyError::InternalError(reason));
            }
            let mut numbers = Vec::with_capacity(column.num_terms());
            let mut name = String::new();
            for ord in 0..column.num_terms() as u64 {
                name.clear();
                column.ord_to_str(ord, &mut name)?;
                numbers.push(values.intern(group, &name));
            }
            let number = |ord: u64| numbers.get(ord as usize).copied().unwrap_or(NO_VALUE);
            for doc in 0..count {
                let tag = &mut columns.tags[doc as usize];
                if group == Group::Topic {
                    tag.first_topic = columns.topics.len() as u32;
                    columns.topics.extend(column.term_ords(doc).map(number));
                    let topics = columns.topics.len() - tag.first_topic as usize;
                    tag.topics = topics.min(usize::from(TOLD_BY_OTHERS - 1)) as u16;
                } else if let Some(ord) = column.term_ords(doc).next() {
                    single[doc as usize][group as usize] = number(ord);
                }
            }
        }
        columns.combine(&single);
        if let Some(story) = story {
            for doc in 0..count {
                if let Some(story) = story.first(doc) {
                    let older = older.as_ref();
                    let older = older.is_some_and(|older| older.first(doc).is_some());
                    columns.tags[doc as usize].topics |= TOLD_BY_OTHERS;
                    columns.shared.insert(doc, Shared { story, older });
                }
            }
        }
        if let (Some(event), Some(over)) = (event, over) {
            let happens = |doc| {
                let (from, over) = (event.first(doc)?, over.first(doc)?);
                Some((doc, Happens { from, over }))
            };
            columns.events = (0..count).filter_map(happens).collect();
        }
        Ok(columns)
    }

    /// Notes each document's values of the groups of which an item has one at most.
    fn combine(&mut self, single: &[[u16; SINGLE]]) {
        let mut known: FxHashMap<[u16; SINGLE], u32> = FxHashMap::default();
        for (tag, values) in self.tags.iter_mut().zip(single) {
            tag.combination = *known.entry(*values).or_insert_with(|| {
                self.combinations.push(*values);
                self.combinations.len() as u32 - 1
            });
        }
    }

    /// The values of a document, of the groups of which it has one at most.
    pub fn single(&self, doc: u32) -> [u16; SINGLE] {
        let tag = self.tags.get(doc as usize);
        let values = tag.and_then(|tag| self.combinations.get(tag.combination as usize));
        values.copied().unwrap_or([NO_VALUE; SINGLE])
    }

    /// When what a document is about takes place.
    pub fn event(&self, doc: u32) -> Option<Happens> {
        self.events.get(&doc).copied()
    }

    /// The story of a document, where others tell it too.
    pub fn shared(&self, doc: u32) -> Shared {
        self.shared.get(&doc).copied().unwrap_or_default()
    }

    /// The topics of a document.
    #[inline]
    pub fn topics(&self, tag: Tag) -> &[u16] {
        let first = tag.first_topic as usize;
        self.topics
            .get(first..first + (tag.topics & !TOLD_BY_OTHERS) as usize)
            .unwrap_or_default()
    }
}
