//! Links of one shape parted by the list that they stand in: on plain pages the menu and the news are made alike.

use rustc_hash::FxHashMap;

use super::links::Link;
use super::page::Page;

/// Parts links of one shape (indexes into `links`, in order) into lists.
pub(super) fn parted(page: &Page, links: &[Link], members: Vec<usize>) -> Vec<Vec<usize>> {
    if members.len() < 3 {
        return vec![members];
    }
    let nodes: Vec<(usize, usize)> = members
        .iter()
        .map(|at| (links[*at].node, links[*at].key))
        .collect();
    let shared = |from: usize, to: usize, key: usize| {
        let first = nodes.partition_point(|(node, _)| *node < from);
        nodes[first..]
            .iter()
            .take_while(|(node, _)| *node < to)
            .take(60)
            .any(|(_, other)| *other != key)
    };
    let mut lists: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut places: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, (node, key)) in members.iter().zip(&nodes) {
        // The nearest element that holds another of them.
        let container = page
            .above(*node)
            .find(|above| shared(*above, page.nodes[*above].end, *key))
            .unwrap_or(0);
        let place = *places.entry(container).or_insert_with(|| {
            lists.push((container, Vec::new()));
            lists.len() - 1
        });
        lists[place].1.push(*at);
    }
    if lists.len() == 1 {
        return lists.into_iter().map(|(_, list)| list).collect();
    }
    lists.sort_by_key(|(container, _)| *container);
    // Rows of a grid follow each other and are made alike; and a row with one entry is part of the grid around it.
    let mut merged: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut alone: Vec<(usize, Vec<usize>)> = Vec::new();
    for (container, list) in lists {
        let around = places
            .keys()
            .any(|other| *other > container && *other < page.nodes[container].end);
        if around {
            alone.push((container, list));
            continue;
        }
        match merged.last_mut() {
            Some((last, known)) if are_rows(page, *last, container) => {
                *last = container;
                known.extend(list);
            }
            _ => merged.push((container, list)),
        }
    }
    for (container, list) in alone {
        let end = page.nodes[container].end;
        let within: Vec<usize> = (0..merged.len())
            .filter(|at| (container..end).contains(&merged[*at].0))
            .collect();
        match within.as_slice() {
            [one] if list.len() <= 2 => merged[*one].1.extend(list),
            _ => merged.push((container, list)),
        }
    }
    for (_, list) in &mut merged {
        list.sort_unstable();
    }
    merged.into_iter().map(|(_, list)| list).collect()
}

/// Whether two elements are one behind the other and of the same make.
fn are_rows(page: &Page, one: usize, next: usize) -> bool {
    let (first, second) = (&page.nodes[one], &page.nodes[next]);
    first.parent == second.parent
        && first.name() == second.name()
        && first.attr("class").map(first_name) == second.attr("class").map(first_name)
        && !matches!(first.name(), "td" | "table" | "nav")
        && page.nodes[first.end..next]
            .iter()
            .all(|node| node.is_text() && node.chars == 0)
}

fn first_name(class: &str) -> &str {
    class.split_ascii_whitespace().next().unwrap_or_default()
}
