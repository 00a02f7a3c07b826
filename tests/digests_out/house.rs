//! A house with a real store, and an index that scans it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;
use vesti::config::{DigestSpec, Period};
use vesti::delivery::digest::{Body, Select, publish_due};
use vesti::domain::{
    Country, Draft, ItemId, ItemKey, Kind, Language, Precision, Role, SearchRequest, Seq, Sketch,
    Source, Understood,
};
use vesti::search::SearchError;
use vesti::store::{Change, Edition, Intent, Store, Visit, VisitLog};

/// Answers from the store itself, as far as it was told to have caught up.
#[derive(Clone)]
pub struct Scan {
    pub store: Store,
    pub behind: Arc<AtomicU64>,
}

impl Select for Scan {
    fn searchable(&self) -> Seq {
        Seq(self
            .store
            .head()
            .unwrap()
            .seq
            .0
            .saturating_sub(self.behind.load(Ordering::SeqCst)))
    }

    fn select(
        &self,
        request: &SearchRequest,
        _: Timestamp,
        _: &TimeZone,
        after: Option<Seq>,
    ) -> Result<Vec<ItemId>, SearchError> {
        let after = after.unwrap_or_default();
        let changes = self.store.changes_after(Seq::default(), usize::MAX >> 1)?;
        let ids = changes.into_iter().filter_map(|change| match change {
            Change::Item(item)
                if item.born > after
                    && (request.kind.is_empty() || request.kind.contains(&item.kind)) =>
            {
                Some(item.id)
            }
            _ => None,
        });
        Ok(ids.collect())
    }
}

pub struct House {
    pub dir: tempfile::TempDir,
    pub store: Store,
    pub index: Scan,
}

impl House {
    pub async fn new(sources: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let sources = sources.iter().map(|id| source(id)).collect();
        store
            .set_sources(sources, at("2026-11-01T00:00:00Z"))
            .await
            .unwrap();
        Self::over(dir, store)
    }

    pub fn over(dir: tempfile::TempDir, store: Store) -> Self {
        let index = Scan {
            store: store.clone(),
            behind: Arc::default(),
        };
        Self { dir, store, index }
    }

    /// As after a crash: everything but the data directory is gone.
    pub fn again(self) -> Self {
        let Self { dir, store, index } = self;
        drop((store, index));
        let store = Store::open(dir.path()).unwrap();
        Self::over(dir, store)
    }

    /// Records an item at `now` that was published at `published`.
    pub async fn record(
        &self,
        source: &str,
        guid: &str,
        now: Timestamp,
        published: Timestamp,
        story: Option<&Sketch>,
    ) {
        let new = understood(source, guid, published, story);
        self.decide(source, now, Intent::Insert(Box::new(new)))
            .await;
    }

    /// Records a visit that came to one decision.
    pub async fn decide(&self, source: &str, now: Timestamp, intent: Intent) {
        let lease = self
            .store
            .lease_source(source.parse().unwrap(), now, Duration::from_mins(1))
            .await
            .unwrap()
            .expect("the lease");
        let visit = Visit {
            at: now,
            state: lease.state.clone(),
            intents: vec![intent],
            log: VisitLog {
                at: now,
                url: "https://a.ro/feed".into(),
                status: Some(200),
                millis: 1,
                bytes: 1,
                listed: 1,
                new: 1,
                changed: 0,
                fault: None,
                note: None,
            },
        };
        self.store.record(&lease, visit).await.unwrap();
    }

    pub async fn publish(&self, specs: &[DigestSpec], now: Timestamp) -> usize {
        publish_due(&self.store, &self.index, specs, now, &TimeZone::UTC, true)
            .await
            .unwrap()
            .len()
    }

    pub fn editions(&self, spec: &DigestSpec) -> Vec<Edition> {
        self.store.editions(&spec.id, 1000).unwrap()
    }

    /// The titles of all stories told, by how often each was.
    pub fn told(&self, spec: &DigestSpec) -> HashMap<String, usize> {
        let mut told = HashMap::new();
        for edition in self.editions(spec) {
            for story in Body::of(&edition)
                .unwrap()
                .groups
                .into_iter()
                .flat_map(|group| group.stories)
            {
                *told.entry(story.title).or_default() += 1;
            }
        }
        told
    }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

pub fn source(id: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: id.to_uppercase(),
        url: Some(Url::parse(&format!("https://{id}.ro/")).unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

pub fn understood(
    source: &str,
    guid: &str,
    published: Timestamp,
    story: Option<&Sketch>,
) -> Understood {
    let url = Url::parse(&format!("https://{source}.ro/{guid}")).unwrap();
    Understood {
        draft: Draft {
            guid: Some(guid.into()),
            url: Some(url.clone()),
            title: guid.into(),
            author: None,
            html: None,
            text: format!("Text {guid}"),
            summary: None,
            published: Some(published),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(guid.into())],
        url,
        content_hash: guid.into(),
        excerpt: guid.into(),
        lang: None,
        kind: Kind::News,
        topics: Vec::new(),
        deadline: None,
        event: None,
        sketch: story.cloned().unwrap_or_default(),
    }
}

pub fn spec(id: &str, period: Period) -> DigestSpec {
    DigestSpec {
        id: id.parse().unwrap(),
        title: vec![(Language::EN, id.into())],
        query: SearchRequest::default(),
        period,
        hour: 7,
        weekday: Weekday::Monday,
        time_zone: TimeZone::get("Europe/Bucharest").unwrap(),
        limit: 100,
        manner: vesti::config::Manner::default(),
        recipients: Vec::new(),
    }
}
