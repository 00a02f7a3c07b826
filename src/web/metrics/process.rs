//! What every process has, by the names that Prometheus' own libraries give it
//! (<https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics>). Read from /proc: elsewhere it stays at zero.

use std::fs;
use std::sync::atomic::AtomicU64;

use jiff::Timestamp;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::Seconds;

/// The unit of times in /proc, on every architecture that Linux has (`USER_HZ`).
const TICKS: f64 = 100.0;

pub(super) struct Process {
    registry: Registry,
    memory: Gauge,
    files: Gauge,
    most_files: Gauge,
    processor: Counter<f64, AtomicU64>,
    started: Seconds,
}

impl Default for Process {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("process");
        let mut gauge = |name: &str, help: &str| {
            let gauge: Gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let memory = gauge("resident_memory_bytes", "Resident memory");
        let files = gauge("open_fds", "Open file descriptors");
        let most_files = gauge("max_fds", "Most file descriptors that may be open");
        let processor = Counter::default();
        registry.register(
            "cpu_seconds",
            "Processor time, of this process and of its threads",
            processor.clone(),
        );
        let started = Seconds::default();
        registry.register(
            "start_time_seconds",
            "When the process started",
            started.clone(),
        );
        Self {
            registry,
            memory,
            files,
            most_files,
            processor,
            started,
        }
    }
}

impl Process {
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    pub fn begin(&self, now: Timestamp) {
        self.started.set(now.as_millisecond() as f64 / 1_000.0);
    }

    pub fn set(&mut self) {
        if let Some(bytes) = resident() {
            self.memory.set(bytes);
        }
        if let Ok(open) = fs::read_dir("/proc/self/fd") {
            self.files.set(i64::try_from(open.count()).unwrap_or(0));
        }
        #[cfg(unix)]
        {
            let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
            let most = most.and_then(|most| i64::try_from(most).ok());
            self.most_files.set(most.unwrap_or(0));
        }
        if let Some(seconds) = processor() {
            let more = seconds - self.processor.get();
            if more > 0.0 {
                self.processor.inc_by(more);
            }
        }
    }
}

fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024)
}

fn processor() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold anything.
    let rest = stat.rsplit_once(')')?.1;
    let mut fields = rest.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}
