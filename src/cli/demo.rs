//! `vesti demo`

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::service::{self, Service};
use super::{Context, report};
use crate::clock::{SharedClock, SystemClock};
use crate::config::{self, Config};
use crate::crawling::Report;
use crate::delivery::secrets;
use crate::demo::Demo;
use crate::domain::{StaffName, StaffRole};
use crate::store::Store;

/// The shipped configuration, so that the demo needs no file beside the program.
const THESAURUS: &str = include_str!("../../config/thesaurus.tsv");
const DIGESTS: &str = include_str!("../../config/digests.toml");

/// The same service over bundled sites, which it serves itself on loopback: no network needed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let temporary = context.data.is_none().then(Temporary::new).transpose()?;
    let data = match (&context.data, &temporary) {
        (Some(data), _) => data.clone(),
        (None, Some(temporary)) => temporary.0.clone(),
        (None, None) => unreachable!("one of the two is there"),
    };
    let clock: SharedClock = Arc::new(SystemClock);
    let demo = Arc::new(Demo::load_breaking()?);
    let sites = tokio::runtime::Runtime::new()?;
    let port = sites.block_on(serve_sites(demo.clone().router(clock.now(), clock.clone())))?;
    let mut config = config(&data)?;
    config.sources = demo.sources(port);
    for source in &mut config.sources {
        source.interval = Some(Duration::from_secs(5));
    }
    let count = config.sources.len();
    eprintln!(
        "{count} sites are served at http://NAME.localhost:{port}/ and crawled like any others:"
    );
    for source in &config.sources {
        if let Some(url) = &source.url {
            eprintln!(
                "  {:<28} {} ({})",
                url.host_str().unwrap_or_default(),
                source.name,
                source.country
            );
        }
    }
    let beside = data.clone();
    let done = service::run(&Service {
        config,
        data,
        listen: args.listen,
        reload: None,
        on_report: Arc::new(tell),
        on_ready: Box::new(move |url| {
            eprintln!("Open {url} and watch announcements arrive. Ctrl-C ends it.");
            let (url, beside, clock) = (url.clone(), beside.clone(), clock.clone());
            tokio::spawn(async move {
                match invite(&beside, clock.now()).await {
                    Ok(secret) => eprintln!(
                        "Staff look after the sources: {url}login/{secret} signs you in, once."
                    ),
                    Err(error) => tracing::warn!("nobody is of the staff: {error:#}"),
                }
            });
        }),
    });
    sites.shutdown_background();
    done
}

/// Serves the bundled sites on a port of this machine.
async fn serve_sites(router: axum::Router) -> anyhow::Result<u16> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the demo's sites are gone");
        }
    });
    Ok(port)
}

/// Adds an admin of the name `demo`; gives the secret of a link that signs in once.
async fn invite(data: &Path, now: jiff::Timestamp) -> anyhow::Result<String> {
    let store = Store::open_beside(data)?;
    let name: StaffName = "demo".parse().map_err(anyhow::Error::msg)?;
    let by = || "vesti".to_owned();
    store
        .add_staff(name.clone(), StaffRole::Admin, None, None, by(), now)
        .await?;
    let member = store.staff_named(name.as_str())?.context("it is gone")?;
    Ok(secrets::invite(&store, member.id, None, None, now).await?)
}

fn tell(visit: &Report) {
    if visit.log.fault.is_some() || visit.log.new + visit.log.changed > 0 {
        eprintln!("  {}", report::line(visit));
    }
}

/// The shipped thesaurus and digests, with a crawler in a hurry that may visit this machine.
fn config(data: &Path) -> anyhow::Result<Config> {
    let folder = data.join("config");
    let write = || {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("vesti.toml"), "")?;
        std::fs::write(folder.join("thesaurus.tsv"), THESAURUS)?;
        std::fs::write(folder.join("digests.toml"), DIGESTS)
    };
    write().with_context(|| format!("{} cannot be written", folder.display()))?;
    let mut config = Config::load(&folder.join("vesti.toml"), config::environment())
        .map_err(|problems| anyhow::anyhow!("{problems}"))?;
    config.settings.server.title = "vesti demo".into();
    // One watches: what arrives is shown at once.
    config.settings.search.commit_interval = Duration::from_millis(100);
    // It shows itself at once, and on every machine alike.
    config.settings.search.dictionaries.clear();
    let crawler = &mut config.settings.crawler;
    crawler.host_delay = Duration::from_millis(20);
    crawler.min_interval = Duration::from_secs(3);
    crawler.max_interval = Duration::from_secs(10);
    // A day of faults is three seconds here.
    crawler.patience = 3.0 / 86_400.0;
    crawler.allow_networks.extend(
        ["127.0.0.0/8", "::1/128"]
            .iter()
            .filter_map(|net| net.parse::<config::Network>().ok()),
    );
    Ok(config)
}

/// A directory of its own that goes with the demo.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> anyhow::Result<Self> {
        // A name that nobody can guess and occupy, in a folder that belongs to all.
        let path = std::env::temp_dir().join(format!("vesti-demo-{:016x}", fastrand::u64(..)));
        std::fs::create_dir(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::debug!(%error, "the demo's data stay behind");
        }
    }
}
