//! What readers' apps are shown, in the order in which it came, and what of it a reader has read.
//!
//! A stream is what a reader subscribes to: a source, by its id, or a digest, as `digest/{id}`. Pages of several streams are
//! merged from the index of each, so that a page costs what it shows, however much there is.

use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{ItemId, TopicId};

use super::rows::{maybe_at, millis, unsigned};
use super::{Reader, Store, StoreError};

/// Most entries that are looked at for one page: what is filtered out must not make anybody wait.
const BUDGET: usize = 50_000;
/// Fewest entries that are read from a stream at a time.
const CHUNK: usize = 8;

/// An item or an edition, with what a reader made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its place in the order: the microsecond since 1970 at which it came, or one shortly after. No two have the same.
    pub pos: i64,
    /// The item's id, or one that stands for the edition.
    pub id: ItemId,
    /// Where it stands.
    pub stream: String,
    /// The end of the edition, where it is one.
    pub edition: Option<Timestamp>,
    /// Whether it was read.
    pub read: bool,
    /// Whether the reader says so of it that it was not.
    pub kept: bool,
    /// Whether it has a star.
    pub starred: bool,
}

/// Where a page is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base<'a> {
    /// All streams of [`Scan::streams`].
    Streams,
    /// What is about a topic.
    Topic(&'a TopicId),
    /// What has a star.
    Starred,
    /// What the reader said is unread.
    Kept,
}

/// Which entries are asked for.
#[derive(Debug, Clone)]
pub struct Scan<'a> {
    /// Where they are taken from.
    pub base: Base<'a>,
    /// The streams that they may stand in.
    pub streams: &'a [String],
    /// Only those that were read, or were not.
    pub read: Option<bool>,
    /// Only those with a star, or without.
    pub starred: Option<bool>,
    /// Only places after this one.
    pub after: i64,
    /// Only places before this one.
    pub before: i64,
    /// The first to come first, rather than the last.
    pub oldest_first: bool,
    /// Most entries.
    pub most: usize,
}

/// A page of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// In order.
    pub entries: Vec<Listed>,
    /// The place at which the next page begins (after it, or before it, by the order); `None` where there is nothing more.
    pub next: Option<i64>,
}

impl Store {
    /// A page of entries.
    pub fn scan(&self, reader: &Reader, scan: &Scan<'_>) -> Result<Listing, StoreError> {
        self.read(|connection| {
            let through = Through::of(connection, reader)?;
            page(connection, reader, &through, scan)
        })
    }

    /// The entries with these ids, in their order; unknown ones, withdrawn ones and those in other streams are left out.
    pub fn listed(
        &self,
        reader: &Reader,
        streams: &[String],
        ids: &[ItemId],
    ) -> Result<Vec<Listed>, StoreError> {
        self.read(|connection| {
            let through = Through::of(connection, reader)?;
            let allowed: HashSet<&str> = streams.iter().map(String::as_str).collect();
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM entry e {MARK} WHERE e.id = ?2 AND e.gone = 0"
            ))?;
            let mut listed = Vec::with_capacity(ids.len());
            for id in ids {
                let found = statement
                    .query_row(params![reader.id, id.get().cast_signed()], raw)
                    .optional()?;
                listed.extend(
                    found
                        .map(|raw| through.judge(raw))
                        .filter(|entry| allowed.contains(entry.stream.as_str())),
                );
            }
            Ok(listed)
        })
    }

    /// Which of these topics any entry is about.
    pub fn topics_in_use<'a>(
        &self,
        topics: &[&'a TopicId],
    ) -> Result<Vec<&'a TopicId>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT 1 FROM entry_topic WHERE topic = ? LIMIT 1")?;
            let mut found = Vec::new();
            for topic in topics {
                if statement.exists([topic.as_str()])? {
                    found.push(*topic);
                }
            }
            Ok(found)
        })
    }
}

/// Puts items that have just been inserted at the end of the order.
pub(super) fn arrived(
    connection: &Connection,
    items: &[ItemId],
    at: Timestamp,
) -> rusqlite::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let mut last: i64 = connection
        .prepare_cached("SELECT coalesce(max(pos), 0) FROM entry")?
        .query_row([], |row| row.get(0))?;
    let mut entry = connection.prepare_cached(
        "INSERT OR IGNORE INTO entry (pos, id, stream, nth, ends, old, gone) \
         SELECT ?2, i.id, i.source, 1 + coalesce((SELECT e.nth FROM entry e WHERE e.stream = i.source ORDER BY e.pos DESC LIMIT 1), 0), \
         NULL, i.archive, i.withdrawn IS NOT NULL FROM item i WHERE i.id = ?1 AND i.archive < 2",
    )?;
    let mut topics = connection.prepare_cached(
        "INSERT OR IGNORE INTO entry_topic SELECT t.value, ?2 FROM item i, json_each(i.topics) t WHERE i.id = ?1 AND i.topics <> '[]'",
    )?;
    for item in items {
        last = (last + 1).max(millis(at).saturating_mul(1000));
        let place = params![item.get().cast_signed(), last];
        if entry.execute(place)? > 0 {
            topics.execute(place)?;
        }
    }
    Ok(())
}

/// What [`raw`] reads. `?1` is the reader.
pub(super) const COLUMNS: &str = "e.pos, e.id, e.stream, e.ends, e.old, m.read, \
     EXISTS (SELECT 1 FROM reader_star s WHERE s.reader = ?1 AND s.pos = e.pos)";
pub(super) const MARK: &str =
    "LEFT JOIN reader_mark m ON m.reader = ?1 AND m.stream = e.stream AND m.pos = e.pos";

/// An entry before it is known whether it was read.
pub(super) struct Raw {
    pos: i64,
    id: ItemId,
    stream: String,
    edition: Option<Timestamp>,
    old: bool,
    mark: Option<bool>,
    starred: bool,
}

pub(super) fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        pos: row.get(0)?,
        id: ItemId::new(unsigned(row, 1)?),
        stream: row.get(2)?,
        edition: maybe_at(row, 3)?,
        old: row.get(4)?,
        mark: row.get(5)?,
        starred: row.get(6)?,
    })
}

/// How far a reader has read each stream.
pub(super) struct Through {
    floor: i64,
    streams: HashMap<String, i64>,
}

impl Through {
    pub(super) fn of(connection: &Connection, reader: &Reader) -> rusqlite::Result<Self> {
        let streams = connection
            .prepare_cached("SELECT stream, pos FROM reader_through WHERE reader = ?")?
            .query_map([reader.id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        // The reader at hand may be older than what it marked since.
        let floor = connection
            .prepare_cached("SELECT floor FROM reader WHERE id = ?")?
            .query_row([reader.id], |row| row.get(0))
            .optional()?;
        Ok(Self {
            floor: floor.unwrap_or(i64::MAX),
            streams,
        })
    }

    /// The last place of a stream that is read unless something else is said.
    pub(super) fn end(&self, stream: &str) -> i64 {
        self.streams
            .get(stream)
            .map_or(self.floor, |end| self.floor.max(*end))
    }

    pub(super) fn judge(&self, raw: Raw) -> Listed {
        let usual = raw.old || raw.pos <= self.end(&raw.stream);
        Listed {
            read: raw.mark.unwrap_or(usual),
            kept: raw.mark == Some(false),
            pos: raw.pos,
            id: raw.id,
            stream: raw.stream,
            edition: raw.edition,
            starred: raw.starred,
        }
    }
}

fn page(
    connection: &Connection,
    reader: &Reader,
    through: &Through,
    scan: &Scan<'_>,
) -> rusqlite::Result<Listing> {
    let mut merge = Merge::new(connection, reader, through, scan)?;
    let allowed: HashSet<&str> = scan.streams.iter().map(String::as_str).collect();
    let mut listing = Listing::default();
    let mut last = None;
    let mut looked_at = 0;
    while let Some(raw) = merge.next()? {
        if last == Some(raw.pos) {
            continue;
        }
        if listing.entries.len() == scan.most || looked_at == BUDGET {
            listing.next = last;
            break;
        }
        looked_at += 1;
        last = Some(raw.pos);
        if !allowed.contains(raw.stream.as_str()) {
            continue;
        }
        let entry = through.judge(raw);
        if scan.read.is_none_or(|read| read == entry.read)
            && scan.starred.is_none_or(|starred| starred == entry.starred)
        {
            listing.entries.push(entry);
        }
    }
    Ok(listing)
}

/// Entries of several streams in one order.
struct Merge<'a> {
    connection: &'a Connection,
    reader: i64,
    unread_only: bool,
    oldest_first: bool,
    chunk: usize,
    cursors: Vec<Cursor<'a>>,
    /// The next of each: how early it comes, and which cursor's it is.
    heads: BinaryHeap<(i64, usize)>,
}

struct Cursor<'a> {
    of: Of<'a>,
    after: i64,
    before: i64,
    ahead: VecDeque<Raw>,
    done: bool,
}

#[derive(Clone, Copy)]
enum Of<'a> {
    Stream(&'a str),
    Topic(&'a TopicId),
    Starred,
    Kept,
}

impl<'a> Merge<'a> {
    fn new(
        connection: &'a Connection,
        reader: &Reader,
        through: &Through,
        scan: &Scan<'a>,
    ) -> rusqlite::Result<Self> {
        let unread_only = scan.read == Some(false);
        let cursor = |of, after: i64| Cursor {
            of,
            after,
            before: scan.before,
            ahead: VecDeque::new(),
            done: false,
        };
        let mut cursors = Vec::new();
        match scan.base {
            Base::Streams if scan.starred == Some(true) => {
                cursors.push(cursor(Of::Starred, scan.after));
            }
            Base::Streams => {
                for stream in scan.streams {
                    let read = if unread_only {
                        through.end(stream)
                    } else {
                        i64::MIN
                    };
                    cursors.push(cursor(Of::Stream(stream), scan.after.max(read)));
                }
                if unread_only {
                    cursors.push(cursor(Of::Kept, scan.after));
                }
            }
            Base::Topic(topic) => cursors.push(cursor(Of::Topic(topic), scan.after)),
            Base::Starred => cursors.push(cursor(Of::Starred, scan.after)),
            Base::Kept => cursors.push(cursor(Of::Kept, scan.after)),
        }
        let mut merge = Self {
            connection,
            reader: reader.id,
            unread_only,
            oldest_first: scan.oldest_first,
            chunk: CHUNK.max(scan.most.saturating_mul(2) / cursors.len().max(1)),
            heads: BinaryHeap::with_capacity(cursors.len()),
            cursors,
        };
        for index in 0..merge.cursors.len() {
            merge.lead(index)?;
        }
        Ok(merge)
    }

    fn next(&mut self) -> rusqlite::Result<Option<Raw>> {
        let Some((_, index)) = self.heads.pop() else {
            return Ok(None);
        };
        let next = self.cursors[index].ahead.pop_front();
        self.lead(index)?;
        Ok(next)
    }

    /// Brings the next of a cursor into the order.
    fn lead(&mut self, index: usize) -> rusqlite::Result<()> {
        if self.cursors[index].ahead.is_empty() && !self.cursors[index].done {
            self.refill(index)?;
        }
        if let Some(raw) = self.cursors[index].ahead.front() {
            let early = if self.oldest_first { -raw.pos } else { raw.pos };
            self.heads.push((early, index));
        }
        Ok(())
    }

    fn refill(&mut self, index: usize) -> rusqlite::Result<()> {
        let order = if self.oldest_first { "ASC" } else { "DESC" };
        let cursor = &mut self.cursors[index];
        // Where nothing but what is unread is asked for, what was read is passed over where it lies.
        let unread = if self.unread_only {
            "AND m.read IS NOT 1"
        } else {
            ""
        };
        let (from, place, of) = match cursor.of {
            Of::Stream(stream) => (
                format!("FROM entry e {MARK} WHERE e.stream = ?2"),
                "e.pos",
                stream,
            ),
            Of::Topic(topic) => (
                format!(
                    "FROM entry_topic t CROSS JOIN entry e ON e.pos = t.pos {MARK} WHERE t.topic = ?2"
                ),
                "t.pos",
                topic.as_str(),
            ),
            Of::Starred => (
                format!(
                    "FROM reader_star x CROSS JOIN entry e ON e.pos = x.pos {MARK} WHERE x.reader = ?1 AND ?2 = ''"
                ),
                "x.pos",
                "",
            ),
            Of::Kept => (
                format!(
                    "FROM reader_mark x CROSS JOIN entry e ON e.pos = x.pos {MARK} WHERE x.reader = ?1 AND x.read = 0 AND ?2 = ''"
                ),
                "x.pos",
                "",
            ),
        };
        let sql = format!(
            "SELECT {COLUMNS} {from} AND e.gone = 0 {unread} AND {place} > ?3 AND {place} < ?4 ORDER BY {place} {order} LIMIT ?5"
        );
        let values = params![
            self.reader,
            of,
            cursor.after,
            cursor.before,
            self.chunk as i64
        ];
        let mut statement = self.connection.prepare_cached(&sql)?;
        for row in statement.query_map(values, raw)? {
            cursor.ahead.push_back(row?);
        }
        cursor.done = cursor.ahead.len() < self.chunk;
        if let Some(last) = cursor.ahead.back() {
            if self.oldest_first {
                cursor.after = last.pos;
            } else {
                cursor.before = last.pos;
            }
        }
        Ok(())
    }
}
