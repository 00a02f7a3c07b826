//! What vesti keeps: the store, the index, what it says of sources and of what waits.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::Check;
use super::finding::Findings;
use super::outside::Running;
use crate::cli::Context;
use crate::cli::backup::size;
use crate::config::Config;
use crate::crawling::span;
use crate::domain::Phase;
use crate::search::Index;
use crate::store::{self, Look, SourceRecord, Store, StoreError};
use crate::understanding::analysis::STEMMED;

/// Failures shorter than this mend themselves more often than not.
const PASSING: SignedDuration = SignedDuration::from_hours(7 * 24);
/// What waits longer than this waits for somebody.
const STUCK: SignedDuration = SignedDuration::from_hours(24);
/// Names told of many.
const NAMES: usize = 5;

pub(super) fn store(findings: &mut Findings, data: &Path, deep: bool) {
    let check = Check::Store;
    if !findings.wants(check) {
        return;
    }
    let shown = data.join("vesti.db");
    let shown = shown.display();
    let look = if deep { Look::Deep } else { Look::Whole };
    let found = match store::examine(data, look) {
        Ok(found) => found,
        Err(StoreError::Missing { .. }) => {
            findings.ok(check, "there is none yet");
            return;
        }
        Err(error @ StoreError::Damaged { .. }) => {
            findings.fault(check, error.to_string(), restore_advice());
            return;
        }
        Err(error) => {
            findings.fault(
                check,
                format!("it cannot be opened: {error}"),
                "run this as the user that vesti runs as, and look at the rights of the data directory",
            );
            return;
        }
    };
    if let Some(first) = found.damage.first() {
        let first = first.lines().next().unwrap_or_default();
        findings.fault(
            check,
            format!("{shown} is damaged ({first})"),
            restore_advice(),
        );
        return;
    }
    if found.format > found.known {
        findings.fault(
            check,
            format!(
                "a newer vesti wrote {shown} (format {}, this one knows {})",
                found.format, found.known
            ),
            "use the newer vesti, or restore a backup that this one made",
        );
        return;
    }
    let mut well = true;
    if found.format < found.known {
        well = false;
        findings.warn(
            check,
            format!("{shown} is of an older format ({}, this vesti writes {})", found.format, found.known),
            "nothing is to be done: `vesti serve` brings it up to date when it starts, and keeps a copy for a week",
        );
    }
    let log = std::fs::metadata(data.join("vesti.db-wal")).map_or(0, |meta| meta.len());
    if log > 256_000_000 {
        well = false;
        findings.warn(
            check,
            format!("{} wait in {shown}-wal to be taken in", size(log)),
            "something has read the store for very long: stop other programs that have it open, or restart vesti",
        );
    }
    if found.free > 100_000_000 && found.free > found.bytes / 2 {
        well = false;
        findings.warn(
            check,
            format!(
                "{} of its {} are free pages, which are used again but not given back",
                size(found.free),
                size(found.bytes)
            ),
            "to get them back: `vesti backup FILE`, stop vesti, `vesti restore FILE --replace`",
        );
    }
    if well {
        let whole = if deep {
            "whole, its indexes too"
        } else {
            "whole"
        };
        findings.ok(
            check,
            format!("{whole}; {}, format {}", size(found.bytes), found.format),
        );
    }
}

fn restore_advice() -> &'static str {
    "stop vesti and put the last backup in force: `vesti restore FILE --replace` (backups are in the folder `backups` of the \
     data directory, unless backup.dir says otherwise). Without one, move vesti.db away: vesti then reads all sources anew"
}

pub(super) fn index(
    findings: &mut Findings,
    context: &Context,
    config: &Config,
    data: &Path,
    running: Option<&Running>,
) {
    let check = Check::Index;
    if !findings.wants(check) {
        return;
    }
    if let Some(running) = running {
        match running.recorded.saturating_sub(running.searchable) {
            lag if lag > 1_000 => findings.warn(
                check,
                format!("{lag} changes are recorded and cannot be found yet"),
                "wait a minute and look again: it is being made anew, or the machine is busy. If it grows, see the log",
            ),
            lag => findings.ok(check, format!("the service has it level with the store; changes to come: {lag}")),
        }
        return;
    }
    let Ok(store) = Store::open_for_reading(data) else {
        findings.ok(check, "is made of the store, which has to be there first");
        return;
    };
    // Dictionaries belong to what an index is known by.
    context.use_dictionaries(config, &STEMMED);
    let opened = Index::open(data, &store, &config.settings.search, &config.thesaurus);
    let head = store.head();
    match (opened, head) {
        (Ok(index), Ok(head)) if index.searchable() == head.seq => {
            findings.ok(check, "level with the store");
        }
        (Ok(index), Ok(head)) => findings.warn(
            check,
            format!("it has changes up to {} of {}", index.searchable(), head.seq),
            "nothing is to be done: `vesti serve` takes in the rest, or makes it anew, while it starts",
        ),
        (Err(error), _) => findings.warn(
            check,
            error.to_string(),
            "`vesti reindex` makes it anew; nothing is lost",
        ),
        (_, Err(error)) => findings.fault(check, error.to_string(), restore_advice()),
    }
}

pub(super) fn sources(findings: &mut Findings, config: &Config, data: &Path, now: Timestamp) {
    let check = Check::Sources;
    if !findings.wants(check) {
        return;
    }
    let Some(all) = Store::open_for_reading(data)
        .and_then(|store| store.sources())
        .ok()
        .filter(|all| !all.is_empty())
    else {
        findings.ok(check, "none was visited yet");
        return;
    };
    let long = |since: &Timestamp| now.duration_since(*since) > PASSING;
    let failing = pick(&all, |phase| matches!(phase, Phase::Failing { .. }));
    let failing_long = pick(
        &all,
        |phase| matches!(phase, Phase::Failing { since, .. } if long(since)),
    );
    let silent = pick(&all, |phase| matches!(phase, Phase::Silent { .. }));
    let gone = pick(&all, |phase| matches!(phase, Phase::Gone { .. }));
    let never: Vec<&SourceRecord> = all
        .iter()
        .filter(|record| {
            matches!(record.state.phase, Phase::New)
                && now.duration_since(record.state.next_visit) > STUCK
        })
        .collect();
    let active = all
        .iter()
        .filter(|record| !matches!(record.state.phase, Phase::Paused | Phase::New))
        .count();
    let mut well = true;
    if active >= 2 && failing.len() == active {
        findings.fault(
            check,
            format!("all {active} fail, the last with: {}", last_fault(&failing)),
            "the network of this machine is most likely to blame: `vesti doctor --net` looks at it",
        );
        return;
    }
    let mut tell = |records: &[&SourceRecord], what: &str, advice: &str| {
        if !records.is_empty() {
            well = false;
            findings.warn(
                check,
                format!("{} {what}: {}", records.len(), names(records)),
                advice,
            );
        }
    };
    tell(
        &failing_long,
        "fail for more than a week",
        "look at them on /monitor, or ask `vesti probe URL` how else they can be read",
    );
    tell(
        &silent,
        "have said nothing for much longer than they used to",
        "look at their websites: a feed may have stopped while the site goes on",
    );
    tell(
        &gone,
        "say that they are gone for good",
        "take them out, or give them a new address",
    );
    tell(
        &never,
        "were never visited, though they are due for more than a day",
        "start `vesti serve`; if it runs, see its log",
    );
    if well {
        let configured = config.sources.len();
        findings.ok(
            check,
            format!(
                "{configured} configured, {} failing since less than a week",
                failing.len()
            ),
        );
    }
}

fn pick(all: &[SourceRecord], wanted: impl Fn(&Phase) -> bool) -> Vec<&SourceRecord> {
    all.iter()
        .filter(|record| wanted(&record.state.phase))
        .collect()
}

fn names(records: &[&SourceRecord]) -> String {
    let mut names: Vec<&str> = records
        .iter()
        .take(NAMES)
        .map(|record| record.source.id.as_str())
        .collect();
    if records.len() > NAMES {
        names.push("…");
    }
    names.join(", ")
}

fn last_fault(records: &[&SourceRecord]) -> String {
    records
        .last()
        .and_then(|record| record.state.phase.fault())
        .map_or_else(String::new, ToString::to_string)
}

pub(super) fn outbox(findings: &mut Findings, config: &Config, data: &Path, now: Timestamp) {
    let check = Check::Outbox;
    if !findings.wants(check) {
        return;
    }
    let health = Store::open_for_reading(data).and_then(|store| store.health(now));
    let Ok(health) = health else {
        findings.ok(check, "nothing waits");
        return;
    };
    let mut well = true;
    let mut waiting = 0;
    for backlog in health.backlogs {
        waiting += backlog.waiting;
        let age = backlog.oldest.map(|oldest| now.duration_since(oldest));
        if let Some(age) = age.filter(|age| *age > STUCK) {
            well = false;
            let advice = if backlog.channel == "mail" && config.settings.mail.is_none() {
                "no mail server is configured: set [mail] in vesti.toml"
            } else {
                "`vesti doctor --net` tries the way out; the log says what was answered"
            };
            findings.warn(
                check,
                format!(
                    "{} ({}): waiting since {}",
                    backlog.channel,
                    backlog.waiting,
                    span(age)
                ),
                advice,
            );
        }
    }
    if well {
        findings.ok(check, format!("waiting: {waiting}"));
    }
}
