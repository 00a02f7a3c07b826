//! What a search's filters say of one item, where there is no index to ask: of items that were withdrawn.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Item, SearchRequest};

impl SearchRequest {
    /// Whether an item passes all filters. The words are not looked at, nor whether it was withdrawn.
    #[must_use]
    pub fn admits(&self, item: &Item, now: Timestamp, zone: &TimeZone) -> bool {
        let lang = item.lang.map(|detected| detected.lang);
        let within = |from: Timestamp, to: Timestamp| from <= item.sort_at && item.sort_at < to;
        any_of(&self.country, &item.country)
            && any_of(&self.source, &item.source)
            && any_of(&self.role, &item.role)
            && any_of(&self.kind, &item.kind)
            && (self.lang.is_empty() || lang.is_some_and(|lang| self.lang.contains(&lang)))
            && (self.topic.is_empty() || item.topics.iter().any(|own| self.topic.contains(own)))
            && within(
                self.from
                    .map_or(Timestamp::MIN, |from| from.start(now, zone)),
                self.to.map_or(Timestamp::MAX, |to| to.end(now, zone)),
            )
            && (!self.deadline_open || item.deadline.as_ref().is_some_and(|own| own.at >= now))
            && (!self.event_coming || item.event.as_ref().is_some_and(|own| own.over(zone) > now))
    }
}

fn any_of<T: PartialEq>(wanted: &[T], own: &T) -> bool {
    wanted.is_empty() || wanted.contains(own)
}
