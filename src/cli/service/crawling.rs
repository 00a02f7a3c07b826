//! The crawler, which is started anew when the configuration changes.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use url::Url;

use crate::clock::SharedClock;
use crate::config::Config;
use crate::crawling::documents::Documents;
use crate::crawling::fetch::{Fetcher, Names};
use crate::crawling::{Crawler, Report};
use crate::store::Store;

/// The crawler under its present configuration.
pub(super) struct Crawling {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Crawling {
    pub(super) fn start(
        store: &Store,
        clock: &SharedClock,
        watched: &watch::Receiver<Arc<Config>>,
        reports: &mpsc::UnboundedSender<Report>,
    ) -> anyhow::Result<Self> {
        let mut watched = watched.clone();
        let config = watched.borrow_and_update().clone();
        let fetcher = Fetcher::new(&config.settings.crawler, clock.clone(), Names::default())?;
        let crawler = Crawler::new(store.clone(), fetcher, clock.clone(), &config)
            .with_documents(Documents::of_this_program()?);
        let stop = watch::Sender::new(false);
        let (stopping, reports) = (stop.subscribe(), reports.clone());
        let callback = hubs_push_to(&config);
        let task = tokio::spawn(async move {
            let (mut stopped, tag_until) = (stopping.clone(), stopping.clone());
            let tagging = async {
                // The topics of a source may have been changed in the browser.
                while !*stopped.borrow() {
                    crawler.keep_tagged(tag_until.clone()).await;
                    tokio::select! {
                        Ok(()) = watched.changed() => {}
                        _ = stopped.changed() => {}
                    }
                }
            };
            let pushes = crawler.keep_subscribed(callback, stopping.clone(), reports.clone());
            tokio::join!(crawler.run(stopping, reports), tagging, pushes);
        });
        Ok(Self { stop, task })
    }

    pub(super) async fn stop(&mut self) {
        self.stop.send_replace(true);
        if !self.task.is_finished() {
            let _ = (&mut self.task).await;
        }
    }
}

/// The address that hubs push to, where there is one that they can reach.
fn hubs_push_to(config: &Config) -> Option<Url> {
    let public = config.settings.server.public_url.as_ref()?;
    let callback = format!("{}/websub/", public.as_str().trim_end_matches('/'));
    Url::parse(&callback)
        .ok()
        .filter(|_| config.settings.crawler.websub)
}
