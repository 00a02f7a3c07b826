//! Digests: which period has ended, what goes into its edition, how an edition reads.
//!
//! `periods` says when periods end, `plan` which editions are due and where an item belongs, `compose` and `groups` what
//! an edition says, `render` and `feeds` how it reads; all of these are pure. `publish` asks the store and the index for
//! named digests, whose editions are stored; `search` for those of any search, which are made when asked for.

mod body;
mod compose;
mod feeds;
mod groups;
pub mod periods;
mod plan;
mod publish;
mod render;
mod search;

pub use body::{Body, Carrier, Closes, Group, Heading, Story};
pub use feeds::{atom, edition_slug, edition_url, json_feed, parse_slug, rss};
pub use periods::Span;
pub use plan::{Due, Last, Place, due, place};
pub use publish::{DigestError, Select, earlier, publish_due, recent};
pub use render::{edition_dates, edition_html, edition_title};
pub use search::{can_hold, editions_of_search, latest_spans, of_search, settled, span_to};

/// Values for the tests of this folder.
#[cfg(test)]
pub(crate) mod testing {
    use jiff::Timestamp;
    use jiff::civil::Weekday;
    use jiff::tz::TimeZone;
    use url::Url;

    use crate::config::{DigestSpec, Period};
    use crate::domain::{
        CanonicalUrl, Country, Item, ItemId, ItemState, Kind, Language, Precision, Role,
        SearchRequest, Seq, StoryId,
    };
    use crate::store::Edition;

    pub fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    pub fn spec(period: Period, hour: i8, zone: &str) -> DigestSpec {
        DigestSpec {
            id: "digest".parse().unwrap(),
            title: vec![(Language::EN, "Digest".into())],
            query: SearchRequest::default(),
            period,
            hour,
            weekday: Weekday::Monday,
            time_zone: TimeZone::get(zone).unwrap(),
            limit: 50,
            manner: crate::config::Manner::default(),
            recipients: Vec::new(),
        }
    }

    pub fn edition(end: &str, through: u64) -> Edition {
        Edition {
            digest: "digest".parse().unwrap(),
            start: at(end) - jiff::SignedDuration::from_hours(24),
            end: at(end),
            published: at(end),
            through: Seq(through),
            body: serde_json::to_value(super::Body::default()).unwrap(),
            items: Vec::new(),
        }
    }

    pub fn item(number: u64, source: &str, sort_at: &str) -> Item {
        let url = Url::parse(&format!("https://{source}.ro/{number}")).unwrap();
        Item {
            id: ItemId::new(number),
            seq: Seq(number),
            born: Seq(number),
            version: 1,
            source: source.parse().unwrap(),
            country: Country::RO,
            source_name: source.to_uppercase(),
            role: Role::Member,
            canonical_url: CanonicalUrl::of(&url),
            url,
            guid: None,
            title: format!("title {number}"),
            author: None,
            excerpt: format!("excerpt {number}"),
            text: format!("text {number}"),
            html: None,
            lang: None,
            published: Some(at(sort_at)),
            precision: Precision::Second,
            sort_at: at(sort_at),
            first_seen: at(sort_at),
            updated: None,
            kind: Kind::News,
            topics: Vec::new(),
            deadline: None,
            event: None,
            image: None,
            attachments: Vec::new(),
            files: Vec::new(),
            story: StoryId::new(number),
            newer: None,
            state: ItemState::Live,
            arrival: crate::domain::Arrival::News,
        }
    }
}
