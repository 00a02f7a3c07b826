//! Topics of stored items, renewed a few at a time.

use rusqlite::{OptionalExtension, params};

use crate::domain::{Country, Language, Seq, SourceId, TopicId};

use super::rows::{json, maybe_word, to_json, unsigned, word};
use super::tally::Tally;
use super::{Store, StoreError};

/// Under which key the store notes how far the tagging has come.
const TAGGING: &str = "tagging";

/// Bytes of a text that are given out to be tagged.
const MOST_TEXT: usize = 64 * 1024;

/// How far stored items are tagged, and with what.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tagging {
    /// Fingerprint of everything that the topics depend on.
    pub by: String,
    /// Up to where the items are tagged with that.
    pub through: i64,
    /// Whether all are.
    pub done: bool,
    /// Items looked at.
    pub items: u64,
    /// Items that got other topics.
    pub changed: u64,
}

/// What there is of an item to be tagged.
#[derive(Debug, Clone)]
pub struct Untagged {
    /// Where it stands among all; grows.
    pub row: i64,
    /// What it was when it was looked at.
    pub seq: Seq,
    /// Where it is from.
    pub source: SourceId,
    /// Its source's country.
    pub country: Country,
    /// Its title.
    pub title: String,
    /// Its text, or the beginning of it.
    pub text: String,
    /// Its language.
    pub lang: Option<Language>,
    /// The topics that it has.
    pub topics: Vec<TopicId>,
}

impl Store {
    /// How far the items are tagged.
    pub fn tagging(&self) -> Result<Option<Tagging>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT text FROM note WHERE key = ?")?
                .query_row([TAGGING], |row| json(row, 0))
                .optional()
        })
    }

    /// The topics that every item of a source has, of the sources that have such.
    pub fn topics_of_sources(&self) -> Result<Vec<(SourceId, Vec<TopicId>)>, StoreError> {
        let sources: Vec<crate::domain::Source> = self.read(|connection| {
            connection
                .prepare("SELECT spec FROM source ORDER BY id")?
                .query_map([], |row| json(row, 0))?
                .collect()
        })?;
        Ok(sources
            .into_iter()
            .filter(|source| !source.topics.is_empty())
            .map(|source| (source.id, source.topics))
            .collect())
    }

    /// Live items whose place is after `after`, in order, at most `most`.
    pub fn untagged(&self, after: i64, most: usize) -> Result<Vec<Untagged>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT i.row, i.seq, i.source, s.country, i.title, substr(b.text, 1, ?3), i.lang, i.topics \
                     FROM item i JOIN body b ON b.row = i.row JOIN source s ON s.id = i.source \
                     WHERE i.row > ?1 AND i.withdrawn IS NULL ORDER BY i.row LIMIT ?2",
                )?
                .query_map(params![after, most as i64, MOST_TEXT as i64], |row| {
                    Ok(Untagged {
                        row: row.get(0)?,
                        seq: Seq(unsigned(row, 1)?),
                        source: word(row, 2)?,
                        country: word(row, 3)?,
                        title: row.get(4)?,
                        text: row.get(5)?,
                        lang: maybe_word(row, 6)?,
                        topics: json(row, 7)?,
                    })
                })?
                .collect()
        })
    }

    /// Gives items other topics, each with a change number of its own, and notes how far that has come: at once or not at
    /// all. An item that changed since it was looked at is left alone: whoever changed it tagged it.
    pub async fn record_tagging(
        &self,
        topics: Vec<(i64, Seq, Vec<TopicId>)>,
        tagging: Tagging,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut tally = Tally::begin(connection)?;
            for (row, seen, topics) in &topics {
                let same = connection
                    .prepare_cached("SELECT 1 FROM item WHERE row = ? AND seq = ?")?
                    .exists(params![row, seen.0.cast_signed()])?;
                if same {
                    connection
                        .prepare_cached("UPDATE item SET topics = ?, seq = ? WHERE row = ?")?
                        .execute(params![
                            to_json(topics)?,
                            tally.next_seq().0.cast_signed(),
                            row
                        ])?;
                }
            }
            tally.end_alone(connection)?;
            connection
                .prepare_cached("INSERT INTO note (key, text) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET text = ?2")?
                .execute(params![TAGGING, to_json(&tagging)?])?;
            Ok(())
        })
        .await
    }
}
