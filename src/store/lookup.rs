//! Which items may tell the same story: by the keys of their sketches, in memory. It only proposes; what it proposes is
//! read from the store and compared, so what is out of date in it does no harm.

use rustc_hash::FxHashMap;

use crate::domain::Sketch;
use crate::understanding::stories;

/// Items of a generation; the latest two are kept. About 350 bytes an item.
const GENERATION: usize = 32_768;
/// Items that are kept for a key, and of these for one source: those that come later find their story through these.
const FOR_A_KEY: usize = 16;
const OF_A_SOURCE: usize = 4;
/// What so many items share is no sign by itself: two such keys are.
const CROWDED: usize = 6;
/// Items proposed.
const PROPOSED: usize = 8;

/// An item, as far as it is known here.
#[derive(Debug, Clone, Copy)]
struct Entry {
    row: i64,
    day: i32,
    source: u32,
    /// How many telling numbers it has, and the first of them, scattered.
    figures: u8,
    first: [u16; FIGURES],
}

/// Numbers that are kept of an item.
const FIGURES: usize = 6;

/// The items of a while.
#[derive(Debug, Default)]
struct Generation {
    entries: Vec<Entry>,
    heads: FxHashMap<u32, Head>,
    /// The first one is none.
    blocks: Vec<Block>,
}

/// What has a key: one entry nearly always, and those that came later in blocks, so that few steps lead through them.
#[derive(Debug, Clone, Copy)]
struct Head {
    first: u32,
    /// The latest block; 0 is none.
    latest: u32,
}

#[derive(Debug, Clone, Copy)]
struct Block {
    entries: [u32; IN_A_BLOCK],
    before: u32,
}

/// With the first one, three blocks hold as many as are kept for a key.
const IN_A_BLOCK: usize = (FOR_A_KEY - 1) / 3;
/// No entry.
const NONE: u32 = u32::MAX;

/// The lookup.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    now: Generation,
    before: Generation,
    /// By row, how much it shares with the item that is looked at, and how many days lie between; kept for its room.
    shared: FxHashMap<i64, (usize, u32)>,
    /// What was recorded before this process began is in it.
    pub loaded: bool,
}

/// Most items that are of use at the start.
pub(super) const MOST: usize = 2 * GENERATION;

impl Lookup {
    /// The rows of items that may tell what an item tells, the likeliest first, and takes the item in.
    pub fn propose(&mut self, row: i64, source: &str, day: i32, sketch: &Sketch) -> Vec<i64> {
        let keys = stories::keys(sketch);
        let entry = entry(row, source, day, sketch);
        let mut shared = std::mem::take(&mut self.shared);
        let mut found: Vec<(i64, u32)> = Vec::with_capacity(2 * FOR_A_KEY);
        let mut open = Vec::with_capacity(keys.len());
        for key in keys {
            let (mut all, mut own, mut known) = (0, 0, false);
            found.clear();
            for generation in [&self.now, &self.before] {
                generation.each(key, |other| {
                    known |= other.row == row;
                    if other.day.abs_diff(day) > stories::WINDOW_DAYS {
                        return;
                    }
                    all += 1;
                    own += usize::from(other.source == entry.source);
                    if other.row != row && !other.contradicts(&entry) {
                        found.push((other.row, other.day.abs_diff(day)));
                    }
                });
            }
            let weight = if all < CROWDED { 2 } else { 1 };
            for (row, apart) in &found {
                shared.entry(*row).or_insert((0, *apart)).0 += weight;
            }
            if !known && all < FOR_A_KEY && own < OF_A_SOURCE {
                open.push(key);
            }
        }
        self.take_in(entry, &open);
        let mut rows: Vec<(std::cmp::Reverse<usize>, u32, i64)> = shared
            .drain()
            .filter(|(_, (keys, _))| *keys >= 2)
            .map(|(row, (keys, apart))| (std::cmp::Reverse(keys), apart, row))
            .collect();
        self.shared = shared;
        rows.sort_unstable();
        rows.into_iter()
            .take(PROPOSED)
            .map(|(.., row)| row)
            .collect()
    }

    fn take_in(&mut self, entry: Entry, keys: &[u32]) {
        if self.now.entries.len() >= GENERATION {
            self.before = std::mem::take(&mut self.now);
        }
        let now = &mut self.now;
        let place = now.entries.len() as u32;
        now.entries.push(entry);
        if now.blocks.is_empty() {
            let (entries, before) = ([NONE; IN_A_BLOCK], 0);
            now.blocks.push(Block { entries, before });
        }
        for key in keys {
            let Some(head) = now.heads.get_mut(key) else {
                let (first, latest) = (place, 0);
                now.heads.insert(*key, Head { first, latest });
                continue;
            };
            let block = &mut now.blocks[head.latest as usize];
            match block.entries.iter_mut().find(|entry| **entry == NONE) {
                Some(room) if head.latest != 0 => *room = place,
                _ => {
                    let mut entries = [NONE; IN_A_BLOCK];
                    entries[0] = place;
                    let before = std::mem::replace(&mut head.latest, now.blocks.len() as u32);
                    now.blocks.push(Block { entries, before });
                }
            }
        }
    }
}

impl Generation {
    fn each(&self, key: u32, mut see: impl FnMut(&Entry)) {
        let Some(head) = self.heads.get(&key) else {
            return;
        };
        let mut see = |place: &u32| {
            if let Some(entry) = self.entries.get(*place as usize) {
                see(entry);
            }
        };
        see(&head.first);
        let mut latest = head.latest;
        // Every block leads to an earlier one.
        while latest != 0 {
            let Some(block) = self.blocks.get(latest as usize) else {
                return;
            };
            block.entries.iter().for_each(&mut see);
            latest = block.before;
        }
    }
}

impl Entry {
    /// Both have many numbers, about as many, and none in common: one form, filled in twice. Seeing that here spares the
    /// comparison.
    fn contradicts(&self, other: &Self) -> bool {
        let (few, many) = (
            self.figures.min(other.figures),
            self.figures.max(other.figures),
        );
        few >= 3
            && many < 2 * few
            && !self.first[..usize::from(self.figures).min(FIGURES)]
                .iter()
                .any(|figure| {
                    other.first[..usize::from(other.figures).min(FIGURES)].contains(figure)
                })
    }
}

fn entry(row: i64, source: &str, day: i32, sketch: &Sketch) -> Entry {
    let telling = stories::telling_figures(sketch);
    let mut first = [0; FIGURES];
    for (place, figure) in first.iter_mut().zip(&telling) {
        *place = *figure as u16;
    }
    let source = source.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    Entry {
        row,
        day,
        source,
        figures: telling.len().min(usize::from(u8::MAX)) as u8,
        first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(links: &[u32]) -> Sketch {
        Sketch {
            links: links.to_vec(),
            ..Sketch::default()
        }
    }

    /// Twelve sources tell the same, a day after each other.
    fn twelve() -> Lookup {
        let mut lookup = Lookup::default();
        for row in 1..=12 {
            let sketch = told(&[7, 8, 1_000 + row as u32]);
            lookup.propose(row, &format!("source {row}"), row as i32, &sketch);
        }
        lookup
    }

    #[test]
    fn all_that_share_enough_are_seen_and_the_nearest_proposed() {
        for day in 1..=12 {
            let proposed = twelve().propose(99, "another", day, &told(&[7, 8]));
            assert_eq!(proposed.len(), PROPOSED);
            assert_eq!(proposed[0], i64::from(day), "{proposed:?}");
        }
    }

    #[test]
    fn one_key_that_many_have_is_no_sign() {
        assert!(twelve().propose(99, "another", 6, &told(&[7])).is_empty());
        // One that only one other has is.
        assert_eq!(twelve().propose(99, "another", 6, &told(&[1_005])), [5]);
    }

    #[test]
    fn for_a_key_no_more_are_kept_than_are_looked_at() {
        let mut lookup = Lookup::default();
        for row in 0..100 {
            lookup.propose(row, &format!("source {row}"), 1, &told(&[7, 8]));
        }
        let mut seen = Vec::new();
        for key in stories::keys(&told(&[7])) {
            lookup.now.each(key, |entry| seen.push(entry.row));
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..FOR_A_KEY as i64).collect::<Vec<_>>());
    }

    #[test]
    fn a_while_later_the_earlier_ones_are_still_known() {
        let mut lookup = twelve();
        for row in 0..GENERATION as i64 {
            lookup.propose(1_000 + row, "a diary", 1, &Sketch::default());
        }
        assert_eq!(lookup.before.entries.len(), GENERATION);
        assert_eq!(lookup.propose(99, "another", 6, &told(&[1_005])), [5]);
    }
}
