//! `vesti doctor`

mod contents;
mod finding;
mod installation;
mod outside;

use std::io::Write as _;

use serde_json::json;

use super::Context;
use crate::clock::{Clock, SystemClock};
use crate::config::{self, Config};
use finding::{Findings, Verdict};

/// Says in plain words what is wrong with an installation, and what to do about it: exit status 1 where anything is. Changes
/// nothing, whether the service runs or not.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Asks the network too: names, some of the sources, the mail server, the public address
    #[arg(long)]
    pub net: bool,
    /// Compares the indexes of the store with its tables too, which takes longer
    #[arg(long)]
    pub deep: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Only these checks; `--only service` fails where no service answers
    #[arg(long, value_enum)]
    pub only: Vec<Check>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// The files of the configuration.
    Configuration,
    /// The machine: memory, open files, processors.
    Machine,
    /// The clock.
    Clock,
    /// The data directory: rights, room.
    Data,
    /// The store.
    Store,
    /// The search index.
    Index,
    /// Dictionaries.
    Dictionaries,
    /// The running service and the address that it listens on.
    Service,
    /// Sources that fail or fell silent.
    Sources,
    /// What waits to be sent.
    Outbox,
    /// Backups.
    Backup,
    /// The mail server.
    Mail,
    /// Names, certificates, the network.
    Network,
    /// The address that people type.
    Address,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let mut findings = Findings::new(args.only.clone());
    let config = match Config::load(&context.config, config::environment()) {
        Ok(config) => {
            installation::configuration(&mut findings, &config, &context.config);
            config
        }
        Err(problems) => {
            findings.fault(
                Check::Configuration,
                format!("{problems}").trim_end().to_owned(),
                "correct it; `vesti check` says when all is well. The other checks go by the defaults",
            );
            Config::default()
        }
    };
    let data = context.data(&config);
    let now = SystemClock.now();
    installation::machine(&mut findings);
    installation::directory(&mut findings, &data, now);
    installation::clock(&mut findings, &data, now);
    contents::store(&mut findings, &data, args.deep);
    let running = outside::service(&mut findings, &config, &data);
    contents::index(&mut findings, context, &config, &data, running.as_ref());
    installation::dictionaries(&mut findings, &config);
    contents::sources(&mut findings, &config, &data, now);
    contents::outbox(&mut findings, &config, &data, now);
    installation::backups(&mut findings, &config, &data, now);
    if args.net {
        outside::mail(&mut findings, &config);
        outside::network(&mut findings, &config)?;
        outside::address(&mut findings, &config)?;
    }

    let faults = findings.count(Verdict::Fault);
    let mut out = std::io::stdout().lock();
    if args.json {
        let report = json!({ "ok": faults == 0, "checks": findings.all });
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", findings.text())?;
    }
    match faults {
        0 => Ok(()),
        1 => anyhow::bail!("1 thing is wrong"),
        count => anyhow::bail!("{count} things are wrong"),
    }
}
