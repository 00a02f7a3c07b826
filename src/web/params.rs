//! The query string: what was typed, what it means, and the addresses that say the same with one thing changed.

use url::form_urlencoded;

use super::locale::Ui;
use crate::domain::{RequestError, SearchRequest};

/// Most pairs that are looked at.
const MAX_PAIRS: usize = 1_000;

/// The pairs of a query string, decoded; whatever is not valid there is replaced, never an error.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads a query string.
    pub(crate) fn parse(query: Option<&str>) -> Self {
        Self(
            form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .take(MAX_PAIRS)
                .map(|(name, value)| (name.into_owned(), harmless(&value)))
                .collect(),
        )
    }

    /// Appends them in a form in which different pairs never look the same.
    pub(crate) fn write(&self, out: &mut String) {
        for (name, value) in &self.0 {
            for text in [name, value] {
                out.push_str(&text.len().to_string());
                out.push(':');
                out.push_str(text);
            }
        }
    }

    /// All values of a name, empty ones too.
    pub(crate) fn given<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(own, _): &&(String, String)| own == name;
        self.0.iter().filter(named).map(|(_, value)| value.as_str())
    }

    /// The pairs of some names, in their order, without empty values.
    pub(crate) fn of(&self, names: &[&str]) -> Vec<(&str, &str)> {
        self.borrowed()
            .filter(|(name, value)| names.contains(name) && !value.is_empty())
            .collect()
    }

    /// The last value of a name that is not empty, as typed.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        let given = |(own, value): &&(String, String)| own == name && !value.trim().is_empty();
        self.0
            .iter()
            .rev()
            .find(given)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a name that are not empty.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(own, value)| own == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The search that is meant.
    pub(crate) fn request(&self) -> Result<SearchRequest, BadParameter> {
        SearchRequest::from_pairs(self.borrowed()).map_err(|error| self.blame(&error))
    }

    /// All of them.
    pub(crate) fn every(&self) -> impl Iterator<Item = (&str, &str)> {
        self.borrowed()
    }

    fn borrowed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// Which of the values it was: the error itself only names the parameter.
    fn blame(&self, error: &RequestError) -> BadParameter {
        let value = self
            .all(&error.parameter)
            .find(|value| SearchRequest::from_pairs([(error.parameter.as_str(), *value)]).is_err());
        BadParameter {
            parameter: error.parameter.clone(),
            value: value.map(|value| value.chars().take(80).collect()),
        }
    }
}

/// Control characters and those that turn the direction of text have no business in a query.
fn harmless(value: &str) -> String {
    value
        .chars()
        .map(|c| match c {
            c if c.is_control() => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => ' ',
            c => c,
        })
        .collect()
}

/// A parameter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadParameter {
    /// Its name.
    pub(crate) parameter: String,
    /// What was typed; `None` where no single value is at fault, but their number.
    pub(crate) value: Option<String>,
}

impl BadParameter {
    /// A parameter outside the search vocabulary.
    pub(crate) fn new(parameter: &str, value: &str) -> Self {
        Self {
            parameter: parameter.to_owned(),
            value: Some(value.chars().take(80).collect()),
        }
    }

    /// A parameter that is given more often than it can be.
    pub(crate) fn too_many(parameter: &str) -> Self {
        Self {
            parameter: parameter.to_owned(),
            value: None,
        }
    }

    /// What is wrong and what would be right, in the reader's language.
    pub(crate) fn sentence(&self, ui: Ui) -> String {
        let key = format!("bad-{}", self.parameter);
        match &self.value {
            Some(value) if ui.has(&key) => ui.tw(&key, "value", value),
            Some(value) => ui.tw2(
                "bad-value",
                ("value", value),
                ("parameter", &self.parameter),
            ),
            None => ui.tw("bad-too-many", "parameter", &self.parameter),
        }
    }
}

/// Writes pairs as a query string with its `?`, or nothing.
pub(crate) fn query_string<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut writer = form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
    for (name, value) in pairs {
        writer.append_pair(name.as_ref(), value.as_ref());
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;
    use proptest::prelude::*;

    #[test]
    fn a_bad_value_is_named_with_what_was_typed() {
        let pairs = Pairs::parse(Some("lang=ro&lang=romanian&from=7d"));
        let bad = pairs.request().unwrap_err();
        assert_eq!(bad, BadParameter::new("lang", "romanian"));
        for language in Language::OURS {
            let sentence = bad.sentence(Ui::new(language));
            assert!(sentence.contains("romanian"), "{sentence}");
        }
    }

    #[test]
    fn too_many_values_are_no_single_values_fault() {
        let query: Vec<String> = (0..101).map(|n| format!("source=s{n}")).collect();
        let bad = Pairs::parse(Some(&query.join("&"))).request().unwrap_err();
        assert_eq!((bad.parameter.as_str(), bad.value), ("source", None));
    }

    #[test]
    fn malformed_encoding_is_text_like_any_other() {
        let pairs = Pairs::parse(Some("q=%ff%zz%&q=%00a%E2%80%AEb&%=&&=&lang="));
        assert!(pairs.request().is_ok());
        assert_eq!(pairs.last("q"), Some(" a b"));
    }

    proptest! {
        #[test]
        fn no_query_string_is_too_odd(query in ".{0,200}") {
            let pairs = Pairs::parse(Some(&query));
            let _ = pairs.request().map_err(|bad| bad.sentence(Ui::new(Language::RO)));
        }

        #[test]
        fn what_is_written_reads_back(q in "[^\\p{C}]{0,40}") {
            let text = query_string(&[("q", &q)]);
            let pairs = Pairs::parse(Some(&text[1..]));
            if !q.trim().is_empty() {
                prop_assert_eq!(pairs.last("q"), Some(q.as_str()));
            }
        }
    }
}
