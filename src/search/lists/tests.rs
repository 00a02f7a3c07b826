//! Posting lists find what the index's own queries find, with the same scores.

use fastrand::Rng;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, IndexWriter, Score, TantivyDocument, Term};

use super::*;
use crate::domain::{Language, Seq};
use crate::search::columns::Values;
use crate::search::query::{Added, Atom, Expression, Known, Plan, Reach, stem};
use crate::search::schema;
use crate::search::snapshot::{Snapshot, reader};
use crate::search::ways::Figures;

const WORDS: [&str; 8] = [
    "alfa", "beta", "gama", "delta", "omega", "zeta", "kapa", "teta",
];

const LANGS: [Language; 2] = [Language::RO, Language::EN];

/// Some segments of items, of which some are deleted; one of them spans windows and has words in every other item.
fn snapshot(random: &mut Rng) -> Snapshot {
    let (schema, fields) = schema::schema();
    let index = tantivy::Index::create_in_ram(schema);
    schema::register(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    let mut id = 0;
    for items in [5_000, 300, 1, 40] {
        for _ in 0..items {
            let lang = LANGS[usize::from(random.u8(..3) == 0)];
            let mut document = TantivyDocument::default();
            document.add_u64(fields.id, id);
            document.add_u64(fields.born, id);
            document.add_i64(fields.at, 7);
            let text: Vec<String> = (0..random.usize(1..9))
                .map(|_| {
                    // The last words are rare.
                    let word = random.usize(..8).min(random.usize(..8));
                    stem(WORDS[word], Some(lang)) + " "
                })
                .collect();
            document.add_text(fields.text, text.concat());
            document.add_text(fields.title, &text[0]);
            document.add_text(fields.by, &text[0]);
            writer.add_document(document).unwrap();
            id += 1;
        }
        writer.delete_term(Term::from_field_u64(fields.id, id - 1));
        writer.commit().unwrap();
    }
    let reader = reader(&index).unwrap();
    Snapshot::take(1, Seq(0), &reader, fields, &Values::default(), None).unwrap()
}

fn word(random: &mut Rng) -> Atom {
    Atom {
        text: WORDS[random.usize(..WORDS.len())].to_owned(),
        title: random.u8(..6) == 0,
    }
}

fn known(random: &mut Rng) -> Known {
    let label = |random: &mut Rng| Added {
        lang: LANGS[random.usize(..2)],
        text: (0..random.usize(1..4))
            .map(|_| word(random).text + " ")
            .collect(),
        made: Arc::default(),
    };
    let added = (0..random.usize(..4)).map(|_| label(random)).collect();
    Known {
        typed: (0..random.usize(1..3)).map(|_| word(random)).collect(),
        added,
        concepts: Vec::new(),
        named: random.u8(..4) == 0,
    }
}

fn expression(random: &mut Rng, depth: u8) -> Expression {
    let parts = |random: &mut Rng| {
        let parts = 0..random.usize(2..4);
        parts.map(|_| expression(random, depth - 1)).collect()
    };
    match random.u8(..if depth == 0 { 2 } else { 4 }) {
        0 => Expression::Word(word(random)),
        1 => Expression::Known(known(random)),
        2 => Expression::All(parts(random)),
        _ => Expression::Any(parts(random)),
    }
}

type Found = Vec<(usize, DocId, Score)>;

fn by_lists(snapshot: &Snapshot, plan: &Plan<'_>, expression: &Expression) -> Option<Found> {
    let mut figures = Figures::of(snapshot);
    let mut found = Found::new();
    for way in plan.ways(expression)? {
        let Some(weighed) = way.weigh(&mut figures).unwrap() else {
            continue;
        };
        for (place, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
            if let Some(mut cursor) = Cursor::open(&weighed, place, segment).unwrap() {
                cursor.run(segment.max_doc(), |doc, score| {
                    found.push((place, doc, score));
                });
            }
        }
    }
    found.sort_by_key(|(place, doc, _)| (*place, *doc));
    Some(found)
}

fn by_query(snapshot: &Snapshot, query: &dyn Query) -> Found {
    let searcher = &snapshot.searcher;
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher));
    let weight = weight.unwrap();
    let mut found = Found::new();
    for (place, segment) in searcher.segment_readers().iter().enumerate() {
        let each = &mut |doc, score| found.push((place, doc, score));
        weight.for_each(segment, each).unwrap();
    }
    found
}

#[test]
fn lists_find_what_queries_find_with_the_same_scores() {
    let mut random = Rng::with_seed(11);
    let snapshot = snapshot(&mut random);
    let plan = Plan::new(&snapshot.fields, &[], true);
    let (mut listed, mut matched) = (0, 0);
    for _ in 0..150 {
        let expression = expression(&mut random, 2);
        let Some(own) = by_lists(&snapshot, &plan, &expression) else {
            continue;
        };
        let query = plan.query(&expression, Reach::All);
        let theirs = by_query(&snapshot, &*query);
        assert_eq!(own.len(), theirs.len(), "{expression:?}");
        for (own, theirs) in own.iter().zip(&theirs) {
            assert_eq!((own.0, own.1), (theirs.0, theirs.1), "{expression:?}");
            let (own, theirs) = (own.2, theirs.2);
            // The order of sums is not the same, and with it the last bits.
            assert!(
                (own - theirs).abs() <= theirs * 1e-5,
                "{own} {theirs} {expression:?}"
            );
        }
        listed += 1;
        matched += own.len();
    }
    assert!(listed > 50 && matched > 10_000, "{listed} {matched}");
}
