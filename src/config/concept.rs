//! A concept of the thesaurus and what it is called.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::{Country, Language, TopicId};

/// A concept of the sector: one row of `thesaurus.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its id.
    pub id: TopicId,
    /// The wider concept that it belongs to.
    pub broader: Option<TopicId>,
    /// Preferred label first, then synonyms, in every language that has any.
    pub labels: BTreeMap<Language, Vec<Label>>,
}

/// A name of a concept in one language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The name.
    pub text: String,
    /// The only country where it means this: `CES` is a council in Romania and a pupil's special needs in Moldova.
    pub country: Option<Country>,
}

impl Concept {
    /// What it is called in a language: in that one, else in English, else in the first there is.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        [language, Language::EN]
            .iter()
            .filter_map(|language| self.labels.get(language))
            .chain(self.labels.values())
            .find_map(|labels| preferred(labels))
            .map_or(self.id.as_str(), |label| label.text.as_str())
    }
}

/// The first that holds everywhere, else the first.
fn preferred(labels: &[Label]) -> Option<&Label> {
    labels
        .iter()
        .find(|label| label.country.is_none())
        .or_else(|| labels.first())
}

impl Label {
    /// Whether it means its concept in what a country writes. Where nobody knows the country, every label does.
    #[must_use]
    pub fn holds_in(&self, country: Option<Country>) -> bool {
        match (self.country, country) {
            (Some(own), Some(country)) => own == country,
            _ => true,
        }
    }
}

impl From<&str> for Label {
    /// A label that holds everywhere.
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            country: None,
        }
    }
}

/// As people read it: `CES (RO)`.
impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.country {
            Some(country) => write!(f, "{} ({country})", self.text),
            None => f.write_str(&self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str, country: Country) -> Label {
        Label {
            text: text.into(),
            country: Some(country),
        }
    }

    #[test]
    fn a_concept_is_called_by_what_holds_everywhere() {
        let concept = Concept {
            id: "council".parse().unwrap(),
            broader: None,
            labels: [
                (
                    Language::RO,
                    vec![label("CES", Country::RO), "Consiliul Economic".into()],
                ),
                (Language::LV, vec![label("TSP", Country::LV)]),
            ]
            .into(),
        };
        assert_eq!(concept.label(Language::RO), "Consiliul Economic");
        assert_eq!(concept.label(Language::LV), "TSP");
        assert_eq!(concept.label(Language::EN), "TSP");
    }

    #[test]
    fn a_label_of_one_country_does_not_hold_in_another() {
        let ces = label("CES", Country::RO);
        assert!(ces.holds_in(Some(Country::RO)) && ces.holds_in(None));
        assert!(!ces.holds_in(Some(Country::MD)));
        assert!(Label::from("NGO").holds_in(Some(Country::MD)));
        assert_eq!(ces.to_string(), "CES (RO)");
    }
}
