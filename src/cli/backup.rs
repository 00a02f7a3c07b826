//! `vesti backup`, and the backups that the service makes by itself.

pub(super) mod archive;
pub(super) mod automatic;
pub(super) mod shelf;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::Context;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use archive::Made;

/// A copy of everything that vesti keeps and is configured by, in one file, while the service runs.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A file that ends in .zip, or a folder for one named after the moment (default: backup.dir of the configuration)
    pub to: Option<PathBuf>,
    /// How many backups to keep in the folder; older ones are removed
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub keep: Option<u32>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = match context.config() {
        Ok(config) => config,
        // What is to be saved is there all the same.
        Err(error) if context.data.is_some() => {
            eprintln!("vesti: the configuration has mistakes, and is saved as it is: {error}");
            Config::default()
        }
        Err(error) => return Err(error),
    };
    let data = context.data(&config);
    let is_file = |path: &Path| path.extension().is_some_and(|ext| ext == "zip") && !path.is_dir();
    let now = SystemClock.now();
    let made = match &args.to {
        Some(file) if is_file(file) => {
            if args.keep.is_some() {
                bail!(
                    "--keep is for folders, and {} is to be a file",
                    file.display()
                );
            }
            archive::make(&data, &context.config, file, now)?
        }
        folder => {
            let shelf = folder
                .clone()
                .unwrap_or_else(|| shelf::folder(&config.settings.backup, &data));
            let made = shelf::make(&shelf, &data, &context.config, now)?;
            if shelf.parent() == Some(&data) {
                give(&[&shelf, &made.path], &data);
            }
            if let Some(keep) = args.keep {
                for removed in shelf::keep(&shelf, keep as usize)? {
                    eprintln!("removed {}", removed.display());
                }
            }
            made
        }
    };
    writeln!(std::io::stdout(), "{}", told(&made))?;
    Ok(())
}

/// Gives files to whoever owns another, where root made them: the service must be able to read and to replace them.
pub(super) fn give(paths: &[&Path], like: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, chown};
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let Ok(owner) = std::fs::metadata(like) else {
            return;
        };
        for path in paths {
            if let Err(error) = chown(path, Some(owner.uid()), Some(owner.gid())) {
                tracing::warn!(path = %path.display(), %error, "its owner stays root");
            }
        }
    }
    #[cfg(not(unix))]
    let _ = (paths, like);
}

/// One line for people.
pub(super) fn told(made: &Made) -> String {
    format!(
        "{}: {} items up to change {}, {}",
        made.path.display(),
        made.manifest.store.items,
        made.manifest.store.seq,
        size(made.bytes)
    )
}

/// A size for people.
#[must_use]
pub(super) fn size(bytes: u64) -> String {
    let value = bytes as f64;
    if bytes < 1_000 {
        format!("{bytes} B")
    } else if bytes < 1_000_000 {
        format!("{:.0} kB", value / 1e3)
    } else if bytes < 1_000_000_000 {
        format!("{:.1} MB", value / 1e6)
    } else {
        format!("{:.1} GB", value / 1e9)
    }
}
