//! What the monitor is told of sources: over simulated years, and over real HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[path = "health/demo.rs"]
mod demo;
#[path = "health/simulation/mod.rs"]
mod simulation;
#[path = "health/visits.rs"]
mod visits;

use simulation::{Plan, run};

/// `VESTI_SIMULATION="SEED SOURCES"` runs another plan and shows its table; `benches/health.rs` runs the whole one.
#[test]
fn faults_are_found_within_three_intervals_and_alarms_are_seldom_false() {
    let given = std::env::var("VESTI_SIMULATION").unwrap_or_default();
    let numbers: Vec<u64> = given
        .split(' ')
        .filter_map(|number| number.parse().ok())
        .collect();
    let table = run(Plan {
        seed: numbers.first().copied().unwrap_or(22),
        sources: numbers.get(1).map_or(50, |count| *count as usize),
        days: 730,
    });
    println!("{table}");
    let all = table.all();
    assert!(all.injected > 100, "{table}");
    assert!(all.share() >= 0.95, "{table}");
    assert!(table.alarms() <= 1.0, "{table}");
}
