//! Which groups are the announcements of the page.

use super::frame::Part;
use super::group::{Entry, Group};

/// A list is one from here on.
const LEAST: f64 = 3.2;
/// A single entry must show more.
const LEAST_ALONE: f64 = 4.5;
/// So good a list is one whatever the others are.
const GOOD: f64 = 5.2;
/// Lists beside the best may be worse than it by so much.
const SPAN: f64 = 2.2;

/// The entries that count, in the page's order, each address once.
pub(super) fn entries(groups: Vec<Group>) -> Vec<Entry> {
    let worth = |group: &Group| {
        let count = group.entries.len() as f64;
        (group.quality - 1.5).max(0.0) * count.min(20.0).sqrt()
    };
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|one, other| {
        worth(&groups[*other])
            .total_cmp(&worth(&groups[*one]))
            .then(one.cmp(other))
    });
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut chosen: Vec<Group> = Vec::new();
    for at in order {
        let Some(group) = groups[at].take() else {
            continue;
        };
        let alone = group.entries.len() == 1;
        let least = match chosen.first() {
            None => {
                if alone {
                    LEAST_ALONE
                } else {
                    LEAST
                }
            }
            Some(best) => {
                let kin = best.path == group.path && best.part == group.part;
                let least = (best.quality - SPAN).clamp(LEAST, GOOD);
                if kin {
                    least - 0.5
                } else if alone {
                    least.max(LEAST_ALONE)
                } else {
                    least
                }
            }
        };
        if group.quality < least
            || (group.foreign || group.part == Part::Aside) && !chosen.is_empty()
        {
            continue;
        }
        // What stands within an entry that was chosen is about that entry.
        let inside = group
            .entries
            .iter()
            .filter(|entry| {
                chosen.iter().flat_map(|group| &group.entries).any(|known| {
                    known.key != entry.key
                        && !known.record.flat
                        && (known.record.top..known.record.to).contains(&entry.record.top)
                })
            })
            .count();
        if inside * 2 > group.entries.len() {
            continue;
        }
        chosen.push(group);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for group in chosen {
        let quality = group.quality;
        for entry in group.entries {
            // The odd one out of a good list: a link to all of them, to a category.
            if entry.score < (quality - 3.5).max(0.5) || entry.listed.title.is_empty() {
                continue;
            }
            if seen.insert(entry.key) {
                entries.push(entry);
            }
        }
    }
    entries.sort_by_key(|entry| entry.record.top);
    entries
}
