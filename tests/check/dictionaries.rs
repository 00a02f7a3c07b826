//! Spelling dictionaries: found, compiled once, used, told of.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// `vesti` with its data in a folder and dictionaries from another, and this on its standard input.
fn vesti(arguments: &[&str], data: &Path, dictionaries: &Path, input: &str) -> Output {
    let config = data.join("vesti.toml");
    fs::write(&config, "").expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_vesti"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .arg("--config")
        .arg(config)
        .env("VESTI_SEARCH__DICTIONARIES", dictionaries)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("vesti runs");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input.as_bytes()).expect("input");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn terms(data: &Path, dictionaries: &Path, text: &str) -> Vec<String> {
    let output = vesti(&["analyze", "--lang", "lv"], data, dictionaries, text);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    said.split_whitespace().map(str::to_owned).collect()
}

/// Files of a made-up dictionary that joins what no stemmer would.
fn install(folder: &Path, form: &str) {
    let aff = format!("SET UTF-8\nSFX A Y 1\nSFX A abols {form} abols\n");
    fs::write(folder.join("lv_LV.aff"), aff).expect("a file");
    fs::write(folder.join("lv_LV.dic"), "1\nzabols/A\n").expect("a file");
}

#[test]
fn installed_dictionaries_are_used_and_compiled_once() {
    let (data, installed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = "zabols zkumosi";
    let plain = terms(data.path(), installed.path(), text);
    assert_ne!(plain[0], plain[1]);

    install(installed.path(), "kumosi");
    let joined = terms(data.path(), installed.path(), text);
    assert_eq!(joined[0], joined[1]);
    let kept = || -> Vec<_> {
        let folder = fs::read_dir(data.path().join("dictionaries")).expect("compiled ones");
        folder.map(|entry| entry.unwrap().file_name()).collect()
    };
    let first = kept();
    assert_eq!(first.len(), 1);
    assert_eq!(terms(data.path(), installed.path(), text), joined);
    assert_eq!(kept(), first);

    // Another size, another dictionary.
    install(installed.path(), "visaicitadi");
    let other = terms(data.path(), installed.path(), "zabols zvisaicitadi zkumosi");
    assert_eq!(other[0], other[1]);
    assert_ne!(other[0], other[2]);
    assert_eq!(kept().len(), 1);
    assert_ne!(kept(), first);
}

#[test]
fn a_broken_dictionary_costs_a_warning() {
    let (data, installed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(installed.path().join("lv_LV.aff"), "SET nonsense\n").unwrap();
    fs::write(installed.path().join("lv_LV.dic"), b"\xff\xfe").unwrap();
    let output = vesti(
        &["analyze", "--lang", "lv"],
        data.path(),
        installed.path(),
        "biedriba\n",
    );
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("lv_LV.aff"), "{said}");
    assert!(!output.stdout.is_empty());
}

#[test]
fn check_says_which_dictionaries_there_are() {
    let (data, installed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    install(installed.path(), "kumosi");
    let config = data.path().join("vesti.toml");
    fs::write(&config, "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_vesti"))
        .arg("check")
        .arg("--config")
        .arg(&config)
        .env("VESTI_SEARCH__DICTIONARIES", installed.path())
        .output()
        .expect("vesti runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("dictionary: lv") && said.contains("lv_LV.aff"),
        "{said}"
    );
}
