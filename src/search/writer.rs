//! The one way to change an index: a writer that cannot commit without saying how far it has come.

use serde::{Deserialize, Serialize};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, Term};

use super::schema::{self, Fields};
use crate::domain::Seq;
use crate::store::Change;
use crate::understanding::analysis::Analyzer;

/// How far an index has come, written with every commit, atomically with what was indexed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payload {
    /// The store's generation.
    pub generation: String,
    /// The last change in it.
    pub seq: Seq,
    /// What it was made with: [`schema::fingerprint`].
    pub fingerprint: String,
}

impl Payload {
    /// What the last commit of an index says; `None` where it says nothing readable.
    pub fn of(index: &tantivy::Index) -> tantivy::Result<Option<Self>> {
        let metas = index.load_metas()?;
        Ok(metas
            .payload
            .and_then(|payload| serde_json::from_str(&payload).ok()))
    }
}

/// Least and most memory for tantivy's writer, in bytes.
const MEMORY: std::ops::RangeInclusive<u64> = 15_000_001..=2_000_000_000;

/// tantivy's writer, until it is dropped. Its merges run on in threads of their own and would write meta.json, and delete
/// files, under the feet of the next writer: dropping waits for them.
struct Open(Option<IndexWriter>);

impl Open {
    fn writer(&mut self) -> tantivy::Result<&mut IndexWriter> {
        let closed = || tantivy::TantivyError::SystemError("the writer is closed".to_owned());
        self.0.as_mut().ok_or_else(closed)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(writer) = self.0.take()
            && let Err(error) = writer.wait_merging_threads()
        {
            tracing::debug!(%error, "the writer of the search index ended badly");
        }
    }
}

/// Writes an index. After an error it is of no more use: drop it and open another (a rolled-back writer of tantivy
/// 0.27 numbers its operations from a stale stamp).
pub(super) struct Writer {
    inner: Open,
    fields: Fields,
    analyzer: Analyzer,
    payload: Payload,
    seq: Seq,
}

impl Writer {
    /// Opens the writer of an index that stands at `payload`.
    pub fn open(
        index: &tantivy::Index,
        fields: Fields,
        memory: u64,
        payload: Payload,
    ) -> tantivy::Result<Self> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(memory.clamp(*MEMORY.start(), *MEMORY.end()) as usize)
            .build();
        let inner: IndexWriter = index.writer_with_options(options)?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_num_segments(6);
        merging.set_min_layer_size(1_000);
        merging.set_max_docs_before_merge(300_000);
        merging.set_del_docs_ratio_before_merge(0.3);
        inner.set_merge_policy(Box::new(merging));
        // A kill between a delete file and meta.json leaves a file whose name the next commit wants.
        inner.garbage_collect_files().wait()?;
        let mut writer = Self {
            inner: Open(Some(inner)),
            fields,
            analyzer: Analyzer::default(),
            seq: payload.seq,
            payload,
        };
        // The first delete after opening can get lost, unless there was a commit before it.
        writer.commit()?;
        Ok(writer)
    }

    /// The last change taken in, committed or not.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// The last change committed.
    pub fn committed(&self) -> Seq {
        self.payload.seq
    }

    /// Takes in a change. Taking in one twice is as good as once.
    pub fn apply(&mut self, change: &Change) -> tantivy::Result<()> {
        let (id, seq) = match change {
            Change::Item(item) => (item.id, item.seq),
            Change::Removed { id, seq } => (*id, *seq),
        };
        let writer = self.inner.writer()?;
        writer.delete_term(Term::from_field_u64(self.fields.id, id.get()));
        if let Change::Item(item) = change
            && let Some(document) = schema::document(item, &self.fields, &mut self.analyzer)
            && let Err(error) = writer.add_document(document)
        {
            // The thread that writes has died, of what only a commit says.
            return Err(writer.prepare_commit().err().unwrap_or(error));
        }
        self.seq = self.seq.max(seq);
        Ok(())
    }

    /// Makes everything taken in so far durable and visible to readers that reload.
    pub fn commit(&mut self) -> tantivy::Result<()> {
        let payload = Payload {
            seq: self.seq,
            ..self.payload.clone()
        };
        let text = serde_json::to_string(&payload)?;
        let mut commit = self.inner.writer()?.prepare_commit()?;
        commit.set_payload(&text);
        commit.commit()?;
        self.payload = payload;
        Ok(())
    }
}
