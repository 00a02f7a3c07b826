//! What there is to learn a language from.
//!
//! `CODE.txt`: a sentence a line; `CODE.words`: a word, a tab and how frequent it is; `CODE.forms`: inflected forms of a
//! dictionary, a line each. Each of them may be missing. Serbian in Cyrillic is `srcy`, other Cyrillic `UNDCY`.

use std::collections::BTreeMap;
use std::fs::read_to_string;
use std::path::Path;

use crate::classes::NONE;
use crate::random::Random;

#[derive(Default)]
pub struct Corpus {
    words: Vec<String>,
    upto: Vec<f64>,
    sentences: Vec<Vec<String>>,
    forms: Vec<String>,
}

impl Corpus {
    pub fn read(folder: &Path, code: &str, cyrillic: bool) -> Self {
        let name = match (code, cyrillic) {
            ("sr", true) => "srcy",
            (NONE, true) => "UNDCY",
            (NONE, false) => "UND",
            // Spelt from Turkish in `variants`.
            ("gag", _) => "tr",
            _ => code,
        };
        let file =
            |kind: &str| read_to_string(folder.join(format!("{name}.{kind}"))).unwrap_or_default();
        let mut corpus = Self::default();
        corpus.sentences = file("txt")
            .lines()
            .map(words)
            .filter(|words| words.len() >= 2)
            .collect();
        corpus.forms = file("forms").lines().map(str::to_lowercase).collect();
        let mut counted: BTreeMap<String, f64> = file("words")
            .lines()
            .filter_map(|line| {
                let (word, frequency) = line.split_once('\t')?;
                Some((word.to_lowercase(), frequency.parse().ok()?))
            })
            .collect();
        if counted.is_empty() {
            for word in corpus.sentences.iter().flatten() {
                *counted.entry(word.clone()).or_default() += 1.0;
            }
        }
        let mut total = 0.0;
        for (word, frequency) in counted {
            total += frequency;
            corpus.words.push(word);
            corpus.upto.push(total);
        }
        assert!(!corpus.words.is_empty(), "nothing to learn {code} from");
        corpus
    }

    /// Any word of the list, the rare as often as the frequent.
    pub fn any(&self, random: &mut Random) -> &str {
        random.pick::<String>(&self.words)
    }

    fn word(&self, random: &mut Random) -> &str {
        if !self.forms.is_empty() && random.chance(0.12) {
            random.pick::<String>(&self.forms)
        } else if random.chance(0.12) {
            self.any(random)
        } else {
            let at = f64::from(random.share()) * self.upto.last().copied().unwrap_or_default();
            let place = self.upto.partition_point(|upto| *upto < at);
            &self.words[place.min(self.words.len() - 1)]
        }
    }

    /// A few words: a piece of a sentence, or as many as the list gives.
    pub fn text(&self, random: &mut Random) -> Vec<String> {
        let share = random.share();
        let length = 1 + (share * share * 13.0) as usize + usize::from(random.chance(0.9));
        if !self.sentences.is_empty() && random.chance(0.35) {
            let sentence = random.pick(&self.sentences);
            let start = random.below((sentence.len() + 1).saturating_sub(length));
            return sentence[start..(start + length).min(sentence.len())].to_vec();
        }
        (0..length).flat_map(|_| words(self.word(random))).collect()
    }
}

/// Words as `Sample` of the crate parts them.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter(|chunk| !chunk.contains("://") && !chunk.contains('@'))
        .flat_map(|chunk| chunk.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty() && !word.contains(char::is_numeric))
        .map(str::to_lowercase)
        .collect()
}
