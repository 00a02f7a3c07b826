//! Cookies: which language a reader chose, and by what staff and members are known. There is none before one chooses or signs
//! in.

use axum::http::{HeaderMap, header};
use url::Url;

use crate::domain::Language;

const NAME: &str = "ui";

/// A year, in seconds.
const MAX_AGE: i64 = 31_536_000;

/// What was remembered, whatever it is.
pub(super) fn read(headers: &HeaderMap) -> Option<&str> {
    named(headers, NAME)
}

/// What a cookie of ours holds, whatever it is.
pub(super) fn named<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

/// Has a browser remember a language, for the service at `base`.
pub(super) fn write(language: Language, base: &Url) -> String {
    kept(NAME, language.as_str(), base, MAX_AGE)
}

/// Has a browser keep something for so many seconds, for the service at `base`; for none, forget it. No script reads it, and no
/// other site's form brings it (RFC 6265bis, 5.6.7).
pub(super) fn kept(name: &str, value: &str, base: &Url, seconds: i64) -> String {
    let secure = if base.scheme() == "https" {
        "; Secure"
    } else {
        ""
    };
    let path = match base.path().trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    format!("{name}={value}; Path={path}; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        assert_eq!(read(&headers), None);
        headers.append(header::COOKIE, "gui=en; other=1".parse().unwrap());
        assert_eq!(read(&headers), None);
        headers.append(header::COOKIE, "x=y; ui=lv".parse().unwrap());
        assert_eq!(read(&headers), Some("lv"));
    }

    #[test]
    fn a_browser_keeps_it_to_the_service() {
        let cookie = |base: &str| write(Language::LV, &base.parse().unwrap());
        assert_eq!(
            cookie("http://127.0.0.1:8080/"),
            "ui=lv; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
        );
        assert!(
            cookie("https://ong.example/vesti/").ends_with("; HttpOnly; Secure")
                && cookie("https://ong.example/vesti/").contains("Path=/vesti;")
        );
    }
}
