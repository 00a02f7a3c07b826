//! `vesti crawl`

use std::io::Write as _;
use std::sync::Arc;

use anyhow::bail;
use tokio::sync::mpsc;

use super::{Context, report};
use crate::clock::{Clock, SharedClock, SystemClock};
use crate::crawling::documents::Documents;
use crate::crawling::fetch::{Fetcher, Names};
use crate::crawling::{Crawler, Pass, Report};
use crate::domain::SourceId;
use crate::search::Index;
use crate::store::Store;

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
    super::block_on(async {
        let clock: SharedClock = Arc::new(SystemClock);
        let store = Store::open(&data)?;
        store
            .set_sources(config.sources.clone(), SystemClock.now())
            .await?;
        let index = Index::open(&data, &store, &config.settings.search, &config.thesaurus)?;
        let fetcher = Fetcher::new(&config.settings.crawler, clock.clone(), Names::default())?;
        let crawler = Crawler::new(store.clone(), fetcher, clock, &config)
            .with_documents(Documents::of_this_program()?);
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
        crawler.pass(which, reports).await?;
        let (visited, new, failed) = teller.await?;
        let searchable = {
            let (index, store) = (index.clone(), store.clone());
            tokio::task::spawn_blocking(move || index.catch_up(&store)).await?
        };
        searchable?;
        eprintln!("{visited} sources visited, {failed} failed, {new} new items");
        Ok(())
    })
}
