use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// An address reduced to what identifies the page, for comparing only: nobody visits it.
///
/// Folded away: the scheme, `www.`, default ports, a trailing slash, `index.html` and the like, fragments,
/// tracking parameters, session ids, AMP and print variants, and the order of the other parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CanonicalUrl(String);

impl CanonicalUrl {
    /// The canonical form of an address. Idempotent: its own output, read as a URL, comes out the same.
    #[must_use]
    pub fn of(url: &Url) -> Self {
        let mut host = url.host_str().unwrap_or_default();
        loop {
            if let Some(rest) = host.strip_prefix("www.") {
                host = rest;
            } else if let Some(rest) = host.strip_prefix("amp.").filter(|rest| rest.contains('.')) {
                host = rest;
            } else {
                break;
            }
        }
        let mut canonical = String::with_capacity(url.as_str().len());
        canonical.push_str("https://");
        canonical.push_str(host.trim_end_matches('.'));
        if let Some(port) = url.port().filter(|port| *port != 80 && *port != 443) {
            canonical.push(':');
            canonical.push_str(&port.to_string());
        }
        canonical.push_str(&canonical_path(url.path()));
        let mut pairs: Vec<&str> = url
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_noise(pair))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        for (index, pair) in pairs.iter().enumerate() {
            canonical.push(if index == 0 { '?' } else { '&' });
            canonical.push_str(pair);
        }
        Self(canonical)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From text that was one before (the store's).
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for CanonicalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn canonical_path(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    // Each round drops one ending, so that what is left cannot be shortened again.
    while let Some(last) = parts.last() {
        let small = last.to_ascii_lowercase();
        let index = matches!(
            small.as_str(),
            "index.html" | "index.htm" | "index.php" | "default.aspx" | "index.asp" | "index.jsp"
        );
        let variant = parts.len() > 1 && matches!(small.as_str(), "amp" | "print" | "printable");
        if !(index || variant) {
            break;
        }
        parts.pop();
    }
    while parts.len() > 1 && parts[0] == "amp" {
        parts.remove(0);
    }
    let mut canonical = String::with_capacity(path.len());
    for part in &parts {
        canonical.push('/');
        canonical.push_str(part);
    }
    // Once more would change nothing: the endings go all at once.
    loop {
        if let Some(stem) = canonical.strip_suffix(".amp.html") {
            canonical = format!("{stem}.html");
        } else if let Some(stem) = canonical.strip_suffix(".amp") {
            canonical.truncate(stem.len());
        } else {
            return canonical;
        }
    }
}

/// Parameters that say how somebody came, or how the page should look, not which page it is.
fn is_noise(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    let tracking = name.starts_with("utm_")
        || name.starts_with("mtm_")
        || name.starts_with("pk_")
        || name.starts_with("hsa_")
        || name.starts_with("ga_")
        || matches!(
            name.as_str(),
            "fbclid"
                | "gclid"
                | "dclid"
                | "gbraid"
                | "wbraid"
                | "msclkid"
                | "yclid"
                | "ymclid"
                | "igshid"
                | "mc_cid"
                | "mc_eid"
                | "_openstat"
                | "from_feed"
                | "ref_src"
                | "cmpid"
                | "ocid"
                | "at_medium"
                | "at_campaign"
                | "spm"
                | "_ga"
                | "_gl"
                | "wt_mc"
                | "piwik_campaign"
                | "fb_action_ids"
                | "fb_source"
                | "vero_id"
        );
    let session = matches!(
        name.as_str(),
        "phpsessid" | "jsessionid" | "sid" | "sessionid" | "aspsessionid"
    ) && value.len() >= 16;
    let variant = matches!(
        (name.as_str(), value),
        ("amp" | "noamp" | "print" | "printable", _)
            | ("output" | "format" | "view", "amp" | "print")
            | ("outputtype", "amp")
            | ("tmpl", "component")
    );
    tracking || session || variant
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        CanonicalUrl::of(&Url::parse(text).unwrap()).0
    }

    #[test]
    fn variants_of_one_page_are_one() {
        let page = "https://fonss.ro/stiri/apel-2026";
        for variant in [
            "http://fonss.ro/stiri/apel-2026/",
            "https://www.fonss.ro/stiri/apel-2026?utm_source=rss&utm_medium=rss",
            "https://fonss.ro:443/stiri/apel-2026/amp/",
            "https://amp.fonss.ro/stiri/apel-2026",
            "https://fonss.ro/amp/stiri/apel-2026",
            "https://fonss.ro/stiri/apel-2026/?print=1#comments",
            "https://fonss.ro/stiri//apel-2026/index.php?fbclid=IwAR0",
            "https://fonss.ro./stiri/apel-2026?PHPSESSID=0123456789abcdef0123",
        ] {
            assert_eq!(canonical(variant), page, "{variant}");
        }
    }

    #[test]
    fn different_pages_stay_different() {
        for (one, other) in [
            ("https://a.ro/?p=1", "https://a.ro/?p=2"),
            ("https://a.ro/node?id=7&page=2", "https://a.ro/node?id=7"),
            ("https://a.ro/lv/zina", "https://a.ro/ru/zina"),
            ("https://a.ro:8080/x", "https://a.ro/x"),
            ("https://a.ro/Stiri", "https://a.ro/stiri"),
            ("https://stiri.a.ro/x", "https://a.ro/x"),
            ("https://a.ro/print", "https://a.ro/"),
        ] {
            assert_ne!(canonical(one), canonical(other));
        }
        assert_eq!(
            canonical("https://a.ro/?b=2&a=1"),
            canonical("https://a.ro?a=1&b=2")
        );
    }

    proptest! {
        #[test]
        fn canonical_is_idempotent(
            path in "(/(index.php|amp|print|[a-z0-9.]{1,6}|)){0,4}/?",
            query in "(utm_a=1&|amp&|p=[0-9]&|view=print&){0,3}",
            host in "(www\\.|amp\\.){0,3}[a-z]{1,5}\\.(ro|lv)",
        ) {
            let once = canonical(&format!("http://{host}{path}?{query}"));
            prop_assert_eq!(canonical(&once), once.clone(), "{}", once);
        }
    }
}
