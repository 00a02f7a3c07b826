//! A source as a form or a program gives it: texts, each read by the rules of `sources.toml`.

use crate::domain::{Field, Language, Source, SourceId, TopicId};

use super::document::Document;
use super::problem::{Problem, Problems, Report, is_unsafe};
use super::sources;
use super::units;
use super::{Concept, known};

/// Longest name, in characters, as in the file.
const LONGEST_NAME: usize = 200;
/// Most languages or topics of one source.
const MOST: usize = 20;

/// What a person typed about a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// `id`
    pub id: String,
    /// `name`
    pub name: String,
    /// `url`
    pub url: String,
    /// `country`
    pub country: String,
    /// `role`
    pub role: String,
    /// `languages`, between blanks or commas.
    pub languages: String,
    /// `feed`; empty for none.
    pub feed: String,
    /// `interval`; empty for none.
    pub interval: String,
    /// `topics`, between blanks or commas.
    pub topics: String,
    /// `paused`
    pub paused: bool,
    /// `private`
    pub private: bool,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where; `None` for the id.
    pub field: Option<Field>,
    /// What, in English.
    pub message: String,
}

impl Typed {
    /// A source as it would be typed.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        let list = |words: Vec<&str>| words.join(", ");
        let url = |url: &Option<url::Url>| url.as_ref().map(ToString::to_string);
        Self {
            id: source.id.to_string(),
            name: source.name.clone(),
            url: url(&source.url).unwrap_or_default(),
            country: source.country.to_string(),
            role: source.role.to_string(),
            languages: list(source.languages.iter().map(Language::as_str).collect()),
            feed: url(&source.feed).unwrap_or_default(),
            interval: source
                .interval
                .map(units::duration_text)
                .unwrap_or_default(),
            topics: list(source.topics.iter().map(TopicId::as_str).collect()),
            paused: source.paused,
            private: source.private,
        }
    }

    /// The source that is meant, or all that is wrong. Selectors are not typed: they stay as in `before`.
    ///
    /// # Errors
    /// Every mistake, in the order of the fields.
    pub fn read(
        &self,
        thesaurus: &[Concept],
        before: Option<&Source>,
    ) -> Result<Source, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let id = noted(
            &mut mistakes,
            None,
            self.id
                .trim()
                .parse::<SourceId>()
                .map_err(|e| e.to_string()),
        );
        let name = noted(&mut mistakes, Some(Field::Name), name(&self.name));
        let url = address(&mut mistakes, Field::Url, &self.url);
        if url.is_none() && self.url.trim().is_empty() && !self.paused {
            mistakes.push(Mistake {
                field: Some(Field::Url),
                message: "a source that is read needs an address".into(),
            });
        }
        let country = noted(
            &mut mistakes,
            Some(Field::Country),
            units::country(self.country.trim()).map_err(|wrong| wrong.message),
        );
        let role = noted(
            &mut mistakes,
            Some(Field::Role),
            units::role(self.role.trim()).map_err(|wrong| wrong.message),
        );
        let languages = list(&mut mistakes, Field::Languages, &self.languages, |word| {
            units::language(word).map_err(|wrong| wrong.message)
        });
        let feed = address(&mut mistakes, Field::Feed, &self.feed);
        let interval = match self.interval.trim() {
            "" => None,
            text => noted(
                &mut mistakes,
                Some(Field::Interval),
                sources::interval(text).map_err(|wrong| wrong.message),
            ),
        };
        let topics = list(&mut mistakes, Field::Topics, &self.topics, |word| {
            let topic: TopicId = word.parse().map_err(|error| format!("{error}"))?;
            if thesaurus.iter().any(|concept| concept.id == topic) {
                Ok(topic)
            } else {
                Err(format!("there is no topic “{topic}”"))
            }
        });
        match (id, name, country, role) {
            (Some(id), Some(name), Some(country), Some(role)) if mistakes.is_empty() => {
                Ok(Source {
                    id,
                    name,
                    url,
                    country,
                    role,
                    languages,
                    feed,
                    listing: before.and_then(|before| before.listing.clone()),
                    interval,
                    topics,
                    paused: self.paused,
                    private: self.private,
                })
            }
            _ => Err(mistakes),
        }
    }
}

fn noted<T>(
    mistakes: &mut Vec<Mistake>,
    field: Option<Field>,
    read: Result<T, String>,
) -> Option<T> {
    read.map_err(|message| mistakes.push(Mistake { field, message }))
        .ok()
}

fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err("is empty".into())
    } else if text.chars().any(is_unsafe) {
        Err("holds a line break or another control character".into())
    } else if text.chars().count() > LONGEST_NAME {
        Err(format!("is longer than {LONGEST_NAME} characters"))
    } else {
        Ok(text.to_owned())
    }
}

fn address(mistakes: &mut Vec<Mistake>, field: Field, text: &str) -> Option<url::Url> {
    match text.trim() {
        "" => None,
        text => noted(
            mistakes,
            Some(field),
            units::web_address(text).map_err(|wrong| wrong.message),
        ),
    }
}

fn list<T: PartialEq>(
    mistakes: &mut Vec<Mistake>,
    field: Field,
    text: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Vec<T> {
    let words = text
        .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
        .filter(|word| !word.is_empty());
    let mut found = Vec::new();
    for (count, word) in words.enumerate() {
        if count == MOST {
            mistakes.push(Mistake {
                field: Some(field),
                message: format!("are more than {MOST}"),
            });
            break;
        }
        if let Some(value) = noted(mistakes, Some(field), read(word))
            && !found.contains(&value)
        {
            found.push(value);
        }
    }
    found
}

/// The sources that a text in the format of `sources.toml` holds, those that are right, and what is wrong with the others.
#[must_use]
pub fn read_sources(
    file: &str,
    text: String,
    thesaurus: &[Concept],
) -> (Vec<Source>, Vec<Problem>) {
    let report = Report::default();
    let topics = known::Known::of(thesaurus.iter().map(|concept| concept.id.to_string()));
    let (sources, _) = sources::read(&Document::new(file, text), &topics, &report);
    let problems = report.into_problems();
    let problems = problems.as_ref().map_or(&[][..], Problems::as_slice);
    (sources, problems.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::source_block;
    use proptest::prelude::*;

    fn typed() -> Typed {
        Typed {
            id: "fonss".into(),
            name: " FONSS ".into(),
            url: "https://www.fonss.ro/".into(),
            country: "RO".into(),
            role: "member".into(),
            languages: "ro, en".into(),
            interval: "6h".into(),
            ..Typed::default()
        }
    }

    #[test]
    fn what_is_typed_reads_back() {
        let source = typed().read(&[], None).unwrap();
        assert_eq!(source.name, "FONSS");
        assert_eq!(source.languages.len(), 2);
        assert_eq!(Typed::of(&source).read(&[], None), Ok(source.clone()));
        let (read, problems) = read_sources("x", source_block(&source), &[]);
        assert_eq!((read, problems), (vec![source], Vec::new()));
    }

    #[test]
    fn every_mistake_is_found_at_its_field() {
        let wrong = Typed {
            id: "Ă!".into(),
            name: "a\nb".into(),
            url: "javascript:alert(1)".into(),
            country: "Marte".into(),
            role: "chief".into(),
            languages: "xx-yy".into(),
            feed: "ftp://a.ro/".into(),
            interval: "often".into(),
            topics: "no-such".into(),
            ..Typed::default()
        };
        let mistakes = wrong.read(&[], None).unwrap_err();
        let fields: Vec<&str> = mistakes
            .iter()
            .map(|mistake| mistake.field.map_or("id", Field::key))
            .collect();
        assert_eq!(
            fields,
            [
                "id",
                "name",
                "url",
                "country",
                "role",
                "languages",
                "feed",
                "interval",
                "topics"
            ]
        );
        let no_address = Typed {
            url: String::new(),
            ..typed()
        };
        assert_eq!(no_address.read(&[], None).unwrap_err().len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_typed_is_too_odd(words in proptest::collection::vec(".{0,60}", 9)) {
            let typed = Typed {
                id: words[0].clone(),
                name: words[1].clone(),
                url: words[2].clone(),
                country: words[3].clone(),
                role: words[4].clone(),
                languages: words[5].clone(),
                feed: words[6].clone(),
                interval: words[7].clone(),
                topics: words[8].clone(),
                paused: true,
                private: false,
            };
            if let Ok(source) = typed.read(&[], None) {
                let (read, problems) = read_sources("x", source_block(&source), &[]);
                prop_assert_eq!(problems, Vec::new());
                prop_assert_eq!(read, vec![source]);
            }
        }
    }
}
