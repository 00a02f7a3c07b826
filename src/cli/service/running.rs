//! The service from its start until it is stopped, or has to let go of its data: crawler, indexer, digests, web server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use url::Url;

use super::Service;
use super::closing::Closing;
use super::crawling::Crawling;
use super::signals::Signal;
use crate::cli::backup::automatic;
use crate::cli::notify::Manager;
use crate::cli::publishing::publish;
use crate::cli::{load, sweeping};
use crate::clock::{SharedClock, SystemClock};
use crate::config::{Config, Problems};
use crate::crawling::Report;
use crate::crawling::managing::Managing;
use crate::delivery::{hook, hub, mail, watch as watches};
use crate::search::Index;
use crate::store::{self, Store, StoreError};
use crate::web;

/// How long everything may take to come to rest after a signal, before it is left as it is: nothing recorded is lost then either.
const REST: Duration = Duration::from_secs(4);
/// Older items that are put into stories at a time, and the pause between.
const UNSETTLED: usize = 100;
const SETTLE_PAUSE: Duration = Duration::from_millis(20);
/// How long it is between two looks for sign-ins that nobody uses any more.
const DAY: Duration = Duration::from_hours(24);
/// How long it is between two looks for a backup that waits to be put in force.
const LOOK: Duration = Duration::from_millis(250);
/// How long what went before may take to let go of the store.
const LETTING_GO: Duration = Duration::from_secs(10);

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was told to stop.
    Stopped,
    /// Somebody waits for the store, to put another in its place.
    Paused,
}

/// Runs until it is told to stop or to pause.
pub(super) async fn run(
    service: &Service,
    config: Config,
    first: bool,
    listener: std::net::TcpListener,
    signals: &mut mpsc::UnboundedReceiver<Signal>,
    manager: Arc<Manager>,
) -> anyhow::Result<Ended> {
    let clock: SharedClock = Arc::new(SystemClock);
    let listener = TcpListener::from_std(listener)?;
    let address = listener.local_addr()?;
    let base = match &config.settings.server.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{address}/"))?,
    };

    let store = open(&service.data).await?;
    let managing = Managing::open(store.clone(), config, clock.now()).await?;
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
    tokio::spawn(hear(heard, app.metrics.clone(), service.on_report.clone()));
    let mut server = tokio::spawn({
        let listener = Closing::new(listener, stop.subscribe());
        let ended = listener.ended();
        // Only for the address of whoever asks.
        let listener = listener.tap_io(|_| {});
        let router = web::router(app);
        async move {
            axum::serve(
                listener,
                router.into_make_service_with_connect_info::<SocketAddr>(),
            )
            .with_graceful_shutdown(ended)
            .await
        }
    });
    manager.ready();
    tokio::spawn({
        let (manager, store, stop) = (manager.clone(), store.clone(), stop.subscribe());
        async move { manager.keep_alive(store, address, stop).await }
    });
    if first {
        (service.on_ready)(&base);
    } else {
        tracing::info!("answering again");
    }

    let ended = loop {
        tokio::select! {
            signal = signals.recv() => match signal {
                Some(Signal::Stop) | None => break Ok(Ended::Stopped),
                Some(Signal::Reload) => {
                    if let Some(path) = &service.reload {
                        match read_anew(path, &managing.config()) {
                            Ok(new) => {
                                // Nothing is visited with settings that are no longer true, not even once.
                                crawling.stop().await;
                                if let Err(error) = managing.reload(new, clock.now()).await {
                                    tracing::error!(%error, "the configuration stays as it was");
                                }
                                index.use_thesaurus(&config.borrow().thesaurus);
                                crawling = Crawling::start(&store, &clock, &config, &reports)?;
                            }
                            Err(problems) => tracing::error!("the configuration stays as it was: {problems}"),
                        }
                    }
                }
            },
            () = asked_to_pause(&service.data) => break Ok(Ended::Paused),
            ended = &mut server => break match ended {
                Ok(Ok(())) => Err(anyhow::anyhow!("the web server ended by itself")),
                Ok(Err(error)) => Err(error.into()),
                Err(error) => Err(error.into()),
            },
        }
    };
    if matches!(ended, Ok(Ended::Paused)) {
        tracing::info!("pausing: a backup is put in force");
    } else {
        tracing::info!("stopping");
        manager.stopping();
    }
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

/// Opens the store; what ran before may still hold it for a moment.
async fn open(data: &Path) -> anyhow::Result<Store> {
    let began = Instant::now();
    loop {
        let folder = data.to_owned();
        match tokio::task::spawn_blocking(move || Store::open(&folder)).await? {
            Err(StoreError::Held { holder, .. })
                if holder == std::process::id().to_string() && began.elapsed() < LETTING_GO =>
            {
                tokio::time::sleep(LOOK).await;
            }
            opened => return Ok(opened?),
        }
    }
}

/// Returns when somebody waits for the store.
async fn asked_to_pause(data: &Path) {
    while !store::restore_is_asked(data) {
        tokio::time::sleep(LOOK).await;
    }
}

/// Counts visits and tells of them.
async fn hear(
    mut heard: mpsc::UnboundedReceiver<Report>,
    metrics: web::Metrics,
    on_report: Arc<dyn Fn(&Report) + Send + Sync>,
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

/// Reads the files of the configuration again.
fn read_anew(path: &Path, old: &Config) -> Result<Config, Problems> {
    let new = load(path, old.overlay.managed.clone())?;
    let (was, is) = (&old.settings, &new.settings);
    if was.server.listen != is.server.listen
        || was.server.public_url != is.server.public_url
        || was.data.dir != is.data.dir
    {
        tracing::warn!(
            "server.listen, server.public_url and data.dir take effect at the next start"
        );
    }
    tracing::info!(sources = new.sources.len(), "configuration read anew");
    Ok(new)
}
