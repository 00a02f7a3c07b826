//! `vesti listing`

use std::io::{Read, Write};

use anyhow::Context as _;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use url::Url;

use super::Context;
use super::feed::{nowhere, zone_of};
use crate::clock::{Clock, SystemClock};
use crate::domain::Precision;
use crate::reading::charset::{self, Markup};
use crate::reading::listing::{self, Listed};

/// One HTML page on standard input, the announcements that it lists on standard output.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the page is from
    #[arg(long)]
    pub url: Option<Url>,
}

pub(super) fn run(args: &Args, _context: &Context) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let url = match &args.url {
        Some(url) => url.clone(),
        None => nowhere()?,
    };
    let decoded = charset::decode_from(&bytes, None, Markup::Html, args.url.as_ref());
    let listing = listing::read(&decoded.text, &url, SystemClock.now(), &zone_of(&url));
    if listing.items.is_empty() {
        eprintln!("This page lists no announcements.");
    }
    let out: Vec<Value> = listing.items.iter().map(shown).collect();
    let mut stdout = std::io::stdout().lock();
    serde_json::to_writer(&mut stdout, &out)?;
    writeln!(stdout)?;
    Ok(())
}

fn shown(item: &Listed) -> Value {
    // In the offset it was written with, so that it shows the day that was meant.
    let published = item.published.map(|at| {
        let zone = item.published_offset.map_or(TimeZone::UTC, TimeZone::fixed);
        let at = at.to_zoned(zone);
        if item.precision == Precision::Second {
            at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        } else {
            at.date().to_string()
        }
    });
    json!({
        "url": item.url,
        "title": Some(&item.title).filter(|title| !title.is_empty()),
        "published": published,
        "excerpt": item.excerpt,
    })
}
