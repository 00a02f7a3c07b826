//! Results that stay as they are while somebody pages through them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::snapshot::Snapshot;

/// How long a reader may take from page to page of one unchanging result.
const KEPT: Duration = Duration::from_mins(5);

/// Most results kept so.
const MOST_KEPT: usize = 8;

/// Snapshots that readers are paging through.
#[derive(Default)]
pub(super) struct Pins(Mutex<VecDeque<(Instant, Arc<Snapshot>)>>);

impl Pins {
    pub fn pin(&self, snapshot: &Arc<Snapshot>) {
        let mut pins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pins.retain(|(at, pinned)| at.elapsed() < KEPT && pinned.number != snapshot.number);
        pins.push_back((Instant::now(), snapshot.clone()));
        while pins.len() > MOST_KEPT {
            pins.pop_front();
        }
    }

    pub fn find(&self, number: u64) -> Option<Arc<Snapshot>> {
        let pins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pins.iter()
            .find(|(_, snapshot)| snapshot.number == number)
            .map(|(_, snapshot)| snapshot.clone())
    }

    /// Lets go of those that nobody came back for.
    pub fn expire(&self) {
        let mut pins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pins.retain(|(at, _)| at.elapsed() < KEPT);
    }
}
