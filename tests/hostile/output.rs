//! What leaves the service when its items are made of script, markup and control characters: nothing of it is alive in any
//! page, feed, digest, calendar or list, and every document is well formed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use quick_xml::events::Event;
use scraper::Html;
use serde_json::Value;
use tokio::sync::watch;
use url::Url;
use vesti::config::{DigestSpec, Period};
use vesti::delivery::digest;
use vesti::domain::{Language, SearchRequest};
use vesti::search::Index;
use vesti::web;

use crate::rig::{LONG, Rig, date, is_odd, rss_with};
use crate::server::{document, redirect};

/// Markup that would do something if a reader let it, with everything in it that a page must not carry on.
const EVIL: &str = "<script>alert(1)</script><iframe src='http://rau.ro/'></iframe><img src=x onerror=alert(1)><a href='javascript:alert(1)' onclick='x()'>apasă</a>\
<style>body{display:none}</style><div style='position:fixed' onmouseover=alert(1)>peste</div><svg onload=alert(1)><script>alert(2)</script></svg><math><mi xlink:href='data:text/html,x'>m</mi></math>\
<form action='http://rau.ro/'><input autofocus onfocus=alert(1)><button formaction='javascript:alert(1)'>da</button></form><object data='x.swf'></object><embed src='x'><base href='http://rau.ro/'>\
<meta http-equiv=refresh content='0;url=javascript:alert(1)'><link rel=stylesheet href='http://rau.ro/x.css'><a href=' jAvA\tscript:alert(1)'>apasă</a><a href='data:text/html;base64,x'>date</a><a href='vbscript:x'>vb</a><a href='file:///etc/passwd'>f</a>";

/// Ends every context that a careless writer may put it in.
const BREAK: &str = "\"'></title></textarea></script>]]>--><!--{{7*7}}${x}%0d%0a\u{1b}[31m\u{7}\u{202e}\u{2066}\u{200f}\u{85}\u{2028}\r\nBEGIN:VEVENT\r\nX-EVIL:1\r\n\u{0}";

fn cited(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

/// The same evil in every field of an entry, said in one way.
fn evil_entry(number: usize, say: fn(&str) -> String) -> String {
    let all = say(&format!(
        "Termen limită 15 decembrie 2026, ora 17:00 {EVIL}{BREAK}"
    ));
    let attribute = cited(&format!("{EVIL}{BREAK}"));
    let date = date(number as i64 + 1);
    format!(
        "<item><guid>{all}{number}</guid><link>/rau-{number}</link><title>Apel {number} {all}</title><pubDate>{date}</pubDate><author>{all}</author><dc:creator>{all}</dc:creator><category domain=\"{attribute}\">{all}</category>\
         <enclosure url=\"/fisier.pdf?{attribute}\" type=\"{attribute}\" length=\"1\"/><enclosure url=\"javascript:alert(1)\" type=\"application/pdf\"/><media:content url=\"data:image/svg+xml,x\" medium=\"image\"><media:title>{all}</media:title></media:content>\
         <media:thumbnail url=\"javascript:alert(1)\"/><description>{all} {LONG}</description><content:encoded>{all}<p>{LONG}</p>{all}</content:encoded></item>"
    )
}

fn evil_feed() -> String {
    let mut entries = String::new();
    let ways = [cited as fn(&str) -> String, cdata, |text| {
        cited(&cited(text))
    }];
    for (number, say) in ways.into_iter().enumerate() {
        entries.push_str(&evil_entry(number, say));
    }
    let links = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        " \u{1}javascript:alert(1)",
        "//\u{202e}rau.ro/\r\nX: y",
        "http://rau.ro/\"><script>alert(1)</script>",
    ];
    for (number, link) in links.iter().enumerate() {
        let link = cited(link);
        let _ = write!(
            entries,
            "<item><link>{link}</link><title>Legătură {number}</title><description>Altceva {number}: {LONG}</description></item>"
        );
    }
    // Not escaped at all, it begins a comment that swallows the rest.
    entries.push_str(&evil_entry(3, ToOwned::to_owned));
    let evil = cited(EVIL);
    let channel = format!(
        "<description>{evil}</description><image><url>javascript:alert(1)</url><link>javascript:alert(1)</link></image><generator>{evil}</generator>"
    );
    rss_with("", &channel, &entries)
}

fn evil_json() -> String {
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": EVIL, "home_page_url": "javascript:alert(1)",
        "items": [{
            "id": BREAK, "url": "javascript:alert(1)", "external_url": "data:text/html,x", "title": format!("JSON {EVIL}{BREAK}"), "content_html": format!("{EVIL}{BREAK}<p>{LONG}"),
            "content_text": format!("{EVIL}{BREAK}"), "summary": EVIL, "image": "javascript:alert(1)", "authors": [{"name": EVIL, "url": "javascript:alert(1)"}],
            "tags": [EVIL, BREAK], "attachments": [{"url": "javascript:alert(1)", "mime_type": BREAK, "title": EVIL}, {"url": "/bun.pdf", "mime_type": BREAK, "title": format!("{EVIL}{BREAK}")}]
        }]
    });
    feed.to_string()
}

struct Service {
    base: String,
    client: reqwest::Client,
    _config: watch::Sender<Arc<vesti::config::Config>>,
}

impl Service {
    async fn start(rig: &mut Rig) -> Self {
        rig.config.digests.push(DigestSpec {
            id: "tot".parse().unwrap(),
            title: vec![(Language::EN, "Tot".into())],
            query: SearchRequest::default(),
            period: Period::Hourly,
            hour: 7,
            weekday: jiff::civil::Weekday::Monday,
            time_zone: TimeZone::UTC,
            limit: 50,
            manner: vesti::config::Manner::default(),
            recipients: Vec::new(),
        });
        let (store, now) = (rig.store.clone(), vesti::clock::Clock::now(&rig.clock));
        let index = Index::open(rig.data.path(), &store, &rig.config.settings.search, &[]).unwrap();
        let (following, followed) = (index.clone(), store.clone());
        tokio::task::spawn_blocking(move || following.catch_up(&followed))
            .await
            .unwrap()
            .unwrap();
        let specs = &rig.config.digests;
        let published = digest::publish_due(&store, &index, specs, now, &TimeZone::UTC, true)
            .await
            .unwrap();
        assert!(!published.is_empty());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let config = watch::Sender::new(Arc::new(rig.config.clone()));
        let app = web::App::new(
            store,
            index,
            Arc::new(rig.clock.clone()),
            config.subscribe(),
            Url::parse(&base).unwrap(),
        );
        tokio::spawn(async move { axum::serve(listener, web::router(app)).await });
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            base,
            client,
            _config: config,
        }
    }

    async fn get(&self, path: &str) -> String {
        let answer = self
            .client
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        if answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .contains("html")
        {
            let policy = answer.headers()["content-security-policy"]
                .to_str()
                .unwrap();
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("unsafe"),
                "{policy}"
            );
        }
        String::from_utf8(answer.bytes().await.unwrap().to_vec()).expect("UTF-8")
    }
}

/// White space in HTML, where it ends nothing; titles and the like hold none of it but blanks (see the rig).
fn is_space(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Nothing that a terminal, a log or a reader's eye could be fooled by.
fn assert_quiet(what: &str, text: &str) {
    let odd = text
        .char_indices()
        .find(|(_, c)| is_odd(*c) && !is_space(*c));
    if let Some((at, c)) = odd {
        let around: String = text[..at]
            .chars()
            .rev()
            .take(60)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        panic!("{what}: {c:?} after {around:?}");
    }
}

/// Nothing that runs, loads, covers or leads astray.
fn assert_inert(what: &str, html: &Html, page: bool) {
    for node in html.tree.nodes() {
        let scraper::Node::Element(element) = node.value() else {
            continue;
        };
        let name = element.name();
        let ours = page
            && match name {
                "link" | "meta" | "form" | "input" | "button" | "select" | "option" => true,
                // The one script of the search page, from a file of ours, and the picture of its weeks.
                "script" => {
                    let file = element.attr("src").unwrap_or_default();
                    file.starts_with("/assets/vesti-") && !node.has_children()
                }
                "svg" => node.parent().is_some_and(|parent| {
                    let section = parent.value().as_element();
                    section.is_some_and(|section| section.attr("class") == Some("timeline"))
                }),
                _ => false,
            };
        let dead = [
            "script", "iframe", "object", "embed", "style", "svg", "math", "base", "applet",
            "frame", "link", "meta", "form", "input", "button", "template",
        ];
        assert!(
            ours || !dead.contains(&name),
            "{what}: <{name}> {element:?}"
        );
        for (attribute, value) in element.attrs() {
            assert!(!attribute.starts_with("on"), "{what}: <{name} {attribute}>");
            assert!(
                !matches!(
                    attribute,
                    "style" | "srcdoc" | "formaction" | "xlink:href" | "http-equiv"
                ),
                "{what}: <{name} {attribute}>"
            );
            if matches!(
                attribute,
                "href" | "src" | "action" | "cite" | "data" | "srcset" | "poster" | "background"
            ) {
                assert_harmless_link(what, value);
            }
        }
    }
}

fn assert_harmless_link(what: &str, value: &str) {
    let base = Url::parse("http://aici.ro/").unwrap();
    let url = base
        .join(value)
        .unwrap_or_else(|error| panic!("{what}: {value:?}: {error}"));
    assert!(
        matches!(url.scheme(), "http" | "https" | "mailto"),
        "{what}: {value}"
    );
    assert_ne!(url.host_str(), Some("aici.ro.rau.ro"));
}

/// Well-formed XML; the HTML that its elements carry, and its links, are looked at too.
fn assert_feed(what: &str, xml: &str) {
    assert_quiet(what, xml);
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut text = String::new();
    let mut stack = Vec::new();
    let mut ends = 0;
    let mut html_here = false;
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{what}: {error}"))
        {
            Event::Eof => break,
            Event::Start(tag) => {
                check_attributes(what, &tag);
                // In Atom, only what says so is HTML; all else is text, whatever it looks like.
                let html = tag.try_get_attribute("type").unwrap();
                let html = html.is_some_and(|kind| kind.value.contains("html"));
                let name = tag.name().as_ref().to_owned();
                html_here = html || matches!(name.as_str(), "description" | "content:encoded");
                stack.push(name);
                text.clear();
            }
            Event::Empty(tag) => check_attributes(what, &tag),
            Event::Text(piece) => text.push_str(&piece),
            Event::CData(piece) => text.push_str(&piece),
            Event::GeneralRef(name) => match name.resolve_char_ref().unwrap() {
                Some(c) => text.push(c),
                None => text.push_str(match name.as_ref() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("{what}: &{other};"),
                }),
            },
            Event::End(_) => {
                ends += 1;
                let name = stack.pop().unwrap();
                assert_quiet(what, &text);
                match name.as_str() {
                    _ if html_here => assert_inert(
                        &format!("{what} <{name}>"),
                        &Html::parse_fragment(&text),
                        false,
                    ),
                    "link" | "url" | "uri" | "comments" | "icon" if !text.is_empty() => {
                        assert_harmless_link(what, &text);
                    }
                    _ => {}
                }
                text.clear();
            }
            _ => {}
        }
    }
    assert!(stack.is_empty() && ends > 3, "{what}");
}

fn check_attributes(what: &str, tag: &quick_xml::events::BytesStart<'_>) {
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap_or_else(|error| panic!("{what}: {error}"));
        let name = attribute.key.as_ref().to_lowercase();
        if ["href", "url", "src", "xmlurl", "htmlurl"].contains(&name.as_str()) {
            let value = quick_xml::escape::unescape(&attribute.value)
                .unwrap()
                .into_owned();
            assert_harmless_link(what, &value);
        }
    }
}

/// Strings anywhere in a JSON document.
fn assert_json(what: &str, value: &Value, key: &str) {
    match value {
        Value::String(text) => {
            assert_quiet(what, text);
            if key.ends_with("url") || key == "image" {
                assert_harmless_link(what, text);
            }
            if key == "content_html" {
                assert_inert(what, &Html::parse_fragment(text), false);
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| assert_json(what, value, key)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, value)| assert_json(what, value, key)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn script_in_every_field_is_dead_on_every_way_out() {
    let mut rig = Rig::new(&["rau", "json", "ocol", "pagina"]).await;
    rig.server("rau")
        .on("/feed", document("application/rss+xml", evil_feed()));
    rig.server("json")
        .on("/feed", document("application/feed+json", evil_json()));
    rig.server("ocol").on(
        "/feed",
        redirect(302, "/\u{202e}<script>alert(1)</script>%0d%0a"),
    );
    // A summary, completed from a page that is as evil.
    let short = format!(
        "<item><guid>s</guid><link>/articol</link><title>Pagină</title><pubDate>{}</pubDate><description>Pe scurt…</description></item>",
        date(2)
    );
    rig.server("pagina").on(
        "/feed",
        document("application/rss+xml", rss_with("", "", &short)),
    );
    let page = format!(
        "<html><head><title>{EVIL}</title><meta name=author content=\"{0}\"><meta property=og:image content='javascript:alert(1)'></head><body><article><h1>Pagină</h1><p>{LONG}</p>{EVIL}{BREAK}<p>{LONG}</p><a href='javascript:alert(1)//.pdf'>fișier.pdf</a></article></body></html>",
        cited(EVIL)
    );
    rig.server("pagina")
        .on("/articol", document("text/html; charset=utf-8", page));
    rig.pass().await;
    assert!(rig.items("rau").len() >= 8, "{}", rig.items("rau").len());
    assert_eq!((rig.items("json").len(), rig.items("pagina").len()), (1, 1));
    // An edit, so that an earlier version is shown as well.
    let edited = evil_feed().replace("Apel 0", "Apel schimbat 0");
    rig.server("rau")
        .instead("/feed", document("application/rss+xml", edited));
    rig.clock
        .set(vesti::clock::Clock::now(&rig.clock) + SignedDuration::from_mins(20));
    rig.pass().await;
    rig.wait(1);

    let service = Service::start(&mut rig).await;
    let mut pages: BTreeSet<String> = [
        "/",
        "/?q=apel",
        "/?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onx=%E2%80%AE%1b",
        "/sources",
        "/sources/rau",
        "/sources/ocol",
        "/digests",
        "/digests/tot",
        "/topics",
        "/calls",
        "/events",
        "/countries",
        "/countries/RO",
        "/?ui=ro&kind=call",
        "/digest?period=hourly&q=apel%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/digest?period=daily&group=topic",
    ]
    .map(String::from)
    .into();
    let (mut editions, mut json) = (
        BTreeSet::new(),
        vec![
            "/api/v1/search?limit=100&q=apel".to_owned(),
            "/api/v1/search?limit=100".into(),
            "/api/v1/sources".into(),
            "/feed.json?limit=100".into(),
            "/digests/tot.json".into(),
            "/feed.json?content=excerpt".into(),
            "/digest.json?group=country".into(),
            "/api/v1/digests".into(),
        ],
    );
    for item in rig.all() {
        pages.insert(format!("/items/{}", item.id));
        json.push(format!("/api/v1/items/{}", item.id));
    }
    let mut seen_evil = false;
    for path in &pages {
        let body = service.get(path).await;
        assert_quiet(path, &body);
        let html = Html::parse_document(&body);
        assert_inert(path, &html, true);
        seen_evil |= body.contains("rau-0") || body.contains("alert(1)");
        for link in html.select(&scraper::Selector::parse("a[href^='/digests/tot/']").unwrap()) {
            editions.insert(link.value().attr("href").unwrap().to_owned());
        }
    }
    assert!(seen_evil, "the items were on the pages");
    assert!(!editions.is_empty(), "an edition has a page");
    for path in editions {
        let body = service.get(&path).await;
        assert_quiet(&path, &body);
        assert_inert(&path, &Html::parse_document(&body), true);
    }
    for path in [
        "/feed.rss",
        "/feed.atom",
        "/feed.rss?q=apel",
        "/digests/tot.rss",
        "/digests/tot.atom",
        "/feed.rss?content=excerpt",
        "/feed.atom?limit=1",
        "/digest.rss?period=daily",
        "/digest.atom?period=hourly&group=topic&q=apel",
        "/sources.opml",
        "/sitemap.xml",
        "/opensearch.xml",
    ] {
        assert_feed(path, &service.get(path).await);
    }
    for path in json {
        let body = service.get(&path).await;
        let value: Value = serde_json::from_str(&body).unwrap();
        assert_json(&path, &value, "");
    }
    let calendar = service.get("/calendar.ics").await;
    assert_quiet("/calendar.ics", &calendar);
    assert!(
        calendar.contains("BEGIN:VEVENT"),
        "a deadline is in the calendar"
    );
    for line in calendar.split("\r\n") {
        assert!(!line.contains(['\r', '\n']) && line.len() <= 75, "{line:?}");
        assert!(!line.starts_with("X-EVIL"), "{line}");
    }
    assert_eq!(
        calendar.matches("\r\nBEGIN:VEVENT").count(),
        calendar.matches("\r\nEND:VEVENT").count()
    );
}
