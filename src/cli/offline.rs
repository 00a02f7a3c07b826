//! Crawling without the service: what a command needs for it, opened and brought to an end.

use std::path::Path;
use std::sync::Arc;

use crate::clock::{Clock, SharedClock, SystemClock};
use crate::config::Config;
use crate::crawling::Crawler;
use crate::crawling::documents::Documents;
use crate::crawling::fetch::{Fetcher, Names};
use crate::crawling::managing::Managing;
use crate::search::Index;
use crate::store::Store;

/// A crawler over a data directory that nobody else has.
pub(super) struct Offline {
    pub(super) crawler: Crawler,
    store: Store,
    index: Index,
}

impl Offline {
    /// Opens the data directory, with the catalogue of the configuration.
    pub(super) async fn open(config: &Config, data: &Path) -> anyhow::Result<Self> {
        let clock: SharedClock = Arc::new(SystemClock);
        let store = Store::open(data)?;
        let managing = Managing::open(store.clone(), config.clone(), SystemClock.now()).await?;
        let config = &*managing.config();
        let index = Index::open(data, &store, &config.settings.search, &config.thesaurus)?;
        let fetcher = Fetcher::new(&config.settings.crawler, clock.clone(), Names::default())?;
        let crawler = Crawler::new(store.clone(), fetcher, clock, config)
            .with_documents(Documents::of_this_program()?);
        Ok(Self {
            crawler,
            store,
            index,
        })
    }

    /// Makes all that was recorded searchable.
    pub(super) async fn end(self) -> anyhow::Result<()> {
        tokio::task::spawn_blocking(move || self.index.catch_up(&self.store)).await??;
        Ok(())
    }
}
