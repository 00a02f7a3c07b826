//! Items and editions as readers' apps get them: the JSON of the Google Reader API, as FreshRSS and Miniflux write it
//! (<https://github.com/theoldreader/api>, <https://github.com/FreshRSS/FreshRSS/blob/edge/p/api/greader.php>).

use serde_json::{Value, json};
use url::Url;

use super::FeedInfo;
use super::digest::{edition_html, edition_title, edition_url};
use super::entry::{Entry, sane};
use crate::config::DigestSpec;
use crate::domain::{Item, ItemId, Language};
use crate::store::Edition;

/// The long form of an item's id.
#[must_use]
pub fn long_id(id: ItemId) -> String {
    format!("tag:google.com,2005:reader/item/{:016x}", id.get())
}

/// Where an item stands among what a reader is shown.
#[derive(Debug, Clone)]
pub struct ItemPlace {
    /// What it is asked for by.
    pub id: ItemId,
    /// The microsecond since 1970 at which it came.
    pub micros: i64,
    /// Its stream, `feed/…`.
    pub stream: String,
    /// What the reader calls that.
    pub title: String,
    /// The site.
    pub home: String,
    /// States and labels, as streams.
    pub categories: Vec<String>,
    /// What the address of a file is called: `href` by most, `url` by Miniflux.
    pub file_key: &'static str,
}

/// An item.
#[must_use]
pub fn reader_item(public: &Url, item: &Item, place: &ItemPlace) -> Value {
    let entry = Entry::of(&info(public), item);
    let files: Vec<Value> = entry
        .files
        .iter()
        .map(|file| json!({place.file_key: file.url, "type": file.media_type}))
        .collect();
    let mut value = write(
        place,
        &entry.title,
        &entry.link,
        &entry.html,
        entry.author.as_deref().unwrap_or_default(),
        (entry.published.as_second(), entry.updated.as_second()),
    );
    if !files.is_empty() {
        value["enclosure"] = Value::Array(files);
    }
    value
}

/// An edition of a digest.
#[must_use]
pub fn reader_edition(
    public: &Url,
    spec: &DigestSpec,
    edition: &Edition,
    ui: Language,
    place: &ItemPlace,
) -> Value {
    let published = sane(edition.end).as_second();
    write(
        place,
        &edition_title(spec, edition, ui),
        edition_url(public, spec, edition.end).as_str(),
        &edition_html(edition, ui, &spec.time_zone, public),
        "",
        (published, published),
    )
}

/// Text for a place that some apps take for plain text and others for HTML: what could begin a tag or an entity is put in the form
/// that stands for itself in both, as FreshRSS does.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let entity = |next: &char| next.is_ascii_alphanumeric() || *next == '#';
        out.push(match c {
            '<' => '\u{ff1c}',
            '>' => '\u{ff1e}',
            '&' if rest.peek().is_some_and(entity) => '\u{ff06}',
            c => c,
        });
    }
    out
}

fn write(
    place: &ItemPlace,
    title: &str,
    link: &str,
    html: &str,
    author: &str,
    (published, updated): (i64, i64),
) -> Value {
    // Older apps look for the text in `summary`, newer ones in `content`.
    let content = json!({"direction": "ltr", "content": html});
    json!({
        "id": long_id(place.id),
        "crawlTimeMsec": (place.micros / 1000).to_string(),
        "timestampUsec": place.micros.to_string(),
        "published": published,
        "updated": updated,
        "title": inert(title),
        "canonical": [{"href": link}],
        "alternate": [{"href": link, "type": "text/html"}],
        "categories": place.categories,
        "origin": {"streamId": place.stream, "title": place.title, "htmlUrl": place.home},
        "summary": content,
        "content": content,
        "author": inert(author),
    })
}

/// What entries are written for; only the address of the service matters here.
fn info(public: &Url) -> FeedInfo {
    FeedInfo {
        title: String::new(),
        description: String::new(),
        home: public.clone(),
        this: public.clone(),
        next: None,
        links: super::FeedLinks::default(),
        content: crate::config::Content::Full,
        labels: super::Labels::default(),
        hub: None,
        lang: None,
        updated: jiff::Timestamp::UNIX_EPOCH,
        public: public.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::digest::testing::item;
    use crate::domain::Attachment;

    #[test]
    fn a_title_is_no_markup_whoever_reads_it() {
        assert_eq!(inert("A & B < C"), "A & B \u{ff1c} C");
        for bad in ["<script>x</script>", "&lt;script&gt;", "&#60;b", "<"] {
            let text = inert(bad);
            assert!(!text.contains(['<', '>', '&']), "{text}");
        }
    }

    #[test]
    fn hostile_html_stays_inert_and_files_are_named_as_each_kind_of_app_expects() {
        let mut item = item(7, "a", "2026-11-20T08:00:00Z");
        item.html = Some("<p onclick=x()>Un <b>apel</b><script>y()</script></p>".into());
        item.attachments = vec![Attachment {
            url: "https://a.ro/ghid.pdf".parse().unwrap(),
            r#type: None,
            title: None,
        }];
        let public = "https://vesti.example/".parse().unwrap();
        let place = |file_key| ItemPlace {
            id: item.id,
            micros: 1_800_000_000_123_456,
            stream: "feed/a".into(),
            title: "A".into(),
            home: "https://a.ro/".into(),
            categories: vec!["user/-/state/com.google/reading-list".into()],
            file_key,
        };
        let value = reader_item(&public, &item, &place("href"));
        assert_eq!(
            value["id"],
            "tag:google.com,2005:reader/item/0000000000000007"
        );
        assert_eq!(value["crawlTimeMsec"], "1800000000123");
        assert_eq!(value["timestampUsec"], "1800000000123456");
        assert_eq!(value["canonical"][0]["href"], "https://a.ro/7");
        assert_eq!(value["enclosure"][0]["href"], "https://a.ro/ghid.pdf");
        let html = value["content"]["content"].as_str().unwrap();
        assert!(html.contains("<b>apel</b>"), "{html}");
        assert!(!html.contains("script") && !html.contains("onclick"));
        assert_eq!(value["summary"], value["content"]);
        let value = reader_item(&public, &item, &place("url"));
        assert_eq!(value["enclosure"][0]["url"], "https://a.ro/ghid.pdf");
    }
}
