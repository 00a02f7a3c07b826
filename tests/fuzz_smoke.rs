//! The properties of the fuzz targets, held against their stored corpora, mutations of these, and a few monsters.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

#[path = "fuzz/properties.rs"]
mod properties;

use properties::TARGETS;

/// Far more than anything here takes: what is not done by then hangs.
const HANGS: Duration = Duration::from_mins(3);
/// Mutations of a target's corpus.
const MUTATIONS: usize = 300;

/// The seeds of a target with their names, in a fixed order.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<_> = fs::read_dir(format!("tests/fuzz/corpus/{target}"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    seeds.sort();
    seeds
}

/// Runs a property in a thread of its own; fails with `what` where it panics or hangs.
fn hold(what: &str, property: fn(&[u8]), bytes: Vec<u8>) {
    let (done, waiting) = mpsc::channel();
    let thread = thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            property(&bytes);
            let _ = done.send(());
        })
        .unwrap();
    match waiting.recv_timeout(HANGS) {
        Ok(()) => thread.join().unwrap(),
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what} hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{what} panicked"),
    }
}

#[test]
fn the_stored_corpora_hold() {
    for (target, property) in TARGETS {
        let seeds = corpus(target);
        assert!(
            (10..=40).contains(&seeds.len()),
            "{target}: {} seeds",
            seeds.len()
        );
        for (name, bytes) in seeds {
            assert!(bytes.len() < 4096, "{target}/{name} is large");
            hold(&format!("{target}/{name}"), property, bytes);
        }
    }
}

#[test]
fn mutations_of_the_corpora_hold() {
    for (target, property) in TARGETS {
        let seeds = corpus(target);
        let mut random = fastrand::Rng::with_seed(0x7665_7374);
        for round in 0..MUTATIONS {
            let mut bytes = seeds[round % seeds.len()].1.clone();
            let other = &seeds[random.usize(..seeds.len())].1;
            for _ in 0..random.usize(1..6) {
                mutate(&mut bytes, other, &mut random);
            }
            let held = catch_unwind(AssertUnwindSafe(|| property(&bytes)));
            assert!(
                held.is_ok(),
                "{target}, round {round}: {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}

/// One small change: a byte, a piece left out, doubled, moved or taken from another seed.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut fastrand::Rng) {
    let piece = |of: &[u8], random: &mut fastrand::Rng| {
        let from = random.usize(..=of.len());
        let to = (from + random.usize(0..64)).min(of.len());
        of[from..to].to_vec()
    };
    let at = random.usize(..=bytes.len());
    match random.u8(0..7) {
        0 if at < bytes.len() => bytes[at] = random.u8(..),
        1 => bytes.truncate(at),
        2 => {
            let to = (at + random.usize(0..32)).min(bytes.len());
            bytes.drain(at..to);
        }
        3 => {
            let own = piece(bytes, random);
            bytes.splice(at..at, own);
        }
        4 => {
            let theirs = piece(other, random);
            bytes.splice(at..at, theirs);
        }
        5 => {
            let own = piece(bytes, random).repeat(random.usize(2..20));
            bytes.splice(at..at, own);
        }
        _ => {
            let signs = b"<>&;\"'/-![]{}:,. \n\0\xff\xc3\xe2";
            bytes.insert(at, signs[random.usize(..signs.len())]);
        }
    }
    bytes.truncate(8192);
}

/// The targets that some documents are for, and the documents with their names.
type Monsters = (&'static [&'static str], Vec<(&'static str, String)>);

/// Documents that a careless parser does not come back from.
fn monsters() -> [Monsters; 6] {
    let many = |piece: &str, count: usize| piece.repeat(count);
    let html = vec![
        ("nested divs", many("<div>", 50_000) + "x"),
        ("nested tables", many("<table><tr><td>", 5000)),
        ("nested formatting", many("<b><i><a href=x>", 2000) + "<p>x"),
        (
            "an endless attribute",
            format!("<p title=\"{}\">x</p>", many("a", 1 << 20)),
        ),
        (
            "an unclosed attribute",
            format!("<p title=\"{}", many("a>", 1 << 18)),
        ),
        (
            "many attributes",
            format!("<p {}>x</p>", many("a=b ", 50_000)),
        ),
        ("siblings", many("<p>x</p>", 40_000)),
        ("links", many("<a href=/a>Titlu</a> ", 5000)),
        ("nothing closed", many("<p><li><td><option><b>x", 5000)),
        ("only ends", many("</div>", 50_000)),
        ("entities", many("&amp;", 200_000)),
        ("quotation marks", many("«x» ", 30_000)),
        ("comments", many("<!--", 50_000)),
    ];
    let feeds = vec![
        ("sections", many("<rss><![CDATA[", 50_000)),
        ("document types", many("<!DOCTYPE [", 50_000)),
        (
            "items",
            format!(
                "<rss><channel>{}</channel></rss>",
                many("<item><title>x</title></item>", 20_000)
            ),
        ),
        (
            "open items",
            format!("<rss><channel>{}", many("<item><description>", 20_000)),
        ),
        (
            "a title of entities",
            format!("<rss><item><title>{}", many("&amp;", 50_000)),
        ),
        ("deep JSON", format!("{{\"items\":{}", many("[", 100_000))),
        (
            "many JSON items",
            format!(
                "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}]}}",
                many("{\"id\":1},", 20_000)
            ),
        ),
    ];
    let texts = vec![
        ("numbers", many("12.05.2024-", 20_000)),
        ("misread text", many("Äƒ Ã® ", 20_000)),
        ("one line of letters", many("ș", 100_000)),
        ("unsigned UTF-16", many("a\0", 50_000)),
    ];
    let listings = vec![
        (
            "a long list",
            many("<li><a href=?x=1>Un titlu oarecare</a> 1.2.2024", 10_000),
        ),
        (
            "many different links",
            (0..5000).fold(String::new(), |page, at| {
                page + &format!("<p class=c{at}><a href=/{at}>Un titlu oarecare {at}</a>")
            }),
        ),
    ];
    let sitemaps = vec![
        (
            "pages",
            format!(
                "<urlset>{}",
                many("<url><loc>/stiri/a-b</loc></url>", 10_000)
            ),
        ),
        ("open pages", format!("<urlset>{}", many("<url>", 50_000))),
        (
            "an endless address",
            format!("<urlset><url><loc>{}", many("/%41", 1 << 18)),
        ),
        ("many names", many("Sitemap: /a\n", 50_000)),
    ];
    let documents = vec![
        ("deep groups", format!("{{\\rtf1 {}", many("{", 100_000))),
        (
            "one group after another",
            format!("{{\\rtf1 {}", many("{\\b x}", 50_000)),
        ),
        (
            "many characters",
            format!("{{\\rtf1 {}", many("\\u537?\\'ba", 50_000)),
        ),
    ];
    [
        (&["listing"], listings),
        (&["sitemap"], sitemaps),
        (&["document"], documents),
        (
            &["article", "text", "discovery", "charset", "listing"],
            html,
        ),
        (&["feed", "sitemap", "wordpress"], feeds),
        (&["charset", "dates", "text"], texts),
    ]
}

#[test]
fn monsters_are_survived() {
    let monsters = monsters();
    thread::scope(|scope| {
        for (target, property) in TARGETS {
            let own = monsters
                .iter()
                .filter(move |(targets, _)| targets.contains(&target))
                .flat_map(|(_, monsters)| monsters);
            scope.spawn(move || {
                for (name, text) in own {
                    hold(
                        &format!("{target}: {name}"),
                        property,
                        text.clone().into_bytes(),
                    );
                }
            });
        }
    });
}
