//! The figures that must be kept.

use std::fs;

/// The floor `name` of a table in `floors.toml`.
pub fn of(table: &str, name: &str) -> f64 {
    let text = fs::read_to_string("tests/quality/floors.toml").unwrap();
    let floors: toml::Table = text.parse().unwrap();
    let value = &floors[table][name];
    value
        .as_float()
        .or_else(|| value.as_integer().map(|whole| whole as f64))
        .unwrap_or_else(|| panic!("[{table}] {name} is no number"))
}

/// Fails with what went wrong where fewer are right than the floor says.
#[track_caller]
pub fn keep(table: &str, name: &str, right: usize, wrong: &[String]) {
    let floor = of(table, name);
    let right = right as f64;
    assert!(
        right >= floor,
        "[{table}] {name}: {right} right, floor {floor}\n{}",
        wrong.join("\n")
    );
}
