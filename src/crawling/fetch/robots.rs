//! robots.txt (RFC 9309): what is remembered of it, and what it says to us.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use robotxt::Robots;
use url::{Position, Url};

use super::fault::fault;
use crate::domain::{Fault, FaultKind, Reason, plain};

/// Largest robots.txt that is read; what follows is not looked at (RFC 9309, 2.5).
pub(super) const MAX_SIZE: usize = robotxt::BYTE_LIMIT;

/// Most redirects followed for it (RFC 9309, 2.3.1.2).
pub(super) const MAX_REDIRECTS: usize = 5;

/// Longest Crawl-delay that is honoured.
pub(super) const MAX_CRAWL_DELAY: Duration = Duration::from_mins(1);

/// Longest time that one is used before it is asked for again (RFC 9309, 2.4), and shortest.
const FRESH: Duration = Duration::from_hours(24);
const FRESH_AT_LEAST: Duration = Duration::from_hours(1);

/// When one that could not be had is asked for again: soon when nothing was reached, later when the server said so.
const RETRY_NETWORK: Duration = Duration::from_mins(1);
const RETRY_SERVER: Duration = Duration::from_mins(10);

/// After so long without reaching it, it is taken not to exist (RFC 9309, 2.3.1.4). Counted since the process started.
const GIVEN_UP: Duration = Duration::from_hours(30 * 24);

/// Most hosts and most bytes of rules remembered.
const MAX_HOSTS: usize = 4096;
const MAX_BYTES: usize = 32_000_000;

/// What came of asking for robots.txt.
#[derive(Debug)]
pub(super) enum Asked {
    /// It was had. How long the server wants it kept goes with it.
    Text(Vec<u8>, Option<Duration>),
    /// There is none: everything is allowed.
    None,
    /// It could not be had: nothing is allowed for now.
    Unreachable(Fault),
}

impl Asked {
    /// No answer at all, or a broken one. What is wrong with the host is said as it is; what is wrong with
    /// robots.txt alone is said to be about robots.txt.
    pub(super) fn failed(why: Fault) -> Self {
        if matches!(
            why.kind,
            FaultKind::Dns
                | FaultKind::Connect
                | FaultKind::Tls
                | FaultKind::Timeout
                | FaultKind::Forbidden
        ) {
            return Self::Unreachable(why);
        }
        let reason = Reason::RobotsUnreadable { why: why.reason };
        Self::Unreachable(fault(FaultKind::Robots, reason))
    }
}

/// What is known of one origin's robots.txt.
#[derive(Debug, Clone)]
struct Known {
    /// The last that was had.
    rules: Option<Arc<Robots>>,
    bytes: usize,
    /// Why it could not be had again, and since when.
    unreachable: Option<(Fault, Timestamp)>,
    /// When to ask again.
    until: Timestamp,
}

/// robots.txt of many origins.
pub(super) struct Cache {
    agent: String,
    known: Mutex<HashMap<String, Known>>,
}

impl Cache {
    /// For the crawler that calls itself `user_agent`.
    pub(super) fn new(user_agent: &str) -> Self {
        Self {
            agent: product_token(user_agent),
            known: Mutex::new(HashMap::new()),
        }
    }

    /// What robots.txt says of a URL, if that is known: the Crawl-delay when it may be fetched, the fault when not.
    pub(super) fn judge(&self, url: &Url, now: Timestamp) -> Option<Result<Duration, Fault>> {
        let known = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known
                .get(&origin(url))
                .filter(|known| now < known.until)?
                .clone()
        };
        Some(self.verdict(&known, url, now))
    }

    /// Remembers what came of asking for the robots.txt of `url`'s origin.
    pub(super) fn learn(&self, url: &Url, asked: &Asked, now: Timestamp) {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = origin(url);
        let before = all.remove(&origin);
        let entry = match asked {
            Asked::Text(text, keep) => Known {
                rules: Some(Arc::new(Robots::parse(text, self.agent.as_str()))),
                bytes: text.len(),
                unreachable: None,
                until: after(
                    now,
                    keep.map_or(FRESH, |keep| keep.clamp(FRESH_AT_LEAST, FRESH)),
                ),
            },
            Asked::None => Known {
                rules: Some(Arc::new(Robots::allow_all())),
                bytes: 0,
                unreachable: None,
                until: after(now, FRESH),
            },
            Asked::Unreachable(why) => {
                let pause = match (why.kind, why.retry_after) {
                    (_, Some(seconds)) => Duration::from_secs(seconds).clamp(RETRY_NETWORK, FRESH),
                    (FaultKind::Robots, None) => RETRY_SERVER,
                    _ => RETRY_NETWORK,
                };
                let (rules, bytes, since) = match before {
                    Some(before) => {
                        let since = before.unreachable.map_or(now, |(_, since)| since);
                        (before.rules, before.bytes, since)
                    }
                    None => (None, 0, now),
                };
                Known {
                    rules,
                    bytes,
                    unreachable: Some((why.clone(), since)),
                    until: after(now, pause),
                }
            }
        };
        make_room(&mut all, entry.bytes);
        all.insert(origin, entry);
    }

    fn verdict(&self, known: &Known, url: &Url, now: Timestamp) -> Result<Duration, Fault> {
        match (&known.rules, &known.unreachable) {
            // What was had before stands in for what cannot be had now.
            (Some(rules), _) => {
                if rules.is_url_allowed(url) {
                    let delay = rules.crawl_delay().unwrap_or_default();
                    Ok(delay.min(MAX_CRAWL_DELAY))
                } else {
                    let path = &url[Position::BeforePath..Position::AfterPath];
                    Err(fault(
                        FaultKind::Robots,
                        Reason::RobotsForbids {
                            host: url.host_str().unwrap_or_default().to_owned(),
                            agent: plain(&self.agent, 40),
                            path: plain(path, 100),
                        },
                    ))
                }
            }
            (None, Some((_, since))) if now.duration_since(*since) >= signed(GIVEN_UP) => {
                Ok(Duration::ZERO)
            }
            (None, Some((why, _))) => Err(why.clone()),
            (None, None) => Ok(Duration::ZERO),
        }
    }
}

/// Forgets what is asked for again soonest until there is room for `bytes` more.
fn make_room(all: &mut HashMap<String, Known>, bytes: usize) {
    let mut total: usize = all.values().map(|known| known.bytes).sum();
    while all.len() >= MAX_HOSTS || (total + bytes > MAX_BYTES && !all.is_empty()) {
        let soonest = all
            .iter()
            .min_by_key(|(_, known)| known.until)
            .map(|(origin, _)| origin.clone());
        let Some(gone) = soonest.and_then(|origin| all.remove(&origin)) else {
            return;
        };
        total -= gone.bytes;
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

fn after(now: Timestamp, pause: Duration) -> Timestamp {
    now.checked_add(signed(pause)).unwrap_or(now)
}

/// robots.txt belongs to a scheme, a host and a port (RFC 9309, 2.3).
fn origin(url: &Url) -> String {
    url[..Position::BeforePath].to_owned()
}

/// Where the robots.txt of a URL's origin is.
pub(super) fn address(url: &Url) -> Url {
    let mut address = url.clone();
    address.set_path("/robots.txt");
    address.set_query(None);
    address.set_fragment(None);
    address
}

/// The name that robots.txt calls us by: the first word of the user agent, up to its version (RFC 9309, 2.2.1).
fn product_token(user_agent: &str) -> String {
    let token: String = user_agent
        .trim()
        .chars()
        .take_while(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'))
        .take(64)
        .collect();
    if token.is_empty() {
        "vesti".into()
    } else {
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap()
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn cache_with(text: &str) -> Cache {
        let cache = Cache::new("vesti/1.0 (+https://example.org)");
        cache.learn(
            &url("https://a.ro/x"),
            &Asked::Text(text.into(), None),
            at(0),
        );
        cache
    }

    fn allowed(cache: &Cache, path: &str) -> bool {
        cache
            .judge(&url("https://a.ro").join(path).unwrap(), at(1))
            .unwrap()
            .is_ok()
    }

    #[test]
    fn the_groups_that_name_us_count_and_the_longest_rule_wins() {
        let cache = cache_with(
            "\u{feff}User-agent: *\nDisallow: /\n\nUser-agent: other\nuser-agent: VESTI\nDisallow: /wp-admin/ # no\n\
             Allow: /wp-admin/feed\nDisallow: /*.pdf$\nDisallow: /știri\n",
        );
        for (path, expected) in [
            ("/", true),
            ("/wp-admin/x", false),
            ("/wp-admin/feed", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
            ("/%C8%99tiri/1", false),
            ("/robots.txt", true),
        ] {
            assert_eq!(allowed(&cache, path), expected, "{path}");
        }
        let fault = cache
            .judge(&url("https://a.ro/wp-admin/"), at(1))
            .unwrap()
            .unwrap_err();
        assert_eq!(fault.kind, FaultKind::Robots);
        assert_eq!(
            fault.message,
            "the robots.txt of a.ro does not allow vesti to fetch /wp-admin/"
        );
    }

    #[test]
    fn a_page_in_place_of_rules_allows_everything() {
        let cache = cache_with("<!DOCTYPE html><html><body>Pagina nu a fost găsită</body></html>");
        assert!(allowed(&cache, "/x"));
    }

    #[test]
    fn the_crawl_delay_is_passed_on_within_reason() {
        for (text, seconds) in [
            ("7", 7.0),
            ("0.5", 0.5),
            ("86400", 60.0),
            ("-1", 0.0),
            ("x", 0.0),
        ] {
            let cache = cache_with(&format!("User-agent: *\nCrawl-delay: {text}\n"));
            let delay = cache.judge(&url("https://a.ro/x"), at(1)).unwrap().unwrap();
            assert!((delay.as_secs_f64() - seconds).abs() < 0.001, "{text}");
        }
    }

    #[test]
    fn it_is_asked_for_again_after_a_day_and_for_each_origin() {
        let cache = cache_with("User-agent: *\nDisallow: /\n");
        assert!(cache.judge(&url("https://a.ro/x"), at(23)).is_some());
        assert!(cache.judge(&url("https://a.ro/x"), at(24)).is_none());
        assert!(cache.judge(&url("http://a.ro/x"), at(1)).is_none());
        assert!(cache.judge(&url("https://a.ro:8443/x"), at(1)).is_none());
    }

    #[test]
    fn unreachable_is_no_then_the_old_copy_then_yes() {
        let down = || Asked::Unreachable(Fault::new(FaultKind::Robots, "503"));
        let cache = Cache::new("vesti");
        let page = url("https://a.ro/x");
        cache.learn(&page, &down(), at(0));
        assert!(cache.judge(&page, at(0)).unwrap().is_err());
        assert!(
            cache.judge(&page, at(1)).is_none(),
            "asked for again within the hour"
        );
        cache.learn(&page, &down(), at(29 * 24));
        assert!(cache.judge(&page, at(29 * 24)).unwrap().is_err());
        cache.learn(&page, &down(), at(30 * 24));
        assert!(cache.judge(&page, at(30 * 24)).unwrap().is_ok());

        let cache = cache_with("User-agent: *\nDisallow: /secret\n");
        cache.learn(&page, &down(), at(25));
        assert!(cache.judge(&page, at(25)).unwrap().is_ok());
        assert!(
            cache
                .judge(&url("https://a.ro/secret"), at(25))
                .unwrap()
                .is_err()
        );
    }

    #[test]
    fn memory_is_bounded() {
        let cache = Cache::new("vesti");
        let large = vec![b'#'; MAX_SIZE];
        for number in 0..100 {
            let page = url(&format!("https://h{number}.ro/"));
            cache.learn(&page, &Asked::Text(large.clone(), None), at(number));
        }
        let all = cache.known.lock().unwrap();
        assert!(all.values().map(|known| known.bytes).sum::<usize>() <= MAX_BYTES);
        assert!(all.contains_key("https://h99.ro"));
        assert!(!all.contains_key("https://h0.ro"));
    }

    #[test]
    fn the_name_is_the_user_agents_first_word() {
        assert_eq!(
            product_token("Platforma-Bot/2.1 (+mailto:x@y.ro)"),
            "Platforma-Bot"
        );
        assert_eq!(product_token("vesti/0.1"), "vesti");
        assert_eq!(product_token("(odd)"), "vesti");
    }
}
