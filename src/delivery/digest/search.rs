//! Digests of any search, made when they are asked for: the same editions as of named ones, with nothing configured.
//!
//! They are not stored, so what belongs to an edition must not depend on when it is looked at. Each item belongs to the
//! period in which vesti first saw it, which never changes: whatever comes late goes into the next edition, and a period
//! that has ended gets nothing more. Only what was there already when the service had its first look at the sources
//! belongs where its date says. What a search means by “open” or “the last seven days” is meant at the end of each period.
//! Announcements that are withdrawn leave their edition, and what is edited is shown as it is now.

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::compose::compose;
use super::plan::opening_editions;
use super::publish::{DigestError, Select, light, told};
use super::{Span, periods};
use crate::config::{DigestSpec, Manner};
use crate::domain::{Arrival, DateBound, DigestId, ItemId, Language, SearchRequest};
use crate::store::{Arrived, Edition, Store};

/// How far before an edition it is looked for stories that were told already.
const TOLD_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Most items that one edition is made of, the latest; the others are only counted.
const MOST: usize = 500;
/// How much older than the first item that was ever seen an item can be that is news.
const OLDEST: SignedDuration = SignedDuration::from_hours(46 * 24);

/// The spec of a digest of a search; `rhythm` says all but its name and query. The same search and rhythm have the same
/// id at any time.
#[must_use]
pub fn of_search(
    query: SearchRequest,
    rhythm: DigestSpec,
    title: (Language, String),
    address: Vec<(String, String)>,
) -> DigestSpec {
    DigestSpec {
        id: id_of(&address).unwrap_or_else(|| rhythm.id.clone()),
        title: vec![title],
        query: SearchRequest {
            sort: None,
            cursor: None,
            ..query
        },
        manner: Manner {
            address: Some(address),
            ..rhythm.manner
        },
        ..rhythm
    }
}

fn id_of(address: &[(String, String)]) -> Option<DigestId> {
    let mut hasher = Sha256::new();
    for (name, value) in address {
        for text in [name, value] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
    }
    let digest = hasher.finalize();
    format!("search-{}", crate::domain::hex(&digest[..10]))
        .parse()
        .ok()
}

/// How long after its end an edition is still waited for. Pages are read and documents looked into within minutes of an
/// announcement's arrival, and may show it to be what a search asks for.
const SETTLING: SignedDuration = SignedDuration::from_mins(5);

/// The moment up to which periods that have ended can be told of at `now`.
#[must_use]
pub fn settled(now: Timestamp) -> Timestamp {
    now.saturating_sub(SETTLING).unwrap_or(now)
}

/// The latest periods that have ended at `now`, the latest first: as many as a digest opens with.
#[must_use]
pub fn latest_spans(spec: &DigestSpec, now: Timestamp) -> Vec<Span> {
    let mut spans = vec![periods::ended(spec, now)];
    while spans.len() < opening_editions(spec.period) {
        spans.push(periods::before(spec, spans[spans.len() - 1].start));
    }
    spans
}

/// The period that ends at a moment, where one does.
#[must_use]
pub fn span_to(spec: &DigestSpec, end: Timestamp) -> Option<Span> {
    Some(periods::ended(spec, end)).filter(|span| span.end == end)
}

/// Whether there can be anything in or before a period that ends here.
pub fn can_hold(store: &Store, end: Timestamp) -> Result<bool, DigestError> {
    let first = store.first_arrival()?;
    let oldest = first.and_then(|first| first.saturating_sub(OLDEST).ok());
    Ok(oldest.is_some_and(|oldest| end > oldest))
}

/// The editions of some periods (blocking), in their order; those in which nothing came have no items. `zone` is the
/// one that dates in the query are meant in.
pub fn editions_of_search<I: Select>(
    store: &Store,
    index: &I,
    spec: &DigestSpec,
    spans: &[Span],
    zone: &TimeZone,
) -> Result<Vec<Edition>, DigestError> {
    let look = Look {
        store,
        index,
        zone,
        opened: store.opened()?.unwrap_or(Timestamp::MAX),
    };
    let mut known = HashMap::new();
    spans
        .iter()
        .map(|span| look.edition(spec, *span, &mut known))
        .collect()
}

/// All that editions are looked for in.
struct Look<'a, I> {
    store: &'a Store,
    index: &'a I,
    zone: &'a TimeZone,
    opened: Timestamp,
}

impl<I: Select> Look<'_, I> {
    fn edition(
        &self,
        spec: &DigestSpec,
        span: Span,
        known: &mut HashMap<ItemId, Option<Arrived>>,
    ) -> Result<Edition, DigestError> {
        let since = span.start.saturating_sub(TOLD_BEFORE).unwrap_or(span.start);
        let ids = self.candidates(&spec.query, span, since)?;
        let unknown: Vec<ItemId> = ids
            .iter()
            .filter(|id| !known.contains_key(*id))
            .copied()
            .collect();
        for id in &unknown {
            known.insert(*id, None);
        }
        for arrived in self.store.arrived(&unknown)? {
            known.insert(arrived.id, Some(arrived));
        }
        let mut own: Vec<Arrived> = Vec::new();
        let mut before: HashSet<ItemId> = HashSet::new();
        for arrived in ids.iter().filter_map(|id| known.get(id).copied().flatten()) {
            let moment = self.moment(&arrived);
            if arrived.arrival != Arrival::News || moment < since || moment >= span.end {
                continue;
            }
            if moment < span.start {
                before.insert(arrived.id);
            } else {
                own.push(arrived);
            }
        }
        own.sort_by_key(|arrived| std::cmp::Reverse((self.moment(arrived), arrived.born)));
        let left_out = own.len().saturating_sub(MOST);
        own.truncate(MOST);
        let ids: Vec<ItemId> = own.iter().map(|arrived| arrived.id).collect();
        let items: Vec<_> = self.store.items(&ids)?.into_iter().map(light).collect();
        let editions = [items];
        let mut stories = told(self.store, &editions, &HashSet::new())?;
        for items in stories.values_mut() {
            let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
            let in_time: HashSet<ItemId> = self
                .store
                .arrived(&ids)?
                .iter()
                .filter(|arrived| self.moment(arrived) < span.end)
                .map(|arrived| arrived.id)
                .collect();
            items.retain(|item| in_time.contains(&item.id));
        }
        let (mut body, items) = compose(spec, span, &editions[0], &stories, &before);
        body.more = body
            .more
            .saturating_add(u32::try_from(left_out).unwrap_or(u32::MAX));
        Ok(Edition {
            digest: spec.id.clone(),
            start: span.start,
            end: span.end,
            published: span.end,
            through: crate::domain::Seq(0),
            body: serde_json::to_value(body)?,
            items,
        })
    }

    /// What decides to which period an item belongs.
    fn moment(&self, arrived: &Arrived) -> Timestamp {
        if arrived.first_seen <= self.opened {
            arrived.sort_at
        } else {
            arrived.first_seen
        }
    }

    /// All that the query selects at the end of a period, as far back as `since`; maybe more.
    fn candidates(
        &self,
        query: &SearchRequest,
        span: Span,
        since: Timestamp,
    ) -> Result<Vec<ItemId>, DigestError> {
        let select =
            |query: &SearchRequest, after| self.index.select(query, span.end, self.zone, after);
        let mut ids = Vec::new();
        if since <= self.opened {
            // By their dates, a day more than need be.
            let day = since.to_zoned(self.zone.clone()).date();
            let day = day.yesterday().unwrap_or(day);
            let own = query.from.map(|from| from.day(span.end, self.zone));
            let from = own.map_or(day, |own| own.max(day));
            let query = SearchRequest {
                from: Some(DateBound::Day(from)),
                ..query.clone()
            };
            ids.extend(select(&query, None)?);
        }
        let seen = since.max(self.opened);
        if let Some(after) = self.store.before_first_seen(seen)? {
            ids.extend(select(query, Some(after))?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}
