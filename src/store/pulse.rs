//! How the thread that writes is doing.

use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

/// Figures of the thread that writes. Clones count together.
#[derive(Debug, Clone)]
pub struct Pulse {
    /// Writes that wait for their turn.
    pub waiting: Gauge,
    /// How long transactions took, from their beginning until they were on the disk, in seconds.
    pub commits: Histogram,
}

impl Default for Pulse {
    fn default() -> Self {
        Self {
            waiting: Gauge::default(),
            commits: Histogram::new([
                0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
            ]),
        }
    }
}
