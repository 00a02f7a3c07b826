//! `vesti feed`

use std::io::{Read, Write};

use anyhow::Context as _;
use jiff::tz::TimeZone;
use serde_json::json;
use url::Url;

use super::Context;
use crate::clock::{Clock, SystemClock};
use crate::domain::{Country, Draft};
use crate::reading::{feed, sanitise};

/// One feed document on standard input, JSON on standard output.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the feed is from
    #[arg(long)]
    pub url: Option<Url>,
    /// Its Content-Type header
    #[arg(long)]
    pub content_type: Option<String>,
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
    let zone = zone_of(&url);
    let feed = feed::parse(
        &bytes,
        args.content_type.as_deref(),
        &url,
        SystemClock.now(),
        &zone,
    )?;
    let items: Vec<_> = feed.items.iter().map(|item| shown(item, &url)).collect();
    let out = json!({
        "title": feed.title,
        "url": feed.home.as_ref().or(args.url.as_ref()),
        "lang": feed.lang,
        "items": items,
    });
    let mut stdout = std::io::stdout().lock();
    serde_json::to_writer(&mut stdout, &out)?;
    writeln!(stdout)?;
    Ok(())
}

/// A base for relative addresses where none is given: nothing relative to it is shown as if it were real.
pub(super) fn nowhere() -> anyhow::Result<Url> {
    Ok(Url::parse("http://localhost/")?)
}

/// The zone of the country whose top-level domain the address has; UTC where it has none.
pub(super) fn zone_of(url: &Url) -> TimeZone {
    url.host_str()
        .and_then(|host| host.rsplit('.').next())
        .filter(|tld| tld.len() == 2)
        .and_then(|tld| tld.parse::<Country>().ok())
        .map_or(TimeZone::UTC, |country| country.time_zone())
}

fn shown(item: &Draft, feed: &Url) -> serde_json::Value {
    let html = item
        .html
        .as_ref()
        .map(|html| sanitise::clean_html(html, item.url.as_ref().unwrap_or(feed)));
    json!({
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        "published": item.published,
        "updated": item.updated,
        "author": item.author,
        "html": html,
        "text": item.text,
        "lang": item.lang_hint,
        "enclosures": item.attachments,
    })
}
