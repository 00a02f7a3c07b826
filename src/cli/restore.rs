//! `vesti restore`

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, ensure};

use super::Context;
use super::backup::archive::Backup;
use super::backup::{give, size};
use crate::clock::{Clock, SystemClock};
use crate::store::{self, Outgoing, Restoring};

/// How long a service may take to let go of its data.
const PATIENCE: Duration = Duration::from_mins(1);

/// Puts a backup in force. A service that runs lets go of its data for that moment, and goes on with what was restored.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file that `vesti backup` made
    pub file: PathBuf,
    /// The data directory (default: as for every command)
    #[arg(long)]
    pub into: Option<PathBuf>,
    /// Replaces the store that is there; it is kept in a folder before-restore-… of the data directory
    #[arg(long)]
    pub replace: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let data = match (&args.into, &context.data) {
        (Some(data), _) | (None, Some(data)) => data.clone(),
        (None, None) => {
            let config = context
                .config()
                .context("say with --data where the data are to go")?;
            context.data(&config)
        }
    };
    let now = SystemClock.now();
    let mut backup = Backup::open(&args.file)?;
    let mut restoring = Restoring::begin(&data)?;
    give(&[&restoring.lock_file()], &data);
    ensure!(
        args.replace || !restoring.has_store(),
        "there is a store in {} already: --replace puts the backup in its place and keeps it beside",
        data.display()
    );
    let store_bytes = backup
        .manifest
        .files
        .iter()
        .map(|part| part.bytes)
        .sum::<u64>();
    if let Some(free) = store::free_space(&data) {
        ensure!(
            free > store_bytes.saturating_add(store_bytes / 4),
            "the backup needs {} in {}, where {} are free",
            size(store_bytes),
            data.display(),
            size(free)
        );
    }
    let stage = restoring.stage()?;
    give(&[&stage], &data);
    let staged = stage.join("vesti.db");
    backup.take_store(&staged)?;
    let found = store::inspect(&staged)?;
    ensure!(
        found == backup.manifest.store,
        "the store in the backup is not the one that its manifest describes"
    );
    for (name, bytes) in backup.files("data")? {
        write_private(&stage.join(&name), &bytes)?;
        give(&[&stage.join(name)], &data);
    }
    give(&[&staged], &data);
    let configuration = backup.files("config")?;

    let aside = format!("before-restore-{}", now.strftime("%Y-%m-%dT%H%M%SZ"));
    let running = store::holder(&data).is_some();
    if running {
        eprintln!("The service pauses for a moment.");
    }
    let outgoing = restoring.hold(PATIENCE)?.put_in_force(&aside, now)?;
    give(&[&data.join("lock"), &data.join(&aside)], &data);

    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Restored into {}: {} items up to change {}, as they were at {}.",
        data.display(),
        found.items,
        found.seq,
        backup.manifest.made.strftime("%Y-%m-%d %H:%M UTC")
    )?;
    if data.join(&aside).exists() {
        writeln!(
            out,
            "What was there before is in {}.",
            data.join(&aside).display()
        )?;
    }
    writeln!(
        out,
        "{}",
        match outgoing {
            Outgoing::Known => "What was sent since then is not sent again.",
            Outgoing::Presumed =>
                "Mails that were waiting then are taken for sent, so that nobody gets one twice.",
        }
    )?;
    if args.into.is_none() {
        put_configuration(&configuration, &context.config, &data, &mut out)?;
    }
    // The service waits for this.
    drop(restoring);
    if running {
        writeln!(
            out,
            "The service goes on with it, and makes the search index anew."
        )?;
    } else {
        writeln!(out, "The search index is made anew when vesti starts.")?;
    }
    Ok(())
}

/// Writes files of the configuration that are missing. Those that are there stay; where they differ, the backup's goes to a
/// folder of the data directory.
fn put_configuration(
    files: &[(String, Vec<u8>)],
    main_file: &Path,
    data: &Path,
    out: &mut impl std::io::Write,
) -> anyhow::Result<()> {
    let folder = match main_file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let beside = data.join("config-of-backup");
    for (name, bytes) in files {
        let own = folder.join(name);
        match fs::read(&own) {
            Ok(there) if there == *bytes => {}
            Ok(_) => {
                super::backup::archive::make_folder(&beside)?;
                fs::write(beside.join(name), bytes)?;
                writeln!(
                    out,
                    "{} stays as it is; the backup's differs and is in {}.",
                    own.display(),
                    beside.display()
                )?;
            }
            Err(_) => {
                fs::create_dir_all(folder)
                    .and_then(|()| write_private(&own, bytes))
                    .with_context(|| format!("{} cannot be written", own.display()))?;
                writeln!(out, "{} is restored.", own.display())?;
            }
        }
    }
    Ok(())
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
