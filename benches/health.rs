//! How soon faults are found, and how often there is none: a thousand simulated sources over two simulated years.
//!
//! `cargo bench --bench health -- SEED` prints the table; without a seed, the one of `docs/measurements.md`.

#![allow(clippy::unwrap_used, reason = "a simulation may")]

#[path = "../tests/health/simulation/mod.rs"]
mod simulation;

use simulation::{Plan, run};

fn main() {
    // Cargo adds --bench.
    let numbers: Vec<u64> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let plan = Plan {
        seed: numbers.first().copied().unwrap_or(2027),
        sources: numbers.get(1).map_or(1000, |count| *count as usize),
        days: 730,
    };
    let began = std::time::Instant::now();
    let table = run(plan);
    println!(
        "{} sources, {} days, seed {}",
        plan.sources, plan.days, plan.seed
    );
    println!("{table}");
    println!("{:.0} s", began.elapsed().as_secs_f64());
}
