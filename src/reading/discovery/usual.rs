//! Where sites of the usual makes keep their feeds.

use url::Url;

/// Most usual addresses of feeds.
const MAX_USUAL: usize = 8;

/// The make of a site's system, as its pages betray it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Make {
    Wordpress,
    Joomla,
    Drupal,
    Unknown,
}

impl Make {
    fn of(html: &str) -> Self {
        let has = |what: &str| memchr::memmem::find(html.as_bytes(), what.as_bytes()).is_some();
        if has("/wp-content/") || has("/wp-includes/") || has("api.w.org") {
            Self::Wordpress
        } else if has("content=\"Joomla!")
            || has("/media/jui/")
            || has("com_content")
            || has("/media/system/js/")
        {
            Self::Joomla
        } else if has("content=\"Drupal")
            || has("/sites/default/files")
            || has("/sites/all/")
            || has("drupal-settings-json")
        {
            Self::Drupal
        } else {
            Self::Unknown
        }
    }

    /// Where such systems keep the feed of a section, and of the whole site.
    fn feeds(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Wordpress => (&["feed/"], &["feed/", "?feed=rss2"]),
            Self::Joomla => (
                &["?format=feed&type=rss"],
                &["?format=feed&type=rss", "index.php?format=feed&type=rss"],
            ),
            Self::Drupal => (&["rss.xml", "feed"], &["rss.xml", "news/rss.xml"]),
            Self::Unknown => (
                &["feed/", "rss.xml", "?format=feed&type=rss"],
                &[
                    "feed/",
                    "rss.xml",
                    "feed.xml",
                    "atom.xml",
                    "rss",
                    "index.xml",
                    "feed.json",
                    "?format=feed&type=rss",
                    "?feed=rss2",
                ],
            ),
        }
    }
}

/// Addresses under which sites of the make that the page betrays keep a feed, the likeliest first, at most eight: for a
/// page in a section (`/ro/stiri/`) the section's own come before the site's.
#[must_use]
pub fn usual_feeds(html: &str, base: &Url) -> Vec<Url> {
    let mut found: Vec<Url> = Vec::new();
    let Ok(root) = base.join("/") else {
        return found;
    };
    if !matches!(root.scheme(), "http" | "https") {
        return found;
    }
    let (of_section, of_site) = Make::of(html).feeds();
    let section = section(base);
    let in_section = section
        .iter()
        .flat_map(|section| of_section.iter().map(|path| section.join(path)));
    let in_site = of_site.iter().map(|path| root.join(path));
    for url in in_section.chain(in_site).flatten() {
        if found.len() < MAX_USUAL && !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

/// The folder of an address below the root, without a file name, query or fragment.
fn section(base: &Url) -> Option<Url> {
    let mut section = base.clone();
    section.set_query(None);
    section.set_fragment(None);
    let path = base.path().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let folder = if last.contains('.') {
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    } else {
        path
    };
    if folder.is_empty() {
        return None;
    }
    section.set_path(&format!("{folder}/"));
    Some(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://ong.example/ro/stiri/").unwrap()
    }

    #[test]
    fn usual_places_are_few_and_start_with_the_section() {
        let found = usual_feeds("", &base());
        assert_eq!(found[0].as_str(), "https://ong.example/ro/stiri/feed/");
        assert!(
            found
                .iter()
                .any(|url| url.as_str() == "https://ong.example/feed/")
        );
        assert!(found.len() <= MAX_USUAL);
        let found = usual_feeds(
            "",
            &Url::parse("https://ong.example/index.php?x=1").unwrap(),
        );
        assert_eq!(found[0].as_str(), "https://ong.example/feed/");
        assert!(usual_feeds("", &Url::parse("mailto:a@b.ro").unwrap()).is_empty());
    }

    #[test]
    fn a_site_that_betrays_its_make_is_asked_only_where_that_make_keeps_feeds() {
        let joomla =
            r#"<meta name="generator" content="Joomla! - Open Source Content Management">"#;
        let found = usual_feeds(joomla, &Url::parse("https://ong.example/").unwrap());
        assert_eq!(found[0].query(), Some("format=feed&type=rss"));
        assert!(found.len() <= 2);
        let found = usual_feeds("<link href=/wp-content/a.css>", &base());
        assert!(found.iter().all(|url| url.as_str().contains("feed")));
    }
}
