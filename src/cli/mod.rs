//! The command line: one file a command.

mod analyze;
mod backfill;
mod backup;
mod check;
mod crawl;
mod dates;
mod demo;
mod doctor;
mod export;
mod extract;
mod feed;
mod import;
mod lang;
mod listing;
mod notify;
mod offline;
mod probe;
mod publishing;
mod read_document;
mod reindex;
mod report;
mod restore;
mod search;
mod serve;
mod service;
mod sweeping;
mod user;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{self, Config, Problems};
use crate::domain::{Managed, SourceId};
use crate::search::dictionaries;
use crate::store::Store;
use crate::understanding::analysis;

#[derive(Debug, Parser)]
#[command(name = "vesti", version, about, arg_required_else_help = true)]
struct Cli {
    /// The configuration file; sources, thesaurus and digests are read from its folder (default: config/vesti.toml where
    /// there is one, or else /etc/vesti/vesti.toml, that of the installed service)
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// The data directory (default: data.dir of the configuration)
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one, for as long as the program runs"
)]
enum Command {
    /// The service: crawler, indexer and web server, until SIGTERM or Ctrl-C
    Serve(serve::Args),
    /// The same service over bundled sites, which it serves itself on loopback: no network needed
    Demo(demo::Args),
    /// One pass over the sources that are due, a line per source
    Crawl(crawl::Args),
    /// Reads the archive of a source backwards, adding what is not known yet
    Backfill(backfill::Args),
    /// What vesti would make of an address before anyone adds it
    Probe(probe::Args),
    /// One HTML page, PDF, DOCX, ODT or RTF on standard input, one JSON object on standard output
    Extract(extract::Args),
    /// One HTML page on standard input, the announcements that it lists as JSON on standard output
    Listing(listing::Args),
    /// One feed document on standard input, JSON on standard output
    Feed(feed::Args),
    /// Lines `lang<TAB>text` in, one date or date-time or `none` a line out
    Dates(dates::Args),
    /// JSON Lines {"text", "hint"} in, {"lang", "confidence"} out
    Lang(lang::Args),
    /// A line of text in, its index terms out
    Analyze(analyze::Args),
    /// The same search as the API, on the terminal
    Search(search::Args),
    /// Sources from an OPML file
    Import(import::Args),
    /// Sources as OPML or as sources.toml, or all items as JSON Lines
    Export(export::Args),
    /// Rebuilds the search index from the store
    Reindex(reindex::Args),
    /// Reads the whole configuration and says everything that is wrong with it
    Check(check::Args),
    /// Staff: who may sign in at /monitor
    User(user::Args),
    /// Says in plain words what is wrong with an installation, and what to do
    Doctor(doctor::Args),
    /// A copy of everything, in one file, while the service runs
    Backup(backup::Args),
    /// Puts a backup in force
    Restore(restore::Args),
    /// The child process in which documents are read
    #[command(hide = true)]
    ReadDocument(read_document::Args),
}

/// What every command is given.
struct Context {
    /// `--config`
    config: PathBuf,
    /// `--data`
    data: Option<PathBuf>,
}

impl Context {
    /// The configuration with what was decided in the browser laid over it, or everything that is wrong with it.
    fn config(&self) -> anyhow::Result<Config> {
        self.read()
            .map_err(|problems| anyhow!("{}", problems.summary()))
    }

    /// The same, with the problems one by one.
    fn read(&self) -> Result<Config, Problems> {
        let dir = match &self.data {
            Some(dir) => dir.clone(),
            None => config::data_dir(&self.config, config::environment()),
        };
        // Where there is no store that can be read, nothing was decided; whoever opens one for writing looks again.
        let managed = Store::open_for_reading(&dir)
            .and_then(|store| store.managed())
            .unwrap_or_default();
        load(&self.config, managed)
    }

    /// Puts the dictionaries of these languages to use, which is to be done before any text is analysed.
    fn use_dictionaries(&self, config: &Config, languages: &[crate::domain::Language]) {
        let data = self.data(config);
        let ready = dictionaries::prepare(&config.settings.search, &data, languages);
        analysis::use_dictionaries(ready);
    }

    /// The data directory in force.
    fn data(&self, config: &Config) -> PathBuf {
        self.data
            .clone()
            .unwrap_or_else(|| config.settings.data.dir.clone())
    }
}

/// The files, with decisions laid over them.
fn load(path: &Path, managed: Vec<Managed>) -> Result<Config, Problems> {
    let others: Vec<SourceId> = managed.iter().map(|one| one.source.id.clone()).collect();
    let files = Config::load_beside(path, config::environment(), &others)?;
    Ok(files.overlaid(managed).0)
}

/// The configuration of this folder, or else that of the installed service, so that whoever looks after one needs not name it.
fn usual_configuration() -> PathBuf {
    let here = Path::new(config::DEFAULT_PATH);
    let installed = Path::new(config::INSTALLED_PATH);
    let path = if !here.exists() && installed.exists() {
        installed
    } else {
        here
    };
    path.to_owned()
}

/// Does work that waits, on no more threads than the machine has processors.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(work);
    // Threads that wait for a dead name server hold nobody up: the system waits many seconds for it, and a signal is to
    // end the service in five. Whatever writes has come to rest by now, or was given up on.
    runtime.shutdown_background();
    done
}

/// The log goes to standard error; `VESTI_LOG` says how much of it (`debug`, `vesti=debug,warn`, …),
/// `VESTI_LOG_FORMAT=json` writes it for programs.
fn start_log() {
    let filter =
        EnvFilter::try_from_env("VESTI_LOG").unwrap_or_else(|_| EnvFilter::new("warn,vesti=info"));
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .with_target(false);
    if std::env::var("VESTI_LOG_FORMAT").is_ok_and(|format| format == "json") {
        log.json().init();
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).init();
    }
}

/// Runs the command line of this process: 0 on success, 1 on a failure that is explained in one line on standard
/// error, 2 on wrong usage.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    let context = Context {
        config: cli.config.unwrap_or_else(usual_configuration),
        data: cli.data,
    };
    let done = match &cli.command {
        Command::Serve(args) => serve::run(args, &context),
        Command::Demo(args) => demo::run(args, &context),
        Command::Crawl(args) => crawl::run(args, &context),
        Command::Backfill(args) => backfill::run(args, &context),
        Command::Probe(args) => probe::run(args, &context),
        Command::Extract(args) => extract::run(args, &context),
        Command::Listing(args) => listing::run(args, &context),
        Command::Feed(args) => feed::run(args, &context),
        Command::Dates(args) => dates::run(args, &context),
        Command::Lang(args) => lang::run(args, &context),
        Command::Analyze(args) => analyze::run(args, &context),
        Command::Search(args) => search::run(args, &context),
        Command::Import(args) => import::run(args, &context),
        Command::Export(args) => export::run(args, &context),
        Command::Reindex(args) => reindex::run(args, &context),
        Command::Check(args) => check::run(args, &context),
        Command::User(args) => user::run(args, &context),
        Command::Doctor(args) => doctor::run(args, &context),
        Command::Backup(args) => backup::run(args, &context),
        Command::Restore(args) => restore::run(args, &context),
        Command::ReadDocument(args) => read_document::run(args, &context),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vesti: {error:#}");
            ExitCode::FAILURE
        }
    }
}
