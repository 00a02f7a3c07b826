//! The section `[server]` of `vesti.toml`.

use std::net::SocketAddr;
use std::time::Duration;

use super::given::flag;
use super::problem::{Wrong, quote};
use super::settings::{Network, RateLimit, Server};
use super::table::{Table, nowhere};
use super::units;
use crate::domain::Language;

/// Reads it.
pub(super) fn server(table: Table<'_>) -> Server {
    let default = Server::default();
    let read = Server {
        listen: table.get("listen", |given| given.parse(listen)).unwrap_or(default.listen),
        public_url: table
            .get("public_url", |given| {
                let url = given.parse(units::web_address)?;
                if url.query().is_some() || url.fragment().is_some() {
                    return Err(Wrong::new(
                        "holds a “?” or a “#”",
                        r#"write only where the service begins, such as "https://news.example.org/""#,
                    ));
                }
                Ok(url)
            })
            .or(default.public_url),
        title: table.get("title", |given| given.line(100)).unwrap_or(default.title),
        contact: table.get("contact", |given| given.parse(units::contact)).or(default.contact),
        languages: table
            .list("languages", r#"["ro", "lv", "ru", "en"]"#, |given| given.parse(interface_language))
            .unwrap_or_else(|| default.languages.clone()),
        time_zone: table
            .get("time_zone", |given| given.parse(units::time_zone))
            .unwrap_or(default.time_zone),
        rate_limit: table
            .get("rate_limit", |given| given.parse(rate_limit))
            .unwrap_or(default.rate_limit),
        proxies: table
            .list("proxies", r#"["127.0.0.0/8", "::1"]"#, |given| given.parse(network))
            .unwrap_or(default.proxies),
        index_items: table.get("index_items", flag).unwrap_or(default.index_items),
    };
    if read.languages.is_empty() && table.has("languages") {
        table.complain(
            "languages",
            Wrong::new("names no language", r#"write at least one, such as ["ro"]"#),
        );
    }
    table.finish(nowhere);
    read
}

fn listen(text: &str) -> Result<SocketAddr, Wrong> {
    let text = text.trim();
    let named = text
        .strip_prefix("localhost:")
        .map(|port| format!("127.0.0.1:{port}"));
    named.as_deref().unwrap_or(text).parse().map_err(|_| {
        Wrong::new(
            format!("{} is no address to listen on", quote(text)),
            r#"write an IP address and a port, such as "127.0.0.1:8080", "0.0.0.0:80" or "[::1]:8080""#,
        )
    })
}

pub(super) fn network(text: &str) -> Result<Network, Wrong> {
    text.trim().parse().map_err(Wrong::from)
}

/// `1200/1m`, or `off`.
fn rate_limit(text: &str) -> Result<Option<RateLimit>, Wrong> {
    const DAY: Duration = Duration::from_hours(24);
    let text = text.trim();
    if text == "off" {
        return Ok(None);
    }
    let wrong = || {
        Wrong::new(
            format!("{} is no limit of requests", quote(text)),
            r#"write requests and the time for them, such as "1200/1m" (1 to 1000000, in 1s to 1d), or "off""#,
        )
    };
    let (requests, window) = text.split_once('/').ok_or_else(wrong)?;
    let requests: u32 = requests.trim().parse().map_err(|_| wrong())?;
    let window = units::duration(window).map_err(|_| wrong())?;
    let sensible = (1..=1_000_000).contains(&requests)
        && (Duration::from_secs(1)..=DAY).contains(&window)
        && window.subsec_nanos() == 0;
    if sensible {
        Ok(Some(RateLimit { requests, window }))
    } else {
        Err(wrong())
    }
}

fn interface_language(text: &str) -> Result<Language, Wrong> {
    let language = units::language(text)?;
    if Language::OURS.contains(&language) {
        Ok(language)
    } else {
        Err(Wrong::new(
            format!("the interface does not speak {}", quote(text)),
            "it speaks ro, lv, ru and en",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_of_requests_in_a_time_or_none_at_all() {
        let read = |text| rate_limit(text).map(|limit| limit.map(|l| (l.requests, l.window)));
        assert_eq!(read("off"), Ok(None));
        assert_eq!(read("600/1m"), Ok(Some((600, Duration::from_mins(1)))));
        assert_eq!(read(" 5 / 10s "), Ok(Some((5, Duration::from_secs(10)))));
        for bad in [
            "",
            "600",
            "/1m",
            "600/",
            "0/1m",
            "-1/1m",
            "5/500ms",
            "5/1500ms",
            "5/2d",
            "9999999/1m",
            "none",
        ] {
            let hint = rate_limit(bad).unwrap_err().hint.unwrap();
            assert!(hint.contains("\"1200/1m\""), "{bad}");
        }
    }
}
