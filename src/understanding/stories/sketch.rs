//! An announcement, reduced to what it can be compared by.

use memchr::memmem;
use url::Url;

use super::figures::{figures, title_figures};
use super::letters::{hash, mix, root, sound};
use crate::domain::{Attachment, CanonicalUrl, Deadline, Event, Kind, Language, Sketch, TopicId};
use crate::understanding::scan::{Scan, Word, Words};

/// Words of a text that are looked at: whatever an announcement says, it says within them.
const WORDS: usize = 1_000;
/// Bytes of a text that are looked at: more than so many words ever need.
const BYTES: usize = 16 * WORDS;
/// Words of a title that are looked at.
const TITLE_WORDS: usize = 60;
/// Runs of words that count as the beginning.
const LEAD: usize = 12;
/// Most numbers, and most names.
const MOST: usize = 120;
/// Most addresses.
const LINKS: usize = 16;
/// Bytes of HTML in which addresses are looked for.
const HTML: usize = 256 * 1024;
/// From so many telling words on, a title can be looked up.
const TELLING: usize = 3;

/// What is known of an announcement before it is sketched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Its title, plain text.
    pub title: &'a str,
    /// Its text, plain.
    pub text: &'a str,
    /// The same as HTML, for the addresses in it.
    pub html: Option<&'a str>,
    /// Where it is.
    pub url: Option<&'a Url>,
    /// The language of the text.
    pub lang: Option<Language>,
    /// What it is.
    pub kind: Option<Kind>,
    /// What it is about.
    pub topics: &'a [TopicId],
    /// By when to answer.
    pub deadline: Option<&'a Deadline>,
    /// What to attend.
    pub event: Option<&'a Event>,
    /// Files that go with it.
    pub attachments: &'a [Attachment],
}

/// Sketches an announcement. Takes time and memory in proportion to its first thousand words, whatever the length.
#[must_use]
pub fn sketch(facts: &Facts<'_>) -> Sketch {
    let title = Scan::of(first(facts.title, BYTES), TITLE_WORDS);
    let body = Scan::of(first(facts.text, BYTES), WORDS);
    sketch_scanned(facts, &title, &body)
}

/// The same, of title and text that are split into words already.
pub(in crate::understanding) fn sketch_scanned(
    facts: &Facts<'_>,
    title: &Scan<'_>,
    body: &Scan<'_>,
) -> Sketch {
    title.beginning(BYTES, TITLE_WORDS, |title| {
        body.beginning(BYTES, WORDS, |body| of_words(facts, title, body))
    })
}

fn of_words(facts: &Facts<'_>, title: Words<'_>, body: Words<'_>) -> Sketch {
    let mut sketch = Sketch {
        lang: facts.lang,
        kind: facts.kind,
        words: body.count() as u32,
        deadline: facts.deadline.and_then(|found| day(found.at)),
        event: facts.event.and_then(|found| day(found.start)),
        topics: sorted(facts.topics.iter().map(|topic| hash(topic.as_str()))),
        ..Sketch::default()
    };
    sketch.easy = says(title, EASY) || is_easy_address(facts.url);
    sketch.extended = title.iter().chain(body.iter().take(60)).any(is_extended);

    let telling: Vec<Word<'_>> = title
        .iter()
        .filter(|word| is_telling(*word) && !is_marker(*word))
        .collect();
    sketch.title = sorted(telling.iter().map(|word| root(word.folded)));
    sketch.title_sounds = sorted(telling.iter().filter_map(|word| sound(word.folded)));
    sketch.title_figures = sorted(title_figures(title).into_iter());
    if sketch.title.len() >= TELLING {
        let roots = sketch.title.iter().chain(&sketch.title_figures);
        let all = roots.fold(1_u64, |all, root| {
            u64::from(mix(all.rotate_left(32) ^ u64::from(*root))) | all << 32
        });
        sketch.headline = mix(all).max(1);
    }

    let hashes: Vec<u32> = body.iter().map(|word| hash(word.folded)).collect();
    let runs: Vec<u32> = hashes.windows(4).map(run).collect();
    sketch.lead = sorted(runs.iter().take(LEAD).copied());
    sketch.shingles = sorted(runs.into_iter());

    let mut present = vec![false; sketch.title.len()];
    for word in body.iter() {
        if let Ok(place) = sketch.title.binary_search(&root(word.folded)) {
            present[place] = true;
        }
    }
    let present = present.iter().filter(|present| **present).count();
    sketch.anchored = present * 2 >= sketch.title.len().max(1);

    let mut found = figures(title);
    found.extend(figures(body));
    sketch.figures = capped(found);
    let mut found = names(title, true);
    found.extend(names(body, false));
    sketch.names = capped(found);

    let own = facts.url.map(CanonicalUrl::of);
    sketch.own = own.as_ref().map_or(0, |own| hash(own.as_str()));
    sketch.links = links(facts, own.as_ref());
    sketch
}

fn first(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

fn day(at: jiff::Timestamp) -> Option<i32> {
    i32::try_from(at.as_second().div_euclid(86_400)).ok()
}

fn sorted(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn capped(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.truncate(MOST);
    sorted(numbers.into_iter())
}

fn run(hashes: &[u32]) -> u32 {
    let run = hashes.iter().fold(0_u64, |run, hash| {
        (run ^ u64::from(*hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    mix(run)
}

/// Short words join others; numbers and acronyms say something however short.
fn is_telling(word: Word<'_>) -> bool {
    word.folded.chars().nth(3).is_some() || word.folded.bytes().any(|byte| byte.is_ascii_digit())
}

/// How texts in easy language are called, as folded words; `*` stands for an ending.
const EASY: &[&str] = &[
    "viegli lasi*",
    "viegla* valod*",
    "vienkarsa* valod*",
    "usor de citit",
    "usor de inteles",
    "usor de lecturat",
    "лег* язык*",
    "ясн* язык*",
    "легко читат*",
    "легк* чтени*",
    "easy to read",
    "easy read",
    "easy language",
];

/// Beginnings of words that say that a day was put off.
const EXTENDED: &[&str] = &[
    "prelung",
    "extins",
    "extinde",
    "aman",
    "pagarin",
    "parcelt",
    "продл",
    "перенес",
    "перенос",
    "extended",
    "extension",
    "prolong",
    "postpon",
];

fn is_extended(word: Word<'_>) -> bool {
    // Most words begin otherwise, and are done with.
    matches!(
        word.folded.as_bytes().first(),
        Some(b'p' | b'e' | b'a' | 0xd0)
    ) && EXTENDED.iter().any(|start| word.folded.starts_with(start))
}

/// Whether an announcement says of itself that it is written in easy language.
#[must_use]
pub fn is_easy(title: &str, url: Option<&Url>) -> bool {
    says(Scan::of(first(title, BYTES), TITLE_WORDS).words(), EASY) || is_easy_address(url)
}

/// Whether an address says what [`EASY`] says; it does so in Latin letters.
fn is_easy_address(url: Option<&Url>) -> bool {
    let path = url.map_or("", Url::path);
    let may = path.len() <= 1_000
        && ["lasi", "valod", "citit", "easy", "inteles"]
            .iter()
            .any(|part| path.contains(part));
    may && says(Scan::of(path, TITLE_WORDS).words(), EASY)
}

fn says(scan: Words<'_>, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let places = 0..(scan.count() + 1).saturating_sub(parts.len());
        places.into_iter().any(|place| {
            parts.iter().enumerate().all(|(offset, part)| {
                let word = scan.folded(place + offset);
                match part.strip_suffix('*') {
                    Some(start) => word.starts_with(start),
                    None => word == *part,
                }
            })
        })
    })
}

/// Words that only say that this is the easy version, or that a day was put off.
fn is_marker(word: Word<'_>) -> bool {
    const EASY_WORDS: [&str; 14] = [
        "viegli", "lasi", "viegla", "valod", "vienkars", "usor", "citit", "limbaj", "легк", "лёгк",
        "язык", "easy", "read", "ясн",
    ];
    EASY_WORDS
        .iter()
        .chain(EXTENDED)
        .any(|start| word.folded.starts_with(start))
}

/// What the names in a text sound like: words in capitals that begin no sentence.
fn names(scan: Words<'_>, title: bool) -> Vec<u32> {
    let mut found = Vec::new();
    // In a title where most words are capitals, capitals say nothing.
    let capitals = || scan.iter().filter(|word| word.is_capital()).count();
    if title && capitals() * 2 > scan.count() + 1 {
        return found;
    }
    for (place, word) in scan.iter().enumerate() {
        if !word.is_capital() {
            continue;
        }
        let before = place.checked_sub(1).map_or("\n", |place| scan.gap(place));
        let begins = before.contains(['.', '!', '?', '\n', ':', '•', '„', '"', '«', '“'])
            || before.contains(" - ");
        if begins && !is_acronym(word.written) {
            continue;
        }
        if let Some(sound) = sound(word.folded) {
            found.push(sound);
            if found.len() >= MOST {
                break;
            }
        }
    }
    found
}

fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars();
    letters.by_ref().take(2).all(char::is_uppercase) && word.chars().count() >= 3
}

/// Pages for passing something on, which every page links to.
const PASSED_ON: [&str; 14] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "t.me",
    "telegram.me",
    "linkedin.com",
    "instagram.com",
    "youtube.com",
    "whatsapp.com",
    "pinterest.com",
    "vk.com",
    "ok.ru",
    "draugiem.lv",
    "tiktok.com",
];

/// Where a text leads: other sites' pages, and files wherever they are. Home pages and buttons say nothing.
fn links(facts: &Facts<'_>, own: Option<&CanonicalUrl>) -> Vec<u32> {
    let mut found: Vec<u32> = facts
        .attachments
        .iter()
        .take(LINKS)
        .map(|file| hash(CanonicalUrl::of(&file.url).as_str()))
        .collect();
    let html = facts.html.unwrap_or_default();
    let html = first(html, HTML);
    for at in memmem::find_iter(html.as_bytes(), b"href=") {
        if found.len() >= LINKS {
            break;
        }
        let Some(rest) = html.get(at + 5..) else {
            continue;
        };
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            continue;
        };
        let rest = &rest[1..];
        let Some(address) = first(rest, 2_000).split(quote).next() else {
            continue;
        };
        if !address.starts_with("http") {
            continue;
        }
        let Ok(url) = Url::parse(&address.replace("&amp;", "&")) else {
            continue;
        };
        let host = url.host_str().unwrap_or_default();
        let passed_on = PASSED_ON.iter().any(|known| {
            host.strip_suffix(known)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        let home = url.path() == "/" && url.query().is_none();
        let same_site = facts
            .url
            .is_some_and(|own| own.host_str() == url.host_str());
        if passed_on || home || same_site {
            continue;
        }
        let canonical = CanonicalUrl::of(&url);
        if own != Some(&canonical) {
            found.push(hash(canonical.as_str()));
        }
    }
    sorted(found.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_where_a_text_leads() {
        let url = Url::parse("https://a.ro/apel").unwrap();
        let html = r#"<a href="https://fond.ro/regulament.pdf?utm_source=a">x</a> <a href="https://www.facebook.com/sharer?u=1">y</a>
            <a href='https://a.ro/alta'>z</a> <a href="https://fond.ro/">w</a> <a href=x>"#;
        let facts = Facts {
            html: Some(html),
            url: Some(&url),
            ..Facts::default()
        };
        assert_eq!(sketch(&facts).links.len(), 1);
    }
}
