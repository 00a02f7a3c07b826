//! Trains the model that tells the language of short texts. See `docs/language-model.md`.
//!
//! `cargo run --release -- FOLDER MODEL [EXAMPLES]`: reads the texts and word lists in FOLDER, writes MODEL.

#[allow(dead_code, reason = "the crate uses all of it")]
#[path = "../../../src/understanding/language/classes.rs"]
mod classes;
mod corpus;
#[path = "../../../src/understanding/language/grams.rs"]
mod grams;
mod random;
mod variants;

use std::path::Path;

use classes::{CLASSES, CYRILLIC, DIMENSIONS, LATIN, NONE, ROWS};
use corpus::Corpus;
use random::Random;

/// How often a class is seen.
fn weight(code: &str) -> f32 {
    match code {
        "ro" | "lv" | "ru" | "en" | "uk" => 4.0,
        "lt" | "bg" | "et" | "pl" | "it" | "fr" | "es" | "pt" | "de" | "hu" | "tr" | "be"
        | "sr" | "hr" | "mk" => 1.5,
        NONE => 2.0,
        _ => 0.7,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, output, rest @ ..] = arguments.as_slice() else {
        return Err("usage: language-model FOLDER MODEL [EXAMPLES]".into());
    };
    let examples: usize = rest.first().map_or(Ok(5_000_000), |text| text.parse())?;
    let corpus = |cyrillic: bool, codes: &[&'static str]| -> Vec<Corpus> {
        codes
            .iter()
            .map(|code| Corpus::read(Path::new(folder), code, cyrillic))
            .collect()
    };
    let scripts = [
        (&LATIN[..], corpus(false, &LATIN)),
        (&CYRILLIC[..], corpus(true, &CYRILLIC)),
    ];
    let mut model = Model::new();
    let mut random = Random::new();
    let mut rows = Vec::new();
    let (mut loss, mut right) = (0.0_f64, 0_u32);
    for example in 0..examples {
        let script = usize::from(random.chance(0.4));
        let (codes, corpora) = &scripts[script];
        let place = random.weighted(codes.iter().map(|code| weight(code)));
        let words = variants::example(codes[place], script == 1, place, corpora, &mut random);
        rows.clear();
        for word in &words {
            grams::grams(word, |hash| rows.push(script * ROWS + hash as usize % ROWS));
        }
        if rows.is_empty() {
            continue;
        }
        let classes = [0..LATIN.len(), LATIN.len()..CLASSES][script].clone();
        let rate = 0.15 * (1.0 - example as f32 / examples as f32);
        let target = classes.start + place;
        let share = model.learn(&rows, classes, target, rate);
        loss -= f64::from(share.max(1e-9).ln());
        right += u32::from(share > 0.5);
        if example % 250_000 == 249_999 {
            eprintln!(
                "{example}: loss {:.4}, sure and right {:.4}",
                loss / 250_000.0,
                f64::from(right) / 250_000.0
            );
            (loss, right) = (0.0, 0);
        }
    }
    std::fs::write(output, model.bytes())?;
    Ok(())
}

/// A linear classifier over the mean of the rows of a text's groups of letters: the "fastText" of Joulin and others,
/// "Bag of Tricks for Efficient Text Classification" (2016).
struct Model {
    table: Vec<[f32; DIMENSIONS]>,
    weights: Vec<[f32; DIMENSIONS]>,
    bias: Vec<f32>,
}

impl Model {
    fn new() -> Self {
        let mut random = Random::new();
        let table = (0..2 * ROWS)
            .map(|_| std::array::from_fn(|_| (random.share() - 0.5) / DIMENSIONS as f32))
            .collect();
        Self {
            table,
            weights: vec![[0.0; DIMENSIONS]; CLASSES],
            bias: vec![0.0; CLASSES],
        }
    }

    /// One step down the gradient of the logarithmic loss; the share that the right class had before it.
    fn learn(
        &mut self,
        rows: &[usize],
        classes: std::ops::Range<usize>,
        target: usize,
        rate: f32,
    ) -> f32 {
        let mut mean = [0.0_f32; DIMENSIONS];
        for row in rows {
            for (sum, value) in mean.iter_mut().zip(&self.table[*row]) {
                *sum += value;
            }
        }
        for sum in &mut mean {
            *sum /= rows.len() as f32;
        }
        let mut shares: Vec<f32> = classes
            .clone()
            .map(|class| {
                self.bias[class]
                    + self.weights[class]
                        .iter()
                        .zip(&mean)
                        .map(|(a, b)| a * b)
                        .sum::<f32>()
            })
            .collect();
        let top = shares.iter().copied().fold(f32::MIN, f32::max);
        let mut total = 0.0;
        for share in &mut shares {
            *share = (*share - top).exp();
            total += *share;
        }
        let mut back = [0.0_f32; DIMENSIONS];
        for (class, share) in classes.clone().zip(&shares) {
            let wrong = (f32::from(u8::from(class == target)) - share / total) * rate;
            for ((back, weight), mean) in back.iter_mut().zip(&mut self.weights[class]).zip(&mean) {
                *back += wrong * *weight;
                *weight += wrong * mean;
            }
            self.bias[class] += wrong;
        }
        for row in rows {
            for (value, back) in self.table[*row].iter_mut().zip(&back) {
                *value += back;
            }
        }
        shares[target - classes.start] / total
    }

    /// A byte for each number of the tables, then the weights and biases as little-endian floats, scaled to fit.
    fn bytes(&self) -> Vec<u8> {
        let scale: [f32; DIMENSIONS] = std::array::from_fn(|column| {
            let mut sizes: Vec<f32> = self.table.iter().map(|row| row[column].abs()).collect();
            sizes.sort_by(f32::total_cmp);
            // The few that are larger are cut.
            sizes[sizes.len() - sizes.len() / 2000 - 1] / 127.0
        });
        let mut bytes = Vec::new();
        for row in &self.table {
            for (value, scale) in row.iter().zip(&scale) {
                bytes.push((value / scale).round().clamp(-127.0, 127.0) as i8 as u8);
            }
        }
        for (weights, bias) in self.weights.iter().zip(&self.bias) {
            for (weight, scale) in weights.iter().zip(&scale) {
                bytes.extend((weight * scale).to_le_bytes());
            }
            bytes.extend(bias.to_le_bytes());
        }
        bytes
    }
}
