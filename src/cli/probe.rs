//! `vesti probe`

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use anyhow::anyhow;
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::Context;
use super::naming::{country_of, slug, usual_languages};
use crate::clock::{Clock, SharedClock, SystemClock};
use crate::config::{self, source_block};
use crate::crawling::Processors;
use crate::crawling::fetch::{Accept, Fetched, Fetcher, Names, Request};
use crate::crawling::ways::{self, Found, Plainly, Tried};
use crate::domain::{Country, Draft, Fault, Language, Precision, Role, Source, Way};
use crate::reading::article::{self, Article};
use crate::understanding::{excerpt, language};

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

/// Announcements shown, completed from their own pages where the source gives only titles.
const SAMPLES: usize = 5;
/// Announcements by which the languages of a source are judged.
const JUDGED: usize = 30;

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let url = address(&args.url)?;
    let settings = match context.config() {
        Ok(config) => config.settings.crawler,
        // An address can be probed without a configuration.
        Err(_) if !context.config.exists() => config::Crawler::default(),
        Err(error) => return Err(error),
    };
    super::block_on(async {
        let clock: SharedClock = Arc::new(SystemClock);
        let probe = Probe {
            fetcher: Fetcher::new(&settings, clock, Names::default())?,
            processors: Processors::default(),
            now: SystemClock.now(),
        };
        let report = probe.report(url).await;
        let mut stdout = std::io::stdout().lock();
        if args.json {
            serde_json::to_writer_pretty(&mut stdout, &report.json())?;
            writeln!(stdout)?;
        } else {
            write!(stdout, "{}", report.text())?;
        }
        stdout.flush()?;
        match report.outcome {
            Ok(_) => Ok(()),
            Err(fault) => Err(anyhow!("{fault}")),
        }
    })
}

/// What a person types: with or without `https://`.
fn address(text: &str) -> anyhow::Result<Url> {
    let text = text.trim();
    let parsed = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("https://{text}"))
    };
    parsed
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
        .ok_or_else(|| {
            anyhow!("“{text}” is no web address; give one such as https://www.example.org/")
        })
}

struct Probe {
    fetcher: Fetcher,
    processors: Processors,
    now: Timestamp,
}

struct Report {
    url: Url,
    tried: Vec<Tried>,
    outcome: Result<Answer, Fault>,
}

/// What would be made of the address.
struct Answer {
    way: Way,
    address: Url,
    why: String,
    listed: usize,
    samples: Vec<Sample>,
    source: Source,
}

struct Sample {
    draft: Draft,
    lang: Option<Language>,
    excerpt: String,
}

impl Probe {
    async fn report(&self, url: Url) -> Report {
        let source = Arc::new(provisional(&url));
        let mut tried = Vec::new();
        eprintln!("asking {url} …");
        let outcome = match self.found(&url, &source, &mut tried).await {
            Ok((found, page)) => Ok(self.answer(&url, found, page, &source).await),
            Err(fault) => Err(fault),
        };
        Report {
            url,
            tried,
            outcome,
        }
    }

    /// The best way, and the page that it was looked for on.
    async fn found(
        &self,
        url: &Url,
        source: &Arc<Source>,
        tried: &mut Vec<Tried>,
    ) -> Result<(Found, Option<Arc<Fetched>>), Fault> {
        let tools = (&self.fetcher, &self.processors);
        let fetched = self.fetcher.fetch(&Request::feed(url.clone())).await?;
        match ways::plainly(tools, source, url, fetched, self.now).await {
            Plainly::Read(found) => Ok((*found, None)),
            Plainly::Fault(fault) => Err(fault),
            Plainly::Page(page) => {
                eprintln!("comparing the ways to read it …");
                let page = *page;
                let kept = Arc::new(page.clone());
                let compared =
                    ways::compare(&self.fetcher, &self.processors, source, page, self.now).await;
                *tried = compared.tried;
                Ok((compared.found?, Some(kept)))
            }
        }
    }

    async fn answer(
        &self,
        url: &Url,
        found: Found,
        page: Option<Arc<Fetched>>,
        source: &Arc<Source>,
    ) -> Answer {
        let listed = found.feed.items.len();
        let mut items = found.feed.items;
        items.truncate(JUDGED);
        let mut samples = Vec::new();
        for draft in items.iter().take(SAMPLES) {
            let mut draft = draft.clone();
            if draft.partial {
                self.complete(&mut draft, source).await;
            }
            samples.push(sample(draft, source));
        }
        let languages = languages(&items, &samples, source);
        let name = self.name(&found.feed.title, page).await;
        let name = if name.is_empty() {
            site_name(url).to_owned()
        } else {
            name
        };
        let source = Source {
            name,
            country: country_of(url)
                .or_else(|| home_of(*languages.first()?))
                .unwrap_or(source.country),
            languages,
            // Only what vesti would not find again by itself: it looks anew whenever what it found stops working.
            feed: None,
            ..Source::clone(source)
        };
        Answer {
            way: found.way,
            address: found.address,
            why: found.why,
            listed,
            samples,
            source,
        }
    }

    /// What the announcement's own page says beyond its listing; nothing where it cannot be had.
    async fn complete(&self, draft: &mut Draft, source: &Arc<Source>) {
        let Some(url) = draft.url.clone() else { return };
        let request = Request {
            url,
            validators: None,
            accept: Accept::Page,
        };
        let Ok(fetched) = self.fetcher.fetch(&request).await else {
            return;
        };
        let (source, now) = (source.clone(), self.now);
        let article = self
            .processors
            .compute(move || read_page(&fetched, &source, now))
            .await;
        if let Some(article) = article {
            crate::crawling::complete(draft, article);
        }
    }

    /// What the organisation calls itself: its site's name, else the feed's title.
    async fn name(&self, feed: &str, page: Option<Arc<Fetched>>) -> String {
        let site = match page {
            Some(page) => {
                self.processors
                    .compute(move || crate::reading::discovery::site_name(&ways::decoded(&page)))
                    .await
            }
            None => None,
        };
        site.unwrap_or_else(|| feed.to_owned())
    }
}

fn read_page(fetched: &Fetched, source: &Source, now: Timestamp) -> Option<Article> {
    let html = fetched
        .content_type
        .as_deref()
        .is_none_or(|kind| kind.to_ascii_lowercase().contains("html"));
    let zone = source.country.time_zone();
    html.then(|| article::extract(&ways::decoded(fetched), &fetched.url, now, &zone))
        .flatten()
}

/// The source as far as the address alone tells.
fn provisional(url: &Url) -> Source {
    let country = country_of(url).unwrap_or(Country::EU);
    let name = site_name(url);
    Source {
        #[allow(clippy::expect_used, reason = "a slug is an id, as its tests say")]
        id: slug(name).parse().expect("an id"),
        name: name.to_owned(),
        url: Some(url.clone()),
        country,
        role: Role::Member,
        languages: usual_languages(country),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

/// Where a language is at home, for addresses that end in no country's letters.
fn home_of(language: Language) -> Option<Country> {
    match language {
        Language::RO => Some(Country::RO),
        Language::LV => Some(Country::LV),
        _ => None,
    }
}

/// The host's own part: `fonpc` of `www.fonpc.ro`.
fn site_name(url: &Url) -> &str {
    let host = url.host_str().unwrap_or("source");
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.split('.')
        .next()
        .filter(|name| !name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or(host)
}

fn sample(draft: Draft, source: &Source) -> Sample {
    let text = language::sample(&draft.title, &draft.text);
    Sample {
        lang: language::detect(&text, &source.languages, draft.lang_hint).map(|found| found.lang),
        excerpt: excerpt::excerpt(&draft),
        draft,
    }
}

/// The languages that at least a fifth of the announcements are in, the commonest first; what is usual in the country
/// where that cannot be told.
fn languages(items: &[Draft], samples: &[Sample], source: &Source) -> Vec<Language> {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    let whole = samples.iter().map(|sample| sample.lang);
    let bare = items.iter().skip(samples.len()).map(|draft| {
        let text = language::sample(&draft.title, &draft.text);
        language::detect(&text, &source.languages, draft.lang_hint).map(|found| found.lang)
    });
    for lang in whole.chain(bare).flatten() {
        match counts.iter_mut().find(|(known, _)| *known == lang) {
            Some((_, count)) => *count += 1,
            None => counts.push((lang, 1)),
        }
    }
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let found: Vec<Language> = counts
        .into_iter()
        .filter(|(_, count)| count * 5 >= total)
        .map(|(lang, _)| lang)
        .collect();
    if found.is_empty() {
        source.languages.clone()
    } else {
        found
    }
}

impl Sample {
    /// The day or month of its publication, as exactly as it is known.
    fn published(&self, country: Country) -> Option<String> {
        let at = self.draft.published?.to_zoned(country.time_zone());
        Some(match self.draft.precision {
            Precision::Second => at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            Precision::Day => at.date().to_string(),
            Precision::Month => at.strftime("%Y-%m").to_string(),
            Precision::None => return None,
        })
    }
}

impl Report {
    fn json(&self) -> Value {
        let tried: Vec<Value> = self
            .tried
            .iter()
            .map(|tried| json!({ "way": tried.way.word(), "url": tried.url, "result": tried.result }))
            .collect();
        let feeds: Vec<&Url> = self
            .tried
            .iter()
            .filter(|tried| tried.way == Way::Feed && tried.result.starts_with("has "))
            .map(|tried| &tried.url)
            .collect();
        match &self.outcome {
            Err(fault) => {
                json!({ "url": self.url, "way": null, "error": fault.message, "tried": tried, "feeds": feeds, "items": [] })
            }
            Ok(answer) => {
                let items: Vec<Value> = answer
                    .samples
                    .iter()
                    .map(|sample| {
                        json!({
                            "title": sample.draft.title,
                            "url": sample.draft.url,
                            "published": sample.published(answer.source.country),
                            "lang": sample.lang,
                            "excerpt": Some(&sample.excerpt).filter(|text| !text.is_empty()),
                        })
                    })
                    .collect();
                json!({
                    "url": self.url,
                    "way": answer.way.word(),
                    "address": answer.address,
                    "why": answer.why,
                    "listed": answer.listed,
                    "feeds": feeds,
                    "tried": tried,
                    "items": items,
                    "source": source_block(&answer.source),
                })
            }
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        for tried in &self.tried {
            let _ = writeln!(
                out,
                "tried  {:<20} {}: {}",
                tried.way.to_string(),
                tried.url,
                tried.result
            );
        }
        let Ok(answer) = &self.outcome else {
            return out;
        };
        if !self.tried.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(
            out,
            "{} is read from its {}, because {}:\n{}\n",
            self.url, answer.way, answer.why, answer.address
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
}
