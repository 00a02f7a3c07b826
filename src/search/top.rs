//! The best of many results.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Score};

use super::rank::least_score;

/// Where an item stands in an order; the greatest comes first. No two items have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Key(pub i64, pub i64, pub u64);

/// A result and where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub key: Key,
    pub score: Score,
    pub address: DocAddress,
}

impl PartialEq for Best {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Best {}

impl PartialOrd for Best {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Best {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

/// The greatest of what is put in.
#[derive(Debug)]
pub(super) struct Top {
    most: usize,
    pub kept: Vec<Best>,
    /// What is not above this is not among them.
    pub floor: i64,
    /// Where the first part of the key is a rank: a score that is below this is not enough.
    pub least: Score,
}

impl Top {
    pub fn new(most: usize) -> Self {
        Self {
            most,
            kept: Vec::new(),
            floor: i64::MIN,
            least: Score::MIN,
        }
    }

    #[inline]
    pub fn put(&mut self, best: Best) {
        if best.key.0 < self.floor {
            return;
        }
        self.kept.push(best);
        if self.kept.len() >= self.most.saturating_mul(2).max(64) {
            self.cut();
        }
    }

    /// Sorts only as much as it must: a selection at twice the number is cheaper than a heap.
    fn cut(&mut self) {
        if self.kept.len() > self.most {
            let (_, last, _) = self
                .kept
                .select_nth_unstable_by(self.most.saturating_sub(1), |a, b| b.cmp(a));
            self.floor = last.key.0;
            self.least = least_score(self.floor);
            self.kept.truncate(self.most);
        }
    }
}
