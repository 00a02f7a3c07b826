//! The rules of an `.aff` file: how forms are made from the words of the `.dic` file beside it.
//!
//! After hunspell(5). Prefixes are left out, since they make other words, and so are compounds, suggestions and all that
//! concerns spelling alone.

use std::collections::hash_map::Entry;

use encoding_rs::{Encoding, UTF_8};
use rustc_hash::FxHashMap;

use super::DictionaryError;

/// What names a class of rules or marks a word; any of the four ways of writing it fits a number.
pub(super) type Flag = u32;

/// How flags are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Writing {
    /// One character each.
    #[default]
    Character,
    /// Two characters each.
    Long,
    /// Numbers with commas between.
    Number,
}

/// One way of making a form.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// Letters taken off first.
    pub strip: Box<str>,
    /// What is put there.
    pub affix: Box<str>,
    /// Flags of the form that comes out.
    pub flags: Vec<Flag>,
    /// What the end of the word must look like.
    condition: Vec<Letters>,
}

/// Letters that may stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Letters {
    Any,
    One(char),
    Among(Vec<char>),
    Except(Vec<char>),
}

impl Letters {
    fn fits(&self, c: char) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => *one == c,
            Self::Among(these) => these.contains(&c),
            Self::Except(these) => !these.contains(&c),
        }
    }
}

impl Rule {
    /// Whether a suffix may be put to a word.
    pub fn fits(&self, word: &str) -> bool {
        let mut letters = word.chars().rev();
        self.condition
            .iter()
            .rev()
            .all(|place| letters.next().is_some_and(|c| place.fits(c)))
    }
}

/// Longest affix and condition, in bytes.
const LONGEST: usize = 200;

/// Most flags of a word or an affix.
const MOST_FLAGS: usize = 300;

/// Most rules of a dictionary; the largest known one has some 40 000.
const MOST_RULES: usize = 100_000;

/// What an `.aff` file says.
#[derive(Debug)]
pub(super) struct Affixes {
    encoding: &'static Encoding,
    writing: Writing,
    aliases: Vec<Vec<Flag>>,
    /// The rules of each class of suffixes.
    pub suffixes: FxHashMap<Flag, Vec<Rule>>,
    /// Marks words that are no words without an affix.
    pub need_affix: Option<Flag>,
    /// Marks what is no word at all, or none by itself.
    pub hidden: Vec<Flag>,
    /// Marks suffixes that need a prefix at the same time.
    pub circumfix: Option<Flag>,
}

impl Affixes {
    pub fn parse(bytes: &[u8]) -> Result<Self, DictionaryError> {
        let encoding = encoding_of(bytes)?;
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        let mut affixes = Self {
            encoding,
            writing: Writing::default(),
            aliases: Vec::new(),
            suffixes: FxHashMap::default(),
            need_affix: None,
            hidden: Vec::new(),
            circumfix: None,
        };
        // How flags are written may be said behind their first use.
        for line in text.lines() {
            if let Some(writing) = line.strip_prefix("FLAG ") {
                affixes.writing = match writing.trim() {
                    "long" => Writing::Long,
                    "num" => Writing::Number,
                    _ => Writing::Character,
                };
            }
        }
        let mut rules = 0;
        for line in text.lines() {
            let mut fields = line.split_whitespace();
            let Some(command) = fields.next() else {
                continue;
            };
            match command {
                "AF" => {
                    let Some(flags) = fields.next() else { continue };
                    // The first line counts the others.
                    if affixes.aliases.is_empty() && flags.parse::<u32>().is_ok() {
                        affixes.aliases.push(Vec::new());
                    } else {
                        affixes.aliases.push(affixes.written(flags));
                    }
                }
                "NEEDAFFIX" | "PSEUDOROOT" => affixes.need_affix = affixes.one(fields.next()),
                "CIRCUMFIX" => affixes.circumfix = affixes.one(fields.next()),
                "FORBIDDENWORD" | "ONLYINCOMPOUND" => {
                    let flag = affixes.one(fields.next());
                    affixes.hidden.extend(flag);
                }
                "SFX" => {
                    rules += 1;
                    if rules > MOST_RULES {
                        return Err(DictionaryError::TooLarge);
                    }
                    affixes.add_rule(fields);
                }
                "COMPLEXPREFIXES" => return Err(DictionaryError::Unknown("COMPLEXPREFIXES")),
                _ => {}
            }
        }
        if affixes.suffixes.is_empty() {
            return Err(DictionaryError::NoRules);
        }
        Ok(affixes)
    }

    /// `SFX A Y 3` begins a class, `SFX A y ies [^aeiou]y` is one of its rules.
    fn add_rule<'a>(&mut self, mut fields: impl Iterator<Item = &'a str>) {
        let Some(flag) = self.one(fields.next()) else {
            return;
        };
        let (Some(strip), Some(affix)) = (fields.next(), fields.next()) else {
            return;
        };
        if let Entry::Vacant(new) = self.suffixes.entry(flag) {
            new.insert(Vec::new());
            return;
        }
        let (affix, flags) = affix.split_once('/').unwrap_or((affix, ""));
        let place = fields.next().unwrap_or(".");
        if strip.len().max(affix.len()).max(place.len()) > LONGEST {
            return;
        }
        let rule = Rule {
            strip: nothing_for_zero(strip).into(),
            affix: nothing_for_zero(affix).into(),
            flags: self.flags(flags),
            condition: condition(place),
        };
        if let Some(rules) = self.suffixes.get_mut(&flag) {
            rules.push(rule);
        }
    }

    /// A file of the same dictionary as text.
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> std::borrow::Cow<'a, str> {
        self.encoding.decode_with_bom_removal(bytes).0
    }

    /// Flags as they stand behind a word: written out, or the number of an alias.
    pub fn flags(&self, text: &str) -> Vec<Flag> {
        if !self.aliases.is_empty()
            && let Ok(number) = text.parse::<usize>()
        {
            return self.aliases.get(number).cloned().unwrap_or_default();
        }
        self.written(text)
    }

    fn written(&self, text: &str) -> Vec<Flag> {
        let most = MOST_FLAGS;
        match self.writing {
            Writing::Character => text.chars().take(most).map(Flag::from).collect(),
            Writing::Long => {
                let letters: Vec<char> = text.chars().take(2 * most).collect();
                let pairs = letters.chunks_exact(2);
                pairs
                    .map(|pair| (Flag::from(pair[0]) << 16) ^ Flag::from(pair[1]))
                    .collect()
            }
            Writing::Number => text
                .split(',')
                .take(most)
                .filter_map(|number| number.trim().parse().ok())
                .collect(),
        }
    }

    fn one(&self, text: Option<&str>) -> Option<Flag> {
        self.written(text?).first().copied()
    }
}

fn nothing_for_zero(text: &str) -> &str {
    if text == "0" { "" } else { text }
}

/// The encoding that `SET` names: the line is ASCII in all of them.
fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, DictionaryError> {
    let named = bytes.split(|byte| *byte == b'\n').find_map(|line| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        line.strip_prefix(b"SET ")
    });
    let Some(name) = named else {
        return Ok(UTF_8);
    };
    let name = name.trim_ascii();
    // Hunspell's own names for two of them.
    let label: &[u8] = match name {
        b"microsoft-cp1251" => b"windows-1251",
        b"microsoft-cp1250" => b"windows-1250",
        other => other,
    };
    Encoding::for_label(label).ok_or(DictionaryError::Unknown("SET"))
}

/// `[^aeiou]y` as places.
fn condition(text: &str) -> Vec<Letters> {
    if text == "." {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        places.push(match c {
            '.' => Letters::Any,
            '[' => {
                let inside: Vec<char> = letters.by_ref().take_while(|c| *c != ']').collect();
                match inside.split_first() {
                    Some(('^', others)) => Letters::Except(others.to_vec()),
                    _ => Letters::Among(inside),
                }
            }
            one => Letters::One(one),
        });
    }
    places
}
