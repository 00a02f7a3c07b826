//! The index as it stood at one commit.

use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

use super::columns::{Columns, Values};
use super::schema::Fields;
use crate::domain::Seq;

/// What one search sees from beginning to end, however much is written meanwhile.
pub(super) struct Snapshot {
    /// Distinguishes it from all others of this process.
    pub number: u64,
    /// The last change in it.
    pub seq: Seq,
    /// Not all of the store is in it yet.
    pub unfinished: bool,
    pub fields: Fields,
    pub searcher: Searcher,
    /// By segment, in the searcher's order.
    pub columns: Vec<(SegmentId, Arc<Columns>)>,
}

/// Opens an index for reading. It shows new commits only when told to reload.
pub(super) fn reader(index: &tantivy::Index) -> tantivy::Result<IndexReader> {
    index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(0)
        .try_into()
}

impl Snapshot {
    /// What a reader shows now. Segments that an earlier snapshot had are not read again.
    pub fn take(
        number: u64,
        seq: Seq,
        reader: &IndexReader,
        fields: Fields,
        values: &Values,
        earlier: Option<&Self>,
    ) -> tantivy::Result<Self> {
        let searcher = reader.searcher();
        let mut columns = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let known = earlier
                .iter()
                .flat_map(|earlier| &earlier.columns)
                .find(|(known, _)| *known == id);
            let loaded = match known {
                Some((_, known)) => known.clone(),
                None => Arc::new(Columns::load(segment, values)?),
            };
            columns.push((id, loaded));
        }
        Ok(Self {
            number,
            seq,
            unfinished: false,
            fields,
            searcher,
            columns,
        })
    }
}
