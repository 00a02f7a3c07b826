//! Items, as they are read.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use url::Url;

use crate::domain::{
    CanonicalUrl, Detected, Item, ItemId, ItemKey, ItemState, Seq, SourceId, StoryId, Version,
};

use super::rows::{arrival, at, json, maybe_at, maybe_json, maybe_word, millis, unsigned, word};
use super::{Known, Store, StoreError};

/// All that makes an [`Item`], in the order that [`item_of`] reads.
pub(super) const ITEM: &str = "SELECT i.id, i.seq, i.born, i.version, i.source, s.country, s.name, s.role, i.url, i.canonical, i.guid, i.title, \
     i.author, i.excerpt, b.text, b.html, i.lang, i.confidence, i.published, i.precision, i.sort_at, i.first_seen, i.updated, \
     i.kind, i.topics, \
     coalesce(i.deadline, (SELECT f.deadline FROM file f WHERE f.item = i.id AND f.deadline IS NOT NULL ORDER BY f.row LIMIT 1)), \
     i.event, i.image, i.attachments, i.story, i.withdrawn, i.archive, s.private, \
     (SELECT json_group_array(json_object('url', f.url, 'state', f.state, 'title', f.title, 'pages', f.pages, 'lang', f.lang, 'text', f.text)) \
      FROM file f WHERE f.item = i.id), i.newer \
     FROM item i JOIN body b ON b.row = i.row JOIN source s ON s.id = i.source";

/// The item of a row of [`ITEM`], and whether its source is private.
pub(super) fn item_of(row: &Row<'_>) -> rusqlite::Result<(Item, bool)> {
    let lang = maybe_word(row, 16)?;
    let confidence: Option<f64> = row.get(17)?;
    let item = Item {
        id: ItemId::new(unsigned(row, 0)?),
        seq: Seq(unsigned(row, 1)?),
        born: Seq(unsigned(row, 2)?),
        version: row.get(3)?,
        source: word(row, 4)?,
        country: word(row, 5)?,
        source_name: row.get(6)?,
        role: word(row, 7)?,
        url: word(row, 8)?,
        canonical_url: CanonicalUrl::from_stored(row.get(9)?),
        guid: row.get(10)?,
        title: row.get(11)?,
        author: row.get(12)?,
        excerpt: row.get(13)?,
        text: row.get(14)?,
        html: row.get(15)?,
        lang: lang.map(|lang| Detected {
            lang,
            confidence: confidence.unwrap_or_default() as f32,
        }),
        published: maybe_at(row, 18)?,
        precision: word(row, 19)?,
        sort_at: at(row, 20)?,
        first_seen: at(row, 21)?,
        updated: maybe_at(row, 22)?,
        kind: word(row, 23)?,
        topics: json(row, 24)?,
        deadline: maybe_json(row, 25)?,
        event: maybe_json(row, 26)?,
        image: maybe_word(row, 27)?,
        attachments: json(row, 28)?,
        story: StoryId::new(unsigned(row, 29)?),
        state: maybe_at(row, 30)?.map_or(ItemState::Live, ItemState::Withdrawn),
        arrival: arrival(row, 31)?,
        files: json(row, 33)?,
        newer: row
            .get::<_, Option<i64>>(34)?
            .map(|id| ItemId::new(id.cast_unsigned())),
    };
    Ok((item, row.get(32)?))
}

impl Store {
    /// For each entry's keys, the item that the strongest known one leads to.
    pub fn known(
        &self,
        source: &SourceId,
        keys: &[Vec<ItemKey>],
    ) -> Result<Vec<Option<Known>>, StoreError> {
        self.read(|connection| {
            let mut found = Vec::with_capacity(keys.len());
            for keys in keys {
                let mut known = None;
                for key in keys {
                    if let Some(id) = item_by_key(connection, source, key)? {
                        known = known_of(connection, id)?;
                        break;
                    }
                }
                found.push(known);
            }
            Ok(found)
        })
    }

    /// One item, withdrawn or not; none of a private source.
    pub fn item(&self, id: ItemId) -> Result<Option<Item>, StoreError> {
        self.read(|connection| {
            let found = one(connection, id)?;
            Ok(found.and_then(|(item, private)| (!private).then_some(item)))
        })
    }

    /// One item, withdrawn or not, of a private source or not.
    pub fn any_item(&self, id: ItemId) -> Result<Option<Item>, StoreError> {
        self.read(|connection| Ok(one(connection, id)?.map(|(item, _)| item)))
    }

    /// The latest live items of a source, private or not.
    pub fn latest_of(&self, source: &SourceId, most: usize) -> Result<Vec<Item>, StoreError> {
        self.read(|connection| {
            let ids: Vec<i64> = connection
                .prepare_cached(
                    "SELECT id FROM item WHERE source = ? AND withdrawn IS NULL ORDER BY sort_at DESC LIMIT ?",
                )?
                .query_map(params![source.as_str(), most as i64], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut items = Vec::with_capacity(ids.len());
            for id in ids {
                let found = one(connection, ItemId::new(id.cast_unsigned()))?;
                items.extend(found.map(|(item, _)| item));
            }
            Ok(items)
        })
    }

    /// Items in the order asked for; those that are not there, withdrawn or private are left out.
    pub fn items(&self, ids: &[ItemId]) -> Result<Vec<Item>, StoreError> {
        self.read(|connection| {
            let mut items = Vec::with_capacity(ids.len());
            let mut statement = connection.prepare_cached(&format!("{ITEM} WHERE i.id = ?"))?;
            for id in ids {
                let found = statement.query_row([id.get().cast_signed()], item_of);
                if let Some((item, false)) = found.optional()?
                    && item.state == ItemState::Live
                {
                    items.push(item);
                }
            }
            Ok(items)
        })
    }

    /// Live items of a source whose date lies strictly between two moments, newest first: those that a feed which lists
    /// older and newer ones should still list.
    pub fn items_between(
        &self,
        source: &SourceId,
        after: Timestamp,
        before: Timestamp,
        most: usize,
    ) -> Result<Vec<(ItemId, Url)>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, url FROM item WHERE source = ? AND withdrawn IS NULL AND sort_at > ? AND sort_at < ? \
                     ORDER BY sort_at DESC LIMIT ?",
                )?
                .query_map(
                    params![source.as_str(), millis(after), millis(before), most as i64],
                    |row| Ok((ItemId::new(unsigned(row, 0)?), word(row, 1)?)),
                )?
                .collect()
        })
    }

    /// Earlier versions of an item, newest first.
    pub fn versions(&self, id: ItemId) -> Result<Vec<Version>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT version, replaced_at, title, text FROM version WHERE item = ? ORDER BY version DESC",
                )?
                .query_map([id.get().cast_signed()], |row| {
                    Ok(Version {
                        version: row.get(0)?,
                        replaced_at: at(row, 1)?,
                        title: row.get(2)?,
                        text: row.get(3)?,
                    })
                })?
                .collect()
        })
    }

    /// The live items of a story, oldest first.
    pub fn story(&self, story: StoryId) -> Result<Vec<Item>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{ITEM} WHERE i.story = ? AND i.withdrawn IS NULL AND s.private = 0 ORDER BY i.sort_at, i.id LIMIT 100"
            ))?;
            statement
                .query_map([story.get().cast_signed()], |row| item_of(row).map(|(item, _)| item))?
                .collect()
        })
    }

    /// Whose live items tell each of these stories, the first to tell it first; private sources left out. The names are for people.
    pub fn story_sources(
        &self,
        stories: &[StoryId],
    ) -> Result<HashMap<StoryId, Vec<(SourceId, String)>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT i.source, s.name FROM item i JOIN source s ON s.id = i.source \
                 WHERE i.story = ? AND i.withdrawn IS NULL AND s.private = 0 GROUP BY i.source ORDER BY min(i.sort_at), i.source LIMIT 50",
            )?;
            stories
                .iter()
                .map(|story| {
                    let sources = statement
                        .query_map([story.get().cast_signed()], |row| Ok((word(row, 0)?, row.get(1)?)))?
                        .collect::<rusqlite::Result<_>>()?;
                    Ok((*story, sources))
                })
                .collect()
        })
    }

    /// How many live items each of these stories has, those of private sources not counted.
    pub fn story_sizes(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, u32>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT count(*) FROM item i JOIN source s ON s.id = i.source WHERE i.story = ? AND i.withdrawn IS NULL AND s.private = 0",
            )?;
            stories
                .iter()
                .map(|story| {
                    let size =
                        statement.query_row([story.get().cast_signed()], |row| row.get(0))?;
                    Ok((*story, size))
                })
                .collect()
        })
    }
}

pub(super) fn one(connection: &Connection, id: ItemId) -> rusqlite::Result<Option<(Item, bool)>> {
    connection
        .prepare_cached(&format!("{ITEM} WHERE i.id = ?"))?
        .query_row([id.get().cast_signed()], item_of)
        .optional()
}

pub(super) fn item_by_key(
    connection: &Connection,
    source: &SourceId,
    key: &ItemKey,
) -> rusqlite::Result<Option<ItemId>> {
    connection
        .prepare_cached("SELECT item FROM key WHERE key = ?")?
        .query_row(params![&key.digest(source)[..16]], |row| unsigned(row, 0))
        .optional()
        .map(|id| id.map(ItemId::new))
}

fn known_of(connection: &Connection, id: ItemId) -> rusqlite::Result<Option<Known>> {
    connection
        .prepare_cached(
            "SELECT content_hash, canonical, guid, title, withdrawn, EXISTS (SELECT 1 FROM page WHERE item = id) FROM item WHERE id = ?",
        )?
        .query_row([id.get().cast_signed()], |row| {
            Ok(Known {
                id,
                content_hash: row.get(0)?,
                canonical_url: row.get(1)?,
                guid: row.get(2)?,
                title: row.get(3)?,
                withdrawn: maybe_at(row, 4)?.is_some(),
                page_pending: row.get(5)?,
            })
        })
        .optional()
}
