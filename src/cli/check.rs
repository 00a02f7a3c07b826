//! `vesti check`

use std::io::Write as _;

use super::Context;
use crate::config::Config;
use crate::search::dictionaries;

/// Reads the whole configuration and says everything that is wrong with it.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_args: &Args, context: &Context) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match context.read() {
        Ok(config) => {
            if !context.config.exists() {
                let file = context.config.display();
                writeln!(
                    out,
                    "warning: there is no {file}: the defaults are in force"
                )?;
            }
            for warning in config.warnings() {
                writeln!(out, "warning: {warning}")?;
            }
            for conflict in &config.overlay.conflicts {
                writeln!(
                    out,
                    "warning: {conflict}: /monitor/catalogue asks who is right"
                )?;
            }
            for found in dictionaries::find(&config.settings.search) {
                writeln!(out, "dictionary: {found}")?;
            }
            writeln!(out, "the configuration is in order: {}", summary(&config))?;
            Ok(())
        }
        Err(problems) => {
            writeln!(out, "{problems}")?;
            match problems.as_slice().len() {
                1 => anyhow::bail!("1 problem in the configuration"),
                count => anyhow::bail!("{count} problems in the configuration"),
            }
        }
    }
}

fn summary(config: &Config) -> String {
    let paused = config.sources.iter().filter(|source| source.paused).count();
    let managed = match config.overlay.managed.len() {
        0 => String::new(),
        count => format!(", {count} managed in the browser"),
    };
    format!(
        "{} ({paused} paused{managed}), {}, {}",
        count(config.sources.len(), "source"),
        count(config.thesaurus.len(), "concept"),
        count(config.digests.len(), "digest"),
    )
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
