//! Redirects: how many, where to, and whether the move is for good (RFC 9110, 15.4).

use std::collections::HashSet;

use reqwest::StatusCode;
use reqwest::header::HeaderValue;
use url::Url;

use super::fault::fault;
use crate::domain::{Fault, FaultKind, Reason, plain};

/// The way from the requested address to where the document is.
pub(super) struct Trail {
    current: Url,
    seen: HashSet<Url>,
    most: usize,
    permanent: Option<Url>,
    unbroken: bool,
}

impl Trail {
    /// Starts at `url`; at most `most` redirects are followed.
    pub(super) fn new(url: &Url, most: usize) -> Self {
        let current = without_secrets(url.clone());
        Self {
            seen: HashSet::from([current.clone()]),
            current,
            most,
            permanent: None,
            unbroken: true,
        }
    }

    /// Where the trail stands.
    pub(super) fn current(&self) -> &Url {
        &self.current
    }

    /// Where permanent redirects alone have led.
    pub(super) fn permanent(self) -> Option<Url> {
        self.permanent
    }

    /// Goes where an answer points to.
    pub(super) fn follow(
        &mut self,
        status: StatusCode,
        location: Option<&HeaderValue>,
    ) -> Result<(), Fault> {
        let host = self.current.host_str().unwrap_or_default().to_owned();
        let wrong = |reason| Err(fault(FaultKind::Redirect, reason));
        // The requested address is one of those seen.
        if self.seen.len() > self.most {
            let most = self.most as u64;
            return wrong(Reason::ManyRedirects { host, most });
        }
        let Some(location) = location else {
            let status = status.as_u16();
            return wrong(Reason::RedirectNowhere { host, status });
        };
        let location = text(location);
        let Ok(target) = self.current.join(location.trim()) else {
            let said = plain(&location, 80);
            return wrong(Reason::RedirectToNoAddress { host, said });
        };
        let target = without_secrets(target);
        if !self.seen.insert(target.clone()) {
            return wrong(Reason::RedirectCircle { host });
        }
        let for_good = matches!(
            status,
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
        );
        // Downwards from https is followed, as the document may be nowhere else, but nothing is moved there for good.
        let downward = self.current.scheme() == "https" && target.scheme() != "https";
        self.unbroken &= for_good && !downward;
        if self.unbroken {
            self.permanent = Some(target.clone());
        }
        self.current = target;
        Ok(())
    }
}

/// Whether a status sends one elsewhere.
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Without user name, password and fragment: the first two are never sent or logged, the last is nobody's business.
fn without_secrets(mut url: Url) -> Url {
    // These fail only for URLs that cannot hold any.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

/// A header as text: UTF-8 if it is, Latin-1 otherwise.
fn text(value: &HeaderValue) -> String {
    std::str::from_utf8(value.as_bytes()).map_or_else(
        |_| value.as_bytes().iter().copied().map(char::from).collect(),
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(start: &str, hops: &[(u16, &str)]) -> Result<(String, Option<String>), Fault> {
        let mut trail = Trail::new(&Url::parse(start).unwrap(), 4);
        for (status, location) in hops {
            trail.follow(
                StatusCode::from_u16(*status).unwrap(),
                Some(&HeaderValue::from_bytes(location.as_bytes()).unwrap()),
            )?;
        }
        let end = trail.current().to_string();
        Ok((end, trail.permanent().map(String::from)))
    }

    #[test]
    fn only_an_unbroken_permanent_chain_moves_a_source() {
        let end = |hops: &[(u16, &str)]| walk("http://a.ro/feed", hops).unwrap();
        assert_eq!(
            end(&[(301, "https://a.ro/feed"), (308, "/rss")]),
            ("https://a.ro/rss".into(), Some("https://a.ro/rss".into()))
        );
        assert_eq!(
            end(&[(301, "https://a.ro/feed"), (302, "/rss"), (301, "/x")]),
            ("https://a.ro/x".into(), Some("https://a.ro/feed".into()))
        );
        assert_eq!(end(&[(307, "/rss"), (301, "/x")]).1, None);
        assert_eq!(end(&[]), ("http://a.ro/feed".into(), None));
    }

    #[test]
    fn a_step_down_from_https_is_followed_but_never_for_good() {
        assert_eq!(
            walk("https://a.ro/feed", &[(301, "http://a.ro/feed")]).unwrap(),
            ("http://a.ro/feed".into(), None)
        );
    }

    #[test]
    fn circles_long_chains_and_nonsense_end() {
        for hops in [
            &[(301, "/b"), (302, "/feed")][..],
            &[(302, "/feed")],
            &[
                (302, "/1"),
                (302, "/2"),
                (302, "/3"),
                (302, "/4"),
                (302, "/5"),
            ],
            &[(302, "http://[::x")],
            &[(302, "#elsewhere")],
        ] {
            let fault = walk("http://a.ro/feed", hops).unwrap_err();
            assert_eq!(fault.kind, FaultKind::Redirect, "{hops:?}");
        }
        assert!(
            walk(
                "http://a.ro/feed",
                &[(302, "/1"), (302, "/2"), (302, "/3"), (302, "/4")]
            )
            .is_ok()
        );
        let mut trail = Trail::new(&Url::parse("http://a.ro/").unwrap(), 4);
        assert!(trail.follow(StatusCode::FOUND, None).is_err());
    }

    #[test]
    fn secrets_and_fragments_are_dropped_and_odd_bytes_survive() {
        assert_eq!(
            walk(
                "http://me:pw@a.ro/#x",
                &[(302, "http://you:pw@a.ro/știri#y")]
            )
            .unwrap()
            .0,
            "http://a.ro/%C8%99tiri"
        );
        let mut trail = Trail::new(&Url::parse("http://a.ro/").unwrap(), 4);
        let latin = HeaderValue::from_bytes(b"/caf\xe9").unwrap();
        trail.follow(StatusCode::FOUND, Some(&latin)).unwrap();
        assert_eq!(trail.current().as_str(), "http://a.ro/caf%C3%A9");
    }
}
