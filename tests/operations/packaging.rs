//! The unit, the package, the script that installs and the image speak of files and options that there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::place::text;

const UNIT: &str = include_str!("../../docs/operations/vesti.service");

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/operations")
        .join(name)
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    output
}

fn help(of: &[&str]) -> String {
    let output = succeed(
        Command::new(env!("CARGO_BIN_EXE_vesti"))
            .args(of)
            .arg("--help"),
    );
    text(&output.stdout).to_owned()
}

/// A program that stands for vesti, which is large.
fn stand_in(folder: &Path) -> PathBuf {
    let file = folder.join("vesti");
    fs::write(&file, "#!/bin/sh\n").unwrap();
    file
}

/// What the unit starts: the program, its files, its options.
fn started() -> Vec<&'static str> {
    let line = UNIT
        .lines()
        .find_map(|line| line.strip_prefix("ExecStart="))
        .unwrap();
    line.split_whitespace().collect()
}

/// Whether all that the unit names lies below a folder.
fn assert_fits(tree: &Path) {
    let started = started();
    let below = |path: &str| tree.join(path.trim_start_matches('/'));
    assert!(below(started[0]).is_file(), "{}", started[0]);
    let after = |option: &str| {
        let at = started.iter().position(|word| *word == option).unwrap();
        started[at + 1]
    };
    assert!(below(after("--config")).is_file());
    assert_eq!(after("--data"), "/var/lib/vesti");
    for name in ["sources.toml", "thesaurus.tsv", "digests.toml"] {
        assert!(below("/etc/vesti").join(name).is_file(), "{name}");
    }
    // So that commands find the data without being told.
    let settings = fs::read_to_string(below("/etc/vesti/vesti.toml")).unwrap();
    assert!(
        settings
            .lines()
            .any(|line| line == "dir = \"/var/lib/vesti\""),
        "{settings}"
    );
    let unit = below("/usr/lib/systemd/system/vesti.service");
    assert_eq!(fs::read_to_string(unit).unwrap(), UNIT);
}

#[test]
fn the_unit_and_the_image_use_commands_and_options_that_there_are() {
    let started = started();
    assert_eq!(started[1], "serve");
    let known = help(&["serve"]);
    for option in started.iter().filter(|word| word.starts_with("--")) {
        assert!(known.contains(option), "{option}");
    }
    let image = fs::read_to_string(shipped("Containerfile")).unwrap();
    let check = image
        .lines()
        .find(|line| line.starts_with("HEALTHCHECK"))
        .unwrap();
    assert!(
        check.contains(r#"CMD ["vesti", "doctor", "--only", "service"]"#),
        "{check}"
    );
    assert!(help(&["doctor"]).contains("--only") && help(&["doctor"]).contains("service"));
    // All that is compiled in is copied into the image.
    for line in image.lines().filter_map(|line| line.strip_prefix("COPY ")) {
        for from in line
            .split_whitespace()
            .filter(|word| !word.starts_with("--"))
        {
            if !from.starts_with(['/', '.']) && !line.starts_with("--from") {
                assert!(
                    Path::new(env!("CARGO_MANIFEST_DIR")).join(from).exists(),
                    "{from}"
                );
            }
        }
    }
    assert!(image.contains("\nUSER vesti\n"));
}

#[test]
fn installing_twice_keeps_the_configuration_and_uninstalling_keeps_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let binary = stand_in(folder.path());
    let tree = folder.path().join("root");
    let install = |args: &[&str]| {
        succeed(
            Command::new("sh")
                .arg(shipped("install.sh"))
                .args(args)
                .env("DESTDIR", &tree),
        )
    };
    let binary = binary.to_str().unwrap();
    install(&["--binary", binary]);
    assert_fits(&tree);
    let config = tree.join("etc/vesti/vesti.toml");
    fs::write(&config, "# ours\n").unwrap();
    fs::write(tree.join("var/lib/vesti/vesti.db"), "data").unwrap();
    install(&["--binary", binary]);
    assert_eq!(fs::read_to_string(&config).unwrap(), "# ours\n");
    install(&["--uninstall"]);
    assert!(!tree.join("usr/bin/vesti").exists());
    assert!(tree.join("var/lib/vesti/vesti.db").exists() && config.exists());
    let wrong = Command::new("sh")
        .arg(shipped("install.sh"))
        .arg("--bianry")
        .env("DESTDIR", &tree)
        .output();
    assert!(!wrong.unwrap().status.success());
}

#[test]
fn the_package_has_what_the_unit_needs() {
    if Command::new("dpkg-deb").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no dpkg-deb on this machine");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let made = succeed(
        Command::new("sh")
            .arg(shipped("build-deb"))
            .arg("--binary")
            .arg(stand_in(folder.path()))
            .arg(folder.path()),
    );
    let package = text(&made.stdout).trim();
    let tree = folder.path().join("tree");
    succeed(Command::new("dpkg-deb").args(["-x", package]).arg(&tree));
    assert_fits(&tree);
    let control = folder.path().join("control");
    succeed(Command::new("dpkg-deb").args(["-e", package]).arg(&control));
    for file in fs::read_to_string(control.join("conffiles"))
        .unwrap()
        .lines()
    {
        assert!(tree.join(file.trim_start_matches('/')).is_file(), "{file}");
    }
    let said = fs::read_to_string(control.join("control")).unwrap();
    assert!(
        said.contains(&format!("Version: {}", env!("CARGO_PKG_VERSION"))),
        "{said}"
    );
    assert!(
        !said.contains('@') || said.matches('@').count() == 1,
        "{said}"
    );
    for script in ["postinst", "prerm", "postrm"] {
        succeed(Command::new("sh").arg("-n").arg(control.join(script)));
    }
}
