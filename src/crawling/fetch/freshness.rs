//! What a server says about time: when to come back, how long a document stays fresh.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER};

/// Longest wish that is granted.
const LONGEST: Duration = Duration::from_hours(7 * 24);

/// Retry-After in seconds from now, in either form (RFC 9110, 10.2.3), at most a week.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let value = text(headers, &RETRY_AFTER)?;
    let seconds = match digits(value) {
        Some(seconds) => seconds,
        None => until(http_date(value)?, now).as_secs(),
    };
    Some(seconds.min(LONGEST.as_secs()))
}

/// How much longer the document is fresh (RFC 9111, 4.2), at most a week. Nothing where the server says nothing
/// or wants no caching.
pub(super) fn max_age(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let mut age = None;
    for value in headers.get_all(CACHE_CONTROL) {
        let Ok(value) = value.to_str() else { continue };
        for directive in value.split(',').map(str::trim) {
            let (name, argument) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-cache" | "no-store" => return None,
                "max-age" if age.is_none() => age = digits(argument.trim().trim_matches('"')),
                _ => {}
            }
        }
    }
    let fresh = if let Some(age) = age {
        Duration::from_secs(age)
    } else {
        let expires = http_date(text(headers, &EXPIRES)?)?;
        // Measured by the server's own clock, which may be wrong by hours.
        let sent = text(headers, &DATE).and_then(http_date).unwrap_or(now);
        until(expires, sent)
    };
    let spent = text(headers, &AGE).and_then(digits).unwrap_or(0);
    let fresh = fresh
        .saturating_sub(Duration::from_secs(spent))
        .min(LONGEST);
    (!fresh.is_zero()).then_some(fresh)
}

fn until(later: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(later.duration_since(now)).unwrap_or(Duration::ZERO)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A number of seconds; one too large for 64 bits is as good as the largest.
fn digits(text: &str) -> Option<u64> {
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// A date in any of the three forms of RFC 9110, 5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    // Nothing shorter or longer is a date.
    if !(20..=40).contains(&text.len()) {
        return None;
    }
    if let Ok(found) = PARSER.parse_timestamp(text) {
        return Some(found);
    }
    let (_, without_weekday) = text.split_once(' ')?;
    ["%d-%b-%y %H:%M:%S GMT", "%b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| DateTime::strptime(form, without_weekday.trim()).ok())
        .and_then(|found| found.to_zoned(TimeZone::UTC).ok())
        .map(|found| found.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    fn now() -> Timestamp {
        "1994-11-06T08:49:00Z".parse().unwrap()
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        headers
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        for (value, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(37)),
            ("Sun Nov  6 08:49:37 1994", Some(37)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("99999999999999999999999", Some(604_800)),
            ("Sun, 06 Nov 2094 08:49:37 GMT", Some(604_800)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(
                retry_after(&headers(&[("retry-after", value)]), now()),
                seconds,
                "{value}"
            );
        }
    }

    #[test]
    fn freshness_follows_cache_control_then_expires() {
        for (pairs, seconds) in [
            (&[("cache-control", "public, Max-Age=600")][..], Some(600)),
            (
                &[("cache-control", "max-age=\"600\""), ("age", "100")],
                Some(500),
            ),
            (&[("cache-control", "max-age=0")], None),
            (&[("cache-control", "no-cache, max-age=600")], None),
            (&[("cache-control", "max-age=99999999999")], Some(604_800)),
            (&[("expires", "Sun, 06 Nov 1994 08:59:00 GMT")], Some(600)),
            (
                &[
                    ("expires", "Sun, 06 Nov 1994 10:10:00 GMT"),
                    ("date", "Sun, 06 Nov 1994 10:00:00 GMT"),
                ],
                Some(600),
            ),
            (&[("expires", "0")], None),
            (&[("expires", "Thu, 01 Jan 1970 00:00:00 GMT")], None),
            (&[], None),
        ] {
            assert_eq!(
                max_age(&headers(pairs), now()),
                seconds.map(Duration::from_secs),
                "{pairs:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_header_breaks_the_reading(value in "[ -~]{0,60}") {
            let headers = headers(&[
                ("retry-after", &value), ("cache-control", &value), ("expires", &value), ("date", &value), ("age", &value),
            ]);
            prop_assert!(retry_after(&headers, now()).is_none_or(|seconds| seconds <= 604_800));
            prop_assert!(max_age(&headers, now()).is_none_or(|age| age <= LONGEST));
        }
    }
}
