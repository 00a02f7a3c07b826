//! The bundled sites: all of them load and render, and hold what the demo promises.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use encoding_rs::Encoding;
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vesti::clock::ManualClock;
use vesti::demo::{Announcement, Answer, Demo};

const PORT: u16 = 8399;

fn start() -> Timestamp {
    "2026-11-20T09:30:00Z".parse().unwrap()
}

fn later(seconds: u64) -> Timestamp {
    start() + Duration::from_secs(seconds)
}

fn hosts(demo: &Demo) -> Vec<String> {
    demo.hosts()
        .map(|host| format!("{host}.localhost"))
        .collect()
}

fn get(demo: &Demo, host: &str, path: &str, now: Timestamp) -> Answer {
    demo.answer(host, Some(PORT), path, start(), now)
        .unwrap_or_else(|| panic!("no {host}"))
        .unwrap_or_else(|error| panic!("{host}{path}: {error}"))
}

fn decoded(answer: &Answer, charset: Option<&'static Encoding>) -> String {
    let (text, bad) = charset
        .unwrap_or(encoding_rs::UTF_8)
        .decode_without_bom_handling(&answer.body);
    assert!(!bad, "bytes that the charset does not have");
    text.into_owned()
}

/// The visible text, well enough for comparing words.
fn text_of(html: &str) -> String {
    let document = scraper::Html::parse_document(html);
    let text: String = document.root_element().text().collect::<Vec<_>>().join(" ");
    folded(&text)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all(demo: &Demo, now: Timestamp) -> Vec<Announcement> {
    demo.announcements(start(), now).unwrap()
}

/// The addresses of the announcements of a site.
fn articles(demo: &Demo, host: &str, now: Timestamp) -> Vec<String> {
    all(demo, now)
        .into_iter()
        .filter(|item| item.host == host)
        .map(|item| item.path)
        .collect()
}

#[test]
fn every_page_of_every_site_renders_at_the_start_and_later() {
    let demo = Demo::load().unwrap();
    let mut down = 0;
    for host in hosts(&demo) {
        for now in [start(), later(3600)] {
            for path in demo.paths(&host, start(), now) {
                let answer = get(&demo, &host, &path, now);
                if answer.status == 503 {
                    down += 1;
                    assert!(answer.retry_after.is_some());
                    continue;
                }
                assert_eq!(answer.status, 200, "{host}{path}");
                assert!(answer.body.len() > 500, "{host}{path} is nearly empty");
                assert!(answer.modified.is_some_and(|modified| modified <= now));
            }
        }
        assert!(matches!(
            get(&demo, &host, "/there-is-no-such-page", start()).status,
            404 | 503
        ));
    }
    assert!(down > 0, "one source is plainly down");
}

#[test]
fn there_are_enough_sites_and_announcements_of_every_language_and_country() {
    let demo = Demo::load().unwrap();
    let sources = demo.sources(PORT);
    assert!(sources.len() >= 17, "{} sites", sources.len());
    for country in ["RO", "LV", "MD"] {
        let count = sources
            .iter()
            .filter(|source| source.country.as_str() == country)
            .count();
        assert!(count >= 4, "{country}: {count} sites");
    }
    for source in &sources {
        let url = source.url.as_ref().unwrap();
        assert!(url.host_str().unwrap().ends_with(".localhost"));
        assert_eq!(url.port(), Some(PORT));
    }
    let at_start = all(&demo, start()).len();
    assert!(at_start >= 180, "{at_start} items at the start");
    assert!(
        all(&demo, later(300)).len() >= at_start + 10,
        "new ones appear"
    );

    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    for item in all(&demo, later(3600)) {
        *languages.entry(item.language.to_string()).or_default() += 1;
    }
    for (lang, least) in [("ro", 40), ("lv", 40), ("ru", 40), ("en", 25)] {
        let count = languages.get(lang).copied().unwrap_or_default();
        assert!(count >= least, "{lang}: {count}");
    }
}

#[test]
fn addresses_are_unique_and_every_article_is_in_its_feed() {
    let demo = Demo::load().unwrap();
    for host in hosts(&demo) {
        let paths = demo.paths(&host, start(), later(300));
        let unique: BTreeSet<&String> = paths.iter().collect();
        assert_eq!(unique.len(), paths.len(), "{host} uses a path twice");
        let Some(feed) = demo.feed_path(&host) else {
            continue;
        };
        let feed = get(&demo, &host, &feed, later(300));
        let feed = String::from_utf8_lossy(&feed.body).replace("&#x2f;", "/");
        for path in articles(&demo, &host, later(300)) {
            assert!(
                feed.contains(&path.replace('&', "&amp;")),
                "{host}{path} is not in the feed"
            );
        }
    }
}

#[test]
fn the_five_seeds_stand_on_their_pages_word_for_word() {
    let demo = Demo::load().unwrap();
    for (seed, host) in [
        ("000", "platformasociala"),
        ("001", "apscf"),
        ("002", "plecs"),
        ("003", "keystone"),
        ("004", "soros"),
    ] {
        let host = format!("{host}.localhost");
        let path = format!("tests/fixtures/web/seeds/{seed}.txt");
        let wanted = folded(&std::fs::read_to_string(path).unwrap());
        let found = articles(&demo, &host, start())
            .iter()
            .map(|path| text_of(&decoded(&get(&demo, &host, path, start()), None)))
            .filter(|page| page.contains(&wanted))
            .count();
        assert_eq!(found, 1, "seed {seed} on {host}");
    }
}

#[test]
fn legacy_charsets_are_declared_and_decode_to_the_right_text() {
    let demo = Demo::load().unwrap();
    for (host, charset, word) in [
        ("liepkalne", "windows-1257", "Sociālais dienests"),
        ("dobro-balti", "windows-1251", "жильё"),
        ("das-lunca", "windows-1250", "şi"),
    ] {
        let host = format!("{host}.localhost");
        let encoding = Encoding::for_label(charset.as_bytes()).unwrap();
        let mut pages = String::new();
        for path in demo.paths(&host, start(), start()) {
            let answer = get(&demo, &host, &path, start());
            assert!(std::str::from_utf8(&answer.body).is_err(), "{host}{path}");
            let page = decoded(&answer, Some(encoding));
            assert!(
                page.to_ascii_lowercase().contains(charset)
                    || answer.content_type.to_ascii_lowercase().contains(charset),
                "{host}{path} declares its charset"
            );
            pages.push_str(&page);
        }
        assert!(pages.contains(word), "{host} says {word}");
    }
}

#[test]
fn texts_hold_no_leftover_placeholders_and_differ_from_each_other() {
    let demo = Demo::load().unwrap();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for item in all(&demo, later(3600)) {
        for left in ["{{", "}}", "{%", "TODO", "lorem"] {
            assert!(
                !item.title.contains(left) && !item.text.contains(left),
                "{} holds {left}",
                item.path
            );
        }
        assert!(item.text.split_whitespace().count() >= 40, "{}", item.path);
        if let Some(other) = seen.insert(item.text, item.path.clone()) {
            panic!("{} and {other} are the same", item.path);
        }
    }
}

/// Sites without a working feed, and where a crawler finds their announcements.
const WITHOUT_FEED: [(&str, &str); 6] = [
    ("luncile", "/noutati"),
    ("vidusdaugava", "/index.php/jaunumi"),
    ("nadejda-soroca", "/"),
    ("valea-alba", "/anunturi"),
    ("pascupas", "/wp-json/wp/v2/posts"),
    ("jaunatnesmaja", "/sitemap.xml"),
];

#[test]
fn six_sites_have_no_feed_and_name_none() {
    let demo = Demo::load().unwrap();
    let without: BTreeSet<&str> = demo
        .hosts()
        .filter(|host| demo.feed_path(&format!("{host}.localhost")).is_none())
        .collect();
    for (host, _) in WITHOUT_FEED {
        assert!(without.contains(host), "{host}");
        let host = format!("{host}.localhost");
        let home = decoded(
            &get(&demo, &host, "/", start()),
            Some(encoding_rs::WINDOWS_1251),
        );
        assert!(!home.contains("rss+xml") && !home.contains("atom+xml"));
        for path in ["/feed/", "/rss.xml", "/index.xml"] {
            assert_eq!(get(&demo, &host, path, start()).status, 404, "{host}{path}");
        }
    }
}

/// Every announcement stands in the list of its site, on its first page or behind its “next”.
#[test]
fn lists_without_a_feed_hold_every_announcement() {
    let demo = Demo::load().unwrap();
    for (host, list) in WITHOUT_FEED {
        let host = format!("{host}.localhost");
        let mut pages = String::new();
        for query in ["", "?page=1", "?start=5"] {
            let answer = get(&demo, &host, &format!("{list}{query}"), later(600));
            pages.push_str(&String::from_utf8_lossy(&answer.body));
        }
        let found = articles(&demo, &host, later(600));
        assert!(found.len() >= 6, "{host}");
        for path in found {
            assert!(pages.contains(&path), "{host}{path}");
        }
    }
}

#[test]
fn what_is_listed_without_a_feed_is_read_with_titles_and_days() {
    use vesti::reading::charset::{self, Markup};
    let demo = Demo::load().unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Bucharest").unwrap();
    for (host, list) in &WITHOUT_FEED[..4] {
        let host = format!("{host}.localhost");
        let answer = get(&demo, &host, list, start());
        let url: url::Url = format!("http://{host}:{PORT}{list}").parse().unwrap();
        let text = charset::decode_from(
            &answer.body,
            Some(&answer.content_type),
            Markup::Html,
            Some(&url),
        )
        .text;
        let listing = vesti::reading::listing::read(&text, &url, start(), &zone);
        let shown: BTreeMap<String, Announcement> = all(&demo, start())
            .into_iter()
            .filter(|item| item.host == host)
            .map(|item| (format!("http://{host}:{PORT}{}", item.path), item))
            .collect();
        let most = if listing.next.is_some() {
            5
        } else {
            shown.len()
        };
        assert_eq!(listing.items.len(), most, "{host}");
        for item in &listing.items {
            let known = &shown[item.url.as_str()];
            assert_eq!(item.title, known.title, "{host}");
            let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
            assert_eq!(
                item.published.map(day),
                Some(day(known.published)),
                "{host}"
            );
        }
    }
}

#[test]
fn the_documents_of_the_town_hall_are_pdf() {
    let demo = Demo::load().unwrap();
    let host = "valea-alba.localhost";
    for path in articles(&demo, host, start()) {
        let answer = get(&demo, host, &path, start());
        assert_eq!(answer.content_type, "application/pdf", "{path}");
        assert!(answer.body.starts_with(b"%PDF-"), "{path}");
        assert!(answer.body.len() < 60_000, "{path}");
    }
}

#[test]
fn the_interface_of_wordpress_pages_and_counts() {
    let demo = Demo::load().unwrap();
    let host = "pascupas.localhost";
    let posts = |query: &str| {
        get(
            &demo,
            host,
            &format!("/wp-json/wp/v2/posts{query}"),
            start(),
        )
    };
    let first = posts("?per_page=2&_fields=id,link");
    let values: serde_json::Value = serde_json::from_slice(&first.body).unwrap();
    assert_eq!(values.as_array().map(Vec::len), Some(2));
    assert!(values[0]["title"]["rendered"].is_string());
    let total = articles(&demo, host, start()).len();
    assert!(first.headers.contains(&("x-wp-total", total.to_string())));
    assert_eq!(posts("?per_page=2&page=99").status, 400);
    let root: serde_json::Value =
        serde_json::from_slice(&get(&demo, host, "/wp-json/", start()).body).unwrap();
    assert!(root["routes"]["/wp/v2/posts"].is_object());
    let home = get(&demo, host, "/", start());
    assert!(
        home.headers
            .iter()
            .any(|(name, link)| *name == "link" && link.contains("/wp-json/"))
    );
}

#[test]
fn every_announcement_is_written_in_the_language_it_names() {
    use whatlang::Lang;
    let demo = Demo::load().unwrap();
    let detector =
        whatlang::Detector::with_allowlist(vec![Lang::Ron, Lang::Lav, Lang::Rus, Lang::Eng]);
    for item in all(&demo, later(3600)) {
        let found = detector.detect_lang(&item.text).map(|lang| match lang {
            Lang::Ron => "ro",
            Lang::Lav => "lv",
            Lang::Rus => "ru",
            _ => "en",
        });
        assert_eq!(
            found,
            Some(item.language.as_str()),
            "{}{}",
            item.host,
            item.path
        );
    }
}

#[test]
fn supported_housing_is_written_about_in_all_four_languages() {
    let demo = Demo::load().unwrap();
    let items = all(&demo, start());
    for (lang, words) in [
        ("ro", &["locuință protejată", "locuințe protejate"][..]),
        ("lv", &["grupu dzīvok"]),
        ("ru", &["защищённое жильё", "групповой дом"]),
        (
            "en",
            &["supported housing", "group homes", "supported living"],
        ),
    ] {
        let count = items
            .iter()
            .filter(|item| item.language.as_str() == lang)
            .filter(|item| {
                let text = format!("{} {}", item.title, item.text).to_lowercase();
                words.iter().any(|word| text.contains(word))
            })
            .count();
        assert!(count >= 2, "{lang}: {count}");
    }
}

/// Whatever the day and the hour at which the demo starts, its digests have something to say.
#[test]
fn every_recent_day_and_week_has_announcements() {
    let demo = Demo::load().unwrap();
    for started in [
        "2026-01-01T00:30:00Z",
        "2026-02-28T22:10:00Z",
        "2027-06-06T11:00:00Z",
    ] {
        let started: Timestamp = started.parse().unwrap();
        let items = demo.announcements(started, started).unwrap();
        assert!(items.iter().all(|item| item.published <= started));
        let age = |item: &Announcement| started.as_second() - item.published.as_second();
        for day in 1..7 {
            let count = items
                .iter()
                .filter(|item| age(item) / 86_400 == day)
                .count();
            assert!(count >= 3, "{started}, {day} days before: {count}");
        }
        for week in 0..5 {
            let week_of = |item: &&Announcement| age(item) / (7 * 86_400) == week;
            let count = items.iter().filter(week_of).count();
            assert!(count >= 10, "{started}, {week} weeks before: {count}");
            let calls = [
                "granturi",
                "apel ",
                "apeluri",
                "конкурс",
                "konkurs",
                "call for",
            ];
            let count = items
                .iter()
                .filter(week_of)
                .filter(|item| {
                    let title = item.title.to_lowercase();
                    calls.iter().any(|call| title.contains(call))
                })
                .count();
            assert!(
                count >= 1 || week == 4,
                "{started}, {week} weeks before: no call"
            );
        }
    }
}

#[test]
fn an_edit_and_a_withdrawal_happen_while_it_runs() {
    let demo = Demo::load().unwrap();
    let mut edited = 0;
    let mut withdrawn = 0;
    for host in hosts(&demo) {
        let after: BTreeSet<String> = articles(&demo, &host, later(3600)).into_iter().collect();
        for path in articles(&demo, &host, start()) {
            if !after.contains(&path) {
                withdrawn += 1;
                assert_eq!(get(&demo, &host, &path, later(3600)).status, 404);
            }
        }
        let texts = |now| -> BTreeMap<String, String> {
            all(&demo, now)
                .into_iter()
                .filter(|item| item.host == host)
                .map(|item| (item.path, item.text))
                .collect()
        };
        let later = texts(later(3600));
        edited += texts(start())
            .iter()
            .filter(|(url, text)| later.get(*url).is_some_and(|other| other != *text))
            .count();
    }
    assert!(edited >= 1, "an announcement is edited");
    assert!(withdrawn >= 1, "an announcement is withdrawn");
}

async fn raw(address: std::net::SocketAddr, request: String) -> String {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn header<'a>(response: &'a str, name: &str) -> &'a str {
    response
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
        .unwrap_or_else(|| panic!("no {name} in {response}"))
}

#[tokio::test]
async fn the_server_goes_by_the_host_and_answers_conditional_requests() {
    let demo = Arc::new(Demo::load().unwrap());
    let clock = ManualClock::new(start());
    let router = demo.router(start(), Arc::new(clock.clone()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let port = address.port();
    let ask = |host: &str, path: &str, more: &str| {
        raw(
            address,
            format!(
                "GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n{more}\r\n"
            ),
        )
    };

    let feed = ask("platformasociala.localhost", "/feed/", "").await;
    assert!(feed.starts_with("HTTP/1.1 200"), "{feed}");
    assert!(
        feed.contains(&format!(
            "http:&#x2f;&#x2f;platformasociala.localhost:{port}"
        )) || feed.contains(&format!("http://platformasociala.localhost:{port}"))
    );
    let tag = header(&feed, "etag").to_owned();
    let modified = header(&feed, "last-modified").to_owned();
    let same = ask(
        "platformasociala.localhost",
        "/feed/",
        &format!("If-None-Match: {tag}\r\n"),
    )
    .await;
    assert!(same.starts_with("HTTP/1.1 304"), "{same}");
    let since = format!("If-Modified-Since: {modified}\r\n");
    let same = ask("platformasociala.localhost", "/feed/", &since).await;
    assert!(same.starts_with("HTTP/1.1 304"), "{same}");

    clock.set(later(3600));
    let changed = ask("platformasociala.localhost", "/feed/", &since).await;
    assert!(changed.starts_with("HTTP/1.1 200"), "{changed}");
    let changed = ask(
        "platformasociala.localhost",
        "/feed/",
        &format!("If-None-Match: {tag}\r\n"),
    )
    .await;
    assert!(changed.starts_with("HTTP/1.1 200"), "{changed}");

    let unknown = ask("nobody.localhost", "/", "").await;
    assert!(unknown.starts_with("HTTP/1.1 404"), "{unknown}");
    assert!(unknown.contains("platformasociala.localhost"));
    let down = ask("monitorul-social.localhost", "/", "").await;
    assert!(down.starts_with("HTTP/1.1 503"), "{down}");
    assert!(header(&down, "retry-after").parse::<u32>().is_ok());
    let moved = ask("brivpratigie.localhost", "/", "").await;
    assert!(moved.starts_with("HTTP/1.1 301"), "{moved}");
    assert!(header(&moved, "location").contains(&format!(":{port}/")));
    server.abort();
}
