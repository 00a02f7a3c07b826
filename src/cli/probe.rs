//! `vesti probe`

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use anyhow::anyhow;

use super::Context;
use crate::clock::{Clock, SharedClock, SystemClock};
use crate::config::{self, source_block};
use crate::crawling::Processors;
use crate::crawling::fetch::{Fetcher, Names};
use crate::crawling::probe::{Probed, Prober, address};

/// What vesti would make of an address before anyone adds it: the way it would be read and why, samples, and the block
/// for sources.toml.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A home page, a news page, a feed or a sitemap
    pub url: String,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let url = address(&args.url).ok_or_else(|| {
        anyhow!(
            "“{}” is no web address; give one such as https://www.example.org/",
            args.url.trim()
        )
    })?;
    let settings = match context.config() {
        Ok(config) => config.settings.crawler,
        // An address can be probed without a configuration.
        Err(_) if !context.config.exists() => config::Crawler::default(),
        Err(error) => return Err(error),
    };
    super::block_on(async {
        let clock: SharedClock = Arc::new(SystemClock);
        let prober = Prober {
            fetcher: Fetcher::new(&settings, clock, Names::default())?,
            processors: Processors::default(),
            now: SystemClock.now(),
        };
        let report = prober.probe(url, |step| eprintln!("{step}")).await;
        let mut stdout = std::io::stdout().lock();
        if args.json {
            serde_json::to_writer_pretty(&mut stdout, &report.json())?;
            writeln!(stdout)?;
        } else {
            write!(stdout, "{}", text(&report))?;
        }
        stdout.flush()?;
        match report.outcome {
            Ok(_) => Ok(()),
            Err(fault) => Err(anyhow!("{fault}")),
        }
    })
}

fn text(report: &Probed) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for tried in &report.tried {
        let _ = writeln!(
            out,
            "tried  {:<20} {}: {}",
            tried.way.to_string(),
            tried.url,
            tried.result
        );
    }
    let Ok(answer) = &report.outcome else {
        return out;
    };
    if !report.tried.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "{} is read from its {}, because {}:\n{}\n",
        report.url, answer.way, answer.why, answer.address
    );
    for sample in &answer.samples {
        let published = sample.published(answer.source.country);
        let lang = sample
            .lang
            .map_or_else(|| "??".to_owned(), |lang| lang.to_string());
        let _ = writeln!(
            out,
            "* {}  [{lang}]  {}",
            published.as_deref().unwrap_or("no date"),
            sample.draft.title
        );
        if let Some(url) = &sample.draft.url {
            let _ = writeln!(out, "  {url}");
        }
        if !sample.excerpt.is_empty() {
            let _ = writeln!(out, "  {}", sample.excerpt);
        }
    }
    let more = answer.listed.saturating_sub(answer.samples.len());
    if more > 0 {
        let _ = writeln!(out, "  and {more} more");
    }
    let _ = write!(
        out,
        "\nTo add it, paste this into sources.toml and correct the role:\n\n{}",
        source_block(&answer.source)
    );
    out
}
