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
    /// The latest node of each key; 0 is none.
    heads: FxHashMap<u32, u32>,
    /// Which entry, and the node before it for the same key.
    nodes: Vec<(u32, u32)>,
}

/// The lookup.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    now: Generation,
    before: Generation,
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
        let mut shared: FxHashMap<i64, (usize, u32)> = FxHashMap::default();
        let mut found: Vec<(i64, u32)> = Vec::new();
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
            .into_iter()
            .filter(|(_, (keys, _))| *keys >= 2)
            .map(|(row, (keys, apart))| (std::cmp::Reverse(keys), apart, row))
            .collect();
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
        if now.nodes.is_empty() {
            now.nodes.push((0, 0));
        }
        for key in keys {
            let head = now.heads.entry(*key).or_default();
            now.nodes.push((place, *head));
            *head = now.nodes.len() as u32 - 1;
        }
    }
}

impl Generation {
    fn each(&self, key: u32, mut see: impl FnMut(&Entry)) {
        let mut next = self.heads.get(&key).copied().unwrap_or_default();
        // Every node leads to an earlier one.
        while next != 0 {
            let Some((place, before)) = self.nodes.get(next as usize) else {
                return;
            };
            if let Some(entry) = self.entries.get(*place as usize) {
                see(entry);
            }
            next = *before;
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
