//! The layers of the house: a module uses only those that stand above it in `src/lib.rs`.

#![allow(clippy::expect_used, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};

fn modules() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a readable folder") {
            files(&entry.expect("an entry").path(), found);
        }
    } else if path.extension().is_some_and(|ext| ext == "rs") {
        found.push(path.to_owned());
    }
}

/// `(line, module)` of every mention of another module of the crate.
fn mentions(text: &str, modules: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names {
                let end = name
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(name.len());
                if modules.iter().any(|module| module == &name[..end]) {
                    found.push((number + 1, name[..end].to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn data_flow_one_way() {
    let modules = modules();
    assert!(modules.len() > 5, "src/lib.rs lists its modules");
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (own_place, module) in modules.iter().enumerate() {
        let mut sources = Vec::new();
        files(&Path::new("src").join(module), &mut sources);
        files(&Path::new("src").join(format!("{module}.rs")), &mut sources);
        for file in sources {
            let Ok(text) = fs::read_to_string(&file) else {
                continue;
            };
            for (line, used) in mentions(&text, &modules) {
                if place(&used).is_some_and(|used_place| used_place > own_place) {
                    wrong.push(format!(
                        "{}:{line} uses {used}, which stands below {module}",
                        file.display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_pure_middle_asks_nobody() {
    for module in ["src/domain", "src/reading", "src/understanding"] {
        let mut sources = Vec::new();
        files(Path::new(module), &mut sources);
        for file in sources {
            let text = fs::read_to_string(&file).expect("a readable file");
            for word in [
                "Timestamp::now",
                "Zoned::now",
                "SystemTime",
                "Instant::now",
                "tokio::",
                "reqwest::",
                "std::fs",
                "std::net::Tcp",
                "fastrand::",
            ] {
                assert!(!text.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}

#[test]
fn a_wrong_edge_would_be_seen() {
    let modules = ["domain".to_owned(), "web".to_owned()];
    assert_eq!(
        mentions("use crate::{domain, web::App};\n", &modules).len(),
        2
    );
    assert_eq!(
        mentions("    crate::web::router(app) // crate::domain\n", &modules),
        [(1, "web".to_owned())]
    );
}
