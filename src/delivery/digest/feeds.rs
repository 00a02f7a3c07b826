//! Digests as feeds: one entry an edition.

use jiff::Timestamp;
use serde_json::json;
use url::Url;

use super::body::Body;
use super::render::{edition_html, edition_title};
use crate::config::DigestSpec;
use crate::delivery::entry::{Entry, sane, tag, under};
use crate::delivery::words::Ui;
use crate::delivery::{FeedInfo, atom as atom_feed, json_feed as json, rss as rss_feed};
use crate::domain::Language;
use crate::store::Edition;

/// A digest as RSS 2.0, one entry an edition.
#[must_use]
pub fn rss(info: &FeedInfo, spec: &DigestSpec, editions: &[Edition], ui: Language) -> String {
    rss_feed::write(info, entries(info, spec, editions, ui))
}

/// A digest as Atom, one entry an edition.
#[must_use]
pub fn atom(info: &FeedInfo, spec: &DigestSpec, editions: &[Edition], ui: Language) -> String {
    atom_feed::write(info, entries(info, spec, editions, ui))
}

/// A digest as JSON Feed, one entry an edition.
#[must_use]
pub fn json_feed(info: &FeedInfo, spec: &DigestSpec, editions: &[Edition], ui: Language) -> String {
    json::write(info, entries(info, spec, editions, ui))
}

/// What stands for an edition in its address, `/digests/{id}/{slug}`: its end as `2026-11-21T0500Z`.
#[must_use]
pub fn edition_slug(end: Timestamp) -> String {
    end.strftime("%Y-%m-%dT%H%MZ").to_string()
}

/// The end that a slug stands for.
#[must_use]
pub fn parse_slug(slug: &str) -> Option<Timestamp> {
    let end = jiff::civil::DateTime::strptime("%Y-%m-%dT%H%MZ", slug).ok()?;
    let end = end.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    // One address an edition: other spellings are none.
    (edition_slug(end) == slug).then_some(end)
}

/// The page of an edition: `{public}digests/{id}/{slug}`; of a search, `{public}digest?…&edition={slug}`.
#[must_use]
pub fn edition_url(public: &Url, spec: &DigestSpec, end: Timestamp) -> Url {
    let slug = edition_slug(end);
    let path = match &spec.manner.address {
        Some(pairs) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(pairs).append_pair("edition", &slug);
            format!("digest?{}", query.finish())
        }
        None => format!("digests/{}/{slug}", spec.id),
    };
    Url::parse(&under(public, &path)).unwrap_or_else(|_| public.clone())
}

fn entries(
    info: &FeedInfo,
    spec: &DigestSpec,
    editions: &[Edition],
    ui: Language,
) -> impl Iterator<Item = Entry> {
    let words = Ui::of(ui);
    editions.iter().map(move |edition| {
        let stories = Body::of(edition).map_or(0, |body| body.stories());
        Entry {
            id: tag(
                &info.public,
                &format!("digests/{}/{}", edition.digest, edition_slug(edition.end)),
            ),
            title: edition_title(spec, edition, ui),
            link: edition_url(&info.public, spec, edition.end).into(),
            page: None,
            lang: Some(words.language()),
            // The end of its period orders it; an edition never changes.
            published: sane(edition.end),
            updated: sane(edition.end),
            author: None,
            source: None,
            summary: format!("{}: {stories}", words.stories()),
            html: edition_html(edition, ui, &spec.time_zone, &info.public),
            categories: Vec::new(),
            image: None,
            files: Vec::new(),
            extension: json!({
                "digest": edition.digest,
                "start": crate::delivery::entry::rfc3339(edition.start),
                "end": crate::delivery::entry::rfc3339(edition.end),
                "items": edition.items,
            }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_stands_for_one_moment() {
        let end: Timestamp = "2026-11-21T05:00:00Z".parse().unwrap();
        assert_eq!(edition_slug(end), "2026-11-21T0500Z");
        assert_eq!(parse_slug("2026-11-21T0500Z"), Some(end));
        for bad in [
            "",
            "2026-11-21",
            "2026-11-21T05:00Z",
            "2026-1-21T0500Z",
            "2026-13-21T0500Z",
            "x",
        ] {
            assert_eq!(parse_slug(bad), None, "{bad}");
        }
    }
}
