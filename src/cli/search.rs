//! `vesti search`

use std::collections::HashMap;
use std::io::Write;

use anyhow::anyhow;
use serde_json::{Value, json};

use super::Context;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::delivery::ItemJson;
use crate::domain::{Item, SearchRequest, StoryId};
use crate::search::{Hits, Index};
use crate::store::{Store, StoreError};
use crate::understanding::analysis::STEMMED;

/// The same search as the API, on the terminal.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words, in the query language; put `--` before a query that begins with a minus
    pub query: Vec<String>,
    /// Only this language (repeatable)
    #[arg(long)]
    pub lang: Vec<String>,
    /// Only this country (repeatable)
    #[arg(long)]
    pub country: Vec<String>,
    /// Only this source (repeatable)
    #[arg(long)]
    pub source: Vec<String>,
    /// Only sources of this role (repeatable)
    #[arg(long)]
    pub role: Vec<String>,
    /// Only this topic (repeatable)
    #[arg(long)]
    pub topic: Vec<String>,
    /// Only this kind (repeatable)
    #[arg(long)]
    pub kind: Vec<String>,
    /// Published on this day or later: 2026-11-21, or 7d, 3m
    #[arg(long)]
    pub from: Option<String>,
    /// Published on this day or earlier
    #[arg(long)]
    pub to: Option<String>,
    /// `open`: only announcements whose deadline lies ahead
    #[arg(long)]
    pub deadline: Option<String>,
    /// 0 turns the search across languages off
    #[arg(long)]
    pub cross: Option<String>,
    /// relevance, date or deadline
    #[arg(long)]
    pub sort: Option<String>,
    /// Results shown
    #[arg(long, default_value = "10")]
    pub limit: String,
    /// Where the page before ended
    #[arg(long)]
    pub cursor: Option<String>,
    /// JSON, as the API gives it
    #[arg(long)]
    pub json: bool,
}

impl Args {
    fn request(&self) -> anyhow::Result<SearchRequest> {
        let query = self.query.join(" ");
        let many = [
            ("lang", &self.lang),
            ("country", &self.country),
            ("source", &self.source),
            ("role", &self.role),
            ("topic", &self.topic),
            ("kind", &self.kind),
        ];
        let one = [
            ("from", &self.from),
            ("to", &self.to),
            ("deadline", &self.deadline),
            ("cross", &self.cross),
            ("sort", &self.sort),
            ("cursor", &self.cursor),
        ];
        let pairs = many
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| (*name, value.as_str())))
            .chain(
                one.iter()
                    .filter_map(|(name, value)| Some((*name, value.as_deref()?))),
            )
            .chain([("q", query.as_str()), ("limit", self.limit.as_str())]);
        Ok(SearchRequest::from_pairs(pairs)?)
    }
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let request = args.request()?;
    let config = context.config()?;
    let data = context.data(&config);
    let store = Store::open_for_reading(&data)?;
    context.use_dictionaries(&config, &STEMMED);
    let index = Index::open(&data, &store, &config.settings.search, &config.thesaurus)?;
    if index.searchable() < store.head()?.seq {
        // Nobody keeps it up to date, unless a running service does.
        match Store::open(&data) {
            Ok(writing) => index.catch_up(&writing)?,
            Err(StoreError::Held { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let begun = std::time::Instant::now();
    let zone = &config.settings.server.time_zone;
    let hits = index.search(&request, SystemClock.now(), zone)?;
    let items = store.items(&hits.ids)?;
    let stories: Vec<_> = items.iter().map(|item| item.story).collect();
    let sizes = store.story_sizes(&stories)?;
    let took = begun.elapsed().as_millis();
    let mut out = std::io::stdout().lock();
    let written = if args.json {
        let answer = as_json(&hits, &items, &sizes, &config, u64::try_from(took)?);
        writeln!(out, "{answer:#}")
    } else {
        out.write_all(as_text(&hits, &items).as_bytes())
    };
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| anyhow!("standard output: {error}")),
    }
}

fn as_text(hits: &Hits, items: &[Item]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for item in items {
        let lang = item.lang.map(|detected| detected.lang);
        let (passage, _) = hits.marks.snippet(&item.text, lang, 200);
        let date = item.published.map_or_else(
            || "no date".to_owned(),
            |at| at.strftime("%Y-%m-%d").to_string(),
        );
        let lang = lang.map_or("?".to_owned(), |lang| lang.to_string());
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{}\n  {date}  {}  {lang}  {}\n  {}\n",
            item.title,
            item.source_name,
            item.url,
            passage.split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
    let _ = writeln!(text, "{} found.", hits.total);
    if hits.interpreted.partial {
        text.push_str("Not all words are in every result.\n");
    }
    let said = &hits.interpreted;
    let mut expanded: Vec<_> = said.expanded.iter().collect();
    expanded.sort();
    for (typed, added) in expanded {
        let _ = writeln!(text, "Searched for “{typed}” too: {}.", added.join(", "));
    }
    if let Some(better) = said.did_you_mean.as_ref().filter(|_| !said.is_corrected()) {
        let _ = writeln!(text, "Did you mean “{better}”?");
    }
    for note in &said.notes {
        let _ = writeln!(text, "{note}");
    }
    text
}

fn as_json(
    hits: &Hits,
    items: &[Item],
    sizes: &HashMap<StoryId, u32>,
    config: &Config,
    took_ms: u64,
) -> Value {
    let shown = |item: &Item| {
        let size = sizes.get(&item.story).copied().unwrap_or(1);
        ItemJson::new(item, size, Some(&hits.marks))
    };
    let facet = |counts: &[(String, u64)], label: &dyn Fn(&str) -> String| -> Value {
        counts
            .iter()
            .map(|(value, count)| json!({"value": value, "label": label(value), "count": count}))
            .collect()
    };
    let same = |value: &str| value.to_owned();
    let source = |value: &str| {
        let found = config.sources.iter().find(|s| s.id.as_str() == value);
        found.map_or_else(|| value.to_owned(), |source| source.name.clone())
    };
    let topic = |value: &str| {
        let found = config.thesaurus.iter().find(|c| c.id.as_str() == value);
        found.map_or_else(
            || value.to_owned(),
            |concept| concept.label(crate::domain::Language::EN).to_owned(),
        )
    };
    json!({
        "total": hits.total,
        "took_ms": took_ms,
        "items": items.iter().map(shown).collect::<Vec<_>>(),
        "facets": {
            "lang": facet(&hits.facets.lang, &same),
            "country": facet(&hits.facets.country, &same),
            "source": facet(&hits.facets.source, &source),
            "role": facet(&hits.facets.role, &same),
            "topic": facet(&hits.facets.topic, &topic),
            "kind": facet(&hits.facets.kind, &same),
        },
        "next_cursor": hits.next_cursor,
        "interpreted": hits.interpreted,
    })
}
