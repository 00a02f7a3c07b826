//! What leaves as feeds, calendars and lists, read again by other people's parsers.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod archives;
mod calendars;
mod digests;
mod house;

use feed_rs::model::{Entry, Feed};
use jiff::Timestamp;
use proptest::prelude::*;
use url::Url;
use vesti::config::Content;
use vesti::delivery::{
    Alarm, CalendarOptions, FeedInfo, FeedLinks, Feedless, Labels, atom, calendar, json_feed, opml,
    read_opml, rss,
};
use vesti::domain::{
    Attachment, CalendarDate, CanonicalUrl, Country, Dated, Deadline, Detected, Event, Item,
    ItemId, ItemState, Kind, Language, Precision, Role, Seq, Source, SourceState, StoryId, Way,
};
use vesti::store::SourceRecord;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn info() -> FeedInfo {
    FeedInfo {
        title: "Vești din sector & <altele>".into(),
        description: "Anunțuri \"noi\" <din> trei țări".into(),
        home: url("https://vesti.example/?q=a&lang=ro"),
        this: url("https://vesti.example/feed.atom?q=a&lang=ro"),
        next: Some(url("https://vesti.example/feed.atom?q=a&lang=ro&cursor=x")),
        lang: Some(Language::RO),
        updated: at("2026-11-21T10:00:00Z"),
        public: url("https://vesti.example/"),
        links: FeedLinks::default(),
        content: Content::Full,
        labels: Labels::default(),
        hub: None,
    }
}

fn item(number: u64, title: &str, text: &str) -> Item {
    let address = url(&format!("https://fonss.ro/stiri/{number}?a=1&b=ș"));
    Item {
        id: ItemId::new(number),
        seq: Seq(number),
        born: Seq(number),
        version: 3,
        source: "fonss".parse().unwrap(),
        country: Country::LV,
        source_name: "FONSS & co".into(),
        role: Role::Member,
        canonical_url: CanonicalUrl::of(&address),
        url: address,
        guid: None,
        title: title.into(),
        author: Some("Ana Pop & co".into()),
        excerpt: format!("{text} pe scurt"),
        text: text.into(),
        html: None,
        lang: Some(Detected {
            lang: Language::LV,
            confidence: 0.98,
        }),
        published: Some(at("2026-11-20T08:30:15Z")),
        precision: Precision::Second,
        sort_at: at("2026-11-20T08:30:15Z"),
        first_seen: at("2026-11-20T09:00:00Z"),
        updated: Some(at("2026-11-20T12:00:00Z")),
        kind: Kind::Call,
        topics: vec!["funding".parse().unwrap()],
        deadline: Some(Deadline {
            at: at("2026-12-15T21:59:59Z"),
            precision: Precision::Day,
            evidence: "Termiņš: 15. decembris; ne vēlāk, lūdzu".into(),
        }),
        event: Some(Event {
            start: at("2026-12-02T08:00:00Z"),
            end: Some(at("2026-12-02T12:00:00Z")),
            place: Some("Rīga, Brīvības iela 1".into()),
        }),
        image: Some(url("https://fonss.ro/a.jpg")),
        attachments: vec![
            Attachment {
                url: url("https://fonss.ro/ghid.pdf"),
                r#type: None,
                title: Some("Ghidul \"A\"".into()),
            },
            Attachment {
                url: url("javascript:alert(2)"),
                r#type: Some("text/html".into()),
                title: None,
            },
        ],
        files: Vec::new(),
        story: StoryId::new(number),
        newer: None,
        state: ItemState::Live,
        arrival: vesti::domain::Arrival::News,
    }
}

type Write = fn(&FeedInfo, &[Item]) -> String;
const FORMATS: [(&str, Write); 3] = [("rss", rss), ("atom", atom), ("json", json_feed)];

fn parse(text: &str) -> Feed {
    feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn title(entry: &Entry) -> String {
    entry.title.as_ref().unwrap().content.clone()
}

fn content(entry: &Entry) -> String {
    entry
        .content
        .as_ref()
        .and_then(|content| content.body.clone())
        .unwrap_or_default()
}

/// What any XML document can say of a text, in one line.
fn sayable(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| matches!(c, '\n' | '\t' | '\r') || !c.is_control())
        .filter(|c| !matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .filter(|c| !matches!(*c, '\u{fdd0}'..='\u{fdef}') && u32::from(*c) & 0xfffe != 0xfffe)
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_format_parses_back_to_the_same_items() {
    let items = [
        item(1, "Apel „deschis” & ajutor", "Unu.\n\nDoi & trei."),
        item(2, "Konkurss biedrībām", "Viens."),
    ];
    for (name, write) in FORMATS {
        let feed = parse(&write(&info(), &items));
        assert_eq!(feed.entries.len(), 2, "{name}");
        for (entry, item) in feed.entries.iter().zip(&items) {
            assert_eq!(
                entry.id,
                format!("tag:vesti.example,2026:items/{}", item.id),
                "{name}"
            );
            assert_eq!(title(entry), item.title, "{name}");
            assert_eq!(entry.links[0].href, item.url.as_str(), "{name}");
            assert_eq!(
                entry.published.unwrap().timestamp(),
                item.published.unwrap().as_second(),
                "{name}"
            );
            if name != "rss" {
                assert_eq!(
                    entry.updated.unwrap().timestamp(),
                    item.updated.unwrap().as_second(),
                    "{name}"
                );
            }
            assert_eq!(
                entry.authors[0].name.as_deref(),
                Some("Ana Pop & co"),
                "{name}"
            );
            let terms: Vec<&str> = entry.categories.iter().map(|c| c.term.as_str()).collect();
            assert_eq!(terms, ["call", "funding"], "{name}");
            let first = item.text.split("\n\n").next().unwrap();
            assert!(content(entry).contains(first), "{name}: {}", content(entry));
        }
        assert_eq!(feed.language.as_deref(), Some("ro"), "{name}");
        assert!(
            feed.title.unwrap().content.contains("Vești din sector & "),
            "{name}"
        );
    }
}

#[test]
fn pages_of_a_feed_say_where_the_next_one_is() {
    let next = info().next.unwrap();
    for (name, write) in FORMATS {
        let text = write(&info(), &[]);
        let written = if name == "json" {
            next.as_str().to_owned()
        } else {
            next.as_str().replace('&', "&amp;")
        };
        assert!(text.contains(&written), "{name}: {text}");
    }
    let mut second = info();
    second.links.first = Some(second.this.clone());
    second.this = second.next.take().unwrap();
    assert_eq!(
        parse(&atom(&info(), &[])).id,
        parse(&atom(&second, &[])).id,
        "all pages are of one feed"
    );
}

#[test]
fn each_item_says_its_language_and_its_page_here() {
    let items = [item(1, "Konkurss", "Viens.")];
    let text = rss(&info(), &items);
    assert!(text.contains("<item xml:lang=\"lv\">"), "{text}");
    assert!(text.contains("<dc:language>lv</dc:language>"));
    assert!(
        text.contains("url=\"https://fonss.ro/ghid.pdf\" length=\"0\" type=\"application/pdf\"")
    );
    let text = atom(&info(), &items);
    assert!(text.contains("<entry xml:lang=\"lv\">"), "{text}");
    assert!(text.contains(&format!(
        "href=\"https://vesti.example/items/{}\"",
        items[0].id
    )));
    let feed: serde_json::Value = serde_json::from_str(&json_feed(&info(), &items)).unwrap();
    let item = &feed["items"][0];
    assert_eq!(item["language"], "lv");
    assert_eq!(item["attachments"][0]["mime_type"], "application/pdf");
    assert_eq!(item["_vesti"]["deadline"], "2026-12-15T21:59:59Z");
}

#[test]
fn an_item_without_a_date_gets_the_day_it_was_found() {
    let mut undated = item(1, "a", "b");
    (undated.published, undated.updated) = (None, None);
    for (name, write) in FORMATS {
        let feed = parse(&write(&info(), &[undated.clone()]));
        assert_eq!(
            feed.entries[0].published.unwrap().timestamp(),
            undated.first_seen.as_second(),
            "{name}"
        );
    }
}

#[test]
fn hostile_items_stay_inert_in_every_format() {
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;b&gt;\u{202e}\0";
    let mut hostile = item(1, evil, evil);
    hostile.url = url("javascript:alert(1)");
    hostile.image = Some(url("data:image/svg+xml,x"));
    hostile.author = Some(evil.into());
    hostile.source_name = evil.into();
    for (name, write) in FORMATS {
        let text = write(&info(), std::slice::from_ref(&hostile));
        for bad in ["javascript:", "data:image", "\u{202e}", "\0"] {
            assert!(!text.contains(bad), "{name}: {bad}");
        }
        if name != "json" {
            assert!(!text.contains("<script"), "{name}");
        }
        let feed = parse(&text);
        let entry = &feed.entries[0];
        assert!(
            entry.links[0]
                .href
                .starts_with("https://vesti.example/items/"),
            "{name}"
        );
        let html = content(entry);
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{name}: {html}"
        );
        if name == "rss" {
            assert!(!title(entry).contains("<script"), "{}", title(entry));
            let author = entry.authors[0].name.as_deref().unwrap();
            assert!(!author.contains("<script"), "{author}");
            let summary = entry.summary.as_ref().unwrap();
            assert!(!summary.content.contains("<script"), "{}", summary.content);
        }
    }
}

/// An item's dates as calendars were told of them.
fn dates(item: &Item) -> Vec<(Item, Dated)> {
    let deadline = item.deadline.clone().map(CalendarDate::Deadline);
    let event = item.event.clone().map(CalendarDate::Event);
    deadline
        .into_iter()
        .chain(event)
        .map(|date| {
            let dated = Dated {
                item: item.id,
                sequence: 2,
                changed: at("2026-11-20T12:00:00Z"),
                cancelled: None,
                title: item.title.clone(),
                date,
            };
            (item.clone(), dated)
        })
        .collect()
}

fn options() -> CalendarOptions {
    CalendarOptions {
        alarm: Alarm::Usual,
        zone: Some("Europe/Riga".into()),
    }
}

#[test]
fn the_calendar_has_deadlines_and_events() {
    let dates = dates(&item(1, "Konkurss; a, b", "x"));
    let text = calendar(&info(), &options(), &dates, at("2026-11-21T10:00:00Z"));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(
        text.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n'))
    );
    assert_eq!(
        text,
        calendar(&info(), &options(), &dates, at("2026-11-22T10:00:00Z")),
        "the same at any time"
    );
    let text = text.replace("\r\n ", "");
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 2);
    for line in [
        "UID:0000000000001-deadline@vesti.example",
        "DTSTART;VALUE=DATE:20261215",
        "DTEND;VALUE=DATE:20261216",
        "SEQUENCE:2",
        "LAST-MODIFIED:20261120T120000Z",
        "TRIGGER:-PT15H",
        "SUMMARY;LANGUAGE=lv:Konkurss\\; a\\, b",
        "CATEGORIES:call,funding",
        "UID:0000000000001-event@vesti.example",
        "DTSTART;TZID=Europe/Riga:20261202T100000",
        "DTEND;TZID=Europe/Riga:20261202T140000",
        "LOCATION;LANGUAGE=lv:Rīga\\, Brīvības iela 1",
        "IMAGE;VALUE=URI;DISPLAY=BADGE:https://fonss.ro/a.jpg",
    ] {
        assert!(
            text.contains(&format!("\r\n{line}\r\n")),
            "{line} in {text}"
        );
    }
}

#[test]
fn the_list_of_sources_reads_back_and_keeps_private_ones_to_itself() {
    let record = |id: &str, country: Country, feed: Option<&str>, found: Option<&str>| {
        let mut state = SourceState::new(at("2026-11-21T10:00:00Z"));
        state.address = found.map(url);
        SourceRecord {
            source: Source {
                id: id.parse().unwrap(),
                name: format!("{id} & \"co\" <b>"),
                url: Some(url(&format!("https://{id}.org/"))),
                country,
                role: Role::Member,
                languages: vec![Language::LV],
                feed: feed.map(url),
                listing: None,
                interval: None,
                topics: Vec::new(),
                paused: false,
                private: false,
            },
            state,
            items: 0,
            newest: None,
        }
    };
    let mut sources = vec![
        record(
            "a",
            Country::RO,
            Some("https://a.org/f"),
            Some("https://a.org/found"),
        ),
        record("b", Country::LV, Some("https://b.org/f"), None),
        record("c", Country::LV, None, None),
        record("d", Country::LV, None, None),
        record("e", Country::LV, None, None),
    ];
    sources[3].source.private = true;
    sources[4].source.url = None;
    sources.push(record("f", Country::LV, None, Some("https://f.org/news")));
    sources[5].state.way = Way::Listing;
    let text = opml(
        "Vești & co",
        &sources,
        &url("https://vesti.example/"),
        Feedless::OurFeed,
    );
    assert!(!text.contains("d.org"));
    let entries = read_opml(text.as_bytes()).unwrap();
    let feeds: Vec<&str> = entries.iter().map(|entry| entry.feed.as_str()).collect();
    assert_eq!(
        feeds,
        [
            "https://b.org/f",
            "https://c.org/",
            "https://vesti.example/feed.rss?source=f",
            "https://a.org/found"
        ]
    );
    assert_eq!(entries[0].title, "b & \"co\" <b>");
    assert_eq!(entries[0].folders, ["LV"]);
    assert_eq!(entries[0].language, Some(Language::LV));
    assert_eq!(entries[3].home.as_ref().unwrap().as_str(), "https://a.org/");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_in_an_item_every_format_parses_back(
        given in "(<b>|</title>|]]>|&amp;|&|<!--|\\PC|[\u{0}-\u{ff}]){0,30}",
        text: String,
        author: String,
        seconds in -377_705_023_201_i64..=253_402_207_200,
        media_type: String,
    ) {
        let mut one = item(7, &given, &text);
        one.author = Some(author.clone());
        one.published = Timestamp::from_second(seconds).ok();
        one.attachments[0].r#type = Some(media_type);
        one.source_name = text.clone();
        let mut info = info();
        info.title.clone_from(&text);
        let expected = sayable(&given);
        for (name, write) in FORMATS {
            let feed = parse(&write(&info, std::slice::from_ref(&one)));
            let entry = &feed.entries[0];
            prop_assert_eq!(&entry.id, "tag:vesti.example,2026:items/0000000000007");
            prop_assert_eq!(&entry.links[0].href, one.url.as_str());
            let read = entry.title.as_ref().map(|title| title.content.clone()).unwrap_or_default();
            if name != "rss" {
                let expected = if expected.is_empty() { "…" } else { &expected };
                prop_assert_eq!(&read, expected, "{}", name);
            }
            prop_assert!(entry.published.is_some());
            prop_assert!(!content(entry).contains("<b>"));
        }
        let ics = calendar(&info, &options(), &dates(&one), at("2026-11-21T10:00:00Z"));
        prop_assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
        let unfolded = icalendar::parser::unfold(&ics);
        let read = icalendar::parser::read_calendar(&unfolded);
        prop_assert!(read.is_ok(), "{:?}\n{}", read.err(), ics);
        let read = read.unwrap();
        let events = read.components.iter().filter(|component| component.name == "VEVENT");
        for event in events.clone() {
            let title = event.properties.iter().find(|property| property.name == "SUMMARY").unwrap();
            let expected = if expected.is_empty() { "…" } else { &expected };
            prop_assert_eq!(&title.val.to_string(), expected);
            let names = event.properties.iter().filter(|property| property.name == "UID");
            prop_assert_eq!(names.count(), 1);
        }
        prop_assert_eq!(events.count(), 2);
    }
}
