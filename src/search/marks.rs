//! What to mark in the texts of results.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::query::{Added, Atom, Expression};
use crate::domain::Language;
use crate::understanding::analysis::{Forms, forms_again, words};
use crate::understanding::normalise::{exact, fold, is_cyrillic};

/// Longest text looked at, in bytes: marks beyond that are not worth the time.
const MAX_TEXT: usize = 64_000;

/// What to mark in a text. Opaque: made by a search, used by [`Marks::find`] and [`Marks::snippet`].
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Runs of words; most are of one.
    runs: Vec<Arc<[Mark]>>,
    /// How words that a run can begin with begin: others need no analysis. In order.
    starts: Vec<Start>,
    /// The runs that begin with a word of this folded form or stem.
    by_first: FxHashMap<Box<str>, Vec<usize>>,
    /// The runs that begin with the beginning of a word.
    prefixes: Vec<usize>,
}

/// A word to mark, or the beginning of one.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    folded: String,
    /// Its stem in each of our languages, and in all others.
    stems: [Box<str>; PLACES],
    prefix: bool,
}

impl Marks {
    /// Marks for everything that an expression asks for.
    pub(super) fn of(expression: Option<&Expression>) -> Self {
        let mut marks = Self::default();
        if let Some(expression) = expression {
            marks.add(expression);
        }
        let firsts = marks.runs.iter().filter_map(|run| run.first());
        marks.starts = firsts.flat_map(Mark::starts).collect();
        marks.starts.sort_unstable();
        marks.starts.dedup();
        for (place, run) in marks.runs.iter().enumerate() {
            match run.first() {
                None => {}
                Some(first) if first.prefix => marks.prefixes.push(place),
                Some(first) => {
                    for form in first.forms() {
                        match marks.by_first.get_mut(form) {
                            Some(runs) if runs.last() == Some(&place) => {}
                            Some(runs) => runs.push(place),
                            None => {
                                marks.by_first.insert(form.into(), vec![place]);
                            }
                        }
                    }
                }
            }
        }
        marks
    }

    fn add(&mut self, expression: &Expression) {
        match expression {
            Expression::Word(atom) => self.runs.push([Mark::of(&atom.text, false)].into()),
            Expression::Prefix(atom) => self.runs.push([Mark::of(&atom.text, true)].into()),
            Expression::Phrase(Atom { text, .. }) => self.runs.push(Mark::run(text)),
            Expression::Known(known) => {
                for atom in &known.typed {
                    self.runs.push([Mark::of(&atom.text, false)].into());
                }
                self.runs.extend(known.added.iter().map(Added::marks));
            }
            Expression::All(parts) | Expression::Any(parts) => {
                for part in parts {
                    self.add(part);
                }
            }
            Expression::Not(_) | Expression::By(_) | Expression::Source(_) => {}
        }
    }

    /// Where the query's words stand in a text, as byte ranges in order.
    #[must_use]
    pub fn find(&self, text: &str, lang: Option<Language>) -> Vec<Range<usize>> {
        if self.runs.is_empty() {
            return Vec::new();
        }
        let mut end = text.len().min(MAX_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let own = place(lang);
        let mut found: Vec<Range<usize>> = Vec::new();
        // Runs of which some words stood just before: which, how many words, and where the first of them began.
        let mut under_way: Vec<(usize, usize, usize)> = Vec::new();
        let mut next = Vec::new();
        for word in words(text) {
            let possible = !under_way.is_empty()
                || start_of(word.text, lang).is_none_or(|start| self.begins(start));
            if !possible {
                continue;
            }
            let seen = forms_again(word.text, lang);
            let begun = under_way.drain(..);
            let new = self.begun_by(&seen).map(|run| (run, 0, word.range.start));
            for (run, place, start) in begun.chain(new) {
                let words = &self.runs[run];
                if !words.get(place).is_some_and(|mark| mark.fits(own, &seen)) {
                    continue;
                }
                if place + 1 == words.len() {
                    found.push(start..word.range.end);
                } else {
                    next.push((run, place + 1, start));
                }
            }
            std::mem::swap(&mut under_way, &mut next);
        }
        joined(found)
    }

    /// Whether a run can begin with a word that begins so.
    fn begins(&self, start: Start) -> bool {
        let from = self.starts.partition_point(|known| known.0 < start.0);
        let same = self.starts[from..].iter();
        same.take_while(|known| known.0 == start.0)
            .any(|known| known.meets(start))
    }

    /// The runs that may begin with a word.
    fn begun_by<'a>(&'a self, seen: &Forms) -> impl Iterator<Item = usize> + use<'a> {
        let runs = |form: &str| self.by_first.get(form).map_or(&[][..], Vec::as_slice);
        let by_stem = runs(&seen.stem);
        let by_folded = runs(&seen.folded).iter();
        let others = by_folded.filter(move |run| !by_stem.contains(run));
        by_stem.iter().chain(others).chain(&self.prefixes).copied()
    }

    /// The passage of at most `chars` characters that shows the query best, with what to mark in it;
    /// the beginning of the text where nothing is found.
    #[must_use]
    pub fn snippet(
        &self,
        text: &str,
        lang: Option<Language>,
        chars: usize,
    ) -> (String, Vec<Range<usize>>) {
        let found = self.find(text, lang);
        let start = best_start(text, &found, chars);
        let (passage, offset, before, after) = cut(text, start, chars);
        let mut shown = String::with_capacity(passage.len() + 6);
        if before {
            shown.push('…');
        }
        let shift = shown.len();
        shown.push_str(passage);
        if after {
            shown.push('…');
        }
        let marks = found
            .into_iter()
            .filter(|range| range.start >= offset && range.end <= offset + passage.len())
            .map(|range| range.start - offset + shift..range.end - offset + shift)
            .collect();
        (shown, marks)
    }
}

impl Mark {
    /// All words of a text.
    pub fn run(text: &str) -> Arc<[Self]> {
        words(text).map(|word| Self::of(word.text, false)).collect()
    }

    fn of(text: &str, prefix: bool) -> Self {
        Self {
            stems: LANGS.map(|lang| forms_again(text, lang).stem.clone()),
            folded: fold(&exact(text)).into_owned(),
            prefix,
        }
    }

    fn starts(&self) -> impl Iterator<Item = Start> {
        let stems = self.stems.iter().map(|stem| {
            // Short stems can have another second letter than their words: "dying", "die".
            let whole = stem.chars().count() > 3;
            Start::of(stem, if whole { 2 } else { 1 })
        });
        stems.chain([Start::of(&self.folded, 2)]).flatten()
    }

    /// All that it is known by.
    fn forms(&self) -> impl Iterator<Item = &str> {
        let stems = self.stems.iter().map(|stem| &**stem);
        stems.chain([self.folded.as_str()])
    }

    fn fits(&self, own: usize, seen: &Forms) -> bool {
        if self.prefix {
            seen.folded.starts_with(&*self.folded)
        } else {
            seen.stem == self.stems[own] || *seen.folded == *self.folded
        }
    }
}

/// How many ways of stemming there are.
const PLACES: usize = 6;

/// One language for each way of stemming.
const LANGS: [Option<Language>; PLACES] = [
    None,
    Some(Language::RO),
    Some(Language::LV),
    Some(Language::RU),
    Some(Language::EN),
    Some(Language::UK),
];

/// Where a language's way of stemming stands in [`LANGS`].
fn place(lang: Option<Language>) -> usize {
    LANGS.iter().position(|ours| *ours == lang).unwrap_or(0)
}

/// The first letter of a folded word, and the second where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start(char, Option<char>);

impl Start {
    fn of(folded: &str, letters: usize) -> Option<Self> {
        let mut letters = folded.chars().take(letters);
        Some(Self(letters.next()?, letters.next()))
    }

    fn meets(self, other: Self) -> bool {
        self.0 == other.0 && (self.1.is_none() || other.1.is_none() || self.1 == other.1)
    }
}

/// How a word begins as folding would leave it; `None` where only a full analysis can tell.
fn start_of(word: &str, lang: Option<Language>) -> Option<Start> {
    let bytes = word.as_bytes();
    if word.is_ascii() {
        let letter = |at: usize| {
            bytes
                .get(at)
                .map(|byte| char::from(byte.to_ascii_lowercase()))
        };
        let second = letter(1);
        // "O.N.G." is a word without its dots.
        let plain = second.is_none_or(|letter| letter.is_ascii_alphanumeric());
        return letter(0)
            .filter(|_| plain)
            .map(|first| Start(first, second));
    }
    let latin = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{17e}' | '\u{218}'..='\u{21b}')
    };
    // Romanian in Cyrillic is read in Latin letters; a word of two scripts may be put into one.
    let readable =
        word.chars().all(latin) || (lang != Some(Language::RO) && word.chars().all(is_cyrillic));
    let mut ends = word.char_indices().skip(2).map(|(at, _)| at);
    let begin = &word[..ends.next().unwrap_or(word.len())];
    // What becomes of î depends on where in the word it stands.
    if !readable || begin.contains(['î', 'Î']) {
        return None;
    }
    Start::of(&fold(&exact(begin)), 2)
}

/// Ranges in order, those that overlap as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Where the passage that has most marks begins: a little before its first.
fn best_start(text: &str, found: &[Range<usize>], chars: usize) -> usize {
    let Some(first) = found.first() else { return 0 };
    // Bytes serve as a measure of width here: the exact cut comes after.
    let mut best = (0, first.start);
    let mut end = 0;
    for (place, range) in found.iter().enumerate() {
        end = end.max(place);
        while end < found.len() && found[end].end - range.start <= chars * 3 / 4 {
            end += 1;
        }
        if end - place > best.0 {
            best = (end - place, range.start);
        }
    }
    let lead = chars / 5;
    let mut start = best.1;
    for _ in 0..lead {
        let Some(before) = text[..start].chars().next_back() else {
            return 0;
        };
        start -= before.len_utf8();
    }
    start
}

/// A passage of at most `chars` characters from about `start`, cut at word boundaries: the passage, where it begins,
/// and whether something was left out before and after it.
fn cut(text: &str, start: usize, chars: usize) -> (&str, usize, bool, bool) {
    let mut begin = start;
    if begin > 0 {
        // Forward to a blank, unless that is far.
        let ahead: String = text[begin..].chars().take(40).collect();
        if let Some(blank) = ahead.find(char::is_whitespace) {
            begin += blank;
        }
    }
    begin += text[begin..].len() - text[begin..].trim_start().len();
    let rest = &text[begin..];
    // Room for the two signs of omission.
    let room = chars.saturating_sub(2);
    let end = match rest.char_indices().nth(room) {
        None => rest.len(),
        Some((end, _)) => rest[..end]
            .rfind(char::is_whitespace)
            .filter(|blank| *blank * 2 > end)
            .unwrap_or(end),
    };
    let passage = rest[..end].trim_end();
    let after = !rest[passage.len()..].trim().is_empty();
    (passage, begin, begin > 0, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;
    use crate::understanding::analysis::forms;
    use proptest::prelude::*;

    fn marks(query: &str) -> Marks {
        Marks::of(parse(query).expression.as_ref())
    }

    fn shown(query: &str, text: &str, lang: Language) -> String {
        let mut out = String::new();
        let mut at = 0;
        for range in marks(query).find(text, Some(lang)) {
            out.push_str(&text[at..range.start]);
            out.push('[');
            out.push_str(&text[range.clone()]);
            out.push(']');
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }

    #[test]
    fn words_are_marked_in_any_inflection_and_spelling() {
        assert_eq!(
            shown("locuinte protejate", "Locuințe PROTEJATE noi", Language::RO),
            "[Locuințe] [PROTEJATE] noi"
        );
        assert_eq!(
            shown(
                "\"sociālie pakalpojumi\"",
                "Sociālo pakalpojumu. Pakalpojumi",
                Language::LV
            ),
            "[Sociālo pakalpojumu]. Pakalpojumi"
        );
        assert_eq!(
            shown("грант*", "Гранты и гранд", Language::RU),
            "[Гранты] и гранд"
        );
        assert_eq!(shown("-apel source:x", "apel x", Language::RO), "apel x");
    }

    #[test]
    fn the_passage_shows_the_words() {
        let text = format!(
            "{} Apelul pentru granturi este deschis. {}",
            "bla ".repeat(200),
            "final ".repeat(200)
        );
        let (passage, found) = marks("granturi apel").snippet(&text, Some(Language::RO), 120);
        assert!(passage.chars().count() <= 120, "{passage}");
        assert_eq!(found.len(), 2, "{passage}");
        assert!(passage.starts_with('…') && passage.ends_with('…'));
        assert_eq!(&passage[found[1].clone()], "granturi");
        let (start, none) = marks("absent").snippet("Unu doi trei patru", Some(Language::RO), 12);
        assert_eq!((start.as_str(), none.len()), ("Unu doi…", 0));
    }

    proptest! {
        /// The quick look at how words begin passes over none that fits.
        #[test]
        fn whatever_shares_a_stem_is_marked(
            base in "[a-zA-ZăâîșțĂÎȘȚāčēģīķļņšūžĀČ]{1,9}|[а-яА-ЯёЁіє]{1,9}",
            one in "[a-zăâîāēīūș]{0,3}|[а-яё]{0,3}",
            other in "[a-zăâîāēīūș]{0,3}|[а-яё]{0,3}",
            lang in 0..PLACES,
        ) {
            let (one, other) = (format!("{base}{one}"), format!("{base}{other}"));
            let lang = LANGS[lang];
            let related = forms(&one, lang).stem == forms(&other, lang).stem;
            let operators = ["OR", "AND", "NOT"];
            if related && !operators.contains(&one.as_str()) {
                prop_assert_eq!(marks(&one).find(&other, lang), vec![0..other.len()]);
            }
        }

        #[test]
        fn marks_lie_on_characters_in_order(query in "\\PC{0,20}", text in "\\PC{0,80}", chars in 0usize..60) {
            let marks = marks(&query);
            let mut end = 0;
            for range in marks.find(&text, None) {
                prop_assert!(range.start >= end && range.end > range.start);
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                end = range.end;
            }
            let (passage, found) = marks.snippet(&text, Some(Language::RO), chars);
            prop_assert!(passage.chars().count() <= chars.max(2));
            for range in found {
                prop_assert!(!passage[range].is_empty());
            }
        }
    }
}
