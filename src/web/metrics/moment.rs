//! Figures of how it stands now, asked of the store and the disk whenever somebody looks.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::Seconds;
use crate::domain::Seq;
use crate::store::{self, Head, Health};

/// How it stands, as whoever was asked says.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Seen<'a> {
    pub health: &'a Health,
    pub head: &'a Head,
    /// The last change that can be searched.
    pub searchable: Seq,
    /// Digests whose last period ended a while ago and has no edition.
    pub late: u64,
    /// The data directory.
    pub folder: &'a Path,
    pub now: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Phase {
    country: String,
    phase: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Lang {
    lang: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Channel {
    channel: &'static str,
}

#[derive(Debug, Clone)]
pub(super) struct Moment {
    items: Gauge,
    fresh: Family<Lang, Gauge>,
    sources: Gauge,
    due: Gauge,
    failing: Gauge,
    unvisited: Gauge,
    phases: Family<Phase, Gauge>,
    overdue: Seconds,
    answered: Seconds,
    visited: Seconds,
    pages: Gauge,
    files: Gauge,
    pushes: Gauge,
    lag: Gauge,
    stalled: Seconds,
    outbox: Family<Channel, Gauge>,
    outbox_oldest: Family<Channel, Seconds>,
    outbox_failed: Family<Channel, Gauge>,
    late: Gauge,
    store_bytes: Gauge,
    store_free: Gauge,
    log_bytes: Gauge,
    disk_free: Gauge,
    /// What could be searched when it was last looked at and did not have all, and since when it has been that.
    lagging: Arc<Mutex<Option<(Seq, Timestamp)>>>,
}

impl Moment {
    pub fn register(registry: &mut Registry) -> Self {
        let family = |registry: &mut Registry, name: &str, help: &str| {
            let family = Family::<Channel, Gauge>::default();
            registry.register(name, help, family.clone());
            family
        };
        let outbox = family(registry, "outbox_waiting", "Things that wait to leave");
        let outbox_failed = family(
            registry,
            "outbox_failed",
            "Things that never left, of the last month",
        );
        let outbox_oldest = Family::<Channel, Seconds>::default();
        registry.register(
            "outbox_oldest_seconds",
            "For how long the oldest thing has waited to leave",
            outbox_oldest.clone(),
        );
        let phases = Family::default();
        registry.register(
            "sources_in_phase",
            "Sources by country and by how they are: new, healthy, failing, silent, gone, paused",
            phases.clone(),
        );
        let fresh = Family::default();
        registry.register(
            "items_last_day",
            "Items first seen within a day, by language",
            fresh.clone(),
        );
        let mut seconds = |name: &str, help: &str| {
            let gauge = Seconds::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let overdue = seconds(
            "source_overdue_seconds",
            "How late the visit is that is due for longest",
        );
        let answered = seconds(
            "last_good_visit_timestamp_seconds",
            "When a source was last visited without a fault; 0 while none was",
        );
        let visited = seconds(
            "last_visit_timestamp_seconds",
            "When a source was last visited at all; 0 while none was",
        );
        let stalled = seconds(
            "index_stalled_seconds",
            "For how long nothing more could be found though more is recorded",
        );
        let mut gauge = |name: &str, help: &str| {
            let gauge: Gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        Self {
            items: gauge("items", "Items that can be found"),
            sources: gauge("sources", "Sources in the catalogue"),
            due: gauge("sources_due", "Sources whose next visit has come"),
            failing: gauge("sources_failing", "Sources whose last visit failed"),
            unvisited: gauge("sources_unvisited", "Sources never visited yet"),
            pages: gauge("pages_waiting", "Article pages waiting to be fetched"),
            files: gauge("files_waiting", "Documents waiting to be fetched"),
            pushes: gauge(
                "pushes_waiting",
                "Documents that hubs pushed, waiting to be read",
            ),
            lag: gauge("index_lag", "Changes recorded but not yet searchable"),
            late: gauge(
                "editions_late",
                "Digests whose last period ended a quarter of an hour ago or more and has no edition",
            ),
            store_bytes: gauge("store_bytes", "Size of the store"),
            store_free: gauge("store_free_bytes", "Of that, free to be used again"),
            log_bytes: gauge("store_log_bytes", "Size of the store's write-ahead log"),
            disk_free: gauge("disk_free_bytes", "Room on the disk of the data directory"),
            outbox,
            outbox_oldest,
            outbox_failed,
            phases,
            fresh,
            overdue,
            answered,
            visited,
            stalled,
            lagging: Arc::default(),
        }
    }

    pub fn set(&self, seen: &Seen<'_>) {
        let health = seen.health;
        let counts = &health.counts;
        for (gauge, value) in [
            (&self.items, counts.items),
            (&self.sources, counts.sources),
            (&self.due, counts.due),
            (&self.failing, counts.failing),
            (&self.unvisited, counts.unvisited),
            (&self.pages, counts.pages),
            (&self.files, health.files),
            (&self.pushes, health.pushed),
            (&self.lag, seen.head.seq.0.saturating_sub(seen.searchable.0)),
            (&self.late, seen.late),
            (&self.store_bytes, health.bytes),
            (&self.store_free, health.free),
            (
                &self.log_bytes,
                std::fs::metadata(seen.folder.join("vesti.db-wal")).map_or(0, |meta| meta.len()),
            ),
            (&self.disk_free, store::free_space(seen.folder).unwrap_or(0)),
        ] {
            gauge.set(whole(value));
        }
        let since = |at: Option<Timestamp>| {
            at.map_or(0.0, |at| seen.now.duration_since(at).as_secs_f64().max(0.0))
        };
        let moment =
            |at: Option<Timestamp>| at.map_or(0.0, |at| at.as_millisecond() as f64 / 1_000.0);
        self.overdue.set(since(health.due_since));
        self.answered.set(moment(health.answered));
        self.visited.set(moment(health.visited));
        self.stalled.set(self.stalled(seen));
        // What is no more is not said any more.
        self.phases.clear();
        for (country, phase, count) in &health.phases {
            let labels = Phase {
                country: country.clone(),
                phase: phase.clone(),
            };
            self.phases.get_or_create(&labels).set(whole(*count));
        }
        self.fresh.clear();
        for (lang, count) in &health.fresh {
            let labels = Lang { lang: lang.clone() };
            self.fresh.get_or_create(&labels).set(whole(*count));
        }
        for backlog in &health.backlogs {
            let labels = Channel {
                channel: backlog.channel,
            };
            self.outbox
                .get_or_create(&labels)
                .set(whole(backlog.waiting));
            self.outbox_failed
                .get_or_create(&labels)
                .set(whole(backlog.failed));
            self.outbox_oldest
                .get_or_create(&labels)
                .set(since(backlog.oldest));
        }
    }

    /// Changes have no time of their own: since the first look at which the index stood where it stands.
    fn stalled(&self, seen: &Seen<'_>) -> f64 {
        let mut lagging = self.lagging.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.searchable >= seen.head.seq {
            *lagging = None;
            return 0.0;
        }
        let (at, since) = lagging.unwrap_or((seen.searchable, seen.now));
        let since = if at == seen.searchable {
            since
        } else {
            seen.now
        };
        *lagging = Some((seen.searchable, since));
        seen.now.duration_since(since).as_secs_f64().max(0.0)
    }
}

fn whole(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
