//! Stories: which items tell the same. Found as items are recorded, in the same transaction.
//!
//! Each item's sketch is kept. `lookup.rs` says which items may tell the same; these are compared, and what tells the same
//! is linked. A story is made of links alone, so it does not matter what came first.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{Item, ItemId, ItemState, Sketch, StoryId};
use crate::understanding::stories::{self, Facts, Link, Member, Told, Verdict, Why};

use super::items::{ITEM, item_of};
use super::lookup::{Lookup, MOST};
use super::rows::{maybe_word, unsigned};
use super::tally::Tally;
use super::{Store, StoreError};

/// Most links of a new item to one source.
const LINKS_TO_A_SOURCE: usize = 3;
/// Most items that are sorted into stories together; what is linked with more joins the story of its nearest.
const TOGETHER: usize = 128;

const DAY: i64 = 86_400_000;

thread_local! {
    /// Of the thread that writes: each store has one, and nobody else records items.
    static LOOKUP: RefCell<Lookup> = RefCell::default();
}

/// How a link is kept.
const VERSION: i64 = 0;
const EASY: i64 = 6;
const WHYS: [(Why, i64); 5] = [
    (Why::Copy, 1),
    (Why::Edited, 2),
    (Why::Excerpt, 3),
    (Why::Title, 4),
    (Why::Translation, 5),
];

/// What an item is compared by, where it is and when.
pub(super) struct Sketched<'a> {
    pub row: i64,
    pub source: &'a str,
    /// Milliseconds.
    pub at: i64,
    pub sketch: &'a Sketch,
}

impl Store {
    /// Finds the stories of up to `most` items that were recorded by a version of vesti that did not know any. True
    /// while there are more of them.
    pub async fn settle_stories(&self, most: usize) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let Some(from) = unsettled(connection)? else {
                return Ok(false);
            };
            let rows: Vec<i64> = connection
                .prepare_cached("SELECT row FROM item WHERE row <= ? ORDER BY row DESC LIMIT ?")?
                .query_map(params![from, most as i64], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut tally = Tally::begin(connection)?;
            for row in &rows {
                if let Some(item) = whole(connection, *row)?
                    && item.state == ItemState::Live
                {
                    let sketch = sketch_of(&item);
                    let sketched = Sketched {
                        row: *row,
                        source: item.source.as_str(),
                        at: item.sort_at.as_millisecond(),
                        sketch: &sketch,
                    };
                    place(connection, &sketched, false, &mut tally)?;
                }
            }
            tally.end_alone(connection)?;
            let next = rows
                .last()
                .filter(|_| rows.len() == most)
                .map(|row| row - 1);
            connection
                .prepare_cached("UPDATE unsettled SET row = ?")?
                .execute([next])?;
            Ok(next.is_some())
        })
        .await
    }

    /// Live items that are the same in easy language, or that an item in easy language is of; the earliest first.
    pub fn easy_versions(&self, id: ItemId) -> Result<Vec<Item>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{ITEM} WHERE i.row IN (SELECT l.b FROM story_link l JOIN item o ON o.row = l.a WHERE o.id = ?1 AND l.why = ?2) \
                     AND i.withdrawn IS NULL AND s.private = 0 ORDER BY i.sort_at, i.id"
                ))?
                .query_map(params![id.get().cast_signed(), EASY], |row| {
                    item_of(row).map(|(item, _)| item)
                })?
                .collect()
        })
    }
}

fn unsettled(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT row FROM unsettled")?
        .query_row([], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

fn whole(connection: &Connection, row: i64) -> rusqlite::Result<Option<Item>> {
    connection
        .prepare_cached(&format!("{ITEM} WHERE i.row = ?"))?
        .query_row([row], |row| item_of(row).map(|(item, _)| item))
        .optional()
}

/// The sketch of an item as it stands in the store.
pub(super) fn sketch_of(item: &Item) -> Sketch {
    stories::sketch(&Facts {
        title: &item.title,
        text: &item.text,
        html: item.html.as_deref(),
        url: Some(&item.url),
        lang: item.lang.map(|found| found.lang),
        kind: Some(item.kind),
        topics: &item.topics,
        deadline: item.deadline.as_ref(),
        event: item.event.as_ref(),
        attachments: &item.attachments,
    })
}

/// Puts a live item into its story, and those around it into theirs. `fresh`: it was never compared before.
pub(super) fn place(
    connection: &Connection,
    item: &Sketched<'_>,
    fresh: bool,
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let mut around = if fresh {
        Vec::new()
    } else {
        forget(connection, item.row)?
    };
    let linked = remember(connection, item)?;
    if linked.is_empty() && around.is_empty() {
        return Ok(());
    }
    around.push(item.row);
    retell(connection, &around, fresh.then_some(item.row), tally)
}

/// Takes an item out of its story.
pub(super) fn take_out(
    connection: &Connection,
    row: i64,
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let mut around = forget(connection, row)?;
    if !around.is_empty() {
        around.push(row);
        retell(connection, &around, None, tally)?;
    }
    Ok(())
}

/// Forgets what an item was compared by; gives those that it was linked with.
fn forget(connection: &Connection, row: i64) -> rusqlite::Result<Vec<i64>> {
    let gone = connection
        .prepare_cached("DELETE FROM sketch WHERE row = ?")?
        .execute([row])?;
    if gone == 0 {
        return Ok(Vec::new());
    }
    let around = connection
        .prepare_cached("SELECT b FROM story_link WHERE a = ?")?
        .query_map([row], |found| found.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    if !around.is_empty() {
        let mut statement = connection.prepare_cached(
            "DELETE FROM story_link WHERE a = ?1 AND b = ?2 OR a = ?2 AND b = ?1",
        )?;
        for other in &around {
            statement.execute([row, *other])?;
        }
    }
    Ok(around)
}

/// Keeps what an item is compared by and compares it; gives those that it is linked with now.
fn remember(connection: &Connection, item: &Sketched<'_>) -> rusqlite::Result<Vec<i64>> {
    let candidates = LOOKUP.with_borrow_mut(|lookup| {
        if !lookup.loaded {
            load(connection, lookup)?;
        }
        Ok::<_, rusqlite::Error>(lookup.propose(item.row, item.source, day(item.at), item.sketch))
    })?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO sketch (row, sketch) VALUES (?, ?)")?
        .execute(params![item.row, item.sketch.to_bytes()])?;
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    compare(connection, item, &candidates)
}

fn day(at: i64) -> i32 {
    at.div_euclid(DAY) as i32
}

/// Takes in what was recorded before this process began, as much as is of use.
fn load(connection: &Connection, lookup: &mut Lookup) -> rusqlite::Result<()> {
    let mut known = connection.prepare(
        "SELECT k.row, k.sketch, i.source, i.sort_at FROM sketch k JOIN item i ON i.row = k.row \
         WHERE k.row > (SELECT coalesce(max(row), 0) - ? FROM sketch) ORDER BY k.row",
    )?;
    let mut rows = known.query([MOST as i64])?;
    while let Some(row) = rows.next()? {
        if let Some(sketch) = Sketch::from_bytes(row.get_ref(1)?.as_blob()?) {
            let source = row.get_ref(2)?.as_str()?;
            lookup.propose(row.get(0)?, source, day(row.get(3)?), &sketch);
        }
    }
    lookup.loaded = true;
    Ok(())
}

fn compare(
    connection: &Connection,
    item: &Sketched<'_>,
    candidates: &[i64],
) -> rusqlite::Result<Vec<i64>> {
    let told = Told {
        source: item.source,
        at: item.at,
        sketch: item.sketch,
    };
    let mut found: Vec<(i64, u64, i64, String)> = Vec::new();
    let mut other = connection.prepare_cached(
        "SELECT k.sketch, i.source, i.sort_at FROM sketch k JOIN item i ON i.row = k.row WHERE k.row = ? AND i.withdrawn IS NULL",
    )?;
    for row in candidates.iter().filter(|row| **row != item.row) {
        let known = other
            .query_row([row], |found| {
                let bytes = found.get_ref(0)?.as_blob()?;
                let source: String = found.get(1)?;
                Ok((Sketch::from_bytes(bytes), source, found.get::<_, i64>(2)?))
            })
            .optional()?;
        let Some((Some(sketch), source, at)) = known else {
            continue;
        };
        let verdict = stories::judge(
            &told,
            &Told {
                source: &source,
                at,
                sketch: &sketch,
            },
        );
        if let Some(code) = code(verdict) {
            found.push((code, at.abs_diff(item.at), *row, source));
        }
    }
    found.sort_unstable();
    let mut of: HashMap<String, usize> = HashMap::new();
    let mut linked = Vec::new();
    let mut link = connection.prepare_cached(
        "INSERT OR REPLACE INTO story_link (a, b, why) VALUES (?1, ?2, ?3), (?2, ?1, ?3)",
    )?;
    for (code, _, row, source) in found {
        let count = of.entry(source).or_default();
        *count += 1;
        if *count <= LINKS_TO_A_SOURCE {
            link.execute([item.row, row, code])?;
            linked.push(row);
        }
    }
    Ok(linked)
}

fn code(verdict: Verdict) -> Option<i64> {
    match verdict {
        Verdict::Same(why) => WHYS
            .iter()
            .find(|(known, _)| *known == why)
            .map(|(_, code)| *code),
        Verdict::Version => Some(VERSION),
        Verdict::EasyToRead => Some(EASY),
        Verdict::Apart => None,
    }
}

/// A linked item.
struct Near {
    row: i64,
    member: Member,
    story: StoryId,
    newer: Option<i64>,
}

/// Sorts all that is linked with these items into stories. What changes for an item is a change of the item, except for
/// `fresh`, which nobody has seen yet.
fn retell(
    connection: &Connection,
    from: &[i64],
    fresh: Option<i64>,
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let Some((rows, links)) = linked(connection, from)? else {
        return join_nearest(connection, fresh, tally);
    };
    let mut near = Vec::with_capacity(rows.len());
    let mut load = connection
        .prepare_cached("SELECT id, source, sort_at, lang, story, newer FROM item WHERE row = ?")?;
    for row in rows {
        near.extend(
            load.query_row([row], |found| {
                Ok(Near {
                    row,
                    member: Member {
                        id: ItemId::new(unsigned(found, 0)?),
                        source: found.get(1)?,
                        at: found.get(2)?,
                        lang: maybe_word(found, 3)?,
                    },
                    story: StoryId::new(unsigned(found, 4)?),
                    newer: found.get(5)?,
                })
            })
            .optional()?,
        );
    }
    near.sort_unstable_by_key(|near| near.row);
    let member = |row: i64| {
        let place = near.binary_search_by_key(&row, |near| near.row).ok()?;
        Some(&near[place].member)
    };
    let mut between: Vec<Link> = Vec::new();
    let mut newest: HashMap<i64, i64> = HashMap::new();
    for (a, b, code) in links {
        let (Some(one), Some(other)) = (member(a), member(b)) else {
            continue;
        };
        between.push(Link {
            a: one.id,
            b: other.id,
            why: WHYS
                .iter()
                .find(|(_, known)| *known == code)
                .map(|(why, _)| *why),
        });
        if code == VERSION {
            let (old, new) = if (one.at, a) < (other.at, b) {
                (a, b)
            } else {
                (b, a)
            };
            let best = newest.entry(old).or_insert(new);
            let key = |row: i64| member(row).map(|member| (member.at, row));
            if key(new) > key(*best) {
                *best = new;
            }
        }
    }
    let members: Vec<Member> = near.iter().map(|near| near.member.clone()).collect();
    let told = stories::partition(&members, &between);
    let mut sizes: HashMap<ItemId, usize> = HashMap::new();
    for first in &told {
        *sizes.entry(*first).or_default() += 1;
    }
    for (near, first) in near.iter().zip(told) {
        let story = if sizes.get(&first) == Some(&1) {
            StoryId::new(near.member.id.get())
        } else {
            shared(first)
        };
        let newer = newest.get(&near.row).and_then(|row| member(*row));
        let newer = newer.map(|newer| newer.id.get().cast_signed());
        if story != near.story || newer != near.newer {
            write(connection, near.row, story, newer, fresh, tally)?;
        }
    }
    Ok(())
}

fn write(
    connection: &Connection,
    row: i64,
    story: StoryId,
    newer: Option<i64>,
    fresh: Option<i64>,
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let seq = (fresh != Some(row)).then(|| tally.next_seq().0.cast_signed());
    connection
        .prepare_cached(
            "UPDATE item SET story = ?2, newer = ?3, seq = coalesce(?4, seq) WHERE row = ?1",
        )?
        .execute(params![row, story.get().cast_signed(), newer, seq])?;
    Ok(())
}

/// The story of several items, named after the earliest. An item that tells its story alone has a story of its own number:
/// so it can be seen from an item whether there are others.
fn shared(first: ItemId) -> StoryId {
    let mut number = first.get() ^ 0x9e37_79b9_7f4a_7c15;
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    StoryId::new(number ^ (number >> 31))
}

type Links = Vec<(i64, i64, i64)>;

/// All that is linked with these items, over others too, and the links (each once); `None` if that is too much.
fn linked(connection: &Connection, from: &[i64]) -> rusqlite::Result<Option<(Vec<i64>, Links)>> {
    let mut seen: HashSet<i64> = from.iter().copied().collect();
    let mut rows: Vec<i64> = seen.iter().copied().collect();
    let mut links = Vec::new();
    let mut next =
        connection.prepare_cached("SELECT b, why FROM story_link WHERE a = ? AND why <> ?")?;
    let mut place = 0;
    while let Some(row) = rows.get(place).copied() {
        place += 1;
        let around = next.query_map([row, EASY], |found| Ok((found.get(0)?, found.get(1)?)))?;
        for found in around {
            let (other, why): (i64, i64) = found?;
            if row < other {
                links.push((row, other, why));
            }
            if seen.insert(other) {
                rows.push(other);
            }
        }
        if rows.len() > TOGETHER {
            return Ok(None);
        }
    }
    Ok(Some((rows, links)))
}

/// Where there is too much to sort anew, what is new joins the story of what it is most surely linked with.
fn join_nearest(
    connection: &Connection,
    fresh: Option<i64>,
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let Some(row) = fresh else { return Ok(()) };
    let nearest = connection
        .prepare_cached(
            "SELECT i.story FROM story_link l JOIN item i ON i.row = l.b WHERE l.a = ? AND l.why <> ? ORDER BY l.why, l.b LIMIT 1",
        )?
        .query_row([row, EASY], |found| unsigned(found, 0))
        .optional()?;
    if let Some(story) = nearest {
        write(connection, row, StoryId::new(story), None, fresh, tally)?;
    }
    Ok(())
}
