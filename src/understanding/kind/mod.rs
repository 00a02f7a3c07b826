//! What an announcement is: news, a call, an event, …
//!
//! Phrases of four languages are weighed: in the title they count most, then the source's own categories, the
//! address and the beginning of the text. News that something is over (“results of the call”, “the conference took place”)
//! is news.

mod phrases;

use url::Url;

use super::scan::{Scan, Words};
use crate::domain::{Kind, first_chars};
use phrases::{Means, PHRASES};

/// Words of a text that are looked at.
const MOST_WORDS: usize = 160;
/// Characters of a text that are looked at.
const MOST_LETTERS: usize = 1_600;
/// Words of a title that are looked at.
const MOST_TITLE_WORDS: usize = 400;
/// What a kind other than news must weigh.
const ENOUGH: f32 = 3.0;
/// Most that the text alone can say for a kind: less than enough, but for the plainest words said again and again.
const TEXT_MOST: f32 = 3.2;

/// The kind of an announcement. The phrases of all languages are looked for: many titles mix two.
#[must_use]
pub fn kind(title: &str, text: &str, categories: &[String], url: Option<&Url>) -> Kind {
    let title = Scan::of(title, MOST_TITLE_WORDS);
    let body = Scan::of(first_chars(text, MOST_LETTERS), MOST_WORDS);
    kind_scanned(&title, (text, &body), categories, url)
}

/// The same, of title and text that are split into words already.
pub(super) fn kind_scanned(
    title: &Scan<'_>,
    (text, body): (&str, &Scan<'_>),
    categories: &[String],
    url: Option<&Url>,
) -> Kind {
    let mut all = Tally::default();
    let said = title.beginning(usize::MAX, MOST_TITLE_WORDS, Tally::of);
    all.add(&said, 2.0, f32::MAX);
    let mut filed = Tally::default();
    for category in categories.iter().take(10) {
        let category = Scan::of(first_chars(category, 80), 12);
        filed.add(&Tally::of(category.words()), 1.0, f32::MAX);
    }
    all.add(&filed, 1.2, 4.0);
    if let Some(url) = url {
        // The last part is the title again; those before are the site's sections.
        let mut parts: Vec<&str> = url
            .path()
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        parts.pop();
        let parts = parts.join(" ");
        all.add(&Tally::of(Scan::of(&parts, 30).words()), 0.8, 3.0);
    }
    let bytes = first_chars(text, MOST_LETTERS).len();
    let body = body.beginning(bytes, MOST_WORDS, Tally::of);
    all.add(&body, 0.45, TEXT_MOST);
    if said.over > 0.0 {
        // Calls and events that are over are news; a report stays one.
        for kind in [Kind::Call, Kind::Event, Kind::Vacancy, Kind::Tender] {
            // “Results of the small grants competition” says three times what it is not.
            let weight = all.weight(kind);
            *weight = (*weight - 3.0 - 2.0 * said.over) * 0.5;
        }
    }
    if said.over + body.over > body.ahead + said.ahead {
        *all.weight(Kind::Event) -= 2.5;
    } else if said.ahead + body.ahead > 0.0 && *all.weight(Kind::Event) > 0.0 {
        *all.weight(Kind::Event) += 1.0;
    }
    let best = Kind::ALL
        .iter()
        .zip(all.weights)
        .filter(|(kind, _)| **kind != Kind::News)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    match best {
        Some((kind, weight)) if weight >= ENOUGH => *kind,
        _ => Kind::News,
    }
}

/// What speaks for each kind, in the order of [`Kind::ALL`].
#[derive(Debug, Default, Clone)]
struct Tally {
    weights: [f32; 8],
    over: f32,
    ahead: f32,
}

impl Tally {
    fn of(words: Words<'_>) -> Self {
        let mut tally = Self::default();
        let words: Vec<&str> = words.iter().map(|word| word.folded).collect();
        // The same phrase said thrice says little more than once.
        let mut seen: Vec<(usize, String)> = Vec::new();
        for found in PHRASES.all(&words) {
            let phrase = words[found.start..found.end].join(" ");
            let times = seen.iter_mut().find(|(_, known)| *known == phrase);
            let factor = if let Some((times, _)) = times {
                *times += 1;
                0.5 / *times as f32
            } else {
                seen.push((1, phrase));
                1.0
            };
            match found.means {
                Means::Kind(kind, weight) => *tally.weight(kind) += weight * factor,
                Means::Over => tally.over += factor,
                Means::Ahead => tally.ahead += factor,
            }
        }
        tally
    }

    fn weight(&mut self, kind: Kind) -> &mut f32 {
        let place = Kind::ALL
            .iter()
            .position(|known| *known == kind)
            .unwrap_or_default();
        &mut self.weights[place]
    }

    fn add(&mut self, other: &Self, factor: f32, most: f32) {
        for (to, from) in self.weights.iter_mut().zip(other.weights) {
            *to += (from * factor).min(most);
        }
    }
}

#[cfg(test)]
mod tests;
