//! `vesti backfill`

use std::io::IsTerminal as _;
use std::time::Duration;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::Context;
use super::offline::Offline;
use crate::domain::SourceId;
use crate::store::Backfill;
use crate::understanding::analysis::STEMMED;

/// Reads the archive of a source backwards and adds what is not known yet: searchable, but in no digest and no feed.
/// Stopped at any moment, it goes on from there when it is run again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The source's id
    pub source: String,
    /// Nothing older than this day (YYYY-MM-DD)
    #[arg(long)]
    pub since: Option<Date>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = context.config()?;
    let wanted: Option<SourceId> = args.source.parse().ok();
    let Some(source) = config
        .sources
        .iter()
        .find(|source| Some(&source.id) == wanted.as_ref())
    else {
        bail!("there is no source “{}” in sources.toml", args.source);
    };
    let since = args
        .since
        .map(|day| day.to_zoned(source.country.time_zone()))
        .transpose()
        .context("--since is no day that can be reckoned with")?
        .map(|day| day.timestamp());
    let id = source.id.clone();
    let data = context.data(&config);
    context.use_dictionaries(&config, &STEMMED);
    super::block_on(async {
        let offline = Offline::open(&config, &data).await?;
        let progress = Progress::new(&id);
        let done = offline
            .crawler
            .backfill(&id, since, |state, waiting| progress.tell(state, waiting))
            .await;
        progress.end();
        // Also what was read before it stopped.
        offline.end().await?;
        let done = done?;
        println!(
            "{id}: {} new items from {} pages of its archive (read by its {})",
            done.added, done.read, done.way
        );
        Ok(())
    })
}

/// A bar on a terminal, a line a document elsewhere.
struct Progress {
    bar: ProgressBar,
    plain: bool,
}

impl Progress {
    fn new(id: &SourceId) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = if plain {
            ProgressBar::hidden()
        } else {
            ProgressBar::new_spinner()
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {msg} [{elapsed}]") {
            bar.set_style(style);
        }
        bar.set_prefix(id.to_string());
        bar.set_message("looking for its archive");
        if !plain {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, plain }
    }

    fn tell(&self, state: &Backfill, waiting: u64) {
        let left = match state.next.len() {
            0 => "the last".to_owned(),
            1 => "more to come".to_owned(),
            count => format!("{count} to come"),
        };
        let message = format!(
            "{} pages of the archive read ({left}), {} new items, {waiting} of their pages to fetch",
            state.read, state.added
        );
        if self.plain {
            eprintln!("{message}");
        }
        self.bar.set_message(message);
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
