//! The words of a query that the thesaurus knows, in any inflection, and what else is called so in all languages.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Added, Atom, Expression, Known, Made};
use crate::config::Concept;
use crate::domain::{Country, Language, TopicId};
use crate::understanding::analysis::{forms_again, words};

/// Longest label looked for, in words.
const LONGEST: usize = 8;

/// Most concepts that one run of words is taken for.
const MOST_MEANINGS: usize = 3;

/// Most labels added of one concept in one language.
const MOST_LABELS: usize = 6;

/// Most labels added to a query.
const MOST_ADDED: usize = 64;

/// The thesaurus, made ready for queries.
#[derive(Debug, Default)]
pub(in crate::search) struct Expander {
    /// By language and first stem: the other stems of labels that begin so, and their concept.
    starts: FxHashMap<(Language, Box<str>), Vec<Label>>,
    concepts: Vec<(TopicId, Vec<Named>)>,
}

#[derive(Debug)]
struct Label {
    /// Stems after the first.
    rest: Vec<Box<str>>,
    concept: usize,
    /// The only country where it means the concept.
    country: Option<Country>,
}

/// What a concept is called.
#[derive(Debug)]
struct Named {
    lang: Language,
    text: String,
    /// The only country where it means the concept.
    country: Option<Country>,
    /// Its stems, to tell labels that are the same words from each other.
    stems: Vec<Box<str>>,
    made: Arc<Made>,
}

/// What was added, by the words that it was added for.
pub(in crate::search) type Expanded = HashMap<String, Vec<String>>;

impl Expander {
    /// Makes concepts ready.
    pub fn new(concepts: &[Concept]) -> Self {
        let mut expander = Self::default();
        for (place, concept) in concepts.iter().enumerate() {
            let mut named: Vec<Named> = Vec::new();
            for lang in Language::OURS {
                let mut kept = 0;
                for label in concept.labels.get(&lang).into_iter().flatten() {
                    let stems = stems(&label.text, lang);
                    let Some((first, rest)) = stems.split_first() else {
                        continue;
                    };
                    if stems.len() > LONGEST {
                        continue;
                    }
                    let known = named
                        .iter()
                        .any(|known| known.lang == lang && known.stems == stems);
                    if known {
                        continue;
                    }
                    expander
                        .starts
                        .entry((lang, first.clone()))
                        .or_default()
                        .push(Label {
                            rest: rest.to_vec(),
                            concept: place,
                            country: label.country,
                        });
                    kept += 1;
                    if kept <= MOST_LABELS {
                        named.push(Named {
                            lang,
                            text: label.text.clone(),
                            country: label.country,
                            stems,
                            made: Arc::default(),
                        });
                    }
                }
            }
            expander.concepts.push((concept.id.clone(), named));
        }
        for labels in expander.starts.values_mut() {
            labels.sort_by_key(|label| std::cmp::Reverse(label.rest.len()));
        }
        expander
    }

    /// An expression with what the thesaurus adds to it. What is excluded, quoted or wanted in a field stays as it is.
    /// `countries` are those that items are wanted of; empty for all.
    pub fn expand(&self, expression: Expression, countries: &[Country]) -> (Expression, Expanded) {
        if self.concepts.is_empty() {
            return (expression, Expanded::new());
        }
        let mut expanding = Expanding {
            expander: self,
            countries,
            expanded: Expanded::new(),
            left: MOST_ADDED,
        };
        let expression = expanding.within(expression);
        (expression, expanding.expanded)
    }
}

/// The expansion of one query.
struct Expanding<'a> {
    expander: &'a Expander,
    countries: &'a [Country],
    expanded: Expanded,
    /// Labels that may still be added.
    left: usize,
}

impl Expanding<'_> {
    fn within(&mut self, expression: Expression) -> Expression {
        match expression {
            Expression::Word(_) => {
                let mut parts = self.sequence(vec![expression]);
                // One word in is one part out.
                parts.pop().unwrap_or(Expression::All(Vec::new()))
            }
            Expression::All(parts) => {
                let parts = parts
                    .into_iter()
                    .map(|part| match part {
                        Expression::Word(_) => part,
                        _ => self.within(part),
                    })
                    .collect();
                let mut parts = self.sequence(parts);
                match (parts.pop(), parts.is_empty()) {
                    (Some(only), true) => only,
                    (last, _) => {
                        parts.extend(last);
                        Expression::All(parts)
                    }
                }
            }
            Expression::Any(parts) => {
                Expression::Any(parts.into_iter().map(|part| self.within(part)).collect())
            }
            other => other,
        }
    }

    /// Joins words next to each other that are a label.
    fn sequence(&mut self, parts: Vec<Expression>) -> Vec<Expression> {
        let by_lang: Vec<[Option<Box<str>>; OURS]> = parts.iter().map(stems_of).collect();
        let mut out = Vec::with_capacity(parts.len());
        let mut parts = parts.into_iter();
        let mut place = 0;
        while place < by_lang.len() {
            let (length, concepts) = self.longest(&by_lang[place..]);
            let mut typed = Vec::with_capacity(length);
            for part in parts.by_ref().take(length.max(1)) {
                match part {
                    Expression::Word(atom) if length > 0 => typed.push(atom),
                    part => out.push(part),
                }
            }
            if length > 0 {
                let added = self.added(&concepts, &by_lang[place..place + length]);
                if added.is_empty() {
                    out.extend(typed.into_iter().map(Expression::Word));
                } else {
                    let known = Known {
                        typed,
                        added,
                        concepts: self.ids(&concepts),
                        named: false,
                    };
                    let said = self.expanded.entry(known.to_string()).or_default();
                    for added in &known.added {
                        if !said.contains(&added.text) {
                            said.push(added.text.clone());
                        }
                    }
                    out.push(Expression::Known(known));
                }
            }
            place += length.max(1);
        }
        out
    }

    /// The longest label, in any language, that these words begin with, and all concepts that are called so.
    fn longest(&self, words: &[[Option<Box<str>>; OURS]]) -> (usize, Vec<usize>) {
        let mut length = 0;
        let mut concepts: Vec<usize> = Vec::new();
        for (place, lang) in Language::OURS.into_iter().enumerate() {
            let stem = |word: usize| words.get(word).and_then(|word| word[place].as_ref());
            let Some(first) = stem(0) else { continue };
            let Some(labels) = self.expander.starts.get(&(lang, first.clone())) else {
                continue;
            };
            for label in labels {
                let here = label.rest.len() + 1;
                let fits = here >= length
                    && self.means(label.country)
                    && label
                        .rest
                        .iter()
                        .enumerate()
                        .all(|(after, wanted)| stem(after + 1) == Some(wanted));
                if !fits {
                    continue;
                }
                if here > length {
                    length = here;
                    concepts.clear();
                }
                if !concepts.contains(&label.concept) && concepts.len() < MOST_MEANINGS {
                    concepts.push(label.concept);
                }
            }
        }
        (length, concepts)
    }

    fn ids(&self, concepts: &[usize]) -> Vec<TopicId> {
        let concepts = concepts.iter();
        concepts
            .map(|concept| self.expander.concepts[*concept].0.clone())
            .collect()
    }

    /// Whether a typed label that holds in a country can be meant.
    fn means(&self, country: Option<Country>) -> bool {
        country.is_none_or(|country| self.countries.is_empty() || self.countries.contains(&country))
    }

    /// The labels of concepts, but for those that were typed.
    fn added(&mut self, concepts: &[usize], typed: &[[Option<Box<str>>; OURS]]) -> Vec<Added> {
        let mut added: Vec<Added> = Vec::new();
        let expander = self.expander;
        let named = concepts
            .iter()
            .flat_map(|concept| &expander.concepts[*concept].1);
        for named in named {
            let place = Language::OURS
                .iter()
                .position(|ours| *ours == named.lang)
                .unwrap_or_default();
            let same = named.stems.len() == typed.len()
                && named
                    .stems
                    .iter()
                    .zip(typed)
                    .all(|(stem, typed)| typed[place].as_ref() == Some(stem));
            let known = added
                .iter()
                .any(|known| known.lang == named.lang && known.text == named.text);
            // Nobody knows which country an item of all would be of.
            let elsewhere = named
                .country
                .is_some_and(|country| !self.countries.contains(&country));
            if same || known || elsewhere {
                continue;
            }
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            added.push(Added {
                lang: named.lang,
                text: named.text.clone(),
                made: named.made.clone(),
            });
        }
        added
    }
}

/// How many languages have labels that are looked for.
const OURS: usize = Language::OURS.len();

fn stems(label: &str, lang: Language) -> Vec<Box<str>> {
    words(label)
        .take(LONGEST + 1)
        .map(|word| forms_again(word.text, Some(lang)).stem.clone())
        .filter(|stem| !stem.is_empty())
        .collect()
}

/// The stem of a plain word in each of our languages; none for anything else.
fn stems_of(part: &Expression) -> [Option<Box<str>>; OURS] {
    match part {
        Expression::Word(Atom { text, title: false }) => {
            Language::OURS.map(|lang| Some(forms_again(text, Some(lang)).stem.clone()))
        }
        _ => std::array::from_fn(|_| None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    fn concept(id: &str, labels: [&str; 4]) -> Concept {
        Concept {
            id: id.parse().unwrap(),
            broader: None,
            labels: Language::OURS
                .into_iter()
                .zip(labels)
                .map(|(lang, labels)| (lang, labels.split('|').map(label).collect()))
                .collect(),
        }
    }

    fn label(text: &str) -> crate::config::Label {
        match text.split_once('@') {
            Some((text, country)) => crate::config::Label {
                text: text.to_owned(),
                country: Some(country.parse().unwrap()),
            },
            None => text.into(),
        }
    }

    fn expander() -> Expander {
        assert_eq!(
            Language::OURS,
            [Language::RO, Language::LV, Language::RU, Language::EN]
        );
        Expander::new(&[
            concept(
                "sheltered-housing",
                [
                    "locuințe protejate",
                    "grupu dzīvokļi",
                    "защищенное жилье",
                    "sheltered housing|supported housing",
                ],
            ),
            concept("housing", ["locuințe", "mājokļi", "жилье", "housing"]),
            concept(
                "ngo",
                ["organizație neguvernamentală|ONG", "NVO", "НПО", "NGO"],
            ),
            concept(
                "council",
                ["consiliul economic|CES@RO", "padome", "совет", "council"],
            ),
            concept(
                "special-needs",
                [
                    "cerințe speciale|CES@MD",
                    "vajadzības",
                    "потребности",
                    "needs",
                ],
            ),
        ])
    }

    fn added(query: &str) -> Vec<(String, Vec<String>)> {
        let expression = parse(query).expression.unwrap();
        added_in(expression, &[])
    }

    fn added_in(expression: Expression, countries: &[Country]) -> Vec<(String, Vec<String>)> {
        let (_, expanded) = expander().expand(expression, countries);
        let mut all: Vec<_> = expanded.into_iter().collect();
        all.sort();
        all
    }

    #[test]
    fn a_phrase_is_known_in_any_inflection_and_without_diacritics() {
        for query in [
            "locuinte protejate",
            "Locuința protejată",
            "locuințelor protejate",
        ] {
            let added = added(query);
            assert_eq!(added.len(), 1, "{query}");
            assert_eq!(
                added[0].1,
                [
                    "grupu dzīvokļi",
                    "защищенное жилье",
                    "sheltered housing",
                    "supported housing"
                ]
            );
        }
        assert_eq!(added("grupu dzīvokļos")[0].1[0], "locuințe protejate");
        assert_eq!(added("защищенного жилья")[0].1[1], "grupu dzīvokļi");
    }

    #[test]
    fn the_longest_label_counts_and_the_rest_stays() {
        let (expression, expanded) = expander().expand(
            parse("apel locuințe protejate Iași").expression.unwrap(),
            &[],
        );
        assert_eq!(expression.to_string(), "apel locuințe protejate Iași");
        let Expression::All(parts) = expression else {
            panic!("{expression}")
        };
        assert!(matches!(
            parts[..],
            [
                Expression::Word(_),
                Expression::Known(_),
                Expression::Word(_)
            ]
        ));
        assert!(expanded.contains_key("locuințe protejate"));
        assert_eq!(added("locuințe")[0].1, ["mājokļi", "жилье", "housing"]);
    }

    #[test]
    fn acronyms_meet_the_words_they_stand_for() {
        assert_eq!(
            added("ong")[0].1,
            ["organizație neguvernamentală", "NVO", "НПО", "NGO"]
        );
        assert_eq!(added("НПО")[0].1[1], "ONG");
    }

    #[test]
    fn an_acronym_means_what_it_means_in_the_country() {
        let of = |query: &str, country: &str| {
            let expression = parse(query).expression.unwrap();
            let mut added = added_in(expression, &[country.parse().unwrap()]);
            added.pop().unwrap().1
        };
        assert_eq!(
            of("CES", "RO"),
            ["consiliul economic", "padome", "совет", "council"]
        );
        assert_eq!(of("ces", "MD")[0], "cerințe speciale");
        assert_eq!(of("padome", "RO")[1], "CES");
        assert_eq!(added("ces")[0].1.len(), 8);
        assert!(!added("padome")[0].1.contains(&"CES".to_owned()));
    }

    #[test]
    fn what_is_quoted_excluded_or_in_a_field_is_left_alone() {
        for query in [
            "\"locuințe protejate\"",
            "x -ong",
            "title:ong",
            "source:ong",
        ] {
            assert_eq!(added(query), [], "{query}");
        }
        assert_eq!(added("ong OR fond").len(), 1);
        assert_eq!(added("(ong x) OR fond").len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn expanding_changes_no_word(query in "[-()\"a* OR:țong locuinte protejate]{0,80}") {
            if let Some(expression) = parse(&query).expression {
                let typed = expression.to_string();
                let (expression, _) = expander().expand(expression, &[]);
                proptest::prop_assert_eq!(expression.to_string(), typed);
            }
        }
    }
}
