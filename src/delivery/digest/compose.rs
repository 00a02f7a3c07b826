//! How an edition is made of the items that belong to it.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::body::{Body, Carrier, Closes, Group, Heading, Story};
use super::groups;
use super::periods::Span;
use crate::config::DigestSpec;
use crate::domain::{Deadline, Item, ItemId, Precision, SourceId, StoryId};

/// What closes within so many days comes first.
const CLOSING_DAYS: i64 = 7;
/// Most sources named beside a story.
const MOST_CARRIERS: usize = 20;

/// Makes an edition of the items that belong to it. `told` has all live items of their stories; `delivered`, whatever
/// earlier editions had. Gives the content, and every item that it settles, in the order of their ids.
///
/// A story that an earlier edition told from another source is not told again.
#[must_use]
pub(super) fn compose(
    spec: &DigestSpec,
    span: Span,
    items: &[Item],
    told: &HashMap<StoryId, Vec<Item>>,
    delivered: &HashSet<ItemId>,
) -> (Body, Vec<ItemId>) {
    let mut stories: HashMap<StoryId, Vec<&Item>> = HashMap::new();
    for item in items.iter().filter(|item| !delivered.contains(&item.id)) {
        stories.entry(item.story).or_default().push(item);
    }
    let mut settled = Vec::new();
    let mut found: Vec<(Story, &Item)> = Vec::new();
    for (id, mut own) in stories {
        let all = told.get(&id).map_or(&[][..], Vec::as_slice);
        own.retain(|item| {
            !all.iter()
                .any(|other| other.source != item.source && delivered.contains(&other.id))
        });
        // What its source has replaced says no longer what it says now.
        own.sort_by_key(|item| (item.newer.is_some(), item.sort_at, item.id));
        let Some(first) = own.first().copied() else {
            continue;
        };
        let mut carriers: Vec<&Item> = all
            .iter()
            .filter(|item| item.sort_at < span.end && !delivered.contains(&item.id))
            .collect();
        carriers.extend(own.iter());
        carriers.sort_by_key(|item| {
            (
                item.id != first.id,
                item.newer.is_some(),
                item.sort_at,
                item.id,
            )
        });
        carriers.dedup_by_key(|item| item.id);
        settled.extend(carriers.iter().map(|item| item.id));
        found.push((story(first, &carriers), first));
    }
    settled.sort_unstable();
    settled.dedup();
    let (groups, more) = arrange(spec, span.end, found);
    let body = Body {
        groups,
        more,
        query: spec
            .query
            .to_pairs()
            .into_iter()
            .filter(|(name, _)| *name != "sort")
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        waiting: Vec::new(),
        opening: false,
    };
    (body, settled)
}

fn story(first: &Item, carriers: &[&Item]) -> Story {
    let zone = first.country.time_zone();
    let mut seen = HashSet::new();
    Story {
        id: first.story,
        title: first.title.clone(),
        lang: first.lang.map(|detected| detected.lang),
        excerpt: first.excerpt.clone(),
        day: first.published.map(|at| at.to_zoned(zone.clone()).date()),
        closes: first.deadline.as_ref().map(|deadline| Closes {
            at: shown(deadline).to_zoned(zone.clone()).datetime(),
            hour: deadline.precision == Precision::Second,
        }),
        sources: carriers
            .iter()
            .filter(|item| seen.insert(&item.source))
            .take(MOST_CARRIERS)
            .map(|item| Carrier {
                id: item.source.clone(),
                name: item.source_name.clone(),
                country: item.country,
                item: item.id,
                url: item.url.clone(),
            })
            .collect(),
    }
}

/// A moment of the day that is meant, also where the end of it is written as the next midnight.
fn shown(deadline: &Deadline) -> Timestamp {
    if deadline.precision == Precision::Second {
        deadline.at
    } else {
        deadline
            .at
            .saturating_sub(SignedDuration::from_secs(1))
            .unwrap_or(deadline.at)
    }
}

/// Orders, limits and groups the stories.
fn arrange(spec: &DigestSpec, end: Timestamp, mut found: Vec<(Story, &Item)>) -> (Vec<Group>, u32) {
    let closing = |item: &Item| -> Option<Timestamp> {
        let at = item.deadline.as_ref()?.at;
        let week = end
            .saturating_add(SignedDuration::from_hours(24 * CLOSING_DAYS))
            .unwrap_or(end);
        (end <= at && at <= week).then_some(at)
    };
    // Within a source: what closes soon, then the newest.
    found.sort_by_key(|(_, item)| {
        let closes = closing(item);
        (
            closes.is_none(),
            closes,
            std::cmp::Reverse(item.sort_at),
            item.id,
        )
    });
    let mut of_source: HashMap<SourceId, usize> = HashMap::new();
    let mut ranked: Vec<(usize, Story, &Item)> = found
        .into_iter()
        .map(|(story, item)| {
            let rank = of_source.entry(item.source.clone()).or_default();
            *rank += 1;
            (*rank, story, item)
        })
        .collect();
    // Among sources: every source's first story before any source's second, rare sources before busy ones.
    ranked.sort_by_key(|(rank, _, item)| {
        let closes = closing(item);
        let busy = of_source.get(&item.source).copied().unwrap_or_default();
        (
            closes.is_none(),
            closes,
            *rank,
            busy,
            std::cmp::Reverse(item.sort_at),
            item.id,
        )
    });
    let more = ranked.len().saturating_sub(spec.limit);
    ranked.truncate(spec.limit);
    let mut closing_soon = Vec::new();
    let mut others = Vec::new();
    for (rank, mut story, item) in ranked {
        if closing(item).is_some() {
            closing_soon.push(story);
            continue;
        }
        // A source that publishes much does not bury the others, and yet nothing is missed.
        if rank > spec.manner.per_source {
            story.excerpt.clear();
        }
        others.push((story, item));
    }
    let mut groups = Vec::new();
    if !closing_soon.is_empty() {
        groups.push(Group {
            heading: Heading::Closing,
            stories: closing_soon,
        });
    }
    groups.extend(groups::group(&spec.manner, others));
    (groups, u32::try_from(more).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{PER_SOURCE, Period};
    use crate::delivery::digest::testing::{at, item, spec};
    use crate::domain::Kind;

    fn span() -> Span {
        Span {
            start: at("2026-11-20T07:00:00Z"),
            end: at("2026-11-21T07:00:00Z"),
        }
    }

    fn told(items: &[Item]) -> HashMap<StoryId, Vec<Item>> {
        let mut told: HashMap<StoryId, Vec<Item>> = HashMap::new();
        for item in items {
            told.entry(item.story).or_default().push(item.clone());
        }
        told
    }

    #[test]
    fn a_story_is_told_once_with_every_source() {
        let spec = spec(Period::Daily, 7, "UTC");
        let mut items = vec![
            item(1, "b-source", "2026-11-20T10:00:00Z"),
            item(2, "a-source", "2026-11-20T09:00:00Z"),
            item(3, "c-source", "2026-11-20T11:00:00Z"),
        ];
        items[1].story = items[0].story;
        // Carried by a third source that the query did not select.
        let mut other = item(4, "d-source", "2026-11-20T12:00:00Z");
        other.story = items[0].story;
        let mut all = items.clone();
        all.push(other);
        let (body, settled) = compose(&spec, span(), &items, &told(&all), &HashSet::new());
        assert_eq!(body.stories(), 2);
        let story = body.groups[0]
            .stories
            .iter()
            .find(|story| story.id == items[0].story)
            .unwrap();
        let sources: Vec<&str> = story
            .sources
            .iter()
            .map(|carrier| carrier.id.as_str())
            .collect();
        assert_eq!(sources, ["a-source", "b-source", "d-source"]);
        assert_eq!(settled.len(), 4);
    }

    #[test]
    fn a_story_told_before_from_elsewhere_is_not_told_again() {
        let spec = spec(Period::Daily, 7, "UTC");
        let before = item(1, "a", "2026-11-19T10:00:00Z");
        let mut copy = item(2, "b", "2026-11-20T10:00:00Z");
        copy.story = before.story;
        // The same source's next announcement is a new one, however alike.
        let mut next = item(3, "a", "2026-11-20T11:00:00Z");
        next.story = before.story;
        let all = told(&[before.clone(), copy.clone(), next.clone()]);
        let delivered = HashSet::from([before.id]);
        let (body, settled) = compose(&spec, span(), &[copy.clone()], &all, &delivered);
        assert_eq!((body.stories(), settled.len()), (0, 0));
        let (body, _) = compose(&spec, span(), &[next], &all, &delivered);
        assert_eq!(body.stories(), 1);
        let (body, _) = compose(&spec, span(), &[before], &all, &delivered);
        assert_eq!(body.stories(), 0);
    }

    #[test]
    fn what_closes_soon_comes_first_and_then_kinds_in_their_order() {
        let spec = spec(Period::Daily, 7, "UTC");
        let deadline = |text: &str| {
            Some(Deadline {
                at: at(text),
                precision: Precision::Day,
                evidence: String::new(),
            })
        };
        let mut items: Vec<Item> = (1..=5)
            .map(|number| item(number, &format!("s{number}"), "2026-11-20T10:00:00Z"))
            .collect();
        items[0].kind = Kind::News;
        items[1].kind = Kind::Call;
        items[1].deadline = deadline("2026-12-24T21:59:59Z");
        items[2].kind = Kind::Call;
        items[2].deadline = deadline("2026-11-27T21:59:59Z");
        items[3].kind = Kind::Vacancy;
        items[3].deadline = deadline("2026-11-24T22:00:00Z");
        items[4].kind = Kind::Call;
        items[4].deadline = deadline("2026-11-20T21:59:59Z");
        let (body, _) = compose(&spec, span(), &items, &told(&items), &HashSet::new());
        let headings: Vec<Heading> = body
            .groups
            .iter()
            .map(|group| group.heading.clone())
            .collect();
        assert_eq!(
            headings,
            [
                Heading::Closing,
                Heading::Kind(Kind::Call),
                Heading::Kind(Kind::News)
            ]
        );
        let closing: Vec<&str> = body.groups[0]
            .stories
            .iter()
            .map(|story| story.title.as_str())
            .collect();
        assert_eq!(closing, ["title 4", "title 3"]);
        let day = body.groups[0].stories[0].closes.as_ref().unwrap().at.date();
        assert_eq!(
            day.to_string(),
            "2026-11-24",
            "the day that ends at midnight"
        );
    }

    #[test]
    fn a_busy_source_does_not_bury_a_rare_one() {
        let mut spec = spec(Period::Daily, 7, "UTC");
        spec.limit = 6;
        let mut items: Vec<Item> = (1..=9)
            .map(|number| item(number, "busy", &format!("2026-11-20T1{number}:00:00Z")))
            .collect();
        items.push(item(20, "rare", "2026-11-20T08:00:00Z"));
        let (body, settled) = compose(&spec, span(), &items, &told(&items), &HashSet::new());
        let stories = &body.groups[0].stories;
        assert_eq!(stories[0].sources[0].id.as_str(), "rare");
        assert_eq!((stories.len(), body.more), (6, 4));
        let full = stories
            .iter()
            .filter(|story| !story.excerpt.is_empty())
            .count();
        assert_eq!(full, 1 + PER_SOURCE);
        assert_eq!(settled.len(), 10, "what found no place is settled too");
    }
}
