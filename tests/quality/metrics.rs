//! How texts are compared, and the floors below which nothing may fall.

use std::collections::HashMap;

use serde::de::DeserializeOwned;

/// Precision, recall and their harmonic mean over the words of two texts, each as often as it occurs; both empty is right.
pub fn word_f1(found: &str, expected: &str) -> f64 {
    let (found, expected) = (bag(found), bag(expected));
    let (all_found, all_expected): (usize, usize) = (found.values().sum(), expected.values().sum());
    if all_found == 0 || all_expected == 0 {
        return f64::from(u8::from(all_found == all_expected));
    }
    let both: usize = found
        .iter()
        .map(|(word, count)| expected.get(word).map_or(0, |other| *count.min(other)))
        .sum();
    2.0 * both as f64 / (all_found + all_expected) as f64
}

fn bag(text: &str) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    for word in text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
    {
        *bag.entry(word.to_lowercase()).or_default() += 1;
    }
    bag
}

/// The floors of one part, from `floors.toml`.
pub fn floors<T: DeserializeOwned>(part: &str) -> T {
    let all: toml::Table = toml::from_str(include_str!("floors.toml")).expect("floors.toml");
    all[part].clone().try_into().expect("the floors of a part")
}

#[test]
fn texts_are_compared_by_their_words() {
    assert!((word_f1("unu doi doi", "Doi, unu: doi!") - 1.0).abs() < 1e-9);
    assert!((word_f1("unu doi", "unu trei") - 0.5).abs() < 1e-9);
    assert!(word_f1("", "unu").abs() < 1e-9);
    assert!((word_f1("", "–") - 1.0).abs() < 1e-9);
}
