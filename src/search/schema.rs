//! What of an item goes into the index, and how.
//!
//! No text is stored: hit lists are read from the store. `text` holds the stems of title and text, each marked with its
//! language, so that a stem of one language never meets the same letters of another, and one list of postings tells
//! which items have a word. Words of the title count [`TITLE_WEIGHT`] times in it (a simple BM25F: Robertson, Zaragoza,
//! Taylor 2004). `title` holds those of the title alone; `word` and `title_word` hold words as they are spelt. A word
//! without diacritics is there once; one with diacritics twice, as it is and (marked with [`FOLDED`]) without. `by` holds the
//! stems of the source's name as `text` holds those of the text.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::domain::{Item, ItemState, Language};
use crate::understanding::analysis::{self, Analyzer};
use crate::understanding::normalise::{fold, is_cyrillic};

/// Changes with anything in this file that makes an index written before unusable.
const VERSION: u32 = 6;

/// Marks a word that stands for one with diacritics.
pub(super) const FOLDED: char = '~';

/// How many times a word of the title counts in `text`.
const TITLE_WEIGHT: u8 = 4;

/// Stands between title and text: no phrase goes across.
const BETWEEN: &str = "\n";

/// Words that a phrase would have to leave out to go across.
const GAP: usize = 100;

/// Begins a term that stands where the one before it does.
const SAME_PLACE: char = '=';

const JOINED: &str = "joined";

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub id: Field,
    pub born: Field,
    /// The story, where others tell it too.
    pub story: Field,
    /// Its source has replaced it.
    pub older: Field,
    pub at: Field,
    pub deadline: Field,
    /// When an event begins, and from when on it is over.
    pub event: Field,
    pub event_over: Field,
    pub lang: Field,
    pub country: Field,
    pub source: Field,
    pub role: Field,
    pub kind: Field,
    pub topic: Field,
    pub title: Field,
    pub text: Field,
    pub title_word: Field,
    pub word: Field,
    pub name: Field,
    pub by: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = SchemaBuilder::new();
    let number = NumericOptions::default().set_fast();
    let text = |record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(JOINED)
                .set_index_option(record),
        )
    };
    let value = TextOptions::default().set_fast("raw");
    let fields = Fields {
        id: builder.add_u64_field("id", FAST | INDEXED),
        born: builder.add_u64_field("born", number.clone()),
        story: builder.add_u64_field("story", number.clone()),
        older: builder.add_u64_field("older", number.clone()),
        at: builder.add_i64_field("at", number.clone()),
        deadline: builder.add_i64_field("deadline", number.clone()),
        event: builder.add_i64_field("event", number.clone()),
        event_over: builder.add_i64_field("event_over", number),
        lang: builder.add_text_field("lang", value.clone()),
        country: builder.add_text_field("country", value.clone()),
        source: builder.add_text_field("source", value.clone()),
        role: builder.add_text_field("role", value.clone()),
        kind: builder.add_text_field("kind", value.clone()),
        topic: builder.add_text_field(
            "topic",
            // How many topics an item has says nothing about how well one fits.
            value.set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("raw")
                    .set_index_option(IndexRecordOption::Basic)
                    .set_fieldnorms(false),
            ),
        ),
        title: builder.add_text_field("title", text(IndexRecordOption::WithFreqsAndPositions)),
        text: builder.add_text_field("text", text(IndexRecordOption::WithFreqsAndPositions)),
        title_word: builder.add_text_field("title_word", text(IndexRecordOption::WithFreqs)),
        word: builder.add_text_field("word", text(IndexRecordOption::WithFreqs)),
        name: builder.add_text_field("name", text(IndexRecordOption::Basic)),
        by: builder.add_text_field("by", text(IndexRecordOption::WithFreqsAndPositions)),
    };
    (builder.build(), fields)
}

/// Names the analysis and the schema that an index was made with.
pub(super) fn fingerprint() -> String {
    format!("schema {VERSION}, analysis {}", analysis::fingerprint())
}

/// Teaches an index how the texts that [`document`] makes fall into terms.
pub(super) fn register(index: &tantivy::Index) {
    index.tokenizers().register(JOINED, Joined);
}

/// One letter for each language that has terms of its own; `x` for all the others together.
pub(super) fn marker(lang: Option<Language>) -> char {
    match lang {
        Some(Language::RO) => 'r',
        Some(Language::LV) => 'l',
        Some(Language::RU) => 'u',
        Some(Language::EN) => 'e',
        Some(Language::UK) => 'k',
        _ => 'x',
    }
}

/// The document of a live item; `None` for one that is not to be found.
pub(super) fn document(
    item: &Item,
    fields: &Fields,
    analyzer: &mut Analyzer,
) -> Option<TantivyDocument> {
    if item.state != ItemState::Live {
        return None;
    }
    let lang = item.lang.map(|detected| detected.lang);
    let mut document = TantivyDocument::default();
    document.add_u64(fields.id, item.id.get());
    document.add_u64(fields.born, item.born.0);
    if item.is_told_by_others() {
        document.add_u64(fields.story, item.story.get());
        if item.newer.is_some() {
            document.add_u64(fields.older, 1);
        }
    }
    document.add_i64(fields.at, item.sort_at.as_millisecond());
    if let Some(deadline) = &item.deadline {
        document.add_i64(fields.deadline, deadline.at.as_millisecond());
    }
    if let Some(event) = &item.event {
        let over = event.over(&item.country.time_zone());
        document.add_i64(fields.event, event.start.as_millisecond());
        document.add_i64(fields.event_over, over.as_millisecond());
    }
    if let Some(lang) = lang {
        document.add_text(fields.lang, lang.as_str());
    }
    document.add_text(fields.country, item.country.as_str());
    document.add_text(fields.source, item.source.as_str());
    document.add_text(fields.role, item.role.as_str());
    document.add_text(fields.kind, item.kind.as_str());
    for topic in &item.topics {
        document.add_text(fields.topic, topic.as_str());
    }

    let mut stems = String::with_capacity(item.text.len());
    let mut spelt = String::with_capacity(item.text.len() + item.title.len());
    analyse(&item.title, lang, analyzer, &mut stems, &mut spelt);
    document.add_text(fields.title, &stems);
    document.add_text(fields.title_word, &spelt);
    stems.push_str(BETWEEN);
    stems.push(' ');
    analyse(&item.text, lang, analyzer, &mut stems, &mut spelt);
    for file in item.files.iter().filter(|file| !file.text.is_empty()) {
        stems.push_str(BETWEEN);
        stems.push(' ');
        // As the item's: an item is looked for in one language.
        analyse(&file.text, lang, analyzer, &mut stems, &mut spelt);
    }
    document.add_text(fields.text, &stems);
    document.add_text(fields.word, &spelt);

    let mut names = item.source.as_str().to_owned();
    for text in [item.source.as_str(), item.source_name.as_str()] {
        analyzer.analyse(text, None, |_, forms| {
            names.push(' ');
            names.push_str(&forms.folded);
        });
    }
    document.add_text(fields.name, &names);
    let (mut by, mut unused) = (String::new(), String::new());
    analyse(&item.source_name, lang, analyzer, &mut by, &mut unused);
    document.add_text(fields.by, &by);
    Some(document)
}

/// Appends the terms of a text, each followed by a blank.
fn analyse(
    text: &str,
    lang: Option<Language>,
    analyzer: &mut Analyzer,
    stems: &mut String,
    spelt: &mut String,
) {
    let marker = marker(lang);
    analyzer.analyse(text, lang, |_, forms| {
        stems.push(marker);
        stems.push_str(&forms.stem);
        stems.push(' ');
        if lang == Some(Language::RO) && forms.exact.chars().any(is_cyrillic) {
            // Read as Romanian above; here as whoever looks for the Russian word would type it.
            stems.push(SAME_PLACE);
            stems.push(marker);
            stems.push_str(&fold(&forms.exact));
            stems.push(' ');
        }
        spelt.push_str(&forms.exact);
        spelt.push(' ');
        if forms.exact != forms.folded {
            spelt.push(FOLDED);
            spelt.push_str(&forms.folded);
            spelt.push(' ');
        }
    });
}

/// Splits what [`document`] joined.
#[derive(Clone)]
struct Joined;

struct JoinedStream<'a> {
    rest: &'a str,
    token: Token,
    /// How many times a term counts here.
    weight: u8,
    /// How many more times the present one is given.
    again: u8,
}

impl Tokenizer for Joined {
    type TokenStream<'a> = JoinedStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> JoinedStream<'a> {
        JoinedStream {
            rest: text,
            token: Token::default(),
            weight: if text.contains(BETWEEN) {
                TITLE_WEIGHT
            } else {
                1
            },
            again: 0,
        }
    }
}

impl TokenStream for JoinedStream<'_> {
    fn advance(&mut self) -> bool {
        if self.again > 0 {
            self.again -= 1;
            return true;
        }
        loop {
            if self.rest.is_empty() {
                return false;
            }
            // Words are short: looking at each byte finds their end sooner than a search does.
            let blank = self.rest.bytes().position(|byte| byte == b' ');
            let (term, rest) = match blank {
                Some(blank) => (&self.rest[..blank], &self.rest[blank + 1..]),
                None => (self.rest, ""),
            };
            self.rest = rest;
            if term == BETWEEN {
                self.weight = 1;
                self.token.position = self.token.position.wrapping_add(GAP);
                continue;
            }
            let same_place = term.strip_prefix(SAME_PLACE);
            if same_place.is_none() {
                // The first position is 0: `Token::default()` stands one before it.
                self.token.position = self.token.position.wrapping_add(1);
            }
            let term = same_place.unwrap_or(term);
            self.token.text.clear();
            self.token.text.push_str(term);
            self.again = self.weight - 1;
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(String, usize)> {
        let mut tokens = Vec::new();
        let mut joined = Joined;
        let mut stream = joined.token_stream(text);
        while stream.advance() {
            tokens.push((stream.token().text.clone(), stream.token().position));
        }
        tokens
    }

    #[test]
    fn words_of_a_title_count_more_and_lie_apart_from_the_text() {
        let weighed = tokens("ra \n rb =rc rd ");
        let place = |term: &str| weighed.iter().find(|(text, _)| text == term).unwrap().1;
        let count = |term: &str| weighed.iter().filter(|(text, _)| text == term).count();
        assert_eq!((place("ra"), count("ra")), (0, usize::from(TITLE_WEIGHT)));
        assert_eq!((place("rb"), count("rb")), (1 + GAP, 1));
        assert_eq!(place("rc"), place("rb"));
        assert_eq!(place("rd"), place("rb") + 1);
        assert_eq!(tokens("ra rb "), [("ra".into(), 0), ("rb".into(), 1)]);
        assert!(tokens("").is_empty());
    }
}
