//! The four languages of the interface: messages, and which language a reader gets.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::FluentArgs;

use crate::delivery::bundles::{Bundles, bundles};
use crate::domain::Language;

/// The messages as they are written, by language; `Language::OURS` has the same languages.
const SOURCES: [(Language, &str); 4] = [
    (Language::RO, include_str!("messages/ro.ftl")),
    (Language::LV, include_str!("messages/lv.ftl")),
    (Language::RU, include_str!("messages/ru.ftl")),
    (Language::EN, include_str!("messages/en.ftl")),
];

static BUNDLES: LazyLock<Bundles> = LazyLock::new(|| bundles(SOURCES));

/// The interface in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ui {
    language: Language,
}

impl Ui {
    /// In one of our languages; in English for any other.
    pub(crate) fn new(language: Language) -> Self {
        let ours = Language::OURS.contains(&language);
        Self {
            language: if ours { language } else { Language::EN },
        }
    }

    /// Which language it is.
    pub(crate) fn language(self) -> Language {
        self.language
    }

    /// The code for `lang` attributes.
    pub(crate) fn code(self) -> String {
        self.language.to_string()
    }

    /// A message without arguments.
    pub(crate) fn t(self, key: &str) -> String {
        self.format(key, None)
    }

    /// A message with one text argument.
    pub(crate) fn tw(self, key: &str, name: &str, value: &str) -> String {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value.to_owned());
        self.format(key, Some(&args))
    }

    /// A message with two text arguments.
    pub(crate) fn tw2(self, key: &str, one: (&str, &str), two: (&str, &str)) -> String {
        let mut args = FluentArgs::new();
        args.set(one.0.to_owned(), one.1.to_owned());
        args.set(two.0.to_owned(), two.1.to_owned());
        self.format(key, Some(&args))
    }

    /// A message that counts: `$count` chooses the plural form, `$shown` is the number as it is written.
    pub(crate) fn tn(self, key: &str, count: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", self.plural(count));
        args.set("shown", self.number(count));
        self.format(key, Some(&args))
    }

    /// A number with the plural form of `count`. The rules that come with fluent take 101 as 120 in Romanian, but people
    /// say “101 rezultate” as they say “2 rezultate” (CLDR 40 and later).
    fn plural(self, count: u64) -> u64 {
        match self.language {
            Language::RO if count > 1 && (1..20).contains(&(count % 100)) => 2,
            _ => count,
        }
    }

    /// Whether there is such a message.
    pub(crate) fn has(self, key: &str) -> bool {
        BUNDLES
            .get(&self.language)
            .is_some_and(|bundle| bundle.has_message(key))
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let text: Option<Cow<'_, str>> = BUNDLES.get(&self.language).and_then(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, args, &mut Vec::new()))
        });
        // Shows the key rather than nothing; a test finds every missing message.
        text.map_or_else(|| key.to_owned(), Cow::into_owned)
    }
}

/// The language of the interface: what `ui` says, else the best of `Accept-Language`, else the first offered.
pub(crate) fn choose(
    wanted: Option<&str>,
    accept_language: Option<&str>,
    offered: &[Language],
) -> Option<Language> {
    let offered: Vec<Language> = offered
        .iter()
        .copied()
        .filter(|language| Language::OURS.contains(language))
        .collect();
    wanted
        .and_then(|tag| spoken(tag, &offered))
        .or_else(|| best_accepted(accept_language?, &offered))
}

fn spoken(tag: &str, offered: &[Language]) -> Option<Language> {
    Language::from_tag(tag).filter(|language| offered.contains(language))
}

/// RFC 9110, 12.5.4: the offered language with the greatest weight; the earlier one where weights are equal.
fn best_accepted(header: &str, offered: &[Language]) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for range in header.split(',').take(50) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1000, thousandths);
        let Some(language) = spoken(tag, offered) else {
            continue;
        };
        if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

fn thousandths(text: &str) -> u16 {
    match text.trim().parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0) as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::bundles::mistakes;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn keys(source: &str) -> BTreeSet<String> {
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    fn texts(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                texts(&path, all);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
                all.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    /// Message keys that the code names: `t("…")`, `tw("…"`, `tn("…"`.
    fn named() -> BTreeSet<String> {
        let mut all = String::new();
        texts(Path::new("src/web"), &mut all);
        texts(Path::new("templates"), &mut all);
        let mut found = BTreeSet::new();
        for call in [".t(", ".tw(", ".tw2(", ".tn("] {
            for (at, _) in all.match_indices(call) {
                let Some(rest) = all[at + call.len()..].trim_start().strip_prefix('"') else {
                    continue;
                };
                let key = &rest[..rest.find('"').unwrap()];
                // Not the names of the calls in this very test.
                if key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                    found.insert(key.to_owned());
                }
            }
        }
        found
    }

    /// Families whose keys end in a word of the vocabulary.
    const FAMILIES: &[&str] = &[
        "lang-",
        "country-",
        "role-",
        "kind-",
        "sort-",
        "facet-",
        "bad-",
        "month-",
        "phase-",
        "period-",
        "weekday-",
        "group-",
        "since-",
        "cross-",
        "span-",
        "timeline-",
        "mail-state-",
        "staff-",
        "account-too-",
        "turn-",
        "did-",
        "source-field-",
        "manage-done-",
        "managed-",
        "conflict-",
        "catalogue-export-",
        "need-",
        "way-",
        "watch-bad-",
        "watch-format-",
    ];

    #[test]
    fn every_message_is_well_written_in_every_language() {
        assert_eq!(mistakes(&SOURCES), [""; 0]);
    }

    #[test]
    fn the_four_languages_have_the_same_messages() {
        let english = keys(SOURCES[3].1);
        assert!(english.len() > 50);
        for (language, source) in SOURCES {
            let own = keys(source);
            let missing: Vec<_> = english.difference(&own).collect();
            let extra: Vec<_> = own.difference(&english).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{language}: lacks {missing:?}, has alone {extra:?}"
            );
        }
    }

    #[test]
    fn no_message_is_missing_and_none_unused() {
        let written = keys(SOURCES[3].1);
        let named = named();
        let missing: Vec<_> = named.difference(&written).collect();
        assert!(missing.is_empty(), "named but not written: {missing:?}");
        let unused: Vec<_> = written
            .difference(&named)
            .filter(|key| !FAMILIES.iter().any(|family| key.starts_with(family)))
            .collect();
        assert!(unused.is_empty(), "written but not used: {unused:?}");
    }

    #[test]
    fn every_word_of_the_vocabulary_has_its_label() {
        use crate::domain::{Kind, Role};
        let ui = Ui::new(Language::EN);
        for kind in Kind::ALL {
            assert!(ui.has(&format!("kind-{kind}")), "{kind}");
        }
        for role in Role::ALL {
            assert!(ui.has(&format!("role-{role}")), "{role}");
        }
        for language in Language::OURS {
            assert!(ui.has(&format!("lang-{language}")), "{language}");
        }
        for facet in ["lang", "country", "source", "role", "topic", "kind"] {
            assert!(ui.has(&format!("facet-{facet}")), "{facet}");
        }
        for phase in ["new", "healthy", "failing", "silent", "gone", "paused"] {
            assert!(ui.has(&format!("phase-{phase}")), "{phase}");
        }
    }

    #[test]
    fn plurals_are_those_of_the_language() {
        let count = |language, number| Ui::new(language).tn("results", number);
        assert_eq!(count(Language::RO, 1), "1 rezultat");
        assert_eq!(count(Language::RO, 5), "5 rezultate");
        assert_eq!(count(Language::RO, 20), "20 de rezultate");
        assert_eq!(count(Language::RO, 101), "101 rezultate");
        assert_eq!(count(Language::LV, 0), "0 rezultātu");
        assert_eq!(count(Language::LV, 1), "1 rezultāts");
        assert_eq!(count(Language::LV, 21), "21 rezultāts");
        assert_eq!(count(Language::LV, 11), "11 rezultātu");
        assert_eq!(count(Language::LV, 5), "5 rezultāti");
        assert_eq!(count(Language::RU, 21), "21 результат");
        assert_eq!(count(Language::RU, 3), "3 результата");
        assert_eq!(count(Language::RU, 11), "11 результатов");
        assert_eq!(count(Language::EN, 1), "1 result");
        assert_eq!(count(Language::EN, 0), "0 results");
    }

    #[test]
    fn a_reader_gets_the_language_asked_for() {
        let ours = Language::OURS;
        assert_eq!(choose(Some("lv"), Some("ru"), &ours), Some(Language::LV));
        assert_eq!(
            choose(Some("xx"), Some("de, ru;q=0.5, en;q=0.7"), &ours),
            Some(Language::EN)
        );
        assert_eq!(
            choose(None, Some("ro-MD,ro;q=0.9"), &ours),
            Some(Language::RO)
        );
        assert_eq!(choose(None, Some("ru;q=0"), &ours), None);
        assert_eq!(choose(None, Some(";;q=,,q=9"), &ours), None);
        assert_eq!(choose(None, Some("ru"), &[Language::LV]), None);
    }
}
