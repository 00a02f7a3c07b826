//! On well-formed feeds both readers say the same.

use std::fmt::Write;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::json;
use url::Url;

use super::outline::{self, Survey};
use super::strict::{self, Reading};
use super::{Around, Feed, parse};
use crate::domain::Draft;

const NAMESPACES: &str = r#"xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wfw="http://wellformedweb.org/CommentAPI/""#;

#[derive(Debug, Clone)]
struct Entry {
    title: String,
    path: String,
    id: Option<String>,
    summary: Option<String>,
    content: Option<String>,
    author: Option<String>,
    date: &'static str,
    updated: bool,
    categories: Vec<String>,
    file: bool,
    cdata: bool,
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-zăâîșțāēūšА-яё0-9 &<>\"'.,:–]{0,30}[a-zăё]"
}

fn html() -> impl Strategy<Value = String> {
    (words(), words(), "[a-z]{1,8}").prop_map(|(first, second, name)| {
        format!(
            "<p>{}</p><p>{} <a href=\"/{name}.pdf\">{name}</a><img src='{name}.jpg'></p>",
            escaped(&first),
            escaped(&second)
        )
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let dates = prop::sample::select(vec![
        "Tue, 24 Feb 2026 09:00:00 +0000",
        "2026-02-24T09:00:00.250+02:00",
        "2026-02-24",
        "24 februarie 2026",
        "миércoles", // no date
        "24.02.2026 10:30",
        "februarie 2026",
    ]);
    (
        (
            words(),
            "[a-z0-9/]{1,12}",
            prop::option::of("[a-z0-9:]{1,9}"),
        ),
        (prop::option::of(words()), prop::option::of(html())),
        (prop::option::of("[A-Z][a-zăё]{1,8} [A-Z][a-z]{1,8}"), dates),
        (any::<bool>(), prop::collection::vec(words(), 0..3)),
        (any::<bool>(), any::<bool>()),
    )
        .prop_map(|(names, texts, by, more, ways)| Entry {
            title: names.0,
            path: names.1,
            id: names.2,
            summary: texts.0,
            content: texts.1,
            author: by.0,
            date: by.1,
            updated: more.0,
            categories: more.1,
            file: ways.0,
            cdata: ways.1,
        })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

impl Entry {
    fn text(&self, text: &str) -> String {
        if self.cdata {
            format!("<![CDATA[{text}]]>")
        } else {
            escaped(text)
        }
    }

    fn element(&self, name: &str, text: Option<&String>) -> String {
        text.map_or(String::new(), |text| {
            format!("<{name}>{}</{name}>\n", self.text(text))
        })
    }

    fn rss(&self) -> String {
        let mut out = self.element("title", Some(&self.title));
        let _ = write!(out, "<link>https://ong.example/{}</link>", self.path);
        out += &self.element("description", self.summary.as_ref());
        out += &self.element("content:encoded", self.content.as_ref());
        out += &self.element("dc:creator", self.author.as_ref());
        out
    }

    fn rss2(&self) -> String {
        let mut out = self.rss();
        let _ = write!(out, "<pubDate>{}</pubDate>", self.date);
        if let Some(id) = &self.id {
            let _ = write!(out, "<guid isPermaLink=\"false\">{id}</guid>");
        }
        for category in &self.categories {
            out += &self.element("category", Some(category));
        }
        if self.file {
            out += "<enclosure url='/a.mp3' type='audio/mpeg' length='7'/><comments>https://ong.example/c</comments><wfw:commentRss>https://ong.example/w</wfw:commentRss>";
        }
        format!("<item>{out}</item>")
    }

    fn rss1(&self) -> String {
        let about = format!("https://ong.example/{}", self.path);
        let date = self.date;
        format!(
            "<item rdf:about='{about}'>{}<dc:date>{date}</dc:date></item>",
            self.rss()
        )
    }

    fn atom(&self) -> String {
        let mut out = format!("<title type='html'>{}</title>", self.text(&self.title));
        let _ = write!(
            out,
            "<link rel='self' href='/s'/><link href='{}'/>",
            self.path
        );
        out += &self.element("id", self.id.as_ref());
        if let Some(summary) = &self.summary {
            let way = if self.updated { "type='text'" } else { "" };
            let _ = write!(out, "<summary {way}>{}</summary>", self.text(summary));
        }
        if let Some(content) = &self.content {
            let _ = write!(out, "<content type='html'>{}</content>", self.text(content));
        }
        if let Some(author) = &self.author {
            let _ = write!(
                out,
                "<author><name>{author}</name><uri>https://a.example/</uri></author>"
            );
        }
        let _ = write!(out, "<published>{}</published>", self.date);
        if self.updated {
            out += "<updated>2026-02-25T00:00:00Z</updated>";
        }
        if self.file {
            out += "<link rel='enclosure' type='application/pdf' title='Ghid' href='/ghid.pdf'/><category term='x' label='Finanțări'/><category term='y'/>";
        }
        format!("<entry>{out}</entry>")
    }

    fn json(&self) -> serde_json::Value {
        let mut out = json!({
            "id": self.id, "url": format!("/{}", self.path), "title": self.title, "summary": self.summary,
            "date_published": self.date, "tags": self.categories,
        });
        if let Some(content) = &self.content {
            out[if self.cdata {
                "content_html"
            } else {
                "content_text"
            }] = json!(content);
        }
        if let Some(author) = &self.author {
            out["authors"] = json!([{ "name": author }]);
        }
        if self.updated {
            out["date_modified"] = json!("2026-02-25T00:00:00Z");
        }
        if self.file {
            out["attachments"] =
                json!([{"url": "/g.pdf", "mime_type": "application/pdf", "title": "G"}]);
        }
        out
    }
}

fn around<R>(read: impl FnOnce(&Around) -> R) -> R {
    let zone = TimeZone::get("Europe/Bucharest").unwrap();
    let url = Url::parse("https://ong.example/ro/feed/").unwrap();
    read(&Around {
        url: &url,
        now: "2026-03-01T12:00:00Z".parse().unwrap(),
        zone: &zone,
    })
}

/// What both readers make of it.
fn both(text: &str) -> (Reading, Vec<Draft>) {
    around(|around| {
        let survey: Survey = outline::survey(text, around).unwrap();
        assert!(!survey.damaged, "{text}");
        (strict::read(&survey, around), survey.lenient(around))
    })
}

fn whole(text: &str) -> Feed {
    around(|around| parse(text.as_bytes(), None, around.url, around.now, around.zone)).unwrap()
}

fn rss2(items: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='windows-1251'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss version=\"2.0\" {NAMESPACES}><channel><title>T</title><link>https://ong.example/</link><language>ro</language>{items}</channel></rss>"
    )
}

proptest! {
    #[test]
    fn both_readers_say_the_same_of_well_formed_feeds(entries in prop::collection::vec(entry(), 1..5)) {
        let join = |one: fn(&Entry) -> String| entries.iter().map(one).collect::<String>();
        let documents = [
            rss2(&join(Entry::rss2)),
            format!("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' {NAMESPACES}><channel><title>T</title><link>https://ong.example/</link></channel>{}</rdf:RDF>", join(Entry::rss1)),
            format!("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ro' xml:base='https://ong.example/x/'><title>T</title>{}</feed>", join(Entry::atom)),
        ];
        for document in documents {
            let (strict, lenient) = both(&document);
            let Reading::Whole(strict) = strict else {
                return Err(TestCaseError::fail(format!("{strict:?}: {document}")));
            };
            prop_assert_eq!(strict.len(), entries.len());
            prop_assert_eq!(strict, lenient, "{}", document);
        }
        let document = json!({"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://ong.example/", "language": "ro",
            "authors": [{"name": "Redacția"}], "items": entries.iter().map(Entry::json).collect::<Vec<_>>()}).to_string();
        let (strict, lenient) = around(|around| super::json::both(&document, around));
        prop_assert_eq!(strict, Some(lenient), "{}", document);
    }
}

#[test]
fn feed_rs_reads_the_newest_of_too_many_entries() {
    let mut items = String::new();
    for day in 0..700 {
        let date = jiff::civil::date(2020, 1, 1) + jiff::Span::new().days(day);
        let _ = write!(
            items,
            "<item><title>{day}</title><link>/{day}</link><pubDate>{date}</pubDate></item>"
        );
    }
    let document = rss2(&items);
    let (strict, lenient) = both(&document);
    let Reading::Whole(strict) = strict else {
        panic!("{strict:?}");
    };
    assert_eq!(strict, lenient);
    assert_eq!((strict.len(), strict[0].title.as_str()), (500, "200"));
}

#[test]
fn what_the_model_does_not_hold_goes_to_our_own_reader_and_counts_as_no_damage() {
    let link = "<link>https://ong.example/1</link><title>T</title>";
    for item in [
        "<title>T</title><guid>https://ong.example/1</guid>".to_owned(),
        format!("{link}<description>De <b>tot</b></description>"),
        format!("{link}<dc:subject>x</dc:subject>"),
        format!("{link}<category label='x'/>"),
        format!("{link}<author>mail@ong.example (Ana)</author>"),
        format!("{link}<pubDate>2026-01-01</pubDate><dc:date>2026-01-02</dc:date>"),
        format!("{link}<x xml:lang='ru'/>"),
        format!("{link}<foo:bar><title>Nested</title></foo:bar>"),
        format!("{link}<PubDate>2026-01-01</PubDate>"),
    ] {
        let document = rss2(&format!("<item>{item}</item>"));
        let (strict, lenient) = both(&document);
        assert!(matches!(strict, Reading::Unsuited), "{item}: {strict:?}");
        assert_eq!(lenient.len(), 1);
        assert!(!whole(&document).repaired, "{item}");
    }
}

#[test]
fn where_feed_rs_fails_the_second_reader_is_needed() {
    let document =
        rss2("<item><title>Burse & premii</title><link>https://ong.example/?a=1&b=2</link></item>");
    let (strict, lenient) = both(&document);
    assert!(matches!(strict, Reading::Failed), "{strict:?}");
    let feed = whole(&document);
    assert!(feed.repaired);
    assert_eq!(feed.items, lenient);
    assert_eq!(feed.items[0].title, "Burse & premii");
}

#[test]
fn what_would_harm_feed_rs_does_not_reach_it() {
    let item = "<item><title>T</title><link>https://ong.example/1</link></item>";
    let group = "<m:group>".repeat(60_000);
    let nested = format!(
        "<rss version='2.0' xmlns:m='http://search.yahoo.com/mrss/'><channel>{item}<item><link>/x</link>{group}</item></channel></rss>"
    );
    assert!(!whole(&nested).items.is_empty());
    // Cutting a byte before the address would cut a letter in two.
    let contact = rss2(&format!(
        "<managingEditor>Редакция„ana@ong.example</managingEditor>{item}"
    ));
    assert!(matches!(both(&contact).0, Reading::Unsuited));
    assert_eq!(whole(&contact).items.len(), 1);
    let hidden = rss2(&format!(
        "{item}<webMaster><x/></webMaster><managingEditor >Редакция„ana@ong.example</managingEditor>"
    ));
    assert_eq!(whole(&hidden).items.len(), 1);
}
