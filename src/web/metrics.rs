//! Figures for Prometheus: what arrives, what waits, what fails, how long it takes, what it costs.
//!
//! Names follow <https://prometheus.io/docs/practices/naming/>. Anybody may read them: they name no source, no person and no search.

mod moment;
mod process;

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use crate::store::{Pulse, VisitLog};

pub(super) use moment::Seen;

use moment::Moment;
use process::Process;

/// A gauge of seconds or of a moment.
type Seconds = Gauge<f64, AtomicU64>;

/// The service's figures. Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    /// What every process has, named as everywhere.
    process: Arc<Mutex<Process>>,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram, fn() -> Histogram>,
    searches: Histogram,
    visits: Family<VisitLabels, Counter>,
    visit_seconds: Histogram,
    recorded: Family<ChangeLabels, Counter>,
    backed_up: Seconds,
    moment: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct VisitLabels {
    outcome: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ChangeLabels {
    change: &'static str,
}

fn histogram() -> Histogram {
    Histogram::new([
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
    ])
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("vesti");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version that runs", build);
        let requests = Family::default();
        registry.register("http_requests", "HTTP requests answered", requests.clone());
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register(
            "http_request_duration_seconds",
            "Time to answer",
            seconds.clone(),
        );
        let searches = histogram();
        registry.register(
            "search_duration_seconds",
            "Time to find, without what is made of it",
            searches.clone(),
        );
        let visits = Family::default();
        registry.register(
            "visits",
            "Visits to sources, by how they ended: news, nothing, unchanged, or the kind of fault",
            visits.clone(),
        );
        let visit_seconds = Histogram::new([0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0]);
        registry.register(
            "visit_duration_seconds",
            "Time that a visit took",
            visit_seconds.clone(),
        );
        let recorded = Family::<ChangeLabels, Counter>::default();
        registry.register(
            "items_recorded",
            "Items that visits brought, new or changed",
            recorded.clone(),
        );
        let backed_up = Seconds::default();
        registry.register(
            "backup_timestamp_seconds",
            "When the last backup of the service was made; 0 while there is none",
            backed_up.clone(),
        );
        let moment = Moment::register(&mut registry);
        Self {
            registry: Arc::new(Mutex::new(registry)),
            process: Arc::default(),
            requests,
            seconds,
            searches,
            visits,
            visit_seconds,
            recorded,
            backed_up,
            moment,
        }
    }
}

impl Metrics {
    /// Adds figures of another part of the service.
    pub fn register(&self, add: impl FnOnce(&mut Registry)) {
        add(&mut self.registry());
    }

    /// Begins to count for a service that starts now over a store.
    pub(super) fn begin(&self, pulse: &Pulse, now: Timestamp) {
        self.register(|registry| {
            registry.register(
                "store_writes_waiting",
                "Writes that wait for the thread that writes",
                pulse.waiting.clone(),
            );
            registry.register(
                "store_commit_duration_seconds",
                "Time from the beginning of a transaction until it is on the disk",
                pulse.commits.clone(),
            );
        });
        self.process().begin(now);
    }

    /// Counts an answered request. `route` is the pattern, never the address itself: its values must be few.
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, seconds: f64) {
        let route = route.to_owned();
        self.requests
            .get_or_create(&RequestLabels {
                method: method.to_owned(),
                route: route.clone(),
                status,
            })
            .inc();
        self.seconds
            .get_or_create(&RouteLabels { route })
            .observe(seconds);
    }

    /// Counts an answered search.
    pub(super) fn searched(&self, seconds: f64) {
        self.searches.observe(seconds);
    }

    /// Counts a visit to a source.
    pub fn visited(&self, log: &VisitLog) {
        let outcome = match &log.fault {
            Some(fault) => serde_json::to_value(fault.kind)
                .ok()
                .and_then(|kind| kind.as_str().map(str::to_owned))
                .unwrap_or_else(|| "fault".into()),
            None if log.status == Some(304) => "unchanged".into(),
            None if log.new + log.changed > 0 => "news".into(),
            None => "nothing".into(),
        };
        self.visits.get_or_create(&VisitLabels { outcome }).inc();
        self.visit_seconds.observe(log.millis as f64 / 1_000.0);
        for (change, count) in [("new", log.new), ("changed", log.changed)] {
            self.recorded
                .get_or_create(&ChangeLabels { change })
                .inc_by(u64::from(count));
        }
    }

    /// Notes when the last backup was made.
    pub fn backed_up(&self, at: Timestamp) {
        self.backed_up.set(at.as_millisecond() as f64 / 1_000.0);
    }

    /// Writes all figures in the text format of OpenMetrics.
    pub(super) fn write(&self, seen: &Seen<'_>) -> Result<String, std::fmt::Error> {
        self.moment.set(seen);
        let mut process = self.process();
        process.set();
        let mut out = String::new();
        text::encode_registry(&mut out, &self.registry())?;
        text::encode_registry(&mut out, process.registry())?;
        text::encode_eof(&mut out)?;
        Ok(out)
    }

    fn registry(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn process(&self) -> std::sync::MutexGuard<'_, Process> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Fault, FaultKind, Seq};
    use crate::store::{Backlog, Counts, Head, Health};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn requests_lag_and_what_waits_are_told() {
        let metrics = Metrics::default();
        metrics.answered("GET", "/items/{id}", 200, 0.004);
        let head = Head {
            generation: "g".into(),
            seq: Seq(12),
            purged_through: Seq(0),
        };
        let health = Health {
            counts: Counts {
                items: 7,
                ..Counts::default()
            },
            phases: vec![("RO".into(), "failing".into(), 2)],
            due_since: Some(at("2026-11-22T09:50:00Z")),
            answered: Some(at("2026-11-22T09:59:00Z")),
            backlogs: vec![Backlog {
                channel: "mail",
                waiting: 3,
                oldest: Some(at("2026-11-22T09:00:00Z")),
                failed: 1,
            }],
            ..Health::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let mut seen = Seen {
            health: &health,
            head: &head,
            searchable: Seq(10),
            late: 1,
            folder: folder.path(),
            now: at("2026-11-22T10:00:00Z"),
        };
        metrics.write(&seen).unwrap();
        seen.now = at("2026-11-22T10:00:30Z");
        let text = metrics.write(&seen).unwrap();
        for line in [
            "vesti_http_requests_total{method=\"GET\",route=\"/items/{id}\",status=\"200\"} 1",
            "vesti_items 7",
            "vesti_index_lag 2",
            "vesti_index_stalled_seconds 30.0",
            "vesti_sources_in_phase{country=\"RO\",phase=\"failing\"} 2",
            "vesti_source_overdue_seconds 630.0",
            "vesti_last_good_visit_timestamp_seconds 1795341540.0",
            "vesti_outbox_waiting{channel=\"mail\"} 3",
            "vesti_outbox_oldest_seconds{channel=\"mail\"} 3630.0",
            "vesti_editions_late 1",
        ] {
            assert!(text.lines().any(|said| said == line), "{line}: {text}");
        }
        assert!(text.ends_with("# EOF\n"));
        // Level again: nothing stalls any more.
        seen.searchable = Seq(12);
        assert!(
            metrics
                .write(&seen)
                .unwrap()
                .contains("\nvesti_index_stalled_seconds 0.0\n")
        );
    }

    #[test]
    fn visits_are_counted_by_how_they_ended() {
        let metrics = Metrics::default();
        let mut log = VisitLog {
            at: at("2026-11-22T10:00:00Z"),
            url: "https://example.org/feed".into(),
            status: Some(200),
            millis: 1_200,
            bytes: 1,
            listed: 9,
            new: 2,
            changed: 1,
            fault: None,
            note: None,
        };
        metrics.visited(&log);
        (log.new, log.changed) = (0, 0);
        metrics.visited(&log);
        log.status = Some(304);
        metrics.visited(&log);
        log.fault = Some(Fault::new(FaultKind::TooLarge, "too large"));
        metrics.visited(&log);
        let mut text = String::new();
        text::encode(&mut text, &metrics.registry()).unwrap();
        for line in [
            "vesti_visits_total{outcome=\"news\"} 1",
            "vesti_visits_total{outcome=\"nothing\"} 1",
            "vesti_visits_total{outcome=\"unchanged\"} 1",
            "vesti_visits_total{outcome=\"too_large\"} 1",
            "vesti_items_recorded_total{change=\"new\"} 2",
            "vesti_visit_duration_seconds_count 4",
        ] {
            assert!(text.lines().any(|said| said == line), "{line}: {text}");
        }
        assert!(!text.contains("example.org"));
    }
}
