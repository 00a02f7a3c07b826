//! Reading on one core: feeds of two sizes, clean and damaged, and article pages; all in all, from bytes to drafts with
//! their plain text.
//!
//! `cargo bench --bench reading`

#![allow(clippy::expect_used, reason = "a bench that cannot go on says why")]

#[path = "common/mod.rs"]
mod common;

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use vesti::reading::charset::{self, Markup};
use vesti::reading::text::html_to_text;
use vesti::reading::{article, feed};

fn main() {
    let url: Url = "https://ong.example.ro/feed/".parse().expect("an address");
    let zone = TimeZone::get("Europe/Bucharest").expect("a zone");
    let now: Timestamp = "2026-03-01T12:00:00Z".parse().expect("a moment");
    let clean = feed_of(30, 49_000);
    let large = feed_of(50, 219_000);
    let damaged = large.replacen("<title>", "<title>Burse & premii ", 3);
    let html = body(100_000);
    let page = page(100_000);

    println!("what                                    kB      ms   a second");
    let read = |bytes: &[u8]| {
        let feed =
            feed::parse(bytes, Some("application/rss+xml"), &url, now, &zone).expect("a feed");
        (feed.items.len(), feed.repaired)
    };
    assert_eq!(read(clean.as_bytes()), (30, false));
    assert_eq!(read(large.as_bytes()), (50, false));
    assert_eq!(read(damaged.as_bytes()), (50, true));
    line("feed, 30 entries, clean", &clean, |text| {
        black_box(read(text.as_bytes()));
    });
    line("feed, 50 entries, clean", &large, |text| {
        black_box(read(text.as_bytes()));
    });
    line("feed, 50 entries, damaged", &damaged, |text| {
        black_box(read(text.as_bytes()));
    });
    line("article page", &page, |text| {
        let text = charset::decode(text.as_bytes(), None, Markup::Html).text;
        drop(black_box(
            article::extract(&text, &url, now, &zone).expect("an article"),
        ));
    });
    line("of which: decoding", &page, |text| {
        drop(black_box(charset::decode(
            text.as_bytes(),
            None,
            Markup::Html,
        )));
    });
    line("HTML to text alone", &html, |text| {
        drop(black_box(html_to_text(text)));
    });
}

/// Two seconds of it, after a few rounds to warm up.
fn line(what: &str, input: &str, work: impl Fn(&str)) {
    for _ in 0..5 {
        work(input);
    }
    // CPU time, so that a busy machine does not count.
    let (start, used, mut rounds) = (Instant::now(), common::cpu(), 0_u32);
    while start.elapsed() < Duration::from_secs(2) {
        work(input);
        rounds += 1;
    }
    let one = (common::cpu() - used) / f64::from(rounds);
    println!(
        "{what:36} {:6} {:7.3} {:10.0}",
        input.len() / 1000,
        one * 1000.0,
        1.0 / one
    );
}

fn body(bytes: usize) -> String {
    let mut html = String::new();
    let mut number = 0;
    while html.len() < bytes {
        let (_, title, text) = common::announcement(number, 60);
        let _ = writeln!(
            html,
            "<p>{text} <a href=\"https://ong.example.ro/{number}\">{title}</a>, &bdquo;<em>aici</em>&rdquo;&nbsp;&#8211; <img class=\"x\" src=\"/i/{number}.jpg\" alt=\"\"></p>"
        );
        number += 1;
    }
    html
}

/// As WordPress writes them.
fn feed_of(entries: u64, bytes: usize) -> String {
    let mut items = String::new();
    for number in 0..entries {
        let (_, title, text) = common::announcement(number, 20);
        let content = body((bytes / entries as usize).saturating_sub(1_300));
        let _ = write!(
            items,
            "<item>\n\t\t<title>{title}</title>\n\t\t<link>https://ong.example.ro/{number}/</link>\n\t\t<comments>https://ong.example.ro/{number}/#respond</comments>\n\
            \t\t<dc:creator><![CDATA[Redacția]]></dc:creator>\n\t\t<pubDate>Tue, 24 Feb 2026 09:{:02}:00 +0000</pubDate>\n\t\t<category><![CDATA[Finanțări]]></category>\n\
            \t\t<guid isPermaLink=\"false\">https://ong.example.ro/?p={number}</guid>\n\t\t<description><![CDATA[<p>{text} [&#8230;]</p>]]></description>\n\
            \t\t<content:encoded><![CDATA[{content}]]></content:encoded>\n\t\t<wfw:commentRss>https://ong.example.ro/{number}/feed/</wfw:commentRss>\n\t\t<slash:comments>0</slash:comments>\n</item>\n",
            number % 60
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\"><channel><title>ONG</title><atom:link href=\"https://ong.example.ro/feed/\" rel=\"self\" type=\"application/rss+xml\"/><link>https://ong.example.ro</link><language>ro-RO</language>{items}</channel></rss>"
    )
}

/// Mostly furniture, as pages are: scripts, menus, boxes, and a text of a tenth of it.
fn page(bytes: usize) -> String {
    let mut html = String::from(
        "<!doctype html><html lang=ro><head><meta charset=utf-8><title>Apel de proiecte – ONG</title><style>",
    );
    html += &".a-1 .b{margin:0 auto;color:#123456}\n".repeat(bytes / 4 / 37);
    html += "</style></head><body><header><nav><ul>";
    for number in 0..bytes / 1000 {
        let _ = write!(
            html,
            "<li class=\"menu-item menu-item-{number}\"><a href=\"/m/{number}\"><span>Meniu {number}</span></a></li>"
        );
    }
    html +=
        "</ul></nav></header><main><article><h1>Apel de proiecte</h1><div class=\"entry-content\">";
    html += &body(bytes / 10);
    html += "</div></article><aside class=sidebar>";
    while html.len() < bytes * 3 / 4 {
        html += "<div class=\"widget box\"><h3>Articole recente</h3><ul><li><a href=\"/x\">Un titlu de articol mai lung</a> <time>1.02.2026</time></li></ul></div>";
    }
    html += "</aside></main><script>";
    html += &"var a=function(b){return b.c(1,'<div>')};\n".repeat(bytes / 4 / 42);
    html + "</script></body></html>"
}
