//! The binary as its operators meet it: signals, mistakes in the configuration, commands beside a running service, and a
//! network that is not there.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[path = "service/place.rs"]
mod place;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use place::{Place, SOON, STUCK, Vesti, command, text};
use serde_json::Value;

/// Exit status 1, nothing on standard output, one plain line on standard error that says all of `words`.
fn assert_refused(output: &Output, words: &[&str]) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(text(&output.stdout), "");
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[tokio::test]
async fn sighup_brings_new_sources_and_changed_digests_and_no_broken_file() {
    let place = Place::new(&["a"]).await;
    let digest =
        |title: &str| format!("[[digest]]\nid = \"d\"\ntitle = \"{title}\"\nperiod = \"daily\"\n");
    place.write("digests.toml", &digest("Vechi"));
    let vesti = place.serve().await;
    let found = |count: u64| move |value: &Value| value["total"] == count;
    vesti.until("/api/v1/search?q=voluntari", found(3)).await;

    place.set_sources(&["a", "b"]);
    place.write("digests.toml", &digest("Nou"));
    vesti.signal("-HUP");
    vesti.until("/api/v1/search?q=voluntari", found(6)).await;
    let digests = vesti.get("/api/v1/digests").await;
    assert_eq!(digests["items"].as_array().unwrap().len(), 1);
    assert!(digests["items"][0].to_string().contains("Nou"), "{digests}");

    // The mistake is on the fourth line.
    place.write(
        "digests.toml",
        "\n[[digest]]\nid = \"d\"\nperoid = \"daily\"\ntitle = \"Stricat\"\nperiod = \"daily\"\n",
    );
    place.set_sources(&["a", "b", "c"]);
    vesti.signal("-HUP");
    let said = vesti.until_said("digests.toml:4").await;
    assert!(said.contains("stays as it was"), "{said}");
    assert_eq!(
        vesti.get("/api/v1/sources").await["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert!(
        vesti
            .get("/api/v1/digests")
            .await
            .to_string()
            .contains("Nou")
    );

    // Mended, it is taken.
    place.write("digests.toml", &digest("Mai nou"));
    place.set_sources(&["b", "c"]);
    vesti.signal("-HUP");
    vesti
        .until("/api/v1/sources", |value| {
            value.to_string().contains("Sursa c")
        })
        .await;
    vesti
        .until("/api/v1/search?q=voluntari&source=c", found(3))
        .await;
    let sources = vesti.get("/api/v1/sources").await;
    assert!(!sources.to_string().contains("Sursa a"), "{sources}");
    // What was read of the one that is followed no more stays.
    assert_eq!(vesti.get("/api/v1/search?q=voluntari").await["total"], 9);
    vesti.stop().await;
}

#[tokio::test]
async fn a_visit_that_sighup_breaks_off_begins_anew_at_once() {
    let place = Place::new(&["incet"]).await;
    let vesti = place.serve().await;
    let began = Instant::now();
    while !STUCK.load(Ordering::SeqCst) {
        assert!(began.elapsed() < SOON, "{}", vesti.said());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    vesti.signal("-HUP");
    let path = "/api/v1/search?q=voluntari";
    vesti.until(path, |value| value["total"] == 3).await;
    vesti.stop().await;
}

#[tokio::test]
async fn mistakes_are_told_in_one_line() {
    let place = Place::new(&["a"]).await;
    place.write(
        "sources.toml",
        "[[source]]\nid = \"a\"\nnmae = \"A\"\ncountry = \"Marte\"\n",
    );
    for command in ["serve", "crawl"] {
        assert_refused(&place.run(&[command]), &["sources.toml:", "more"]);
    }
    place.set_sources(&["a"]);
    assert_refused(&place.run(&["crawl", "nu-exista"]), &["nu-exista"]);
    for wrong in [
        &["crawl", "--nu-exista"][..],
        &["inventat"],
        &["serve", "--listen", "acasă"],
        &["export"],
    ] {
        let output = place.run(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(
            text(&output.stderr).contains("Usage") || text(&output.stderr).contains("--help"),
            "{wrong:?}"
        );
        assert_eq!(text(&output.stdout), "");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_refused(
        &place.run(&["serve", "--listen", &address]),
        &[&address, "--listen"],
    );
    let missing = Command::new(env!("CARGO_BIN_EXE_vesti"))
        .args(["serve", "--config", "/nu/exista/vesti.toml"])
        .output()
        .unwrap();
    assert_refused(&missing, &["/nu/exista/vesti.toml"]);
}

#[tokio::test]
async fn a_pass_prints_a_line_for_each_source() {
    let place = Place::new(&["a", "b", "c"]).await;
    let mut more = std::fs::read_to_string(place.folder.path().join("sources.toml")).unwrap();
    more.push_str("\n[[source]]\nid = \"d\"\nname = \"D\"\nurl = \"http://nicaieri.invalid/\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]\n");
    place.write("sources.toml", &more);
    let mut command = place.command(&["crawl", "--all"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut lines: Vec<&str> = text(&output.stdout).lines().collect();
    lines.sort_unstable();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (line, id) in lines.iter().zip(["a", "b", "c"]) {
        assert!(
            line.starts_with(&format!("{id}: 3 new, 0 changed of 3")),
            "{line}"
        );
    }
    assert!(
        lines[3].starts_with("d: ") && lines[3].contains("nicaieri.invalid"),
        "{}",
        lines[3]
    );
    // Nobody is due so soon again.
    let mut command = place.command(&["crawl"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
}

#[tokio::test]
async fn commands_that_only_read_work_beside_the_service() {
    let place = Place::new(&["a", "b"]).await;
    let vesti = place.serve().await;
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 6)
        .await;
    let found = place.run(&["search", "voluntari", "--json"]);
    assert!(found.status.success(), "{}", text(&found.stderr));
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["total"], 6);
    let words = place.run(&["search", "voluntari"]);
    assert!(
        text(&words.stdout).contains("Voluntari a 1"),
        "{}",
        text(&words.stdout)
    );
    let items = place.run(&["export", "--format", "jsonl"]);
    assert_eq!(
        text(&items.stdout).lines().count(),
        6,
        "{}",
        text(&items.stderr)
    );
    for line in text(&items.stdout).lines() {
        assert!(serde_json::from_str::<Value>(line).unwrap()["title"].is_string());
    }
    let opml = place.run(&["export", "--format", "opml"]);
    assert!(text(&opml.stdout).contains("Sursa b"));
    // Writing is another matter: one process at a time.
    let pid = vesti.child.id().to_string();
    for command in ["crawl", "reindex"] {
        assert_refused(&place.run(&[command]), &["in use by process", &pid]);
    }
    vesti.stop().await;
}

#[tokio::test]
async fn with_no_network_every_source_says_so_and_the_service_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for file in ["vesti.toml", "thesaurus.tsv", "digests.toml"] {
        std::fs::copy(shipped.join(file), folder.path().join(file)).unwrap();
    }
    // Hosts that never resolve (RFC 6761, 6.4), so that this test asks nobody for anything even where there is a network.
    let sources = std::fs::read_to_string(shipped.join("sources.toml")).unwrap();
    let mut nowhere = String::new();
    for line in sources.lines() {
        let address = line.starts_with("url = ") || line.starts_with("feed = ");
        match line.split_once("://").filter(|_| address) {
            Some((scheme, rest)) => {
                let end = rest.find(['/', '"']).unwrap();
                let _ = writeln!(
                    nowhere,
                    "{scheme}://{}.invalid{}",
                    &rest[..end],
                    &rest[end..]
                );
            }
            None => {
                let _ = writeln!(nowhere, "{line}");
            }
        }
    }
    std::fs::write(folder.path().join("sources.toml"), nowhere).unwrap();
    let mut command = command(folder.path(), &["serve"]);
    for (key, value) in [
        ("TIMEOUT", "5s"),
        ("CONNECT_TIMEOUT", "3s"),
        ("FIRST_BYTE_TIMEOUT", "3s"),
        ("HOST_DELAY", "1ms"),
        ("CONCURRENCY", "64"),
    ] {
        command.env(format!("VESTI_CRAWLER__{key}"), value);
    }
    let vesti = Vesti::start(command, folder.path()).await;
    let began = Instant::now();
    let sources = loop {
        assert_eq!(vesti.status("/healthz").await, Some(200));
        let sources = all_sources(&vesti).await;
        let waiting = sources
            .iter()
            .filter(|source| source["status"] == "new")
            .count();
        if waiting == 0 {
            break sources;
        }
        assert!(
            began.elapsed() < SOON,
            "{waiting} not visited: {}",
            vesti.said()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert!(sources.len() > 100, "{}", sources.len());
    let paused = sources
        .iter()
        .filter(|source| source["status"] == "paused")
        .count();
    assert!(paused < 10, "{paused}");
    for source in sources.iter().filter(|source| source["status"] != "paused") {
        assert_eq!(source["status"], "failing", "{source}");
        let fault = source["fault"]
            .as_str()
            .unwrap_or_else(|| panic!("{source}"));
        assert!(
            fault.contains(".invalid") && fault.len() < 200 && !fault.contains('\n'),
            "{fault}"
        );
    }
    for path in [
        "/",
        "/sources",
        "/feed.rss",
        "/digests",
        "/api/v1/search",
        "/calendar.ics",
        "/sources.opml",
    ] {
        assert_eq!(vesti.status(path).await, Some(200), "{path}");
    }
    let said = vesti.said();
    assert!(
        !said.contains("panicked") && !said.contains("ERROR"),
        "{said}"
    );
    vesti.stop().await;
}

async fn all_sources(vesti: &Vesti) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = vesti
            .get(&format!("/api/v1/sources?limit=100{cursor}"))
            .await;
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}
