//! `vesti read-document`: the child process in which documents are read. Not for people.

use std::io::{Read, Write};

use anyhow::Context as _;

use super::Context;
use crate::crawling::documents::{Answer, MAX_BYTES, confine};
use crate::reading::document::{self, Unreadable};

/// A document on standard input, JSON on standard output, under limits of time and memory.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_args: &Args, _context: &Context) -> anyhow::Result<()> {
    confine().context("cannot set limits")?;
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let answer: Answer = if bytes.len() > MAX_BYTES {
        Err(Unreadable::TooLarge)
    } else {
        document::read(&bytes)
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    out.flush()?;
    Ok(())
}
