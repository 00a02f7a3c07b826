//! A log of changes in memory, in place of the store.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;
use vesti::domain::{
    CanonicalUrl, Country, Detected, Item, ItemId, ItemState, Kind, Precision, Role, Seq, StoryId,
};
use vesti::search::Log;
use vesti::store::{Change, Head, StoreError};

#[derive(Clone)]
pub struct MemoryLog(Arc<Mutex<State>>, watch::Sender<Seq>);

struct State {
    generation: String,
    seq: u64,
    changes: Vec<Change>,
    purged: Seq,
    broken: bool,
}

impl Default for MemoryLog {
    fn default() -> Self {
        let state = State {
            generation: "g1".into(),
            seq: 0,
            changes: Vec::new(),
            purged: Seq(0),
            broken: false,
        };
        Self(Arc::new(Mutex::new(state)), watch::Sender::new(Seq(0)))
    }
}

#[allow(dead_code)]
impl MemoryLog {
    /// Records an item: it takes the place of what was known of it.
    pub fn put(&self, mut item: Item) {
        self.change(|seq| {
            item.seq = seq;
            if item.born == Seq(0) {
                item.born = seq;
            }
            Change::Item(item)
        });
    }

    pub fn remove(&self, id: u64) {
        let id = ItemId::new(id);
        self.change(|seq| Change::Removed { id, seq });
    }

    pub fn set_generation(&self, generation: &str) {
        self.0.lock().unwrap().generation = generation.into();
    }

    /// Forgets the last changes, as a store restored from a backup does.
    pub fn forget_after(&self, seq: u64) {
        let mut state = self.0.lock().unwrap();
        state.changes.retain(|change| of(change).1.0 <= seq);
        state.seq = seq;
    }

    /// Forgets removals, as a store does in time.
    pub fn purge(&self) {
        let mut state = self.0.lock().unwrap();
        state
            .changes
            .retain(|change| matches!(change, Change::Item(_)));
        state.purged = Seq(state.seq);
    }

    pub fn set_broken(&self, broken: bool) {
        self.0.lock().unwrap().broken = broken;
        self.1.send_modify(|_| {});
    }

    pub fn ids(&self) -> Vec<u64> {
        let state = self.0.lock().unwrap();
        let mut ids: Vec<u64> = state
            .changes
            .iter()
            .filter(|change| matches!(change, Change::Item(_)))
            .map(|change| of(change).0.get())
            .collect();
        ids.sort_unstable();
        ids
    }

    fn change(&self, make: impl FnOnce(Seq) -> Change) {
        let mut state = self.0.lock().unwrap();
        state.seq += 1;
        let seq = Seq(state.seq);
        let change = make(seq);
        let id = of(&change).0;
        state.changes.retain(|known| of(known).0 != id);
        state.changes.push(change);
        drop(state);
        self.1.send_replace(seq);
    }
}

fn of(change: &Change) -> (ItemId, Seq) {
    match change {
        Change::Item(item) => (item.id, item.seq),
        Change::Removed { id, seq } => (*id, *seq),
    }
}

impl Log for MemoryLog {
    fn head(&self) -> Result<Head, StoreError> {
        let state = self.0.lock().unwrap();
        Ok(Head {
            generation: state.generation.clone(),
            seq: Seq(state.seq),
            purged_through: state.purged,
        })
    }

    fn changes_after(&self, at: Seq, most: usize) -> Result<Vec<Change>, StoreError> {
        let state = self.0.lock().unwrap();
        if state.broken {
            return Err(StoreError::Other("out of order".into()));
        }
        let later = state.changes.iter().filter(|change| of(change).1 > at);
        Ok(later.take(most).cloned().collect())
    }

    fn watch(&self) -> watch::Receiver<Seq> {
        self.1.subscribe()
    }
}

/// An item of its own source, a day older for each number.
pub fn item(id: u64, lang: &str, title: &str, text: &str) -> Item {
    let at: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
    let at = at - jiff::SignedDuration::from_hours(24 * id as i64);
    let url: Url = format!("https://example.org/{id}").parse().unwrap();
    Item {
        id: ItemId::new(id),
        seq: Seq(0),
        born: Seq(0),
        version: 1,
        source: format!("sursa-{id}").parse().unwrap(),
        country: Country::RO,
        source_name: format!("Sursa {id}"),
        role: Role::Member,
        canonical_url: CanonicalUrl::of(&url),
        url,
        guid: None,
        title: title.into(),
        author: None,
        excerpt: text.chars().take(100).collect(),
        text: text.into(),
        html: None,
        lang: Some(Detected {
            lang: lang.parse().unwrap(),
            confidence: 1.0,
        }),
        published: Some(at),
        precision: Precision::Second,
        sort_at: at,
        first_seen: at,
        updated: None,
        kind: if id.is_multiple_of(2) {
            Kind::Call
        } else {
            Kind::News
        },
        topics: if text.to_lowercase().contains("gra") || text.contains("Apărarea") {
            vec!["granturi".parse().unwrap()]
        } else {
            Vec::new()
        },
        deadline: id.is_multiple_of(3).then(|| vesti::domain::Deadline {
            at: at + jiff::SignedDuration::from_hours(24 * 30),
            precision: Precision::Day,
            evidence: String::new(),
        }),
        event: None,
        image: None,
        attachments: Vec::new(),
        files: Vec::new(),
        story: StoryId::new(id),
        newer: None,
        state: ItemState::Live,
        arrival: vesti::domain::Arrival::News,
    }
}
