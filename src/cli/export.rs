//! `vesti export`

use std::io::{BufWriter, Write};

use super::Context;
use crate::config::Config;
use crate::delivery::{Feedless, ItemJson, opml};
use crate::domain::{Seq, SourceState, StoryId};
use crate::store::{Change, SourceRecord, Store, StoreError};

/// Sources as OPML or as sources.toml, or all items as JSON Lines.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to write
    #[arg(long, value_enum)]
    pub format: Format,
}

/// What to write.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Format {
    /// The sources, for feed readers.
    Opml,
    /// All items, one JSON object a line.
    Jsonl,
    /// The sources in force as `sources.toml`, with what was decided in the browser.
    Toml,
}

/// Items read from the store at once.
const BATCH: usize = 500;

/// Writes to standard output. A service that runs on the same data is not disturbed.
pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = context.config()?;
    let store = Store::open_for_reading(&context.data(&config));
    let mut out = BufWriter::new(std::io::stdout().lock());
    let done = match args.format {
        Format::Opml => {
            let records = records(&config, store)?;
            out.write_all(sources_opml(&config, &records)?.as_bytes())
                .and_then(|()| out.flush())
                .map_err(anyhow::Error::from)
        }
        Format::Jsonl => items(&store?, &mut out),
        Format::Toml => out
            .write_all(config.exported().as_bytes())
            .and_then(|()| out.flush())
            .map_err(anyhow::Error::from),
    };
    // Whoever reads may have seen enough (`| head`).
    match done {
        Err(error) if is_broken_pipe(&error) => Ok(()),
        done => done,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The configured sources, with the feeds that were found for them where there is a store that knows.
fn records(config: &Config, store: Result<Store, StoreError>) -> anyhow::Result<Vec<SourceRecord>> {
    let known = match store {
        Ok(store) => store.sources()?,
        Err(StoreError::Missing { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(config
        .sources
        .iter()
        .map(|source| {
            let known = known.iter().find(|record| record.source.id == source.id);
            let mut record = known.cloned().unwrap_or_else(|| SourceRecord {
                source: source.clone(),
                state: SourceState::new(jiff::Timestamp::UNIX_EPOCH),
                items: 0,
                newest: None,
            });
            record.source = source.clone();
            record
        })
        .collect())
}

fn sources_opml(config: &Config, records: &[SourceRecord]) -> anyhow::Result<String> {
    let private = records
        .iter()
        .filter(|record| record.source.private)
        .count();
    if private > 0 {
        eprintln!("{private} private sources are left out");
    }
    let server = &config.settings.server;
    let public = match &server.public_url {
        Some(url) => url.clone(),
        None => url::Url::parse(&format!("http://{}/", server.listen))?,
    };
    Ok(opml(&server.title, records, &public, Feedless::ItsPage))
}

/// All live items in the order of their last change.
fn items(store: &Store, out: &mut impl Write) -> anyhow::Result<()> {
    let mut at = Seq::default();
    loop {
        let changes = store.changes_after(at, BATCH)?;
        let stories: Vec<StoryId> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Item(item) => Some(item.story),
                Change::Removed { .. } => None,
            })
            .collect();
        let sizes = store.story_sizes(&stories)?;
        let before = at;
        for change in changes {
            match change {
                Change::Item(item) => {
                    at = at.max(item.seq);
                    let size = sizes.get(&item.story).copied().unwrap_or(1);
                    serde_json::to_writer(&mut *out, &ItemJson::with_text(&item, size))
                        .map_err(std::io::Error::from)?;
                    out.write_all(b"\n")?;
                }
                Change::Removed { seq, .. } => at = at.max(seq),
            }
        }
        if at == before {
            out.flush()?;
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn configured_sources_are_listed_with_the_feeds_that_were_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vesti.toml");
        std::fs::write(&path, "").unwrap();
        let block = |id: &str| {
            format!(
                "[[source]]\nid = \"{id}\"\nname = \"{id}\"\nurl = \"https://{id}.ro/\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = []\n"
            )
        };
        std::fs::write(folder.path().join("sources.toml"), block("a") + &block("b")).unwrap();
        let config = Config::load(&path, std::iter::empty()).unwrap();
        let data = folder.path().join("data");
        let without = records(&config, Store::open_for_reading(&data)).unwrap();
        assert_eq!(without.len(), 2);

        let now = jiff::Timestamp::UNIX_EPOCH;
        let store = Store::open(&data).unwrap();
        store
            .set_sources(config.sources[..1].to_vec(), now)
            .await
            .unwrap();
        let minute = std::time::Duration::from_mins(1);
        let lease = store
            .lease_source("a".parse().unwrap(), now, minute)
            .await
            .unwrap()
            .unwrap();
        let mut state = lease.state.clone();
        state.address = Some(url::Url::parse("https://a.ro/feed").unwrap());
        let log = crate::store::VisitLog {
            at: now,
            url: "https://a.ro/".into(),
            status: None,
            millis: 0,
            bytes: 0,
            listed: 0,
            new: 0,
            changed: 0,
            fault: None,
            note: None,
        };
        let visit = crate::store::Visit {
            at: now,
            state,
            intents: Vec::new(),
            log,
        };
        store.record(&lease, visit).await.unwrap();
        let found = records(&config, Store::open_for_reading(&data)).unwrap();
        let text = sources_opml(&config, &found).unwrap();
        assert!(
            text.contains("xmlUrl=\"https://a.ro/feed\"")
                && text.contains("xmlUrl=\"https://b.ro/\"")
        );

        let mut lines = Vec::new();
        items(&store, &mut lines).unwrap();
        assert!(lines.is_empty());
    }
}
