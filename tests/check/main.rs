//! The configuration as people meet it: the files that are shipped, and what is said about bad ones.

#![allow(clippy::expect_used, reason = "a test may")]

mod dictionaries;
mod digests;
mod oddities;
mod settings;
mod sources;
mod thesaurus;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use vesti::config::{Config, Problems};
use vesti::domain::{Country, Kind, Language};

const NOBODY: [(String, String); 0] = [];

/// A folder with these files, and no others, beside an empty `vesti.toml`.
fn folder(files: &[(&str, &[u8])]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vesti.toml");
    std::fs::write(&path, "").expect("a file");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    (folder, path)
}

fn load(files: &[(&str, &[u8])]) -> Result<Config, Problems> {
    let (_folder, path) = folder(files);
    Config::load(&path, NOBODY.into_iter())
}

fn vesti(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vesti"))
        // What is installed on the machine must not matter.
        .env("VESTI_SEARCH__DICTIONARIES", "")
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .expect("vesti runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// Problems as `(file name, line, message with hint)`.
fn told(problems: &Problems) -> Vec<(String, usize, String)> {
    problems
        .as_slice()
        .iter()
        .map(|problem| {
            let file = Path::new(&problem.file);
            let file = file
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let mut message = problem.message.clone();
            if let Some(hint) = &problem.hint {
                message.push_str(": ");
                message.push_str(hint);
            }
            (file.unwrap_or_default(), problem.line.unwrap_or(0), message)
        })
        .collect()
}

/// Each row: what the file says, and for every problem it should have, its line and a part of its message.
type Case<'a> = (&'a str, &'a [(usize, &'a str)]);

fn expect_problems(file: &str, others: &[(&str, &[u8])], cases: &[Case<'_>]) {
    for (text, expected) in cases {
        let mut files = vec![(file, text.as_bytes())];
        files.extend(others);
        let problems = load(&files).expect_err(text);
        let told = told(&problems);
        assert_eq!(told.len(), expected.len(), "{text}\n{problems}");
        for ((found_file, found_line, message), (line, part)) in told.iter().zip(*expected) {
            assert_eq!(found_file, file, "{message}");
            assert_eq!(found_line, line, "{message}");
            assert!(message.contains(part), "“{part}” is not in: {message}");
        }
    }
}

#[test]
fn the_shipped_configuration_is_in_order() {
    let config = Config::load(Path::new("config/vesti.toml"), NOBODY.into_iter())
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(config.sources.len(), 113);
    assert_eq!(config.thesaurus.len(), 354);
    for concept in &config.thesaurus {
        for language in Language::OURS {
            assert!(
                concept.labels.contains_key(&language),
                "{} has no name in {language}",
                concept.id
            );
        }
    }
    for language in Language::OURS {
        for digest in &config.digests {
            assert!(
                digest.title.iter().any(|(of, _)| *of == language),
                "{}",
                digest.id
            );
        }
    }
    let paused: Vec<&str> = config
        .sources
        .iter()
        .filter(|source| source.paused)
        .map(|source| source.id.as_str())
        .collect();
    assert_eq!(
        paused,
        ["consiliul-ong", "velku"],
        "only those without an address"
    );
    let daily_of_all = config
        .digests
        .iter()
        .any(|digest| digest.query == vesti::domain::SearchRequest::default());
    assert!(daily_of_all, "one digest has everything");
    assert!(
        config
            .digests
            .iter()
            .any(|digest| digest.query.kind == [Kind::Call])
    );
    for country in [Country::RO, Country::LV, Country::MD] {
        assert!(
            config
                .digests
                .iter()
                .any(|digest| digest.query.country == [country]),
            "{country}"
        );
        assert!(
            config
                .sources
                .iter()
                .any(|source| source.country == country)
        );
    }
}

#[test]
fn no_file_at_all_is_a_configuration_but_a_named_one_must_be_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_vesti"))
        // What is installed on the machine must not matter.
        .env("VESTI_SEARCH__DICTIONARIES", "")
        .arg("check")
        .current_dir(folder.path())
        .output()
        .expect("vesti runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.contains("0 sources (0 paused), 0 concepts, 0 digests"),
        "{said}"
    );
    assert!(said.contains("there is no config/vesti.toml"), "{said}");
    let named = folder.path().join("mine.toml");
    let problems = Config::load(&named, NOBODY.into_iter()).expect_err("there is none");
    assert!(problems.to_string().contains("no such file"), "{problems}");
}

#[test]
fn check_lists_problems_on_standard_output_and_sums_up_on_standard_error() {
    let (folder, path) = folder(&[
        ("vesti.toml", b"[server]\nlisten = \"here\"\n"),
        ("sources.toml", b"[[source]]\nid = \"a\"\nnmae = \"A\"\nurl = \"https://a.ro/\"\ncountry = \"RO\"\nrole = \"media\"\n"),
    ]);
    let path = path.to_str().expect("UTF-8");
    let output = vesti(&["check", "--config", path], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    let file = folder.path().join("sources.toml");
    let line = format!(
        "{}:3: unknown key “nmae”: did you mean “name”?",
        file.display()
    );
    assert!(said.lines().any(|said| said == line), "{said}");
    assert_eq!(said.lines().count(), 3, "{said}");
    assert_eq!(
        text(&output.stderr),
        "vesti: 3 problems in the configuration\n"
    );

    std::fs::write(folder.path().join("sources.toml"), "").expect("a file");
    let good = vesti(&["check", "--config", path], &[("VESTI_NOTHING", "1")]);
    assert_eq!(
        good.status.code(),
        Some(1),
        "listen is still wrong in the file"
    );
    std::fs::write(path, "").expect("a file");
    let good = vesti(
        &["check", "--config", path],
        &[("VESTI_SERVER__LISTEN", "[::1]:80")],
    );
    assert!(good.status.success(), "{}", text(&good.stdout));
    let bad = vesti(
        &["check", "--config", path],
        &[("VESTI_SERVER__LISTEN", "nowhere")],
    );
    assert_eq!(bad.status.code(), Some(1));
    assert!(text(&bad.stdout).starts_with("VESTI_SERVER__LISTEN: “nowhere” is no address"));
}

/// A `[[source]]` of seven lines that is in order, with more lines after it.
fn a_source(id: &str, more: &str) -> String {
    format!(
        "[[source]]\nid = \"{id}\"\nname = \"Organizația\"\nurl = \"https://{id}.ro/\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]\n{more}"
    )
}

#[test]
fn problems_of_all_files_come_together_and_one_broken_file_accuses_no_other() {
    let problems = load(&[
        ("vesti.toml", b"[server]\nlisten = 1\n"),
        ("sources.toml", b"[[source]\n"),
        ("thesaurus.tsv", b"concept\tbroader\tro\na\tb\tc\n"),
        ("digests.toml", b"[[digest]]\nid = \"d\"\ntitle = \"D\"\nperiod = \"daily\"\nsource = \"unknown\"\nhour = 99\n"),
    ])
    .expect_err("four problems");
    let files: Vec<String> = told(&problems)
        .into_iter()
        .map(|(file, line, _)| format!("{file}:{line}"))
        .collect();
    assert_eq!(
        files,
        [
            "vesti.toml:2",
            "thesaurus.tsv:2",
            "sources.toml:1",
            "digests.toml:6"
        ]
    );
}
