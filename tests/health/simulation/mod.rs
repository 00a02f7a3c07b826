//! Simulated sources over simulated years, with faults at random times, through the real state machine and the real detectors.
//!
//! What is counted, and why it is fair:
//!
//! * A fault begins when it can first be seen: a feed that stands still, with the first announcement that it lacks; a certificate, two
//!   weeks before its end; silence, with the last announcement; all others at once.
//! * It is found when the finding begins that names it; another name does not count.
//! * The usual interval of a source is the mean time between its occasions (what comes within an hour is one) in the year before, or
//!   the time between its visits where that is longer. For silence it is the gap that it exceeds once in twenty times, and two days
//!   at least, since nobody can call silence what a source does by itself every few weeks, or on a weekend; and the days of its own
//!   yearly pauses do not count.
//! * A false alarm is any finding that begins while nothing is wrong, whatever it is called, but for notes of what vesti itself did.
//!   Outages of up to 16 hours, which every source has once a month or so, are nothing wrong.

mod faults;
mod rhythm;
mod site;

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use vesti::crawling::health::{Patience, diagnose};
use vesti::crawling::lifecycle::{self, Policy};
use vesti::domain::{SourceState, Turn, turned};

use faults::{Fault, Injected};
use site::Site;

/// What to simulate.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub sources: usize,
    pub days: i64,
    pub seed: u64,
}

/// What came of the faults of one kind.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub injected: usize,
    pub found: usize,
    pub in_time: usize,
    /// In usual intervals, of those that were found.
    pub delays: Vec<f64>,
}

/// What came of it all.
#[derive(Debug, Default)]
pub struct Table {
    pub rows: BTreeMap<&'static str, Row>,
    /// False alarms by what they were called.
    pub false_alarms: BTreeMap<&'static str, usize>,
    pub months: f64,
    pub visits: usize,
}

impl Table {
    pub fn all(&self) -> Row {
        let mut all = Row::default();
        for row in self.rows.values() {
            all.injected += row.injected;
            all.found += row.found;
            all.in_time += row.in_time;
            all.delays.extend(&row.delays);
        }
        all
    }

    /// False alarms in a hundred months of a source.
    pub fn alarms(&self) -> f64 {
        self.false_alarms.values().sum::<usize>() as f64 / self.months * 100.0
    }
}

impl Row {
    /// The part that was found within three usual intervals.
    pub fn share(&self) -> f64 {
        self.in_time as f64 / self.injected.max(1) as f64
    }

    fn median(&self) -> f64 {
        let mut delays = self.delays.clone();
        delays.sort_by(f64::total_cmp);
        delays.get(delays.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| fault | injected | found | within 3 usual intervals | median delay, usual intervals |"
        )?;
        writeln!(f, "| --- | ---: | ---: | ---: | ---: |")?;
        let line = |f: &mut fmt::Formatter<'_>, name: &str, row: &Row| {
            writeln!(
                f,
                "| {name} | {} | {} | {:.1} % | {:.2} |",
                row.injected,
                row.found,
                row.share() * 100.0,
                row.median()
            )
        };
        for (name, row) in &self.rows {
            line(f, name, row)?;
        }
        line(f, "all", &self.all())?;
        writeln!(
            f,
            "\nFalse alarms: {:.2} per 100 source-months ({:.0} source-months, {} visits)",
            self.alarms(),
            self.months,
            self.visits
        )?;
        for (name, count) in &self.false_alarms {
            writeln!(f, "  {name}: {count}")?;
        }
        Ok(())
    }
}

/// Lives through the plan, all sources one after the other.
pub fn run(plan: Plan) -> Table {
    let mut table = Table::default();
    for number in 0..plan.sources {
        let seed = plan
            .seed
            .wrapping_mul(1_000_003)
            .wrapping_add(number as u64);
        live(&mut fastrand::Rng::with_seed(seed), plan.days, &mut table);
    }
    table
}

fn policy() -> Policy {
    Policy {
        min_interval: std::time::Duration::from_mins(15),
        max_interval: std::time::Duration::from_hours(24),
        fixed: None,
        pushed_until: None,
        patience: Patience::default(),
    }
}

/// The life of one source.
fn live(rng: &mut fastrand::Rng, days: i64, table: &mut Table) {
    let start: Timestamp = "2024-03-01T00:00:00Z".parse().unwrap();
    let start = start + SignedDuration::from_hours(rng.i64(0..24 * 365));
    let end = start + SignedDuration::from_hours(24 * days);
    let mut site = Site::new(rng, start, end);
    let mut state = SourceState::new(start);
    let mut fault: Option<Injected> = None;
    // It is known for some weeks before anything happens to it.
    let mut next_fault = start + SignedDuration::from_hours(24 * rng.i64(30..150));
    let mut policy = policy();
    // For tuning.
    let tuned = std::env::var("VESTI_PATIENCE").unwrap_or_default();
    let tuned: Vec<f64> = tuned
        .split(' ')
        .filter_map(|number| number.parse().ok())
        .collect();
    if let [gaps, pauses, days] = tuned[..] {
        policy.patience.odds = gaps;
        policy.patience.pauses = pauses;
        policy.patience.silence = SignedDuration::from_hours((days * 24.0) as i64);
    }
    table.months += days as f64 / 30.44;
    while state.next_visit < end {
        let now = state.next_visit;
        if fault.is_none() && now >= next_fault {
            let room = end.duration_since(now).as_hours() / 24;
            fault = Fault::any(rng, &site, &state)
                .map(|kind| Injected::new(kind, &site, &state, now))
                // What could not be found before the end says nothing.
                .filter(|fault| fault.longest().as_hours() / 24 + 10 < room);
            if fault.is_none() {
                next_fault = now + SignedDuration::from_hours(24 * rng.i64(5..60));
            }
        }
        let (saw, evidence) = site.visit(rng, &state, fault.as_mut(), now);
        let old = state;
        state = lifecycle::next(now, &old, &saw, &policy, rng.f64());
        diagnose(now, &old, &evidence, &mut state, &policy.patience);
        table.visits += 1;
        for (turn, finding) in turned(&old.findings, &state.findings) {
            if turn == Turn::Ended {
                continue;
            }
            let word = finding.symptom.word();
            match &mut fault {
                Some(fault) => fault.hear(word, now, &site),
                None if word == "moved" => {}
                None => {
                    if std::env::var("VESTI_SIMULATION_SHOW").is_ok() {
                        eprintln!("{word} at {now}: {}", site.told(now));
                    }
                    *table.false_alarms.entry(word).or_default() += 1;
                }
            }
        }
        if let Some(open) = &fault
            && open.is_over(now)
        {
            let row = table.rows.entry(open.kind.name()).or_default();
            // A feed that stood still while its site said nothing either was not wrong.
            if let Some(seen) = open.visible {
                row.injected += 1;
                if let Some(found) = open.found {
                    let delay = open.intervals(seen, found, &site);
                    row.found += 1;
                    row.in_time += usize::from(delay <= 3.0);
                    if delay > 3.0 && std::env::var("VESTI_SIMULATION_SHOW").is_ok() {
                        eprintln!(
                            "late {:.1}, {}: {} from {seen} to {found}",
                            delay,
                            open.kind.name(),
                            site.told(seen)
                        );
                    }
                    row.delays.push(delay);
                }
            }
            site.repair(open.kind, now);
            next_fault = now + SignedDuration::from_hours(24 * rng.i64(40..200));
            // What was broken is whole again: what is still said of it is said of the fault.
            fault = None;
        }
    }
}
