//! Who pushes a feed: the links to its hubs and to itself, in `Link` headers (RFC 8288) and in the feed (WebSub, section 4).

use url::Url;

use super::feed::{Feed, MAX_HUBS, web_link};
use crate::domain::HubLinks;

/// Most links read of all headers.
const MAX_LINKS: usize = 100;

/// What the headers and the feed say of hubs. Where the headers name any they outweigh the feed, likewise for its own address;
/// `url` is where it was fetched from, and what is relative is relative to it.
#[must_use]
pub fn links(headers: &[String], feed: &Feed, url: &Url) -> Option<HubLinks> {
    let mut hubs = Vec::new();
    let mut own = None;
    let all = headers.iter().flat_map(|value| Links(value));
    for (target, rel) in all.take(MAX_LINKS) {
        let Some(target) = web_link(url, target) else {
            continue;
        };
        for rel in rel.split_ascii_whitespace() {
            if rel.eq_ignore_ascii_case("hub") {
                if hubs.len() < MAX_HUBS && !hubs.contains(&target) {
                    hubs.push(target.clone());
                }
            } else if rel.eq_ignore_ascii_case("self") && own.is_none() {
                own = Some(target.clone());
            }
        }
    }
    if hubs.is_empty() {
        for hub in &feed.hubs {
            if !hubs.contains(hub) {
                hubs.push(hub.clone());
            }
        }
    }
    let topic = own.or_else(|| feed.self_url.clone());
    let mut topic = topic.unwrap_or_else(|| url.clone());
    topic.set_fragment(None);
    (!hubs.is_empty()).then_some(HubLinks { hubs, topic })
}

/// The links of one header: target and `rel`.
struct Links<'a>(&'a str);

impl<'a> Iterator for Links<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (_, rest) = self.0.split_once('<')?;
        let (target, mut rest) = rest.split_once('>')?;
        let mut rel = None;
        loop {
            rest = rest.trim_start();
            let Some(parameter) = rest.strip_prefix(';') else {
                break;
            };
            let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
            let name = parameter[..end].trim();
            rest = &parameter[end..];
            let Some(value) = rest.strip_prefix('=') else {
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => value.split_at(value.find([';', ',']).unwrap_or(value.len())),
            };
            rest = after;
            // Of several, the first counts (RFC 8288, 3.3).
            if name.eq_ignore_ascii_case("rel") && rel.is_none() {
                rel = Some(value.trim());
            }
        }
        self.0 = rest;
        Some((target.trim(), rel.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn address() -> Url {
        Url::parse("https://ong.example/feed/").unwrap()
    }

    fn feed(text: &str) -> Feed {
        let now = Timestamp::UNIX_EPOCH;
        super::super::feed::parse(text.as_bytes(), None, &address(), now, &TimeZone::UTC).unwrap()
    }

    fn found(headers: &[&str], text: &str) -> Option<(Vec<String>, String)> {
        let headers: Vec<String> = headers.iter().map(ToString::to_string).collect();
        let found = links(&headers, &feed(text), &address())?;
        let hubs = found.hubs.iter().map(ToString::to_string).collect();
        Some((hubs, found.topic.into()))
    }

    fn told(hubs: &[&str], topic: &str) -> (Vec<String>, String) {
        let hubs = hubs.iter().map(ToString::to_string).collect();
        (hubs, topic.into())
    }

    const PLAIN: &str = "<rss version='2.0'><channel><title>t</title></channel></rss>";

    #[test]
    fn every_format_says_it_in_its_own_way() {
        let rss = "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>t</title>\
            <atom:link rel='hub' href='https://a.example/'/><atom:link rel='hub' href='https://b.example/'/>\
            <atom:link rel='self' href='https://ong.example/rss'/>\
            <item><title>x</title><atom:link rel='hub' href='https://item.example/'/></item></channel></rss>";
        let both = ["https://a.example/", "https://b.example/"];
        assert_eq!(
            found(&[], rss),
            Some(told(&both, "https://ong.example/rss"))
        );
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><link rel='hub' href='/hub'/></feed>";
        assert_eq!(
            found(&[], atom),
            Some(told(&["https://ong.example/hub"], address().as_str()))
        );
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"t","feed_url":"https://ong.example/f.json",
            "hubs":[{"type":"rssCloud","url":"https://cloud.example/"},{"type":"WebSub","url":"https://a.example/"},
            {"type":"websub","url":"javascript:alert(1)"},{"url":"https://b.example/"}],"items":[]}"#;
        assert_eq!(
            found(&[], json),
            Some(told(&both, "https://ong.example/f.json"))
        );
        assert_eq!(found(&[], PLAIN), None);
    }

    #[test]
    fn headers_outweigh_the_feed() {
        let rss = "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>t</title>\
            <atom:link rel='hub' href='https://a.example/'/><atom:link rel='self' href='https://ong.example/rss'/></channel></rss>";
        let header = r#"<https://h.example/x,y>; title="a, \b; rel=self"; rel="hub", <https://ong.example/topic#x>; rel=self"#;
        assert_eq!(
            found(&[header], rss),
            Some(told(
                &["https://h.example/x,y"],
                "https://ong.example/topic"
            ))
        );
        assert_eq!(
            found(&["<https://h.example/>;rel=hub"], rss),
            Some(told(&["https://h.example/"], "https://ong.example/rss")),
            "each outweighs its own kind"
        );
        assert_eq!(
            found(&["</wp-json/>; rel=\"https://api.w.org/\""], rss),
            Some(told(&["https://a.example/"], "https://ong.example/rss"))
        );
        assert_eq!(
            found(
                &["<ftp://h.example/>; rel=hub, <>; rel=\"self HUB\""],
                PLAIN
            ),
            None
        );
        assert_eq!(
            found(&["<https://h.example/>; rel=\"self HUB\"; rel=next"], PLAIN),
            Some(told(&["https://h.example/"], "https://h.example/"))
        );
    }

    #[test]
    fn only_the_first_few_hubs_are_taken() {
        let header: Vec<String> = (0..50)
            .map(|n| format!("<https://h{n}.example/>; rel=hub"))
            .collect();
        let header = header.join(",");
        let (hubs, _) = found(&[&header], PLAIN).unwrap();
        assert_eq!(hubs.len(), MAX_HUBS);
    }

    proptest! {
        #[test]
        fn whatever_a_header_holds_it_ends(header in "[<>;,=\"a-z /:.ă]{0,80}") {
            let found = links(&[header], &feed(PLAIN), &address());
            prop_assert!(found.is_none_or(|found| !found.hubs.is_empty() && found.hubs.len() <= MAX_HUBS));
        }
    }
}
