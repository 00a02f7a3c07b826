//! The running service, put together from its parts: crawler, indexer, digests, web server, signals.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use url::Url;

use crate::clock::{SharedClock, SystemClock};
use crate::config::Config;
use crate::crawling::documents::Documents;
use crate::crawling::fetch::{Fetcher, Names};
use crate::crawling::managing::Managing;
use crate::crawling::{Crawler, Report};
use crate::delivery::{hook, hub, mail, watch as watches};
use crate::search::Index;
use crate::store::Store;
use crate::web;

use super::backup::automatic;
use super::notify::Manager;
use super::publishing::publish;
use super::sweeping;

/// How long everything may take to come to rest after a signal, before it is left as it is: nothing recorded is lost then either.
const REST: Duration = Duration::from_secs(4);
/// Older items that are put into stories at a time, and the pause between.
const UNSETTLED: usize = 100;
const SETTLE_PAUSE: Duration = Duration::from_millis(20);
/// How long it is between two looks for sign-ins that nobody uses any more.
const DAY: Duration = Duration::from_hours(24);

/// What to run.
pub(super) struct Service {
    pub(super) config: Config,
    pub(super) data: PathBuf,
    pub(super) listen: SocketAddr,
    /// The configuration file to read again on SIGHUP; `None` in the demo.
    pub(super) reload: Option<PathBuf>,
    /// Told of every visit.
    pub(super) on_report: Box<dyn Fn(&Report) + Send>,
    /// Told the address when all is up.
    pub(super) on_ready: Box<dyn FnOnce(&Url) + Send>,
}

/// Runs until SIGTERM or Ctrl-C.
pub(super) async fn run(service: Service) -> anyhow::Result<()> {
    let clock: SharedClock = Arc::new(SystemClock);
    let mut signals = Signals::new()?;
    let listener = TcpListener::bind(service.listen).await.with_context(|| {
        format!(
            "{} cannot be listened on: is something else there? Choose another with --listen",
            service.listen
        )
    })?;
    let address = listener.local_addr()?;
    let base = match &service.config.settings.server.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{address}/"))?,
    };

    let store = Store::open(&service.data)?;
    let managing = Managing::open(store.clone(), service.config, clock.now()).await?;
    let config = managing.watch();
    let index = {
        let (store, config, data) = (store.clone(), managing.config(), service.data.clone());
        tokio::task::spawn_blocking(move || {
            Index::open(&data, &store, &config.settings.search, &config.thesaurus)
        })
        .await??
    };
    let stop = watch::Sender::new(false);

    let (reports, heard) = mpsc::unbounded_channel::<Report>();
    let mut crawling = Crawling::start(&store, &clock, &config, &reports)?;
    let follower = tokio::spawn({
        let (index, store, stop) = (index.clone(), store.clone(), stop.subscribe());
        async move {
            if let Err(error) = index.follow(store, stop).await {
                tracing::error!(%error, "the index no longer follows the store");
            }
        }
    });
    tokio::spawn(settle_stories(store.clone(), stop.subscribe()));
    tokio::spawn(forget_readers(
        store.clone(),
        clock.clone(),
        stop.subscribe(),
    ));
    tokio::spawn(sweeping::sweep(
        store.clone(),
        clock.clone(),
        config.clone(),
        stop.subscribe(),
    ));
    let publisher = tokio::spawn(publish(
        store.clone(),
        index.clone(),
        clock.clone(),
        config.clone(),
        stop.subscribe(),
    ));
    let sender = tokio::spawn(mail::send_mails(
        store.clone(),
        clock.clone(),
        config.clone(),
        base.clone(),
        stop.subscribe(),
    ));
    let telling = tokio::spawn(hub::tell_hub(
        store.clone(),
        index.clone(),
        clock.clone(),
        config.clone(),
        base.clone(),
        stop.subscribe(),
    ));
    let watching = tokio::spawn(watches::keep_watches(
        store.clone(),
        index.clone(),
        clock.clone(),
        config.clone(),
        base.clone(),
        stop.subscribe(),
    ));
    let hooks = tokio::spawn(hook::send_hooks(
        store.clone(),
        clock.clone(),
        config.clone(),
        base.clone(),
        stop.subscribe(),
    ));
    let app = web::App::new(
        store.clone(),
        index.clone(),
        clock.clone(),
        config.clone(),
        base.clone(),
    )
    .with_managing(managing.clone());
    if let Some(main_file) = &service.reload {
        tokio::spawn(automatic::keep_backups(
            service.data.clone(),
            main_file.clone(),
            clock.clone(),
            app.metrics.clone(),
            config.clone(),
            stop.subscribe(),
        ));
    }
    tokio::spawn(hear(heard, app.metrics.clone(), service.on_report));
    let mut server = tokio::spawn({
        let mut stop = stop.subscribe();
        let router = web::router(app);
        async move {
            let stopped = async move {
                let _ = stop.wait_for(|stop| *stop).await;
            };
            axum::serve(
                listener,
                router.into_make_service_with_connect_info::<SocketAddr>(),
            )
            .with_graceful_shutdown(stopped)
            .await
        }
    });
    let manager = Arc::new(Manager::of_environment());
    manager.ready();
    tokio::spawn({
        let (manager, store, stop) = (manager.clone(), store.clone(), stop.subscribe());
        async move { manager.keep_alive(store, address, stop).await }
    });
    (service.on_ready)(&base);

    let ended = loop {
        tokio::select! {
            signal = signals.next() => match signal {
                Signal::Stop => break Ok(()),
                Signal::Reload => {
                    if let Some(path) = &service.reload {
                        match reload(path, &managing, &clock).await {
                            Ok(()) => {
                                index.use_thesaurus(&config.borrow().thesaurus);
                                crawling.stop().await;
                                crawling = Crawling::start(&store, &clock, &config, &reports)?;
                            }
                            Err(error) => tracing::error!("the configuration stays as it was: {error:#}"),
                        }
                    }
                }
            },
            ended = &mut server => break match ended {
                Ok(Ok(())) => Err(anyhow::anyhow!("the web server ended by itself")),
                Ok(Err(error)) => Err(error.into()),
                Err(error) => Err(error.into()),
            },
        }
    };
    tracing::info!("stopping");
    manager.stopping();
    stop.send_replace(true);
    let rest = async {
        crawling.stop().await;
        let _ = publisher.await;
        let _ = sender.await;
        let _ = telling.await;
        let _ = watching.await;
        let _ = hooks.await;
        let _ = follower.await;
        if !server.is_finished() {
            let _ = server.await;
        }
    };
    if tokio::time::timeout(REST, rest).await.is_err() {
        tracing::warn!("not everything came to rest in time; nothing recorded is lost");
    }
    ended
}

/// Counts visits and tells of them.
async fn hear(
    mut heard: mpsc::UnboundedReceiver<Report>,
    metrics: web::Metrics,
    on_report: Box<dyn Fn(&Report) + Send>,
) {
    while let Some(report) = heard.recv().await {
        metrics.visited(&report.log);
        on_report(&report);
    }
}

/// Finds the stories of items that an earlier version recorded, a few at a time, so that nobody waits for it.
async fn settle_stories(store: Store, stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match store.settle_stories(UNSETTLED).await {
            Ok(true) => tokio::time::sleep(SETTLE_PAUSE).await,
            Ok(false) => break,
            Err(error) => {
                tracing::error!(%error, "older items stay without their stories until the next start");
                break;
            }
        }
    }
}

/// Deletes, once a day, the sign-ins of reader apps that nobody uses any more: /privacy says so.
async fn forget_readers(store: Store, clock: SharedClock, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match store.forget_readers(clock.now()).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "unused sign-ins deleted"),
            Err(error) => tracing::error!(%error, "unused sign-ins stay until tomorrow"),
        }
        tokio::select! {
            () = tokio::time::sleep(DAY) => {}
            _ = stop.changed() => {}
        }
    }
}

/// The crawler under its present configuration.
struct Crawling {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Crawling {
    fn start(
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

    async fn stop(&mut self) {
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

async fn reload(
    path: &std::path::Path,
    managing: &Managing,
    clock: &SharedClock,
) -> anyhow::Result<()> {
    let old = managing.config();
    let new = match super::load(path, old.overlay.managed.clone()) {
        Ok(new) => new,
        Err(problems) => bail!("{problems}"),
    };
    if old.settings.server.listen != new.settings.server.listen
        || old.settings.data.dir != new.settings.data.dir
    {
        tracing::warn!("server.listen and data.dir take effect at the next start");
    }
    let sources = new.sources.len();
    managing.reload(new, clock.now()).await?;
    tracing::info!(sources, "configuration read anew");
    Ok(())
}

enum Signal {
    Stop,
    Reload,
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.terminate.recv() => Signal::Stop,
            _ = self.interrupt.recv() => Signal::Stop,
            _ = self.hang_up.recv() => Signal::Reload,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Stop
    }
}
