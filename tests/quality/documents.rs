//! Words with diacritics, of the files in `tests/fixtures/documents`.

use std::collections::HashSet;
use std::fs;

use vesti::reading::document;

use super::floors;

/// The words of a text that have a letter beyond ASCII.
fn accented(text: &str) -> HashSet<&str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_ascii())
        .collect()
}

#[test]
fn words_with_diacritics() {
    let (mut right, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir("tests/fixtures/documents").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let otherwise = ["locked", "accents", "scan", ".txt", ".md"];
        if otherwise.iter().any(|part| name.contains(part)) {
            continue;
        }
        let sentences =
            fs::read_to_string(format!("tests/fixtures/documents/{}.txt", &name[..2])).unwrap();
        let document = document::read(&fs::read(&path).unwrap()).unwrap();
        let read = accented(&document.text);
        for word in accented(&sentences) {
            if read.contains(word) {
                right += 1;
            } else {
                wrong.push(format!("{name}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    floors::keep("documents", "right", right, &wrong);
}
