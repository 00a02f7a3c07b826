//! How well results are ranked: a set of announcements, queries that people type, and how well each announcement answers
//! them.
//!
//! For each kind of query, the mean of three figures: nDCG@10 (Järvelin and Kekäläinen 2002, gains 2^grade − 1), the
//! reciprocal rank of the first clear answer, and the share of all that was judged relevant among the first 20.
//! `cargo test --test quality relevance -- --nocapture` prints them; `RELEVANCE=1` before it also prints what came instead
//! of what should have.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vesti::config::{Config, SearchSettings};
use vesti::domain::{
    Arrival, CanonicalUrl, Draft, Item, ItemId, ItemState, Language, Precision, SearchRequest, Seq,
    Source, StoryId, Understood,
};
use vesti::search::Index;
use vesti::understanding::{identity, topics::Thesaurus, understand};

use super::floors;
use super::log::MemoryLog;

/// From which grade on a result is a clear answer.
const CLEAR: u32 = 2;

/// A query and its judgments.
struct Query {
    kind: String,
    request: SearchRequest,
    filter: String,
    /// By item.
    grades: HashMap<u64, u32>,
}

/// The figures of one query, or their sums over several.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    ndcg: f64,
    mrr: f64,
    recall: f64,
    queries: f64,
}

impl Figures {
    fn of(found: &[u64], grades: &HashMap<u64, u32>) -> Self {
        let gain = |grade: u32| f64::from((1_u32 << grade) - 1);
        let discounted = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
            let gains = grades.take(10).zip(2_u32..);
            gains
                .map(|(grade, rank)| gain(grade) / f64::from(rank).log2())
                .sum()
        };
        let grade = |id: &u64| grades.get(id).copied().unwrap_or(0);
        let mut ideal: Vec<u32> = grades.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let first = found.iter().position(|id| grade(id) >= CLEAR);
        let among = found.iter().take(20).filter(|id| grade(id) > 0).count();
        Self {
            ndcg: discounted(&mut found.iter().map(grade)) / discounted(&mut ideal.into_iter()),
            mrr: first.map_or(0.0, |place| 1.0 / (place + 1) as f64),
            recall: among as f64 / grades.len() as f64,
            queries: 1.0,
        }
    }

    fn add(&mut self, other: Self) {
        self.ndcg += other.ndcg;
        self.mrr += other.mrr;
        self.recall += other.recall;
        self.queries += other.queries;
    }

    fn mean(self) -> Self {
        Self {
            ndcg: self.ndcg / self.queries,
            mrr: self.mrr / self.queries,
            recall: self.recall / self.queries,
            queries: self.queries,
        }
    }
}

/// The rows of a table in `tests/quality/relevance`.
fn rows<const COLUMNS: usize>(name: &str) -> Vec<[String; COLUMNS]> {
    let text = fs::read_to_string(format!("tests/quality/relevance/{name}.tsv")).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
            columns
                .try_into()
                .unwrap_or_else(|_| panic!("{name}: {COLUMNS} columns: {line}"))
        })
        .collect()
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn sources() -> HashMap<String, Source> {
    let sources = rows("sources").into_iter();
    sources
        .map(|[id, name, country, role, languages]| {
            let languages = languages
                .split(',')
                .map(|code| code.parse().unwrap())
                .collect();
            let source = Source {
                id: id.parse().unwrap(),
                name,
                url: None,
                country: country.parse().unwrap(),
                role: role.parse().unwrap(),
                languages,
                feed: None,
                listing: None,
                interval: None,
                topics: Vec::new(),
                paused: false,
                private: false,
            };
            (id, source)
        })
        .collect()
}

/// What the service makes of an announcement.
fn understood(
    title: String,
    text: String,
    day: &str,
    source: &Source,
    thesaurus: &Thesaurus,
) -> Understood {
    let published: Timestamp = format!("{day}T09:00:00Z").parse().unwrap();
    let draft = Draft {
        guid: None,
        url: None,
        title,
        author: None,
        html: None,
        text,
        summary: None,
        published: Some(published),
        precision: Precision::Second,
        updated: None,
        lang_hint: None,
        image: None,
        attachments: Vec::new(),
        categories: Vec::new(),
        partial: false,
    };
    let hash = identity::content_hash(&draft);
    understand(draft, source, thesaurus, Vec::new(), hash, published)
}

fn item(id: u64, understood: Understood, source: &Source) -> Item {
    let at = understood.draft.published.unwrap();
    Item {
        id: ItemId::new(id),
        seq: Seq(0),
        born: Seq(0),
        version: 1,
        source: source.id.clone(),
        country: source.country,
        source_name: source.name.clone(),
        role: source.role,
        canonical_url: CanonicalUrl::of(&understood.url),
        url: understood.url,
        guid: None,
        title: understood.draft.title,
        author: None,
        excerpt: understood.excerpt,
        text: understood.draft.text,
        html: None,
        lang: understood.lang,
        published: Some(at),
        precision: Precision::Second,
        sort_at: at,
        first_seen: at,
        updated: None,
        kind: understood.kind,
        topics: understood.topics,
        deadline: understood.deadline,
        event: understood.event,
        image: None,
        attachments: Vec::new(),
        files: Vec::new(),
        // Each of its own story: here it is ranking that is measured.
        story: StoryId::new(id),
        newer: None,
        state: ItemState::Live,
        arrival: Arrival::News,
    }
}

/// The announcements, indexed, and their names by number.
fn indexed() -> (tempfile::TempDir, Index, Vec<String>) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/vesti.toml");
    let config = Config::load(&path, std::iter::empty::<(String, String)>());
    let concepts = config
        .unwrap_or_else(|problems| panic!("{problems}"))
        .thesaurus;
    let thesaurus = Thesaurus::compile(&concepts);
    let (log, sources) = (MemoryLog::default(), sources());
    let mut names = Vec::new();
    for [name, day, lang, source, title, text] in rows("items") {
        let source = &sources[&source];
        let mut understood = understood(title, text, &day, source, &thesaurus);
        // Telling languages apart is measured elsewhere.
        let lang: Language = lang.parse().unwrap();
        understood.lang = Some(vesti::domain::Detected {
            lang,
            confidence: 1.0,
        });
        log.put(item(names.len() as u64 + 1, understood, source));
        names.push(name);
    }
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path(), &log, &SearchSettings::default(), &concepts).unwrap();
    index.catch_up(&log).unwrap();
    (dir, index, names)
}

fn queries(names: &[String]) -> Vec<Query> {
    let number = |name: &str| {
        let place = names.iter().position(|known| known == name);
        place.unwrap_or_else(|| panic!("no item {name}")) as u64 + 1
    };
    rows("queries")
        .into_iter()
        .map(|[kind, q, filter, judgments]| {
            let filters = filter.split('&').filter_map(|pair| pair.split_once('='));
            let request = SearchRequest {
                q,
                limit: 20,
                ..SearchRequest::from_pairs(filters).unwrap()
            };
            let grades = judgments.split(' ').map(|judgment| {
                let (name, grade) = judgment.split_once('=').unwrap();
                (number(name), grade.parse().unwrap())
            });
            Query {
                kind,
                request,
                filter,
                grades: grades.collect(),
            }
        })
        .collect()
}

/// What came, with its grades, for whoever looks why a figure is what it is.
fn told(query: &Query, found: &[u64], names: &[String], figures: Figures) -> String {
    let name = |id: u64| &names[id as usize - 1];
    let came: Vec<String> = found
        .iter()
        .take(12)
        .map(|id| format!("{}={}", name(*id), query.grades.get(id).unwrap_or(&0)))
        .collect();
    let missing = query.grades.iter().filter(|(id, _)| !found.contains(id));
    let missing: Vec<String> = missing
        .map(|(id, g)| format!("{}={g}", name(*id)))
        .collect();
    format!(
        "{} [{} {}] nDCG {:.2}\n    {}\n    missing: {}",
        query.request.q,
        query.kind,
        query.filter,
        figures.ndcg,
        came.join(" "),
        missing.join(" ")
    )
}

#[test]
fn what_answers_a_query_comes_first() {
    let (_dir, index, names) = indexed();
    let queries = queries(&names);
    let talkative = std::env::var_os("RELEVANCE").is_some();
    let mut by_kind: BTreeMap<&str, Figures> = BTreeMap::new();
    let mut all = Figures::default();
    let mut imperfect = Vec::new();
    for query in &queries {
        let hits = index
            .search(&query.request, now(), &TimeZone::UTC)
            .expect("an answer");
        let found: Vec<u64> = hits.ids.iter().map(|id| id.get()).collect();
        let figures = Figures::of(&found, &query.grades);
        by_kind.entry(&query.kind).or_default().add(figures);
        all.add(figures);
        if figures.ndcg < 0.9 || figures.recall < 1.0 {
            imperfect.push(told(query, &found, &names, figures));
        }
    }
    println!("{:14} queries  nDCG@10    MRR  recall@20", "");
    for (kind, sum) in by_kind.iter().chain([(&"all", &all)]) {
        let mean = sum.mean();
        println!(
            "{kind:14} {:7} {:8.3} {:6.3} {:10.3}",
            mean.queries, mean.ndcg, mean.mrr, mean.recall
        );
    }
    if talkative {
        println!("{}", imperfect.join("\n"));
    }
    for (kind, sum) in by_kind.iter().chain([(&"all", &all)]) {
        let mean = sum.mean();
        let floor = floors::of("relevance", kind);
        assert!(
            mean.ndcg >= floor,
            "[relevance] {kind}: nDCG@10 {:.3}, floor {floor}\n{}",
            mean.ndcg,
            imperfect.join("\n")
        );
    }
    let (mean, floor) = (all.mean(), floors::of("relevance", "recall"));
    assert!(
        mean.recall >= floor,
        "recall@20 {:.3}, floor {floor}",
        mean.recall
    );
}

#[test]
fn figures_are_those_of_the_books() {
    let grades = HashMap::from([(1, 3), (2, 2)]);
    let best = Figures::of(&[1, 2, 3], &grades);
    assert!((best.ndcg - 1.0).abs() < 1e-9 && (best.recall - 1.0).abs() < 1e-9);
    // (3 / log2 3) / (7 + 3 / log2 3): the better one is missing.
    let half = Figures::of(&[3, 2], &grades);
    assert!((half.ndcg - 0.2129).abs() < 1e-3, "{half:?}");
    assert!((half.mrr - 0.5).abs() < 1e-9 && (half.recall - 0.5).abs() < 1e-9);
    assert!(Figures::of(&[], &grades).mrr.abs() < 1e-9);
}
