//! Visits, told to people.

use std::fmt::Write as _;

use crate::crawling::Report;
use crate::domain::Phase;

/// One plain line: `fonss: 12 new, 0 changed of 30 (0.4 s)`.
pub(super) fn line(report: &Report) -> String {
    let log = &report.log;
    let mut line = format!("{}: ", report.source);
    if let Some(fault) = &log.fault {
        let _ = write!(line, "{fault}");
        if let Phase::Failing { tries, .. } = &report.state.phase {
            let wait = report.state.next_visit.duration_since(log.at);
            let _ = write!(
                line,
                " (attempt {tries}, again in {})",
                crate::crawling::span(wait)
            );
        }
    } else if log.status == Some(304) {
        line.push_str("nothing changed");
    } else {
        let _ = write!(
            line,
            "{} new, {} changed of {}",
            log.new, log.changed, log.listed
        );
    }
    if let Some(note) = &log.note {
        let _ = write!(line, "; {note}");
    }
    let _ = write!(line, " ({:.1} s)", log.millis as f64 / 1_000.0);
    line
}

/// Into the log: what is new and what went wrong at once, the rest only for those who look closely.
pub(super) fn log(report: &Report) {
    let line = line(report);
    if report.log.fault.is_some() {
        tracing::warn!("{line}");
    } else if report.log.new + report.log.changed > 0 || report.log.note.is_some() {
        tracing::info!("{line}");
    } else {
        tracing::debug!("{line}");
    }
}
