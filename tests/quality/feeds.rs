//! Feeds damaged in the ways that feeds are: title, address and moment of every entry must come out.

use encoding_rs::{
    ISO_8859_2, KOI8_R, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1257,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use url::Url;
use vesti::reading::feed::{self, Feed, FeedFault};

use crate::floors;

const NAMESPACES: &str = r#"xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/""#;
const TITLES: [&str; 3] = [
    "Burse pentru elevii din satele fără liceu",
    "Biedrība izsludina konkursu jauniešiem",
    "Отчёт о работе приюта за зиму",
];
const DATES: [&str; 3] = [
    "Thu, 18 Jul 2024 09:00:00 +0000",
    "Wed, 17 Jul 2024 16:00:00 +0000",
    "Tue, 16 Jul 2024 22:00:00 +0000",
];
const MOMENTS: [&str; 3] = [
    "2024-07-18T09:00:00Z",
    "2024-07-17T16:00:00Z",
    "2024-07-16T22:00:00Z",
];

fn address(number: usize) -> String {
    format!("https://ong.example/2024/{number}/")
}

fn read(bytes: &[u8]) -> Result<Feed, FeedFault> {
    let url = Url::parse("https://ong.example/feed/").unwrap();
    let now: Timestamp = "2024-07-19T12:00:00Z".parse().unwrap();
    feed::parse(bytes, None, &url, now, &TimeZone::UTC)
}

/// An RSS feed; each function makes an element of the entry of that number.
fn rss(
    title: impl Fn(usize) -> String,
    link: impl Fn(usize) -> String,
    date: impl Fn(usize) -> String,
) -> String {
    let items: Vec<String> = (0..3)
        .map(|number| {
            format!(
                "<item>{}{}{}<guid isPermaLink=\"false\">n{number}</guid><description><![CDATA[<p>Text &amp; tot</p>]]></description></item>",
                title(number),
                link(number),
                date(number)
            )
        })
        .collect();
    let items = items.concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" {NAMESPACES}><channel><title>ONG</title><link>https://ong.example/</link><description>x</description>{items}</channel></rss>"
    )
}

fn title(number: usize) -> String {
    format!("<title>{}</title>", TITLES[number])
}

fn link(number: usize) -> String {
    format!("<link>{}</link>", address(number))
}

fn date(number: usize) -> String {
    format!("<pubDate>{}</pubDate>", DATES[number])
}

fn atom(head: &str, entry: impl Fn(usize) -> String) -> String {
    let entries: String = (0..3).map(entry).collect();
    format!("<?xml version=\"1.0\"?><feed {head}><title>ONG</title><id>urn:x</id>{entries}</feed>")
}

fn json_feed(item: impl Fn(usize) -> serde_json::Value) -> String {
    let items: Vec<_> = (0..3).map(item).collect();
    json!({"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://ong.example/", "items": items}).to_string()
}

fn plain_json() -> String {
    json_feed(
        |n| json!({"id": n, "url": address(n), "title": TITLES[n], "content_text": "x", "date_published": MOMENTS[n]}),
    )
}

#[test]
fn damaged_feeds_are_read_in_full() {
    let base = rss(title, link, date);
    let dated = |dates: [&'static str; 3]| {
        rss(title, link, move |number| {
            format!("<pubDate>{}</pubDate>", dates[number])
        })
    };
    let entry = |number: usize, inner: &str| {
        format!(
            "<entry><title>{}</title><link href=\"{}\"/><id>urn:{number}</id>{inner}</entry>",
            TITLES[number],
            address(number)
        )
    };
    let issued = |number: usize| {
        entry(
            number,
            &format!(
                "<issued>{}</issued><modified>2024-07-18T20:00:00Z</modified>",
                MOMENTS[number]
            ),
        )
    };
    let published = |number: usize| {
        entry(
            number,
            &format!("<published>{}</published>", MOMENTS[number]),
        )
    };
    let rdf: Vec<String> = (0..3)
        .map(|number| {
            format!(
                "<item rdf:about=\"{}\"><title>{}</title><dc:date>{}</dc:date></item>",
                address(number),
                TITLES[number],
                MOMENTS[number]
            )
        })
        .collect();
    let rdf = rdf.concat();
    let documents: Vec<(&str, String)> = vec![
        ("sound", base.clone()),
        (
            "a notice before it",
            format!("<br />\n<b>Notice</b>: x in <b>/a.php</b> on line <b>3</b><br />\n{base}"),
        ),
        (
            "a page's end behind it",
            format!("{base}<script>x</script></body></html>"),
        ),
        ("no end", base.replace("</channel></rss>", "")),
        ("no version", base.replace(" version=\"2.0\"", "")),
        (
            "an odd version",
            base.replace("version=\"2.0\"", "version=\"0.93\""),
        ),
        (
            "a newer version",
            base.replace("version=\"2.0\"", "version=\"2.01\""),
        ),
        (
            "capitals",
            base.replace("item>", "ITEM>")
                .replace("title>", "TITLE>")
                .replace("link>", "LINK>"),
        ),
        (
            "undeclared prefixes",
            base.replace(NAMESPACES, "").replace("pubDate", "dc:date"),
        ),
        (
            "no channel",
            base.replace("<channel>", "").replace("</channel>", ""),
        ),
        (
            "another namespace",
            base.replace("<rss ", "<rss xmlns=\"http://backend.userland.com/rss2\" "),
        ),
        (
            "a document type",
            base.replace("?><rss", "?><!DOCTYPE rss [<!ENTITY nbsp \"&#160;\">]><rss"),
        ),
        (
            "control characters",
            base.replace("Text", "T\u{1}e\u{b}x\0t"),
        ),
        ("ends of entries missing", base.replace("</item>", "")),
        (
            "an attribute without quotes",
            base.replace("\"false\"", "false"),
        ),
        (
            "an attribute given twice",
            base.replace(
                "isPermaLink=\"false\"",
                "isPermaLink=\"false\" isPermaLink=\"false\"",
            ),
        ),
        (
            "titles in sections",
            rss(
                |n| format!("<title><![CDATA[ {} ]]></title>", TITLES[n]),
                link,
                date,
            ),
        ),
        (
            "titles with tags",
            rss(
                |n| format!("<title><b>{}</b></title>", TITLES[n]),
                link,
                date,
            ),
        ),
        (
            "titles with escaped tags",
            rss(
                |n| format!("<title>&lt;em&gt;{}&lt;/em&gt;</title>", TITLES[n]),
                link,
                date,
            ),
        ),
        (
            "another's title first",
            rss(
                |n| {
                    format!(
                        "<media:content url='x'><media:title>Poza</media:title></media:content>{}",
                        title(n)
                    )
                },
                link,
                date,
            ),
        ),
        (
            "relative addresses",
            rss(title, |n| format!("<link>/2024/{n}/</link>"), date),
        ),
        (
            "addresses without a scheme",
            rss(
                title,
                |n| format!("<link>//ong.example/2024/{n}/</link>"),
                date,
            ),
        ),
        (
            "addresses in sections",
            rss(
                title,
                |n| format!("<link><![CDATA[\n{}\n]]></link>", address(n)),
                date,
            ),
        ),
        (
            "addresses in attributes",
            rss(
                title,
                |n| format!("<atom:link href='{}'/>", address(n)),
                date,
            ),
        ),
        (
            "addresses as ids alone",
            rss(title, |_| String::new(), date)
                .replace(
                    "<guid isPermaLink=\"false\">n",
                    "<guid>https://ong.example/2024/",
                )
                .replace("</guid>", "/</guid>"),
        ),
        (
            "addresses of a service",
            rss(
                title,
                |n| {
                    format!(
                        "<link>https://x.example/{n}</link><feedburner:origLink>{}</feedburner:origLink>",
                        address(n)
                    )
                },
                date,
            ),
        ),
        (
            "dates of MySQL",
            dated([
                "2024-07-18 09:00:00",
                "2024-07-17 16:00:00",
                "2024-07-16 22:00:00",
            ]),
        ),
        (
            "dates of Unix",
            dated(["1721293200", "1721232000", "1721167200"]),
        ),
        (
            "dates with dots",
            dated(["18.07.2024 09:00", "17.07.2024, 16:00", "16.07.2024. 22:00"]),
        ),
        (
            "Romanian dates",
            dated([
                "Joi, 18 Iul 2024 09:00:00 +0000",
                "miercuri, 17 iulie 2024, ora 16:00",
                "Mar, 17 Iul 2024 01:00:00 EEST",
            ]),
        ),
        (
            "Latvian dates",
            dated([
                "C, 18 Jūl 2024 09:00:00 +0000",
                "2024. gada 17. jūlijs, plkst. 16.00",
                "Otrd., 16 Jūlijs 2024 22:00:00 GMT",
            ]),
        ),
        (
            "Russian dates",
            dated([
                "Чт, 18 июл 2024 09:00:00 +0000",
                "17 июля 2024 г. в 16:00",
                "Вт, 16 Июль 2024 22:00:00 +0000",
            ]),
        ),
        (
            "odd zones",
            dated([
                "Thu, 18 Jul 2024 11:00:00 GMT+2",
                "Wed, 17 Jul 2024 19:00:00 EEST",
                "Wed, 17 Jul 2024 01:00:00 +03:00",
            ]),
        ),
        (
            "wrong weekdays, short years",
            dated([
                "Mon, 18 Jul 24 09:00:00 GMT",
                "Sun, 17 Jul 2024 16:00 UT",
                "Tuesday, 16-Jul-24 22:00:00 GMT",
            ]),
        ),
        (
            "Atom",
            atom("xmlns='http://www.w3.org/2005/Atom'", published),
        ),
        ("Atom without a namespace", atom("", published)),
        (
            "Atom 0.3",
            atom("version='0.3' xmlns='http://purl.org/atom/ns#'", issued),
        ),
        (
            "Atom with a base",
            atom(
                "xmlns='http://www.w3.org/2005/Atom' xml:base='https://ong.example/2024/'",
                |n| published(n).replace("https://ong.example/2024/", ""),
            ),
        ),
        (
            "RSS 1.0, addresses in rdf:about",
            format!(
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' {NAMESPACES}><channel><title>T</title></channel>{rdf}</rdf:RDF>"
            ),
        ),
        (
            "RSS 1.0, nothing declared",
            format!("<rdf:RDF><channel><title>T</title></channel>{rdf}</rdf:RDF>"),
        ),
        ("JSON with numbers as ids", plain_json()),
        ("JSON with a mark", format!("\u{feff}{}", plain_json())),
        ("JSON with commas", plain_json().replace("}]", "},]")),
        (
            "JSON with comments",
            format!("// x\n{}", plain_json().replace("[{", "[ /* y */ {")),
        ),
        ("JSON in a call", format!("callback({});", plain_json())),
        (
            "JSON with bare control characters",
            plain_json().replace("\"T\"", "\"T\n\u{1}\""),
        ),
        (
            "JSON with half a character",
            plain_json().replace("\"T\"", "\"T\\ud83d\""),
        ),
        (
            "JSON without a version",
            plain_json().replace("https://jsonfeed.org/version/1.1", "1"),
        ),
    ];
    let (mut right, mut wrong) = (0, Vec::new());
    let mut note = |name: &str, bytes: &[u8]| match faults(bytes, &TITLES) {
        None => right += 1,
        Some(fault) => wrong.push(format!("{name}: {fault}")),
    };
    for (name, document) in &documents {
        note(name, document.as_bytes());
    }
    for encoding in [UTF_16BE, UTF_16LE] {
        let bytes: Vec<u8> = format!("\u{feff}{base}")
            .encode_utf16()
            .flat_map(|unit| {
                if encoding == UTF_16BE {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect();
        note(encoding.name(), &bytes);
    }
    floors::keep("feeds", "right", right, &wrong);
}

/// What is wrong with what is read, if anything.
fn faults(bytes: &[u8], titles: &[&str; 3]) -> Option<String> {
    let feed = match read(bytes) {
        Ok(feed) => feed,
        Err(fault) => return Some(fault.to_string()),
    };
    if feed.items.len() != 3 {
        return Some(format!("{} entries", feed.items.len()));
    }
    (0..3).find_map(|number| {
        let item = &feed.items[number];
        let link = item.url.as_ref().map_or("", Url::as_str);
        let at = item.published.map(|at| at.to_string()).unwrap_or_default();
        (item.title != titles[number] || link != address(number) || at != MOMENTS[number])
            .then(|| format!("{} {link} {at}", item.title))
    })
}

#[test]
fn legacy_feeds_are_read_with_a_right_a_wrong_and_no_declaration() {
    let cedilla = "Burse pentru toţi elevii din satele fără şcoală";
    for (name, encoding) in [
        (cedilla, WINDOWS_1250),
        (cedilla, ISO_8859_2),
        (TITLES[1], WINDOWS_1257),
        (TITLES[2], WINDOWS_1251),
        (TITLES[2], KOI8_R),
    ] {
        let document = rss(|_| format!("<title>{name}</title>"), link, date);
        let start = document.find("<rss").unwrap();
        for text in [
            document.replace("UTF-8", encoding.name()),
            document.replace("UTF-8", "ISO-8859-1"),
            document.clone(),
            document[start..].to_owned(),
        ] {
            let (bytes, _, _) = encoding.encode(&text);
            assert_eq!(
                faults(&bytes, &[name; 3]),
                None,
                "{} {:.50}",
                encoding.name(),
                text
            );
        }
    }
}

#[test]
fn a_feed_that_breaks_off_keeps_its_whole_entries() {
    let base = rss(title, link, date);
    let ends: Vec<usize> = base.match_indices("</item>").map(|(at, _)| at).collect();
    for at in (0..base.len()).step_by(7) {
        let whole = ends
            .iter()
            .filter(|end| **end + "</item>".len() <= at)
            .count();
        match read(&base.as_bytes()[..at]) {
            Ok(feed) => {
                assert!(feed.items.len() >= whole, "{at}: {}", feed.items.len());
                for (item, title) in feed.items.iter().zip(TITLES).take(whole) {
                    assert_eq!(item.title, title);
                }
            }
            Err(_) => assert_eq!(whole, 0, "{at}"),
        }
    }
}

#[test]
fn what_is_no_feed_is_refused() {
    for text in [
        "",
        "Too many requests",
        "<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>",
        "<?xml version='1.0'?><urlset><url/></urlset>",
        "<opml><body><outline/></body></opml>",
        "{\"error\": \"items\"}",
        "[]",
        "// {\"items\"",
        "%PDF-1.4",
    ] {
        assert!(read(text.as_bytes()).is_err(), "{text}");
    }
}
