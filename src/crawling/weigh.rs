//! What entries mean beside what is known: looked up, decided, understood.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::domain::{Draft, ItemId, Source};
use crate::store::{Intent, StoreError};
use crate::understanding::understand;

use super::decide::{self, Candidate, Manner};
use super::shared::Shared;

/// What is to be recorded of these entries, and which items they are that were known before.
pub(super) async fn weigh(
    shared: &Shared,
    source: Source,
    drafts: Vec<Draft>,
    manner: Manner,
    now: Timestamp,
) -> Result<(Vec<Intent>, HashSet<ItemId>), StoreError> {
    let store = shared.store.clone();
    let thesaurus = shared.thesaurus.clone();
    shared
        .compute(move || {
            let mut found = decide::candidates(&source, drafts);
            let keys: Vec<_> = found
                .iter()
                .map(|candidate| candidate.keys.clone())
                .collect();
            let mut known = store.known(&source.id, &keys)?;
            for (candidate, known) in found.iter_mut().zip(&mut known) {
                // Guid and address may both be somebody else's.
                for _ in 0..2 {
                    match known {
                        Some(wrong) if decide::disown(candidate, wrong) => {
                            let keys = [candidate.keys.clone()];
                            *known = store.known(&source.id, &keys)?.pop().flatten();
                        }
                        _ => break,
                    }
                }
            }
            let listed: HashSet<_> = known.iter().flatten().map(|known| known.id).collect();
            let found: Vec<(Candidate, _)> = found.into_iter().zip(known).collect();
            let intents = decide::decide(found, manner, |draft, keys, content_hash| {
                understand(draft, &source, &thesaurus, keys, content_hash, now)
            });
            Ok((intents, listed))
        })
        .await
}
