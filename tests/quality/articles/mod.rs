//! Article pages in the manner of the systems that organisations use, each with the traps that a comment in it names.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Deserialize;
use vesti::reading::article::{self, Article};

use crate::metrics::{floors, word_f1};

#[derive(Deserialize)]
struct Pages {
    page: Vec<Page>,
    absent: Vec<Absent>,
}

/// What a page holds.
#[derive(Deserialize)]
struct Page {
    file: String,
    url: String,
    title: String,
    date: String,
    author: Option<String>,
    text: String,
}

/// A page without an article.
#[derive(Deserialize)]
struct Absent {
    file: String,
    url: String,
}

#[derive(Deserialize)]
struct Floors {
    f1: f64,
    worst_f1: f64,
    titles: f64,
    dates: f64,
    authors: f64,
    absent: f64,
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/articles")
}

fn pages() -> Pages {
    let text = fs::read_to_string(directory().join("pages.toml")).expect("pages.toml");
    toml::from_str(&text).expect("pages")
}

fn read(file: &str, url: &str) -> Option<Article> {
    let html = fs::read_to_string(directory().join("pages").join(file)).expect("a page");
    let now = "2026-03-01T12:00:00Z".parse().expect("a moment");
    let url = url.parse().expect("an address");
    let zone = TimeZone::get("Europe/Chisinau").expect("a zone");
    article::extract(&html, &url, now, &zone)
}

/// The day that was meant, in the offset that the page gives.
fn day(article: &Article) -> Option<String> {
    let zone = article
        .published_offset
        .map_or(TimeZone::UTC, TimeZone::fixed);
    Some(article.published?.to_zoned(zone).date().to_string())
}

fn share(right: usize, all: usize) -> f64 {
    right as f64 / all.max(1) as f64
}

#[test]
fn articles_are_read_no_worse_than_before() {
    let floors: Floors = floors("articles");
    let pages = pages().page;
    let (mut f1, mut titles, mut dates, mut authors, mut named) = (Vec::new(), 0, 0, 0, 0);
    let mut wrong = String::new();
    for page in &pages {
        let Some(found) = read(&page.file, &page.url) else {
            let _ = writeln!(wrong, "{}: no article", page.file);
            f1.push(0.0);
            continue;
        };
        let score = word_f1(&found.text, &page.text);
        if score < 0.97 {
            let _ = writeln!(wrong, "{}: F1 {score:.3}", page.file);
        }
        f1.push(score);
        let mut check =
            |what: &str, right: bool, found: &dyn std::fmt::Debug, count: &mut usize| {
                *count += usize::from(right);
                if !right {
                    let _ = writeln!(wrong, "{}: {what} {found:?}", page.file);
                }
            };
        check(
            "title",
            found.title == page.title,
            &found.title,
            &mut titles,
        );
        let day = day(&found);
        check("date", day.as_ref() == Some(&page.date), &day, &mut dates);
        if page.author.is_some() {
            named += 1;
            check(
                "author",
                found.author == page.author,
                &found.author,
                &mut authors,
            );
        }
    }
    let all = pages.len();
    let mean = f1.iter().sum::<f64>() / all as f64;
    let worst = f1.iter().copied().fold(1.0, f64::min);
    for (what, figure, floor) in [
        ("mean F1", mean, floors.f1),
        ("worst F1", worst, floors.worst_f1),
        ("titles", share(titles, all), floors.titles),
        ("dates", share(dates, all), floors.dates),
        ("authors", share(authors, named), floors.authors),
    ] {
        assert!(
            figure >= floor,
            "{what}: {figure:.3} is below {floor}\n{wrong}"
        );
    }
}

#[test]
fn pages_without_an_article_give_none() {
    let floors: Floors = floors("articles");
    let pages = pages().absent;
    let junk: Vec<String> = pages
        .iter()
        .filter_map(|page| {
            let found = read(&page.file, &page.url)?;
            Some(format!("{}: {}", page.file, found.text))
        })
        .collect();
    let figure = share(pages.len() - junk.len(), pages.len());
    assert!(
        figure >= floors.absent,
        "{figure:.3}\n{}",
        junk.join("\n\n")
    );
}

#[test]
fn every_page_is_measured() {
    let listed = pages();
    let mut files: Vec<String> = listed
        .page
        .into_iter()
        .map(|page| page.file)
        .chain(listed.absent.into_iter().map(|page| page.file))
        .collect();
    files.sort();
    let mut stored: Vec<String> = fs::read_dir(directory().join("pages"))
        .expect("the pages")
        .map(|entry| {
            entry
                .expect("a page")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    stored.sort();
    assert_eq!(files, stored);
}
