//! Stories that several items tell: each is one result, shown by one of those that match, and counted once for each
//! value of a facet that any of these has.

use std::cmp::Ordering;
use std::sync::Arc;

use super::collect::{Collected, Passes, Wanted};
use super::columns::{Columns, SINGLE, Shared};
use super::top::Best;
use crate::domain::Sort;

/// An item that matches, and whose story others tell too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Teller {
    pub shared: Shared,
    pub passes: Passes,
    pub best: Best,
}

impl Teller {
    fn at(&self, columns: &[Arc<Columns>]) -> i64 {
        let address = self.best.address;
        columns
            .get(address.segment_ord as usize)
            .map_or(i64::MIN, |columns| columns.rows[address.doc_id as usize].at)
    }
}

/// Makes one result of each story. It counts in every week in which it was told, as each of them finds it.
pub(super) fn tell(
    all: &mut Collected,
    mut told: Vec<Teller>,
    columns: &[Arc<Columns>],
    wanted: &Wanted,
) {
    if told.is_empty() {
        return;
    }
    told.sort_unstable_by_key(|teller| (teller.shared.story, teller.best.key));
    let mut top = wanted.top();
    let mut values: Vec<(usize, u16)> = Vec::new();
    let mut weeks: Vec<usize> = Vec::new();
    for tellers in told.chunk_by(|a, b| a.shared.story == b.shared.story) {
        values.clear();
        for teller in tellers {
            gather(teller, columns, &mut values);
        }
        values.sort_unstable();
        values.dedup();
        for (group, value) in &values {
            all.counts.add(*group, *value);
        }
        if let Some(own) = &wanted.weeks {
            weeks.clear();
            let counted = tellers.iter().filter(|one| one.passes.counts_by_week());
            weeks.extend(counted.map(|one| own.place(one.at(columns))));
            weeks.sort_unstable();
            weeks.dedup();
            for week in &weeks {
                all.weeks[*week] += 1;
            }
        }
        let shown = tellers
            .iter()
            .filter(|teller| teller.passes == Passes::All)
            .max_by(|a, b| prefer(a, b, wanted.order));
        if let Some(shown) = shown {
            all.total += 1;
            if wanted.is_ahead(shown.best.key) {
                top.put(shown.best);
            }
        }
    }
    all.best.append(&mut top.kept);
}

fn gather(teller: &Teller, columns: &[Arc<Columns>], values: &mut Vec<(usize, u16)>) {
    let address = teller.best.address;
    let Some(columns) = columns.get(address.segment_ord as usize) else {
        return;
    };
    let tag = columns.tags[address.doc_id as usize];
    let (single, topics) = match teller.passes {
        Passes::All => (0..SINGLE, true),
        Passes::AllBut(group) if group < SINGLE => (group..group + 1, false),
        Passes::AllBut(_) => (0..0, true),
        Passes::AllButDates | Passes::No => return,
    };
    let own = columns.single(address.doc_id);
    values.extend(single.map(|group| (group, own[group])));
    if topics {
        values.extend(columns.topics(tag).iter().map(|topic| (SINGLE, *topic)));
    }
}

/// The greater one shows the story. What its source has replaced does so only where nothing else matches. By date it is
/// the first that told it: who copies moves nothing to the top, and nobody is shown again what they saw before.
fn prefer(a: &Teller, b: &Teller, order: Sort) -> Ordering {
    let current = b.shared.older.cmp(&a.shared.older);
    let (a, b) = (a.best.key, b.best.key);
    current.then_with(|| match order {
        Sort::Date => b.cmp(&a),
        Sort::Deadline | Sort::Event => a.0.cmp(&b.0).then_with(|| (b.1, b.2).cmp(&(a.1, a.2))),
        Sort::Relevance => a.cmp(&b),
    })
}
