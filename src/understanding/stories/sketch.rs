//! An announcement, reduced to what it can be compared by.

use std::sync::LazyLock;

use memchr::memmem;
use url::Url;

use super::letters::{hash, mix, root, sound};
use super::scan::{Scan, Word};
use crate::domain::{Attachment, CanonicalUrl, Deadline, Event, Kind, Language, Sketch, TopicId};

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
    let body = Scan::of(first(facts.text, BYTES), WORDS);
    let title = Scan::of(first(facts.title, BYTES), TITLE_WORDS);
    let mut sketch = Sketch {
        lang: facts.lang,
        kind: facts.kind,
        words: body.count() as u32,
        deadline: facts.deadline.and_then(|found| day(found.at)),
        event: facts.event.and_then(|found| day(found.start)),
        topics: sorted(facts.topics.iter().map(|topic| hash(topic.as_str()))),
        ..Sketch::default()
    };
    sketch.easy = says(&title, EASY) || is_easy_address(facts.url);
    sketch.extended = title.words().chain(body.words().take(60)).any(is_extended);

    let telling: Vec<Word<'_>> = title
        .words()
        .filter(|word| is_telling(*word) && !is_marker(*word))
        .collect();
    sketch.title = sorted(telling.iter().map(|word| root(word.folded)));
    sketch.title_sounds = sorted(telling.iter().filter_map(|word| sound(word.folded)));
    sketch.title_figures = title_figures(&title);
    if sketch.title.len() >= TELLING {
        let roots = sketch.title.iter().chain(&sketch.title_figures);
        let all = roots.fold(1_u64, |all, root| {
            u64::from(mix(all.rotate_left(32) ^ u64::from(*root))) | all << 32
        });
        sketch.headline = mix(all).max(1);
    }

    let hashes: Vec<u32> = body.words().map(|word| hash(word.folded)).collect();
    let runs: Vec<u32> = hashes.windows(4).map(run).collect();
    sketch.lead = sorted(runs.iter().take(LEAD).copied());
    sketch.shingles = sorted(runs.into_iter());

    let mut present = vec![false; sketch.title.len()];
    for word in body.words() {
        if let Ok(place) = sketch.title.binary_search(&root(word.folded)) {
            present[place] = true;
        }
    }
    let present = present.iter().filter(|present| **present).count();
    sketch.anchored = present * 2 >= sketch.title.len().max(1);

    let mut found = figures(&title);
    found.extend(figures(&body));
    sketch.figures = capped(found);
    let mut found = names(&title, true);
    found.extend(names(&body, false));
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
    says(&Scan::of(first(title, BYTES), TITLE_WORDS), EASY) || is_easy_address(url)
}

/// Whether an address says what [`EASY`] says; it does so in Latin letters.
fn is_easy_address(url: Option<&Url>) -> bool {
    let path = url.map_or("", Url::path);
    let may = path.len() <= 1_000
        && ["lasi", "valod", "citit", "easy", "inteles"]
            .iter()
            .any(|part| path.contains(part));
    may && says(&Scan::of(path, TITLE_WORDS), EASY)
}

fn says(scan: &Scan<'_>, phrases: &[&str]) -> bool {
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

/// Above all plain numbers.
const MONTHS: u32 = 4_000_000_000;
const DATES: u32 = 4_100_000_000;
const HOURS: u32 = 4_200_000_000;

/// How much a number tells: days and amounts much, a year or a small number little.
pub(super) fn weight(figure: u32) -> f32 {
    match figure {
        0..10 => 0.2,
        10..100 => 0.5,
        1950..2100 => 0.4,
        100..1000 => 1.5,
        DATES..HOURS => 2.0,
        HOURS.. => 1.0,
        _ => 2.0,
    }
}

/// The number that stands for a day, counted from 1970, as far as texts name it.
pub(super) fn date_figure(day: i32) -> Option<u32> {
    let at = jiff::Timestamp::from_second(i64::from(day) * 86_400).ok()?;
    let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    Some(
        DATES + u32::from(date.month().unsigned_abs()) * 100 + u32::from(date.day().unsigned_abs()),
    )
}

/// Whether a number is a day of the year.
pub(super) fn is_date(figure: u32) -> bool {
    (DATES..HOURS).contains(&figure)
}

/// Whether a number is a year.
pub(super) fn is_year(figure: u32) -> bool {
    (1950..2100).contains(&figure)
}

/// Beginnings of the months' names in ro, lv, ru, en, and how long such a word may be.
static MONTH_NAMES: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    const NAMES: [&str; 12] = [
        "ianuar janvar январ januar",
        "februar феврал",
        "marti mart март march",
        "april апрел",
        "mai maij мая май may",
        "iuni junij июн june juni",
        "iuli julij июл july juli",
        "august август",
        "septembr сентябр septemb",
        "octombr oktobr октябр october",
        "noiembr novembr ноябр november",
        "decembr декабр december",
    ];
    let mut names = Vec::new();
    for (month, list) in (1..).zip(NAMES) {
        names.extend(list.split(' ').map(|name| (name, month)));
    }
    names
});

fn month(word: &str) -> Option<u32> {
    let letters = word.chars().count();
    MONTH_NAMES.iter().find_map(|(name, month)| {
        let rest = word.strip_prefix(name)?;
        let ending = rest.chars().count();
        // “mai” is also a common word of Romanian; it is a month only beside a number, which the caller sees to.
        let most = if letters <= 4 { 2 } else { 4 };
        (ending <= most).then_some(*month)
    })
}

/// A whole number of a few digits.
fn number(word: &str) -> Option<u32> {
    if word.len() > 9 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    word.parse().ok()
}

/// The numbers of a text in order: days with their months, amounts with their groups of digits joined, hours.
fn figures(scan: &Scan<'_>) -> Vec<u32> {
    let mut found = Vec::new();
    let mut place = 0;
    let gap = |place: usize| scan.gap(place);
    let folded = |place: usize| scan.folded(place);
    while place < scan.count() && found.len() < MOST {
        let word = folded(place);
        let Some(first) = number(word) else {
            // “March 15” and the English “15th”.
            if let Some(day) = ordinal(folded(place + 1))
                && let Some(month) = month(word)
                && gap(place).trim().is_empty()
            {
                found.push(DATES + month * 100 + day);
                place += 2;
                continue;
            }
            place += 1;
            continue;
        };
        if (1..=31).contains(&first) {
            let of = usize::from(folded(place + 1) == "de" || folded(place + 1) == "of");
            if let Some(month) = month(folded(place + 1 + of)) {
                found.push(DATES + month * 100 + first);
                place += 2 + of;
                continue;
            }
            if gap(place) == "."
                && let Some(month) = number(folded(place + 1)).filter(|m| (1..=12).contains(m))
                && gap(place + 1) == "."
                && number(folded(place + 2)).is_some_and(|year| is_year(year) || year < 100)
            {
                found.push(DATES + month * 100 + first);
                let year = number(folded(place + 2)).unwrap_or_default();
                found.push(if year < 100 { 2000 + year } else { year });
                place += 3;
                continue;
            }
        }
        if first < 24
            && matches!(gap(place), ":" | ".")
            && folded(place + 1).len() == 2
            && let Some(minute) = number(folded(place + 1)).filter(|minute| *minute < 60)
            && (gap(place) == ":" || minute % 15 == 0)
        {
            found.push(HOURS + first * 60 + minute);
            place += 2;
            continue;
        }
        if word.starts_with('0') || word.len() > 7 {
            // A telephone's or a register's: it tells who announces, not what.
            place += 1;
            continue;
        }
        let mut amount = u64::from(first);
        while word.len() <= 3
            && matches!(gap(place), "." | "," | " " | "\u{a0}" | "\u{202f}" | "'")
            && folded(place + 1).len() == 3
            && let Some(group) = number(folded(place + 1))
            && amount < 1_000_000
        {
            amount = amount * 1_000 + u64::from(group);
            place += 1;
        }
        found.push(u32::try_from(amount).unwrap_or(MONTHS - 1).min(MONTHS - 1));
        place += 1;
    }
    found
}

/// “15”, “15th”.
fn ordinal(word: &str) -> Option<u32> {
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let day = number(digits).filter(|day| (1..=31).contains(day))?;
    (word.len() <= digits.len() + 2).then_some(day)
}

/// Numbers of a title, its months and its Roman numerals: they tell one of a series from the others.
fn title_figures(scan: &Scan<'_>) -> Vec<u32> {
    let mut found = figures(scan);
    for word in scan.words() {
        if let Some(month) = month(word.folded).filter(|_| word.folded.len() > 4) {
            found.push(MONTHS + month);
        }
        found.extend(roman(word.written));
        // “2026.g.”, “19-lea”, “XXa”.
        let digits = word.folded.trim_end_matches(|c: char| c.is_alphabetic());
        if digits.len() < word.folded.len() {
            found.extend(number(digits));
        }
    }
    // A day is also two numbers, for those who write the month as a number.
    let parts: Vec<u32> = found
        .iter()
        .filter(|figure| is_date(**figure))
        .flat_map(|figure| [(figure - DATES) % 100, MONTHS + (figure - DATES) / 100])
        .collect();
    found.retain(|figure| !is_date(*figure));
    found.extend(parts);
    sorted(found.into_iter())
}

/// A Roman numeral below forty: editions and centuries.
fn roman(word: &str) -> Option<u32> {
    let (mut value, mut last) = (0_u32, 0_u32);
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    for letter in word.chars() {
        let one = match letter {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            '-' => break,
            _ => return None,
        };
        value = if one > last && last > 0 {
            value + one - 2 * last
        } else {
            value + one
        };
        last = one;
    }
    Some(value)
}

/// What the names in a text sound like: words in capitals that begin no sentence.
fn names(scan: &Scan<'_>, title: bool) -> Vec<u32> {
    let mut found = Vec::new();
    // In a title where most words are capitals, capitals say nothing.
    let capitals = || scan.words().filter(|word| word.is_capital()).count();
    if title && capitals() * 2 > scan.count() + 1 {
        return found;
    }
    for (place, word) in scan.words().enumerate() {
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

    fn of(text: &str) -> Vec<u32> {
        figures(&Scan::of(text, 100))
    }

    #[test]
    fn days_amounts_and_hours_are_the_same_in_every_language() {
        let march = DATES + 315;
        for text in [
            "15 martie 2026",
            "2026. gada 15. martā",
            "15 марта 2026 года",
            "March 15, 2026",
            "15th of March 2026",
            "15.03.2026",
        ] {
            let mut found = of(text);
            found.sort_unstable();
            let want: &[u32] = if text.contains("15th") {
                &[2026]
            } else {
                &[2026, march]
            };
            assert_eq!(found, want, "{text}");
        }
        for text in ["50.000 lei", "50 000 eiro", "€50,000", "50000 евро"] {
            assert_eq!(of(text), [50_000], "{text}");
        }
        assert_eq!(of("ora 16:30"), [HOURS + 990]);
        assert!(of("tel. 0722123456").is_empty());
    }

    #[test]
    fn editions_are_numbers_of_the_title() {
        let of = |text: &str| title_figures(&Scan::of(text, 100));
        assert_eq!(of("Gala Premiilor, ediția a XII-a"), [12]);
        assert_eq!(of("Atklāts konkurss, 2. kārta"), [2]);
        assert_ne!(of("Ziņas 12.-18. maijs"), of("Ziņas 19.-25. maijs"));
    }

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
