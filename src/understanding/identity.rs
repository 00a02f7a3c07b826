//! Identity: what makes an entry seen again the same item, and what makes it an edited one.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use url::Url;

use super::words::fold;
use crate::domain::{CanonicalUrl, Draft, ItemKey, hex, is_letter_or_digit};

/// From this many letters on, a text is its own proof of identity.
const TELLING: usize = 160;

/// What several different entries of one document have in common, and what therefore identifies none of them:
/// feeds that give every entry one guid, link all of them to the home page, or repeat one text.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    prints: Vec<Prints>,
    guids: HashSet<String>,
    urls: HashSet<String>,
    texts: HashSet<String>,
}

impl Shared {
    /// Looks through the entries of one document.
    #[must_use]
    pub fn of(drafts: &[Draft]) -> Self {
        let mut guids: HashMap<&str, usize> = HashMap::new();
        let mut urls: HashMap<String, usize> = HashMap::new();
        let mut texts: HashMap<String, usize> = HashMap::new();
        let mut shared = Self::default();
        let address = |draft: &Draft| draft.url.as_ref().map(CanonicalUrl::of);
        for (index, draft) in drafts.iter().enumerate() {
            let title = || fold(&draft.title);
            if let Some(guid) = &draft.guid {
                let first = *guids.entry(guid).or_insert(index);
                // The same entry listed twice, or edited between, shares its guid rightly.
                if first != index
                    && address(&drafts[first]) != address(draft)
                    && fold(&drafts[first].title) != title()
                {
                    shared.guids.insert(guid.clone());
                }
            }
            if let Some(url) = address(draft) {
                let url = url.as_str().to_owned();
                let first = *urls.entry(url.clone()).or_insert(index);
                let other = &drafts[first];
                if first != index
                    && (other.guid.is_none() || other.guid != draft.guid)
                    && fold(&other.title) != title()
                {
                    shared.urls.insert(url);
                }
            }
            let prints = Prints::of(draft);
            let text = prints.text.clone();
            shared.prints.push(prints);
            if let Some(first) = texts.get(&text) {
                let other = &drafts[*first];
                if other.guid != draft.guid || address(other) != address(draft) {
                    shared.texts.insert(text);
                }
            } else {
                texts.insert(text, index);
            }
        }
        shared
    }
}

impl Shared {
    /// The keys of the entry at a place in the document: see [`keys`].
    #[must_use]
    pub fn keys(&self, index: usize, draft: &Draft, source_url: Option<&Url>) -> Vec<ItemKey> {
        let text = self.prints.get(index).map(|prints| prints.text.clone());
        keys_with(draft, source_url, self, text)
    }

    /// The content hash of the entry at a place in the document: see [`content_hash`].
    #[must_use]
    pub fn content_hash(&self, index: usize, draft: &Draft) -> String {
        match self.prints.get(index) {
            Some(prints) => prints.content.clone(),
            None => content_hash(draft),
        }
    }
}

/// Both hashes of an entry's text, made in one go: reading through it costs more than hashing.
#[derive(Debug, Clone)]
struct Prints {
    content: String,
    text: String,
}

impl Prints {
    fn of(draft: &Draft) -> Self {
        let settled = settled(&draft.text);
        Self {
            content: content_hash_of(draft, &settled),
            text: text_hash_of(draft, &settled),
        }
    }
}

/// Takes away guids that several different entries of one document share.
pub fn drop_shared_guids(drafts: &mut [Draft]) {
    let shared = Shared::of(drafts);
    for draft in drafts {
        if draft
            .guid
            .as_ref()
            .is_some_and(|guid| shared.guids.contains(guid))
        {
            draft.guid = None;
        }
    }
}

/// The keys by which an entry is found again in its source, strongest first; never empty.
/// `source_url` is the source's own address: an entry that links there links nowhere.
#[must_use]
pub fn keys(draft: &Draft, source_url: Option<&Url>, shared: &Shared) -> Vec<ItemKey> {
    keys_with(draft, source_url, shared, None)
}

fn keys_with(
    draft: &Draft,
    source_url: Option<&Url>,
    shared: &Shared,
    text: Option<String>,
) -> Vec<ItemKey> {
    let mut keys = Vec::with_capacity(3);
    if let Some(guid) = &draft.guid {
        let guid = guid.trim();
        if !guid.is_empty() && !shared.guids.contains(guid) {
            keys.push(ItemKey::Guid(bounded(guid)));
        }
    }
    if let Some(url) = &draft.url {
        let canonical = CanonicalUrl::of(url);
        let home = url.path() == "/" && url.query().is_none()
            || source_url.is_some_and(|source| CanonicalUrl::of(source) == canonical);
        if !home && !shared.urls.contains(canonical.as_str()) {
            keys.push(ItemKey::Url(bounded(canonical.as_str())));
        }
    }
    let text = text.unwrap_or_else(|| text_hash_of(draft, &settled(&draft.text)));
    let telling = draft
        .text
        .chars()
        .filter(|c| is_letter_or_digit(*c))
        .take(TELLING)
        .count()
        == TELLING;
    if keys.is_empty() || (telling && !shared.texts.contains(&text)) {
        keys.push(ItemKey::Text(text));
    }
    keys
}

/// Hash of what people would call the content: title, text, address, attachments. Blind to white space, tracking
/// parameters, counters (“123 views”) and times that pass by themselves (“3 days ago”).
#[must_use]
pub fn content_hash(draft: &Draft) -> String {
    content_hash_of(draft, &settled(&draft.text))
}

fn content_hash_of(draft: &Draft, settled_text: &str) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    part(&settled(&draft.title));
    part(settled_text);
    part(
        draft
            .url
            .as_ref()
            .map(CanonicalUrl::of)
            .as_ref()
            .map_or("", CanonicalUrl::as_str),
    );
    let mut files: Vec<CanonicalUrl> = draft
        .attachments
        .iter()
        .map(|file| CanonicalUrl::of(&file.url))
        .collect();
    files.sort_unstable();
    files.dedup();
    for file in &files {
        part(file.as_str());
    }
    hex(&hash.finalize())
}

/// Hash of title and text as folded words: what remains the same under another address.
fn text_hash_of(draft: &Draft, settled_text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(fold(&draft.title).as_bytes());
    hash.update([0]);
    hash.update(fold(settled_text).as_bytes());
    if draft.text.trim().is_empty() {
        // A bare title such as “Announcement” comes back with another date and is another one.
        if let Some(at) = draft.published {
            hash.update(at.as_second().div_euclid(86_400).to_be_bytes());
        }
    }
    hex(&hash.finalize())
}

/// Keys are indexed: an absurdly long one is replaced by its hash.
fn bounded(text: &str) -> String {
    if text.len() <= 1000 {
        text.to_owned()
    } else {
        format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())))
    }
}

/// What stands before the number of “acum 3 zile”, “pirms 2 stundām”.
const AGO_BEFORE: [&str; 2] = ["acum", "pirms"];
/// What stands after the unit of “3 days ago”, “3 дня назад”.
const AGO_AFTER: [&str; 3] = ["ago", "назад", "тому"];
/// Beginnings of the units of time in ro, lv, ru, en.
const UNITS: [&str; 24] = [
    "secund",
    "minut",
    "ora",
    "ore",
    "zi",
    "zile",
    "saptaman",
    "luni",
    "stund",
    "dien",
    "nedel",
    "menes",
    "секунд",
    "час",
    "дн",
    "день",
    "недел",
    "месяц",
    "second",
    "hour",
    "day",
    "week",
    "month",
    "минут",
];
/// Beginnings of what is counted on a page while nobody edits it.
const COUNTED: [&str; 16] = [
    "vizualizar",
    "accesar",
    "afisar",
    "citir",
    "distribuir",
    "skatijum",
    "skatits",
    "lasits",
    "просмотр",
    "прочит",
    "поделил",
    "views",
    "shares",
    "likes",
    "hits",
    "comentar",
];

/// A number of a few digits, with whatever marks stand around it.
fn is_number(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !is_letter_or_digit(c));
    !word.is_empty()
        && word.len() <= 9
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
}

/// The words of a text, and which of them are numbers, in order.
#[derive(Debug, Default)]
struct Words {
    /// Where they begin and end.
    at: Vec<(usize, usize)>,
    numbers: Vec<usize>,
}

impl Words {
    /// As `split_whitespace` parts them, told from bytes: nearly every character is told from its first one.
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut words = Self {
            at: Vec::with_capacity(text.len() / 6),
            numbers: Vec::new(),
        };
        let mut start = 0;
        let mut digits = false;
        let mut next = 0;
        while let Some(byte) = bytes.get(next) {
            let blank = match byte {
                b'\t'..=b'\r' | b' ' => 1,
                // All other white space begins with one of these.
                0xc2 | 0xe1..=0xe3 => text[next..]
                    .chars()
                    .next()
                    .filter(|c| c.is_whitespace())
                    .map_or(0, char::len_utf8),
                _ => 0,
            };
            if blank == 0 {
                digits |= byte.is_ascii_digit();
                next += 1;
                continue;
            }
            words.take(text, start, next, digits);
            next += blank;
            start = next;
            digits = false;
        }
        words.take(text, start, next, digits);
        words
    }

    fn take(&mut self, text: &str, start: usize, end: usize, digits: bool) {
        if start == end {
            return;
        }
        if digits && is_number(&text[start..end]) {
            self.numbers.push(self.at.len());
        }
        self.at.push((start, end));
    }
}

/// The words of a text with what changes by itself left out.
fn settled(text: &str) -> String {
    let words = Words::of(text);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for number in &words.numbers {
        if *number >= from
            && let Some((first, past)) = passing(text, &words.at, from, *number)
        {
            keep(&mut kept, text, &words.at[from..first]);
            from = past;
        }
    }
    keep(&mut kept, text, words.at.get(from..).unwrap_or_default());
    kept
}

/// Appends words, one space between them. Those that stand so in the text are taken over together.
fn keep(kept: &mut String, text: &str, words: &[(usize, usize)]) {
    let apart = |one: &(usize, usize), next: &(usize, usize)| {
        next.0 != one.1 + 1 || text.as_bytes()[one.1] != b' '
    };
    for run in words.chunk_by(|one, next| !apart(one, next)) {
        let [(start, _), ..] = run else { continue };
        let Some((_, end)) = run.last() else { continue };
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(&text[*start..*end]);
    }
}

/// The words around a number, from `from` on, that change with it while nobody edits them: the first, and the one behind
/// the last.
fn passing(
    text: &str,
    words: &[(usize, usize)],
    from: usize,
    number: usize,
) -> Option<(usize, usize)> {
    let word = |index: Option<usize>| {
        let place = index.and_then(|index| words.get(index));
        place.map_or("", |(start, end)| &text[*start..*end])
    };
    let folded = |index: usize| fold(word(Some(index)));
    let starts = |word: &str, list: &[&str]| list.iter().any(|start| word.starts_with(start));
    let next = folded(number + 1);
    let de = usize::from(next == "de");
    let unit = if de == 1 { folded(number + 2) } else { next };
    let before = number.checked_sub(1).filter(|before| *before >= from);
    let past = |count: usize| (number + count).min(words.len());
    if let Some(before) = before {
        let label = word(Some(before));
        let said = fold(label);
        if AGO_BEFORE.contains(&said.as_str()) && starts(&unit, &UNITS) {
            return Some((before, past(2 + de)));
        }
        if label.ends_with(':') && starts(&said, &COUNTED) {
            return Some((before, past(1)));
        }
    }
    if de == 0 && starts(&unit, &UNITS) && AGO_AFTER.contains(&folded(number + 2).as_str()) {
        Some((number, past(3)))
    } else if starts(&unit, &COUNTED) {
        Some((number, past(2 + de)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
