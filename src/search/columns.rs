//! What a segment's items are filtered, counted and sorted by, unpacked into plain memory once per segment.

use std::sync::{PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;

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
pub(super) const NO_VALUE: u16 = u16::MAX;

/// Stands for no deadline.
pub(super) const NO_DEADLINE: i64 = i64::MAX;

/// All values of the facets, numbered as they are met; a number never changes while the process lives.
#[derive(Debug, Default)]
pub(super) struct Values(RwLock<[Names; GROUPS.len()]>);

#[derive(Debug, Default)]
struct Names {
    numbers: FxHashMap<Box<str>, u16>,
    names: Vec<Box<str>>,
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
        let number = names.names.len() as u16;
        if number >= NO_VALUE - 1 {
            return NO_VALUE;
        }
        names.names.push(name.into());
        names.numbers.insert(name.into(), number);
        number
    }

    /// Counts by number as counts by name, most frequent first.
    pub fn named(&self, group: Group, counts: &[u64]) -> Vec<(String, u64)> {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let names = &names[group as usize].names;
        let mut named: Vec<(String, u64)> = counts
            .iter()
            .zip(names)
            .filter(|(count, _)| **count > 0)
            .map(|(count, name)| (name.to_string(), *count))
            .collect();
        named.sort_by(|(a_name, a), (b_name, b)| b.cmp(a).then_with(|| a_name.cmp(b_name)));
        named
    }
}

/// What every search looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub at: i64,
    pub id: u64,
    pub single: [u16; SINGLE],
}

/// The columns of one segment, by document number.
#[derive(Debug)]
pub(super) struct Columns {
    /// What every search looks at, together, so that an item costs one look into memory.
    pub rows: Vec<Row>,
    pub born: Vec<u64>,
    pub deadline: Vec<i64>,
    topic_start: Vec<u32>,
    topics: Vec<u16>,
}

impl Columns {
    /// Reads them from a segment.
    pub fn load(segment: &SegmentReader, values: &Values) -> tantivy::Result<Self> {
        let count = segment.max_doc();
        let fast = segment.fast_fields();
        let (ids, born) = (fast.u64("id")?, fast.u64("born")?);
        let at = fast.i64("at")?;
        let deadline = fast.column_opt::<i64>("deadline")?;
        let mut columns = Self {
            rows: (0..count)
                .map(|doc| Row {
                    at: at.first(doc).unwrap_or(i64::MIN),
                    id: ids.first(doc).unwrap_or(0),
                    single: [NO_VALUE; SINGLE],
                })
                .collect(),
            born: (0..count).map(|doc| born.first(doc).unwrap_or(0)).collect(),
            deadline: (0..count)
                .map(|doc| {
                    let column = deadline.as_ref();
                    column.and_then(|c| c.first(doc)).unwrap_or(NO_DEADLINE)
                })
                .collect(),
            topic_start: Vec::with_capacity(count as usize + 1),
            topics: Vec::new(),
        };
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
                if group == Group::Topic {
                    columns.topic_start.push(columns.topics.len() as u32);
                    columns.topics.extend(column.term_ords(doc).map(number));
                } else if let Some(ord) = column.term_ords(doc).next() {
                    columns.rows[doc as usize].single[group as usize] = number(ord);
                }
            }
        }
        columns
            .topic_start
            .resize(count as usize + 1, columns.topics.len() as u32);
        Ok(columns)
    }

    /// The topics of a document.
    pub fn topics(&self, doc: usize) -> &[u16] {
        &self.topics[self.topic_start[doc] as usize..self.topic_start[doc + 1] as usize]
    }
}
