//! Stories out of decisions about pairs.
//!
//! Star clusters (Aslam, Pelekhov, Rus 2004): the announcement that most sources carry is the middle of a story, and only
//! what tells the same as the middle belongs to it. So a chain of small differences does not lead from one story to
//! another, and what is put together of two stories does not make them one.

use std::collections::{HashMap, HashSet};

use super::Why;
use crate::domain::{ItemId, Language};

/// An announcement that is like others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which.
    pub id: ItemId,
    /// Whose.
    pub source: String,
    /// When it was published (milliseconds since 1970).
    pub at: i64,
    /// Its language.
    pub lang: Option<Language>,
}

/// Two announcements that tell the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// One of them.
    pub a: ItemId,
    /// The other.
    pub b: ItemId,
    /// By what that is known; `None` where they are versions of one source.
    pub why: Option<Why>,
}

/// Makes stories: for each member, in the order given, the earliest member of its story. Whatever the order of members and
/// links, the stories are the same.
#[must_use]
pub fn partition(members: &[Member], links: &[Link]) -> Vec<ItemId> {
    let groups = Groups::of(members, links);
    let mut story: Vec<Option<usize>> = vec![None; groups.all.len()];
    let mut stories: Vec<Vec<usize>> = Vec::new();
    for middle in groups.middles() {
        if story[middle].is_some() {
            continue;
        }
        let mut told = vec![middle];
        let mut around: Vec<(Why, usize)> = groups.near[middle]
            .iter()
            .filter(|(other, _)| story[**other].is_none())
            .map(|(other, why)| (*why, *other))
            .collect();
        around.sort_by_key(|(why, other)| (*why, groups.all[*other].first));
        for (why, other) in around {
            if groups.fits(&told, other, why) {
                told.push(other);
            }
        }
        for group in &told {
            story[*group] = Some(stories.len());
        }
        stories.push(told);
    }
    let earliest: Vec<Option<ItemId>> = stories
        .iter()
        .map(|told| {
            let firsts = told.iter().map(|group| groups.all[*group].first);
            firsts.min().map(|(_, id)| id)
        })
        .collect();
    groups
        .of_member
        .iter()
        .zip(members)
        .map(|(group, member)| {
            let story = story[*group].and_then(|story| earliest[story]);
            story.unwrap_or(member.id)
        })
        .collect()
}

/// Versions of one announcement, which stand or fall together.
struct Group<'a> {
    source: &'a str,
    lang: Option<Language>,
    /// When the earliest was published, and which that is.
    first: (i64, ItemId),
}

struct Groups<'a> {
    all: Vec<Group<'a>>,
    /// By member.
    of_member: Vec<usize>,
    /// By group: those that tell the same, and the surest way in which that is known.
    near: Vec<HashMap<usize, Why>>,
}

impl<'a> Groups<'a> {
    fn of(members: &'a [Member], links: &[Link]) -> Self {
        let place: HashMap<ItemId, usize> = members
            .iter()
            .enumerate()
            .map(|(place, member)| (member.id, place))
            .collect();
        let known = links.iter().filter_map(|link| {
            let (a, b) = (*place.get(&link.a)?, *place.get(&link.b)?);
            (a != b).then_some((a, b, link.why))
        });
        let known: Vec<(usize, usize, Option<Why>)> = known.collect();
        let mut root: Vec<usize> = (0..members.len()).collect();
        for (a, b, _) in known.iter().filter(|(_, _, why)| why.is_none()) {
            let (a, b) = (find(&mut root, *a), find(&mut root, *b));
            root[a.max(b)] = a.min(b);
        }
        let mut number: HashMap<usize, usize> = HashMap::new();
        let mut all: Vec<Group<'a>> = Vec::new();
        let mut of_member = Vec::with_capacity(members.len());
        for (place, member) in members.iter().enumerate() {
            let first = (member.at, member.id);
            let group = *number.entry(find(&mut root, place)).or_insert_with(|| {
                all.push(Group {
                    source: &member.source,
                    lang: member.lang,
                    first,
                });
                all.len() - 1
            });
            let group_of = &mut all[group];
            if first < group_of.first {
                group_of.first = first;
                group_of.lang = member.lang;
            }
            of_member.push(group);
        }
        let mut near: Vec<HashMap<usize, Why>> = vec![HashMap::new(); all.len()];
        for (a, b, why) in known {
            let (a, b) = (of_member[a], of_member[b]);
            if let Some(why) = why.filter(|_| a != b) {
                for (from, to) in [(a, b), (b, a)] {
                    let surest = near[from].entry(to).or_insert(why);
                    *surest = why.min(*surest);
                }
            }
        }
        Self {
            all,
            of_member,
            near,
        }
    }

    /// All groups, those first that most sources carry: a source that repeats itself counts once.
    fn middles(&self) -> Vec<usize> {
        let mut middles: Vec<usize> = (0..self.all.len()).collect();
        middles.sort_by_cached_key(|group| {
            let near = self.near[*group].keys();
            let sources: HashSet<&str> = near.map(|other| self.all[*other].source).collect();
            (std::cmp::Reverse(sources.len()), self.all[*group].first)
        });
        middles
    }

    /// Whether what is like the middle of a story (the first of `told`) also goes with the rest of it.
    fn fits(&self, told: &[usize], other: usize, why: Why) -> bool {
        let (mut like, mut unlike) = (0, 0);
        for known in told {
            let (a, b) = (&self.all[*known], &self.all[other]);
            if self.near[other].contains_key(known) {
                like += 1;
            } else if a.lang == b.lang {
                // A source does not tell the same twice without that being seen.
                if a.source == b.source {
                    return false;
                }
                unlike += 1;
            }
        }
        // In one language it is seen what tells the same: what goes with the middle alone is another part of it.
        why == Why::Copy || like > unlike
    }
}

/// The least member of a set of versions.
fn find(root: &mut [usize], mut place: usize) -> usize {
    while root[place] != place {
        root[place] = root[root[place]];
        place = root[place];
    }
    place
}
