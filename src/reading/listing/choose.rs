//! Which groups are the announcements of the page.

use url::Url;

use super::frame::Part;
use super::group::{Entry, Group};

/// A list is one from here on.
const LEAST: f64 = 3.2;
/// A single entry must show more.
const LEAST_ALONE: f64 = 4.5;
/// So good a list is one whatever the others are.
const GOOD: f64 = 5.2;
/// Nodes between a list and what goes on with it.
const NEAR: usize = 40;
/// Lists beside the best may be worse than it by so much.
const SPAN: f64 = 2.2;

/// The entries that count, in the page's order, each address once.
pub(super) fn entries(groups: Vec<Group>) -> Vec<Entry> {
    let worth = |group: &Group| {
        let count = group.entries.len() as f64;
        (group.quality - 1.5).max(0.0) * count.min(20.0).sqrt()
    };
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|one, other| {
        worth(&groups[*other])
            .total_cmp(&worth(&groups[*one]))
            .then(one.cmp(other))
    });
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut chosen: Vec<Group> = Vec::new();
    let mut pattern: Option<String> = None;
    for at in order {
        let Some(group) = groups[at].take() else {
            continue;
        };
        let alone = group.entries.len() == 1;
        let least = match chosen.first() {
            None => {
                if alone {
                    LEAST_ALONE
                } else {
                    LEAST
                }
            }
            Some(best) => {
                let kin = best.path == group.path && best.part == group.part;
                let mut least = (best.quality - SPAN).clamp(LEAST, GOOD);
                if goes_on(best, &group) && follows(pattern.as_deref(), group.entries.iter()) {
                    least -= 1.0;
                }
                // Further titles below a leading story.
                let headlines = group
                    .entries
                    .iter()
                    .all(|entry| entry.spoken && entry.listed.title.chars().count() >= 25);
                if headlines && !alone && chosen.iter().any(|known| stands_below(known, &group)) {
                    least -= 1.0;
                }
                if kin {
                    least - 0.5
                } else if alone {
                    least.max(LEAST_ALONE)
                } else {
                    least
                }
            }
        };
        if group.quality < least
            || (group.foreign || group.part == Part::Aside) && !chosen.is_empty()
        {
            continue;
        }
        if is_about_entries(&group, &chosen) {
            continue;
        }
        if chosen.is_empty() {
            pattern = common_pattern(&group);
        }
        chosen.push(group);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for group in chosen {
        let quality = group.quality;
        for entry in group.entries {
            // The odd one out of a good list: a link to all of them, to a category.
            if entry.score < (quality - 4.5).clamp(0.3, 1.5) || entry.listed.title.is_empty() {
                continue;
            }
            if seen.insert(entry.key) {
                entries.push(entry);
            }
        }
    }
    entries.sort_by_key(|entry| entry.record.top);
    entries
}

/// Whether what stands in a group is about the entries that were chosen: authors, categories, second files. What has
/// several in an entry, each with words of its own, is a list in a section.
fn is_about_entries(group: &Group, chosen: &[Group]) -> bool {
    let mut around = Vec::new();
    for entry in &group.entries {
        let holder = chosen
            .iter()
            .flat_map(|group| &group.entries)
            .find(|known| {
                known.key != entry.key
                    && !known.record.flat
                    && (known.record.top..known.record.to).contains(&entry.node)
            });
        around.extend(holder.map(|known| known.key));
    }
    let inside = around.len();
    around.sort_unstable();
    around.dedup();
    let spoken = group.entries.iter().filter(|entry| entry.spoken).count();
    let all_speak =
        spoken == group.entries.len() || group.quality >= GOOD && spoken * 2 > group.entries.len();
    let own_list = all_speak && inside * 2 > around.len() * 3;
    inside * 2 > group.entries.len() && !own_list
}

/// Whether one list begins where another ends.
fn goes_on(one: &Group, next: &Group) -> bool {
    let end = one.entries.iter().map(|entry| entry.record.to).max();
    let start = next.entries.iter().map(|entry| entry.node).min();
    end.zip(start)
        .is_some_and(|(end, start)| start >= end && start - end <= NEAR)
}

/// Whether a list stands right below an entry.
fn stands_below(known: &Group, next: &Group) -> bool {
    next.entries.first().is_some_and(|first| {
        known.entries.iter().any(|entry| {
            let end = entry.record.to;
            first.node >= end && first.node - end <= NEAR / 2
        })
    })
}

/// The folder and the parameters of an address: what the announcements of a site have in common. `None` for the root.
fn pattern_of(url: &Url) -> Option<String> {
    let (folder, _) = url.path().trim_end_matches('/').rsplit_once('/')?;
    let mut names: Vec<_> = url.query_pairs().map(|(name, _)| name).collect();
    names.sort_unstable();
    // Years, months and numbers differ from one to the next.
    let folder: String = folder
        .split('/')
        .map(|part| {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                "#"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/");
    (folder.len() > 1 || !names.is_empty()).then(|| format!("{folder}?{}", names.join("&")))
}

fn common_pattern(group: &Group) -> Option<String> {
    let pattern = pattern_of(&group.entries.first()?.listed.url);
    follows(pattern.as_deref(), group.entries.iter())
        .then_some(pattern)
        .flatten()
}

/// Whether most addresses are of a pattern.
fn follows<'a>(pattern: Option<&str>, entries: impl Iterator<Item = &'a Entry>) -> bool {
    let Some(pattern) = pattern else {
        return false;
    };
    let (mut all, mut like) = (0, 0);
    for entry in entries {
        all += 1;
        like += usize::from(pattern_of(&entry.listed.url).as_deref() == Some(pattern));
    }
    like * 10 >= all * 6
}
