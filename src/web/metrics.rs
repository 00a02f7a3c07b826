//! Figures for Prometheus.

use std::sync::{Arc, Mutex, PoisonError};

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::domain::Seq;
use crate::store::{Counts, Head};

/// The service's figures. Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram, fn() -> Histogram>,
    items: Gauge,
    sources: Gauge,
    due: Gauge,
    failing: Gauge,
    unvisited: Gauge,
    pages: Gauge,
    lag: Gauge,
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

fn histogram() -> Histogram {
    Histogram::new([
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
    ])
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("vesti");
        let requests = Family::default();
        registry.register("http_requests", "HTTP requests answered", requests.clone());
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register(
            "http_request_duration_seconds",
            "Time to answer",
            seconds.clone(),
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
            lag: gauge("index_lag", "Changes recorded but not yet searchable"),
            registry: Arc::new(Mutex::new(registry)),
            requests,
            seconds,
        }
    }
}

impl Metrics {
    /// Adds figures of another part of the service.
    pub fn register(&self, add: impl FnOnce(&mut Registry)) {
        add(&mut self.registry.lock().unwrap_or_else(PoisonError::into_inner));
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

    /// Writes all figures in the text format of OpenMetrics.
    pub(super) fn write(
        &self,
        counts: &Counts,
        head: &Head,
        searchable: Seq,
    ) -> Result<String, std::fmt::Error> {
        let set = |gauge: &Gauge, value: u64| {
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        };
        set(&self.items, counts.items);
        set(&self.sources, counts.sources);
        set(&self.due, counts.due);
        set(&self.failing, counts.failing);
        set(&self.unvisited, counts.unvisited);
        set(&self.pages, counts.pages);
        set(&self.lag, head.seq.0.saturating_sub(searchable.0));
        let mut out = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        text::encode(&mut out, &registry)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_lag_are_told() {
        let metrics = Metrics::default();
        metrics.answered("GET", "/items/{id}", 200, 0.004);
        let head = Head {
            generation: "g".into(),
            seq: Seq(12),
            purged_through: Seq(0),
        };
        let counts = Counts {
            items: 7,
            ..Counts::default()
        };
        let text = metrics.write(&counts, &head, Seq(10)).unwrap();
        assert!(
            text.contains(
                "vesti_http_requests_total{method=\"GET\",route=\"/items/{id}\",status=\"200\"} 1"
            ),
            "{text}"
        );
        assert!(text.contains("vesti_items 7"));
        assert!(text.contains("vesti_index_lag 2"));
        assert!(text.ends_with("# EOF\n"));
    }
}
