use std::fmt::Write;

use super::*;
use crate::domain::Precision;
use proptest::prelude::*;

fn read_as(bytes: &[u8], content_type: Option<&str>) -> Result<Feed, FeedFault> {
    let url = Url::parse("https://ong.example/ro/feed/").unwrap();
    let zone = TimeZone::get("Europe/Bucharest").unwrap();
    parse(
        bytes,
        content_type,
        &url,
        "2026-03-01T12:00:00Z".parse().unwrap(),
        &zone,
    )
}

fn read(text: &str) -> Feed {
    read_as(text.as_bytes(), None).unwrap()
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Centrul &amp; Tinerii</title><atom:link href="https://ong.example/feed/" rel="self"/><atom:link rel="hub" href="https://hub.example/"/>
<link>https://ong.example/</link><description>d</description><language>ro-RO</language><ttl>60</ttl>
<image><url>https://ong.example/i.png</url><title>Not the title</title><link>https://elsewhere.example/</link></image>
<item><title><![CDATA[Apel: „Împreună” &#8211; 2026]]></title><link>https://ong.example/apel/</link><dc:creator><![CDATA[Ana Pop]]></dc:creator>
<pubDate>Tue, 24 Feb 2026 09:00:00 +0000</pubDate><category><![CDATA[Finanțări]]></category><guid isPermaLink="false">https://ong.example/?p=7</guid>
<description><![CDATA[<p>Pe scurt [&#8230;]</p>]]></description>
<content:encoded><![CDATA[<p>Primul paragraf.</p><p>Vezi <a href="/ghid.pdf">ghidul</a>.</p><img src="poza.jpg"><p>The post <a>Apel</a> appeared first on <a>Centrul</a>.</p>]]></content:encoded>
<enclosure url="https://ong.example/a.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Al doilea</title><link>https://ong.example/2/</link><description>Un rezumat scurt. Citește mai mult</description></item>
</channel></rss>"#;

#[test]
fn a_wordpress_feed_gives_all_it_has() {
    let feed = read(RSS);
    assert_eq!(feed.title, "Centrul & Tinerii");
    assert_eq!(feed.home.as_ref().unwrap().as_str(), "https://ong.example/");
    assert_eq!(feed.lang, Some(Language::RO));
    assert_eq!(feed.ttl, Some(SignedDuration::from_mins(60)));
    assert_eq!(feed.hubs[0].as_str(), "https://hub.example/");
    assert_eq!(
        feed.self_url.as_ref().unwrap().as_str(),
        "https://ong.example/feed/"
    );
    assert!(!feed.repaired && !feed.cut);
    let item = &feed.items[0];
    assert_eq!(item.title, "Apel: „Împreună” – 2026");
    assert_eq!(item.guid.as_deref(), Some("https://ong.example/?p=7"));
    assert_eq!(
        item.url.as_ref().unwrap().as_str(),
        "https://ong.example/apel/"
    );
    assert_eq!(item.author.as_deref(), Some("Ana Pop"));
    assert_eq!(item.text, "Primul paragraf.\n\nVezi ghidul.");
    assert_eq!(item.summary.as_deref(), Some("Pe scurt"));
    assert_eq!(item.published.unwrap().to_string(), "2026-02-24T09:00:00Z");
    assert_eq!(item.precision, Precision::Second);
    assert_eq!(item.categories, ["Finanțări"]);
    assert_eq!(
        item.image.as_ref().unwrap().as_str(),
        "https://ong.example/apel/poza.jpg"
    );
    let files: Vec<_> = item
        .attachments
        .iter()
        .map(|file| file.url.as_str())
        .collect();
    assert_eq!(
        files,
        ["https://ong.example/a.mp3", "https://ong.example/ghid.pdf"]
    );
    assert_eq!(item.attachments[1].title.as_deref(), Some("ghidul"));
    assert!(!item.partial);
    let second = &feed.items[1];
    assert!(second.partial);
    assert_eq!(second.summary.as_deref(), Some("Un rezumat scurt."));
}

#[test]
fn atom_is_read_in_all_its_forms() {
    let feed = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="lv" xml:base="https://bied.example/lv/"><title type="html">Biedr&amp;#299;ba</title>
        <link href="https://bied.example/"/><link rel="self" href="atom.xml"/><author><name>Redakcija</name></author>
        <entry><title>Konkurss</title><id>urn:uuid:1</id><link rel="alternate" href="zinas/1"/><link rel="enclosure" href="/n.pdf" type="application/pdf"/>
        <published>2026-02-01T10:00:00+02:00</published><updated>2026-02-02T10:00:00Z</updated><author><name>Anna</name><email>a@b.lv</email></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>A</h2><p>Teksts &amp; vairāk</p><entry>x</entry></div></content><category term="zinas" label="Ziņas"/></entry>
        <entry xml:lang="ru"><title>Новость</title><id>2</id><link href="/ru/2"/><updated>2026-02-03T10:00:00Z</updated><summary>Кратко &lt; всего</summary></entry></feed>"#,
    );
    assert_eq!(
        (feed.title.as_str(), feed.lang),
        ("Biedrība", Some(Language::LV))
    );
    assert_eq!(feed.items.len(), 2);
    let item = &feed.items[0];
    assert_eq!(
        item.url.as_ref().unwrap().as_str(),
        "https://bied.example/lv/zinas/1"
    );
    assert_eq!(item.text, "A\n\nTeksts & vairāk\n\nx");
    assert_eq!(item.author.as_deref(), Some("Anna"));
    assert_eq!(item.categories, ["Ziņas"]);
    assert_eq!(item.updated.unwrap().to_string(), "2026-02-02T10:00:00Z");
    assert_eq!(
        item.attachments[0].url.as_str(),
        "https://bied.example/n.pdf"
    );
    let second = &feed.items[1];
    assert_eq!(second.lang_hint, Some(Language::RU));
    assert_eq!(second.text, "Кратко < всего");
    assert_eq!(second.published, second.updated);
    let old = read(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title><link rel="alternate" href="/x"/><issued>2026-01-02T00:00:00Z</issued></entry></feed>"#,
    );
    assert_eq!(
        old.items[0].published.unwrap().to_string(),
        "2026-01-02T00:00:00Z"
    );
}

#[test]
fn rdf_and_json_feeds_are_feeds() {
    let rdf = read(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://ong.example/"><title>T</title><link>https://ong.example/</link>
        <items><rdf:Seq><rdf:li resource="https://ong.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://ong.example/1"><title>Unu</title><link>https://ong.example/1</link><dc:date>2026-01-05</dc:date></item></rdf:RDF>"#,
    );
    assert_eq!(rdf.items.len(), 1);
    assert_eq!(rdf.items[0].precision, Precision::Day);
    let json = read(
        r#"{"version":"https://jsonfeed.org/version/1","title":"T","home_page_url":"https://ong.example/","language":"en","items":[
        {"id":7,"url":"/a","title":"A","content_html":"<p>B &amp; C</p>","date_published":"2026-01-05T10:00:00Z","tags":["x"],"attachments":[{"url":"f.pdf","mime_type":"application/pdf"}],"authors":[{"name":"N"}]},
        {"id":"https://ong.example/b","content_text":"Only text"},{"nonsense":[]}, 5]}"#,
    );
    assert_eq!(json.items.len(), 2);
    assert_eq!(json.items[0].guid.as_deref(), Some("7"));
    assert_eq!(json.items[0].text, "B & C");
    assert_eq!(json.items[1].title, "Only text");
    assert_eq!(
        json.items[1].url.as_ref().unwrap().as_str(),
        "https://ong.example/b"
    );
}

#[test]
fn damage_costs_no_more_than_what_is_damaged() {
    let item = "<item><title>A & B &nbsp; &icirc;n</title><link>https://ong.example/1?a=1&b=2</link><pubDate>miercuri, 25 februarie 2026</pubDate></item>";
    for (text, count) in [
        (format!("Warning: headers\n<rss>{item}</rss>"), 1),
        (
            format!(
                "<br/><b>Notice</b>: x\n<?xml version='1.0'?><rss version='7'><channel>{item}</channel></rss>"
            ),
            1,
        ),
        (
            format!("<rss version='2.0'><channel>{item}{item}<item><title>Half"),
            2,
        ),
        (
            format!(
                "<rss><channel>{item}<item><title>No end</title><link>/x</link>{item}</channel></rss>"
            ),
            3,
        ),
        (
            format!("<rss><channel><title>Never closed{item}</channel></rss>"),
            1,
        ),
        (
            format!("<rss><channel>\u{1}\0\u{b}{item}</channel></rss>"),
            1,
        ),
        (
            format!(
                "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel>{item}</channel></rss>"
            ),
            1,
        ),
        (
            format!(
                "<ns0:rss><ns0:channel>{}</ns0:channel></ns0:rss>",
                item.replace("item>", "ns0:item>")
            ),
            1,
        ),
    ] {
        let feed = read(&text);
        assert_eq!(feed.items.len(), count, "{text}");
        let first = &feed.items[0];
        assert_eq!(first.title, "A & B în", "{text}");
        assert_eq!(
            first.url.as_ref().unwrap().as_str(),
            "https://ong.example/1?a=1&b=2"
        );
        assert_eq!(first.published.unwrap().to_string(), "2026-02-24T22:00:00Z");
    }
    assert!(read(&format!("<rss><channel>{item}<item><title>x")).repaired);
    let utf16: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(
            format!("<rss>{item}</rss>")
                .encode_utf16()
                .flat_map(u16::to_be_bytes),
        )
        .collect();
    assert_eq!(read_as(&utf16, None).unwrap().items[0].title, "A & B în");
    let cut = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"title":"whole"},{"id":2,"title":"ha"#;
    let feed = read(cut);
    assert_eq!((feed.items.len(), feed.repaired), (1, true));
}

#[test]
fn what_is_no_feed_is_told_apart() {
    for (bytes, fault) in [
        ("", "empty"),
        (" \n\0", "empty"),
        ("<!DOCTYPE html><html><body><rss></body></html>", "web page"),
        (
            "<?xml version='1.0'?><html xmlns='x'><feed/></html>",
            "web page",
        ),
        ("<urlset><url/></urlset>", "<urlset>"),
        ("Too many requests", "plain text"),
        ("{\"error\":\"x\"}", "other JSON"),
        ("{\"items\":[{\"sku\":1}]}", "other JSON"),
        ("{", "JSON"),
        ("<rss><channel><item><title>x", "breaks off"),
        ("\u{89}PNG\r\n\u{1a}", "plain text"),
    ] {
        let error = read_as(bytes.as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains(fault), "{bytes}: {error}");
    }
    assert_eq!(
        read("<rss version='2.0'><channel><title>T</title></channel></rss>").items,
        []
    );
}

#[test]
fn links_are_resolved_and_only_http() {
    let feed = read(
        "<rss><channel><link>https://ong.example/</link><item><title>a</title><link>/x</link></item>
        <item><title>b</title><guid>https://ong.example/b</guid></item><item><title>c</title><link>javascript:alert(1)</link><guid isPermaLink='false'>9</guid></item>
        <item><title>d</title><link>https://user:pass@ong.example/d</link></item><item><title>e</title><link/><atom:link href='https://ong.example/e'/></item></channel></rss>",
    );
    let links: Vec<_> = feed
        .items
        .iter()
        .map(|item| item.url.as_ref().map(Url::as_str))
        .collect();
    assert_eq!(
        links,
        [
            Some("https://ong.example/x"),
            Some("https://ong.example/b"),
            None,
            Some("https://ong.example/d"),
            Some("https://ong.example/e")
        ]
    );
}

#[test]
fn titles_are_plain_however_often_they_were_escaped() {
    for (title, expected) in [
        ("a &amp;amp; b", "a & b"),
        (
            "&lt;b&gt;Apel&lt;/b&gt; &amp;#8222;x&amp;#8221;",
            "Apel „x”",
        ),
        ("<![CDATA[5 < 7 &amp; <ONG>]]>", "5 < 7 & <ONG>"),
        ("x<sup>2</sup>", "x2"),
        ("a\u{202e}b\u{200b}c\n d", "abc d"),
        ("<![CDATA[A]]> și <![CDATA[B]]>", "A și B"),
    ] {
        let feed = read(&format!(
            "<rss><channel><item><title>{title}</title></item></channel></rss>"
        ));
        assert_eq!(feed.items[0].title, expected, "{title}");
    }
}

#[test]
fn of_too_many_entries_the_newest_are_kept() {
    let many = |days: Box<dyn Iterator<Item = usize>>| {
        let mut text = String::from("<rss><channel>");
        for day in days {
            let date = jiff::civil::date(2020, 1, 1)
                .checked_add(jiff::Span::new().days(day as i64))
                .unwrap();
            text += "<item>";
            let _ = write!(text, "<title>{day}</title><pubDate>{date}</pubDate></item>");
        }
        read(&(text + "</channel></rss>"))
    };
    let rising = many(Box::new(0..1200));
    assert_eq!((rising.items.len(), rising.cut), (MAX_ENTRIES, true));
    assert_eq!(
        (
            rising.items[0].title.as_str(),
            rising.items[499].title.as_str()
        ),
        ("700", "1199")
    );
    let falling = many(Box::new((0..600).rev()));
    assert_eq!(
        (falling.items[0].title.as_str(), falling.items.len()),
        ("599", MAX_ENTRIES)
    );
}

#[test]
fn a_glance_tells_feeds_from_pages() {
    assert!(looks_like_feed(RSS.as_bytes(), None));
    assert!(looks_like_feed(
        b"\xef\xbb\xbf\n<feed xmlns='x'>",
        Some("text/html")
    ));
    assert!(looks_like_feed(
        b"{\"version\": \"https://jsonfeed.org/version/1.1\"",
        None
    ));
    assert!(!looks_like_feed(
        b"<!doctype html><html><link type=application/rss+xml href=/feed>",
        Some("text/html")
    ));
    assert!(!looks_like_feed(
        b"{\"items\": 1}",
        Some("application/json")
    ));
    assert!(!looks_like_feed(b"", None));
}

proptest! {
    #[test]
    fn any_document_gives_bounded_entries_or_a_fault(
        pieces in proptest::collection::vec(prop_oneof![
            Just("<rss>"), Just("<channel>"), Just("<item>"), Just("</item>"), Just("<title>"), Just("</title>"), Just("<link>"), Just("</link>"), Just("<![CDATA["), Just("]]>"),
            Just("<feed>"), Just("<entry>"), Just("</entry>"), Just("<content type='xhtml'>"), Just("</content>"), Just("<description>"), Just("&lt;p&gt;x"), Just("\u{202e}\0a"), Just("https://a.example/"),
            Just("<link href='x'/>"), Just("<!--"), Just("-->"), Just("<!DOCTYPE ["), Just(" "), Just("<guid>"), Just("</guid>"), Just("{\"items\":["), Just("{\"id\":1}"), Just("]}"), Just("é\u{301}"),
        ], 0..40)
    ) {
        let text: String = std::iter::once("<rss>").chain(pieces).collect();
        if let Ok(feed) = read_as(text.as_bytes(), None) {
            for item in feed.items {
                prop_assert!(!item.title.is_empty() && item.title.chars().count() <= crate::domain::MAX_TITLE);
                prop_assert!(!item.title.contains(super::super::text::deceives));
                prop_assert!(item.text.len() <= crate::domain::MAX_TEXT && !item.text.contains(super::super::text::deceives));
                prop_assert!(item.summary.is_none_or(|summary| summary.chars().count() <= crate::domain::MAX_EXCERPT));
                prop_assert!(item.url.is_none_or(|url| matches!(url.scheme(), "http" | "https")));
                prop_assert!(item.guid.is_none_or(|guid| guid.chars().count() <= 1000));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_as(&bytes, Some("application/rss+xml"));
        let _ = looks_like_feed(&bytes, None);
    }
}

#[test]
fn hostile_feeds_take_linear_time() {
    // Each of these took minutes where a search for a missing end began anew at every tag.
    for (start, again, end) in [
        ("<rss>", "<item><title>x</title></item>", "</rss>"),
        ("<rss>", "<author>", "<item><title>x</title></item></rss>"),
        (
            "<rss><item><title>x</title>",
            "<content type='xhtml'>",
            "</item></rss>",
        ),
        ("<rss><item><title>x</title>", "<category>", "</item></rss>"),
        ("<rss><item><title>x</title>", "<a b=\"c>", "</item></rss>"),
        ("<rss><item><title>x</title></item>", "<![", "</rss>"),
        ("<rss><item><title>x</title></item>", "<item>", "</rss>"),
        (
            "<rss><item><title>x</title></item></rss>",
            "<!DOCTYPE \"",
            "",
        ),
        ("<rss><item><title>x", "&amp;", "</title></item></rss>"),
    ] {
        let text = start.to_owned() + &again.repeat(60_000) + end;
        assert!(!read(&text).items.is_empty(), "{again}");
    }
}
