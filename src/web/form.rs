//! What a form sends: its pairs, read within limits, and whether a page of ours sent it.

mod multipart;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use url::{Url, form_urlencoded};

use super::params::Pairs;
use super::trouble::Trouble;

/// Most bytes of a form on one of our pages.
pub(crate) const PAGE_FORM: usize = 64 << 10;
/// Most pairs that are looked at.
const MAX_PAIRS: usize = 20_000;

/// The pairs of a form (`application/x-www-form-urlencoded`), decoded. What is not UTF-8 is replaced, nothing is an error;
/// values stay as they were sent, so whoever keeps or shows one makes it harmless.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the pairs.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(bytes)
                .take(MAX_PAIRS)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// Takes the form of a request, with files as text where it has such, of at most so many bytes. How long it may take to arrive is bounded by the shield.
    pub(crate) async fn read(request: Request, most: usize) -> Result<Self, Trouble> {
        let boundary = multipart::boundary(request.headers());
        // An interrupted body and one that is too large end the same way: there is nobody to tell the difference to.
        let bytes = to_bytes(request.into_body(), most)
            .await
            .map_err(|_| Trouble::TooLarge)?;
        Ok(match boundary {
            Some(boundary) => Self(multipart::parts(&bytes, &boundary)),
            None => Self::parse(&bytes),
        })
    }

    /// All values of a name, empty ones too.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(own, _): &&(String, String)| own == name;
        self.0.iter().filter(named).map(|(_, value)| value.as_str())
    }

    /// The last value of a name that is not blank, without blanks around it.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        let given = |(own, value): &&(String, String)| own == name && !value.trim().is_empty();
        let found = self.0.iter().rev().find(given)?;
        Some(found.1.trim())
    }

    /// As the pairs of a query string, in which nothing invisible or misleading is left.
    pub(crate) fn pairs(&self) -> Pairs {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter());
        Pairs::parse(Some(&query.finish()))
    }

    /// With these pairs after its own.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

/// Whether a form was sent by a page of the service itself, and not by one of another site in the reader's name.
///
/// `Sec-Fetch-Site` decides where there is one; otherwise `Origin` must be that of the service, or name the host that was
/// asked (behind a proxy, or where no public address is configured, either may differ from what we know). A request with
/// neither comes from no browser: all of these send `Origin` with every form. Pages with forms must not have the referrer
/// policy `no-referrer`, under which browsers send `Origin: null` (<https://fetch.spec.whatwg.org/#origin-header>): such a
/// page says `<meta name="referrer" content="same-origin">`.
pub(crate) fn same_origin(headers: &HeaderMap, base: &Url) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    let asked = text(header::HOST)
        .and_then(|host| Url::parse(&format!("{}://{host}/", origin.scheme())).ok())
        .is_some_and(|asked| asked.has_host() && asked.origin() == origin.origin());
    asked || (origin.has_host() && origin.origin() == base.origin())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use proptest::prelude::*;

    fn accepted(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        same_origin(&headers, &"https://ong.example/vesti/".parse().unwrap())
    }

    #[test]
    fn pairs_are_decoded_and_repeated_names_kept() {
        let form = Form::parse("i=1&name=Ana+%C8%9A&i=2&empty=&i=%20&name=%20".as_bytes());
        assert_eq!(form.all("i").collect::<Vec<_>>(), ["1", "2", " "]);
        assert_eq!(form.last("name"), Some("Ana Ț"));
        assert_eq!(form.last("empty"), None);
        assert_eq!(form.all("empty").count(), 1);
        let both = Form::parse(b"a=1").and(Form::parse(b"a=2"));
        assert_eq!(both.last("a"), Some("2"));
    }

    #[test]
    fn a_form_of_a_page_of_ours_is_told_from_one_of_another_site() {
        for own in [
            &[("sec-fetch-site", "same-origin")][..],
            &[("origin", "https://ong.example")],
            &[("origin", "https://ong.example:443"), ("host", "10.0.0.1")],
            &[
                ("origin", "http://localhost:8080"),
                ("host", "localhost:8080"),
            ],
            &[("host", "ong.example")],
            &[],
        ] {
            assert!(accepted(own), "{own:?}");
        }
        for other in [
            &[("sec-fetch-site", "cross-site")][..],
            &[
                ("sec-fetch-site", "same-site"),
                ("origin", "https://ong.example"),
            ],
            &[("origin", "https://evil.example"), ("host", "ong.example")],
            &[("origin", "https://ong.example.evil.example")],
            &[("origin", "http://ong.example"), ("host", "10.0.0.1")],
            &[("origin", "null"), ("host", "ong.example")],
            &[("origin", "file://"), ("host", "")],
            &[
                ("origin", "http://localhost:8081"),
                ("host", "localhost:8080"),
            ],
        ] {
            assert!(!accepted(other), "{other:?}");
        }
    }

    #[tokio::test]
    async fn a_form_that_is_too_large_is_refused() {
        let request = |length: usize| Request::new(Body::from(vec![b'a'; length]));
        assert!(Form::read(request(100), 100).await.is_ok());
        assert_eq!(Form::read(request(101), 100).await, Err(Trouble::TooLarge));
    }

    proptest! {
        #[test]
        fn no_form_is_too_odd(bytes: Vec<u8>) {
            let form = Form::parse(&bytes);
            let _ = form.last("q");
        }
    }
}
