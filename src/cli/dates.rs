//! `vesti dates`

use std::io::{BufRead, Write};

use anyhow::Context as _;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::Context;
use crate::clock::{Clock, SystemClock};
use crate::domain::{Language, Precision};
use crate::reading::dates;

/// Lines `lang<TAB>text` in, one date or date-time or `none` a line out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The moment that “yesterday” is counted from (RFC 3339; default: now)
    #[arg(long)]
    pub now: Option<String>,
}

pub(super) fn run(args: &Args, _context: &Context) -> anyhow::Result<()> {
    let (now, zone) = match &args.now {
        None => (SystemClock.now(), TimeZone::UTC),
        Some(text) => instant(text).with_context(|| {
            format!("--now {text}: give an instant such as 2026-03-01T12:00:00+02:00")
        })?,
    };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line.context("cannot read standard input")?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        let (lang, text) = line.split_once('\t').unwrap_or(("", line));
        match dates::parse(text, Language::from_tag(lang), now, &zone) {
            None => writeln!(out, "none")?,
            Some(found) => {
                let at = found.at.to_zoned(zone.clone());
                if found.precision == Precision::Second {
                    writeln!(out, "{}", at.strftime("%Y-%m-%dT%H:%M:%S%:z"))?;
                } else {
                    writeln!(out, "{}", at.date())?;
                }
            }
        }
    }
    Ok(())
}

/// An instant and the zone it was written in.
fn instant(text: &str) -> anyhow::Result<(Timestamp, TimeZone)> {
    if let Ok(zoned) = text.parse::<Zoned>() {
        return Ok((zoned.timestamp(), zoned.time_zone().clone()));
    }
    let at: Timestamp = text.parse()?;
    let pieces = jiff::fmt::temporal::Pieces::parse(text)?;
    let zone = pieces
        .to_numeric_offset()
        .map_or(TimeZone::UTC, TimeZone::fixed);
    Ok((at, zone))
}
