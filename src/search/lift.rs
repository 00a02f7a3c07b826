//! What the best of a result deserve beside their words.

use tantivy::SeekDangerResult;
use tantivy::query::EnableScoring;

use super::lists::Postings;
use super::query::{Bonus, Wish};
use super::snapshot::Snapshot;
use super::top::Best;
use super::ways::{Figures, Word};

/// Adds to the scores of results what bonuses they deserve.
pub(super) fn lift(
    snapshot: &Snapshot,
    results: &mut [Best],
    bonuses: Vec<Bonus>,
) -> tantivy::Result<()> {
    let searcher = &snapshot.searcher;
    let mut figures = Figures::of(snapshot);
    results.sort_unstable_by_key(|best| best.address);
    for (wish, weight) in bonuses {
        let query = match wish {
            Wish::Query(query) => query,
            Wish::Word(term) => {
                if let Some(word) = figures.word(&term, 1.0)? {
                    lift_by_word(snapshot, results, &word, weight)?;
                }
                continue;
            }
        };
        let scoring = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        for results in results.chunk_by_mut(in_one_segment) {
            let reader = searcher.segment_reader(results[0].address.segment_ord);
            let (mut seen, mut scorer) =
                scoring.scorer_danger(reader, results[0].address.doc_id, 1.0)?;
            for (place, best) in results.iter_mut().enumerate() {
                let doc = best.address.doc_id;
                if place > 0 {
                    if matches!(seen, SeekDangerResult::SeekLowerBound(next) if next > doc) {
                        continue;
                    }
                    seen = scorer.seek_danger(doc);
                }
                if seen == SeekDangerResult::Found {
                    best.score += weight * scorer.score();
                }
            }
        }
    }
    Ok(())
}

fn lift_by_word(
    snapshot: &Snapshot,
    results: &mut [Best],
    word: &Word,
    weight: f32,
) -> tantivy::Result<()> {
    for results in results.chunk_by_mut(in_one_segment) {
        let place = results[0].address.segment_ord;
        let segment = snapshot.searcher.segment_reader(place);
        let Some(mut postings) = Postings::open(word, place as usize, segment)? else {
            continue;
        };
        for best in results {
            let doc = best.address.doc_id;
            if postings.seek(doc) == doc {
                best.score += weight * postings.score(doc);
            }
        }
    }
    Ok(())
}

fn in_one_segment(a: &Best, b: &Best) -> bool {
    a.address.segment_ord == b.address.segment_ord
}
