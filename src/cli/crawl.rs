//! `vesti crawl`

use std::io::Write as _;

use anyhow::bail;
use tokio::sync::mpsc;

use super::offline::Offline;
use super::{Context, report};
use crate::crawling::{Pass, Report};
use crate::domain::SourceId;
use crate::understanding::analysis::STEMMED;

/// One pass over the sources that are due, a line per source.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Every source, due or not
    #[arg(long)]
    pub all: bool,
    /// Only these sources
    pub sources: Vec<String>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = context.config()?;
    let known = |id: &SourceId| config.sources.iter().any(|source| source.id == *id);
    let mut wanted: Vec<SourceId> = Vec::new();
    for name in &args.sources {
        match name.parse() {
            Ok(id) if known(&id) => wanted.push(id),
            _ => bail!("there is no source “{name}” in sources.toml"),
        }
    }
    if args.all {
        wanted = config
            .sources
            .iter()
            .map(|source| source.id.clone())
            .collect();
    }
    let which = if args.all || !wanted.is_empty() {
        Pass::Sources(wanted)
    } else {
        Pass::Due
    };
    let data = context.data(&config);
    context.use_dictionaries(&config, &STEMMED);
    super::block_on(async {
        let offline = Offline::open(&config, &data).await?;
        let (reports, mut heard) = mpsc::unbounded_channel::<Report>();
        let teller = tokio::spawn(async move {
            let (mut visited, mut new, mut failed) = (0u32, 0u32, 0u32);
            while let Some(visit) = heard.recv().await {
                visited += 1;
                new += visit.log.new;
                failed += u32::from(visit.log.fault.is_some());
                // A closed pipe is no reason to stop crawling.
                let _ = writeln!(std::io::stdout(), "{}", report::line(&visit));
            }
            (visited, new, failed)
        });
        offline.crawler.pass(which, reports).await?;
        let (visited, new, failed) = teller.await?;
        offline.end().await?;
        eprintln!("{visited} sources visited, {failed} failed, {new} new items");
        Ok(())
    })
}
