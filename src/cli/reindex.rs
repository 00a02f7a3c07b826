//! `vesti reindex`

use anyhow::Context as _;

use super::Context;
use crate::search::Index;
use crate::store::Store;
use crate::understanding::analysis::STEMMED;

/// Rebuilds the search index from the store.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = context.config()?;
    let data = context.data(&config);
    // Says so where there is no store, in place of making an empty one.
    drop(Store::open_for_reading(&data)?);
    let store = Store::open(&data)?;
    context.use_dictionaries(&config, &STEMMED);
    let index = Index::open(&data, &store, &config.settings.search, &config.thesaurus)?;
    let begun = std::time::Instant::now();
    index
        .rebuild(&store)
        .context("the old search index stays in force")?;
    eprintln!(
        "The search index is made anew, up to change {}, in {:.1} s.",
        index.searchable(),
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
