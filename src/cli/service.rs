//! The service: it runs until it is stopped, and pauses while a backup is put in force.

mod closing;
mod crawling;
mod pause;
mod running;
mod signals;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use url::Url;

use super::notify::Manager;
use crate::config::Config;
use crate::crawling::Report;
use running::Ended;

/// What to run.
pub(super) struct Service {
    pub(super) config: Config,
    pub(super) data: PathBuf,
    pub(super) listen: SocketAddr,
    /// The configuration file to read again on SIGHUP; `None` in the demo.
    pub(super) reload: Option<PathBuf>,
    /// Told of every visit.
    pub(super) on_report: Arc<dyn Fn(&Report) + Send + Sync>,
    /// Told the address when all is up.
    pub(super) on_ready: Box<dyn Fn(&Url)>,
}

/// Runs until SIGTERM or Ctrl-C. The address is listened on from beginning to end: whoever comes during a pause is told to come back.
pub(super) fn run(service: &Service) -> anyhow::Result<()> {
    // Signals are heard, and pauses served, beside what comes and goes.
    let lasting = runtime()?;
    let mut signals = lasting.block_on(async { signals::hear() })?;
    let listener = lasting.block_on(TcpListener::bind(service.listen));
    let listener = listener.and_then(TcpListener::into_std).with_context(|| {
        format!(
            "{} cannot be listened on: is something else there? Choose another with --listen",
            service.listen
        )
    })?;
    let manager = Arc::new(Manager::of_environment());
    let mut config = service.config.clone();
    let mut first = true;
    loop {
        // All that holds the store goes with the runtime that it runs in.
        let passing = runtime()?;
        let ended = passing.block_on(running::run(
            service,
            config.clone(),
            first,
            listener.try_clone()?,
            &mut signals,
            manager.clone(),
        ));
        // Threads that wait for a dead name server hold nobody up: the system waits many seconds for it, and a signal is to
        // end the service in five. Whatever writes has come to rest by now, or was given up on.
        passing.shutdown_background();
        let go_on = match ended {
            Ok(Ended::Stopped) => Ok(false),
            Ok(Ended::Paused) => lasting.block_on(pause::wait(
                &service.data,
                listener.try_clone()?,
                &mut signals,
                &manager,
            )),
            Err(error) => Err(error),
        };
        if !matches!(go_on, Ok(true)) {
            lasting.shutdown_background();
            return go_on.map(|_| ());
        }
        first = false;
        if let Some(path) = &service.reload {
            match super::load(path, Vec::new()) {
                Ok(new) => config = new,
                Err(problems) => tracing::error!("the configuration stays as it was: {problems}"),
            }
        }
    }
}

fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
}
