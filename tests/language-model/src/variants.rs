//! The spellings that a text may come in: without diacritics, old orthography, another alphabet, with foreign names.

use crate::classes::NONE;
use crate::corpus::Corpus;
use crate::random::Random;

/// The words of one text to learn from.
pub fn example(
    code: &str,
    cyrillic: bool,
    place: usize,
    all: &[Corpus],
    random: &mut Random,
) -> Vec<String> {
    if code == NONE && random.chance(0.12) {
        return gibberish(cyrillic, random);
    }
    let mut words = all[place].text(random);
    if words.len() >= 3 && random.chance(if cyrillic { 0.1 } else { 0.25 }) {
        // Names and terms, English ones above all.
        let other = if !cyrillic && random.chance(0.4) {
            2
        } else {
            random.below(all.len())
        };
        for _ in 0..=random.below(words.len() / 3) {
            let at = random.below(words.len());
            words[at] = all[other].any(random).to_owned();
        }
    }
    let bare = !cyrillic
        && random.chance(if matches!(code, "ro" | "lv") {
            0.45
        } else {
            0.2
        });
    let old = code == "ro" && random.chance(0.1);
    for word in &mut words {
        match code {
            "ro" if cyrillic => *word = moldovan(word, random),
            "ro" if old => *word = word.replace('â', "î").replace("sunt", "sînt"),
            "gag" => *word = gagauz(word, random),
            _ => {}
        }
        if bare {
            *word = word.chars().map(unmarked).collect();
        }
    }
    words
}

fn unmarked(c: char) -> char {
    match c {
        'ă' | 'â' | 'à' | 'á' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'î' | 'í' | 'ì' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ș' | 'ş' | 'š' | 'ś' => 's',
        'ț' | 'ţ' | 'ť' => 't',
        'ē' | 'é' | 'è' | 'ê' | 'ë' | 'ė' | 'ę' | 'ě' => 'e',
        'ū' | 'ú' | 'ù' | 'û' | 'ü' | 'ų' | 'ů' | 'ű' => 'u',
        'č' | 'ç' | 'ć' => 'c',
        'ž' | 'ź' | 'ż' => 'z',
        'ģ' | 'ğ' => 'g',
        'ķ' => 'k',
        'ļ' | 'ł' => 'l',
        'ņ' | 'ñ' | 'ń' | 'ň' => 'n',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ő' => 'o',
        'ř' => 'r',
        'ý' => 'y',
        'ď' | 'đ' => 'd',
        other => other,
    }
}

/// Romanian in the Moldovan alphabet of 1967.
fn moldovan(word: &str, random: &mut Random) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or(' ');
    let vowel = |c: char| "aăâîeiou".contains(c);
    // Many type ж for want of ӂ.
    let soft = if random.chance(0.3) { 'ж' } else { 'ӂ' };
    let mut text = String::new();
    let mut place = 0;
    while place < letters.len() {
        let (letter, next, after) = (letters[place], at(place + 1), at(place + 2));
        let before = if place > 0 { letters[place - 1] } else { ' ' };
        match (letter, next) {
            ('c', 'h') => {
                text.push('к');
                place += 1;
            }
            ('g', 'h') => {
                text.push('г');
                place += 1;
            }
            ('c' | 'g', 'e' | 'i') => {
                text.push(if letter == 'c' { 'ч' } else { soft });
                if next == 'e' && after == 'a' {
                    text.push('я');
                    place += 2;
                } else if next == 'i' && vowel(after) && after != 'i' {
                    place += 1;
                }
            }
            ('i' | 'e', 'a') => {
                text.push('я');
                place += 1;
            }
            ('i', 'u') if place + 2 < letters.len() => {
                text.push('ю');
                place += 1;
            }
            ('i', ' ') if place > 1 && !vowel(before) => text.push('ь'),
            ('i', 'e') => text.push('и'),
            ('i', _) if place > 0 && vowel(before) => text.push('й'),
            ('x', _) => text.push_str("кс"),
            _ => text.push(match letter {
                'a' => 'а',
                'ă' => 'э',
                'â' | 'î' => 'ы',
                'b' => 'б',
                'c' | 'k' | 'q' => 'к',
                'd' => 'д',
                'e' => 'е',
                'f' => 'ф',
                'g' => 'г',
                'h' => 'х',
                'i' | 'y' => 'и',
                'j' => 'ж',
                'l' => 'л',
                'm' => 'м',
                'n' => 'н',
                'o' => 'о',
                'p' => 'п',
                'r' => 'р',
                's' => 'с',
                'ș' | 'ş' => 'ш',
                't' => 'т',
                'ț' | 'ţ' => 'ц',
                'u' => 'у',
                'v' | 'w' => 'в',
                'z' => 'з',
                other => other,
            }),
        }
        place += 1;
    }
    text
}

/// Turkish words about as Gagauz spells them: long vowels for ğ, ä, iotated beginnings.
fn gagauz(word: &str, random: &mut Random) -> String {
    let mut text = String::new();
    for (place, letter) in word.chars().enumerate() {
        match letter {
            'ğ' => text.extend(text.chars().next_back().filter(|_| random.chance(0.6))),
            'h' if place == 0 && random.chance(0.5) => {}
            'e' if place == 0 && random.chance(0.3) => text.push_str("ye"),
            'ö' if place == 0 && random.chance(0.2) => text.push_str("yö"),
            'e' if random.chance(0.3) => text.push('ä'),
            'ç' if random.chance(0.1) => text.push('ț'),
            other => text.push(other),
        }
    }
    text
}

/// Letters that are no words: codes, keys, names of files.
fn gibberish(cyrillic: bool, random: &mut Random) -> Vec<String> {
    let letters: Vec<char> = if cyrillic {
        ('а'..='я').collect()
    } else {
        ('a'..='z').collect()
    };
    (0..=random.below(5))
        .map(|_| {
            (0..2 + random.below(9))
                .map(|_| *random.pick(&letters))
                .collect()
        })
        .collect()
}
