//! `vesti serve`

use std::net::SocketAddr;
use std::sync::Arc;

use super::Context;
use super::report;
use super::service::{self, Service};
use crate::understanding::analysis::STEMMED;

/// The service: crawler, indexer and web server, until SIGTERM or Ctrl-C.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port to listen on (default: server.listen)
    #[arg(long)]
    pub listen: Option<SocketAddr>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = context.config()?;
    context.use_dictionaries(&config, &STEMMED);
    let sources = config
        .sources
        .iter()
        .filter(|source| !source.paused)
        .count();
    let service = Service {
        data: context.data(&config),
        listen: args.listen.unwrap_or(config.settings.server.listen),
        reload: Some(context.config.clone()),
        config,
        on_report: Arc::new(report::log),
        on_ready: Box::new(move |url| {
            eprintln!("vesti follows {sources} sources and answers at {url}");
        }),
    };
    service::run(&service)
}
