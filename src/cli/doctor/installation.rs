//! The machine, the configuration, the data directory, the clock, the backups.

use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::Check;
use super::finding::Findings;
use crate::cli::backup::{shelf, size};
use crate::config::Config;
use crate::crawling::span;
use crate::search::dictionaries;
use crate::store::{self, Look};

/// Least room for anything to be recorded at all.
const NO_ROOM: u64 = 50_000_000;
/// The store should have room to grow for so many days.
const AHEAD: i64 = 90;
/// Memory that is needed beside what runs already.
const LITTLE_MEMORY: u64 = 150_000_000;
/// Files that must be able to be open at the same time: connections, the index, the store.
const FEW_FILES: u64 = 1_024;
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn configuration(findings: &mut Findings, config: &Config, file: &Path) {
    let check = Check::Configuration;
    let mut well = true;
    if !file.exists() {
        well = false;
        findings.warn(
            check,
            format!("there is no {}: the defaults are in force", file.display()),
            "name another file with --config, or create this one: an empty one will do",
        );
    }
    if config.sources.is_empty() {
        well = false;
        findings.warn(
            check,
            format!(
                "no source is configured, so nothing is read: {} names none",
                config.folder.join("sources.toml").display()
            ),
            "put a [[source]] there; `vesti probe URL` writes it",
        );
    }
    for warning in config.warnings() {
        well = false;
        findings.warn(
            check,
            warning,
            "see config/vesti.toml, which explains every key",
        );
    }
    if well {
        findings.ok(
            check,
            format!(
                "in order; sources: {}, digests: {}",
                config.sources.len(),
                config.digests.len()
            ),
        );
    }
}

pub(super) fn machine(findings: &mut Findings) {
    let check = Check::Machine;
    if !findings.wants(check) {
        return;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").ok();
    let line = |name: &str| {
        let line = memory
            .as_ref()?
            .lines()
            .find(|line| line.starts_with(name))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1_024)
    };
    match line("MemAvailable:") {
        Some(free) if free < LITTLE_MEMORY => findings.warn(
            check,
            format!("only {} of memory are free", size(free)),
            "stop other programs, or give the machine more: vesti needs some 200 MB",
        ),
        Some(free) => findings.ok(
            check,
            format!("{} of memory free, processors: {cores}", size(free)),
        ),
        None => findings.ok(check, format!("processors: {cores}")),
    }
    #[cfg(unix)]
    {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
        if let Some(files) = limit.current.filter(|files| *files < FEW_FILES) {
            findings.warn(
                check,
                format!("a program may have only {files} files open here"),
                format!("raise the limit to {FEW_FILES} or more (`ulimit -n`, or LimitNOFILE= in the unit)"),
            );
        }
    }
}

pub(super) fn directory(findings: &mut Findings, data: &Path, now: Timestamp) {
    let check = Check::Data;
    if !findings.wants(check) {
        return;
    }
    let shown = data.display();
    let meta = match fs::metadata(data) {
        Ok(meta) if meta.is_dir() => meta,
        Ok(_) => {
            findings.fault(
                check,
                format!("{shown} is no folder, and the data are to go there"),
                "move that file away, or set data.dir or --data to a folder",
            );
            return;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            findings.warn(
                check,
                format!("there is no {shown} yet"),
                "`vesti serve` makes it; if there should be one, name it with --data or start vesti from the folder that it is in",
            );
            return;
        }
        Err(error) => {
            findings.fault(
                check,
                format!("{shown} cannot be looked into ({error})"),
                "run this as the user that vesti runs as, or give that user the right",
            );
            return;
        }
    };
    // Writing is what the directory is for: nothing tells better than trying.
    let trial = data.join(format!(".doctor-{:016x}", fastrand::u64(..)));
    let written =
        fs::write(&trial, "vesti doctor").and_then(|()| fs::File::open(&trial)?.sync_all());
    let _ = fs::remove_file(&trial);
    let mut well = true;
    if let Err(error) = written {
        use std::io::ErrorKind as Kind;
        well = false;
        let (says, advice) = match error.kind() {
            Kind::ReadOnlyFilesystem => (
                "its file system can only be read",
                "mount it for writing; after a disk error it is often mounted so until the machine is restarted",
            ),
            Kind::StorageFull | Kind::QuotaExceeded => {
                ("there is no room left on its disk", "free some space")
            }
            _ => (
                "nothing can be written there",
                "give the user that vesti runs as the right to write there, such as with `chown -R`",
            ),
        };
        findings.fault(check, format!("{shown}: {says} ({error})"), advice);
    }
    well &= rights(findings, data, &meta);
    well &= room(findings, data, now);
    if well {
        let free = store::free_space(data).map_or(String::new(), |free| {
            format!(", {} free on its disk", size(free))
        });
        findings.ok(check, format!("{shown} can be written{free}"));
    }
}

#[cfg(unix)]
fn rights(findings: &mut Findings, data: &Path, meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let shown = data.display();
    let mut well = true;
    if meta.mode() & 0o007 != 0 {
        well = false;
        findings.warn(
            Check::Data,
            format!("every user of this machine may look into {shown}, where addresses of subscribers are"),
            format!("chmod o-rwx {shown}"),
        );
    }
    let own = rustix::process::geteuid();
    let foreign = fs::metadata(data.join("vesti.db"))
        .ok()
        .filter(|store| store.uid() != meta.uid());
    if let Some(store) = foreign {
        well = false;
        findings.warn(
            Check::Data,
            format!(
                "{shown} belongs to user {}, the store in it to user {}",
                meta.uid(),
                store.uid()
            ),
            format!(
                "let the user that vesti runs as own all of it: chown -R {} {shown}",
                meta.uid()
            ),
        );
    } else if own.as_raw() != meta.uid() && !own.is_root() {
        well = false;
        findings.warn(
            Check::Data,
            format!(
                "{shown} belongs to user {}, and this is user {}",
                meta.uid(),
                own.as_raw()
            ),
            "run vesti, and this, as the user that the directory belongs to",
        );
    }
    well
}

#[cfg(not(unix))]
fn rights(_: &mut Findings, _: &Path, _: &fs::Metadata) -> bool {
    true
}

/// Whether there is room for what comes, judged by what came.
fn room(findings: &mut Findings, data: &Path, now: Timestamp) -> bool {
    let Some(free) = store::free_space(data) else {
        return true;
    };
    let shown = data.display();
    if free < NO_ROOM {
        findings.fault(
            Check::Data,
            format!("only {} are free on the disk of {shown}", size(free)),
            "free some space; nothing recorded is lost, and vesti goes on by itself",
        );
        return false;
    }
    let examined = store::examine(data, Look::Surface).ok();
    let first = examined.as_ref().and_then(|found| found.first);
    if let (Some(found), Some(first)) = (&examined, first) {
        let days = now.duration_since(first).as_hours() / 24;
        if days >= 14 {
            // The index and a backup or two grow with it.
            let grown = found.bytes / days.unsigned_abs() * 3;
            if free < grown.saturating_mul(AHEAD.unsigned_abs()) {
                findings.warn(
                    Check::Data,
                    format!(
                        "{} are free on the disk of {shown}, and vesti needs some {} more each day",
                        size(free),
                        size(grown)
                    ),
                    "make room, or have old things deleted: see [retention] in vesti.toml",
                );
                return false;
            }
        }
    }
    true
}

pub(super) fn clock(findings: &mut Findings, data: &Path, now: Timestamp) {
    let check = Check::Clock;
    if !findings.wants(check) {
        return;
    }
    // When this was written.
    const LEAST: i64 = 1_763_000_000;
    let advice = "set the clock, and have it kept right (`timedatectl set-ntp true`)";
    if now.as_second() < LEAST {
        findings.fault(
            check,
            format!(
                "the clock of this machine says {}, which is past",
                now.strftime("%Y-%m-%d")
            ),
            advice,
        );
        return;
    }
    let last = store::examine(data, Look::Surface)
        .ok()
        .and_then(|found| found.last);
    match last {
        Some(last) if last.duration_since(now) > SignedDuration::from_mins(10) => findings.fault(
            check,
            format!(
                "the clock of this machine says {}, and something was recorded at {}: it is slow now, or was fast then",
                now.strftime("%Y-%m-%d %H:%M UTC"),
                last.strftime("%Y-%m-%d %H:%M UTC")
            ),
            advice,
        ),
        _ => findings.ok(check, format!("{}", now.strftime("%Y-%m-%d %H:%M UTC"))),
    }
}

pub(super) fn dictionaries(findings: &mut Findings, config: &Config) {
    let check = Check::Dictionaries;
    if !findings.wants(check) {
        return;
    }
    if config.settings.search.dictionaries.is_empty() {
        findings.ok(check, "none are wanted");
        return;
    }
    let found = dictionaries::find(&config.settings.search);
    if found.is_empty() {
        findings.warn(
            check,
            "none are installed: fewer inflected forms find each other",
            "on Debian: apt install hunspell-ro hunspell-lv hunspell-ru; or set search.dictionaries = []",
        );
    } else {
        let names: Vec<String> = found.iter().map(ToString::to_string).collect();
        findings.ok(check, names.join(", "));
    }
}

pub(super) fn backups(findings: &mut Findings, config: &Config, data: &Path, now: Timestamp) {
    let check = Check::Backup;
    if !findings.wants(check) {
        return;
    }
    let settings = &config.settings.backup;
    let folder = shelf::folder(settings, data);
    let last = shelf::list(&folder).pop();
    let shown = folder.display();
    let every = settings
        .every
        .and_then(|every| SignedDuration::try_from(every).ok());
    match (last, every) {
        (Some((made, path)), every) => {
            let age = now.duration_since(made);
            let most = every.map_or(DAY * 30, |every| every * 2 + DAY);
            if age > most {
                findings.warn(
                    check,
                    format!("the last one is {} old: {}", span(age), path.display()),
                    "see in the log why none was made since, or make one with `vesti backup`",
                );
            } else {
                findings.ok(
                    check,
                    format!(
                        "the last one was made {} ago: {}",
                        span(age),
                        path.display()
                    ),
                );
            }
        }
        (None, Some(every)) => {
            let first = store::examine(data, Look::Surface)
                .ok()
                .and_then(|found| found.first);
            let overdue = first.is_some_and(|first| now.duration_since(first) > every * 2);
            if overdue {
                findings.warn(
                    check,
                    format!("there is none in {shown}"),
                    "let `vesti serve` run for a while, or make one with `vesti backup`",
                );
            } else {
                findings.ok(check, format!("the first one is to come, in {shown}"));
            }
        }
        (None, None) => findings.warn(
            check,
            format!("vesti makes none (backup.every is \"off\"), and there is none in {shown}"),
            "have `vesti backup` run every night, or set backup.every",
        ),
    }
}
