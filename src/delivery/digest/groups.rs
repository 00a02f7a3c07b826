//! What the stories of an edition stand under.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{Group, Heading, Story};
use crate::config::{Grouping, Manner, Topics};
use crate::domain::{Country, Item, Kind, TopicId};

/// Kinds in the order in which they are shown: what asks for an answer first.
const ORDER: [Kind; 8] = [
    Kind::Call,
    Kind::Consultation,
    Kind::Tender,
    Kind::Event,
    Kind::Vacancy,
    Kind::News,
    Kind::Report,
    Kind::Other,
];

/// Countries in the order in which they are shown; others follow by their codes.
const COUNTRIES: [Country; 4] = [Country::RO, Country::LV, Country::MD, Country::EU];

/// Puts stories under headings; within each they keep their order.
pub(super) fn group(manner: &Manner, stories: Vec<(Story, &Item)>) -> Vec<Group> {
    match manner.group {
        Grouping::Kind => by_kind(stories),
        Grouping::Topic => by_topic(&manner.topics, stories),
        Grouping::Country => by_country(stories),
    }
}

fn by_kind(stories: Vec<(Story, &Item)>) -> Vec<Group> {
    let place = |kind: Kind| ORDER.iter().position(|own| *own == kind);
    let mut groups: BTreeMap<_, Group> = BTreeMap::new();
    for (story, item) in stories {
        put(
            &mut groups,
            place(item.kind),
            Heading::Kind(item.kind),
            story,
        );
    }
    groups.into_values().collect()
}

fn by_country(stories: Vec<(Story, &Item)>) -> Vec<Group> {
    let place = |country: Country| {
        let place = COUNTRIES.iter().position(|own| *own == country);
        (place.unwrap_or(COUNTRIES.len()), country)
    };
    let mut groups: BTreeMap<_, Group> = BTreeMap::new();
    for (story, item) in stories {
        let heading = Heading::Country(item.country);
        put(&mut groups, place(item.country), heading, story);
    }
    groups.into_values().collect()
}

fn put<K: Ord>(groups: &mut BTreeMap<K, Group>, place: K, heading: Heading, story: Story) {
    let group = groups.entry(place).or_insert_with(|| Group {
        heading,
        stories: Vec::new(),
    });
    group.stories.push(story);
}

/// Each story once, although most are on several topics: the topic that gathers most stories takes its own first, then
/// the one that gathers most of what is left. What has no topic comes last.
fn by_topic(topics: &Topics, stories: Vec<(Story, &Item)>) -> Vec<Group> {
    let mut left: Vec<(Story, BTreeSet<&TopicId>)> = stories
        .into_iter()
        .map(|(story, item)| {
            let own = item.topics.iter().map(|topic| topics.widest(topic));
            (story, own.collect())
        })
        .collect();
    let mut groups = Vec::new();
    loop {
        let mut counts: BTreeMap<&TopicId, usize> = BTreeMap::new();
        for topic in left.iter().flat_map(|(_, own)| own) {
            *counts.entry(topic).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or_default();
        let Some((topic, _)) = counts.into_iter().find(|(_, count)| *count == most) else {
            break;
        };
        let (taken, rest) = left.into_iter().partition(|(_, own)| own.contains(topic));
        left = rest;
        groups.push(Group {
            heading: Heading::Topic {
                id: topic.clone(),
                names: topics.names(topic),
            },
            stories: only_stories(taken),
        });
    }
    if !left.is_empty() {
        groups.push(Group {
            heading: Heading::Rest,
            stories: only_stories(left),
        });
    }
    groups
}

fn only_stories<T>(stories: Vec<(Story, T)>) -> Vec<Story> {
    stories.into_iter().map(|(story, _)| story).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::digest::Span;
    use crate::delivery::digest::compose::compose;
    use crate::delivery::digest::testing::{at, item, spec};
    use std::collections::{HashMap, HashSet};

    fn edition(manner: Manner, items: &[Item]) -> Vec<(String, Vec<String>)> {
        let mut spec = spec(crate::config::Period::Daily, 7, "UTC");
        spec.manner = manner;
        let span = Span {
            start: at("2026-11-20T07:00:00Z"),
            end: at("2026-11-21T07:00:00Z"),
        };
        let (body, _) = compose(&spec, span, items, &HashMap::new(), &HashSet::new());
        let titles = |group: &Group| {
            group
                .stories
                .iter()
                .map(|story| story.title.clone())
                .collect()
        };
        body.groups
            .iter()
            .map(|group| {
                let heading = match &group.heading {
                    Heading::Topic { id, .. } => id.to_string(),
                    Heading::Country(country) => country.to_string(),
                    other => format!("{other:?}"),
                };
                (heading, titles(group))
            })
            .collect()
    }

    #[test]
    fn every_story_stands_under_one_topic_the_busiest_first() {
        let topic = |id: &str| id.parse::<TopicId>().unwrap();
        let mut items: Vec<Item> = (1..=5)
            .map(|number| {
                item(
                    number,
                    &format!("s{number}"),
                    &format!("2026-11-20T1{number}:00:00Z"),
                )
            })
            .collect();
        items[0].topics = vec![topic("health")];
        items[1].topics = vec![topic("health"), topic("funding")];
        items[2].topics = vec![topic("funding")];
        items[3].topics = vec![topic("funding"), topic("poverty")];
        let manner = Manner {
            group: Grouping::Topic,
            ..Manner::default()
        };
        let groups = edition(manner, &items);
        let headings: Vec<&str> = groups.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(headings, ["funding", "health", "Rest"]);
        assert_eq!(groups[0].1, ["title 4", "title 3", "title 2"]);
        assert_eq!(groups[1].1, ["title 1"]);
    }

    #[test]
    fn countries_come_in_their_order_and_others_after_them() {
        let mut items: Vec<Item> = (1..=4)
            .map(|number| item(number, &format!("s{number}"), "2026-11-20T10:00:00Z"))
            .collect();
        let countries = ["UA", "MD", "BG", "RO"];
        for (item, country) in items.iter_mut().zip(countries) {
            item.country = country.parse().unwrap();
        }
        let manner = Manner {
            group: Grouping::Country,
            ..Manner::default()
        };
        let groups = edition(manner, &items);
        let headings: Vec<&str> = groups.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(headings, ["RO", "MD", "BG", "UA"]);
    }

    #[test]
    fn beyond_the_most_of_a_source_stories_are_only_named() {
        let items: Vec<Item> = (1..=4)
            .map(|number| item(number, "busy", "2026-11-20T10:00:00Z"))
            .collect();
        let mut spec = spec(crate::config::Period::Daily, 7, "UTC");
        spec.manner.per_source = 1;
        let span = Span {
            start: at("2026-11-20T07:00:00Z"),
            end: at("2026-11-21T07:00:00Z"),
        };
        let (body, _) = compose(&spec, span, &items, &HashMap::new(), &HashSet::new());
        let stories = &body.groups[0].stories;
        let full = stories.iter().filter(|story| !story.excerpt.is_empty());
        assert_eq!((full.count(), stories.len()), (1, 4));
    }
}
