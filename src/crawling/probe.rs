//! What would be made of an address before anyone adds it: the way it would be read and why, samples, and the source.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::Processors;
use super::fetch::{Accept, Fetched, Fetcher, Request};
use super::ways::{self, Found, Plainly, Tried};
use crate::config::source_block;
use crate::domain::{
    Country, Draft, Fault, Language, Precision, Remark, Role, Source, Way, country_of, slug,
    usual_languages,
};
use crate::reading::article::{self, Article};
use crate::understanding::{excerpt, language};

/// Announcements shown, completed from their own pages where the source gives only titles.
const SAMPLES: usize = 5;
/// Announcements by which the languages of a source are judged.
const JUDGED: usize = 30;
/// Longest address that is looked at, in bytes.
const LONGEST: usize = 2_000;

/// Looks at addresses.
pub struct Prober {
    /// Asks for pages.
    pub fetcher: Fetcher,
    /// Reads them.
    pub processors: Processors,
    /// The time.
    pub now: Timestamp,
}

/// What came of looking at an address.
#[derive(Debug)]
pub struct Probed {
    /// The address.
    pub url: Url,
    /// The ways that were compared.
    pub tried: Vec<Tried>,
    /// What would be made of it, or why nothing.
    pub outcome: Result<Preview, Fault>,
}

/// What would be made of an address.
#[derive(Debug)]
pub struct Preview {
    /// How it would be read.
    pub way: Way,
    /// Where.
    pub address: Url,
    /// Why so.
    pub why: Remark,
    /// How many announcements are listed there.
    pub listed: usize,
    /// The first of them.
    pub samples: Vec<Sample>,
    /// The source as far as it can be told.
    pub source: Source,
}

/// An announcement.
#[derive(Debug)]
pub struct Sample {
    /// What it says.
    pub draft: Draft,
    /// In which language.
    pub lang: Option<Language>,
    /// Its beginning.
    pub excerpt: String,
}

/// What a person types, with or without `https://`; `None` where it is no web address.
#[must_use]
pub fn address(text: &str) -> Option<Url> {
    let text = text.trim();
    if text.len() > LONGEST || text.chars().any(char::is_whitespace) {
        return None;
    }
    let parsed = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("https://{text}"))
    };
    parsed.ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some()
            && url.username().is_empty()
            && url.password().is_none()
    })
}

impl Prober {
    /// Looks at an address. `tell` hears what is being done.
    pub async fn probe(&self, url: Url, tell: impl Fn(&str)) -> Probed {
        let source = Arc::new(provisional(&url));
        let mut tried = Vec::new();
        tell(&format!("asking {url} …"));
        let outcome = match self.found(&url, &source, &mut tried, &tell).await {
            Ok((found, page)) => Ok(self.answer(&url, found, page, &source).await),
            Err(fault) => Err(fault),
        };
        Probed {
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
        tell: &impl Fn(&str),
    ) -> Result<(Found, Option<Arc<Fetched>>), Fault> {
        let tools = (&self.fetcher, &self.processors);
        let fetched = self.fetcher.fetch(&Request::feed(url.clone())).await?;
        match ways::plainly(tools, source, url, fetched, self.now).await {
            Plainly::Read(found) => Ok((*found, None)),
            Plainly::Fault(fault) => Err(fault),
            Plainly::Page(page) => {
                tell("comparing the ways to read it …");
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
    ) -> Preview {
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
        Preview {
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
            super::complete(draft, article);
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
    #[must_use]
    pub fn published(&self, country: Country) -> Option<String> {
        let at = self.draft.published?.to_zoned(country.time_zone());
        Some(match self.draft.precision {
            Precision::Second => at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            Precision::Day => at.date().to_string(),
            Precision::Month => at.strftime("%Y-%m").to_string(),
            Precision::None => return None,
        })
    }
}

impl Probed {
    /// As `vesti probe --json` prints it.
    #[must_use]
    pub fn json(&self) -> Value {
        let tried: Vec<Value> = self
            .tried
            .iter()
            .map(|tried| {
                let result = &tried.result;
                json!({ "way": tried.way.word(), "url": tried.url, "result": result.to_string(), "code": result.code() })
            })
            .collect();
        let feeds: Vec<&Url> = self
            .tried
            .iter()
            .filter(|tried| tried.way == Way::Feed && tried.result.is_well())
            .map(|tried| &tried.url)
            .collect();
        match &self.outcome {
            Err(fault) => {
                json!({ "url": self.url, "way": null, "error": fault.message, "code": fault.reason.code(), "tried": tried, "feeds": feeds, "items": [] })
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
                    "why": answer.why.to_string(),
                    "code": answer.why.code(),
                    "listed": answer.listed,
                    "feeds": feeds,
                    "tried": tried,
                    "items": items,
                    "source": source_block(&answer.source),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_with_or_without_its_scheme_and_nothing_else_is() {
        for (typed, url) in [
            (" www.fonpc.ro ", "https://www.fonpc.ro/"),
            ("http://a.lv/rss", "http://a.lv/rss"),
        ] {
            assert_eq!(address(typed).unwrap().as_str(), url);
        }
        let long = format!("https://a.ro/{}", "a".repeat(3_000));
        for typed in [
            "javascript:alert(1)",
            "javascript://a.ro/%0aalert(1)",
            "file:///etc/passwd",
            "ftp://a.ro/",
            "https://ana:parola@a.ro/",
            "",
            "doua cuvinte",
            &long,
        ] {
            assert_eq!(address(typed), None, "{typed}");
        }
    }
}
