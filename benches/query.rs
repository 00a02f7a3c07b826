//! Indexing and searching: items a second into the index, then searches over HTTP with facets and highlights, beside a peer
//! that answers the way tantivy's examples do: stored documents, no facets.
//!
//! `cargo bench --bench query [-- ITEMS]` (default 100,000, or `VESTI_BENCH_ITEMS`). Servers are processes of their own; the
//! load comes from this one. `VESTI_BENCH_DATA=DIR` keeps the store and the index there and uses them again;
//! `VESTI_BENCH_ROWS=TEXT` measures only the rows whose names have that text. Queries are expanded by the thesaurus that vesti comes with.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench may")]

#[path = "common/mod.rs"]
mod common;

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{Query, State};
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{FAST, STORED, STRING, Schema, TEXT, Value as _};
use tantivy::{TantivyDocument, doc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use vesti::clock::{Clock, SharedClock, SystemClock};
use vesti::config::Config;
use vesti::domain::{Country, Draft, ItemKey, Phase, Precision, Role, Source, Understood};
use vesti::search::Index;
use vesti::store::{Intent, Store, Visit, VisitLog};
use vesti::understanding::language;

const SOURCES: usize = 200;
const SECONDS: u64 = 8;
const CONNECTIONS: usize = 4;
/// The peer, asked for all that vesti looks for.
const SAME_WORDS: &str = "peer: vesti's words, with facets";
const QUERIES: &[&str] = &[
    "servicii sociale",
    "persoane cu dizabilități",
    "apel de proiecte",
    "locuințe protejate",
    "sociālie pakalpojumi",
    "grupu dzīvokļi",
    "biedrība konkurss",
    "социальные услуги",
    "общественные консультации",
    "пожилые люди",
    "supported housing",
    "training social workers",
    "ministerul",
    "ziņojums",
    "отчёт",
    "report",
];

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match arguments.first().map(String::as_str) {
        Some("--vesti") => runtime.block_on(serve(Path::new(&arguments[1]))),
        Some("--peer") => runtime.block_on(peer(Path::new(&arguments[1]))),
        first => {
            let items = first.map(str::to_owned).or(set("ITEMS"));
            let items = items
                .and_then(|count| count.parse().ok())
                .unwrap_or(100_000);
            runtime.block_on(measure(items));
        }
    }
}

/// What the environment says of the bench.
fn set(name: &str) -> Option<String> {
    std::env::var(format!("VESTI_BENCH_{name}")).ok()
}

async fn measure(items: usize) {
    let temporary = tempfile::tempdir().expect("a directory");
    let kept = set("DATA").map(std::path::PathBuf::from);
    let data = kept.as_deref().unwrap_or(temporary.path());
    if !data.join("search/CURRENT").exists() {
        fill(data, items).await;
    }
    println!("{} MB on the disk", size(data) / 1_000_000);
    println!(
        "\n{:<38} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        format!("{CONNECTIONS} connections but where said, {SECONDS} s"),
        "queries/s",
        "p50 ms",
        "p99 ms",
        "CPU ms/q",
        "peak MB",
        "of peer"
    );
    // A number that nothing reads makes every question a new one, so that no answer can be given again.
    let rows: [(&str, &str, &PathOf); 11] = [
        ("peer: tantivy, stored documents", "--peer", &|query, _| {
            format!("/search?q={query}")
        }),
        ("peer: the same with facets", "--peer", &|query, _| {
            format!("/facets?q={query}")
        }),
        (SAME_WORDS, "--peer", &|query, _| {
            format!("/facets?q={query}")
        }),
        ("vesti: every question new", "--vesti", &|query, number| {
            format!("/api/v1/search?q={query}&n={number}")
        }),
        (
            "vesti: as typed, every one new",
            "--vesti",
            &|query, number| format!("/api/v1/search?q={query}&cross=0&n={number}"),
        ),
        ("peer: one connection", "--peer", &|query, _| {
            format!("/search?q={query}")
        }),
        ("vesti: one connection, new", "--vesti", &|query, number| {
            format!("/api/v1/search?q={query}&n={number}")
        }),
        ("vesti: questions asked again", "--vesti", &|query, _| {
            format!("/api/v1/search?q={query}")
        }),
        (
            "vesti: results pages, every one new",
            "--vesti",
            &|query, number| format!("/?q={query}&n={number}"),
        ),
        (
            "vesti: newest of a language, new",
            "--vesti",
            &|_, number| format!("/api/v1/search?lang=ro&country=RO&n={number}"),
        ),
        ("vesti: a feed that many poll", "--vesti", &|_, _| {
            "/feed.rss?lang=ro&country=RO".into()
        }),
    ];
    let mut peer = None;
    let chosen = set("ROWS").unwrap_or_default();
    for (what, server, path) in rows {
        if !what.contains(&chosen) {
            continue;
        }
        let queries = if what == SAME_WORDS {
            in_the_same_words(data).await
        } else {
            QUERIES.iter().map(ToString::to_string).collect()
        };
        let (mut child, port) = start(server, data);
        let connections = if what.contains("one connection") {
            1
        } else {
            CONNECTIONS
        };
        let figures = load(&mut child, port, path, &queries, connections).await;
        show(what, &figures, *peer.get_or_insert(figures.rate));
    }
}

/// The questions with the words that vesti looks for in other languages, as the peer's own language of queries says it.
async fn in_the_same_words(data: &Path) -> Vec<String> {
    let (mut child, port) = start("--vesti", data);
    let mut stream = connect(port).await;
    let mut questions = Vec::new();
    for query in QUERIES {
        let path = format!("/api/v1/search?q={}", encode(query));
        let answer: Value =
            serde_json::from_slice(&ask(&mut stream, &path).await).expect("an answer");
        let typed: Vec<String> = query.split(' ').map(|word| format!("+{word}")).collect();
        let mut question = format!("({})", typed.join(" "));
        let expanded = answer["interpreted"]["expanded"].as_object();
        for words in expanded.expect("words").values() {
            for words in words.as_array().expect("words") {
                let words = words.as_str().expect("words");
                question.extend([" \"", words, "\""]);
            }
        }
        questions.push(question);
    }
    let _ = child.kill();
    let _ = child.wait();
    questions
}

/// Bytes in a directory and those below.
fn size(directory: &Path) -> u64 {
    let entries = std::fs::read_dir(directory).expect("a directory");
    entries
        .map(|entry| {
            let entry = entry.expect("an entry");
            let about = entry.metadata().expect("a file");
            if about.is_dir() {
                size(&entry.path())
            } else {
                about.len()
            }
        })
        .sum()
}

/// The address that asks a query; the number differs from one question to the next.
type PathOf = dyn Fn(&str, usize) -> String;

struct Figures {
    rate: f64,
    p50: f64,
    p99: f64,
    cpu: f64,
    peak: f64,
}

fn show(what: &str, figures: &Figures, peer: f64) {
    println!(
        "{what:<38} {:>9.0} {:>9.2} {:>9.2} {:>9.2} {:>9.0} {:>8.2}x",
        figures.rate,
        figures.p50,
        figures.p99,
        figures.cpu,
        figures.peak,
        figures.rate / peer
    );
}

fn start(what: &str, data: &Path) -> (Child, u16) {
    let mut child = Command::new(std::env::current_exe().expect("this bench"))
        .arg(what)
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a server");
    let mut port = String::new();
    BufReader::new(child.stdout.take().expect("a pipe"))
        .read_line(&mut port)
        .expect("a port");
    (child, port.trim().parse().expect("a port"))
}

/// Keeps some connections busy for a while, a warm-up first.
async fn load(
    child: &mut Child,
    port: u16,
    path: &PathOf,
    queries: &[String],
    connections: usize,
) -> Figures {
    let queries: Vec<String> = queries.iter().map(|query| encode(query)).collect();
    for query in &queries {
        let mut stream = connect(port).await;
        ask(&mut stream, &path(query, 0)).await;
    }
    let cpu = process_cpu(child.id());
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let asked = AtomicUsize::new(1);
    let connections = (0..connections).map(|connection| {
        let (queries, asked) = (&queries, &asked);
        async move {
            let mut times = Vec::new();
            let mut stream = connect(port).await;
            let mut at = connection * 5;
            while Instant::now() < until {
                let path = path(
                    &queries[at % queries.len()],
                    asked.fetch_add(1, Ordering::Relaxed),
                );
                let began = Instant::now();
                ask(&mut stream, &path).await;
                times.push(began.elapsed().as_secs_f64() * 1_000.0);
                at += 1;
            }
            times
        }
    });
    let mut times: Vec<f64> = futures::future::join_all(connections)
        .await
        .into_iter()
        .flatten()
        .collect();
    times.sort_by(f64::total_cmp);
    let cpu = process_cpu(child.id()) - cpu;
    let peak = process_peak(child.id());
    let _ = child.kill();
    let _ = child.wait();
    Figures {
        rate: times.len() as f64 / SECONDS as f64,
        p50: times[times.len() / 2],
        p99: times[times.len() * 99 / 100],
        cpu: cpu * 1_000.0 / times.len() as f64,
        peak,
    }
}

async fn connect(port: u16) -> tokio::net::TcpStream {
    let stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a server");
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// The body of an answer.
async fn ask(stream: &mut tokio::net::TcpStream, path: &str) -> Vec<u8> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("a request");
    let mut answer = Vec::with_capacity(64 * 1024);
    let mut part = vec![0; 64 * 1024];
    loop {
        let read = stream.read(&mut part).await.expect("an answer");
        assert!(read > 0, "the server hung up");
        answer.extend_from_slice(&part[..read]);
        if let Some(head) = answer.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
            assert!(text.starts_with("http/1.1 200"), "{text}");
            let whole = match text.split("content-length: ").nth(1) {
                Some(length) => {
                    let length: usize = length
                        .split("\r\n")
                        .next()
                        .and_then(|length| length.parse().ok())
                        .expect("a length");
                    answer.len() >= head + 4 + length
                }
                None => answer.ends_with(b"0\r\n\r\n"),
            };
            if whole {
                return answer.split_off(head + 4);
            }
        }
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                (byte as char).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn process_cpu(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("Linux");
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .expect("fields")
        .split_whitespace()
        .collect();
    (fields[11].parse::<u64>().expect("utime") + fields[12].parse::<u64>().expect("stime")) as f64
        / 100.0
}

fn process_peak(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .expect("a peak");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<f64>().ok())
        .expect("a number")
        / 1_000.0
}

/// Records items as visits would, then indexes them.
async fn fill(data: &Path, items: usize) {
    let store = Store::open(data).expect("a store");
    let now = SystemClock.now();
    let sources: Vec<Source> = (0..SOURCES).map(source).collect();
    store.set_sources(sources, now).await.expect("sources");
    let (cpu, began) = (common::cpu(), Instant::now());
    let leases = store
        .lease_due(now, Duration::from_hours(1), SOURCES)
        .await
        .expect("leases");
    for (number, lease) in leases.iter().enumerate() {
        let intents = (number..items)
            .step_by(SOURCES)
            .map(|item| Intent::Insert(Box::new(understood(item as u64, now, &lease.source))))
            .collect();
        let mut state = lease.state.clone();
        state.phase = Phase::Healthy;
        state.next_visit = now + SignedDuration::from_hours(24);
        let log = VisitLog {
            at: now,
            url: String::new(),
            status: None,
            millis: 0,
            bytes: 0,
            listed: 0,
            new: 0,
            changed: 0,
            fault: None,
            note: None,
        };
        store
            .record(
                lease,
                Visit {
                    at: now,
                    state,
                    intents,
                    log,
                },
            )
            .await
            .expect("recorded");
    }
    println!(
        "{items} items of 130 words recorded in {:.1} s ({:.1} CPU s)",
        began.elapsed().as_secs_f64(),
        common::cpu() - cpu
    );
    let config = configured();
    let index =
        Index::open(data, &store, &config.settings.search, &config.thesaurus).expect("an index");
    let (cpu, began) = (common::cpu(), Instant::now());
    tokio::task::spawn_blocking({
        let store = store.clone();
        move || index.catch_up(&store).expect("indexed")
    })
    .await
    .expect("indexed");
    let wall = began.elapsed().as_secs_f64();
    println!(
        "indexed in {wall:.1} s ({:.1} CPU s), {:.0} items/s, peak {:.0} MB",
        common::cpu() - cpu,
        items as f64 / wall,
        common::peak()
    );
}

fn source(number: usize) -> Source {
    Source {
        id: format!("s{number}").parse().expect("an id"),
        name: format!("Organizația {number}"),
        url: url::Url::parse(&format!("https://s{number}.example/")).ok(),
        country: [Country::RO, Country::LV, Country::MD, Country::EU][number % 4],
        role: Role::ALL[number % Role::ALL.len()],
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

fn understood(number: u64, now: Timestamp, source: &Source) -> Understood {
    let (lang, title, sector) = common::announcement(number, 40);
    let text = format!("{sector} {}", filler(number, 90));
    let url =
        url::Url::parse(&format!("https://{}.example/{number}", source.id)).expect("an address");
    let published = now - SignedDuration::from_mins((number % 1_000_000) as i64 * 7);
    let excerpt = text.chars().take(250).collect();
    Understood {
        keys: vec![ItemKey::Url(url.to_string())],
        content_hash: number.to_string(),
        excerpt,
        lang: language::detect(&title, &[], None).filter(|found| found.lang.as_str() == lang),
        kind: vesti::domain::Kind::ALL[(number % 7) as usize],
        topics: vec![format!("topic-{}", number % 40).parse().expect("an id")],
        deadline: None,
        event: None,
        sketch: vesti::domain::Sketch::default(),
        draft: Draft {
            guid: None,
            url: Some(url.clone()),
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
        },
        url,
    }
}

/// Words of a vocabulary of some 30,000 that are used as unevenly as real ones are (Zipf): texts made of a few sentences
/// alone would make every query match every other item.
fn filler(number: u64, words: usize) -> String {
    const SYLLABLES: [&str; 32] = [
        "ba", "ce", "di", "fo", "gu", "ha", "ie", "jo", "ka", "le", "mi", "no", "pu", "ra", "se",
        "ti", "vo", "za", "ar", "en", "il", "or", "ut", "as", "et", "in", "os", "ur", "al", "er",
        "it", "on",
    ];
    let mut random = fastrand::Rng::with_seed(number ^ 0x5eed);
    let mut text = String::new();
    for _ in 0..words {
        let rank = (30_000.0_f64.powf(random.f64())) as usize;
        for place in [0, 5, 10] {
            text.push_str(SYLLABLES[(rank.wrapping_mul(2_654_435_761) >> place) % 32]);
        }
        text.push(' ');
    }
    text
}

/// The defaults with the thesaurus that vesti comes with, so that queries are expanded to other languages.
fn configured() -> Config {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/vesti.toml");
    let shipped = Config::load(&file, std::iter::empty()).expect("a configuration");
    Config {
        thesaurus: shipped.thesaurus,
        ..Config::default()
    }
}

async fn serve(data: &Path) {
    let clock: SharedClock = Arc::new(SystemClock);
    let store = Store::open(data).expect("a store");
    let config = configured();
    let index =
        Index::open(data, &store, &config.settings.search, &config.thesaurus).expect("an index");
    let (_sender, config) = tokio::sync::watch::channel(Arc::new(config));
    let listener = announce().await;
    let base = url::Url::parse("http://127.0.0.1/").expect("an address");
    let app = vesti::web::App::new(store, index, clock, config, base);
    axum::serve(listener, vesti::web::router(app))
        .await
        .expect("a server");
}

async fn announce() -> tokio::net::TcpListener {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    std::io::stdout().flush().expect("a pipe");
    listener
}

#[derive(Clone)]
struct Peer {
    reader: tantivy::IndexReader,
    parser: Arc<QueryParser>,
}

/// The same items in an index made the default way: texts stored in it, hits read from it.
async fn peer(data: &Path) {
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", TEXT | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    for name in ["id", "url", "published", "excerpt"] {
        schema.add_text_field(name, STRING | STORED);
    }
    for name in FACETS {
        schema.add_text_field(name, STRING | STORED | FAST);
    }
    let schema = schema.build();
    let index = tantivy::Index::create_in_ram(schema.clone());
    {
        let field = |name: &str| schema.get_field(name).expect("a field");
        let mut writer: tantivy::IndexWriter = index.writer(200_000_000).expect("a writer");
        let store = Store::open_for_reading(data).expect("a store");
        let mut at = vesti::domain::Seq(0);
        loop {
            let changes = store.changes_after(at, 2_000).expect("changes");
            if changes.is_empty() {
                break;
            }
            for change in changes {
                if let vesti::store::Change::Item(item) = change {
                    at = item.seq;
                    writer
                        .add_document(doc!(
                            title => item.title, text => item.text, field("id") => item.id.to_string(), field("url") => item.url.as_str(),
                            field("lang") => item.lang.map(|found| found.lang.to_string()).unwrap_or_default(), field("country") => item.country.as_str(),
                            field("source") => item.source.as_str(), field("kind") => item.kind.as_str(), field("role") => item.role.as_str(),
                            field("topic") => item.topics.first().map(ToString::to_string).unwrap_or_default(), field("published") => item.sort_at.to_string(),
                            field("excerpt") => item.excerpt,
                        ))
                        .expect("a document");
                }
            }
        }
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("merged");
    }
    let peer = Peer {
        reader: index.reader().expect("a reader"),
        parser: Arc::new(QueryParser::for_index(&index, vec![title, text])),
    };
    let router = axum::Router::new()
        .route("/search", get(peer_search))
        .route("/facets", get(peer_facets))
        .with_state(peer);
    axum::serve(announce().await, router)
        .await
        .expect("a server");
}

const FACETS: [&str; 6] = ["lang", "country", "source", "role", "kind", "topic"];

type Asked = Query<std::collections::HashMap<String, String>>;

async fn peer_search(State(peer): State<Peer>, Query(asked): Asked) -> Json<Value> {
    let searcher = peer.reader.searcher();
    let (query, _) = peer.parser.parse_query_lenient(&asked["q"]);
    let (total, top) = searcher
        .search(&query, &(Count, TopDocs::with_limit(20).order_by_score()))
        .expect("hits");
    Json(json!({ "total": total, "items": peer_items(&searcher, top) }))
}

/// With counts of the values of six fields, by tantivy's own aggregations.
async fn peer_facets(State(peer): State<Peer>, Query(asked): Asked) -> Json<Value> {
    let searcher = peer.reader.searcher();
    let (query, _) = peer.parser.parse_query_lenient(&asked["q"]);
    let wanted: serde_json::Map<String, Value> = FACETS
        .iter()
        .map(|name| {
            let terms = json!({ "terms": { "field": name, "size": 300 } });
            ((*name).to_owned(), terms)
        })
        .collect();
    let wanted = serde_json::from_value(Value::Object(wanted)).expect("aggregations");
    let facets = AggregationCollector::from_aggs(wanted, AggContextParams::default());
    let (total, top, facets) = searcher
        .search(
            &query,
            &(Count, TopDocs::with_limit(20).order_by_score(), facets),
        )
        .expect("hits");
    Json(json!({ "total": total, "items": peer_items(&searcher, top), "facets": facets }))
}

fn peer_items(
    searcher: &tantivy::Searcher,
    top: Vec<(tantivy::Score, tantivy::DocAddress)>,
) -> Vec<Value> {
    let schema = searcher.schema();
    top.into_iter()
        .map(|(score, address)| {
            let document: TantivyDocument = searcher.doc(address).expect("a document");
            let mut item = json!({ "score": score });
            for (field, value) in document.field_values() {
                let name = schema.get_field_name(field);
                if name != "text" {
                    item[name] = value.as_str().unwrap_or_default().into();
                }
            }
            item
        })
        .collect()
}
