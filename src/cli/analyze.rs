//! `vesti analyze`

use std::io::{BufRead, Write};

use super::Context;
use crate::understanding::analysis::terms;

/// A line of text in, its index terms out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The language that the text is in
    #[arg(long)]
    pub lang: crate::domain::Language,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    match context.config() {
        Ok(config) => context.use_dictionaries(&config, &[args.lang]),
        Err(error) => tracing::warn!(%error, "no dictionary is used"),
    }
    let mut input = std::io::BufReader::new(std::io::stdin().lock());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        // Bytes that are no UTF-8 spoil their word, not the line.
        let text = String::from_utf8_lossy(&line);
        for (place, token) in terms(&text, Some(args.lang)).into_iter().enumerate() {
            if place > 0 {
                out.write_all(b" ")?;
            }
            out.write_all(token.term.as_bytes())?;
        }
        out.write_all(b"\n")?;
        // Whoever writes lines one by one waits for the answers.
        if input.buffer().is_empty() {
            out.flush()?;
        }
        line.clear();
    }
    out.flush()?;
    Ok(())
}
