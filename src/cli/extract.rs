//! `vesti extract`

use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, anyhow, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use url::Url;

use super::Context;
use super::feed::{nowhere, zone_of};
use crate::clock::{Clock, SystemClock};
use crate::crawling::documents::Documents;
use crate::domain::{Country, Draft, Language, Precision};
use crate::reading::article::{self, Article};
use crate::reading::charset::{self, Markup};
use crate::reading::document::Form;
use crate::understanding::topics::Thesaurus;
use crate::understanding::{deadline, excerpt, kind, language};

/// One HTML page or document (PDF, DOCX, ODT, RTF) on standard input, one JSON object on standard output.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the page is from
    #[arg(long)]
    pub url: Option<Url>,
    /// Its Content-Type header
    #[arg(long)]
    pub content_type: Option<String>,
    /// Many: JSON Lines in, JSON Lines out, on all cores
    #[arg(long)]
    pub batch: bool,
}

/// What pages are read by.
struct Reader {
    now: Timestamp,
    thesaurus: Thesaurus,
    documents: Documents,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    // A page can be read without a configuration; it only has no topics then.
    let thesaurus = match context.config() {
        Ok(config) => Thesaurus::compile(&config.thesaurus),
        Err(problem) => {
            tracing::debug!(%problem, "no thesaurus: pages get no topics");
            Thesaurus::default()
        }
    };
    let reader = Reader {
        now: SystemClock.now(),
        thesaurus,
        documents: Documents::of_this_program().context("cannot find this program's own file")?,
    };
    if args.batch {
        return batch(&reader);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let out = page(
        &bytes,
        args.content_type.as_deref(),
        args.url.as_ref(),
        &reader,
    )?;
    let mut stdout = std::io::stdout().lock();
    serde_json::to_writer(&mut stdout, &out)?;
    writeln!(stdout)?;
    Ok(())
}

/// What is made of one document.
fn page(
    bytes: &[u8],
    content_type: Option<&str>,
    url: Option<&Url>,
    reader: &Reader,
) -> anyhow::Result<Value> {
    // The bytes tell; a server's word counts only where they are silent.
    let form = Form::of(bytes);
    if form.is_some() || content_type.and_then(Form::of_type).is_some() {
        return file(bytes, url, reader);
    }
    let decoded = charset::decode_from(bytes, content_type, Markup::Html, url);
    html(&decoded.text, url, reader)
}

/// What a document says, read in a child process.
fn file(bytes: &[u8], url: Option<&Url>, reader: &Reader) -> anyhow::Result<Value> {
    let document = reader
        .documents
        .read_blocking(bytes)
        .map_err(|fault| anyhow!("the document {fault}"))?;
    if document.scanned {
        bail!("the document is a scan without text");
    }
    if document.text.is_empty() {
        bail!("the document holds no text that can be read");
    }
    let zone = match url {
        Some(url) => zone_of(url),
        None => zone_of(&nowhere()?),
    };
    let article = document.into_article(reader.now, &zone);
    Ok(shown(article, url, &zone, reader))
}

fn html(text: &str, url: Option<&Url>, reader: &Reader) -> anyhow::Result<Value> {
    let base = match url {
        Some(url) => url.clone(),
        None => nowhere()?,
    };
    let zone = zone_of(&base);
    let article = article::read(text, &base, reader.now, &zone);
    Ok(shown(article, url, &zone, reader))
}

/// The languages that sites of a country usually write in, by the address.
fn usual_languages(url: Option<&Url>) -> Vec<Language> {
    let country = url
        .and_then(Url::host_str)
        .and_then(|host| host.rsplit('.').next())
        .and_then(|tld| tld.parse::<Country>().ok());
    match country {
        Some(Country::RO) => vec![Language::RO],
        Some(Country::LV) => vec![Language::LV, Language::RU],
        Some(Country::MD) => vec![Language::RO, Language::RU],
        _ => Vec::new(),
    }
}

fn shown(article: Article, url: Option<&Url>, zone: &TimeZone, reader: &Reader) -> Value {
    let lang = language::detect(
        &language::sample(&article.title, &article.text),
        &usual_languages(url),
        article.lang,
    )
    .map(|detected| detected.lang);
    let reference = article.published.unwrap_or(reader.now);
    let has_text = !article.text.is_empty();
    let deadline = deadline::find(&article.title, &article.text, reference, zone);
    let kind = has_text.then(|| kind::kind(&article.title, &article.text, &[], url));
    let topics = reader
        .thesaurus
        .tag(&article.title, &article.text, lang, None);
    let draft = Draft {
        guid: None,
        url: url.cloned(),
        title: article.title.clone(),
        author: None,
        html: None,
        text: article.text.clone(),
        summary: article.excerpt.clone(),
        published: None,
        precision: Precision::None,
        updated: None,
        lang_hint: lang,
        image: None,
        attachments: Vec::new(),
        categories: Vec::new(),
        partial: false,
    };
    let excerpt = excerpt::excerpt(&draft);
    // In the offset it was written with, so that it shows the day that was meant.
    let published = article.published.map(|at| {
        let zone = article
            .published_offset
            .map_or(TimeZone::UTC, TimeZone::fixed);
        let at = at.to_zoned(zone);
        if article.precision == Precision::Second {
            at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        } else {
            at.date().to_string()
        }
    });
    json!({
        "url": url,
        "canonical_url": article.canonical_url,
        "title": Some(&article.title).filter(|title| !title.is_empty()),
        "author": article.author,
        "published": published,
        "modified": article.modified,
        "lang": lang.or(article.lang),
        "text": Some(&article.text).filter(|text| !text.is_empty()),
        "excerpt": Some(excerpt).filter(|text| !text.is_empty()),
        "image": article.image,
        "attachments": article.attachments,
        "deadline": deadline.map(|deadline| deadline.at),
        "kind": kind,
        "topics": topics,
    })
}

/// A line of JSON in, a line of JSON out; what is wrong with a line is said in its answer.
fn line(text: &[u8], reader: &Reader) -> Value {
    answer(text, reader).unwrap_or_else(|error| json!({ "error": format!("{error:#}") }))
}

fn answer(text: &[u8], reader: &Reader) -> anyhow::Result<Value> {
    let request: Value = serde_json::from_slice(text).context("this line is no JSON")?;
    let url = request
        .get("url")
        .and_then(Value::as_str)
        .map(Url::parse)
        .transpose()
        .context("“url” is no address")?;
    let content_type = request.get("content_type").and_then(Value::as_str);
    if let Some(text) = request.get("html").and_then(Value::as_str) {
        return html(text, url.as_ref(), reader);
    }
    if let Some(path) = request.get("path").and_then(Value::as_str) {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {path}"))?;
        return page(&bytes, content_type, url.as_ref(), reader);
    }
    bail!("neither “html” nor “path” is given")
}

/// Lines go round to as many workers as there are cores, and their answers are taken round in the same order; each worker
/// has few lines waiting, so that memory is bounded however long the input.
fn batch(reader: &Reader) -> anyhow::Result<()> {
    const WAITING: usize = 16;
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let mut requests = Vec::new();
        let mut answers = Vec::new();
        for _ in 0..workers {
            let (request_to, request_from) = mpsc::sync_channel::<Vec<u8>>(WAITING);
            let (answer_to, answer_from) = mpsc::sync_channel::<Vec<u8>>(WAITING);
            requests.push(request_to);
            answers.push(answer_from);
            scope.spawn(move || {
                for request in request_from {
                    let answer = line(&request, reader).to_string().into_bytes();
                    if answer_to.send(answer).is_err() {
                        break;
                    }
                }
            });
        }
        let input = scope.spawn(move || -> anyhow::Result<()> {
            let lines = BufReader::with_capacity(1 << 20, std::io::stdin().lock()).split(b'\n');
            let mut worker = 0;
            for line in lines {
                let line = line.context("cannot read standard input")?;
                if line.trim_ascii().is_empty() {
                    continue;
                }
                if requests[worker].send(line).is_err() {
                    break;
                }
                worker = (worker + 1) % requests.len();
            }
            Ok(())
        });
        let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
        let mut worker = 0;
        // The first worker without a further answer was the last to get a line.
        while let Ok(answer) = answers[worker].recv() {
            stdout.write_all(&answer)?;
            stdout.write_all(b"\n")?;
            worker = (worker + 1) % answers.len();
        }
        stdout.flush()?;
        drop(answers);
        match input.join() {
            Ok(done) => done,
            Err(_) => bail!("reading standard input failed"),
        }
    })
}
