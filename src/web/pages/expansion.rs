//! What vesti added to a query: the words for the same in other languages.

use crate::domain::Language;
use crate::search::Interpreted;
use crate::web::context::Context;

/// Most words shown for one language.
const SHOWN: usize = 4;

/// Words added for some of those typed.
pub(crate) struct Expansion {
    /// As typed.
    pub(crate) typed: String,
    /// One of each language, to be read at a glance.
    pub(crate) first: Vec<Added>,
    /// By language.
    pub(crate) languages: Vec<Added>,
}

/// Words of one language.
pub(crate) struct Added {
    /// Its code, where it is known and is not the page's.
    pub(crate) lang: Option<String>,
    /// What it is called; empty where it is not known.
    pub(crate) name: String,
    pub(crate) words: String,
}

/// What was added, in the order of what was typed.
pub(crate) fn expansions(context: &Context, understood: &Interpreted) -> Vec<Expansion> {
    let mut all: Vec<(&String, &Vec<String>)> = understood
        .expanded
        .iter()
        .filter(|(_, added)| !added.is_empty())
        .collect();
    all.sort_by_key(|(typed, _)| (understood.query.find(typed.as_str()), *typed));
    all.into_iter()
        .map(|(typed, added)| {
            let mut by_language: Vec<(Option<Language>, Vec<&str>)> = Vec::new();
            for word in added {
                let language = context.language_of_label(word);
                match by_language.iter_mut().find(|(own, _)| *own == language) {
                    Some((_, words)) => words.push(word),
                    None => by_language.push((language, vec![word])),
                }
            }
            by_language.sort_by_key(|(language, _)| {
                let place = Language::OURS
                    .iter()
                    .position(|own| Some(*own) == *language);
                place.unwrap_or(usize::MAX)
            });
            let added = |most: usize| {
                let of = |(language, words): &(Option<Language>, Vec<&str>)| Added {
                    lang: language
                        .filter(|own| *own != context.ui.language())
                        .map(|own| own.to_string()),
                    name: language.map_or_else(String::new, |own| context.ui.language_name(own)),
                    words: words[..words.len().min(most)].join(", "),
                };
                by_language.iter().map(of).collect()
            };
            Expansion {
                typed: typed.clone(),
                first: added(1),
                languages: added(SHOWN),
            }
        })
        .collect()
}

impl Context {
    /// The language that a label of the thesaurus is in, ours first where several have the same.
    fn language_of_label(&self, label: &str) -> Option<Language> {
        let own = self.ui.language();
        let others = Language::OURS.into_iter().filter(|other| *other != own);
        std::iter::once(own).chain(others).find(|language| {
            let concepts = self.config.thesaurus.iter();
            concepts
                .filter_map(|concept| concept.labels.get(language))
                .flatten()
                .any(|known| known.text == label)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;
    use std::collections::HashMap;

    #[test]
    fn words_are_shown_by_language_and_say_which_it_is() {
        let context = samples::context("/", "ui=ru");
        let understood = Interpreted {
            query: "дневной центр x".into(),
            expanded: HashMap::from([(
                "дневной центр".to_owned(),
                vec![
                    "dienas centrs".to_owned(),
                    "day centre".to_owned(),
                    "unknown".to_owned(),
                ],
            )]),
            ..Interpreted::default()
        };
        let shown = expansions(&context, &understood);
        assert_eq!(shown.len(), 1);
        let languages: Vec<(Option<&str>, &str)> = shown[0]
            .languages
            .iter()
            .map(|added| (added.lang.as_deref(), added.words.as_str()))
            .collect();
        assert_eq!(
            languages,
            [
                (Some("lv"), "dienas centrs"),
                (Some("en"), "day centre"),
                (None, "unknown")
            ]
        );
    }
}
