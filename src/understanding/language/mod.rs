//! The language of a text, a title above all; and "none of these" where it is another or there is no telling.
//!
//! whatlang says which script a text is in, and the language of all that is neither Latin nor Cyrillic. Within these two its
//! trigrams need a paragraph: it is right for 98 % of Romanian titles but for 55 % of Latvian ones typed without
//! diacritics, and told of five languages only it takes every Lithuanian text for Latvian. There a small model of our own
//! judges (`model`), and whatlang is heard where the model is in doubt.

mod alphabet;
mod classes;
mod grams;
mod mixed;
mod model;
mod sample;

use std::sync::LazyLock;

use whatlang::{Detector, Lang, Script};

use crate::domain::{Detected, Language, first_chars};
use model::{Alphabet, Class};
use sample::Sample;

pub use mixed::{Part, parts};

/// The language of a text; `None` where there is no telling. Looks at the first 320 letters or so.
///
/// `priors` (what the source usually writes in) and `hint` (what the markup claims) decide where the text itself
/// leaves a doubt, and never overrule a clear text: both lie often.
#[must_use]
pub fn detect(text: &str, priors: &[Language], hint: Option<Language>) -> Option<Detected> {
    let sample = Sample::of(text);
    // Two or three letters alone are an acronym.
    if sample.letters < 3 || (sample.letters == 3 && !sample.text.contains(' ')) {
        return None;
    }
    let alphabet = match sample.script()? {
        Script::Latin => Alphabet::Latin,
        Script::Cyrillic => Alphabet::Cyrillic,
        _ => {
            let info = whatlang::detect(&sample.text)?;
            return (info.is_reliable() || info.confidence() > 0.5).then_some(Detected {
                lang: code(info.lang())?,
                confidence: info.confidence() as f32,
            });
        }
    };
    let mut classes = model::classes(sample.words_in(alphabet), alphabet)?;
    if lead(&classes) < DOUBT {
        hear_whatlang(&mut classes, &sample, alphabet);
    }
    decide(classes, &sample, priors, hint)
}

/// What to look at of an announcement: its title and the beginning of its text.
#[must_use]
pub fn sample(title: &str, text: &str) -> String {
    format!("{title}\n{}", first_chars(text, 400))
}

/// What the best class has ahead of the next at least for nobody else to be asked: in natural logarithms of likelihood, like all
/// the figures below.
const DOUBT: f32 = 2.0;
/// What the languages that vesti is for have ahead of all others.
const OURS: f32 = 0.8;
/// What the language that a source writes first has, and its others.
const PRIORS: [f32; 2] = [1.3, 1.0];
/// What the language has that the markup claims.
const HINT: f32 = 0.8;
/// Letters at which priors weigh half.
const HALF: f32 = 60.0;
/// The share of likelihood below which there is no telling.
const ENOUGH: f32 = 0.45;
/// The same for a language that is none of vesti's, in a text of a word or two: most such texts are names.
const ENOUGH_FOR_OTHERS: f32 = 0.75;

fn decide(
    mut classes: Vec<Class>,
    sample: &Sample,
    priors: &[Language],
    hint: Option<Language>,
) -> Option<Detected> {
    let fade = HALF / (HALF + sample.letters as f32);
    for class in &mut classes {
        let (Some(code), Some(lang)) = (class.code, class.lang()) else {
            continue;
        };
        class.score -= alphabet::against(code, &sample.text);
        if Language::OURS.contains(&lang) || lang == Language::UK {
            class.score += OURS;
        }
        if let Some(place) = priors.iter().position(|prior| *prior == lang) {
            class.score += PRIORS[place.min(1)] * fade;
        }
        if hint == Some(lang) {
            class.score += HINT * fade;
        }
    }
    let best = classes.iter().max_by(|a, b| a.score.total_cmp(&b.score))?;
    let total: f32 = classes
        .iter()
        .map(|class| (class.score - best.score).exp())
        .sum();
    let confidence = 1.0 / total;
    let lang = best.lang()?;
    let ours = Language::OURS.contains(&lang) || lang == Language::UK;
    let enough = if ours || priors.contains(&lang) || sample.text.split(' ').count() > 2 {
        ENOUGH
    } else {
        ENOUGH_FOR_OTHERS
    };
    if confidence < enough {
        return None;
    }
    Some(Detected {
        lang,
        confidence: (confidence * 1000.0).round() / 1000.0,
    })
}

/// How far the best is ahead of the second.
fn lead(classes: &[Class]) -> f32 {
    let (mut best, mut second) = (f32::MIN, f32::MIN);
    for class in classes {
        if class.score > best {
            (best, second) = (class.score, best);
        } else {
            second = second.max(class.score);
        }
    }
    best - second
}

/// What whatlang says of the classes it knows, louder for a longer text.
fn hear_whatlang(classes: &mut [Class], sample: &Sample, alphabet: Alphabet) {
    let detector = match alphabet {
        Alphabet::Latin => &LATIN,
        Alphabet::Cyrillic => &CYRILLIC,
    };
    let Some(info) = detector.detect(sample.start()) else {
        return;
    };
    let lang = code(info.lang());
    if let Some(class) = classes
        .iter_mut()
        .find(|class| class.code.is_some() && class.lang() == lang)
    {
        let weight = (sample.letters as f32 / 40.0).min(1.0);
        class.score += weight * info.confidence() as f32;
    }
}

static LATIN: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(vec![
        Lang::Ron,
        Lang::Lav,
        Lang::Eng,
        Lang::Lit,
        Lang::Est,
        Lang::Pol,
        Lang::Ita,
        Lang::Fra,
        Lang::Spa,
        Lang::Por,
        Lang::Deu,
        Lang::Hun,
        Lang::Tur,
        Lang::Nld,
        Lang::Ces,
        Lang::Slk,
        Lang::Hrv,
        Lang::Slv,
        Lang::Swe,
        Lang::Fin,
        Lang::Dan,
    ])
});

static CYRILLIC: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(vec![
        Lang::Rus,
        Lang::Ukr,
        Lang::Bul,
        Lang::Srp,
        Lang::Bel,
        Lang::Mkd,
    ])
});

/// The code of a language as BCP 47 has it, which prefers two letters.
fn code(lang: Lang) -> Option<Language> {
    let code = match lang {
        Lang::Ron => "ro",
        Lang::Lav => "lv",
        Lang::Rus => "ru",
        Lang::Eng => "en",
        Lang::Ukr => "uk",
        Lang::Lit => "lt",
        Lang::Est => "et",
        Lang::Pol => "pl",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Deu => "de",
        Lang::Hun => "hu",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Cat => "ca",
        Lang::Epo => "eo",
        Lang::Lat => "la",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Bel => "be",
        Lang::Mkd => "mk",
        Lang::Aze => "az",
        Lang::Ell => "el",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Tha => "th",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Kan => "kn",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Amh => "am",
        other => other.code(),
    };
    code.parse().ok()
}

#[cfg(test)]
mod tests;
