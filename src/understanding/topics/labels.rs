//! Labels of the thesaurus, and what they mean in a text.

use super::weight::Strength;
use crate::domain::{Country, Language};
use crate::understanding::analysis;

/// How a word of a label may stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LabelWord {
    pub(super) lang: Language,
    /// An acronym: in capitals, without endings.
    pub(super) capitals: bool,
}

/// What a label stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    pub(super) concept: usize,
    /// The label in small letters, with its diacritics.
    pub(super) spelt: Box<str>,
    /// The only country where it does.
    pub(super) country: Option<Country>,
    pub(super) strength: Strength,
}

impl Meaning {
    pub(super) fn holds_in(&self, country: Option<Country>) -> bool {
        self.country.is_none() || country.is_none() || self.country == country
    }
}

/// Of several concepts whose labels have the same stems, those with the label that is spelt most like the text: “asistenți
/// sociali” are people, “asistență socială” is help. Without diacritics it may be both.
pub(super) fn meant<'t>(
    meanings: &'t [Meaning],
    written: &str,
    country: Option<Country>,
) -> Vec<&'t Meaning> {
    let mut meant: Vec<&Meaning> = meanings
        .iter()
        .filter(|meaning| meaning.holds_in(country))
        .collect();
    if meant.iter().any(|other| other.concept != meant[0].concept) {
        let written = small(written);
        let alike = |meaning: &Meaning| -> usize {
            let words = meaning.spelt.split(' ').zip(written.split(' '));
            let same = |(one, other): (&str, &str)| {
                let letters = one.chars().zip(other.chars());
                letters.take_while(|(one, other)| one == other).count()
            };
            words.map(same).sum()
        };
        let most = meant.iter().map(|meaning| alike(meaning)).max();
        meant.retain(|meaning| Some(alike(meaning)) == most);
    }
    meant.sort_by(|a, b| {
        let weightier = b.strength.0.total_cmp(&a.strength.0);
        a.concept.cmp(&b.concept).then(weightier)
    });
    meant.dedup_by_key(|meaning| meaning.concept);
    meant
}

pub(super) fn small(text: &str) -> Box<str> {
    text.to_lowercase()
        .replace('ş', "ș")
        .replace('ţ', "ț")
        .into()
}

/// The stem of a folded word. Words of two letters and less have no endings.
pub(super) fn stem(folded: &str, lang: Language) -> String {
    if folded.chars().nth(2).is_none() {
        return folded.to_owned();
    }
    match lang {
        // The stemmer of the index takes “consultation” and “consultancy” for the same.
        Language::EN => singular(folded),
        _ => analysis::stem_of(folded, Some(lang)),
    }
}

/// An English noun without the ending of its plural.
fn singular(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies")
        && rest.len() > 2
    {
        return format!("{rest}y");
    }
    let sibilant = |rest: &str| {
        rest.ends_with("ss") || rest.ends_with('x') || rest.ends_with("ch") || rest.ends_with("sh")
    };
    match word.strip_suffix("es") {
        Some(rest) if sibilant(rest) => rest,
        _ => match word.strip_suffix('s') {
            Some(rest) if !rest.ends_with(['s', 'u', 'i']) => rest,
            _ => word,
        },
    }
    .to_owned()
}

/// Two to six letters, all capital.
pub(super) fn is_acronym(word: &str) -> bool {
    // Most words begin with a small letter, and are done with.
    !word.starts_with(|c| matches!(c, 'a'..='z' | '\u{430}'..='\u{44f}'))
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
        && (2..=6).contains(&word.chars().count())
        && word.chars().any(char::is_uppercase)
}
