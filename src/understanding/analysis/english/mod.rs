//! A light stemmer for English, on small letters: inflection alone.
//!
//! Porter's takes derivation off too, so that `organization` meets `organ`, `university` `universe`, `policy` `police`, and
//! it knows no irregular form. This one takes off plural, tense and participle, compares adjectives, and spells the
//! British way as the American.

mod irregular;

/// The stem of a folded word.
pub(super) fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    if let Some(lemma) = irregular::lemma(word) {
        return spelt(lemma);
    }
    let singular = singular(word);
    let singular = singular.as_str();
    if let Some(lemma) = irregular::lemma(singular) {
        return spelt(lemma);
    }
    let stem = tense(singular).or_else(|| adverb(singular));
    spelt(stem.as_deref().unwrap_or(singular))
}

/// Without the -s of the plural and of the third person.
fn singular(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies") {
        return if rest.len() > 1 {
            format!("{rest}y")
        } else {
            format!("{rest}ie")
        };
    }
    for ending in ["sses", "xes", "ches", "shes", "zzes", "oes"] {
        if word.ends_with(ending) && word.len() > ending.len() {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(rest) if rest.len() > 2 && !rest.ends_with(['s', 'u', 'i']) => rest.to_owned(),
        _ => word.to_owned(),
    }
}

/// Without -ed and -ing.
fn tense(word: &str) -> Option<String> {
    for ending in ["ied", "ying"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() > 1
            && (ending == "ied" || has_vowel(rest) || rest.len() > 1)
        {
            return Some(format!("{rest}y"));
        }
    }
    if word.ends_with("greed") && word.len() > 5 || word.ends_with("teed") {
        return Some(word[..word.len() - 1].to_owned());
    }
    let rest = ["ed", "ing"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .filter(|rest| {
            rest.len() > 1 && has_vowel(rest) && !rest.ends_with('e') | word.ends_with("eeing")
        })?;
    let single = undoubled(rest);
    let mut stem = single.to_owned();
    if single.len() == rest.len() && is_short(rest) {
        // `writing` is of `write`: of `writ` it would have two t.
        stem.push('e');
    }
    Some(stem)
}

/// One vowel with a consonant on either side of it.
fn is_short(stem: &str) -> bool {
    let vowels = stem.bytes().filter(|b| b"aeiouy".contains(b)).count();
    vowels == 1
        && match stem.as_bytes() {
            [.., first, vowel, last] => {
                !b"aeiou".contains(first)
                    && b"aeiouy".contains(vowel)
                    && !b"aeiouwxy".contains(last)
            }
            _ => false,
        }
}

fn has_vowel(text: &str) -> bool {
    text.bytes().any(|b| b"aeiouy".contains(&b))
}

/// `stopp-ed`, `travell-ed`, but `call-ed`.
fn undoubled(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    let [before @ .., one, other] = bytes else {
        return stem;
    };
    let double = one == other
        && match one {
            b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't' => before.len() > 1,
            // `controlled`, `called`
            b'l' => before.iter().filter(|b| b"aeiou".contains(b)).count() > 1,
            _ => false,
        };
    if double {
        &stem[..stem.len() - 1]
    } else {
        stem
    }
}

/// Without the -ly of adverbs.
fn adverb(word: &str) -> Option<String> {
    const NOUNS: [&str; 9] = [
        "family", "supply", "assembly", "monopoly", "anomaly", "multiply", "friendly", "likely",
        "reply",
    ];
    let rest = word.strip_suffix("ly").filter(|rest| rest.len() > 4)?;
    if NOUNS.contains(&word) {
        return None;
    }
    if let Some(rest) = rest.strip_suffix('i') {
        return Some(format!("{rest}y"));
    }
    Some(if rest.ends_with('b') {
        format!("{rest}le")
    } else {
        rest.to_owned()
    })
}

/// American spelling, without a final silent e, which endings swallow.
fn spelt(word: &str) -> String {
    for (british, american) in [("tre", "ter"), ("bre", "ber")] {
        if let Some(rest) = word.strip_suffix(british)
            && rest.len() > 1
        {
            return format!("{rest}{american}");
        }
    }
    let mut stem = match word.strip_suffix('e') {
        Some(rest) if rest.len() > 2 && !is_short(rest) => rest.to_owned(),
        _ => word.to_owned(),
    };
    for (british, american) in [
        ("isation", "ization"),
        ("our", "or"),
        ("is", "iz"),
        ("ys", "yz"),
    ] {
        if let Some(rest) = stem.strip_suffix(british)
            && rest.len() > 2
        {
            stem = format!("{rest}{american}");
            break;
        }
    }
    stem
}
